"""Spellings of the helpers that rules call, where kinds make the helper unnecessary."""

from __future__ import annotations

from collections.abc import Callable

import gast

from s2sgrad.simplify.expressions import (
    arguments,
    attribute,
    binary,
    call,
    index_with,
    method,
    mul,
    number,
    number_of,
    tuple_of,
)
from s2sgrad.simplify.shapes import Axes, Shapes, met, same_extent
from s2sgrad.simplify.sizes import length_of, shape_of, size_of

__all__ = ["DERIVATIVES"]

NONE = gast.Constant(value=None, kind=None)


def summed(d: gast.AST, shapes: Shapes, **keywords: gast.AST) -> gast.AST:
    """`d.sum(...)` of an array, `np.sum(d, ...)` of what may be something else."""
    return method(d, "sum", **keywords) if shapes.array(d) else call("$np.sum", d, **keywords)


def unbroadcast(node: gast.AST, shapes: Shapes) -> gast.AST | None:
    """The sum over exactly the axes along which like was broadcast; d itself where there is none.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> shapes = given(s="", b="m!", c="n 1", r="1 m!", u="m", d="n m!", e="k n m!", f="n m")
    >>> for example in ("(s, s)", "(d, d)", "(d, s)", "(d, b)", "(d, c)", "(e, d)", "(e, r)", "(f, u)"):
    ...     print(example, "->", text(unbroadcast(expression("$unbroadcast" + example), shapes) or NONE))
    (s, s) -> s
    (d, d) -> d
    (d, s) -> d.sum()
    (d, b) -> d.sum(axis=0)
    (d, c) -> d.sum(axis=1, keepdims=True)
    (e, d) -> e.sum(axis=0)
    (e, r) -> e.sum(axis=(0, 1), keepdims=True)[0]
    (f, u) -> f.sum(axis=0)
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
        return None
    added = len(whole) - len(part)
    stretched = []
    for axis, (m, n) in enumerate(zip(part, whole[added:], strict=True), added):
        if m.number == 1 and n.number != 1:
            stretched.append(axis)
        elif not met(m, n):
            return None
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
    >>> shapes = given(s="", A="n m", B="n m k", d="n", e="m", f="n 1", g="n k")
    >>> for example in ("(s, s)", "(s, A)", "(d, A, 1)", "(e, A, 0)", "(f, A, 1, True)", "(g, B, axis=1)", "(e, B, (0, 2))"):
    ...     print(example, "->", text(unreduce(expression("$unreduce" + example), shapes)))
    (s, s) -> s
    (s, A) -> $np.broadcast_to(s, A.shape)
    (d, A, 1) -> $np.broadcast_to(d[:, None], A.shape)
    (e, A, 0) -> $np.broadcast_to(e, A.shape)
    (f, A, 1, True) -> $np.broadcast_to(f, A.shape)
    (g, B, axis=1) -> $np.broadcast_to(g[:, None], B.shape)
    (e, B, (0, 2)) -> $np.broadcast_to(e[:, None], B.shape)
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
    >>> for example in ("(s)", "(v)", "(A)", "(A, 0)", "(A, axis=1)", "(A @ w)"):
    ...     print(example, "->", text(count(expression("$count" + example), shapes)))
    (s) -> 1
    (v) -> $len(v)
    (A) -> A.size
    (A, 0) -> $len(v)
    (A, axis=1) -> A.shape[1]
    (A @ w) -> $len(v)
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
    """Zeros: a float, or an array of the same shape and dtype.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> shapes = given(s="", v="n", A="n m", f="float32 n")
    >>> for example in "svAf":
    ...     print(text(zeros_like(expression(f"$zeros_like({example})"), shapes)))
    0.0
    $np.zeros($len(v))
    $np.zeros(A.shape)
    $np.zeros($len(f), f.dtype)
    """
    found = arguments(node, "x") or arguments(node, "a")
    if found is None or len(found) != 1:
        return None
    (x,) = found.values()
    kind = shapes.number(x)
    if kind.scalar and kind.array is False and kind.dtype in {"float64", "float", "float32"}:
        return number(0.0)
    if kind.array is not True:
        return None
    shape = shape_of(x, shapes, bare=True)
    if shape is None:
        return None
    return (
        call("$np.zeros", shape)
        if kind.dtype == "float64"
        else call("$np.zeros", shape, attribute(x, "dtype"))
    )


def matmul_left(node: gast.AST, shapes: Shapes) -> gast.AST | None:
    """The derivative in a of `a @ b`, by the number of axes of both.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> shapes = given(s="", v="m", A="n m", B="m k", S="b n m", T="b m k", d="n k", u="n", D="b n k")
    >>> for example in ("(d, A, B)", "(u, A, v)", "(v, u, A)", "(s, v, v)", "(D, S, T)", "(D, S, B)"):
    ...     print(example, "->", text(matmul_left(expression("$matmul_left" + example), shapes)))
    (d, A, B) -> d @ B.T
    (u, A, v) -> $np.outer(u, v)
    (v, u, A) -> A @ v
    (s, v, v) -> v * s
    (D, S, T) -> D @ T.swapaxes(-1, -2)
    (D, S, B) -> D @ B.T
    """
    found = _operands(node, shapes)
    if found is None:
        return None
    d, a, b, axes_a, axes_b = found
    match len(axes_a), len(axes_b):
        case 1, 1:
            return mul(b, d)
        case 1, 2:
            return binary(b, gast.MatMult(), d)
        case 2, 1:
            return call("$np.outer", d, b)
        case m, n if m >= 2 and n >= 2 and m >= n and _batches(axes_a[m - n : -2], axes_b[:-2]):
            return binary(d, gast.MatMult(), transposed(b, n))
    return None


def matmul_right(node: gast.AST, shapes: Shapes) -> gast.AST | None:
    """The derivative in b of `a @ b`, by the number of axes of both.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> shapes = given(s="", v="m", A="n m", B="m k", S="b n m", T="b m k", d="n k", u="n", D="b n k")
    >>> for example in ("(d, A, B)", "(u, A, v)", "(v, u, A)", "(s, v, v)", "(D, S, T)", "(D, A, T)"):
    ...     print(example, "->", text(matmul_right(expression("$matmul_right" + example), shapes)))
    (d, A, B) -> A.T @ d
    (u, A, v) -> A.T @ u
    (v, u, A) -> $np.outer(u, v)
    (s, v, v) -> v * s
    (D, S, T) -> S.swapaxes(-1, -2) @ D
    (D, A, T) -> A.T @ D
    """
    found = _operands(node, shapes)
    if found is None:
        return None
    d, a, b, axes_a, axes_b = found
    match len(axes_a), len(axes_b):
        case 1, 1:
            return mul(a, d)
        case 1, 2:
            return call("$np.outer", a, d)
        case 2, 1:
            return binary(transposed(a, 2), gast.MatMult(), d)
        case m, n if m >= 2 and n >= m and _batches(axes_b[n - m : -2], axes_a[:-2]):
            return binary(transposed(a, m), gast.MatMult(), d)
    return None


def _operands(
    node: gast.AST, shapes: Shapes
) -> tuple[gast.AST, gast.AST, gast.AST, Axes, Axes] | None:
    """d, a and b of a helper of products, and the axes of a and b, of which both have some."""
    found = arguments(node, "d", "a", "b")
    if found is None or len(found) < 3:
        return None
    axes_a, axes_b = shapes.axes(found["a"]), shapes.axes(found["b"])
    if not axes_a or not axes_b:
        return None
    return found["d"], found["a"], found["b"], axes_a, axes_b


def transposed(x: gast.AST, ndim: int) -> gast.AST:
    """x with its last two axes exchanged."""
    if ndim == 2:
        return attribute(x, "T")
    return method(x, "swapaxes", number(-1), number(-2))


def _batches(whole: Axes, part: Axes) -> bool:
    """Whether axes of which those of the product are made are those of the product themselves."""
    return all(same_extent(m, n) for m, n in zip(whole, part))


DERIVATIVES: dict[str, Callable[[gast.AST, Shapes], gast.AST | None]] = {
    "$unbroadcast": unbroadcast,
    "$unreduce": unreduce,
    "$count": count,
    "$zeros_like": zeros_like,
    "$matmul_left": matmul_left,
    "$matmul_right": matmul_right,
}
