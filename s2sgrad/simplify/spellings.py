"""The cheap and usual way to write what rules say in general, where the kinds of the operands are known.

Receives one expression. Only calls that s2sgrad wrote itself (their names start with `$`) are changed: the
user's spelling is the user's. Promises the same value and shape; where the kinds don't suffice the general
helper stays. A helper that gave a copy may become its argument itself: who needs a copy asks `owned`.
"""

from __future__ import annotations

from collections.abc import Callable

import gast

from s2sgrad.simplify.expressions import (
    call,
    generated,
    mapped,
    method,
    postorder,
    subscript,
    tuple_of,
)
from s2sgrad.simplify.shapes import Shapes
from s2sgrad.simplify.spelled_arrays import ARRAYS
from s2sgrad.simplify.spelled_derivatives import DERIVATIVES

__all__ = ["owned", "respell"]

Spelling = Callable[[gast.AST, Shapes], gast.AST | None]

FRESH = frozenset(
    f"$np.{function}"
    for function in (
        "array",
        "copy",
        "zeros",
        "full",
        "where",
        "outer",
        "matmul",
        "dot",
        "exp",
        "log",
    )
)
_SPELLINGS: dict[str, Spelling] = {**DERIVATIVES, **ARRAYS}


def respell(expr: gast.AST, shapes: Shapes) -> gast.AST:
    """An expression in which what s2sgrad wrote is spelled as one writes it.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> shapes = given(A="n m", b="m", d="n m")
    >>> for example in ("$unbroadcast(d, b)", "$unreduce($np.sum(d), A)", "$zeros_like(b)", "np.sum(A)"):
    ...     print(text(respell(expression(example), shapes)))
    d.sum(axis=0)
    $np.broadcast_to(d.sum(), A.shape)
    $np.zeros($len(b))
    np.sum(A)
    """
    new: dict[int, gast.AST] = {}
    for node in postorder(expr):
        new[id(node)] = _respelled(mapped(node, new), shapes)
    return new[id(expr)]


def _respelled(node: gast.AST, shapes: Shapes) -> gast.AST:
    """One node in its best spelling; what is inside it has its own already."""
    own = generated(node.func) if isinstance(node, gast.Call) else None
    spelling = None if own is None else _SPELLINGS.get(own)
    better = None if spelling is None else spelling(node, shapes)
    return node if better is None else respell(better, shapes)


def owned(expr: gast.AST, shapes: Shapes) -> gast.AST:
    """An expression for a value that may be written into, and that nothing else refers to.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> shapes = given(A="n m", d="", v="m", x="?")
    >>> for example in ("$np.broadcast_to(d, A.shape)", "$np.broadcast_to(v, A.shape)", "A[1:]", "2 * A", "x", "d"):
    ...     print(text(owned(expression(example), shapes)))
    $np.full(A.shape, d)
    $np.array($np.broadcast_to(v, A.shape))
    A[1:].copy()
    2 * A
    $np.array(x)[()]
    d
    """
    match expr:
        case gast.BinOp() | gast.UnaryOp() | gast.Constant() | gast.Compare():
            return expr
        case gast.Call(func=gast.Attribute(value=base, attr=attr)) if generated(
            expr.func
        ) is None and shapes.array(base):
            if attr in {"sum", "dot", "copy", "mean", "prod", "max", "min", "cumsum"}:
                return expr
        case gast.Call(func=func, args=[value, shape], keywords=[]) if (
            generated(func) == "$np.broadcast_to"
        ):
            if shapes.scalar(value) and shapes.number(value).dtype == "float64":
                return call("$np.full", shape, value)
            return call("$np.array", expr)
        case gast.Call(func=func) if generated(func) in FRESH:
            return expr
    kind = shapes.number(expr)
    if kind.scalar and kind.array is False:
        return expr
    if kind.array is True and isinstance(expr, gast.Name | gast.Subscript | gast.Attribute):
        return method(expr, "copy")
    return subscript(call("$np.array", expr), tuple_of([]))
