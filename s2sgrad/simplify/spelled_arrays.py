"""Spellings of NumPy's functions of arrays: methods, attributes, indices, operators."""

from __future__ import annotations

from collections.abc import Callable

import gast

from s2sgrad.simplify.expressions import (
    NONE,
    arguments,
    attribute,
    index_with,
    literal,
    method,
    neg,
    number,
    number_of,
    rebuilt,
    tuple_of,
)
from s2sgrad.simplify.shapes import Shapes, same_shape
from s2sgrad.simplify.sizes import shape_of, size_of

__all__ = ["ARRAYS"]


def as_method(node: gast.AST, shapes: Shapes) -> gast.AST | None:
    """A function of an array as its method.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> shapes = given(A="n m", s="")
    >>> text(as_method(expression("$np.sum(A, axis=0)"), shapes))
    'A.sum(axis=0)'
    >>> as_method(expression("$np.sum(s)"), shapes)
    """
    if not node.args or not shapes.array(node.args[0]):
        return None
    if any(isinstance(arg, gast.Starred) for arg in node.args):
        return None
    receiver, *args = node.args
    return rebuilt(node, func=attribute(receiver, node.func.attr), args=args)


def summed(node: gast.AST, shapes: Shapes) -> gast.AST | None:
    """A sum without the arguments that are what they are anyway; of a number, the number.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> shapes = given(A="n m", s="", x="?")
    >>> for example in ("(A)", "(A, axis=None, keepdims=False)", "(s)", "(x, axis=0)"):
    ...     print(text(summed(expression("$np.sum" + example), shapes) or NONE))
    A.sum()
    A.sum()
    s
    None
    """
    found = arguments(node, "a", "axis", "keepdims")
    if found is None or "a" not in found:
        return None
    if shapes.plain(found["a"]) and shapes.real(found["a"]) and len(found) == 1:
        return found["a"]
    keywords = [keyword for keyword in node.keywords if keyword.arg in found]
    return as_method(rebuilt(node, keywords=keywords), shapes)


def shape(node: gast.AST, shapes: Shapes) -> gast.AST | None:
    """`x.shape` of an array, and what the number of axes says of others.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> shapes = given(A="n m", v="m", s="")
    >>> for example in ("(A)", "(A * v)", "(s)"):
    ...     print(text(shape(expression("$np.shape" + example), shapes)))
    A.shape
    A.shape
    ()
    """
    found = arguments(node, "a")
    if found is None or "a" not in found:
        return None
    return tuple_of([]) if shapes.scalar(found["a"]) else shape_of(found["a"], shapes)


def ndim(node: gast.AST, shapes: Shapes) -> gast.AST | None:
    """The number of axes as a number, where it is known.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> text(ndim(expression("$np.ndim(A)"), given(A="n m")))
    '2'
    """
    found = arguments(node, "a")
    if found is None or "a" not in found:
        return None
    axes = shapes.axes(found["a"])
    if axes is not None:
        return number(len(axes))
    return attribute(found["a"], "ndim") if shapes.array(found["a"]) else None


def size(node: gast.AST, shapes: Shapes) -> gast.AST | None:
    """The number of elements.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> text(size(expression("$np.size(A)"), given(A="n m")))
    'A.size'
    """
    found = arguments(node, "a")
    return None if found is None or "a" not in found else size_of(found["a"], shapes)


def reshape(node: gast.AST, shapes: Shapes) -> gast.AST | None:
    """The method; nothing at all where the shape is that already.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> shapes = given(A="n m", B="n m", v="n", s="", x="?")
    >>> for example in (
    ...     "(A, A.shape)", "(v, (2, 3))", "(s, ())", "(A, v.shape, order='C')", "(x, v.shape)",
    ... ):
    ...     print(text(reshape(expression("$np.reshape" + example), shapes) or NONE))
    A
    v.reshape((2, 3))
    s
    A.reshape(v.shape)
    None
    """
    found = arguments(node, "a", "shape", "order")
    if found is None or "a" not in found or "shape" not in found:
        return None
    a, wanted, order = found["a"], found["shape"], found.get("order")
    axes = shapes.number(a).shape
    named = shapes.shape_named(wanted)
    if named is not None and same_shape(axes, named) and (shapes.array(a) or shapes.plain(a)):
        return a
    if not shapes.array(a):
        return None
    if order is None or (isinstance(order, gast.Constant) and order.value == "C"):
        return method(a, "reshape", wanted)
    return method(a, "reshape", wanted, order=order)


