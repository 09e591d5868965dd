"""Kinds on their way into a called function and back.

What the caller calls an extent, the callee calls its own.

So a function is analysed once for each pattern of equal extents, and recursion comes to an end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from s2sgrad.extents import Extent, Shape, Symbol
from s2sgrad.infer.trips import extent_varies
from s2sgrad.kinds import VARYING, Kind, Number, Sequence

__all__ = ["Crossing"]


@dataclass(eq=False)
class Crossing:
    """One call; key identifies its place."""

    key: object
    extents: dict[Extent, Extent] = field(default_factory=dict)
    shapes: dict[Shape, Shape] = field(default_factory=dict)

    def inward(self, kinds: Mapping[str, Kind]) -> dict[str, Kind]:
        """The kinds of the arguments as the callee sees its parameters."""
        return {name: self.entering(kind, name) for name, kind in kinds.items()}

    def entering(self, kind: Kind, name: str) -> Kind:
        """One kind inside the callee.

        Integers are any, extents are named after the first parameter with them.
        """
        if isinstance(kind, Number):
            if isinstance(kind.shape, Shape):
                if kind.shape.key == VARYING:
                    return kind
                named = replace(kind.shape, key=("parameter", name))
                shape = self.shapes.setdefault(kind.shape, named)
                return replace(kind, shape=shape, value=None)
            extents = tuple(
                self.extent(extent, name, axis) for axis, extent in enumerate(kind.shape)
            )
            return replace(kind, shape=extents, value=None)
        if isinstance(kind, Sequence):
            items = None
            if kind.items is not None:
                items = tuple(
                    self.entering(item, f"{name}[{k}]") for k, item in enumerate(kind.items)
                )
            return Sequence(kind.type, items, self.entering(kind.item, f"{name}[]"))
        return kind

    def extent(self, extent: Extent, name: str, axis: int) -> Extent:
        if extent.number == 1 or extent_varies(extent):
            return extent
        if extent not in self.extents:
            solid = extent.solid or extent.number is not None
            self.extents[extent] = Extent(Symbol(name, axis), solid=solid)
        return self.extents[extent]

    def agreed(self, pairs: Iterable[tuple[Extent, Extent]]) -> Iterator[tuple[Extent, Extent]]:
        """What the callee takes to be equal, as far as these are extents of the caller's."""
        back = {inner.symbol: outer for outer, inner in self.extents.items()}
        for pair in pairs:
            known = [
                extent
                if extent.symbol is None
                else back.get(extent.symbol)
                if not extent.offset
                else None
                for extent in pair
            ]
            left, right = known
            if left is not None and right is not None:
                yield left, right
            elif left is not None or right is not None:
                sure = left if left is not None else right
                assert sure is not None  # noqa: S101
                yield sure, sure

    def likely(self, pairs: Iterable[tuple[Extent, Extent]]) -> Iterator[tuple[Extent, Extent]]:
        """What is likely to be equal in the callee, as far as these are extents of the caller's."""
        back = {inner.symbol: outer for outer, inner in self.extents.items()}
        for pair in pairs:
            left, right = (
                extent
                if extent.symbol is None
                else back[extent.symbol].shifted(extent.offset)
                if extent.symbol in back
                else None
                for extent in pair
            )
            if left is not None and right is not None and left != right:
                yield left, right

    def outward(self, kind: Kind) -> Kind:
        """The kind of the result as the caller sees it."""
        back = {inner.symbol: outer for outer, inner in self.extents.items()}
        shapes = {inner: outer for outer, inner in self.shapes.items()}

        def leaving(kind: Kind, path: tuple[int, ...]) -> Kind:
            if isinstance(kind, Number):
                if isinstance(kind.shape, Shape):
                    if kind.shape.key == VARYING:
                        return kind
                    named = replace(kind.shape, key=(self.key, path))
                    return replace(kind, shape=shapes.get(kind.shape, named), value=None)
                extents = tuple(
                    _leaving(extent, back, (self.key, path, axis))
                    for axis, extent in enumerate(kind.shape)
                )
                return replace(kind, shape=extents, value=None)
            if isinstance(kind, Sequence):
                items = (
                    None
                    if kind.items is None
                    else tuple(leaving(k, (*path, i)) for i, k in enumerate(kind.items))
                )
                return Sequence(kind.type, items, leaving(kind.item, (*path, -1)))
            return kind

        return leaving(kind, ())


def _leaving(extent: Extent, back: Mapping[Symbol | None, Extent], key: object) -> Extent:
    if extent.symbol is None or extent_varies(extent):
        return extent
    outer = back.get(extent.symbol)
    if outer is None or (extent.offset and outer.offset):
        return Extent(Symbol("", key=(key,)))
    return outer if extent.offset == 0 else outer.shifted(extent.offset)
