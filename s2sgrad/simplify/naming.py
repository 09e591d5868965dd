"""The names that are printed: the user's own where lifetimes allow, readable ones for what has no name.

Two names that stand for the same name of the user's become one, unless a value of one is still needed where the
other gets its value. What the user didn't name is named after its expression: `exp_Z`, `num`, `den`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

import gast

from s2sgrad.flow import bound, read
from s2sgrad.names import free_name
from s2sgrad.program import (
    Accumulate,
    Assign,
    Block,
    For,
    If,
    Jump,
    Save,
    Statement,
    Update,
    While,
    walk,
)
from s2sgrad.renaming import with_bound_names
from s2sgrad.rewrite import with_blocks
from s2sgrad.simplify.statements import with_reads
from s2sgrad.trees import loaded, name

__all__ = ["Preferred", "renamed_block"]

Preferred = Callable[[str], str]


class _Liveness:
    """Which of the wanted names are read after each statement, before they get another value.

    In table, for the statements that bind a wanted name.
    """

    def __init__(self, wanted: Collection[str]) -> None:
        self.wanted = wanted
        self.table: dict[Statement, frozenset[str]] = {}
        self.exits: list[tuple[set[str], set[str]]] = []

    def read(self, statement: Statement) -> set[str]:
        return self.wanted_of(read(statement))

    def wanted_of(self, names: Iterable[str]) -> set[str]:
        return {name for name in names if name in self.wanted}

    def block(self, block: Block, live: set[str]) -> set[str]:
        """What is live before a block, given what is live behind it, which is changed."""
        for statement in reversed(block):
            live = self.statement(statement, live)
        return live

    def statement(self, statement: Statement, live: set[str]) -> set[str]:
        match statement:
            case If(body=body, orelse=orelse):
                live = self.block(body, set(live)) | self.block(orelse, set(live))
                return live | self.read(statement)
            case For() | While():
                return self.loop(statement, live)
            case Jump(kind=kind):
                return set(self.exits[-1][0 if kind == "break" else 1])
        targets = bound(statement)
        if any(target in self.wanted for target in targets):
            self.table[statement] = frozenset(live)
        if not isinstance(statement, Accumulate):
            live.difference_update(targets)
        live.update(self.read(statement))
        return live

    def loop(self, loop: For | While, after: set[str]) -> set[str]:
        head = set(after)
        while True:
            self.exits.append((after, head))
            start = self.block(loop.body, set(head))
            self.exits.pop()
            if isinstance(loop, While):
                new = self.block(loop.head, start | after | self.wanted_of(loaded(loop.test)))
            else:
                self.table[loop] = frozenset(start | after | head)
                new = (start - {loop.target}) | after
            if new <= head:
                return head | self.read(loop) if isinstance(loop, For) else new | head
            head = head | new


@dataclass(eq=False)
class _Assignment:
    """Gives every local name its final one."""

    preferred: Preferred
    taken: frozenset[str]
    parameters: tuple[str, ...]
    apart: frozenset[str]
    changes: Callable[[str], bool]
    final: dict[str, str] = field(default_factory=dict)
    members: dict[str, list[str]] = field(default_factory=dict)
    conflicts: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    wishes: dict[str, str] = field(default_factory=dict)

    def run(self, block: Block) -> dict[str, str]:
        names = list(dict.fromkeys((*self.parameters, *_bound_in(block))))
        self.wishes = {n: n if n in self.parameters else self.preferred(n) for n in names}
        self.interfere(block)
        for parameter in self.parameters:
            self.give(parameter, parameter)
        for local in names:
            if local not in self.final:
                self.give(local, self.choose(local))
        return self.final

    def give(self, local: str, new: str) -> None:
        self.final[local] = new
        self.members.setdefault(new, []).append(local)

    def choose(self, local: str) -> str:
        """The preferred name, or one of those with a number behind it."""
        base = self.wishes[local]
        number = 0
        while True:
            candidate = base if number == 0 else f"{base}_{number}"
            number += 1
            if candidate in self.members:
                members = self.members[candidate]
                if (
                    self.conflicts[local].isdisjoint(members)
                    and self.apart.isdisjoint((local, *members))
                    and self.same_meaning(local, candidate)
                ):
                    return candidate
                continue
            if free_name(candidate, self.taken) == candidate:
                return candidate

    def same_meaning(self, local: str, candidate: str) -> bool:
        """Whether the names that share a printed name, all one thing of the user's, stand for the same."""
        return self.wishes[self.members[candidate][0]] == self.wishes[local]

    def interfere(self, block: Block) -> None:
        """Note which names that would be called the same hold values at the same time."""
        groups: defaultdict[str, set[str]] = defaultdict(set)
        for local, wish in self.wishes.items():
            groups[wish].add(local)
        wanted = {local: wish for local, wish in self.wishes.items() if len(groups[wish]) > 1}
        liveness = _Liveness(wanted)
        liveness.block(block, set())
        of = self.originals(block)
        for statement, live in liveness.table.items():
            defined = [n for n in bound(statement) if n in wanted]
            same = isinstance(statement, Update) and self.changes(statement.target)
            if not defined or same:  # names of one array stay names of one array
                continue
            source: str | None = None
            match statement:
                case Assign(targets=(_,), value=gast.Name(id=source)):
                    pass
            for local in defined:
                group = groups[wanted[local]]
                for other in (*(live & group), *group.intersection(defined)):
                    if other in (local, source) or (source and of.get(other) == of.get(source, "")):
                        continue
                    self.conflicts[local].add(other)
                    self.conflicts[other].add(local)

    def originals(self, block: Block) -> dict[str, str]:
        """What is bound once, and what only ever is a copy of that → that. Where all are bound, they are the same."""
        copies: dict[str, str] = {}
        count = Counter(self.parameters)
        for statement in walk(block):
            if not (isinstance(statement, Update) and self.changes(statement.target)):
                count.update(bound(statement))
            match statement:
                case Assign(targets=(target,), value=gast.Name(id=source)):
                    copies[target] = source
                case Accumulate(target=target):
                    count[target] += 2
        out: dict[str, str] = {}
        for target in count:
            original = target
            while count[original] == 1 and original in copies:
                original = copies[original]
            if count[original] == 1:
                out[target] = original
        return out


