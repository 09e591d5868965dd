"""Lists of objects of one class: a list for each of their parts.

`particles = [Particle(m, x) for m, x in zip(masses, positions)]` is two lists, `particles_m` and `particles_x`, and
`particles[k]` stands for an item of each. The objects themselves are no longer there, so none of them may be written
into after it was put into the list.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import gast

from s2sgrad.program import Assign, Store
from s2sgrad.trees import name
from s2sgrad.unfold.outliving import names_in
from s2sgrad.unfold.records import Records
from s2sgrad.unfold.values import Columns, Fixed, Plain, Record, Same, Value, alike
from s2sgrad.unfold.whole import Again, UnfoldingError

__all__ = ["InColumns"]


class InColumns(Records):
    """What lists of objects of one class do."""

    def begin_columns(self, target: str, items: Sequence[Value]) -> bool:
        """Make the lists for a list that is known to hold objects."""
        pattern = self.whole.columns.get(target)
        if pattern is None or target in self.whole.solid or self.binds[target] != 1:
            return False
        lists = self.of_lists(target, pattern)
        elements: dict[str, list[gast.AST]] = {}
        for item in items:
            if not isinstance(item, Record):
                self.solidify(target)
            assert isinstance(item, Record)  # noqa: S101
            self.put(lists, item)
            for listed, part in self.pairs(lists, lists.item, item):
                elements.setdefault(listed, []).append(part)
        for column in lists.columns():
            if isinstance(column, Same):
                self.assign((column.atom.id,), column.literal)
            else:
                elts = elements.get(column.atom.id, [])
                self.assign((column.atom.id,), gast.List(elts=elts, ctx=gast.Load()))
        if lists.first is None:
            self.solidify(target)
        self.known[target] = lists
        self.changed = True
        return True

    def of_lists(self, target: str, pattern: Record) -> Columns:
        """A list of objects under a name, with the names of the lists of their parts."""
        return Columns(self.pattern_of(self.whole.called.get(target, target), pattern), target)

    def pattern_of(self, target: str, pattern: Record) -> Record:
        """What the objects are made of, with the names of lists in it."""
        parts: dict[object, Value] = {}
        for key, part in pattern.parts.items():
            if isinstance(part, Record):
                parts[key] = self.pattern_of(f"{target}_{key}", part)
            elif isinstance(part, Same):
                parts[key] = Same(name(self.part_name(target, key)), part.literal)
            elif isinstance(part, Plain) and not isinstance(part.atom, gast.Constant):
                parts[key] = Plain(name(self.part_name(target, key)))
            else:
                parts[key] = part
        return Record(pattern.kind, parts)

    def grown(self, listed: str, value: Value) -> None:
        """`listed.append(value)` for a list that was made without items: done again if these are objects."""
        root, place = self.begun_empty[listed]
        if root in self.whole.solid or not isinstance(self.known.get(root, PLAIN), Plain):
            return
        if place == self.place and (self.in_trip or isinstance(value, Record)):
            self.whole.growing.add(root)
            raise Again
        if isinstance(value, Record):
            self.whole.columns[root] = self.seen(value)
            raise Again

    def in_columns(self, listed: Record) -> None:
        """Have a list with items that are known be one with lists for their parts, if they are of one class."""
        items = listed.items
        root = listed.root
        if (
            not items
            or root in self.whole.solid
            or self.binds[root] != 1
            or listed.kind is not list
        ):
            return
        first = items[0]
        if isinstance(first, Record) and all(alike(first, item) for item in items):
            self.whole.columns[root] = self.seen(first)
            raise Again

    def seen(self, value: Record) -> Record:
        """What an object is made of, with the constants in it."""
        parts: dict[object, Value] = {}
        for key, part in value.parts.items():
            if isinstance(part, Record):
                parts[key] = self.seen(part)
            elif isinstance(part, Plain):
                parts[key] = self.seen_part(part)
            else:
                parts[key] = part
        return Record(value.kind, parts)

    def seen_part(self, part: Plain) -> Plain:
        """A part as what it is known to be: a constant, a number, or anything."""
        atom = part.atom
        if isinstance(atom, gast.Name):
            atom = self.literals.get(atom.id, atom) if self.binds[atom.id] == 1 else atom
        number = self.constant_of(atom)
        if type(number) in {int, float}:
            return Same(name(""), atom)
        return Plain(atom)

    def of_columns(self, lists: Columns, attr: str, args: list[Value]) -> Value:
        """A method of a list of objects."""
        match attr, args:
            case "append", [Record() as value]:
                self.put(lists, value)
                for column, part in self.pairs(lists, lists.item, value):
                    call = _method(column, "append", [part])
                    new = self.temporary()
                    self.unused.add(new)
                    self.add(Assign((new,), call, origin=self.origin))
                return Plain(gast.Constant(value=None, kind=None))
            case "copy", []:
                whole = gast.Slice(lower=None, upper=None, step=None)
                return self.part_of_columns(lists, whole)
            case "pop", []:
                return self.object_of(lists, lambda column: _method(column.id, "pop", []))
        self.solidify(lists.root)
        raise UnfoldingError

    def put(self, lists: Columns, value: Record) -> None:
        """Note that an object is in a list: nobody writes into it."""
        for record in value.walk():
            if record.root:
                if record.root in self.whole.mutated and record.place != self.place:
                    self.solidify(lists.root)
                self.linked.add(record.root)
                self.rigid.add(record.root)

    def pairs(self, lists: Columns, pattern: Record, value: Record) -> list[tuple[str, gast.AST]]:
        """Each list, and the part of an object that belongs into it."""
        if pattern.kind is not value.kind or pattern.parts.keys() != value.parts.keys():
            self.solidify(lists.root)
        found: list[tuple[str, gast.AST]] = []
        for key, part in pattern.parts.items():
            other = value.parts[key]
            if isinstance(part, Record) and isinstance(other, Record):
                found += self.pairs(lists, part, other)
            elif isinstance(part, Plain) and isinstance(other, Plain):
                if isinstance(part.atom, gast.Name) and not isinstance(part, Same):
                    found.append((part.atom.id, other.atom))
                elif not _one_constant(part, self.seen_part(other)):
                    self.differs(lists, part)
            elif part is not other and not (isinstance(part, Fixed) and alike(part, other)):
                self.solidify(lists.root)
        return found

    def differs(self, lists: Columns, constant: Plain) -> None:
        """A part isn't the same constant in all objects: it gets a list."""
        pattern = self.whole.columns.get(lists.root)
        for known, made in zip(pattern.walk() if pattern else (), lists.item.walk(), strict=False):
            for key, part in made.parts.items():
                if part is constant:
                    known.parts[key] = Plain(name(""))
                    raise Again
        self.solidify(lists.root)

    def row(self, lists: Columns, index: gast.AST) -> Value:
        """`lists[index]`: an object, or a part of the list."""
        index = self.with_whole_atoms(index)
        if isinstance(index, gast.Slice):
            return self.part_of_columns(lists, index)
        return self.object_of(
            lists,
            lambda column: gast.Subscript(value=column, slice=index, ctx=gast.Load()),
        )

    def object_of(self, lists: Columns, read: Callable[[gast.AST], gast.AST]) -> Record:
        """An object of a list: read is how a part of it is read from its list."""
        made = self.parts_of(lists.item, read, self.wanted)
        for record in made.walk():
            record.root, record.place = self.wanted or lists.root, self.place
            record.within = lists.root
        return made

    def parts_of(
        self, pattern: Record, read: Callable[[gast.AST], gast.AST], target: str
    ) -> Record:
        parts: dict[object, Value] = {}
        for key, part in pattern.parts.items():
            if isinstance(part, Record):
                parts[key] = self.parts_of(part, read, f"{target}_{key}" if target else "")
            elif isinstance(part, Same):
                parts[key] = Plain(part.atom)
            elif isinstance(part, Plain) and isinstance(part.atom, gast.Name):
                new = self.part_name(target, key) if target else self.temporary()
                self.assign((new,), read(part.atom))
                parts[key] = Plain(name(new))
            else:
                parts[key] = part
        return Record(pattern.kind, parts)

    def part_of_columns(self, lists: Columns, index: gast.AST) -> Columns:
        """`lists[a:b]`."""

        def sliced(pattern: Record) -> Record:
            parts: dict[object, Value] = {}
            for key, part in pattern.parts.items():
                if isinstance(part, Record):
                    parts[key] = sliced(part)
                elif isinstance(part, Same):
                    parts[key] = part
                elif isinstance(part, Plain) and isinstance(part.atom, gast.Name):
                    read = gast.Subscript(value=part.atom, slice=index, ctx=gast.Load())
                    parts[key] = self.into(read)
                else:
                    parts[key] = part
            return Record(pattern.kind, parts)

        return Columns(sliced(lists.item), lists.root)

    def store_row(self, statement: Store, lists: Columns) -> None:
        """`lists[index] = value`."""
        value = self.atom(statement.value)
        if not isinstance(value, Record) or isinstance(statement.index, str):
            self.solidify(lists.root)
            raise UnfoldingError
        self.changed = True
        self.put(lists, value)
        index = self.with_whole_atoms(statement.index)
        for column, part in self.pairs(lists, lists.item, value):
            self.add(replace(statement, base=name(column), index=index, value=part))

    def given_columns(self, target: str, value: Columns) -> Columns:
        """A list of objects under a name; one that is bound several times has names of its own for the lists."""
        if self.binds[target] == 1 and all(map(self.is_settled, names_in(value))):
            self.call_it(value, target)
            return value
        lists = self.of_lists(target, value.item)
        names = [column.atom.id for column in lists.columns()]
        atoms = [column.atom for column in value.columns()]
        if len(names) == 1:
            self.assign((names[0],), atoms[0])
        else:
            self.assign(tuple(names), gast.Tuple(elts=atoms, ctx=gast.Load()))
        return Columns(lists.item, value.root)

    def call_it(self, value: Columns, wanted: str) -> None:
        """Let a list that has no name of the user's be called as they call it."""
        made = value.root in self.made or value.root.startswith("_")
        if made and not wanted.startswith("_") and value.root not in self.whole.called:
            self.whole.called[value.root] = wanted
            raise Again


PLAIN = Plain(name(""))


def _one_constant(one: Plain, other: Plain) -> bool:
    """Whether two parts are the same constant."""
    atoms = [part.literal if isinstance(part, Same) else part.atom for part in (one, other)]
    return bool(gast.dump(atoms[0]) == gast.dump(atoms[1]))


def _method(owner: str, attr: str, args: list[gast.AST]) -> gast.AST:
    func = gast.Attribute(value=name(owner), attr=attr, ctx=gast.Load())
    return gast.Call(func=func, args=args, keywords=[])
