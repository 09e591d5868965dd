"""What is spread over axes: broadcasting that happens anyway isn't written out.

Each function receives an arranged expression and gives a better one, or None if it doesn't apply.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import gast
import numpy as np

from s2sgrad.extents import Shape
from s2sgrad.simplify.expressions import CLOSED, attribute, binary, call, mapped, rebuilt
from s2sgrad.simplify.shapes import Axes, Shapes, same_shape
from s2sgrad.simplify.terms import Product, Terms
from s2sgrad.simplify.widths import is_wide, may_meet
from s2sgrad.trees import children, whole_axis

__all__ = ["respread", "spread", "spread_over", "spread_product", "unspread", "without_spreads"]


@dataclass(frozen=True)
class Spread:
    """`np.broadcast_to(value, shape)`, or `unreduce(value, a)`, which has the shape of a."""

    value: gast.AST
    axes: Axes | Shape


def spread(expr: gast.AST, shapes: Shapes) -> Spread | None:
    """The parts of something spread over axes, where those of the value are known."""
    match expr:
        case gast.Call(func=func, args=[value, shape], keywords=[]) if (
            shapes.called(func) is np.broadcast_to
        ):
            axes = shapes.shape_named(shape)
        case gast.Call(func=gast.Name(id="$unreduce"), args=[value, like], keywords=[]) if (
            shapes.scalar(value)
        ):
            axes = shapes.number(like).shape
        case _:
            return None
    return None if axes is None or shapes.axes(value) is None else Spread(value, axes)


def unspread(expr: gast.AST, shapes: Shapes, beside: Sequence[gast.AST] = ()) -> gast.AST:
    """What expr may be written as where something else in the expression has the full shape.

    beside: what it is combined with. Where precision counts, a number stays spread beside what may be narrower.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> shapes = given(s="", v="n", A="n m")
    >>> text(unspread(expression("2 * $np.broadcast_to(v[:, None], A.shape)"), shapes))
    '2 * v[:, None]'
    >>> text(unspread(expression("$np.broadcast_to(s, v.shape)[:, None]"), shapes))
    's'
    >>> exact = given(s="", K="float32 n", v="n", narrow={"float32"})
    >>> whole = expression("$np.broadcast_to(s, v.shape)")
    >>> for beside in "Kv":
    ...     print(text(unspread(whole, exact, [expression(beside)])))
    $np.broadcast_to(s, v.shape)
    s
    """
    if not _holds_spread(expr, shapes):
        return expr
    match expr:
        case gast.Call():
            found = spread(expr, shapes)
            if found is None or not may_meet(found.value, beside, shapes):
                return expr
            return unspread(found.value, shapes, beside)
        case gast.Subscript(value=base, slice=index) if _only_adds_axes(index):
            inner = unspread(base, shapes, beside)
            return inner if inner is not base and shapes.scalar(inner) else expr
        case gast.UnaryOp(op=gast.USub(), operand=operand):
            return mapped(expr, {id(operand): unspread(operand, shapes, beside)})
        case gast.BinOp(op=op, left=left, right=right) if not isinstance(op, gast.MatMult):
            first, second = (
                unspread(side, shapes, (other, *beside) if is_wide(other, shapes) else ())
                for side, other in ((left, right), (right, left))
            )
            return mapped(expr, {id(left): first, id(right): second})
    return expr


def spread_over(value: gast.AST, other: gast.AST, shapes: Shapes) -> gast.AST:
    """What multiplies an array that may be narrower: a number is spread over it where precision counts."""
    if not shapes.scalar(value) or may_meet(value, [other], shapes):
        return value
    return call("$np.broadcast_to", value, attribute(other, "shape"))


def _holds_spread(expr: gast.AST, shapes: Shapes) -> bool:
    """Whether something may be spread in an expression; the answer is kept."""
    if expr.__class__ in CLOSED:
        return False
    known = shapes.spreads
    stack = [expr]
    while stack:
        node = stack.pop()
        if id(node) in known:
            continue
        inside = [child for child in children(node) if child.__class__ not in CLOSED]
        waiting = [child for child in inside if id(child) not in known]
        if waiting:
            stack.append(node)
            stack.extend(waiting)
            continue
        own = node.__class__ is gast.Call and spread(node, shapes) is not None
        known[id(node)] = (node, own or any(known[id(child)][1] for child in inside))
    return known[id(expr)][1]


def _only_adds_axes(index: gast.AST) -> bool:
    parts = index.elts if isinstance(index, gast.Tuple) else [index]
    return all(
        (isinstance(part, gast.Constant) and part.value in {None, ...}) or whole_axis(part)
        for part in parts
    )


def without_spreads(parts: list[gast.AST], shapes: Shapes) -> list[gast.AST]:
    """The parts of a product or a sum, not spread where the others have the full shape.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> parts = [expression("$np.broadcast_to(s, A.shape)"), expression("A")]
    >>> [text(part) for part in without_spreads(parts, given(s="", A="n m"))]
    ['s', 'A']
    """
    out = list(parts)
    for index, part in enumerate(parts):
        rest = out[:index] + out[index + 1 :]
        plain = unspread(part, shapes, rest)
        if plain is part or not rest:
            continue
        whole = rest[0]
        for other in rest[1:]:
            whole = binary(whole, gast.Mult(), other)
        if shapes.fills(part, shapes.number(whole).shape):
            out[index] = plain
    return out


def spread_product(product: Product, terms: Terms) -> gast.AST | None:
    """Scalars that multiply something spread are multiplied before it is spread.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> terms = Terms(given(d="", A="n m"), lambda name: name == "d", lambda expr: False)
    >>> product = Product(True, (2,), (expression("$np.broadcast_to(d, A.shape)"),))
    >>> text(spread_product(product, terms))
    '$np.broadcast_to(-2 * d, A.shape)'
    """
    large = [factor for factor in product.factors if not terms.shapes.scalar(factor)]
    found = spread(large[0], terms.shapes) if len(large) == 1 else None
    if found is None or product == Product(factors=(large[0],)):
        return None

    def outside(factor: gast.AST) -> bool:
        return not is_wide(factor, terms.shapes)

    narrow = tuple(f for f in product.factors if f is not large[0] and outside(f))
    factors = tuple(found.value if f is large[0] else f for f in product.factors if f not in narrow)
    inner = Product(product.negative, product.numbers, factors)
    if inner == Product(factors=(found.value,)):
        return None
    whole = rebuilt(large[0], args=[terms.written(inner), large[0].args[1]])
    return terms.chain((*narrow, whole))


def respread(expr: gast.AST, shapes: Shapes) -> gast.AST | None:
    """What is spread twice is spread once; what already has the shape isn't spread.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> shapes = given(s="", v="m", A="n m")
    >>> twice = expression("$np.broadcast_to($np.broadcast_to(s, v.shape), A.shape)")
    >>> text(respread(twice, shapes))
    '$np.broadcast_to(s, A.shape)'
    """
    found = spread(expr, shapes)
    if found is None:
        return None
    if same_shape(shapes.number(found.value).shape, found.axes):
        return found.value
    plain = unspread(found.value, shapes)
    return None if plain is found.value else rebuilt(expr, args=[plain, expr.args[1]])
