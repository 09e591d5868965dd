"""What objects around a function do without being called: properties, `__getitem__` and the like, of the user's.

Where they only compute, a text may ask them again, or not at all. Where they write something it can't.
"""

from __future__ import annotations

import dis
from collections.abc import Iterator, Mapping
from inspect import getattr_static
from types import FunctionType
from typing import TYPE_CHECKING

import gast

from s2sgrad.errors import Finding
from s2sgrad.infer.resolution import UserCall
from s2sgrad.normalize.calm import computes
from s2sgrad.outward import is_of_libraries, kept_by
from s2sgrad.program import Assign, Statement, Store, trees_of, walk
from s2sgrad.source import MISSING
from s2sgrad.trees import nodes
from s2sgrad.unfollowed import may_change, value_of

if TYPE_CHECKING:
    from s2sgrad.context import Analysis

__all__ = ["implicit_writes"]

_ITEMS = ("__getitem__", "__setitem__", "__delitem__")
_OTHERS = (
    *("__len__", "__iter__", "__next__", "__contains__", "__bool__", "__float__", "__int__"),
    *("__index__", "__array__", "__str__", "__format__", "__abs__", "__neg__", "__pos__"),
    *("__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__", "__array_ufunc__"),
    *(
        f"__{side}{n}__"
        for n in ("add", "sub", "mul", "truediv", "pow", "matmul", "mod")
        for side in ("", "r", "i")
    ),
)
_STORES = frozenset(
    {"STORE_ATTR", "STORE_SUBSCR", "STORE_GLOBAL", "STORE_DEREF", "DELETE_ATTR", "DELETE_SUBSCR"}
)


def implicit_writes(analysis: Analysis) -> Iterator[Finding]:
    """The statements that have an object of the module do more than to compute, though nothing is called there."""
    outer = {n: v for n, v in _around(analysis).items() if _is_own(v)}
    for statement in walk(analysis.function.body) if outer else ():
        for object_, methods in _asked(statement, analysis, outer):
            cls = object_ if isinstance(object_, type) else type(object_)
            for method in methods:
                if _writes(method):
                    yield analysis.finding(
                        statement,
                        f"{method.__name__} of {cls.__name__} is called here, and writes something",
                        "Call a function that says so by its name.",
                    )


def _around(analysis: Analysis) -> Mapping[str, object]:
    """What the names in a function mean that aren't its own."""
    outer, own = analysis.source.namespace, analysis.facts.kinds
    names = {n for s in walk(analysis.function.body) for t in trees_of(s) for n in _names(t)}
    return {n: outer[n] for n in names if n not in own and n in outer}


def _names(tree: gast.AST) -> Iterator[str]:
    return (node.id for node in nodes(tree) if isinstance(node, gast.Name))


def _is_own(value: object) -> bool:
    """Whether something is an object or a class of the user's."""
    cls = value if isinstance(value, type) else type(value)
    return not isinstance(value, FunctionType) and not is_of_libraries(cls)


def _asked(
    statement: Statement, analysis: Analysis, outer: Mapping[str, object]
) -> Iterator[tuple[object, list[FunctionType]]]:
    """The objects that a statement does something with, and the methods that this may run."""
    if isinstance(statement, Store):
        value = value_of(statement.base, outer)
        if _is_own(value):
            item = not isinstance(statement.index, str)
            yield value, _methods(value, _ITEMS) if item else _setters(value, str(statement.index))
    call = analysis.facts.calls.get(statement)
    for tree in trees_of(statement):
        bases = set()
        for node in nodes(tree):
            match node:
                case gast.Attribute(value=base, attr=attr):
                    bases.add(id(base))
                    value = value_of(base, outer)
                    if value is not MISSING and _is_own(value):
                        stored = isinstance(node.ctx, gast.Store)
                        yield value, (_setters if stored else _getters)(value, attr)
                case gast.Subscript(value=gast.Name() as base):
                    bases.add(id(base))
                    value = value_of(base, outer)
                    if value is not MISSING and _is_own(value):
                        yield value, _methods(value, _ITEMS)
                case gast.Call(func=gast.Name(id=name) as func):
                    bases.add(id(func))
                    if isinstance(outer.get(name), type):
                        yield outer[name], _made_by(outer[name])
        bare = tree if isinstance(tree, gast.Name) else None
        passed = isinstance(call, UserCall) or (bare is not None and isinstance(statement, Assign))
        for name in () if passed else _bare(tree, bases):
            if name in outer:
                yield outer[name], _methods(outer[name], _OTHERS)


def _bare(tree: gast.AST, bases: set[int]) -> list[str]:
    """The names in a tree of which not only an attribute or an item is asked."""
    return [n.id for n in nodes(tree) if isinstance(n, gast.Name) and id(n) not in bases]


def _methods(value: object, names: tuple[str, ...]) -> list[FunctionType]:
    """Those methods of an object of the user's that have these names."""
    found = [getattr_static(type(value), name, None) for name in names]
    return [f for f in found if isinstance(f, FunctionType)]


def _made_by(cls: object) -> list[FunctionType]:
    """What runs when an object is made, but for `__init__`, which is written out or called."""
    found = [getattr_static(type(cls), "__call__", None), getattr_static(cls, "__new__", None)]
    plain = [getattr(f, "__func__", f) for f in found]
    return [f for f in plain if isinstance(f, FunctionType)]


def _getters(value: object, attr: str) -> list[FunctionType]:
    """What runs where an attribute is read."""
    found = getattr_static(value, attr, MISSING)
    out = _methods(value, ("__getattribute__",))
    if found is MISSING:
        return [*out, *_methods(value, ("__getattr__",))]
    if isinstance(found, property):
        own = isinstance(value, type) and any(attr in vars(c) for c in value.__mro__)
        return out if own or not isinstance(found.fget, FunctionType) else [*out, found.fget]
    return out if isinstance(found, FunctionType) else [*out, *_methods(found, ("__get__",))]


def _setters(value: object, attr: str) -> list[FunctionType]:
    """What runs where an attribute is written."""
    found = getattr_static(type(value), attr, MISSING)
    out = _methods(value, ("__setattr__",))
    if isinstance(found, property):
        return out + ([found.fset] if isinstance(found.fset, FunctionType) else [])
    return out + (_methods(found, ("__set__",)) if found is not MISSING else [])


def _writes(method: FunctionType) -> bool:
    """Whether a method may do more than to compute."""
    if method.__code__.co_filename.startswith("<") or computes(method):
        return False
    stores = any(i.opname in _STORES for i in dis.get_instructions(method))
    return stores or bool(may_change(method)) or bool(kept_by(method))
