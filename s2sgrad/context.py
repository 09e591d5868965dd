"""What is known of the user's functions in one transform: once for each set of kinds.

A function is identified by its tree, and analysed for the kinds of its parameters. Functions that
call each other come back here; a function that is already being analysed has, for that call, the
result that was found so far (none at first), until nothing changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import gast

from s2sgrad.activity import Activity, Calls, Outputs, activity, may_depend
from s2sgrad.agreements import Pair, contracted, enforced, exemplified, lengths
from s2sgrad.aliasing import Aliasing, CallMemory, aliasing
from s2sgrad.copied import with_helpers
from s2sgrad.errors import Finding, TransformError
from s2sgrad.flow import bound
from s2sgrad.infer.demands import demanded
from s2sgrad.infer.engine import Facts, infer
from s2sgrad.infer.parameters import parameter_kinds
from s2sgrad.infer.resolution import Copy, Inert, Primitive, Unresolved, UserCall
from s2sgrad.kinds import BOTTOM, UNKNOWN, Kind, Number
from s2sgrad.normalize import Normalized, normalize
from s2sgrad.problems import syntax_problems
from s2sgrad.program import Effect, Function, Origin, Return, Statement, Store, walk
from s2sgrad.source import Source
from s2sgrad.stand_ins import spelled_out
from s2sgrad.trees import loaded
from s2sgrad.webs import Webs, webs
from s2sgrad.written_out import written_out

__all__ = ["Analysis", "Context"]

_WRITTEN_OUT = 8
"""How deep calls are written out that are in functions which are."""
Key = tuple[int, tuple[tuple[str, Kind], ...]]


@dataclass(frozen=True, eq=False)
class Analysis:
    """A function after the analyses: all tables that the modes need."""

    source: Source
    normalized: Normalized
    webs: Webs
    facts: Facts
    aliasing: Aliasing
    kinds: Mapping[str, Kind]

    @property
    def function(self) -> Function:
        """The function whose names are values and variables."""
        return self.webs.function

    def finding(self, statement: Statement | None, message: str, remedy: str) -> Finding:
        """A finding at a statement of this function."""
        origin = None if statement is None else statement.origin
        return located(self.source, origin, message, remedy)


def located(source: Source, origin: Origin | None, message: str, remedy: str) -> Finding:
    """A finding at a place of a source; at its `def` where the place isn't known."""
    if origin is None:
        return source.finding(source.tree, message, remedy)
    end = origin.end_line or origin.line
    text = source.line(origin.line)
    return Finding(
        source.filename, origin.line, origin.column, end, origin.end_column, message, remedy, text
    )


