"""What a primitive gives: promoted and broadcast, found from representatives, or like an argument."""

from __future__ import annotations

import logging
import random
import time
import warnings
from collections.abc import Iterable, Mapping
from collections.abc import Sequence as AbstractSequence
from dataclasses import replace
from functools import lru_cache
from inspect import Parameter
from typing import Any

import gast
import numpy as np

from s2sgrad import registry
from s2sgrad.extents import Extent, Shape, Symbol, broadcast, has_axes
from s2sgrad.infer import functions
from s2sgrad.infer.joining import with_arrays_for_lists
from s2sgrad.infer.likenesses import like_argument
from s2sgrad.infer.representatives import represented
from s2sgrad.infer.resolution import Inert, Primitive, Resolution, Unresolved
from s2sgrad.infer.results import CHOOSING, dtype_name, elementwise_kind, joined
from s2sgrad.kinds import (
    INT,
    NONE,
    UNKNOWN,
    Kind,
    Known,
    Number,
    Other,
    Sequence,
    carries,
    is_number,
)

__all__ = ["WRITING", "among_sequences", "arguments_of", "by_rule", "result_of", "with_dtype"]

_OF_SETS = Unresolved(
    "the operators of sets aren't differentiated where a set may hold what carries a derivative",
    "Keep the values in a list. Of numbers let it be known that they carry none: annotate them with int or bool.",
)


def arguments_of(
    rule: registry.Rule, args: AbstractSequence[gast.AST], keywords: Mapping[str, gast.AST]
) -> dict[str, Any]:
    """The arguments of a call by the parameters of a rule; TypeError where they don't fit."""
    names = None if keywords else _positional(rule, len(args))
    if names is None:
        return dict(rule.signature.bind(*args, **keywords).arguments)
    return dict(zip(names, args, strict=True))


@lru_cache(maxsize=1 << 12)
def _positional(rule: registry.Rule, count: int) -> tuple[str, ...] | None:
    """The parameters that so many arguments are for, where each has its own and no other is needed."""
    parameters = list(rule.signature.parameters.values())
    first, others = parameters[:count], parameters[count:]
    alone = all(p.kind in {p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD} for p in first)
    if len(first) < count or not alone or any(map(_required, others)):
        return None
    return tuple(parameter.name for parameter in first)


def _required(parameter: Parameter) -> bool:
    several = parameter.kind in {parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD}
    return parameter.default is parameter.empty and not several


def _may_lose_axes(kinds: list[Kind], named: Mapping[str, Kind]) -> bool:
    """Whether `np.squeeze(x)` may leave out an axis of which it isn't known whether it has one item only."""
    (array, *axes) = kinds
    axes += [kind for kind in named.values() if kind != NONE]
    shape = array.shape if isinstance(array, Number) else None
    return not axes and not (
        isinstance(shape, tuple) and all(e.solid or e.number is not None for e in shape)
    )


def by_rule(
    rule: registry.Rule, bound: dict[str, Any], kinds: Iterable[Kind], *, in_place: bool
) -> Resolution:
    """What a rule makes of a call, bound being its arguments; kinds: theirs.

    `a | b` of what may carry a derivative is one of sets: floats have no such operator.
    """
    if any(rule.function is known for known in _BITWISE) and any(map(carries, kinds)):
        return _OF_SETS
    if rule.kind == "inert":
        return Inert(effect=rule.effect)
    return Primitive(rule, bound, in_place)


_OF_PYTHON = functions.MATH | {float}
"""What gives a number of Python's, whatever it is given."""

_BITWISE = (np.bitwise_and, np.bitwise_or, np.bitwise_xor)


