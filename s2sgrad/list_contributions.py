"""Contributions to derivatives that are lists: `+=` would make them longer, so they are added item by item."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import gast

from s2sgrad.context import Analysis
from s2sgrad.flow import read
from s2sgrad.infer.resolution import Primitive
from s2sgrad.kinds import BOTTOM, Kind, Number, Sequence, Unknown
from s2sgrad.program import Accumulate, Assign, Block, Statement, Store, walk
from s2sgrad.rewrite import rewritten
from s2sgrad.simplify.expressions import add, call, number_of, subscript
from s2sgrad.trees import name

__all__ = ["lists_added"]


def lists_added(block: Block, analysis: Analysis, primal: Mapping[str, str]) -> Block:
    """The backward half of an analysed function with contributions to lists added item by item.

    primal: name of a derivative → the name whose derivative it is.
    """

    def kind(derivative: str) -> Kind:
        return analysis.facts.known(primal.get(derivative, "")) or BOTTOM

    def one(statement: Statement) -> Statement:
        if not isinstance(statement, Accumulate):
            return statement
        of = kind(statement.target)
        if isinstance(of, Sequence):
            return _to_a_list(statement, of)
        value = statement.value
        if (
            statement.index is None
            or not isinstance(of, Unknown)
            or not isinstance(value, gast.Name)
        ):
            return statement
        item = kind(value.id)
        listed = of.mixed and isinstance(item, Number) and item.ndim is None and item.array is None
        if (isinstance(item, Number) and not listed) or _only_computed_with(
            primal.get(value.id, ""), analysis
        ):
            return statement
        # an item of what may be a list of lists
        part = subscript(name(statement.target), statement.index)
        return _stored(statement, call("$added", part, value))

    return rewritten(block, one)


def _to_a_list(statement: Accumulate, of: Sequence) -> Statement:
    target, value, index = statement.target, statement.value, statement.index
    if index is None:
        return Assign((target,), call("$added", name(target), value), origin=statement.origin)
    part, item = subscript(name(target), index), _item(of, index)
    if isinstance(index, gast.Slice) or not isinstance(item, Number):
        return _stored(statement, call("$added", part, value))
    if item.scalar and item.array is False:
        return replace(statement, repeated=False)
    # `+=` would change the array in the list, which may be seen elsewhere
    return _stored(statement, add(part, value))


def _stored(statement: Accumulate, total: gast.AST) -> Store:
    return Store(name(statement.target), statement.index, total, origin=statement.origin)


def _item(kind: Sequence, index: gast.AST) -> Kind:
    position = number_of(index)
    if (
        kind.items is not None
        and isinstance(position, int)
        and -len(kind.items) <= position < len(kind.items)
    ):
        return kind.items[position]
    return kind.item


def _only_computed_with(value: str, analysis: Analysis) -> bool:
    """Whether a name is only read where numbers and arrays are: in arithmetic, and where they are compared."""
    calls = analysis.facts.calls
    reading = [s for s in walk(analysis.function.body) if value in read(s)]
    return bool(reading) and all(
        isinstance(s, Assign)
        and (
            isinstance(s.value, gast.Compare)
            or (isinstance(found := calls.get(s), Primitive) and found.rule.kind == "elementwise")
        )
        for s in reading
    )
