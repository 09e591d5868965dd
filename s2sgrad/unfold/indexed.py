"""Items of what has parts: of tuples, lists, dicts and objects."""

from __future__ import annotations

from typing import Any

import gast

from s2sgrad.source import MISSING
from s2sgrad.unfold.atoms import Atoms
from s2sgrad.unfold.classes import attribute_of, is_plain_class
from s2sgrad.unfold.values import (
    Columns,
    Fixed,
    Mapped,
    Pairs,
    Record,
    Value,
)

__all__ = ["Indexed"]


class Indexed(Atoms):
    """What `base[index]` gives."""

    def method(self, receiver: Value, attr: str, args: list[Value]) -> Value | gast.AST:
        """What a method of something with a structure gives."""
        raise NotImplementedError

    def into(self, value: Value | gast.AST) -> Value:
        """A value that is held."""
        raise NotImplementedError

    def is_certain(self, record: Record, key: object) -> bool:
        """Whether a dict has a key here."""
        raise NotImplementedError

    def chosen(self, record: Record, index: gast.AST) -> Value | None:
        """The part of a dict that belongs to a key which isn't known."""
        raise NotImplementedError

    def at_key(self, mapped: Mapped, index: gast.AST) -> gast.AST:
        """An item of a dict whose keys aren't known."""
        raise NotImplementedError

    def values_listed(self, pairs: Pairs) -> Value:
        """A list of the values of a dict that loses keys."""
        raise NotImplementedError

    def row(self, lists: Columns, index: gast.AST) -> Value:
        """An item of a list of objects of one class, or a part of the list."""
        raise NotImplementedError

    def in_columns(self, listed: Record) -> None:
        """Have a list of objects be one with lists for their parts."""
        raise NotImplementedError

    def item(self, node: gast.Subscript, base: gast.AST, index: gast.AST) -> Value | gast.AST:
        """`base[index]`."""
        owner = self.opened(base)
        if isinstance(owner, Columns):
            return self.row(owner, index)
        if isinstance(owner, Mapped):
            return self.at_key(owner, index)
        key = self.key_of(index)
        found: Value | None = None
        if isinstance(owner, Record) and owner.is_sequence:
            found = self.item_of_sequence(owner, index, key)
        elif isinstance(owner, Record) and owner.kind is dict:
            found = self.item_of_dict(owner, index, key)
        elif isinstance(owner, Record | Fixed) and not isinstance(index, gast.Slice | gast.Tuple):
            cls = self.class_of(owner)
            if cls is not None and attribute_of(cls, "__getitem__") and is_plain_class(cls):
                return self.method(owner, "__getitem__", [self.atom(index)])
        elif isinstance(base, gast.Name) and self.in_trip and isinstance(key, int):
            known = self.items_known(base.id) or []
            if -len(known) <= key < len(known):
                return self.atom(known[key])
        return self.with_whole_atoms(node) if found is None else found

    def item_of_sequence(self, owner: Record, index: gast.AST, key: object) -> Value | None:
        """`owner[index]` of a tuple or a list, None where it isn't known which item that is."""
        items = owner.items
        if isinstance(index, gast.Slice):
            bounds: list[Any] = [
                None if b is None else self.constant_of(b)
                for b in (index.lower, index.upper, index.step)
            ]
            if not all(b is None or isinstance(b, int) for b in bounds):
                return None
            kind = list if issubclass(owner.kind, list) else tuple
            return self.sequence(kind, items[slice(*bounds)])
        if isinstance(key, int) and -len(items) <= key < len(items):
            return self.read_part(items[key])
        if key is MISSING:
            self.in_columns(owner)
            self.unroll()
            return self.chosen_function(owner, index)
        return None

    def item_of_dict(self, owner: Record, index: gast.AST, key: object) -> Value | None:
        """`owner[index]` of a dict, None where it isn't known what that is."""
        if self.in_header:
            known = isinstance(key, int) and 0 <= key < len(owner.parts)
            return owner.items[key] if known else None  # type: ignore[call-overload]
        if key is MISSING or not self.is_certain(owner, key):
            self.unroll()
            if owner.uncertain:
                self.solidify(owner.root)
            self.changed = True
            found = self.chosen_function(owner, index) or self.chosen(owner, index)
            if found is None:
                self.maps_later(owner)
            return found
        part = owner.parts.get(key)
        return None if part is None else self.read_part(part)

    def chosen_function(self, owner: Record, index: gast.AST) -> Value | None:
        """An item of a dict of functions, None where it isn't one of several that are known."""
        raise NotImplementedError
