"""Spellings of NumPy's functions of arrays: methods, attributes, indices, operators."""

from __future__ import annotations

from collections.abc import Callable

import gast

from s2sgrad.simplify.expressions import (
    NONE,
    arguments,
    attribute,
    index_with,
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
    >>> as_method(expression("$np.sum(A, *axes)"), shapes)
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
    >>> for example in ("(A)", "(A * v)", "(s)", "(*v)"):
    ...     print(text(shape(expression("$np.shape" + example), shapes) or NONE))
    A.shape
    A.shape
    ()
    None
    """
    found = arguments(node, "a")
    if found is None or "a" not in found:
        return None
    return tuple_of([]) if shapes.scalar(found["a"]) else shape_of(found["a"], shapes)


def ndim(node: gast.AST, shapes: Shapes) -> gast.AST | None:
    """The number of axes as a number, where it is known.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> for example in ("(A)", "(s)", "(x)", "(*A)"):
    ...     found = ndim(expression("$np.ndim" + example), given(A="n m", s="", x="?"))
    ...     print(text(found or NONE))
    2
    0
    None
    None
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
    ...     "(A, *v.shape)",
    ... ):
    ...     print(text(reshape(expression("$np.reshape" + example), shapes) or NONE))
    A
    v.reshape((2, 3))
    s
    A.reshape(v.shape)
    None
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
    ...     "np.flip(A, (0, 1))", "np.flip(A, 2)",
    ... ):
    ...     print(text(flip(expression("$" + example), shapes) or NONE))
    v[::-1]
    A[::-1, ::-1]
    A[:, ::-1]
    A[:, ::-1]
    A[::-1]
    None
    None
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
    >>> for example in ("(n)", "(2.5)", "(x)", "(n, where=x)"):
    ...     found = negative(expression("$np.negative" + example), given(n="int", x="?"))
    ...     print(text(found or NONE))
    -n
    -2.5
    None
    None
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
    "$np.cumprod": as_method,
    "$np.cumsum": as_method,
    "$np.expand_dims": expand_dims,
    "$np.flip": flip,
    "$np.fliplr": flip,
    "$np.flipud": flip,
    "$np.max": as_method,
    "$np.mean": as_method,
    "$np.min": as_method,
    "$np.ndim": ndim,
    "$np.negative": negative,
    "$np.prod": as_method,
    "$np.ravel": ravel,
    "$np.reshape": reshape,
    "$np.shape": shape,
    "$np.size": size,
    "$np.sum": summed,
}
