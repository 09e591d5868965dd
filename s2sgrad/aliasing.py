"""Which names may share memory, which is written, and where another name sees that.

Receives a function after infer. Two questions are answered:

- by classes (of names that may ever share memory): which classes are written into at all;
- at each write, by a forward analysis of which names may point to the same array there: whether the
  write is visible through a name other than the one written.

Where no write is, a written array has one owner at each time, and its derivative is a buffer with the same
owner. Classes of arrays in which one is are `joint`: their derivatives are memory too, which names share as they
share the values. What is neither, lists and values that may be numbers, is refused with its location.
"""

from __future__ import annotations

import operator
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import gast
import numpy as np

from s2sgrad.flow import bound, read
from s2sgrad.glances import glances
from s2sgrad.held import held_by, may_repeat, never_inside, repeats
from s2sgrad.infer.engine import Facts
from s2sgrad.infer.resolution import Container, Copy, Inert, Primitive, Unresolved, UserCall
from s2sgrad.kinds import Kind, Number, Other, Sequence, carries
from s2sgrad.live_after import live_after
from s2sgrad.program import (
    Assign,
    Block,
    Effect,
    For,
    If,
    Jump,
    Return,
    Statement,
    Store,
    While,
    walk,
)
from s2sgrad.webs import IN_PLACE

__all__ = ["Aliasing", "CallMemory", "Conflict", "aliasing"]

_Pairs = frozenset[frozenset[str]]
"""Two names that may share memory; a name alone, if what it holds may be held by something else; `repeats`."""


@dataclass(frozen=True, eq=False)
class Conflict:
    """A write that can't be differentiated yet: what is wrong, and what settles it."""

    statement: Statement
    message: str
    remedy: str


@dataclass(frozen=True)
class CallMemory:
    """What a called function does with the memory of its parameters.

    mutated: those that it writes into, perhaps: those that it does if they are arrays; returned: those that its
    result may share memory with; same: the one that its result certainly is.
    """

    mutated: frozenset[str] = frozenset()
    perhaps: frozenset[str] = frozenset()
    returned: frozenset[str] = frozenset()
    same: str | None = None