def _bound_in(block: Block) -> list[str]:
    found: dict[str, None] = {}

    def visit(inner: Block) -> None:
        for statement in inner:
            for target in bound(statement):
                found[target] = None
            if isinstance(statement, Accumulate):
                found[statement.target] = None
            if isinstance(statement, Save):
                found[statement.stack] = None
            match statement:
                case If(body=body, orelse=orelse):
                    visit(body)
                    visit(orelse)
                case For(body=body):
                    visit(body)
                case While(head=head, body=body):
                    visit(head)
                    visit(body)

    visit(block)
    return list(found)


def renamed_block(
    block: Block,
    preferred: Preferred,
    taken: Iterable[str],
    parameters: tuple[str, ...],
    apart: frozenset[str] = frozenset(),
    changes: Callable[[str], bool] = lambda _: False,
) -> tuple[Block, dict[str, str]]:
    """The block with final names, and which name became which; taken: global names that mustn't be hidden.

    apart: names that share their name with no other. changes: whether an augmented assignment to a name changes
    what it holds, and leaves the name where it is.
    """
    final = _Assignment(preferred, frozenset(taken), parameters, apart, changes).run(block)
    changed = {old: new for old, new in final.items() if old != new}
    return (_apply(block, changed) if changed else block), final


def _apply(block: Block, names: Mapping[str, str]) -> Block:
    values = {old: name(new) for old, new in names.items()}
    out: list[Statement] = []
    for statement in block:
        inner = with_blocks(statement, lambda inside: _apply(inside, names))
        new = with_bound_names(with_reads(inner, values), names, values)
        match new:
            case Assign(targets=(target,), value=gast.Name(id=source)) if target == source:
                continue
            case Assign(targets=targets, value=gast.Tuple(elts=atoms)) if (
                len(targets) == len(atoms) > 1
            ):
                pairs = [
                    (t, a)
                    for t, a in zip(targets, atoms, strict=True)
                    if not (isinstance(a, gast.Name) and a.id == t)
                ]
                if not pairs:
                    continue
                if len(pairs) < len(targets):
                    new = _fewer(new, pairs)
        out.append(new)
    return tuple(out)


def _fewer(statement: Assign, pairs: list[tuple[str, gast.AST]]) -> Assign:
    if len(pairs) == 1:
        return replace(statement, targets=(pairs[0][0],), value=pairs[0][1])
    value = gast.Tuple(elts=[atom for _, atom in pairs], ctx=gast.Load())
    return replace(statement, targets=tuple(target for target, _ in pairs), value=value)
