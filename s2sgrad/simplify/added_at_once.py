"""What is only added to a derivative is added at once, without a name or a shape of its own.

    d_h = d_item                            d_h = d_item + d_c
    d_h = d_h + d_c

    d_item = d_hs.pop()                     d_h += d_hs.pop()
    d_h += d_item

    d_X += np.broadcast_to(d_mu, X.shape)   d_X += d_mu

Receives a block in which it is settled what is added in place.
"""

from __future__ import annotations

from dataclasses import replace

import gast

from s2sgrad.program import Accumulate, Assign, Block, Statement, Update, walk
from s2sgrad.rewrite import as_block, rewritten, with_blocks
from s2sgrad.simplify.expressions import binary, subscript, substitute
from s2sgrad.simplify.knowledge import Knowledge
from s2sgrad.simplify.spreads import unspread
from s2sgrad.trees import loaded, name, times_loaded

__all__ = ["added_at_once"]

_SUMS = (gast.Add, gast.Sub)


def added_at_once(block: Block, known: Knowledge) -> Block:
    """The block with what stands between a derivative and what is added to it left out."""
    return _joined(rewritten(block, lambda statement: _unspread(statement, known)), known)


# ---- spreading -------------------------------------------------------------------------------------


def _unspread(statement: Statement, known: Knowledge) -> Statement:
    """A contribution that isn't spread over what it is added to, which does that anyway."""
    match statement:
        case Update(target=target, operator=gast.Add() | gast.Sub(), value=value):
            plain = _plain(value, name(target), known)
            return statement if plain is value else replace(statement, value=plain)
        case Accumulate(target=target, index=index, value=value):
            whole = name(target) if index is None else subscript(name(target), index)
            plain = _plain(value, whole, known)
            return statement if plain is value else replace(statement, value=plain)
        case Assign(
            targets=(target,),
            value=gast.BinOp(left=gast.Name(id=first), op=gast.Add() | gast.Sub() as op) as total,
        ) if first == target and not known.written_by_user(total):
            plain = _plain(total.right, total.left, known)
            if plain is not total.right:
                return replace(statement, value=binary(total.left, op, plain))
    return statement


def _plain(value: gast.AST, whole: gast.AST, known: Knowledge) -> gast.AST:
    if known.written_by_user(value):
        return value
    shapes = known.shapes()
    plain = unspread(value, shapes, [whole])
    if plain is value or not shapes.fills(value, shapes.number(whole).shape):
        return value
    return plain


# ---- names that stand in between -------------------------------------------------------------------


def _joined(block: Block, known: Knowledge) -> Block:
    """The block with sums assigned where a derivative is bound only to be added to at once."""
    reads: dict[str, int] = {}
    for statement in walk(block):
        for value in vars(statement).values():
            for part in value if isinstance(value, tuple) else (value,):
                if isinstance(part, gast.AST):
                    for n in loaded(part):
                        reads[n] = reads.get(n, 0) + times_loaded(part, n)

    def one(inner: Block) -> Block:
        out: list[Statement] = []
        for statement in inner:
            new = with_blocks(statement, one)
            while out:
                joined = _sum(out[-1], new, known) or _taken(out[-1], new, known, reads)
                if joined is None:
                    break
                out.pop()
                new = joined
            out.append(new)
        return as_block(out, inner)

    return one(block)


def _sum(first: Statement, second: Statement, known: Knowledge) -> Statement | None:
    """`d_h = d_item + d_c` for `d_h = d_item` and `d_h = d_h + d_c`."""
    match first, second:
        case (
            Assign(targets=(target,), value=gast.Name() as source),
            Assign(targets=(again,), value=gast.BinOp() as total),
        ) if (
            again == target
            and known.derivative(target)
            and _first_term(total) == target
            and times_loaded(total, target) == 1
        ):
            return replace(second, value=substitute(total, {target: source}))
    return None


def _first_term(total: gast.AST) -> str | None:
    """The name that a sum begins with."""
    while isinstance(total, gast.BinOp) and isinstance(total.op, _SUMS):
        total = total.left
    return total.id if isinstance(total, gast.Name) else None


def _taken(
    first: Statement, second: Statement, known: Knowledge, reads: dict[str, int]
) -> Statement | None:
    """`d_h += d_hs.pop()` for what is popped under a name of its own, which nobody else reads."""
    match first:
        case Assign(
            targets=(target,),
            value=gast.Call(func=gast.Attribute(value=gast.Name(), attr="pop"), args=[]) as popped,
        ) if known.derivative(target) and known.temporary(target) and reads.get(target) == 1:
            pass
        case _:
            return None
    match second:
        case Update(operator=gast.Add() | gast.Sub(), value=gast.Name(id=read)) if read == target:
            return replace(second, value=popped)
        case Assign(targets=(_,), value=gast.BinOp() as total) if _first_term(total) == target:
            return replace(second, value=substitute(total, {target: popped}))
    return None
