"""Results that are containers or objects: inside they are tuples of their parts, and are put together at the end."""

from __future__ import annotations

from dataclasses import replace

import gast

from s2sgrad.kinds import Kind, Sequence, carries
from s2sgrad.pairs import Unit
from s2sgrad.program import Assign, Function, Return, Statement
from s2sgrad.rewrite import rewritten
from s2sgrad.structure import Structure
from s2sgrad.trees import name

__all__ = ["returning"]


def returning(structure: Structure, unit: Unit, form: str) -> Function:
    """A function whose value, and the derivative that belongs to it, have the structure of the result."""
    function, kind = unit.function, unit.analysis.facts.result
    kinds = kind.items or () if isinstance(kind, Sequence) else ()
    body = function.body
    if form == "tangent":

        def both(statement: Statement) -> Statement:
            if not isinstance(statement, Return):
                return statement
            first, second = _items(statement.value, 2)
            pair = [_together(structure, first, kinds), _together(structure, second, kinds)]
            return replace(statement, value=gast.Tuple(elts=pair, ctx=gast.Load()))

        return replace(function, body=rewritten(body, both))
    if form == "value_and_gradient":

        def value(statement: Statement) -> Statement:
            if not isinstance(statement, Return):
                return statement
            first, second = _items(statement.value, 2)
            pair = [_together(structure, first, kinds), second]
            return replace(statement, value=gast.Tuple(elts=pair, ctx=gast.Load()))

        body = rewritten(body, value)
    incoming = function.parameters[-1]
    reads = dict(structure.reads(name(incoming.name)))
    none = gast.Constant(value=0.0, kind=None)
    taken = [reads[str(k)] if carries(kind) else none for k, kind in enumerate(kinds)]
    split = Assign((incoming.name,), gast.Tuple(elts=taken, ctx=gast.Load()))
    plain = structure.kind in {dict, list, tuple}
    annotation = name(structure.kind.__name__) if plain else None
    parameters = (*function.parameters[:-1], replace(incoming, annotation=annotation))
    return replace(function, parameters=parameters, body=(split, *body))


def _items(value: gast.AST | None, count: int) -> list[gast.AST]:
    """The items of a tuple that is returned."""
    if isinstance(value, gast.Tuple) and len(value.elts) == count:
        return list(value.elts)
    assert value is not None  # noqa: S101
    return [
        gast.Subscript(value=value, slice=gast.Constant(value=k, kind=None), ctx=gast.Load())
        for k in range(count)
    ]


def _together(structure: Structure, value: gast.AST, kinds: tuple[Kind, ...]) -> gast.AST:
    items = _items(value, len(kinds))
    return structure.put_together({str(k): item for k, item in enumerate(items)})
