"""What a container or an object is made of: a tree of names for its parts."""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

import gast

from s2sgrad.trees import name

__all__ = ["Part", "Structure"]


Part: TypeAlias = "Structure | str | gast.AST | None"
"""The name of a parameter, more parts, the literal that it is known to be, or None: nothing is known."""


@dataclass(frozen=True, eq=False)
class Structure:
    """What something is made of: kind is its class, parts: key or attribute → what it is (see `Part`).

    real: the names of parameters by which one may differentiate. in_order: not empty where the keys of a dict are read
    one after the other, so that their order matters. read_literals: the keys of
    literals that were asked for; settled: what is no real number in it is a literal. opaque: it is an
    object that isn't made of its parts by its class. written: not empty where something of its kind is written into,
    so that it matters which are one and the same. of_class: attributes that it hasn't itself. decided: not empty where
    something is decided by its class. identity: of the example.
    """

    kind: type
    parts: dict[object, Part] = field(default_factory=dict)
    real: frozenset[str] = frozenset()
    in_order: set[object] = field(default_factory=set)
    read_literals: set[object] = field(default_factory=set)
    settled: bool = False
    opaque: bool = False
    written: set[str] = field(default_factory=set)
    of_class: set[str] = field(default_factory=set)
    decided: set[str] = field(default_factory=set)
    identity: frozenset[int] = frozenset()

    def walk(self) -> Iterator[Structure]:
        """It, and the structures in it."""
        for inner, _ in self.places(name("")):
            yield inner

    def places(self, node: gast.AST) -> Iterator[tuple[Structure, gast.AST]]:
        """It and the structures in it, and how each is read of the whole."""
        yield self, node
        for key, part in self.parts.items():
            if isinstance(part, Structure):
                yield from part.places(self.read(node, key))

    def names(self) -> Iterator[str]:
        """The parameters of all parts."""
        for part in self.parts.values():
            if isinstance(part, Structure):
                yield from part.names()
            elif isinstance(part, str):
                yield part

    def reads(self, node: gast.AST) -> Iterator[tuple[str, gast.AST]]:
        """Each parameter, and how it is read of the whole."""
        for key, part in self.parts.items():
            read = self.read(node, key)
            if isinstance(part, Structure):
                yield from part.reads(read)
            elif isinstance(part, str):
                yield part, read

    def read(self, node: gast.AST, key: object) -> gast.AST:
        """How a part is read."""
        if self.kind in {dict, list, tuple}:
            return gast.Subscript(
                value=node, slice=gast.Constant(value=key, kind=None), ctx=gast.Load()
            )
        return gast.Attribute(value=node, attr=str(key), ctx=gast.Load())

    def tests(self, node: gast.AST, told: bool) -> Iterator[gast.AST]:
        """What has to be true of the whole.

        told: its class is said in the text. That needn't be asked again where a derived class can't mean more.
        """
        texts = self.kind is dict and all(isinstance(key, str) for key in self.parts)
        if self.kind is dict and (texts or self.in_order):
            keys = self.parts if self.in_order else sorted(map(str, self.parts))
            wanted = gast.List(
                elts=[gast.Constant(value=k, kind=None) for k in keys], ctx=gast.Load()
            )
            yield _equal(_call("$list" if self.in_order else "$sorted", node), wanted)
        elif self.kind in {dict, list, tuple}:
            yield _equal(_call("$len", node), gast.Constant(value=len(self.parts), kind=None))
        elif not told or self.decided or self.of_class or _has_methods(self.kind):
            yield _equal(_call("$type", node), name(self.kind.__name__), gast.Is)
        for attr in sorted(self.of_class) if self.kind.__dictoffset__ else ():
            own = gast.Constant(value=attr, kind=None)
            yield _equal(own, _call("$vars", node), gast.NotIn)
        for key, part in self.parts.items():
            if isinstance(part, Structure):
                yield from part.tests(self.read(node, key), told)
            elif isinstance(part, gast.AST) and key in self.read_literals:
                same = gast.Is if isinstance(getattr(part, "value", 0), bool | None) else gast.Eq
                yield _equal(self.read(node, key), part, same)

    def put_together(self, values: Mapping[str, gast.AST]) -> gast.AST:
        """The derivative by the whole, of those by its parts; None where a part has none."""
        none = gast.Constant(value=None, kind=None)
        if self.opaque:
            return none
        items = {
            key: part.put_together(values)
            if isinstance(part, Structure)
            else values.get(part, none)
            if isinstance(part, str)
            else none
            for key, part in self.parts.items()
        }
        if self.kind is dict:
            keys = [gast.Constant(value=key, kind=None) for key in items]
            return gast.Dict(keys=keys, values=list(items.values()))
        if self.kind in {list, tuple}:
            display = gast.List if self.kind is list else gast.Tuple
            return display(elts=list(items.values()), ctx=gast.Load())
        keywords = [gast.keyword(arg=str(key), value=value) for key, value in items.items()]
        return gast.Call(func=name(self.kind.__name__), args=[], keywords=keywords)


def _has_methods(cls: type) -> bool:
    """Whether a class has functions and properties that a derived one may have otherwise."""
    return any(
        not name.startswith("_") or name == "__call__"
        for base in cls.__mro__
        if base.__module__ != "builtins"
        for name, value in vars(base).items()
        if isinstance(value, types.FunctionType | property | classmethod | staticmethod)
    )


def _call(function: str, node: gast.AST) -> gast.AST:
    return gast.Call(func=name(function), args=[node], keywords=[])


def _equal(left: gast.AST, right: gast.AST, how: type[gast.AST] = gast.Eq) -> gast.AST:
    return gast.Compare(left=left, ops=[how()], comparators=[right])
