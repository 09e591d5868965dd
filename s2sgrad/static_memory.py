"""What the value of an expression of a file that isn't run may share memory with, or hold."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import gast
import numpy as np

from s2sgrad.registry import lookup, method
from s2sgrad.source import MISSING, Unknown, resolve

__all__ = ["as_made", "made_of"]

_DISPLAYS = (ast.Dict, ast.List, ast.ListComp, ast.Tuple)
_NEW = {abs, bool, float, int, len, max, min, range, round, str, sum, np.array, np.copy}
_NEW_BY_METHOD = {"copy", "item", "tolist"}.union(
    *map(dir, (np.random.Generator, np.random.RandomState))
)


def made_of(node: ast.expr, names: Mapping[str, object]) -> tuple[object, ...]:
    """The arrays and containers, or what isn't known, that the value of an expression is made of.

    >>> known = {name: Unknown(name, "") for name in "abcd"} | {"np": np}
    >>> tree = ast.parse("[a[1:], 2 * b, c.T, np.sin(d)]", mode="eval")
    >>> [part.name for part in made_of(tree.body, known)]
    ['a', 'c']
    """
    found = {id(value): value for value in _parts(node, names)}
    return tuple(found.values())


def as_made(found: Unknown, node: ast.expr, names: Mapping[str, object]) -> Unknown:
    """What isn't known, with what the expression tells that makes it."""
    function = _function(node, names)
    a_dict = isinstance(function, type) and issubclass(function, dict)
    return replace(
        found,
        parts=made_of(node, names),
        new=_is_new(node, names),
        floats=_of_floats(node, names),
        a_dict=a_dict or isinstance(node, ast.DictComp),
    )


def _is_new(node: ast.expr, names: Mapping[str, object]) -> bool:
    """Whether the value of an expression certainly shares no memory with anything else, nor holds anything."""
    match node:
        case ast.BinOp(left=left, right=right):
            return not isinstance(left, _DISPLAYS) and not isinstance(right, _DISPLAYS)
        case ast.UnaryOp() | ast.Compare():
            return True
        case ast.Call(func=func, args=args, keywords=keywords):
            function = _function(node, names)
            given = len(args) + len(keywords)
            if isinstance(function, np.ufunc) and given > function.nin:
                return False
            if function is list and len(args) == 1 and isinstance(args[0], ast.Call):
                return _function(args[0], names) is range
            told = all(k.arg in {"axis", "dtype", "endpoint", "num", "shape"} for k in keywords)
            chosen = any(function is one for one in (max, min, sum))
            return told and not chosen and _makes_new(func, names)
    return False


def _of_floats(node: ast.expr, names: Mapping[str, object]) -> bool:
    """Whether the value of an expression is certainly an array of floats, or a float."""
    match node:
        case ast.Constant(value=float()):
            return True
        case ast.Name():
            found = names.get(node.id)
            return isinstance(found, Unknown) and found.floats
        case ast.BinOp(op=ast.Div(), left=left, right=right):
            return not any(_is_complex(part) for part in (left, right))
        case ast.BinOp(left=left, right=right):
            floats = _of_floats(left, names) or _of_floats(right, names)
            return floats and not any(_is_complex(part) for part in (left, right))
        case ast.Call(args=args, keywords=[]):
            function = _function(node, names)
            if any(function is made for made in _OF_FLOATS):
                return len(args) == 1 or function is np.linspace
            if function is np.arange or function is np.full:
                return any(_of_floats(arg, names) for arg in args)
        case _:
            return False
    owner = node.func.value if isinstance(node.func, ast.Attribute) else None
    shaped = isinstance(node.func, ast.Attribute) and node.func.attr in {"copy", "ravel", "reshape"}
    return owner is not None and shaped and _of_floats(owner, names)


def _is_complex(node: ast.expr) -> bool:
    return any(isinstance(n, ast.Constant) and isinstance(n.value, complex) for n in ast.walk(node))


_OF_FLOATS = (np.ones, np.zeros, np.empty, np.eye, np.identity, np.linspace)


def _function(node: ast.expr, names: Mapping[str, object]) -> object:
    """The function or class that an expression is a call of."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
        return resolve(gast.ast_to_gast(node.func), names)
    return MISSING


def _parts(node: ast.expr, names: Mapping[str, object]) -> Iterator[object]:
    match node:
        case ast.Name() | ast.Attribute():
            value = resolve(gast.ast_to_gast(node), names)
            unread = value is MISSING or isinstance(value, Unknown)
            if unread and isinstance(node, ast.Attribute):
                yield from _parts(node.value, names)
            elif isinstance(value, Unknown | np.ndarray | list | tuple | dict):
                yield value
        case ast.Subscript(value=base) | ast.Starred(value=base):
            yield from _parts(base, names)
        case ast.BinOp(left=left, right=right):
            if isinstance(left, _DISPLAYS) or isinstance(right, _DISPLAYS):
                yield from _parts(left, names)
                yield from _parts(right, names)
        case ast.UnaryOp() | ast.Compare() | ast.Lambda():
            return
        case ast.Call() if _makes_new(node.func, names):
            return
        case ast.Call(func=ast.Attribute(value=owner), args=args, keywords=keywords):
            for part in (owner, *args, *(k.value for k in keywords)):
                yield from _parts(part, names)
        case ast.Call(args=args, keywords=keywords):
            for part in (*args, *(k.value for k in keywords)):
                yield from _parts(part, names)
        case _:
            for inner in ast.iter_child_nodes(node):
                if isinstance(inner, ast.expr):
                    yield from _parts(inner, names)
                elif isinstance(inner, ast.comprehension):
                    yield from _parts(inner.iter, names)


def _makes_new(func: ast.expr, names: Mapping[str, object]) -> bool:
    """Whether what a function or a method gives is certainly new."""
    function: Any = MISSING
    if isinstance(func, ast.Name | ast.Attribute):
        function = resolve(gast.ast_to_gast(func), names)
    if isinstance(func, ast.Attribute) and (function is MISSING or isinstance(function, Unknown)):
        if func.attr in _NEW_BY_METHOD:
            return True
        function = method(np.ndarray, func.attr)
    try:
        if function in _NEW:
            return True
    except TypeError:
        return False
    rule = lookup(function) if callable(function) else None
    return rule is not None and not rule.shares
