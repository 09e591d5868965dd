"""Shadows in forward mode: what is done with lists and tuples, and stores, done with tangents.

The tangent of an array or a list is one of the same structure, its shadow. What is put into it, taken out of it or
stored in it is put into, taken out of and stored in its shadow.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import gast

from s2sgrad.aliasing import Aliasing
from s2sgrad.infer.facts import Facts
from s2sgrad.infer.resolution import RESIZING, Container, UserCall
from s2sgrad.kinds import Number
from s2sgrad.program import Assign, Block, Statement, Store
from s2sgrad.reverse import CallMade
from s2sgrad.reverse.lists import AMBIGUOUS
from s2sgrad.shadows import mirrored
from s2sgrad.simplify.expressions import number, one_or_all
from s2sgrad.tangent import zeros
from s2sgrad.trees import name

__all__ = ["Shadowed"]


@dataclass(eq=False)
class Shadowed:
    """One function; derivative: the name of a name's tangent; fresh: a new name, from a prefix and a base.

    tangent_of: the name of the tangent function of a call, and the parameters whose tangents it takes, after
    all arguments. mutates: the parameters that a called function writes into; same: those that it returns.
    finding: makes the error that refuses a statement, with a message and what to write instead.
    """

    body: Block
    facts: Facts
    aliasing: Aliasing
    active: frozenset[str]
    variables: frozenset[str]
    derivative: Callable[[str], str]
    fresh: Callable[[str, str], str]
    tangent_of: Callable[[UserCall], tuple[str, tuple[str, ...]]]
    mutates: Callable[[UserCall], frozenset[str]]
    same: Callable[[UserCall, tuple[str, ...]], tuple[str | None, ...]]
    finding: Callable[[Statement, str, str], Exception]
    values: dict[str, gast.AST] = field(default_factory=dict)
    calls: list[CallMade] = field(default_factory=list)

    def of(self, atom: gast.AST, statement: Statement) -> gast.AST:
        """The tangent of an atom, zeros where it isn't active."""
        if isinstance(atom, gast.Name) and atom.id in self.active:
            return name(self.derivative(atom.id))
        return zeros(atom, self.facts, statement)

    def shadow_targets(self, statement: Assign) -> tuple[str, ...]:
        """The tangents of all targets; names that nobody reads for those without one."""
        return tuple(
            self.derivative(target) if target in self.active else self.fresh("d_", target)
            for target in statement.targets
        )

    # ---- lists and tuples -------------------------------------------------------------------------

    def changes(self, resolution: Container) -> bool:
        """Whether something is put into, or taken out of, a list that carries a derivative."""
        return resolution.operation in RESIZING and self.is_active(resolution.atoms[0])

    def is_active(self, atom: gast.AST) -> bool:
        """Whether an atom has a tangent."""
        return isinstance(atom, gast.Name) and atom.id in self.active

    def mirror(self, statement: Assign, resolution: Container) -> Statement:
        """What is done with a list or a tuple, done with its shadow."""
        if not any(map(self.is_active, resolution.atoms)):
            values = [zeros(name(target), self.facts, statement) for target in statement.targets]
            value = one_or_all(values)
            return Assign(self.shadow_targets(statement), value, origin=statement.origin)
        if resolution.operation == "repeat" and all(map(self.is_active, resolution.atoms)):
            raise self.finding(statement, *AMBIGUOUS)
        value = mirrored(
            statement.value, resolution, lambda atom: self.of(atom, statement), self.is_active
        )
        return Assign(self.shadow_targets(statement), value, origin=statement.origin)

    # ---- stores -----------------------------------------------------------------------------------

    def store(self, statement: Store) -> list[Statement]:
        """`base[index] = value`, then the same on the shadow of the base."""
        if not self.is_active(statement.base) or isinstance(statement.index, str):
            return [statement]
        if statement.operator is None:
            return [statement, self.stored(statement)]
        if isinstance(statement.operator, gast.Add | gast.Sub):
            return [statement] if self.keeps(statement) else [statement, self.stored(statement)]
        if isinstance(self.facts.calls.get(statement), Container) and not self.stores_number(
            statement
        ):
            raise self.finding(
                statement,
                "this augmented assignment changes an array in a list, which isn't differentiated",
                "Write `values[k] = values[k] * v`.",
            )
        statement = replace(statement, operator=None)
        return [statement, self.stored(statement)]

    def stores_number(self, statement: Store) -> bool:
        """Whether what a store overwrites is a number, which nobody else can see change."""
        assert isinstance(statement.value, gast.Name)  # noqa: S101
        kind = self.facts.kind(statement.value.id, statement)
        return isinstance(kind, Number) and kind.scalar and kind.array is False

    def stored(self, statement: Store) -> Statement:
        """The store on the shadow."""
        assert isinstance(statement.base, gast.Name)  # noqa: S101
        value = self.of(statement.value, statement)
        if isinstance(self.facts.kinds.get(statement.base.id), Number) and not self.is_active(
            statement.value
        ):
            value = number(0.0)
        base = name(self.derivative(statement.base.id))
        return replace(statement, base=base, value=value)

    def keeps(self, statement: Store) -> bool:
        """Whether an augmented store adds something without a tangent."""
        value = (
            self.values.get(statement.value.id) if isinstance(statement.value, gast.Name) else None
        )
        return isinstance(value, gast.Name) and not isinstance(
            self.facts.calls.get(statement), Container
        )
