"""Sums of choices by the same condition: `np.where(c, a, 0) + np.where(c, 0, b)` is `np.where(c, a, b)`."""

from __future__ import annotations

import gast

from s2sgrad.simplify.equality import key
from s2sgrad.simplify.expressions import add, generated, neg, number_of, rebuilt, sub

__all__ = ["chosen_together"]

Terms = list[tuple[bool, gast.AST]]


def chosen_together(terms: Terms) -> Terms:
    """The terms of a sum, each with whether it is negative, with one choice for those by the same condition.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> for example in (
    ...     [(False, "$np.where(c, a, 0)"), (False, "x"), (False, "$np.where(c, 0, b)")],
    ...     [(False, "$np.where(c, 0, a)"), (True, "$np.where(c, 0, b)")],
    ...     [(False, "$np.where(c, a, 0)"), (False, "$np.where(d, b, 0)")],
    ... ):
    ...     new = chosen_together([(sign, expression(term)) for sign, term in example])
    ...     print(*(("-" if sign else "+") + text(term) for sign, term in new))
    +$np.where(c, a, b) +x
    +$np.where(c, 0, a - b)
    +$np.where(c, a, 0) +$np.where(d, b, 0)
    """
    out: Terms = []
    places: dict[object, int] = {}
    for negative, term in terms:
        condition = _condition(term)
        place = len(out) if condition is None else places.setdefault(condition, len(out))
        if place == len(out):
            out.append((negative, term))
            continue
        sign, first = out[place]
        assert isinstance(first, gast.Call) and isinstance(term, gast.Call)  # noqa: PT018, S101
        pairs = zip(first.args[1:], term.args[1:], strict=True)
        values = [_sum(a, b, minus=negative != sign) for a, b in pairs]
        out[place] = sign, rebuilt(first, args=[first.args[0], *values])
    return out


def _condition(term: gast.AST) -> object | None:
    """The condition of a choice between something and 0."""
    match term:
        case gast.Call(func=function, args=[condition, x, y], keywords=[]) if generated(
            function
        ) == "$np.where" and 0 in (number_of(x), number_of(y)):
            return key(condition)
    return None


def _sum(first: gast.AST, second: gast.AST, *, minus: bool) -> gast.AST:
    if number_of(second) == 0:
        return first
    if number_of(first) == 0:
        return neg(second) if minus else second
    return sub(first, second) if minus else add(first, second)
