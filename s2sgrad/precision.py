"""How precise derivatives have to be: beside arrays of float32, or narrower ones, a number of Python's is as narrow.

`(K * x).sum()` of a narrow K and a float64 x is a float64, as NumPy makes float64 of both. The derivative `K * d_out`
would be a float32 one, and rounded as such, if d_out is a number of Python's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Any

import gast
import numpy as np

from s2sgrad.kinds import Kind, Number
from s2sgrad.program import Assign, Return, Statement, trees_of, walk
from s2sgrad.source import resolve_outside
from s2sgrad.trees import loaded, of_kind

if TYPE_CHECKING:
    from s2sgrad.context import Analysis
    from s2sgrad.gradient import Reversal

__all__ = ["narrow", "numbers_widen"]


def narrow(made: Reversal) -> Callable[[Statement], frozenset[str | None]]:
    """The dtypes beside which numbers of Python's aren't as precise as a statement of a gradient has to be.

    What belongs to something of float64 has to be so beside all that isn't certainly as wide. Of other things it isn't
    known: they have to be beside what certainly is narrower, unless something like that is differentiated by.
    """
    kinds, primal = made.analysis.facts.kinds, made.names.primal
    read = {n for d in made.derivatives for n in loaded(d)}
    wanted = [_dtype(kinds.get(primal.get(n, n))) for n in read]
    if all(dtype == "float32" for dtype in wanted) or not _is_mixed(made.analysis):
        return lambda _: _NONE
    others = _NONE if "float32" in wanted else _KNOWN

    def of(statement: Statement) -> frozenset[str | None]:
        if isinstance(statement, Return):
            return _ALL
        one = getattr(statement, "target", "")
        targets = statement.targets if isinstance(statement, Assign) else (one,)
        dtypes = {_dtype(kinds.get(primal.get(t, t))) for t in targets}
        return _ALL if "float64" in dtypes else others

    return of


_NONE: frozenset[str | None] = frozenset()
_KNOWN: frozenset[str | None] = frozenset({"float32"})
_ALL: frozenset[str | None] = frozenset({"float32", "float", None})


def _dtype(kind: Kind | None) -> str | None:
    return kind.dtype if isinstance(kind, Number) else None


def numbers_widen(
    analysis: Analysis, inputs: Iterable[str], active: AbstractSet[str], result: Number
) -> bool:
    """Whether what comes in has to be float64 itself: numbers as narrow as float32 make float32 of one of Python's."""
    kinds = analysis.facts.kinds
    if result.dtype not in {"float64", "float"} or any(
        _dtype(kinds.get(n)) == "float32" for n in inputs
    ):
        return False
    fixed = (kind for n, kind in kinds.items() if isinstance(kind, Number) and n not in active)
    if any(kind.dtype == "float32" and kind.shape == () for kind in fixed):
        return True
    return any(np.ndim(value) == 0 for value in _narrow_outside(analysis))


def _is_mixed(analysis: Analysis) -> bool:
    """Whether a function reads or makes something narrower than float64."""
    if any(_dtype(kind) == "float32" for kind in analysis.facts.kinds.values()):
        return True
    return any(True for _ in _narrow_outside(analysis))


def _narrow_outside(analysis: Analysis) -> Iterator[np.ndarray | np.generic]:
    """The numbers and arrays of the module that are narrower than float64 and are read."""
    home, namespace = analysis.webs.home, analysis.source.namespace
    for statement in walk(analysis.function.body):
        for tree in trees_of(statement):
            for node in of_kind(tree, gast.Name, gast.Attribute):
                value = resolve_outside(node, home, namespace)
                if isinstance(value, np.ndarray | np.generic) and _is_narrow(value.dtype):
                    yield value


def _is_narrow(dtype: np.dtype[Any]) -> bool:
    return dtype.kind == "f" and dtype.itemsize < np.dtype(float).itemsize
