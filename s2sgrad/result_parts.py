"""Results that are containers or objects: inside they are tuples of their parts, and are put together at the end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import gast

from s2sgrad.flow import bound
from s2sgrad.kinds import Kind, Sequence, carries
from s2sgrad.pairs import Unit
from s2sgrad.program import Assign, Block, Function, Return, Statement, walk
from s2sgrad.rewrite import rewritten
from s2sgrad.simplify.statements import with_expressions
from s2sgrad.structure import Structure
from s2sgrad.trees import fields_changed, name, nodes, times_loaded, with_fields

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
    plain = structure.kind in {dict, list, tuple}
    annotation = name(structure.kind.__name__) if plain else None
    parameters = (*function.parameters[:-1], replace(incoming, annotation=annotation))
    return replace(function, parameters=parameters, body=_split(body, incoming.name, taken))


def _split(body: Block, incoming: str, taken: list[gast.AST]) -> Block:
    """What reads parts of the incoming derivative reads its structure; they are taken out first where it is kept."""

    def part(tree: gast.AST) -> gast.AST | None:
        match tree:
            case gast.Subscript(value=gast.Name(id=base), slice=gast.Constant(value=int(at))) if (
                base == incoming
            ):
                return taken[at]
        return None

    def direct(tree: gast.AST) -> gast.AST:
        found = part(tree)
        if found is not None:
            return found
        changed = fields_changed(tree, direct)
        return with_fields(tree, changed) if changed else tree

    statements = list(walk(body))
    read_in_parts = sum(
        part(node) is not None for s in statements for tree in _trees(s) for node in nodes(tree)
    )
    all_reads = sum(times_loaded(tree, incoming) for s in statements for tree in _trees(s))
    if read_in_parts == all_reads and not any(incoming in bound(s) for s in statements):
        return rewritten(body, lambda statement: with_expressions(statement, direct))
    return (Assign((incoming,), gast.Tuple(elts=taken, ctx=gast.Load())), *body)


def _trees(statement: Statement) -> Iterator[gast.AST]:
    """The expressions of a statement, without those in its blocks."""
    for value in vars(statement).values():
        parts = value if isinstance(value, tuple) else (value,)
        yield from (v for v in parts if isinstance(v, gast.AST))


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
