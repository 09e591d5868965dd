"""Building, comparing and searching gast expressions, which are never mutated but shared.

A name that starts with `$` is one of s2sgrad's own: `$np.cos`, `$math.cos`, a helper
`$unbroadcast`. Negative numbers are `-` applied to a constant, as both printers need it. Every walk
here is a loop, so that a sum of thousands of terms is as good as a short one.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

import gast

from s2sgrad.remembered import remembered
from s2sgrad.trees import children, fields_inside, loaded, made, name, renamed, with_fields

__all__ = [
    "CLOSED",
    "NONE",
    "OPAQUE",
    "add",
    "arguments",
    "as_number",
    "attribute",
    "binary",
    "call",
    "count",
    "div",
    "expression",
    "generated",
    "index_with",
    "literal",
    "mapped",
    "method",
    "mul",
    "name",
    "names",
    "neg",
    "number",
    "number_of",
    "one_or_all",
    "postorder",
    "power",
    "real_dtype",
    "rebuilt",
    "repeated",
    "sub",
    "subscript",
    "substitute",
    "text",
    "tuple_of",
]

NONE = gast.Constant(value=None, kind=None)
OPAQUE = frozenset(
    [
        gast.FunctionDef,
        gast.Lambda,
        gast.JoinedStr,
        gast.ListComp,
        gast.SetComp,
        gast.DictComp,
        gast.GeneratorExp,
        gast.NamedExpr,
    ]
)
"""The classes of expressions that no walk goes into: they have names of their own, or may be left early."""
CLOSED = frozenset({gast.Name, gast.Constant, *OPAQUE})
"""These, and those that have nothing inside them."""
_ADD, _SUB, _MULT, _DIV, _POW = gast.Add(), gast.Sub(), gast.Mult(), gast.Div(), gast.Pow()
_USUB, _LOAD = gast.USub(), gast.Load()


# ---- constructors ----


def number(value: float) -> gast.AST:
    """A literal: `-` applied to a constant where value is negative.

    >>> text(number(-2)), text(number(0.5))
    ('-2', '0.5')
    """
    if value < 0 or (value == 0 and math.copysign(1, value) < 0):
        return neg(made(gast.Constant, value=-value, kind=None))
    return made(gast.Constant, value=value, kind=None)


def number_of(expr: gast.AST) -> int | float | None:
    """The value of a literal number, signed or not; None for anything else.

    >>> number_of(expression("-3")), number_of(expression("x")), number_of(expression("True"))
    (-3, None, None)
    """
    sign = 1
    if expr.__class__ is gast.UnaryOp and expr.op.__class__ is gast.USub:
        sign, expr = -1, expr.operand
    if isinstance(expr, gast.Constant) and type(expr.value) in {int, float}:
        value: int | float = expr.value
        return sign * value
    return None


def literal(expr: gast.AST) -> object:
    """What a literal of numbers, tuples and lists is; None for anything else.

    >>> literal(expression("((1, -2), [None])")), literal(expression("(x, 1)"))
    (((1, -2), [None]), None)
    """
    if isinstance(expr, gast.Tuple | gast.List):
        items = [literal(item) for item in expr.elts]
        absent = [item is None and not _is_none(inner) for item, inner in zip(items, expr.elts)]
        if any(absent):
            return None
        return tuple(items) if isinstance(expr, gast.Tuple) else items
    return number_of(expr)


def _is_none(expr: gast.AST) -> bool:
    return isinstance(expr, gast.Constant) and expr.value is None


def binary(left: gast.AST, op: gast.AST, right: gast.AST) -> gast.AST:
    """`left op right`."""
    return made(gast.BinOp, left=left, op=op, right=right)


def add(left: gast.AST, right: gast.AST) -> gast.AST:
    """`left + right`."""
    return binary(left, _ADD, right)


def sub(left: gast.AST, right: gast.AST) -> gast.AST:
    """`left - right`."""
    return binary(left, _SUB, right)


def mul(left: gast.AST, right: gast.AST) -> gast.AST:
    """`left * right`."""
    return binary(left, _MULT, right)


def div(left: gast.AST, right: gast.AST) -> gast.AST:
    """`left / right`."""
    return binary(left, _DIV, right)


def power(base: gast.AST, exponent: gast.AST) -> gast.AST:
    """`base ** exponent`."""
    return binary(base, _POW, exponent)


def neg(operand: gast.AST) -> gast.AST:
    """`-operand`."""
    return made(gast.UnaryOp, op=_USUB, operand=operand)


def attribute(base: gast.AST, attr: str) -> gast.AST:
    """`base.attr`."""
    return made(gast.Attribute, value=base, attr=attr, ctx=_LOAD)


def real_dtype(array: gast.AST, dtype: str | None) -> gast.AST:
    """The dtype of the derivative of an array: its own, or where it may be called with integers, real numbers.

    >>> text(real_dtype(name("x"), "float32")), text(real_dtype(name("x"), "float"))
    ('x.dtype', '$np.result_type(x, 1.0)')
    """
    if dtype in {"float32", "float64", "complex"}:
        return attribute(array, "dtype")
    return call("$np.result_type", array, number(1.0))


def call(callee: str | gast.AST, *args: gast.AST, **keywords: gast.AST) -> gast.AST:
    """A call; a callee given as text may be dotted.

    >>> text(call("$np.sum", name("x"), axis=number(0)))
    '$np.sum(x, axis=0)'
    """
    if isinstance(callee, str):
        root, *attributes = callee.split(".")
        callee = name(root)
        for attr in attributes:
            callee = attribute(callee, attr)
    named = [made(gast.keyword, arg=arg, value=value) for arg, value in keywords.items()]
    return made(gast.Call, func=callee, args=list(args), keywords=named)


def method(base: gast.AST, attr: str, *args: gast.AST, **keywords: gast.AST) -> gast.AST:
    """`base.attr(*args, **keywords)`."""
    return call(attribute(base, attr), *args, **keywords)


def subscript(base: gast.AST, index: gast.AST) -> gast.AST:
    """`base[index]`."""
    return made(gast.Subscript, value=base, slice=index, ctx=_LOAD)


def as_number(value: gast.AST) -> gast.AST:
    """What belongs to an array without axes, which may be a number, as a number: `np.asarray(value)[()]`."""
    return subscript(call("$np.asarray", value), tuple_of([]))


def tuple_of(items: list[gast.AST]) -> gast.AST:
    """A tuple display."""
    return made(gast.Tuple, elts=items, ctx=_LOAD)


def repeated(item: gast.AST, values: gast.AST) -> gast.AST:
    """`[item] * len(values)`."""
    items = gast.List(elts=[item], ctx=gast.Load())
    return gast.BinOp(left=items, op=gast.Mult(), right=call("$len", values))


def one_or_all(items: list[gast.AST], display: type[gast.AST] = gast.Tuple) -> gast.AST:
    """The only item, or all in a tuple or a list."""
    return items[0] if len(items) == 1 else display(elts=items, ctx=gast.Load())


def index_with(base: gast.AST, items: list[gast.AST | None]) -> gast.AST:
    """`base[...]` with a whole slice where an item is None; a single item stands without a tuple.

    >>> text(index_with(name("d"), [None, gast.Constant(value=None, kind=None)]))
    'd[:, None]'
    """
    full = [
        gast.Slice(lower=None, upper=None, step=None) if item is None else item for item in items
    ]
    return subscript(base, full[0] if len(full) == 1 else tuple_of(full))


def generated(expr: gast.AST) -> str | None:
    """The dotted text of a reference that s2sgrad wrote, with its `$`; None for anything else.

    >>> generated(expression("$np.sum")), generated(expression("np.sum"))
    ('$np.sum', None)
    """
    if expr.__class__ is gast.Attribute:
        return _dotted(expr)
    return expr.id if expr.__class__ is gast.Name and expr.id.startswith("$") else None


@remembered
def _dotted(expr: gast.AST) -> str | None:
    root = expr
    while root.__class__ is gast.Attribute:
        root = root.value
    if root.__class__ is not gast.Name or not root.id.startswith("$"):
        return None
    dotted = ""
    while expr is not root:
        dotted = f".{expr.attr}{dotted}"
        expr = expr.value
    return f"{root.id}{dotted}"


def rebuilt(node: gast.AST, **changes: object) -> gast.AST:
    """A copy of a node with some fields changed."""
    return with_fields(node, changes)


def arguments(node: gast.AST, *parameters: str) -> dict[str, gast.AST] | None:
    """The arguments of a call by name, but None and False; None where they don't fit.

    >>> found = arguments(expression("$np.sum(x, None, keepdims=False)"), "a", "axis", "keepdims")
    >>> {parameter: text(value) for parameter, value in found.items()}
    {'a': 'x'}
    """
    if len(node.args) > len(parameters) or any(isinstance(arg, gast.Starred) for arg in node.args):
        return None
    bound = dict(zip(parameters, node.args, strict=False))
    for keyword in node.keywords:
        if keyword.arg not in parameters or keyword.arg in bound:
            return None
        bound[keyword.arg] = keyword.value
    return {
        name: value
        for name, value in bound.items()
        if not (isinstance(value, gast.Constant) and (value.value is None or value.value is False))
    }


# ---- questions ----


def postorder(expr: gast.AST) -> Iterator[gast.AST]:
    """Every node of an expression once, after what is inside it; functions stay closed."""
    seen: set[int] = set()
    stack: list[tuple[gast.AST, bool]] = [(expr, False)]
    while stack:
        node, done = stack.pop()
        if done:
            yield node
        elif id(node) not in seen:
            seen.add(id(node))
            stack.append((node, True))
            if node.__class__ not in OPAQUE:
                stack.extend((child, False) for child in reversed(children(node)))


def names(expr: gast.AST) -> tuple[str, ...]:
    """The names that an expression reads, each once, in the order of the text.

    >>> names(expression("a * b + a[i]"))
    ('a', 'b', 'i')
    """
    found: dict[str, None] = {}
    for node in postorder(expr):
        if isinstance(node, gast.Name):
            found[node.id] = None
        elif node.__class__ in OPAQUE:
            found.update(dict.fromkeys(loaded(node)))
    return tuple(found)


def count(expr: gast.AST, most: int) -> int:
    """How many nodes an expression has as it is printed; where there are more than most, most + 1.

    >>> count(expression("a * b + c"), 7), count(expression("a * b + c"), 3)
    (5, 4)
    """
    found, stack = 0, [expr]
    while stack and found <= most:
        node = stack.pop()
        found += 1
        if node.__class__ not in OPAQUE:
            stack += children(node)
    return found


def substitute(expr: gast.AST, values: Mapping[str, gast.AST]) -> gast.AST:
    """The expression with some of the names that it reads replaced.

    >>> text(substitute(expression("d * cos(t)"), {"t": expression("2 * x")}))
    'd * cos(2 * x)'
    """
    if values.keys().isdisjoint(loaded(expr)):
        return expr
    new: dict[int, gast.AST] = {}
    stack = [expr]
    while stack:
        node = stack[-1]
        kind = node.__class__
        if id(node) in new:
            pass
        elif kind is gast.Name or kind in OPAQUE:
            new[id(node)] = renamed(node, values)
        else:
            waiting = []
            for child in children(node):
                if id(child) in new or child.__class__ is gast.Constant:
                    continue
                if child.__class__ is gast.Name:
                    new[id(child)] = renamed(child, values)
                else:
                    waiting.append(child)
            if waiting:
                stack += waiting
                continue
            new[id(node)] = mapped(node, new)
        stack.pop()
    return new[id(expr)]


def mapped(node: gast.AST, new: Mapping[int, gast.AST]) -> gast.AST:
    """A node with its children replaced by what new says of them, itself where none changes."""
    for child in children(node):
        if new.get(id(child), child) is not child:
            break
    else:
        return node
    changes: dict[str, object] = {}
    own = vars(node)
    for field in fields_inside(node):
        value = own.get(field)
        if value.__class__ is list:
            changes[field] = [new.get(id(item), item) for item in value]
        elif id(value) in new:
            changes[field] = new[id(value)]
    return with_fields(node, changes)


# ---- text, for messages and tests ----


def expression(source: str) -> gast.AST:
    """The expression that a text means; names may start with `$`."""
    tree = gast.parse(source.replace("$", "dollar_"), mode="eval").body
    marked = {
        identifier: name("$" + identifier.removeprefix("dollar_"))
        for identifier in names(tree)
        if identifier.startswith("dollar_")
    }
    return substitute(tree, marked)


def text(expr: gast.AST) -> str:
    """An expression as text."""
    return str(gast.unparse(expr)).strip()
