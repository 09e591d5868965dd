"""What is augmented, and then has items assigned: `y *= v`, then `y[0] = 1`.

Of a number `y *= v` makes a new one, an array it changes. Where it isn't known which y is, a new value is as good as
a changed array that nobody else sees, but for an array without axes: `y * v` is a number then, and `y[...] = 1` has
nothing to assign to. Who assigns items has an array in mind: the parameter that y was at first, if it was only one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

import gast

from s2sgrad.infer.facts import Facts
from s2sgrad.infer.resolution import Copy, Primitive
from s2sgrad.kinds import Kind, Number
from s2sgrad.program import Assign, Block, Function, Statement, Store, walk
from s2sgrad.webs import IN_PLACE

__all__ = ["arrays_by_stores", "undecided_augmentations"]

_IN_PLACE = frozenset(IN_PLACE.values())


def arrays_by_stores(function: Function, facts: Facts) -> frozenset[str]:
    """The parameters that are arrays, since what `y *= v` leaves of them has its items assigned.

    In a loop or a branch it need not run, and where the index is one of an axis nothing depends on it.
    """
    parameters = {parameter.name for parameter in function.parameters}
    certain = set(function.body)
    return frozenset(
        name
        for history in _histories(function.body, facts)
        if len(history.begins) == 1 and history.augmented
        if not history.axes or not certain.isdisjoint(history.augmented)
        for name in history.begins & parameters
    )


def undecided_augmentations(body: Block, facts: Facts, given: Collection[str]) -> Iterator[Assign]:
    """The `y *= v` that would leave a number if y, of which nothing is known, were an array without axes.

    given: the names of what the caller may have made; what NumPy makes is a number where it has no axes.
    """
    for history in _histories(body, facts):
        first = history.begins.intersection(given) - history.computed
        if not history.axes and any(_may_have_no_axes(facts.kinds.get(name)) for name in first):
            yield from history.augmented


@dataclass(eq=False)
class _History:
    """Where the array of a store comes from: through copies and augmentations of what may be a number or an array.

    axes: whether the store's index is one of an axis. begins: the names that it was at first; computed: those of them
    that are results of primitives.
    """

    axes: bool
    begins: set[str] = field(default_factory=set)
    computed: set[str] = field(default_factory=set)
    augmented: list[Assign] = field(default_factory=list)


def _histories(body: Block, facts: Facts) -> Iterator[_History]:
    """Those of the stores into what has been augmented before."""
    statements = list(walk(body))
    if not any(map(_augmented, statements)):
        return
    made: dict[str, list[Assign]] = {}
    for statement in statements:
        if isinstance(statement, Assign):
            for target in statement.targets:
                made.setdefault(target, []).append(statement)
    for name, axes in sorted(_stored(statements, facts)):
        history, waiting, seen = _History(axes), [name], {name}
        while waiting:
            current = waiting.pop()
            before = _before(current, made.get(current, []), facts, history)
            waiting += sorted(before - seen)
            seen |= before
        yield history


def _before(name: str, made: list[Assign], facts: Facts, history: _History) -> set[str]:
    """The names that a name takes its value from; where it has none, its history ends."""
    names: set[str] = set()
    for statement in made:
        found = facts.calls.get(statement)
        old = _augmented(statement)
        if isinstance(found, Copy):
            pairs = zip(statement.targets, found.atoms, strict=True)
            names |= {a.id for target, a in pairs if target == name and isinstance(a, gast.Name)}
        elif old is not None and _may_have_no_axes(facts.kinds.get(old)):
            history.augmented.append(statement)
            names.add(old)
        else:
            history.begins.add(name)
            if isinstance(found, Primitive):
                history.computed.add(name)
    if not made:
        history.begins.add(name)
    return names


def _stored(statements: list[Statement], facts: Facts) -> set[tuple[str, bool]]:
    """The names that have items assigned, and whether by an index of an axis."""
    found = set()
    for statement in statements:
        match statement:
            case Store(base=gast.Name(id=name), index=gast.AST() as index):
                found.add((str(name), not facts.fits_no_axes(index)))
    return found


def _augmented(statement: Statement) -> str | None:
    """What a statement augments, by the name that it has before."""
    match statement:
        case Assign(value=gast.Call(func=gast.Name(id=function), args=[gast.Name(id=old), _])):
            return str(old) if function in _IN_PLACE else None
    return None


def _may_have_no_axes(kind: Kind | None) -> bool:
    """Whether something may be an array without axes, and a number just as well."""
    return isinstance(kind, Number) and kind.array is None and not kind.ndim
