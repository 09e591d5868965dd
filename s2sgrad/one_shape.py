"""Whether what a statement gives has the same shape each time that it runs."""

from __future__ import annotations

from collections.abc import Collection

from s2sgrad.extents import Extent, Joined, Symbol
from s2sgrad.flow import read
from s2sgrad.infer.facts import Facts
from s2sgrad.infer.resolution import reads
from s2sgrad.kinds import OTHER, Kind, Number, Sequence, carries
from s2sgrad.places import places
from s2sgrad.webs import Webs

__all__ = ["left_varying"]


def left_varying(split: Webs, facts: Facts, given: Collection[Kind]) -> frozenset[str]:
    """The names, before webs, of what is read behind a loop that gives it another shape in each trip.

    given: the kinds of parameters.
    """
    behind = _called_behind(split, facts)
    captured = {value: name for value, name in split.captured.items() if value in behind}
    return frozenset(
        name
        for value, name in {**split.left, **captured}.items()
        if _may_vary(facts.kinds.get(value, OTHER), given)
    )


def _called_behind(split: Webs, facts: Facts) -> set[str]:
    """The values that functions have captured in a loop, and read where they are called behind it."""
    read_by_call = {s: reads(s, found).difference(read(s)) for s, found in facts.calls.items()}
    if not any(read_by_call.values()):
        return set()
    where = places(split.function.body, split.variables, lambda _: ())
    return {
        value
        for statement, values in read_by_call.items()
        for value in values
        if not set(where.loops_of(value)) <= {*where.loops[statement]}
    }


def _may_vary(kind: Kind, given: Collection[Kind]) -> bool:
    """Whether something may carry a derivative whose shape isn't the same each time; given: the kinds of parameters."""
    match kind:
        case Number(shape=tuple() as shape):
            return not all(map(_is_fixed, shape))
        case Number(shape=shape):
            return all(shape != getattr(other, "shape", None) for other in given)
        case Sequence(type="tuple", items=tuple() as items):
            return any(_may_vary(item, given) for item in items)
    return carries(kind)


def _is_fixed(extent: Extent) -> bool:
    """Whether an axis has a length that is known before anything runs."""
    match extent.symbol:
        case Symbol(key=(Joined(extents=extents),)):
            return all(map(_is_fixed, extents))
        case Symbol(key=key):
            return key is None
    return True
