"""Whether gast expressions are equal: what tells them from each other, and comparing two of them.

Every walk here is a loop, so that a sum of thousands of terms is as good as a short one.
"""

from __future__ import annotations

from collections.abc import Hashable
from functools import cache
from typing import Any

import gast

__all__ = ["key", "same"]

_IGNORED = frozenset({"ctx", "annotation", "type_comment", "kind"})


def key(expr: gast.AST) -> Hashable:
    """Equal for equal expressions, and only for these: `1`, `1.0` and `True` differ.

    >>> from s2sgrad.simplify.expressions import expression
    >>> key(expression("a * (b + 1)")) == key(expression("a*(b+1)"))
    True
    >>> key(expression("a * 1")) == key(expression("a * 1.0"))
    False
    """
    tokens: list[object] = []
    stack: list[object] = [expr]
    while stack:
        node = stack.pop()
        kind: Any = node.__class__
        if kind is gast.Name:
            tokens.append(node.id)  # type: ignore[attr-defined]
            continue
        if not isinstance(node, gast.AST):
            tokens.append(node)
            continue
        tokens.append(kind)
        if kind is gast.Constant:
            tokens.append((type(node.value), repr(node.value)))
            continue
        for field in _keyed_fields(kind):
            value = getattr(node, field, None)
            if isinstance(value, list):
                stack.extend(reversed(value))
                stack.append(len(value))
            else:
                stack.append(value)
    return tuple(tokens)


def same(a: gast.AST, b: gast.AST) -> bool:
    """Whether the keys of two expressions are equal.

    >>> from s2sgrad.simplify.expressions import expression
    >>> same(expression("a * (b + 1)"), expression("a*(b+1)"))
    True
    >>> same(expression("a * 1"), expression("a * 1.0"))
    False
    """
    stack: list[tuple[Any, Any]] = [(a, b)]
    while stack:
        one, other = stack.pop()
        if one is other:
            continue
        kind: Any = one.__class__
        if kind is not other.__class__:
            return False
        if kind is list:
            if len(one) != len(other):
                return False
            stack += zip(one, other, strict=True)
        elif kind is gast.Name:
            if one.id != other.id:
                return False
        elif kind is gast.Constant:
            if type(one.value) is not type(other.value) or repr(one.value) != repr(other.value):
                return False
        elif isinstance(one, gast.AST):
            stack += ((getattr(one, f, None), getattr(other, f, None)) for f in _keyed_fields(kind))
        elif one != other:
            return False
    return True


@cache
def _keyed_fields(kind: Any) -> tuple[str, ...]:
    """The fields of a class of nodes that tell one from another, backwards."""
    return tuple(field for field in reversed(kind._fields) if field not in _IGNORED)
