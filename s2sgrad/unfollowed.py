"""What functions whose text isn't followed may change: all that they can reach by global names.

Their compiled code says which names that are, and which of them it gives another value (`global`).
"""

from __future__ import annotations

import dis
from collections.abc import Mapping
from inspect import getattr_static
from types import CodeType, FunctionType, ModuleType

import gast

from s2sgrad.outward import LIBRARIES, is_kept
from s2sgrad.source import MISSING

__all__ = ["is_library", "may_change", "value_of", "variable"]

_STORES = frozenset({"STORE_GLOBAL", "DELETE_GLOBAL"})
_DEEPEST = 8


def variable(names: Mapping[str, object], name: str) -> int:
    """What identifies a global variable of the module with these names, whatever it holds."""
    return hash((names.get("__name__"), name))


def value_of(node: gast.AST, names: Mapping[str, object]) -> object:
    """What a name, or attributes of it, stand for outside of functions; nothing is run to find out."""
    if isinstance(node, gast.Name):
        return names.get(node.id, MISSING)
    if not isinstance(node, gast.Attribute):
        return MISSING
    base = value_of(node.value, names)
    return MISSING if base is MISSING else getattr_static(base, node.attr, MISSING)


def may_change(called: object) -> frozenset[int]:
    """The identities of the objects and variables that something may change when it is called."""
    found: set[int] = set()
    _reach(called, found, set(), _DEEPEST)
    return frozenset(found)


def _reach(called: object, found: set[int], seen: set[int], deepest: int) -> None:
    function = called if isinstance(called, FunctionType) else _method(called)
    if function is None or id(function) in seen or not deepest or is_library(function):
        return
    seen.add(id(function))
    outer = function.__globals__
    values: list[object] = [
        cell.cell_contents for cell in function.__closure__ or () if _filled(cell)
    ]
    for code in _codes(function.__code__):
        stored = {i.argval for i in dis.get_instructions(code) if i.opname in _STORES}
        found.update(variable(outer, name) for name in stored)
        values += [outer[name] for name in code.co_names if name in outer]
    for value in values:
        if isinstance(value, FunctionType):
            _reach(value, found, seen, deepest - 1)
        elif isinstance(value, ModuleType):
            if value.__name__.partition(".")[0] not in LIBRARIES:
                found.update(id(held) for held in vars(value).values() if is_kept(held))
        elif is_kept(value) and not isinstance(value, type):
            found.add(id(value))


def _method(called: object) -> FunctionType | None:
    """The function that a call of an object runs."""
    found = getattr_static(type(called), "__call__", None)
    return found if isinstance(found, FunctionType) else None


def _filled(cell: object) -> bool:
    try:
        cell.cell_contents  # type: ignore[attr-defined]  # noqa: B018
    except ValueError:
        return False
    return True


def _codes(code: CodeType) -> list[CodeType]:
    """A function's code and that of all functions inside."""
    found = [code]
    for inner in found:  # which grows
        found += [constant for constant in inner.co_consts if isinstance(constant, CodeType)]
    return found


def is_library(called: object) -> bool:
    """Whether something is a function, or wraps one, of Python, NumPy or s2sgrad: a call leaves it as it is."""
    owner = called if isinstance(called, FunctionType) else type(called)
    return callable(called) and (owner.__module__ or "").partition(".")[0] in LIBRARIES
