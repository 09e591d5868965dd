"""What is as wide as float64: beside an array of float32 a number of Python's is as narrow as that."""

from __future__ import annotations

from collections.abc import Sequence

import gast
import numpy as np

from s2sgrad.simplify.shapes import Shapes

__all__ = ["is_precise", "is_wide", "may_meet"]


def is_wide(expr: gast.AST, shapes: Shapes) -> bool:
    """Whether something makes float64 of a number of Python's, or is a number that makes nothing narrower of it.

    >>> from s2sgrad.simplify.expressions import expression
    >>> from s2sgrad.simplify.given import given
    >>> shapes = given(s="", v="n", i="int n", K="float32 n", k="float32", narrow={"float32"})
    >>> [is_wide(expression(text), shapes) for text in "sviKk"]
    [True, True, True, False, False]
    """
    kind = shapes.number(expr)
    return kind.dtype not in shapes.narrow or (kind.scalar and kind.dtype == "float")


def is_precise(expr: gast.AST, shapes: Shapes) -> bool:
    """Whether something is an array of float64, with which all that is multiplied is one.

    >>> from s2sgrad.simplify.expressions import expression
    >>> from s2sgrad.simplify.given import given
    >>> shapes = given(s="", v="n", K="float32 n", narrow={"float32"})
    >>> texts = "s", "v", "K", "K * v", "$np.broadcast_to(s, K.shape)"
    >>> [is_precise(expression(text), shapes) for text in texts]
    [False, True, False, True, True]
    """
    match expr:
        case gast.Call(func=func, args=[value, _], keywords=[]) if shapes.called(
            func
        ) is np.broadcast_to and shapes.scalar(value):
            return is_wide(value, shapes)
    kind = shapes.number(expr)
    return kind.array is True and kind.shape != () and kind.dtype == "float64"


def may_meet(value: gast.AST, beside: Sequence[gast.AST], shapes: Shapes) -> bool:
    """Whether a value needn't be spread for its precision beside what it is multiplied with.

    >>> from s2sgrad.simplify.expressions import expression
    >>> from s2sgrad.simplify.given import given
    >>> shapes = given(s="", v="n", K="float32 n", narrow={"float32"})
    >>> [may_meet(expression("s"), list(map(expression, texts)), shapes) for texts in ("K", "v", "Kv")]
    [False, True, True]
    """
    if not shapes.narrow or not shapes.scalar(value):
        return True
    wide = bool(beside) and all(is_wide(other, shapes) for other in beside)
    return wide or any(is_precise(other, shapes) for other in beside)
