"""Which lengths NumPy needs to be equal where it joins arrays, and operands that are lists of numbers.

`np.stack([x[0], A[::-2, 1]])` raises unless both are equally long, though nothing else says that they are; and
`x + [0.5, s]` is what `x + np.array([0.5, s])` is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from s2sgrad.extents import Extent, Symbol
from s2sgrad.kinds import Kind, Number, Sequence

__all__ = ["fitting", "with_arrays_for_lists"]

_ALIKE: frozenset[object] = frozenset(
    {np.stack, np.array, np.asarray}
    | {np.ravel, np.reshape, np.transpose, np.swapaxes, np.moveaxis, np.flip, np.squeeze}
    | {np.expand_dims, np.atleast_2d, np.sum, np.prod, np.mean, np.std, np.var, np.max, np.min}
)
"""What needs all axes of what is in a list to be equal: it is made into one array."""

_CONVERTING: tuple[object, ...] = (np.array, np.asarray)
"""What may be told to make an array of objects, which may be of different lengths."""

_ALONG: dict[object, tuple[int | None, int]] = {
    np.vstack: (None, 0),
    np.hstack: (0, 1),
    np.column_stack: (None, 1),
}
"""The axis that needn't be equal, for arrays of one axis and for others."""


def fitting(
    function: Callable[..., Any], args: list[Kind], keywords: Mapping[str, Kind]
) -> list[Kind]:
    """The arguments with one name for the lengths that have to be equal, where a function joins what is in a list."""
    first, others = (args[0] if args else None), args[1:]
    if not isinstance(first, Sequence):
        return args
    items = first.items or ()
    shapes = [item.shape for item in items if isinstance(item, Number)]
    known = [shape for shape in shapes if isinstance(shape, tuple)]
    if not known or len(known) < len(items) or len({len(shape) for shape in known}) > 1:
        return args
    free = _free_axis(function, len(known[0]), others, keywords)
    if free is None:
        return args
    axes = [
        extents if axis == free else (_one_of(extents),) * len(items)
        for axis, extents in enumerate(zip(*known, strict=True))
    ]
    made = [
        replace(item, shape=tuple(extents[place] for extents in axes))
        for place, item in enumerate(items)
        if isinstance(item, Number)
    ]
    return [Sequence(first.type, tuple(made), first.item), *others]


def _free_axis(
    function: Callable[..., Any], ndim: int, others: list[Kind], keywords: Mapping[str, Kind]
) -> int | None:
    """The axis along which arrays of so many axes may be of different lengths, -1 for none; None if nobody knows."""
    if function in _ALIKE:
        return None if function in _CONVERTING and (others or keywords) else -1
    if function in _ALONG:
        free = _ALONG[function][ndim > 1]
        return -1 if free is None else free
    if function is not np.concatenate or len(others) > 1 or not set(keywords) <= {"axis"}:
        return None
    told = [*others, *keywords.values()]
    if not told:
        return 0
    value = told[0].value if isinstance(told[0], Number) else None
    axis = value.number if isinstance(value, Extent) else None
    return axis % ndim if axis is not None and ndim and -ndim <= axis < ndim else None


def _one_of(extents: tuple[Extent, ...]) -> Extent:
    """Of extents that are equal the one that tells most: a number, or one that isn't 1."""
    return min(extents, key=lambda extent: (extent.number is None, not extent.solid))


def with_arrays_for_lists(kinds: list[Kind], key: object) -> list[Kind]:
    """The operands of arithmetic with arrays for lists and tuples of numbers, where another one is an array.

    key: what tells the lengths of these from others.
    """
    if not any(isinstance(kind, Number) and kind.array and kind.ndim for kind in kinds):
        return kinds
    return [_as_array(kind, (key, "operand", place)) for place, kind in enumerate(kinds)]


def _as_array(kind: Kind, key: tuple[object, ...]) -> Kind:
    item = kind.item if isinstance(kind, Sequence) else None
    if not isinstance(kind, Sequence) or not isinstance(item, Number) or not item.scalar:
        return kind
    length = Extent(Symbol("", key=key)) if kind.items is None else Extent(None, len(kind.items))
    return Number(item.dtype, (length,), array=True)
