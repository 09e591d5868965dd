"""What has to be a number, so that `q += v` makes another one and changes nothing that has the same value.

Where a generator is written out, `q += v` becomes `q = $a_number(q) + v`: nobody sees then when its items are made.
What turns out not to be a number is refused.
"""

from __future__ import annotations

from typing import Any

import gast

from s2sgrad.infer.resolution import Refused, Resolution, Stands
from s2sgrad.kinds import Kind, Number
from s2sgrad.trees import loaded

__all__ = ["a_number", "a_number_for_certain"]


def a_number(value: Any) -> Any:
    """What a number is marked with."""
    return value


def a_number_for_certain(atom: gast.AST, kind: Kind) -> Resolution:
    """What the marked number stands for."""
    if isinstance(kind, Number) and kind.scalar and kind.array is False:
        return Stands((), None, atom)
    return Refused(
        "a generator that may change an array in place isn't written out here",
        "Annotate the parameters with float, or give like=. Or write q = q + v in the place of q += v.",
        changes=loaded(atom),
    )
