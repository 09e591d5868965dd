"""What a loop goes through, to be read by positions: a list, an array, or the keys of a dict.

`sorted(x, key=f)` reads x by positions where it is written out (`items = $items_of(x, True)`, `items[k]`), and so does
`max(x, key=f)`, by positions that are known. What is a list, a tuple or an array is that itself; of a dict, and of what
isn't known to be none, `list(x)` gives the items.

A loop that counts what it runs over reads item number k of it, which isn't what a dict or a set gives for k: of these
it reads `$key_at(x, k)`, which is printed as `list(x)[k]` where the loop's header doesn't say it. `first, *others = x`
reads `$keys_of(x)`, which is x itself where that is neither.
"""

from __future__ import annotations

from typing import Any

import gast

from s2sgrad.infer.resolution import Stands
from s2sgrad.infer.wording import call
from s2sgrad.kinds import Kind, Number, Other, Sequence
from s2sgrad.normalize.nodes import subscript
from s2sgrad.trees import name

__all__ = ["as_listed", "as_read", "has_keys", "items_of", "key_at", "keys_of"]

_KEYED = frozenset({"dict", "frozenset", "set"})


def items_of(value: Any, in_order: bool) -> Any:  # noqa: ARG001  read where objects are written out
    """What is gone through is marked with."""
    return value


def keys_of(value: Any) -> Any:
    """What is taken apart by positions is marked with: it may be a dict or a set."""
    return value


def as_listed(atom: gast.AST, kind: Kind, *, keys_only: bool) -> Stands:
    """What the marked value stands for; keys_only: only dicts and sets are listed."""
    if keys_only and not has_keys(kind):
        return Stands((), None, atom)
    sequence = isinstance(kind, Sequence) and kind.type in {"list", "tuple"}
    if sequence or (isinstance(kind, Number) and kind.array is True):
        return Stands((), None, atom)
    return Stands((call(name("$list"), [atom], {}),))


def key_at(value: Any, position: int) -> Any:
    """The key of a dict, or the item of a set, that a loop comes to after that many others."""
    return list(value)[position]


def has_keys(kind: Kind) -> bool:
    """Whether something is a dict or a set, of which a loop gives the keys, and an index what belongs to one."""
    match kind:
        case Sequence(type=named) | Other(name=named):
            return named in _KEYED
    return False


def as_read(atom: gast.AST, position: gast.AST) -> Stands:
    """What `$key_at` stands for where something is neither a dict nor a set."""
    return Stands((subscript(atom, position),))
