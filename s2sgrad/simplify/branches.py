"""Branches that follow each other on the same test become one, and early returns return early again.

A list of records that one branch alone fills and empties is made in that branch.

What the forward half computes for a branch and what the backward half does in it then stand together, if nothing
stands between the halves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace

import gast

from s2sgrad.flow import bound, read
from s2sgrad.normalize.nodes import negated
from s2sgrad.program import Accumulate, Assign, Block, If, Jump, Return, Statement, walk
from s2sgrad.rewrite import as_block, with_blocks
from s2sgrad.simplify.equality import key
from s2sgrad.simplify.order import memory_written
from s2sgrad.trees import loaded
from s2sgrad.zeros import ZEROS

__all__ = ["fused", "returned_early", "sunk"]

Names = Callable[[Statement], Iterable[str]]


def fused(block: Block, writes: Names, aliases: Callable[[str], Iterable[str]]) -> Block:
    """The block with neighbouring branches on one test put together."""
    out: list[Statement] = []
    for statement in block:
        new = with_blocks(statement, lambda inner: fused(inner, writes, aliases))
        if isinstance(new, If):
            new = _joined(out, new, writes, aliases)
        out.append(new)
    return as_block(out, block)


def _joined(
    before: list[Statement], second: If, writes: Names, aliases: Callable[[str], Iterable[str]]
) -> Statement:
    """The second branch, with an earlier one on the same test taken from before if it can be."""
    place = len(before) - 1
    between: list[Statement] = []
    while place >= 0 and _begins(before[place]):
        between.insert(0, before[place])
        place -= 1
    if place < 0:
        return second
    first = before[place]
    if not isinstance(first, If) or any(isinstance(s, Jump) for s in walk((first, second))):
        return second
    turned = _same_test(first.test, second.test)
    if turned is None:
        return second
    changed = _changed(first, writes, aliases)
    if changed.intersection(loaded(second.test)):
        return second
    touched = changed | {n for s in walk((first,)) for n in read(s)}
    if any(
        touched.intersection((*bound(s), *_targets(s))) or changed.intersection(read(s))
        for s in between
    ):
        return second
    del before[place:]
    before.extend(between)
    body, orelse = (second.orelse, second.body) if turned else (second.body, second.orelse)
    whole = replace(first, body=(*first.body, *body), orelse=(*first.orelse, *orelse))
    return _upright(whole)


def sunk(block: Block) -> Block:
    """The block with each empty list made in the branch that alone reads it."""
    if not any(map(_makes_list, walk(block))):
        return block
    reads = Counter(name for statement in walk(block) for name in read(statement))
    made = Counter(name for statement in walk(block) for name in bound(statement))
    return _sunk(block, lambda name: reads[name] if made[name] == 1 else -1)


def _sunk(block: Block, uses: Callable[[str], int]) -> Block:
    """uses: how often the one thing that a name is bound to is read."""
    out = list(block)
    for place in range(len(block) - 1, -1, -1):
        match block[place]:
            case Assign(targets=(target,), value=gast.List(elts=[])):
                for later, statement in enumerate(out[place + 1 :], place + 1):
                    new = _with_list(statement, block[place], target, uses(target))
                    if new is not None:
                        out[later] = new
                        del out[place]
                        break
    rebuilt = (with_blocks(statement, lambda inner: _sunk(inner, uses)) for statement in out)
    return as_block(rebuilt, block)


def _makes_list(statement: Statement) -> bool:
    return (
        isinstance(statement, Assign)
        and isinstance(statement.value, gast.List)
        and not statement.value.elts
    )


def _with_list(statement: Statement, made: Statement, target: str, uses: int) -> Statement | None:
    """The statement with a list made in the one branch in which all uses of it are."""
    if not isinstance(statement, If):
        return None

    def all_in(inner: Block) -> bool:
        return sum(name == target for s in walk(inner) for name in read(s)) == uses

    if all_in(statement.body):
        return replace(statement, body=(made, *statement.body))
    return (
        replace(statement, orelse=(made, *statement.orelse)) if all_in(statement.orelse) else None
    )


def _targets(statement: Statement) -> tuple[str, ...]:
    return (statement.target,) if isinstance(statement, Accumulate) else ()


def _begins(statement: Statement) -> bool:
    """Whether a statement only lets a derivative begin at zero, or names one after another."""
    match statement:
        case Assign(targets=(_,), value=gast.Constant() | gast.Name() | gast.List(elts=[])):
            return True
        case Assign(targets=(_,), value=gast.Call(func=gast.Name(id=helper))) if helper in ZEROS:
            return True
        case Assign(
            targets=(_,),
            value=gast.Call(func=gast.Attribute(value=gast.Name(id="$np"), attr="zeros")),
        ):
            return True
    return False


def _changed(statement: If, writes: Names, aliases: Callable[[str], Iterable[str]]) -> set[str]:
    """The names that get another value in a branch, or whose memory may be written."""
    found: set[str] = set()
    for inner in walk((statement,)):
        found.update(bound(inner))
        found.update(_targets(inner))
        for name in memory_written(inner, writes):
            found.update(aliases(name))
    return found


def _same_test(first: gast.AST, second: gast.AST) -> bool | None:
    """Whether two tests are opposites (True) or the same (False); None where they are neither."""
    if key(first) == key(second):
        return False
    return (
        True if key(negated(first)) == key(second) or key(first) == key(negated(second)) else None
    )


def _upright(statement: If) -> If:
    """`if not test: A else: B` as `if test: B else: A`."""
    match statement.test:
        case gast.UnaryOp(op=gast.Not(), operand=test) if statement.orelse:
            return replace(statement, test=test, body=statement.orelse, orelse=statement.body)
    return statement


def returned_early(block: Block, most: int) -> Block:
    """`if test: A else: B` before a `return` as `if test: A; return` and then B, where A is the shorter part.

    Only where A is in straight lines, as after a guard, and not more often than most.
    """
    match block:
        case [*before, If(orelse=(_, *_)) as branch, Return() as end] if most > 0 and _plain(
            branch.body
        ):
            rest = returned_early((*branch.orelse, end), most - 1)
            guard = replace(branch, body=(*branch.body, end), orelse=())
            return (*before, guard, *rest)
    return block


def _plain(block: Block) -> bool:
    return all(not isinstance(s, If) for s in block) and len(block) > 0
