"""Attributes of objects and functions from outside: which functions write and read them.

A function that writes into one is written in the place of its calls, so that what it writes is known by a name. Where
that can't be, nobody may read such an attribute: it would be taken for a constant.
"""

from __future__ import annotations

import sys
import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import gast

from s2sgrad.errors import TransformError
from s2sgrad.flow import bound
from s2sgrad.infer.functions import lift, source_of
from s2sgrad.program import Assign, Function, walk
from s2sgrad.source import MISSING, Source, resolve
from s2sgrad.trees import names_bound_in, nodes
from s2sgrad.unfold.classes import attribute_of, is_plain_class

__all__ = ["Touched", "refuse_hidden_writes", "writes_outside"]


@dataclass(eq=False)
class Touched:
    """The attributes that a function reads and writes of objects that it doesn't make; outside: if it writes any."""

    reads: set[str] = field(default_factory=set)
    writes: set[str] = field(default_factory=set)
    outside: bool = False

    def add(self, other: Touched) -> None:
        """Put in what another function does."""
        self.reads |= other.reads
        self.writes |= other.writes
        self.outside |= other.outside


def writes_outside(source: Source, known: dict[int, Touched]) -> bool:
    """Whether a function, or one that it calls, assigns an attribute of what exists before; known: what was found."""
    return _touched_by(source, known).outside


def _touched_by(source: Source, known: dict[int, Touched], *, method: bool = False) -> Touched:
    """What a function does to attributes, and what those do that it calls."""
    key = id(source.tree)
    if key not in known:
        found = known[key] = Touched()
        parameters = [n.id for n in nodes(source.tree.args) if _is_parameter(n)]
        names = {*parameters, *(n for s in source.tree.body for n in names_bound_in(s))}
        own = parameters[0] if method and parameters else ""
        scope = _Scope(source, names, {*_made(source.tree)}, own)
        for node in nodes(source.tree):
            scope.look(node, found, known)
    return known[key]


def _touched_in(
    function: Function, source: Source, inside: Mapping[str, Source], known: dict[int, Touched]
) -> Touched:
    """What a block reads, and what the functions do that it still calls; inside: those that are made in it."""
    found = Touched()
    names = {n for s in walk(function.body) for n in bound(s)}
    names |= {p.name for p in function.parameters}
    scope = _Scope(source, names, set(), "")
    for statement in walk(function.body):
        for tree in vars(statement).values():
            for node in nodes(tree) if isinstance(tree, gast.AST) else ():
                if isinstance(node, gast.Attribute) and isinstance(node.ctx, gast.Store):
                    continue  # known by a name
                scope.look(node, found, known)
                if isinstance(node, gast.Call) and isinstance(node.func, gast.Name):
                    callee = inside.get(node.func.id)
                    found.add(Touched() if callee is None else _touched_by(callee, known))
    return found


def refuse_hidden_writes(function: Function, source: Source) -> None:
    """Refuse that an attribute is read which a function writes that isn't written out."""
    made = {
        s.targets[0]: lift(s.value, source, frozenset())[0]
        for s in walk(function.body)
        if isinstance(s, Assign) and isinstance(s.value, gast.FunctionDef | gast.Lambda)
    }
    found = _touched_in(function, source, made, {})
    for attr in sorted(found.reads & found.writes):
        raise TransformError(
            [
                source.finding(
                    source.tree,
                    f"the attribute {attr} is read, and a function that is called writes it",
                    "Pass the value as an argument, and return the new one.",
                )
            ]
        )


@dataclass(eq=False)
class _Scope:
    """The names of a function: bound in it, given objects that it makes, and the object of a method."""

    source: Source
    bound: set[str]
    made: set[str]
    own: str

    def look(self, node: gast.AST, found: Touched, known: dict[int, Touched]) -> None:
        """Note what one node does."""
        if isinstance(node, gast.Attribute):
            root = _root(node)
            owner = self.outside(node.value)
            of_users = isinstance(owner, types.FunctionType) or is_plain_class(type(owner))
            if not isinstance(node.ctx, gast.Load):
                found.outside |= owner is not MISSING or root == self.own != ""
                if root not in self.made:
                    found.writes.add(node.attr)
            elif of_users or root == self.own != "":
                found.reads.add(node.attr)
        elif isinstance(node, gast.Call):
            for callee, method in self.called(node.func):
                found.add(_touched_by(callee, known, method=method))

    def called(self, func: gast.AST) -> Iterator[tuple[Source, bool]]:
        """The function that a call calls, and whether it is a method, where that is known."""
        called = self.outside(func)
        method = False
        if called is MISSING and isinstance(func, gast.Attribute):
            cls = type(self.outside(func.value))
            found = attribute_of(cls, func.attr) if is_plain_class(cls) else None
            called, method = (MISSING, False) if found is None else (found[0], True)
        if isinstance(called, types.MethodType):
            called, method = called.__func__, True
        elif is_plain_class(type(called)) and not isinstance(called, type):
            found = attribute_of(type(called), "__call__")
            called, method = (MISSING, False) if found is None else (found[0], True)
        module = getattr(called, "__module__", None) or ""
        user = isinstance(called, types.FunctionType) and module.partition(".")[0] not in _LIBRARIES
        source = source_of(called) if user else None
        if isinstance(source, Source):
            yield source, method

    def outside(self, node: gast.AST) -> object:
        """What a dotted name means that is none of the function, MISSING where it is one."""
        root = _root(node)
        return MISSING if not root or root in self.bound else resolve(node, self.source.namespace)


_LIBRARIES = frozenset({*sys.stdlib_module_names, "numpy", "scipy"}) - {"__main__"}
"""What keeps its state for itself."""


def _root(node: gast.AST) -> str:
    """The name at the beginning of a dotted name, empty if there is none."""
    while isinstance(node, gast.Attribute):
        node = node.value
    return node.id if isinstance(node, gast.Name) else ""


def _made(tree: gast.FunctionDef) -> Iterator[str]:
    """The names that a function gives nothing but what a call gives."""
    given: dict[str, list[gast.AST]] = {}
    for node in nodes(tree):
        if isinstance(node, gast.Assign) and isinstance(node.targets[0], gast.Name):
            given.setdefault(node.targets[0].id, []).append(node.value)
    times = [n for s in tree.body for n in names_bound_in(s)]
    for name, values in given.items():
        calls = all(isinstance(v, gast.Call) for v in values)
        if calls and times.count(name) <= len(values):
            yield name


def _is_parameter(node: gast.AST) -> bool:
    return isinstance(node, gast.Name) and isinstance(node.ctx, gast.Param)
