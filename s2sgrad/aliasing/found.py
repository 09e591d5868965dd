"""What the analysis finds: which names share memory, what writes there, and which writes are refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from s2sgrad.program import Statement

__all__ = ["Aliasing", "CallMemory", "Conflict", "Findings", "Keeping"]


@dataclass(frozen=True, eq=False)
class Conflict:
    """A write that can't be differentiated yet: what is wrong, and what settles it.

    called: whether the write is that of a called function, so that writing its text at the call settles it.
    """

    statement: Statement
    message: str
    remedy: str
    called: bool = False


@dataclass(frozen=True)
class Keeping:
    """What is kept outside of a function after a statement: the names of the memory, and of what keeps it."""

    names: tuple[str, ...]
    keepers: tuple[str, ...]


@dataclass(frozen=True)
class CallMemory:
    """What a called function does with the memory of its parameters.

    mutated: those that it writes into, perhaps: those that it does if they are arrays; returned: those that its
    result may share memory with; same: for each of its results, the one that this certainly is, None for all that isn't
    known yet; exact: whether nothing else that it returns shares memory with any; laid_out: those whose layout matters;
    joint: those whose derivative is memory there, be it that what may be one of them is written into; around: the
    identities of what is outside of all functions and may be returned, or be looked into by what is. kept: the
    parameters whose memory something outside keeps; gives_kept: whether it may keep that of what is returned.
    """

    mutated: frozenset[str] = frozenset()
    perhaps: frozenset[str] = frozenset()
    returned: frozenset[str] = frozenset()
    same: tuple[str | None, ...] | None = None
    exact: bool = True
    laid_out: frozenset[str] = frozenset()
    joint: frozenset[str] = frozenset()
    around: frozenset[int] = frozenset()
    kept: frozenset[str] = frozenset()
    gives_kept: bool = False

    def pointers(self, targets: tuple[str, ...]) -> tuple[str | None, ...]:
        """For each of the names that the result is given, the parameter that it certainly is."""
        if self.same is None or len(self.same) != len(targets):
            return (None,) * len(targets)
        return self.same


@dataclass(frozen=True, eq=False)
class Aliasing:
    """What shares memory.

    classes: name → all names that may share memory with it; written: names of what is written into; resized: of what
    is changed by more than assignments to its items.

    writes: statement → the names whose memory it writes; mutated: the parameters written into. links: statement →
    for what it binds, or puts something into, the names whose memory that may share. joint: the names of arrays that
    share memory with a name through which a write is seen that was made through another. perhaps: the parameters
    that are written into if they are arrays, which isn't known, and what is wrong with that. laid_out: the joint
    names whose layout decides what is a view and what a copy. contiguous: those for which that is certain. through:
    name → the functions that read it, or its memory, when they are called. around: the identities of what is outside
    of all functions → by name, where a called function may have returned it. results: the names that are assigned
    where the function returns, which it does once. keeping: statement → what something outside keeps after it;
    keepers: name → the names of what keeps its memory.
    """

    classes: Mapping[str, frozenset[str]]
    written: frozenset[str]
    resized: frozenset[str]
    writes: Mapping[Statement, tuple[str, ...]]
    conflicts: tuple[Conflict, ...]
    mutated: frozenset[str]
    links: Mapping[Statement, Mapping[str, list[str]]]
    joint: frozenset[str] = frozenset()
    perhaps: tuple[tuple[str, Conflict], ...] = ()
    laid_out: frozenset[str] = frozenset()
    contiguous: frozenset[str] = frozenset()
    through: Mapping[str, frozenset[str]] = field(default_factory=dict)
    around: Mapping[str, frozenset[int]] = field(default_factory=dict)
    results: frozenset[str] = frozenset()
    keeping: Mapping[Statement, Keeping] = field(default_factory=dict)
    keepers: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def aliases(self, name: str) -> frozenset[str]:
        """All names through which the memory of name may be read, itself included."""
        return self.classes.get(name, frozenset({name}))

    def seen_through(self, name: str) -> frozenset[str]:
        """The same, the functions that read it when they are called, and the names of what keeps it outside."""
        names = self.aliases(name) | self.keepers.get(name, frozenset())
        if not self.through:
            return names
        return names.union(*(self.through.get(alias, ()) for alias in names))


@dataclass(eq=False)
class Findings:
    """What comes together while a function is analysed.

    seen: name → the writes through it that are seen elsewhere, as what they would be refused with; mutated, perhaps:
    the parameters that are written into, and those that are if they are arrays.
    """

    conflicts: dict[Statement, Conflict] = field(default_factory=dict)
    seen: dict[str, list[Conflict]] = field(default_factory=dict)
    mutated: set[str] = field(default_factory=set)
    perhaps: dict[str, Conflict] = field(default_factory=dict)

    def conflict(
        self, statement: Statement, message: str, remedy: str, *, called: bool = False
    ) -> None:
        """Note that a statement is refused, with the first reason."""
        self.conflicts.setdefault(statement, Conflict(statement, message, remedy, called))

    def is_seen(self, name: str, statement: Statement, message: str, remedy: str) -> None:
        """Note that a write through a name is seen through others; lists are refused."""
        known = self.seen.setdefault(name, [])
        if all(conflict.statement is not statement for conflict in known):
            known.append(Conflict(statement, message, remedy))
