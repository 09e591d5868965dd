"""Kinds of a few names, written shortly: for examples and tests."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from s2sgrad.extents import Extent, Symbol
from s2sgrad.kinds import Kind, Number, Unknown
from s2sgrad.simplify.shapes import Shapes

__all__ = ["given", "kinds_of"]

_DTYPES = frozenset({"int", "bool", "float", "float32", "float64"})


def kinds_of(**kinds: str) -> dict[str, Kind]:
    """Kinds of names: float64 arrays with extents, `?` for unknown, "" for a float.

    An extent is a number or a word (`n!`: known not to be 1); equal words are equal extents.
    `x="int"` and `x="bool"` are scalars, and `int n` is an array of these.

    >>> kinds_of(x="int", A="n 1")["A"].ndim
    2
    """
    first: dict[str, Symbol] = {}
    table: dict[str, Kind] = {}
    for name, description in kinds.items():
        words = description.split()
        dtype = words.pop(0) if words and words[0] in _DTYPES else "float64"
        extents = []
        for axis, word in enumerate(words):
            if word.isdigit():
                extents.append(Extent(None, int(word)))
            else:
                symbol = first.setdefault(word.rstrip("!"), Symbol(name, axis))
                extents.append(Extent(symbol, solid=word.endswith("!")))
        number = Number(dtype, tuple(extents), array=bool(extents))
        table[name] = Unknown() if words == ["?"] else number
    return table


def given(*, narrow: AbstractSet[str | None] = frozenset(), **kinds: str) -> Shapes:
    """The Shapes of a few names, all of them parameters; see `kinds_of`.

    >>> from s2sgrad.simplify.expressions import name
    >>> given(x="", A="n 1").number(name("A")).ndim
    2
    """
    table = kinds_of(**kinds)
    return Shapes(lambda name: table.get(name, Unknown()), parameters=tuple(table), narrow=narrow)
