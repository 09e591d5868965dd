"""Objects that are written into while copies of the names of their parts exist.

An object that a name may stand for among others (`p = a if c else b`) has names for its parts that are copies of
those of `a` or `b`. Where `a.w` gets another value afterwards, `p_w` isn't what it has to be: nobody may read it.
"""

from __future__ import annotations

from collections.abc import Mapping

import gast

from s2sgrad.aliasing.live_after import live_after
from s2sgrad.flow import bound
from s2sgrad.program import Assign, Block, For, If, Jump, Statement, While

__all__ = ["stale"]

Shared = dict[str, frozenset[str]]


def stale(
    body: Block,
    copies: set[Statement],
    rewrites: Mapping[Statement, str],
    captured: set[str],
) -> list[Statement]:
    """The statements that write into an object while another name for the part may still be read.

    copies: statements that give parts names beside those that they have; rewrites: statements that give a part another
    value, and the root of its object; all others that give a part a value belong to new objects. captured: names that
    functions read which are made inside.
    """
    if not copies or not rewrites:
        return []
    walk = _Walk(copies, rewrites)
    walk.block(body, {})
    live = live_after(body, rewrites, {})
    return [
        statement
        for statement, names in walk.found.items()
        if not names.isdisjoint(live.get(statement, frozenset()) | captured)
    ]


class _Walk:
    """Which names may be those of the same part of one object, statement by statement."""

    def __init__(self, copies: set[Statement], rewrites: Mapping[Statement, str]) -> None:
        self.copies, self.rewrites = copies, rewrites
        self.found: dict[Statement, frozenset[str]] = {}
        self.jumps: list[Shared] = []

    def block(self, block: Block, shared: Shared) -> Shared:
        for statement in block:
            shared = self.statement(statement, shared)
        return shared

    def statement(self, statement: Statement, shared: Shared) -> Shared:
        match statement:
            case If(body=body, orelse=orelse):
                return _either(self.block(body, shared), self.block(orelse, shared))
            case Jump():
                self.jumps[-1:] = [_either(self.jumps[-1], shared)]
                return shared
            case For(body=body):
                return self.loop((), body, _without(shared, bound(statement)))
            case While(head=head, body=body):
                return self.loop(head, body, shared)
        if statement in self.rewrites:
            names = [shared.get(n, frozenset()) - {n} for n in bound(statement)]
            self.found[statement] = frozenset().union(self.found.get(statement, ()), *names)
            return shared
        if isinstance(statement, Assign) and statement in self.copies:
            return _with_copies(shared, statement)
        return _without(shared, bound(statement))

    def loop(self, head: Block, body: Block, before: Shared) -> Shared:
        while True:
            self.jumps.append({})
            tested = self.block(head, before)
            after = self.block(body, tested)
            again = _either(_either(before, after), _either(self.jumps.pop(), tested))
            if again == before:
                return before
            before = again


def _with_copies(shared: Shared, statement: Assign) -> Shared:
    """After a copy of names of parts: all are read before any gets a value."""
    value = statement.value
    atoms = value.elts if isinstance(value, gast.Tuple) else [value]
    groups = {
        target: shared.get(atom.id, frozenset({atom.id}))
        for target, atom in zip(statement.targets, atoms, strict=True)
        if isinstance(atom, gast.Name)
    }
    shared = _without(shared, statement.targets)
    for target, group in groups.items():
        others = group.difference(statement.targets)
        for other in others:
            shared[other] = shared.get(other, frozenset({other})) | {target}
        shared[target] = others | {target}
    return shared


def _without(shared: Shared, names: tuple[str, ...]) -> Shared:
    """After names were given something new."""
    gone = frozenset(names)
    return {n: group - gone for n, group in shared.items() if n not in gone}


def _either(one: Shared, other: Shared) -> Shared:
    """What may be the case if one or the other may."""
    return {n: one.get(n, frozenset()) | other.get(n, frozenset()) for n in {**one, **other}}
