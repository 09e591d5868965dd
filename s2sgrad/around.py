"""What lies around a function and changes while it runs: arrays, containers and objects of the module.

A call doesn't say what it reads and writes that nobody passes to it. An object is known by its identity: a helper of
another module may know it by another name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import FunctionType, ModuleType
from typing import TYPE_CHECKING, NamedTuple

import gast

from s2sgrad.infer.resolution import Resolution, Unresolved, UserCall
from s2sgrad.kinds import Kind, Number, Sequence, Unknown
from s2sgrad.outward import is_kept, reached, roots_outside, variable
from s2sgrad.program import Assign, Statement, Store, walk
from s2sgrad.source import MISSING, Source
from s2sgrad.trees import loaded, nodes
from s2sgrad.trees import name as load
from s2sgrad.unfollowed import is_library, is_library_module, may_change, value_of

if TYPE_CHECKING:
    from s2sgrad.context import Analysis

__all__ = [
    "Around",
    "Stored",
    "around",
    "changed_for_good",
    "changed_outside",
    "changed_unfollowed",
    "has_contents",
    "stored_outside",
]

_ANYTHING = (exec, eval, globals)
Called = Callable[[UserCall], frozenset[int]]
"""The identities of the objects that a called function does something with."""


class Stored(NamedTuple):
    """An array or a list of a module: its identity, and the name by which a function stores into it."""

    identity: int
    name: str


@dataclass(frozen=True, eq=False)
class Around:
    """changed: a call → the names that may give something else after it than before, and their aliases.

    left: the same, where what the called function itself writes is undone.

    readers: the name of something around → the functions that read it where they are called.

    stored: a call → the arrays and lists that are stored into, each with the name that it has here, if any.
    """

    changed: Mapping[Resolution, frozenset[str]] = field(default_factory=dict)
    left: Mapping[UserCall, frozenset[str]] = field(default_factory=dict)
    readers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    stored: Mapping[UserCall, Mapping[Stored, str | None]] = field(default_factory=dict)


def changed_outside(analysis: Analysis, called: Called) -> frozenset[int]:
    """The identities of the objects around a function that it writes into, or that what it calls does."""
    found: set[int] = set()
    for statement in walk(analysis.function.body):
        for name in roots_outside(statement, analysis):
            value = analysis.source.namespace.get(name, MISSING)
            found |= reached(value)
        call = analysis.facts.calls.get(statement)
        if isinstance(call, UserCall):
            found |= called(call)
        else:
            found |= changed_unfollowed(statement, call, analysis)
    return frozenset(found)


def stored_outside(
    analysis: Analysis, called: Callable[[UserCall], frozenset[Stored]]
) -> frozenset[Stored]:
    """The arrays and lists around a function that it stores into, or that what it calls does."""
    found: set[Stored] = set()
    for statement in walk(analysis.function.body):
        for own in roots_outside(statement, analysis):
            value = analysis.source.namespace.get(own, MISSING)
            if value is not MISSING and has_contents(analysis.facts.atom(load(own))):
                found.add(Stored(id(value), own))
        call = analysis.facts.calls.get(statement)
        if isinstance(call, UserCall):
            found |= called(call)
    return frozenset(found)


def has_contents(kind: Kind) -> bool:
    """Whether something is an array or a list, which can be given its contents as a whole, as far as is known."""
    if isinstance(kind, Sequence):
        return kind.type == "list"
    return isinstance(kind, Unknown) or (isinstance(kind, Number) and kind.array is True)


def changed_unfollowed(
    statement: Statement, call: Resolution | None, analysis: Analysis
) -> frozenset[int]:
    """What a call may change of which it isn't known what it does."""
    node = getattr(statement, "value", None)
    if not isinstance(call, Unresolved) or not isinstance(node, gast.Call):
        return frozenset()
    outer = analysis.source.namespace
    known = value_of(node.func, outer)
    item = isinstance(node.func, gast.Subscript) and known is not MISSING
    left = loaded(node.func) if item or isinstance(known, type) else ()
    given = [outer.get(name, MISSING) for name in call.changes if name not in left]
    held = (reached(value) for value in given if is_kept(value) and not is_library(value))
    if any(known is anything for anything in _ANYTHING):
        return frozenset().union(*({variable(outer, n), *reached(outer[n])} for n in outer))
    root, *_ = loaded(node.func) or ("",)
    functions = [known]
    if functions == [MISSING]:  # an item of something
        functions = [outer.get(root)]
    if root in analysis.facts.kinds:  # one of those that it may stand for
        functions = [outer.get(n) for n in analysis.aliasing.aliases(root) - {root}]
    passed = sorted({n for part in (*node.args, *node.keywords) for n in loaded(part)})
    functions += [f for n in passed if isinstance(f := outer.get(n), FunctionType | Source)]
    return frozenset().union(*map(may_change, functions), *held)


