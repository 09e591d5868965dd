"""What of a file that isn't run may be an object whose class overloads operators."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

import gast
import numpy as np

from s2sgrad.overloading import overloads, written_to_overload
from s2sgrad.source import MISSING, Source, Unknown, resolve
from s2sgrad.trees import nodes

__all__ = ["class_overloads", "may_overload", "overloading_attributes"]

_NUMBERS = (bool, float, int, len, np.ones, np.zeros)


def class_overloads(node: ast.ClassDef, names: Mapping[str, object]) -> bool:
    """Whether a class of the file overloads operators itself, or one of those that it is made of.

    Items count, too: of an object that isn't known nothing tells whether an index carries a derivative.
    """
    bound = set(_bound(node))
    if "__getitem__" in bound or written_to_overload(bound):
        return True
    return any(_is_one(_value(base, names)) for base in node.bases)


def overloading_attributes(tree: ast.Module, names: Mapping[str, object]) -> frozenset[str]:
    """The attributes of objects of the file's classes that may be such objects: by what is assigned, or annotated."""
    found = set()
    classes = (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    for node in (inner for cls in classes for inner in ast.walk(cls)):
        match node:
            case ast.Assign(targets=targets, value=value):
                if may_overload(value, names):
                    found |= {t.attr for t in targets if isinstance(t, ast.Attribute)}
                    found |= {t.id for t in targets if isinstance(t, ast.Name)}
            case ast.AnnAssign(
                target=ast.Name(id=name) | ast.Attribute(attr=name), annotation=said, value=value
            ):
                if may_overload(said, names) or (value and may_overload(value, names)):
                    found.add(name)
    return frozenset(found)


def _bound(node: ast.ClassDef) -> Iterator[str]:
    for statement in node.body:
        match statement:
            case ast.FunctionDef(name=name):
                yield name
            case ast.Assign(targets=targets):
                yield from (t.id for t in targets if isinstance(t, ast.Name))


def may_overload(node: ast.expr, names: Mapping[str, object]) -> bool:
    """Whether the value of an expression may be such an object, or hold one: by what its text calls and names."""
    match node:
        case ast.Attribute():
            return _is_one(_value(node, names))
        case ast.Call(func=func) if any(_value(func, names) is known for known in _NUMBERS):
            return False
        case ast.Call(func=ast.Attribute(value=owner) as func, args=args, keywords=keywords):
            parts = (owner, *args, *(keyword.value for keyword in keywords))
            return _is_one(_value(func, names)) or any(may_overload(p, names) for p in parts)
        case ast.Name():
            return _is_one(_value(node, names))
        case ast.Lambda():
            return False
    if isinstance(node, ast.ListComp | ast.SetComp | ast.GeneratorExp):
        own = [node.elt, *(g.iter for g in node.generators if isinstance(node.elt, ast.Name))]
        return any(may_overload(part, names) for part in own)
    children = ast.iter_child_nodes(node)
    inner = (part.value if isinstance(part, ast.keyword) else part for part in children)
    return any(may_overload(part, names) for part in inner if isinstance(part, ast.expr))


def _value(node: ast.expr, names: Mapping[str, object]) -> object:
    if not isinstance(node, ast.Name | ast.Attribute):
        return MISSING
    return resolve(gast.ast_to_gast(node), names)


def _is_one(value: object) -> bool:
    """Whether a name means such an object or class, or a function whose text names one."""
    if isinstance(value, Unknown):
        return value.overloads
    if isinstance(value, Source):
        return _names_one(value)
    if isinstance(value, type):
        return overloads(value)
    return str(getattr(value, "__module__", "")).startswith("scipy.sparse")


def _names_one(source: Source) -> bool:
    waiting, seen = [source], set[int]()
    while waiting:
        known = waiting.pop()
        if id(known.tree) in seen:
            continue
        seen.add(id(known.tree))
        outer = known.namespace
        dotted = [n for n in nodes(known.tree) if isinstance(n, gast.Name | gast.Attribute)]
        for value in (resolve(node, outer) for node in dotted):
            if isinstance(value, Source):
                waiting.append(value)
            elif value is not MISSING and _is_one(value):
                return True
    return False
