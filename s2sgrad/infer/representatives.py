"""What a primitive returns that isn't elementwise: type, axes and dtype.

A pure primitive is run on two sets of tiny representatives in which each symbolic extent has a size of its own;
what its result has in common in both runs is what is known. The user's own code is never run.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import lru_cache
from types import EllipsisType
from typing import Any

import numpy as np

from s2sgrad.extents import Extent, Shape, Symbol
from s2sgrad.infer.indices import Index
from s2sgrad.infer.joining import fitting
from s2sgrad.infer.numbered import Numbered
from s2sgrad.infer.results import CHOOSING, chosen, dtype_name, joined, united
from s2sgrad.kinds import OTHER, Kind, Known, Number, Other, Sequence

__all__ = ["represented"]

_ONES = ((9, 10, 11, 12, 13, 14), (15, 23, 38, 67, 126, 240))
"""What unknown extents are, in two runs; they differ by other amounts, so that a difference tells which it is."""
_ONES_OF_MANY = ((3, 4, 5, 6, 7, 8), (4, 6, 9, 14, 23, 40))
_MANY = 5
_ELEMENTS = 2_000_000
"""How many elements an argument, or what is made of all of them, has in any run."""
_SMALL = (0, 1, 2, 5)
_MIXED = ((11, 2, 7, 3, 13, 5), (3, 7, 2, 13, 5, 11))
_LARGEST = 2000
_LONGEST = 12
"""How long a list of unknown length is at most: a list of lists of lists is made into an array all the same."""
_NUMBERS = (0.5, 3.25, np.float64(7.75))
_FURTHER = (0.25, -0.5, 1.25)
"""How far apart unknown numbers are: `np.arange(a, b)` isn't empty because a and b are both unknown."""


def represented(
    function: Callable[..., Any], args: list[Kind], keywords: Mapping[str, Kind], key: object
) -> Kind:
    """The kind of `function(*args, **keywords)` for a pure function, from representatives.

    key: what tells the unknown numbers of this call from those of others.
    """
    if all(map(_unchanging, [*args, *keywords.values()])):
        numbered = Numbered()
        try:
            given = tuple(map(numbered.without_names, args))
            named = tuple((name, numbered.without_names(kind)) for name, kind in keywords.items())
            return numbered.with_names(_placed(_remembered(function, given, named), key))
        except TypeError:  # something in it has no hash
            pass
    return _placed(_from_runs(function, tuple(args), tuple(keywords.items())), key)


_HERE = object()
"""The key of a call, before it is known which."""


def _placed(kind: Kind, key: object) -> Kind:
    """The kind of a result with the key of its own call."""
    match kind:
        case Number(shape=Shape(key=found, axes=axes)) if found is _HERE:
            return replace(kind, shape=Shape(key, axes))
        case Number(shape=Shape(key=(found, path), axes=axes)) if found is _HERE:
            return replace(kind, shape=Shape((key, path), axes))
        case Number(shape=tuple() as shape):
            extents = tuple(_extent_placed(extent, key) for extent in shape)
            return kind if extents == shape else replace(kind, shape=extents)
        case Sequence(type=type_, items=items, item=item):
            placed = None if items is None else tuple(_placed(inner, key) for inner in items)
            return Sequence(type_, placed, _placed(item, key))
    return kind


def _extent_placed(extent: Extent, key: object) -> Extent:
    match extent.symbol:
        case Symbol(key=(found, path)) if found is _HERE:
            return Extent(Symbol("", key=(key, path)))
    return extent


def _unchanging(kind: Kind) -> bool:
    """Whether what is known of a kind is the same tomorrow: a list or an array may be changed."""
    if isinstance(kind, Sequence):
        return all(map(_unchanging, kind.items or (kind.item,)))
    if not isinstance(kind, Known):
        return True
    plain = (
        bool | int | float | complex | str | bytes | type | np.ufunc | EllipsisType | Index | None
    )
    return isinstance(kind.value, plain)


