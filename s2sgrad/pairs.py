"""The functions that a derivative's text needs beside it: pairs of called functions, and their tangents.

One `Companions` belongs to one text. A function is reversed once for each set of kinds of its parameters and of
those that carry a derivative; a recursive call finds the names of the pair that is being made.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

import gast

from s2sgrad.activity import Outputs
from s2sgrad.around import Around
from s2sgrad.context import Analysis, Context, Key
from s2sgrad.errors import TransformError
from s2sgrad.finish import Finisher
from s2sgrad.flow import bound, live_before, read
from s2sgrad.gradient import Reversal, result_of, reversal
from s2sgrad.infer.resolution import RESIZING, UserCall
from s2sgrad.kinds import NONE, Kind, Number, Sequence
from s2sgrad.lower import if_bound, may_be_unbound
from s2sgrad.names import bare, free_name
from s2sgrad.normalize import Normalized
from s2sgrad.parameters import Incoming, with_derivatives
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
from s2sgrad.reverse.kept_outside import KEPT
from s2sgrad.simplify.expressions import call, method, one_or_all, tuple_of
from s2sgrad.trees import identifiers, loaded, name

__all__ = ["Companions", "Unit"]

PairKey = tuple[Key, frozenset[str], bool]
TangentKey = tuple[Key, frozenset[str]]


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
    of the text's own functions. named: the names of a pair's functions; early: the pairs whose forward functions
    turned out to need the shadows; begun: those that are being made, and whether they were asked for meanwhile.
    """

    context: Context
    simplified: bool = True
    taken: set[str] = field(default_factory=set)
    outside: set[str] = field(default_factory=set)
    pairs: dict[PairKey, Pair] = field(default_factory=dict)
    tangents: dict[TangentKey, str] = field(default_factory=dict)
    units: list[Unit] = field(default_factory=list)
    named: dict[PairKey, tuple[str, str]] = field(default_factory=dict)
    early: set[PairKey] = field(default_factory=set)
    begun: dict[PairKey, bool] = field(default_factory=dict)

    def begin(self) -> None:
        """Take every name that occurs in a function that was analysed."""
        for source, normalized, split in self.context.prepared.values():
            own = identifiers(normalized.function)
            given = {*source.structures}  # these parameters are put in again at the end
            self.outside |= given.union(own - normalized_names(normalized))
            self.taken |= given | own | identifiers(split.function) | {normalized.function.name}

    def name(self, base: str) -> str:
        """A new name for a function of the text."""
        new = free_name(base, self.taken)
        self.taken.add(new)
        self.outside.add(new)
        return new

    def same(self, call: UserCall, targets: tuple[str, ...]) -> tuple[str | None, ...]:
        """For each of the names that the result of a call is given, the parameter that this is."""
        return self.context.memory(call).pointers(targets)

    def mutates(self, call: UserCall) -> frozenset[str]:
        """The parameters that a called function writes into."""
        return self.context.memory(call).mutated

    def around(self, analysis: Analysis) -> Around:
        """What lies around a function and changes."""
        return self.context.effects.around(analysis)

    def needed(self, call: UserCall, carrying: frozenset[str]) -> frozenset[str]:
        """Which of the parameters that carry a derivative matter: what comes out depends on them, or they come out."""
        return carrying & (self.context.depends(call) | self.mutates(call))

    def pair(self, call: UserCall, carrying: frozenset[str], *, returns: bool) -> Pair:
        """The pair of a called function, for the arguments that carry a derivative.

        returns: whether a derivative of its result comes in.
        """
        needed = self.needed(call, carrying)
        key = (self.context.key(call.source, call.kinds), needed, returns)
        if key not in self.pairs:
            analysis = self.context.analyse(call.source, call.kinds)
            outputs = Outputs(returns, tuple(sorted(self.mutates(call))))
            given = tuple(p.name for p in analysis.function.parameters if p.name in needed)
            active = self.context.active(analysis, given, outputs)
            inputs = tuple(p for p in given if p in active.active)
            joint = analysis.aliasing.joint & active.active
            memory = tuple(p for p in inputs if p in joint)
            same = self.context.memory(call).same or ()
            if key not in self.named:
                base = bare(call.source.name)
                self.named[key] = self.name(f"{base}_forward"), self.name(f"{base}_backward")
            place, before = len(self.units), set(self.pairs)
            while True:
                early = key in self.early
                values = tuple(p for p in inputs if p not in memory)
                self.pairs[key] = Pair(*self.named[key], values, memory, early, returns)
                self.begun[key] = False
                made = reversal(
                    analysis,
                    active,
                    self.pairs[key].derivatives,
                    self,
                    frozenset(self.taken),
                    outputs,
                    frozenset(memory),
                    tuple(p in memory for p in same),
                )
                shadows = {made.names.derivative(p) for p in memory}
                asked = self.begun.pop(key)
                if early or all(shadows.isdisjoint(read(s)) for s in walk(made.forward)):
                    break
                self.early.add(key)
                if asked:  # what was made on the way calls this pair as it isn't
                    del self.units[place:]
                    self.pairs = {k: pair for k, pair in self.pairs.items() if k in before}
            self.units[place:place], held = self.both(made, self.pairs[key], same)
            self.pairs[key] = replace(self.pairs[key], held=held)
        elif key in self.begun:
            self.begun[key] = True
        return self.pairs[key]

    def tangent(self, call: UserCall, carrying: frozenset[str]) -> tuple[str, tuple[str, ...]]:
        """The tangent function of a called function, and the parameters whose tangents it takes."""
        needed = self.needed(call, carrying)
        key = (self.context.key(call.source, call.kinds), needed)
        analysis = self.context.analyse(call.source, call.kinds)
        inputs = tuple(p.name for p in analysis.function.parameters if p.name in needed)
        if key not in self.tangents:
            self.tangents[key] = self.name(f"{bare(call.source.name)}_tangent")
            place = len(self.units)
            unit = self.tangent_unit(analysis, inputs, self.tangents[key], inputs)
            plain = tuple(Parameter(p.name) for p in unit.function.parameters)
            self.units[place:place] = [
                replace(unit, function=replace(unit.function, parameters=plain))
            ]
        return self.tangents[key], inputs

    def tangent_unit(
        self,
        analysis: Analysis,
        inputs: tuple[str, ...],
        function: str,
        moved: tuple[str, ...],
        outputs: Outputs | None = None,
    ) -> Unit:
        """A function that gives the value and the tangent of another.

        moved: the parameters with a tangent; outputs: what is returned of a function that is called from outside.
        """
        active = self.context.active(analysis, moved, outputs)
        taken = frozenset(self.taken)
        made = pushforward(analysis, active, inputs, self, taken, outputs)
        values = [v for v in (made.result, made.tangent) if v is not None]
        incoming = zip(made.incoming, inputs, strict=True)
        parameters = with_derivatives(
            analysis, [Incoming(d, None, analysis.kinds[p]) for d, p in incoming]
        )
        finisher = Finisher(made, self.context, self.simplified)
        ending = (Return(tuple_of(values)),) if values else ()
        finisher.after = self.left(analysis, made, outputs)
        block = finisher.block((*made.body, *ending), tuple(p.name for p in parameters))
        source = analysis.source.name
        text = f"Value of {source}, and its derivative along {', '.join(made.incoming)}."
        return Unit(
            finisher.named(Function(function, parameters, block, text), frozenset(self.outside)),
            analysis,
            made,
        )

    @staticmethod
    def left(analysis: Analysis, made: Pushforward, outputs: Outputs | None) -> frozenset[str]:
        """What a function that is called by another leaves in its arguments, and in their tangents."""
        mutated = analysis.aliasing.mutated if outputs is None else frozenset()
        tangents = (made.names.of_derivatives.get(p) for p in mutated)
        return mutated | {d for d in tangents if d is not None}

    def both(
        self, made: Reversal, pair: Pair, same: tuple[str | None, ...]
    ) -> tuple[tuple[Unit, Unit], frozenset[str]]:
        """The forward and the backward function of a reversal, and the parameters whose memory the first may save.

        same: the parameters that it returns as they are.
        """
        analysis = made.analysis
        shadows = tuple(made.names.derivative(p) for p in pair.memory)
        given = (*(() if pair.early else shadows), *((made.incoming,) if pair.returns else ()))
        ending = _ending(list(made.derivatives))
        finisher = Finisher(made, self.context, self.simplified)
        again = finisher.cheap_again((*made.backward, *ending))
        finisher.after = analysis.aliasing.mutated | set(shadows)
        backward = finisher.block((*again, *made.backward, *ending), given)
        finisher.after = frozenset()
        known = {p.name for p in analysis.function.parameters} | set(made.names.taken)
        live = live_before(backward, frozenset()) & (known - set(given))
        local = {p.name for p in analysis.function.parameters} | _bound_in(made.forward)
        local |= set(shadows) if pair.early else set()
        saved = made.names.fresh("", "saved")
        kept = [
            name(value)
            for value in sorted(sorted(live & local), key=_order(made.forward, analysis))
        ]
        changed = _consumed(backward, finisher) | finisher.put_back(backward)
        given_back = {n for p in analysis.aliasing.mutated for n in analysis.aliasing.aliases(p)}
        changed -= given_back | set(shadows)
        own = {k.id for k in kept if k.id in changed and not _others(k.id, made) & live}
        self.refuse_kept(made, {k.id for k in kept if k.id in changed} - own)
        unsure = may_be_unbound(
            made.forward, frozenset(p.name for p in analysis.function.parameters)
        )
        copies = [
            Assign((k.id,), _copied(k, analysis.facts.kinds.get(k.id), may_be_none=k.id in unsure))
            for k in kept
            if k.id in own
        ]
        put_back = finisher.put_back(backward, own)
        backward = (*copies, *backward)
        result = result_of(analysis).value
        if result is not None and not put_back.isdisjoint(loaded(result)):
            result = _with_pointers(result, made.result, [p in pair.memory for p in same])
        own_parameters = tuple(p.name for p in analysis.function.parameters)
        parameters = tuple(map(Parameter, own_parameters))
        parameters += tuple(Parameter(shadow) for shadow in shadows if pair.early)
        saving = one_or_all(list(kept)) if kept else tuple_of([])
        none = result is None or analysis.facts.result == NONE
        leaving = Return(saving if none or result is None else tuple_of([result, saving]))
        forward = finisher.block((*made.forward, leaving), tuple(p.name for p in parameters))
        source = analysis.source.name
        first = Function(
            pair.forward,
            parameters,
            forward,
            f"{'What' if none else f'Value of {source}, and what'} {pair.backward} needs"
            f"{f' of {source}' if none else ' of it'}.",
        )
        body: Block = backward
        if kept:
            body = (Assign(tuple(k.id for k in kept), name(saved)), *backward)
        by = (*pair.derivatives, *pair.memory)
        derivatives, plural = ", ".join(by), "s" if len(by) > 1 else ""
        text = f"Derivative{plural} of {source} with respect to {derivatives}."
        second = Function(pair.backward, (Parameter(saved), *map(Parameter, given)), body, text)
        taken = frozenset(self.outside)
        units = (
            Unit(finisher.named(first, taken), analysis, made),
            Unit(_taking(finisher.named(second, taken)), analysis, made),
        )
        names = {k.id for k in kept}
        return units, frozenset(p for p in own_parameters if not names.isdisjoint(_within(p, made)))

    @staticmethod
    def refuse_kept(made: Reversal, changed: AbstractSet[str]) -> None:
        """Refuse that something outside keeps what a backward function changes, of which it has no copy."""
        for statement, keeping in made.analysis.aliasing.keeping.items():
            names = {alias for n in keeping.names for alias in made.analysis.aliasing.aliases(n)}
            if not names.isdisjoint(changed):
                raise TransformError([made.analysis.finding(statement, *KEPT)])


