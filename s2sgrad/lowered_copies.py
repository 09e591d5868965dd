"""Copies that stand where they are needed: in the branch that leaves a variable as it is.

    y_1 = y                         if y > 2:
    if y > 2:                           y_1 = y * x
        y_1 = y * x                 else:
                                        y_1 = y

Receives a block after webs. What a branch overwrites before it is read isn't assigned before the branch, so that the
variable has one value on each path: nothing has to be put back, and the derivative of y is that of y_1 on one path.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import gast

from s2sgrad.flow import bound, read
from s2sgrad.program import Assign, Block, For, If, Jump, Return, Statement, While, walk
from s2sgrad.rewrite import as_block, with_blocks
from s2sgrad.trees import loaded

__all__ = ["with_lowered_copies"]


def with_lowered_copies(block: Block, variables: frozenset[str]) -> Block:
    """The block with copies to variables moved into branches that don't overwrite these.

    In a loop what a variable was in the last trip is put back for each place that overwrites it: there only those are
    moved that are overwritten by one branch alone.
    """
    bindings = Counter(name for statement in walk(block) for name in bound(statement))
    return _lowered(block, variables, bindings, looped=False)


def _lowered(
    block: Block, variables: frozenset[str], bindings: Counter[str], *, looped: bool
) -> Block:
    out = list(block)
    for position in reversed(range(len(block))):
        statement = out[position]
        if not _copies(statement, variables):
            continue
        assert isinstance(statement, Assign)  # noqa: S101
        (target,) = statement.targets
        branch = _next_branch(statement, out, position)
        if branch is None:
            continue
        found = out[branch]
        assert isinstance(found, If)  # noqa: S101
        body, orelse = (_with(statement, inner) for inner in (found.body, found.orelse))
        inside = sum(target in bound(s) for s in walk((found,)))
        if looped and bindings[target] > inside + 1:
            continue
        if body is not found.body and orelse is not found.orelse:
            continue  # both need it: it stands well where it is
        out[branch] = replace(found, body=body, orelse=orelse)
        del out[position]

    def inner(statement: Statement) -> Statement:
        inside = looped or isinstance(statement, For | While)
        return with_blocks(statement, lambda b: _lowered(b, variables, bindings, looped=inside))

    return as_block([inner(statement) for statement in out], block)


def _copies(statement: Statement, variables: frozenset[str]) -> bool:
    """Whether a statement gives one variable the value of a name."""
    match statement:
        case Assign(targets=(target,), value=gast.Name(id=value)):
            return target in variables and target != value
    return False


def _next_branch(copy: Assign, block: list[Statement], position: int) -> int | None:
    """The place of the branch that is the first to touch what a copy binds, where its value is the same there."""
    (target,), (value,) = copy.targets, loaded(copy.value)
    for place in range(position + 1, len(block)):
        statement = block[place]
        inside = list(walk((statement,)))
        if isinstance(statement, If) and any(target in bound(s) for s in inside):
            return None if {target, value} & set(read(statement)) else place  # `and`, `or`
        if any(isinstance(s, Jump | Return) for s in inside):
            return None
        if any(target in (*bound(s), *read(s)) or value in bound(s) for s in inside):
            return None
    return None


def _with(copy: Assign, block: Block) -> Block:
    """A branch with a copy at its head; as it is if it overwrites what that binds."""
    (target,) = copy.targets
    for statement in block:
        inside = list(walk((statement,)))
        if any(target in read(s) for s in inside):
            break
        if isinstance(statement, Assign) and target in statement.targets:
            return block
        if any(target in bound(s) or isinstance(s, Jump | Return) for s in inside):
            break
    return (copy, *block)