def _from_runs(
    function: Callable[..., Any],
    arguments: tuple[Kind, ...],
    named: tuple[tuple[str, Kind], ...],
) -> Kind:
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return _in_common(function, arguments, named)


def _in_common(
    function: Callable[..., Any],
    arguments: tuple[Kind, ...],
    named: tuple[tuple[str, Kind], ...],
) -> Kind:
    args, keywords = united(function, list(arguments)), dict(named)
    args = fitting(function, args, keywords)
    given = [*args, *keywords.values()]
    pair = _ONES if _symbols(given) < _MANY else _ONES_OF_MANY
    first, second = _Run(pair[0], 2, 0), _Run(pair[1], 3, 1)
    try:
        results = [_result(function, args, keywords, run) for run in (first, second)]
    except Exception:  # noqa: BLE001  (any failure of a representative only means: not known)
        return Number(None, Shape(_HERE), None)
    widths = {number.dtype for number in _numbers_in(given)}
    small = []
    sizes, exact = _other_sizes(given, pair[1][0])
    axes = max(map(np.ndim, _arrays_in(results[1])), default=0)
    others = [run for size in sizes for run in _of_size(size, given, axes)]
    for run in (*others, *(_Run(mixed, 2, 2) for mixed in _MIXED)):
        with suppress(Exception):
            small.append((run, _result(function, args, keywords, run)))
    reading = _Reading(
        first,
        second,
        small,
        unsure=None in widths,
        wide="float" in widths,
        exact=exact,
        solid=_solid(given),
    )
    kind = reading.kind(*results)
    if function in CHOOSING and isinstance(kind, Number):
        return replace(kind, dtype=chosen(_numbers_in(given)))
    return kind


def _symbols(kinds: list[Kind]) -> int:
    """How many unknown extents the arguments of a call have."""
    found = {extent.symbol for number in _numbers_in(kinds) for extent in _extents(number)}
    return len(found - {None})


def _arrays_in(result: Any) -> list[np.ndarray[Any, Any]]:
    """The arrays that a result is or holds."""
    if isinstance(result, list | tuple):
        return [array for item in result for array in _arrays_in(item)]
    return [result] if isinstance(result, np.ndarray) else []


def _of_size(size: int, kinds: list[Kind], axes: int) -> list[_Run]:
    """A run in which all unknown numbers are of a size; if that is too large, one for each of them.

    axes: how many the result has: `np.eye(n)` makes n² elements of one number.
    """
    if axes > 1:
        size = min(size, int(_ELEMENTS ** (1 / axes)))
    symbols = _symbols(kinds)
    unknown = sum(n.dtype == "int" and n.scalar and n.value is None for n in _numbers_in(kinds))
    length = len(_ONES[0])
    if abs(size) ** (symbols + unknown) <= _ELEMENTS:
        return [_Run((size,) * length, size, 2)]
    alone = [tuple(size if i == k else 2 for i in range(length)) for k in range(symbols)]
    shared = int(_ELEMENTS ** (1 / unknown)) if unknown else size
    return [*(_Run(sizes, 2, 2) for sizes in alone), _Run((2,) * length, min(size, shared), 2)]


_remembered = lru_cache(maxsize=4096)(_from_runs)


