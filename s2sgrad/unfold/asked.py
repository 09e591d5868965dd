"""What objects are asked for: their class, and attributes whose names are texts.

What is decided by the class of an object that is given is noted: a derived class may decide it otherwise.
"""

from __future__ import annotations

from typing import Any

import gast

from s2sgrad.source import MISSING
from s2sgrad.unfold.classes import is_plain_class
from s2sgrad.unfold.inlining import Inlining
from s2sgrad.unfold.values import Fixed, Plain, Record, Super, Value, unnamed

__all__ = ["Asked"]


class Asked(Inlining):
    """Answers what is asked of objects."""

    def super_of(self, args: list[Value]) -> Value | None:
        """`super()` in the method that is being written out, or `super(cls, self)`."""
        if not args and self.calling:
            _, owner, receiver = self.calling[-1]
            return None if owner is None or receiver is None else Super(receiver, owner)
        match args:
            case [Fixed(object=type() as owner), Record() | Fixed() as receiver]:
                cls = self.class_of(receiver)
                known = cls is not None and is_plain_class(cls) and issubclass(cls, owner)
                return Super(receiver, owner) if known else None
        return None

    def type_of(self, record: Record) -> Value:
        """`type(record)`."""
        self.decides(record, "type")
        return Fixed(record.kind, self.visible(record.kind, unnamed()))

    def is_instance(self, value: Value, kinds: Value) -> Value | None:
        """`isinstance(value, kinds)`."""
        wanted = kinds.items if isinstance(kinds, Record) else [kinds]
        if not all(isinstance(k, Fixed) and isinstance(k.object, type) for k in wanted):
            return None
        classes: tuple[Any, ...] = tuple(k.object for k in wanted if isinstance(k, Fixed))
        if isinstance(value, Record | Fixed):
            self.decides(value, "isinstance")
            cls = type(value.object) if isinstance(value, Fixed) else value.kind
            return Plain(gast.Constant(value=issubclass(cls, classes), kind=None))
        literal = isinstance(value, Plain) and self.constant_of(value.atom) is not MISSING
        if literal and all(is_plain_class(k) for k in classes):
            return Plain(gast.Constant(value=False, kind=None))
        return None

    def attribute_named(self, atom: gast.AST) -> object:
        """The attribute that is asked for; if a loop counts names, it is written trip by trip."""
        if self.constant_of(atom) is MISSING:
            self.unroll()
        return self.constant_of(atom)

    def is_without(self, record: Record, attr: object) -> bool:
        """Whether neither an object nor its class has an attribute; of an object that is given that is asserted."""
        self.decides(record, "hasattr")
        if attr in record.parts or (isinstance(attr, str) and hasattr(record.kind, attr)):
            return False
        for structure in self.given_structures(record.kind):
            structure.of_class.add(str(attr))
        return True
