"""What the forward half records: early in its block, together where one point serves, once a trip.

- A record is made as early as what it holds allows, and put back as late as its first reader allows.
- Records that may be made at one point and put back at one point share a list of tuples.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import gast

from s2sgrad.flow import bound, read
from s2sgrad.program import (
    Accumulate,
    Assign,
    Block,
    Effect,
    For,
    If,
    Jump,
    Restore,
    Return,
    Save,
    Statement,
    While,
    walk,
)
from s2sgrad.rewrite import as_block, rewritten, with_blocks
from s2sgrad.simplify.knowledge import Knowledge
from s2sgrad.simplify.order import memory_written
from s2sgrad.trees import loaded

__all__ = ["hoisted", "together"]


def hoisted(block: Block, known: Knowledge) -> Block:
    """The block with each record made as early as may be, so that what is recorded may be overwritten at once.

    `x_1 = f(x); saved.append(x); x = x_1` becomes `saved.append(x); x_1 = f(x); x = x_1`.
    """
    return _hoisted(block, known, None)


def _hoisted(block: Block, known: Knowledge, counter: str | None) -> Block:
    """counter: of the loop whose body this is; what the user's header binds stays in front."""
    out: list[Statement] = []
    floor = 0
    for statement in block:
        inside = (
            statement.target
            if isinstance(statement, For) and statement.header is not None
            else None
        )
        new = with_blocks(statement, lambda inner, inside=inside: _hoisted(inner, known, inside))  # type: ignore[misc]
        if counter is not None and floor == len(out) and _binds_item(new, counter):
            floor += 1
        if isinstance(new, Save):
            place = len(out)
            while place > floor and _commutes(new, out[place - 1], known):
                place -= 1
            while place < len(out) and isinstance(out[place], Save):
                place += 1
            out.insert(place, new)
        else:
            out.append(new)
    return as_block(out, block)


def _binds_item(statement: Statement, counter: str) -> bool:
    """Whether a statement is `target = things[counter]`, or a copy of what such a statement binds."""
    match statement:
        case Assign(
            value=gast.Subscript(slice=gast.Name(id=index))
            | gast.Call(func=gast.Name(id="$key_at"), args=[_, gast.Name(id=index)])
        ):
            return bool(index == counter)
        case Assign(value=gast.Name()):
            return True
    return False


def _commutes(record: Save, other: Statement, known: Knowledge) -> bool:
    """Whether a record may be made before a statement as well."""
    if isinstance(other, Save):
        return other.stack != record.stack
    if isinstance(other, If | For | While | Jump):
        return False
    names = {name for value in record.values for name in loaded(value)}
    if names.intersection((*bound(other), *_targets(other))) or record.stack in bound(other):
        return False
    if all(isinstance(value, gast.Name) for value in record.values):
        return True  # by reference
    written = {
        alias for name in memory_written(other, known.writes) for alias in known.aliases(name)
    }
    return names.isdisjoint(written)


def _targets(statement: Statement) -> tuple[str, ...]:
    return (statement.target,) if isinstance(statement, Accumulate) else ()


# ---- one list for several records -----------------------------------------------------------------


def together(block: Block, known: Knowledge, name: Callable[[], str]) -> Block:
    """The block with records that are made side by side, and put back side by side, in one list.

    name: gives a new name for such a list.
    """
    saves: dict[str, list[Save]] = {}
    restores: dict[str, list[Restore]] = {}
    for statement in walk(block):
        if isinstance(statement, Save):
            saves.setdefault(statement.stack, []).append(statement)
        elif isinstance(statement, Restore):
            restores.setdefault(statement.stack, []).append(statement)
    single = {s for s in saves if len(saves[s]) == 1 and len(restores.get(s, ())) == 1}
    bindings: dict[str, int] = {}
    for statement in walk(block):
        for target in bound(statement):
            bindings[target] = bindings.get(target, 0) + 1
    block = _late(block, single, bindings)
    groups = _Groups(known, single)
    groups.saves(block)
    block = groups.sunk(block)
    joined = groups.restored(block)
    if not joined:
        return block
    new: dict[Statement, Statement | None] = {}
    gone: set[str] = set()
    places = {stack: place for place, stack in enumerate(_stacks(block))}
    for stacks in joined:
        stacks.sort(key=places.__getitem__)
        stack = name()
        first = saves[stacks[0]][0]
        values = tuple(value for s in stacks for value in saves[s][0].values)
        targets = tuple(target for s in stacks for target in groups.restores[s].targets)
        new.update({saves[s][0]: None for s in stacks})
        new.update({groups.restores[s]: None for s in stacks})
        new[first] = Save(stack, values, origin=first.origin)
        new[groups.restores[stacks[0]]] = Restore(stack, targets)
        gone.update(stacks)
        groups.renamed[stacks[0]] = stack

    def change(statement: Statement) -> Statement | None:
        match statement:
            case Assign(targets=(target,), value=gast.List(elts=[])) if target in gone:
                if target in groups.renamed:
                    return Assign(
                        (groups.renamed[target],), statement.value, origin=statement.origin
                    )
                return None
        return new.get(statement, statement)

    return rewritten(block, change)


def _stacks(block: Block) -> list[str]:
    """The lists of records in the order in which they are filled."""
    return [statement.stack for statement in walk(block) if isinstance(statement, Save)]


