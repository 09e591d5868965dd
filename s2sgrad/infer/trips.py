"""Kinds of what loops assign again: extents that belong to one trip, and are equal only to themselves there."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from s2sgrad.extents import Extent, Shape, Symbol
from s2sgrad.kinds import UNKNOWN, VARYING, Kind, Number, Sequence

__all__ = ["extent_varies", "settled", "unsettled", "varies"]

_EACH_TRIP = (VARYING,)
_DEEPEST = 8
"""How many lists and tuples may be in each other."""


def extent_varies(extent: Extent) -> bool:
    """Whether an extent is another one in each trip of a loop."""
    return extent.symbol is not None and extent.symbol.key == _EACH_TRIP


def varies(kind: Kind) -> bool:
    """Whether anything of a kind is another one in each trip of a loop."""
    if kind.__class__ is Number:
        shape: Any = kind.shape
        if shape.__class__ is Shape:
            return bool(shape.key == VARYING)
        for extent in shape:
            symbol = extent.symbol
            if symbol is not None and symbol.key == _EACH_TRIP:
                return True
        return False
    if isinstance(kind, Sequence):
        return varies(kind.item) or any(varies(item) for item in kind.items or ())
    return False


def settled(kind: Kind, deepest: int = _DEEPEST) -> Kind:
    """The kind of something that is assigned again in each trip.

    Extents that belong to one trip vary. What is in too many lists isn't known: a list may hold itself.
    """
    if isinstance(kind, Number):
        shape: Any = kind.shape
        if isinstance(shape, Shape):
            stable = isinstance(shape.key, tuple) and shape.key[0] == "parameter"
            return kind if stable else Number(kind.dtype, replace(shape, key=VARYING), kind.array)
        value = kind.value
        if not any(map(_of_one_place, shape)) and (value is None or not _of_one_place(value)):
            return kind
        fixed = tuple(
            Extent(Symbol("", axis, (VARYING,))) if _of_one_place(extent) else extent
            for axis, extent in enumerate(shape)
        )
        kept = None if value is None or _of_one_place(value) else value
        return Number(kind.dtype, fixed, kind.array, kept)
    if isinstance(kind, Sequence):
        if not deepest:
            return UNKNOWN
        below = deepest - 1
        items = None if kind.items is None else tuple(settled(item, below) for item in kind.items)
        return Sequence(kind.type, items, settled(kind.item, below))
    return kind


def _of_one_place(extent: Extent) -> bool:
    return extent.symbol is not None and bool(extent.symbol.key)


def unsettled(kind: Kind, key: object) -> Kind:
    """The same with a key of its own in the place of what varies."""
    if not varies(kind):
        return kind
    if isinstance(kind, Number):
        if isinstance(kind.shape, Shape):
            return replace(kind, shape=replace(kind.shape, key=key))
        return replace(
            kind,
            shape=tuple(
                Extent(Symbol("", axis, (key,))) if extent_varies(extent) else extent
                for axis, extent in enumerate(kind.shape)
            ),
        )
    if isinstance(kind, Sequence):
        items = None if kind.items is None else tuple(unsettled(item, key) for item in kind.items)
        return Sequence(kind.type, items, unsettled(kind.item, key))
    return kind
