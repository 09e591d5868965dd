"""The order of the analysis: what shares memory, what is written, where that is seen, what follows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

import gast

from s2sgrad.aliasing.found import Aliasing, CallMemory, Findings
from s2sgrad.aliasing.held import never_inside
from s2sgrad.aliasing.joint import jointly_seen
from s2sgrad.aliasing.kept import (
    keepers,
    keeping,
    read_again,
    refuse_unsure,
    that_may_change,
)
from s2sgrad.aliasing.live_after import live_after
from s2sgrad.aliasing.seen import Seen
from s2sgrad.aliasing.sharing import Sharing
from s2sgrad.aliasing.through_functions import read_through
from s2sgrad.aliasing.unlike import refuse_unlike
from s2sgrad.aliasing.written import perhaps_written_by, refuse_writing_tests, written_by
from s2sgrad.flow import bound
from s2sgrad.infer.augmented import undecided_augmentations
from s2sgrad.infer.facts import Facts
from s2sgrad.infer.resolution import UserCall
from s2sgrad.kinds import Number, Sequence
from s2sgrad.layout import contiguous, laid_out
from s2sgrad.outward import reached
from s2sgrad.program import Assign, Block, Statement, Store, walk
from s2sgrad.source import FileModule, resolve
from s2sgrad.trees import loaded
from s2sgrad.unfollowed import value_of

__all__ = ["aliasing"]


def aliasing(
    body: Block,
    parameters: Iterable[str],
    facts: Facts,
    home: Mapping[str, str],
    called: Callable[[UserCall], CallMemory],
    outer: Mapping[str, object],
    results: frozenset[str],
) -> Aliasing:
    """The aliasing of a function body; home: name → the user's; called: what a call does with memory.

    outer: what names mean outside of the function; results: the names that are assigned where the function returns.
    """
    parameters = tuple(parameters)
    sharing, findings = Sharing(body, facts, called), Findings()
    links: dict[Statement, dict[str, list[str]]] = {}
    writes: dict[Statement, tuple[str, ...]] = {}
    perhaps: dict[Statement, tuple[str, ...]] = {}
    for statement in walk(body):
        links[statement] = sharing.links(statement)
        if names := written_by(statement, sharing, findings):
            writes[statement] = names
        if names := perhaps_written_by(statement, sharing):
            perhaps[statement] = names
    refuse_writing_tests(body, writes, facts, findings)

    def returned(statement: Statement) -> frozenset[int]:
        call = facts.calls.get(statement)
        return called(call).around if isinstance(call, UserCall) else frozenset()

    own_classes = _classes(links)
    kept = keeping(body, sharing, own_classes, called, outer)
    kept = that_may_change(kept, (*writes.items(), *perhaps.items()), own_classes, facts)
    if kept:
        links = read_again(
            body, kept, links, lambda s: returned(s) | _attribute(s, facts, outer), outer
        )
    classes = _classes(links)
    given = {name for parameter in parameters for name in classes.get(parameter, {parameter})}
    for statement in undecided_augmentations(body, facts, given):
        findings.conflict(
            statement,
            "it isn't known whether this changes an array, whose items are assigned later, or makes a number",
            "Annotate the parameters with np.ndarray, or give like=.",
        )
    apart = never_inside(body, parameters, facts.calls)
    changed = {
        statement: {
            alias
            for name in names
            for alias in apart.get(name, classes.get(name, frozenset({name})))
            if sharing.may_be_written(alias, statement)
        }
        for statement, names in writes.items()
    }
    written = frozenset().union(*changed.values())

    around = _around(body, own_classes, returned)
    for statement, names in (*writes.items(), *perhaps.items()):
        if not around.keys().isdisjoint(names):
            findings.conflict(
                statement,
                "this writes into what is outside of the function, and which a function that is called has returned",
                "Write into a copy, or call that function after the write.",
            )
    later = live_after(body, {**writes, **perhaps}, facts.calls)
    for lists in (False, True):
        changing = {s: names for s, names in writes.items() if sharing.changes_list(s) is lists}
        unsure = {} if lists else perhaps
        tracked = frozenset().union(
            *(changed[s] for s in changing),
            *(classes.get(n, {n}) for names in unsure.values() for n in names),
        )
        if tracked:
            of_these = replace(sharing, lists=lists)
            Seen(of_these, changing, unsure, tracked, later, home, findings).walk(body, parameters)
    refuse_unlike(
        {s: (*writes.get(s, ()), *perhaps.get(s, ())) for s in (*writes, *perhaps)},
        classes,
        facts,
        outer,
        findings,
    )
    refuse_unsure(sharing, kept, perhaps, classes, home, findings)
    joint = jointly_seen(sharing, parameters, results, classes, writes, links, findings)
    return Aliasing(
        classes=classes,
        written=written,
        resized=frozenset().union(
            *(
                _resized(names, writes[statement], facts)
                for statement, names in changed.items()
                if not isinstance(statement, Store)
            )
        ),
        writes=writes,
        conflicts=tuple(findings.conflicts.values()),
        mutated=frozenset(findings.mutated),
        links=links,
        joint=joint,
        perhaps=tuple(findings.perhaps.items()),
        laid_out=laid_out(
            body, findings.mutated, facts, joint, classes, lambda call: called(call).laid_out
        ),
        contiguous=contiguous(body, facts) if joint else frozenset(),
        through=read_through(body, facts, classes),
        around=_around(body, own_classes, lambda s: returned(s) | _attribute(s, facts, outer)),
        results=results,
        keeping=kept,
        keepers=keepers(kept, classes),
    )


def _resized(names: set[str], written: tuple[str, ...], facts: Facts) -> set[str]:
    """The names of what may change its length, of those that are written into: lists that hold an array don't."""
    if not all(isinstance(facts.kinds.get(name), Number) for name in written):
        return names
    return {name for name in names if not isinstance(facts.kinds.get(name), Sequence)}


def _around(
    body: Block,
    classes: Mapping[str, frozenset[str]],
    given: Callable[[Statement], frozenset[int]],
) -> dict[str, frozenset[int]]:
    """Name → the identities of what is outside and may stand under it; given: of that which a statement gives."""
    found: dict[str, set[int]] = {}
    for statement in walk(body):
        if identities := given(statement):
            for target in bound(statement):
                for alias in classes.get(target, {target}):
                    found.setdefault(alias, set()).update(identities)
    return {name: frozenset(identities) for name, identities in found.items()}


def _attribute(statement: Statement, facts: Facts, outer: Mapping[str, object]) -> frozenset[int]:
    """The identities of what an attribute holds that a statement reads of something outside."""
    value = statement.value if isinstance(statement, Assign) else None
    if not isinstance(value, gast.Attribute):
        return frozenset()
    root = next(iter(loaded(value)), "")
    if root in facts.kinds:
        return frozenset()
    read = isinstance(resolve(value.value, outer), FileModule)
    held = (resolve if read else value_of)(value, outer)
    return frozenset(reached(held))


def _classes(links: Mapping[Statement, Mapping[str, list[str]]]) -> dict[str, frozenset[str]]:
    """Name → all names that are linked with it, directly or through others."""
    parent: dict[str, str] = {}

    def find(name: str) -> str:
        parent.setdefault(name, name)
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    for shared in links.values():
        for target, sources in shared.items():
            for source in sources:
                parent[find(target)] = find(source)
    members: dict[str, set[str]] = {}
    for name in list(parent):
        members.setdefault(find(name), set()).add(name)
    return {name: frozenset(members[find(name)]) for name in parent}
