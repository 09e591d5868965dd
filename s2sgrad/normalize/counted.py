"""Objects from outside that a loop may count the items of, and those that it asks for an iterator."""

from __future__ import annotations

from collections import deque
from typing import Any

import numpy as np

from s2sgrad.source import MISSING

__all__ = ["iterates_otherwise"]


def iterates_otherwise(value: object) -> bool:
    """Whether a loop over an object asks its class for an iterator, and not for one item after the other."""
    if value is MISSING:
        return False
    cls: Any = type(value)
    base = next((base for base in _COUNTED if issubclass(cls, base)), None)
    if base is not None and (cls.__iter__, cls.__getitem__) == (base.__iter__, base.__getitem__):
        return False
    return hasattr(cls, "__iter__") and not isinstance(value, np.ndarray)


_COUNTED: tuple[Any, ...] = (list, tuple, str, bytes, range, deque)
