"""Tuples that are only made to be taken apart: `t = (a, b)`, of which nothing is read but `p, q = t` and `t[0]`.

Receives a normalised function and which assignments reach its reads. Whatever a tuple holds is at hand where it was
made, so that each item is one more name for that.
"""

from __future__ import annotations

import gast

from s2sgrad.program import Assign, For, Statement, walk
from s2sgrad.reaching import Reaching
from s2sgrad.simplify.expressions import number_of

__all__ = ["Apart"]


class Apart:
    """The tuples of a function that are only taken apart.

    tuples: the numbers of the assignments that make them → for each item, the name that gets it, one of the user's
    if there is one, None if it isn't taken; taken: statement → the number of the tuple that it takes apart, and the
    places of the items that it takes.
    """

    def __init__(self, reaching: Reaching) -> None:
        self.tuples: dict[int, list[str | None]] = {}
        self.taken: dict[Statement, tuple[int, tuple[int, ...]]] = {}
        body = reaching.function.body
        covered = {
            binding
            for loop in walk(body)
            if isinstance(loop, For) and loop.header is not None
            for binding in loop.body[: loop.header.bindings]
        }
        made: dict[int, int] = {}
        for statement in walk(body):
            match statement:
                case Assign(targets=(target,), value=gast.Tuple(elts=atoms)) if (
                    statement not in covered
                    and not any(isinstance(atom, gast.Starred) for atom in atoms)
                ):
                    made[reaching.definition(statement, target)] = len(atoms)
        if not made:
            return
        taken: dict[int, list[tuple[Statement, tuple[int, ...]]]] = {number: [] for number in made}
        for (statement, name), numbers in reaching.uses.items():
            for number in numbers & made.keys():
                places = _places(statement, name, made[number]) if len(numbers) == 1 else None
                if places is None:
                    del made[number]
                else:
                    taken[number].append((statement, places))
        for number, count in made.items():
            names: list[str | None] = [None] * count
            for statement, places in taken[number]:
                self.taken[statement] = number, places
                assert isinstance(statement, Assign)  # noqa: S101
                for place, target in zip(places, statement.targets, strict=True):
                    known = names[place]
                    if known is None or known.startswith("_"):
                        names[place] = target
            self.tuples[number] = names


def _places(statement: Statement, name: str, count: int) -> tuple[int, ...] | None:
    """The places of the items that a statement takes out of a tuple, if it does nothing else with it."""
    match statement:
        case Assign(targets=targets, value=gast.Name(id=base)) if (
            base == name and len(targets) == count > 1
        ):
            return tuple(range(count))
        case Assign(targets=(_,), value=gast.Subscript(value=gast.Name(id=base), slice=index)) if (
            base == name
        ):
            place = number_of(index)
            if isinstance(place, int) and -count <= place < count:
                return (place % count,)
    return None
