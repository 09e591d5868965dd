"""Spellings of the helpers that rules call, where kinds make the helper unnecessary."""

from __future__ import annotations

from collections.abc import Callable

import gast

from s2sgrad.simplify.expressions import (
    NONE,
    arguments,
    call,
    index_with,
    method,
    mul,
    number,
    number_of,
    real_dtype,
    repeated,
    tuple_of,
)
from s2sgrad.simplify.shapes import Shapes, met
from s2sgrad.simplify.sizes import length_of, shape_of, size_of

__all__ = ["DERIVATIVES"]


def summed(d: gast.AST, shapes: Shapes, **keywords: gast.AST) -> gast.AST:
    """`d.sum(...)` of an array, `np.sum(d, ...)` of what may be something else."""
    return method(d, "sum", **keywords) if shapes.array(d) else call("$np.sum", d, **keywords)


def unbroadcast(node: gast.AST, shapes: Shapes) -> gast.AST | None:
    """The sum over exactly the axes along which like was broadcast; d itself where there is none.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> shapes = given(
    ...     s="", b="m!", c="n 1", r="1 m!", u="m", d="n m!", e="k n m!", f="n m", x="?"
    ... )
    >>> for example in (
    ...     "(s, s)", "(d, d)", "(d, s)", "(d, b)", "(d, c)", "(e, d)", "(e, r)", "(f, u)",
    ...     "(d, -x)", "(d, s * x)", "(d, x / s)", "(d, x)", "(d)",
    ... ):
    ...     found = unbroadcast(expression("$unbroadcast" + example), shapes)
    ...     print(example, "->", text(found or NONE))
    (s, s) -> s
    (d, d) -> d
    (d, s) -> d.sum()
    (d, b) -> d.sum(axis=0)
    (d, c) -> d.sum(axis=1, keepdims=True)
    (e, d) -> e.sum(axis=0)
    (e, r) -> e.sum(axis=(0, 1), keepdims=True)[0]
    (f, u) -> f.sum(axis=0)
    (d, -x) -> $unbroadcast(d, x)
    (d, s * x) -> $unbroadcast(d, x)
    (d, x / s) -> $unbroadcast(d, x)
    (d, x) -> None
    (d) -> None
    """
    found = arguments(node, "d", "like")
    if found is None or len(found) < 2:
        return None
    d, like = found["d"], found["like"]
    if shapes.scalar(d) or shapes.same(d, like):
        return d
    if shapes.scalar(like):
        return summed(d, shapes)
    whole, part = shapes.axes(d), shapes.axes(like)
    if whole is None or part is None or len(whole) < len(part):
        return _of_shape(d, like, shapes)
    added = len(whole) - len(part)
    stretched = []
    for axis, (m, n) in enumerate(zip(part, whole[added:], strict=True), added):
        if m.number == 1 and n.number != 1:
            stretched.append(axis)
        elif not met(m, n):
            return _of_shape(d, like, shapes)
    if not added and not stretched:
        return d
    if not stretched:
        return summed(d, shapes, axis=_axes(list(range(added))))
    kept = summed(
        d,
        shapes,
        axis=_axes([*range(added), *stretched]),
        keepdims=gast.Constant(value=True, kind=None),
    )
    return index_with(kept, [number(0)] * added) if added else kept


def _of_shape(d: gast.AST, like: gast.AST, shapes: Shapes) -> gast.AST | None:
    """`unbroadcast(d, x)` for `unbroadcast(d, 2 * x)`: numbers don't matter for the shape."""
    match like:
        case gast.UnaryOp(operand=operand):
            return call("$unbroadcast", d, operand)
        case gast.BinOp(left=left, right=right) if shapes.scalar(left):
            return call("$unbroadcast", d, right)
        case gast.BinOp(left=left, right=right) if shapes.scalar(right):
            return call("$unbroadcast", d, left)
    return None


def _axes(axes: list[int]) -> gast.AST:
    return number(axes[0]) if len(axes) == 1 else tuple_of([number(axis) for axis in axes])


def reduced_axes(axis: gast.AST | None, ndim: int) -> list[int] | None:
    """The axes that a reduction removes, in order, None where that isn't known."""
    if axis is None:
        return list(range(ndim))
    items = axis.elts if isinstance(axis, gast.Tuple) else [axis]
    values = [number_of(item) for item in items]
    known = [value % ndim for value in values if isinstance(value, int) and -ndim <= value < ndim]
    return sorted(known) if len(known) == len(values) else None


