"""Blocks that stay as they are: the same object, on which no pass is run again."""

from __future__ import annotations

from s2sgrad.program import Assign, Block, If, Statement
from s2sgrad.rewrite import as_block, rewritten
from s2sgrad.simplify.block import _Pass
from s2sgrad.trees import name

FIRST, SECOND = Assign(("a",), name("x")), Assign(("b",), name("y"))
BRANCH = If(name("t"), (FIRST,), (SECOND,))
BLOCK: Block = (FIRST, BRANCH)


def test_the_same_statements_are_the_old_block() -> None:
    assert as_block([FIRST, BRANCH], BLOCK) is BLOCK
    assert as_block([BRANCH, FIRST], BLOCK) == (BRANCH, FIRST)


def test_a_statement_that_looks_the_same_is_another_one() -> None:
    again = Assign(("a",), name("x"))
    assert as_block([again, BRANCH], BLOCK)[0] is again


def test_what_stays_inside_a_statement_leaves_the_block() -> None:
    def kept(statement: Statement) -> Statement:
        return statement

    assert rewritten(BLOCK, kept) is BLOCK


def test_a_pass_is_not_run_again_on_what_it_left() -> None:
    seen: list[Block] = []

    def without_first(block: Block) -> Block:
        seen.append(block)
        return as_block((s for s in block if s is not FIRST), block)

    run = _Pass(without_first)
    left = run(BLOCK)
    assert run(left) is left
    assert run(left) is left
    assert seen == [BLOCK, left]
    assert run(BLOCK) == left
    assert seen == [BLOCK, left, BLOCK]
