"""What an expression is the negative of, so that it is subtracted where it would be added."""

from __future__ import annotations

import gast

from s2sgrad.simplify.expressions import add, generated, rebuilt

__all__ = ["negated"]


def negated(term: gast.AST) -> gast.AST | None:
    """What `term` is the negative of, where it begins with a sign.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> text(negated(expression("-a * b"))), negated(expression("a - b"))
    ('a * b', None)
    >>> text(negated(expression("a @ -b"))), text(negated(expression("$np.outer(-a, b)")))
    ('a @ b', '$np.outer(a, b)')
    >>> text(negated(expression("-2 * a - b")))
    '2 * a + b'
    """
    match term:
        case gast.UnaryOp(op=gast.USub(), operand=operand):
            return operand
        case gast.BinOp(left=left, op=gast.Mult() | gast.Div() | gast.MatMult() as op, right=right):
            positive = negated(left)
            if positive is not None:
                return gast.BinOp(left=positive, op=op, right=right)
            positive = negated(right) if isinstance(op, gast.MatMult) else None
            return None if positive is None else gast.BinOp(left=left, op=op, right=positive)
        case gast.BinOp(left=left, op=gast.Sub(), right=right):
            positive = negated(left)
            return None if positive is None else add(positive, right)
        case gast.Call(func=func, args=[a, b], keywords=[]) if generated(func) == "$np.outer":
            for place, factor in enumerate((a, b)):
                positive = negated(factor)
                if positive is not None:
                    return rebuilt(term, args=[positive, b] if place == 0 else [a, positive])
    return None
