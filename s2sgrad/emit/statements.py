"""Statements that are too long for one line, as documents: where each kind is broken."""

from __future__ import annotations

from collections.abc import Callable

import gast

from s2sgrad.emit.doc import HARD, BestFitting, Doc, FitsExpanded, Group, Indent, block
from s2sgrad.emit.flat import bare, flat, parameters, type_parameters
from s2sgrad.emit.operators import NAMED, OPERATORS, TEST, TUPLE
from s2sgrad.emit.places import ENCLOSED, OPEN, commas
from s2sgrad.emit.shape import needs, own_brackets
from s2sgrad.emit.wrap import Wrapper

__all__ = ["statement_doc"]


def statement_doc(node: gast.AST) -> Doc | None:
    """The document of a statement, or of its first line; None where it has nowhere to be broken."""
    method = _STATEMENTS.get(type(node).__name__)
    return None if method is None else method(Wrapper(), node)


def _expr(wrap: Wrapper, node: gast.Expr) -> Doc:
    kind = type(node.value).__name__
    if kind in {"BinOp", "BoolOp", "Compare"}:
        return wrap.statement(node.value, "optional")
    return _value(wrap, node.value) if kind == "NamedExpr" else wrap.doc(node.value, OPEN)


def _value(wrap: Wrapper, value: gast.AST, *, lone: bool = False) -> Doc:
    """What is assigned or returned after what can't be broken; lone: a tuple may be bare."""
    if lone and type(value).__name__ == "Tuple" and len(value.elts) > 1:
        return wrap.if_expands(wrap.items(value.elts))
    if type(value).__name__ == "Lambda":
        return _lambda(wrap, value)
    return wrap.statement(value, level=TEST if type(value).__name__ == "NamedExpr" else TUPLE)


def _lambda(wrap: Wrapper, node: gast.Lambda) -> Doc:
    head = ", ".join(parameters(node.args))
    body = FitsExpanded(wrap.lambda_body(node.body, ENCLOSED), None)
    return wrap.optional(lambda _: [f"lambda{' ' + head if head else ''}: ", body])


def _return(wrap: Wrapper, node: gast.Return) -> Doc | None:
    if node.value is None:
        return None
    value = node.value
    if type(value).__name__ == "Tuple" and len(value.elts) == 2:
        return ["return ", wrap.optional(lambda number: _pair(wrap, value.elts, number))]
    return ["return ", _value(wrap, value, lone=True)]


def _pair(wrap: Wrapper, nodes: list[gast.AST], where: int) -> Doc:
    return commas([wrap.place(node, NAMED, where) for node in nodes])


def _assign(wrap: Wrapper, node: gast.Assign) -> Doc:
    parallel = any(type(target).__name__ in {"Tuple", "List"} for target in node.targets)
    *first, last = node.targets
    head: list[Doc] = [bare(target) + " = " for target in first]
    if not first and type(last).__name__ != "Tuple" and own_brackets(last) is None:
        return [
            *head,
            _target(wrap, last, only=True),
            " = ",
            _value(wrap, node.value, lone=parallel),
        ]
    return [
        *head,
        _right_to_left(wrap, _target(wrap, last, only=not first), "=", node.value, lone=parallel),
    ]


def _target(wrap: Wrapper, node: gast.AST, *, only: bool) -> Doc:
    if type(node).__name__ == "Tuple" and len(node.elts) > 1:
        return wrap.if_expands(wrap.items(node.elts))
    if only or own_brackets(node) is not None:
        return wrap.doc(node, OPEN)
    return wrap.if_expands(wrap.doc(node, ENCLOSED))


def _right_to_left(
    wrap: Wrapper, target: Doc, operator: str, value: gast.AST, *, lone: bool = False
) -> Doc:
    """The value is put in parentheses before the target is broken."""
    kind = type(value).__name__
    simple = kind in {"Name", "Constant", "JoinedStr"} or (
        kind in {"Attribute", "Call", "Subscript"}
    )
    inlined = kind in {"Name", "Constant"} and not isinstance(
        getattr(value, "value", None), str | bytes
    )
    if not (inlined or (simple and needs(value) == "fit")):
        return [target, f" {operator} ", _value(wrap, value, lone=lone)]
    inner = wrap.doc(value, OPEN)
    head: Doc = [target, f" {operator} "]
    variants: list[Doc] = [
        [head, inner],
        [head, "(", Indent([HARD, inner]), HARD, ")"],
        [head, inner],
    ]
    if kind in {"Attribute", "Call", "Subscript"}:
        variants.insert(1, [head, Group(inner, expand=True)])
    return BestFitting(tuple(variants))


def _aug_assign(wrap: Wrapper, node: gast.AugAssign) -> Doc:
    operator = OPERATORS[type(node.op).__name__][0] + "="
    if own_brackets(node.target) is not None:
        return _right_to_left(wrap, _target(wrap, node.target, only=True), operator, node.value)
    return [wrap.doc(node.target, OPEN), f" {operator} ", _value(wrap, node.value)]


