"""Spellings of NumPy's functions."""

from __future__ import annotations

from collections.abc import Callable

import gast

from s2sgrad.simplify.expressions import attribute, method
from s2sgrad.simplify.shapes import Shapes

__all__ = ["ARRAYS"]


def as_method(node: gast.AST, shapes: Shapes) -> gast.AST | None:
    """`x.sum(axis=0)` for `np.sum(x, axis=0)` where x is an array."""
    if not node.args or not shapes.array(node.args[0]):
        return None
    new = method(node.args[0], node.func.attr, *node.args[1:])
    new.keywords = list(node.keywords)
    return new


def shape(node: gast.AST, shapes: Shapes) -> gast.AST | None:
    """`x.shape` of an array."""
    (x,) = node.args
    return attribute(x, "shape") if shapes.array(x) else None


ARRAYS: dict[str, Callable[[gast.AST, Shapes], gast.AST | None]] = {
    "$np.sum": as_method,
    "$np.shape": shape,
}
