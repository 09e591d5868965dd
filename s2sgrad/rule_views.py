"""What rules give names to that may be a view of something: `flat = gather(x)`.

The names of the program have tables that say with which others they share memory. These come later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import gast
import numpy as np

from s2sgrad import registry
from s2sgrad.program import Assign, Statement
from s2sgrad.simplify.expressions import generated
from s2sgrad.simplify.shapes import Shapes
from s2sgrad.simplify.spellings import sharing
from s2sgrad.trees import loaded

__all__ = ["views_of_rules"]

_VIEWING = frozenset(
    {
        *("$gather", "$of_nested", "$on_matrices", "$scatter", "$slope_of", "$split_like"),
        *("$spread", "$unconcatenate", "$undiag", "$unmeshgrid", "$unpad", "$unreduce"),
    }
)
"""The helpers whose results may share memory with what they are given."""


def views_of_rules(
    statements: Iterable[Statement], known: Callable[[str], bool], shapes: Shapes
) -> dict[str, list[str]]:
    """Names → those of what may be a view of their memory; known: whether a name has tables of its own."""
    out: dict[str, list[str]] = {}
    views: set[str] = set()
    for statement in statements:
        match statement:
            case Assign(targets=(target,), value=value) if not known(target) and (
                _gives_view(value, shapes) or not views.isdisjoint(loaded(value))
            ):
                views.add(target)
                for name in sharing(value, shapes):
                    out.setdefault(name, []).append(target)
    return out


def _gives_view(value: gast.AST, shapes: Shapes) -> bool:
    """Whether a value is a call of NumPy or a helper, by a rule, that may give a view."""
    text = generated(value.func) if isinstance(value, gast.Call) else None
    if text is None or not text.startswith("$np."):
        return text in _VIEWING
    function = shapes.called(value.func)
    rules = registry.variants(function)
    return function in {np.asarray, np.broadcast_to} or any(rule.kind == "view" for rule in rules)
