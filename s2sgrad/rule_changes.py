"""What a statement of a rule writes into: `x[i] = ...`, `d.x[i] += ...`, `np.add.at(d.x, i, ...)`."""

from __future__ import annotations

import operator
from dataclasses import dataclass
from functools import lru_cache

import gast
import numpy as np

from s2sgrad.trees import loaded

__all__ = ["SIGNS", "Change", "changed", "is_new", "is_plain_write", "puts_back", "shared_above"]

_NEW = {"array", "copy", "sum", "zeros", "zeros_like", "where", "outer", "matmul", "dot"}

Statements = tuple[gast.AST, ...]


@dataclass(frozen=True, eq=False)
class Change:
    """A part that a statement writes into: of the derivative `d.base` if of_d, else of the name base.

    sign: "" where the value is stored, "+" where it is added, and so on; repeated: each occurrence in an index counts.
    """

    base: str
    index: gast.AST
    value: gast.AST
    sign: str
    of_d: bool
    repeated: bool


SIGNS: dict[type[gast.AST], str] = {
    gast.Add: "+",
    gast.Sub: "-",
    gast.Mult: "*",
    gast.Div: "/",
    gast.FloorDiv: "//",
    gast.Mod: "%",
    gast.Pow: "**",
    gast.MatMult: "@",
}


def changed(statement: gast.AST) -> Change | None:
    """What a statement writes a part of, None where it writes no part."""
    match statement:
        case gast.Assign(targets=[gast.Subscript(value=base, slice=index)], value=value):
            return _change(base, index, value)
        case gast.AugAssign(target=gast.Subscript(value=base, slice=index), op=op, value=value):
            return _change(base, index, value, SIGNS.get(type(op), "?"))
        case gast.Expr(
            value=gast.Call(func=gast.Attribute(attr="at"), args=[base, index, value], keywords=[])
        ):
            return _change(base, index, value, "+", repeated=True)
    return None


def _change(
    base: gast.AST, index: gast.AST, value: gast.AST, sign: str = "", *, repeated: bool = False
) -> Change | None:
    match base:
        case gast.Name(id=name):
            return Change(name, index, value, sign, of_d=False, repeated=repeated)
        case gast.Attribute(value=gast.Name(id="d"), attr=name):
            return Change(name, index, value, sign, of_d=True, repeated=repeated)
    return None


def puts_back(statement: gast.AST) -> bool:
    """Whether a statement below a yield is of the form that puts back what was overwritten: `x[i] = old`."""
    change = changed(statement)
    return change is not None and not change.of_d and not change.sign


def is_plain_write(function: object) -> bool:
    """Whether what writes is of Python or NumPy: it raises for numbers, and copies operands that overlap."""
    return function is operator.setitem or isinstance(getattr(function, "__self__", None), np.ufunc)


def is_new(value: gast.AST) -> bool:
    """Whether an expression of a rule certainly makes something new, and no view."""
    match value:
        case gast.BinOp() | gast.UnaryOp() | gast.Constant():
            return True
        case gast.Call(func=gast.Attribute(value=gast.Name(id="np"), attr=function)):
            return function in _NEW
    return False


@lru_cache(maxsize=1 << 10)
def shared_above(forward: Statements, backward: Statements) -> Statements:
    """The assignments above a yield whose names the part below reads, where it doesn't put something back."""
    wanted = {n for s in backward if not puts_back(s) for n in loaded(s)}
    found = []
    for statement in reversed(forward):
        match statement:
            case gast.Assign(targets=[gast.Name(id=name)], value=value) if name in wanted:
                wanted.update(loaded(value))
                found.append(statement)
    return tuple(reversed(found))