def result_of(
    rule: registry.Rule,
    kinds: list[Kind],
    named: dict[str, Kind],
    key: object,
    contracts: list[tuple[Extent, Extent]],
    likely: list[tuple[Extent, Extent]],
) -> Kind:
    """The kind of what a primitive gives; named: those of its keywords; key: what tells this call from others.

    contracts, likely: where it is noted which extents have to be equal, or are likely to be.
    """
    if rule.effect:
        return NONE if rule.function in _TELLING else UNKNOWN
    if rule.function in WRITING:
        return Other("bytes" if rule.function is bytes else "str")
    if rule.function in _CONJUGATES and len(kinds) == 1 and isinstance(kinds[0], Number):
        return kinds[0]  # of an array without axes an array, other than what np.conjugate gives
    function: Any = rule.function
    plain = isinstance(function, np.ufunc) and function.signature is None
    if (rule.kind == "elementwise" or plain) and len(rule.results) == 1:
        operands = kinds if rule.function in CHOOSING else with_arrays_for_lists(kinds, key)
        numbers = [kind for kind in operands if isinstance(kind, Number)]
        if len(numbers) == len(kinds) and not named:
            if all(kind.scalar for kind in numbers) and all(
                kind.dtype == "int" for kind in numbers
            ):
                exact = represented(function, list(kinds), {}, key)
                if isinstance(exact, Number) and exact.scalar and exact.dtype is not None:
                    return exact
            kind = elementwise_kind(function, numbers, key, contracts, likely)
            if function in {max, min} and any(number.array is True for number in numbers):
                kind = replace(kind, array=None)  # it is one of them
            if rule.function in _OF_PYTHON:
                return Number(kind.dtype or "float64", (), array=False)
            return kind
        if rule.function in _OF_PYTHON:
            return Number("float64", (), array=False)
    given = [kind for kind in kinds if not _is_dtype(rule, kinds, kind)]
    found = represented(rule.function, given, named, key)
    if rule.function is np.squeeze and isinstance(found, Number) and _may_lose_axes(kinds, named):
        found = replace(found, shape=Shape(key))
    if rule.function in _COUNTING and not (isinstance(found, Number) and found.dtype):
        return INT
    item = kinds[0].item if kinds and isinstance(kinds[0], Sequence) else None
    if isinstance(item, Number) and item.array is not False:  # what is in a list is given as it is
        if rule.function is sorted and isinstance(found, Sequence):
            found = replace(found, items=None, item=item)
        if rule.function in {max, min} and isinstance(found, Number):
            found = replace(found, array=None)
    if rule.function in _MAKING and isinstance(found, Number) and found.array is None:
        found = replace(found, array=True)
    if isinstance(found, Number) and len(given) < len(kinds):
        found = replace(found, dtype=None)
    if isinstance(found, Number) and found.ndim is None:
        found = like_argument(rule.function, kinds, named) or found
        found = _with_axes(rule, kinds, _reshaped(rule, kinds, found, key))
    if rule.function is np.broadcast_to and isinstance(found, Number):
        shapes = [kind.shape for kind in (found, kinds[0]) if isinstance(kind, Number)]
        broadcast(shapes, key, contracts)  # for what it notes: axes that aren't 1 fit
    if rule.function in _LISTING and not isinstance(found, Sequence):
        found = Sequence(_LISTING[rule.function], None, UNKNOWN)
    cast = _cast(rule, [*kinds, *named.values()])
    if len(kinds) <= _REAL.get(rule.function, 0) and "dtype" not in named:
        cast = "float64"
    return replace(found, dtype=cast) if cast and isinstance(found, Number) else found


def with_dtype(
    found: Kind,
    rule: registry.Rule,
    args: AbstractSequence[gast.AST],
    keywords: Mapping[str, gast.AST],
) -> Kind:
    """The kind of what a primitive gives, with the dtype that is asked for by a text (`dtype="int"`)."""
    place = _DTYPES.get(rule.function, len(args))
    asked = keywords.get("dtype", args[place] if place < len(args) else None)
    if isinstance(found, Number) and isinstance(asked, gast.Constant) and type(asked.value) is str:
        try:
            return replace(found, dtype=dtype_name(np.dtype(asked.value)))
        except (SyntaxError, TypeError, ValueError):  # the program would raise it, too
            return found
    return found


