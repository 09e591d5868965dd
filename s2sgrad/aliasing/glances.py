"""Names that only look at memory: views that are read, and done with, before anything is written there.

`A[1:-1] = (A[:-2] + A[2:]) / 2` looks at two parts of A, and then writes: the parts are as good as copies, and have
derivatives that are values. So is `[A, s]` that is returned at once. Only names through which a write is seen, or that
are written through, need shadows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from s2sgrad.flow import bound
from s2sgrad.infer.resolution import Container, Copy, Primitive, Resolution, UserCall, reads
from s2sgrad.program import Assign, Block, For, If, Statement, While, walk

__all__ = ["glances"]

_Home = tuple[object, ...]


def glances(
    body: Block,
    joint: frozenset[str],
    parameters: tuple[str, ...],
    writes: Mapping[Statement, tuple[str, ...]],
    links: Mapping[Statement, Mapping[str, list[str]]],
    calls: Mapping[Statement, Resolution],
) -> frozenset[str]:
    """The names of joint memory whose derivatives may be values.

    writes: statement → the names whose memory it writes; links: statement → for what it binds, the names whose
    memory that may share then; calls: what statements mean.
    """
    work = _Places(joint, writes, calls)
    work.block(body, ())
    found = {
        name
        for name, statements in work.made.items()
        if all(_looks(calls.get(statement)) for statement in statements)
        and name not in parameters
        and name not in work.written
        and work.done_with(name)
    }
    sources = [
        (target, source)
        for statement in walk(body)
        for target, names in links[statement].items()
        for source in names
        if target in joint
    ]
    while True:
        needed = {source for target, source in sources if target not in found}
        if found.isdisjoint(needed):
            return frozenset(found)
        found -= needed


def _looks(found: Resolution | None) -> bool:
    """Whether a statement gives a view, the same array another name, or a list or tuple that holds it, or what is in that."""
    match found:
        case Copy() | Container(operation="display" | "element"):
            return True
        case Primitive(rule=rule, in_place=in_place):
            return rule.kind == "view" and not in_place
    return False


@dataclass(eq=False)
class _Places:
    """made: name → the statements that bind it; at, last: the numbers of the first of them and of the last read.

    homes: the blocks in which it is certainly bound from there on. left: names that are read where that isn't so.
    """

    joint: frozenset[str]
    writes: Mapping[Statement, tuple[str, ...]]
    calls: Mapping[Statement, Resolution]
    made: dict[str, list[Statement]] = field(default_factory=dict)
    at: dict[str, int] = field(default_factory=dict)
    last: dict[str, int] = field(default_factory=dict)
    homes: dict[str, list[_Home]] = field(default_factory=dict)
    left: set[str] = field(default_factory=set)
    written: set[str] = field(default_factory=set)
    changes: list[int] = field(default_factory=list)
    count: int = 0

    def done_with(self, name: str) -> bool:
        """Whether no memory is written from where a name is bound until it is read for the last time."""
        last = self.last.get(name, 0)
        return name not in self.left and not any(
            self.at[name] < change < last for change in self.changes
        )

    def block(self, block: Block, home: _Home) -> None:
        for statement in block:
            self.count += 1
            self.note(statement, home)
            for field_name, inner in _blocks(statement):
                self.block(inner, (*home, (statement, field_name)))
            if isinstance(statement, If):
                self.both(statement, home)
            if isinstance(statement, For | While):
                self.count += 1
                inside = {n for inner in walk((statement,)) for n in self.read(inner)}
                for name in inside & self.homes.keys():
                    if self.is_bound(name, home):
                        self.last[name] = self.count  # the next trip may read it

    def both(self, statement: If, home: _Home) -> None:
        """Note what both branches bind: from there on it is bound around them."""
        body, orelse = (
            {
                n
                for inner in walk(branch)
                for n in bound(inner)
                if self.is_made(n, (*home, (statement, side)))
            }
            for side, branch in _blocks(statement)
        )
        for name in body & orelse:
            self.homes[name].append(home)

    def is_made(self, name: str, home: _Home) -> bool:
        """Whether a block itself certainly binds a name."""
        return home in self.homes.get(name, ())

    def is_bound(self, name: str, home: _Home) -> bool:
        """Whether a name is certainly bound by what stands before, in the block that is read here or around it."""
        return any(home[: len(made)] == made for made in self.homes.get(name, ()))

    def note(self, statement: Statement, home: _Home) -> None:
        for name in self.read(statement):
            self.seen(name, home)
        names = self.writes.get(statement, ())
        if names and not self.joint.isdisjoint(names):
            self.changes.append(self.count)
            self.written.update(
                self.read(statement) if self.reads_while_writing(statement) else names
            )
        for name in bound(statement):
            if name in self.joint:
                self.made.setdefault(name, []).append(statement)
                self.at.setdefault(name, self.count)
                self.homes.setdefault(name, []).append(home)

    def read(self, statement: Statement) -> frozenset[str]:
        return reads(statement, self.calls.get(statement))

    def reads_while_writing(self, statement: Statement) -> bool:
        """Whether a statement may read its operands after it has begun to write."""
        found = self.calls.get(statement)
        if isinstance(found, Primitive):
            return bool(found.rule.mutates) and isinstance(statement, Assign)
        return isinstance(found, UserCall)

    def seen(self, name: str, home: _Home) -> None:
        """Note a read; one outside of the block that binds the name may come in another trip."""
        if name in self.joint:
            self.last[name] = self.count
            if not self.is_bound(name, home):
                self.left.add(name)


def _blocks(statement: Statement) -> list[tuple[str, Block]]:
    match statement:
        case If(body=body, orelse=orelse):
            return [("body", body), ("orelse", orelse)]
        case While(head=head, body=body):
            return [("body", head), ("body", body)]
        case For(body=body):
            return [("body", body)]
    return []