@dataclass(frozen=True, eq=False)
class Aliasing:
    """What shares memory.

    classes: name → all names that may share memory with it; written: names of what is written into; resized: of what
    is changed by more than assignments to its items.

    writes: statement → the names whose memory it writes; mutated: the parameters written into. links: statement →
    for what it binds, or puts something into, the names whose memory that may share. joint: the names of arrays that
    share memory with a name through which a write is seen that was made through another. perhaps: the parameters
    that are written into if they are arrays, which isn't known, and what is wrong with that.
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

    def aliases(self, name: str) -> frozenset[str]:
        """All names through which the memory of name may be read, itself included."""
        return self.classes.get(name, frozenset({name}))


def aliasing(
    body: Block,
    parameters: Iterable[str],
    facts: Facts,
    home: Mapping[str, str],
    called: Callable[[UserCall], CallMemory],
) -> Aliasing:
    """The aliasing of a function body; called: what a call does with memory."""
    return _Analysis(body, tuple(parameters), facts, home, called).run()


def shares(kind: Kind) -> bool:
    """Whether a thing of this kind may be written into (scalars and strings can't)."""
    if isinstance(kind, Number):
        return not (kind.scalar and kind.array is False)
    return not isinstance(kind, Other)


@dataclass(eq=False)
class _Analysis:
    body: Block
    parameters: tuple[str, ...]
    facts: Facts
    home: Mapping[str, str]
    called: Callable[[UserCall], CallMemory]
    parent: dict[str, str] = field(default_factory=dict)
    writes: dict[Statement, tuple[str, ...]] = field(default_factory=dict)
    perhaps: dict[Statement, tuple[str, ...]] = field(default_factory=dict)
    conflicts: dict[Statement, Conflict] = field(default_factory=dict)
    mutated: set[str] = field(default_factory=set)
    seen: dict[str, list[Conflict]] = field(default_factory=dict)
    perhaps_mutated: dict[str, Conflict] = field(default_factory=dict)
    lists: bool = False

    def run(self) -> Aliasing:
        self.made = {s.targets[0]: s for s in walk(self.body) if isinstance(s, Assign)}
        links: dict[Statement, dict[str, list[str]]] = {}
        for statement in walk(self.body):
            links[statement] = self.shared(statement)
            for target, sources in links[statement].items():
                for source in sources:
                    self.parent[self.find(target)] = self.find(source)
            names = self.written_by(statement)
            if names:
                self.writes[statement] = names
            names = self.perhaps_written_by(statement)
            if names:
                self.perhaps[statement] = names
        members: dict[str, set[str]] = {}
        for name in list(self.parent):
            members.setdefault(self.find(name), set()).add(name)
        classes = {name: frozenset(members[self.find(name)]) for name in self.parent}
        apart = never_inside(self.body, self.parameters, self.facts.calls)
        changed = {
            statement: {
                alias
                for name in names
                for alias in (apart if self.changes_list(statement) else classes).get(
                    name, classes.get(name, frozenset({name}))
                )
                if self.may_be_written(alias, statement)
            }
            for statement, names in self.writes.items()
        }
        written = frozenset().union(*changed.values())
        resized = frozenset().union(*(n for s, n in changed.items() if not isinstance(s, Store)))
        self.tracked = written.union(
            *(classes.get(n, {n}) for names in self.perhaps.values() for n in names)
        )
        if self.tracked:
            entry = frozenset(
                pair
                for name in self.parameters
                if name in self.tracked
                for pair in (
                    frozenset({name, f"the caller's {name}"}),
                    frozenset({name}),
                    repeats(name),
                )
            )
            self.live_after = live_after(self.body, {**self.writes, **self.perhaps})
            self.breaks: list[list[_Pairs]] = []
            self.continues: list[list[_Pairs]] = []
            for self.lists in (False, True):
                self.block(self.body, entry)
        conflicts, mutated = tuple(self.conflicts.values()), frozenset(self.mutated)
        joint, perhaps = self.jointly_seen(classes), tuple(self.perhaps_mutated.items())
        conflicts = tuple(self.conflicts.values())
        return Aliasing(
            classes, written, resized, self.writes, conflicts, mutated, links, joint, perhaps
        )

    def changes_list(self, statement: Statement) -> bool:
        """Whether what a statement writes is a list."""
        return isinstance(self.facts.calls.get(statement), Container)

    def jointly_seen(self, classes: Mapping[str, frozenset[str]]) -> frozenset[str]:
        """The names of arrays whose derivatives have to be memory; others that would have to are refused."""
        joint: frozenset[str] = frozenset()
        for name, conflicts in self.seen.items():
            whole = classes.get(name, frozenset({name}))
            if self.mirrored(whole):
                joint |= whole
            else:
                for conflict in conflicts:
                    self.conflicts.setdefault(conflict.statement, conflict)
        for statement in walk(self.body):
            call = self.facts.calls.get(statement)
            if isinstance(call, UserCall) and not joint.isdisjoint(bound(statement)):
                memory = self.called(call)
                if memory.returned and memory.same is None:
                    self.conflict(
                        statement,
                        f"what {call.source.name} returns may share memory with its argument, and is written into, "
                        "which isn't differentiated yet",
                        f"Let {call.source.name} return a copy.",
                    )
        self.lists = False
        joint -= glances(
            self.body,
            joint,
            self.is_variable,
            self.writes,
            self.looks,
            self.reads_while_writing,
            self.shared,
        )
        for statement in walk(self.body):
            found = self.facts.calls.get(statement)
            if (
                isinstance(found, Primitive)
                and found.rule.function in _READ_ONLY
                and not joint.isdisjoint(bound(statement))
            ):
                self.conflict(
                    statement,
                    f"what {found.rule.name} gives sees what is written later, which isn't differentiated yet",
                    "Take it after the write, or a copy of it.",
                )
        return joint

    def mirrored(self, names: frozenset[str]) -> bool:
        """Whether names hold arrays, and lists of arrays that aren't the caller's and are changed in known ways."""
        kinds = [self.facts.kinds.get(name) for name in names]
        lists = {name for name in names if isinstance(self.facts.kinds.get(name), Sequence)}
        if not lists.isdisjoint(self.parameters) or not all(map(_of_arrays, kinds)):
            return False
        if not lists:
            return True
        return all(
            self.mirrors(statement)
            for statement in walk(self.body)
            if not lists.isdisjoint((*bound(statement), *read(statement)))
        )

    def mirrors(self, statement: Statement) -> bool:
        """Whether what a statement does with a list can be done with that of its shadows."""
        if isinstance(statement, For):
            return isinstance(statement.iterable, gast.Call)
        if isinstance(statement, If | While | Return):
            return True
        match self.facts.calls.get(statement):
            case Container(operation=operation):
                plain = not isinstance(statement, Store) or statement.operator is None
                return operation in _MIRRORED and plain
            case Copy() | Primitive() | Inert():
                return True
        return False

    def looks(self, statement: Statement) -> bool:
        """Whether a statement gives a view, or the same array another name."""
        match self.facts.calls.get(statement):
            case Copy():
                return True
            case Primitive(rule=rule, in_place=in_place):
                return rule.kind == "view" and not in_place
        return False

    def reads_while_writing(self, statement: Statement) -> bool:
        """Whether a statement may read its operands after it has begun to write."""
        resolution = self.facts.calls.get(statement)
        if isinstance(resolution, Primitive):
            return bool(resolution.rule.mutates) and isinstance(statement, Assign)
        return isinstance(resolution, UserCall)

    def is_variable(self, name: str) -> bool:
        """Whether a name is a parameter, or is bound in several places."""
        return name in self.parameters or self.bindings[name] > 1

    @cached_property
    def bindings(self) -> Counter[str]:
        """How many statements bind a name."""
        return Counter(name for statement in walk(self.body) for name in bound(statement))

    def may_be_written(self, name: str, statement: Statement) -> bool:
        """Whether a name may hold what a statement writes into.

        What changes a list leaves the arrays in it alone.
        """
        return not (self.changes_list(statement) and isinstance(self.facts.kinds.get(name), Number))

    def find(self, name: str) -> str:
        self.parent.setdefault(name, name)
        while self.parent[name] != name:
            self.parent[name] = self.parent[self.parent[name]]
            name = self.parent[name]
        return name

    def shared(self, statement: Statement) -> dict[str, list[str]]:
        """Names bound by a statement → names whose memory they may share afterwards."""
        if isinstance(statement, For):
            return {statement.target: self.sharing(statement.iterable)}
        if isinstance(statement, Store) and isinstance(self.facts.calls.get(statement), Container):
            return {name: self.sharing(statement.value) for name in self.sharing(statement.base)}
        if not isinstance(statement, Assign):
            return {}
        out: dict[str, list[str]] = {}
        match self.facts.calls.get(statement):
            case Copy(atoms=atoms):
                for target, atom in zip(statement.targets, atoms, strict=True):
                    out[target] = self.sharing(atom)
                return out
            case Primitive(arguments=arguments, in_place=in_place):
                sources = []
                if self.gives_view(statement) or in_place:
                    first = next(iter(arguments.values()))
                    sources = self.sharing(first) if isinstance(first, gast.AST) else []
            case UserCall(arguments=arguments) as call:
                returned = self.called(call).returned
                given = [value for key, value in arguments.items() if key in returned]
                sources = [name for value in given for name in self.sharing(value)]
            case Container(operation="append" | "extend", atoms=atoms):
                base, *items = atoms
                for name in self.sharing(base):
                    out[name] = [source for item in items for source in self.sharing(item)]
                sources = self.sharing(base)
            case Container(
                operation="concatenate" | "repeat" | "convert" | "slice", atoms=atoms
            ) if self.lists and self.of_no_lists(atoms):
                sources = []
            case Container(
                operation="concatenate"
                | "repeat"
                | "convert"
                | "slice"
                | "display"
                | "element"
                | "pop"
                | "unpack",
                atoms=atoms,
            ):
                sources = [name for atom in atoms for name in self.sharing(atom)]
            case Unresolved() | Inert(effect=True):
                sources = [
                    name for name in read(statement) if shares(self.facts.kinds.get(name, Kind()))
                ]
            case _:
                sources = []
        for target in statement.targets:
            if shares(self.facts.kinds.get(target, Kind())):
                out.setdefault(target, []).extend(sources)
        return out

    def gives_view(self, statement: Assign) -> bool:
        """Whether what a statement assigns may be a view of an array."""
        found = self.facts.calls.get(statement)
        if not isinstance(found, Primitive) or found.rule.kind != "view":
            return False
        return not (
            found.rule.function is operator.getitem and self.copies(*found.arguments.values())
        )

    def copies(self, base: gast.AST, index: gast.AST) -> bool:
        """Whether `base[index]` is certainly an element, or an array with memory of its own.

        So it is if an array is among the indices, or if there is a number or an array for every axis.
        """
        parts = list(index.elts) if isinstance(index, gast.Tuple) else [index]
        numbers = [self.facts.atom(part) for part in parts if self.is_number(part)]
        if any(isinstance(k, Number) and k.array and k.ndim for k in numbers):
            return True
        kind = self.facts.atom(base)
        axes = kind.ndim if isinstance(kind, Number) else None
        return axes is not None and axes <= len(parts) == len(numbers)

    def is_number(self, part: gast.AST) -> bool:
        """Whether a part of an index is certainly a number or an array, and no slice in a variable."""
        if isinstance(part, gast.Slice):
            return False
        kind = self.facts.atom(part)
        if not isinstance(kind, Number) or kind.array is not None:
            return isinstance(kind, Number)
        made = self.made.get(part.id) if isinstance(part, gast.Name) else None
        found = self.facts.calls.get(made) if made is not None else None
        if not isinstance(found, Primitive) or found.rule.function is not operator.getitem:
            return False
        return self.is_number(next(iter(found.arguments.values())))

    def of_no_lists(self, atoms: Iterable[gast.AST]) -> bool:
        """Whether what lists hold are certainly no lists."""
        kinds = [self.facts.kinds.get(atom.id) for atom in atoms if isinstance(atom, gast.Name)]
        return all(isinstance(k, Sequence) and not _holds_list(k.item) for k in kinds)

    def sharing(self, atom: gast.AST) -> list[str]:
        if not isinstance(atom, gast.Name):
            return []
        kind = self.facts.kinds.get(atom.id)
        if kind is None or not shares(kind) or (self.lists and not _holds_list(kind)):
            return []
        return [atom.id]

    def written_by(self, statement: Statement) -> tuple[str, ...]:
        resolution = self.facts.calls.get(statement)
        match statement, resolution:
            case Store(base=gast.Name(id=name), value=value, operator=gast.operator()), Container():
                kind = (
                    self.facts.kind(value.id, statement) if isinstance(value, gast.Name) else None
                )
                if kind is not None and shares(kind):
                    self.conflict(
                        statement,
                        "this augmented assignment changes an array in a list, which isn't differentiated",
                        "Write `values[k] = values[k] + v`.",
                    )
                return (name,)
            case Store(base=gast.Name(id=name)), _:
                return (name,)
            case Store(base=base), _:
                self.conflict(
                    statement,
                    "writing into something that is no local variable isn't differentiated",
                    _COPY,
                )
                return tuple(name for name in self.sharing(base))
            case Assign(), Primitive(arguments=arguments, in_place=True):
                first = next(iter(arguments.values()))
                return (first.id,) if isinstance(first, gast.Name) else ()
            case Assign(), Primitive(rule=rule, arguments=arguments) if rule.mutates:
                changed = [arguments[parameter] for parameter in sorted(rule.mutates)]
                if not all(isinstance(atom, gast.Name) for atom in changed):
                    self.conflict(
                        statement,
                        "writing into something that is no local variable isn't differentiated",
                        _COPY,
                    )
                return tuple(atom.id for atom in changed if isinstance(atom, gast.Name))
            case Assign(), Container(
                operation="append" | "pop" | "extend", atoms=(gast.Name(id=name), *_)
            ):
                return (name,)
            case Assign(), Unresolved(changes=names) as unresolved if names:
                if any(_is_real_array(self.facts.kinds.get(name)) for name in names):
                    self.conflict(statement, unresolved.message, unresolved.remedy)
                return tuple(name for name in names if name in self.facts.kinds)
            case Effect(node=gast.Delete(targets=targets)), _:
                lists = tuple(name for target in targets for name in self.sharing(_base(target)))
                if any(carries(self.facts.kinds[name]) for name in lists):
                    self.conflict(
                        statement,
                        "deleting items of a list isn't differentiated",
                        "Make a new list of those that stay.",
                    )
                return lists
            case Assign(), UserCall() as call:
                return self.written_by_call(statement, call)
        return ()

    def written_by_call(self, statement: Statement, call: UserCall) -> tuple[str, ...]:
        """The arguments that a called function writes into: it shares their memory."""
        memory = self.called(call)
        given: list[str] = []
        for parameter, argument in call.arguments.items():
            function = call.source.name
            if parameter in memory.perhaps and self.sharing(argument):
                self.conflict(
                    statement,
                    f"{function} changes its argument {parameter} if that is an array, and only then",
                    "Annotate the parameters with float or np.ndarray, or give like=.",
                )
            if parameter in memory.mutated:
                given += self.sharing(argument)
                self.is_seen(
                    argument.id if isinstance(argument, gast.Name) else "",
                    statement,
                    f"{function} writes into its argument {parameter}, which isn't differentiated yet",
                    f"Let {function} copy {parameter} first, and return what it makes. Or let it be known that "
                    "it is an array: annotate the parameters with np.ndarray, or give like=.",
                )
        return tuple(given)

    def check_overlap(self, statement: Statement, call: UserCall, pairs: _Pairs) -> None:
        """Refuse a call that writes into an argument which shares memory with another argument."""
        for parameter in sorted(self.called(call).mutated):
            for written in self.sharing(call.arguments[parameter]):
                for other, argument in call.arguments.items():
                    if other == parameter:
                        continue
                    names = self.sharing(argument)
                    if written in names or not _others(written, pairs).isdisjoint(names):
                        self.conflict(
                            statement,
                            f"{call.source.name} writes into its argument {parameter}, which shares memory with "
                            f"{other}, which isn't differentiated yet",
                            "Pass a copy.",
                        )

    def perhaps_written_by(self, statement: Statement) -> tuple[str, ...]:
        """What `x += v` changes if x is an array, where that isn't known."""
        match statement:
            case Assign(
                value=gast.Call(func=gast.Name(id=function), args=[gast.Name(id=name), _])
            ) if function in _IN_PLACE and statement not in self.writes:
                kind = self.facts.kinds.get(name)
                unknown = isinstance(kind, Number) and kind.array is None and not kind.scalar
                return (name,) if unknown else ()
        return ()

    def conflict(self, statement: Statement, message: str, remedy: str) -> None:
        self.conflicts.setdefault(statement, Conflict(statement, message, remedy))

    # ---- which names may point to one array, at each statement ---------------------------------

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
        if statement in self.writes and self.changes_list(statement) is self.lists:
            self.check(statement, pairs)
            resolution = self.facts.calls.get(statement)
            if isinstance(resolution, UserCall):
                self.check_overlap(statement, resolution, pairs)
        if statement in self.perhaps and not self.lists:
            self.check_perhaps(statement, pairs)
        return self.bind(statement, pairs)

    def bind(self, statement: Statement, pairs: _Pairs) -> _Pairs:
        shared = {
            target: names
            for target, names in self.shared(statement).items()
            if target in self.tracked
        }
        new = {target for target in bound(statement) if target in self.tracked}
        meaning = self.facts.calls.get(statement)
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
            alone = self.lists and frozenset({name}) not in pairs
            for other in () if alone else sorted(_others(name, pairs)):
                if not self.may_be_written(other.removeprefix(_CALLERS), statement):
                    continue
                if other.startswith(_CALLERS):
                    parameter = other.removeprefix(_CALLERS)
                    self.mutated.add(parameter)
                    copied = f"Write into a copy: {self.home.get(name, name)} = {parameter}.copy()."
                    attribute = isinstance(statement, Store) and isinstance(statement.index, str)
                    self.is_seen(
                        name,
                        statement,
                        f"this writes into the argument {parameter}, "
                        "which isn't differentiated yet",
                        "Keep the value in a variable, and return it." if attribute else copied,
                    )
                elif other in self.live_after.get(statement, frozenset()) and other != name:
                    self.is_seen(
                        name,
                        statement,
                        f"this writes into memory that {self.shown(other)} shares, "
                        "which isn't differentiated yet",
                        _KNOWN,
                    )
            if name in self.live_after.get(statement, ()) and isinstance(statement, Assign):
                resolution = self.facts.calls.get(statement)
                if isinstance(resolution, Primitive) and resolution.in_place:
                    self.is_seen(
                        name,
                        statement,
                        f"this writes into memory that {self.shown(name)} shares, "
                        "which isn't differentiated yet",
                        _KNOWN,
                    )
            if name in self.tracked and self.isnt_owner(name):
                self.is_seen(
                    name,
                    statement,
                    "writing through a view isn't differentiated yet",
                    "Write into the array itself. Or let it be known that both are arrays: annotate the "
                    "parameters with np.ndarray, or give like=.",
                )

    def is_seen(self, name: str, statement: Statement, message: str, remedy: str) -> None:
        """Note that a write through a name is seen through others; lists are refused."""
        known = self.seen.setdefault(name, [])
        if all(conflict.statement is not statement for conflict in known):
            known.append(Conflict(statement, message, remedy))

    def check_perhaps(self, statement: Statement, pairs: _Pairs) -> None:
        """Refuse what changes the value of another name if it works on an array."""
        for name in self.perhaps[statement]:
            live = self.live_after.get(statement, frozenset()) - set(bound(statement))
            for other in sorted(_others(name, pairs)):
                if other.startswith(_CALLERS):
                    self.perhaps_mutated.setdefault(
                        other.removeprefix(_CALLERS),
                        Conflict(
                            statement,
                            f"this changes the argument {other.removeprefix(_CALLERS)} "
                            "if that is an array, and only then",
                            "Annotate the parameters with float or np.ndarray, or give like=.",
                        ),
                    )
            for other in sorted({name, *_others(name, pairs)} & live):
                mine = self.home.get(bound(statement)[0], "a value")
                self.conflict(
                    statement,
                    f"this changes what {self.shown(other)} is if {mine} is an array, "
                    "and only then",
                    "Annotate the parameters with float or np.ndarray, or give like=. Or write it "
                    f"out, {mine} = {mine} ..., which never changes another value.",
                )

    def isnt_owner(self, name: str) -> bool:
        """Whether a name is bound to a view."""
        return name in self.views

    @cached_property
    def views(self) -> frozenset[str]:
        found: set[str] = set()
        for statement in walk(self.body):
            resolution = self.facts.calls.get(statement)
            if isinstance(statement, Assign) and self.gives_view(statement):
                found.update(statement.targets)
            if (
                isinstance(statement, Assign)
                and isinstance(resolution, Container)
                and resolution.operation in {"element", "slice", "unpack"}
            ):
                found.update(statement.targets)
        return frozenset(found)

    def shown(self, name: str) -> str:
        return repr(self.home.get(name, "another value"))


def _holds_list(kind: Kind) -> bool:
    """Whether something of this kind may be a list, or lead to one."""
    if isinstance(kind, Sequence) and kind.type == "tuple":
        return any(map(_holds_list, kind.items or (kind.item,)))
    return not isinstance(kind, Number | Other)


def _is_real_array(kind: Kind | None) -> bool:
    return isinstance(kind, Number) and kind.real and kind.array is not False


def _is_array(kind: Kind | None) -> bool:
    return isinstance(kind, Number) and kind.array is True


def _of_arrays(kind: Kind | None) -> bool:
    """Whether something is an array, or a list or a tuple of arrays."""
    if isinstance(kind, Sequence):
        return all(map(_is_array, kind.items or (kind.item,)))
    return _is_array(kind)


def _base(target: gast.AST) -> gast.AST:
    return target.value if isinstance(target, gast.Subscript) else target


_MIRRORED = frozenset(
    {
        "display",
        "element",
        "slice",
        "convert",
        "concatenate",
        "repeat",
        "append",
        "pop",
        "store",
        "unpack",
        "length",
    }
)
_READ_ONLY: tuple[object, ...] = (
    np.broadcast_to,
    np.diagonal,
    np.lib.stride_tricks.sliding_window_view,
)
_CALLERS = "the caller's "
_COPY = "Write into a local array."
_KNOWN = (
    "Write into a copy, or take the other value after the write. Or let it be known that "
    "both are arrays: annotate the parameters with np.ndarray, or give like=."
)
_IN_PLACE = frozenset(IN_PLACE.values())


def _others(name: str, pairs: _Pairs) -> set[str]:
    return {other for pair in pairs if name in pair for other in pair if other != name}


def _joined(states: list[_Pairs | None]) -> _Pairs | None:
    known = [state for state in states if state is not None]
    return frozenset().union(*known) if known else None
