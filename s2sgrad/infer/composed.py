"""Functions of NumPy's that are formulas of others: `np.ptp(a)` is `np.max(a) - np.min(a)`.

Where a formula depends on how many axes something has, and that isn't known, `Unresolved` says so.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import gast
import numpy as np

from s2sgrad.infer.formula import Formula, constant, is_none, number_of, rank_of, unknown_axes
from s2sgrad.infer.resolution import Resolution
from s2sgrad.infer.wording import (
    KindOf,
    is_number,
    not_one,
)
from s2sgrad.kinds import Kind, Number, Unknown

__all__ = ["FORMULAS", "compressed"]

_TRUE = gast.Constant(value=True, kind=None)
_WHOLE = gast.Slice(lower=None, upper=None, step=None)


# ---- reductions -----------------------------------------------------------------------------------


def _ptp(
    _: KindOf, a: gast.AST, axis: gast.AST | None = None, *, keepdims: gast.AST | None = None
) -> Resolution:
    f = Formula()
    highest = f.call("max", a, axis=axis, keepdims=keepdims)
    lowest = f.call("min", a, axis=axis, keepdims=keepdims)
    f.binary(highest, gast.Sub, lowest)
    return f.stands


def _average(
    kind_of: KindOf,
    a: gast.AST,
    axis: gast.AST | None = None,
    weights: gast.AST | None = None,
    *,
    keepdims: gast.AST | None = None,
) -> Resolution:
    f = Formula()
    if weights is None or is_none(weights):
        f.call("mean", a, axis=axis, keepdims=keepdims)
        return f.stands
    rank, own = rank_of(kind_of(a)), rank_of(kind_of(weights))
    along = number_of(axis, None)
    values, shares = f.array(kind_of(a), a), f.array(kind_of(weights), weights)
    if rank is None or own is None or rank == 0:
        return unknown_axes("np.average with weights")
    if rank == own:
        product = f.binary(values, gast.Mult, shares)
        whole = f.call("sum", shares, axis=axis, keepdims=keepdims)
    elif own == 1 and type(along) is int and -rank <= along < rank:
        product = f.binary(values, gast.Mult, _aligned(f, shares, rank, along))
        whole = f.call("sum", shares)
    else:
        return unknown_axes("np.average with weights")
    f.binary(f.call("sum", product, axis=axis, keepdims=keepdims), gast.Div, whole)
    return f.stands


def _aligned(f: Formula, vector: gast.AST, rank: int, axis: int) -> gast.AST:
    """A vector along one axis of an array."""
    behind = rank - 1 - axis % rank
    return f.item(vector, _WHOLE, *[constant(None)] * behind) if behind else vector


def _trapezoid(
    kind_of: KindOf,
    y: gast.AST,
    x: gast.AST | None = None,
    dx: gast.AST | None = None,
    axis: gast.AST | None = None,
) -> Resolution:
    along, rank = number_of(axis, -1), rank_of(kind_of(y))
    if type(along) is not int or rank == 0 or (rank is None and along != -1):
        return unknown_axes("np.trapezoid")
    f = Formula()
    values = f.array(kind_of(y), y)
    before: list[gast.AST] = [constant(...)] if rank is None else [_WHOLE] * (along % rank)
    later = gast.Slice(lower=constant(1), upper=None, step=None)
    earlier = gast.Slice(lower=None, upper=constant(-1), step=None)
    pairs = f.binary(f.item(values, *before, later), gast.Add, f.item(values, *before, earlier))
    of_axis = None if rank == 1 else axis or constant(-1)
    if x is not None and not is_none(x):
        own, last = rank_of(kind_of(x)), rank is None or along % rank == rank - 1
        if own == 1 or (own is None and last and isinstance(kind_of(x), Number | Unknown)):
            gaps = f.call("diff", x)
            gaps = gaps if last or rank is None else _aligned(f, gaps, rank, along)
        elif own == rank and own is not None:
            gaps = f.call("diff", x, axis=of_axis)
        else:
            return unknown_axes("np.trapezoid")
        pairs = f.binary(gaps, gast.Mult, pairs)
    total = f.call("sum", pairs, axis=of_axis)
    if is_none(x) and dx is not None:
        if not is_number(kind_of(dx)):
            return unknown_axes("np.trapezoid with dx=")
        total = f.binary(dx, gast.Mult, total)
    f.binary(total, gast.Div, constant(2))
    return f.stands


def _without_nan(function: str, neutral: int) -> Callable[..., Resolution]:
    def spelled(_: KindOf, a: gast.AST, axis: gast.AST | None = None, **keywords: Any) -> Any:
        if set(keywords) - {"keepdims"}:
            return None
        f = Formula()
        known = f.call("where", f.call("isnan", a), constant(neutral), a)
        f.call(function, known, axis=axis, **keywords)
        return f.stands

    return spelled


def _cumulative_sum(_: KindOf, x: gast.AST, *, axis: gast.AST | None = None) -> Resolution:
    f = Formula()
    f.call("cumsum", x, axis=axis)
    return f.stands


# ---- covariances ----------------------------------------------------------------------------------


def _cov(
    kind_of: KindOf,
    m: gast.AST,
    y: gast.AST | None = None,
    rowvar: gast.AST | None = None,
    bias: gast.AST | None = None,
    ddof: gast.AST | None = None,
) -> Resolution:
    f = Formula()
    less = {0: 1, 1: 0}.get(number_of(bias, 0)) if is_none(ddof) else number_of(ddof, 1)
    if type(less) is not int:
        return unknown_axes("np.cov")
    if is_none(y) and rank_of(kind_of(m)) == 1:
        f.call("var", m, ddof=constant(less))
        return f.stands
    known = _covariance(f, kind_of, m, y, rowvar, less)
    return unknown_axes("np.cov") if known is None else f.stands


def _corrcoef(
    kind_of: KindOf, x: gast.AST, y: gast.AST | None = None, rowvar: gast.AST | None = None
) -> Resolution:
    f = Formula()
    covariance = _covariance(f, kind_of, x, y, rowvar, 1)
    if covariance is None:
        return unknown_axes("np.corrcoef")
    away = f.call("sqrt", f.call("diagonal", covariance))
    f.binary(covariance, gast.Div, f.call("outer", away, away))
    return f.stands


def _has_several(kind: Kind, axis: int) -> bool:
    """Whether an array has two axes, and this one isn't of length 1."""
    if not isinstance(kind, Number) or not isinstance(kind.shape, tuple):
        return False
    return len(kind.shape) == 2 and not_one(kind.shape[axis])


