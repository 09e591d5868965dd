"""Where a parameter as `out` stands among the arguments of a function of NumPy's."""

from __future__ import annotations

import inspect
from functools import lru_cache
from typing import Any

import numpy as np

__all__ = ["out_place"]

_UNTOLD: dict[object, int] = {np.dot: 2, np.concatenate: 2}
"""Where it stands in functions that have no signature before NumPy 2.4."""


@lru_cache(maxsize=256)
def out_place(function: Any, name: str = "out") -> int | None:
    """The place of a parameter that may be given by position, None where there is none that is known."""
    try:
        parameters = inspect.signature(function).parameters
    except (TypeError, ValueError):  # some functions of NumPy's only say it in their documentation
        return _UNTOLD.get(function) if name == "out" else None
    names = [n for n, p in parameters.items() if p.kind is not p.VAR_POSITIONAL]
    return names.index(name) if name in names else None
