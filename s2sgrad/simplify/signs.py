"""Signs: of what is added, so that it is subtracted, and of differences, which are turned round.

Negatives that are only added are subtracted: `d_x -= y * d_s` for `d_t = -d_s; d_x += y * d_t`.
"""

from __future__ import annotations

import gast

from s2sgrad.program import Accumulate, Assign, Block, Statement, walk
from s2sgrad.rewrite import rewritten
from s2sgrad.simplify.expressions import binary, neg, rebuilt
from s2sgrad.simplify.knowledge import Knowledge
from s2sgrad.simplify.order import Order
from s2sgrad.simplify.statements import with_reads, with_values
from s2sgrad.trees import loaded, name

__all__ = ["subtracted", "turned"]


def turned(block: Block, known: Knowledge) -> Block:
    """The block with `(b - a) * d_u` for `-(a - b) * d_u` of arrays, which are negated in vain."""

    def change(_: Statement, value: gast.AST) -> gast.AST:
        spine = []
        first = value
        while isinstance(first, gast.BinOp) and isinstance(first.op, gast.Mult | gast.Div):
            spine.append(first)
            first = first.left
        match first:
            case gast.UnaryOp(
                op=gast.USub(), operand=gast.BinOp(left=left, op=gast.Sub() as op, right=right)
            ) if spine and known.shapes().array(first) and known.shapes().real(first):
                turned_round: gast.AST = binary(right, op, left)
            case _:
                return value
        for outer in reversed(spine):
            turned_round = rebuilt(outer, left=turned_round)
        return turned_round

    return with_values(block, change)


def subtracted(block: Block, known: Knowledge) -> Block:
    """The block without names for the negatives of derivatives."""
    negatives = [(s, *names) for s in walk(block) if (names := _negative(s, known))]
    if not negatives:
        return block
    found = known.order(block)
    instead: dict[Statement, Statement | None] = {}
    for statement, target, source in negatives:
        uses = _uses(statement, target, source, found, known)
        if uses is None or source in {t for s, t, _ in negatives if s in instead}:
            continue
        instead[statement] = None
        for use in uses:
            now = instead.get(use, use)
            assert now is not None  # noqa: S101
            instead[use] = with_reads(now, {target: neg(name(source))})
    if not instead:
        return block
    return rewritten(block, lambda statement: instead.get(statement, statement))


def _negative(statement: Statement, known: Knowledge) -> tuple[str, str] | None:
    """The names in `d_t = -d_s`."""
    match statement:
        case Assign(
            targets=(target,),
            value=gast.UnaryOp(op=gast.USub(), operand=gast.Name(id=source)),
        ) if known.derivative(target) and known.derivative(source):
            return target, source
    return None


def _uses(
    statement: Statement, target: str, source: str, found: Order, known: Knowledge
) -> list[Statement] | None:
    """What adds products with a negative, if nothing else reads it and the source stays as it is."""
    spot = found.spots[statement]
    reads = found.owned_reads(target, spot)
    if not reads or found.binds[target] != [spot]:
        return None
    last = reads[-1].number
    if found.touched_between(target, spot.number, found.last + 1) or (
        not known.scalar(source) and found.touched_between(source, spot.number, last)
    ):
        return None
    between = (b.statement for b in found.binds.get(source, ()) if spot.number < b.number < last)
    if not all(_of_itself(b) for b in between) or any(u.loops != spot.loops for u in reads):
        return None
    for use in reads:
        match use.statement:
            case Accumulate(target=other, value=value, index=index, repeated=False) if (
                other not in {target, source}
                and _factor(target, value)
                and not (isinstance(index, gast.AST) and target in loaded(index))
            ):
                pass
            case _:
                return None
    return [use.statement for use in reads]


def _of_itself(statement: Statement) -> bool:
    """Whether a statement is `x = x`."""
    match statement:
        case Assign(targets=(target,), value=gast.Name(id=source)):
            return bool(target == source)
    return False


def _factor(target: str, value: gast.AST) -> bool:
    """Whether a value is a product with a name, so that the sign of that is its own."""
    match value:
        case gast.Name(id=only):
            return bool(only == target)
        case gast.BinOp(left=left, op=gast.Mult(), right=right):
            if target in loaded(left):
                return target not in loaded(right) and _factor(target, left)
            return _factor(target, right)
        case gast.BinOp(left=left, op=gast.Div(), right=right):
            return target not in loaded(right) and _factor(target, left)
    return False
