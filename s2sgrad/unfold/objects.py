"""Objects that are made, and what builtins and methods of containers do with what has parts."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from typing import Any

import gast

from s2sgrad.settled import as_literal
from s2sgrad.source import MISSING
from s2sgrad.trees import name
from s2sgrad.unfold.asked import Asked
from s2sgrad.unfold.classes import accessor, how_it_is_made, is_plain_class, owner_of
from s2sgrad.unfold.values import (
    KEYS,
    Bound,
    Columns,
    Mapped,
    Nested,
    Pairs,
    Partial,
    Plain,
    Record,
    Value,
    View,
    is_key,
    key_value,
    unnamed,
)

__all__ = ["Objects"]


class Objects(Asked):
    """Makes objects."""

    def constructed(
        self, cls: type, args: Sequence[Value], keywords: dict[str, Value]
    ) -> Value | gast.AST | None:
        """An object of a plain class."""
        made = how_it_is_made(cls)
        if made is None or any(accessor(cls, field) for field in made.fields or ()):
            return None
        record = Record(cls, {}, "", self.place)
        if made.fields is None:
            record.root = self.wanted or self.fresh(_spelled(cls))
            if not self.wanted:
                self.binds[record.root] += 1
            self.wanted = ""
        if made.fields is not None:
            values = list(args)
            names = list(made.fields)
            if len(values) > len(names) or not keywords.keys() <= set(names[len(values) :]):
                return None
            given = {**dict(zip(names, values, strict=False)), **keywords}
            for field, default in made.fields.items():
                value = given.get(field)
                if value is None:
                    value = self.default(default)
                if value is None:
                    return None
                record.parts[field] = self.held_choice(value)
        if made.initial is not None:
            source = self.python_source(made.initial)
            if source is None:
                return None
            self.making.add(id(record))
            given_value = self.written_out(
                source, [record, *args], keywords, owner_of(cls, made.initial)
            )
            self.making.discard(id(record))
            if given_value is None:
                return None
        if made.after is not None:
            source = self.python_source(made.after)
            record.root = record.root or self.temporary()
            self.named(record.root, record)
            if (
                source is None
                or self.written_out(source, [record], {}, owner_of(cls, made.after)) is None
            ):
                return None
        return record

    def default(self, value: object) -> Value | None:
        """The default of a field."""
        if value is MISSING:
            return None
        if isinstance(value, dataclasses.Field):
            factory = value.default_factory
            if factory is list:
                return self.into(gast.List(elts=[], ctx=gast.Load()))
            if factory is dict:
                return Record(dict, {})
            source = self.python_source(factory)
            found = None if source is None else self.written_out(source, [], {}, None)
            return None if found is None else self.into(found)
        literal = as_literal(value)
        if literal is not None:
            return Plain(literal)
        found = self.fixed(value, self.visible(value, unnamed()))
        return None if isinstance(found, Plain) else found

    def special(
        self, function: Any, args: list[Value], keywords: dict[str, Value]
    ) -> Value | gast.AST | None:
        """What builtins and the like do with what has parts."""
        match function.__name__, args:
            case "isinstance", [value, kinds]:
                return self.is_instance(value, kinds)
            case "callable", [Nested() | Partial() | Bound()]:
                return Plain(gast.Constant(value=True, kind=None))
            case "len", [Record(is_sequence=True) | Record(kind=_) as record] if (
                record.is_sequence or record.kind is dict
            ):
                return Plain(gast.Constant(value=len(record.parts), kind=None))
            case (("len" | "sorted" | "list" | "set"), [Mapped() as mapped]) if not keywords:
                return gast.Call(func=name(function.__name__), args=[name(mapped.at)], keywords=[])
            case (
                ("list" | "tuple" | "sum" | "max" | "min" | "sorted"),
                [Pairs(keys=False) as values],
            ) if not keywords:
                listed = self.as_atom(self.values_listed(values))
                return gast.Call(func=name(function.__name__), args=[listed], keywords=[])
            case "len", [Columns() as lists]:
                return gast.Call(func=name("len"), args=[lists.first], keywords=[])
            case "len", [Record(kind=kind) as record] if kind is set:
                return Plain(gast.Constant(value=len(record.parts), kind=None))
            case "sorted", [Record() as record] if not keywords:
                return self.in_order(record)
            case "set", [Record() as record]:
                constants = self.constants_in(record)
                return (
                    self.set_of(record.parts if constants is None else constants)
                    if (record.kind is dict or constants is not None)
                    else None
                )
            case "sum", [Record(is_sequence=True) as record, *start] if not keywords:
                return self.added_up(record.items, start)
            case (("max" | "min"), [Record(is_sequence=True) as record]) if not keywords:
                return self.extreme(function.__name__, record.items)
            case (("max" | "min"), [Record(kind=kind) as record]) if kind is dict:
                key = keywords.get("key")
                if len(keywords) == 1 and isinstance(key, Bound) and key.receiver is record:
                    return self.best_key(record, largest=function is max)
            case "len", [Plain(atom=gast.Name(id=known))] if known in self.displays:
                return Plain(gast.Constant(value=len(self.displays[known]), kind=None))
            case "min", [*counts] if len(counts) > 1 and not keywords:
                numbers = [
                    self.constant_of(c.atom) if isinstance(c, Plain) else MISSING for c in counts
                ]
                if all(type(n) is int for n in numbers):
                    return Plain(gast.Constant(value=min(numbers), kind=None))  # type: ignore[type-var]
            case "range", [Plain(atom=atom)] if isinstance(self.constant_of(atom), int):
                return None
            case "getattr", [Record() as owner, Plain(atom=key), *_]:
                attr = self.attribute_named(key)
                if isinstance(attr, str) and attr in owner.parts:
                    return owner.parts[attr]
                if len(args) == 3 and is_plain_class(owner.kind) and self.is_without(owner, attr):
                    return args[2]
            case "hasattr", [Record() as record, Plain(atom=key)]:
                attr = self.attribute_named(key)
                own = attr in record.parts or not self.is_without(record, attr)
                return Plain(gast.Constant(value=own, kind=None))
            case "setattr", [Record(kind=kind) as record, Plain(atom=key), new]:
                attr = self.attribute_named(key)
                if is_plain_class(kind) and isinstance(attr, str):
                    self.store_part(record, attr, new)
                    return Plain(gast.Constant(value=None, kind=None))
            case (("list" | "tuple"), [Record() as record]) if (
                record.is_sequence or record.kind is dict
            ):
                return self.sequence(function, record.items)
            case (("dict" | "OrderedDict" | "SimpleNamespace"), []):
                kind = dict if function.__name__ != "SimpleNamespace" else function
                return Record(kind, joined({}, keywords))
            case (("dict" | "OrderedDict"), [whole]) if (pairs := self.in_pairs(whole)) is not None:
                return Record(dict, joined(pairs, keywords))
            case "fromkeys", [keys, *value] if not keywords:
                return self.with_keys(keys, value)
            case "replace", [Record() as record]:
                return self.constructed(record.kind, [], joined(record.parts, keywords))
            case ("abs" | "float" | "len") as asked, [Record() as record] if is_plain_class(
                record.kind
            ) and hasattr(record.kind, f"__{asked}__"):
                return self.method(record, f"__{asked}__", [])
            case "super", _ if not keywords:
                return self.super_of(args)
            case "type", [Record(kind=kind) as record] if is_plain_class(kind) and not keywords:
                return self.type_of(record)
            case "reversed", [Record() as record] if record.is_sequence:
                return self.sequence(list, record.items[::-1])
        return None

    def in_pairs(self, value: Value) -> dict[object, Value] | None:
        """The keys of a dict, or of a row of pairs, and what belongs to them; None where they aren't known."""
        if isinstance(value, Record) and value.kind is dict:
            return value.keys_in_order().parts
        found: dict[object, Value] = {}
        pairs = self.items_in(value)
        for pair in pairs or ():
            both = self.items_in(pair) or []
            key = self.key_in(both[0]) if len(both) == 2 else MISSING
            if not is_key(key):
                return None
            found[key] = both[1]
        return None if pairs is None else found

    def items_in(self, value: Value) -> list[Value] | None:
        """The items of a row, None where they aren't known."""
        if isinstance(value, Record):
            return value.items if value.is_sequence else None
        return self.spread(value.atom) if isinstance(value, Plain) else None

    def with_keys(self, keys: Value, value: list[Value]) -> Value | None:
        """`dict.fromkeys(keys, value)`, None where that isn't known, or the value has parts: all share it."""
        known = self.constant_of(keys.atom) if isinstance(keys, Plain) else MISSING
        if isinstance(known, str):
            names: list[object] = [*known]
        else:
            items = keys.items if isinstance(keys, Record) and keys.is_sequence else None
            if isinstance(keys, Plain):
                items = self.spread(keys.atom)
            atoms = [item.atom for item in items or () if isinstance(item, Plain)]
            names = [self.constant_of(atom) for atom in atoms]
            if items is None or len(atoms) < len(items):
                return None
        (part,) = value or [Plain(gast.Constant(value=None, kind=None))]
        if not isinstance(part, Plain) or not all(type(key) in {str, int} for key in names):
            return None
        return Record(dict, dict.fromkeys(names, part))

    def of_named_tuple(
        self, record: Record, method: str, keywords: dict[str, Value]
    ) -> Value | gast.AST | None:
        """`record._asdict()`, `record._replace(w=v)`."""
        if method == "_asdict":
            return None if keywords else Record(dict, dict(record.parts))
        if not keywords.keys() <= record.parts.keys():
            return None
        return self.constructed(record.kind, [], joined(record.parts, keywords))

    def taken_out(self, record: Record, key: object, default: list[Value]) -> Value | None:
        """`record.pop(key)`."""
        if key not in record.parts:
            return default[0] if default else None
        self.mutate(record)
        part = self.kept(self.read_part(record.parts[key]))
        del record.parts[key]
        return part

    def last_item(self, record: Record) -> Value | None:
        """`record.popitem()`: the key that a dict got last, and its part."""
        key = list(record.keys_in_order().parts)[-1]
        part = self.taken_out(record, key, [])
        return None if part is None else self.sequence(tuple, [key_value(key), part])

    def emptied(self, record: Record) -> Value:
        """`record.clear()`."""
        self.mutate(record)
        record.parts.clear()
        return Plain(gast.Constant(value=None, kind=None))

    def in_order(self, record: Record) -> Value | None:
        """What is sorted: constants, or pairs of constants and what belongs to them."""
        if record.kind is dict:
            keys: list[Any] = list(record.parts)
        elif record.kind in {set, KEYS}:
            keys = self.constants_in(record) or []
        else:
            firsts: list[Any] = [self.first_of(part) for part in record.parts.values()]
            if MISSING in firsts or len(set(firsts)) < len(firsts):
                return None
            pairs = dict(zip(firsts, record.parts.values(), strict=True))
            return (
                self.sequence(list, [pairs[k] for k in sorted(pairs)])
                if _of_one_class(pairs)
                else None
            )
        if not _of_one_class(keys):
            return None
        return self.sequence(list, [key_value(key) for key in sorted(keys)])

    def first_of(self, value: Value) -> object:
        """The constant that a pair begins with."""
        first = value.parts.get(0) if isinstance(value, Record) and value.kind is tuple else None
        return self.key_of(first.atom) if isinstance(first, Plain) else MISSING

    def added_up(self, items: list[Value], start: list[Value]) -> Value | gast.AST | None:
        """The sum of items that are known."""
        if not all(isinstance(item, Plain) for item in (*start, *items)):
            return None
        atoms = [item.atom for item in (*start, *items) if isinstance(item, Plain)]
        if len(atoms) < 2:
            atoms = [gast.Constant(value=0, kind=None), *atoms]
        total = atoms[0]
        for atom in atoms[1:]:
            sum_ = gast.BinOp(left=total, op=gast.Add(), right=atom)
            total = sum_ if atom is atoms[-1] else self.into(sum_).atom  # type: ignore[attr-defined]
        return total

    def extreme(self, function: str, items: list[Value]) -> Value | gast.AST | None:
        """The largest or the smallest of items that are known."""
        if len(items) == 1:
            return items[0]
        atoms = [item.atom for item in items if isinstance(item, Plain)]
        if len(atoms) < len(items) or len(atoms) < 2:
            return None
        return gast.Call(func=name(function), args=atoms, keywords=[])

    def of_container(
        self, record: Record, kind: type, attr: str, args: list[Value], keywords: dict[str, Value]
    ) -> Value | gast.AST | None:
        """A method of a tuple, a list or a dict with known parts."""
        key = self.key_in(args[0]) if args else MISSING
        if attr == "pop" and key in record.uncertain:
            if len(args) > 1:
                self.maps_later(record)
            return self.taken_back(record, key)
        if record.uncertain and attr not in {"get", "setdefault"}:
            self.maps_later(record)
            self.solidify(record.root)
        if kind is dict:
            match attr, args:
                case "get", [_, *default] if key in record.uncertain:
                    none = Plain(gast.Constant(value=None, kind=None))
                    return self.got(record, key, default[0] if default else none)
                case "setdefault", [_, default] if key in record.uncertain:
                    part = self.got(record, key, default)
                    record.uncertain[key].append(self.place)
                    return part
                case "pop", [_, *default] if key is not MISSING and record.place == self.place:
                    return self.taken_out(record, key, default)
                case (("popitem" | "clear"), []) if record.parts and record.place == self.place:
                    return self.last_item(record) if attr == "popitem" else self.emptied(record)
                case "items" | "values" | "keys", []:
                    return View(record, attr)
                case "get", [_, *default] if key is not MISSING:
                    none = Plain(gast.Constant(value=None, kind=None))
                    return self.read_part(record.parts.get(key, default[0] if default else none))
                case "copy", []:
                    return Record(dict, dict(record.keys_in_order().parts))
                case "update", [*others]:
                    given = joined({}, keywords)
                    for other in others:
                        pairs = self.in_pairs(other)
                        if pairs is None:
                            self.give_up([record])
                        else:
                            given = joined(pairs, given)
                    for name_, value in given.items():
                        self.store_part(record, name_, value)
                    return Plain(gast.Constant(value=None, kind=None))
                case "setdefault", [_, default] if key is not MISSING:
                    if key not in record.parts:
                        self.store_part(record, key, default)
                    return self.read_part(record.parts[key])
        if kind is list and attr == "copy" and not args:
            return self.sequence(list, record.items)
        if kind is list and record.place != self.place:
            self.in_columns(record)
            self.unroll()
        if kind is dict and key is MISSING:
            self.maps_later(record)
        if kind is list and record.place == self.place:
            self.mutate(record)
            match attr, args:
                case "append", [value]:
                    self.new_part(record, len(record.parts), value)
                    return Plain(gast.Constant(value=None, kind=None))
                case "extend", [Record() as other] if other.is_sequence:
                    for value in other.items:
                        self.new_part(record, len(record.parts), value)
                    return Plain(gast.Constant(value=None, kind=None))
                case "pop", [] if record.parts:
                    return record.parts.pop(len(record.parts) - 1)
        self.give_up([record, *args])
        return None


def joined(parts: dict[Any, Value], others: dict[str, Value]) -> dict[Any, Value]:
    """Parts, with others in their places or behind them."""
    whole = dict(parts)
    whole.update(others.items())
    return whole


def _of_one_class(keys: Iterable[object]) -> bool:
    """Whether keys can be sorted: all texts, or all whole numbers, or tuples of such."""
    keys = [*keys]
    if keys and all(isinstance(key, tuple) for key in keys):
        tuples = [key for key in keys if isinstance(key, tuple)]
        one_length = len({len(key) for key in tuples}) == 1
        return one_length and all(map(_of_one_class, zip(*tuples, strict=True)))
    classes = {type(key) for key in keys}
    return classes <= {str} or classes <= {int}


def _spelled(cls: type) -> str:
    return (
        "".join(f"_{c.lower()}" if c.isupper() else c for c in cls.__name__).lstrip("_") or "object"
    )
