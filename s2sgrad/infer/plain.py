"""What the normal form marks, of which only its kind tells what it stands for.

What has to be a number, so that `q += v` makes another one and changes nothing that has the same value: where a
generator is written out, `q += v` becomes `q = $a_number(q) + v`. Nobody sees then when its items are made. What turns
out not to be a number is refused.

What is read by positions though the user only goes through it, as `sorted` does: `items = $in_turn(d)` is d where that
has positions, and a list of what it gives where it is a dict, a set or a text.
"""

from __future__ import annotations

from typing import Any

import gast

from s2sgrad.frozen import dataclass
from s2sgrad.infer.resolution import Resolution, Stands, Unresolved
from s2sgrad.kinds import BOTTOM, Kind, Number, Sequence, Unknown
from s2sgrad.simplify.expressions import call
from s2sgrad.trees import loaded

__all__ = ["NoNumber", "a_number", "a_number_for_certain", "in_turn", "with_positions"]


@dataclass(frozen=True, eq=False)
class NoNumber(Unresolved):
    """What has to be a number isn't known to be one, which is refused whether or not it carries a derivative."""


def a_number(value: Any) -> Any:
    """What a number is marked with."""
    return value


def a_number_for_certain(atom: gast.AST, kind: Kind) -> Resolution:
    """What the marked number stands for."""
    if isinstance(kind, Number) and kind.scalar and kind.array is False:
        return Stands((), None, atom)
    return NoNumber(
        "a generator that may change an array in place isn't written out here",
        "Annotate the parameters with float, or give like=. Or write q = q + v in the place of q += v.",
        changes=loaded(atom),
    )


def in_turn(items: Any) -> Any:
    """What is gone through is marked with."""
    return items


def with_positions(atom: gast.AST, kind: Kind) -> Stands:
    """What stands for what is gone through; what isn't known at all is taken for an array."""
    has = isinstance(kind, Number | Unknown) or kind == BOTTOM
    if has or (isinstance(kind, Sequence) and kind.type in {"list", "tuple"}):
        return Stands((), None, atom)
    return Stands((call("$list", atom),))
