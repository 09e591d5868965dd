"""Undoing that nobody needs: an array that no name has but the one under which it is written and read.

What a statement writes into an array is undone for the backward code of what stands before it. Where the array is
made in the same trip, only names that are bound between there and the write can be names of it; unless the
backward code of what stands between reads one of them, the old contents are of no use.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sized
from dataclasses import dataclass, field
from functools import cached_property

from s2sgrad.aliasing import Aliasing
from s2sgrad.flow import read
from s2sgrad.infer.facts import Facts
from s2sgrad.infer.resolution import Container, Inert, Primitive
from s2sgrad.kinds import Sequence
from s2sgrad.places import Places
from s2sgrad.program import Assign, Block, For, Statement, walk
from s2sgrad.reverse.owners import NEW_LISTS
from s2sgrad.rewrite import with_blocks
from s2sgrad.sameness import Sameness
from s2sgrad.trees import loaded

__all__ = ["Undone"]


@dataclass(eq=False)
class Undone:
    """What has been undone, and what is read by the backward code of each statement.

    saved: what a forward function saved → the names that it may share memory with. parts: what undoes a write →
    the write, and the name of the array; reads: number → names. outermost: whether the caller is the user's, who finds
    what is outside of the function as it has left it; calls: those of pairs, which may read what is outside.
    """

    facts: Facts
    aliasing: Aliasing
    places: Places
    same: Sameness
    saved: Mapping[str, tuple[str, ...]]
    outermost: bool
    calls: Sized
    parts: dict[Statement, tuple[Statement, str]] = field(default_factory=dict)
    reads: dict[int, set[str]] = field(default_factory=dict)

    @cached_property
    def order(self) -> list[tuple[int, Statement]]:
        """All statements with their numbers, in the order of these."""
        return sorted(((n, s) for s, n in self.places.number.items()), key=lambda item: item[0])

    @cached_property
    def numbers(self) -> list[int]:
        """The numbers of statements whose backward code reads something, when all of it is there."""
        return sorted(self.reads)

    def note(self, number: int, code: Iterable[Statement]) -> None:
        """The backward code of a statement, or of the test or the range of a compound one."""
        for statement in code:
            for known in read(statement) if statement not in self.parts else ():
                self.reads.setdefault(number, set()).update((known, *self.saved.get(known, ())))

    def without(self, block: Block) -> Block:
        """The backward half without what is needless."""
        return tuple(
            with_blocks(statement, self.without)
            for statement in block
            if statement not in self.parts or self.needed(*self.parts[statement])
        )

    def needed(self, write: Statement, base: str) -> bool:
        """Whether backward code may read what a statement has overwritten."""
        if self.outermost and self.outside(base):
            known = self.aliasing.aliases(base)
            return bool(self.calls) or any(not known.isdisjoint(r) for r in self.reads.values())
        made = self.places.definition.get(base := self.first_name(base))
        if not isinstance(made, Assign) or not self.fresh(made):
            return True
        outer, inner = self.places.loops[made], self.places.loops[write]
        if inner[: len(outer)] != outer:
            return True
        start = self.places.number[made]
        end = (
            self.places.end[inner[len(outer)]]
            if len(inner) > len(outer)
            else self.places.number[write]
        )
        names = self.names(base, start, end)
        first, last = bisect_left(self.numbers, start), bisect_right(self.numbers, end)
        return any(not names.isdisjoint(self.reads[n]) for n in self.numbers[first:last])

    def outside(self, base: str) -> list[str]:
        """The names of what isn't the function's own among those that an array or a list may be."""
        return sorted(filter(self.facts.outside, self.aliasing.aliases(base)))

    def left(self, backward: Block) -> dict[str, tuple[Statement, str]]:
        """What is outside and undone, by its names, though the user's caller finds it as the function has left it.

        With each goes a statement that writes into it, and the name under which that does.
        """
        undone = [self.parts[s] for s in walk(backward) if s in self.parts]
        found = {n: (write, base) for write, base in undone for n in self.outside(base)}
        return dict(sorted(found.items())) if self.outermost else {}

    def first_name(self, base: str) -> str:
        """The name under which an array or a list was made."""
        while base in self.same.holders:
            base = self.same.holders[base]
        return base

    def is_list(self, name: str) -> bool:
        return isinstance(self.facts.kinds.get(name), Sequence)

    def fresh(self, made: Assign) -> bool:
        """Whether a statement makes an array or a list that no other name has."""
        found = self.facts.calls.get(made)
        if not set(made.targets).isdisjoint(loaded(made.value)):
            return False  # `P = list(P)`: in the end zeros may be made like it
        if isinstance(found, Container):
            return found.operation in NEW_LISTS and self.is_list(made.targets[0])
        if isinstance(found, Primitive):
            return not found.in_place and not found.rule.shares
        return isinstance(found, Inert) and not found.effect

    def names(self, base: str, start: int, end: int) -> set[str]:
        """The names that an array made at start may have up to end, or that lead to it."""
        found = {base}
        first = bisect_right(self.order, start, key=lambda item: item[0])
        last = bisect_right(self.order, end, key=lambda item: item[0])
        between = [statement for _, statement in self.order[first:last]]
        count = 0
        while count < len(found):
            count = len(found)
            for statement in between:
                for target, sources in self.links(statement):
                    if not found.isdisjoint(sources):
                        found.add(target)
        return found

    def links(self, statement: Statement) -> Iterable[tuple[str, Iterable[str]]]:
        """What a statement binds, or puts something into, with the names whose memory that may share."""
        if isinstance(statement, For):
            return ((statement.target, loaded(statement.iterable)),)
        return self.aliasing.links.get(statement, {}).items()
