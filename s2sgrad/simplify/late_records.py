"""What a trip leaves is recorded at its end, not by the next trip before it begins anew.

`saved.append(total); total = 0.0; ...` in each trip of a loop, with `...; total = saved.pop()` in its backward half,
becomes `total = 0.0; ...; saved.append(total)` with `total = saved.pop(); ...`: what was there before the first trip
needs no value then. So it is where no trip reads what the one before has left.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import gast

from s2sgrad.flow import Live, bound, live_before, read
from s2sgrad.program import Assign, Block, For, If, Jump, Restore, Save, Statement, While, walk
from s2sgrad.rewrite import as_block, rewritten, with_blocks
from s2sgrad.trees import loaded
from s2sgrad.zeros import ZEROS

__all__ = ["recorded_late"]

_NOTHING: Live = frozenset()


def recorded_late(block: Block) -> Block:
    """The block with records at the ends of trips."""
    uses = Counter(stack for statement in walk(block) for stack in _stacks(statement))
    for save in walk(block):
        if isinstance(save, Save) and uses[save.stack] == 2:
            block = _late(block, save) or block
    return block


def _stacks(statement: Statement) -> tuple[str, ...]:
    """The lists that a statement mentions, but for an empty one that it makes."""
    if isinstance(statement, Assign) and isinstance(statement.value, gast.List):
        return loaded(statement.value)
    return (*read(statement), *bound(statement))


def _late(block: Block, save: Save) -> Block | None:
    """The block with what is recorded in one list recorded late; None where a trip may read what another has left."""
    names = {value.id for value in save.values if isinstance(value, gast.Name)}
    if len(names) < len(save.values):
        return None
    made: list[Statement] = []

    def changed(statement: Statement) -> Statement:
        if not isinstance(statement, For | While):
            return with_blocks(statement, within)
        for position, inner in enumerate(statement.body):
            rest = statement.body[:position], statement.body[position + 1 :]
            if inner is save and not _leads_out(statement):
                body = (*rest[0], *rest[1], save)
                if names.isdisjoint(live_before(body, _NOTHING)):
                    made.append(save)
                    return _with_body(statement, body)
            if isinstance(inner, Restore) and inner.stack == save.stack:
                touched = {n for s in walk(rest[1]) for n in (*read(s), *bound(s))}
                if names.isdisjoint(touched) and not _leads_out(statement):
                    body = tuple(rewritten(rest[0], lambda s: _unguarded(s, names)))
                    new = _with_body(statement, (inner, *body, *rest[1]))
                    made.append(new)
                    return new
        return with_blocks(statement, within)

    def within(inner: Block) -> Block:
        return as_block(map(changed, inner), inner)

    new = within(block)
    loops = [statement for statement in made if isinstance(statement, For | While)]
    if len(made) != 2 or len(loops) != 1 or not names.isdisjoint(_live_after(new, loops[0])):
        return None
    return new


def _unguarded(statement: Statement, bound_names: set[str]) -> Statement:
    """`d = zeros_of(v)` for `d = zeros_of(v) if v is not None else 0.0` where v is bound."""
    match statement:
        case Assign(
            value=gast.IfExp(
                test=gast.Compare(left=gast.Name(id=asked), ops=[gast.IsNot()]),
                body=gast.Call(func=gast.Name(id=helper), args=[gast.Name(id=like)]) as zeros,
            )
        ) if asked == like in bound_names and helper in ZEROS:
            return replace(statement, value=zeros)
    return statement


def _with_body(loop: For | While, body: Block) -> Statement:
    return with_blocks(loop, lambda inner: body if inner is loop.body else inner)


def _leads_out(loop: For | While) -> bool:
    """Whether a trip may end before its end."""
    return any(isinstance(inner, Jump) for inner in walk(loop.body))


def _live_after(block: Block, wanted: Statement, after: Live = _NOTHING) -> Live:
    """The names that are live after a statement that is somewhere in a block; and at the ends of what is around it."""
    for position, statement in enumerate(block):
        if statement is not wanted and wanted not in walk((statement,)):
            continue
        live = after | live_before(block[position + 1 :], after)
        if statement is wanted:
            return live
        match statement:
            case For(body=body):
                return _live_after(body, wanted, live | live_before((statement,), live))
            case While(head=head, body=body):
                return _live_after((*head, *body), wanted, live | live_before((statement,), live))
            case If(body=body, orelse=orelse):
                return _live_after(body, wanted, live) | _live_after(orelse, wanted, live)
    return _NOTHING
