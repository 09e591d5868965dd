"""What a function writes into that isn't its own: global lists, dicts and objects.

What is kept there in one function may be read in another. An object is known by its identity, whatever it is called
in the modules that see it.
"""

from __future__ import annotations

import gc
import numbers
import sys
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property, partial
from types import (
    BuiltinFunctionType,
    CellType,
    FunctionType,
    GetSetDescriptorType,
    MappingProxyType,
    MemberDescriptorType,
    MethodType,
    MethodWrapperType,
    ModuleType,
)
from typing import TYPE_CHECKING
from weakref import ref

import gast
import numpy as np

from s2sgrad.flow import bound, read
from s2sgrad.holding import in_slots, own_attributes
from s2sgrad.infer.resolution import RESIZING, Container, Primitive, Unresolved, UserCall
from s2sgrad.memory_around import identities_of, objects_in
from s2sgrad.program import Assign, Effect, Statement, Store, walk
from s2sgrad.remembered import remembered
from s2sgrad.source import MISSING, FileModule, Source, Unknown
from s2sgrad.trees import loaded
from s2sgrad.webs import IN_PLACE

if TYPE_CHECKING:
    from s2sgrad.context import Analysis

__all__ = [
    "LIBRARIES",
    "augmented_by",
    "held",
    "identities",
    "is_kept",
    "is_of_libraries",
    "kept_by",
    "leads_to",
    "names_of",
    "reached",
    "read_outside",
    "roots_outside",
    "variable",
    "written_outside",
]

NOTHING = frozenset[int]()
LIBRARIES = frozenset({"numpy", "s2sgrad", *sys.stdlib_module_names})
"""Modules whose functions and classes nobody's arrays are kept in."""
_MOST = 10_000
"""How many of the objects that one holds are followed."""
_AUGMENTED = frozenset(IN_PLACE.values())
_CHANGING = RESIZING | {"store"}
_WRAPPED = ("__func__", "fget", "fset", "fdel", "func")
_UNCHANGING = (
    *(BuiltinFunctionType, GetSetDescriptorType, MemberDescriptorType, classmethod, np.dtype),
    *(np.ufunc, property, range, slice, staticmethod),
)


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
    changed = (*changed, *analysis.aliasing.writes.get(statement, ()))
    if isinstance(statement, Store):
        changed = (*changed, *loaded(statement.base))
    changed = (*changed, *augmented_by(statement))
    if isinstance(statement, Effect) and isinstance(statement.node, gast.Assign):
        changed = (*changed, *(n for t in statement.node.targets for n in loaded(t)))
    shared = {alias for name in changed for alias in analysis.aliasing.aliases(name)}
    return tuple(sorted(shared.difference(analysis.facts.kinds)))


def augmented_by(statement: Statement) -> tuple[str, ...]:
    """The name on the left of an augmented assignment."""
    match statement:
        case Assign(value=gast.Call(func=gast.Name(id=name), args=[first, _])) if (
            name in _AUGMENTED
        ):
            return loaded(first)
    return ()


def written_outside(
    analysis: Analysis,
    called: Callable[[UserCall], frozenset[int]],
    received: Callable[[tuple[str, ...]], frozenset[str]],
) -> frozenset[int]:
    """The identities of the objects that a function, or one that it calls, keeps something of what it is given in.

    received: those of some names of theirs to which something of that comes.
    """
    found: dict[str, int] = {}
    for statement in walk(analysis.function.body):
        for name in roots_outside(statement, analysis):
            value = analysis.source.namespace.get(name, MISSING)
            if is_kept(value):
                found[name] = id(value)
        call = analysis.facts.calls.get(statement)
        if isinstance(call, UserCall):
            found |= _named(called(call), analysis)
    return frozenset(found[name] for name in received(tuple(sorted(found)))) if found else NOTHING


def read_outside(
    analysis: Analysis, called: Callable[[UserCall], frozenset[int]]
) -> frozenset[int]:
    """The identities of the containers and objects that a function, or one that it calls, reads and isn't given."""
    found: set[int] = set()
    outer = analysis.source.namespace
    for statement in walk(analysis.function.body):
        for name in _asked(statement, analysis):
            if name not in analysis.facts.kinds and name in outer:
                found |= {variable(outer, name), *reached(outer[name])}
        call = analysis.facts.calls.get(statement)
        if isinstance(call, UserCall):
            found |= called(call)
    return frozenset(found)


def _asked(statement: Statement, analysis: Analysis) -> tuple[str, ...]:
    """The names that a statement reads, and not only to write into what they hold."""
    match statement, analysis.facts.calls.get(statement):
        case Store(index=index, value=value), _:
            parts = [value, *([index] if isinstance(index, gast.AST) else [])]
        case _, Container(operation="append" | "extend" | "insert", atoms=(_, *items)):
            parts = items
        case Effect(node=gast.Assign(value=value)), _:
            parts = [value]
        case _:
            return read(statement)
    return tuple(name for part in parts for name in loaded(part))


