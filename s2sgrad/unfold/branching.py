"""Branches of which it is known which is taken, and loops that are written trip by trip."""

from __future__ import annotations

from dataclasses import replace

import gast

from s2sgrad.flow import bound
from s2sgrad.program import (
    Block,
    For,
    If,
    Jump,
    walk,
)
from s2sgrad.renaming import renamed_block
from s2sgrad.trees import loaded, nodes
from s2sgrad.unfold.choosing import Choosing
from s2sgrad.unfold.values import Plain, Record, Value

__all__ = ["Branching"]


class Branching(Choosing):
    """Writes branches and loops."""

    def test(self, test: gast.AST) -> gast.AST:
        truth = self.truth(test)
        return (
            self.with_whole_atoms(test) if truth is None else gast.Constant(value=truth, kind=None)
        )

    def branch(self, statement: If) -> None:
        """An If; only one of its branches where it is known which."""
        truth = self.truth(statement.test)
        if truth is not None:
            self.changed = True
            self.block(statement.body if truth else statement.orelse)
            return
        test = self.with_whole_atoms(statement.test)
        with self.nested(0) as body:
            self.block(statement.body)
        with self.nested(0) as orelse:
            self.block(statement.orelse)
        self.add(replace(statement, test=test, body=tuple(body), orelse=tuple(orelse)))

    def for_loop(self, loop: For) -> None:
        """A loop; written trip by trip where it is over things with parts."""
        trips = self.trips(loop)
        if trips is not None:
            self.changed = True
            for trip in trips:
                self.block(trip)
            return
        iterable = self.with_whole_atoms(loop.iterable)
        header = loop.header
        if header is not None:
            kept = not any(n in self.known for n in loaded(header.iterable))
            header = header if kept else None
        with self.nested(1) as body:
            count = 0 if header is None else header.bindings
            self.block(loop.body[:count])
            if header is not None and len(body) != count:
                header = None
            self.block(loop.body[count:])
        self.origin = loop.origin
        self.add(replace(loop, iterable=iterable, header=header, body=tuple(body)))

    def trips(self, loop: For) -> list[Block] | None:
        """The bodies of a loop, one a trip; None where it stays a loop."""
        items: list[Value] | None = None
        if isinstance(loop.iterable, gast.Call):
            count = (
                self.constant_of(loop.iterable.args[0]) if len(loop.iterable.args) == 1 else None
            )
            header = loop.header
            if header is None or type(count) is not int or not self.over_parts(header.iterable):
                return None
            items = [Plain(gast.Constant(value=k, kind=None)) for k in range(count)]
        else:
            value = self.atom(loop.iterable)
            if not isinstance(value, Record) or not (value.is_sequence or value.kind is dict):
                return None
            items = value.items
        if any(isinstance(s, Jump) for s in walk(loop.body)) or len(items) > 64:
            return None
        own = {
            loop.target,
            *(n for s in walk(loop.body) for n in bound(s) if n in self.made or n.startswith("_")),
        }
        if loop.header is not None:
            own |= {n for s in loop.body[: loop.header.bindings] for n in bound(s)}
        return [self.trip(loop, item, own) for item in items]

    def over_parts(self, iterable: gast.AST) -> bool:
        """Whether something that a loop runs over has parts."""
        return any(isinstance(self.known.get(n), Record) for n in loaded(iterable)) or any(
            isinstance(self.atom(n), Record) for n in _statics(iterable)
        )

    def trip(self, loop: For, item: Value, own: set[str]) -> Block:
        """The body of one trip, with names of its own for what the loop binds."""
        names = {n: self.fresh(n) for n in sorted(own)}
        for statement in walk(loop.body):
            for n in bound(statement):
                if n in names:
                    self.binds[names[n]] += 1
        self.binds[names[loop.target]] += 1
        self.made |= {new for n, new in names.items() if n in self.made or n.startswith("_")}
        self.unused |= {new for n, new in names.items() if n in self.unused}
        body = renamed_block(loop.body, names)
        if isinstance(item, Plain) and self.binds[names[loop.target]] == 1:
            return renamed_block(body, {}, {names[loop.target]: item.atom})
        self.known[names[loop.target]] = item
        return body


def _statics(iterable: gast.AST) -> list[gast.AST]:

    return [n for n in nodes(iterable) if isinstance(n, gast.Attribute | gast.Name)]
