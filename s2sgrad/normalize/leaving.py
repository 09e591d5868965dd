"""What leaves a block: jumps, returns and exceptions."""

from __future__ import annotations

from collections.abc import Iterator

import gast

from s2sgrad.normalize.nodes import own_scope
from s2sgrad.trees import names_bound_in

__all__ = ["is_same_after", "jumps", "only_raises"]


def is_same_after(value: gast.AST, final: list[gast.AST]) -> bool:
    """Whether an expression is a constant, or a name that some statements don't bind."""
    bound = {n for s in final for n in names_bound_in(s)}
    return isinstance(value, gast.Constant) or (
        isinstance(value, gast.Name) and value.id not in bound
    )


def jumps(statements: list[gast.AST]) -> Iterator[gast.AST]:
    for node in own_scope(statements):
        if isinstance(node, gast.Return | gast.Break | gast.Continue):
            yield node


def only_raises(handler: gast.AST) -> bool:
    """Whether a handler does nothing but raise an exception of its own, so that the function raises either way."""
    *before, last = handler.body
    plain = all(isinstance(s, gast.Assign | gast.Expr) for s in before)
    return plain and isinstance(last, gast.Raise)
