"""What leaves a block: jumps, returns and exceptions."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

import gast

from s2sgrad.normalize.nodes import at, load, own_scope, store
from s2sgrad.trees import names_bound_in, of_kind, with_fields

__all__ = ["before_jumps", "jumps", "only_raises"]

_BLOCKS = ("body", "orelse", "finalbody")


def _is_same_after(value: gast.AST, final: list[gast.AST], rebound: Collection[str]) -> bool:
    """Whether an expression is a constant, or a name that some statements don't bind; rebound: what calls may bind."""
    bound = {n for s in final for n in names_bound_in(s)}
    if any(of_kind(s, gast.Call) for s in final):
        bound |= {*rebound}
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


def before_jumps(
    body: list[gast.AST],
    final: list[gast.AST],
    fresh: Callable[[str], str],
    rebound: Collection[str],
    loops: int = 0,
) -> list[gast.AST]:
    """A block with what `finally` does before each statement that leaves it; rebound: names that calls may bind."""
    out: list[gast.AST] = []
    for statement in body:
        match statement:
            case gast.Return(value=value):
                if value is None or _is_same_after(value, final, rebound):
                    out += [*final, statement]
                else:
                    name = fresh("result")
                    kept = gast.Assign(targets=[store(name)], value=value, type_comment=None)
                    out += [at(kept, statement), *final]
                    out.append(at(gast.Return(value=load(name)), statement))
            case gast.Break() | gast.Continue() if not loops:
                out += [*final, statement]
            case gast.FunctionDef():
                out.append(statement)
            case _:
                inner = loops + isinstance(statement, gast.For | gast.While)
                changed = {
                    name: before_jumps(block, final, fresh, rebound, inner)
                    for name in _BLOCKS
                    if isinstance(block := getattr(statement, name, None), list)
                }
                out.append(with_fields(statement, changed) if changed else statement)
    return out
