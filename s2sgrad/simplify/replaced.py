"""What is taken out of a part of a derivative and replaced: without emptying the part in between.

The adjoint of a store takes the derivative of a part, clears it and gives it to what was stored. The part needn't
be copied for that if it is cleared once it has been used:

    d_new = d_x[1:].copy()              d_new = d_x[1:]
    d_x[1:] = 0                         d_y[1:] += 2 * d_new
    d_y[1:] += 2 * d_new                d_x[1:] = 0

Where what is stored is computed from what it overwrites, the part is given something back. That takes the place of
what the part held: `d_x[1:] /= 9` for `d_new = d_x[1:].copy(); d_x[1:] = 0; d_x[1:] += d_new / 9`.

Receives a block in which it is settled what is added in place.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

import gast

from s2sgrad.flow import bound, read
from s2sgrad.program import Accumulate, Assign, Block, Clear, Jump, Statement, Store, Update, walk
from s2sgrad.rewrite import as_block, with_blocks
from s2sgrad.simplify.equality import key
from s2sgrad.simplify.expressions import binary, neg, subscript
from s2sgrad.simplify.knowledge import Knowledge
from s2sgrad.simplify.order import Order, memory_written
from s2sgrad.simplify.statements import with_reads
from s2sgrad.simplify.taken import computes, part_of, whole
from s2sgrad.trees import loaded, name, nodes

__all__ = ["replaced"]

_FAR = 40
_SCALING = (gast.Mult, gast.Div)


def replaced(block: Block, known: Knowledge) -> Block:
    """The block with parts that are replaced, for parts that are copied, cleared and added to."""
    return _Replacing(known, block).block(block)


@dataclass(eq=False)
class _Moved:
    """Where statements that were moved read names, and write into memory."""

    reads: dict[str, list[float]] = field(default_factory=dict)
    writes: dict[str, list[float]] = field(default_factory=dict)

    def note(self, number: float, reads: Iterable[str], writes: Iterable[str]) -> None:
        for table, names in ((self.reads, reads), (self.writes, writes)):
            for moved in names:
                insort(table.setdefault(moved, []), number)


def _among(numbers: list[float], start: float, end: float) -> bool:
    position = bisect_left(numbers, start)
    return position < len(numbers) and numbers[position] <= end


def _place(statement: Statement, out: list[Statement], start: int) -> int:
    """Where a statement stands, mostly soon after a place."""
    for number in range(start, len(out)):
        if out[number] is statement:
            return number
    return out.index(statement, 0, start)


@dataclass(frozen=True, eq=False)
class _Given:
    """What a part is given back: the statement, the value, and what it is given across."""

    statement: Statement
    value: gast.AST
    across: Statement | None = None


@dataclass(eq=False)
class _Replacing:
    """The walk over the whole block; numbers: those of the statements that stand for others."""

    known: Knowledge
    all: Block
    moved: _Moved = field(default_factory=_Moved)

    @cached_property
    def order(self) -> Order:
        return self.known.order(self.all)

    def block(self, block: Block) -> Block:
        out, place = list(block), 0
        for statement in block:
            match statement:
                case Clear(target=target, index=gast.AST()) if self.known.derivative(
                    target
                ) and self.known.shapes().array(name(target)):
                    place = _place(statement, out, place)
                    _Part(self, statement, out, place).replace()
        return as_block((with_blocks(s, self.block) for s in out), block)

    def number(self, statement: Statement) -> int:
        return self.order.spots[statement].number

    def still(self, names: Iterable[str], start: float, end: float) -> bool:
        """Whether names hold the same between two places."""
        return not any(
            self.order.bound_between(n, int(start), int(end))
            or (not self.known.scalar(n) and self.written(n, start, end))
            for n in names
        )

    def written(self, memory: str, start: float, end: float) -> bool:
        """Whether memory that a name may point to is written between two places."""
        return self.order.touched_between(memory, int(start), int(end)) or _among(
            self.moved.writes.get(memory, []), start, end
        )


@dataclass(eq=False)
class _Part:
    """A part of a derivative that is cleared, among the statements of a block, which are changed."""

    walk: _Replacing
    clear: Clear
    out: list[Statement]
    place: int

    def __post_init__(self) -> None:
        assert self.clear.index is not None  # noqa: S101
        known = self.walk.known
        self.target, self.index = self.clear.target, self.clear.index
        self.memory = {self.target, *known.aliases(self.target)}
        arrays = [n for n in loaded(self.index) if not known.scalar(n)]
        self.selecting = {alias for n in arrays for alias in known.aliases(n)}
        self.whole = whole(self.index)

    def replace(self) -> None:
        taken, given = self.taken(), self.given()
        if taken is not None and self.viewed(taken, given):
            return
        if (
            given is not None
            and given.across is None
            and given.statement.origin == self.clear.origin
        ):
            self.given_at_once(taken, given)

    def at(self, statement: Statement) -> int:
        """Where a statement stands; most do close to where the part is cleared."""
        return _place(statement, self.out, max(self.place - _FAR, 0))

    # ---- what belongs to a part ----------------------------------------------------------------

    def taken(self) -> Assign | None:
        """The name for what is in the part, taken before it is cleared."""
        for number in reversed(range(self.place)):
            statement = self.out[number]
            match statement:
                case Assign(targets=(target,), value=value) if self.walk.known.derivative(target):
                    if self.holds(part_of(value)):
                        return statement if statement in self.walk.order.spots else None
            if statement.origin != self.clear.origin or self.uses(statement, adding=False):
                return None
        return None

    def holds(self, part: gast.AST) -> bool:
        """Whether an expression is the part."""
        match part:
            case gast.Name(id=base):
                return self.whole and base == self.target
            case gast.Subscript(value=gast.Name(id=base), slice=index):
                return base == self.target and key(index) == key(self.index)
        return False

    def given(self) -> _Given | None:
        """What the part is given back, if nothing but that reads the derivative before."""
        across: Statement | None = None
        for statement in self.out[self.place + 1 : self.place + _FAR]:
            value = self.added(statement)
            if value is not None and self.memory.isdisjoint(loaded(value)):
                return _Given(statement, value, across)
            if not self.memory.isdisjoint(self.writes(statement)):
                across = statement if across is None else across
            if statement not in self.walk.order.spots or self.uses(statement, adding=True):
                return None
        return None

    def added(self, statement: Statement) -> gast.AST | None:
        """What a statement adds to the part."""
        match statement:
            case Accumulate(target=self.target, value=value, index=gast.AST() as index):
                same = key(index) == key(self.index) or (self.whole and whole(index))
                return value if same and not statement.repeated else None
            case Update(target=self.target, value=value, operator=gast.Add()) if self.whole:
                return value
            case Update(target=self.target, value=value, operator=gast.Sub()) if self.whole:
                return neg(value)
        return None

    def writes(self, statement: Statement) -> set[str]:
        """The names in whose memory a statement writes, or one inside it."""
        written = self.walk.known.writes
        return {n for inner in walk((statement,)) for n in memory_written(inner, written)}

    def uses(self, statement: Statement, *, adding: bool) -> bool:
        """Whether a statement uses the derivative, or leads elsewhere; adding: but for adding to it."""
        fixed = {self.target, *loaded(self.index)}
        for inner in walk((statement,)):
            if isinstance(inner, Jump):
                return True
            if adding and isinstance(inner, Accumulate) and inner.target in self.memory:
                index = () if inner.index is None else loaded(inner.index)
                if self.memory.isdisjoint((*loaded(inner.value), *index)):
                    continue
            if not fixed.isdisjoint(bound(inner)) or not self.memory.isdisjoint(read(inner)):
                return True
            written = memory_written(inner, self.walk.known.writes)
            if not self.memory.isdisjoint(written) or not self.selecting.isdisjoint(written):
                return True
        return False

    # ---- with a view -----------------------------------------------------------------------------

    def viewed(self, take: Assign, given: _Given | None) -> bool:
        """Have the part looked at and replaced after that; whether that is possible."""
        (new,) = take.targets
        if part_of(take.value) is take.value:
            return False
        walk, order = self.walk, self.walk.order
        spot = order.spots[take]
        reads = order.owned_reads(new, spot)
        if not reads or any(use.blocks != spot.blocks for use in reads):
            return False
        if given is not None and not self.belongs(given, new):
            given = None
        if given is not None and new in loaded(given.value):
            given = given if any(use.statement is given.statement for use in reads) else None
        giving = None if given is None else given.statement
        uses = [use.statement for use in reads if use.statement is not giving]
        if any(s not in self.out or not computes(s, walk.known) for s in uses):
            return False
        if any(new in memory_written(s, walk.known.writes) for s in uses):
            return False
        places = [self.at(s) for s in uses]
        last = max(places, default=self.place)
        if given is not None and not self.may_stand(given, last):
            given = None
            if any(use.statement is giving for use in reads):
                return False
        place = last
        if given is not None and given.across is None:
            place = max(last, self.at(given.statement))
        end = self.out[place]
        between = [s for s in self.out[self.at(take) + 1 : place + 1] if s is not self.clear]
        if any(self.uses(s, adding=False) for s in between if given is None or s is not giving):
            return False
        self.write(take, given, place, [s for s in uses if s is not giving])
        number = order.ends[end] if end in order.ends else walk.number(take)
        walk.moved.note(
            number,
            (*loaded(self.index), *(() if given is None else loaded(given.value))),
            self.memory,
        )
        return True

    def belongs(self, given: _Given, new: str) -> bool:
        """Whether what the part is given is told by the same statement, or is computed from what it held."""
        if given.statement.origin == self.clear.origin:
            return True
        from_it = {new}
        for statement in self.out[self.place + 1 : self.at(given.statement)]:
            if isinstance(statement, Assign) and not from_it.isdisjoint(read(statement)):
                from_it.update(statement.targets)
        return not from_it.isdisjoint(loaded(given.value))

    def may_stand(self, given: _Given, last: int) -> bool:
        """Whether what the part is given is the same behind its last use, or before what it is given across."""
        order = self.walk.order
        now = self.walk.number(given.statement)
        if given.across is not None:
            if self.at(given.across) <= last:
                return False
            there = order.ends[self.out[last]]
            return self.walk.still(loaded(given.value), there, now)
        if self.at(given.statement) > last:
            return True
        return self.walk.still(loaded(given.value), now, order.ends[self.out[last]])

    def write(self, take: Assign, given: _Given | None, place: int, uses: list[Statement]) -> None:
        """Change the statements: the part is looked at, and replaced at a place."""
        (new,) = take.targets
        last: Statement | None = replace(self.clear, origin=self.out[place].origin)
        if given is not None:
            as_it_was = isinstance(given.value, gast.Name) and given.value.id == new
            last = None if as_it_was else self.scaled(given, new) or self.stored(given)
        gone = {self.clear, take} | ({given.statement} if given is not None else set())
        first: list[Statement] = []
        instead: dict[Statement, Statement] = {}
        if self.whole:
            part: dict[str, gast.AST] = {new: name(self.target)}
            instead = {s: with_reads(s, part) for s in uses}
            last = last and with_reads(last, part)
        elif len(uses) == 1 and not (last and new in read(last)) and self.once(new, uses[0]):
            part = {new: subscript(name(self.target), self.index)}
            instead = {s: with_reads(s, part) for s in uses}
        elif uses or (last and new in read(last)):
            first = [replace(take, value=part_of(take.value))]
        begin, end = self.at(take), 1 + max(self.at(s) for s in (self.out[place], *gone, *instead))
        given_back = () if last is None else (last,)
        kept = (*self.out[begin : place + 1], *given_back, *self.out[place + 1 : end])
        self.out[begin:end] = [*first, *(instead.get(s, s) for s in kept if s not in gone)]

    @staticmethod
    def once(new: str, use: Statement) -> bool:
        """Whether a statement reads a name in one place of its value."""
        value = use.value if isinstance(use, Assign | Accumulate | Update) else None
        found = [] if value is None else [n for n in nodes(value) if isinstance(n, gast.Name)]
        return [n.id for n in found].count(new) == 1

    # ---- without -----------------------------------------------------------------------------------

    def given_at_once(self, take: Assign | None, given: _Given) -> None:
        """Have the part given something new where something was added to it."""
        last: Statement | None = None
        if take is not None and part_of(take.value) is take.value:
            (new,) = take.targets
            reads = self.walk.order.owned_reads(new, self.walk.order.spots[take])
            if reads is not None and [use.statement for use in reads] == [given.statement]:
                last = self.scaled(given, new)
        gone = {self.clear} if last is None or take is None else {self.clear, take}
        new_one = self.stored(given) if last is None else last
        self.out[:] = [new_one if s is given.statement else s for s in self.out if s not in gone]

    # ---- as it is written ----------------------------------------------------------------------------

    def stored(self, given: _Given) -> Store:
        return Store(name(self.target), self.index, given.value, origin=given.statement.origin)

    def scaled(self, given: _Given, new: str) -> Statement | None:
        """`d_x[i] *= f` where what the part is given is f times what it held."""
        match given.value:
            case gast.BinOp(left=left, op=gast.Mult() as op, right=gast.Name(id=part)) if (
                part == new
            ):
                factor = left
            case gast.BinOp(left=gast.Name(id=part), op=op, right=factor) if (
                part == new and isinstance(op, _SCALING)
            ):
                pass
            case _:
                return None
        if new in loaded(factor):
            return None
        origin = given.statement.origin
        if self.whole:
            return Update(self.target, op, factor, origin=origin)
        place = subscript(name(self.target), self.index)
        return Store(
            name(self.target), self.index, binary(place, op, factor), operator=op, origin=origin
        )