def is_kept(value: object) -> bool:
    """Whether something may be written into and keep a derivative, be it in an attribute."""
    plain = isinstance(value, numbers.Number | str | bytes | ModuleType) or value is None
    return value is not MISSING and not plain


def reached(value: object, *, classes: bool = True) -> set[int]:
    """The identities of an object and of what it holds: attributes and items, and what these hold.

    classes: what its class has, too, and the class itself.
    """
    found: set[int] = set()
    for inner in leads_to(value, classes=classes):
        found.update(identities(inner))
    return found


def leads_to(value: object, *, classes: bool = True) -> Iterator[object]:
    """An object and what it holds: attributes and items, and what these hold."""
    seen: set[int] = set()
    waiting = [value]
    while waiting and len(seen) < _MOST:
        inner = waiting.pop()
        if not is_kept(inner) or id(inner) in seen:
            continue
        seen.add(id(inner))
        yield inner
        inside = kept_by(inner) if isinstance(inner, FunctionType) else held(inner)
        waiting += (part for part in inside if classes or not isinstance(part, type))


def kept_by(function: FunctionType) -> list[object]:
    """What a function has of its own: closure, defaults, attributes."""
    return [
        *filled(function.__closure__),
        *(function.__defaults__ or ()),
        *(function.__kwdefaults__ or {}).values(),
        *vars(function).values(),
    ]


def filled(cells: tuple[CellType, ...] | None) -> list[object]:
    """What stands in the cells of a closure."""
    found = []
    for cell in cells or ():
        with suppress(ValueError):  # nothing yet
            found.append(cell.cell_contents)
    return found


def identities(value: object) -> list[int]:
    """The identity of an object that can be changed, and of those whose memory it has."""
    known = isinstance(value, (*_UNCHANGING, FunctionType))
    if known or type(value).__module__ == "dataclasses":  # which mark defaults
        return []
    if isinstance(value, type) and is_of_libraries(value):
        return []
    return identities_of(value)


def held(value: object) -> list[object]:
    """The items of a container or iterator, the attributes of an object or a user's class, what a method is of."""
    if isinstance(value, BuiltinFunctionType | MethodWrapperType):
        return [value.__self__]
    if isinstance(value, MethodType):
        return [value.__self__, value.__func__]
    if isinstance(value, partial):
        return [value.func, *value.args, *value.keywords.values()]
    if isinstance(value, staticmethod | classmethod | property | cached_property):
        return [getattr(value, part, None) for part in _WRAPPED]
    if isinstance(value, FileModule | Source | Unknown):
        return [*getattr(value, "parts", ())]
    inside: list[object] = []
    if isinstance(value, type):
        if not is_of_libraries(value):
            own = vars(value).items()
            inside += [v for k, v in own if isinstance(v, FunctionType) or not k.startswith("__")]
            inside += value.__bases__
    elif not is_of_libraries(type(value)):
        inside += [type(value), *own_attributes(value).values(), *in_slots(value)]
    elif not callable(value):
        inside += own_attributes(value).values()
    if isinstance(value, dict | MappingProxyType):
        inside += value.values()
    elif isinstance(value, list | tuple | set | deque):
        inside += value
    elif isinstance(value, np.ndarray):
        inside += objects_in(value)
    elif isinstance(value, np.nditer):
        inside += value.operands
    elif isinstance(value, ref):
        inside.append(value())
    elif isinstance(value, Iterator) and is_of_libraries(type(value)):
        inside += (part for part in gc.get_referents(value) if not isinstance(part, type))
    return inside


def is_of_libraries(cls: type) -> bool:
    """Whether a class is one of Python, NumPy or s2sgrad."""
    return str(cls.__module__).partition(".")[0] in LIBRARIES


def variable(names: Mapping[str, object], name: str) -> int:
    """What identifies a variable around a function, whatever it holds; names: what names mean to the function."""
    cell = getattr(names, "cells", {}).get(name)
    return hash((names.get("__name__"), name)) if cell is None else id(cell)


def names_of(objects: frozenset[int], analysis: Analysis) -> frozenset[str]:
    """The names by which a function knows some objects that aren't its own; a made up one where it has no name."""
    return frozenset(_named(objects, analysis))


def _named(objects: frozenset[int], analysis: Analysis) -> dict[str, int]:
    if not objects:
        return {}
    found = {name: known for name, known in _outer(analysis).items() if known in objects}
    return found | {f"object {identity}": identity for identity in objects - set(found.values())}


@remembered
def _outer(analysis: Analysis) -> dict[str, int]:
    """The names of a function that aren't its own, with the identities of what they stand for."""
    names = {name for s in walk(analysis.function.body) for name in (*read(s), *bound(s))}
    outer = analysis.source.namespace
    return {n: id(outer.get(n, MISSING)) for n in names - analysis.facts.kinds.keys()}
