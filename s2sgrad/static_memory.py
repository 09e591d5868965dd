"""What the value of an expression of a file that isn't run may share memory with, or hold."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from typing import Any

import gast
import numpy as np

from s2sgrad.registry import lookup, method
from s2sgrad.source import MISSING, Unknown, resolve

__all__ = ["made_of"]

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


def _parts(node: ast.expr, names: Mapping[str, object]) -> Iterator[object]:
    match node:
        case ast.Name() | ast.Attribute():
            value = resolve(gast.ast_to_gast(node), names)
            if value is MISSING and isinstance(node, ast.Attribute):
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
