"""Whose memory arrays have that aren't a function's own: which objects they are views of, and which overlap.

Most arrays know what they are views of (`base`). What has got memory in other ways, through DLPack, ctypes or
`__array_interface__`, is known by the bytes that it has: a text for which such an array is met for the first time is
made once more, so that all others are compared with it.
"""

from __future__ import annotations

import weakref
from array import array
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import partial
from itertools import takewhile
from mmap import mmap
from operator import itemgetter
from typing import Any, TypeVar

import numpy as np
from numpy.lib.array_utils import byte_bounds

__all__ = ["identities_of", "objects_in", "overlap", "owners", "settled_memory", "sharing"]

T = TypeVar("T")
Array = np.ndarray[Any, Any]

_WORK: Any = 10_000  # NumPy's annotations know two values only
_ITSELF = (np.ndarray, array, bytes, bytearray, mmap)
"""What has memory of its own, if it isn't a view of something else."""

_KNOWN: dict[int, weakref.ref[Array]] = {}
"""The arrays of which it isn't known whose memory they have."""
_met = 0


def identities_of(value: object) -> list[int]:
    """The identity of an object, and of those whose memory it has.

    An array that isn't known to be a view of another (`sliding_window_view`, `np.asarray(memoryview(a))`) has that of
    all arrays that it overlaps.
    """
    global _met  # noqa: PLW0603
    chain = owners(value)
    views = list(takewhile(lambda owner: isinstance(owner, np.ndarray), chain))
    if not isinstance(value, np.ndarray):
        return [id(owner) for owner in chain]
    whose = [owner for owner in chain[len(views) :] if not isinstance(owner, np.ndarray)]
    if whose and not isinstance(whose[0], _ITSELF) and id(value) not in _KNOWN:
        _KNOWN[id(value)] = weakref.ref(value, partial(_KNOWN.pop, id(value)))
        _met += 1
    others = [other for known in list(_KNOWN.values()) if (other := known()) is not None]
    others = [other for other in others if other is not value and overlap(value, other)]
    return [id(owner) for owner in (*views, *whose, *others)]


def owners(value: object) -> list[object]:
    """An object, and what it is a view of, and so on: arrays, `array.flat`, memoryviews, what they were made of."""
    found = [value]
    while (base := _base(found[-1])) is not None:
        found.append(base)
    return found


def _base(value: object) -> object:
    if isinstance(value, np.ndarray | np.flatiter):
        return value.base
    if isinstance(value, memoryview):
        with suppress(ValueError):  # where it was released
            return value.obj
        return None
    of_numpy = (
        str(type(value).__module__).partition(".")[0] == "numpy"
    )  # what as_strided puts in between
    return getattr(value, "base", None) if of_numpy and not isinstance(value, type) else None


def settled_memory(make: Callable[[], T]) -> T:
    """What a function makes, once more if it has met arrays of unknown memory for the first time."""
    before = _met
    made = make()
    return made if _met == before else make()


def overlap(first: Array, second: Array) -> bool:
    """Whether two arrays share an element, or may: exact as long as that is found out soon."""
    try:
        return np.shares_memory(first, second, max_work=_WORK)
    except np.exceptions.TooHardError:
        return True


def objects_in(value: Array) -> list[object]:
    """The objects in an array of such."""
    if value.dtype.kind == "O":
        return list(value.flat)
    if not value.dtype.hasobject:
        return []
    return [item for name in value.dtype.names or () for item in objects_in(value[name])]


def sharing(groups: Sequence[Iterable[Array]]) -> frozenset[tuple[int, int]]:
    """Which groups of arrays share memory, as pairs of their positions."""
    spans = sorted(
        ((*byte_bounds(a), number, a) for number, group in enumerate(groups) for a in group),
        key=itemgetter(0),
    )
    found, before = set(), list[tuple[int, int, Array]]()
    for low, high, number, later in spans:
        before = [known for known in before if known[0] > low]
        for _, other, earlier in before:
            pair = min(number, other), max(number, other)
            if number != other and pair not in found and overlap(earlier, later):
                found.add(pair)
        before.append((high, number, later))
    return frozenset(found)
