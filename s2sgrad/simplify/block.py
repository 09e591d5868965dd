"""The simplifications of a finished function, in their order.

Receives the statements of one generated function and what is known of its names. Promises statements that give
the same values, up to the rounding that comes with the order of additions and multiplications.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import gast

from s2sgrad.kinds import Number
from s2sgrad.program import (
    Accumulate,
    Assign,
    Block,
    For,
    If,
    Return,
    Save,
    Statement,
    While,
    walk,
)
from s2sgrad.rewrite import rewritten
from s2sgrad.simplify.added_at_once import added_at_once
from s2sgrad.simplify.algebra import arrange
from s2sgrad.simplify.branches import fused, sunk
from s2sgrad.simplify.carried import carried_on
from s2sgrad.simplify.conditions import connected, straightened, upright
from s2sgrad.simplify.contributions import freed, gathered
from s2sgrad.simplify.copies import without_needless_copies
from s2sgrad.simplify.even_lists import without_even_lists
from s2sgrad.simplify.expressions import tuple_of
from s2sgrad.simplify.first_lists import without_zero_lists
from s2sgrad.simplify.inline import inlined, last_returned
from s2sgrad.simplify.kept_arrays import kept_arrays
from s2sgrad.simplify.knowledge import Knowledge
from s2sgrad.simplify.late_records import recorded_late
from s2sgrad.simplify.late_spreads import kept_as_numbers
from s2sgrad.simplify.loops import counted_up, over_records
from s2sgrad.simplify.one_name import with_one_name
from s2sgrad.simplify.order import memory_written
from s2sgrad.simplify.ownership import settled
from s2sgrad.simplify.put_back import put_back_once, rebound
from s2sgrad.simplify.reading_order import Reading, in_reading_order
from s2sgrad.simplify.records import hoisted, together
from s2sgrad.simplify.repeated import computed_once
from s2sgrad.simplify.replaced import replaced
from s2sgrad.simplify.shapes import Shapes
from s2sgrad.simplify.signs import subtracted, turned
from s2sgrad.simplify.spellings import makes, may_be_respelled, owned, respell, sharing
from s2sgrad.simplify.stacked import stacked
from s2sgrad.simplify.statements import with_values
from s2sgrad.simplify.summed_once import summed_once
from s2sgrad.simplify.swaps import exchanged
from s2sgrad.simplify.taken import left_in_place, used_at_once, without_copies
from s2sgrad.trees import loaded

__all__ = ["simplified"]

_ATOMS = (gast.Name, gast.Constant)
Tidy = Callable[[Block], Block]


def simplified(block: Block, known: Knowledge, reading: Reading, tidy: Tidy) -> Block:
    """The simplified block; reading: where the user reads what; tidy: takes out what nobody reads."""
    block = without_zero_lists(with_one_name(block, known), known)
    buffers = _buffers(block, known)
    block = summed_once(_respelled(block, known, buffers), known)
    _note_kinds(block, known)
    block = hoisted(without_even_lists(block, known), known)
    tidied = _Pass(tidy)
    inline = _Pass(lambda block: inlined(block, known))
    rounds = (
        _Pass(lambda block: sunk(fused(block, known.writes, known.aliases))),
        _Pass(lambda block: freed(block, known)),
        tidied,
        inline,
        tidied,
        _Pass(lambda block: put_back_once(block, known)),
        tidied,
        _Pass(lambda block: subtracted(left_in_place(block, known), known)),
        _Pass(lambda block: computed_once(block, known)),
        _Pass(lambda block: gathered(block, known)),
        _Pass(lambda block: _arranged(block, known)),
    )
    for run in rounds * 2:
        block = run(block)
    buffers = _buffers(block, known)
    block = kept_as_numbers(block, known, lambda s, value: _arrange(s, value, known, buffers))
    block = straightened(tidied(inline(connected(block, known))))
    block = turned(block, known)
    block = carried_on(block, known)
    block = in_reading_order(block, known, reading)
    block = stacked(used_at_once(block, known), known)
    block = kept_arrays(rebound(block, known), known)
    block = together(recorded_late(block), known, lambda: known.fresh("", "saved"))
    block = over_records(counted_up(block))
    block = replaced(exchanged(settled(block, known), known), known)
    block = without_needless_copies(without_copies(block, known), known)
    shorter = put_back_once(block, known)
    block = block if shorter == block else tidied(shorter)
    block = upright(added_at_once(block, known), known)
    return last_returned(block, known.scalar)


@dataclass(eq=False)
class _Pass:
    """A pass that isn't run again on a block that it left as it was."""

    run: Tidy
    left: Block | None = None

    def __call__(self, block: Block) -> Block:
        if block == self.left:
            return block
        new = self.run(block)
        self.left = new if new == block else None
        return new


def _mine(expr: gast.AST, known: Knowledge) -> bool:
    return not known.written_by_user(expr)


@dataclass(eq=False)
class _Buffers:
    """The names into whose memory something is written, whatever they have it from → the number after the last time.

    numbers: those of the statements of a block, in the order of the text.
    """

    last: dict[str, int]
    numbers: dict[Statement, int]

    def later(self, names: Iterable[str], statement: Statement) -> bool:
        """Whether something is written into memory of names after a statement."""
        here = self.numbers.get(statement, -1)
        return any(self.last.get(n, -1) > here for n in names)


