"""Ranges run backwards, and small expressions that reversals write."""

from __future__ import annotations

import gast

from s2sgrad.trees import name

__all__ = [
    "backwards",
    "bounds_of",
    "called",
    "integer",
    "item_of",
    "less",
    "position_in",
    "value_of",
]


def called(function: str, args: list[gast.AST]) -> gast.AST:
    return gast.Call(func=name(function), args=args, keywords=[])


def integer(value: int) -> gast.AST:
    if value < 0:
        return gast.UnaryOp(op=gast.USub(), operand=gast.Constant(value=-value, kind=None))
    return gast.Constant(value=value, kind=None)


def value_of(tree: gast.AST) -> int | None:
    match tree:
        case gast.Constant(value=int() as value):
            return value
        case gast.UnaryOp(op=gast.USub(), operand=gast.Constant(value=int() as value)):
            return -value
    return None


def less(tree: gast.AST, amount: int) -> gast.AST:
    """`tree - amount`, folded where tree is a number."""
    known = value_of(tree)
    if known is not None:
        return integer(known - amount)
    op: gast.AST = gast.Sub() if amount > 0 else gast.Add()
    return gast.BinOp(left=tree, op=op, right=integer(abs(amount)))


def bounds_of(call: gast.Call) -> tuple[gast.AST, gast.AST, gast.AST]:
    args = list(call.args)
    if len(args) == 1:
        return integer(0), args[0], integer(1)
    return args[0], args[1], args[2] if len(args) > 2 else integer(1)


def backwards(iterable: gast.Call) -> gast.AST:
    """The range backwards: in closed form where the step is 1 or -1.

    `range(b - 1, a - 1, -1)` is empty exactly where `range(a, b)` is.
    """
    start, stop, step = bounds_of(iterable)
    if value_of(step) == 1:
        bounds = [less(stop, 1), less(start, 1), integer(-1)]
    elif value_of(step) == -1:
        first = less(stop, -1)
        bounds = [*([] if value_of(first) == 0 else [first]), less(start, -1)]
    else:
        return called("$reversed", [iterable])
    return gast.Call(func=iterable.func, args=bounds, keywords=[])


def position_in(iterable: gast.Call, index: str) -> gast.AST:
    """The element of a range at an index."""
    start, _, step = bounds_of(iterable)
    product: gast.AST = name(index)
    if value_of(step) != 1:
        product = gast.BinOp(left=name(index), op=gast.Mult(), right=step)
    if value_of(start) == 0:
        return product
    return gast.BinOp(left=start, op=gast.Add(), right=product)


def item_of(base: str, index: gast.AST) -> gast.AST:
    return gast.Subscript(value=name(base), slice=index, ctx=gast.Load())