def _covariance(
    f: Formula,
    kind_of: KindOf,
    m: gast.AST,
    y: gast.AST | None,
    rowvar: gast.AST | None,
    less: int,
) -> gast.AST | None:
    """The covariances of several variables: of the rows, or of two vectors."""
    rows = number_of(rowvar, 1)
    kind = kind_of(m)
    if y is not None and not is_none(y):
        if rank_of(kind) != 1 or rank_of(kind_of(y)) != 1 or not rows:
            return None
        m = f.call("stack", f.value(gast.List(elts=[m, y], ctx=gast.Load())))
    elif rows not in {0, 1} or not _has_several(kind, 0 if rows else 1):
        return None
    axis = 1 if rows else 0
    mean = f.call("mean", m, axis=constant(axis), keepdims=_TRUE)
    away = f.binary(m, gast.Sub, mean)
    turned = f.call("transpose", away)
    left, right = (away, turned) if rows else (turned, away)
    product = f.binary(left, gast.MatMult, right)
    number = f.item(f.call("shape", m), constant(axis))
    return f.binary(
        product, gast.Div, f.binary(number, gast.Sub, constant(less)) if less else number
    )


# ---- moved elements -------------------------------------------------------------------------------


def _compress(
    kind_of: KindOf, condition: gast.AST, a: gast.AST, axis: gast.AST | None = None
) -> Resolution:
    return compressed(kind_of, a, condition, axis)


def compressed(
    _: KindOf, a: gast.AST, condition: gast.AST, axis: gast.AST | None = None
) -> Resolution:
    """`a.compress(condition, axis)`."""
    f = Formula()
    f.call("take", a, f.call("flatnonzero", condition), axis=axis)
    return f.stands


def _ediff1d(_: KindOf, ary: gast.AST) -> Resolution:
    f = Formula()
    f.call("diff", f.call("ravel", ary))
    return f.stands


def _rollaxis(
    _: KindOf, a: gast.AST, axis: gast.AST, start: gast.AST | None = None
) -> Resolution | None:
    if number_of(start, 0) != 0:
        return None
    f = Formula()
    f.call("moveaxis", a, axis, constant(0))
    return f.stands


