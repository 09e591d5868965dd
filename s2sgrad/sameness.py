"""Which names certainly hold the same object, so that one of them gives the others.

`y += v` on an array leaves y where it is: the value that it makes is the old one, with other contents. A copy
`u = y` makes u hold what y holds. Receives the statements of a replay tree with their places.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

import gast

from s2sgrad.infer.facts import Facts
from s2sgrad.infer.resolution import Copy, Primitive
from s2sgrad.places import Places
from s2sgrad.program import Assign, Statement

__all__ = ["Sameness", "sameness"]


@dataclass(eq=False)
class Sameness:
    """holders: value → the name whose object it is; idle: copies that give a variable what it has.

    bound: variable → the numbers of the statements that give it another object.
    """

    places: Places
    holders: dict[str, str] = field(default_factory=dict)
    idle: set[Statement] = field(default_factory=set)
    bound: dict[str, list[int]] = field(default_factory=dict)

    def holder(self, value: str, end: int) -> str | None:
        """A name that holds the object of a value from its assignment up to a number, in the same trip."""
        held = self.holders.get(value)
        if held is None or self.rebound(
            held, self.places.number[self.places.definition[value]], end
        ):
            return None
        return held

    def rebound(self, variable: str, start: int, end: int) -> bool:
        """Whether a variable may get another object after start and before end."""
        numbers = self.bound.get(variable, [])
        position = bisect_right(numbers, start)
        return position < len(numbers) and numbers[position] < end


def sameness(places: Places, variables: frozenset[str], facts: Facts) -> Sameness:
    """What is the same, of the statements that have places."""
    found = Sameness(places)
    for statement, number in places.number.items():
        match statement, facts.calls.get(statement):
            case Assign(targets=(target,)), Primitive(in_place=True, arguments=arguments):
                old = next(iter(arguments.values()))
                if target not in variables and isinstance(old, gast.Name):
                    found.holders[target] = _first(old.id, statement, found)
            case Assign(targets=(target,)), Copy(atoms=(gast.Name(id=value),)) if (
                target in variables
            ):
                made = places.definition.get(value)
                if (
                    made is not None
                    and places.loops[made] == places.loops[statement]
                    and found.holder(value, number) == target
                ):
                    found.idle.add(statement)
        if statement not in found.idle and isinstance(statement, Assign):
            for target in statement.targets:
                if target in variables:
                    found.bound.setdefault(target, []).append(number)
    return found


def _first(old: str, statement: Statement, found: Sameness) -> str:
    """The name that holds what old holds: old itself, or what old was made of in place in the same trip."""
    made = found.places.definition.get(old)
    if made is None or found.places.loops[made] != found.places.loops[statement]:
        return old
    return found.holder(old, found.places.number[statement]) or old
