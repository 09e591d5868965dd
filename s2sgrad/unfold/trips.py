"""The trips of a loop one after the other, with the jumps between them as branches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import gast

from s2sgrad.program import Block, If, Jump

__all__ = ["in_a_row", "own_jumps"]

DEEPEST = 16
"""How many trips are written inside of each other, where a loop may be left."""


def own_jumps(block: Block) -> list[str]:
    """The jumps in a block that aren't those of a loop in it."""
    found: list[str] = []
    for statement in block:
        if isinstance(statement, Jump):
            found.append(statement.kind)
        elif isinstance(statement, If):
            found += own_jumps(statement.body) + own_jumps(statement.orelse)
    return found


def in_a_row(trips: Sequence[Block]) -> Block | None:
    """What a loop with these trips does; None where that would repeat statements."""
    if len(trips) > DEEPEST and any("break" in own_jumps(trip) for trip in trips):
        return None
    rest: Block = ()
    for trip in reversed(trips):
        joined = _joined(trip, rest)
        if joined is None:
            return None
        rest = joined
    return rest


def _joined(block: Block, rest: Block) -> Block | None:
    """A trip, and what follows unless it is left by `break`."""
    if not own_jumps(block):
        return (*block, *rest)
    at = next(k for k, statement in enumerate(block) if own_jumps((statement,)))
    head, statement, tail = block[:at], block[at], block[at + 1 :]
    if isinstance(statement, Jump):
        return head if statement.kind == "break" else (*head, *rest)
    assert isinstance(statement, If)  # noqa: S101
    for jumping, other in ((True, statement.orelse), (False, statement.body)):
        branch = statement.body if jumping else statement.orelse
        if not branch or not isinstance(branch[-1], Jump) or len(own_jumps(branch)) > 1:
            continue
        leaves = branch[-1].kind == "break"
        goes_on = (*other, *tail)
        if not leaves and "break" in own_jumps(goes_on):
            return None
        follows = _joined(goes_on, rest if leaves else ())
        if follows is None:
            return None
        new = _branches(statement, branch[:-1], follows, first=jumping)
        return (*head, new) if leaves else (*head, new, *rest)
    if tail or "break" in own_jumps((statement,)):
        return None
    bodies = [_joined(branch, ()) for branch in (statement.body, statement.orelse)]
    if bodies[0] is None or bodies[1] is None:
        return None
    return (*head, replace(statement, body=bodies[0], orelse=bodies[1]), *rest)


def _branches(statement: If, jumping: Block, other: Block, *, first: bool) -> If:
    """An If whose first branch (or second) is the one that jumped."""
    if first and not jumping:
        test = statement.test
        inverted = (
            test.operand
            if isinstance(test, gast.UnaryOp) and isinstance(test.op, gast.Not)
            else gast.UnaryOp(op=gast.Not(), operand=test)
        )
        return replace(statement, test=inverted, body=other, orelse=())
    bodies = (jumping, other) if first else (other, jumping)
    return replace(statement, body=bodies[0], orelse=bodies[1])