def _with_pointers(
    result: gast.AST, kept: gast.AST | None, pointers: list[bool]
) -> gast.AST | None:
    """The result under names that stay as they are, but for what is memory of the caller's."""
    if isinstance(result, gast.Tuple) and isinstance(kept, gast.Tuple):
        items = zip(result.elts, kept.elts, pointers, strict=True)
        return tuple_of([own if pointer else other for own, other, pointer in items])
    return result if pointers == [True] else kept


def _taking(function: Function) -> Function:
    """A backward function whose one saved value is a parameter under its own name."""
    saved, *given = function.parameters
    match function.body:
        case [Assign(targets=(value,), value=gast.Name(id=identifier)), *body] if (
            identifier == saved.name
        ):
            return replace(function, parameters=(Parameter(value), *given), body=tuple(body))
    return function


def _ending(derivatives: list[gast.AST]) -> Block:
    """What returns derivatives: one stands bare, and none is returned where there is none."""
    return (Return(one_or_all(derivatives)),) if derivatives else ()


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


def _within(value: str, made: Reversal) -> set[str]:
    """The names through which what a change of a name has changed may be read; what was read of a dict stays."""
    kinds = made.analysis.facts.kinds
    names = {value, *_others(value, made)}
    if _is_dict(kinds.get(value)):
        return {n for n in names if n not in kinds or _is_dict(kinds[n])}
    return names