def unreduce(node: gast.AST, shapes: Shapes) -> gast.AST | None:
    """d spread over the axes that were summed.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> shapes = given(s="", A="n m", B="n m k", d="n", e="m", f="n 1", g="n k", x="?")
    >>> for example in (
    ...     "(s, s)", "(s, A)", "(d, A, 1)", "(e, A, 0)", "(f, A, 1, True)", "(g, B, axis=1)",
    ...     "(e, B, (0, 2))", "(d, A, 1, kept)", "(d, axis=1)", "(d, x, 1)",
    ... ):
    ...     found = unreduce(expression("$unreduce" + example), shapes)
    ...     print(example, "->", text(found or NONE))
    (s, s) -> s
    (s, A) -> $np.broadcast_to(s, A.shape)
    (d, A, 1) -> $np.broadcast_to(d[:, None], A.shape)
    (e, A, 0) -> $np.broadcast_to(e, A.shape)
    (f, A, 1, True) -> $np.broadcast_to(f, A.shape)
    (g, B, axis=1) -> $np.broadcast_to(g[:, None], B.shape)
    (e, B, (0, 2)) -> $np.broadcast_to(e[:, None], B.shape)
    (d, A, 1, kept) -> None
    (d, axis=1) -> None
    (d, x, 1) -> None
    """
    found = arguments(node, "d", "a", "axis", "keepdims")
    if found is None or "d" not in found or "a" not in found:
        return None
    d, a = found["d"], found["a"]
    if shapes.scalar(a) and shapes.scalar(d):
        return d
    axes = shapes.axes(a)
    keepdims = found.get("keepdims")
    if keepdims is not None and not (
        isinstance(keepdims, gast.Constant) and keepdims.value is True
    ):
        return None
    if not shapes.array(a):
        plain = call("$unreduce", d, a) if shapes.scalar(d) else None
        return (
            plain
            if plain is not None and len(node.args) + len(node.keywords) > 2 and len(found) == 2
            else None
        )
    shape = shape_of(a, shapes)
    if shape is None:
        return None
    if keepdims is None and "axis" in found:
        if axes is None:
            return None
        removed = reduced_axes(found["axis"], len(axes))
        if removed is None:
            return None
        leading = next((axis for axis in range(len(axes)) if axis not in removed), len(axes))
        items: list[gast.AST | None] = [
            NONE if axis in removed else None for axis in range(leading, len(axes))
        ]
        while items and items[-1] is None:
            items.pop()
        d = index_with(d, items) if items else d
    return call("$np.broadcast_to", d, shape)


def count(node: gast.AST, shapes: Shapes) -> gast.AST | None:
    """A length or a size.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> shapes = given(s="", v="n", A="n m", w="m")
    >>> for example in ("(s)", "(v)", "(A)", "(A, 0)", "(A, axis=1)", "(A @ w)", "(A, where=w)"):
    ...     print(example, "->", text(count(expression("$count" + example), shapes) or NONE))
    (s) -> 1
    (v) -> $len(v)
    (A) -> A.size
    (A, 0) -> $len(v)
    (A, axis=1) -> A.shape[1]
    (A @ w) -> $len(v)
    (A, where=w) -> None
    """
    found = arguments(node, "a", "axis")
    if found is None or "a" not in found:
        return None
    axis = found.get("axis")
    if axis is None:
        return size_of(found["a"], shapes)
    axes = shapes.axes(found["a"])
    removed = None if axes is None else reduced_axes(axis, len(axes))
    if removed is None:
        return None
    product: gast.AST | None = None
    for position in removed:
        length = length_of(found["a"], position, shapes)
        if length is None:
            return None
        product = length if product is None else mul(product, length)
    return number(1) if product is None else product


def zeros_like(node: gast.AST, shapes: Shapes) -> gast.AST | None:
    """Zeros: a float, a list of floats, or an array of the same shape and dtype.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> shapes = given(s="", v="n", A="n m", f="float32 n")
    >>> for example in ("(s)", "(v)", "(A)", "(f)", "(f, order)"):
    ...     print(text(zeros_like(expression("$zeros_like" + example), shapes) or NONE))
    0.0
    $np.zeros($len(v))
    $np.zeros(A.shape)
    $np.zeros($len(f), f.dtype)
    None
    """
    found = arguments(node, "x") or arguments(node, "a")
    if found is None or len(found) != 1:
        return None
    (x,) = found.values()
    if shapes.numbers(x):
        return repeated(number(0.0), x)
    kind = shapes.number(x)
    if kind.scalar and kind.array is False and kind.dtype in {"float64", "float", "float32"}:
        return number(0.0)
    if kind.array is True and kind.shape == () and getattr(x, "id", None) in shapes.parameters:
        shape: gast.AST | None = tuple_of([])
    elif shapes.array(x):
        shape = shape_of(x, shapes, bare=True)
    else:
        return None
    if shape is None:
        return None
    return (
        call("$np.zeros", shape)
        if kind.dtype == "float64"
        else call("$np.zeros", shape, real_dtype(x, kind.dtype))
    )


DERIVATIVES: dict[str, Callable[[gast.AST, Shapes], gast.AST | None]] = {
    "$count": count,
    "$unbroadcast": unbroadcast,
    "$unreduce": unreduce,
    "$zeros_like": zeros_like,
    "$zeros_of": zeros_like,
}
