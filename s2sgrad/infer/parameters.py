"""The kinds of a function's parameters: from annotations, defaults and example arguments.

`like` and the call-time API know most: number of axes, dtype, and which axes have length 1 (those
broadcast, all others are solid). An annotation says scalar, integer or array. A default says so
where it can't be a real number.
"""

from __future__ import annotations

import types
import typing
from collections import abc
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import gast
import numpy as np

from s2sgrad.extents import Extent, Shape, Symbol
from s2sgrad.infer.overloaded import holds_overloading, overloading_attributes
from s2sgrad.infer.results import constant_kind, joined, makes_its_own
from s2sgrad.infer.unread import is_own
from s2sgrad.kinds import (
    BOOL,
    FLOAT,
    OTHER,
    VARYING,
    Kind,
    Known,
    Number,
    Other,
    Sequence,
    Unknown,
    foreign_object,
)
from s2sgrad.program import Parameter
from s2sgrad.source import MISSING, Source

__all__ = ["example_kind", "parameter_kinds"]


def parameter_kinds(
    source: Source,
    parameters: tuple[Parameter, ...],
    like: Mapping[str, object],
    wrt: tuple[str, ...] = (),
) -> dict[str, Kind]:
    """The kind of each parameter; those in wrt are real numbers, whatever their default is."""
    kinds: dict[str, Kind] = {}
    for parameter in parameters:
        name = parameter.name
        if name in like:
            real = name in wrt and not _is_whole(source.annotations.get(name, MISSING))
            kinds[name] = example_kind(like[name], name, real=real)
        elif parameter.kind == "variadic":
            of_each = annotated_kind(source.annotations.get(name, MISSING), f"{name}[]")
            kinds[name] = Sequence("tuple", None, _any_of(of_each or unknown(f"{name}[]")))
        else:
            said = source.annotations.get(name, MISSING)
            kind = _keyed_kind(_without_aliases(said))
            if kind is None and not _is_none(parameter.default):
                kind = annotated_kind(said, name)
            if kind is None and name not in wrt:
                kind = _default_kind(parameter.default, name)
            if kind is None and holds_overloading(source.defaults.get(name, MISSING)):
                kind = Unknown(overloads=True)
            listed = _may_be_listed(said) or isinstance(source.defaults.get(name), list | tuple)
            kinds[name] = unknown(name, listed=listed) if kind is None else kind
    return kinds


def _is_whole(annotation: object) -> bool:
    """Whether a parameter is an integer or a truth value, whatever its example could be."""
    return isinstance(annotation, type) and issubclass(annotation, int | np.integer)


def _is_none(default: gast.AST | None) -> bool:
    """Whether a parameter may be None, whatever its annotation says."""
    return isinstance(default, gast.Constant) and default.value is None


def unknown(name: str, *, listed: bool = False) -> Kind:
    """A parameter of which nothing is known: a number of unknown shape, until more is said; listed: see `Shape`."""
    return Number(None, Shape(("parameter", name), listed=listed), None)


def _may_be_listed(annotation: object) -> bool:
    """Whether an annotation says that something may be a list or a tuple, beside other things."""
    annotation = _without_aliases(annotation)
    if isinstance(annotation, typing.NewType):
        return _may_be_listed(annotation.__supertype__)
    if isinstance(annotation, typing.TypeVar):
        return any(map(_may_be_listed, (annotation.__bound__, *annotation.__constraints__)))
    origin = typing.get_origin(annotation)
    if origin in {typing.Union, types.UnionType}:
        return any(map(_may_be_listed, typing.get_args(annotation)))
    of = annotation if origin is None else origin
    return (
        isinstance(of, type)
        and issubclass(of, list | tuple | abc.Sequence)
        and not issubclass(of, str | bytes | range)
    )


