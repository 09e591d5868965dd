"""Whether what a statement gives has the same shape each time that it runs."""

from __future__ import annotations

from collections.abc import Collection

from s2sgrad.kinds import Extent, Joined, Kind, Number, Sequence, Symbol, carries

__all__ = ["may_vary"]


def may_vary(kind: Kind, given: Collection[Kind]) -> bool:
    """Whether something may carry a derivative whose shape isn't the same each time; given: the kinds of parameters."""
    match kind:
        case Number(shape=tuple() as shape):
            return not all(map(_is_fixed, shape))
        case Number(shape=shape):
            return all(shape != getattr(other, "shape", None) for other in given)
        case Sequence(type="tuple", items=tuple() as items):
            return any(may_vary(item, given) for item in items)
    return carries(kind)


def _is_fixed(extent: Extent) -> bool:
    """Whether an axis has a length that is known before anything runs."""
    match extent.symbol:
        case Symbol(key=(Joined(extents=extents),)):
            return all(map(_is_fixed, extents))
        case Symbol(key=key):
            return key is None
    return True
