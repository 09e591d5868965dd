"""A derivative that is one number for all elements stays a number: `d_t = d_out / n`, not an array of its shape.

The adjoint of a sum spreads what comes in over the elements. Where every use multiplies or divides something that
has the full shape anyway, nothing has to be spread.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import gast

from s2sgrad.program import Accumulate, Assign, Block, Statement, Store, walk
from s2sgrad.rewrite import rewritten
from s2sgrad.simplify.expressions import postorder, substitute
from s2sgrad.simplify.knowledge import Knowledge
from s2sgrad.simplify.order import Order
from s2sgrad.simplify.spreads import spread
from s2sgrad.trees import loaded, name

__all__ = ["kept_as_numbers"]

Arrange = Callable[[Statement, gast.AST], gast.AST]
"""Arranges the value of a statement."""


def kept_as_numbers(block: Block, known: Knowledge, arrange: Arrange) -> Block:
    """The block with numbers spread where they are used, if that means not at all."""
    spreads: list[Assign] = []
    for statement in walk(block):
        match statement:
            case Assign(targets=(target,), value=gast.Call() as value) if known.derivative(target):
                shapes = known.shapes()
                wide = spread(value, shapes)
                if wide is not None and shapes.scalar(wide.value):
                    spreads.append(statement)
    if not spreads:
        return block
    found = known.order(block)
    new: dict[Statement, Statement] = {}
    for statement in spreads:
        if not any(use in new for use in (statement, *_reading(found, statement))):
            new |= _kept(statement, known, arrange, found)
    return rewritten(block, lambda statement: new.get(statement, statement))


def _reading(found: Order, statement: Assign) -> list[Statement]:
    uses = found.owned_reads(statement.targets[0], found.spots[statement])
    return [use.statement for use in uses or ()]


def _kept(
    statement: Assign, known: Knowledge, arrange: Arrange, found: Order
) -> dict[Statement, Statement]:
    """The assignment of a number, and its uses with that, by what they replace; nothing if one needs an array."""
    (target,) = statement.targets
    shapes = known.shapes()
    value = spread(statement.value, shapes)
    assert value is not None  # noqa: S101
    start = found.spots[statement].number
    number = value.value if isinstance(value.value, gast.Name) else None
    if number is None:
        fresh = known.fresh("d_", known.primal.get(target, target))
        known.kinds[fresh] = shapes.kind(value.value)
        number = name(fresh)
    call = statement.value
    array = gast.Call(func=call.func, args=[number, *call.args[1:]], keywords=[])
    new: dict[Statement, Statement] = {}
    uses = _reading(found, statement)
    for use in uses:
        if not isinstance(use, Assign | Accumulate | Store) or target in _elsewhere(use):
            return {}
        if any(found.bound_between(n, start, found.spots[use].number) for n in loaded(array)):
            return {}
        trial = arrange(use, substitute(use.value, {target: array}))
        if _spreads(trial, known) > _spreads(use.value, known):
            return {}
        new[use] = replace(use, value=trial)
    if not uses:
        return {}
    if isinstance(value.value, gast.Name):
        return new
    return {statement: Assign((number.id,), value.value, origin=statement.origin), **new}


def _elsewhere(use: Assign | Accumulate | Store) -> set[str]:
    """The names that a statement reads outside its value: what it adds to, too."""
    trees = [tree for key, tree in vars(use).items() if key != "value"]
    found = {n for tree in trees if isinstance(tree, gast.AST) for n in loaded(tree)}
    return found | ({use.target} if isinstance(use, Accumulate) else set())


def _spreads(expr: gast.AST, known: Knowledge) -> int:
    """How often something is spread in an expression, or may be."""
    shapes = known.shapes()
    return sum(
        isinstance(node, gast.Call) and spread(node, shapes) is not None for node in postorder(expr)
    )