def example_kind(value: object, name: str, *, real: bool = False) -> Kind:
    """The kind of an example argument: its lengths become symbols, those other than 1 solid."""
    if isinstance(value, bool | np.bool_):
        return BOOL
    if isinstance(value, int | np.integer) and not makes_its_own(value):
        return FLOAT if real else Number("int", (), array=False, value=Extent(Symbol(name)))
    if type(value) is np.ndarray:
        kind = constant_kind(value)
        if not isinstance(kind, Number):
            return kind
        shape = tuple(
            Extent(None, 1) if length == 1 else Extent(Symbol(name, axis), solid=True)
            for axis, length in enumerate(value.shape)
        )
        return Number(kind.dtype, shape, array=True)
    if type(value) in {list, tuple}:
        return _item_kind(value, name)
    kind = constant_kind(value)
    if not isinstance(kind, Known) or (callable(value) and not foreign_object(value)):
        return kind
    cls = type(value)
    return Other(
        cls.__name__,
        foreign_object(value),
        cls if is_own(cls) else None,
        overloading_attributes(value),
    )


def _item_kind(value: object, key: object) -> Kind:
    """The kind of something in a list or a tuple.

    The lengths of what a list holds vary from item to item.
    """
    if isinstance(value, list | tuple) and type(value) in {list, tuple}:
        inside = [
            VARYING if isinstance(value, list) or key == VARYING else (key, k)
            for k in range(len(value))
        ]
        items = tuple(map(_item_kind, value, inside))
        item = joined(items) if items else FLOAT
        return Sequence(type(value).__name__, items if isinstance(value, tuple) else None, item)
    kind = constant_kind(value)
    if isinstance(kind, Number) and isinstance(kind.shape, tuple):
        shape = tuple(Extent(Symbol("", axis, (key,))) for axis in range(len(kind.shape)))
        return Number(kind.dtype, shape, array=isinstance(value, np.ndarray))
    return kind


def annotated_kind(annotation: object, name: str) -> Kind | None:
    """What an annotation says, None where it says nothing that is known here."""
    annotation = _without_aliases(annotation)
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated:
        return annotated_kind(typing.get_args(annotation)[0], name)
    if annotation is float or annotation is np.float64 or annotation is np.floating:
        return FLOAT
    if annotation is np.float32:
        return Number("float32", (), array=False)
    if annotation is complex or annotation is np.complex128 or annotation is np.complex64:
        return Number("complex", (), array=False)
    if annotation is bool:
        return BOOL
    if annotation is int or (isinstance(annotation, type) and issubclass(annotation, np.integer)):
        return Number("int", (), array=False, value=Extent(Symbol(name)))
    if annotation is str or annotation is bytes:
        return OTHER
    if keyed := _keyed_kind(annotation):
        return keyed
    if annotation is np.random.Generator or annotation is np.random.RandomState:
        return Other("Generator")
    if annotation is np.ndarray:
        return Number(None, Shape(("parameter", name), axes=True), array=True)
    if origin is np.ndarray:
        return _typed_array(annotation, name)
    if annotation is list or annotation is tuple:
        type_ = "list" if annotation is list else "tuple"
        return Sequence(type_, None, Number(None, Shape(VARYING), None))
    if origin in {list, tuple}:
        return _sequence(origin, typing.get_args(annotation), name)
    if origin in {typing.Union, types.UnionType}:
        return None
    if isinstance(annotation, type) and is_own(annotation):
        return Other(annotation.__name__, foreign=True, of=annotation)
    return _axes_in_words(annotation, name)


def _keyed_kind(annotation: object) -> Kind | None:
    """What is said of a dict or a set, of whatever class, which may also be None; None of anything else."""
    origin, args = typing.get_origin(annotation), typing.get_args(annotation)
    if origin in {typing.Union, types.UnionType}:
        found = [_keyed_kind(arg) for arg in args if arg is not types.NoneType]
        return found[0] if len(found) == 1 else None
    cls = annotation if origin is None else origin
    if not isinstance(cls, type) or (cls.__module__ != "collections.abc" and is_own(cls)):
        return None
    if issubclass(cls, dict | abc.Mapping):
        return Other("dict")
    return Other("set") if issubclass(cls, abc.Set) else None


