"""What is asserted of parameters that are given in parts: a text that is made here asserts their structure."""

from __future__ import annotations

from typing import Any

import gast

from s2sgrad.unfold.branching import Branching
from s2sgrad.unfold.values import Plain, Record, Value

__all__ = ["Asserted"]


class Asserted(Branching):
    """Reads assertions."""

    def asserted(self, node: gast.Assert) -> gast.AST | None:
        """What remains to be asserted, None where the structures that are known say all of it."""
        test = node.test
        both = isinstance(test, gast.BoolOp) and isinstance(test.op, gast.And)
        tests = [t for t in (test.values if both else [test]) if not self.is_known(t)]
        if not tests:
            return None
        if len(tests) > 1:
            test = gast.BoolOp(op=gast.And(), values=tests)
        return gast.Assert(test=test if both and len(tests) > 1 else tests[0], msg=node.msg)

    def is_known(self, test: gast.AST) -> bool:
        """Whether a test asks for the structure that something is known to have."""
        match test:
            case gast.Compare(
                left=gast.Call(func=gast.Name(id=asks), args=[of], keywords=[]),
                ops=[gast.Eq() | gast.Is()],
                comparators=[right],
            ):
                found = self.part_at(of)
                return isinstance(found, Record) and self.has(found, asks, right)
            case gast.Compare(
                left=gast.Subscript() | gast.Attribute() as of,
                ops=[gast.Eq() | gast.Is()],
                comparators=[gast.Constant() | gast.UnaryOp() as right],
            ):
                found = self.part_at(of)
                literal = found.atom if isinstance(found, Plain) else None
                known = isinstance(literal, gast.Constant | gast.UnaryOp)
                return known and gast.dump(literal) == gast.dump(right)
        return False

    def has(self, record: Record, asks: str, right: gast.AST) -> bool:
        """Whether `asks(record) == right`."""
        if record.given is None:
            return False
        if asks == "type":
            return bool(self.as_class(right) is record.kind)
        if asks == "len":
            return bool(self.constant_of(right) == len(record.parts))
        keys = [getattr(k, "value", None) for k in getattr(right, "elts", ())]
        if record.kind is not dict or not isinstance(right, gast.List):
            return False
        if asks == "list":
            return keys == list(record.keys_in_order().parts)
        ordered: list[Any] = [k for k in record.parts if isinstance(k, str)]
        return asks == "sorted" and keys == sorted(ordered) and len(keys) == len(record.parts)

    def as_class(self, node: gast.AST) -> object:
        """The class that a name stands for."""
        found = self.atom(node) if isinstance(node, gast.Name) else None
        return getattr(found, "object", None)

    def part_at(self, node: gast.AST) -> Value | None:
        """What stands at a place in what is known."""
        match node:
            case gast.Name(id=identifier):
                return self.known.get(identifier)
            case gast.Subscript(value=base, slice=gast.Constant(value=key)):
                owner = self.part_at(base)
            case gast.Attribute(value=base, attr=key):
                owner = self.part_at(base)
            case _:
                return None
        return owner.parts.get(key) if isinstance(owner, Record) else None
