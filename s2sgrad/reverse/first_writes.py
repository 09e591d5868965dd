"""Writes into places of a new array where nothing was written before: what these held is known.

`x = np.empty(n)`, then `x[0] = a`, then `x[i] = f(x[i - 1])` for i in range(1, n): each place is written once. What
np.empty gives needn't be put back, as no program reads it; what np.zeros gives needs no record.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import gast
import numpy as np

from s2sgrad.flow import bound
from s2sgrad.infer.facts import Facts
from s2sgrad.kinds import Known
from s2sgrad.places import Places
from s2sgrad.program import Assign, For, Statement, Store
from s2sgrad.trees import loaded

__all__ = ["Blank", "FirstWrites"]


@dataclass(frozen=True)
class Blank:
    """What a place holds that hasn't been written: a number, or nothing that anyone reads (None)."""

    value: int | None


_BLANKS: dict[Callable[..., object], Blank] = {
    np.empty: Blank(None),
    np.empty_like: Blank(None),
    np.zeros: Blank(0),
    np.zeros_like: Blank(0),
    np.ones: Blank(1),
    np.ones_like: Blank(1),
}


@dataclass(eq=False)
class FirstWrites:
    """Tells which stores are first writes."""

    facts: Facts
    places: Places

    @cached_property
    def numbered(self) -> dict[int, Statement]:
        return {number: statement for statement, number in self.places.number.items()}

    def blank(self, store: Store) -> Blank | None:
        """What a store overwrites, if nothing was written there before in the array's life."""
        assert isinstance(store.base, gast.Name)  # noqa: S101 - as in all that is differentiated
        found = self.held_by(self.places.definition.get(store.base.id))
        if found is None:
            return None
        outer, inner = self.places.loops_of(store.base.id), self.places.loops[store]
        if inner[: len(outer)] != outer:
            return None
        loops = inner[len(outer) :]
        index = self.parts(store)
        if not index or not self.elsewhere_each_trip(index, loops):
            return None
        end = self.places.end[loops[0]] if loops else self.places.number[store]
        others = (n for n in self.places.changes.get(store.base.id, ()) if n <= end)
        return (
            found if all(self.apart(self.numbered.get(n), store, loops) for n in others) else None
        )

    def held_by(self, made: Statement | None) -> Blank | None:
        """What the elements of an array are, where a statement makes one of which that is known."""
        match made:
            case Assign(value=gast.Call(func=func)):
                kind = self.facts.constant(func)
                function = kind.value if isinstance(kind, Known) else None
                return next((blank for f, blank in _BLANKS.items() if f is function), None)
        return None

    def parts(self, store: Store) -> list[gast.AST]:
        """The parts of a basic index; none where it isn't one."""
        if not isinstance(store.index, gast.AST) or not self.facts.plain_index(store.index):
            return []
        index = store.index
        parts = list(index.elts) if isinstance(index, gast.Tuple) else [index]
        special = any(isinstance(p, gast.Constant) and type(p.value) is not int for p in parts)
        return [] if special else parts

    def elsewhere_each_trip(self, index: list[gast.AST], loops: tuple[Statement, ...]) -> bool:
        """Whether an index leads to another place in each trip of loops."""
        steps = [self.shifted(part) for part in index]
        return all(
            isinstance(loop, For)
            and self.from_zero(loop)
            and any(target == loop.target for target, _ in steps)
            for loop in loops
        )

    def apart(self, other: Statement | None, store: Store, loops: tuple[Statement, ...]) -> bool:
        """Whether another write, no later than the last trip, leaves alone the places of a store until it comes."""
        if not isinstance(other, Store) or loaded(other.base) != loaded(store.base):
            return False
        mine, theirs = self.parts(store), self.parts(other)
        for own, their in zip(mine, theirs, strict=False):
            if self.below(own, their) or self.below(their, own):
                return True
        targets = {target for loop in loops for target in bound(loop)}
        same = {
            self.shifted(own)
            for own, their in zip(mine, theirs, strict=False)
            if self.shifted(own) == self.shifted(their)
        }
        around = len(self.places.loops[store])
        return (
            self.places.number[other] >= self.places.number[store]
            and self.places.loops[other][:around] == self.places.loops[store]
            and targets <= {target for target, _ in same}
        )

    def below(self, low: gast.AST, high: gast.AST) -> bool:
        """Whether one part of an index is a number that another is certainly above."""
        target, value = self.shifted(low)
        return target is None and 0 <= value < self.lowest(high)

    def shifted(self, part: gast.AST) -> tuple[str | None, int]:
        """A part of an index as a name and what is added to it; (None, n) for a number, -1 for anything else."""
        added = 0
        while isinstance(part, gast.Name):
            match self.places.definition.get(part.id):
                case Assign(
                    value=gast.BinOp(
                        left=gast.Name() as left,
                        op=gast.Add(),
                        right=gast.Constant(value=int() as more),
                    ),
                ) if more >= 0:
                    part, added = left, added + more
                case _:
                    return part.id, added
        return None, part.value if isinstance(part, gast.Constant) else -1

    def lowest(self, part: gast.AST) -> int:
        """A number that a part of an index isn't below; -1 where it may be negative."""
        target, more = self.shifted(part)
        if target is None:
            return more
        loop = self.places.definition.get(target)
        if not isinstance(loop, For):
            return -1
        low = self.begin(loop)
        return low + more if low >= 0 else -1

    def from_zero(self, loop: For) -> bool:
        """Whether a loop counts over numbers that aren't negative."""
        return self.begin(loop) >= 0

    def begin(self, loop: For) -> int:
        """A number that no target of a loop is below, -1 if that may be negative."""
        match loop.iterable:
            case gast.Call(func=gast.Name(id="range" | "$range"), args=[_]):
                return 0
            case gast.Call(func=gast.Name(id="range" | "$range"), args=[start, stop, *step]):
                match step:
                    case []:
                        return self.lowest(start)
                    case [gast.Constant(value=int() as size)] if size > 0:
                        return self.lowest(start)
                    case [gast.UnaryOp(op=gast.USub(), operand=gast.Constant(value=int()))]:
                        return self.ends_above(stop)
        return -1

    @staticmethod
    def ends_above(stop: gast.AST) -> int:
        """What is the last number of a range downwards to a stop."""
        match stop:
            case gast.UnaryOp(op=gast.USub(), operand=gast.Constant(value=1)):
                return 0
            case gast.Constant(value=int() as value) if value >= 0:
                return value + 1
        return -1
