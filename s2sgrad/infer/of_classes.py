"""What operators and functions do with objects whose classes may overload operators: refused, where it matters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import gast
import numpy as np

from s2sgrad.infer.resolution import Unresolved
from s2sgrad.kinds import OTHER, Kind, Other, carries, is_foreign
from s2sgrad.registry import Rule

__all__ = [
    "MAKING_ARRAYS",
    "OF_AN_OBJECT",
    "OF_A_CLASS",
    "given_objects",
    "of_a_class",
    "of_an_object",
]

OF_A_CLASS = Unresolved(
    "the operator of a class isn't differentiated", "Call a function that does it."
)

_PERHAPS = Unresolved(
    "this may be the operator of a class, which isn't differentiated",
    "Make an array of the object first (np.asarray, or toarray of a sparse matrix), or call a function that does "
    "what the operator does.",
)


def of_a_class(kinds: list[Kind]) -> Unresolved:
    """Why an operator, or a function that makes use of one, isn't differentiated."""
    return OF_A_CLASS if any(map(is_foreign, kinds)) else _PERHAPS


_OF_ARRAYS = ("__array__", "__array_interface__", "__array_struct__", "__len__")
MAKING_ARRAYS = frozenset({float, np.array, np.asarray})
OF_AN_OBJECT = Unresolved(
    "an operator with an object that isn't a number or an array isn't differentiated",
    "Make an array of it first, np.arange(n) of range(n), or np.array(values, dtype=float).",
)


def _may_be_an_array(kind: Kind) -> bool:
    """Whether NumPy may make an array of numbers of an object, and not one that holds the object."""
    cls = kind.of if isinstance(kind, Other) else type(getattr(kind, "value", None))
    return cls is None or any(hasattr(cls, name) for name in _OF_ARRAYS)


def of_an_object(name: str, kinds: list[Kind]) -> bool:
    """Whether an operator takes what may carry a derivative together with an object that is no text."""
    texts = kinds[:1] if name == "Mod" else kinds
    if any(isinstance(kind, Other) and kind.name in {"str", "bytes"} for kind in texts):
        return False
    if name == "Mod" and isinstance(kinds[0], Other):  # texts that were put together
        return kinds[0] != OTHER
    return any(map(carries, kinds))


def given_objects(
    rule: Rule, bound: Mapping[str, Any], kind_of: Callable[[gast.AST], Kind]
) -> bool:
    """Whether a function is given an object where it differentiates by what it is given."""
    if rule.function in {list, sorted, tuple}:  # which only go through it
        return False
    given = (bound[parameter] for parameter in rule.differentiable if parameter in bound)
    atoms = (a for value in given for a in (value if isinstance(value, tuple) else (value,)))
    kinds = [kind for kind in map(kind_of, atoms) if is_foreign(kind)]
    if rule.function in MAKING_ARRAYS:  # of numbers, if the object says of which
        return rule.function is not float and not all(map(_may_be_an_array, kinds))
    return bool(kinds)
