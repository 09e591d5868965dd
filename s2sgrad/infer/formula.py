"""How the formula that a call stands for is put together, value by value."""

from __future__ import annotations

from typing import Any

import gast

from s2sgrad.infer.resolution import Stands, Unresolved
from s2sgrad.infer.wording import array_of, at_most_a_row, axes, call, numpys, part
from s2sgrad.kinds import Kind, Sequence, Unknown

__all__ = ["Formula", "constant", "is_none", "number_of", "rank_of", "unknown_axes"]


class Formula:
    """The values of a formula, one after the other; each is known by its `part`."""

    def __init__(self) -> None:
        self.values: list[gast.AST] = []

    def value(self, tree: gast.AST) -> gast.AST:
        self.values.append(tree)
        return part(len(self.values) - 1)

    def call(self, path: str, *args: gast.AST, **keywords: gast.AST | None) -> gast.AST:
        given = {key: value for key, value in keywords.items() if value is not None}
        return self.value(call(numpys(*path.split(".")), list(args), given))

    def binary(self, left: gast.AST, op: type[gast.AST], right: gast.AST) -> gast.AST:
        return self.value(gast.BinOp(left=left, op=op(), right=right))

    def item(self, whole: gast.AST, *index: gast.AST) -> gast.AST:
        place = index[0] if len(index) == 1 else gast.Tuple(elts=list(index), ctx=gast.Load())
        return self.value(gast.Subscript(value=whole, slice=place, ctx=gast.Load()))

    def array(self, kind: Kind, atom: gast.AST) -> gast.AST:
        """What can be indexed and multiplied as an array."""
        if isinstance(kind, Sequence):
            return self.value(array_of(atom))
        return self.call("asarray", atom) if isinstance(kind, Unknown) else atom

    @property
    def stands(self) -> Stands:
        return Stands(tuple(self.values))


def constant(value: Any) -> gast.AST:
    if type(value) is int and value < 0:
        return gast.UnaryOp(op=gast.USub(), operand=constant(-value))
    return gast.Constant(value=value, kind=None)


def is_none(atom: gast.AST | None) -> bool:
    return atom is None or (isinstance(atom, gast.Constant) and atom.value is None)


def number_of(atom: gast.AST | None, default: Any) -> Any:
    """The value of a constant; None where it isn't one."""
    if atom is None:
        return default
    if isinstance(atom, gast.UnaryOp) and isinstance(atom.op, gast.USub):
        value = number_of(atom.operand, None)
        return -value if type(value) in {int, float} else None
    return atom.value if isinstance(atom, gast.Constant) else None


def rank_of(kind: Kind) -> int | None:
    if isinstance(kind, Sequence):
        return 1 if at_most_a_row(kind) else None
    return axes(kind)


def unknown_axes(function: str) -> Unresolved:
    return Unresolved(
        f"{function} is differentiated only where it is known how many axes its arguments have, "
        "and over which axis it goes",
        "Write its formula, or give like=.",
    )
