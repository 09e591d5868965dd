"""One function and its reversal put together: the halves, the derivative that comes in, those that go out.

Receives an analysed function and the parameters that it is differentiated by. Gives functions of the statement
language, before they are simplified: a whole gradient function, or a pair of a forward and a backward function.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import gast

from s2sgrad.activity import Activity, Outputs
from s2sgrad.aliasing.kept import without
from s2sgrad.context import Analysis
from s2sgrad.errors import TransformError
from s2sgrad.flow import bound
from s2sgrad.kinds import BOTTOM, Kind, Number, Sequence, Unknown
from s2sgrad.layout import zeros_laid_out
from s2sgrad.list_contributions import lists_added
from s2sgrad.lower import guarded
from s2sgrad.mirror import Mirrored, mirrored, sunk
from s2sgrad.names import Names
from s2sgrad.outside import begun, copies, parts
from s2sgrad.precision import numbers_widen
from s2sgrad.problems import own_problems
from s2sgrad.program import Accumulate, Assign, Block, For, Return, Statement, While, walk
from s2sgrad.reverse import CallMade, Pairs, Reverse
from s2sgrad.simplify.expressions import (
    attribute,
    call,
    number,
    one_or_all,
    subscript,
    tuple_of,
)
from s2sgrad.trees import identifiers, name
from s2sgrad.zeros import without_zeros, zeros_for

__all__ = ["Reversal", "own", "result_of", "reversal"]


@dataclass(frozen=True, eq=False)
class Reversal:
    """Both halves of a function, not yet simplified.

    derivatives: for each parameter that is differentiated by, the expression of its derivative after the
    backward half. incoming: the name of the derivative of the result. memory: the names whose derivative is
    memory. items: name of what is in the derivative of a list → the list. contents: parameter → the name of the
    derivative of its final contents. calls: those of pairs. roots: derivatives that are made as memory of their own.
    aliases: all names through which the memory of a name may be read.
    """

    analysis: Analysis
    names: Names
    forward: Block
    backward: Block
    result: gast.AST | None
    incoming: str
    derivatives: tuple[gast.AST, ...]
    saved: dict[str, tuple[str, ...]]
    items: Mapping[str, str]
    memory: frozenset[str] = frozenset()
    contents: Mapping[str, str] = field(default_factory=dict)
    calls: tuple[CallMade, ...] = ()
    roots: frozenset[str] = frozenset()

    def aliases(self, value: str) -> tuple[str, ...]:
        """All names through which the memory of a name may be read."""
        primal = self.names.primal.get(value, self.items.get(value))
        if primal in self.memory:
            joint = self.analysis.aliasing.aliases(primal)
            inside = [item for item, of in self.items.items() if of in joint]
            shadows = (self.names.of_derivatives[n] for n in joint if n in self.memory)
            own = frozenset((*shadows, *inside))
        else:
            own = self.analysis.aliasing.seen_through(value)
        if not self.saved:
            return tuple(own)
        behind = (saved for saved, names in self.saved.items() if not own.isdisjoint(names))
        return (*own, *behind)


def result_of(analysis: Analysis) -> Return:
    """The one Return of a function."""
    return next(s for s in walk(analysis.function.body) if isinstance(s, Return))


def reversal(
    analysis: Analysis,
    active: Activity,
    inputs: tuple[str, ...],
    pairs: Pairs,
    taken: frozenset[str],
    outputs: Outputs,
    shadowed: frozenset[str] | None = None,
    pointers: tuple[bool, ...] = (),
) -> Reversal:
    """The reversal of a function with respect to inputs; taken: names that mustn't be used.

    shadowed: the parameters whose shadow is passed, by a function that calls this one. If None it is called from
    outside: the caller's arrays stay as they are. pointers: which of the results are such parameters.
    """
    kept: frozenset[str] = frozenset()
    each_trip = _bound_in_loops(analysis)
    while True:
        work = _Work(analysis, active, inputs, pairs, taken, outputs, shadowed, pointers, kept)
        made = work.run()
        if work.liked & each_trip <= kept:
            return made
        kept |= work.liked


def _bound_in_loops(analysis: Analysis) -> frozenset[str]:
    """The names that have a value of their own in each trip of a loop: others are at hand all the time."""
    loops = [s for s in walk(analysis.function.body) if isinstance(s, For | While)]
    return frozenset(name for loop in loops for s in walk((loop,)) for name in bound(s))


@dataclass(eq=False)
class _Work:
    """One attempt; liked: values of which zeros are made, kept: those that the backward half has at hand."""

    analysis: Analysis
    active: Activity
    inputs: tuple[str, ...]
    pairs: Pairs
    taken: frozenset[str]
    outputs: Outputs
    shadowed: frozenset[str] | None
    pointers: tuple[bool, ...]
    kept: frozenset[str]
    mirrored: Mirrored = field(init=False)

    def __post_init__(self) -> None:
        function = self.analysis.function
        self.names = Names({*self.taken, *identifiers(function)}, dict(self.analysis.webs.home))
        self.liked: frozenset[str] = frozenset()

    def run(self) -> Reversal:
        incoming = self.names.fresh("", "d_out") if self.outputs.returned else ""
        result = result_of(self.analysis)
        function, aliasing = self.analysis.function, self.analysis.aliasing
        memory = aliasing.joint & self.active.active
        given = tuple(p.name for p in function.parameters if p.name in memory)
        contents = (
            {p: self.names.fresh("d_", p) for p in self.outputs.contents}
            if self.shadowed is None
            else {}
        )
        incoming = incoming or self.names.fresh("", "d_out")
        first = copies(self.analysis) if self.shadowed is None else ()
        self.mirrored = mirrored(
            function.body,
            self.analysis.facts,
            self.analysis.webs.variables,
            memory,
            self.names.derivative,
            self.pairs.same,
            self.zeros,
            {
                p: begun(p, self.analysis, contents[p])
                if p in contents and isinstance(self.kind(p), Number)
                else None
                for p in given
                if p not in (self.shadowed or ())
            },
            first,
            full=not memory.isdisjoint(contents) or self.shadowed is not None,
        )
        seeds = self.seeds(result, incoming) if self.outputs.returned else []
        seeds += [
            Accumulate(self.names.derivative(p), name(d_p), origin=result.origin)
            for p, d_p in contents.items()
            if p in memory and isinstance(self.kind(p), Sequence)
        ]
        reverse = self.reverse(tuple(seeds))
        halves = reverse.run()
        forward, shadows = sunk(
            halves.forward,
            self.mirrored.shadows - set(first),
            self.mirrored.variables,
            self.mirrored.facts,
        )
        backward = without_zeros(
            (*shadows, *halves.backward),
            lambda value: value in self.names.primal,
            self.zero,
            self.owned,
            start=tuple(self.names.derivative(value) for value in sorted(memory)),
            wanted=tuple(self.names.derivative(parameter) for parameter in self.inputs),
            writing=[made.callee for made in reverse.calls if made.writes],
            axisless=self.axisless,
        )
        backward = lists_added(backward, self.analysis, self.names.primal)
        parameters = frozenset(p.name for p in self.analysis.function.parameters)
        both = guarded((*forward, *backward), parameters)
        backward = both[len(forward) :]
        outputs = self.outputs if self.shadowed is None else None
        returned = parts(self.analysis, result.value, outputs)
        value, kept = self.kept_result(one_or_all(returned) if returned else None)
        forward = (*forward, *kept)
        numbers = not self.outputs.returned or not _holds_axisless(self.analysis.facts.result)
        derivatives = tuple(
            own(name(self.names.derivative(p)), self.kind(p), numbers=numbers) for p in self.inputs
        )
        return Reversal(
            replace(self.analysis, aliasing=without(aliasing, reverse.kept_outside.copied)),
            self.names,
            forward,
            backward,
            value,
            incoming,
            derivatives,
            reverse.saved,
            reverse.items,
            memory,
            contents,
            tuple(reverse.calls),
            self.mirrored.roots,
        )

    def kept_result(self, result: gast.AST | None) -> tuple[gast.AST | None, tuple[Statement, ...]]:
        """The result under names that the backward half leaves alone, and what gives it these names."""
        kept: list[Statement] = []
        written = self.analysis.aliasing.written
        changing = written | self.analysis.webs.variables | _bound_in_loops(self.analysis)

        def atom(part: gast.AST) -> gast.AST:
            if isinstance(part, gast.Tuple):
                return tuple_of([atom(item) for item in part.elts])
            if not isinstance(part, gast.Name) or part.id not in changing:
                return part
            new = self.names.fresh("", part.id)
            copied = self.copied(part, self.kind(part.id)) if part.id in written else part
            kept.append(Assign((new,), copied))
            return name(new)

        return None if result is None else atom(result), tuple(kept)

    def copied(self, value: gast.AST, kind: Kind) -> gast.AST:
        """What stays as it is when the memory of a value is written."""
        if isinstance(kind, Sequence):
            return self.copied_items(value, kind)
        if isinstance(kind, Number) and kind.scalar and kind.array is False:
            return value
        if not isinstance(kind, Number):
            return call("$copied", value)  # a list or a tuple on some paths
        copy = call("$np.copy", value)
        return copy if kind.array is True else subscript(copy, tuple_of([]))

    def copied_items(self, value: gast.AST, kind: Sequence) -> gast.AST:
        """A list or a tuple whose arrays and lists stay as they are."""
        if kind.items is not None:
            each = enumerate(kind.items)
            items = [self.copied(subscript(value, number(k)), item) for k, item in each]
            display = gast.List if kind.type == "list" else gast.Tuple
            return display(elts=items, ctx=gast.Load())
        if isinstance(kind.item, Number) and kind.item.array is True:
            value = call("$map", attribute(name("$np"), "copy"), value)
        elif not isinstance(kind.item, Number) or kind.item.array is None:
            return call("$copied", value)
        elif kind.type == "tuple":
            return value
        return call(f"${kind.type}", value)

    def axisless(self, derivative: str) -> bool:
        """Whether a derivative is that of an array without axes, or of what may be one."""
        kind = self.kind(self.names.primal.get(derivative, ""))
        return isinstance(kind, Number) and _holds_axisless(kind)

    def kind(self, value: str) -> Kind:
        return self.analysis.facts.known(value) or BOTTOM

    def reverse(self, seeds: tuple[Statement, ...]) -> Reverse:
        """What makes both halves."""
        analysis = self.analysis
        findings = own_problems(analysis, self.active)
        if findings:
            raise TransformError(findings)
        return Reverse(
            self.mirrored.body,
            self.mirrored.facts,
            analysis.aliasing,
            self.active.active,
            self.mirrored.variables,
            self.names.derivative,
            self.names.fresh,
            self.pairs,
            lambda s, message, remedy: TransformError([analysis.finding(s, message, remedy)]),
            self.kept,
            seeds,
            self.mirrored.memory,
            self.mirrored.shadows,
            self.shadowed is None,
            self.pairs.around(analysis),
            frozenset(p.name for p in analysis.function.parameters),
        )

    # ---- what comes in ----------------------------------------------------------------------------

    def seeds(self, result: Return, incoming: str) -> list[Statement]:
        """The derivatives of the returned values, from the one that comes in."""
        value = result.value
        if isinstance(value, gast.Tuple):
            pairs = [
                (atom, subscript(name(incoming), number(position)))
                for position, atom in enumerate(value.elts)
                if not any(self.pointers[position : position + 1])
            ]
        else:
            pairs = [] if value is None else [(value, name(incoming))]
        return [
            Accumulate(
                self.names.derivative(atom.id), self.seed(atom.id, part), origin=result.origin
            )
            for atom, part in pairs
            if isinstance(atom, gast.Name) and atom.id in self.active.active
        ]

    def seed(self, result: str, part: gast.AST) -> gast.AST:
        """What comes in for one returned value, in its shape, and of its precision."""
        kind = self.kind(result)
        if isinstance(kind, Number) and kind.dtype == "float32":
            part = call("$np.float32", part)
        elif isinstance(kind, Number) and numbers_widen(
            self.analysis, self.inputs, self.active.active, kind
        ):
            part = call("$np.float64", part)
        if isinstance(kind, Sequence) or (isinstance(kind, Number) and kind.scalar):
            return part
        if isinstance(kind, Unknown) and kind.mixed:
            return call("$added", call("$zeros_like", name(result)), part)
        return call("$np.broadcast_to", part, call("$np.shape", name(result)))

    # ---- zeros and ownership ------------------------------------------------------------------------

    def zeros(self, value: str) -> gast.AST:
        """Zeros for the memory of a derivative."""
        if value in self.analysis.aliasing.laid_out:
            return zeros_laid_out(value, self.kind(value))
        return call("$zeros_like", name(value))

    def zero(self, derivative: str) -> gast.AST:
        """Zeros for a derivative that has no contribution on one path."""
        primal = self.names.primal[derivative]
        kind = self.kind(primal)
        if isinstance(kind, Number) and kind.scalar and kind.array is False:
            return number(0.0)
        self.liked |= {primal}
        return zeros_for(name(primal), kind)

    def owned(self, derivative: str, value: gast.AST) -> gast.AST:
        """The first value of a derivative of which parts will be written."""
        primal = self.names.primal[derivative]
        if isinstance(self.kind(primal), Sequence):
            self.liked |= {primal}
            return call("$added", call("$zeros_like", name(primal)), value)
        return call("$np.array", value)


def own(value: gast.AST, kind: Kind, *, numbers: bool = True) -> gast.AST:
    """A derivative that goes out, sharing no memory with anything else.

    numbers: whether the derivative of a number is one, and can't be what comes in for an array without axes.
    """
    if numbers and isinstance(kind, Number) and kind.scalar and kind.array is False:
        return value
    if isinstance(kind, Sequence):
        return call("$list", value) if _of_numbers(kind) else call("$added", value, number(0.0))
    copied = call("$np.array", value)
    return (
        copied
        if isinstance(kind, Number) and kind.array is True
        else subscript(copied, tuple_of([]))
    )


def _holds_axisless(kind: Kind) -> bool:
    """Whether a result is, or holds, what may be an array without axes."""
    if isinstance(kind, Sequence):
        return any(map(_holds_axisless, (kind.item,) if kind.items is None else kind.items))
    return isinstance(kind, Number) and kind.scalar and kind.array is not False


def _of_numbers(kind: Sequence) -> bool:
    """Whether all items of a list are numbers, and none an array."""
    items = (kind.item,) if kind.items is None else kind.items
    return all(isinstance(i, Number) and i.scalar and i.array is False for i in items)
