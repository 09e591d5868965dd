"""Which attributes of objects may be given something new by what a function reaches.

Receives the objects that a function's names mean, and gives the attributes that their code stores: that of functions,
and of the classes and objects that functions name in turn. What libraries do with their own isn't looked at.
"""

from __future__ import annotations

import dis
import sys
import types
from collections.abc import Iterable, Iterator

__all__ = ["attributes_stored"]

_LIBRARIES = frozenset({*sys.stdlib_module_names, "numpy", "scipy", "s2sgrad"}) - {"__main__"}


def attributes_stored(objects: Iterable[object]) -> set[str]:
    """The attributes that code of some objects, and of what it names, stores."""
    found: set[str] = set()
    seen: dict[int, object] = {}
    pending = list(objects)
    while pending:
        for function in _functions(pending.pop()):
            if id(function) in seen:
                continue
            seen[id(function)] = function
            for code in _codes(function.__code__):
                found |= {i.argval for i in dis.get_instructions(code) if i.opname == "STORE_ATTR"}
                pending += (function.__globals__.get(name) for name in code.co_names)
            pending += _held(function)
    return found


def _functions(thing: object) -> Iterator[types.FunctionType]:
    """The functions that are an object, or a class, or that its class has."""
    if isinstance(thing, types.MethodType | staticmethod | classmethod):
        thing = thing.__func__
    if isinstance(thing, types.FunctionType):
        if not _is_of_a_library(thing):
            yield thing
        return
    for cls in (thing if isinstance(thing, type) else type(thing)).__mro__:
        if _is_of_a_library(cls):
            continue
        for part in vars(cls).values():
            if isinstance(part, property):
                parts: tuple[object, ...] = (part.fget, part.fset)
            else:
                parts = (getattr(part, "__func__", part),)
            yield from (p for p in parts if isinstance(p, types.FunctionType))


def _codes(code: types.CodeType) -> Iterator[types.CodeType]:
    """The code of a function, and of those that are written in it."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _codes(constant)


def _held(function: types.FunctionType) -> Iterator[object]:
    """What a function reads of the one around it."""
    for cell in function.__closure__ or ():
        try:
            yield cell.cell_contents
        except ValueError:  # not yet assigned
            continue


def _is_of_a_library(thing: type | types.FunctionType) -> bool:
    return str(thing.__module__).partition(".")[0] in {*_LIBRARIES, "builtins"}
