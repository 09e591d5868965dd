"""The functions that a derivative's text needs beside it: pairs of called functions, and their tangents.

One `Companions` belongs to one text. A function is reversed once for each set of kinds of its parameters and of
those that carry a derivative; a recursive call finds the names of the pair that is being made.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import gast

from s2sgrad.context import Analysis, Context, Key
from s2sgrad.finish import Finisher
from s2sgrad.flow import live_before
from s2sgrad.gradient import Reversal, result_of, reversal
from s2sgrad.infer.resolution import UserCall
from s2sgrad.kinds import Kind, Number
from s2sgrad.names import free_name
from s2sgrad.normalize import Normalized
from s2sgrad.parameters import with_derivatives
from s2sgrad.program import (
    Assign,
    Block,
    Function,
    Parameter,
    Restore,
    Return,
    Save,
    Statement,
    walk,
)
from s2sgrad.pushforward import Pushforward, pushforward
from s2sgrad.reverse import Pair
from s2sgrad.simplify.expressions import call, method, tuple_of
from s2sgrad.trees import identifiers, loaded, name

__all__ = ["Companions", "Unit"]

PairKey = tuple[Key, frozenset[str]]


@dataclass(frozen=True, eq=False)
class Unit:
    """A generated function with what printing it needs: the function that it was made from, and its names."""

    function: Function
    analysis: Analysis
    reversal: Reversal | Pushforward


@dataclass(eq=False)
class Companions:
    """The pairs and tangent functions of one text.

    taken: every name of the functions that are involved; outside: those of them that are global, and the names
    of the text's own functions.
    """

    context: Context
    simplified: bool = True
    taken: set[str] = field(default_factory=set)
    outside: set[str] = field(default_factory=set)
    pairs: dict[PairKey, Pair] = field(default_factory=dict)
    tangents: dict[PairKey, str] = field(default_factory=dict)
    units: list[Unit] = field(default_factory=list)

    def begin(self) -> None:
        """Take every name that occurs in a function that was analysed."""
        for _, normalized, split in self.context.prepared.values():
            self.outside |= identifiers(normalized.function) - normalized_names(normalized)
            self.taken |= (
                identifiers(normalized.function)
                | identifiers(split.function)
                | {normalized.function.name}
            )

    def name(self, base: str) -> str:
        """A new name for a function of the text."""
        new = free_name(base, self.taken)
        self.taken.add(new)
        self.outside.add(new)
        return new

    def pair(self, call: UserCall, carrying: frozenset[str]) -> Pair:
        """The pair of a called function, for the arguments that carry a derivative."""
        needed = carrying & self.context.depends(call)
        key = (self.context.key(call.source, call.kinds), needed)
        if key not in self.pairs:
            base = call.source.name.strip("_") or "function"
            forward, backward = self.name(f"{base}_forward"), self.name(f"{base}_backward")
            analysis = self.context.analyse(call.source, call.kinds)
            inputs = tuple(p.name for p in analysis.function.parameters if p.name in needed)
            self.pairs[key] = Pair(forward, backward, inputs)
            place = len(self.units)
            made = reversal(
                analysis,
                self.context.active(analysis, inputs),
                inputs,
                self.pair,
                frozenset(self.taken),
            )
            self.units[place:place] = self.both(made, self.pairs[key])
        return self.pairs[key]

    def tangent(self, call: UserCall, carrying: frozenset[str]) -> tuple[str, tuple[str, ...]]:
        """The tangent function of a called function, and the parameters whose tangents it takes."""
        needed = carrying & self.context.depends(call)
        key = (self.context.key(call.source, call.kinds), needed)
        analysis = self.context.analyse(call.source, call.kinds)
        inputs = tuple(p.name for p in analysis.function.parameters if p.name in needed)
        if key not in self.tangents:
            self.tangents[key] = self.name(f"{call.source.name.strip('_') or 'function'}_tangent")
            place = len(self.units)
            unit = self.tangent_unit(analysis, inputs, self.tangents[key], inputs)
            plain = tuple(Parameter(p.name) for p in unit.function.parameters)
            self.units[place:place] = [
                replace(unit, function=replace(unit.function, parameters=plain))
            ]
        return self.tangents[key], inputs

    def tangent_unit(
        self, analysis: Analysis, inputs: tuple[str, ...], function: str, moved: tuple[str, ...]
    ) -> Unit:
        """A function that gives the value and the tangent of another; moved: the parameters with a tangent."""
        active = self.context.active(analysis, moved)
        made = pushforward(analysis, active, inputs, self.tangent, frozenset(self.taken))
        values = [
            gast.Constant(value=None, kind=None) if v is None else v
            for v in (made.result, made.tangent)
        ]
        belonging = [analysis.kinds[p] for p in inputs]
        parameters = with_derivatives(analysis, made.incoming, belonging=belonging)
        finisher = Finisher(made, self.context, self.simplified)
        block = finisher.block(
            (*made.body, Return(tuple_of(values))), tuple(p.name for p in parameters)
        )
        source = analysis.source.name
        text = f"Value of {source}, and its derivative along {', '.join(made.incoming)}."
        return Unit(
            finisher.named(Function(function, parameters, block, text), frozenset(self.outside)),
            analysis,
            made,
        )

    def both(self, made: Reversal, pair: Pair) -> tuple[Unit, Unit]:
        """The forward and the backward function of a reversal."""
        analysis = made.analysis
        returned = (
            made.derivatives[0] if len(made.derivatives) == 1 else tuple_of(list(made.derivatives))
        )
        finisher = Finisher(made, self.context, self.simplified)
        again = finisher.cheap_again((*made.backward, Return(returned)))
        backward = finisher.block((*again, *made.backward, Return(returned)), (made.incoming,))
        known = {p.name for p in analysis.function.parameters} | set(made.names.taken)
        live = live_before(backward, frozenset()) & (known - {made.incoming})
        local = {p.name for p in analysis.function.parameters} | _bound_in(made.forward)
        saved = made.names.fresh("", "saved")
        kept = [name(value) for value in sorted(live & local, key=_order(made.forward, analysis))]
        changed = _consumed(backward, finisher) | finisher.put_back(backward)
        own = {k.id for k in kept if k.id in changed and not _others(k.id, made) & live}
        copies = [
            Assign((k.id,), _copied(k, analysis.facts.kinds.get(k.id))) for k in kept if k.id in own
        ]
        put_back = finisher.put_back(backward, own)
        backward = (*copies, *backward)
        result = result_of(analysis).value
        if result is not None and not put_back.isdisjoint(loaded(result)):
            result = made.result
        out = gast.Constant(value=None, kind=None) if result is None else result
        parameters = tuple(Parameter(p.name) for p in analysis.function.parameters)
        ending = Return(tuple_of([out, tuple_of(list(kept))]))
        forward = finisher.block((*made.forward, ending), tuple(p.name for p in parameters))
        source = analysis.source.name
        first = Function(
            pair.forward,
            parameters,
            forward,
            f"Value of {source}, and what {pair.backward} needs of it.",
        )
        body: Block = backward
        if len(kept) == 1:
            (value,) = kept
            index = gast.Constant(value=0, kind=None)
            body = (
                Assign(
                    (value.id,), gast.Subscript(value=name(saved), slice=index, ctx=gast.Load())
                ),
                *backward,
            )
        elif kept:
            body = (Assign(tuple(k.id for k in kept), name(saved)), *backward)
        derivatives = ", ".join(pair.derivatives)
        plural = "s" if len(pair.derivatives) > 1 else ""
        text = f"Derivative{plural} of {source} with respect to {derivatives}."
        second = Function(pair.backward, (Parameter(saved), Parameter(made.incoming)), body, text)
        taken = frozenset(self.outside)
        return (
            Unit(finisher.named(first, taken), analysis, made),
            Unit(finisher.named(second, taken), analysis, made),
        )


def _others(value: str, made: Reversal) -> set[str]:
    """The other names that may lead to what a name holds: those of its memory, and lists of records of it."""
    names = set(made.aliases(value))
    records = {
        statement.stack
        for statement in walk(made.forward)
        if isinstance(statement, Save)
        and any(
            isinstance(part, gast.Name) and part.id in names | {value} for part in statement.values
        )
    }
    return (names | records) - {value}


def _copied(value: gast.Name, kind: Kind | None) -> gast.Call:
    """A copy of what a backward half changes: what was saved has to stay as it is."""
    return method(value, "copy") if isinstance(kind, Number) else call("$list", value)


def _consumed(block: Block, finisher: Finisher) -> set[str]:
    """The lists that a backward half empties or fills."""
    found: set[str] = set()
    for statement in walk(block):
        if isinstance(statement, Restore):
            found.add(statement.stack)
        elif isinstance(statement, Assign) and isinstance(statement.value, gast.Call):
            function = statement.value.func
            if isinstance(function, gast.Attribute) and function.attr in {"append", "pop"}:
                found.update(finisher.purity.writes(statement))
    return found


def normalized_names(normalized: Normalized) -> set[str]:
    """The names that a function binds."""
    return {p.name for p in normalized.function.parameters} | _bound_in(normalized.function.body)


def _bound_in(block: Block) -> set[str]:
    from s2sgrad.flow import bound  # noqa: PLC0415
    from s2sgrad.program import walk  # noqa: PLC0415

    return {target for statement in walk(block) for target in bound(statement)}


def _order(block: Block, analysis: Analysis) -> Callable[[str], int]:
    """The order in which names come up in a function."""
    from s2sgrad.flow import bound  # noqa: PLC0415
    from s2sgrad.program import walk  # noqa: PLC0415

    places: dict[str, int] = {}
    for parameter in analysis.function.parameters:
        places.setdefault(parameter.name, len(places))
    statement: Statement
    for statement in walk(block):
        for target in bound(statement):
            places.setdefault(target, len(places))
    return lambda value: places.get(value, len(places))