def transpose(node: gast.AST, shapes: Shapes) -> gast.AST | None:
    """`a.T` where the axes are reversed, and the method otherwise.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> shapes = given(A="n m", B="n m k", s="", x="?")
    >>> for example in (
    ...     "(A, None)", "(A)", "(A, [1, 0])", "(A, (0, 1))", "(B, [1, 2, 0])", "(s)", "(x)",
    ... ):
    ...     print(text(transpose(expression("$np.transpose" + example), shapes) or NONE))
    A.T
    A.T
    A.T
    A
    B.transpose((1, 2, 0))
    s
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
    >>> for example in ("(None)", "()", "((2, 0, 1))", "(((2, 0, 1),))", "(order)"):
    ...     argument = example if example != "()" else "(())"
    ...     found = inverse_axes(expression("$inverse_axes" + argument), None)
    ...     print(text(found or expression("unknown")))
    None
    None
    (1, 2, 0)
    (1, 2, 0)
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
    >>> for example in ("(A, 0, 1)", "(A, -1, -2)", "(B, 0, 2)", "(B, 1, 1)"):
    ...     print(text(swapaxes(expression("$np.swapaxes" + example), shapes)))
    A.T
    A.T
    B.swapaxes(0, 2)
    B
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


def expand_dims(node: gast.AST, shapes: Shapes) -> gast.AST | None:
    """`a[:, None]` of an array, for one axis.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> shapes = given(v="n", A="n m")
    >>> for example in ("(v, 0)", "(v, -1)", "(A, 1)", "(A, axis=-1)"):
    ...     print(text(expand_dims(expression("$np.expand_dims" + example), shapes)))
    v[None]
    v[:, None]
    A[:, None]
    A[:, :, None]
    """
    found = arguments(node, "a", "axis")
    if found is None or len(found) < 2 or not shapes.array(found["a"]):
        return None
    axes, axis = shapes.axes(found["a"]), number_of(found["axis"])
    if axes is None or not isinstance(axis, int) or not -len(axes) - 1 <= axis <= len(axes):
        return None
    return index_with(found["a"], [*[None] * (axis % (len(axes) + 1)), NONE])


def flip(node: gast.AST, shapes: Shapes) -> gast.AST | None:
    """Slices of step -1.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> shapes = given(v="n", A="n m")
    >>> for example in (
    ...     "np.flip(v)", "np.flip(A, None)", "np.flip(A, -1)", "np.fliplr(A)", "np.flipud(A)",
    ... ):
    ...     print(text(flip(expression("$" + example), shapes)))
    v[::-1]
    A[::-1, ::-1]
    A[:, ::-1]
    A[:, ::-1]
    A[::-1]
    """
    found = arguments(node, "m", "axis")
    if found is None or "m" not in found or not shapes.array(found["m"]):
        return None
    axes = shapes.axes(found["m"])
    if not axes:
        return None
    fixed = {"fliplr": number(1), "flipud": number(0)}.get(node.func.attr)
    axis = found.get("axis") if fixed is None else fixed
    flipped = range(len(axes))
    if axis is not None:
        value = number_of(axis)
        if not isinstance(value, int) or not -len(axes) <= value < len(axes):
            return None
        flipped = range(value % len(axes), value % len(axes) + 1)
    back = gast.Slice(lower=None, upper=None, step=number(-1))
    return index_with(found["m"], [back if a in flipped else None for a in range(flipped[-1] + 1)])


def ravel(node: gast.AST, shapes: Shapes) -> gast.AST | None:
    """An array with one axis itself, the method of others.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> shapes = given(v="n", A="n m")
    >>> for example in "vA":
    ...     print(text(ravel(expression(f"$np.ravel({example})"), shapes)))
    v
    A.ravel()
    """
    if len(node.args) != 1 or node.keywords or not shapes.array(node.args[0]):
        return None
    axes = shapes.axes(node.args[0])
    return node.args[0] if axes is not None and len(axes) == 1 else as_method(node, shapes)


def negative(node: gast.AST, shapes: Shapes) -> gast.AST | None:
    """`-x` of a number or an array.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> text(negative(expression("$np.negative(n)"), given(n="int")))
    '-n'
    """
    if len(node.args) != 1 or node.keywords:
        return None
    (x,) = node.args
    value = number_of(x)
    if value is not None:
        return number(-value)
    kind = shapes.number(x)
    known = kind.array is not None and kind.dtype not in {None, "bool"}
    return neg(x) if known else None


ARRAYS: dict[str, Callable[[gast.AST, Shapes], gast.AST | None]] = {
    "$inverse_axes": inverse_axes,
    "$np.cumprod": as_method,
    "$np.cumsum": as_method,
    "$np.expand_dims": expand_dims,
    "$np.flip": flip,
    "$np.fliplr": flip,
    "$np.flipud": flip,
    "$np.max": as_method,
    "$np.mean": as_method,
    "$np.min": as_method,
    "$np.moveaxis": moveaxis,
    "$np.ndim": ndim,
    "$np.negative": negative,
    "$np.prod": as_method,
    "$np.ravel": ravel,
    "$np.reshape": reshape,
    "$np.shape": shape,
    "$np.size": size,
    "$np.sum": summed,
    "$np.swapaxes": swapaxes,
    "$np.transpose": transpose,
}
