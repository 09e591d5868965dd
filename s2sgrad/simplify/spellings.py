"""The cheap and usual way to write what rules say in general, where kinds are known.

Receives one expression. Only what s2sgrad wrote itself is changed, calls whose names start with `$`
and what rules write in powers: the user's spelling is the user's. Promises the same value and
shape; where the kinds don't suffice the general helper stays. A helper that gave a copy may become
its argument itself: who needs a copy asks `owned`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from inspect import signature

import gast
import numpy as np

from s2sgrad.remembered import remembered
from s2sgrad.rule_loader import helpers
from s2sgrad.simplify.expressions import (
    OPAQUE,
    call,
    generated,
    mapped,
    method,
    subscript,
    tuple_of,
)
from s2sgrad.simplify.shapes import Shapes
from s2sgrad.simplify.spelled_arrays import ARRAYS
from s2sgrad.simplify.spelled_axes import AXES, dropped_axes, transpose_of
from s2sgrad.simplify.spelled_derivatives import DERIVATIVES
from s2sgrad.simplify.spelled_numbers import NUMBERS, folded
from s2sgrad.simplify.spelled_parts import PARTS, part
from s2sgrad.simplify.spelled_products import PRODUCTS
from s2sgrad.trees import children, nodes

__all__ = ["makes", "may_be_respelled", "owned", "respell", "sharing"]

_ATOMS = frozenset({gast.Name, gast.Constant})
_SPELLED = frozenset({gast.Call, gast.Subscript, gast.Attribute, gast.Compare})
Spelling = Callable[[gast.AST, Shapes], gast.AST | None]

_SPELLINGS: dict[str, Spelling] = {**DERIVATIVES, **PRODUCTS, **ARRAYS, **AXES, **PARTS, **NUMBERS}
_FRESH = frozenset(
    {np.array, np.copy, np.zeros, np.ones, np.full, np.where, np.outer, np.dot, np.tensordot}
    | {np.sum, np.mean, np.prod, np.max, np.min, np.cumsum, np.concatenate, np.stack, np.zeros_like}
)
_FRESH_METHODS = frozenset({"sum", "dot", "copy", "mean", "prod", "max", "min", "cumsum"})
_FRESH_HELPERS = frozenset(
    [
        "$dot_left",
        "$dot_right",
        "$matmul_left",
        "$matmul_right",
        "$unbroadcast",
        "$undiagonal",
        "$untake",
        "$untake_along_axis",
        "$written",
        "$zeros_like",
        "$zeros_of",
    ]
)


def respell(expr: gast.AST, shapes: Shapes) -> gast.AST:
    """An expression in which what s2sgrad wrote is spelled as one writes it.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> shapes = given(A="n m", b="m", d="n m")
    >>> for example in (
    ...     "$unbroadcast(d, b)", "$unreduce($np.sum(d), A)", "$zeros_like(b)", "np.sum(A)",
    ... ):
    ...     print(text(respell(expression(example), shapes)))
    d.sum(axis=0)
    $np.broadcast_to(d.sum(), A.shape)
    $np.zeros($len(b))
    np.sum(A)
    """
    return _Respeller(shapes).respell(expr) if may_be_respelled(expr) else expr


@remembered
def may_be_respelled(expr: gast.AST) -> bool:
    """Whether there is anything in an expression that `_Respeller` looks at."""
    for node in nodes(expr):
        kind = node.__class__
        if kind in _SPELLED or (kind is gast.BinOp and isinstance(node.op, gast.Pow)):
            return True
    return False


class _Respeller:
    """Spells expressions, each node once."""

    def __init__(self, shapes: Shapes) -> None:
        self.shapes = shapes
        self._kept: list[gast.AST] = []
        self._new: dict[int, gast.AST] = {}

    def respell(self, expr: gast.AST) -> gast.AST:
        if expr.__class__ in _ATOMS:
            return expr
        new = self._new
        stack = [expr]
        while stack:
            node = stack.pop()
            if id(node) in new:
                continue
            inside = () if node.__class__ in OPAQUE else children(node)
            waiting = [c for c in inside if id(c) not in new and c.__class__ not in _ATOMS]
            if waiting:
                stack.append(node)
                stack.extend(waiting)
            else:
                self._settle(node, self._respelled(mapped(node, new)))
        return new[id(expr)]

    def _settle(self, node: gast.AST, result: gast.AST) -> None:
        self._new[id(node)] = result
        if result is not node:
            self._new[id(result)] = result
            self._kept += (node, result)  # so that nothing else has their numbers

    def _respelled(self, node: gast.AST) -> gast.AST:
        """A node in its best spelling; what is inside it has its own already."""
        better = self._better(node)
        return node if better is None else self.respell(better)

    def _better(self, node: gast.AST) -> gast.AST | None:
        match node:
            case gast.Call():
                spelling = _SPELLINGS.get(generated(node.func) or "")
                better = None if spelling is None else spelling(node, self.shapes)
                return without_defaults(node) if better is None else better
            case gast.BinOp():
                return folded(node, self.shapes)
            case gast.Subscript():
                dropped = dropped_axes(node, self.shapes)
                return part(node, self.shapes) if dropped is None else dropped
            case gast.Attribute(attr="T"):
                return transpose_of(node, self.shapes)
        return None


def without_defaults(node: gast.Call) -> gast.AST | None:
    """A call of a helper without arguments at its end that it has by default; None where there are none.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> for example in ("$count(x, None)", "$unreduce(d, a, 0, False)", "$unreduce(d, a, 1, k)"):
    ...     print(text(without_defaults(expression(example)) or expression("unchanged")))
    $count(x)
    $unreduce(d, a, 0)
    unchanged
    """
    defaults = _defaults((generated(node.func) or "")[1:])
    kept = len(node.args)
    if node.keywords or kept > len(defaults):
        return None
    while kept and _is_literally(node.args[kept - 1], defaults[kept - 1]):
        kept -= 1
    return None if kept == len(node.args) else call(node.func, *node.args[:kept])


@cache
def _defaults(helper: str) -> tuple[object, ...]:
    """The defaults of all parameters of a helper."""
    function = helpers().get(helper)
    parameters = signature(function).parameters if function is not None else {}
    return tuple(parameter.default for parameter in parameters.values())


def _is_literally(value: gast.AST, default: object) -> bool:
    return (
        isinstance(value, gast.Constant)
        and type(value.value) is type(default)
        and value.value == default
    )


def owned(expr: gast.AST, shapes: Shapes) -> gast.AST:
    """An expression for a value that may be written into, and that nothing else refers to.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> shapes = given(A="n m", d="", v="m", x="?")
    >>> for example in (
    ...     "$np.broadcast_to(d, A.shape)", "$np.broadcast_to(v, A.shape)", "A[1:]", "2 * A",
    ...     "x", "d",
    ... ):
    ...     print(text(owned(expression(example), shapes)))
    $np.full(A.shape, d)
    $np.array($np.broadcast_to(v, A.shape))
    A[1:].copy()
    2 * A
    $np.array(x)[()]
    d
    """
    if makes(expr, shapes):
        return expr
    kind = shapes.number(expr)
    if kind.scalar and kind.array is False:
        return expr
    match expr:
        case gast.Call(func=func, args=[value, shape], keywords=[]) if (
            generated(func) == "$np.broadcast_to"
            and shapes.scalar(value)
            and shapes.number(value).dtype == "float64"
        ):
            return call("$np.full", shape, value)
    if kind.array is not True:
        return subscript(call("$np.array", expr), tuple_of([]))
    if isinstance(expr, gast.Name | gast.Subscript | gast.Attribute) and shapes.array(expr):
        return method(expr, "copy")
    return call("$np.array", expr)


def sharing(expr: gast.AST, shapes: Shapes) -> frozenset[str]:
    """The names of memory that a value may be, or be a view of.

    >>> from s2sgrad.simplify.expressions import expression
    >>> from s2sgrad.simplify.given import given
    >>> shapes = given(A="n m", v="m")
    >>> for example in ("A.T", "(1 * A).T", "$np.reshape(A[0], v.shape)", "A.copy()[1:]"):
    ...     print(sorted(sharing(expression(example), shapes)))
    ['A']
    []
    ['A']
    []
    """
    if makes(expr, shapes):
        return frozenset()
    match expr:
        case gast.Name(id=name):
            return frozenset() if name.startswith("$") else frozenset({name})
        case gast.Attribute(attr="shape" | "ndim" | "size" | "dtype" | "strides"):
            return frozenset()
        case gast.Attribute(value=base) | gast.Subscript(value=base):
            return sharing(base, shapes)
        case gast.Call(func=func, args=[first, *_]) if shapes.called(func) is not None:
            return sharing(
                first, shapes
            )  # NumPy's views, and helpers that give what they are given
        case gast.Call(func=gast.Attribute(value=base), args=args):
            return frozenset().union(*(sharing(part, shapes) for part in (base, *args)))
        case gast.Call(args=args):
            return frozenset().union(*(sharing(part, shapes) for part in args))
    return frozenset().union(*(sharing(child, shapes) for child in children(expr)))


def makes(expr: gast.AST, shapes: Shapes) -> bool:
    """Whether an expression certainly makes its value."""
    match expr:
        case gast.BinOp() | gast.UnaryOp() | gast.Constant() | gast.Compare():
            return True
        case gast.Call(func=func):
            called = shapes.called(func)
            if isinstance(called, str):
                return called in _FRESH_HELPERS
            if called is not None:
                return isinstance(called, np.ufunc) or called in _FRESH
            method_of_array = isinstance(func, gast.Attribute) and shapes.array(func.value)
            return method_of_array and func.attr in _FRESH_METHODS
    return False
