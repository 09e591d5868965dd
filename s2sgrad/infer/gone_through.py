"""What a loop goes through, to be read by positions: a list, an array, or the keys of a dict.

`sorted(x, key=f)` reads x by positions where it is written out (`items = $items_of(x, True)`, `items[k]`), and so does
`max(x, key=f)`, by positions that are known. What is a list, a tuple or an array is that itself; of a dict, and of what
isn't known to be none, `list(x)` gives the items.
"""

from __future__ import annotations

from typing import Any

import gast

from s2sgrad.infer.resolution import Stands
from s2sgrad.infer.wording import call
from s2sgrad.kinds import Kind, Number, Sequence
from s2sgrad.trees import name

__all__ = ["as_listed", "items_of"]


def items_of(value: Any, in_order: bool) -> Any:  # noqa: ARG001  read where objects are written out
    """What is gone through is marked with."""
    return value


def as_listed(atom: gast.AST, kind: Kind) -> Stands:
    """What the marked value stands for."""
    sequence = isinstance(kind, Sequence) and kind.type in {"list", "tuple"}
    if sequence or (isinstance(kind, Number) and kind.array is True):
        return Stands((), None, atom)
    return Stands((call(name("$list"), [atom], {}),))