@dataclass
class _Run:
    """One set of representatives: sizes of symbols, unknown integers, and contents.

    Contents differ, so that what depends on them isn't taken for known.
    """

    sizes: tuple[int, ...]
    integer: int
    variant: int
    symbols: dict[Symbol, int] = field(default_factory=dict)
    unknown: int = 0
    numbers: int = 0

    def any_number(self) -> Any:
        """What an unknown number is here: each another one."""
        self.numbers += 1
        return _NUMBERS[self.variant] + (self.numbers - 1) * _FURTHER[self.variant]

    def any_integer(self) -> int:
        """What an unknown integer is here: each another one."""
        self.unknown += 1
        return self.integer + (self.unknown - 1) * (1, 3, 2)[self.variant]

    def number(self, extent: Extent) -> int:
        """What an integer is here: unlike a length it may be negative."""
        if extent.symbol is None:
            return extent.offset
        if extent.symbol not in self.symbols:
            if len(self.symbols) == len(self.sizes):
                raise _UnrepresentableError
            size = self.sizes[len(self.symbols)]
            self.symbols[extent.symbol] = 2 if extent.solid and size == 1 else size
        return self.symbols[extent.symbol] + extent.offset

    def size(self, extent: Extent) -> int:
        return max(self.number(extent), 0)

    def value(self, kind: Kind) -> Any:
        match kind:
            case Known(value=value):
                return value
            case Number(dtype="int", shape=(), array=False | None, value=value):
                number = self.any_integer() if value is None else self.number(value)
                return np.int64(number) if self.variant == 2 else number
            case Number(dtype="bool", shape=(), array=False | None):
                return self.integer % 2 == 0
            case Number(dtype=dtype, shape=tuple() as shape, array=array):
                if shape == () and array is not True and dtype != "float32":
                    return 0.5j if dtype == "complex" else self.any_number()
                name = {"int": "int64", "float": "float64", None: "float64"}.get(dtype, dtype)
                made = self.contents([self.size(extent) for extent in shape], dtype)
                return (np.asarray(made) if array is True else made).astype(name)
            case Sequence(type=type_, items=tuple() as items):
                values = [self.value(item) for item in items]
                return tuple(values) if type_ == "tuple" else values
            case Sequence(type=type_, item=item):
                values = [self.value(item)] * min(self.integer, _LONGEST)
                return tuple(values) if type_ == "tuple" else values
        raise _UnrepresentableError

    def contents(self, extents: list[int], dtype: str | None) -> np.ndarray[Any, Any]:
        """Integers that are indices, truth values, or matrices that can be solved with; in one run some are zero."""
        plain = np.arange(math.prod(extents)).reshape(extents)
        pattern = plain + self.variant
        if dtype in {"bool", "int"}:
            below = 2 if dtype == "bool" else min(max(self.sizes[0], 1), 3)
            return np.zeros(extents) if self.variant == 0 else pattern % below
        values = (np.full(extents, 0.5), plain % 3 / 8, 0.5 + pattern % 3 / 8)[self.variant]
        if len(extents) > 1 and self.variant < 2:
            values = values + 100 * np.eye(extents[-2], extents[-1])
        return values


class _UnrepresentableError(Exception):
    """An argument of which too little is known to make up a representative."""


def _solid(kinds: Iterable[Kind]) -> frozenset[tuple[Symbol | None, int]]:
    """The extents that are known not to be 1."""
    return frozenset(
        (extent.symbol, extent.offset)
        for kind in kinds
        if isinstance(kind, Number) and isinstance(kind.shape, tuple)
        for extent in kind.shape
        if extent.solid
    )


def _other_sizes(kinds: list[Kind], smallest: int) -> tuple[tuple[int, ...], bool]:
    """The sizes at which a result has to hold too, and whether it is then known exactly.

    smallest: the least size in the second run. A constant that is larger than all sizes would be
    seen as none: `x[:1000]` isn't x. What an unknown integer gives isn't known, whatever a few
    examples give.
    """
    numbers = _numbers_in(kinds)
    offsets = [abs(extent.offset) for number in numbers for extent in _extents(number)]
    exact = all(n.value is not None for n in numbers if n.dtype == "int" and n.scalar)
    widest = max(offsets, default=0)
    if all(number.scalar and number.dtype == "int" for number in numbers):
        return (*_SMALL, -7, widest + 10007), exact
    symbols = any(extent.symbol is not None for n in numbers for extent in _extents(n))
    if widest < smallest or not symbols:
        return _SMALL, exact
    return (*_SMALL, widest + 20) if widest < _LARGEST else (*_SMALL, 0), exact


def _numbers_in(kinds: Iterable[Kind]) -> list[Number]:
    out: list[Number] = []
    for kind in kinds:
        if isinstance(kind, Sequence):
            out += _numbers_in((kind.item,) if kind.items is None else kind.items)
        elif isinstance(kind, Number):
            out.append(kind)
    return out