@dataclass(eq=False)
class Context:
    """The functions of one transform.

    inferred: facts of the outermost function that were found while the kinds of its parameters were looked for.
    begun: the kinds of the outermost function's parameters before anything followed from its statements; agreed:
    the extents that were taken to be equal since.
    """

    prepared: dict[int, tuple[Source, Normalized, Webs]] = field(default_factory=dict)
    analyses: dict[Key, Analysis] = field(default_factory=dict)
    inferred: dict[Key, tuple[Webs, Facts]] = field(default_factory=dict)
    running: dict[Key, Kind] = field(default_factory=dict)
    dependence: dict[Key, frozenset[str]] = field(default_factory=dict)
    effects: dict[Key, bool] = field(default_factory=dict)
    memories: dict[Key, CallMemory] = field(default_factory=dict)
    asked: set[Key] = field(default_factory=set)
    recursive: set[Key] = field(default_factory=set)
    begun: Mapping[str, Kind] = field(default_factory=dict)
    agreed: list[Pair] = field(default_factory=list)

    def prepare(self, source: Source) -> tuple[Source, Normalized, Webs]:
        """A function checked, normalised, and with its names split."""
        if id(source.tree) not in self.prepared:
            findings = syntax_problems(source)
            if findings:
                raise TransformError(findings)
            normalized = normalize(with_helpers(source))
            self.prepared[id(source.tree)] = source, normalized, webs(normalized.function)
        return self.prepared[id(source.tree)]

    def parameter_kinds(
        self, source: Source, like: Mapping[str, object], wrt: tuple[str, ...]
    ) -> dict[str, Kind]:
        """The kinds of a function's parameters, also from what its statements need of them."""
        _, normalized, split = self.prepare(source)
        kinds = parameter_kinds(source, normalized.function.parameters, like, wrt)
        self.begun = kinds
        for _ in range(8):
            found = self.inferred[self.key(source, kinds)] = self.infer(source, split, kinds)
            spelled, facts = found
            known = demanded(spelled.function, facts, kinds, self.needs)
            likely = list(exemplified(facts.likely, lengths(like)))
            self.agreed += [*(pair for pair in facts.contracts if pair[0] != pair[1]), *likely]
            needed = (*facts.contracts, *likely, *enforced(spelled.function, facts))
            settled = {**kinds, **known} if known else contracted(kinds, needed)
            if settled == kinds:
                break
            kinds = settled
        self.agreed += [pair for pair in facts.contracts if pair[0] == pair[1]]
        return kinds

    def needs(self, call: UserCall) -> frozenset[str]:
        """The parameters of a called function that have to be scalars, whatever is passed."""
        source, _, split = self.prepare(call.source)
        key = self.key(source, call.kinds)
        if key in self.running:
            return frozenset()
        self.running[key] = UNKNOWN
        try:
            spelled, facts = self.infer(source, split, call.kinds)
            known = demanded(spelled.function, facts, call.kinds, self.needs)
            return frozenset(p for p, k in known.items() if isinstance(k, Number) and k.scalar)
        finally:
            del self.running[key]

    @staticmethod
    def key(source: Source, kinds: Mapping[str, Kind]) -> Key:
        """What identifies a function with the kinds of its parameters."""
        return id(source.tree), tuple(sorted(kinds.items(), key=lambda item: item[0]))

    def result(self, source: Source, kinds: Mapping[str, Kind]) -> Kind:
        """The kind of what a function returns."""
        key = self.key(source, kinds)
        if key in self.running:
            self.recursive.add(key)
            return self.running[key]
        return self.analyse(source, kinds).facts.result

    def analyse(self, source: Source, kinds: Mapping[str, Kind]) -> Analysis:
        """A function with parameters of these kinds, analysed."""
        key = self.key(source, kinds)
        if key in self.analyses:
            return self.analyses[key]
        _, normalized, split = self.prepare(source)
        if len(self.running) > 60:
            raise TransformError(
                [
                    source.finding(
                        source.tree,
                        "the kinds of this recursion never settle",
                        "Annotate the parameters.",
                    )
                ]
            )
        self.running[key] = BOTTOM
        try:
            for _ in range(5):
                found = self.inferred.pop(key, None) or self.infer(source, split, kinds)
                spelled, facts = found
                if key not in self.recursive or facts.result == self.running[key]:
                    break
                self.running[key] = facts.result
                for other in [k for k in self.analyses if k != key]:
                    del self.analyses[other]
            shared = self.aliasing(key, spelled, facts)
            for _ in range(_WRITTEN_OUT):
                calls = _called_apart(shared, facts)
                whole = written_out(
                    source, normalized, calls, spelled.home, lambda s: self.prepare(s)[1]
                )
                if whole is normalized:
                    break
                normalized = whole
                spelled, facts = self.infer(source, webs(normalized.function), kinds)
                shared = self.aliasing(key, spelled, facts)
        finally:
            del self.running[key]
        if spelled.made:
            temporaries = normalized.temporaries | spelled.made
            normalized = replace(normalized, temporaries=temporaries)
        analysis = Analysis(source, normalized, spelled, facts, shared, kinds)
        self.analyses[key] = analysis
        return analysis

    def aliasing(self, key: Key, split: Webs, facts: Facts) -> Aliasing:
        """The aliasing of a function; a recursive call does what the function is found to do."""
        parameters = [parameter.name for parameter in split.function.parameters]
        self.memories[key] = CallMemory()
        while True:
            shared = aliasing(split.function.body, parameters, facts, split.home, self.memory)
            found = _memory(split.function, facts, shared, split)
            before, self.memories[key] = self.memories[key], found
            if key not in self.asked or found == before:
                return shared
            for other in [k for k in self.analyses if k != key]:
                del self.analyses[other]

    def infer(self, source: Source, split: Webs, kinds: Mapping[str, Kind]) -> tuple[Webs, Facts]:
        """The facts of a function, and it with its calls written as what they stand for."""
        while True:
            facts = infer(split, source, kinds, self.result, self.contracts)
            spelled = spelled_out(split, facts)
            if spelled is split:
                return split, facts
            split = spelled

    def contracts(self, source: Source, kinds: Mapping[str, Kind]) -> tuple[list[Pair], list[Pair]]:
        """What a called function takes to be equal, and what is likely to be, in its own extents."""
        key = self.key(source, kinds)
        if key not in self.analyses:
            return [], []
        facts = self.analyses[key].facts
        return facts.contracts, facts.likely

    def memory(self, call: UserCall) -> CallMemory:
        """What a called function does with the memory of its parameters."""
        key = self.key(call.source, call.kinds)
        if key in self.running:
            self.asked.add(key)
            return self.memories.get(key, CallMemory())
        self.analyse(call.source, call.kinds)
        return self.memories[key]

    def effectful(self, call: UserCall) -> bool:
        """Whether a called function may do anything but compute its result."""
        key = self.key(call.source, call.kinds)
        if key not in self.effects:
            self.effects[key] = False  # of a recursive call nothing else comes
            analysis = self.analyse(call.source, call.kinds)
            self.effects[key] = any(self._effect(s, analysis) for s in walk(analysis.function.body))
        return self.effects[key]

    def _effect(self, statement: Statement, analysis: Analysis) -> bool:
        match analysis.facts.calls.get(statement):
            case Inert(effect=True) | Unresolved():
                return True
            case UserCall() as inner:
                return self.effectful(inner)
        if isinstance(statement, Store):
            local = (
                isinstance(statement.base, gast.Name) and statement.base.id in analysis.facts.kinds
            )
            return not local or isinstance(statement.index, str)
        return isinstance(statement, Effect)

    def active(
        self, analysis: Analysis, inputs: tuple[str, ...], outputs: Outputs | None = None
    ) -> Activity:
        """The activity of an analysed function with respect to some of its parameters.

        outputs: its result and all that it writes into, if nothing else is said.
        """
        function, aliases = analysis.function, analysis.aliasing
        fixed = frozenset(p.name for p in function.parameters) - set(inputs) - aliases.mutated
        outputs = Outputs(contents=tuple(sorted(aliases.mutated))) if outputs is None else outputs
        calls = Calls(self.depends, lambda call: self.memory(call).mutated)
        return activity(function.body, analysis.facts, aliases, inputs, outputs, calls, fixed)

    def depends(self, call: UserCall) -> frozenset[str]:
        """The parameters on which what comes out of a call depends differentiably."""
        key = self.key(call.source, call.kinds)
        if key in self.dependence:
            return self.dependence[key]
        analysis = self.analyse(call.source, call.kinds)
        inputs = tuple(name for name, kind in call.kinds.items() if may_depend(kind))
        self.dependence[key] = frozenset()
        while True:
            found = self.active(analysis, inputs).active & set(inputs)
            if found == self.dependence[key]:
                return frozenset(found)
            self.dependence[key] = frozenset(found)


