"""What the interpretation of a function gives: the kinds of its names, and what its calls mean."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from itertools import count

import gast

from s2sgrad.extents import Extent, joined_from, same_shape
from s2sgrad.infer.resolution import Resolution
from s2sgrad.infer.trips import unsettled, varies
from s2sgrad.kinds import (
    UNKNOWN,
    Kind,
    Known,
    Number,
    Sequence,
    is_foreign,
)
from s2sgrad.program import Statement
from s2sgrad.trees import name as load

__all__ = ["Facts"]


@dataclass(eq=False)
class Facts:
    """The tables that infer gives.

    kinds: name → kind. calls: Assign or Store → what it means. result: the kind of the returned
    value. contracts: pairs of extents that an elementwise operation needs to be equal, both known
    to differ from 1; likely: others that it needs to be equal unless one of them is 1. stored: Store → the kind of
    the part that it overwrites.
    """

    kinds: dict[str, Kind]
    calls: dict[Statement, Resolution] = field(default_factory=dict)
    result: Kind = UNKNOWN
    contracts: list[tuple[Extent, Extent]] = field(default_factory=list)
    likely: list[tuple[Extent, Extent]] = field(default_factory=list)
    stored: dict[object, Kind] = field(default_factory=dict)
    constant: Callable[[gast.AST], Kind] = lambda _: UNKNOWN
    _fresh: Iterator[int] = field(default_factory=count)

    def kind(self, name: str, at: object = None) -> Kind:
        """The kind of a name.

        A shape that varies from trip to trip is equal only to itself at the same place.
        """
        kind = self.kinds.get(name, UNKNOWN)
        if not varies(kind):
            return kind
        place = ("asked", name, next(self._fresh)) if at is None else ("read", name, at)
        return unsettled(kind, place)

    def atom(self, atom: gast.AST, at: object = None) -> Kind:
        """The kind of an atom at a place."""
        if isinstance(atom, gast.Name) and atom.id in self.kinds:
            return self.kind(atom.id, at)
        return self.constant(atom)

    def known(self, name: str) -> Kind | None:
        """The kind of a name, be it of an array around the function; None for whatever else is around it."""
        if name in self.kinds:
            return self.kinds[name]
        around = self.constant(load(name))
        return around if isinstance(around, Number) and around.array else None

    def outside(self, name: str) -> bool:
        """Whether a name stands for something outside that may be written into: no function, no module."""
        if name in self.kinds:
            return False
        kind = self.constant(load(name))
        return not isinstance(kind, Known) or (
            is_foreign(kind) and isinstance(kind.value, Collection)
        )

    def foreign(self, name: str) -> bool:
        """Whether a name stands for an object outside, of which others see what is put into it."""
        return name not in self.kinds and is_foreign(self.atom(load(name)))

    def plain_index(self, index: gast.AST) -> bool:
        """Whether an index certainly consists of integers, slices, None and `...`.

        Then no entry repeats, and nothing is copied.
        """
        return all(self._plain(part) for part in _parts(index))

    def _plain(self, part: gast.AST) -> bool:
        if isinstance(part, gast.Slice) or (
            isinstance(part, gast.Constant) and part.value in {None, Ellipsis}
        ):
            return True
        kind = self.atom(part)
        return isinstance(kind, Number) and kind.scalar and kind.dtype == "int"

    def copying_index(self, index: gast.AST) -> bool:
        """Whether an index certainly has an array or a list in it: what it gives is a copy."""
        return any(
            self._copying(part) for part in _parts(index) if not isinstance(part, gast.Slice)
        )

    def fits_no_axes(self, index: gast.AST) -> bool:
        """Whether an array without axes may have such an index: `y[...]`, `y[()]`, `y[y > 0]`."""
        return not any(self._needs_axis(part) for part in _parts(index))

    def _needs_axis(self, part: gast.AST) -> bool:
        if isinstance(part, gast.Slice):
            return True
        kind = self.atom(part)
        return isinstance(kind, Number) and kind.dtype != "bool"

    def is_mask(self, index: gast.AST) -> bool:
        """Whether an index is an array of truth values, and nothing else: no entry repeats."""
        kind = None if isinstance(index, gast.Slice | gast.Tuple) else self.atom(index)
        return isinstance(kind, Number) and kind.array is True and kind.dtype == "bool"

    def _copying(self, part: gast.AST) -> bool:
        kind = self.atom(part)
        if isinstance(kind, Number):
            return kind.array is True and (kind.dtype == "bool" or bool(kind.ndim))
        return isinstance(kind, Sequence) and kind.type == "list"

    def item_is_scalar(self, base: str, index: gast.AST) -> bool | None:
        """Whether `base[index]` is an element (True), an array (False), or unknown (None)."""
        kind = self.kinds.get(base)
        parts = _parts(index)
        if any(
            isinstance(part, gast.Slice)
            or (isinstance(part, gast.Constant) and part.value in {None, Ellipsis})
            for part in parts
        ):
            return False
        if not isinstance(kind, Number) or not all(self._plain(part) for part in parts):
            return None
        return None if kind.ndim is None else kind.ndim == len(parts)

    def fills(self, _base: str, _index: gast.AST, value: str, at: object) -> bool:
        """Whether a value that is stored certainly has the shape of the part that it goes into.

        So has what is broadcast from something of that shape: NumPy doesn't store what is larger.
        """
        kind, part = self.kind(value, at), self.stored.get(at)
        if not isinstance(kind, Number) or not isinstance(part, Number):
            return False
        if not isinstance(kind.shape, tuple) or not isinstance(part.shape, tuple):
            return same_shape(kind.shape, part.shape)
        return len(kind.shape) == len(part.shape) and all(
            own in joined_from(given) or own.equals(given)
            for own, given in zip(part.shape, kind.shape, strict=True)
        )


def _parts(index: gast.AST) -> list[gast.AST]:
    return list(index.elts) if isinstance(index, gast.Tuple) else [index]