def _late(block: Block, single: set[str], bindings: dict[str, int]) -> Block:
    """The block with records of values that never change made late, side by side."""
    out: list[Statement] = []
    waiting: list[Statement] = []
    for statement in block:
        new = with_blocks(statement, lambda inner: _late(inner, single, bindings))
        match new:
            case Save(stack=stack, values=(gast.Name(id=value),)) if (
                stack in single and bindings.get(value, 0) < 3
            ):
                waiting.append(new)
                continue
            case If() | For() | While() | Jump() | Effect() | Return():
                out += waiting
                waiting = []
        due = [
            w
            for w in waiting
            if isinstance(w, Save)
            and set(bound(new)).intersection(n for v in w.values for n in loaded(v))
        ]
        out += due
        waiting = [w for w in waiting if w not in due]
        out.append(new)
    return as_block(out + waiting, block)


@dataclass(eq=False)
class _Groups:
    """Which records stand side by side, and where they can be put back together."""

    known: Knowledge
    single: set[str]
    group: dict[str, int] = field(default_factory=dict)
    count: int = 0
    restores: dict[str, Restore] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)

    def saves(self, block: Block) -> None:
        """Number the runs of records."""
        previous = False
        for statement in block:
            fits = (
                isinstance(statement, Save)
                and statement.stack in self.single
                and all(isinstance(value, gast.Name) for value in statement.values)
            )
            if fits:
                self.count += not previous
                self.group[statement.stack] = self.count  # type: ignore[attr-defined]
            previous = fits
            match statement:
                case If(body=body, orelse=orelse):
                    self.saves(body)
                    self.saves(orelse)
                case For(body=body):
                    self.saves(body)
                case While(head=head, body=body):
                    self.saves(head)
                    self.saves(body)

    def sunk(self, block: Block) -> Block:
        """The block with records put back late: behind all that neither reads nor binds what they hold."""
        out: list[Statement] = []
        waiting: list[Restore] = []

        def flush(statement: Statement | None) -> None:
            keep: list[Restore] = []
            due = [r for r in waiting if statement is None or not self.independent(r, statement)]
            groups = {self.group.get(r.stack, -1) for r in due} - {-1}
            for record in waiting:
                if record in due or self.group.get(record.stack, -2) in groups:
                    out.append(record)
                else:
                    keep.append(record)
            waiting[:] = keep

        taken: set[int] = set()
        for index, statement in enumerate(block):
            if index in taken:
                continue
            new = with_blocks(statement, self.sunk)
            if isinstance(new, Restore) and new.stack in self.group:
                flush_needed = any(self.clashes(other, new) for other in waiting)
                if flush_needed:
                    flush(None)
                waiting.append(new)
                continue
            due = {self.group[r.stack] for r in waiting if not self.independent(r, new)}
            waiting += self.raised(block, index, due, taken)
            flush(new)
            out.append(new)
        flush(None)
        return as_block(out, block)

    def raised(self, block: Block, index: int, groups: set[int], taken: set[int]) -> list[Restore]:
        """Records of these groups that are put back later in a block and may be put back at index."""
        found: list[Restore] = []
        if not groups:
            return found
        between: list[Statement] = []
        for place in range(index, len(block)):
            statement = block[place]
            fits = isinstance(statement, Restore) and self.group.get(statement.stack) in groups
            if fits and place not in taken:
                assert isinstance(statement, Restore)  # noqa: S101
                alone = all(isinstance(t, gast.Name) for t in statement.targets)
                if alone and all(self.independent(statement, other) for other in between):
                    taken.add(place)
                    found.append(statement)
                    continue
            if place not in taken:
                between.append(statement)
        return found

    @staticmethod
    def clashes(first: Restore, second: Restore) -> bool:
        """Whether two records put back the same name."""
        names = {t.id for t in first.targets if isinstance(t, gast.Name)}
        return any(isinstance(t, gast.Name) and t.id in names for t in second.targets)

    def independent(self, record: Restore, statement: Statement) -> bool:
        """Whether what is put back is neither read nor bound in a statement."""
        names = {t.id for t in record.targets if isinstance(t, gast.Name)}
        for inner in walk((statement,)):
            if names.intersection((*read(inner), *bound(inner), *_targets(inner))) or isinstance(
                inner, Jump
            ):
                return False
        return True

    def restored(self, block: Block) -> list[list[str]]:
        """The stacks of records that are put back side by side, and were made side by side."""
        found: list[list[str]] = []
        run: list[str] = []

        def close() -> None:
            nonlocal run
            by_group: dict[int, list[str]] = {}
            for stack in run:
                by_group.setdefault(self.group[stack], []).append(stack)
            found.extend(stacks for stacks in by_group.values() if len(stacks) > 1)
            run = []

        for statement in block:
            if isinstance(statement, Restore) and statement.stack in self.group:
                self.restores[statement.stack] = statement
                run.append(statement.stack)
                continue
            close()
            for inner in _blocks(statement):
                found.extend(self.restored(inner))
        close()
        return found


def _blocks(statement: Statement) -> Iterable[Block]:
    match statement:
        case If(body=body, orelse=orelse):
            return (body, orelse)
        case For(body=body):
            return (body,)
        case While(head=head, body=body):
            return (head, body)
    return ()
