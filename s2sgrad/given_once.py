"""What is given in parts and written into has to be given once: under another name the write would be seen.

Two names for one object are two structures, whose parts are parameters of their own. What an example tells of that is
refused; the text asserts the rest of the objects that are written into.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from types import CellType, FunctionType, MethodType
from typing import Any

import gast

from s2sgrad.arguments import arrays_in
from s2sgrad.memory_around import overlap
from s2sgrad.numeric import parts_of
from s2sgrad.structure import Structure
from s2sgrad.trees import name
from s2sgrad.unfold.classes import attributes_in, is_plain_class

__all__ = ["identity_tests", "overlapping", "reached"]

_MOST = 2000
"""How many objects are looked at."""


def reached(values: Iterable[object], wanted: frozenset[int]) -> frozenset[int]:
    """Which of some objects are in values, or in what is in these."""
    waiting, seen = list(values), set[int]()
    while waiting and len(seen) < _MOST:
        value = waiting.pop()
        if id(value) not in seen:
            seen.add(id(value))
            waiting += _inside(value)
    return wanted & seen


def _inside(value: object) -> Iterable[object]:
    """What is in a container or an object, or is read by a function."""
    if isinstance(value, MethodType):
        return [value.__self__, value.__func__]
    if isinstance(value, FunctionType):
        return [cell.cell_contents for cell in value.__closure__ or () if cell != CellType()]
    own = attributes_in(value) if is_plain_class(type(value)) else None
    return (parts_of(value) or own or {}).values()


def identity_tests(structures: Mapping[str, Structure]) -> Iterator[gast.AST]:
    """That what is written into isn't another argument, or a part of one."""
    places = [place for p, structure in structures.items() for place in structure.places(name(p))]
    for (first, one), (second, other) in combinations(places, 2):
        if first.kind is second.kind and first.written:
            yield gast.Compare(left=one, ops=[gast.IsNot()], comparators=[other])


def overlapping(
    structure: Structure, examples: Mapping[str, Any], mutated: frozenset[str]
) -> tuple[str, str] | None:
    """Two parts of an example that share memory, one of which is written into."""
    parts = [n for n in structure.names() if n in examples]
    for first, second in combinations(parts, 2):
        if mutated.isdisjoint({first, second}):
            continue
        pairs = ((a, b) for a in arrays_in(examples[first]) for b in arrays_in(examples[second]))
        if any(overlap(a, b) for a, b in pairs):
            return first, second
    return None
