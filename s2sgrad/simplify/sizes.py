"""How lengths, sizes and shapes are written: by parameters if possible, always at hand."""

from __future__ import annotations

import gast

from s2sgrad.extents import Extent
from s2sgrad.simplify.expressions import attribute, call, mul, name, number, subscript, tuple_of
from s2sgrad.simplify.shapes import Axes, Shapes

__all__ = ["length_of", "shape_of", "size_of"]


def written_extent(extent: Extent, shapes: Shapes) -> gast.AST | None:
    """A number, or the length of an axis of a parameter; None where it is neither.

    >>> from s2sgrad.simplify.expressions import text
    >>> from s2sgrad.simplify.given import given
    >>> shapes = given(A="n m")
    >>> n, m = shapes.axes(name("A"))
    >>> text(written_extent(n, shapes)), text(written_extent(m, shapes))
    ('$len(A)', 'A.shape[1]')
    >>> written_extent(n.shifted(-1), shapes)
    """
    if extent.number is not None:
        return number(extent.number)
    symbol = extent.symbol
    if (
        symbol is None
        or symbol.axis is None
        or symbol.key is not None
        or extent.offset
        or symbol.name not in shapes.parameters
    ):
        return None
    parameter = name(symbol.name)
    if not shapes.array(parameter):
        return None
    return (
        call("$len", parameter)
        if symbol.axis == 0
        else subscript(attribute(parameter, "shape"), number(symbol.axis))
    )


def length_of(expr: gast.AST, axis: int, shapes: Shapes) -> gast.AST | None:
    """How long an axis of expr is.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> text(length_of(expression("$np.exp(X @ w)"), 0, given(X="n m", w="m")))
    '$len(X)'
    """
    axes = shapes.axes(expr)
    if axes is None or not -len(axes) <= axis < len(axes):
        return None
    written = written_extent(axes[axis], shapes)
    if written is not None:
        return written
    if not shapes.array(expr):
        return None
    return (
        call("$len", expr)
        if axis % len(axes) == 0
        else subscript(attribute(expr, "shape"), number(axis))
    )


def size_of(expr: gast.AST, shapes: Shapes) -> gast.AST | None:
    """How many elements expr has.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> shapes = given(X="n m", Y="n k", w="m")
    >>> for example in ("X", "X @ w", "X * w", "X.T @ Y", "X[1:]"):
    ...     print(text(size_of(expression(example), shapes)))
    X.size
    $len(X)
    X.size
    X.shape[1] * Y.shape[1]
    X[1:].size
    """
    axes = shapes.axes(expr)
    if axes is not None and not _named(expr):
        same = _same_parameter(expr, shapes)
        if same is not None and len(axes) > 1:
            return attribute(same, "size")
    if axes is not None and (len(axes) < 2 or not _named(expr)):
        written = _written(axes, shapes)
        if written is not None:
            product = written[0] if written else number(1)
            for extent in written[1:]:
                product = mul(product, extent)
            return product
    if not shapes.array(expr):
        return None
    return call("$len", expr) if axes is not None and len(axes) == 1 else attribute(expr, "size")


def shape_of(expr: gast.AST, shapes: Shapes, *, bare: bool = False) -> gast.AST | None:
    """The shape of expr; with bare, that of a single axis is its length, as `np.zeros` takes it.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> shapes = given(X="n m", Y="n k", w="m")
    >>> for example in ("X", "2 * X", "X.T @ Y", "X @ w"):
    ...     print(text(shape_of(expression(example), shapes)))
    X.shape
    X.shape
    (X.shape[1], Y.shape[1])
    ($len(X),)
    >>> text(shape_of(expression("w"), shapes, bare=True))
    '$len(w)'
    """
    axes = shapes.axes(expr)
    same = expr if _named(expr) and expr.id in shapes.parameters else _same_parameter(expr, shapes)
    if same is not None and shapes.array(same):
        return (
            call("$len", same)
            if bare and axes is not None and len(axes) == 1
            else attribute(same, "shape")
        )
    written = None if axes is None else _written(axes, shapes)
    if written is not None:
        return written[0] if bare and len(written) == 1 else tuple_of(written)
    if not shapes.array(expr):
        return None
    return (
        call("$len", expr)
        if bare and axes is not None and len(axes) == 1
        else attribute(expr, "shape")
    )


def _named(expr: gast.AST) -> bool:
    """Whether an expression is a name that will be printed: `_1` and the like are put into expressions."""
    return isinstance(expr, gast.Name) and not expr.id.startswith("_")


def _written(axes: Axes, shapes: Shapes) -> list[gast.AST] | None:
    written = [written_extent(extent, shapes) for extent in axes]
    known = [extent for extent in written if extent is not None]
    return known if len(known) == len(written) else None


def _same_parameter(expr: gast.AST, shapes: Shapes) -> gast.AST | None:
    """The first parameter that provably has the shape of expr, which isn't a scalar's."""
    if shapes.scalar(expr):
        return None
    candidates = (name(parameter) for parameter in shapes.parameters)
    return next(
        (other for other in candidates if shapes.array(other) and shapes.same(other, expr)), None
    )
