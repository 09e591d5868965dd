"""How long axes are, as far as it is known before the program runs.

The number of axes is not the shape: `(1,)` broadcasts, so a shape is a tuple of extents, and two extents are
equal only where that is provable (or where example arguments made it a contract).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from s2sgrad.frozen import dataclass

__all__ = [
    "Extent",
    "Joined",
    "Shape",
    "Symbol",
    "broadcast",
    "has_axes",
    "joined_from",
    "same_shape",
]


@dataclass(frozen=True)
class Symbol:
    """An unknown but fixed number.

    It is an axis of a parameter, an integer parameter, or a number of a statement.

    name and axis: axis `axis` of parameter `name` (axis None: the integer parameter itself); a
    symbol of something inside the function has a key that tells it from all others, and can't be
    printed.
    """

    name: str
    axis: int | None = None
    key: tuple[object, ...] | None = None


@dataclass(frozen=True)
class Extent:
    """How long an axis is: `max(symbol + offset, 0)`, or just offset where symbol is None.

    solid: known to differ from 1 (by an example), so that it never broadcasts.
    """

    symbol: Symbol | None
    offset: int = 0
    solid: bool = False

    @property
    def number(self) -> int | None:
        """The extent where it is a known number."""
        return self.offset if self.symbol is None else None

    def equals(self, other: Extent) -> bool:
        """Whether two extents are known to be equal."""
        return (self.symbol, self.offset) == (other.symbol, other.offset)

    def shifted(self, amount: int) -> Extent:
        """The extent plus amount, not below 0."""
        if self.symbol is None:
            return Extent(None, max(self.offset + amount, 0))
        return Extent(self.symbol, self.offset + amount, self.solid and amount == 0)


@dataclass(frozen=True)
class Joined:
    """What tells the length of an axis that is broadcast from several, of which any may be 1."""

    extents: frozenset[Extent]

    @classmethod
    def of(cls, extents: Iterable[Extent]) -> Joined:
        """Of extents, those that were broadcast themselves taken apart."""
        return cls(frozenset(part for extent in extents for part in joined_from(extent)))


def joined_from(extent: Extent) -> frozenset[Extent]:
    """The extents that one is broadcast from, or itself alone."""
    match extent.symbol:
        case Symbol(key=(Joined(extents=extents),)) if not extent.offset:
            return extents
    return frozenset([extent])


@dataclass(frozen=True)
class Shape:
    """A shape of which nothing is known but which other shapes are equal to it.

    axes: whether it certainly has some, and isn't that of a number. listed: whether something says that it may be that
    of a list or a tuple, whose operators mean something else than those of an array.
    """

    key: object
    axes: bool = False
    listed: bool = False


def has_axes(shape: tuple[Extent, ...] | Shape) -> bool:
    """Whether a shape certainly isn't that of a number, or of an array without axes."""
    return shape.axes if isinstance(shape, Shape) else shape != ()


def same_shape(a: tuple[Extent, ...] | Shape, b: tuple[Extent, ...] | Shape) -> bool:
    """Whether two shapes are known to be equal, be an axis known to differ from 1 in one only."""
    if isinstance(a, Shape) or isinstance(b, Shape):
        return a == b
    return len(a) == len(b) and all(m.equals(n) for m, n in zip(a, b, strict=True))


def broadcast(
    shapes: Sequence[tuple[Extent, ...] | Shape],
    key: object,
    contracts: list[tuple[Extent, Extent]] | None = None,
    likely: list[tuple[Extent, Extent]] | None = None,
) -> tuple[Extent, ...] | Shape:
    """The shape of an elementwise result; key identifies the place, for what can't be told.

    Two solid extents that differ in name are equal by contract: the first is taken, and contracts
    noted. Others are likely to be equal, unless one of them is 1.
    """
    distinct: list[tuple[Extent, ...] | Shape] = []
    for shape in shapes:
        if shape != () and shape not in distinct:
            distinct.append(shape)
    if not distinct:
        return ()
    if len(distinct) == 1:
        return distinct[0]
    if any(isinstance(shape, Shape) for shape in distinct):
        return Shape(key, any(map(has_axes, distinct)))
    known = [shape for shape in distinct if isinstance(shape, tuple)]
    ndim = max(map(len, known))
    out = []
    for axis in range(-ndim, 0):
        extents = _distinct(s[axis] for s in known if len(s) >= -axis and s[axis].number != 1)
        if not extents:
            out.append(Extent(None, 1))
        elif len(extents) == 1:
            out.append(extents[0])
        else:
            sure = [e for e in extents if e.solid or (e.number is not None)]
            if contracts is not None and sure:
                contracts.extend((sure[0], other) for other in (sure[1:] or sure))
            if likely is not None:
                first = (sure or extents)[0]
                likely.extend((first, other) for other in extents if other not in (first, *sure))
            out.append(sure[0] if sure else Extent(Symbol("", key=(Joined.of(extents),))))
    return tuple(out)


def _distinct(extents: Iterable[Extent]) -> list[Extent]:
    """Each extent once, as one that differs from 1 where that is known of any."""
    found: dict[tuple[Symbol | None, int], Extent] = {}
    for extent in extents:
        key = extent.symbol, extent.offset
        if key not in found or extent.solid:
            found[key] = extent
    return list(found.values())
