"""What one reversal works with: the tables of the analyses, names, and what it has found out so far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

import gast

from s2sgrad.aliasing import Aliasing
from s2sgrad.around import Around
from s2sgrad.flow import bound
from s2sgrad.infer.facts import Facts
from s2sgrad.infer.resolution import RESIZING, Container, UserCall
from s2sgrad.places import Places
from s2sgrad.program import (
    Accumulate,
    Block,
    Statement,
)
from s2sgrad.reverse.first_writes import FirstWrites
from s2sgrad.reverse.kept_outside import KeptOutside
from s2sgrad.reverse.needless import Undone
from s2sgrad.reverse.owners import Owners
from s2sgrad.sameness import Sameness
from s2sgrad.saving import Saving
from s2sgrad.trees import name

if TYPE_CHECKING:
    from s2sgrad.context import Analysis

__all__ = ["CallMade", "Halves", "Pair", "Pairs", "State"]


@dataclass(frozen=True, eq=False)
class Pair:
    """The forward and the backward function of a called function.

    derivatives: the parameters by which it is differentiated and that have values, in order; memory: those whose
    shadow the backward function takes, and the forward function too if early; returns: whether the backward
    function takes the derivative of a result. held: the parameters whose memory may be in what the forward function
    saves, None as long as that isn't known.
    """

    forward: str
    backward: str
    derivatives: tuple[str, ...]
    memory: tuple[str, ...] = ()
    early: bool = False
    returns: bool = True
    held: frozenset[str] | None = None


class Pairs(Protocol):
    """What is asked about calls of user functions."""

    def pair(self, call: UserCall, carrying: frozenset[str], *, returns: bool) -> Pair:
        """The pair of a call, with the parameters whose arguments carry a derivative, and whether its result does."""

    def same(self, call: UserCall, targets: tuple[str, ...]) -> tuple[str | None, ...]:
        """For each of the names that the result of a call is given, the parameter that this is."""

    def mutates(self, call: UserCall) -> frozenset[str]:
        """The parameters that a called function writes into."""

    def around(self, analysis: Analysis) -> Around:
        """What lies around a function and changes."""


@dataclass(frozen=True, eq=False)
class CallMade:
    """A call of a forward or a backward function: its callee, what was called, and the names it writes into."""

    callee: gast.AST
    call: UserCall
    writes: tuple[str, ...]
    forward: bool


@dataclass(frozen=True, eq=False)
class Halves:
    """The forward half (the program, recording) and the backward half (from the result's derivative on)."""

    forward: Block
    backward: Block


@dataclass(eq=False)
class State:
    """One reversal.

    derivative, fresh: asked for names; pairs: asked about called functions; finding: makes the error that refuses
    a statement; kept: values that the backward half has at hand wherever their derivative lives; seeds: what the
    backward half starts from. memory: the names whose derivative is memory, shadows: the statements that give them
    theirs. outermost: whether the user's code calls it; around: what is outside of the function and changes.
    parameters: the names of its own. saved: what a forward function saved, and what is recorded as it is → the names
    that it may share memory with. calls: those of pairs. items: name of what is in the derivative of a list → the
    list.
    """

    body: Block
    facts: Facts
    aliasing: Aliasing
    active: frozenset[str]
    variables: frozenset[str]
    derivative: Callable[[str], str]
    fresh: Callable[[str, str], str]
    pairs: Pairs
    finding: Callable[[Statement, str, str], Exception]
    kept: frozenset[str] = frozenset()
    seeds: tuple[Statement, ...] = ()
    memory: frozenset[str] = frozenset()
    shadows: frozenset[Statement] = frozenset()
    outermost: bool = True
    around: Around = field(default_factory=Around)
    parameters: frozenset[str] = frozenset()
    instead: dict[Statement, tuple[Statement, ...]] = field(default_factory=dict)
    saved: dict[str, tuple[str, ...]] = field(default_factory=dict)
    calls: list[CallMade] = field(default_factory=list)
    items: dict[str, str] = field(default_factory=dict)
    counters: dict[Statement, str] = field(default_factory=dict)
    places: Places = field(init=False)
    same: Sameness = field(init=False)
    saving: Saving = field(init=False)
    undone: Undone = field(init=False)
    firsts: FirstWrites = field(init=False)
    kept_outside: KeptOutside = field(init=False)

    def written(self, statement: Statement) -> frozenset[str]:
        """All names whose memory a statement writes, those of shadows too."""
        if statement in self.shadows:
            return self.changed_shadows(statement)
        names = self.aliasing.writes.get(statement, ())
        aliases = {alias for written in names for alias in self.aliasing.aliases(written)}
        own = frozenset(a for a in aliases if a in self.aliasing.written or a in names)
        return own | self.changes_around.get(statement, frozenset())

    def has_a_pair(self, statement: Statement, call: UserCall) -> bool:
        """Whether a derivative passes through a call, whose backward function undoes what it writes."""
        carrying = call.carrying(self.active)
        targets = not self.active.isdisjoint(bound(statement))
        return bool(carrying) and (targets or not carrying.isdisjoint(self.pairs.mutates(call)))

    @cached_property
    def changes_around(self) -> dict[Statement, frozenset[str]]:
        """The calls of functions that change something outside, with the names for which that isn't undone."""
        around = self.around
        if not around.changed:
            return {}
        found: dict[Statement, frozenset[str]] = {}
        for statement, call in self.facts.calls.items():
            names = around.changed.get(call)
            if isinstance(call, UserCall) and self.has_a_pair(statement, call):
                names = around.left.get(call)
            if names:
                found[statement] = names
        return found

    def changed_shadows(self, statement: Statement) -> frozenset[str]:
        """The names of shadows of lists that a statement changes."""
        match self.facts.calls.get(statement):
            case Container(operation=operation, atoms=(gast.Name(id=base), *_)) if (
                operation in RESIZING or operation == "store"
            ):
                joint = self.aliasing.aliases(self.values[base]) & self.memory
                return frozenset(map(self.derivative, joint))
        return frozenset()

    @cached_property
    def owners(self) -> Owners:
        """Whose lists are that change their length under several names."""
        return Owners(
            self.body, self.facts, self.aliasing, self.places, self.variables, self.memory
        )

    @cached_property
    def values(self) -> dict[str, str]:
        """The names of the derivatives that are memory → a name that each belongs to."""
        return {self.derivative(value): value for value in sorted(self.memory)}

    def is_active(self, value: str) -> bool:
        return value in self.active

    def added(self, atom: gast.AST, value: gast.AST, statement: Statement) -> list[Statement]:
        """Add value to the derivative of an atom, if it has one."""
        if isinstance(atom, gast.Name) and atom.id in self.active:
            return [Accumulate(self.derivative(atom.id), value, origin=statement.origin)]
        return []

    def owned(self, part: gast.AST, scalar: bool | None) -> gast.AST:
        """A part of an array as a value of its own; scalar: whether it is an element, where that is known."""
        if scalar is True:
            return part
        copy = gast.Attribute(value=name("$np"), attr="copy", ctx=gast.Load())
        out = gast.Call(func=copy, args=[part], keywords=[])
        if scalar is False:
            return out
        return gast.Subscript(
            value=out, slice=gast.Tuple(elts=[], ctx=gast.Load()), ctx=gast.Load()
        )
