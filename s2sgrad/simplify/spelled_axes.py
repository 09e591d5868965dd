"""Spellings of what orders axes anew: transposes, and products with them."""

from __future__ import annotations

from collections.abc import Callable

import gast

from s2sgrad.simplify.expressions import (
    NONE,
    arguments,
    attribute,
    binary,
    call,
    generated,
    literal,
    method,
    mul,
    number,
    number_of,
    rebuilt,
    tuple_of,
)
from s2sgrad.simplify.shapes import Shapes
from s2sgrad.simplify.spelled_derivatives import reduced_axes
from s2sgrad.trees import whole_axis

__all__ = ["AXES", "dropped_axes", "matrix_product", "transpose_of", "transposed"]


def matrix_product(left: gast.AST, right: gast.AST) -> gast.AST:
    """`left @ right`."""
    return binary(left, gast.MatMult(), right)


def transpose(node: gast.AST, shapes: Shapes) -> gast.AST | None:
    """`a.T` where the axes are reversed, and the method otherwise.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> shapes = given(A="n m", B="n m k", s="", x="?")
    >>> for example in (
    ...     "(A, None)", "(A)", "(A, [1, 0])", "(A, (0, 1))", "(B, [1, 2, 0])", "(s)", "(x)", "(A, 1, 0)",
    ... ):
    ...     print(text(transpose(expression("$np.transpose" + example), shapes) or NONE))
    A.T
    A.T
    A.T
    A
    B.transpose((1, 2, 0))
    s
    None
    None
    """
    found = arguments(node, "a", "axes")
    if found is None or "a" not in found:
        return None
    a, order = found["a"], found.get("axes")
    if order is None:
        if shapes.plain(a) and shapes.real(a):
            return a
        return attribute(a, "T") if shapes.array(a) else None
    axes, positions = shapes.axes(a), literal(order)
    if axes is None or not shapes.array(a) or not isinstance(positions, tuple | list):
        return None
    return permuted(a, [int(position) % len(axes) for position in positions])


def permuted(a: gast.AST, order: list[int]) -> gast.AST:
    """An array with its axes in an order, all of them given and none negative."""
    if order == sorted(order):
        return a
    if order == sorted(order, reverse=True):
        return attribute(a, "T")
    return method(a, "transpose", tuple_of([number(position) for position in order]))


def inverse_axes(node: gast.AST, shapes: Shapes) -> gast.AST | None:  # noqa: ARG001
    """The inverse of an order of axes that is written out.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> for example in (
    ...     "(None)", "()", "((2, 0, 1))", "(((2, 0, 1),))", "(order)",
    ...     "(1)", "((1, 1))", "((1.0, 0))", "(1, 0)",
    ... ):
    ...     argument = example if example != "()" else "(())"
    ...     found = inverse_axes(expression("$inverse_axes" + argument), None)
    ...     print(text(found or expression("unknown")))
    None
    None
    (1, 2, 0)
    (1, 2, 0)
    unknown
    unknown
    unknown
    unknown
    unknown
    """
    if len(node.args) != 1 or node.keywords:
        return None
    (axes,) = node.args
    order = literal(axes)
    if order is None:
        return NONE if isinstance(axes, gast.Constant) else None
    if not isinstance(order, tuple | list):
        return None
    if not order or order[0] is None:
        return NONE
    if isinstance(order[0], tuple | list):
        order = order[0]
    if not all(type(position) is int for position in order):
        return None
    positions = [position % len(order) for position in order]
    if sorted(positions) != list(range(len(order))):
        return None
    return tuple_of([number(positions.index(axis)) for axis in range(len(order))])


def swapaxes(node: gast.AST, shapes: Shapes) -> gast.AST | None:
    """`a.T` of a matrix, the method of other arrays.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> shapes = given(A="n m", B="n m k")
    >>> for example in ("(A, 0, 1)", "(A, -1, -2)", "(B, 0, 2)", "(B, 1, 1)", "(B, 0, axis2=2)"):
    ...     print(text(swapaxes(expression("$np.swapaxes" + example), shapes) or NONE))
    A.T
    A.T
    B.swapaxes(0, 2)
    B
    None
    """
    found = _positions(node, shapes)
    if found is None:
        return None
    a, ndim, first, second = found
    if first == second:
        return a
    return attribute(a, "T") if ndim == 2 else method(a, "swapaxes", *node.args[1:])


def moveaxis(node: gast.AST, shapes: Shapes) -> gast.AST | None:
    """A transposition, which costs less; nothing where the axis stays.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> shapes = given(A="n m", B="n m k")
    >>> for example in ("(A, 0, 1)", "(B, 0, -1)", "(B, 0, 0)"):
    ...     print(text(moveaxis(expression("$np.moveaxis" + example), shapes)))
    A.T
    B.transpose((1, 2, 0))
    B
    """
    found = _positions(node, shapes)
    if found is None:
        return None
    a, ndim, source, destination = found
    order = [axis for axis in range(ndim) if axis != source]
    order.insert(destination, source)
    return permuted(a, order)


def _positions(node: gast.AST, shapes: Shapes) -> tuple[gast.AST, int, int, int] | None:
    """An array, how many axes it has, and two of them."""
    if len(node.args) != 3 or node.keywords:
        return None
    a, *positions = node.args
    axes = shapes.axes(a)
    values = [number_of(position) for position in positions]
    if not axes or not shapes.array(a):
        return None
    known = [v % len(axes) for v in values if isinstance(v, int) and -len(axes) <= v < len(axes)]
    return None if len(known) < 2 else (a, len(axes), known[0], known[1])