def _matrix_transpose(_: KindOf, x: gast.AST, /) -> Resolution:
    f = Formula()
    f.call("swapaxes", x, constant(-1), constant(-2))
    return f.stands


def _on_last_axes(function: str) -> Callable[..., Resolution]:
    def spelled(_: KindOf, x: gast.AST, /, *, offset: gast.AST | None = None) -> Resolution:
        f = Formula()
        f.call(function, x, offset or constant(0), constant(-2), constant(-1))
        return f.stands

    return spelled


# ---- products and norms ---------------------------------------------------------------------------


def _outer(_: KindOf, x1: gast.AST, x2: gast.AST, /) -> Resolution:
    f = Formula()
    f.call("outer", x1, x2)
    return f.stands


def _matvec(_: KindOf, x1: gast.AST, x2: gast.AST, /) -> Resolution:
    f = Formula()
    column = f.call("expand_dims", x2, constant(-1))
    f.item(f.call("matmul", x1, column), constant(...), constant(0))
    return f.stands


def _vecmat(_: KindOf, x1: gast.AST, x2: gast.AST, /) -> Resolution:
    f = Formula()
    row = f.call("expand_dims", x1, constant(-2))
    f.item(f.call("matmul", row, x2), constant(...), constant(0), _WHOLE)
    return f.stands


def _vecdot(_: KindOf, x1: gast.AST, x2: gast.AST, /) -> Resolution:
    f = Formula()
    f.call("sum", f.call("multiply", x1, x2), axis=constant(-1))
    return f.stands


def _norm_of(default_axis: tuple[int, int] | None, orders: set[Any]) -> Callable[..., Any]:
    def spelled(
        _: KindOf, x: gast.AST, /, *, ord: gast.AST | None = None, **keywords: Any
    ) -> Resolution | None:
        allowed = {"keepdims"} if default_axis else {"keepdims", "axis"}
        if (ord is not None and number_of(ord, None) not in orders) or set(keywords) - allowed:
            return None
        f = Formula()
        if default_axis:
            elements: list[gast.AST] = [constant(k) for k in default_axis]
            keywords = {**keywords, "axis": gast.Tuple(elts=elements, ctx=gast.Load())}
        f.call("linalg.norm", x, **keywords)
        return f.stands

    return spelled


def _logspace(
    kind_of: KindOf,
    start: gast.AST,
    stop: gast.AST,
    num: gast.AST | None = None,
    endpoint: gast.AST | None = None,
    base: gast.AST | None = None,
) -> Resolution | None:
    if base is not None and not is_number(kind_of(base)):
        return None
    f = Formula()
    exponents = f.call("linspace", start, stop, num=num, endpoint=endpoint)
    f.call("power", base or constant(10.0), exponents)
    return f.stands


_SPELLINGS: dict[str, Callable[..., Resolution | None]] = {
    "ptp": _ptp,
    "average": _average,
    "trapezoid": _trapezoid,
    "nancumsum": _without_nan("cumsum", 0),
    "nanprod": _without_nan("prod", 1),
    "nancumprod": _without_nan("cumprod", 1),
    "cumulative_sum": _cumulative_sum,  # since NumPy 2.1
    "cov": _cov,
    "corrcoef": _corrcoef,
    "compress": _compress,
    "ediff1d": _ediff1d,
    "rollaxis": _rollaxis,
    "matrix_transpose": _matrix_transpose,
    "vecdot": _vecdot,
    "matvec": _matvec,  # since NumPy 2.2
    "vecmat": _vecmat,
    "logspace": _logspace,
}
_OF_LINALG: dict[str, Callable[..., Resolution | None]] = {
    "trace": _on_last_axes("trace"),
    "diagonal": _on_last_axes("diagonal"),
    "outer": _outer,
    "matrix_norm": _norm_of((-2, -1), {"fro"}),
    "vector_norm": _norm_of(None, {2}),
    "matrix_transpose": _matrix_transpose,
}
FORMULAS: tuple[tuple[object, Callable[..., Resolution | None]], ...] = tuple(
    (getattr(place, name), spell)
    for place, table in ((np, _SPELLINGS), (np.linalg, _OF_LINALG))
    for name, spell in table.items()
    if hasattr(place, name)
)
