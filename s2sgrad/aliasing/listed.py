"""Lists of arrays whose derivatives are lists of memory: which are changed only in ways that can be mirrored."""

from __future__ import annotations

from collections.abc import Iterable

import gast

from s2sgrad.flow import bound
from s2sgrad.infer.facts import Facts
from s2sgrad.infer.resolution import Container, Copy, Inert, Primitive, reads
from s2sgrad.kinds import Kind, Number, Sequence
from s2sgrad.program import Block, For, If, Return, Statement, Store, While, walk

__all__ = ["can_be_mirrored"]

_MIRRORED = frozenset(
    [
        "display",
        "element",
        "slice",
        "convert",
        "concatenate",
        "repeat",
        "append",
        "insert",
        "reverse",
        "extend",
        "pop",
        "store",
        "unpack",
        "length",
    ]
)


def can_be_mirrored(
    names: frozenset[str], body: Block, facts: Facts, parameters: Iterable[str]
) -> bool:
    """Whether names hold arrays, and lists of arrays that are changed in known ways; no tuples of the caller's."""
    lists = {name for name in names if isinstance(facts.kinds.get(name), Sequence)}
    if not all(_of_arrays(facts.kinds.get(name)) for name in names):
        return False
    if any(_is_tuple(facts.kinds[name]) for name in lists.intersection(parameters)):
        return False
    return all(
        _mirrors(statement, facts)
        for statement in (walk(body) if lists else ())
        if not lists.isdisjoint((*bound(statement), *reads(statement, facts.calls.get(statement))))
    )


def _mirrors(statement: Statement, facts: Facts) -> bool:
    """Whether what a statement does with a list can be done with that of its shadows."""
    if isinstance(statement, For):
        return isinstance(statement.iterable, gast.Call)
    if isinstance(statement, If | While | Return):
        return True
    match facts.calls.get(statement):
        case Container(operation=operation):
            plain = not isinstance(statement, Store) or statement.operator is None
            return operation in _MIRRORED and plain
        case Copy() | Primitive() | Inert():
            return True
    return False


def _is_tuple(kind: Kind) -> bool:
    return isinstance(kind, Sequence) and kind.type != "list"


def _of_arrays(kind: Kind | None) -> bool:
    """Whether something is an array, or a list or a tuple of arrays."""
    if isinstance(kind, Sequence):
        return all(map(_is_array, kind.items or (kind.item,)))
    return _is_array(kind)


def _is_array(kind: Kind | None) -> bool:
    return isinstance(kind, Number) and kind.array is True
