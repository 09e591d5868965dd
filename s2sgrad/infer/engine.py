"""One forward abstract interpretation: what names hold, what calls mean, which rules apply.

Receives a function after webs (one name, one value; variables are assigned by copies only) and the
kinds of its parameters. Gives `Facts`: the kind of every name and the resolution of every Assign.
Nothing of the user's is run; functions of the user's that are called are inferred in turn, through
the context.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import gast

from s2sgrad.extents import Extent, Shape
from s2sgrad.infer.calls import Calls
from s2sgrad.infer.displays import handed_over
from s2sgrad.infer.facts import Facts
from s2sgrad.infer.handles import Handles
from s2sgrad.infer.remembered import Remembered
from s2sgrad.infer.resolution import Closure, Container, Copy, Resolution, Unresolved, UserCall
from s2sgrad.infer.results import constant_kind, joined
from s2sgrad.infer.slices import Slices, definitions
from s2sgrad.infer.trips import settled, unsettled
from s2sgrad.infer.unread import may_change
from s2sgrad.kinds import (
    BOTTOM,
    INT,
    UNKNOWN,
    VARYING,
    Kind,
    Number,
    Sequence,
    Unknown,
    join,
    opened,
)
from s2sgrad.program import Assign, Effect, For, Return, Statement, Store, walk
from s2sgrad.trees import loaded
from s2sgrad.trees import name as load

if TYPE_CHECKING:
    from s2sgrad.parse import Source
    from s2sgrad.webs import Webs

__all__ = ["changes_in_a_list", "infer"]


Contracts = Iterable[tuple[Extent, Extent]]
Agreed = Callable[["Source", Mapping[str, Kind]], tuple[Contracts, Contracts]]


def infer(
    webs: Webs,
    source: Source,
    kinds: Mapping[str, Kind],
    called: Callable[[Source, Mapping[str, Kind]], Kind],
    agreed: Agreed = lambda *_: ((), ()),
) -> Facts:
    """The facts of a function whose parameters have these kinds.

    called: the kind of what a user's function returns; agreed: the extents that it takes to be equal, and those that
    are likely to be.
    """
    return _Engine(webs, source, kinds, called, agreed).run()


class _Engine:
    def __init__(
        self,
        webs: Webs,
        source: Source,
        kinds: Mapping[str, Kind],
        called: Callable[[Source, Mapping[str, Kind]], Kind],
        agreed: Agreed,
    ) -> None:
        self.function = webs.function
        self.variables = webs.variables
        self.facts = Facts(dict(kinds))
        self.statements = list(walk(self.function.body))
        self.current = 0
        self.lists: dict[str, set[str]] = {}
        self.held: dict[str, Kind] = {}
        self.handles = Handles()
        local_names = frozenset(webs.home)
        self.calls = Calls(source, self.kind_of_atom, called, local_names)
        self.calls.agreed = agreed
        self.calls.kinds = self.facts.kinds
        values = local_names - webs.variables
        given = values & {parameter.name for parameter in self.function.parameters}
        defined = definitions(self.statements)
        self.calls.slices = Slices(self.kind_of_atom, defined, values, given)
        self.facts.constant = self.calls.constant
        self.facts.contracts, self.facts.likely = self.calls.contracts, self.calls.likely
        told = self.facts.contracts, self.facts.likely
        self.remembered: Remembered[tuple[Resolution, Kind]] = Remembered(self.facts.kinds, told)
        self.handed_over = handed_over(self.statements, self.calls.only_reads)

    def run(self) -> Facts:
        """Repeat until nothing changes: kinds only ever become less precise.

        A pass is settled, and another would find the same, where it reads no local before its kind is known
        and no kind changes after it may have been read.
        """
        for _ in range(20):
            before = dict(self.facts.kinds), dict(self.held)
            self.facts.contracts.clear()
            self.facts.likely.clear()
            self.settled = True
            for number, statement in enumerate(self.statements):
                self.current = number
                self.statement(statement)
            if self.settled or (self.facts.kinds, self.held) == before:
                return self.facts
        return self.facts

    def statement(self, statement: Statement) -> None:
        match statement:
            case Assign(targets=targets, value=gast.Tuple(elts=atoms)) if len(targets) > 1:
                self.facts.calls[statement] = Copy(tuple(atoms))
                for target, atom in zip(targets, atoms, strict=True):
                    self.bind(target, self.kind_of_atom(atom), statement)
                self.filled(targets, self.facts.calls[statement])
            case Assign(targets=targets, value=value):
                resolution, kind = self.remembered.answer(self.current, lambda: self.resolve(value))
                if len(targets) > 1 and isinstance(resolution, Copy):
                    resolution = Container("unpack", resolution.atoms)
                self.facts.calls[statement] = resolution
                if targets[0] in self.handed_over and isinstance(resolution, Container):
                    items = tuple(map(self.kind_of_atom, resolution.atoms))
                    kind = Sequence("list", items, joined(items) if items else BOTTOM)
                for index, target in enumerate(targets):
                    self.bind(
                        target,
                        kind if len(targets) == 1 else self.element(kind, index),
                        statement,
                    )
                self.handles.note(statement, resolution)
                self.filled(targets, resolution)
                if isinstance(value, gast.Call) and not isinstance(resolution, UserCall):
                    self.filled_by_functions(value)
            case Store():
                resolution = self.facts.calls[statement] = self.calls.store(statement)
                if not changes_in_a_list(statement, self.kind_of_atom(statement.base)):
                    self.filled((), resolution)
                if not isinstance(statement.index, str):
                    _, part = self.calls.item(
                        statement.base, statement.index, ("part", self.current)
                    )
                    self.facts.stored[statement] = part
                    filling = list(_filling(part, self.kind_of_atom(statement.value)))
                    self.facts.likely.extend(filling)
                    self.facts.contracts.extend(
                        (given, given) for _, given in filling if given.solid
                    )
            case For(target=target, iterable=iterable):
                self.bind(target, self.iterated(iterable), statement)
            case Return(value=gast.Tuple(elts=atoms)):
                items = tuple(self.kind_of_atom(atom) for atom in atoms)
                self.facts.result = Sequence("tuple", items, joined(items))
            case Return(value=gast.AST() as value):
                self.facts.result = self.kind_of_atom(value)
            case Return():
                self.facts.result = constant_kind(None)
            case Effect():
                pass

    def resolve(self, value: gast.AST) -> tuple[Resolution, Kind]:
        """What the current statement means, and the kind of its result, from what is known so far."""
        self.remembered.read.update(self.calls.locals.intersection(loaded(value)))
        return self.calls.resolve(value, ("statement", self.current))

    def filled(self, targets: tuple[str, ...], resolution: Resolution) -> None:
        """What is put into a list is from then on among what it may hold."""
        match resolution:
            case Copy(atoms=atoms):
                for target, atom in zip(targets, atoms, strict=True):
                    self.same(target, loaded(atom))
            case (
                Container(operation="append", atoms=(base, item))
                | Container(operation="store" | "insert", atoms=(base, _, item))
            ):
                self.hold(loaded(base), self.kind_of_atom(item))
            case Unresolved(changes=changes):
                self.hold_by_handles(changes)
            case UserCall(arguments=arguments):
                given = {n for value in arguments.values() for n in loaded(value)}
                self.hold_by_handles(
                    n for n in given if isinstance(self.facts.kinds.get(n), Unknown)
                )
            case Container(operation="extend", atoms=(base, items)):
                kind = self.kind_of_atom(items)
                self.hold(loaded(base), kind.item if isinstance(kind, Sequence) else UNKNOWN)
            case Container(operation="element" | "pop", atoms=(base, *_)):
                for target in targets:
                    if target in self.held:
                        self.hold(loaded(base), self.facts.kinds.get(target, BOTTOM))

    def filled_by_functions(self, call: gast.Call) -> None:
        """What is given to a call may be called by it, and put something into a list that it reads (`key=`)."""
        for given in (*call.args, *(keyword.value for keyword in call.keywords)):
            function = self.calls.object(given)
            if isinstance(function, Closure):
                captured = [*map(load, function.captured)]
                self.hold_by_handles(may_change(function.source, captured))

    def hold_by_handles(self, names: Iterable[str]) -> None:
        """All that these names may lead to may hold anything."""
        self.hold(set[str]().union(*map(self.handles.led_to, names)), UNKNOWN)

    def same(self, target: str, names: tuple[str, ...]) -> None:
        """target and names may hold the same list: what one holds, the other holds."""
        group = self.lists.setdefault(target, {target})
        if group.issuperset(names):
            return
        for other in names:
            group |= self.lists.get(other, {other})
        for member in group:
            self.lists[member] = group

    def hold(self, names: Collection[str], item: Kind) -> None:
        """A list that may have one of these names, under every name that it may have, may hold such an item."""
        if not names:
            return
        self.settled = False
        item = settled(item)
        for member in set[str]().union(*(self.lists.get(name, {name}) for name in names)):
            known = self.held.get(member, BOTTOM)
            if known is item:
                continue
            self.held[member] = settled(join(known, item, VARYING))
            kind = self.facts.kinds.get(member)
            if isinstance(kind, Sequence):
                self.facts.kinds[member] = self.holding(member, kind)

    def holding(self, name: str, kind: Kind) -> Kind:
        """The kind of a list, with what is put into it at other places."""
        if name not in self.held or not isinstance(kind, Sequence) or kind.type != "list":
            return kind
        return Sequence("list", None, settled(join(kind.item, self.held[name], VARYING)))

    def bind(self, name: str, kind: Kind, statement: Statement) -> None:
        if kind == BOTTOM:
            return
        kind = opened(kind)
        if name in self.variables:
            known = self.facts.kinds.get(name)
            kind = settled(kind)
            kind = kind if known is None else settled(join(known, kind, VARYING))
        elif isinstance(statement, For):
            kind = settled(kind)
        elif isinstance(kind, Number):
            kind = unsettled(kind, ("value", name))
        kind = self.holding(name, kind)
        if self.facts.kinds.get(name, kind) != kind:
            self.settled = False
        self.facts.kinds[name] = kind

    def kind_of_atom(self, atom: gast.AST) -> Kind:
        match atom:
            case gast.Name(id=name) if name in self.facts.kinds:
                kind = self.facts.kinds[name]
                self.remembered.read.add(name)
                return (
                    unsettled(kind, ("read", name, self.current))
                    if isinstance(kind, Number)
                    else kind
                )
            case gast.Name(id=name) if name in self.calls.locals:
                self.remembered.read.add(name)
                self.settled = False
                return BOTTOM
        return self.calls.constant(atom)

    def element(self, kind: Kind, index: int) -> Kind:
        if kind == BOTTOM:
            return BOTTOM
        if isinstance(kind, Sequence):
            return (
                kind.items[index]
                if kind.items is not None and index < len(kind.items)
                else kind.item
            )
        if isinstance(kind, Number) and isinstance(kind.shape, tuple) and kind.shape:
            return replace(kind, shape=kind.shape[1:], array=len(kind.shape) > 1, value=None)
        if isinstance(kind, Number):
            return Number(kind.dtype, Shape(("element", self.current, index)), None)
        return Unknown(overloads=self.calls.overloaded.of_kind(kind))

    def iterated(self, iterable: gast.AST) -> Kind:
        match iterable:
            case gast.Call(func=gast.Name(id="range" | "$range")):
                return INT
        return self.element(self.kind_of_atom(iterable), -1)


def changes_in_a_list(statement: Statement, base: Kind) -> bool:
    """Whether a statement is the last step of `values[k] += v` on a list of arrays; base: the kind of values."""
    if not isinstance(statement, Store) or statement.operator is None:
        return False
    item = base.item if isinstance(base, Sequence) and base.type == "list" else None
    return isinstance(item, Number) and item.array is True


def _filling(part: Kind, value: Kind) -> Iterator[tuple[Extent, Extent]]:
    """The extents of a value that is stored, each with that of the part that it goes into."""
    if not isinstance(part, Number) or not isinstance(value, Number):
        return
    if isinstance(part.shape, tuple) and isinstance(value.shape, tuple):
        for own, given in zip(reversed(part.shape), reversed(value.shape), strict=False):
            if not own.equals(given) and given.number != 1:
                yield own, given
