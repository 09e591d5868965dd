"""Where a write is seen: which names may be one array, at each statement.

A forward analysis whose state is the pairs of names that may point to the same array, or lead to the same list.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from s2sgrad.aliasing.found import Conflict, Findings
from s2sgrad.aliasing.held import held_by, may_repeat, repeats
from s2sgrad.aliasing.sharing import Sharing
from s2sgrad.flow import bound
from s2sgrad.infer.resolution import Container, Primitive, UserCall
from s2sgrad.program import Assign, Block, For, If, Jump, Statement, Store, While

__all__ = ["Seen"]

_Pairs = frozenset[frozenset[str]]
"""Two names that may share memory; a name alone, if what it holds may be held by something else; `repeats`."""

_CALLERS = "the caller's "
_KNOWN = (
    "Write into a copy, or take the other value after the write. Or let it be known that "
    "both are arrays: annotate the parameters with np.ndarray, or give like=."
)


@dataclass(eq=False)
class Seen:
    """The walk through a function, which notes what it finds.

    writes, perhaps: statement → the names whose memory it writes, and those whose it does if they are arrays;
    tracked: the names that matter; live_after: statement → what may be read later; home: name → the user's.
    """

    sharing: Sharing
    writes: Mapping[Statement, tuple[str, ...]]
    perhaps: Mapping[Statement, tuple[str, ...]]
    tracked: frozenset[str]
    live_after: Mapping[Statement, frozenset[str]]
    home: Mapping[str, str]
    findings: Findings
    breaks: list[list[_Pairs]] = field(default_factory=list)
    continues: list[list[_Pairs]] = field(default_factory=list)

    def walk(self, body: Block, parameters: Iterable[str]) -> None:
        """Go through the body of a function, whose parameters the caller may hold under other names."""
        entry = frozenset(
            pair
            for name in parameters
            if name in self.tracked
            for pair in (frozenset({name, f"{_CALLERS}{name}"}), frozenset({name}), repeats(name))
        )
        self.block(body, entry)

    def block(self, block: Block, pairs: _Pairs | None) -> _Pairs | None:
        for statement in block:
            if pairs is None:
                return None
            pairs = self.statement(statement, pairs)
        return pairs

    def statement(self, statement: Statement, pairs: _Pairs) -> _Pairs | None:
        match statement:
            case If(body=body, orelse=orelse):
                return _joined([self.block(body, pairs), self.block(orelse, pairs)])
            case For() | While():
                return self.loop(statement, pairs)
            case Jump(kind=kind):
                (self.breaks if kind == "break" else self.continues)[-1].append(pairs)
                return None
        if statement in self.writes and self.sharing.changes_list(statement) is self.sharing.lists:
            self.check(statement, pairs)
            resolution = self.sharing.facts.calls.get(statement)
            if isinstance(resolution, UserCall):
                self.check_overlap(statement, resolution, pairs)
        if statement in self.perhaps and not self.sharing.lists:
            self.check_perhaps(statement, pairs)
        return self.bind(statement, pairs)

    def bind(self, statement: Statement, pairs: _Pairs) -> _Pairs:
        shared = {
            target: names
            for target, names in self.sharing.links(statement).items()
            if target in self.tracked
        }
        new = {target for target in bound(statement) if target in self.tracked}
        meaning = self.sharing.facts.calls.get(statement)
        added = {frozenset({name}) for name in held_by(statement, meaning) & self.tracked}
        added |= {repeats(name) for name in may_repeat(statement, meaning, pairs) & self.tracked}
        if not shared and not new and added <= pairs:
            return pairs
        popped = isinstance(meaning, Container) and meaning.operation == "pop"
        held = {
            target: {*names, *(() if target in new else (target,))}
            for target, names in shared.items()
        }
        held.update({target: set() for target in new if target not in held})
        reached = {
            target: {
                other
                for name in names
                for other in (
                    *(() if popped and repeats(name) not in pairs else (name,)),
                    *_others(name, pairs),
                )
            }
            for target, names in held.items()
        }
        added |= {
            frozenset({target, other})
            for target, names in reached.items()
            for other in names
            if other not in held
        }
        for first, names in reached.items():
            for second, others in held.items():
                if first != second and not names.isdisjoint(others):
                    added.add(frozenset({first, second}))
        old = new | {fact for name in new for fact in repeats(name)}
        if frozenset().union(*pairs).isdisjoint((*old, *held)):  # as of most names that are new
            return pairs | added
        kept = (p for p in pairs if p.isdisjoint(old) and (len(p) == 1 or p.isdisjoint(held)))
        return frozenset(kept) | added

    def loop(self, loop: For | While, entry: _Pairs) -> _Pairs | None:
        head = entry
        while True:
            self.breaks.append([])
            self.continues.append([])
            pairs: _Pairs | None = head
            if isinstance(loop, While):
                pairs = self.block(loop.head, head)
            done = pairs
            if isinstance(loop, For) and pairs is not None:
                pairs = self.bind(loop, pairs)
            pairs = self.block(loop.body, pairs)
            again = _joined([head, pairs, *self.continues.pop()])
            after = [done, *self.breaks.pop()]
            if again == head:
                return _joined(after)
            head = again  # type: ignore[assignment]

    def check(self, statement: Statement, pairs: _Pairs) -> None:
        """Note a write that another name sees, or the caller."""
        for name in self.writes[statement]:
            alone = self.sharing.lists and frozenset({name}) not in pairs
            for other in () if alone else sorted(_others(name, pairs)):
                if not self.sharing.may_be_written(other.removeprefix(_CALLERS), statement):
                    continue
                if other.startswith(_CALLERS):
                    parameter = other.removeprefix(_CALLERS)
                    self.findings.mutated.add(parameter)
                    copied = f"Write into a copy: {self.home.get(name, name)} = {parameter}.copy()."
                    attribute = isinstance(statement, Store) and isinstance(statement.index, str)
                    self.findings.is_seen(
                        name,
                        statement,
                        f"this writes into the argument {parameter}, "
                        "which isn't differentiated yet",
                        "Keep the value in a variable, and return it." if attribute else copied,
                    )
                elif other in self.live_after.get(statement, frozenset()) and other != name:
                    self.findings.is_seen(
                        name,
                        statement,
                        f"this writes into memory that {self.shown(other)} shares, "
                        "which isn't differentiated yet",
                        _KNOWN,
                    )
            if name in self.live_after.get(statement, ()) and isinstance(statement, Assign):
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

    def check_overlap(self, statement: Statement, call: UserCall, pairs: _Pairs) -> None:
        """Refuse a call that writes into an argument which shares memory with another argument."""
        for parameter in sorted(self.sharing.called(call).mutated):
            for written in self.sharing.sources(call.arguments[parameter]):
                for other, argument in call.arguments.items():
                    if other == parameter:
                        continue
                    names = self.sharing.sources(argument)
                    if written in names or not _others(written, pairs).isdisjoint(names):
                        self.findings.conflict(
                            statement,
                            f"{call.source.name} writes into its argument {parameter}, which shares memory with "
                            f"{other}, which isn't differentiated yet",
                            "Pass a copy.",
                            called=True,
                        )

    def check_perhaps(self, statement: Statement, pairs: _Pairs) -> None:
        """Refuse what changes the value of another name if it works on an array."""
        for name in self.perhaps[statement]:
            live = self.live_after.get(statement, frozenset()) - set(bound(statement))
            for other in sorted(_others(name, pairs)):
                if other.startswith(_CALLERS):
                    parameter = other.removeprefix(_CALLERS)
                    why = Conflict(
                        statement,
                        f"this changes the argument {parameter} if that is an array, and only then",
                        "Annotate the parameters with float or np.ndarray, or give like=.",
                    )
                    known = self.findings.conflicts.get(statement, why)
                    self.findings.perhaps.setdefault(parameter, known)
            for other in sorted({name, *_others(name, pairs)} & live):
                mine = self.home.get(bound(statement)[0], "a value")
                self.findings.conflict(
                    statement,
                    f"this changes what {self.shown(other)} is if {mine} is an array, "
                    "and only then",
                    "Annotate the parameters with float or np.ndarray, or give like=. Or write it "
                    f"out, {mine} = {mine} ..., which never changes another value.",
                )

    def shown(self, name: str) -> str:
        return repr(self.home.get(name, "another value"))


def _others(name: str, pairs: _Pairs) -> set[str]:
    return {other for pair in pairs if name in pair for other in pair if other != name}


def _joined(states: list[_Pairs | None]) -> _Pairs | None:
    known = [state for state in states if state is not None]
    return frozenset().union(*known) if known else None
