"""Which expressions may be evaluated twice, or at another time, and nobody sees it."""

from __future__ import annotations

import functools
from collections.abc import Callable

import gast
import numpy as np

from s2sgrad.out_place import out_place
from s2sgrad.source import MISSING
from s2sgrad.trees import nodes

__all__ = ["is_partial", "is_quiet", "may_write", "writes"]

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
                if methods and known is MISSING and _only_reads(part):
                    continue
                if writes(part, known) or not (
                    module in {"math", "builtins"}
                    or module.partition(".")[0] == "numpy"
                    or isinstance(known, np.ufunc)
                ):
                    return False
            case gast.NamedExpr() | gast.Yield() | gast.YieldFrom() | gast.Await():
                return False
    return True


def _only_reads(call: gast.Call) -> bool:
    """Whether what is called is, by its name, a method of arrays that only reads."""
    method = isinstance(call.func, gast.Attribute) and hasattr(np.ndarray, call.func.attr)
    return method and not _method_writes(call, call.func.attr)


def may_write(node: gast.AST, resolved: Callable[[gast.AST], object]) -> bool:
    """Whether an expression calls what may write into something: more than functions of libraries that only read."""
    return any(isinstance(p, gast.Call) and writes(p, resolved(p.func)) for p in nodes(node))


def writes(call: gast.Call, known: object) -> bool:
    """Whether a call, without its arguments, may write into something; known: what is called."""
    named = {k.arg for k in call.keywords}
    if "out" in named or any(known is f for f in _CALLING):
        return True
    if isinstance(known, np.ufunc):
        return None in named or _reaches(call, known.nin)
    module = getattr(known, "__module__", None) or ""
    library = module.partition(".")[0]
    if library in {"math", "builtins", "numpy", "itertools"}:
        if getattr(known, "__name__", "") in _WRITING:
            return True
        into = _INTO | ({"copy"} if known is np.nan_to_num else set())
        places = [out_place(known, name) for name in sorted(into)] if library == "numpy" else []
        given = not named.isdisjoint(into) or (None in named and places != [None] * len(places))
        return given or any(_reaches(call, place) for place in places)
    attr = call.func.attr if isinstance(call.func, gast.Attribute) else ""
    return not hasattr(np.ndarray, attr) or _method_writes(call, attr)


def _method_writes(call: gast.Call, attr: str) -> bool:
    """Whether a method of arrays writes, or is given what it writes into."""
    place = out_place(getattr(np, attr, None))
    untold = place is not None and any(k.arg is None for k in call.keywords)
    reached = _reaches(call, None if place is None else place - 1)
    return attr in _WRITING_METHODS or untold or reached


def _reaches(call: gast.Call, place: int | None) -> bool:
    """Whether a call may have an argument at a place, by position."""
    if place is None:
        return False
    unknown = any(isinstance(a, gast.Starred) for a in call.args)
    return unknown or (len(call.args) > place and not _is_none(call.args[place]))


def _is_none(node: gast.AST) -> bool:
    return isinstance(node, gast.Constant) and node.value is None


_INTO = frozenset({"out", "overwrite_input"})
"""Parameters of functions of NumPy's by which they are given what they may write into."""
_WRITING = frozenset(
    {
        *("put", "setattr", "delattr", "next", "copyto", "fill_diagonal", "place", "putmask"),
        *("put_along_axis", "exec", "eval", "map", "filter", "shuffle"),
    }
)
"""Functions of Python and NumPy that may write, or go on with what they are given."""
_WRITING_METHODS = frozenset(
    {
        *("byteswap", "fill", "itemset", "partition", "put", "resize", "setfield", "setflags"),
        *("sort", "__setitem__", "__delitem__", "__setstate__", "__setattr__", "__delattr__"),
        *("__iadd__", "__isub__", "__imul__", "__imatmul__", "__itruediv__", "__ifloordiv__"),
        *("__imod__", "__ipow__", "__ilshift__", "__irshift__", "__iand__", "__ior__", "__ixor__"),
    }
)
"""Methods of arrays that write."""


def is_partial(node: gast.Call, resolved: Callable[[gast.AST], object]) -> bool:
    """Whether a call is `functools.partial(f, a)`, of names and constants: it may be evaluated for each item."""
    parts = [*node.args, *(k.value for k in node.keywords)]
    plain = all(isinstance(p, gast.Name | gast.Constant | gast.Attribute) for p in parts)
    return plain and bool(node.args) and resolved(node.func) is functools.partial