def _buffers(block: Block, known: Knowledge) -> _Buffers:
    numbers: dict[Statement, int] = {}
    last: dict[str, int] = {}
    copies: dict[str, set[str]] = {}

    def visit(block: Block, loops: list[list[str]]) -> None:
        for statement in block:
            numbers[statement] = len(numbers)
            whole = (
                isinstance(statement, Accumulate)
                and statement.index is None
                and statement.target not in known.shared
            )
            for name in () if whole else memory_written(statement, known.writes):
                for written in (name, *known.aliases(name)):
                    last[written] = len(numbers)
                    for inside in loops:
                        inside.append(written)
            match statement:
                case Assign(targets=(target,), value=gast.Name(id=source)):
                    copies.setdefault(target, set()).add(source)
                case Assign(targets=targets, value=gast.Tuple(elts=items)) if len(targets) == len(
                    items
                ):
                    for target, item in zip(targets, items, strict=True):
                        copies.setdefault(target, set()).update(loaded(item))
                case If(body=body, orelse=orelse):
                    visit((*body, *orelse), loops)
                case For() | While():
                    around: list[str] = []
                    visit((*getattr(statement, "head", ()), *statement.body), [*loops, around])
                    last.update(dict.fromkeys(around, len(numbers)))

    visit(block, [])
    waiting = list(last)
    while waiting:
        target = waiting.pop()
        for source in copies.get(target, ()):
            if last.get(source, -1) < last[target]:
                last[source] = last[target]
                waiting.append(source)
    return _Buffers(last, numbers)


def _still_owned(
    statement: Statement, old: gast.AST, new: gast.AST, known: Knowledge, buffers: _Buffers
) -> gast.AST:
    """A new form of a value; copied where it shares other memory than the old one, and either is written into later."""
    if not isinstance(statement, Assign) or new is old:
        return new
    shapes = known.shapes()

    def one(target: str, before: gast.AST, after: gast.AST) -> gast.AST:
        if after is before:
            return after
        more = sharing(after, shapes) - sharing(before, shapes)
        lent = more or (makes(before, shapes) and not makes(after, shapes))
        written = lent and target in buffers.last
        if not written and not (more and buffers.later(more, statement)):
            return after
        match before, after:
            case gast.List(elts=old), gast.List(elts=items) if len(old) == len(items):
                parts = [one(target, *pair) for pair in zip(old, items, strict=True)]
                return gast.List(elts=parts, ctx=gast.Load())
        return owned(after, shapes) if isinstance(shapes.kind(after), Number) else before

    match statement.targets, old, new:
        case (target,), _, _:
            return one(target, old, new)
        case targets, gast.Tuple(elts=before), gast.Tuple(elts=after) if (
            len(targets) == len(before) == len(after)
        ):
            return tuple_of(list(map(one, targets, before, after)))
    more = sharing(new, shapes) - sharing(old, shapes)
    written = not buffers.last.keys().isdisjoint(statement.targets)
    return old if more and (written or buffers.later(more, statement)) else new


def _respelled(block: Block, known: Knowledge, buffers: _Buffers) -> Block:
    """The block with what s2sgrad wrote in its usual spelling."""

    def change(statement: Statement, value: gast.AST) -> gast.AST:
        if (
            not _mine(value, known)
            or isinstance(statement, Return)
            or isinstance(value, _ATOMS)
            or not may_be_respelled(value)
        ):
            return value
        return _still_owned(
            statement, value, respell(value, known.shapes(statement)), known, buffers
        )

    def recorded(statement: Statement) -> Statement:
        if not isinstance(statement, Save):
            return statement
        shapes = known.shapes()
        new = tuple(_copied(value, known, shapes) for value in statement.values)
        return statement if new == statement.values else replace(statement, values=new)

    return rewritten(with_values(block, change), recorded)


def _copied(value: gast.AST, known: Knowledge, shapes: Shapes) -> gast.AST:
    """What is recorded, in its usual spelling, where that is as much of its own as it was."""
    if not _mine(value, known) or isinstance(value, _ATOMS) or not may_be_respelled(value):
        return value
    new = respell(value, shapes)
    own = shapes.plain(new) or not sharing(new, shapes) - sharing(value, shapes)
    return new if own else value


def _arranged(block: Block, known: Knowledge) -> Block:
    """The block with the values of derivatives arranged as one writes them.

    What was arranged before and has been left alone since stays.
    """
    buffers = _buffers(block, known)

    def change(statement: Statement, value: gast.AST) -> gast.AST:
        if not _mine(value, known) or isinstance(value, _ATOMS):
            return value
        if id(value) in known.arranged:
            return value
        new = _arrange(statement, value, known, buffers)
        if new is value:
            known.arranged[id(new)] = new
        return new

    return with_values(block, change)


def _arrange(
    statement: Statement, value: gast.AST, known: Knowledge, buffers: _Buffers
) -> gast.AST:
    """The value of a statement, arranged as one writes it."""
    if isinstance(statement, Return):
        return _returned(statement, value, known)
    shapes = known.shapes(statement)
    new = arrange(value, shapes, known.derivative, known.written_by_user)
    return _still_owned(statement, value, respell(new, shapes), known, buffers)


def _returned(statement: Return, value: gast.AST, known: Knowledge) -> gast.AST:
    """What is returned, arranged where it is an expression of derivatives."""
    if isinstance(value, gast.Tuple):
        items = [_returned(statement, item, known) for item in value.elts]
        return (
            value
            if all(a is b for a, b in zip(items, value.elts, strict=True))
            else gast.Tuple(elts=items, ctx=gast.Load())
        )
    if isinstance(value, _ATOMS) or not _mine(value, known):
        return value
    return arrange(value, known.shapes(statement), known.derivative, known.written_by_user)


def _note_kinds(block: Block, known: Knowledge) -> None:
    """Find out the kinds of names that passes have made."""
    for statement in walk(block):
        match statement:
            case Assign(targets=(target,), value=value) if (
                target not in known.kinds and target not in known.primal
            ):
                known.kinds[target] = known.shapes().kind(value)