def _is_dict(kind: Kind | None) -> bool:
    return isinstance(kind, Sequence) and kind.type == "dict"


def _copied(value: gast.Name, kind: Kind | None, *, may_be_none: bool) -> gast.AST:
    """A copy of what a backward half changes: what was saved has to stay as it is."""
    copied = method(value, "copy") if isinstance(kind, Number) else call("$list", value)
    return if_bound(copied, value.id, None) if may_be_none else copied


def _consumed(block: Block, finisher: Finisher) -> set[str]:
    """The lists that a backward half empties or fills."""
    found: set[str] = set()
    for statement in walk(block):
        if isinstance(statement, Restore):
            found.add(statement.stack)
        elif isinstance(statement, Assign) and isinstance(statement.value, gast.Call):
            function = statement.value.func
            if isinstance(function, gast.Attribute) and function.attr in RESIZING:
                found.update(finisher.purity.writes(statement))
    return found


def normalized_names(normalized: Normalized) -> set[str]:
    """The names that a function binds."""
    return {p.name for p in normalized.function.parameters} | _bound_in(normalized.function.body)


def _bound_in(block: Block) -> set[str]:
    return {target for statement in walk(block) for target in bound(statement)}


def _order(block: Block, analysis: Analysis) -> Callable[[str], int]:
    """The order in which names come up in a function."""
    places: dict[str, int] = {}
    for parameter in analysis.function.parameters:
        places.setdefault(parameter.name, len(places))
    statement: Statement
    for statement in walk(block):
        for target in bound(statement):
            places.setdefault(target, len(places))
    return lambda value: places.get(value, len(places))
