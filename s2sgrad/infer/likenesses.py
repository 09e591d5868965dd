"""Results whose shape is known, whatever that of the arguments is.

Representatives say nothing where a shape isn't known at all; but `np.copy(x)` has the shape of x, a
derivative that a helper makes has that of what it belongs to, and `np.sum(x)` is one number.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np

from s2sgrad.extents import Extent
from s2sgrad.infer.results import joined
from s2sgrad.kinds import FLOAT, INT, UNKNOWN, Kind, Number, Sequence
from s2sgrad.rule_loader import helpers

__all__ = ["like_argument"]

_ARRAYS = (np.array, np.asarray, np.copy, np.zeros_like, np.ones_like, np.empty_like)
_REDUCTIONS = (np.sum, np.prod, np.mean, np.max, np.min, np.std, np.var)
_HELPERS = {
    "added": 0,
    "concatenate_like": 1,
    "copied": 0,
    "dot_left": 1,
    "dot_right": 2,
    "einsum_alone": 2,
    "einsum_left": 2,
    "einsum_right": 3,
    "inner_left": 1,
    "inner_right": 2,
    "matmul_left": 1,
    "matmul_right": 2,
    "product_before": 0,
    "scatter": 1,
    "share_ties": 2,
    "shift_left": 0,
    "shift_right": 0,
    "split_like": 1,
    "spread": 1,
    "tensordot_left": 1,
    "tensordot_right": 2,
    "unbroadcast": 1,
    "unconcatenate": 1,
    "undiag": 1,
    "undiagonal": 1,
    "undiff": 1,
    "unmeshgrid": 1,
    "unpad": 1,
    "unreduce": 1,
    "unrepeat": 1,
    "untake": 1,
    "untake_along_axis": 1,
    "untile": 1,
    "writable": 0,
    "written": 1,
    "zeros_like": 0,
    "zeros_of": 0,
}


_OF_LISTS = {"added", "copied", "split_like", "spread", "unconcatenate", "unmeshgrid", "zeros_like"}
"""Those that give a list for a list."""


def like_argument(
    function: Callable[..., Any], args: list[Kind], keywords: Mapping[str, Kind]
) -> Kind | None:
    """The kind of a call's result where it is like an argument, or None."""
    if function in _ARRAYS and len(args) == 1 and not keywords:
        return replace(args[0], array=True, value=None) if isinstance(args[0], Number) else None
    if function in _REDUCTIONS and len(args) == 1 and not keywords:
        return _scalar(args[0])
    if function is np.shape and len(args) == 1 and not keywords:
        return Sequence("tuple", None, INT) if isinstance(args[0], Number | Sequence) else None
    if function is np.broadcast_to and len(args) == 2:
        return _of_shape(args[0], args[1])
    helper = _names().get(id(function))
    if helper is None or _HELPERS[helper] >= len(args):
        return None
    like = args[_HELPERS[helper]]
    if isinstance(like, Sequence) and helper not in _OF_LISTS:
        return None
    if helper in {"zeros_like", "zeros_of"}:
        return _zeros(like)
    dtypes = {kind.dtype for kind in args if isinstance(kind, Number) and kind.real}
    return _derivative(like, dtypes.pop() if len(dtypes) == 1 else None)


@cache
def _names() -> Mapping[int, str]:
    return {id(helpers()[helper]): helper for helper in _HELPERS}


def _scalar(value: Kind) -> Kind | None:
    """The kind of one number that is made of all in an array."""
    if not isinstance(value, Number):
        return None
    known = value.dtype in {"float", "float32", "float64"}
    return Number(value.dtype if known else None, (), array=False)


def _of_shape(value: Kind, shape: Kind) -> Kind | None:
    """The kind of what is broadcast to a shape."""
    if not isinstance(value, Number) or not isinstance(shape, Sequence) or shape.items is None:
        return None
    lengths = [item.value if isinstance(item, Number) else None for item in shape.items]
    known: tuple[Extent, ...] = tuple(length for length in lengths if length is not None)
    if len(known) < len(lengths):
        return None
    return Number(value.dtype, known, array=True)


def _zeros(like: Kind) -> Kind | None:
    """Zeros in the structure of something."""
    if isinstance(like, Sequence):
        return _list(like, _zeros)
    if not isinstance(like, Number):
        return None
    if like.array is False:
        return FLOAT
    return replace(like, value=None, dtype=like.dtype if like.array else None)


def _derivative(like: Kind, dtype: str | None) -> Kind | None:
    """What a derivative of something is."""
    if isinstance(like, Sequence):
        return _list(like, lambda item: _derivative(item, None))
    if not isinstance(like, Number):
        return None
    return Number(dtype, like.shape, array=True if like.shape and like.ndim else None)


def _list(like: Sequence, of: Callable[[Kind], Kind | None]) -> Kind:
    """A list with one item for each of a list or a tuple."""
    kinds = [of(item) for item in (like.items or (like.item,))]
    return Sequence("list", None, joined([UNKNOWN if kind is None else kind for kind in kinds]))
