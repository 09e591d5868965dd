"""Where a derivative may flow: from what a statement reads to what it binds or writes into."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import gast

from s2sgrad.aliasing import Aliasing
from s2sgrad.flow import bound
from s2sgrad.headers import keys_read
from s2sgrad.infer.facts import Facts
from s2sgrad.infer.resolution import (
    Closure,
    Container,
    Copy,
    Inert,
    Primitive,
    Resolution,
    Unresolved,
    UserCall,
)
from s2sgrad.kinds import BOTTOM, Kind, Known, Number, Other, Sequence, carries, is_foreign
from s2sgrad.program import Assign, Block, For, Statement, Store, walk
from s2sgrad.trees import loaded

__all__ = [
    "Calls",
    "Flow",
    "bound_by",
    "flows_of",
    "kept_outside",
    "may_hold",
    "names_in",
    "read_by",
    "spread",
]

Flow = tuple[tuple[str, ...], tuple[str, ...], Statement]
"""Targets, sources, statement: a derivative may flow from any source to any target."""


@dataclass(frozen=True)
class Calls:
    """What is asked of a call: the parameters that what comes out of it needs, and those that it writes into.

    outside: the names of the caller for what it keeps something of its arguments in, which isn't the caller's either;
    seen: for what it reads besides; changed: for what any call writes into besides.
    """

    depends: Callable[[UserCall], frozenset[str]]
    mutates: Callable[[UserCall], frozenset[str]]
    outside: Callable[[UserCall], frozenset[str]]
    seen: Callable[[UserCall], frozenset[str]]
    changed: Callable[[Resolution], frozenset[str]]


def may_hold(kind: Kind) -> bool:
    """Whether something of this kind may lead to what carries a derivative."""
    if isinstance(kind, Known):
        if isinstance(kind.value, Closure):
            return bool(kind.value.captured or kind.value.defaults)
        return is_foreign(kind)
    if isinstance(kind, Sequence):
        return any(map(may_hold, kind.items or (kind.item,)))
    return (
        carries(kind)
        or is_foreign(kind)
        or (isinstance(kind, Other) and kind.name in {"dict", "set", "frozenset"})
    )


def kept_outside(body: Block, facts: Facts, calls: Calls) -> tuple[str, ...]:
    """The names of what is written into and isn't the function's own: what isn't known may read it."""
    found: set[str] = set()
    for statement in walk(body):
        call = facts.calls.get(statement)
        if isinstance(call, UserCall):
            found |= calls.outside(call)
        elif isinstance(statement, Store):
            found.update(n for n in loaded(statement.base) if n not in facts.kinds)
    return tuple(sorted(found))


def flows_of(
    statement: Statement, facts: Facts, calls: Calls, kept: tuple[str, ...]
) -> Iterable[Flow]:
    """(targets, sources, statement): a derivative may flow from any source to any target.

    kept: what is written into and isn't the function's own.
    """
    if isinstance(statement, For):
        yield (statement.target,), loaded(statement.iterable), statement
        return
    if not isinstance(statement, Assign | Store):
        return
    match facts.calls.get(statement):
        case Copy(atoms=atoms) if isinstance(statement, Assign):
            for target, atom in zip(statement.targets, atoms, strict=True):
                yield (target,), loaded(atom), statement
                if is_foreign(facts.kinds.get(target, BOTTOM)):  # another name of an object
                    yield loaded(atom), (target,), statement
        case Primitive(rule=rule, arguments=arguments):
            sources = names_in(arguments, rule.differentiable | rule.without)
            if rule.mutates:
                yield names_in(arguments, rule.mutates), sources, statement
            elif isinstance(statement, Assign):
                yield statement.targets, sources, statement
        case UserCall() as call if isinstance(statement, Assign):
            sources = call.passed(calls.depends(call))
            written = call.passed(calls.mutates(call))
            yield (*statement.targets, *written), (*sources, *calls.seen(call)), statement
            if outside := calls.outside(call):
                yield tuple(outside), call.passed(call.kinds), statement
        case Container(operation="append" | "extend" | "insert", atoms=(base, *items)):
            yield loaded(base), tuple(name for item in items for name in loaded(item)), statement
        case Container(operation="store", atoms=(base, _, value)):
            yield loaded(base), loaded(value), statement
        case Container(operation="element" | "slice" | "pop", atoms=(base, *_)) if isinstance(
            statement, Assign
        ):
            yield statement.targets, loaded(base), statement
        case Container(operation=operation, atoms=atoms) if isinstance(statement, Assign):
            sources = tuple(name for atom in atoms for name in loaded(atom))
            if operation == "repeat":  # the number of times carries no derivative
                sources = tuple(n for n in sources if not _counts(facts.kinds.get(n)))
            yield statement.targets, sources, statement
        case Inert() if (keyed := keys_read(statement)) is not None:
            yield bound(statement), loaded(keyed), statement
        case Unresolved() as unresolved:
            yield bound_by(statement, unresolved), (*read_by(statement), *kept), statement
        case Closure(captured=captured, defaults=defaults) if isinstance(statement, Assign):
            yield statement.targets, (*captured, *defaults), statement


def _counts(kind: Kind | None) -> bool:
    """Whether something is a whole number, and not perhaps an array that a list is multiplied by."""
    return isinstance(kind, Number) and not kind.real


def names_in(
    arguments: Mapping[str, gast.AST | tuple[gast.AST, ...]], wanted: frozenset[str]
) -> tuple[str, ...]:
    names: list[str] = []
    for parameter, value in arguments.items():
        if parameter in wanted:
            for atom in value if isinstance(value, tuple) else (value,):
                names.extend(loaded(atom))
    return tuple(names)


def spread(
    flows: Iterable[Flow],
    names: set[str],
    facts: Facts,
    aliases: Aliasing,
    fixed: frozenset[str] = frozenset(),
    may: Callable[[Kind], bool] = may_hold,
) -> None:
    """Add to names what flows reach from them, but nothing that is fixed; may: what kinds they may have."""
    leaving: dict[str, list[tuple[str, ...]]] = {}
    for targets, sources, _ in flows:
        for source in sources:
            leaving.setdefault(source, []).append(targets)
    waiting, never = list(names), set(fixed)
    while waiting:
        name = waiting.pop()
        shared = aliases.aliases(name) if name in aliases.written else ()
        for targets in (*leaving.get(name, ()), tuple(shared)):
            for target in targets:
                if target in names or target in never:
                    continue
                if may(facts.known(target) or BOTTOM):
                    names.add(target)
                    waiting.append(target)
                else:
                    never.add(target)


def read_by(statement: Statement) -> tuple[str, ...]:
    if isinstance(statement, Store):
        key = loaded(statement.index) if isinstance(statement.index, gast.AST) else ()
        return (*loaded(statement.base), *key, *loaded(statement.value))
    return loaded(statement.value) if isinstance(statement, Assign) else ()


def bound_by(statement: Statement, resolution: Unresolved) -> tuple[str, ...]:
    if isinstance(statement, Store):
        return loaded(statement.base)
    targets = statement.targets if isinstance(statement, Assign) else ()
    return (*targets, *resolution.changes)
