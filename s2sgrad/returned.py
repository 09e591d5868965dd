"""What a function does with the memory of its parameters, for those who call it: what it returns of it above all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import gast

from s2sgrad.aliasing import Aliasing, CallMemory
from s2sgrad.flow import bound
from s2sgrad.infer.facts import Facts
from s2sgrad.infer.resolution import Primitive, UserCall
from s2sgrad.outward import reached
from s2sgrad.program import Assign, Function, Return, Statement, walk
from s2sgrad.source import MISSING
from s2sgrad.trees import loaded
from s2sgrad.unfollowed import value_of

__all__ = ["memory_of"]


def memory_of(
    function: Function,
    facts: Facts,
    shared: Aliasing,
    called: Callable[[UserCall], CallMemory],
    outer: Mapping[str, object],
) -> CallMemory:
    """What a function does with the memory of its parameters; called: what is known of those that it calls.

    outer: what names mean outside of the function.
    """
    parameters = frozenset(p.name for p in function.parameters)
    result = next((s.value for s in walk(function.body) if isinstance(s, Return)), None)
    items = result.elts if isinstance(result, gast.Tuple) else [] if result is None else [result]
    pointers = _Pointers(function, facts, called)
    same = tuple(pointers.parameter(item, parameters) for item in items)
    parts = [
        frozenset(alias for n in loaded(item) for alias in shared.aliases(n)) & parameters
        for item in items
    ]
    kept = {alias for k in shared.keeping.values() for n in k.names for alias in shared.aliases(n)}
    return CallMemory(
        shared.mutated,
        frozenset(parameter for parameter, _ in shared.perhaps),
        frozenset().union(*parts),
        same,
        all(parameter or not part for parameter, part in zip(same, parts, strict=True)),
        shared.laid_out & parameters,
        shared.joint & parameters,
        frozenset(
            identity
            for item in items
            for n in loaded(item)
            for alias in shared.aliases(n)
            for identity in (
                *(_behind(item, n, outer) if n not in facts.kinds else ()),
                *shared.around.get(alias, ()),
                *(reached(outer.get(alias)) if facts.outside(alias) else ()),
            )
        ),
        parameters & kept,
        not kept.isdisjoint(n for item in items for n in loaded(item)),
    )


def _behind(item: gast.AST, root: str, outer: Mapping[str, object]) -> set[int]:
    """The identities of what something outside leads to; root: its first name, for what isn't there yet."""
    value = value_of(item, outer)
    return reached(outer.get(root) if value is None or value is MISSING else value)


class _Pointers:
    """Which names certainly hold what other names hold, be it written into in between."""

    def __init__(
        self, function: Function, facts: Facts, called: Callable[[UserCall], CallMemory]
    ) -> None:
        self.sources: dict[str, set[str | None]] = {}
        for statement in walk(function.body):
            targets, found = bound(statement), facts.calls.get(statement)
            if not targets:
                continue
            given: Iterable[object] = [None] * len(targets)
            match found:
                case _ if (atoms := _copied(statement)) is not None:
                    given = atoms
                case Primitive(in_place=True, arguments=arguments):
                    given = [next(iter(arguments.values()))]
                case UserCall(arguments=arguments):
                    known = called(found).same
                    if (
                        known is None
                    ):  # a function that calls itself: what the other paths return decides
                        for target in targets:
                            self.sources.setdefault(target, set())
                        continue
                    if len(known) == len(targets):
                        given = [arguments.get(p) if p is not None else None for p in known]
            for target, atom in zip(targets, given, strict=True):
                source = atom.id if isinstance(atom, gast.Name) else None
                self.sources.setdefault(target, set()).add(source)

    def parameter(self, atom: gast.AST, parameters: frozenset[str]) -> str | None:
        """The parameter that an atom certainly is."""
        found: set[str | None] = set()
        waiting: list[str | None] = [atom.id if isinstance(atom, gast.Name) else None]
        seen: set[str | None] = set()
        while waiting:
            name = waiting.pop()
            if name in seen:
                continue
            seen.add(name)
            if name in parameters or name not in self.sources:
                found.add(name if name in parameters else None)
            else:
                waiting.extend(self.sources[name])
        return found.pop() if len(found) == 1 else None


def _copied(statement: Statement) -> tuple[gast.AST, ...] | None:
    """The atoms of a copy, of which infer may know nothing yet."""
    match statement:
        case Assign(targets=(_,), value=gast.Name() as value):
            return (value,)
        case Assign(targets=(_, _, *_), value=gast.Tuple(elts=atoms)):
            return tuple(atoms)
    return None
