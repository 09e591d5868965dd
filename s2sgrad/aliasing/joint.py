"""Which arrays have derivatives that are memory: those in whose class a write is seen through another name."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from s2sgrad.aliasing.found import Findings
from s2sgrad.aliasing.glances import glances
from s2sgrad.aliasing.listed import can_be_mirrored
from s2sgrad.aliasing.sharing import Sharing
from s2sgrad.flow import bound
from s2sgrad.infer.resolution import Primitive, UserCall
from s2sgrad.mirror import makes_new
from s2sgrad.program import Statement, walk

__all__ = ["jointly_seen"]

_NOT_SHADOWED: tuple[object, ...] = (
    np.einsum,
    np.broadcast_to,
    np.lib.stride_tricks.sliding_window_view,
    max,
    min,
)


def jointly_seen(
    sharing: Sharing,
    parameters: tuple[str, ...],
    results: frozenset[str],
    classes: Mapping[str, frozenset[str]],
    writes: Mapping[Statement, tuple[str, ...]],
    links: Mapping[Statement, Mapping[str, list[str]]],
    findings: Findings,
) -> frozenset[str]:
    """The names of arrays whose derivatives have to be memory; others that would have to are refused.

    classes: name → all names that may ever share memory with it; writes: statement → the names that it writes;
    links: statement → for what it binds, the names whose memory that may share; results: the names that are assigned
    where the function returns.
    """
    body, facts, calls = sharing.body, sharing.facts, sharing.facts.calls
    joint: frozenset[str] = frozenset()
    handed = _handed_over(sharing, findings)
    looked: dict[frozenset[str], Mapping[str, set[str]]] = {}
    refused: set[frozenset[str]] = set()
    for name, conflicts in findings.seen.items():
        whole = classes.get(name, frozenset({name}))
        if whole not in looked:
            given = (*parameters, *handed)
            apart = glances(body, whole, given, results, writes, links, facts)
            looked[whole] = _neighbours(whole - apart, links)
        shared = _linked(name, looked[whole])
        if can_be_mirrored(shared, body, facts, parameters):
            joint |= shared
        else:
            if whole not in refused:
                _refuse_returned(sharing, whole, findings)
                refused.add(whole)
            for conflict in conflicts:
                findings.conflicts.setdefault(conflict.statement, conflict)
    _refuse_returned(sharing, joint, findings)
    for statement in walk(body):
        found = calls.get(statement)
        if (
            isinstance(found, Primitive)
            and (found.rule.function in _NOT_SHADOWED or _is_no_view(found))
            and not makes_new(found, sharing.facts)
            and not joint.isdisjoint(bound(statement))
        ):
            findings.conflict(
                statement,
                f"what {found.rule.name} gives sees what is written later, which isn't differentiated yet",
                "Take it after the write, or a copy of it.",
            )
    return joint


def _neighbours(
    names: frozenset[str], links: Mapping[Statement, Mapping[str, list[str]]]
) -> Mapping[str, set[str]]:
    """For some names, those of them that each is linked with directly."""
    beside: dict[str, set[str]] = {}
    for shared in links.values():
        for target, sources in shared.items():
            for source in sources if target in names else ():
                if source in names:
                    beside.setdefault(target, set()).add(source)
                    beside.setdefault(source, set()).add(target)
    return beside


def _linked(name: str, beside: Mapping[str, set[str]]) -> frozenset[str]:
    """Those of some names that are linked with one of them, directly or through others of them."""
    found, waiting = {name}, [name]
    while waiting:
        new = beside.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return frozenset(found)


def _is_no_view(found: Primitive) -> bool:
    """Whether a primitive may give an argument as it is, and no view of it else."""
    return found.rule.shares and found.rule.kind != "view"


def _handed_over(sharing: Sharing, findings: Findings) -> tuple[str, ...]:
    """The names of arguments whose derivatives are memory in the functions that are called, noted as seen."""
    handed: list[str] = []
    for statement in walk(sharing.body):
        call = sharing.facts.calls.get(statement)
        if not isinstance(call, UserCall):
            continue
        memory = sharing.called(call)
        for parameter in sorted(memory.joint - memory.mutated):
            for name in sharing.sources(call.arguments[parameter]):
                handed.append(name)
                findings.is_seen(
                    name,
                    statement,
                    f"{call.source.name} gives its argument {parameter} and what it writes into one name, "
                    "which isn't differentiated yet",
                    f"Let {call.source.name} copy {parameter} first.",
                )
    return tuple(handed)


def _refuse_returned(sharing: Sharing, names: frozenset[str], findings: Findings) -> None:
    """Refuse the calls that give some of these names memory of their arguments."""
    for statement in walk(sharing.body):
        call = sharing.facts.calls.get(statement)
        if isinstance(call, UserCall) and not names.isdisjoint(bound(statement)):
            memory = sharing.called(call)
            apart = memory.same is None or len(memory.same) == len(bound(statement))
            if memory.returned and not (memory.exact and apart):
                findings.conflict(
                    statement,
                    f"what {call.source.name} returns may share memory with its argument, and is written into, "
                    "which isn't differentiated yet",
                    f"Let {call.source.name} return a copy.",
                    called=True,
                )
