"""Stores into arrays that may hold integers, which cut off what is stored: then no derivative passes.

An array that is known to hold integers carries no derivative. Here are those of which it isn't known: they are made
like a parameter of unknown dtype that isn't differentiated, or with a dtype that isn't known. What is differentiated
holds real numbers, and what is stored into a parameter itself is the caller's choice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import gast
import numpy as np

from s2sgrad.infer.engine import Facts
from s2sgrad.infer.resolution import Container, Copy, Inert, Primitive, Unresolved
from s2sgrad.infer.results import may_be_whole
from s2sgrad.kinds import Kind, Known, Number, Sequence, Unknown
from s2sgrad.program import Assign, Block, For, Statement, Store, walk
from s2sgrad.trees import loaded

__all__ = ["stores_that_may_cut_off"]


def stores_that_may_cut_off(
    body: Block, facts: Facts, active: frozenset[str], inputs: frozenset[str]
) -> Iterator[tuple[Statement, Unresolved]]:
    """The stores of what carries a derivative into an array that may hold integers."""
    makers: dict[str, list[Assign | For]] = {}
    for statement in walk(body):
        if isinstance(statement, For):
            makers.setdefault(statement.target, []).append(statement)
        if isinstance(statement, Assign):
            for target in statement.targets:
                makers.setdefault(target, []).append(statement)
    for statement in walk(body):
        if isinstance(statement, Store) and isinstance(statement.base, gast.Name):
            base = statement.base.id
            stored = active.intersection(loaded(statement.value))
            array = isinstance(facts.kinds.get(base), Number)
            if (
                stored
                and array
                and base in active
                and _may_hold_integers(base, makers, facts, inputs)
            ):
                yield statement, _UNSURE


def _may_hold_integers(
    base: str, makers: Mapping[str, list[Assign | For]], facts: Facts, inputs: frozenset[str]
) -> bool:
    """Whether an array of unknown dtype is made of nothing that holds real numbers, as the inputs do."""
    if base not in makers:
        return False
    seen, waiting = {base}, [base]
    while waiting:
        name = waiting.pop()
        kind = facts.kinds.get(name)
        number = kind.item if isinstance(kind, Sequence) else kind
        if isinstance(number, Unknown):
            return False
        dtype = number.dtype if isinstance(number, Number) else None
        if name in inputs or dtype not in {None, "int", "bool"}:
            return False
        for maker in makers.get(name, ()) if dtype is None else ():
            followed = _followed(maker, facts)
            if followed is None or any(_is_real(facts.atom(atom)) for atom in followed):
                return False
            read = [name for atom in followed for name in loaded(atom)]
            new = [name for name in read if name in facts.kinds and name not in seen]
            seen.update(new)
            waiting += new
    return True


def _followed(maker: Assign | For, facts: Facts) -> tuple[gast.AST, ...] | None:
    """The atoms of which a value holds integers if they are such; None where it holds real numbers anyway."""
    if isinstance(maker, For):
        return (maker.iterable,)
    match facts.calls.get(maker):
        case Primitive(rule=rule, arguments=arguments):
            if rule.function is np.linspace:
                return None
            if rule.function is np.full and "dtype" not in arguments:
                arguments = {"fill_value": arguments["fill_value"]}
            values = arguments.values()
            atoms = tuple(a for v in values for a in (v if isinstance(v, tuple) else (v,)))
            numbers = [kind for atom in atoms if isinstance(kind := facts.atom(atom), Number)]
            if rule.kind == "elementwise" and len(numbers) == len(atoms):
                return atoms if may_be_whole(rule.function, numbers) else None
            return atoms
        case Copy(atoms=atoms) | Container(operation="display", atoms=atoms):
            return atoms
        case Inert():
            value = maker.value
            if isinstance(value, gast.Call):
                if _gives_places(value.func, facts):
                    return ()
                return (*value.args, *(keyword.value for keyword in value.keywords))
            return (value,)
    return None


def _gives_places(function: gast.AST, facts: Facts) -> bool:
    """Whether a function, or a method, gives integers whatever it is given."""
    if isinstance(function, gast.Attribute):
        return function.attr in _PLACES
    found = facts.constant(function)
    return isinstance(found, Known) and getattr(found.value, "__name__", "") in _PLACES


_PLACES = frozenset(
    {
        *("argmax", "argmin", "argpartition", "argsort", "argwhere", "bincount", "digitize"),
        *("flatnonzero", "lexsort", "nanargmax", "nanargmin", "nonzero", "searchsorted"),
    }
)


def _is_real(kind: Kind) -> bool:
    return isinstance(kind, Number) and kind.dtype not in {None, "int", "bool"}


_UNSURE = Unresolved(
    "it isn't known whether this array holds integers, which would cut off what is stored",
    "Make it with dtype=float, or give like=.",
)
