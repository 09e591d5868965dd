"""Where the statements of a finished block stand, and what each reads, binds and writes: for moving them.

Numbers go up in the order of the text. Whatever may run between two statements of one trip has a number between
theirs. The test of a While stands behind its head.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import gast

from s2sgrad.flow import bound, read
from s2sgrad.program import (
    COMPOUND,
    Accumulate,
    Assign,
    Block,
    Clear,
    Effect,
    For,
    If,
    Jump,
    Restore,
    Return,
    Statement,
    Store,
    Update,
    While,
)
from s2sgrad.trees import loaded

__all__ = ["Order", "Spot", "memory_written", "order"]


@dataclass(eq=False, slots=True)
class Spot:
    """A place where something is read: statement, its number, the loops around it and the blocks around it."""

    statement: Statement
    number: int
    loops: tuple[Statement, ...]
    blocks: tuple[object, ...]
    test: bool = False


@dataclass(eq=False)
class Order:
    """The tables; a block is identified by its statement and field, the outermost by ()."""

    spots: dict[Statement, Spot] = field(default_factory=dict)
    reads: dict[str, list[Spot]] = field(default_factory=dict)
    binds: dict[str, list[Spot]] = field(default_factory=dict)
    touched: dict[str, list[int]] = field(default_factory=dict)
    ends: dict[Statement, int] = field(default_factory=dict)
    jumps: list[int] = field(default_factory=list)
    last: int = 0

    def bound_between(self, name: str, start: int, end: int) -> bool:
        """Whether a name may get another value after start and before end."""
        spots = self.binds.get(name, ())
        position = bisect_right(spots, start, key=lambda spot: spot.number)
        return position < len(spots) and spots[position].number < end

    def left_between(self, start: int, end: int) -> bool:
        """Whether something after start and before end may lead elsewhere, so that what follows isn't reached."""
        position = bisect_right(self.jumps, start)
        return position < len(self.jumps) and self.jumps[position] < end

    def touched_between(self, name: str, start: int, end: int) -> bool:
        """Whether memory that a name may point to is written after start and before end."""
        numbers = self.touched.get(name, ())
        position = bisect_right(numbers, start)
        return position < len(numbers) and numbers[position] < end

    def read_between(self, name: str, start: int, end: int) -> bool:
        """Whether a name is read after start and before end."""
        spots = self.reads.get(name, ())
        position = bisect_right(spots, start, key=lambda spot: spot.number)
        return position < len(spots) and spots[position].number < end

    def owned_reads(self, name: str, spot: Spot) -> list[Spot] | None:
        """The reads that see a binding; None where one of them may see another binding too."""
        found = []
        bindings = self.binds[name]
        several = len(bindings) > 1
        for reading in self.reads.get(name, ()):
            dominating = None
            for other in bindings:
                if other.number >= reading.number:
                    break
                if other.blocks[-1] in reading.blocks:
                    dominating = other
            if dominating is spot:
                if several and self._another_between(bindings, spot, reading):
                    return None
                found.append(reading)
                continue
            start = 0 if dominating is None else dominating.number
            if start < spot.number < reading.number:
                return None
            for loop in spot.loops:
                again = loop in reading.loops and reading.number <= spot.number
                if again and (dominating is None or loop not in dominating.loops):
                    return None
        return found

    @staticmethod
    def _another_between(bindings: list[Spot], spot: Spot, reading: Spot) -> bool:
        """Whether a name may be bound again between a binding and a reading, in a loop around that included."""
        inner = [loop for loop in reading.loops if loop not in spot.loops]
        return any(spot.number < b.number < reading.number for b in bindings) or any(
            loop in b.loops for b in bindings for loop in inner
        )


def memory_written(
    statement: Statement, writes: Callable[[Statement], Iterable[str]]
) -> tuple[str, ...]:
    """The names into whose memory a statement writes."""
    match statement:
        case Assign() | For():
            return tuple(writes(statement))
        case Store(base=base):
            return loaded(base)
        case Update(target=target) | Accumulate(target=target) | Clear(target=target):
            return (target,)
        case Restore(targets=targets) | Effect(node=gast.Delete(targets=targets)):
            return tuple(loaded(t)[0] for t in targets if not isinstance(t, gast.Name))
    return ()


def order(
    block: Block,
    writes: Callable[[Statement], Iterable[str]],
    aliases: Callable[[str], Iterable[str]],
) -> Order:
    """The order of a block."""
    walk = _Walk(Order(), writes, aliases)
    walk.block(block, (), ((None, "body"),))
    return walk.found


@dataclass(eq=False)
class _Walk:
    """Numbers statements in the order of the text, and fills the tables."""

    found: Order
    writes: Callable[[Statement], Iterable[str]]
    aliases: Callable[[str], Iterable[str]]

    def note(self, spot: Spot, names: Iterable[str]) -> None:
        reads = self.found.reads
        for name in names:
            if name not in reads:
                reads[name] = [spot]
            elif reads[name][-1] is not spot:
                reads[name].append(spot)

    def block(self, block: Block, loops: tuple[Statement, ...], blocks: tuple[object, ...]) -> None:
        found = self.found
        spots, binds, touched, ends = found.spots, found.binds, found.touched, found.ends
        for statement in block:
            kind = statement.__class__
            found.last += 1
            spots[statement] = spot = Spot(statement, found.last, loops, blocks)
            if kind is not While:
                self.note(spot, read(statement))
            for name in bound(statement):
                binds.setdefault(name, []).append(spot)
            if kind is Accumulate and statement.index is None:  # type: ignore[attr-defined]
                binds.setdefault(statement.target, []).append(spot)  # type: ignore[attr-defined]
            written = self.writes if kind is Assign else self.memory_written
            for name in written(statement):
                for alias in self.aliases(name):
                    touched.setdefault(alias, []).append(spot.number)
            if kind in COMPOUND:
                self.inside(statement, loops, blocks)
            elif kind is Jump or kind is Return:
                found.jumps.append(spot.number)
            found.last += 1
            ends[statement] = found.last

    def memory_written(self, statement: Statement) -> Iterable[str]:
        return memory_written(statement, self.writes)

    def inside(
        self, statement: Statement, loops: tuple[Statement, ...], blocks: tuple[object, ...]
    ) -> None:
        """The blocks of a statement."""
        match statement:
            case If(body=body, orelse=orelse):
                self.block(body, loops, (*blocks, (statement, "body")))
                self.block(orelse, loops, (*blocks, (statement, "orelse")))
            case For(body=body):
                self.block(body, (*loops, statement), (*blocks, (statement, "body")))
            case While(head=head, test=test, body=body):
                inside = (*loops, statement)
                around = (*blocks, (statement, "head"))
                self.block(head, inside, around)
                self.found.last += 1
                spot = Spot(statement, self.found.last, inside, around, test=True)
                self.note(spot, loaded(test))
                self.block(body, inside, (*around, (statement, "body")))