def _without_aliases(annotation: Any) -> Any:
    """What a name made by a `type` statement stands for; of Python 3.12 on, NumPy's NDArray is one."""
    alias = getattr(typing, "TypeAliasType", None)
    while alias is not None:
        origin = typing.get_origin(annotation)
        try:
            if isinstance(annotation, alias):
                annotation = annotation.__value__
            elif isinstance(origin, alias):
                annotation = origin.__value__[typing.get_args(annotation)]
            else:
                break
        except Exception:  # noqa: BLE001  its text is evaluated only now, and may fail
            return None
    return annotation


def _typed_array(annotation: Any, name: str) -> Kind:
    """`numpy.typing.NDArray[np.float64]` and `np.ndarray[tuple[int, int], np.dtype[...]]`."""
    shape, dtype = typing.get_args(annotation)
    scalar = typing.get_args(dtype)
    known = {np.float64: "float64", np.float32: "float32"}.get(scalar[0]) if scalar else None
    if (
        known is None
        and scalar
        and isinstance(scalar[0], type)
        and issubclass(scalar[0], np.integer)
    ):
        known = "int"
    if scalar and isinstance(scalar[0], type) and issubclass(scalar[0], np.complexfloating):
        known = "complex"
    axes = typing.get_args(shape)
    if axes and Ellipsis not in axes and typing.get_origin(shape) is tuple:
        return Number(
            known, tuple(Extent(Symbol(name, axis)) for axis in range(len(axes))), array=True
        )
    return Number(known, Shape(("parameter", name), axes=True), array=True)


def _sequence(origin: type, items: tuple[Any, ...], name: str) -> Kind:
    if origin is tuple and items and Ellipsis not in items:
        kinds = tuple(
            annotated_kind(item, f"{name}[{k}]") or unknown(f"{name}[{k}]")
            for k, item in enumerate(items)
        )
        return Sequence("tuple", kinds, joined(kinds))
    item = (annotated_kind(items[0], f"{name}[]") if items else None) or unknown(f"{name}[]")
    return Sequence(origin.__name__, None, _any_of(item))


def _any_of(kind: Kind) -> Kind:
    """The kind of any item of a list: lengths vary from item to item."""
    if isinstance(kind, Sequence):
        items = None if kind.items is None else tuple(map(_any_of, kind.items))
        return Sequence(kind.type, items, _any_of(kind.item))
    if not isinstance(kind, Number):
        return kind
    if isinstance(kind.shape, Shape):
        return replace(kind, shape=replace(kind.shape, key=VARYING), value=None)
    shape = tuple(
        Extent(Symbol("", k, (VARYING,))) if e.symbol is not None else e
        for k, e in enumerate(kind.shape)
    )
    return replace(kind, shape=shape, value=None)


def _axes_in_words(annotation: object, name: str) -> Kind | None:
    """jaxtyping's `Float[np.ndarray, "n m"]`: the same word is the same extent everywhere."""
    words, dtype = getattr(annotation, "dim_str", None), type(annotation).__module__
    if not isinstance(words, str) or "jaxtyping" not in dtype:
        return None
    axes = words.split()
    if any(not word.isidentifier() and not word.isdigit() for word in axes):
        return Number(None, Shape(("parameter", name), axes=True), array=True)
    shape = tuple(
        Extent(None, int(word))
        if word.isdigit()
        else Extent(Symbol(name, axis) if word == "_" else Symbol("", key=("axis", word)))
        for axis, word in enumerate(axes)
    )
    return Number(None, shape, array=True)


def _default_kind(default: gast.AST | None, name: str) -> Kind | None:
    match default:
        case gast.Constant(value=bool()):
            return BOOL
        case gast.Constant(value=int()):
            return Number("int", (), array=False, value=Extent(Symbol(name)))
        case gast.UnaryOp(op=gast.USub(), operand=gast.Constant(value=int())):
            return Number("int", (), array=False, value=Extent(Symbol(name)))
        case gast.Constant(value=str() | bytes()):
            return OTHER
    return None
