"""Tuples that are only taken apart: `t = (a, b)`, of which nothing is read but `p, q = t` and `t[0]`.

Receives a normalised function and which assignments reach its reads. Gives it with a name for each item in the place
of such tuples, be they made in several places, so that arrays and numbers in one tuple are names like all others.
"""

from __future__ import annotations

from dataclasses import replace

import gast

from s2sgrad.program import Assign, Block, For, Function, Return, Statement, walk
from s2sgrad.reaching import UNBOUND, Reaching
from s2sgrad.rewrite import rewritten
from s2sgrad.simplify.expressions import number_of
from s2sgrad.trees import identifiers
from s2sgrad.trees import name as load

__all__ = ["taken_apart"]


def taken_apart(
    function: Function, reaching: Reaching, *, returned: bool
) -> tuple[Function, dict[str, str]]:
    """The function with names for the items of tuples, and these names → those that the user gives the items.

    returned: whether tuples that are returned are among them.
    """
    made = _displays(function.body, reaching)
    parent = {number: number for number in made}

    def find(number: int) -> int:
        while parent[number] != number:
            number = parent[number]
        return number

    reads: list[tuple[Statement, str, int]] = []
    whole: set[int] = set()
    for (statement, name), numbers in reaching.uses.items():
        read = numbers & made.keys()
        if not read:
            continue
        first, *others = read
        counts = {made[number] for number in read}
        if (
            numbers - read - {UNBOUND}
            or len(counts) > 1
            or not _takes(statement, name, *counts, returned=returned)
        ):
            whole |= read
            continue
        reads.append((statement, name, first))
        for other in others:
            parent[find(other)] = find(first)
    kept = {find(number) for number in whole}
    groups = {find(number): made[number] for number in made if find(number) not in kept}
    if not groups:
        return function, {}
    taken = identifiers(function)
    names = {root: _fresh(reaching, root, count, taken) for root, count in groups.items()}
    homes: dict[str, str] = {}
    new: dict[Statement, Statement] = {}
    for statement, name, number in reads:
        if find(number) in names:
            new[statement] = _read(statement, name, names[find(number)], homes)
    for (display, _), number in reaching.definitions.items():
        if isinstance(display, Assign) and number in made and find(number) in names:
            items = names[find(number)]
            value = display.value.elts[0] if len(items) == 1 else display.value
            new[display] = replace(display, targets=items, value=value)
    body = rewritten(function.body, lambda s: new.get(s, s))
    return replace(function, body=body), homes


def _displays(body: Block, reaching: Reaching) -> dict[int, int]:
    """The numbers of the assignments that make tuples → how many items these have."""
    covered = {
        binding
        for loop in walk(body)
        if isinstance(loop, For) and loop.header is not None
        for binding in loop.body[: loop.header.bindings]
    }
    found: dict[int, int] = {}
    for statement in walk(body):
        match statement:
            case Assign(targets=(target,), value=gast.Tuple(elts=[_, *_] as atoms)) if (
                statement not in covered
                and not any(isinstance(atom, gast.Starred) for atom in atoms)
            ):
                found[reaching.definition(statement, target)] = len(atoms)
    return found


def _takes(statement: Statement, name: str, count: int, *, returned: bool) -> bool:
    """Whether all that a statement does with a tuple is to take items out of it, or to return it."""
    match statement:
        case Return(value=gast.Name()):
            return returned
        case Assign(targets=targets, value=gast.Name(id=base)):
            return bool(base == name) and len(targets) == count > 1
        case Assign(targets=(_,), value=gast.Subscript(value=gast.Name(id=base), slice=index)):
            place = number_of(index)
            return bool(base == name) and isinstance(place, int) and -count <= place < count
    return False


def _fresh(reaching: Reaching, number: int, count: int, taken: set[str]) -> tuple[str, ...]:
    """New names for the items of a tuple, after its own."""
    base = next(name for (_, name), known in reaching.definitions.items() if known == number)
    names: list[str] = []
    place = 0
    while len(names) < count:
        new = f"{base}_{place}"
        place += 1
        if new not in taken:
            names.append(new)
            taken.add(new)
    return tuple(names)


def _read(
    statement: Statement, name: str, items: tuple[str, ...], homes: dict[str, str]
) -> Statement:
    """What a statement does with a tuple, done with the names of its items."""
    if isinstance(statement, Return):
        for item in items:
            homes.setdefault(item, name)
        display = gast.Tuple(elts=[load(item) for item in items], ctx=gast.Load())
        return replace(statement, value=display)
    assert isinstance(statement, Assign)  # noqa: S101
    if isinstance(statement.value, gast.Subscript):
        place = number_of(statement.value.slice)
        assert isinstance(place, int)  # noqa: S101
        items = (items[place],)
    for item, target in zip(items, statement.targets, strict=True):
        known = homes.get(item, "_")
        homes[item] = target if known.startswith("_") else known
    value = [load(item) for item in items]
    whole = value[0] if len(value) == 1 else gast.Tuple(elts=value, ctx=gast.Load())
    return replace(statement, value=whole)
