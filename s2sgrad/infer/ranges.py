"""Operators of arrays with what NumPy makes an array of: a range, and in comparisons a list, too.

`x - range(3)` is `x - np.arange(3)`. A number of Python's doesn't do that: a number beside a range is one of
NumPy's, or the operator raises.
"""

from __future__ import annotations

import gast

from s2sgrad.extents import Shape
from s2sgrad.infer.resolution import Stands
from s2sgrad.infer.slices import Slices
from s2sgrad.infer.wording import array_of, call, numpys, part
from s2sgrad.kinds import BOOL, Kind, Known, Number, Other, Sequence, Unknown, is_number
from s2sgrad.trees import loaded, name

__all__ = ["augmented_by_range", "compared", "is_range", "with_range"]


def _array(atom: gast.AST, slices: Slices) -> gast.AST:
    """A range as an array: `np.arange(n)` where it is seen that it is `range(n)`, and n is what it was then."""
    if isinstance(atom, gast.Name) and atom.id in slices.values:
        match slices.definitions.get(atom.id):
            case gast.Call(func=gast.Name(id="range" | "$range"), args=args) if all(
                slices.given.issuperset(loaded(arg)) for arg in args
            ):
                return call(numpys("arange"), args, {})
    return array_of(atom)


def is_range(kind: Kind) -> bool:
    """Whether something is a range."""
    if isinstance(kind, Known):
        return isinstance(kind.value, range)
    return isinstance(kind, Other) and kind.name == "range"


def with_range(
    operator: str, atoms: list[gast.AST], kinds: list[Kind], slices: Slices
) -> Stands | None:
    """What an operator with a range and a number, or an array, stands for; None for other operators."""
    places = [place for place, kind in enumerate(kinds) if is_range(kind)]
    others = [kind for kind in kinds if not is_range(kind)]
    numbers = Number if operator == "Mod" else (Number, Unknown)  # `text % range(3)` is a text
    if len(places) != 1 or len(others) != 1 or not isinstance(others[0], numbers):
        return None
    left, right = (part(0) if is_range(k) else a for a, k in zip(atoms, kinds, strict=True))
    made = gast.BinOp(left=left, op=getattr(gast, operator)(), right=right)
    return Stands((_array(atoms[places[0]], slices), made))


def augmented_by_range(
    function: str, atoms: list[gast.AST], kinds: list[Kind], slices: Slices
) -> Stands | None:
    """The same of `x -= range(3)`, where x is no list; function: that changes x in place."""
    if not isinstance(kinds[0], Number) or not is_range(kinds[1]):
        return None
    made = gast.Call(func=name(function), args=[atoms[0], part(0)], keywords=[])
    return Stands((_array(atoms[1], slices), made))


def compared(kinds: list[Kind], key: object) -> Number:
    """What a comparison gives of which not all operands can be numbers: of an array the truth of each element."""
    arrays = [
        isinstance(kind, Unknown)
        or (isinstance(kind, Number) and not is_number(kind))
        or (isinstance(kind, Other) and kind.name == "array of objects")
        for kind in kinds
    ]
    rows = any(isinstance(kind, Sequence) or is_range(kind) for kind in kinds)
    if any(arrays) or (rows and any(isinstance(kind, Number) for kind in kinds)):
        return Number("bool", Shape(key), None)
    return BOOL
