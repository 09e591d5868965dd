"""How the meaning of a call is worded: primitives of NumPy, and what is asked of kinds for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import gast

from s2sgrad.extents import Extent
from s2sgrad.infer.resolution import Unresolved
from s2sgrad.kinds import Kind, Number, Sequence
from s2sgrad.trees import loaded, name

__all__ = [
    "Keywords",
    "KindOf",
    "array_of",
    "at_most_a_row",
    "axes",
    "call",
    "is_number",
    "not_one",
    "numpys",
    "of_integers",
    "part",
    "unknown_shapes",
]

KindOf = Callable[[gast.AST], Kind]
Keywords = Mapping[str, gast.AST]


def part(number: int) -> gast.Name:
    """What reads the value with this number of a `Stands`."""
    return name(f"?{number}")


def numpys(*path: str) -> gast.AST:
    """One of NumPy's functions."""
    tree: gast.AST = name("$np")
    for attribute in path:
        tree = gast.Attribute(value=tree, attr=attribute, ctx=gast.Load())
    return tree


def array_of(atom: gast.AST) -> gast.AST:
    """`np.array(atom)`."""
    return call(numpys("array"), [atom], {})


def call(function: gast.AST, args: list[gast.AST], keywords: Keywords) -> gast.Call:
    """A call."""
    named = [gast.keyword(arg=key, value=value) for key, value in keywords.items()]
    return gast.Call(func=function, args=list(args), keywords=named)


def axes(kind: Kind) -> int | None:
    """How many axes something has, None where that isn't known."""
    return kind.ndim if isinstance(kind, Number) else None


def at_most_a_row(kind: Kind) -> bool:
    """Whether something is a number, or has one axis."""
    if isinstance(kind, Sequence):
        return isinstance(kind.item, Number) and kind.item.scalar
    return isinstance(kind, Number) and kind.ndim in {0, 1}


def is_number(kind: Kind) -> bool:
    """Whether something certainly has no axes."""
    return isinstance(kind, Number) and kind.scalar


def unknown_shapes(function: str, written: str, changed: gast.AST) -> Unresolved:
    """The refusal of a call that writes, and that other shapes would make another store."""
    return Unresolved(
        f"{function} is differentiated only where the shapes of its arguments are known to fit",
        f"Write `{written}`, or give like=.",
        changes=loaded(changed),
    )


def of_integers(kind: Kind) -> bool:
    """Whether an index consists of integers: truth values are something else."""
    if isinstance(kind, Sequence):
        return of_integers(kind.item)
    return isinstance(kind, Number) and kind.dtype == "int"


def not_one(extent: Extent) -> bool:
    """Whether an axis certainly hasn't the length 1."""
    return extent.solid or (extent.symbol is None and extent.offset != 1)
