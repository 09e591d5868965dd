"""Parts that are changed by an operator: `o_x += v` for `t = o_x; t += v; o_x = t`.

Receives the statements of a function whose objects are names for each part. A name that is read only there is left out.
"""

from __future__ import annotations

from collections import Counter

import gast

from s2sgrad.flow import bound, read
from s2sgrad.program import Assign, Block, Statement, Update, walk
from s2sgrad.rewrite import altered, as_block, with_blocks

__all__ = ["updated"]

_TRIPLE = 3


def updated(block: Block) -> Block:
    """The block with parts that are changed under their own names."""
    times = Counter(n for s in walk(block) for n in (*bound(s), *read(s)))

    def one(inner: Block) -> Block:
        out: list[Statement] = []
        for statement in inner:
            out.append(with_blocks(statement, one))
            direct = _direct(out[-_TRIPLE:], times)
            if direct is not None:
                out[-_TRIPLE:] = [direct]
        return as_block(out, inner)

    return one(block)


def _direct(statements: list[Statement], times: Counter[str]) -> Statement | None:
    """One statement for three, where nothing else knows the name between."""
    match statements:
        case [
            Assign(targets=(first,), value=gast.Name(id=part)),
            Update(target=middle) as update,
            Assign(targets=(again,), value=gast.Name(id=last)),
        ] if first == middle == last and part == again and part != first:
            known = sum(n == first for s in statements for n in (*bound(s), *read(s)))
            return altered(update, target=part) if times[first] == known else None
    return None
