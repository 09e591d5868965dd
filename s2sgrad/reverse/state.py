"""What one reversal works with: the tables of the analyses, names, and what it has found out so far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import gast

from s2sgrad.aliasing import Aliasing
from s2sgrad.infer.engine import Facts
from s2sgrad.infer.resolution import UserCall
from s2sgrad.places import Places
from s2sgrad.program import (
    Accumulate,
    Block,
    Statement,
)
from s2sgrad.reverse.needless import Undone
from s2sgrad.sameness import Sameness
from s2sgrad.saving import Saving
from s2sgrad.trees import name

__all__ = ["Halves", "Pair", "State"]


@dataclass(frozen=True, eq=False)
class Pair:
    """The forward and the backward function of a called function; derivatives: the parameters, in order."""

    forward: str
    backward: str
    derivatives: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Halves:
    """The forward half (the program, recording) and the backward half (from the result's derivative on)."""

    forward: Block
    backward: Block


@dataclass(eq=False)
class State:
    """One reversal.

    derivative, fresh: asked for names; pair: asked for the pair of a call, with the parameters whose arguments
    carry a derivative; finding: makes the error that refuses a statement; kept: values that the backward half
    has at hand wherever their derivative lives; seeds: what the backward half starts from. saved: what a
    forward function saved → the names that it may share memory with.
    """

    body: Block
    facts: Facts
    aliasing: Aliasing
    active: frozenset[str]
    variables: frozenset[str]
    derivative: Callable[[str], str]
    fresh: Callable[[str, str], str]
    pair: Callable[[UserCall, frozenset[str]], Pair]
    finding: Callable[[Statement, str, str], Exception]
    kept: frozenset[str] = frozenset()
    seeds: tuple[Statement, ...] = ()
    instead: dict[Statement, tuple[Statement, ...]] = field(default_factory=dict)
    saved: dict[str, tuple[str, ...]] = field(default_factory=dict)
    counters: dict[Statement, str] = field(default_factory=dict)
    places: Places = field(init=False)
    same: Sameness = field(init=False)
    saving: Saving = field(init=False)
    undone: Undone = field(init=False)

    def written(self, statement: Statement) -> frozenset[str]:
        names = self.aliasing.writes.get(statement, ())
        aliases = {alias for written in names for alias in self.aliasing.aliases(written)}
        return frozenset(aliases & (self.aliasing.written | {*names}))

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
