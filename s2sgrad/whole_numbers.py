"""Stores into arrays that may hold integers, which cut off what is stored: then no derivative passes.

An array that is known to hold integers carries no derivative. Here are those of which it isn't known: they are made
like a parameter of unknown dtype that isn't differentiated, or with a dtype that isn't known. What is differentiated
holds real numbers, and what is stored into a parameter itself is the caller's choice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import gast

from s2sgrad.infer.engine import Facts
from s2sgrad.infer.resolution import Container, Copy, Inert, Primitive, Unresolved
from s2sgrad.infer.results import may_be_whole
from s2sgrad.kinds import Number, Sequence, Unknown
from s2sgrad.program import Assign, Block, Statement, Store, walk
from s2sgrad.trees import loaded

__all__ = ["stores_that_may_cut_off"]


def stores_that_may_cut_off(
    body: Block, facts: Facts, active: frozenset[str], inputs: frozenset[str]
) -> Iterator[tuple[Statement, Unresolved]]:
    """The stores of what carries a derivative into an array that may hold integers."""
    makers: dict[str, list[Assign]] = {}
    for statement in walk(body):
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
    base: str, makers: Mapping[str, list[Assign]], facts: Facts, inputs: frozenset[str]
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
            if not _of_integers(maker, facts):
                return False
            new = [read for read in loaded(maker.value) if read in facts.kinds and read not in seen]
            seen.update(new)
            waiting += new
    return True


def _of_integers(maker: Assign, facts: Facts) -> bool:
    """Whether a value is made of integers where its operands are integers, as far as is known."""
    match facts.calls.get(maker):
        case Primitive(rule=rule, arguments=arguments) if rule.kind == "elementwise":
            kinds = [facts.atom(v) for v in arguments.values() if not isinstance(v, tuple)]
            numbers = [kind for kind in kinds if isinstance(kind, Number)]
            return len(numbers) < len(kinds) or may_be_whole(rule.function, numbers)
        case Copy() | Primitive() | Inert() | Container(operation="display"):
            return True
    return False


_UNSURE = Unresolved(
    "it isn't known whether this array holds integers, which would cut off what is stored",
    "Make it with dtype=float, or give like=.",
)