def transposed(x: gast.AST, ndim: int) -> gast.AST:
    """x with its last two axes exchanged."""
    if ndim == 2:
        match x:
            case gast.Attribute(value=matrix, attr="T"):
                return matrix
        return attribute(x, "T")
    return method(x, "swapaxes", number(-1), number(-2))


def transpose_of(node: gast.Attribute, shapes: Shapes) -> gast.AST | None:
    """`x.T` where x is a transpose itself, or a product with one.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> shapes = given(A="n m", D="n k", B="k m")
    >>> for example in ("A.T.T", "(A.T @ D).T", "(D @ B).T", "(2 * $np.outer(u, v)).T"):
    ...     found = transpose_of(expression(example), shapes)
    ...     print(example, "->", found and text(found))
    A.T.T -> A
    (A.T @ D).T -> D.T @ A
    (D @ B).T -> None
    (2 * $np.outer(u, v)).T -> 2 * $np.outer(v, u)
    """
    match node.value:
        case gast.Call(func=func, args=[a, b], keywords=[]) if generated(func) == "$np.outer":
            return call(func, b, a)
        case gast.BinOp(left=left, op=gast.Mult(), right=right) if shapes.scalar(left):
            turned = transpose_of(rebuilt(node, value=right), shapes)
            return None if turned is None else mul(left, turned)
        case gast.Attribute(value=matrix, attr="T"):
            return matrix
        case gast.BinOp(left=left, op=gast.MatMult(), right=right):
            turned = any(isinstance(m, gast.Attribute) and m.attr == "T" for m in (left, right))
            axes = shapes.axes(left), shapes.axes(right)
            if turned and all(known is not None and len(known) == 2 for known in axes):
                return matrix_product(transposed(right, 2), transposed(left, 2))
    return None


def dropped_axes(node: gast.Subscript, shapes: Shapes) -> gast.AST | None:
    """`A.sum(axis=1)` for `A.sum(axis=1, keepdims=True)[:, 0]`, and `v` for `v[:, None][:, 0]`.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> shapes = given(A="n m", v="n", s="")
    >>> for example in (
    ...     "A.sum(axis=1, keepdims=True)[:, 0]", "v[:, None][:, 0]", "A[:, 0]",
    ...     "(-A.sum(axis=0, keepdims=True) * s)[0, :]", "A.sum(axis=0, keepdims=True)[:, 0]",
    ... ):
    ...     found = dropped_axes(expression(example), shapes)
    ...     print(example, "->", found and text(found))
    A.sum(axis=1, keepdims=True)[:, 0] -> A.sum(axis=1)
    v[:, None][:, 0] -> v
    A[:, 0] -> None
    (-A.sum(axis=0, keepdims=True) * s)[0, :] -> -A.sum(axis=0) * s
    A.sum(axis=0, keepdims=True)[:, 0] -> None
    """
    items = node.slice.elts if isinstance(node.slice, gast.Tuple) else [node.slice]
    positions = [k for k, item in enumerate(items) if number_of(item) == 0]
    if not positions or not all(number_of(item) == 0 or whole_axis(item) for item in items):
        return None
    return _without_axes(node.value, positions, len(items), shapes)


def _without_axes(
    expr: gast.AST, positions: list[int], ndim: int, shapes: Shapes
) -> gast.AST | None:
    """An expression without axes that were kept or added only to be there; None where they weren't."""
    match expr:
        case gast.Call(func=gast.Attribute(value=summed, attr="sum"), args=[], keywords=keywords):
            given = {keyword.arg: keyword.value for keyword in keywords}
            kept = given.pop("keepdims", None)
            if not isinstance(kept, gast.Constant) or kept.value is not True or "axis" not in given:
                return None
            if reduced_axes(given["axis"], ndim) != positions or len(given) > 1:
                return None
            axes = shapes.axes(summed)
            return None if axes is None or len(axes) != ndim else method(summed, "sum", **given)
        case gast.Subscript(value=inner, slice=gast.Tuple(elts=items)) if len(items) == ndim:
            new = [k for k, item in enumerate(items) if _is_new(item)]
            whole = all(_is_new(item) or whole_axis(item) for item in items)
            return inner if whole and new == positions else None
        case gast.UnaryOp(op=gast.USub(), operand=operand):
            inner = _without_axes(operand, positions, ndim, shapes)
            return None if inner is None else rebuilt(expr, operand=inner)
        case gast.BinOp(op=op, left=left, right=right) if not isinstance(op, gast.MatMult):
            sides = [
                side if shapes.scalar(side) else _without_axes(side, positions, ndim, shapes)
                for side in (left, right)
            ]
            if None in sides or (shapes.scalar(left) and shapes.scalar(right)):
                return None
            return rebuilt(expr, left=sides[0], right=sides[1])
    return None


def _is_new(item: gast.AST) -> bool:
    return isinstance(item, gast.Constant) and item.value is None


AXES: dict[str, Callable[[gast.AST, Shapes], gast.AST | None]] = {
    "$inverse_axes": inverse_axes,
    "$np.moveaxis": moveaxis,
    "$np.swapaxes": swapaxes,
    "$np.transpose": transpose,
}
"""How helpers and functions of NumPy are spelled, by name."""
