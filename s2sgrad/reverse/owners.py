"""Whose a list is that changes its length under several names, and when its derivative begins.

No write is seen under another name that is read later: that is refused before, or the derivatives are memory. So two
names of one list that are both read later are names of a list that keeps its length meanwhile, and derivatives fit
together where the list gets another name. A derivative has the length that its list has where it is read for the last
time: there, with its first contribution, it begins, and it is cleared where the list is changed under another name.

Mostly a list is handed from name to name (`values = new`), and nobody reads the old name afterwards, or it has its
final length before it gets a second name. Then there are zeros for each name wherever it gets a list, and what was
done to lists needn't be undone for the sake of their lengths.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import gast

from s2sgrad.aliasing import Aliasing
from s2sgrad.aliasing.live_after import live_after
from s2sgrad.flow import bound
from s2sgrad.infer.facts import Facts
from s2sgrad.infer.resolution import Container, Copy, reads
from s2sgrad.kinds import Kind, Number, Other, Sequence
from s2sgrad.places import Places
from s2sgrad.program import Assign, Block, If, Statement, Store, While, walk
from s2sgrad.trees import loaded

__all__ = ["NEW_LISTS", "Owners"]

NEW_LISTS = frozenset({"display", "concatenate", "repeat", "convert", "slice"})
"""What makes a list of its own."""


@dataclass(eq=False)
class Owners:
    """Asked about the names of lists that change their length.

    memory: the names whose derivative is memory; found: what is known of the names of one list.
    """

    body: Block
    facts: Facts
    aliasing: Aliasing
    places: Places
    variables: frozenset[str]
    memory: frozenset[str]
    found: dict[tuple[str, frozenset[str]], bool] = field(default_factory=dict)

    def of(self, value: str) -> frozenset[str]:
        """The names of the lists that a list may be or be in, where these are several."""
        if value in self.memory or not self.is_list(value) or value not in self.aliasing.resized:
            return frozenset()
        names = self.aliasing.aliases(value) & self.aliasing.resized
        lists = frozenset(filter(self.is_list, names))
        return lists if len(lists) > 1 else frozenset()

    def is_list(self, value: str) -> bool:
        return isinstance(self.facts.kinds.get(value), Sequence)

    def lazy(self, value: str) -> bool:
        """Whether the derivative of a list begins where it has its first contribution."""
        names = self.of(value)
        return bool(names) and not self.known(names)

    def eager(self, value: str) -> bool:
        """Whether the derivative of one of several names begins where it gets a list."""
        names = self.of(value)
        return bool(names) and self.known(names)

    def done_with(self, base: str, statement: Statement) -> tuple[str, ...]:
        """The other names of a list that nobody reads after a statement that changes it under one name."""
        if not self.lazy(base):
            return ()
        own = {base, *bound(statement)}
        return tuple(sorted(self.of(base) - own - self.live[statement]))

    def known(self, names: frozenset[str]) -> bool:
        """Whether names hold lists of what is no list, get their lists by copies, and each is handed on or settled."""
        return self._once("known", names, self._known)

    def settled(self, names: frozenset[str]) -> bool:
        """Whether lists are as long as they will be when they get another name."""
        return self._once("settled", names, self._settled)

    def _once(
        self, what: str, names: frozenset[str], find: Callable[[frozenset[str]], bool]
    ) -> bool:
        if (what, names) not in self.found:
            self.found[what, names] = find(names)
        return self.found[what, names]

    def _known(self, names: frozenset[str]) -> bool:
        if not all(_of_no_lists(self.facts.kinds.get(name)) for name in names):
            return False
        settled, kept = self.settled(names), names & self.read
        for statement, shared in self.aliasing.links.items():
            match self.facts.calls.get(statement):
                case Copy(atoms=atoms) if isinstance(statement, Assign):
                    pairs = zip(statement.targets, atoms, strict=True)
                    inside = [a for t, a in pairs if t in kept and isinstance(a, gast.Name)]
                    if not settled and not all(self.handed_on(a.id, statement) for a in inside):
                        return False
                case Container():
                    pass
                case _:
                    if any(t in names and not names.isdisjoint(s) for t, s in shared.items()):
                        return False
        return True

    def _settled(self, names: frozenset[str]) -> bool:
        return all(
            written not in self.variables and self.before_copies(written, change)
            for change, all_written in self.aliasing.writes.items()
            if not isinstance(change, Store)
            for written in all_written
            if written in names
        )

    def handed_on(self, value: str, statement: Statement) -> bool:
        """Whether a copy of a list is what is left of it: its old name isn't read again."""
        if value in self.memory or not self.is_list(value) or value in self.live[statement]:
            return False
        found = self.facts.calls.get(statement)
        return isinstance(found, Copy) and sum(value in loaded(a) for a in found.atoms) == 1

    def idle(self, value: str) -> bool:
        """Whether a name of such a list is never read, so that it has no derivative."""
        return value not in self.read and bool(self.of(value))

    @cached_property
    def read(self) -> frozenset[str]:
        """All names that are read."""
        calls = self.facts.calls
        return frozenset(n for s in walk(self.body) for n in reads(s, calls.get(s)))

    @cached_property
    def computed_with(self) -> frozenset[str]:
        """All names that are read by more than tests."""
        others = [s for s in walk(self.body) if not isinstance(s, If | While)]
        return frozenset(n for s in others for n in reads(s, self.facts.calls.get(s)))

    @cached_property
    def live(self) -> Mapping[Statement, frozenset[str]]:
        """What is read after a copy, or after what is done with a list."""
        kinds = Copy | Container
        asked = {s: () for s in walk(self.body) if isinstance(self.facts.calls.get(s), kinds)}
        return live_after(self.body, asked, self.facts.calls)

    def before_copies(self, value: str, change: Statement) -> bool:
        """Whether a change of a list stands before all copies of it, in each trip."""
        made = self.places.definition.get(value)
        if made is None or not self.makes_list(made):
            return False
        depth, loops = len(self.places.loops[made]), self.places.loops[change]
        outermost = loops[depth] if len(loops) > depth else change
        end = self.places.end[outermost]
        return all(self.places.number[copy] > end for copy in self.copies.get(value, ()))

    def may_be_one(self, first: str, second: str) -> bool:
        """Whether two names may be names of one list."""
        names, kinds = self.aliasing.aliases(first), self.facts.kinds
        if second not in names or _type(kinds.get(first)) != _type(kinds.get(second)):
            return False
        lists = filter(self.is_list, names)
        return second in self.linked[first] or not all(_flat(kinds.get(name)) for name in lists)

    @cached_property
    def linked(self) -> dict[str, set[str]]:
        """Name → the names of what it may be, not of what it holds the items of."""
        groups: dict[str, set[str]] = {}
        for statement, shared in self.aliasing.links.items():
            items = isinstance(self.facts.calls.get(statement), Container)
            for target, sources in shared.items():
                group = groups.setdefault(target, {target})
                for source in () if items else sources:
                    group |= groups.get(source, {source})
                for name in group:
                    groups[name] = group
        return defaultdict(set, groups)

    def makes_list(self, made: Statement) -> bool:
        """Whether a statement makes a list that has no other name yet."""
        found = self.facts.calls.get(made)
        own = isinstance(found, Container) and found.operation in NEW_LISTS
        return own or not any(self.aliasing.links.get(made, {}).values())

    @cached_property
    def copies(self) -> dict[str, list[Statement]]:
        """Name → the copies of it."""
        found: dict[str, list[Statement]] = {}
        for statement in self.places.number:
            match self.facts.calls.get(statement):
                case Copy(atoms=atoms):
                    for value in {n for atom in atoms for n in loaded(atom)}:
                        found.setdefault(value, []).append(statement)
        return found


def _of_no_lists(kind: Kind | None) -> bool:
    """Whether something is a list of numbers, of arrays, or of what carries no derivative."""
    return _type(kind) == "list" and _flat(kind)


def _type(kind: Kind | None) -> str:
    return kind.type if isinstance(kind, Sequence) else ""


def _flat(kind: Kind | None) -> bool:
    return isinstance(kind, Sequence) and isinstance(kind.item, Number | Other)
