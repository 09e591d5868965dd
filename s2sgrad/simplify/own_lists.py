"""Lists of numbers that go out: which of them nothing else refers to, so that none is copied.

Such a list was made where it is bound, and what reads it reads items, slices, which are lists of their own, or its
length, or takes items away. Its items are numbers, so who owns the list owns all of it.
"""

from __future__ import annotations

from collections.abc import Iterator

import gast

from s2sgrad.program import Accumulate, Assign, Clear, Return, Statement, Store, trees_of
from s2sgrad.simplify.expressions import generated
from s2sgrad.simplify.order import Order
from s2sgrad.trees import children

__all__ = ["is_own_list", "listed", "makes_list"]

_CHANGING = frozenset({"append", "pop"})


def listed(part: gast.AST) -> gast.AST | None:
    """What `list(d)`, written by s2sgrad, is a copy of."""
    match part:
        case gast.Call(func=func, args=[value], keywords=[]) if generated(func) == "$list":
            return value
    return None


def makes_list(value: gast.AST) -> bool:
    """Whether an expression makes a list that nothing else refers to."""
    match value:
        case gast.List() | gast.ListComp():
            return True
        case gast.BinOp(left=gast.List(), op=gast.Mult()):
            return True
    return listed(value) is not None


def is_own_list(name: str, order: Order) -> bool:
    """Whether a list of numbers, which is returned once, belongs to its name alone."""
    bindings = [spot.statement for spot in order.binds.get(name, ())]
    made = [s for s in bindings if isinstance(s, Assign)]
    if not made or not all(_makes(s, name) for s in bindings):
        return False
    reading = [spot.statement for spot in order.reads.get(name, ())]
    return all(_reads_items(statement, name) for statement in {*reading, *bindings})


def _makes(statement: Statement, name: str) -> bool:
    """Whether a statement that binds a name makes it a list, or changes an item."""
    match statement:
        case Assign(targets=(target,), value=value):
            return target == name and makes_list(value)
        case Accumulate(target=target, index=index) | Clear(target=target, index=index):
            return target == name and index is not None
    return isinstance(statement, Store)


def _reads_items(statement: Statement, name: str) -> bool:
    """Whether a statement reads nothing of a list but items and its length, or returns it once."""
    whole = sum(_taken_whole(tree, name) for tree in trees_of(statement))
    if isinstance(statement, Store) and _is(statement.base, name):
        whole -= 1
    return whole == isinstance(statement, Return)


def _taken_whole(tree: gast.AST, name: str) -> int:
    """How often a name is read otherwise than for an item or the length."""
    if _is(tree, name):
        return 1
    return sum(_taken_whole(part, name) for part in _others(tree, name))


def _others(tree: gast.AST, name: str) -> Iterator[gast.AST]:
    """The parts of an expression, without the name where an item of it is read."""
    match tree:
        case gast.Subscript(value=base, slice=index) if _is(base, name):
            yield index
        case gast.Call(func=gast.Attribute(value=base, attr=attr), args=args) if (
            _is(base, name) and attr in _CHANGING
        ):
            yield from args
        case gast.Call(func=gast.Name(id="len" | "$len"), args=[base], keywords=[]) if _is(
            base, name
        ):
            return
        case _:
            yield from children(tree)


def _is(tree: gast.AST, name: str) -> bool:
    return isinstance(tree, gast.Name) and tree.id == name
