"""Statements that write into what has parts."""

from __future__ import annotations

from dataclasses import replace
from types import FunctionType

import gast

from s2sgrad.program import Store
from s2sgrad.source import MISSING
from s2sgrad.unfold.classes import is_plain_class
from s2sgrad.unfold.in_place import InPlace
from s2sgrad.unfold.values import (
    Columns,
    Fixed,
    Mapped,
    Plain,
    Record,
    Value,
    is_key,
)

__all__ = ["Storing"]


class Storing(InPlace):
    """Writes stores."""

    def deleted(self, base: gast.AST, index: gast.AST) -> bool:
        """Take a part out of a dict; whether it is one with known keys."""
        owner = self.opened(base) if isinstance(base, gast.Name) else None
        if isinstance(owner, Mapped) and not isinstance(index, gast.Slice):
            self.popped(owner, self.with_whole_atoms(index), [])
            return True
        key = self.key_of(index)
        known = isinstance(owner, Record) and owner.kind is dict and key in owner.parts
        if isinstance(owner, Record) and known and key in owner.uncertain:
            self.taken_back(owner, key)
            return True
        if not isinstance(owner, Record) or not known or owner.place != self.place:
            return False
        return self.taken_out(owner, key, []) is not None and not owner.uncertain

    def store(self, statement: Store) -> None:
        """`base[index] = value`, `base.name = value`."""
        owner = self.opened(statement.base)
        if isinstance(owner, Columns):
            self.store_row(statement, owner)
            return
        if isinstance(owner, Mapped):
            self.store_at_key(statement, owner)
            return
        if isinstance(owner, Record):
            self.changed = True
            key = (
                statement.index
                if isinstance(statement.index, str)
                else self.key_of(statement.index)
            )
            named = isinstance(statement.index, str)
            if named == (owner.kind not in {dict, list, tuple}) and is_key(key):
                if owner.is_sequence and isinstance(key, int) and key < 0:
                    key += len(owner.parts)
                self.store_part(owner, key, self.added_in_place(statement, owner.parts.get(key)))
                return
            if owner.kind is dict and key is MISSING:
                self.unroll()
                self.maps_later(owner)
                if statement.operator is not None and self.stored_somewhere(owner, statement):
                    return
            self.solidify(self.owner(statement.base.id))
        if (
            isinstance(owner, Fixed)
            and isinstance(statement.index, str)
            and (is_plain_class(type(owner.object)) or isinstance(owner.object, FunctionType))
        ):
            self.store_outside(statement, owner)
            return
        index = (
            statement.index
            if isinstance(statement.index, str)
            else self.with_whole_atoms(statement.index)
        )
        value = self.with_whole_atoms(statement.value)
        base = self.with_whole_atoms(statement.base)
        if not isinstance(statement.index, str) and not self.is_no_list(base):
            self.items_change()
            if isinstance(index, gast.Slice):
                self.lists_change()
        if isinstance(base, gast.Name | gast.Attribute) and base is not statement.base:
            self.changed = True
        self.add(replace(statement, base=base, index=index, value=value))

    def is_no_list(self, base: gast.AST) -> bool:
        """Whether what is stored into is given by the caller, or new: none of the lists that are made here."""
        return (
            isinstance(base, gast.Name)
            and self.binds[base.id] == 1
            and (base.id in self.parameters or base.id in self.arrays)
        )

    def added_in_place(self, statement: Store, old: Value | None) -> Value:
        """What is stored; `p.x += v` changes an array in place, and all that share it see that."""
        if statement.operator is None or not isinstance(old, Plain):
            return self.opened(statement.value)
        return Plain(self.updated(statement, old.atom))
