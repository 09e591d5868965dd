"""Branches of which it is known which is taken, and loops that are written trip by trip."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import gast

from s2sgrad.flow import bound
from s2sgrad.headers import iterated, read_by_number
from s2sgrad.program import (
    Assign,
    Block,
    For,
    If,
    walk,
)
from s2sgrad.renaming import renamed_block
from s2sgrad.trees import loaded, name, nodes, renamed
from s2sgrad.unfold.making import Making
from s2sgrad.unfold.outliving import leaves_its_trip
from s2sgrad.unfold.read_later import body_of, head_names
from s2sgrad.unfold.trips import in_a_row, own_jumps
from s2sgrad.unfold.values import Mapped, Pairs, Plain, Record, Value, View, literal_key
from s2sgrad.unfold.whole import UnfoldingError

__all__ = ["Branching"]


class Branching(Making):
    """Writes branches and loops."""

    def test(self, test: gast.AST) -> gast.AST:
        truth = self.truth(test)
        return self.tested(test) if truth is None else gast.Constant(value=truth, kind=None)

    def branch(self, statement: If) -> None:
        """An If; only one of its branches where it is known which."""
        truth = self.truth(statement.test)
        if truth is not None:
            self.changed = True
            self.block(statement.body if truth else statement.orelse)
            return
        test = self.tested(statement.test)
        with self.found_out(test, holds=True), self.nested(0) as body:
            self.block(statement.body)
        with self.found_out(test, holds=False), self.nested(0) as orelse:
            self.block(statement.orelse)
        self.add(replace(statement, test=test, body=tuple(body), orelse=tuple(orelse)))

    def for_loop(self, loop: For) -> None:
        """A loop; written trip by trip where it is over things with parts."""
        trips = self.trips(loop)
        if trips is not None:
            self.changed = True
            outer, self.in_trip = self.in_trip, True
            self.block(trips)
            self.in_trip = outer
            return
        over = self.atom(loop.iterable) if isinstance(loop.iterable, gast.Name) else None
        if isinstance(over, Pairs):
            self.loop_over_pairs(loop, over)
            return
        if isinstance(loop.iterable, gast.Name) and loop.iterable.id in self.map_lists:
            self.loop_over_values(loop, loop.iterable.id)
            return
        if isinstance(over, Mapped):
            loop = replace(loop, iterable=name(over.at))
        iterable = self.with_whole_atoms(loop.iterable)
        header = loop.header
        if header is not None:
            maps = {n: self.known.get(n) for n in loaded(header.iterable)}
            ats = {n: name(m.at) for n, m in maps.items() if isinstance(m, Mapped)}
            header = replace(header, iterable=renamed(header.iterable, ats))
            kept = not any(n in self.known for n in loaded(header.iterable))
            header = header if kept else None
        around = self.loops
        if self.counts(loop) is not None:
            self.loops = (*around, loop.target)
        with self.nested(1) as body:
            self.bound_at[loop.target] = self.place
            count = 0 if loop.header is None else loop.header.bindings
            self.headings += loop.body[:count]
            self.block(loop.body[:count])
            if header is not None and len(body) != count:
                header = None
            if header is None and loop.header is not None:
                bases = list(iterated(loop.header.iterable))
                body[:] = [read_by_number(each, bases) for each in body]
            self.block(loop.body[count:])
        self.loops = around
        self.origin = loop.origin
        self.add(replace(loop, iterable=iterable, header=header, body=tuple(body)))

    def trips(self, loop: For) -> Block | None:
        """The trips of a loop one after the other; None where it stays a loop."""
        items: list[Value] | None = None
        if isinstance(loop.iterable, gast.Call):
            counts = self.counts(loop)
            header = loop.header
            over_parts = header is not None and self.over_parts(header.iterable)
            if counts is None or not (over_parts or loop.target in self.whole.unrolled):
                return None
            items = [Plain(literal_key(k)) for k in counts]
        else:
            value = self.atom(loop.iterable)
            if not isinstance(value, Record) or not (value.is_sequence or value.kind is dict):
                return None
            items = value.items
        if len(items) > 64 or in_a_row([loop.body] * len(items)) is None:
            return None
        inside = Counter(n for s in walk(loop.body) for n in self.whole.bound(s))
        own = {
            loop.target,
            *(
                n
                for n, times in inside.items()
                if (n in self.made or n.startswith("_")) and self.binds[n] <= times
            ),
        }
        heads = head_names(loop)
        kept = sorted(self.read_around & heads - {n for s in body_of(loop) for n in bound(s)})
        own |= heads - self.read_around.difference(kept)
        if leaves_its_trip(loop.body, own):
            raise UnfoldingError
        each = "break" in own_jumps(loop.body)
        last = len(items) - 1
        self.binds.update(kept * last if each and items else ())
        others = [n for n in inside.elements() if n not in own]
        self.binds.update(others * last if items else ())
        return in_a_row(
            [
                self.trip(loop, item, own, kept if each or number == last else ())
                for number, item in enumerate(items)
            ]
        )

    def counts(self, loop: For) -> range | None:
        """What a loop counts, where that is known."""
        if not isinstance(loop.iterable, gast.Call):
            return None
        bounds: list[Any] = [self.key_of(arg) for arg in loop.iterable.args]
        if not all(type(b) is int for b in bounds) or (len(bounds) == 3 and bounds[2] == 0):
            return None
        return range(*bounds)

    def over_parts(self, iterable: gast.AST) -> bool:
        """Whether something that a loop runs over has parts."""
        return any(isinstance(self.known.get(n), Record | View) for n in loaded(iterable)) or any(
            isinstance(self.atom(n), Record) for n in _statics(iterable)
        )

    def is_always(self, atom: gast.AST) -> bool:
        """Whether an atom is the same throughout a trip; it is noted where that is taken for granted."""
        if not isinstance(atom, gast.Name):
            return True
        if not self.is_steady(atom) or atom.id in self.whole.unsteady:
            return False
        self.replaced.add(atom.id)
        return True

    def trip(self, loop: For, item: Value, own: set[str], kept: Sequence[str]) -> Block:
        """The body of one trip, with names of its own for what the loop binds; kept is what is read elsewhere."""
        names = {n: self.fresh(n) for n in sorted(own)}
        for statement in walk(loop.body):
            for n in self.whole.bound(statement, names):
                if n in names:
                    self.binds[names[n]] += 1
        self.binds[names[loop.target]] += 1
        self.made |= {new for n, new in names.items() if n in self.made or n.startswith("_")}
        self.flags |= {new for n, new in names.items() if n in self.flags}
        self.unused |= {new for n, new in names.items() if n in self.unused}
        body = renamed_block(loop.body, names)
        values: dict[str, gast.AST] = {n: name(names[n]) for n in kept}
        read = item.atom if isinstance(item, Plain) else None
        if read is not None and not self.is_always(read):
            body = (Assign((names[loop.target],), read, origin=loop.origin), *body)
        elif isinstance(item, Plain) and self.binds[names[loop.target]] == 1:
            body = renamed_block(body, {}, {names[loop.target]: item.atom})
            values = {n: item.atom if n == loop.target else value for n, value in values.items()}
        else:
            self.known[names[loop.target]] = item
        count = 0 if loop.header is None else loop.header.bindings
        self.headings += body[:count]
        left = tuple(Assign((n,), value, origin=loop.origin) for n, value in values.items())
        return (*body[:count], *left, *body[count:])


def _statics(iterable: gast.AST) -> list[gast.AST]:

    return [n for n in nodes(iterable) if isinstance(n, gast.Attribute | gast.Name)]
