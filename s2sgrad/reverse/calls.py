"""Calls of user functions: the forward function instead of the call, the backward function where it is reversed."""

from __future__ import annotations

import gast

from s2sgrad.infer.resolution import UserCall
from s2sgrad.kinds import NONE, Kind, Number, carries
from s2sgrad.normalize.nodes import constant
from s2sgrad.program import Assign, Clear, Statement
from s2sgrad.reverse.memory import Memory
from s2sgrad.reverse.ranges import integer
from s2sgrad.reverse.state import CallMade, Pair
from s2sgrad.simplify.expressions import call as calling
from s2sgrad.simplify.expressions import tuple_of
from s2sgrad.trees import loaded, name
from s2sgrad.zeros import zeros_for

__all__ = ["UserCalls"]


class UserCalls(Memory):
    """The adjoint of a call."""

    def call(self, resolution: UserCall, statement: Assign) -> list[Statement]:
        """A call of a user function: its forward function instead of it, its backward function here."""
        arguments = resolution.arguments
        carrying = resolution.carrying(self.active)
        targets = [t for t in statement.targets if t in self.active]
        pointers = self.pointers(resolution, statement)
        if not targets and carrying.isdisjoint(self.pairs.mutates(resolution)):
            return self.call_put_back(resolution, statement)
        pair = self.pairs.pair(resolution, carrying, returns=not pointers.issuperset(targets))
        if not pair.derivatives and not pair.memory:
            return self.call_put_back(resolution, statement)
        for function in loaded(
            statement.value.func
        ):  # which may read what is around it, backwards too
            self.check_around(function, statement)
        shadows = [name(self.derivative(n)) for p in pair.memory for n in loaded(arguments[p])]
        saved = self.called_forward(statement, resolution, pair, shadows if pair.early else [])
        incoming = [self.incoming(statement, pointers)] if pair.returns else []
        given = [] if pair.early else shadows
        backward = calling(name(pair.backward), name(saved), *given, *incoming)
        written = resolution.passed(self.pairs.mutates(resolution))
        self.calls.append(
            CallMade(backward.func, resolution, (*written, *(s.id for s in shadows)), forward=False)
        )
        new = [self.fresh("d_", parameter) for parameter in pair.derivatives]
        out: list[Statement] = [
            Assign(tuple(new) or (self.fresh("", "_"),), backward, origin=statement.origin)
        ]
        for parameter, d_parameter in zip(pair.derivatives, new, strict=True):
            out += self.added(arguments[parameter], name(d_parameter), statement)
        return [*out, *(Clear(self.derivative(target)) for target in targets)]

    def call_put_back(self, resolution: UserCall, statement: Assign) -> list[Statement]:
        """What undoes the writes of a call that carries no derivative: what it writes into is recorded before it."""
        out: list[Statement] = []
        for base in resolution.passed(self.pairs.mutates(resolution)):
            kind = self.facts.kinds.get(base)
            assert isinstance(kind, Number)  # noqa: S101  others that are written into are refused
            if kind.array is not False:
                self.saving.demand(base, statement, self.places.number[statement], out)
                out += self.restored_part(statement, name(base), constant(...))
        return out

    def called_forward(
        self, statement: Assign, resolution: UserCall, pair: Pair, shadows: list[gast.AST]
    ) -> str:
        """Put the forward function in the place of the call; gives the name of what it saves."""
        arguments = resolution.arguments
        saved = self.fresh("saved_", resolution.source.name)
        given = (n for shadow in shadows for n in loaded(shadow))
        held = resolution.passed(arguments if pair.held is None else pair.held)
        self.saved[saved] = (*statement.targets, *held, *given)
        forward = calling(name(pair.forward), *arguments.values(), *shadows)
        self.calls.append(
            CallMade(
                forward.func,
                resolution,
                resolution.passed(self.pairs.mutates(resolution)),
                forward=True,
            )
        )
        self.places.definition[saved] = statement
        if len(statement.targets) == 1:
            none = self.facts.kinds.get(statement.targets[0]) == NONE
            made = (saved,) if none else (*statement.targets, saved)
            self.instead[statement] = (Assign(made, forward, origin=statement.origin),)
        else:
            whole = self.fresh("", f"out_{resolution.source.name}")
            self.instead[statement] = (
                Assign((whole, saved), forward, origin=statement.origin),
                Assign(statement.targets, name(whole), origin=statement.origin),
            )
        return saved

    def pointers(self, resolution: UserCall, statement: Assign) -> frozenset[str]:
        """What a call gives that is memory of its arguments: its derivative is there already."""
        same = self.pairs.same(resolution, statement.targets)
        targets = zip(statement.targets, same, strict=True)
        return frozenset(t for t, parameter in targets if parameter and t in self.memory)

    def incoming(self, statement: Assign, pointers: frozenset[str]) -> gast.AST:
        """The derivative of what a call returns; 0.0 for pointers."""
        if len(statement.targets) == 1:
            return name(self.derivative(statement.targets[0]))
        return tuple_of(
            [
                constant(0.0)
                if t in pointers
                else name(self.derivative(t))
                if t in self.active
                else self.nothing(t)
                for t in statement.targets
            ]
        )

    def nothing(self, target: str) -> gast.AST:
        """The derivative of a result on which nothing depends, in its shape."""
        kind = self.facts.kinds.get(target, Kind())
        if not carries(kind):
            return integer(0)
        number = isinstance(kind, Number) and kind.scalar and kind.array is False
        return constant(0.0) if number else zeros_for(name(target), kind)
