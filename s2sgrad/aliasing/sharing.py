"""What statements bind to memory that is there already: copies, views, items of lists, results of calls."""

from __future__ import annotations

import operator
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

import gast

from s2sgrad.aliasing.found import CallMemory
from s2sgrad.flow import bound, read
from s2sgrad.headers import keys_read
from s2sgrad.infer.facts import Facts
from s2sgrad.infer.resolution import Container, Copy, Inert, Primitive, Unresolved, UserCall
from s2sgrad.kinds import BOTTOM, Kind, Known, Number, Other, Sequence, Unknown, is_foreign
from s2sgrad.mirror import makes_new, viewed
from s2sgrad.program import Assign, Block, Effect, For, Statement, Store, walk
from s2sgrad.trees import loaded
from s2sgrad.trees import name as load

__all__ = ["Sharing", "shares"]


_ONE_OF: tuple[object, ...] = (max, min)
"""What gives one of its arguments as it is, be it an array without axes."""


def shares(kind: Kind) -> bool:
    """Whether a thing of this kind may be written into (scalars and strings can't)."""
    if isinstance(kind, Number):
        return kind.array is not False
    return not isinstance(kind, Other) or kind.foreign or kind.name in _HOLDING


_OF_OBJECTS = "array of objects"
_HOLDING = frozenset({"dict", _OF_OBJECTS})
"""What holds other things, which may be written into."""


