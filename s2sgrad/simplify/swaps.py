"""Names that exchange what they hold, written as one assignment: `a, b = b, a`."""

from __future__ import annotations

from collections import Counter
from itertools import islice

import gast

from s2sgrad.flow import read
from s2sgrad.program import Assign, Block, Statement, walk
from s2sgrad.rewrite import with_blocks
from s2sgrad.simplify.expressions import tuple_of
from s2sgrad.simplify.knowledge import Knowledge
from s2sgrad.trees import name

__all__ = ["exchanged"]


def exchanged(block: Block, known: Knowledge) -> Block:
    """The block with `d_a, d_b = d_b, d_a` for `d_t = d_a; d_a = d_b; d_b = d_t`."""
    counts = Counter(n for statement in walk(block) for n in read(statement))

    def one(inner: Block) -> Block:
        out: list[Statement] = []
        place = 0
        while place < len(inner):
            run = _run(inner, place, known, counts)
            place += max(len(run), 1)
            last = inner[place - 1]
            out.append(_together(run, last) if run else with_blocks(last, one))
        new = tuple(out)
        return inner if new == inner else new

    return one(block)


def _copy(statement: Statement) -> tuple[str, str] | None:
    match statement:
        case Assign(targets=(target,), value=gast.Name(id=source)):
            return target, source
    return None


def _run(block: Block, place: int, known: Knowledge, counts: Counter[str]) -> list[tuple[str, str]]:
    """The copies at a place of a block, if the first one keeps for the last what the second overwrites."""
    first = _copy(block[place])
    if first is None or counts[first[0]] != 1 or not known.derivative(first[0]):
        return []
    kept, begin = first
    found = [first]
    for statement in islice(block, place + 1, None):
        copy = _copy(statement)
        if copy is None or copy[0] == kept or copy[1] in {target for target, _ in found[1:]}:
            return []
        found.append(copy)
        if copy[1] == kept:
            # of two copies, the second only gives back what the first has taken
            return found if found[2:] and begin in {target for target, _ in found[1:]} else []
    return []


def _together(run: list[tuple[str, str]], last: Statement) -> Statement:
    (kept, begin), *rest = run
    sources = [name(begin if source == kept else source) for _, source in rest]
    return Assign(tuple(target for target, _ in rest), tuple_of(sources), origin=last.origin)
