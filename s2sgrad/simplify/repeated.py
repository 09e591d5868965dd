"""Derivatives that are computed twice have one name: `d_t = 0.5 * d_u` and, further down, `d_v = 0.5 * d_u`."""

from __future__ import annotations

from collections.abc import Hashable

import gast

from s2sgrad.program import Accumulate, Assign, Block, Clear, Statement, Update, walk
from s2sgrad.renaming import renamed_block
from s2sgrad.rewrite import rewritten
from s2sgrad.simplify.equality import key
from s2sgrad.simplify.knowledge import Knowledge
from s2sgrad.simplify.order import Order
from s2sgrad.trees import loaded

__all__ = ["computed_once"]

_PRODUCTS = (gast.Mult, gast.Div)


def computed_once(block: Block, known: Knowledge) -> Block:
    """The block without derivatives that others of the same block certainly are equal to."""
    pairs = list(_pairs(block, known))
    if not pairs:
        return block
    found = known.order(block)
    first: dict[str, str] = {}
    gone: set[Statement] = set()
    for above, below in pairs:
        (kept,), (target,) = above.targets, below.targets
        if above not in gone and _equal(above, below, found, known):
            first[target] = kept
            gone.add(below)
    if not gone:
        return block
    left = rewritten(block, lambda statement: None if statement in gone else statement)
    return renamed_block(left, first)


def _pairs(block: Block, known: Knowledge) -> list[tuple[Assign, Assign]]:
    """The products of derivatives that are written twice, each with the first of them."""
    changed = {s.target for s in walk(block) if isinstance(s, Accumulate | Clear | Update)}
    above: dict[Hashable, Assign] = {}
    out: list[tuple[Assign, Assign]] = []
    for statement in walk(block):
        match statement:
            case Assign(targets=(target,), value=gast.BinOp(op=op) as value) if (
                isinstance(op, _PRODUCTS) and known.derivative(target) and target not in changed
            ):
                same = (statement.origin, key(value))
                if same in above:
                    out.append((above[same], statement))
                else:
                    above[same] = statement
    return out


def _equal(above: Assign, below: Assign, found: Order, known: Knowledge) -> bool:
    """Whether two names hold equal values wherever the second one is read, and nobody writes into either."""
    (kept,), (target,) = above.targets, below.targets
    first, second = found.spots[above], found.spots[below]
    reads = found.owned_reads(target, second)
    if reads is None or first.blocks != second.blocks or target == kept:
        return False
    if found.binds[target] != [second] or found.binds[kept] != [first]:
        return False
    if any(use.loops != second.loops or second.blocks[-1] not in use.blocks for use in reads):
        return False
    if any(
        found.touched_between(n, spot.number, found.last + 1)
        for n, spot in ((kept, first), (target, second))
    ):
        return False
    return known.still(loaded(above.value), found, first.number, second.number)
