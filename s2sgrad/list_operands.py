"""Lists that a rule computes with: arrays, where its text has them as operands.

NumPy's functions take lists for arrays, and a rule's formulas are written for arrays: `2 * x` repeats a list. What a
formula gives to functions stays as it is.
"""

from __future__ import annotations

from collections.abc import Collection

import gast

from s2sgrad.infer.ranges import is_range
from s2sgrad.kinds import Kind, Number, Sequence, Unknown
from s2sgrad.trees import fields_changed, name, with_fields

__all__ = ["AS_ARRAY", "is_listed", "may_be_lists", "of_lists", "with_arrays"]

AS_ARRAY = "[...]"
"""What stands behind the name of a parameter that is to be an array."""


def with_arrays(tree: gast.AST, lists: Collection[str]) -> gast.AST:
    """A formula with names of lists marked where they are operands, or have attributes or parts.

    >>> from s2sgrad.emit import expression
    >>> tree = gast.parse("f(x, 2 * x) / x[0]", mode="eval").body
    >>> expression(with_arrays(tree, {"x"}))
    'f(x, 2 * x[...]) / x[...][0]'
    """
    if not lists:
        return tree

    def operand(part: gast.AST) -> gast.AST:
        if isinstance(part, gast.Name) and part.id in lists:
            return name(part.id + AS_ARRAY)
        return with_arrays(part, lists)

    def inner(part: gast.AST) -> gast.AST:
        return with_arrays(part, lists)

    match tree:
        case gast.BinOp() | gast.UnaryOp() | gast.Compare():
            changed = fields_changed(tree, operand)
        case (
            gast.Attribute(value=gast.Name())
            | gast.Call(
                func=gast.Attribute(attr="take_along_axis")  # which takes no lists
            )
        ):
            changed = fields_changed(tree, operand)
        case gast.Subscript(value=gast.Name(), slice=index):
            value, new = operand(tree.value), inner(index)
            changed = {"value": value, "slice": new} if (value, new) != (tree.value, index) else {}
        case _:
            changed = fields_changed(tree, inner)
    return with_fields(tree, changed) if changed else tree


def is_listed(kind: Kind) -> bool:
    """Whether something is a list, a tuple or a range, with which NumPy computes as with an array."""
    return isinstance(kind, Sequence) or is_range(kind)


def may_be_lists(item: Kind) -> bool:
    """Whether the items of a list aren't known, and may be lists at run time."""
    return isinstance(item, Unknown) or (isinstance(item, Number) and item.array is None)


def of_lists(value: gast.AST, kind: Sequence) -> bool:
    """Whether a derivative certainly has the structure of the list or the tuple that it belongs to."""
    match value:
        case gast.Name() | gast.List():
            return True
        case gast.Call(func=gast.Name(id="$unconcatenate" | "$unmeshgrid")):
            return not isinstance(kind.item, Sequence)
        case gast.Call(func=gast.Name(id=function)):
            return function in {
                "$split_like",
                "$spread",
                "$unsorted",
                "$added",
                "list",
                "$list",
            }
    return False
