"""What is known of the user's functions in one transform: once for each set of kinds.

A function is identified by its tree, and analysed for the kinds of its parameters. Functions that
call each other come back here; what is found of them is a fixpoint.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from operator import eq

from s2sgrad.activity import Activity, Outputs, activity
from s2sgrad.agreements import Pair, contracted, enforced, exemplified, lengths, possible
from s2sgrad.aliasing import Aliasing, CallMemory, aliasing
from s2sgrad.attributes import read_unseen, written_in
from s2sgrad.check import check_syntax
from s2sgrad.copied import with_helpers
from s2sgrad.derivative_flow import Calls, may_hold
from s2sgrad.effects import Effects
from s2sgrad.errors import Finding, TransformError
from s2sgrad.fixpoint import Fixpoint, UnsettledError
from s2sgrad.flow import read
from s2sgrad.infer.demands import demanded
from s2sgrad.infer.engine import infer
from s2sgrad.infer.facts import Facts
from s2sgrad.infer.parameters import parameter_kinds
from s2sgrad.infer.resolution import UserCall
from s2sgrad.joined_tests import joined_tests
from s2sgrad.kinds import BOTTOM, Kind, Number, Sequence
from s2sgrad.normalize import Normalized, normalize
from s2sgrad.normalize.desugared import desugared
from s2sgrad.normalize.nodes import nonlocal_names
from s2sgrad.normalize.spread import without_stars
from s2sgrad.normalize.tails import as_a_loop
from s2sgrad.numbered_keys import numbered_keys
from s2sgrad.one_shape import left_varying
from s2sgrad.outward import names_of
from s2sgrad.problems import syntax_problems
from s2sgrad.program import Assign, Function, Origin, Statement, walk
from s2sgrad.recounted import recounted
from s2sgrad.recursion import Recursions
from s2sgrad.returned import memory_of
from s2sgrad.source import Source
from s2sgrad.stand_ins import spelled_out
from s2sgrad.through_text import is_text
from s2sgrad.unfold import unfolded
from s2sgrad.webs import Webs, webs
from s2sgrad.written_out import written_out

__all__ = ["Analysis", "Context", "Key", "WholeNeededError", "WrittenObjectError"]

_WRITTEN_OUT = 8
"""How deep calls are written out that are in functions which are."""
_LARGEST = 500
"""How many statements a function may have before calls that are written out double it."""
_NESTED = 4
"""How often a function may call itself with parameters of other kinds."""
Key = tuple[int, tuple[tuple[str, Kind], ...]]


class WholeNeededError(TransformError):
    """A parameter is needed as a whole that is given in parts."""


class WrittenObjectError(TransformError):
    """An object is written into that is given and isn't taken in parts."""


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


class _EndlessError(Exception):
    """Calls in calls with ever other kinds; it passes on to the outermost of that function, which is refused."""

    def __init__(self, tree: int) -> None:
        super().__init__()
        self.tree = tree


@dataclass(frozen=True, eq=False)
class Found:
    """What is found of a function: the kind of its result, what it does with memory, and all tables."""

    result: Kind = BOTTOM
    memory: CallMemory = field(default_factory=CallMemory)
    analysis: Analysis | None = None

    def same(self, other: Found) -> bool:
        """Whether it is the same for those who call the function."""
        return (self.result, self.memory) == (other.result, other.memory)