def among_sequences(rule: registry.Rule, kinds: list[Kind]) -> Kind | None:
    """The kind of the largest of several lists or tuples, of which one item after the other is compared; None else."""
    if rule.function not in CHOOSING:
        return None
    (first, *others) = kinds
    compared = kinds if others else [first.item] if isinstance(first, Sequence) else []
    found = any(isinstance(kind, Sequence) for kind in compared)
    return joined(compared) if found else None


WRITING: frozenset[object] = frozenset(
    {str, repr, format, ascii, bytes, hex, np.array2string, np.array_str, np.array_repr}
)
"""What gives texts whatever it is given."""

_TELLING: frozenset[object] = frozenset(
    {print, warnings.warn, time.sleep, random.seed, np.random.seed, np.set_printoptions}
    | {
        getattr(place, name)
        for place in (logging, logging.Logger)
        for name in ("debug", "info", "warning", "error", "critical", "exception", "log")
    }
)
"""What gives None, and so nothing of what it is given."""

_CONJUGATES: tuple[object, ...] = (np.ndarray.conj, np.ndarray.conjugate)

_COUNTING: frozenset[object] = frozenset({np.size, np.ndim})
"""What gives a whole number whatever it is given."""

_MAKING: frozenset[object] = frozenset(
    {np.array, np.asarray, np.zeros, np.ones, np.empty, np.full, np.copy}
    | {np.stack, np.concatenate, np.hstack, np.vstack, np.column_stack, np.dstack}
    | {np.outer, np.ravel, np.atleast_1d, np.atleast_2d, np.atleast_3d, np.diag}
)
"""What gives an array whatever it is given."""

_ALWAYS_WITH_AXES: frozenset[object] = frozenset(
    {np.concatenate, np.stack, np.hstack, np.vstack, np.column_stack, np.dstack, np.expand_dims}
    | {np.outer, np.ravel, np.atleast_1d, np.atleast_2d, np.atleast_3d, np.cumsum, np.cumprod}
    | {np.repeat, np.linspace, np.arange, np.eye, np.identity, np.meshgrid, np.sort, np.diff}
)
"""What gives arrays that have axes, or raises."""

_WITH_AXES_OF: frozenset[object] = frozenset(
    {np.transpose, np.ndarray.transpose, np.moveaxis, np.swapaxes, np.flip, np.roll, np.tile}
    | {np.array, np.asarray, np.copy, np.ascontiguousarray, np.ndarray.astype, np.ndarray.copy}
    | {np.zeros_like, np.ones_like, np.empty_like, np.full_like, np.nan_to_num}
)
"""What gives arrays with as many axes as the first argument has, or more."""

_OF_A_SHAPE: tuple[object, ...] = (np.zeros, np.ones, np.empty, np.full)


def _with_axes(rule: registry.Rule, kinds: list[Kind], found: Kind) -> Kind:
    """The kind of an array that is known to have axes, but not how many."""
    if not (isinstance(found, Number) and isinstance(found.shape, Shape)) or found.shape.axes:
        return found
    first = kinds[0] if kinds else UNKNOWN
    if rule.function in _WITH_AXES_OF:
        certain = (
            has_axes(first.shape) if isinstance(first, Number) else isinstance(first, Sequence)
        )
    elif rule.function in _OF_A_SHAPE:
        certain = bool(first.items) if isinstance(first, Sequence) else is_number(first)
    else:
        certain = rule.function in _ALWAYS_WITH_AXES
    if certain:
        return replace(found, shape=replace(found.shape, axes=True))
    return found


_LISTING: dict[object, str] = {list: "list", tuple: "tuple", sorted: "list"}
"""What gives lists and tuples whatever it is given."""

