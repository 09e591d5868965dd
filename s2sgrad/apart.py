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
    function: Function, reaching: Reaching, *, returned: int
) -> tuple[Function, dict[str, str]]:
    """The function with names for the items of tuples, and these names → those that the user gives the items.

    returned: how many items the tuples have that it returns, if these are to be among them, or else 0.
    """
    groups = _Groups(function.body, reaching, returned)
    names: dict[tuple[int, str], tuple[str, ...]] = {}
    homes: dict[str, str] = {}
    new: dict[Statement, Statement] = {}
    taken = set(identifiers(function))

    def items(number: int, name: str) -> tuple[str, ...]:
        root = groups.find(number)
        if (root, name) not in names:
            names[root, name] = _fresh(name, groups.counts[root], taken)
            if name.startswith("_"):
                homes.update(dict.fromkeys(names[root, name], name))
        return names[root, name]

    for statement, name, number in groups.reads:
        if groups.find(number) in groups.counts:
            new[statement] = _read(statement, name, items(number, name), homes)
    for (made, target), number in reaching.definitions.items():
        if number not in groups.parent or groups.find(number) not in groups.counts:
            continue
        assert isinstance(made, Assign)  # noqa: S101
        value = made.value
        if number in groups.copies:
            value = _display(items(number, groups.copies[number]))
        if isinstance(value, gast.Tuple) and len(value.elts) == 1:
            (value,) = value.elts
        new[made] = replace(made, targets=items(number, target), value=value)
    if not new:
        return function, {}
    return replace(function, body=rewritten(function.body, lambda s: new.get(s, s))), homes


class _Groups:
    """The assignments of tuples that reach the same reads.

    parent: the numbers of assignments, as a forest of groups; counts: the root of a group that is only taken apart →
    how many items its tuples have; copies: number → the name that is copied; reads: statement, name, and the number
    of an assignment that it reads.
    """

    def __init__(self, body: Block, reaching: Reaching, returned: int) -> None:
        displays = _displays(body, reaching)
        calls = _calls(body, reaching) if returned else frozenset()
        self.counts: dict[int, int] = {}
        self.copies: dict[int, str] = {}
        self.parent: dict[int, int] = {}
        self.reads: list[tuple[Statement, str, int]] = []
        if not displays and not calls:
            return
        copying = {
            statement: reaching.definition(statement, statement.targets[0])
            for statement in walk(body)
            if isinstance(statement, Assign)
            and len(statement.targets) == 1
            and isinstance(statement.value, gast.Name)
        }
        self.parent = {number: number for number in (*displays, *calls, *copying.values())}
        spoiled: set[int] = set()
        for copy, number in copying.items():
            self.copies[number] = copy.value.id
            known = reaching.uses.get((copy, copy.value.id), frozenset({UNBOUND}))
            if not known <= self.parent.keys():
                spoiled.add(number)
        for (statement, name), numbers in reaching.uses.items():
            read = numbers & self.parent.keys()
            if not read:
                continue
            first, *others = read
            for other in others:
                self.parent[self.find(other)] = self.find(first)
            if numbers - read - {UNBOUND}:
                spoiled.add(first)
            if isinstance(statement, Assign) and statement in copying:
                self.parent[self.find(copying[statement])] = self.find(first)
            else:
                self.reads.append((statement, name, first))
        sizes: dict[int, set[int]] = {}
        for number, count in (*displays.items(), *((number, returned) for number in calls)):
            sizes.setdefault(self.find(number), set()).add(count)
        given_back = {self.find(n) for s, _, n in self.reads if isinstance(s, Return)}
        spoiled |= {number for number in calls if self.find(number) not in given_back}
        called = {self.find(number) for number in calls}
        for reader, name, number in self.reads:
            root = self.find(number)
            (count, *_) = sizes.get(root, {0})
            if not _takes(reader, name, count, returned=returned) or (
                root in called and not isinstance(reader, Return)
            ):
                spoiled.add(number)
        kept = {self.find(number) for number in spoiled}
        self.counts = {
            root: min(counts)
            for root, counts in sizes.items()
            if root not in kept and len(counts) == 1
        }

    def find(self, number: int) -> int:
        """The root of the group of an assignment."""
        while self.parent[number] != number:
            self.parent[number] = self.parent[self.parent[number]]
            number = self.parent[number]
        return number


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


def _calls(body: Block, reaching: Reaching) -> frozenset[int]:
    """The numbers of the assignments of what calls give."""
    return frozenset(
        reaching.definition(statement, statement.targets[0])
        for statement in walk(body)
        if isinstance(statement, Assign)
        and isinstance(statement.value, gast.Call)
        and len(statement.targets) == 1
    )


def _takes(statement: Statement, name: str, count: int, *, returned: int) -> bool:
    """Whether all that a statement does with a tuple is to take items out of it, or to return it."""
    match statement:
        case Return(value=gast.Name()):
            return returned == count > 1
        case Assign(targets=targets, value=gast.Name(id=base)):
            return bool(base == name) and len(targets) == count > 1
        case Assign(targets=(_,), value=gast.Subscript(value=gast.Name(id=base), slice=index)):
            place = number_of(index)
            return bool(base == name) and isinstance(place, int) and -count <= place < count
    return False


def _fresh(base: str, count: int, taken: set[str]) -> tuple[str, ...]:
    """New names for the items of a tuple, after its own."""
    names: list[str] = []
    place = 0
    while len(names) < count:
        new = f"{base}_{place}"
        place += 1
        if new not in taken:
            names.append(new)
            taken.add(new)
    return tuple(names)


def _display(items: tuple[str, ...]) -> gast.AST:
    return gast.Tuple(elts=[load(item) for item in items], ctx=gast.Load())


def _read(
    statement: Statement, name: str, items: tuple[str, ...], homes: dict[str, str]
) -> Statement:
    """What a statement does with a tuple, done with the names of its items."""
    if isinstance(statement, Return):
        for item in items:
            homes.setdefault(item, name)
        return replace(statement, value=_display(items))
    assert isinstance(statement, Assign)  # noqa: S101
    if isinstance(statement.value, gast.Subscript):
        place = number_of(statement.value.slice)
        assert isinstance(place, int)  # noqa: S101
        items = (items[place],)
    for item, target in zip(items, statement.targets, strict=True):
        known = homes.get(item, "_")
        homes[item] = target if known.startswith("_") else known
    value = load(items[0]) if len(items) == 1 else _display(items)
    return replace(statement, value=value)
