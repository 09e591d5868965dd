"""Dicts and sets that iterators, and functions with a key, are given: lists of their keys.

Receives a function's tree, and gives one in which what is read there by numbers is a sequence; of a dict, `d[k]` is
what is at the key k. Listed is what may be a dict or a set: what stands there, names that are given such, those of the
module, and parameters of which examples or annotations say it.

So is what a loop runs over whose keys a loop around it changes (`keys_changed.py`).

The first item of what certainly has keys is `list(d.values())[0]`, which reads `next(iter(d.values()))`.
"""

from __future__ import annotations

import functools
import itertools
from collections import Counter, abc
from collections.abc import Mapping
from typing import get_origin

import gast

from s2sgrad.normalize.keyed import MARKED, is_keyed
from s2sgrad.normalize.keys_changed import run_over_anew
from s2sgrad.normalize.nodes import at, call, constant, subscript
from s2sgrad.source import MISSING, resolve_outside
from s2sgrad.trees import fields_changed, names_bound_in, nodes, of_kind, with_fields

__all__ = ["with_keys_listed"]

_KINDS = (dict, set, frozenset)
_VIEWS = ("keys", "values", "items")
_OWN = ("copy", "union", "difference", "intersection", "symmetric_difference", *_VIEWS)
_ITERATORS: tuple[object, ...] = (*filter(callable, vars(itertools).values()), functools.reduce)


def with_keys_listed(
    tree: gast.FunctionDef, namespace: Mapping[str, object], given: Mapping[str, object]
) -> gast.FunctionDef:
    """The function with lists in the place of dicts and sets; the same tree where there are none.

    given: what examples and annotations say of parameters.
    """
    work = _Listing(tree, namespace, given)
    calls = list(of_kind(tree, gast.Call))
    asked = any(map(work.parts, calls)) or any(work.first_of(c) is not None for c in calls)
    if not asked and not work.anew:
        return tree
    return work.written(tree)