_RESHAPING: frozenset[object] = frozenset(
    {
        np.reshape,
        np.ndarray.reshape,
        np.moveaxis,
        np.swapaxes,
        np.transpose,
        np.ndarray.transpose,
        np.squeeze,
        np.expand_dims,
        np.flip,
    }
)


def _reshaped(rule: registry.Rule, kinds: list[Kind], found: Kind, key: object) -> Kind:
    """What is known of an array in another shape, whatever that is: it is an array of the same numbers."""
    first = kinds[0] if kinds else UNKNOWN
    if rule.function not in _RESHAPING or not isinstance(found, Number):
        return found
    if isinstance(first, Number) and first.array is True:
        array = rule.function is not np.flip or has_axes(first.shape)  # which takes its only item
        found = replace(found, dtype=first.dtype, array=True if array else None)
        axes = _axes_asked_for(kinds[1:], key) if rule.function in _BY_SHAPE else None
        return found if axes is None else replace(found, shape=axes)
    return found


_BY_SHAPE: frozenset[object] = frozenset({np.reshape, np.ndarray.reshape})


def _axes_asked_for(shape: list[Kind], key: object) -> tuple[Extent, ...] | None:
    """The axes that a shape says, integers or one tuple of them; those that it leaves open are some number."""
    if len(shape) == 1 and isinstance(shape[0], Sequence) and shape[0].items is not None:
        shape = list(shape[0].items)
    if not all(isinstance(k, Number) and k.scalar and k.dtype == "int" for k in shape):
        return None
    return tuple(
        _asked_for(length) or Extent(Symbol("", key=(key, axis)))
        for axis, length in enumerate(shape)
    )


def _asked_for(length: Kind) -> Extent | None:
    """The extent that an integer in a shape says, if that certainly isn't negative, as -1 is."""
    value = length.value if isinstance(length, Number) else None
    if value is None or value.offset < 0:
        return None
    counted = value.symbol is None or value.symbol.axis is not None
    return value if counted else None


def _is_dtype(rule: registry.Rule, kinds: list[Kind], kind: Kind) -> bool:
    """Whether a kind is that of `x.dtype` in `np.zeros(shape, x.dtype)`, of which nothing is known."""
    return (
        rule.function in _FILLED
        and len(kinds) == 2
        and kind is kinds[1]
        and not isinstance(kind, Known)
    )


_REAL: dict[object, int] = {
    np.zeros: 1,
    np.ones: 1,
    np.empty: 1,
    np.identity: 1,
    np.eye: 3,
    np.tri: 3,
}
"""What makes real numbers unless a dtype is given, and how many arguments stand before that."""

_DTYPES: dict[object, int] = _REAL | {
    np.array: 1,
    np.asarray: 1,
    np.ascontiguousarray: 1,
    np.ndarray.astype: 1,
    np.zeros_like: 1,
    np.ones_like: 1,
    np.empty_like: 1,
    np.full: 2,
    np.full_like: 2,
}
"""How many arguments stand before a dtype."""

_FILLED: tuple[object, ...] = (np.zeros, np.ones, np.empty)


def _cast(rule: registry.Rule, kinds: list[Kind]) -> str | None:
    """The dtype that a conversion to integers or truth values gives, whatever it is given."""
    if "dtype" not in rule.signature.parameters and rule.function not in _FILLED:
        return None
    for kind in kinds:
        if isinstance(kind, Known) and isinstance(kind.value, type):
            if issubclass(kind.value, bool | np.bool_):
                return "bool"
            if issubclass(kind.value, int | np.integer):
                return "int"
        if isinstance(kind, Other) and kind.name in _WHOLE:
            return _WHOLE[kind.name]
    return None


_WHOLE = {type(np.dtype(code)).__name__: "int" for code in "bhilqBHILQ"} | {"BoolDType": "bool"}
"""The types of `x.dtype` for arrays of integers and of truth values."""
