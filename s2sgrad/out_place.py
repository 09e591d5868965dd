"""Where a parameter as `out` stands among the arguments of a function of NumPy's."""

from __future__ import annotations

import inspect
import sys
from functools import lru_cache
from typing import Any

import numpy as np

__all__ = ["out_place"]

_UNTOLD: dict[object, int] = {np.dot: 2, np.concatenate: 2}
"""Where it stands in functions that have no signature before NumPy 2.4."""


@lru_cache(maxsize=256)
def out_place(function: Any, name: str = "out") -> int | None:
    """The place of a parameter, one that no argument has where it is given by name only; None where none is known."""
    try:
        parameters = inspect.signature(function).parameters
    except (TypeError, ValueError):  # some functions of NumPy's only say it in their documentation
        return _UNTOLD.get(function) if name == "out" else None
    if name not in parameters:
        return None
    if parameters[name].kind is inspect.Parameter.KEYWORD_ONLY:
        return sys.maxsize
    return list(parameters).index(name)
