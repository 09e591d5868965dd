"""Which lists something else holds: another name, or a list that they are in.

What is appended to a list changes that list, not those that are in it; and where no other name and no other list
leads to it, nobody else sees the change.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations

from s2sgrad.aliasing.relation import Relation
from s2sgrad.flow import bound
from s2sgrad.infer.resolution import Container, Copy, Inert, Primitive, Resolution, reads
from s2sgrad.program import Assign, Block, For, If, Statement, While, walk
from s2sgrad.trees import loaded

__all__ = ["held_by", "may_repeat", "never_inside", "repeats"]


def held_by(statement: Statement, found: Resolution | None) -> set[str]:
    """The names of what may be held by something else after a statement, too; found: what the statement means."""
    match found:
        case Container(
            operation="convert"
            | "concatenate"
            | "repeat"
            | "slice"
            | "length"
            | "extend"
            | "reverse"
        ):
            return set()
        case Container(operation="element" | "pop" | "unpack"):
            return set(bound(statement))
        case Container(operation="display", atoms=atoms):
            return {name for atom in atoms for name in loaded(atom)}
        case Container(operation="append" | "store" | "insert", atoms=(_, *atoms)):
            return {name for atom in atoms for name in loaded(atom)}
        case Inert(effect=False):
            return set()
    match statement:
        case If() | While():
            return set()
        case For(target=target):
            return {target}
    return {*reads(statement, found), *bound(statement)}


def repeats(name: str) -> str:
    """The fact that a list may hold one thing twice."""
    return f"{name} twice"


def may_repeat(statement: Statement, found: Resolution | None, before: Relation) -> set[str]:
    """The names of lists that may hold one thing twice after a statement; before: what may share memory before it.

    What is popped from any other list is no longer in it.
    """
    match found:
        case Container(operation="append" | "store" | "insert", atoms=(base, *_, item)):
            held = [a == b or before.together(a, b) for a in loaded(base) for b in loaded(item)]
            return set(loaded(base)) if any(held) else set()
        case Container(operation="display", atoms=atoms):
            names = [name for atom in atoms for name in loaded(atom)]
            same = any(a == b or before.together(a, b) for a, b in combinations(names, 2))
            return set(bound(statement)) if same else set()
        case Container(operation="convert" | "slice", atoms=(base, *_)):
            twice = any(repeats(name) in before.facts for name in loaded(base))
            return set(bound(statement)) if twice else set()
        case Copy(atoms=atoms):
            sources = zip(bound(statement), atoms, strict=True)
            return {
                t for t, atom in sources if any(repeats(n) in before.facts for n in loaded(atom))
            }
        case Container(operation="pop" | "element" | "unpack" | "length"):
            return set(bound(statement))
        case Inert(effect=False) | Primitive():
            return set(bound(statement))
    return {*reads(statement, found), *bound(statement)}


def never_inside(
    body: Block, parameters: Iterable[str], calls: Mapping[Statement, Resolution]
) -> dict[str, frozenset[str]]:
    """Names of what is never in a list, never given or returned → all names that it may have."""
    inside = set(parameters)
    groups: dict[str, set[str]] = {}
    for statement in walk(body):
        match statement, calls.get(statement):
            case Assign(targets=targets), Copy(atoms=atoms):
                pairs = list(zip(targets, atoms, strict=True))
            case Assign(), Container(operation="extend", atoms=(_, *items)):
                pairs = []
                inside.update(name for item in items for name in loaded(item))
            case _, found:
                pairs = []
                inside |= held_by(statement, found)
        for target in bound(statement):
            groups.setdefault(target, {target})
        for target, atom in pairs:
            _together(groups, target, loaded(atom))
    return {name: frozenset(group) for name, group in groups.items() if inside.isdisjoint(group)}


def _together(groups: dict[str, set[str]], target: str, names: Iterable[str]) -> None:
    """The names are names of one thing."""
    group = groups[target]
    for name in names:
        group |= groups.get(name, {name})
    for name in group:
        groups[name] = group