def _ann_assign(wrap: Wrapper, node: gast.AnnAssign) -> Doc:
    target = flat(node.target)
    if type(node.target).__name__ == "Name" and not node.simple:
        target = f"({target})"
    if node.value is None:
        return [target, ": ", wrap.statement(node.annotation, "parenthesized")]
    if own_brackets(node.annotation) is not None:
        return [
            target,
            ": ",
            _right_to_left(wrap, wrap.doc(node.annotation, OPEN), "=", node.value),
        ]
    return [target, ": ", flat(node.annotation, TEST), " = ", _value(wrap, node.value)]


def _assert(wrap: Wrapper, node: gast.Assert) -> Doc:
    out: list[Doc] = ["assert ", wrap.statement(node.test, "parenthesized")]
    if node.msg is not None:
        out += [", ", wrap.statement(node.msg, "parenthesized")]
    return out


def _raise(wrap: Wrapper, node: gast.Raise) -> Doc | None:
    if node.exc is None:
        return None
    out: list[Doc] = ["raise ", wrap.statement(node.exc, "optional")]
    return out if node.cause is None else [*out, " from ", wrap.statement(node.cause, "optional")]


def _delete(wrap: Wrapper, node: gast.Delete) -> Doc:
    if len(node.targets) == 1:
        return ["del ", wrap.statement(node.targets[0])]
    return ["del ", wrap.if_expands(wrap.items(node.targets))]


def _import_from(wrap: Wrapper, node: gast.ImportFrom) -> Doc:
    names = [alias.name + (f" as {alias.asname}" if alias.asname else "") for alias in node.names]
    head = f"from {'.' * (node.level or 0)}{node.module or ''} import "
    return [head, wrap.if_expands(commas(names, trailing=1))]


def _handler(wrap: Wrapper, node: gast.ExceptHandler) -> Doc | None:
    if node.type is None:
        return None
    name = "" if node.name is None else f" as {flat(node.name)}"
    return ["except ", wrap.statement(node.type, "optional"), name, ":"]


def _test(word: str) -> Callable[[Wrapper, gast.If], Doc]:
    def doc(wrap: Wrapper, node: gast.If) -> Doc:
        return [word, wrap.statement(node.test, level=NAMED), ":"]

    return doc


def _for(wrap: Wrapper, node: gast.For) -> Doc:
    word = "async for " if type(node).__name__ == "AsyncFor" else "for "
    target = node.target
    if type(target).__name__ == "Tuple" and len(target.elts) > 1:
        head = wrap.optional(lambda number: _pair(wrap, target.elts, number))
    else:
        head = wrap.doc(target, OPEN)
    return [word, head, " in ", wrap.statement(node.iter), ":"]


def _with(wrap: Wrapper, node: gast.With) -> Doc:
    word = "async with " if type(node).__name__ == "AsyncWith" else "with "
    if len(node.items) == 1:
        item = node.items[0]
        target: Doc = (
            "" if item.optional_vars is None else [" as ", wrap.doc(item.optional_vars, OPEN)]
        )
        return [word, wrap.statement(item.context_expr), target, ":"]
    items: list[Doc] = []
    for item in node.items:
        target = (
            "" if item.optional_vars is None else [" as ", wrap.doc(item.optional_vars, ENCLOSED)]
        )
        items.append([wrap.place(item.context_expr, NAMED, ENCLOSED), target])
    return [word, wrap.if_expands(commas(items)), ":"]


def _function(wrap: Wrapper, node: gast.FunctionDef) -> Doc:
    word = "async def " if type(node).__name__ == "AsyncFunctionDef" else "def "
    name = word + node.name + type_parameters(node)
    items = wrap.parameters(node.args)
    returns = getattr(node, "returns", None)
    arrow: Doc = ""
    if returns is not None:  # parameters are broken first
        whole = items and needs(returns) == "fit"
        arrow = [" -> ", wrap.doc(returns, OPEN) if whole else wrap.statement(returns)]
    if not items:
        return [f"{name}()", arrow, ":"]
    inside = commas(items, trailing=1)
    parameters_doc = ["(", block(inside if len(items) == 1 else Group(inside)), ")"]
    return [name, Group([parameters_doc, arrow]), ":"]


def _class(wrap: Wrapper, node: gast.ClassDef) -> Doc:
    return [
        f"class {node.name}{type_parameters(node)}",
        wrap.arguments(node, node.bases, OPEN),
        ":",
    ]


_STATEMENTS: dict[str, Callable[..., Doc | None]] = {
    "AnnAssign": _ann_assign,
    "Assert": _assert,
    "Assign": _assign,
    "AsyncFor": _for,
    "AsyncFunctionDef": _function,
    "AsyncWith": _with,
    "AugAssign": _aug_assign,
    "ClassDef": _class,
    "Delete": _delete,
    "ExceptHandler": _handler,
    "Expr": _expr,
    "For": _for,
    "FunctionDef": _function,
    "If": _test("if "),
    "ImportFrom": _import_from,
    "Raise": _raise,
    "Return": _return,
    "While": _test("while "),
    "With": _with,
}
