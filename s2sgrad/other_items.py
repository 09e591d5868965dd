"""Lists of the module into which a function puts something else than they hold.

The kinds of their items are those that they have when the text is made. Where another kind comes in and is read
again, be it at the next call, that is no longer what the text was made for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import gast

from s2sgrad.errors import TransformError
from s2sgrad.flow import read
from s2sgrad.infer.resolution import Container
from s2sgrad.kinds import BOTTOM, Kind, Number, Unknown, join
from s2sgrad.kinds import Sequence as Listed
from s2sgrad.program import Statement, Store, walk
from s2sgrad.source import MISSING
from s2sgrad.trees import loaded, name

if TYPE_CHECKING:
    from s2sgrad.context import Analysis

__all__ = ["refuse_other_items"]

_PUTTING = frozenset({"append", "insert", "store"})


def refuse_other_items(functions: Sequence[Analysis]) -> None:
    """Refuse what puts another kind of item into a list of the module that one of these functions reads."""
    known = frozenset().union(*map(_read, functions))
    findings = [
        analysis.finding(
            statement,
            f"this puts something else into {listed} than it holds, and that is read",
            "Let it hold such items from the beginning, or keep this in a list of its own.",
        )
        for analysis in functions
        for statement, listed in _other_items(analysis)
        if id(analysis.source.namespace[listed]) in known
    ]
    if findings:
        raise TransformError(findings)


def _other_items(analysis: Analysis) -> Iterator[tuple[Statement, str]]:
    """The statements that put another kind of item into a list of the module, with the name of that."""
    facts, outer = analysis.facts, analysis.source.namespace
    for statement, found in facts.calls.items():
        match found:
            case Container(operation=operation, atoms=(gast.Name(id=base), *_, item)) if (
                operation in _PUTTING
            ):
                for alias in sorted(analysis.aliasing.aliases(base) - facts.kinds.keys()):
                    listed = facts.atom(name(alias))
                    fits = isinstance(listed, Listed) and _fits(
                        listed.item, facts.atom(item, statement)
                    )
                    if type(outer.get(alias, MISSING)) is list and not fits:
                        yield statement, alias


def _fits(item: Kind, new: Kind) -> bool:
    """Whether something is of the kind that the items of a list have."""
    if item == BOTTOM or isinstance(item, Unknown):
        return True
    if isinstance(item, Number) and item.array is None and item.dtype is None:
        return isinstance(new, Number | Unknown)  # some are numbers, others arrays, others None
    if isinstance(item, Number) and isinstance(new, Number) and item.scalar and new.scalar:
        whole = item.dtype in {"int", "bool"}
        return item.array is new.array and (not whole or new.dtype in {"int", "bool"})
    return join(item, new, object()) == item


def _read(analysis: Analysis) -> frozenset[int]:
    """The identities of the lists around a function that it reads, and not only to put something into them."""
    outer = analysis.source.namespace
    names = {n for s in walk(analysis.function.body) for n in _asked(s, analysis)}
    return frozenset(
        id(outer[alias])
        for n in names
        if isinstance(kind := analysis.facts.atom(name(n)), Listed) and kind.type == "list"
        for alias in analysis.aliasing.aliases(n)
        if alias not in analysis.facts.kinds and type(outer.get(alias, MISSING)) is list
    )


def _asked(statement: Statement, analysis: Analysis) -> tuple[str, ...]:
    match statement, analysis.facts.calls.get(statement):
        case Store(value=value), Container():
            return loaded(value)
        case _, Container(operation="length"):
            return ()
        case _, Container(operation=operation, atoms=(_, *items)) if operation in _PUTTING:
            return tuple(n for item in items for n in loaded(item))
    return read(statement)
