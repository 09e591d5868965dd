"""What `np.where` doesn't take: its derivative is zero, even where what was computed there isn't finite.

`np.where(x > 0, x * np.log(x), 0)` computes the logarithm of zeros as well, and takes none of them. The derivative of
the product is zero there, but zero times what isn't finite is nan. So whatever was computed for one place in a
`np.where`, and is read nowhere else, gives its derivative through the same choice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import gast
import numpy as np

from s2sgrad.extents import Extent, Shape, same_shape
from s2sgrad.infer.facts import Facts
from s2sgrad.infer.resolution import Primitive, reads
from s2sgrad.kinds import Number, is_number
from s2sgrad.normalize.nodes import constant
from s2sgrad.places import Places
from s2sgrad.program import Accumulate, Assign, Statement
from s2sgrad.simplify.expressions import as_number, call, subscript, tuple_of
from s2sgrad.trees import loaded, name

__all__ = ["Chosen", "chosen", "only_where_taken"]


@dataclass(frozen=True)
class Choice:
    """Where something is taken: where the condition is true, or where it isn't."""

    condition: gast.AST
    true: bool

    def of(self, value: gast.AST) -> gast.AST:
        """A value where it is taken, 0 elsewhere."""
        kept = (value, constant(0)) if self.true else (constant(0), value)
        return call("$np.where", self.condition, *kept)


Chosen = dict[str, tuple[Choice, ...]]
"""Values that are computed for a place in a `np.where` only → where they are taken, the outermost choice first."""


def chosen(
    facts: Facts,
    places: Places,
    variables: frozenset[str],
    written: frozenset[str],
    returned: frozenset[str],
) -> Chosen:
    """The values that are computed for one place in a `np.where`, elementwise and in its shape.

    returned: the names that are read behind all statements that have places.
    """
    choices = [s for s in reversed(places.number) if is_choice(_elementwise(facts, s))]
    if not choices:
        return {}
    times = Counter(n for s in places.number for n in set(reads(s, facts.calls.get(s))))
    found: Chosen = {}

    def visit(
        value: object, at: Statement, how: tuple[Choice, ...], shape: tuple[Extent, ...] | Shape
    ) -> None:
        if (
            not isinstance(value, gast.Name)
            or value.id in variables | written | returned | found.keys()
        ):
            return
        made, kind = places.definition.get(value.id), facts.kinds.get(value.id)
        operation = None if made is None else _elementwise(facts, made)
        if (
            made is None
            or operation is None
            or times[value.id] != 1
            or places.block[made] != places.block[at]
            or not isinstance(kind, Number)
            or not same_shape(kind.shape, shape)
        ):
            return
        found[value.id] = how
        if not is_choice(operation):
            for argument in operation.arguments.values():
                visit(argument, made, how, shape)

    for at in choices:  # the outer one of two stands behind the inner one
        where = _elementwise(facts, at)
        assert where is not None  # noqa: S101
        condition, *values = where.arguments.values()
        (target,) = at.targets  # type: ignore[attr-defined]
        kind = facts.kinds.get(target)
        known = not isinstance(condition, gast.Name) or condition.id not in variables | written
        if known and isinstance(condition, gast.AST) and isinstance(kind, Number):
            for value, true in zip(values, (True, False), strict=True):
                how = (*found.get(target, ()), Choice(condition, true))
                if values[0] is not values[1]:
                    visit(value, at, how, kind.shape)
    return found


def only_where_taken(
    made: Iterable[Statement],
    operation: Primitive,
    derivative: Callable[[str], str],
    found: Chosen,
    target: str,
    facts: Facts,
) -> list[Statement]:
    """The adjoint statements of what made a value, or of a choice.

    What goes on to what is computed for the same place needs no choice yet; where a derivative leaves for something
    else, it is that of what is taken, and 0 elsewhere. A choice between numbers is an array without axes: its
    derivative is handed on as it is until it leaves, when it becomes that of a number.
    """
    arguments = [
        n for a in operation.arguments.values() if isinstance(a, gast.AST) for n in loaded(a)
    ]
    inner = {derivative(n) for n in arguments if n in found}
    how = found.get(target, ())
    if not inner and not how:
        return list(made)
    numbers = {derivative(n) for n in arguments if is_number(facts.kinds.get(n))}
    out: list[Statement] = []
    for statement in made:
        match statement:
            case Accumulate(target=d, index=None) if d in inner:
                passed = name(derivative(target)) if is_choice(operation) else statement.value
                out.append(replace(statement, value=passed))
            case Accumulate(value=gast.Call(func=gast.Name(id="$unbroadcast"), args=[value, like])):
                taken = call("$unbroadcast", _taken(value, how), like)
                out.append(replace(statement, value=taken))
            case Accumulate(target=d, value=value, index=None):
                number = how and d in numbers
                if number and isinstance(value, gast.Name):
                    value = as_number(value)
                taken = _taken(value, how)
                taken = subscript(taken, tuple_of([])) if number else taken
                out.append(replace(statement, value=taken))
            case _:
                out.append(statement)
    return out


def _taken(value: gast.AST, how: tuple[Choice, ...]) -> gast.AST:
    for choice in reversed(how):
        value = choice.of(value)
    return value


def is_choice(operation: Primitive | None) -> bool:
    """Whether an operation is `np.where` of three."""
    return operation is not None and operation.rule.function is np.where


def _elementwise(facts: Facts, statement: Statement) -> Primitive | None:
    found = facts.calls.get(statement)
    if not isinstance(found, Primitive) or not isinstance(statement, Assign):
        return None
    return found if found.rule.kind == "elementwise" and not found.in_place else None
