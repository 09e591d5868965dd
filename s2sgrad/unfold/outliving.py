"""Functions that are made where a call is written out, and what they may be used for.

Each call of `make` in `fs.append(make(w))` has variables of its own, which the function that it returns reads. Written
out in a loop it has the same names in each trip: such a function is only called in the trip in which it is made. So it
is with objects whose name gets another one: a function that a method returns reads the object that there was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import gast

from s2sgrad.program import Assign, Block, Effect, Store, walk
from s2sgrad.trees import children, loaded
from s2sgrad.unfold.values import (
    Bound,
    Choice,
    Columns,
    Mapped,
    Pairs,
    Partial,
    Plain,
    Record,
    Super,
    Value,
)

__all__ = ["Outliving", "leaves_its_trip", "names_in", "outliving", "read_later", "records_in"]


@dataclass(frozen=True, eq=False)
class Outliving:
    """Where a function is made whose variables get other values there.

    trip: the innermost loop around it; calls: the calls being written out, where it reads objects whose names get
    others.
    """

    trip: tuple[int, ...]
    calls: tuple[object, ...]

    def may_be_called(self, place: tuple[int, ...], calling: Sequence[object]) -> bool:
        """Whether its variables certainly have the values still that they had."""
        inside = all(a is b for a, b in zip(self.calls, calling, strict=False))
        return place[: len(self.trip)] == self.trip and inside and len(calling) >= len(self.calls)


def outliving(
    tree: gast.AST,
    known: Mapping[str, Value],
    binds: Counter[str],
    place: tuple[int, ...],
    calling: Sequence[object],
) -> Outliving | None:
    """What to heed of a function that is made while calls are written out; None where there is nothing."""
    captured = [n for n in loaded(tree) if n in known or n in binds]
    records = [r for n in captured if n in known for r in records_in(known[n])]
    rebound = any(binds[record.root] > 1 for record in records)
    loops = [k for k, number in enumerate(place) if number % 2]
    trip = place[: loops[-1] + 1] if loops and captured else ()
    return Outliving(trip, tuple(calling) if rebound else ()) if rebound or trip else None


def records_in(value: object) -> Iterator[Record]:
    """The records in a value."""
    if isinstance(value, Record):
        yield from value.walk()
    elif isinstance(value, Value):
        for part in vars(value).values():
            yield from records_in(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from records_in(part)
    elif isinstance(value, dict):
        yield from records_in(list(value.values()))


def read_later(value: Value) -> Iterator[Record]:
    """The records that a value reads when it is called, as a method of an object does."""
    if not isinstance(value, Record):
        yield from records_in(value)
        return
    for part in value.parts.values():
        yield from read_later(part)


def names_in(value: Value) -> Iterator[str]:
    """The names that are read where a value is, but for plain parts of objects: those get names of their own."""
    match value:
        case Plain(atom=gast.Name(id=identifier)) | Mapped(at=identifier):
            yield identifier
        case Record(parts=parts):
            for part in parts.values():
                yield from () if isinstance(part, Plain) else names_in(part)
        case Bound(receiver=inner) | Super(receiver=inner) | Pairs(mapped=inner):
            yield from names_in(inner)
        case Partial(function=function, args=args, keywords=keywords):
            for part in (function, *args, *keywords.values()):
                yield from names_in(part)
        case Choice(subject=subject, options=options):
            yield from names_in(Plain(subject))
            for _, option in options:
                yield from names_in(option)
        case Columns():
            for column in value.columns():
                yield from names_in(column)


def leaves_its_trip(body: Block, own: set[str]) -> bool:
    """Whether a function that reads what is another name in each trip may be called behind the trip."""
    made = {
        s.targets[0]: s.value
        for s in walk(body)
        if isinstance(s, Assign) and isinstance(s.value, gast.FunctionDef | gast.Lambda)
    }
    watched = {n for n, tree in made.items() if not own.isdisjoint(loaded(tree))}
    if any(not n.startswith("_") for n in watched):
        return True
    for statement in walk(body):
        trees = [v for v in vars(statement).values() if isinstance(v, gast.AST)]
        if isinstance(statement, Assign | Effect | Store):
            trees = [part for tree in trees for part in _handed_on(tree)]
        if any(not watched.isdisjoint(loaded(tree)) for tree in trees):
            return True
    return False


def _handed_on(tree: gast.AST) -> list[gast.AST]:
    """The parts of a primitive that it may keep: not what it calls."""
    match tree:
        case gast.Call(func=gast.Name()):
            return [*tree.args, *tree.keywords]
        case gast.FunctionDef() | gast.Lambda():
            return []
    return list(children(tree)) or [tree]