class _Listing:
    """Looks for what has keys, and writes it."""

    def __init__(
        self,
        tree: gast.FunctionDef,
        namespace: Mapping[str, object],
        given: Mapping[str, object],
    ) -> None:
        self.namespace, self.given = namespace, given
        self.bound = {n for s in nodes(tree) if isinstance(s, gast.stmt) for n in names_bound_in(s)}
        self.bound |= {n.id for n in of_kind(tree, gast.Name) if not isinstance(n.ctx, gast.Load)}
        stored = (n for n in of_kind(tree, gast.Name) if not isinstance(n.ctx, gast.Load))
        self.stores = Counter(n.id for n in stored)
        self.values: dict[str, list[gast.AST]] = {}
        for node in of_kind(tree, gast.Assign, gast.AnnAssign, gast.NamedExpr):
            for target in node.targets if isinstance(node, gast.Assign) else [node.target]:
                if isinstance(target, gast.Name) and node.value is not None:
                    self.values.setdefault(target.id, []).append(node.value)
        self.anew = [name for name in run_over_anew(tree) if self.is_one_with_keys(name)]

    def resolved(self, node: gast.AST) -> object:
        return resolve_outside(node, self.bound, self.namespace)

    def parts(self, node: gast.Call) -> list[gast.AST]:
        """The arguments of a call that are to be listed."""
        function = self.resolved(node.func)
        keyed = function is not MISSING and is_keyed(node, function)
        if function is MISSING or not (keyed or _is_iterator(function)):
            return []
        if keyed and all(isinstance(argument, MARKED) for argument in node.args):
            return []  # what it is comes out later
        if any(k.arg == "key" and _is_get(k.value) for k in node.keywords):
            return []  # the dict is asked key by key
        return [argument for argument in node.args if self.has_keys(argument, frozenset())]

    def first_of(self, node: gast.AST) -> gast.AST | None:
        """The dict, the set or the view of which `next(iter(...))` asks for the first item; None of anything else."""
        match node:
            case gast.Call(
                func=func, args=[gast.Call(func=inner, args=[items], keywords=[])], keywords=[]
            ) if self.resolved(func) is next and self.resolved(inner) is iter:
                return items if self.certainly_has_keys(items) else None
        return None

    def certainly_has_keys(self, node: gast.AST) -> bool:
        """Whether an expression is nothing but a dict or a set, or a view of a dict."""
        match node:
            case gast.Dict() | gast.DictComp() | gast.Set() | gast.SetComp():
                return True
            case gast.Call(func=gast.Attribute(value=owner, attr=word), args=[], keywords=[]):
                return word in {*_VIEWS, "copy"} and self.certainly_has_keys(owner)
            case gast.Call(func=function):
                return any(self.resolved(function) is kind for kind in _KINDS)
            case gast.Name(id=name) if name in self.given and name not in self.bound:
                kind = get_origin(self.given[name]) or self.given[name]
                return isinstance(kind, type) and issubclass(kind, _KINDS)
            case gast.Name(id=name):
                values = self.values.get(name, [])
                once = len(values) == 1 == self.stores[name] and name not in self.given
                return once and self.certainly_has_keys(values[0])
        return False

    def is_one_with_keys(self, name: gast.Name) -> bool:
        """Whether a name is nothing but a dict or a set, whichever of its assignments came last."""
        values = self.values.get(name.id, [])
        if len(values) == self.stores[name.id] > 0 and name.id not in self.given:
            return all(map(self.certainly_has_keys, values))
        return self.certainly_has_keys(name)

    def has_keys(self, node: gast.AST, seen: frozenset[str]) -> bool:
        """Whether an expression may be a dict or a set, or a view of a dict; seen: names that are being looked at."""
        match node:
            case gast.Dict() | gast.DictComp() | gast.Set() | gast.SetComp():
                return True
            case gast.IfExp():
                return self.has_keys(node.body, seen) or self.has_keys(node.orelse, seen)
            case gast.BoolOp():
                return any(self.has_keys(value, seen) for value in node.values)
            case gast.BinOp():
                return self.has_keys(node.left, seen) or self.has_keys(node.right, seen)
            case gast.NamedExpr():
                return self.has_keys(node.value, seen)
            case gast.Call(func=gast.Attribute(value=owner, attr=word)) if word in _OWN:
                return self.has_keys(owner, seen)
            case gast.Call(func=function):
                made = self.resolved(function)
                return isinstance(made, type) and issubclass(made, _KINDS)
            case gast.Name(id=name) if name in seen:
                return False
            case gast.Name(id=name) if name in self.bound or name in self.given:
                kind = self.given.get(name)
                kind = get_origin(kind) or kind
                told = isinstance(kind, type) and issubclass(kind, (*_KINDS, abc.Mapping, abc.Set))
                return told or any(
                    self.has_keys(value, seen | {name}) for value in self.values.get(name, ())
                )
            case gast.Name() | gast.Attribute():
                return isinstance(self.resolved(node), _KINDS)
        return False

    def written(self, node: gast.AST) -> gast.AST:
        """A tree with the lists."""
        first = self.first_of(node)
        if first is not None:
            listed_first = at(call(self.list, self.written(first)), node)
            return at(subscript(listed_first, constant(0)), node)
        if any(node is name for name in self.anew):
            return at(call(self.list, node), node)
        changed = fields_changed(node, self.written)
        if isinstance(node, gast.Call) and (listed := self.parts(node)):
            changed["args"] = [
                at(call(self.list, new), old) if any(old is p for p in listed) else new
                for old, new in ((argument, self.written(argument)) for argument in node.args)
            ]
        return with_fields(node, changed) if changed else node

    @property
    def list(self) -> str:
        """What the builtin is called."""
        return (
            "list"
            if self.namespace.get("list", list) is list and "list" not in self.bound
            else "$list"
        )


def _is_iterator(function: object) -> bool:
    return any(function is known for known in _ITERATORS)


def _is_get(key: gast.AST) -> bool:
    return isinstance(key, gast.Attribute) and key.attr == "get"
