"""The replay tree: what a run of a function did, without its jumps.

Receives a block in normal form, whose jumps are guards. Gives a block over the same simple
statements in which a guard `if c: S; break` before a rest R has become `if c: S else: R`, and no
Jump is left; Ifs and loops are rebuilt where that changes them. A loop stands for as many trips as
the run began: a run of the replay tree with recorded trip counts executes exactly the statements of
the run that it replays, so that a reversal or an analysis needs to know sequences, Ifs and counted
loops only.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import gast

from s2sgrad.program import Block, Effect, For, If, Jump, Statement, While

__all__ = ["Replay", "replay", "replay_tree"]


@dataclass(frozen=True, eq=False)
class Replay:
    """A replay tree; original: each rebuilt If and loop → the statement that it stands for."""

    block: Block
    original: dict[Statement, Statement]


def replay(block: Block) -> Block:
    """The replay tree of a block."""
    return replay_tree(block).block


def replay_tree(block: Block) -> Replay:
    """The replay tree of a block, and what its rebuilt statements stand for."""
    builder = _Builder()
    return Replay(builder.block(block), builder.original)


class _Builder:
    def __init__(self) -> None:
        self.original: dict[Statement, Statement] = {}

    def block(self, block: Block, start: int = 0) -> Block:
        written: list[Statement] = []
        for position in range(start, len(block)):
            statement = block[position]
            match statement:
                case Jump():
                    break
                case If() if _is_guard(statement):
                    rest = self.block(block, position + 1)
                    body, orelse = self.block(statement.body), self.block(statement.orelse)
                    if not _leaves(statement.body):
                        body = (*body, *rest)
                    elif not _leaves(statement.orelse):
                        orelse = (*orelse, *rest)
                    if body or orelse:
                        written.append(self.rebuilt(statement, body=body, orelse=orelse))
                    break
                case If():
                    body, orelse = self.block(statement.body), self.block(statement.orelse)
                    written.append(self.rebuilt(statement, body=body, orelse=orelse))
                case For() | While():
                    written.append(self.rebuilt(statement, body=self.block(statement.body)))
                case _:
                    written.append(statement)
        return tuple(written)

    def rebuilt(self, statement: Statement, **blocks: Block) -> Statement:
        """The statement with other blocks; the statement itself where they are no others."""
        if all(getattr(statement, name) == block for name, block in blocks.items()):
            return statement
        new = replace(statement, **blocks)  # type: ignore[arg-type]
        self.original[new] = statement
        return new


def _is_guard(statement: If) -> bool:
    """Whether a branch of the If definitely leaves the block, and a jump is how."""
    return any(
        _leaves(branch) and _has_jump(branch) for branch in (statement.body, statement.orelse)
    )


def _leaves(block: Block) -> bool:
    """Whether control never reaches the end of a block."""
    if not block:
        return False
    match block[-1]:
        case If(body=body, orelse=orelse):
            return _leaves(body) and _leaves(orelse)
        case Jump() | Effect(node=gast.Raise()):
            return True
    return False


def _has_jump(block: Block) -> bool:
    """Whether a block has a jump out of itself."""
    for statement in block:
        match statement:
            case Jump():
                return True
            case If(body=body, orelse=orelse) if _has_jump(body) or _has_jump(orelse):
                return True
    return False
