"""The first derivative of a list of numbers is written as it is, without zeros that it is added to.

`d_xs = spread(d_out, xs)` for `d_xs = zeros_like(xs)` and, where nothing happened to either list in between,
`d_xs = added(d_xs, spread(d_out, xs))`; what is unsorted likewise. The parts of an array that belong to a list are
still added to zeros: a list of views, of which items are taken, can't be differentiated again.
"""

from __future__ import annotations

from dataclasses import replace

import gast

from s2sgrad.kinds import Sequence, of_numbers
from s2sgrad.program import Assign, Block, Statement
from s2sgrad.rewrite import as_block, with_blocks
from s2sgrad.simplify.expressions import generated
from s2sgrad.simplify.knowledge import Knowledge

__all__ = ["without_zero_lists"]


def without_zero_lists(block: Block, known: Knowledge) -> Block:
    """The block with first derivatives of lists of numbers assigned."""

    def one(inner: Block) -> Block:
        zeros: dict[str, tuple[Assign, str]] = {}
        gone: set[Statement] = set()
        new: dict[Statement, Statement] = {}
        for statement in inner:
            match statement:
                case Assign(
                    targets=(target,), value=gast.Call(func=func, args=[gast.Name(id=like)])
                ) if generated(func) == "$zeros_like":
                    zeros[target] = statement, like
                case Assign(
                    targets=(target,),
                    value=gast.Call(func=func, args=[gast.Name(id=first), value]),
                ) if generated(func) == "$added" and first == target and target in zeros:
                    begun, like = zeros.pop(target)
                    if _is_spread(value, like, known) and _still(
                        target, like, begun, statement, known, block
                    ):
                        gone.add(begun)
                        new[statement] = replace(statement, value=value)
        kept = (new.get(s, s) for s in inner if s not in gone)
        return as_block((with_blocks(s, one) for s in kept), inner)

    return one(block)


def _is_spread(value: gast.AST, like: str, known: Knowledge) -> bool:
    """Whether a value is one number for each number of a list."""
    kind = known.kind(like)
    if not isinstance(kind, Sequence) or kind.type != "list" or not of_numbers(kind):
        return False
    match value:
        case gast.Call(func=func, args=[d, gast.Name(id=split)], keywords=[]) if split == like:
            number = known.shapes().number(d)
            return generated(func) == "$spread" and number.scalar and number.array is False
        case gast.Call(func=func, args=[_, gast.Name(id=given), *_]) if given == like:
            return generated(func) == "$unsorted"
    return False


def _still(
    target: str, like: str, begun: Statement, added: Statement, known: Knowledge, block: Block
) -> bool:
    """Whether neither list is read, bound or changed between two statements."""
    order = known.order(block)
    start, end = order.spots[begun].number, order.spots[added].number
    return known.still((target, like), order, start, end) and not (
        order.read_between(target, start, end) or order.left_between(start, end)
    )
