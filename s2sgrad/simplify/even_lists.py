"""A list of derivatives that are all the same is that one derivative.

What is summed gets one derivative for all items: `d_items = [d_out] * len(items)`, of which each trip takes one by
`d_item = d_items.pop()`, is `d_item = d_out` in each trip.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import gast

from s2sgrad.flow import bound, read
from s2sgrad.program import Accumulate, Assign, Block, Statement, walk
from s2sgrad.rewrite import as_block, with_blocks
from s2sgrad.simplify.knowledge import Knowledge
from s2sgrad.trees import name

__all__ = ["without_even_lists"]


def without_even_lists(block: Block, known: Knowledge) -> Block:
    """The block with one derivative for lists of which all items are that one, where they are only popped."""
    made: dict[str, list[Statement]] = {}
    for statement in walk(block):
        changed = [statement.target] if isinstance(statement, Accumulate) else bound(statement)
        for target in changed:
            made.setdefault(target, []).append(statement)
    each = {
        target: value
        for target, statements in made.items()
        if len(statements) == 1 and (value := _each(statements[0], known)) is not None
    }
    for statement in walk(block) if each else ():
        popped = _popped(statement)
        for other in read(statement):
            if other != popped:
                each.pop(other, None)
    if not each:
        return block
    names: dict[str, gast.Name] = {}
    for target, value in each.items():
        of = _original(value, made)
        if isinstance(of, gast.Name) and of.id in known.incoming and of.id not in made:
            names[target] = of
        else:
            new = known.fresh("", "d_item")
            known.kinds[new] = known.shapes().kind(value)
            names[target] = name(new)

    def one(statement: Statement) -> list[Statement]:
        match statement:
            case Assign(targets=(target,)) if target in each:
                new = names[target].id
                fresh = new not in known.incoming
                return [replace(statement, targets=(new,), value=each[target])] if fresh else []
            case Assign() if _popped(statement) in each:
                return [replace(statement, value=names[_popped(statement)])]
        return [with_blocks(statement, inside)]

    def inside(inner: Block) -> Block:
        return as_block((new for statement in inner for new in one(statement)), inner)

    return inside(block)


def _original(value: gast.AST, made: Mapping[str, list[Statement]]) -> gast.AST:
    """What a value is a copy of, by names that are bound once."""
    match made.get(value.id, []) if isinstance(value, gast.Name) else []:
        case [Assign(targets=(_,), value=gast.Name() as source)]:
            return _original(source, made)
    return value


def _each(statement: Statement, known: Knowledge) -> gast.AST | None:
    """The number that each item of a list of derivatives is, where a statement makes such a list."""
    match statement:
        case Assign(
            targets=(target,), value=gast.BinOp(left=gast.List(elts=[d]), op=gast.Mult())
        ) if known.derivative(target):
            return d
    return None


def _popped(statement: Statement) -> str:
    """The list of which a statement takes the last item."""
    match statement:
        case Assign(
            targets=(_,),
            value=gast.Call(
                func=gast.Attribute(value=gast.Name(id=values), attr="pop"), args=[], keywords=[]
            ),
        ):
            return str(values)
    return ""
