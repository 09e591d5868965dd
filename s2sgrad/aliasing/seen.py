"""Where a write is seen: which names may be one array, at each statement.

A forward analysis whose state is which names may point to the same array, or lead to the same list. Its facts are the
names of what something else may hold, too, and `repeats`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce

import gast

from s2sgrad.aliasing.found import Conflict, Findings
from s2sgrad.aliasing.held import held_by, may_repeat, repeats
from s2sgrad.aliasing.relation import Numbers, Relation
from s2sgrad.aliasing.sharing import Sharing
from s2sgrad.flow import bound
from s2sgrad.headers import iterated
from s2sgrad.infer.resolution import Container, Primitive, Resolution, UserCall
from s2sgrad.kinds import Other
from s2sgrad.operands import packed
from s2sgrad.program import Assign, Block, For, If, Jump, Statement, Store, While
from s2sgrad.rule_changes import is_plain_write
from s2sgrad.trees import loaded

__all__ = ["Seen"]

_CALLERS = "the caller's "
_KNOWN = (
    "Write into a copy, or take the other value after the write. Or let it be known that "
    "both are arrays: annotate the parameters with np.ndarray, or give like=."
)


@dataclass(frozen=True)
class _Transfer:
    """What a statement binds.

    held: target → the names that it may share with afterwards, each with its bit; masks: target → all their bits;
    changed: the bits of the targets; facts: what holds afterwards; forgotten: what held only before; popped: whether
    the names lose what they led to.
    """

    meaning: Resolution | None
    held: Mapping[str, Mapping[str, int]]
    masks: Mapping[str, int]
    changed: int
    facts: frozenset[str]
    forgotten: tuple[str, ...]
    popped: bool


@dataclass(eq=False)
class Seen:
    """The walk through a function, which notes what it finds.

    writes, perhaps: statement → the names whose memory it writes, and those whose it does if they are arrays;
    tracked: the names that matter; live_after: statement → what may be read later; home: name → the user's.
    looped: the names of the lists that the loops around a statement run over. settled: loop → what holds at the begin
    of each of its trips and what follows from it, as far as it was found: what holds before it only grows while the
    loops around it are settled. transfers: what statements bind, which is the same in each trip. callers: the bits of
    the caller's names; seen_by: those of them and of what may be read after a write.
    """

    sharing: Sharing
    writes: Mapping[Statement, tuple[str, ...]]
    perhaps: Mapping[Statement, tuple[str, ...]]
    tracked: frozenset[str]
    live_after: Mapping[Statement, frozenset[str]]
    home: Mapping[str, str]
    findings: Findings
    breaks: list[list[Relation]] = field(default_factory=list)
    continues: list[list[Relation]] = field(default_factory=list)
    looped: list[frozenset[str]] = field(default_factory=list)
    settled: dict[Statement, tuple[Relation, Relation]] = field(default_factory=dict)
    transfers: dict[Statement, _Transfer] = field(default_factory=dict)
    seen_by: dict[Statement, int] = field(default_factory=dict)
    callers: int = field(init=False)

    def walk(self, body: Block, parameters: Iterable[str]) -> None:
        """Go through the body of a function, whose parameters the caller may hold under other names."""
        numbers, own = Numbers(), tuple(parameters)
        callers = {name: numbers.bit(f"{_CALLERS}{name}") for name in own}
        self.callers = sum(callers.values())
        facts = (fact for name in own for fact in (name, repeats(name)))
        entry = Relation(numbers, {}, frozenset()).replaced(callers, (), facts)
        self.block(body, entry)

    def block(self, block: Block, pairs: Relation) -> Relation:
        """What holds behind a block; nothing where its end isn't reached."""
        for statement in block:
            pairs = self.statement(statement, pairs)
        return pairs

    def statement(self, statement: Statement, pairs: Relation) -> Relation:
        match statement:
            case If(body=body, orelse=orelse):
                return self.block(body, pairs).joined(self.block(orelse, pairs))
            case For() | While():
                return self.loop(statement, pairs)
            case Jump(kind=kind):
                (self.breaks if kind == "break" else self.continues)[-1].append(pairs)
                return Relation(pairs.numbers, {}, frozenset())
        if statement in self.writes:
            self.check(statement, pairs)
            resolution = self.sharing.facts.calls.get(statement)
            if isinstance(resolution, UserCall):
                self.check_overlap(statement, resolution, pairs)
            if isinstance(resolution, Primitive):
                self.check_rule(statement, resolution, pairs)
        if statement in self.perhaps:
            self.check_perhaps(statement, pairs)
        return self.bind(statement, pairs)

    def bind(self, statement: Statement, pairs: Relation) -> Relation:
        if statement not in self.transfers:
            self.transfers[statement] = self.transfer(statement, pairs.numbers)
        transfer = self.transfers[statement]
        twice = may_repeat(statement, transfer.meaning, pairs) & self.tracked
        facts = transfer.facts.union(map(repeats, twice))
        if not transfer.held and facts <= pairs.facts:
            return pairs
        reached = dict.fromkeys(transfer.held, 0)
        for target, names in transfer.held.items():
            for name, bit in names.items():
                inside = transfer.popped and repeats(name) not in pairs.facts
                reached[target] |= (0 if inside else bit) | pairs.shared.get(name, 0)
        after = {}
        for target, found in reached.items():
            after[target] = found & ~transfer.changed
            for other, mask in transfer.masks.items():
                if other != target and found & mask:
                    after[target] |= pairs.numbers.bit(other)
        return pairs.replaced(after, transfer.forgotten, facts)

    def transfer(self, statement: Statement, numbers: Numbers) -> _Transfer:
        """What a statement binds, whatever holds before it."""
        new = [target for target in bound(statement) if target in self.tracked]
        held: dict[str, set[str]] = {
            target: {*names, *(() if target in new else (target,))}
            for target, names in self.sharing.links(statement).items()
            if target in self.tracked
        }
        held.update({target: set() for target in new if target not in held})
        meaning = self.sharing.facts.calls.get(statement)
        return _Transfer(
            meaning=meaning,
            held={t: {name: numbers.bit(name) for name in names} for t, names in held.items()},
            masks={target: numbers.mask(names) for target, names in held.items()},
            changed=numbers.mask(held),
            facts=frozenset(held_by(statement, meaning) & self.tracked),
            forgotten=tuple(fact for name in new for fact in (name, repeats(name))),
            popped=isinstance(meaning, Container) and meaning.operation == "pop",
        )

    def loop(self, loop: For | While, entry: Relation) -> Relation:
        self.looped.append(self.lists_of(loop) if isinstance(loop, For) else frozenset())
        after = self.trips(loop, entry)
        self.looped.pop()
        return after

    def lists_of(self, loop: For) -> frozenset[str]:
        """The names of the lists whose items a loop counts."""
        if (
            not self.sharing.lists
            or loop.header is None
            or not isinstance(loop.iterable, gast.Call)
        ):
            return frozenset()
        return frozenset(
            n for atom in iterated(loop.header.iterable) for n in self.sharing.sources(atom)
        )

    def trips(self, loop: For | While, entry: Relation) -> Relation:
        head = entry
        if loop in self.settled:
            known, found = self.settled[loop]
            head = entry.joined(known)
            if head == known:
                return found
        while True:
            self.breaks.append([])
            self.continues.append([])
            if isinstance(loop, While):
                begun = done = self.block(loop.head, head)
            else:
                begun, done = self.bind(loop, head), head
            behind = self.block(loop.body, begun)
            again = reduce(Relation.joined, [behind, *self.continues.pop()], head)
            after = reduce(Relation.joined, self.breaks.pop(), done)
            if again == head:
                self.settled[loop] = head, after
                return after
            head = again

    def check(self, statement: Statement, pairs: Relation) -> None:
        """Note a write that another name sees, or the caller."""
        if not isinstance(statement, Store):
            self.check_length(statement, pairs)
        live = self.live_after.get(statement, frozenset())
        if statement not in self.seen_by:
            self.seen_by[statement] = pairs.numbers.mask(live) | self.callers
        for name in self.writes[statement]:
            alone = self.sharing.lists and name not in pairs.facts
            others = 0 if alone else pairs.shared.get(name, 0) & self.seen_by[statement]
            for other in sorted(pairs.numbers.of(others)):
                if not self.sharing.may_be_written(other.removeprefix(_CALLERS), statement):
                    continue
                if other.startswith(_CALLERS):
                    parameter = other.removeprefix(_CALLERS)
                    self.findings.mutated.add(parameter)
                    copied = f"Write into a copy: {self.home.get(name, name)} = {parameter}.copy()."
                    attribute = isinstance(statement, Store) and isinstance(statement.index, str)
                    attribute |= isinstance(self.sharing.facts.kinds.get(parameter), Other)
                    self.findings.is_seen(
                        name,
                        statement,
                        f"this writes into the argument {parameter}, "
                        "which isn't differentiated yet",
                        "Keep the value in a variable, and return it." if attribute else copied,
                    )
                else:
                    self.findings.is_seen(
                        name,
                        statement,
                        f"this writes into memory that {self.shown(other)} shares, "
                        "which isn't differentiated yet",
                        _KNOWN,
                    )
            if name in live and isinstance(statement, Assign):
                resolution = self.sharing.facts.calls.get(statement)
                if isinstance(resolution, Primitive) and resolution.in_place:
                    self.findings.is_seen(
                        name,
                        statement,
                        f"this writes into memory that {self.shown(name)} shares, "
                        "which isn't differentiated yet",
                        _KNOWN,
                    )
            if name in self.tracked and name in self.sharing.views:
                self.findings.is_seen(
                    name,
                    statement,
                    "writing through a view isn't differentiated yet",
                    "Write into the array itself. Or let it be known that both are arrays: annotate the "
                    "parameters with np.ndarray, or give like=.",
                )

    def check_length(self, statement: Statement, pairs: Relation) -> None:
        """Refuse what may change the length of a list while a loop runs over it, be it under another name."""
        running = frozenset[str]().union(*self.looped)
        for name in self.writes[statement]:
            if not running.isdisjoint({name, *pairs.others(name)}):
                self.findings.conflict(
                    statement,
                    "this may change the length of a list while a loop runs over it, which isn't differentiated",
                    "Loop over a copy: for item in list(values).",
                )

    def check_overlap(self, statement: Statement, call: UserCall, pairs: Relation) -> None:
        """Refuse a call that writes into an argument which shares memory with another argument."""
        for parameter in sorted(self.sharing.called(call).mutated):
            for written in self.sharing.sources(call.arguments[parameter]):
                for other, argument in call.arguments.items():
                    if other == parameter:
                        continue
                    names = self.sharing.sources(argument)
                    if written in names or not pairs.others(written).isdisjoint(names):
                        self.findings.conflict(
                            statement,
                            f"{call.source.name} writes into its argument {parameter}, which shares memory with "
                            f"{other}, which isn't differentiated yet",
                            "Pass a copy.",
                            called=True,
                        )

    def check_rule(self, statement: Statement, made: Primitive, pairs: Relation) -> None:
        """Refuse a function with a rule that is given parts of what it writes: who knows in which order it does."""
        rule, arguments = made.rule, made.arguments
        if is_plain_write(rule.function):
            return
        for parameter in sorted(rule.mutates):
            written = loaded(arguments[parameter])
            shared = frozenset(written).union(*map(pairs.others, written))
            for other, argument in arguments.items():
                if other != parameter and not shared.isdisjoint(loaded(packed(argument))):
                    self.findings.conflict(
                        statement,
                        f"{rule.name} writes into its argument {parameter}, which shares memory with {other}, "
                        "and its rule doesn't say what it does then",
                        "Pass a copy.",
                    )

    def check_perhaps(self, statement: Statement, pairs: Relation) -> None:
        """Refuse what changes the value of another name if it works on an array."""
        for name in self.perhaps[statement]:
            live = self.live_after.get(statement, frozenset())
            for other in sorted(pairs.others(name)):
                if other.startswith(_CALLERS):
                    parameter = other.removeprefix(_CALLERS)
                    why = Conflict(
                        statement,
                        f"this changes the argument {parameter} if that is an array, and only then",
                        "Annotate the parameters with float or np.ndarray, or give like=.",
                    )
                    known = self.findings.conflicts.get(statement, why)
                    self.findings.perhaps.setdefault(parameter, known)
            live -= {self.sharing.put_back.get(statement, "")}
            others = {name, *pairs.others(name)}
            around = {n for n in others if self.is_around(n)}  # what others see for ever
            for other in sorted(others & live | around):
                mine = self.home.get(bound(statement)[0], "a value")
                self.findings.conflict(
                    statement,
                    f"this changes what {self.shown(other)} is if {mine} is an array, "
                    "and only then",
                    "Annotate the parameters with float or np.ndarray, or give like=. Or write it "
                    f"out, {mine} = {mine} ..., which never changes another value.",
                )

    def is_around(self, name: str) -> bool:
        """Whether a name stands for something around the function."""
        facts = self.sharing.facts
        known = name in facts.kinds or name.startswith(_CALLERS)
        return not known and (facts.outside(name) or facts.foreign(name))

    def shown(self, name: str) -> str:
        """What a message calls a name: as the user does, who knows none of those that a pass made."""
        if self.is_around(name):
            return repr(name)
        home = self.home.get(name, "")
        return "another value" if home.lstrip("_").isdigit() or not home else repr(home)
