"""What a function writes into that isn't its own: global lists, dicts and objects.

What is kept there in one function may be read in another. An object is known by its identity, whatever it is called
in the modules that see it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import gast
import numpy as np

from s2sgrad.flow import read
from s2sgrad.infer.resolution import RESIZING, Container, Primitive, Unresolved, UserCall
from s2sgrad.kinds import foreign_object
from s2sgrad.program import Assign, Statement, Store, walk
from s2sgrad.source import MISSING
from s2sgrad.trees import loaded

if TYPE_CHECKING:
    from s2sgrad.context import Analysis

__all__ = ["names_of", "read_outside", "roots_outside", "written_outside"]

_CHANGING = RESIZING | {"store"}


def roots_outside(statement: Statement, analysis: Analysis) -> tuple[str, ...]:
    """The names that aren't the function's own and whose objects a statement writes into."""
    changed: tuple[str, ...] = ()
    match analysis.facts.calls.get(statement):
        case Container(operation=operation, atoms=(base, *_)) if operation in _CHANGING:
            changed = loaded(base)
        case Unresolved(changes=changes):
            changed = changes
        case Primitive(rule=rule, arguments=arguments) if rule.mutates:
            given = (arguments[p] for p in rule.mutates if p in arguments)
            changed = tuple(n for a in given if isinstance(a, gast.AST) for n in loaded(a))
        case Primitive(in_place=True) if isinstance(statement, Assign):
            changed = loaded(statement.value.args[0])
    if isinstance(statement, Store):
        changed = (*changed, *loaded(statement.base))
    return tuple(name for name in changed if name not in analysis.facts.kinds)


def written_outside(
    analysis: Analysis, called: Callable[[UserCall], frozenset[int]]
) -> frozenset[int]:
    """The identities of the objects that a function writes into, and the functions that it calls."""
    found: set[int] = set()
    for statement in walk(analysis.function.body):
        for name in roots_outside(statement, analysis):
            value = analysis.source.namespace.get(name, MISSING)
            if value is not MISSING:
                found.add(id(value))
        call = analysis.facts.calls.get(statement)
        if isinstance(call, UserCall):
            found |= called(call)
    return frozenset(found)


def read_outside(
    analysis: Analysis, called: Callable[[UserCall], frozenset[int]]
) -> frozenset[int]:
    """The identities of the containers and objects that a function, or one that it calls, reads and isn't given."""
    found: set[int] = set()
    for statement in walk(analysis.function.body):
        for name in read(statement):
            value = analysis.source.namespace.get(name, MISSING)
            if name not in analysis.facts.kinds and _keeps(value):
                found.add(id(value))
        call = analysis.facts.calls.get(statement)
        if isinstance(call, UserCall):
            found |= called(call)
    return frozenset(found)


def _keeps(value: object) -> bool:
    """Whether something may be written into and keep a derivative."""
    return isinstance(value, list | dict | np.ndarray) or foreign_object(value)


def names_of(objects: frozenset[int], analysis: Analysis) -> frozenset[str]:
    """The names by which a function reads some objects that aren't its own."""
    if not objects:
        return frozenset()
    names = {name for s in walk(analysis.function.body) for name in read(s)}
    outer = analysis.source.namespace
    return frozenset(
        n for n in names - analysis.facts.kinds.keys() if id(outer.get(n, MISSING)) in objects
    )
