"""Loops of the backward half as one writes them: over the records that there are, or in the user's direction.

- A loop that doesn't read its counter runs over the range as the user wrote it.
- A loop that begins each trip with a record, and is in no other, runs while there are records.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import gast

from s2sgrad.flow import read
from s2sgrad.program import Assign, Block, For, Restore, Save, Statement, Update, While, walk
from s2sgrad.rewrite import as_block, with_blocks
from s2sgrad.simplify.expressions import number, number_of
from s2sgrad.trees import loaded, name

__all__ = ["counted_up", "over_records", "plus_one"]


def counted_up(block: Block) -> Block:
    """`for _ in range(n - 1, -1, -1)` as `for _ in range(n)`, where nothing reads the counter."""
    reads = [n for statement in walk(block) for n in read(statement)]
    return _counted_up(block, frozenset(reads))


def _counted_up(block: Block, reads: frozenset[str]) -> Block:
    out: list[Statement] = []
    for statement in block:
        new = with_blocks(statement, lambda inner: _counted_up(inner, reads))
        if isinstance(new, For):
            iterable = _folded(new.iterable)
            if new.header is None and not _reads_counter(new, reads, block):
                iterable = _upwards(iterable)
            if iterable is not new.iterable:
                new = replace(new, iterable=iterable)
        out.append(new)
    return as_block(out, block)


def _reads_counter(loop: For, reads: frozenset[str], around: Block) -> bool:
    """Whether the counter of a loop is read in it, or after it."""
    if loop.target not in reads:
        return False
    if any(loop.target in read(s) for s in walk(loop.body)):
        return True
    place = next(
        i
        for i, s in enumerate(around)
        if s is loop or (isinstance(s, For) and s.target == loop.target)
    )
    return any(loop.target in read(s) for s in walk(around[place + 1 :]))


def _upwards(iterable: gast.AST) -> gast.AST:
    match iterable:
        case gast.Call(func=gast.Name(id="range" | "$range"), args=[last, before, step]) if (
            number_of(step) == -1
        ):
            stop, start = plus_one(last), plus_one(before)
            if stop is None or start is None:
                return iterable
            args = [stop] if number_of(start) == 0 else [start, stop]
            return gast.Call(func=iterable.func, args=args, keywords=[])
        case gast.Call(func=gast.Name(id="$reversed"), args=[inner]) if isinstance(
            inner, gast.Call
        ):
            return inner
    return iterable


def _folded(iterable: gast.AST) -> gast.AST:
    """A range with bounds such as `i + 1 - 1` written as `i`."""
    if not isinstance(iterable, gast.Call):
        return iterable
    args = [_sum(arg) for arg in iterable.args]
    if all(new is old for new, old in zip(args, iterable.args, strict=True)):
        return iterable
    return gast.Call(func=iterable.func, args=args, keywords=[])


def _sum(bound: gast.AST) -> gast.AST:
    """An integer plus and minus numbers, the numbers added up."""
    total, count, node = 0, 0, bound
    while isinstance(node, gast.BinOp) and isinstance(node.op, gast.Add | gast.Sub):
        value = number_of(node.right)
        if not isinstance(value, int):
            break
        total, count = total + (value if isinstance(node.op, gast.Add) else -value), count + 1
        node = node.left
    if count < 2 or not total:
        return bound if count < 2 else node
    op: gast.AST = gast.Add() if total > 0 else gast.Sub()
    return gast.BinOp(left=node, op=op, right=number(abs(total)))


def plus_one(bound: gast.AST) -> gast.AST | None:
    """What a bound is one less than, where it is written so."""
    value = number_of(bound)
    if isinstance(value, int):
        return number(value + 1)
    match bound:
        case gast.BinOp(left=left, op=gast.Sub(), right=right) if number_of(right) == 1:
            return left
        case gast.BinOp(left=left, op=gast.Sub(), right=right) if isinstance(number_of(right), int):
            return gast.BinOp(
                left=left, op=gast.Sub(), right=number(int(number_of(right) or 0) - 1)
            )
    return None


# ---- while there are records ------------------------------------------------------------------------


def over_records(block: Block) -> Block:
    """Counted loops of the outermost block as `while saved:`, where each trip has exactly one record.

    The counter of the forward half goes, if nothing else reads it.
    """
    out = (_over_records(s, block) if isinstance(s, For) else s for s in block)
    return _without_counters(tuple(out))


def _over_records(loop: For, block: Block) -> Statement:
    match loop.iterable:
        case gast.Call(func=gast.Name(id="range" | "$range"), args=[gast.Name(id=trips)]):
            pass
        case gast.Call(
            func=gast.Name(id="range" | "$range"), args=[gast.BinOp(left=gast.Name(id=trips)), _, _]
        ):
            pass
        case _:
            return loop
    if loop.header is not None or any(loop.target in read(s) for s in walk(block)):
        return loop
    forward = _counting(block, trips)
    if forward is None:
        return loop
    stacks = [s.stack for s in loop.body if isinstance(s, Restore)]
    for stack in stacks:
        if _one_a_trip(forward, stack, trips):
            return While((), name(stack), loop.body, origin=loop.origin)
    return loop


def _counting(block: Block, trips: str) -> For | While | None:
    """The loop of the outermost block that counts its trips in a name, alone."""
    found = [
        s
        for s in block
        if isinstance(s, For | While)
        and any(isinstance(i, Update) and i.target == trips for i in s.body)
    ]
    others = [s for s in walk(block) if isinstance(s, Update) and s.target == trips]
    return found[0] if len(found) == 1 and len(others) == 1 else None


def _one_a_trip(loop: For | While, stack: str, trips: str) -> bool:
    """Whether each counted trip makes one record: straight behind the counting, with no way out between."""
    saves = [s for s in walk((loop,)) if isinstance(s, Save) and s.stack == stack]
    if len(saves) != 1:
        return False
    counted = recorded = False
    for statement in loop.body:
        counted = counted or (isinstance(statement, Update) and statement.target == trips)
        recorded = recorded or statement is saves[0]
        if counted and recorded:
            return True
        if not isinstance(statement, Assign | Save | Update):
            return False
    return False


def _without_counters(block: Block) -> Block:
    """The block without counters that nothing reads."""
    read_elsewhere: set[str] = set()
    for statement in walk(block):
        if not isinstance(statement, Update):
            read_elsewhere.update(read(statement))
        else:
            read_elsewhere.update(loaded(statement.value))
    counters = {
        s.target
        for s in walk(block)
        if isinstance(s, Update) and s.target not in read_elsewhere and _is_one(s.value)
    }
    begun = {
        s.targets[0]
        for s in walk(block)
        if isinstance(s, Assign) and s.targets[0] in counters and number_of(s.value) == 0
    }
    return _dropped(block, counters & begun)


def _is_one(value: gast.AST) -> bool:
    return number_of(value) == 1


def _dropped(block: Block, counters: Iterable[str]) -> Block:
    gone = set(counters)
    if not gone:
        return block
    out: list[Statement] = []
    for statement in block:
        match statement:
            case Update(target=target) if target in gone:
                continue
            case Assign(targets=(target,)) if target in gone:
                continue
        out.append(with_blocks(statement, lambda inner: _dropped(inner, gone)))
    return as_block(out, block)
