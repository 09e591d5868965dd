"""Displays with stars, as sums of lists: `list(x) + [v]` for `[*x, v]`.

Receives a function in normal form whose objects are names for their parts: a star whose items are known has been
written out before.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import gast

from s2sgrad.names import claimed
from s2sgrad.normalize import Normalized
from s2sgrad.normalize.nodes import binary, call, load
from s2sgrad.program import Assign, Block, Statement, walk
from s2sgrad.rewrite import as_block, with_blocks
from s2sgrad.trees import identifiers

__all__ = ["without_stars"]


def without_stars(normalized: Normalized) -> Normalized:
    """The function without stars in displays; the same one where it has none."""
    if not any(_has_star(statement) for statement in walk(normalized.function.body)):
        return normalized
    taken = set(identifiers(normalized.function))
    made: set[str] = set()

    def fresh() -> str:
        new = claimed("_items", taken)
        made.add(new)
        return new

    def one(block: Block) -> Block:
        out: list[Statement] = []
        for statement in block:
            if isinstance(statement, Assign) and _has_star(statement):
                out += _added(statement, fresh)
            else:
                out.append(with_blocks(statement, one))
        return as_block(out, block)

    function = replace(normalized.function, body=one(normalized.function.body))
    return replace(normalized, function=function, temporaries=normalized.temporaries | made)


def _has_star(statement: Statement) -> bool:
    return (
        isinstance(statement, Assign)
        and isinstance(statement.value, gast.List | gast.Tuple)
        and any(isinstance(item, gast.Starred) for item in statement.value.elts)
    )


def _added(statement: Assign, fresh: Callable[[], str]) -> list[Assign]:
    """A list for each star and for what stands between, and their sum."""
    parts: list[gast.AST] = []
    for item in statement.value.elts:
        if isinstance(item, gast.Starred):
            parts.append(call("$list", item.value))
        elif parts and isinstance(parts[-1], gast.List):
            parts[-1].elts.append(item)
        else:
            parts.append(gast.List(elts=[item], ctx=gast.Load()))
    out: list[Assign] = []
    total: gast.AST | None = None
    for part in parts:
        out.append(replace(statement, targets=(fresh(),), value=part))
        own = load(out[-1].targets[0])
        if total is not None:
            out.append(replace(statement, targets=(fresh(),), value=binary(total, gast.Add(), own)))
            own = load(out[-1].targets[0])
        total = own
    *before, last = out
    if isinstance(statement.value, gast.Tuple):
        assert total is not None  # noqa: S101
        return [*out, replace(statement, value=call("$tuple", total))]
    return [*before, replace(last, targets=statement.targets)]
