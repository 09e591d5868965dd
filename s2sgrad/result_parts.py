"""Results that are containers or objects: inside they are tuples of their parts, and are put together at the end."""

from __future__ import annotations

from dataclasses import replace

import gast

from s2sgrad.flow import bound
from s2sgrad.kinds import Kind, Sequence, carries
from s2sgrad.pairs import Unit
from s2sgrad.program import Assign, Block, Function, Return, Statement, trees_of, walk
from s2sgrad.rewrite import rewritten
from s2sgrad.simplify.expressions import tuple_of
from s2sgrad.simplify.statements import with_expressions
from s2sgrad.structure import Structure
from s2sgrad.trees import fields_changed, name, nodes, times_loaded, with_fields

__all__ = ["returning"]


def returning(structure: Structure, unit: Unit, form: str, contents: int) -> Function:
    """A function whose value, and the derivative that belongs to it, have the structure of the result.

    contents: how many final contents of arguments stand behind the result in what counts as output.
    """
    function, kind = unit.function, unit.analysis.facts.result
    kinds = kind.items or () if isinstance(kind, Sequence) else ()

    def together(value: gast.AST) -> gast.AST:
        if not contents:
            return _together(structure, value, kinds)
        first, *others = _items(value, 1 + contents)
        return tuple_of([_together(structure, first, kinds), *others])

    def both(statement: Statement) -> Statement:
        if not isinstance(statement, Return):
            return statement
        first, second = _items(statement.value, 2)
        second = together(second) if form == "tangent" else second
        return replace(statement, value=tuple_of([together(first), second]))

    body = function.body if form == "gradient" else rewritten(function.body, both)
    if form == "tangent":
        return replace(function, body=body)
    at = max(k for k, p in enumerate(function.parameters) if p.kind != "variadic_keyword")
    incoming = function.parameters[at]
    reads = dict(structure.reads(name(incoming.name)))
    none = gast.Constant(value=0.0, kind=None)
    taken = [reads[str(k)] if carries(kind) else none for k, kind in enumerate(kinds)]
    plain = structure.kind in {dict, list, tuple}
    annotation = name(structure.kind.__name__) if plain else None
    parameters = list(function.parameters)
    parameters[at] = replace(incoming, annotation=annotation)
    split = _split(body, incoming.name, taken)
    return replace(function, parameters=tuple(parameters), body=split)


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
        part(node) is not None for s in statements for tree in trees_of(s) for node in nodes(tree)
    )
    all_reads = sum(times_loaded(tree, incoming) for s in statements for tree in trees_of(s))
    if read_in_parts == all_reads and not any(incoming in bound(s) for s in statements):
        return rewritten(body, lambda statement: with_expressions(statement, direct))
    return (Assign((incoming,), gast.Tuple(elts=taken, ctx=gast.Load())), *body)


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
