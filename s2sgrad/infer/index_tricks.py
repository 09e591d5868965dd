"""Arrays that are joined by an index: `np.r_[a, b, 0.0]` is `np.hstack((a, b, 0.0))`, `np.c_[a, b]` a column_stack.

Which function an index stands for depends on how many axes its items have. Where that isn't known, or an item is a
slice or a text, it is refused.
"""

from __future__ import annotations

from typing import Any

import gast
import numpy as np

from s2sgrad.infer.representatives import represented
from s2sgrad.infer.resolution import Resolution, Stands, Unresolved
from s2sgrad.infer.results import joined
from s2sgrad.infer.wording import Keywords, KindOf, at_most_a_row, call, numpys, part
from s2sgrad.kinds import UNKNOWN, Kind, Number, Sequence

__all__ = ["joined_by_index"]


def joined_by_index(
    joiner: Any, index: gast.AST, kind_of: KindOf, key: object
) -> tuple[Resolution, Kind] | None:
    """What an index of `np.r_` or `np.c_` stands for, and what it gives; None for an index of any other object."""
    if joiner is not np.r_ and joiner is not np.c_:
        return None
    rows = joiner is np.r_
    atoms = list(index.elts) if isinstance(index, gast.Tuple) else [index]
    if any(isinstance(atom, gast.Slice) for atom in atoms):
        return Unresolved(
            f"a slice inside {_written(rows)} isn't differentiated",
            "Write np.arange or np.linspace in its place.",
        ), UNKNOWN
    kinds = [kind_of(atom) for atom in atoms]
    values: tuple[gast.AST, ...] = (gast.Tuple(elts=atoms, ctx=gast.Load()),)
    given: gast.AST = part(0)
    if index is atoms[0] and isinstance(kinds[0], Sequence) and kinds[0].type == "tuple":
        values, given = (), index
        kinds = list(kinds[0].items or ())
    refused = _refused(rows, kinds)
    if refused is not None:
        return refused, UNKNOWN
    function, keywords = _function(rows, max(_axes(kind) or 0 for kind in kinds))
    items = Sequence("tuple", tuple(kinds), joined(kinds))
    named = {name: kind_of(value) for name, value in keywords.items()}
    kind = represented(getattr(np, function), [items], named, key)
    return Stands((*values, call(numpys(function), [given], keywords))), kind


def _function(rows: bool, axes: int) -> tuple[str, Keywords]:
    """The function that joins what has so many axes at most, and its keywords."""
    if axes <= (1 if rows else 2):
        return "hstack" if rows else "column_stack", {}
    return "concatenate", {} if rows else {"axis": gast.Constant(value=axes - 1, kind=None)}


def _refused(rows: bool, kinds: list[Kind]) -> Unresolved | None:
    """Why items of these kinds aren't joined by one function of NumPy's."""
    axes = {_axes(kind) for kind in kinds}
    if not axes or None in axes:
        return Unresolved(
            f"{_written(rows)} is differentiated only where it is known how many axes each item has",
            f"Write it with np.{'concatenate' if rows else 'column_stack'}, or give like=.",
        )
    if len(axes) > 1 and not axes <= ({0, 1} if rows else {0, 1, 2}):
        return Unresolved(
            f"{_written(rows)} of items with different numbers of axes isn't differentiated",
            "Write it with np.concatenate.",
        )
    if _is_narrowed(kinds):
        return Unresolved(
            f"{_written(rows)} of numbers and of what isn't known to be of float64 isn't differentiated",
            "Write np.full(1, value, x.dtype) in the place of a number.",
        )
    return None


def _written(rows: bool) -> str:
    return "np.r_" if rows else "np.c_"


def _axes(kind: Kind) -> int | None:
    """How many axes an item has, None where that isn't known."""
    if isinstance(kind, Sequence):
        return 1 if at_most_a_row(kind) else None
    return kind.ndim if isinstance(kind, Number) else None


def _is_narrowed(kinds: list[Kind]) -> bool:
    """Whether a number may be of Python, which the index, and no function, takes in the dtype of the arrays."""
    dtypes = {_dtype(kind) for kind in kinds}
    held = {
        _dtype(kind)
        for kind in kinds
        if isinstance(kind, Sequence) or getattr(kind, "array", False)
    }
    pythons = any(
        isinstance(kind, Number) and kind.array is not True and kind.dtype != "float32"
        for kind in kinds
    )
    return pythons and "float64" not in held and not dtypes <= {"float64", "int", "bool"}


def _dtype(kind: Kind) -> str | None:
    if isinstance(kind, Sequence):
        return _dtype(kind.item)
    return kind.dtype if isinstance(kind, Number) else None