@dataclass(eq=False)
class Context:
    """The functions of one transform.

    inferred: facts of the outermost function that were found while the kinds of its parameters were looked for.
    begun: the kinds of the outermost function's parameters before anything followed from its statements; agreed:
    the extents that were taken to be equal since.
    """

    prepared: dict[int, tuple[Source, Normalized, Webs]] = field(default_factory=dict)
    normals: dict[int, tuple[Source, Normalized | None]] = field(default_factory=dict)
    unaccepted: dict[int, list[Finding]] = field(default_factory=dict)
    found: Fixpoint[Key, Found] = field(
        default_factory=lambda: Fixpoint(Found(), Found.same, refusals=(TransformError,))
    )
    dependence: Fixpoint[Key, frozenset[str]] = field(
        default_factory=lambda: Fixpoint(frozenset(), eq)
    )
    needed: Fixpoint[Key, frozenset[str]] = field(default_factory=lambda: Fixpoint(frozenset(), eq))
    inferred: dict[Key, tuple[Webs, Facts]] = field(default_factory=dict)
    recursions: Recursions = field(default_factory=Recursions)
    begun: Mapping[str, Kind] = field(default_factory=dict)
    agreed: list[Pair] = field(default_factory=list)
    outermost: object = None
    maps: bool = False
    tails: bool = False
    effects: Effects = field(init=False)

    def __post_init__(self) -> None:
        self.effects = Effects(self)

    def prepare(self, source: Source) -> tuple[Source, Normalized, Webs]:
        """A function checked, normalised, and with its names split."""
        tree = id(source.tree)
        if tree not in self.prepared:
            if tree not in self.unaccepted:
                self.unaccepted[tree] = syntax_problems(source)
            if self.unaccepted[tree]:
                raise TransformError(self.unaccepted[tree])
            outermost = source.tree is self.outermost
            plain = self.in_normal_form(source)
            normalized = without_stars(
                unfolded(plain, source, self.normal, outermost=outermost, maps=self.maps)
            )
            self.refuse_wholes(source, normalized)
            self.refuse_unseen(source, normalized)
            self.prepared[tree] = source, normalized, webs(normalized.function)
        return self.prepared[tree]

    @staticmethod
    def refuse_wholes(source: Source, normalized: Normalized) -> None:
        """Refuse what needs a parameter as a whole that is given in parts."""
        for statement in walk(normalized.function.body):
            for name in read(statement):
                if name in source.structures:
                    message = f"what is done with {name} here isn't differentiated: only its parts are known"
                    remedy = "Read its parts by constant keys or by attributes, and pass them on."
                    raise WholeNeededError([located(source, statement.origin, message, remedy)])

    @staticmethod
    def refuse_unseen(source: Source, normalized: Normalized) -> None:
        """Refuse what may read attributes that are differentiated by in some other way."""
        if not source.paths:
            return
        root = source.paths[0].partition(".")[0]
        found = read_unseen(normalized.function.body, root, list(source.paths), source.receiver)
        if found is not None:
            message = (
                f"what is done with {root} here isn't differentiated by {', '.join(source.paths)}"
            )
            remedy = "Read its attributes, or call methods of its class that do; or pass the values as arguments."
            raise TransformError([located(source, found.origin, message, remedy)])
        found = written_in(normalized.function.body, root) if source.stays else None
        if found is not None:
            message = (
                f"this writes into {root}, which is given, and of which not all parts are known"
            )
            remedy = f"Bind it to a name, or define the class of {root} at the top of a module, without __slots__."
            raise WrittenObjectError([located(source, found.origin, message, remedy)])

    def normal(self, source: Source) -> Normalized | None:
        """The normal form of a function that may be written out in another, None where it has none."""
        tree = id(source.tree)
        if tree not in self.normals:
            accepted = not check_syntax(source)
            self.normals[tree] = source, self.without_nonlocals(source) if accepted else None
        return self.normals[tree][1]

    def without_nonlocals(self, source: Source) -> Normalized | None:
        """The normal form of a function, in which those inside that bind its names are written where it calls them."""
        normalized = self.in_normal_form(source)
        values = (s.value for s in walk(normalized.function.body) if isinstance(s, Assign))
        if not nonlocal_names(values):
            return normalized
        try:
            return unfolded(normalized, source, self.normal)
        except TransformError:
            return None

    def in_normal_form(self, source: Source) -> Normalized:
        """A function in normal form; where that is asked for, one that ends by calling itself is a loop."""
        return in_normal_form(as_a_loop(source) if self.tails else source)

    def parameter_kinds(
        self, source: Source, like: Mapping[str, object], wrt: tuple[str, ...]
    ) -> dict[str, Kind]:
        """The kinds of a function's parameters, also from what its statements need of them."""
        _, normalized, split = self.prepare(source)
        kinds = parameter_kinds(source, normalized.function.parameters, like, wrt)
        self.begun, known_lengths = kinds, lengths(like)
        for _ in range(8):
            found = self.inferred[self.key(source, kinds)] = self.infer(source, split, kinds)
            spelled, facts = found
            known = demanded(spelled.function, facts, kinds, self.needs)
            contracts = list(possible(facts.contracts, known_lengths))
            likely = list(exemplified(facts.likely, known_lengths))
            self.agreed += [*(pair for pair in contracts if pair[0] != pair[1]), *likely]
            needed = (*contracts, *likely, *enforced(spelled.function, facts))
            settled = {**kinds, **known} if known else contracted(kinds, needed)
            if settled == kinds:
                break
            kinds = settled
        self.agreed += [pair for pair in contracts if pair[0] == pair[1]]
        return kinds

    def needs(self, call: UserCall) -> frozenset[str]:
        """The parameters of a called function that have to be scalars, whatever is passed."""

        def scalars() -> frozenset[str]:
            analysis = self.analyse(call.source, call.kinds)
            known = demanded(analysis.function, analysis.facts, call.kinds, self.needs)
            return frozenset(p for p, k in known.items() if isinstance(k, Number) and k.scalar)

        return self.needed.value(self.key(call.source, call.kinds), scalars)

    @staticmethod
    def key(source: Source, kinds: Mapping[str, Kind]) -> Key:
        """What identifies a function with the kinds of its parameters."""
        return id(source.tree), tuple(sorted(kinds.items(), key=lambda item: item[0]))

    def result(self, source: Source, kinds: Mapping[str, Kind]) -> Kind:
        """The kind of what a function returns."""
        return self.look(source, kinds).result

    def memory(self, call: UserCall) -> CallMemory:
        """What a called function does with the memory of its parameters."""
        return self.look(call.source, call.kinds).memory

    def analyse(self, source: Source, kinds: Mapping[str, Kind]) -> Analysis:
        """A function with parameters of these kinds, analysed."""
        analysis = self.look(source, kinds).analysis
        assert analysis is not None, "asked for while it is being made"  # noqa: S101
        return analysis

    def look(self, source: Source, kinds: Mapping[str, Kind]) -> Found:
        """What is found of a function; while that is being looked for, what is known so far."""
        key = self.key(source, kinds)
        again = sum(tree == key[0] for tree, _ in self.found.running)
        if key not in self.found.running and (again > _NESTED or len(self.found.running) > 60):
            endless = key[0] if again > _NESTED else next(iter(self.found.running))[0]
            raise _EndlessError(endless)

        def compute() -> Found:
            try:
                return self.analysed(key, source, kinds)
            except _EndlessError as error:
                if again or error.tree != key[0]:
                    raise
                raise _unsettled(source) from None

        try:
            return self.found.value(key, compute)
        except UnsettledError:
            raise _unsettled(source) from None

    def analysed(self, key: Key, source: Source, kinds: Mapping[str, Kind]) -> Found:
        """A function analysed, with what is known so far of those that it calls."""
        _, normalized, split = self.prepare(source)
        spelled, facts = (
            self.inferred.pop(key) if key in self.inferred else self.infer(source, split, kinds)
        )
        shared = self.aliasing(normalized, source, spelled, facts)
        apart = _items(facts.result) if shared.conflicts else 0
        if apart:
            spelled, facts = self.infer(source, webs(normalized.function, returned=apart), kinds)
            shared = self.aliasing(normalized, source, spelled, facts)
        once: set[int] = set()
        largest = max(_LARGEST, 2 * _size(normalized))
        for _ in range(_WRITTEN_OUT):
            calls = self.finite(_called_apart(shared, facts), once)
            whole = written_out(
                source, normalized, calls, spelled.home, lambda s: self.prepare(s)[1]
            )
            if whole is normalized or _size(whole) > largest:
                break
            normalized = whole
            split = webs(normalized.function, returned=apart)
            spelled, facts = self.infer(source, split, kinds)
            shared = self.aliasing(normalized, source, spelled, facts)
        if spelled.made:
            temporaries = normalized.temporaries | spelled.made
            normalized = replace(normalized, temporaries=temporaries)
        memory = memory_of(spelled.function, facts, shared, self.memory, source.namespace)
        analysis = Analysis(source, normalized, spelled, facts, shared, kinds)
        result = facts.result
        if key in self.found.circular:
            result = self.recursions.folded(result, key)
        return Found(result, memory, analysis)

    def finite(
        self, calls: list[tuple[Statement, Source]], once: set[int]
    ) -> list[tuple[Statement, Source]]:
        """The calls that can be written out without end: those of functions that call themselves only once.

        once: the functions that call themselves and have been written out; those that are found are added.
        """
        running = {tree for tree, _ in self.found.running}
        found = [call for call in calls if id(call[1].tree) not in running | once]
        once |= {id(callee.tree) for _, callee in found} & {t for t, _ in self.found.circular}
        return found

    def aliasing(
        self, normalized: Normalized, source: Source, split: Webs, facts: Facts
    ) -> Aliasing:
        """The aliasing of a function."""
        function, home = split.function, split.home
        parameters = [parameter.name for parameter in function.parameters]
        results = frozenset(n for n, user in home.items() if user == normalized.result)
        return aliasing(
            function.body, parameters, facts, home, self.memory, source.namespace, results
        )

    def infer(self, source: Source, split: Webs, kinds: Mapping[str, Kind]) -> tuple[Webs, Facts]:
        """The facts of a function, and it with its calls written as what they stand for."""
        while True:
            facts = infer(split, source, kinds, self.result, self.contracts)
            spelled = spelled_out(numbered_keys(recounted(split, facts), facts), facts)
            if spelled is not split:
                split = spelled
                continue
            carried = left_varying(split, facts, kinds.values())
            if not carried or split.again is None:
                return joined_tests(split, facts)
            split = split.again(carried)

    def contracts(self, source: Source, kinds: Mapping[str, Kind]) -> tuple[list[Pair], list[Pair]]:
        """What a called function takes to be equal, and what is likely to be, in its own extents."""
        analysis = (
            None if self.key(source, kinds) in self.found.running else self.analyse(source, kinds)
        )
        return ([], []) if analysis is None else (analysis.facts.contracts, analysis.facts.likely)

    def active(
        self, analysis: Analysis, inputs: tuple[str, ...], outputs: Outputs | None = None
    ) -> Activity:
        """The activity of an analysed function with respect to some of its parameters.

        outputs: its result and all that it writes into, if nothing else is said.
        """
        function, aliases = analysis.function, analysis.aliasing
        fixed = frozenset(p.name for p in function.parameters) - set(inputs) - aliases.mutated
        outputs = (
            Outputs(returned=True, contents=tuple(sorted(aliases.mutated)))
            if outputs is None
            else outputs
        )
        calls = Calls(
            self.depends,
            lambda call: self.memory(call).mutated,
            lambda call: names_of(self.effects.kept_outside(call), analysis),
            lambda call: names_of(self.effects.seen_outside(call), analysis),
            lambda call: self.effects.around(analysis).changed.get(call, frozenset()),
        )
        return activity(function.body, analysis.facts, aliases, inputs, outputs, calls, fixed)

    def depends(self, call: UserCall) -> frozenset[str]:
        """The parameters on which what comes out of a call depends differentiably."""

        def found() -> frozenset[str]:
            analysis = self.analyse(call.source, call.kinds)
            kinds = call.kinds.items()
            inputs = tuple(name for name, kind in kinds if may_hold(kind) or is_text(kind))
            return self.active(analysis, inputs).between & set(inputs)

        return self.dependence.value(self.key(call.source, call.kinds), found)


def in_normal_form(source: Source) -> Normalized:
    """A function that `check_syntax` accepts, normalised."""
    plain = desugared(source)
    normalized = normalize(with_helpers(replace(source, tree=plain.tree)))
    return replace(normalized, contexts=plain.contexts)


def _size(normalized: Normalized) -> int:
    return sum(1 for _ in walk(normalized.function.body))


def _items(result: Kind) -> int:
    """How many items a tuple has that is returned, 0 for anything else."""
    tuples = isinstance(result, Sequence) and result.type == "tuple"
    return len(result.items or ()) if isinstance(result, Sequence) and tuples else 0


def _unsettled(source: Source) -> TransformError:
    message = "the kinds of this recursion never settle"
    return TransformError([source.finding(source.tree, message, "Annotate the parameters.")])


def _called_apart(shared: Aliasing, facts: Facts) -> list[tuple[Statement, Source]]:
    """The calls that are refused for what their functions do, and these functions."""
    refused = [conflict.statement for conflict in shared.conflicts if conflict.called]
    found = ((statement, facts.calls.get(statement)) for statement in refused)
    return [(statement, call.source) for statement, call in found if isinstance(call, UserCall)]
