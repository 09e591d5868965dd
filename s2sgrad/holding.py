"""What objects of any class hold, without asking their classes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from numbers import Integral, Number
from types import FunctionType, MemberDescriptorType, ModuleType
from typing import Any

import numpy as np

from s2sgrad.numeric import is_real

__all__ = ["in_slots", "leads_to_reals", "own_attributes"]


def own_attributes(value: object) -> Mapping[str, Any]:
    """What an object has under names of its own; its class isn't asked, which may answer anything."""
    try:
        found = object.__getattribute__(value, "__dict__")
    except AttributeError:
        return {}
    return found if isinstance(found, Mapping) else {}


def in_slots(value: object) -> list[object]:
    """What an object keeps in the places that its class declares."""
    places = (
        place
        for owner in type(value).__mro__
        for place in vars(owner).values()
        if isinstance(place, MemberDescriptorType)
    )
    kept = []
    for place in places:
        with suppress(AttributeError):  # where nothing has been put yet
            kept.append(place.__get__(value))
    return kept


def leads_to_reals(value: object, most: int = 2000) -> bool:
    """Whether there may be real numbers in a value, be it in containers, iterators and objects of any class in it.

    most: the number of objects that are looked at before it is taken to be so.
    """
    waiting, seen = [value], {id(value): value}
    while waiting:
        one = waiting.pop()
        if is_real(one) or isinstance(one, Iterator) or len(seen) > most:
            return True
        if isinstance(one, Number):
            if not isinstance(one, Integral):
                return True
            continue
        if isinstance(one, type | FunctionType | ModuleType):
            continue
        inside = [*own_attributes(one).values()]
        inside += in_slots(one) if hasattr(type(one), "__slots__") else ()
        if isinstance(one, Mapping):
            inside += one.values()
        elif isinstance(one, Collection) and not isinstance(one, str | bytes | np.ndarray):
            inside += one
        elif isinstance(one, np.ndarray) and one.dtype.kind in "OV":
            return True
        waiting += [v for v in inside if id(v) not in seen]
        seen |= {id(v): v for v in inside}
    return False
