"""The kinds of constants and of elementwise results, and what operands have to have in common."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np

from s2sgrad.extents import Extent, Symbol, broadcast, has_axes
from s2sgrad.kinds import UNKNOWN, VARYING, Kind, Known, Number, Other, Sequence, join

__all__ = [
    "CHOOSING",
    "chosen",
    "constant_kind",
    "dtype_name",
    "elementwise_kind",
    "enforced_extents",
    "joined",
    "makes_its_own",
    "may_be_whole",
    "united",
]

CHOOSING: tuple[object, ...] = (max, min)
"""What returns one of its arguments as it is."""


def constant_kind(value: object, name: str | None = None) -> Kind:
    """The kind of an object around the program; numbers are not fixed: globals are live."""
    if value.__class__ is float:
        return _FLOAT
    if makes_its_own(value):
        return Other(type(value).__name__, foreign=True)
    if isinstance(value, bool | np.bool_):
        return _TRUTH
    if isinstance(value, int | np.integer):
        return _integer(int(value)) if name is None else _integer_of(Extent(Symbol(name)))
    if isinstance(value, float):
        return _FLOAT
    if isinstance(value, np.floating):
        return Number(dtype_name(value.dtype), (), array=False)
    if isinstance(value, complex | np.complexfloating):
        return Number("complex", (), array=False)
    if isinstance(value, np.ndarray):
        if value.dtype.kind not in "biufc":
            return Other("array of objects", foreign=value.dtype.kind in "OV")
        return Number(
            dtype_name(value.dtype), tuple(Extent(None, n) for n in value.shape), array=True
        )
    if isinstance(value, list | tuple) and type(value) in {list, tuple}:
        items = tuple(constant_kind(item) for item in value)
        return Sequence(
            type(value).__name__, items if isinstance(value, tuple) else None, joined(items)
        )
    if isinstance(value, dict):
        return Other("dict")
    if value is None or isinstance(value, str | bytes | set | frozenset):
        return Other(type(value).__name__)
    return Known(value)


def makes_its_own(value: object) -> bool:
    """Whether a number or an array is of a class that makes something else of operators."""
    if isinstance(value, np.ndarray):
        return type(value) not in {np.ndarray, np.memmap}
    if not isinstance(value, int | float | complex | np.generic):
        return False
    plain = next(b for b in type(value).__mro__ if b.__module__ in {"builtins", "numpy"})
    own = (getattr(type(value), n, None) is not getattr(plain, n, None) for n in _OPERATORS)
    return plain is not type(value) and any(own)


_BINARY = ("add", "sub", "mul", "truediv", "matmul", "pow", "floordiv", "mod")
_OPERATORS = (
    *(f"__{prefix}{name}__" for name in _BINARY for prefix in ("", "r")),
    *("__neg__", "__pos__", "__abs__", "__float__"),
)


_TRUTH = Number("bool", (), array=False)
_FLOAT = Number("float64", (), array=False)


def _integer_of(value: Extent) -> Number:
    return Number("int", (), array=False, value=value)


@lru_cache(maxsize=1 << 10)
def _integer(value: int) -> Number:
    return _integer_of(Extent(None, value))


def joined(kinds: Iterable[Kind], key: object = VARYING) -> Kind:
    """The kind of a thing that is one of these; lengths that differ vary from read to read."""
    out: Kind | None = None
    for kind in kinds:
        out = kind if out is None else join(out, kind, key)
    return UNKNOWN if out is None else out


def elementwise_kind(
    function: Callable[..., Any],
    operands: list[Number],
    key: object,
    contracts: list[tuple[Extent, Extent]] | None = None,
    likely: list[tuple[Extent, Extent]] | None = None,
) -> Number:
    """The kind of an elementwise result.

    Shapes broadcast, dtypes are promoted as NumPy and math do.
    """
    shapes = [operand.shape for operand in operands]
    shape = broadcast(shapes, ("shape", key), contracts, likely)
    array: bool | None = None
    if shapes.count(()) == len(shapes):
        array = None if None in [operand.array for operand in operands] else False
    elif any(o.array is True and has_axes(o.shape) for o in operands):
        array = True  # of arrays without axes NumPy makes numbers
    if function is np.where:
        array = True  # of numbers it makes an array without axes
    if function in CHOOSING:
        return Number(chosen(operands), shape, array)
    told = tuple([(o.dtype, o.array is False and o.shape == ()) for o in operands])
    dtype = _promoted(function, told)
    if dtype == "float32" and any(_may_widen(operand) for operand in operands):
        dtype = "float"
    return Number(dtype, shape, array)


def _may_widen(operand: Number) -> bool:
    """Whether this may be a NumPy scalar that widens what a number of Python's doesn't."""
    if operand.dtype == "int":
        return operand.array is not True and operand.value is None
    return operand.array is not True and operand.dtype in {"float", "float64"}


def may_be_whole(function: Callable[..., Any], operands: Iterable[Number]) -> bool:
    """Whether an elementwise result may hold integers, where numbers of unknown dtype are integers."""
    told = tuple((o.dtype or "int", o.scalar and o.array is False) for o in operands)
    return _promoted(function, told) in {"int", "bool"}


@lru_cache(maxsize=1 << 12)
def _promoted(
    function: Callable[..., Any], operands: tuple[tuple[str | None, bool], ...]
) -> str | None:
    if any(dtype is None for dtype, _ in operands):
        known = [(dtype or "float64", scalar) for dtype, scalar in operands]
        sure = _promoted(function, tuple(known))
        return sure if sure in {"bool", "complex"} else None
    if any(dtype == "float" for dtype, _ in operands):
        sure = _promoted(
            function, tuple(("float64", s) if d == "float" else (d, s) for d, s in operands)
        )
        return "float" if sure == "float64" else sure
    return _dtype_of_run(
        function, [_value_of(dtype or "float64", scalar) for dtype, scalar in operands]
    )


def _value_of(dtype: str, scalar: bool) -> Any:
    if scalar and dtype != "float32":
        return {"bool": True, "int": 1, "float64": 0.5, "complex": 0.5 + 0j}[dtype]
    return np.ones(() if scalar else 1, {"int": "int64"}.get(dtype, dtype))


def _dtype_of_run(function: Callable[..., Any], values: list[Any]) -> str | None:
    try:
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("error", DeprecationWarning)  # math takes arrays in older NumPy
            return dtype_name(np.asarray(function(*values)).dtype)
    except (TypeError, ValueError, ArithmeticError, DeprecationWarning):
        return None


def dtype_name(dtype: np.dtype[Any]) -> str | None:
    if dtype.kind == "b":
        return "bool"
    if dtype.kind in "iu":
        return "int"
    if dtype.kind == "f":
        return dtype.name if dtype.name in {"float32", "float64"} else None
    return "complex" if dtype.kind == "c" else None


def chosen(operands: Iterable[Number]) -> str | None:
    """The dtype of one of several numbers: of `max(2, x)` either that of 2 or that of x."""
    kind = joined(replace(operand, shape=(), value=None) for operand in operands)
    return kind.dtype if isinstance(kind, Number) else None


def united(function: object, args: list[Kind]) -> list[Kind]:
    """The operands of a function of matrices with one name for the extents that have to be equal.

    NumPy itself demands that they are.
    """
    for kept, other in enforced_extents(function, args):
        if function in _PRODUCTS:
            args = _with_summed(kept, other, args)
        else:
            args = [_with_extent(kind, kept, other) for kind in args]
    return args


def _with_extent(kind: Kind, kept: Extent, other: Extent) -> Kind:
    """The kind of an array with one extent in the place of another."""
    if not isinstance(kind, Number) or not isinstance(kind.shape, tuple):
        return kind
    same = (other.symbol, other.offset)
    shape = tuple(kept if (e.symbol, e.offset) == same else e for e in kind.shape)
    return replace(kind, shape=shape)


def _with_summed(kept: Extent, other: Extent, args: list[Kind]) -> list[Kind]:
    """The operands of a product, the second with the extent of the first for what is summed over."""
    if kept == other:
        return args
    second = args[1]
    assert isinstance(second, Number)  # noqa: S101
    assert isinstance(second.shape, tuple)  # noqa: S101
    axis = max(len(second.shape) - 2, 0)
    shape = (*second.shape[:axis], kept, *second.shape[axis + 1 :])
    if other.symbol is not None and other.offset == 0:
        shape = tuple(
            kept if extent.symbol == other.symbol and not extent.offset else extent
            for extent in shape
        )
    return [args[0], replace(second, shape=shape), *args[2:]]


def enforced_extents(function: object, args: Iterable[Kind]) -> list[tuple[Extent, Extent]]:
    """The extents that NumPy's functions of vectors and matrices need to be equal."""
    match list(args):
        case [Number(shape=tuple() as first), Number(shape=tuple() as second)] if (
            function in _PRODUCTS and first and second
        ):
            return [(first[-1], second[max(len(second) - 2, 0)])]
        case [Number(shape=(*_, rows, columns)), *others] if function in _OF_SQUARES:
            shapes = [other.shape for other in others if isinstance(other, Number)]
            known = [shape for shape in shapes if isinstance(shape, tuple) and shape]
            return [(rows, columns), *((columns, s[max(len(s) - 2, 0)]) for s in known)]
    return []


_PRODUCTS = (np.matmul, np.dot)
_OF_SQUARES = (np.linalg.inv, np.linalg.det, np.linalg.slogdet, np.linalg.solve)
