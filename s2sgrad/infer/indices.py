"""Indices as functions of the values of their atoms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import gast

from s2sgrad.extents import Extent
from s2sgrad.kinds import INT, Kind, Number, Unknown

__all__ = ["Index", "getitem", "index_template"]


def getitem(x: Any, *values: Any, build: Index) -> Any:
    """`x[index]`, the index built from the values of its atoms."""
    return x[build.of(values)]


@dataclass(frozen=True)
class Index:
    """An index as a function of the values of its atoms.

    part: the number of an atom, None, or the parts of a tuple or of a slice.
    """

    part: int | tuple[Index, ...] | None
    is_slice: bool = False

    def of(self, values: tuple[Any, ...]) -> Any:
        if not isinstance(self.part, tuple):
            return None if self.part is None else values[self.part]
        parts = tuple(part.of(values) for part in self.part)
        return slice(*parts) if self.is_slice else parts


_FIRST = replace(INT, value=Extent(None, 0))
_index = lru_cache(maxsize=1024)(Index)
"""One object for all equal indices: what is known of one is known of all."""


def index_template(
    index: gast.AST, kind_of: Callable[[gast.AST], Kind]
) -> tuple[Index, list[Kind]] | None:
    """An index as a function of the values of its atoms, and their kinds.

    None where one is unknown. An integer that takes an axis away is 0, which is there if any is: what it gives is
    the same for all, be it larger than the axis in an example.
    """
    kinds: list[Kind] = []

    def part(tree: gast.AST | None, *, bound: bool = False) -> Index:
        match tree:
            case gast.Slice(lower=lower, upper=upper, step=step):
                bounds = (part(atom, bound=True) for atom in (lower, upper, step))
                return _index(tuple(bounds), is_slice=True)
            case gast.Tuple(elts=items):
                return _index(tuple(map(part, items)))
            case None | gast.Constant(value=None):
                return _index(None)
        kind = kind_of(tree)
        if not bound and isinstance(kind, Number) and kind.scalar and kind.dtype == "int":
            kind = _FIRST
        kinds.append(kind)
        return _index(len(kinds) - 1)

    template = part(index)
    if any(
        isinstance(kind, Unknown)
        or (isinstance(kind, Number) and kind.shape != () and kind.dtype is None)
        for kind in kinds
    ):
        return None
    if any(isinstance(kind, Number) and kind.dtype not in {"int", "bool"} for kind in kinds):
        return None
    return template, kinds
