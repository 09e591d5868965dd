"""What functions whose text isn't followed may change: all that they can reach by global names.

Their compiled code says which names that are, and which of them it gives another value (`global`).
"""

from __future__ import annotations

import dis
from collections.abc import Mapping
from inspect import getattr_static
from types import CodeType, FunctionType, ModuleType

import gast

from s2sgrad.infer.unread import is_of_a_library
from s2sgrad.outward import (
    LIBRARIES,
    held,
    identities,
    is_kept,
    is_of_libraries,
    kept_by,
    variable,
)
from s2sgrad.source import MISSING, Source
from s2sgrad.trees import nodes

__all__ = ["is_library", "is_library_module", "may_change", "value_of"]

_STORES = frozenset({"STORE_GLOBAL", "DELETE_GLOBAL"})
_CELLS = frozenset({"STORE_DEREF", "DELETE_DEREF"})
_ANYTHING = frozenset({"exec", "eval", "globals"})
"""What a function with these may change, its names don't say."""
_ATTRIBUTES = frozenset({"setattr", "delattr", "vars", "__dict__", "__setattr__"})


def value_of(node: gast.AST, names: Mapping[str, object]) -> object:
    """What a name, or attributes and items of it, stand for outside of functions; nothing is run to find out."""
    if isinstance(node, gast.Name):
        return names.get(node.id, MISSING)
    if isinstance(node, gast.Subscript) and isinstance(node.slice, gast.Constant):
        base = value_of(node.value, names)
        known = type(base) in {list, tuple, dict}
        try:
            return base[node.slice.value] if known else MISSING  # type: ignore[index]
        except (LookupError, TypeError):
            return MISSING
    if not isinstance(node, gast.Attribute):
        return MISSING
    base = value_of(node.value, names)
    return MISSING if base is MISSING else getattr_static(base, node.attr, MISSING)


def may_change(called: object) -> frozenset[int]:
    """The identities of the objects and variables that something may change when it is called."""
    found: set[int] = set()
    classes: set[int] = set()
    functions: list[FunctionType] = []
    seen: set[int] = set()
    waiting = [called]
    if isinstance(called, type):  # which a call leaves as it is, but for what its methods do
        waiting = held(called)
        waiting += [] if is_of_libraries(type(called)) else [type(called)]
    elif isinstance(called, list | tuple | dict):  # one of what it holds
        waiting = held(called)
    while waiting:
        value = waiting.pop()
        if id(value) in seen or not is_kept(value):
            continue
        seen.add(id(value))
        if isinstance(value, Source):
            changed, around = _named_by(value)
            found |= changed
            waiting += around
        elif isinstance(value, FunctionType):
            if not is_of_a_library(value.__code__.co_filename):
                functions.append(value)
                changed, around = _seen_by(value)
                found |= changed
                waiting += around
        elif is_library(value):
            waiting += getattr(value, "__dict__", {}).values()  # what it wraps
            waiting += held(value)
        elif isinstance(value, type):
            classes.update(identities(value))
            waiting += held(value)
        else:
            found.update(identities(value))
            waiting += held(value)
    return frozenset(found | classes if any(map(_gives_attributes, functions)) else found)


def _gives_attributes(function: FunctionType) -> bool:
    """Whether a function gives another attribute to anything but the object that it is a method of."""
    for code in _codes(function.__code__):
        before = None
        for instruction in dis.get_instructions(code):
            if instruction.opname in {"STORE_ATTR", "DELETE_ATTR"} and not (
                before is not None
                and before.opname == "LOAD_FAST"
                and before.argval == "self" == code.co_varnames[0]
            ):
                return True
            before = instruction
        if not _ATTRIBUTES.isdisjoint(code.co_names):
            return True
    return False


def _seen_by(function: FunctionType) -> tuple[set[int], list[object]]:
    """The variables that a function may give another value, and all that it has around it."""
    outer = function.__globals__
    codes = _codes(function.__code__)
    names = {name for code in codes for name in code.co_names}
    stored = {i.argval for c in codes for i in dis.get_instructions(c) if i.opname in _STORES}
    if not names.isdisjoint(_ANYTHING):
        names.update(outer)
        stored.update(outer)
    changed = {variable(outer, name) for name in stored}
    inner = {i.argval for c in codes for i in dis.get_instructions(c) if i.opname in _CELLS}
    cells = zip(function.__code__.co_freevars, function.__closure__ or (), strict=True)
    changed |= {id(cell) for name, cell in cells if name in inner}
    around = kept_by(function)
    waiting = [outer]
    for variables in waiting:  # which grows
        for name in names & variables.keys():
            value = variables[name]
            if not isinstance(value, ModuleType):
                around.append(value)
            elif not is_library_module(value):
                inside = vars(value)
                changed.update(variable(inside, attribute) for attribute in names & inside.keys())
                if all(inside is not known for known in waiting):
                    waiting.append(inside)
    return changed, around


def _named_by(source: Source) -> tuple[set[int], list[object]]:
    """The same of a function that is only read: all that its text names."""
    outer = source.namespace
    names = {node.id for node in nodes(source.tree) if isinstance(node, gast.Name)}
    names = {*(outer if not names.isdisjoint(_ANYTHING) else names)} & outer.keys()
    values = [outer[name] for name in sorted(names)]
    around = [v for v in values if not isinstance(v, ModuleType)]
    return {variable(outer, name) for name in names}, [*around, *source.defaults.values()]


def _codes(code: CodeType) -> list[CodeType]:
    """A function's code and that of all functions inside."""
    found = [code]
    for inner in found:  # which grows
        found += [constant for constant in inner.co_consts if isinstance(constant, CodeType)]
    return found


def is_library_module(module: ModuleType) -> bool:
    """Whether a module is one of Python, NumPy or s2sgrad."""
    return module.__name__.partition(".")[0] in LIBRARIES


def is_library(called: object) -> bool:
    """Whether something is a function, or wraps one, of Python, NumPy or s2sgrad: a call leaves it as it is."""
    owner = called if isinstance(called, FunctionType | type) else type(called)
    module: object = owner.__module__
    if not isinstance(module, str):  # of a compiled function
        module = getattr(called, "__module__", None)
    return callable(called) and str(module).partition(".")[0] in LIBRARIES
