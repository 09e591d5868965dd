"""Spellings of computations with numbers: `math` for floats, `if` for a choice, powers folded.

`math` raises where NumPy gives an infinity or a NaN, so only functions are taken that have a finite
value for every finite number.
"""

from __future__ import annotations

from collections.abc import Callable

import gast

from s2sgrad.simplify.equality import same
from s2sgrad.simplify.expressions import call, number, number_of
from s2sgrad.simplify.shapes import Shapes
from s2sgrad.simplify.terms import exact_sum

__all__ = ["NUMBERS", "folded"]

_MATH = {
    "arcsinh": "asinh",
    "arctan": "atan",
    "arctan2": "atan2",
    "cbrt": "cbrt",
    "copysign": "copysign",
    "cos": "cos",
    "deg2rad": "radians",
    "radians": "radians",
    "sin": "sin",
    "tanh": "tanh",
}
_OF_POSITIVE = frozenset({"log", "log2", "log10", "sqrt"})


def of_float(node: gast.AST, shapes: Shapes) -> gast.AST | None:
    """The function of `math` for floats.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> shapes = given(x="", v="n", n="int")
    >>> for example in ("cos(x)", "arctan2(x, x)", "cos(v)", "cos(n)"):
    ...     print(text(of_float(expression("$np." + example), shapes) or expression("unchanged")))
    $math.cos(x)
    $math.atan2(x, x)
    unchanged
    unchanged
    """
    if node.keywords or not all(_is_float(arg, shapes) for arg in node.args):
        return None
    return call(f"$math.{_MATH[node.func.attr]}", *node.args)


def _is_float(expr: gast.AST, shapes: Shapes) -> bool:
    return shapes.plain(expr) and shapes.number(expr).dtype in {"float", "float64"}


def of_positive(node: gast.AST, shapes: Shapes) -> gast.AST | None:  # noqa: ARG001
    """The logarithm and the root of a literal, which are numbers of any width.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> text(of_positive(expression("$np.log(2)"), None))
    '$math.log(2)'
    """
    value = number_of(node.args[0]) if len(node.args) == 1 and not node.keywords else None
    if value is None or value <= 0:
        return None
    return call(f"$math.{node.func.attr}", node.args[0])


def absolute(node: gast.AST, shapes: Shapes) -> gast.AST | None:
    """`abs(x)` of numbers and arrays.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> text(absolute(expression("$np.absolute(x)"), given(x="")))
    '$abs(x)'
    """
    if len(node.args) != 1 or node.keywords:
        return None
    (x,) = node.args
    known = shapes.number(x).array is not None and shapes.real(x)
    return call("$abs", x) if known else None


def where(node: gast.AST, shapes: Shapes) -> gast.AST | None:
    """A choice between numbers, which `np.where` would make an array of.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> shapes = given(x="", d="", v="n")
    >>> for example in ("(x > 0, d, 0)", "(v > 0, d, 0)", "((x > 0) & (x < 1), d, d / 2)"):
    ...     print(text(where(expression("$np.where" + example), shapes) or expression("unchanged")))
    d if x > 0 else 0.0
    unchanged
    d if (x > 0) & (x < 1) else d / 2
    """
    if len(node.args) != 3 or node.keywords:
        return None
    condition, *choices = node.args
    if not shapes.plain(condition) or shapes.number(condition).dtype != "bool":
        return None
    literals = [number_of(choice) for choice in choices]
    choices = [
        number(float(value)) if value is not None else choice
        for value, choice in zip(literals, choices)
    ]
    if literals.count(None) == 0 or not all(_is_float(choice, shapes) for choice in choices):
        return None
    return gast.IfExp(test=condition, body=choices[0], orelse=choices[1])


def folded(node: gast.AST, shapes: Shapes) -> gast.AST | None:
    """What rules of powers say of any exponent and base, for literals; a bound that isn't there.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> shapes = given(x="", v="n")
    >>> for example in ("3 - (3 != 0)", "2 + (2 == 0)", "x ** 1", "v & (x != None)", "x ** 2"):
    ...     print(text(folded(expression(example), shapes) or expression("unchanged")))
    2
    2
    x
    v
    unchanged
    """
    match node:
        case gast.BinOp(
            left=left,
            op=gast.Add() | gast.Sub() as op,
            right=gast.Compare(left=again, ops=[test], comparators=[gast.Constant(value=0)]),
        ) if number_of(left) is not None and same(left, again):
            return _shifted(number_of(left), op, test)
        case gast.BinOp(left=left, op=gast.Pow(), right=right) if number_of(right) == 1:
            whole = shapes.number(left).dtype == "int" and isinstance(number_of(right), int)
            return left if whole or shapes.real(left) else None
        case gast.BinOp(
            left=left,
            op=gast.BitAnd(),
            right=gast.Compare(
                left=compared, ops=[gast.NotEq()], comparators=[gast.Constant(value=None)]
            ),
        ) if shapes.number(compared).array is not None:
            return left
    return None


def _shifted(value: float | None, op: gast.AST, test: gast.AST) -> gast.AST | None:
    """`n - (n != 0)` and `x + (x == 0)`."""
    if value is None or not isinstance(test, gast.Eq | gast.NotEq):
        return None
    holds = (value == 0) is isinstance(test, gast.Eq)
    if not holds:
        return number(value)
    total = exact_sum(value, 1 if isinstance(op, gast.Add) else -1)
    return None if total is None else number(total)


def power(node: gast.AST, shapes: Shapes) -> gast.AST | None:
    """`math.pow(x, 1)` is x.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> text(power(expression("$math.pow(x, 1)"), given(x="")))
    'x'
    """
    match node:
        case gast.Call(args=[x, exponent], keywords=[]):
            return x if number_of(exponent) == 1 and _is_float(x, shapes) else None
    return None


def only(node: gast.AST, shapes: Shapes) -> gast.AST | None:
    """Of a number, the maximum, the mean or the product is the number.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> text(only(expression("$np.mean(x)"), given(x="")))
    'x'
    """
    if len(node.args) != 1 or node.keywords:
        return None
    return node.args[0] if _is_float(node.args[0], shapes) else None


def least(node: gast.AST, shapes: Shapes) -> gast.AST | None:  # noqa: ARG001
    """The smaller one of literals.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> text(least(expression("$min(0, 1)"), None))
    '0'
    """
    values = [number_of(arg) for arg in node.args]
    known = [value for value in values if isinstance(value, int)]
    whole = len(known) == len(values) > 1 and not node.keywords
    return number(min(known)) if whole else None


NUMBERS: dict[str, Callable[[gast.AST, Shapes], gast.AST | None]] = {
    "$math.pow": power,
    "$min": least,
    "$np.absolute": absolute,
    "$np.where": where,
    **{f"$np.{name}": of_float for name in _MATH},
    **{f"$np.{name}": of_positive for name in _OF_POSITIVE},
}
