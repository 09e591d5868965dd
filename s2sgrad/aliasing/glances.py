"""Names that only look at memory: views that are read, and done with, before anything is written there.

`A[1:-1] = (A[:-2] + A[2:]) / 2` looks at two parts of A, and then writes: the parts are as good as copies, and have
derivatives that are values. So is `[A, s]` that is returned at once, or whose items are read before anything is
written, and so is what a function returns from one of several places: nothing happens between there and its end. Only
names through which a write is seen, or that are written through, need shadows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from s2sgrad.flow import bound
from s2sgrad.infer.facts import Facts
from s2sgrad.infer.resolution import Container, Copy, Primitive, Resolution, UserCall, reads
from s2sgrad.kinds import Kind, Number
from s2sgrad.program import Assign, Block, For, If, Jump, Statement, While, walk

__all__ = ["glances"]


def glances(
    body: Block,
    joint: frozenset[str],
    parameters: tuple[str, ...],
    results: frozenset[str],
    writes: Mapping[Statement, tuple[str, ...]],
    links: Mapping[Statement, Mapping[str, list[str]]],
    facts: Facts,
) -> frozenset[str]:
    """The names of joint memory whose derivatives may be values.

    results: the names that are assigned where the function returns; writes: statement → the names whose memory it
    writes; links: statement → for what it binds, the names whose memory that may share then. An item of a list has a
    value for its derivative where the list has a list of values.
    """
    calls = facts.calls
    work = _Places(joint, writes, calls)
    work.block(body, _Bound())
    found = {
        name
        for name, statements in work.made.items()
        if all(_looks(s, calls.get(s), facts.kinds.get(name)) for s in statements)
        and name not in parameters
        and name not in work.written
        and (name not in work.late or name in results)
    }
    sources = [
        (target, source, _takes(calls.get(statement)))
        for statement in walk(body)
        for target, names in links[statement].items()
        for source in names
        if target in joint
    ]
    while True:
        needed = {source for target, source, _ in sources if target not in found}
        needed |= {item for item, source, taken in sources if taken and source not in found}
        if found.isdisjoint(needed):
            return frozenset(found)
        found -= needed


def _looks(statement: Statement, found: Resolution | None, given: Kind | None) -> bool:
    """Whether what a statement gives may share memory, and have a derivative that is a value.

    A view, a list, an item, and what a function returns as its one result.
    """
    match found:
        case Copy() | Container(operation="display"):
            return True
        case Primitive(rule=rule, in_place=in_place):
            return not rule.mutates and not in_place
        case UserCall():
            return isinstance(given, Number) and len(bound(statement)) == 1
    return _takes(found)


def _takes(found: Resolution | None) -> bool:
    """Whether a statement takes items out of lists or tuples that stay as they are."""
    return isinstance(found, Container) and found.operation in _TAKING


_TAKING = frozenset({"element", "unpack", "slice", "convert", "concatenate"})


@dataclass(frozen=True)
class _Bound:
    """The names that may be bound somewhere; old: those of them since which memory may have been written."""

    names: frozenset[str] = frozenset()
    old: frozenset[str] = frozenset()


@dataclass(eq=False)
class _Places:
    """A walk along the flow, with the names that may have been bound before memory was last written.

    made: name → the statements that bind it. written: names that are written through. late: those that may be read
    after memory was written since they were bound. breaks, continues: what holds where loops are left, and go on.
    """

    joint: frozenset[str]
    writes: Mapping[Statement, tuple[str, ...]]
    calls: Mapping[Statement, Resolution]
    made: dict[str, set[Statement]] = field(default_factory=dict)
    written: set[str] = field(default_factory=set)
    late: set[str] = field(default_factory=set)
    breaks: list[list[_Bound]] = field(default_factory=list)
    continues: list[list[_Bound]] = field(default_factory=list)

    def block(self, block: Block, seen: _Bound) -> _Bound:
        """What is bound behind a block; nothing where its end isn't reached."""
        for statement in block:
            seen = self.statement(statement, seen)
        return seen

    def statement(self, statement: Statement, seen: _Bound) -> _Bound:
        match statement:
            case If(body=body, orelse=orelse):
                self.late |= self.read(statement) & seen.old
                return _either([self.block(body, seen), self.block(orelse, seen)])
            case For() | While():
                return self.loop(statement, seen)
            case Jump(kind=kind):
                (self.breaks if kind == "break" else self.continues)[-1].append(seen)
                return _Bound()
        return self.simple(statement, seen)

    def loop(self, loop: For | While, seen: _Bound) -> _Bound:
        while True:
            self.breaks.append([])
            self.continues.append([])
            tested = self.block(loop.head, seen) if isinstance(loop, While) else seen
            behind = self.block(loop.body, self.simple(loop, tested))
            again = _either([seen, behind, *self.continues.pop()])
            after = _either([tested, *self.breaks.pop()])
            if again == seen:
                return after
            seen = again

    def simple(self, statement: Statement, seen: _Bound) -> _Bound:
        """What is bound behind a statement, apart from the blocks inside it."""
        self.late |= self.read(statement) & seen.old
        old, names = seen.old, self.writes.get(statement, ())
        if names and not self.joint.isdisjoint(names):
            old = seen.names
            self.written.update(
                self.read(statement) if self.reads_while_writing(statement) else names
            )
        new = self.joint.intersection(bound(statement))
        for name in new:
            self.made.setdefault(name, set()).add(statement)
        return _Bound(seen.names | new, old - new)

    def read(self, statement: Statement) -> frozenset[str]:
        return reads(statement, self.calls.get(statement))

    def reads_while_writing(self, statement: Statement) -> bool:
        """Whether a statement may read its operands after it has begun to write."""
        found = self.calls.get(statement)
        if isinstance(found, Primitive):
            return bool(found.rule.mutates) and isinstance(statement, Assign)
        return isinstance(found, UserCall)


def _either(states: list[_Bound]) -> _Bound:
    """What may be bound where several ways meet."""
    old = frozenset[str]().union(*(state.old for state in states))
    return _Bound(frozenset[str]().union(*(state.names for state in states)), old)
