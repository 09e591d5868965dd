"""Calls that have another name: `np.add.reduce(a)` is `np.sum(a, axis=0)`, a norm may be a sum.

What stays, stays because nothing else says it: None is given for what stands for itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import gast
import numpy as np

from s2sgrad.emit import expression
from s2sgrad.infer.resolution import Repeated, Resolution, Stands, Unresolved
from s2sgrad.infer.results import dtype_name
from s2sgrad.infer.wording import (
    Keywords,
    KindOf,
    array_of,
    at_most_a_row,
    axes,
    call,
    is_number,
    numpys,
    of_integers,
    part,
    unknown_shapes,
)
from s2sgrad.kinds import Kind, Known, Number, Sequence

__all__ = ["NAMES", "as_type", "in_one_row", "item_of", "of_ufunc", "reshaped"]


def _array(
    _: KindOf,
    object: gast.AST,
    dtype: gast.AST | None = None,
    *,
    copy: gast.AST | None = None,
) -> Resolution | None:
    """`np.array(x, copy=...)`: a copy, or x itself where it is an array of this dtype."""
    if copy is None:
        return None
    return _copied("np.array", copy, [object] if dtype is None else [object, dtype])


def _asarray(
    kind_of: KindOf,
    a: gast.AST,
    dtype: gast.AST | None = None,
    *,
    copy: gast.AST | None = None,
) -> Resolution | None:
    if copy is None:
        converted = dtype is not None and _is_converted(kind_of(a), kind_of(dtype))
        return Stands((call(numpys("array"), [a, dtype], {}),)) if converted else None
    return _copied("np.asarray", copy, [a] if dtype is None else [a, dtype])


def _is_converted(kind: Kind, dtype: Kind) -> bool:
    """Whether an array certainly has another dtype than the one that is asked for, so that it is copied."""
    if not isinstance(kind, Number) or kind.array is not True or kind.dtype not in _OF_ONE_WIDTH:
        return False
    if not isinstance(dtype, Known) or not isinstance(dtype.value, type):
        return False
    asked = dtype_name(np.dtype(dtype.value)) if issubclass(dtype.value, _NUMBERS) else None
    return asked is not None and asked != kind.dtype


_OF_ONE_WIDTH = frozenset({"bool", "float32", "float64"})
_NUMBERS = (bool, int, float, np.number, np.bool_)


def as_type(
    _: KindOf, a: gast.AST, dtype: gast.AST, *, copy: gast.AST | None = None
) -> Resolution | None:
    """`x.astype(dtype, copy=...)`."""
    return None if copy is None else _copied("astype", copy, [a, dtype])


def _copied(function: str, copy: gast.AST, args: list[gast.AST]) -> Resolution:
    if not isinstance(copy, gast.Constant):
        return Unresolved(
            f"it isn't known whether {function} copies", "Write copy=True, or copy=False."
        )
    made = numpys("array" if copy.value else "asarray")
    return Stands((call(made, args, {}),))


def reshaped(_: KindOf, *_operands: gast.AST, order: gast.AST | None = None) -> Resolution | None:
    """`x.reshape(*shape, order=...)`: where the order is that of the memory, nobody knows which one it is."""
    if order is None or (isinstance(order, gast.Constant) and order.value in {"C", "F"}):
        return None
    return Unresolved(
        "the order of what is put into another shape isn't known to be 'C' or 'F'",
        "Write order='C', which is the default, or order='F'.",
    )


def _reshape(
    kind_of: KindOf, a: gast.AST, shape: gast.AST, order: gast.AST | None = None
) -> Resolution | None:
    return reshaped(kind_of, a, shape, order=order)


def in_one_row(kind_of: KindOf, a: gast.AST, order: gast.AST | None = None) -> Resolution | None:
    """`x.ravel(order)`; in an array with one axis there is only one order."""
    return None if axes(kind_of(a)) == 1 else reshaped(kind_of, order=order)


def item_of(kind_of: KindOf, a: gast.AST, *index: gast.AST) -> Resolution | None:
    """`x.item(i, j)` and `x.item((i, j))`, which are `x[i, j].item()`; one number counts in all of x."""
    if not index or (len(index) == 1 and not isinstance(kind_of(index[0]), Sequence)):
        return None
    place = index[0] if len(index) == 1 else gast.Tuple(elts=list(index), ctx=gast.Load())
    entry = gast.Subscript(value=a, slice=place, ctx=gast.Load())
    return Stands(
        (entry, call(gast.Attribute(value=part(0), attr="item", ctx=gast.Load()), [], {}))
    )


def _sort(_: KindOf, a: gast.AST, axis: gast.AST | None = None) -> Resolution | None:
    """`np.sort(a, axis=None)`: all entries in one row."""
    if not isinstance(axis, gast.Constant) or axis.value is not None:
        return None
    return Stands((call(numpys("ravel"), [a], {}), call(numpys("sort"), [part(0)], {})))


def _partition(
    _: KindOf, a: gast.AST, kth: gast.AST, axis: gast.AST | None = None
) -> Resolution | None:
    """`np.partition(a, kth, axis=None)`: all entries in one row."""
    if not isinstance(axis, gast.Constant) or axis.value is not None:
        return None
    return Stands((call(numpys("ravel"), [a], {}), call(numpys("partition"), [part(0), kth], {})))


def _take_along_axis(
    _: KindOf, arr: gast.AST, indices: gast.AST, axis: gast.AST | None = None
) -> Resolution | None:
    """`np.take_along_axis(arr, indices, None)`: of all entries in one row."""
    if not isinstance(axis, gast.Constant) or axis.value is not None:
        return None
    taken = [part(0), indices, gast.Constant(value=0, kind=None)]
    return Stands((call(numpys("ravel"), [arr], {}), call(numpys("take_along_axis"), taken, {})))


def _einsum(
    kind_of: KindOf, subscripts: gast.AST, *operands: gast.AST, **_keywords: gast.AST
) -> Resolution | None:
    """`np.einsum(a, [0, 1], [1, 0])`: axes in lists stand where the operands stand beside a text."""
    kind = kind_of(subscripts)
    listed = isinstance(kind, Number) and any(isinstance(kind_of(o), Sequence) for o in operands)
    if not listed and not isinstance(kind, Sequence):
        return None
    return Unresolved(
        f"np.einsum is differentiated with its axes in a text, and {expression(subscripts)} isn't known to be one",
        "Write the axes as a text, np.einsum('ij->ji', a).",
    )


def _norm(
    kind_of: KindOf,
    x: gast.AST,
    ord: gast.AST | None = None,
    axis: gast.AST | None = None,
    keepdims: gast.AST | None = None,
) -> Resolution | None:
    """A norm with its order: the Euclidean one where it is that, a sum for 1."""
    if ord is None:
        return None
    order = ord.value if isinstance(ord, gast.Constant) else ord
    given = {"axis": axis, "keepdims": keepdims}
    others = {key: value for key, value in given.items() if value is not None}
    vectors = axes(kind_of(x)) == 1 if axis is None else is_number(kind_of(axis))
    if order is None or order == "fro" or (order == 2 and vectors):
        return Stands((call(numpys("linalg", "norm"), [x], others),))
    if order == 1 and vectors:
        absolute = call(numpys("abs"), [x], {})
        return Stands((absolute, call(numpys("sum"), [part(0)], others)))
    if type(order) in {int, float} and order > 1 and vectors:
        powers = call(numpys("power"), [part(0), ord], {})
        inverse = gast.Constant(value=1 / order, kind=None)
        values = (call(numpys("abs"), [x], {}), powers, call(numpys("sum"), [part(1)], others))
        return Stands((*values, call(numpys("power"), [part(2), inverse], {})))
    return Unresolved(
        f"np.linalg.norm is differentiated for vectors and a finite ord, and without ord, not for "
        f"ord {expression(ord)}" + ("" if vectors else " of what isn't known to be a vector"),
        "Write it with np.sum and np.max, leave ord out, or give like=.",
    )


def of_ufunc(
    ufunc: np.ufunc, method: str, args: list[gast.AST], keywords: Keywords, kind_of: KindOf
) -> Resolution | None:
    """`np.add.reduce(a)`, `np.add.accumulate(a)`, `np.add.outer(a, b)` and `np.subtract.at(a, i, v)`."""
    if method == "at" and ufunc is np.subtract and len(args) == 3 and not keywords:
        array, index, value = args
        values = [array_of(value)] if isinstance(kind_of(value), Sequence) else []
        value = part(0) if values else value
        values.append(call(numpys("negative"), [value], {}))
        add_at = gast.Attribute(value=numpys("add"), attr="at", ctx=gast.Load())
        return Stands((*values, call(add_at, [array, index, part(len(values) - 1)], {})))
    if method == "at" and ufunc in _IN_TURN and len(args) == 3 and not keywords:
        return _in_turn(kind_of, _IN_TURN[ufunc], *args)
    if method == "outer" and len(args) == 2 and not keywords:
        return _outer(kind_of, ufunc, *args)
    known = next((f for u, m, f in _OF_UFUNCS if u is ufunc and m == method), None)
    if known is None or not args or set(keywords) - {"axis", "out", "keepdims"}:
        return None
    given = dict(zip(("array", "axis"), args, strict=False)) | dict(keywords)
    if len(given) < len(args) + len(keywords) or len(args) > 2:
        return None
    axis = given.get("axis", gast.Constant(value=0, kind=None))
    return Stands((call(numpys(known), [given["array"]], {**keywords, "axis": axis}),))


def _outer(kind_of: KindOf, ufunc: np.ufunc, a: gast.AST, b: gast.AST) -> Resolution | None:
    """`np.add.outer(a, b)` is `a[:, None] + b`, with as many new axes as b has."""
    if getattr(np, ufunc.__name__, None) is not ufunc or ufunc.nin != 2 or ufunc.nout != 1:
        return None
    values: list[gast.AST] = []
    given = []
    for kind, operand in ((kind_of(a), a), (kind_of(b), b)):
        if isinstance(kind, Sequence):
            values.append(array_of(operand))
            given.append((part(len(values) - 1), 1 if at_most_a_row(kind) else None))
        else:
            given.append((operand, axes(kind)))
    (left, before), (right, behind) = given
    if before is None or behind is None:
        return Unresolved(
            f"np.{ufunc.__name__}.outer is differentiated only where it is known how many axes its "
            "arguments have",
            "Write it with a new axis, `a[:, None] + b`, or give like=.",
        )
    if before and behind:
        whole = gast.Slice(lower=None, upper=None, step=None)
        new = gast.Constant(value=None, kind=None)
        index = gast.Tuple(elts=[whole] * before + [new] * behind, ctx=gast.Load())
        values.append(gast.Subscript(value=left, slice=index, ctx=gast.Load()))
        left = part(len(values) - 1)
    if ufunc in _OPERATORS:
        values.append(gast.BinOp(left=left, op=_OPERATORS[ufunc](), right=right))
    else:
        values.append(call(numpys(ufunc.__name__), [left, right], {}))
    return Stands(tuple(values))


def _in_turn(
    kind_of: KindOf,
    operator: type[gast.AST],
    a: gast.AST,
    indices: gast.AST,
    b: gast.AST,
) -> Resolution:
    """`np.multiply.at(a, indices, b)`: a loop, as an entry may be multiplied several times."""
    place, factor = kind_of(indices), kind_of(b)
    row = axes(kind_of(a)) == 1 and at_most_a_row(place) and not is_number(place)
    row = row and of_integers(place)
    number = isinstance(factor, Number) and factor.scalar and factor.array is False
    if not row or not (number or (at_most_a_row(factor) and not is_number(factor))):
        return unknown_shapes("ufunc.at", "a[k] *= value", a)
    values: list[gast.AST] = []
    if isinstance(place, Sequence):
        values.append(array_of(indices))
        indices = part(0)
    if not number:  # NumPy copies what overlaps, too
        values.append(array_of(b))
        b = part(len(values) - 1)
    return Repeated(a, indices, operator(), b, not number, tuple(values))


_IN_TURN: Mapping[np.ufunc, type[gast.AST]] = {np.multiply: gast.Mult, np.true_divide: gast.Div}
_OPERATORS: Mapping[np.ufunc, type[gast.AST]] = {
    np.add: gast.Add,
    np.subtract: gast.Sub,
    np.multiply: gast.Mult,
    np.true_divide: gast.Div,
}
_OF_UFUNCS = (
    (np.add, "reduce", "sum"),
    (np.multiply, "reduce", "prod"),
    (np.maximum, "reduce", "max"),
    (np.minimum, "reduce", "min"),
    (np.add, "accumulate", "cumsum"),
    (np.multiply, "accumulate", "cumprod"),
)
NAMES: tuple[tuple[object, Callable[..., Resolution | None]], ...] = (
    (np.array, _array),
    (np.asarray, _asarray),
    (np.einsum, _einsum),
    (np.linalg.norm, _norm),
    (np.ravel, in_one_row),
    (np.reshape, _reshape),
    (np.partition, _partition),
    (np.sort, _sort),
    (np.take_along_axis, _take_along_axis),
)
