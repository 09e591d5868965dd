"""Derivatives in the order in which the user's statement reads what they belong to.

Adjoints come out of a reversal last operation first: for `m = x1 * w1 + x2 * w2` the derivative of w2 stands before
that of w1. Nobody writes them so. Statements of one line of the user's that don't depend on each other are put in the
order of the text; contributions to one derivative may change places, as additions do.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import gast

from s2sgrad.flow import bound, read
from s2sgrad.program import Accumulate, Assign, Block, Clear, Origin, Statement, Update, walk
from s2sgrad.rewrite import with_blocks
from s2sgrad.simplify.equality import key
from s2sgrad.simplify.expressions import substitute
from s2sgrad.simplify.knowledge import Knowledge
from s2sgrad.simplify.order import memory_written
from s2sgrad.trees import loaded

__all__ = ["Reading", "in_reading_order"]

_LONGEST = 50
"""The most statements that are put in order: what each may pass is compared with all the others."""
_NEW = (gast.BinOp, gast.UnaryOp, gast.Constant)
"""Values that share no memory with what they are made of."""


@dataclass(eq=False)
class Reading:
    """Where each statement of the user's first reads a name, or a part of what a name holds."""

    places: dict[tuple[Origin, Hashable], int] = field(default_factory=dict)

    @classmethod
    def of(cls, block: Block) -> Reading:
        """What a program in normal form reads, line by line in the order of the text."""
        found = cls()
        lines: dict[Origin, list[Statement]] = {}
        for statement in walk(block):
            if statement.origin is not None:
                lines.setdefault(statement.origin, []).append(statement)
        for origin, statements in lines.items():
            made = {s.targets[0]: s for s in statements if isinstance(s, Assign)}
            parts = {n for s in statements for n in read(s) if made.get(n, s) is not s}
            for statement in statements:
                if parts.isdisjoint(bound(statement)):
                    found._visit(origin, statement, made)
        return found

    def _visit(self, origin: Origin, statement: Statement, made: dict[str, Assign]) -> None:
        """Note what a statement reads, and in its place what the line computes for it."""
        for tree in vars(statement).values():
            if not isinstance(tree, gast.AST):
                continue
            if isinstance(tree, gast.Subscript) and isinstance(tree.value, gast.Name):
                values = {name: part.value for name, part in made.items()}
                self._note(origin, (tree.value.id, key(substitute(tree.slice, values))))
            for name in loaded(tree):
                new = self._note(origin, name)
                if new and name in made and made[name] is not statement:
                    self._visit(origin, made[name], made)

    def _note(self, origin: Origin, what: Hashable) -> bool:
        count = len(self.places)
        return self.places.setdefault((origin, what), count) == count

    def place(self, statement: Statement, known: Knowledge) -> int | None:
        """Where the user reads what a statement gives the derivative of; None where nothing says.

        What is taken out of a derivative goes at once.
        """
        if isinstance(statement, Clear):
            return -1
        found = []
        for target in _targets(statement):
            of = known.primal.get(target)
            if of is None or statement.origin is None:
                continue
            names = (of, *known.one.get(of, ()))
            places: list[int | None] = []
            if isinstance(statement, Accumulate) and isinstance(statement.index, gast.AST):
                part = key(statement.index)
                places = [self.places.get((statement.origin, (n, part))) for n in names]
            if not any(place is not None for place in places):
                places = [self.places.get((statement.origin, n)) for n in names]
            found += [place for place in places if place is not None]
        return min(found, default=None)


def in_reading_order(block: Block, known: Knowledge, reading: Reading) -> Block:
    """The block with the derivatives of each line in the order in which it reads what they belong to."""
    out: list[Statement] = []
    for run in _runs(block, known):
        if 1 < len(run) <= _LONGEST:
            out += _sorted(run, known, reading)
        else:
            out += (
                with_blocks(statement, lambda inner: in_reading_order(inner, known, reading))
                for statement in run
            )
    return tuple(out)


def _runs(block: Block, known: Knowledge) -> Iterator[list[Statement]]:
    """The block cut into statements that belong together: derivatives of one line of the user's."""
    run: list[Statement] = []
    moved = False
    for statement in block:
        movable = _movable(statement, known)
        if run and not (movable and moved and statement.origin == run[0].origin):
            yield run
            run = []
        moved = movable
        run.append(statement)
    if run:
        yield run


def _movable(statement: Statement, known: Knowledge) -> bool:
    targets = _targets(statement)
    return (
        statement.origin is not None
        and bool(targets)
        and all(map(known.derivative, targets))
        and (not isinstance(statement, Assign) or known.pure(statement))
    )


def _targets(statement: Statement) -> tuple[str, ...]:
    match statement:
        case Assign(targets=targets):
            return targets
        case Accumulate(target=target) | Clear(target=target) | Update(target=target):
            return (target,)
    return ()


@dataclass(frozen=True, eq=False)
class _Uses:
    """What a statement reads, binds and writes; adds: the derivative to which it does nothing but add."""

    reads: frozenset[str]
    binds: frozenset[str]
    writes: frozenset[str]
    adds: str | None

    @classmethod
    def of(cls, statement: Statement, known: Knowledge, parts: Mapping[str, set[str]]) -> _Uses:
        """What a statement does; parts: names of what has been taken out of others, and these."""
        written = {a for n in memory_written(statement, known.writes) for a in known.aliases(n)}
        reads, binds, adds = set(read(statement)), set(bound(statement)), None
        if isinstance(statement, Accumulate):
            adds, index = statement.target, statement.index
            reads = {*loaded(statement.value)}
            reads.update(loaded(index) if isinstance(index, gast.AST) else ())
            binds.update((adds,) if index is None else ())
        for name in tuple(reads):
            reads |= parts.get(name, set())
        return cls(frozenset(reads), frozenset(binds), frozenset(written), adds)

    def before(self, other: _Uses) -> bool:
        """Whether this has to stay before what stands behind it."""
        changes, changed = self.binds | self.writes, other.binds | other.writes
        if not changes.isdisjoint(other.reads) or not self.reads.isdisjoint(changed):
            return True
        return not (self.adds is not None and self.adds == other.adds) and not (
            changes.isdisjoint(changed)
        )


def _sorted(run: list[Statement], known: Knowledge, reading: Reading) -> Iterable[Statement]:
    places = {statement: reading.place(statement, known) for statement in run}
    wanted = _by_place(run, places)
    if wanted == run:
        return run
    parts: dict[str, set[str]] = {}
    uses: list[_Uses] = []
    for statement in run:
        uses.append(_Uses.of(statement, known, parts))
        match statement:
            case Assign(targets=targets, value=value) if not isinstance(value, _NEW):
                # Moved behind a write into what it is a part of, it would have to be a copy.
                parts.update((target, set(uses[-1].reads)) for target in targets)
    numbers = range(len(run))
    needs = {
        run[i]: _by_place((run[j] for j in numbers[:i] if uses[j].before(uses[i])), places)
        for i in numbers
    }
    out: dict[Statement, None] = {}

    def place(statement: Statement) -> None:
        if statement not in out:
            for needed in needs[statement]:
                place(needed)
            out[statement] = None

    for statement in wanted:
        place(statement)
    return out


def _by_place(
    statements: Iterable[Statement], places: Mapping[Statement, int | None]
) -> list[Statement]:
    """Statements in the order of their places, those without one behind."""
    return sorted(statements, key=lambda s: (places[s] is None, places[s] or 0))
