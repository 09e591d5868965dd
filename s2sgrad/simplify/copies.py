"""Copies of derivatives that nobody needs: what is added to one at once, and what is only looked at.

    d_h = d_hs[t].copy()                    d_h = d_hs[t] + d_c
    d_h += d_c

    d_product = d_u.copy()                  d_v += dt * d_u
    d_v += dt * d_product

Receives a block in which it is settled what is added in place.
"""

from __future__ import annotations

from dataclasses import replace

import gast

from s2sgrad.program import Assign, Block, Statement, Update, walk
from s2sgrad.rewrite import as_block, with_blocks
from s2sgrad.simplify.expressions import binary
from s2sgrad.simplify.knowledge import Knowledge
from s2sgrad.simplify.spellings import sharing
from s2sgrad.simplify.statements import with_reads
from s2sgrad.simplify.taken import computes, part_of
from s2sgrad.trees import loaded, name

__all__ = ["without_needless_copies"]

_SUMS = (gast.Add, gast.Sub)


def without_needless_copies(block: Block, known: Knowledge) -> Block:
    """The block without copies of derivatives that are read, or added to, and no more."""

    def one(inner: Block) -> Block:
        out: list[Statement] = []
        instead: dict[Statement, Statement] = {}
        for statement in inner:
            new = instead.get(statement, statement)
            last = out[-1] if out else None
            summed = None if last is None else _summed(last, new, known)
            if summed is not None:
                out[-1] = summed
            elif not _looked_at(statement, instead, inner, known, block):
                out.append(with_blocks(new, one))
        return as_block(out, inner)

    return one(block)


def _copied(statement: Statement, known: Knowledge) -> tuple[str, gast.AST] | None:
    """The derivative that a statement makes a copy for, and what that is of."""
    match statement:
        case Assign(targets=(target,), value=value) if known.derivative(target):
            inner = part_of(value)
            return None if inner is value else (target, inner)
    return None


def _summed(first: Statement, second: Statement, known: Knowledge) -> Statement | None:
    """The sum that is assigned where something is added to a copy at once."""
    match _copied(first, known), second:
        case (target, inner), Update(operator=op, value=value) if (
            second.target == target and isinstance(op, _SUMS) and target not in loaded(value)
        ):
            assert isinstance(first, Assign)  # noqa: S101
            return replace(first, value=binary(inner, op, value))
    return None


def _sharing(source: str, target: str, whole: Block, known: Knowledge) -> list[str]:
    """The names through which the memory of a derivative may be written: views of it, and what it is a view of."""
    shapes = known.shapes()
    pairs = [
        (made, of)
        for s in walk(whole)
        if isinstance(s, Assign) and target not in s.targets
        for of in sharing(s.value, shapes)
        for made in s.targets
    ]
    found = [source]
    for each in found:  # which grows
        for pair in pairs:
            found += [other for other in pair if each in pair and other not in found]
    return found


def _looked_at(
    statement: Statement,
    instead: dict[Statement, Statement],
    inner: Block,
    known: Knowledge,
    whole: Block,
) -> bool:
    """Whether a copy is only looked at; then what looks at it looks at what it is of, instead."""
    match _copied(statement, known):
        case (target, gast.Name(id=source)) if statement not in instead:
            pass
        case _:
            return False
    found = known.order(whole)
    spot = found.spots[statement]
    uses = found.owned_reads(target, spot)
    if not uses or any(use.statement not in inner or use.blocks != spot.blocks for use in uses):
        return False
    if found.touched_between(target, spot.number, found.last + 1):
        return False
    last = uses[-1].number
    if found.bound_between(source, spot.number, last + 1):
        return False
    if not known.shapes().array(name(source)) or not all(
        computes(use.statement, known) for use in uses
    ):
        return False
    seen = _sharing(source, target, whole, known)
    if any(found.touched_between(n, spot.number, last) for n in seen):
        return False
    for use in uses:
        now = instead.get(use.statement, use.statement)
        instead[use.statement] = with_reads(now, {target: name(source)})
    return True
