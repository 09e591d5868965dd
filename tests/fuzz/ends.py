"""The modules `np` and `math` with functions that notice where they have no derivative, as dual numbers do.

The norm of zeros and the deviation of equal numbers have none, and differences don't always see that: those of
`np.std(np.full(3, s))` are 0 everywhere.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np

from tests.fuzz.dual import NotSmoothError

__all__ = ["names"]

_GAP = 1e-3


def names() -> dict[str, Any]:
    """What np and math are where the ends of domains are watched."""
    linalg = SimpleNamespace(**{**vars(np.linalg), "norm": _positive(np.linalg.norm)})
    own = {
        name: _positive(getattr(np, name))
        for name in ("std", "hypot", "sqrt", "cbrt", "fabs", "abs")
    }
    others = {name: _positive(getattr(math, name)) for name in ("hypot", "dist", "sqrt", "fabs")}
    return {
        "np": SimpleNamespace(**{**vars(np), **own, "linalg": linalg}),
        "math": SimpleNamespace(**{**vars(math), **others}),
    }


def _positive(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function whose derivative is infinite or undefined where it is 0."""

    def watched(*args: Any, **kwargs: Any) -> Any:
        value = function(*args, **kwargs)
        if np.any(np.abs(value) < _GAP):
            raise NotSmoothError("end of a domain")
        return value

    return watched
