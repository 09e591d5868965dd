"""Copies of sets, written as what makes a set: an unknown thing that has a `copy` is taken for an array.

Receives a function's tree. Where a name is the function's own and is given nothing but sets:

    old = seen.copy()                old = set(seen)
"""

from __future__ import annotations

import builtins
from collections.abc import Callable, Mapping
from typing import Any

import gast

from s2sgrad.normalize.nodes import at, call, load, own_scope
from s2sgrad.normalize.queues import given, stored
from s2sgrad.source import resolve_outside
from s2sgrad.trees import fields_inside, names_bound_in, nodes, of_kind, with_fields

__all__ = ["with_sets_for_copies"]

_NEW = frozenset({"copy", "difference", "intersection", "symmetric_difference", "union"})
_OPERATORS = (gast.BitAnd, gast.BitOr, gast.BitXor, gast.Sub)


def with_sets_for_copies(
    tree: gast.FunctionDef, namespace: Mapping[str, object]
) -> gast.FunctionDef:
    """The function with `set(seen)` for `seen.copy()`; the same tree where it copies no set."""
    copies = [node for node in own_scope(tree.body) if _copied(node)]
    if not copies:
        return tree
    bound = {n for s in tree.body for n in names_bound_in(s)}
    bound |= {n.id for n in nodes(tree.args) if isinstance(n, gast.Name)}

    def resolved(node: gast.AST) -> object:
        return resolve_outside(node, bound, namespace)

    if resolved(load("set")) is not builtins.set:
        return tree
    sets = _sets(tree, resolved)
    wanted = {id(node) for node in copies if _copied(node) in sets}
    return _rewritten(tree, wanted) if wanted else tree


def _copied(node: gast.AST) -> str:
    """What `name.copy()` copies, empty for anything else."""
    match node:
        case gast.Call(
            func=gast.Attribute(value=gast.Name(id=name), attr="copy"), args=[], keywords=[]
        ):
            return str(name)
    return ""


def _sets(tree: gast.FunctionDef, resolved: Callable[[gast.AST], object]) -> set[str]:
    """The names that are the function's own, are read nowhere else, and are given nothing but sets."""
    own = list(own_scope(tree.body))
    inside = {id(node) for node in own}
    elsewhere = {n.id for n in nodes(tree) if isinstance(n, gast.Name) and id(n) not in inside}
    elsewhere |= {n for node in of_kind(tree, gast.Global) for n in node.names}
    values: dict[str, list[gast.AST | None]] = {}
    for node in own:
        name, value = given(node)
        values.setdefault(name, []).append(value)
    times = list(stored(tree, augmented=False))
    found = {n for n in values if n not in elsewhere and times.count(n) == len(values[n])}
    while True:
        left = {n for n in found if all(_is_set(v, found, resolved) for v in values[n])}
        if left == found:
            return found
        found = left


def _is_set(value: gast.AST | None, sets: set[str], resolved: Callable[[gast.AST], object]) -> bool:
    """Whether a value is a set, where these names are."""
    match value:
        case gast.Set() | gast.SetComp():
            return True
        case gast.Name(id=name):
            return name in sets
        case gast.BinOp(left=left, op=op, right=right) if isinstance(op, _OPERATORS):
            return _is_set(left, sets, resolved) and _is_set(right, sets, resolved)
        case gast.Call(func=gast.Attribute(value=base, attr=attr)) if attr in _NEW:
            return _is_set(base, sets, resolved)
        case gast.Call(func=func):
            return resolved(func) is builtins.set
    return False


def _rewritten(node: Any, wanted: set[int]) -> Any:
    """A tree with `set(name)` for these copies."""
    if id(node) in wanted:
        return at(call("set", node.func.value), node)
    changed: dict[str, object] = {}
    for each in fields_inside(node):
        part = getattr(node, each, None)
        if isinstance(part, gast.AST):
            changed[each] = _rewritten(part, wanted)
        elif isinstance(part, list):
            changed[each] = [_rewritten(p, wanted) if isinstance(p, gast.AST) else p for p in part]
    same = all(_is_same(getattr(node, each), new) for each, new in changed.items())
    return node if same else with_fields(node, changed)


def _is_same(old: object, new: object) -> bool:
    if isinstance(old, list) and isinstance(new, list):
        return all(a is b for a, b in zip(old, new, strict=True))
    return old is new