def _extents(number: Number) -> list[Extent]:
    extents = list(number.shape) if isinstance(number.shape, tuple) else []
    return extents if number.value is None else [*extents, number.value]


def _result(
    function: Callable[..., Any], args: list[Kind], keywords: Mapping[str, Kind], run: _Run
) -> Any:
    values = [run.value(kind) for kind in args]
    return function(*values, **{name: run.value(kind) for name, kind in keywords.items()})


@dataclass
class _Reading:
    """Reads what is common to the results of both runs.

    It has to hold at small sizes too: `min(n, 5)` is not 5.
    """

    first: _Run
    second: _Run
    small: list[tuple[_Run, Any]]
    unsure: bool
    wide: bool
    exact: bool
    solid: frozenset[tuple[Symbol | None, int]]

    def kind(self, a: Any, b: Any, path: tuple[int, ...] = ()) -> Kind:
        if isinstance(a, list | tuple) and type(a) in {list, tuple} and type(a) is type(b):
            if len(a) != len(b):
                items = None
                item = joined(
                    [
                        self.kind(m, n, (*path, i))
                        for i, (m, n) in enumerate(zip(a, b, strict=False))
                    ]
                )
            else:
                items = tuple(
                    self.kind(m, n, (*path, i)) for i, (m, n) in enumerate(zip(a, b, strict=True))
                )
                item = joined(items)
            return Sequence(type(a).__name__, items, item)
        if isinstance(a, bool | int | float | complex | np.generic | np.ndarray):
            return self.number(a, b, path)
        if a is None or isinstance(a, str | np.dtype):
            return Other(type(a).__name__)
        return Known(a) if a is b else OTHER

    def number(self, a: Any, b: Any, path: tuple[int, ...]) -> Kind:
        m, n = np.asarray(a), np.asarray(b)
        dtype = dtype_name(m.dtype) if m.dtype == n.dtype else None
        if dtype in {"float64", "float32"} and self.unsure:
            dtype = None
        elif dtype == "float64" and self.wide:
            dtype = "float"
        others = [b, *(got for _, got in self.tiny(path))]
        if any(np.ndim(other) != m.ndim for other in others):
            always = all(isinstance(other, np.ndarray) for other in (a, *others))
            return Number(dtype, Shape((_HERE, path)), array=True if always else None)
        shape = tuple(
            self.extent(i, j, (*path, axis))
            for axis, (i, j) in enumerate(zip(m.shape, n.shape, strict=True))
        )
        array: bool | None = isinstance(a, np.ndarray)
        if not shape and any(
            isinstance(got, np.ndarray) is not array for _, got in self.tiny(path)
        ):
            array = None
        value = None
        if dtype == "int" and not shape and not array and self.exact:
            value = self.known(int(a), int(b))
            if value is not None and not all(
                run.number(value) == got for run, got in self.tiny(path)
            ):
                value = None
        return Number(dtype, shape, array, value)

    def tiny(self, path: tuple[int, ...]) -> list[tuple[_Run, Any]]:
        """The part of the small results that path leads to.

        Results of another structure are left out.
        """
        out = []
        for run, result in self.small:
            for step in path:
                if not isinstance(result, list | tuple) or step >= len(result):
                    break
                result = result[step]  # noqa: PLW2901
            else:
                out.append((run, result))
        return out

    def known(self, a: int, b: int) -> Extent | None:
        if a == b:
            return Extent(None, a)
        for symbol, size in self.first.symbols.items():
            if b - a == self.second.symbols[symbol] - size:
                return Extent(symbol, a - size)
        return None

    def extent(self, a: int, b: int, path: tuple[int, ...]) -> Extent:
        known = self.known(a, b)
        *steps, axis = path
        for run, result in self.tiny(tuple(steps)):
            shape = np.shape(result)
            if known is not None and not (axis < len(shape) and run.size(known) == shape[axis]):
                known = None
        if known is None:
            return Extent(Symbol("", key=(_HERE, path)))
        return replace(known, solid=(known.symbol, known.offset) in self.solid)
