"""Expressions on one line, spaced as ruff and Black do, with no needless parentheses."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence

import gast

from s2sgrad.emit import literals
from s2sgrad.emit.operators import (
    ATOM,
    AWAIT,
    BIT_OR,
    FACTOR,
    NAMED,
    NOT,
    OPERATORS,
    OR,
    SYMBOLS,
    TEST,
    TUPLE,
    precedence,
)

__all__ = [
    "arguments",
    "atomic_value",
    "bare",
    "expression_width",
    "flat",
    "hugs",
    "parameter_parts",
    "parameters",
    "plain",
    "prefix_operator",
    "separators",
    "standing",
    "type_parameters",
]


def flat(node: gast.AST, level: int = TUPLE) -> str:
    """An expression in a place of that level: in parentheses where it binds less tightly."""
    text = _PRINTERS[type(node).__name__](node)
    return f"({text})" if precedence(node) < level else text


def expression_width(node: gast.AST) -> int:
    """How long an expression is in a file, in bytes."""
    return len(flat(node).encode())


def bare(node: gast.AST) -> str:
    """An expression where a tuple needs no parentheses; one of a single item has them."""
    if type(node).__name__ == "Tuple" and len(node.elts) > 1:
        return ", ".join([flat(item, TEST) for item in node.elts])
    return flat(node, TEST)


def standing(node: gast.AST) -> str:
    """An expression that stands alone or is assigned: a yield needs no parentheses there."""
    return f"({flat(node)})" if type(node).__name__ == "NamedExpr" else flat(node)


def plain(node: gast.AST) -> ast.AST:
    """The node of the ast module for a gast node, parameters and exception names included."""
    found: ast.AST = gast.gast_to_ast(node)
    return found


def hugs(node: gast.BinOp) -> bool:
    """Whether a power is written without spaces: between names, numbers, or attributes of names."""
    right = node.right
    while type(right).__name__ == "BinOp" and type(right.op).__name__ == "Pow":
        right = right.left
    return type(node.left).__name__ != "UnaryOp" and _simple(node.left) and _simple(right)


def _simple(node: gast.AST) -> bool:
    kind = type(node).__name__
    if kind == "UnaryOp":
        return type(node.op).__name__ != "Not" and _simple(node.operand)
    if kind == "Attribute":
        return _dotted(node)
    return kind == "Name" or (kind == "Constant" and type(node.value) in {int, float, complex})


def _dotted(node: gast.AST) -> bool:
    while type(node).__name__ == "Attribute":
        node = node.value
    return type(node).__name__ == "Name"


def prefix_operator(node: gast.UnaryOp) -> tuple[str, int]:
    """The text of a unary operator and the level of its operand.

    A power below a sign is put in parentheses, as formatters do: `-(x**2)`.
    """
    kind = type(node.op).__name__
    power = type(node.operand).__name__ == "BinOp" and type(node.operand.op).__name__ == "Pow"
    if power:
        return SYMBOLS[kind], ATOM
    return SYMBOLS[kind], NOT if kind == "Not" else FACTOR


def _bin_op(node: gast.BinOp) -> str:
    symbol, level = OPERATORS[type(node.op).__name__]
    if symbol == "**":
        space = "" if hugs(node) else " "
        return f"{flat(node.left, AWAIT)}{space}**{space}{flat(node.right, FACTOR)}"
    return f"{flat(node.left, level)} {symbol} {flat(node.right, level + 1)}"


def _unary_op(node: gast.UnaryOp) -> str:
    symbol, level = prefix_operator(node)
    return symbol + flat(node.operand, level)


def _bool_op(node: gast.BoolOp) -> str:
    level = precedence(node) + 1
    return f" {SYMBOLS[type(node.op).__name__]} ".join(
        [flat(value, level) for value in node.values]
    )


def _compare(node: gast.Compare) -> str:
    out = flat(node.left, BIT_OR)
    for operator, value in zip(node.ops, node.comparators, strict=True):
        out += f" {SYMBOLS[type(operator).__name__]} {flat(value, BIT_OR)}"
    return out


def atomic_value(node: gast.AST) -> str:
    """What stands before a dot: a number is put in parentheses."""
    text = flat(node, ATOM)
    return (
        f"({text})"
        if type(node).__name__ == "Constant" and type(node.value) in {int, float}
        else text
    )


def _attribute(node: gast.Attribute) -> str:
    return f"{atomic_value(node.value)}.{node.attr}"


def arguments(call: gast.Call | gast.ClassDef, positional: Sequence[gast.AST]) -> list[str]:
    """The arguments of a call, each on one line."""
    out = [flat(argument, NAMED) for argument in positional]
    for keyword in call.keywords:
        prefix, level = (f"{keyword.arg}=", TEST) if keyword.arg else ("**", TEST)
        out.append(prefix + flat(keyword.value, level))
    return out


def _call(node: gast.Call) -> str:
    function = flat(node.func, ATOM)
    if len(node.args) == 1 and not node.keywords and type(node.args[0]).__name__ == "GeneratorExp":
        return function + flat(node.args[0])
    return f"{function}({', '.join(arguments(node, node.args))})"


def _subscript(node: gast.Subscript) -> str:
    return f"{flat(node.value, ATOM)}[{index(node.slice)}]"


def index(node: gast.AST) -> str:
    """What stands between the brackets of a subscript."""
    if type(node).__name__ == "Tuple" and node.elts:
        items = ", ".join([flat(item, NAMED) for item in node.elts])
        alone = len(node.elts) == 1 and type(node.elts[0]).__name__ != "Starred"
        return items + "," if alone else items
    return flat(node, NAMED)


def separators(node: gast.Slice) -> tuple[str, str]:
    """The colons of a slice with their spaces: only around bounds that are not simple."""
    bounds = [bound for bound in (node.lower, node.upper, node.step) if bound is not None]
    space = "" if all(map(_simple_bound, bounds)) else " "
    first = (
        (space if node.lower is not None else "") + ":" + (space if node.upper is not None else "")
    )
    if node.step is None:
        return first, ""
    if node.upper is None:
        return (space if node.lower is not None else "") + ":", ":" + space
    return first, space + ":" + space


def _simple_bound(node: gast.AST) -> bool:
    kind = type(node).__name__
    if kind == "UnaryOp":
        return type(node.op).__name__ != "Not" and type(node.operand).__name__ in {
            "Name",
            "Constant",
        }
    return kind in {"Name", "Constant"}


def _slice(node: gast.Slice) -> str:
    first, second = separators(node)
    lower, upper, step = (
        flat(bound, TEST) if bound is not None else ""
        for bound in (node.lower, node.upper, node.step)
    )
    return f"{lower}{first}{upper}{second}{step}"


def _tuple(node: gast.Tuple) -> str:
    items = [flat(item, NAMED) for item in node.elts]
    return f"({items[0]},)" if len(items) == 1 else f"({', '.join(items)})"


def _list(node: gast.List) -> str:
    return f"[{', '.join([flat(item, NAMED) for item in node.elts])}]"


def _set(node: gast.Set) -> str:
    return f"{{{', '.join([flat(item, NAMED) for item in node.elts]) or '*()'}}}"


def _dict(node: gast.Dict) -> str:
    items = []
    for key, value in zip(node.keys, node.values, strict=True):
        items.append(
            f"**{flat(value, BIT_OR)}" if key is None else f"{flat(key, TEST)}: {flat(value, TEST)}"
        )
    return f"{{{', '.join(items)}}}"


def _generators(generators: list[gast.comprehension]) -> str:
    return "".join([" " + part for generator in generators for part in clauses(generator)])


def clauses(generator: gast.comprehension) -> list[str]:
    """One `for` of a comprehension and its `if`s."""
    word = "async for" if generator.is_async else "for"
    out = [f"{word} {bare(generator.target)} in {flat(generator.iter, OR)}"]
    out += [f"if {flat(test, OR)}" for test in generator.ifs]
    return out


def _comprehension(opening: str, closing: str) -> Callable[[gast.ListComp], str]:
    def text(node: gast.ListComp) -> str:
        return f"{opening}{flat(node.elt, NAMED)}{_generators(node.generators)}{closing}"

    return text


def _dict_comp(node: gast.DictComp) -> str:
    return f"{{{flat(node.key, TEST)}: {flat(node.value, TEST)}{_generators(node.generators)}}}"


def _if_exp(node: gast.IfExp) -> str:
    return f"{flat(node.body, OR)} if {flat(node.test, OR)} else {flat(node.orelse, TEST)}"


def parameter_parts(
    node: gast.arguments,
) -> list[tuple[str, gast.AST | None, gast.AST | None]]:
    """All parameters in order, `/` and `*` included: name, annotation, default."""
    positional = [*node.posonlyargs, *node.args]
    defaults = [None] * (len(positional) - len(node.defaults)) + list(node.defaults)
    out = [_part("", *pair) for pair in zip(positional, defaults, strict=True)]
    if node.posonlyargs:
        out.insert(len(node.posonlyargs), ("/", None, None))
    if node.vararg is not None:
        out.append(_part("*", node.vararg, None))
    elif node.kwonlyargs:
        out.append(("*", None, None))
    out += [_part("", *pair) for pair in zip(node.kwonlyargs, node.kw_defaults, strict=True)]
    if node.kwarg is not None:
        out.append(_part("**", node.kwarg, None))
    return out


def _part(
    stars: str, node: gast.Name | ast.arg, default: gast.AST | None
) -> tuple[str, gast.AST | None, gast.AST | None]:
    name: str = node.arg if isinstance(node, ast.arg) else node.id
    return stars + name, getattr(node, "annotation", None), default


def type_parameters(node: gast.FunctionDef | gast.ClassDef) -> str:
    """The type parameters of a definition in their brackets."""
    found = getattr(node, "type_params", None)
    return f"[{', '.join([ast.unparse(plain(part)) for part in found])}]" if found else ""


def parameters(node: gast.arguments) -> list[str]:
    """The parameters of a function or lambda, each on one line."""
    out = []
    for name, annotation, default in parameter_parts(node):
        text, equals = name, "="
        if annotation is not None:
            text, equals = f"{name}: {flat(annotation)}", " = "
        out.append(text if default is None else f"{text}{equals}{flat(default, TEST)}")
    return out


def _lambda(node: gast.Lambda) -> str:
    head = ", ".join(parameters(node.args))
    return f"lambda{' ' + head if head else ''}: {flat(node.body, TEST)}"


def _yield(node: gast.Yield) -> str:
    return "yield" if node.value is None else f"yield {bare(node.value)}"


def _joined(node: gast.JoinedStr) -> str:
    return literals.f_string(node, lambda value: flat(value, TEST), plain)


_PRINTERS: dict[str, Callable[..., str]] = {
    "Attribute": _attribute,
    "Await": lambda node: f"await {flat(node.value, ATOM)}",
    "BinOp": _bin_op,
    "BoolOp": _bool_op,
    "Call": _call,
    "Compare": _compare,
    "Constant": literals.constant,
    "Dict": _dict,
    "DictComp": _dict_comp,
    "GeneratorExp": _comprehension("(", ")"),
    "IfExp": _if_exp,
    "JoinedStr": _joined,
    "Lambda": _lambda,
    "List": _list,
    "ListComp": _comprehension("[", "]"),
    "Name": lambda node: node.id,
    "NamedExpr": lambda node: f"{flat(node.target, ATOM)} := {flat(node.value, TEST)}",
    "Set": _set,
    "SetComp": _comprehension("{", "}"),
    "Slice": _slice,
    "Starred": lambda node: f"*{flat(node.value, BIT_OR)}",
    "Subscript": _subscript,
    "Tuple": _tuple,
    "UnaryOp": _unary_op,
    "Yield": _yield,
    "YieldFrom": lambda node: f"yield from {flat(node.value, TEST)}",
}
