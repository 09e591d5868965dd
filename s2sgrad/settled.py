"""Defaults of parameters: what they were when the function was defined, whatever their expressions mean today.

Python evaluates a default once. A text that repeats its expression evaluates it again, and may find something
else under the same names.
"""

from __future__ import annotations

from collections.abc import Mapping

import gast

from s2sgrad.source import Source
from s2sgrad.static_values import value_of

__all__ = ["as_literal", "is_literal", "kept", "settled"]


def is_literal(tree: gast.AST) -> bool:
    """Whether a default is a literal, which may stand at any place."""
    match tree:
        case gast.Constant():
            return True
        case gast.UnaryOp(op=gast.USub() | gast.UAdd(), operand=operand):
            return isinstance(operand, gast.Constant)
        case gast.Tuple(elts=items):
            return all(is_literal(item) for item in items)
    return False


def as_literal(value: object) -> gast.AST | None:
    """The literal that gives a number, a text, None or a tuple of these; None for anything else."""
    if type(value) is tuple:
        items = [as_literal(item) for item in value]
        return None if None in items else gast.Tuple(elts=items, ctx=gast.Load())
    if type(value) in {int, float} and value < 0:  # type: ignore[operator]
        return gast.UnaryOp(op=gast.USub(), operand=as_literal(-value))  # type: ignore[operator]
    if type(value) in {bool, int, float, str, type(None)} and value == value:  # noqa: PLR0124  (nan has no literal)
        return gast.Constant(value=value, kind=None)
    return None


def settled(
    tree: gast.FunctionDef, values: Mapping[str, object], namespace: Mapping[str, object]
) -> gast.FunctionDef:
    """The function with literals for the defaults whose expressions mean something else by now."""
    arguments = tree.args
    positional = [*getattr(arguments, "posonlyargs", []), *arguments.args]
    start = len(positional) - len(arguments.defaults)
    defaults = [
        _settled(d, p.id, values, namespace)
        for p, d in zip(positional[start:], arguments.defaults, strict=True)
    ]
    of_keywords = [
        d if d is None else _settled(d, p.id, values, namespace)
        for p, d in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    ]
    if defaults == arguments.defaults and of_keywords == arguments.kw_defaults:
        return tree
    fields = {field: getattr(arguments, field) for field in arguments._fields}
    new = gast.arguments(**{**fields, "defaults": defaults, "kw_defaults": of_keywords})
    parts = {field: getattr(tree, field) for field in tree._fields}
    return gast.copy_location(gast.FunctionDef(**{**parts, "args": new}), tree)


def _settled(
    default: gast.AST, name: str, values: Mapping[str, object], namespace: Mapping[str, object]
) -> gast.AST:
    if name not in values:
        return default
    then, now = values[name], value_of(default, namespace)
    if type(then) is type(now) and repr(then) == repr(now):
        return default
    return as_literal(then) or default


def kept(source: Source) -> dict[str, object]:
    """The defaults that are objects for which there is no literal, by parameter."""
    return {n: v for n, v in source.defaults.items() if as_literal(v) is None}
