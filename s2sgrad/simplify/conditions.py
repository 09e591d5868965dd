"""Conditions as one writes them, instead of what normalize and the guards have made of them.

That is `a and b`, `a or b`, `a < b < c`, and `a != b` for `not a == b`.
"""

from __future__ import annotations

from dataclasses import replace

import gast

from s2sgrad.kinds import BOOL, Kind, Known, Number, Other
from s2sgrad.program import Assign, Block, If, Save, Statement
from s2sgrad.rewrite import as_block, rewritten, with_blocks
from s2sgrad.simplify.connectives import both
from s2sgrad.simplify.equality import key
from s2sgrad.simplify.knowledge import Knowledge
from s2sgrad.trees import loaded, name

__all__ = ["connected", "straightened", "upright"]

_OPPOSITES: dict[type[gast.AST], type[gast.AST]] = {
    gast.Eq: gast.NotEq,
    gast.NotEq: gast.Eq,
    gast.Is: gast.IsNot,
    gast.IsNot: gast.Is,
    gast.In: gast.NotIn,
    gast.NotIn: gast.In,
}
"""Comparisons with opposites; an order has none, since nothing is less or more than a nan."""


def connected(block: Block, known: Knowledge) -> Block:
    """The block with `t = a` and then `if t: t = b` as `t = a and b`, for each t that the user didn't name.

    After `t = bool(xs)`, `if xs` is `if t`.
    """
    out: list[Statement] = []
    for statement in block:
        new = with_blocks(statement, lambda inner: connected(inner, known))
        if isinstance(new, If):
            new = _asked_once(new, out)
        whole = _connected(out[-1], new, known) if out else None
        if whole is None:
            out.append(new)
        else:
            out[-1] = whole
    return as_block(out, block)


def _asked_once(statement: If, before: list[Statement]) -> If:
    """A branch whose test has just been recorded as True or False, with the record for its test."""
    for other in reversed(before):
        match other:
            case Save():
                continue
            case Assign(
                targets=(target,),
                value=gast.Call(func=gast.Name(id="$bool"), args=[gast.Name() as of]),
            ) if key(of) == key(statement.test):
                return replace(statement, test=name(target))
        break
    return statement


def _connected(first: Statement, second: Statement, known: Knowledge) -> Assign | None:
    match first, second:
        case (
            Assign(targets=(target,), value=value),
            If(test=test, body=(Assign(targets=(again,), value=other),), orelse=()),
        ) if target == again and known.temporary(target) and not known.derivative(target):
            pass
        case _:
            return None
    opposite = isinstance(test, gast.UnaryOp) and isinstance(test.op, gast.Not)
    asked = test.operand if opposite else test
    same = key(asked) == key(value) or (isinstance(asked, gast.Name) and asked.id == target)
    if not same or target in loaded(other):
        return None
    whole = _joined(value, gast.Or() if opposite else gast.And(), other, known)
    known.adopt(whole)
    return replace(first, value=whole)


def _joined(first: gast.AST, op: gast.AST, second: gast.AST, known: Knowledge) -> gast.AST:
    """`first and second`, a chain where one comparison goes on where the other ends."""
    sure = isinstance(second, gast.Constant) and second.value is True
    if sure and isinstance(op, gast.And) and known.shapes().kind(first) == BOOL:
        return first
    return both(first, op, second)


def straightened(block: Block) -> Block:
    """The block with tests such as `not a == b` as `a != b`, and `not not a` as `a`."""

    def one(statement: Statement) -> Statement:
        if not isinstance(statement, If):
            return statement
        test = _straight(statement.test)
        return statement if test is statement.test else replace(statement, test=test)

    return rewritten(block, one)


def _straight(test: gast.AST) -> gast.AST:
    match test:
        case gast.UnaryOp(op=gast.Not(), operand=gast.UnaryOp(op=gast.Not(), operand=inner)):
            return _straight(inner)
        case gast.UnaryOp(
            op=gast.Not(), operand=gast.Compare(left=left, ops=[op], comparators=[right])
        ) if type(op) in _OPPOSITES:
            return gast.Compare(left=left, ops=[_OPPOSITES[type(op)]()], comparators=[right])
    return test


def upright(block: Block, known: Knowledge) -> Block:
    """The block with `if a != b: body` for `if a == b` with nothing but an else, where the one is the other's opposite.

    Of numbers, texts and None that is certain, also of nan; of objects their class decides it.
    """

    def one(statement: Statement) -> Statement:
        if not isinstance(statement, If) or statement.body or not statement.orelse:
            return statement
        test = _opposite(statement.test, known)
        if test is None:
            return statement
        return replace(statement, test=test, body=statement.orelse, orelse=())

    return rewritten(block, one)


def _opposite(test: gast.AST, known: Knowledge) -> gast.AST | None:
    match test:
        case gast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in _OPPOSITES:
            shapes = known.shapes()
            by_class = isinstance(op, gast.Eq | gast.NotEq)
            if by_class and not all(_is_plain(shapes.kind(side)) for side in (left, right)):
                return None
            return gast.Compare(left=left, ops=[_OPPOSITES[type(op)]()], comparators=[right])
    return None


def _is_plain(kind: Kind) -> bool:
    """Whether something is a number, a text or None."""
    if isinstance(kind, Known):
        return isinstance(kind.value, bool | int | float | str | None)
    if isinstance(kind, Number):
        return kind.dtype is not None
    return isinstance(kind, Other) and kind.name in {"str", "NoneType"}
