"""Extents and shapes: when they are provably equal, and what slicing leaves of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import gast

from s2sgrad.extents import Extent, Shape, Symbol
from s2sgrad.kinds import Kind, Number
from s2sgrad.simplify.equality import key
from s2sgrad.simplify.expressions import number_of

__all__ = ["Axes", "met", "parts", "same_extent", "same_shape", "sliced", "with_solid"]

Axes = tuple[Extent, ...]


def same_extent(m: Extent, n: Extent) -> bool:
    """Whether two extents are provably equal.

    >>> n = Extent(Symbol("x", 0))
    >>> same_extent(n, Extent(Symbol("x", 0), solid=True)), same_extent(n, n.shifted(-1))
    (True, False)
    """
    return (m.symbol, m.offset) == (n.symbol, n.offset)


def met(m: Extent, n: Extent) -> bool:
    """Whether two extents are equal, given that an axis m took part in an axis n of a result.

    An extent that isn't 1 doesn't stretch; where n is 1 nothing was stretched.

    >>> m, n = Extent(Symbol("x", 0)), Extent(Symbol("y", 0))
    >>> met(m, n), met(m, Extent(None, 1)), met(Extent(None, 3), n), met(Extent(None, 1), n)
    (False, True, True, False)
    """
    return same_extent(m, n) or m.solid or m.number not in {None, 1} or n.number == 1


def same_shape(a: Axes | Shape, b: Axes | Shape) -> bool:
    """Whether two shapes are provably equal.

    >>> n = Extent(Symbol("x", 0))
    >>> same_shape((n,), (n,)), same_shape((n,), (n, n)), same_shape(Shape("x"), Shape("x"))
    (True, False, True)
    """
    if isinstance(a, tuple) and isinstance(b, tuple):
        return len(a) == len(b) and all(same_extent(m, n) for m, n in zip(a, b))
    return a == b


def parts(shape: Axes | Shape) -> tuple[object, ...]:
    """What a broadcast shape was broadcast from.

    >>> parts(()), parts(Shape("x")) == (Shape("x"),)
    ((), True)
    """
    if isinstance(shape, Shape) and isinstance(shape.key, tuple) and shape.key[0] == "broadcast":
        return tuple(shape.key[1])
    return (shape,) if shape != () else ()


def with_solid(kind: Kind, sources: Sequence[Kind]) -> Kind:
    """A kind with its extents as the sources have them, which know which of them aren't 1.

    >>> n = Symbol("x", 0)
    >>> found = with_solid(Number(None, (Extent(n),)), [Number(None, (Extent(n, solid=True),))])
    >>> found.shape[0].solid
    True
    """
    if not isinstance(kind, Number) or not isinstance(kind.shape, tuple):
        return kind
    shapes = [
        source.shape
        for source in sources
        if isinstance(source, Number) and isinstance(source.shape, tuple)
    ]
    solid = {(e.symbol, e.offset): e for shape in shapes for e in shape if e.solid}
    if not solid:
        return kind
    return replace(kind, shape=tuple(solid.get((e.symbol, e.offset), e) for e in kind.shape))


def sliced(extent: Extent, part: gast.AST) -> Extent:
    """What a slice leaves of an extent; a number of its own where that depends on more.

    >>> from s2sgrad.simplify.expressions import expression
    >>> n = Extent(Symbol("x", 0))
    >>> for example in ("x[:]", "x[1:-1]", "x[::-1]", "x[::2]"):
    ...     cut = sliced(n, expression(example).slice)
    ...     print(example, cut.symbol == n.symbol and cut.offset)
    x[:] 0
    x[1:-1] -2
    x[::-1] 0
    x[::2] False
    """
    bounds = [_bound(bound) for bound in (part.lower, part.upper, part.step)]
    known = [bound for bound in bounds if bound is None or isinstance(bound, int)]
    if len(known) == len(bounds):
        lower, upper, step = known
        if extent.number is not None and step != 0:
            return Extent(None, len(range(*slice(lower, upper, step).indices(extent.number))))
        if step in {None, 1} and (lower or 0) >= 0 and (upper is None or upper < 0):
            cut = (lower or 0) - (upper or 0)
            return extent.shifted(-cut) if cut else extent
        if step == -1 and lower is None and upper is None:
            return extent
    unprintable = ("slice", extent.symbol, extent.offset, *bounds)
    return Extent(Symbol("", None, unprintable))


def _bound(bound: gast.AST | None) -> object:
    """A bound as an int or None, or else what tells it from others."""
    if bound is None or (isinstance(bound, gast.Constant) and bound.value is None):
        return None
    value = number_of(bound)
    return value if isinstance(value, int) else key(bound)