def _called_apart(shared: Aliasing, facts: Facts) -> list[tuple[Statement, Source]]:
    """The calls that are refused for what their functions do, and these functions."""
    refused = [conflict.statement for conflict in shared.conflicts if conflict.called]
    found = ((statement, facts.calls.get(statement)) for statement in refused)
    return [(statement, call.source) for statement, call in found if isinstance(call, UserCall)]


def _memory(function: Function, facts: Facts, shared: Aliasing, split: Webs) -> CallMemory:
    """What a function does with the memory of its parameters."""
    parameters = frozenset(p.name for p in function.parameters)
    result = next((s.value for s in walk(function.body) if isinstance(s, Return)), None)
    names = () if result is None else loaded(result)
    returned = frozenset(alias for value in names for alias in shared.aliases(value)) & parameters
    perhaps = frozenset(parameter for parameter, _ in shared.perhaps)
    same = _same(function, facts, split, parameters, result)
    return CallMemory(shared.mutated, perhaps, returned, same, shared.laid_out & parameters)


def _same(
    function: Function,
    facts: Facts,
    split: Webs,
    parameters: frozenset[str],
    result: gast.AST | None,
) -> str | None:
    """The parameter that a function returns as it is, be it written into."""
    pointers: dict[str, str] = {}
    for statement in walk(function.body):
        source: object = None
        match facts.calls.get(statement):
            case Copy(atoms=(source,)):
                pass
            case Primitive(in_place=True, arguments=arguments):
                source = next(iter(arguments.values()))
        if isinstance(source, gast.Name):
            pointers.update(dict.fromkeys(bound(statement), source.id))
    value: str | None = result.id if isinstance(result, gast.Name) else None
    while value is not None and value not in split.variables:
        if value in parameters:
            return value
        value = pointers.get(value)
    return None