@dataclass(eq=False)
class Sharing:
    """Which names the statements of a function let share memory.

    called: what a call does with memory; lists: whether only lists are asked for, not the arrays in them.
    """

    body: Block
    facts: Facts
    called: Callable[[UserCall], CallMemory]
    lists: bool = False

    def links(self, statement: Statement) -> dict[str, list[str]]:
        """Names bound by a statement → names whose memory they may share afterwards."""
        if isinstance(statement, For):
            return {statement.target: self.sources(statement.iterable)}
        if isinstance(statement, Store) and isinstance(self.facts.calls.get(statement), Container):
            return {name: self.sources(statement.value) for name in self.sources(statement.base)}
        if not isinstance(statement, Assign):
            return {}
        out: dict[str, list[str]] = {}
        match self.facts.calls.get(statement):
            case Copy(atoms=atoms):
                for target, atom in zip(statement.targets, atoms, strict=True):
                    out[target] = self.sources(atom) or self.dict_outside(atom)
                return out
            case Primitive(rule=rule, arguments=arguments) if rule.function in _ONE_OF:
                given = [
                    a for v in arguments.values() for a in (v if isinstance(v, tuple) else (v,))
                ]
                sources = [name for atom in given for name in self.sources(atom)]
            case Primitive(in_place=in_place) as resolution:
                sources = []
                if self.gives_view(statement) or in_place:
                    base = viewed(resolution)
                    sources = self.sources(base) if isinstance(base, gast.AST) else []
            case UserCall(arguments=arguments) as call:
                memory = self.called(call)
                given = [value for key, value in arguments.items() if key in memory.returned]
                sources = [name for value in given for name in self.sources(value)]
                if memory.exact and len(memory.same or ()) == len(statement.targets):
                    for target, parameter in zip(
                        statement.targets, memory.pointers(statement.targets), strict=True
                    ):
                        if parameter is not None and shares(self.facts.kinds.get(target, BOTTOM)):
                            out[target] = self.sources(arguments[parameter])
                    sources = []
                if memory.around:
                    sources = [*sources, *self.outside]
                    out = {target: [*known, *self.outside] for target, known in out.items()}
            case Container(operation="extend", atoms=(_, items)) if self.lists and self.of_no_lists(
                [items]
            ):
                sources = []
            case Container(operation="append" | "extend" | "insert", atoms=atoms):
                base, *items = atoms
                for name in self.sources(base):
                    out[name] = [source for item in items for source in self.sources(item)]
                sources = self.sources(base)
            case Container(
                operation="concatenate" | "repeat" | "convert" | "slice", atoms=atoms
            ) if self.lists and self.of_no_lists(atoms):
                sources = []
            case Container(operation="slice" | "element" | "pop", atoms=(base, *_)):
                sources = [*self.sources(base)]  # what is there isn't the index
            case Container(
                operation="concatenate" | "repeat" | "convert" | "display" | "unpack",
                atoms=atoms,
            ):
                sources = [name for atom in atoms for name in self.sources(atom)]
            case Inert(effect=effect) if (found_in := self.found_in(statement, effect)) is not None:
                sources = found_in
            case Unresolved() | Inert(effect=True):
                types = self.types_called(statement)
                sources = [
                    name
                    for name in read(statement)
                    if shares(self.facts.kinds.get(name, BOTTOM)) and name not in types
                ]
                sources += self.looked_into(statement)
            case _:
                sources = []
        for target in statement.targets:
            if shares(self.facts.kinds.get(target, BOTTOM)):
                out.setdefault(target, []).extend(sources)
        return out

    def found_in(self, statement: Assign, effect: bool) -> list[str] | None:
        """The names of what a statement takes a key or an object out of; None where it does neither."""
        keyed = keys_read(statement)
        if keyed is not None:  # of what is outside, keys may be objects
            return [*self.sources(keyed)] if isinstance(self.facts.atom(keyed), Other) else []
        if not effect and isinstance(statement.value, gast.Subscript):
            # of an array of objects, or a dict
            base = statement.value.value
            return [*self.sources(base), *self.dict_outside(base)]
        return None

    def dict_outside(self, atom: gast.AST) -> list[str]:
        """The name of a dict that isn't the function's own, if an operand is one."""
        if not isinstance(atom, gast.Name) or atom.id in self.facts.kinds:
            return []
        kind = self.facts.atom(atom)
        return [atom.id] if isinstance(kind, Other) and kind.name == "dict" else []

    def looked_into(self, statement: Assign) -> list[str]:
        """The name of something outside of which a statement reads an attribute or an item."""
        value = statement.value
        if not isinstance(value, gast.Attribute | gast.Subscript):
            return []
        return [
            name for name in loaded(value) if self.facts.outside(name) or self.facts.foreign(name)
        ]

    def types_called(self, statement: Statement) -> Collection[str]:
        """The names by which a statement reads Python's own types: what these make is new, or what they are given."""
        types = {name for name in read(statement) if self.is_type(load(name))}
        match statement:
            case Assign(value=gast.Call(func=gast.Attribute() as func, args=args, keywords=named)):
                given = {n for part in (*args, *named) for n in loaded(part)}
                if self.is_type(func):
                    types |= {*loaded(func)} - given
        return types

    def is_type(self, atom: gast.AST) -> bool:
        """Whether an atom is one of Python's own types, or one of those of its files in memory."""
        local = any(name in self.facts.kinds for name in loaded(atom))
        kind = None if local else self.facts.constant(atom)
        known = kind.value if isinstance(kind, Known) else None
        return isinstance(known, type) and known.__module__ in {"builtins", "_io"}

    @cached_property
    def outside(self) -> list[str]:
        """The names of what is outside of the function and may be written into."""
        names = {n for s in walk(self.body) for n in read(s) if self.facts.outside(n)}
        return sorted(n for n in names if self.sources(gast.Name(n, gast.Load(), None, None)))

    def gives_view(self, statement: Assign) -> bool:
        """Whether what a statement assigns may be a view of an array."""
        found = self.facts.calls.get(statement)
        if not isinstance(found, Primitive) or not found.rule.shares:
            return False
        if makes_new(found, self.facts):
            return False
        return not (
            found.rule.function is operator.getitem and self.copies(*found.arguments.values())
        )

    def copies(self, base: gast.AST, index: gast.AST) -> bool:
        """Whether `base[index]` is certainly an element, or an array with memory of its own.

        So it is if an array is among the indices, or if there is a number or an array for every axis.
        """
        if self.facts.copying_index(index):
            return True
        parts = list(index.elts) if isinstance(index, gast.Tuple) else [index]
        numbers = [self.facts.atom(part) for part in parts if self.is_number(part)]
        kind = self.facts.atom(base)
        axes = kind.ndim if isinstance(kind, Number) else None
        return axes is not None and axes <= len(parts) == len(numbers)

    def is_number(self, part: gast.AST) -> bool:
        """Whether a part of an index is certainly a number or an array, and no slice in a variable."""
        if isinstance(part, gast.Slice):
            return False
        kind = self.facts.atom(part)
        if not isinstance(kind, Number) or kind.array is not None:
            return isinstance(kind, Number)
        assert isinstance(part, gast.Name)  # noqa: S101 - of a constant it is known
        if part.id not in self.made:
            return False
        found = self.facts.calls.get(self.made[part.id])
        if not isinstance(found, Primitive) or found.rule.function is not operator.getitem:
            return False
        return self.is_number(next(iter(found.arguments.values())))

    def of_no_lists(self, atoms: Iterable[gast.AST]) -> bool:
        """Whether what lists hold are certainly no lists."""
        kinds = [self.facts.kinds.get(atom.id) for atom in atoms if isinstance(atom, gast.Name)]
        return all(isinstance(k, Sequence) and not _holds_list(k.item) for k in kinds)

    def sources(self, atom: gast.AST) -> list[str]:
        """The name, if any, whose memory an operand shares."""
        if not isinstance(atom, gast.Name):
            return []
        kind = self.facts.kinds.get(atom.id)
        if kind is None:
            kind = self.facts.atom(atom)
            holds = isinstance(kind, Other) and kind.name == _OF_OBJECTS
            if not (isinstance(kind, Number | Sequence | Unknown) or is_foreign(kind) or holds):
                return []
        if not shares(kind) or (self.lists and not _holds_list(kind)):
            return []
        return [atom.id]

    def changes_list(self, statement: Statement) -> bool:
        """Whether what a statement writes is a list."""
        return isinstance(self.facts.calls.get(statement), Container)

    def may_be_written(self, name: str, statement: Statement) -> bool:
        """Whether a name may hold what a statement writes into.

        What changes a list leaves the arrays in it alone. That an object holds the list, or whatever else a method is
        called on that nobody knows, makes it an effect.
        """
        kind = self.facts.kinds.get(name)
        if self.changes_list(statement):
            return not isinstance(kind, Number | Other)
        return not (isinstance(kind, Other) and self.calls_method(statement))

    def calls_method(self, statement: Statement) -> bool:
        """Whether a method is called of which nobody knows what it does."""
        call = statement.value if isinstance(statement, Assign) else None
        if not isinstance(call, gast.Call) or not isinstance(call.func, gast.Attribute):
            return False
        owner = self.facts.atom(call.func.value)
        own = isinstance(owner, Other) and owner.of is not None
        return isinstance(self.facts.calls.get(statement), Unresolved) and not own

    @cached_property
    def views(self) -> frozenset[str]:
        found: set[str] = set()
        for statement in walk(self.body):
            match statement, self.facts.calls.get(statement):
                case Assign(targets=targets), Container(operation="element" | "unpack"):
                    found.update(targets)
                case Assign(targets=targets), _ if self.gives_view(statement):
                    found.update(targets)
        return frozenset(found)

    @cached_property
    def counters(self) -> frozenset[str]:
        """The names of what objects count by: of attributes that are numbers at present, and of sums with numbers."""
        given: dict[str, list[Statement]] = {}
        for statement in walk(self.body):
            for target in bound(statement):
                given.setdefault(target, []).append(statement)
        found = set(given)
        while True:
            others = {n for n in found if not all(self.counts(s, found) for s in given[n])}
            if not others:
                return frozenset(found)
            found -= others

    def counts(self, statement: Statement, counters: Collection[str]) -> bool:
        """Whether a statement gives such a number, if these names hold some."""
        if not isinstance(statement, Assign):
            return False
        found = self.facts.calls.get(statement)
        if isinstance(found, Unresolved):
            return isinstance(found.now, Number)
        atoms: Collection[gast.AST | tuple[gast.AST, ...]] = ()
        if isinstance(found, Copy):
            atoms = found.atoms
        elif isinstance(found, Primitive) and found.rule.kind == "elementwise":
            atoms = list(found.arguments.values())
        return bool(atoms) and all(
            isinstance(atom, gast.AST)
            and (
                (isinstance(atom, gast.Name) and atom.id in counters)
                or not shares(self.facts.atom(atom))
            )
            for atom in atoms
        )

    @cached_property
    def put_back(self) -> dict[Statement, str]:
        """`new = old + v` → the name of the object whose attribute old was, where new becomes that again.

        It is a parameter: what something outside holds may have another name there.
        """
        given: dict[str, tuple[str, str]] = {}
        handed: list[tuple[str, str]] = []
        for statement in walk(self.body):
            match statement, self.facts.calls.get(statement):
                case Effect(
                    node=gast.Assign(
                        targets=[gast.Attribute(value=gast.Name(id=owner), attr=attr)],
                        value=gast.Name(id=name),
                    )
                ), _ if owner in self.facts.kinds:
                    given[name] = owner, attr
                case Assign(targets=(target,)), Copy(atoms=(gast.Name(id=source),)):
                    handed.append((target, source))
        again = True
        while again:
            new = {s: given[t] for t, s in handed if t in given and s not in given}
            given |= new
            again = bool(new)
        return {
            statement: given[target][0]
            for statement in walk(self.body)
            if isinstance(statement, Assign) and len(statement.targets) == 1
            for target in statement.targets
            if target in given and given[target] in self.attributes_of(statement, handed)
        }

    def attributes_of(
        self, statement: Assign, handed: list[tuple[str, str]]
    ) -> Collection[tuple[str, str]]:
        """The attributes, with the names of their objects, that the first argument of a call has its value from."""
        match statement.value:
            case gast.Call(args=[gast.Name(id=old), _]):
                found = {old}
                while more := {s for t, s in handed if t in found} - found:
                    found |= more
                values = [self.made[n].value for n in found if n in self.made]
                return [
                    (v.value.id, v.attr)
                    for v in values
                    if isinstance(v, gast.Attribute) and isinstance(v.value, gast.Name)
                ]
        return ()

    @cached_property
    def made(self) -> dict[str, Assign]:
        """Name → the statement that binds it."""
        return {s.targets[0]: s for s in walk(self.body) if isinstance(s, Assign)}


def _holds_list(kind: Kind) -> bool:
    """Whether something of this kind may be a list, or lead to one."""
    if isinstance(kind, Sequence) and kind.type == "tuple":
        return any(map(_holds_list, kind.items or (kind.item,)))
    return not isinstance(kind, Number | Other)
