"""Atoms: what names and dotted names stand for, and attributes of what has parts."""

from __future__ import annotations

import functools
import types
from collections.abc import Sequence
from typing import Any

import gast

from s2sgrad.infer.functions import source_of
from s2sgrad.kinds import foreign_object
from s2sgrad.settled import as_literal
from s2sgrad.source import MISSING, Source, resolve
from s2sgrad.trees import name, with_fields
from s2sgrad.unfold.classes import attribute_of, is_plain_class
from s2sgrad.unfold.giving import Giving
from s2sgrad.unfold.values import (
    Bound,
    Choice,
    Fixed,
    Nested,
    Plain,
    Record,
    Super,
    Value,
    View,
    unnamed,
)

__all__ = ["Atoms"]


class Atoms(Giving):
    """What atoms stand for."""

    def applied(
        self, function: Value, args: Sequence[Value], keywords: dict[str, Value]
    ) -> Value | gast.AST | None:
        """What a call with known parts gives, None where the function isn't written out."""
        raise NotImplementedError

    def maps_later(self, record: Record) -> None:
        """A dict is asked for a key that isn't known."""
        raise NotImplementedError

    def atom(self, node: gast.AST) -> Value:
        """What an atom stands for; a dict of which it isn't known which keys it has stays whole."""
        found = self.opened(node)
        if isinstance(found, Record) and found.uncertain:
            self.maps_later(found)
            self.solidify(found.root)
        return found

    def opened(self, node: gast.AST) -> Value:
        """What an atom stands for, if one part of it is asked for."""
        if isinstance(node, gast.Name):
            known = self.known.get(node.id)
            if known is not None:
                return self.looked_at(known) if isinstance(known, View) else known
            if node.id in self.binds:
                self.ordinary.add(node.id)
                return Plain(node)
        if isinstance(node, gast.Name | gast.Attribute) and self.is_static(node):
            return self.static(node)
        return Plain(node)

    def looked_at(self, view: View) -> Record:
        """What a view of a dict shows now."""
        if view.record.uncertain:
            self.maps_later(view.record)
            self.solidify(view.record.root)
        return view.now()

    def static(self, node: gast.AST) -> Value:
        """What a dotted name of something outside stands for."""
        if isinstance(node, gast.Attribute) and self.tracking:
            base = resolve(node.value, self.source.namespace)
            tracked = self.tracked_name(base, node.attr)
            if isinstance(base, types.FunctionType) and tracked in self.tracking:
                return Plain(name(self.tracking[tracked]))
        found = resolve(node, self.source.namespace)
        if found is MISSING and isinstance(node, gast.Attribute):
            owner = self.static(node.value)
            if isinstance(owner, Fixed) and is_plain_class(type(owner.object)):
                part = self.of_object(owner, owner.object, owner.node, node.attr, node)
                return part if isinstance(part, Value) else Plain(part)
        return self.fixed(found, node)

    def is_static(self, node: gast.AST) -> bool:
        """Whether a node is a dotted name of something outside of the function."""
        while isinstance(node, gast.Attribute):
            node = node.value
        return isinstance(node, gast.Name) and node.id not in self.binds

    def fixed(self, value: object, node: gast.AST) -> Value:
        """An object from outside: functions, classes and objects of the user's have a structure of their own."""
        if value is MISSING or isinstance(value, types.ModuleType):
            return Plain(node)
        if isinstance(
            value, types.FunctionType | type | types.MethodType | functools.partial | Source
        ):
            return Fixed(value, node)
        if callable(value) or (foreign_object(value) and is_plain_class(type(value))):
            return Fixed(value, node)
        items: dict[object, object] = {}
        if isinstance(value, list | tuple) and any(map(self.has_structure, value)):
            items = dict(enumerate(value))
        if isinstance(value, dict) and all(isinstance(k, str) for k in value):
            items = value if all(map(self.has_structure, value.values())) else {}
        if items:
            parts: dict[object, Value] = {}
            for key, item in items.items():
                index = gast.Constant(value=key, kind=None)
                read = gast.Subscript(value=node, slice=index, ctx=gast.Load())
                parts[key] = self.fixed(item, read)
            return Record(type(value), parts, root="\0outside")
        return Plain(node)

    @staticmethod
    def has_structure(value: object) -> bool:
        """Whether an object from outside is a function or an object of the user's."""
        plain = isinstance(value, types.FunctionType | types.MethodType)
        called = callable(value) and not isinstance(value, type)
        return plain or called or (foreign_object(value) and is_plain_class(type(value)))

    def as_atom(self, value: Value) -> gast.AST | None:
        """The atom for a value, None where it has parts."""
        match value:
            case Plain(atom=atom):
                return atom
            case Fixed(node=node):
                return node
            case Nested(name=home) if home not in self.unwritten:
                return name(home)
        return None

    def with_whole_atoms(self, node: gast.AST) -> gast.AST:
        """A primitive with ordinary atoms in it."""
        match node:
            case gast.Name():
                return self.whole_atom(node)
            case gast.Attribute() if self.is_static(node):
                if not self.tracking:
                    return node
                atom = self.as_atom(self.static(node))
                return node if atom is None else atom
            case gast.Lambda() | gast.FunctionDef() | gast.JoinedStr():
                return self.inside(node)
        changed: dict[str, object] = {}
        for each in node._fields:
            part = getattr(node, each, None)
            if isinstance(part, gast.AST):
                changed[each] = self.with_whole_atoms(part)
            elif isinstance(part, list):
                changed[each] = [
                    self.with_whole_atoms(p) if isinstance(p, gast.AST) else p for p in part
                ]

        return with_fields(node, changed) if changed else node

    def attribute(self, owner: Value, attr: str, node: gast.AST) -> Value | gast.AST:
        """An attribute of something with a structure."""
        match owner:
            case Record(kind=kind, parts=parts) if isinstance(kind, type) and kind not in {
                dict,
                list,
                tuple,
            }:
                if attr in parts:
                    return self.read_part(parts[attr])
                return self.of_class(owner, kind, attr, None, node)
            case Record(kind=kind) if kind is dict and attr == "get":
                return Bound(owner, Fixed(attr, node), object)
            case Choice():
                return self.of_alternatives(owner, attr, node)
            case Super(receiver=receiver, owner=cls):
                of = self.class_of(receiver)
                return (
                    self.of_class(receiver, of, attr, cls, node)
                    if of
                    else self.with_whole_atoms(node)
                )
            case Fixed(object=types.FunctionType() as function) if (
                self.tracked_name(function, attr) in self.tracking
            ):
                return Plain(name(self.tracking[self.tracked_name(function, attr)]))
            case Fixed(object=type() as cls) if is_plain_class(cls):
                return self.of_class(owner, cls, attr, None, node)
            case Fixed(object=value, node=place) if is_plain_class(type(value)):
                return self.of_object(owner, value, place, attr, node)
        return self.with_whole_atoms(node)

    def of_alternatives(self, choice: Choice, attr: str, node: gast.AST) -> Value | gast.AST:
        """An attribute of one of several objects."""
        raise NotImplementedError

    def read_part(self, part: Value) -> Value:
        """A part that is read: the constant that it is, where that is known."""
        return self.atom(part.atom) if isinstance(part, Plain) else part

    def of_object(
        self, owner: Fixed, value: object, place: gast.AST, attr: str, node: gast.AST
    ) -> Value | gast.AST:
        """An attribute of an object from outside: its own, or what its class says."""
        here = gast.Attribute(value=place, attr=attr, ctx=gast.Load())
        own = vars(value) if hasattr(value, "__dict__") else {}
        tracked = self.tracked_name(value, attr)
        if tracked in self.tracking:
            return Plain(name(self.tracking[tracked]))
        given = self.source.attributes.get((id(value), attr))
        if given is not None:
            self.changed = True
            return Plain(name(given))
        if attr in own:
            found = self.fixed(own[attr], here)
            return here if isinstance(found, Plain) else found
        if attribute_of(type(value), attr) is not None:
            return self.of_class(owner, type(value), attr, None, node)
        return here

    @staticmethod
    def tracked_name(value: object, attr: str) -> str:
        """What an attribute that is written is known by, whatever name its object has."""
        return f"{id(value)}.{attr}"

    def of_class(
        self, receiver: Value, cls: type, attr: str, after: type | None, node: gast.AST
    ) -> Value | gast.AST:
        """What a class has under a name, for one of its objects (or for itself)."""
        found = attribute_of(cls, attr, after)
        if found is None:
            return self.as_written(node)
        value, owner = found
        itself = isinstance(receiver, Fixed) and isinstance(receiver.object, type)
        if (
            isinstance(value, property)
            and not itself
            and isinstance(value.fget, types.FunctionType)
        ):
            function = Fixed(value.fget, unnamed())
            given = self.applied(Bound(receiver, function, owner), [], {})
            return self.as_written(node) if given is None else given
        if isinstance(value, classmethod):
            of = receiver if itself else Fixed(cls, self.class_node(cls, node))
            return Bound(of, Fixed(value.__func__, node), owner)
        if isinstance(value, staticmethod):
            return Fixed(value.__func__, self.of_a_class(cls, attr, value, node))
        if isinstance(value, types.FunctionType):
            function = Fixed(value, node)
            return function if itself else Bound(receiver, function, owner)
        literal = as_literal(value)
        if literal is not None and not itself:
            for structure in self.given_structures(cls):
                structure.of_class.add(attr)
            return Plain(self.read_of_class(receiver, cls, attr, value, node) or literal)
        return self.as_written(node)

    def of_a_class(
        self, cls: type, attr: str, value: staticmethod[..., Any], node: gast.AST
    ) -> gast.AST:
        """How a static method is read here: as it is written, by its own name, or as one of its class."""
        named = self.visible(value.__func__, node)
        if named is not node or self.is_static(node):
            return named
        none = unnamed()
        place = self.class_node(cls, none)
        return none if place is none else gast.Attribute(value=place, attr=attr, ctx=gast.Load())

    def as_written(self, node: gast.AST) -> gast.AST:
        """An attribute of which nothing is known."""
        return node if self.is_static(node) else self.with_whole_atoms(node)

    def read_of_class(
        self, receiver: Value, cls: type, attr: str, value: object, node: gast.AST
    ) -> gast.AST | None:
        """How a number that a class has is read when the text runs, None where that isn't known."""
        place = receiver.node if isinstance(receiver, Fixed) else self.visible(cls, node)
        if type(value) not in {int, float} or place is node:
            return None
        return gast.Attribute(value=place, attr=attr, ctx=gast.Load())

    def class_node(self, cls: type, node: gast.AST) -> gast.AST:
        """How a class is read here."""
        return self.visible(cls, node)

    def visible(self, value: object, node: gast.AST) -> gast.AST:
        """How an object is read here: by a global name, or as an attribute of a module that has one."""
        namespace = self.source.namespace
        wanted = getattr(value, "__name__", "")
        if namespace.get(wanted, MISSING) is value and wanted not in self.binds:
            return name(wanted)
        for known in namespace:
            module = namespace.get(known)
            if (
                isinstance(module, types.ModuleType)
                and getattr(module, wanted, MISSING) is value
                and known not in self.binds
            ):
                return gast.Attribute(value=name(known), attr=wanted, ctx=gast.Load())
        return node

    @staticmethod
    def class_of(value: Value) -> type | None:
        """The class of a value, where it is known."""
        match value:
            case Record(kind=kind):
                return kind
            case Fixed(object=known):
                return known if isinstance(known, type) else type(known)
        return None

    def sequence(self, kind: type, items: Sequence[Value]) -> Record:
        """A tuple or a list of values that are held elsewhere."""
        return Record(kind, dict(enumerate(items)))

    def constant_of(self, node: gast.AST) -> object:
        """The constant that an atom is, MISSING if it is none."""
        value = (
            self.atom(node) if isinstance(node, gast.Name | gast.Constant | gast.UnaryOp) else None
        )
        match value:
            case Plain(atom=gast.Constant(value=constant)):
                return constant
            case Plain(
                atom=gast.UnaryOp(
                    op=gast.USub(), operand=gast.Constant(value=int() | float() as number)
                )
            ):
                return -number
        return MISSING

    def key_of(self, node: gast.AST) -> object:
        """The constant that an atom is or a name of the user's was given, MISSING if there is none."""
        found = self.known.get(node.id) if isinstance(node, gast.Name) else None
        if isinstance(found, Record):
            return self.key_in(found)
        if isinstance(node, gast.Name) and self.binds[node.id] == 1:
            if node.id in self.read_only:
                return self.tuple_of(self.displays[node.id])
            node = self.literals.get(node.id, node)
        return self.tuple_of(node.elts) if isinstance(node, gast.Tuple) else self.constant_of(node)

    def key_in(self, value: Value) -> object:
        """The key that a value is, MISSING if it is none that is known."""
        if isinstance(value, Plain):
            return self.key_of(value.atom)
        keys = [self.key_in(part) for part in value.items] if isinstance(value, Record) else []
        known = isinstance(value, Record) and value.kind is tuple and MISSING not in keys
        return tuple(keys) if known else MISSING

    def tuple_of(self, items: Sequence[gast.AST]) -> object:
        """The tuple of what atoms are known to be, MISSING if one of them isn't."""
        keys = tuple(map(self.key_of, items))
        return MISSING if MISSING in keys else keys

    def python_source(self, function: object) -> Source | None:
        """The source of a function of the user's."""
        found = source_of(function)
        return found if isinstance(found, Source) else None