def changed_for_good(analysis: Analysis, called: Called) -> frozenset[int]:
    """The same for what the backward half of a function doesn't undo.

    That is all that isn't stored under the name of an array or a list, and what the functions write that it calls.
    """
    found: set[int] = set()
    outer, own = analysis.source.namespace, analysis.facts.kinds
    for statement in walk(analysis.function.body):
        call = analysis.facts.calls.get(statement)
        if isinstance(call, UserCall):
            found |= called(call)
            continue
        names = set(roots_outside(statement, analysis))
        match statement:
            case Store(base=gast.Name(id=name), index=gast.AST()) if name not in own:
                kind = analysis.facts.atom(load(name))
                inside = statement.operator and not isinstance(kind, Number)  # `rows[k] += v`
                names -= {name} if has_contents(kind) and not inside else set()
        found = found.union(*(reached(outer.get(name, MISSING)) for name in names))
        found |= changed_unfollowed(statement, call, analysis)
    return frozenset(found)


def around(
    analysis: Analysis,
    seen: Called,
    changed: Called,
    left: Called,
    stored: Callable[[UserCall], frozenset[Stored]],
) -> Around:
    """What is around a function; the others: what the functions that it calls do with what is there."""
    calls = [
        (statement, statement.value, call)
        for statement, call in analysis.facts.calls.items()
        if isinstance(call, UserCall | Unresolved)
        and isinstance(statement, Assign)
        and isinstance(statement.value, gast.Call)
    ]
    objects: dict[str, set[int]] = {}
    for statement in walk(analysis.function.body):
        for tree in vars(statement).values():
            if isinstance(tree, gast.AST):
                for name, identity in _objects(tree, analysis):
                    objects.setdefault(name, set()).add(identity)
    for name, identities in analysis.aliasing.around.items():
        objects.setdefault(name, set()).update(identities)
    into = {
        call: {array: _name_for(array, objects, analysis) for array in arrays}
        for _, _, call in calls
        if isinstance(call, UserCall) and (arrays := stored(call))
    }
    for here in into.values():
        for array, known in here.items():
            if known is not None:
                objects.setdefault(known, set()).add(array.identity)
    functions: dict[str, set[int]] = {}
    for _, node, call in calls:
        if isinstance(call, UserCall):
            for name in loaded(node.func):
                functions.setdefault(name, set()).update(seen(call))
    both = [*objects.items(), *functions.items()]

    def names(identities: frozenset[int]) -> frozenset[str]:
        found = (name for name, own in both if not own.isdisjoint(identities))
        return frozenset(alias for name in found for alias in analysis.aliasing.aliases(name))

    readers = {
        name: frozenset(f for f, read in functions.items() if not read.isdisjoint(identities))
        for name, identities in _kept_by(objects, analysis, changed).items()
    }
    return Around(
        {
            call: names(found)
            for statement, _, call in calls
            if (
                found := changed(call)
                if isinstance(call, UserCall)
                else changed_unfollowed(statement, call, analysis)
            )
        },
        {
            call: names(found)
            for _, _, call in calls
            if isinstance(call, UserCall) and (found := left(call))
        },
        {name: found for name, found in readers.items() if found},
        into,
    )


def _name_for(stored: Stored, objects: Iterable[str], analysis: Analysis) -> str | None:
    """The name that a function has for what others store into, if any."""
    outer, own = analysis.source.namespace, analysis.facts.kinds
    for name in (stored.name, *sorted(objects)):
        if name not in own and id(outer.get(name, MISSING)) == stored.identity:
            return name
    return None


def _kept_by(
    objects: Mapping[str, set[int]], analysis: Analysis, changed: Called
) -> dict[str, set[int]]:
    """What names stand for, and what functions write into that keep something of what they are given."""
    found = dict(objects)
    for statement, kept in analysis.aliasing.keeping.items():
        call = analysis.facts.calls.get(statement)
        if isinstance(call, UserCall):
            found.update({n: found.get(n, set()) | changed(call) for n in kept.keepers})
    return found


def _objects(tree: gast.AST, analysis: Analysis) -> Iterator[tuple[str, int]]:
    """The names in a tree that aren't the function's own, with what they stand for, or an attribute of a module."""
    outer, own = analysis.source.namespace, analysis.facts.kinds
    for node in nodes(tree):
        match node:
            case gast.Name(id=name) if name not in own and name in outer:
                yield name, variable(outer, name)
                yield from ((name, identity) for identity in reached(outer[name]))
            case gast.Attribute(value=base, attr=attr):
                holder, (root, *_) = value_of(base, outer), loaded(base) or ("",)
                value = value_of(node, outer)
                inside = isinstance(holder, ModuleType) and not is_library_module(holder)
                if root not in own and inside and value is not MISSING:
                    yield root, variable(vars(holder), attr)
                    yield from ((root, identity) for identity in reached(value))
