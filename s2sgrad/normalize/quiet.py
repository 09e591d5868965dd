"""Which expressions may be evaluated twice, or at another time, and nobody sees it."""

from __future__ import annotations

import functools
from collections.abc import Callable

import gast
import numpy as np

from s2sgrad.source import MISSING
from s2sgrad.trees import nodes

__all__ = ["is_partial", "is_quiet", "may_write"]

_LOUD = (print, input, open, exec, eval, setattr, delattr, next, map, filter)
_CALLING = (np.apply_along_axis, np.apply_over_axes, np.fromfunction, np.piecewise, np.vectorize)


def is_quiet(
    node: gast.AST, resolved: Callable[[gast.AST], object], *, methods: bool = False
) -> bool:
    """Whether an expression calls nothing but what is known to have no effect; resolved: what a node names.

    methods: methods that arrays have, and that only read, are taken to be those of arrays.
    """
    for part in nodes(node):
        match part:
            case gast.Call(func=func, keywords=keywords):
                known = resolved(func)
                module = getattr(known, "__module__", None) or ""
                named = {k.arg for k in keywords}
                loud = any(known is f for f in (*_LOUD, *_CALLING))
                if loud or not named.isdisjoint({"out", "key"}):
                    return False
                if methods and known is MISSING and _only_reads(func):
                    continue
                if not (
                    module in {"math", "builtins"}
                    or module.partition(".")[0] == "numpy"
                    or isinstance(known, np.ufunc)
                ):
                    return False
            case gast.NamedExpr() | gast.Yield() | gast.YieldFrom() | gast.Await():
                return False
    return True


def _only_reads(func: gast.AST) -> bool:
    """Whether what is called is, by its name, a method of arrays that only reads."""
    method = isinstance(func, gast.Attribute) and hasattr(np.ndarray, func.attr)
    return method and func.attr not in _WRITING


def may_write(node: gast.AST, resolved: Callable[[gast.AST], object]) -> bool:
    """Whether an expression calls what may write into something: more than functions of libraries that only read."""
    return any(isinstance(p, gast.Call) and _writes(p, resolved(p.func)) for p in nodes(node))


def _writes(call: gast.Call, known: object) -> bool:
    if any(k.arg == "out" for k in call.keywords) or any(known is f for f in _CALLING):
        return True
    if isinstance(known, np.ufunc):
        return len(call.args) > known.nin
    module = getattr(known, "__module__", None) or ""
    if module.partition(".")[0] in {"math", "builtins", "numpy", "itertools"}:
        return getattr(known, "__name__", "") in _WRITING
    attr = call.func.attr if isinstance(call.func, gast.Attribute) else ""
    return not hasattr(np.ndarray, attr) or attr in _WRITING


_WRITING = frozenset(
    {
        *("byteswap", "fill", "itemset", "partition", "put", "resize", "setfield", "setflags"),
        *("sort", "setattr", "delattr", "next", "copyto", "fill_diagonal", "place", "putmask"),
        *("put_along_axis", "exec", "eval", "map", "filter"),
    }
)
"""Methods of arrays and functions of Python and NumPy that write, or go on with what they are given."""


def is_partial(node: gast.Call, resolved: Callable[[gast.AST], object]) -> bool:
    """Whether a call is `functools.partial(f, a)`, of names and constants: it may be evaluated for each item."""
    parts = [*node.args, *(k.value for k in node.keywords)]
    plain = all(isinstance(p, gast.Name | gast.Constant | gast.Attribute) for p in parts)
    return plain and bool(node.args) and resolved(node.func) is functools.partial
