"""Primitives whose operands have parts: items, displays, operators, tests."""

from __future__ import annotations

import operator
import types
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import gast

from s2sgrad.program import Assign, walk
from s2sgrad.settled import as_literal
from s2sgrad.source import MISSING
from s2sgrad.trees import name
from s2sgrad.unfold.classes import attribute_of, is_plain_class
from s2sgrad.unfold.indexed import Indexed
from s2sgrad.unfold.operators import OPERATORS
from s2sgrad.unfold.values import (
    KEYS,
    Bound,
    Choice,
    Columns,
    Fixed,
    Mapped,
    Nested,
    Partial,
    Plain,
    Record,
    Value,
    is_key,
    is_unnamed,
    literal_key,
    unnamed,
)
from s2sgrad.unfold.whole import UnfoldingError

__all__ = ["Expressions"]

SET_OPERATORS: dict[str, Any] = {
    "BitAnd": operator.and_,
    "BitOr": operator.or_,
    "BitXor": operator.xor,
    "Sub": operator.sub,
}
_FOLDED: dict[str, Any] = {
    "Add": operator.add,
    "Sub": operator.sub,
    "Mult": operator.mul,
    "FloorDiv": operator.floordiv,
    "Mod": operator.mod,
}
COMPARISONS = {"Eq": "eq", "NotEq": "ne", "Lt": "lt", "LtE": "le", "Gt": "gt", "GtE": "ge"}


