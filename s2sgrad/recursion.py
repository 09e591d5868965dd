"""Kinds without end made finite: what a function that calls itself returns may be inside of what it returns.

`return out, (x, records)`, where records is a list of what calls of the function itself gave: the kind of such a tuple
has a list of such tuples in it, and so on. Here the inner ones are written as the outer one again.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field, replace

from s2sgrad.kinds import VARYING, Kind, Number, Recursion, Sequence, join

__all__ = ["Recursions"]

_Place = tuple[Hashable, ...]


@dataclass(eq=False)
class Recursions:
    """What is inside of itself, by the function that returns it and the place in its result."""

    known: dict[_Place, Recursion] = field(default_factory=dict)

    def folded(self, kind: Kind, *place: Hashable) -> Kind:
        """The kind of a result in which what is in a list and is like what it is in is written as that again."""
        if not isinstance(kind, Sequence):
            return kind
        recursion = self.known.get(place, Recursion())
        inside: list[Kind] = []
        outer = _within(kind, kind, recursion, inside, listed=False)
        if inside or place in self.known:
            self.known[place] = recursion
            meaning = recursion.meaning
            for found in (outer, *inside):
                joined = join(meaning, found, VARYING)
                meaning = _within(joined, joined, recursion, [], listed=False)
            recursion.set(meaning)
            return meaning
        items = kind.items and tuple(
            self.folded(item, *place, number) for number, item in enumerate(kind.items)
        )
        return replace(kind, items=items, item=self.folded(kind.item, *place, "item"))


def _within(
    kind: Kind, outer: Kind, recursion: Recursion, inside: list[Kind], *, listed: bool
) -> Kind:
    """The kind with what is like outer, in a list in it, replaced; that is added to inside."""
    if not isinstance(kind, Sequence):
        return kind
    if listed and isinstance(outer, Sequence) and _alike(kind, outer):
        inside.append(_within(kind, outer, recursion, inside, listed=False))
        return recursion
    listed = listed or kind.type == "list"
    items = kind.items and tuple(
        _within(item, outer, recursion, inside, listed=listed) for item in kind.items
    )
    return replace(
        kind, items=items, item=_within(kind.item, outer, recursion, inside, listed=listed)
    )


def _alike(a: Sequence, b: Sequence) -> bool:
    """Whether one may be inside the other as the same: tuples of as many items, numbers where the other has them."""
    if a.type != b.type or a.items is None or b.items is None:
        return False
    pairs = zip(a.items, b.items, strict=False)
    return len(a.items) == len(b.items) > 0 and all(_fit(m, n) for m, n in pairs)


def _fit(a: Kind, b: Kind) -> bool:
    """Whether two items may be of one kind, as far as is known."""
    if isinstance(a, Sequence) and isinstance(b, Sequence):
        return a.type == b.type
    return not (isinstance(a, Number | Sequence) and isinstance(b, Number | Sequence)) or (
        isinstance(a, Number) and isinstance(b, Number)
    )
