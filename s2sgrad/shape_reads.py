"""What an expression asks of an array: its elements, or only its shape, which stores into it leave as it is."""

from __future__ import annotations

from collections.abc import Callable

import gast

from s2sgrad.remembered import remembered
from s2sgrad.trees import children, loaded

__all__ = ["copied_name", "names_read"]

_ATTRIBUTES = frozenset({"dtype", "ndim", "shape", "size"})
_WITH_NAMES = frozenset(
    {gast.Lambda, gast.ListComp, gast.GeneratorExp, gast.SetComp, gast.DictComp}
)
"""What has names of its own."""
_LIKE = {
    "$len": 0,
    "$np.empty_like": 0,
    "$np.ndim": 0,
    "$np.result_type": 0,
    "$np.ones_like": 0,
    "$np.shape": 0,
    "$np.size": 0,
    "$np.zeros_like": 0,
    "$unbroadcast": 1,
    "$unreduce": 1,
    "$zeros_like": 0,
    "len": 0,
}
"""Functions of which one argument matters by its shape and dtype alone: its position."""


def names_read(
    value: gast.AST, fixed: Callable[[str], bool]
) -> tuple[frozenset[str], frozenset[str]]:
    """The names of which an expression reads more than the shape, and those of which it reads the shape.

    fixed: whether a name certainly holds an array, whose length is no matter of what is stored into it.
    """
    whole, shape = _read_once(value)
    if not shape:
        return whole, shape
    more = frozenset(name for name in shape if not fixed(name))
    return whole | more, shape - more


@remembered  # of whole values; not of their parts
def _read_once(value: gast.AST) -> tuple[frozenset[str], frozenset[str]]:
    whole: set[str] = set()
    shape: set[str] = set()
    _read(value, whole, shape)
    return frozenset(whole), frozenset(shape)


def _read(value: gast.AST, whole: set[str], shape: set[str]) -> None:
    """Add the names of which an expression reads more than the shape, and those of which it reads the shape."""
    asked = None
    kind = value.__class__
    if kind is gast.Name:
        whole.add(value.id)
        return
    if kind in _WITH_NAMES:
        whole.update(loaded(value))
        return
    if kind is gast.Attribute:
        if value.value.__class__ is gast.Name and value.attr in _ATTRIBUTES:
            shape.add(value.value.id)
            return
    elif kind is gast.Call:
        place = _LIKE.get(_dotted(value.func))
        if place is not None and place < len(value.args):
            asked = value.args[place]
    for child in children(value):
        if child.__class__ is not gast.Constant:
            (_shape_read if child is asked else _read)(child, whole, shape)


def _shape_read(value: gast.AST, whole: set[str], shape: set[str]) -> None:
    """Add the names of which the shape of an expression depends on more than the shape, and the others."""
    match value:
        case gast.Name(id=name):
            shape.add(name)
        case gast.Subscript(value=base, slice=index):
            _shape_read(base, whole, shape)
            _read(index, whole, shape)
        case gast.BinOp(left=left, right=right):
            _shape_read(left, whole, shape)
            _shape_read(right, whole, shape)
        case gast.UnaryOp(operand=operand):
            _shape_read(operand, whole, shape)
        case _:
            _read(value, whole, shape)


def _dotted(function: gast.AST) -> str:
    if isinstance(function, gast.Attribute):
        return f"{_dotted(function.value)}.{function.attr}"
    return function.id if isinstance(function, gast.Name) else ""


def copied_name(value: gast.AST) -> str | None:
    """The name of which an expression makes a copy."""
    match value:
        case gast.Call(func=gast.Attribute(value=gast.Name(id=name), attr="copy"), args=[]) if (
            not name.startswith("$")
        ):
            return str(name)
        case gast.Call(func=function, args=[gast.Name(id=name)], keywords=[]) if _dotted(
            function
        ) in {"$np.copy", "$np.array"}:
            return str(name)
    return None
