"""One function with its tangents put together: what comes in, what goes out.

Receives an analysed function and the parameters that tangents come in for. Gives its statements with the tangents
beside them, and the value and the tangent of the result, before they are simplified.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import gast

from s2sgrad.activity import Activity, Outputs
from s2sgrad.context import Analysis
from s2sgrad.errors import TransformError
from s2sgrad.forward import Forward
from s2sgrad.gradient import result_of
from s2sgrad.infer.resolution import UserCall
from s2sgrad.kinds import BOTTOM, Number, Sequence
from s2sgrad.layout import in_c_order
from s2sgrad.names import Names
from s2sgrad.outside import copies, parts
from s2sgrad.problems import own_problems
from s2sgrad.program import Assign, Block, Statement, walk
from s2sgrad.reverse import CallMade
from s2sgrad.simplify.expressions import call, one_or_all, subscript, tuple_of
from s2sgrad.tangent import zeros
from s2sgrad.trees import identifiers, loaded, name

__all__ = ["Pushforward", "pushforward"]


@dataclass(frozen=True, eq=False)
class Pushforward:
    """A function's body with tangents, not yet simplified; incoming: the names of those that come in."""

    analysis: Analysis
    names: Names
    body: Block
    result: gast.AST | None
    tangent: gast.AST | None
    incoming: tuple[str, ...]
    calls: tuple[CallMade, ...] = ()

    def aliases(self, value: str) -> tuple[str, ...]:
        """All names through which the memory of a name may be read."""
        primal = self.names.primal.get(value)
        if primal is None:
            return tuple(self.analysis.aliasing.seen_through(value))
        shared = self.analysis.aliasing.aliases(primal)
        return (
            value,
            *(self.names.of_derivatives[n] for n in shared if n in self.names.of_derivatives),
        )


def pushforward(
    analysis: Analysis,
    active: Activity,
    inputs: tuple[str, ...],
    tangents: TangentsOfCalls,
    taken: frozenset[str],
    outputs: Outputs | None,
) -> Pushforward:
    """The body of a function with tangents; taken: names that mustn't be used.

    outputs: what is returned, its arrays being the caller's no more; None for a function that another one calls,
    with the tangents of its arrays as they are.
    """
    findings = own_problems(analysis, active)
    if findings:
        raise TransformError(findings)
    names = Names({*taken, *identifiers(analysis.function)}, dict(analysis.webs.home))
    incoming = tuple(names.derivative(parameter) for parameter in inputs)
    facts = analysis.facts

    def called(resolution: UserCall) -> tuple[str, tuple[str, ...]]:
        return tangents.tangent(resolution, resolution.carrying(active.active))

    forward = Forward(
        analysis.function.body,
        facts,
        analysis.aliasing,
        active.active,
        analysis.webs.variables,
        names.derivative,
        names.fresh,
        called,
        tangents.mutates,
        tangents.same,
        lambda s, message, remedy: TransformError([analysis.finding(s, message, remedy)]),
    )
    body = forward.run()
    first = () if outputs is None else copies(analysis)
    begun = () if outputs is None else tuple(_begun(p, analysis, names) for p in inputs)
    if outputs is not None:
        given = analysis.aliasing.mutated - set(inputs)
        written = sorted(active.active & given | active.active - facts.kinds.keys())
        begun += tuple(
            Assign((names.derivative(p),), call("$zeros_like", name(p))) for p in written
        )

    def out(atom: gast.AST) -> gast.AST:
        if isinstance(atom, gast.Name) and atom.id in active.active:
            return name(names.derivative(atom.id))
        return zeros(atom, facts, None)

    def tangent(value: gast.AST) -> gast.AST:
        return (
            tuple_of([out(atom) for atom in value.elts])
            if isinstance(value, gast.Tuple)
            else out(value)
        )

    values = parts(analysis, result_of(analysis).value, outputs)
    return Pushforward(
        analysis,
        names,
        (*first, *begun, *body),
        one_or_all(values) if values else None,
        one_or_all([tangent(part) for part in values]) if values else None,
        incoming,
        tuple(forward.calls),
    )


class TangentsOfCalls(Protocol):
    """What is asked about calls of user functions."""

    def tangent(self, call: UserCall, carrying: frozenset[str]) -> tuple[str, tuple[str, ...]]:
        """The tangent function of a call, and the parameters whose tangents it takes."""

    def mutates(self, call: UserCall) -> frozenset[str]:
        """The parameters that a called function writes into."""

    def same(self, call: UserCall, targets: tuple[str, ...]) -> tuple[str | None, ...]:
        """For each of the names that the result of a call is given, the parameter that this is."""


def _begun(parameter: str, analysis: Analysis, names: Names) -> Statement:
    """A tangent that comes in, in the shape of its parameter, and never written into."""
    kind = analysis.facts.kinds.get(parameter, BOTTOM)
    incoming = names.derivative(parameter)
    value: gast.AST = name(incoming)
    if isinstance(kind, Sequence) and parameter in analysis.aliasing.written:
        value = call("$added", call("$zeros_like", name(parameter)), value)
    if (
        isinstance(kind, Number)
        and not (kind.scalar and kind.array is False)
        and not (kind.array is None and _taken_apart(parameter, analysis))
    ):
        value = call("$np.broadcast_to", value, call("$np.shape", name(parameter)))
        if parameter in analysis.aliasing.laid_out:
            value = in_c_order(value)
        elif parameter in analysis.aliasing.written:
            value = call("$np.array", value)
        if kind.array is not True:
            value = subscript(value, tuple_of([]))
    return Assign((incoming,), value)


def _taken_apart(parameter: str, analysis: Analysis) -> bool:
    """Whether items of a parameter are read, and nothing is written: it may be a list, whose tangent is one, too."""
    if parameter in analysis.aliasing.written:
        return False
    statements = [s for s in walk(analysis.function.body) if isinstance(s, Assign)]
    return any(loaded(s.value) == (parameter,) for s in statements if s.targets[1:]) or any(
        loaded(s.value.value) == (parameter,)
        for s in statements
        if isinstance(s.value, gast.Subscript)
        and not isinstance(s.value.slice, gast.Slice | gast.Tuple)
    )
