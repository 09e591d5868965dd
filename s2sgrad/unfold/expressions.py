"""Primitives whose operands have parts: attributes, items, displays, operators, tests."""

from __future__ import annotations

import functools
import types
from typing import TYPE_CHECKING

import gast

from s2sgrad.infer.functions import source_of
from s2sgrad.kinds import foreign_object
from s2sgrad.program import Assign
from s2sgrad.settled import as_literal
from s2sgrad.source import MISSING, Source, resolve
from s2sgrad.trees import name
from s2sgrad.unfold.classes import attribute_of, is_plain_class
from s2sgrad.unfold.frame import Frame
from s2sgrad.unfold.values import Bound, Fixed, Nested, Partial, Plain, Record, Super, Value

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Expressions"]

OPERATORS = {
    "Add": "add",
    "Sub": "sub",
    "Mult": "mul",
    "Div": "truediv",
    "MatMult": "matmul",
    "Pow": "pow",
    "FloorDiv": "floordiv",
    "Mod": "mod",
}
COMPARISONS = {"Eq": "eq", "NotEq": "ne", "Lt": "lt", "LtE": "le", "Gt": "gt", "GtE": "ge"}


class Expressions(Frame):
    """What primitives give."""

    def value(self, node: gast.AST) -> Value | gast.AST:
        """What a primitive gives: a Value, or the primitive with ordinary atoms in it."""
        match node:
            case gast.Name() | gast.Constant() | gast.UnaryOp(operand=gast.Constant()):
                return self.atom(node)
            case gast.Attribute(value=base, attr=attr):
                if self.is_static(node):
                    return self.atom(node)
                owner = self.atom(base)
                return node if isinstance(owner, Plain) else self.attribute(owner, attr, node)
            case gast.Subscript(value=base, slice=index):
                return self.item(node, base, index)
            case gast.Tuple(elts=elts) | gast.List(elts=elts):
                return self.display(node, elts)
            case gast.Dict():
                return self.dict_display(node)
            case gast.BinOp(left=left, op=op, right=right):
                return self.operator(node, type(op).__name__, left, right)
            case gast.UnaryOp(op=gast.Not(), operand=operand):
                found = self.truth(operand)
                if found is not None:
                    return Plain(gast.Constant(value=not found, kind=None))
            case gast.UnaryOp(op=gast.USub(), operand=operand):
                value = self.atom(operand)
                if isinstance(value, Record | Fixed):
                    return self.method(value, "__neg__", [])
            case gast.Compare(left=left, ops=[op], comparators=[right]):
                return self.comparison(node, type(op).__name__, left, right)
            case gast.Call():
                return self.call(node)
            case gast.Lambda() | gast.FunctionDef() | gast.JoinedStr():
                return self.inside(node)
        return self.with_whole_atoms(node)

    def call(self, node: gast.Call) -> Value | gast.AST:
        """What a call gives."""
        raise NotImplementedError

    def applied(
        self, function: Value, args: Sequence[Value], keywords: dict[str, Value]
    ) -> Value | gast.AST | None:
        """What a call with known parts gives, None where the function isn't written out."""
        raise NotImplementedError

    # ---- atoms ------------------------------------------------------------------------------

    def atom(self, node: gast.AST) -> Value:
        """What an atom stands for."""
        if isinstance(node, gast.Name):
            known = self.known.get(node.id)
            if known is not None:
                return known
            if node.id in self.binds:
                self.ordinary.add(node.id)
                return Plain(node)
        if isinstance(node, gast.Name | gast.Attribute) and self.is_static(node):
            return self.static(node)
        return Plain(node)

    def static(self, node: gast.AST) -> Value:
        """What a dotted name of something outside stands for."""
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
        """An object from outside: with a structure of its own if it is a function, a class or an object of the user's."""
        if value is MISSING or isinstance(value, types.ModuleType):
            return Plain(node)
        if isinstance(
            value, types.FunctionType | type | types.MethodType | functools.partial | Source
        ):
            return Fixed(value, node)
        if callable(value) or (foreign_object(value) and is_plain_class(type(value))):
            return Fixed(value, node)
        if isinstance(value, list | tuple) and any(self.has_structure(item) for item in value):
            parts = {
                k: self.fixed(
                    item,
                    gast.Subscript(
                        value=node, slice=gast.Constant(value=k, kind=None), ctx=gast.Load()
                    ),
                )
                for k, item in enumerate(value)
            }
            return Record(type(value), dict(parts), root="\0outside")
        if (
            isinstance(value, dict)
            and value
            and all(self.has_structure(v) and isinstance(k, str) for k, v in value.items())
        ):
            parts = {
                k: self.fixed(
                    item,
                    gast.Subscript(
                        value=node, slice=gast.Constant(value=k, kind=None), ctx=gast.Load()
                    ),
                )
                for k, item in value.items()
            }
            return Record(dict, dict(parts), root="\0outside")
        return Plain(node)

    @staticmethod
    def has_structure(value: object) -> bool:
        """Whether an object from outside is a function or an object of the user's."""
        return isinstance(value, types.FunctionType | types.MethodType) or (
            foreign_object(value) and is_plain_class(type(value))
        )

    def as_atom(self, value: Value) -> gast.AST | None:
        """The atom for a value, None where it has parts."""
        match value:
            case Plain(atom=atom):
                return atom
            case Fixed(node=node):
                return node
            case Nested(name=home):
                return name(home)
        return None

    def with_whole_atoms(self, node: gast.AST) -> gast.AST:
        """A primitive with ordinary atoms in it."""
        match node:
            case gast.Name():
                return self.whole_atom(node)
            case gast.Attribute() if self.is_static(node):
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
        from s2sgrad.trees import with_fields  # noqa: PLC0415

        return with_fields(node, changed) if changed else node

    # ---- parts ------------------------------------------------------------------------------

    def attribute(self, owner: Value, attr: str, node: gast.AST) -> Value | gast.AST:
        """An attribute of something with a structure."""
        match owner:
            case Record(kind=kind, parts=parts) if isinstance(kind, type) and kind not in {
                dict,
                list,
                tuple,
            }:
                if attr in parts:
                    return parts[attr]
                return self.of_class(owner, kind, attr, None, node)
            case Super(receiver=receiver, owner=cls):
                kind = self.class_of(receiver)
                return (
                    self.of_class(receiver, kind, attr, cls, node)
                    if kind
                    else self.with_whole_atoms(node)
                )
            case Fixed(object=type() as cls) if is_plain_class(cls):
                return self.of_class(owner, cls, attr, None, node)
            case Fixed(object=value, node=place) if is_plain_class(type(value)):
                return self.of_object(owner, value, place, attr, node)
        return self.with_whole_atoms(node)

    def of_object(
        self, owner: Fixed, value: object, place: gast.AST, attr: str, node: gast.AST
    ) -> Value | gast.AST:
        """An attribute of an object from outside: its own, or what its class says."""
        here = gast.Attribute(value=place, attr=attr, ctx=gast.Load())
        own = vars(value) if hasattr(value, "__dict__") else {}
        tracked = self.tracked_name(value, attr)
        if tracked in self.tracking:
            return Plain(name(self.tracking[tracked]))
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
            return self.with_whole_atoms(node)
        value, owner = found
        itself = isinstance(receiver, Fixed) and isinstance(receiver.object, type)
        if (
            isinstance(value, property)
            and not itself
            and isinstance(value.fget, types.FunctionType)
        ):
            function = Fixed(value.fget, gast.Constant(value=None, kind=None))
            given = self.applied(Bound(receiver, function, owner), [], {})
            return self.with_whole_atoms(node) if given is None else given
        if isinstance(value, classmethod):
            of = receiver if itself else Fixed(cls, self.class_node(cls, node))
            return Bound(of, Fixed(value.__func__, node), owner)
        if isinstance(value, staticmethod):
            return Fixed(value.__func__, self.visible(value.__func__, node))
        if isinstance(value, types.FunctionType):
            function = Fixed(value, node)
            return function if itself else Bound(receiver, function, owner)
        literal = as_literal(value)
        if literal is not None and not itself:
            return Plain(literal)
        return self.with_whole_atoms(node)

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

    def item(self, node: gast.Subscript, base: gast.AST, index: gast.AST) -> Value | gast.AST:
        """`base[index]`."""
        owner = self.atom(base)
        key = self.constant_of(index)
        if isinstance(owner, Record) and owner.kind in {dict, list, tuple} | {
            owner.kind if owner.is_sequence else dict
        }:
            if owner.is_sequence and isinstance(key, int):
                items = owner.items
                if -len(items) <= key < len(items):
                    return items[key]
            elif owner.kind is dict and key is not MISSING and key in owner.parts:
                return owner.parts[key]
            elif owner.kind is dict and isinstance(key, int) and 0 <= key < len(owner.parts):
                return owner.items[key]  # a loop over a dict that is counted
            elif owner.is_sequence and isinstance(index, gast.Slice):
                bounds = [
                    None if b is None else self.constant_of(b)
                    for b in (index.lower, index.upper, index.step)
                ]
                if all(b is None or isinstance(b, int) for b in bounds):
                    kind = list if issubclass(owner.kind, list) else tuple
                    return self.sequence(kind, owner.items[slice(*bounds)])
        elif isinstance(owner, Record | Fixed) and not isinstance(index, gast.Slice | gast.Tuple):
            cls = self.class_of(owner)
            if cls is not None and attribute_of(cls, "__getitem__") and is_plain_class(cls):
                return self.method(owner, "__getitem__", [self.atom(index)])
        elif isinstance(base, gast.Name) and base.id in self.displays and isinstance(key, int):
            items = self.displays[base.id]
            if -len(items) <= key < len(items):
                return self.with_whole_atoms(node)
        return self.with_whole_atoms(node)

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
                return constant  # type: ignore[no-any-return]
            case Plain(
                atom=gast.UnaryOp(
                    op=gast.USub(), operand=gast.Constant(value=int() | float() as number)
                )
            ):
                return -number
        return MISSING

    # ---- displays ---------------------------------------------------------------------------

    def display(self, node: gast.AST, elts: list[gast.AST]) -> Value | gast.AST:
        """A tuple or a list: with parts if something in it has any."""
        items: list[Value] = []
        spliced = False
        for elt in elts:
            if isinstance(elt, gast.Starred):
                inner = self.spread(elt.value)
                if inner is None:
                    return self.with_whole_atoms(node)
                items += inner
                spliced = True
            else:
                items.append(self.atom(elt))
        kind = tuple if isinstance(node, gast.Tuple) else list
        if any(not isinstance(item, Plain) for item in items) or self.grows:
            return self.sequence(kind, items)
        if spliced:
            atoms = [item.atom for item in items if isinstance(item, Plain)]
            return type(node)(elts=atoms, ctx=gast.Load())
        return self.with_whole_atoms(node)

    grows = False
    """Whether what is assigned is a list that is going to hold things with parts."""

    def spread(self, atom: gast.AST) -> list[Value] | None:
        """The items that `*atom` stands for, None where they aren't known."""
        value = self.atom(atom)
        if isinstance(value, Record) and (value.is_sequence or value.kind is dict):
            return value.items
        if isinstance(atom, gast.Name) and atom.id in self.displays:
            return [self.atom(each) for each in self.displays[atom.id]]
        return None

    def dict_display(self, node: gast.Dict) -> Value | gast.AST:
        """A dict: with parts if its keys are constants."""
        parts: dict[object, Value] = {}
        for key, value in zip(node.keys, node.values, strict=True):
            if key is None:
                inner = self.atom(value)
                if not isinstance(inner, Record) or inner.kind is not dict:
                    return self.with_whole_atoms(node)
                parts.update(inner.parts)
                continue
            constant = self.constant_of(key)
            if not isinstance(constant, str | int):
                return self.with_whole_atoms(node)
            parts[constant] = self.atom(value)
        return Record(dict, parts)

    # ---- operators --------------------------------------------------------------------------

    def method(self, receiver: Value, attr: str, args: list[Value]) -> Value | gast.AST:
        """What a method of something with a structure gives; Again where it can't be written out."""
        cls = self.class_of(receiver)
        found = None if cls is None else attribute_of(cls, attr)
        given = None
        if found is not None and isinstance(found[0], types.FunctionType):
            function = Fixed(found[0], gast.Constant(value=None, kind=None))
            given = self.applied(Bound(receiver, function, found[1]), args, {})
        if given is None:
            self.give_up([receiver, *args])
        return given  # type: ignore[return-value]

    def give_up(self, values: list[Value]) -> None:
        """Let the names of records be whole."""
        for value in values:
            if isinstance(value, Record) and value.root and value.root not in self.whole.solid:
                self.solidify(value.root)
        raise NotImplementedError

    def operator(
        self, node: gast.BinOp, op: str, left: gast.AST, right: gast.AST
    ) -> Value | gast.AST:
        """`left op right`, of objects with operators of their own."""
        one, two = self.atom(left), self.atom(right)
        if isinstance(one, Plain) and isinstance(two, Plain):
            folded = self.folded(op, one, two)
            return self.with_whole_atoms(node) if folded is None else folded
        sequences = [v for v in (one, two) if isinstance(v, Record) and v.kind in {list, tuple}]
        if op == "Add" and len(sequences) == 2:
            return self.sequence(sequences[0].kind, [*sequences[0].items, *sequences[1].items])
        base = OPERATORS.get(op)
        for receiver, other, prefix in ((one, two, "__"), (two, one, "__r")):
            cls = self.class_of(receiver) if isinstance(receiver, Record | Fixed) else None
            if (
                base
                and cls is not None
                and is_plain_class(cls)
                and attribute_of(cls, f"{prefix}{base}__")
            ):
                return self.method(receiver, f"{prefix}{base}__", [other])
        return self.with_whole_atoms(node)

    def folded(self, op: str, left: Plain, right: Plain) -> Value | None:
        """The sum and the like of two whole numbers: those of loops that are written out."""
        a, b = self.constant_of(left.atom), self.constant_of(right.atom)
        whole = type(a) is int and type(b) is int
        if not whole or op not in {"Add", "Sub", "Mult"}:
            return None
        result = {"Add": a + b, "Sub": a - b, "Mult": a * b}[op]  # type: ignore[operator]
        literal = as_literal(result)
        return None if literal is None else Plain(literal)

    def comparison(
        self, node: gast.Compare, op: str, left: gast.AST, right: gast.AST
    ) -> Value | gast.AST:
        """A comparison: `is None` of what is known, or that of a class."""
        one, two = self.atom(left), self.atom(right)
        if op in {"Is", "IsNot"}:
            same = self.identical(one, two)
            if same is not None:
                return Plain(gast.Constant(value=same == (op == "Is"), kind=None))
        if op in {"In", "NotIn"} and isinstance(two, Record) and two.kind is dict:
            key = self.constant_of(left)
            if key is not MISSING:
                return Plain(gast.Constant(value=(key in two.parts) == (op == "In"), kind=None))
        if op in {"Eq", "NotEq"} and isinstance(one, Plain) and isinstance(two, Plain):
            a, b = self.constant_of(left), self.constant_of(right)
            if isinstance(a, str | int | bool) and isinstance(b, str | int | bool):
                return Plain(gast.Constant(value=(a == b) == (op == "Eq"), kind=None))
        cls = self.class_of(one) if isinstance(one, Record) else None
        if op in COMPARISONS and cls is not None and is_plain_class(cls):
            found = attribute_of(cls, f"__{COMPARISONS[op]}__")
            if found and isinstance(found[0], types.FunctionType) and found[1] is not object:
                return self.method(one, f"__{COMPARISONS[op]}__", [two])
        return self.with_whole_atoms(node)

    def identical(self, one: Value, two: Value) -> bool | None:
        """Whether two values are one, as far as it is known: None is like nothing that has parts."""
        nones = [isinstance(v, Plain) and self.is_none(v.atom) for v in (one, two)]
        if all(nones):
            return True
        other = two if nones[0] else one
        if any(nones):
            constant = isinstance(other, Plain) and self.constant_of(other.atom) is not MISSING
            return False if constant or not isinstance(other, Plain) else None
        if isinstance(one, Fixed) and isinstance(two, Fixed):
            return one.object is two.object
        return None

    @staticmethod
    def is_none(atom: gast.AST) -> bool:
        return isinstance(atom, gast.Constant) and atom.value is None

    def truth(self, atom: gast.AST) -> bool | None:
        """Whether an atom is true, where that is known."""
        if isinstance(atom, gast.UnaryOp) and isinstance(atom.op, gast.Not):
            inner = self.truth(atom.operand)
            return None if inner is None else not inner
        value = self.atom(atom)
        if isinstance(value, Plain):
            constant = self.constant_of(atom)
            return (
                bool(constant)
                if isinstance(constant, bool | str | int | float | None) and constant is not MISSING
                else None
            )
        if isinstance(value, Record) and value.kind in {tuple, list, dict}:
            return bool(value.parts)
        return True if isinstance(value, Nested | Partial | Bound) else None

    def into(self, value: Value | gast.AST) -> Value:
        """A value that is held: a primitive gets a temporary name."""
        if isinstance(value, Value):
            return value
        new = self.temporary()
        self.add(Assign((new,), value, origin=self.origin))
        self.ordinary.add(new)
        return Plain(name(new))

    tracking: dict[str, str] = {}
    """The attributes of objects from outside that have names here, since they are written."""

    def python_source(self, function: object) -> Source | None:
        """The source of a function of the user's."""
        found = source_of(function)
        return found if isinstance(found, Source) else None
