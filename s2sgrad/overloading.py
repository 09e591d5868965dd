"""Classes that overload operators: what `K * x` gives isn't the product that a rule differentiates.

It is a product of matrices where K is one of SciPy's sparse matrices, and whatever its class says where K is the
user's own.
"""

from __future__ import annotations

import numbers
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import numpy as np

__all__ = ["overloads", "written_to_overload"]

_BINARY = ("add", "sub", "mul", "truediv", "matmul", "pow", "floordiv", "mod")
_OPERATORS = frozenset(
    {f"__{prefix}{name}__" for name in _BINARY for prefix in ("", "r")}
    | {"__neg__", "__pos__", "__abs__"}
)
_PLAIN = frozenset({"_collections_abc", "builtins", "collections", "enum", "numbers", "typing"})
"""Modules whose classes are numbers, texts and containers, as far as they have operators."""


@lru_cache(maxsize=1 << 10)
def overloads(cls: type[Any]) -> bool:
    """Whether operators do something else with objects of a class than with numbers, arrays and containers.

    >>> from fractions import Fraction
    >>> [overloads(cls) for cls in (float, np.ndarray, dict, Fraction, np.matrix, np.poly1d)]
    [False, False, False, False, True, True]
    """
    if issubclass(cls, np.ndarray):
        return cls not in {np.ndarray, np.memmap}
    if issubclass(cls, np.generic | np.dtype | numbers.Number):
        return False
    own = (base for base in cls.__mro__ if base.__module__.partition(".")[0] not in _PLAIN)
    return any(not _OPERATORS.isdisjoint(vars(base)) for base in own)


def written_to_overload(methods: Iterable[str]) -> bool:
    """Whether a class with these methods overloads operators."""
    return not _OPERATORS.isdisjoint(methods)