class Expressions(Indexed):
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
            case gast.Call(func=gast.Name(id="$items_of"), args=[marked, in_order]):
                return self.by_position(node, self.atom(marked), in_order.value)
            case gast.Call(func=gast.Name(id="$keys_of"), args=[marked]):
                return self.by_position(node, self.atom(marked), in_order=False)
            case gast.Call():
                return self.call(node)
            case gast.JoinedStr():
                said = self.said(node)
                return self.inside(node) if said is None else Plain(said)
            case gast.Lambda() | gast.FunctionDef():
                return self.inside(node)
        return self.with_whole_atoms(node)

    def said(self, text: gast.JoinedStr) -> gast.AST | None:
        """The text that an f-string is, where all in it is known."""
        parts: list[str] = []
        for part in text.values:
            match part:
                case gast.Constant(value=str() as words):
                    parts.append(words)
                case gast.FormattedValue(
                    value=gast.Name() | gast.Constant() as value, conversion=-1, format_spec=None
                ):
                    known = self.key_of(value)
                    if not isinstance(known, str | int):
                        return None
                    parts.append(str(known))
                case _:
                    return None
        return gast.Constant(value="".join(parts), kind=None)

    def call(self, node: gast.Call) -> Value | gast.AST:
        """What a call gives."""
        raise NotImplementedError

    def has_key(self, mapped: Mapped, index: gast.AST) -> gast.AST:
        """Whether such a dict has a key."""
        raise NotImplementedError

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
                items.append(self.held_choice(self.atom(elt)))
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
        known = self.items_known(atom.id) if isinstance(atom, gast.Name) else None
        return None if known is None else [self.atom(each) for each in known]

    def tuple_key(self, key: gast.AST) -> object:
        """The tuple that a key is, MISSING if it is none that is known."""
        found = self.key_of(key)
        return found if isinstance(found, tuple) else MISSING

    def dict_display(self, node: gast.Dict) -> Value | gast.AST:
        """A dict: with parts if its keys are constants."""
        parts: dict[object, Value] = {}
        for key, value in zip(node.keys, node.values, strict=True):
            if key is None:
                inner = self.atom(value)
                if not isinstance(inner, Record) or inner.kind is not dict:
                    return self.with_whole_atoms(node)
                parts.update(inner.keys_in_order().parts)
                continue
            constant = self.constant_of(key)
            if constant is MISSING:
                constant = self.tuple_key(key)
            if not is_key(constant):
                return self.with_whole_atoms(node)
            parts[constant] = self.held_choice(self.atom(value))
        return Record(dict, parts)

    def method(self, receiver: Value, attr: str, args: list[Value]) -> Value | gast.AST:
        """What a method of something with a structure gives; Again where it can't be written out."""
        self.decides(receiver, attr)
        cls = self.class_of(receiver)
        found = None if cls is None else attribute_of(cls, attr)
        given = None
        if found is not None and isinstance(found[0], types.FunctionType):
            function = Fixed(found[0], unnamed())
            given = self.applied(Bound(receiver, function, found[1]), args, {})
        if given is None:
            self.give_up([receiver, *args])
        assert given is not None  # noqa: S101
        return given

    def give_up(self, values: list[Value]) -> None:
        """Let the names of records be whole."""
        for value in values:
            root = value.root if isinstance(value, Record | Columns | Mapped) else ""
            if root and root not in self.whole.solid:
                self.solidify(root)
        raise UnfoldingError

    def operator(
        self, node: gast.BinOp, op: str, left: gast.AST, right: gast.AST
    ) -> Value | gast.AST:
        """`left op right`, of objects with operators of their own."""
        one, two = self.atom(left), self.atom(right)
        if isinstance(one, Plain) and isinstance(two, Plain):
            folded = self.folded(op, one, two)
            return self.with_whole_atoms(node) if folded is None else folded
        sequences = [v for v in (one, two) if isinstance(v, Record) and v.kind in {list, tuple}]
        if op in SET_OPERATORS:
            sets = [self.constants_in(v) for v in (one, two)]
            if sets[0] is not None and sets[1] is not None:
                return self.set_of(SET_OPERATORS[op](set(sets[0]), set(sets[1])))
        dicts = [v.keys_in_order() for v in (one, two) if isinstance(v, Record) and v.kind is dict]
        if op == "BitOr" and len(dicts) == 2:
            return Record(dict, {**dicts[0].parts, **dicts[1].parts})
        if op == "Add" and len(sequences) == 2:
            return self.sequence(sequences[0].kind, [*sequences[0].items, *sequences[1].items])
        base = OPERATORS.get(op)
        orders = [(one, two, "__"), (two, one, "__r")]
        if self.comes_first(two, one):
            orders.reverse()
        for receiver, other, prefix in orders:
            cls = self.class_of(receiver) if isinstance(receiver, Record | Fixed) else None
            if (
                base
                and cls is not None
                and is_plain_class(cls)
                and attribute_of(cls, f"{prefix}{base}__")
            ):
                begun = len(self.out)
                given = self.method(receiver, f"{prefix}{base}__", [other])
                if not self.declined(given, begun):
                    return given
        return self.with_whole_atoms(node)

    def by_position(self, node: gast.Call, value: Value, in_order: bool) -> Value | gast.AST:
        """What is read by positions where a loop goes through it: the keys of a dict, all else itself.

        in_order: whether only a run knows the positions; there has to be a list then.
        """
        match value:
            case Mapped(at=at):
                return gast.Call(func=name("list"), args=[name(at)], keywords=[])
            case Record(kind=kind, items=items) if kind is dict or kind is KEYS:
                atoms = [item.atom for item in items if isinstance(item, Plain)]
                displayed = gast.List(elts=atoms, ctx=gast.Load())
                return displayed if in_order else self.sequence(list, items)
            case Record(is_sequence=True, items=items) if in_order and (
                rows := self.rows_of_atoms(items)
            ):
                pairs = [gast.Tuple(elts=row, ctx=gast.Load()) for row in rows]
                atoms = [self.as_atom(self.into(pair)) for pair in pairs]
                return gast.List(elts=atoms, ctx=gast.Load())
            case Record(is_sequence=True) | Columns():
                return value
        return self.with_whole_atoms(node)

    @staticmethod
    def rows_of_atoms(items: Iterable[Value]) -> list[list[gast.AST]]:
        """The atoms of tuples, for each its own; none if there is anything else."""
        rows = [
            [part.atom for part in item.items if isinstance(part, Plain)]
            for item in items
            if isinstance(item, Record) and item.kind is tuple
        ]
        known = len(rows) == len(list(items)) and all(
            isinstance(item, Record) and len(row) == len(item.items)
            for item, row in zip(items, rows, strict=True)
        )
        return rows if known else []

    def constants_in(self, value: Value) -> list[Any] | None:
        """The constants in a set, or in the keys of a dict."""
        if not isinstance(value, Record) or value.kind not in {set, KEYS}:
            return None
        return [self.key_of(p.atom) for p in value.parts.values() if isinstance(p, Plain)]

    def set_of(self, constants: Iterable[Any]) -> Record:
        """A set of constants; nobody may see an order in it."""
        parts = {c: Plain(literal_key(c)) for c in constants}
        return Record(set, dict(enumerate(parts.values())))

    def declined(self, given: Value | gast.AST, begun: int) -> bool:
        """Whether an operator whose statements were written from there on gives NotImplemented."""
        atom = given.atom if isinstance(given, Plain) else given
        if _is_not_implemented(atom):
            return True
        written = self.out[begun:]
        refusing = [
            s
            for s in walk(tuple(written))
            if isinstance(s, Assign) and _is_not_implemented(s.value)
        ]
        if not refusing:
            return False
        only = [s for s in written if isinstance(s, Assign) and s.targets == refusing[0].targets]
        if only != refusing or not isinstance(atom, gast.Name) or atom.id not in only[0].targets:
            raise UnfoldingError
        return True

    def comes_first(self, right: Value, left: Value) -> bool:
        """Whether the operator of the right operand is asked first: its class is derived from that of the left one."""
        classes = [self.class_of(v) for v in (right, left)]
        derived = None not in classes and classes[0] is not classes[1]
        return derived and issubclass(classes[0], classes[1])  # type: ignore[arg-type]

    def folded(self, op: str, left: Plain, right: Plain) -> Value | None:
        """The sum and the like of two whole numbers: those of loops that are written out."""
        a, b = self.constant_of(left.atom), self.constant_of(right.atom)
        whole = type(a) is int and type(b) is int
        if not whole or op not in _FOLDED or (b == 0 and op in {"FloorDiv", "Mod"}):
            return None
        result = _FOLDED[op](a, b)
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
        if op in {"In", "NotIn"} and isinstance(two, Mapped):
            found_key = self.has_key(two, self.with_whole_atoms(left))
            return gast.Compare(
                left=found_key.left, ops=node.ops, comparators=found_key.comparators
            )
        if op in {"In", "NotIn"} and isinstance(two, Record) and two.kind is dict:
            key = self.key_of(left)
            if key is not MISSING:
                return Plain(gast.Constant(value=(key in two.parts) == (op == "In"), kind=None))
            self.maps_later(two)
        if op in {"In", "NotIn"} and self.constants_in(two) is not None:
            key = self.key_of(left)
            if key is not MISSING:
                inside = key in (self.constants_in(two) or [])
                return Plain(gast.Constant(value=inside == (op == "In"), kind=None))
        if op in {"Eq", "NotEq"} and isinstance(one, Plain) and isinstance(two, Plain):
            a, b = self.constant_of(left), self.constant_of(right)
            if isinstance(a, str | int | bool) and isinstance(b, str | int | bool):
                return Plain(gast.Constant(value=(a == b) == (op == "Eq"), kind=None))
        if op in {"Eq", "NotEq", "In", "NotIn"} and (same := _is_class(one, two)) is not None:
            return Plain(gast.Constant(value=same == (op in {"Eq", "In"}), kind=None))
        cls = self.class_of(one) if isinstance(one, Record) else None
        if op in COMPARISONS and cls is not None and is_plain_class(cls):
            found = attribute_of(cls, f"__{COMPARISONS[op]}__")
            if found and isinstance(found[0], types.FunctionType) and found[1] is not object:
                begun = len(self.out)
                given = self.method(one, f"__{COMPARISONS[op]}__", [two])
                if self.declined(given, begun):
                    self.give_up([one, two])
                return given
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
        return isinstance(atom, gast.Constant) and atom.value is None and not is_unnamed(atom)

    def truth(self, atom: gast.AST) -> bool | None:
        """Whether an atom is true, where that is known."""
        if isinstance(atom, gast.UnaryOp) and isinstance(atom.op, gast.Not):
            inner = self.truth(atom.operand)
            return None if inner is None else not inner
        place, flag = self.flag_now.get(getattr(atom, "id", ""), ((), None))
        if flag is not None and place == self.place:
            return flag
        value = self.atom(atom)
        if isinstance(value, Plain):
            if is_unnamed(value.atom):
                return None
            constant = self.constant_of(atom)
            return bool(constant) if isinstance(constant, bool | str | int | float | None) else None
        if isinstance(value, Record) and value.kind in {tuple, list, dict, set, KEYS}:
            return bool(value.parts)
        if isinstance(value, Fixed):
            asked = any(hasattr(type(value.object), name) for name in ("__bool__", "__len__"))
            return None if asked else True
        return True if isinstance(value, Nested | Partial | Bound | Choice) else None

    def kept(self, value: Value) -> Value:
        """A value that is read later: what is in a name that is bound again gets one of its own."""
        match value:
            case Plain(atom=atom) if isinstance(atom, gast.Name) and not self.is_settled(atom.id):
                return self.into(atom)
            case Choice(subject=gast.Name(id=which)) if not self.is_settled(which):
                held = self.into(name(which))
                assert isinstance(held, Plain)  # noqa: S101
                return replace(value, subject=held.atom, now=None)
        return value

    def held_choice(self, value: Value) -> Value:
        """A value that something holds: which of several functions it is now."""
        return self.kept(value) if isinstance(value, Choice) else value

    def into(self, value: Value | gast.AST) -> Value:
        """A value that is held: a primitive gets a temporary name."""
        if isinstance(value, Value):
            return value
        new = self.temporary()
        self.add(Assign((new,), value, origin=self.origin))
        self.ordinary.add(new)
        return Plain(name(new))


def _is_class(value: Value, other: Value) -> bool | None:
    """Whether a class is another one, or among several; None where not all of them are known to be classes."""
    others = other.items if isinstance(other, Record) and other.is_sequence else [other]
    known = [v.object for v in (value, *others) if isinstance(v, Fixed)]
    if len(known) <= len(others) or not all(type(cls) is type for cls in known):
        return None
    return any(cls is known[0] for cls in known[1:])


def _is_not_implemented(node: object) -> bool:
    return isinstance(node, gast.Name) and node.id == "NotImplemented"
