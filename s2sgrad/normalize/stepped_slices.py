"""Every second item of a list, or every third, that is stored or taken out.

Receives statements on a list that is made here and has one name, and gives what they are written as:

    values[::2] = [a, b]       assert len(values[::2]) == 2
                               values[0], values[2] = a, b
    values[::2] = more         for k, v in zip(range(0, len(values), 2), more, strict=True):
                                   values[k] = v
    del values[::2]            values = values[1::2]
    del values[::3]            values = [values[k] for k in range(len(values)) if k not in range(0, len(values), 3)]
"""

from __future__ import annotations

from collections.abc import Callable

import gast

from s2sgrad.normalize.nodes import at, call, constant, integer, load, store, subscript, tuple_of
from s2sgrad.trees import loaded, of_kind

__all__ = ["is_stepped", "stored", "without_them"]


def is_stepped(name: str, cut: gast.Slice, value: gast.AST | None) -> bool:
    """Whether a slice has a step, and begins at a known place.

    value: what is stored there. The length of the list is asked before it is computed, so that it mustn't change the
    list; and it mustn't read it while it is stored.
    """
    low = 0 if cut.lower is None else integer(cut.lower)
    step = None if cut.step is None else integer(cut.step)
    known = low is not None and low >= 0 and step is not None and step > 1 and cut.upper is None
    return known and (value is None or name not in loaded(value) or _reads_first(name, value))


def _reads_first(name: str, value: gast.AST) -> bool:
    """Whether what is stored is made of a list at once, and leaves it as it is."""
    at_once = isinstance(value, gast.List | gast.Tuple | gast.ListComp | gast.Subscript)
    methods = (n.value for n in of_kind(value, gast.Attribute))
    return at_once and not any(isinstance(base, gast.Name) and base.id == name for base in methods)


def stored(
    name: str,
    cut: gast.Slice,
    value: gast.AST,
    builtin: Callable[[str], str],
    fresh: Callable[[str], str],
) -> list[gast.AST]:
    """What stores items apart from each other."""
    if isinstance(value, gast.List | gast.Tuple) and not any(
        isinstance(item, gast.Starred) for item in value.elts
    ):
        low, step = _begin(cut), integer(cut.step) or 1
        count = call(builtin("len"), subscript(load(name), cut))
        fits = gast.Compare(left=count, ops=[gast.Eq()], comparators=[constant(len(value.elts))])
        places = [_place(name, constant(low + step * k)) for k in range(len(value.elts))]
        checked = gast.Assert(test=at(fits, value), msg=None)
        return [checked, *_assigned(places, value)]
    k, v = fresh("k"), fresh("v")
    both = call(builtin("zip"), _places(name, cut, builtin), value)
    both.keywords.append(gast.keyword(arg="strict", value=constant(value=True)))
    put = gast.Assign(targets=[_place(name, load(k))], value=load(v), type_comment=None)
    target = gast.Tuple(elts=[store(k), store(v)], ctx=gast.Store())
    return [gast.For(target=target, iter=both, body=[put], orelse=[], type_comment=None)]


def without_them(
    name: str, cut: gast.Slice, builtin: Callable[[str], str], fresh: Callable[[str], str]
) -> gast.AST:
    """The list of the other items."""
    if integer(cut.step) == 2 and _begin(cut) < 2:
        low = None if _begin(cut) else constant(1)
        return subscript(load(name), gast.Slice(lower=low, upper=None, step=cut.step))
    k = fresh("k")
    other = gast.Compare(
        left=load(k), ops=[gast.NotIn()], comparators=[_places(name, cut, builtin)]
    )
    every = call(builtin("range"), call(builtin("len"), load(name)))
    clause = gast.comprehension(target=store(k), iter=every, ifs=[other], is_async=0)
    return gast.ListComp(elt=subscript(load(name), load(k)), generators=[clause])


def _assigned(places: list[gast.AST], value: gast.AST) -> list[gast.AST]:
    """The assignments of a display's items to places."""
    if not places:
        return []
    target, new = places[0], value.elts[0]
    if len(places) > 1:
        target, new = gast.Tuple(elts=places, ctx=gast.Store()), tuple_of(value.elts)
    return [gast.Assign(targets=[target], value=at(new, value), type_comment=None)]


def _begin(cut: gast.Slice) -> int:
    return 0 if cut.lower is None else integer(cut.lower) or 0


def _place(name: str, index: gast.AST) -> gast.Subscript:
    return gast.Subscript(value=load(name), slice=index, ctx=gast.Store())


def _places(name: str, cut: gast.Slice, builtin: Callable[[str], str]) -> gast.Call:
    """The places that a slice with a step takes."""
    count = call(builtin("len"), load(name))
    return call(builtin("range"), constant(_begin(cut)), count, cut.step)
