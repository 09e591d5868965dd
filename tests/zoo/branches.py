"""Decisions: if, elif, else, conditional expressions, and, or, not, chained comparisons, asserts, raises."""

from __future__ import annotations

import math

import numpy as np

from tests.zoo.case import Case


def if_else(x: float):
    if x > 0:
        y = x * x
    else:
        y = -3.0 * x
    return y


def only_if(x, limit: float):
    y = x * x
    if y > limit:
        y = limit + math.log(y / limit)
    return y


def relu(x: float) -> float:
    return x if x > 0 else 0.0


def leaky(x, slope: float = 0.1):
    return x if x > 0 else slope * x


def huber(residual: float, delta: float):
    """Quadratic near zero, linear far away."""
    if -delta <= residual <= delta:
        return 0.5 * residual**2
    return delta * (abs(residual) - 0.5 * delta)


def income_tax(income: float) -> float:
    if income <= 10.0:
        tax = 0.0 * income
    elif income <= 20.0:
        tax = 0.1 * (income - 10.0)
    elif income <= 50.0:
        y = (income - 20.0) / 10.0
        tax = 1.0 + (0.3 * y + 2.0) * y
    else:
        tax = 10.0 + 0.42 * (income - 50.0)
    return tax


def nested_branches(x, y):
    if x > 0:
        if y > 0:
            z = x * y
        else:
            z = x / y
        z = z + 1
    else:
        if y > 0:
            z = math.exp(x) - y
        else:
            z = x - y**3
    return z * z


def boolean_operators(x: float, y: float):
    if x > 0 and y > 0:
        return x * y
    if x < -1 or not y < 1:
        return x - y * y
    return math.sin(x + y)


def boolean_variables(x: float, lower: float, upper: float):
    below = x < lower
    above = x > upper
    if below:
        penalty = (lower - x) ** 2
    elif above:
        penalty = (x - upper) ** 2
    else:
        penalty = 0.0
    inside = not (below or above)
    return penalty + (x if inside else 0.0)


def flag(x, squared=True):
    if squared:
        x = x * x
    return 3 * x + 1


def flag_without_default(x: float, y: float, log: bool, negate: bool):
    value = math.log(y) * x if log else y * x
    if negate:
        value = -value
    return value


def mode_by_name(x: float, kind: str):
    if kind == "square":
        return x * x
    elif kind in ("cube", "third"):
        return x * x * x
    else:
        return math.exp(x)


def chained_comparison(x: float, a: float, b: float):
    if a < x < b < 10:
        weight = (x - a) / (b - a)
    else:
        weight = x * x
    return weight * (1 - weight)


def nested_conditional(x):
    return x * x if x > 1 else (math.sin(x) if x > -1 else -2 * x)


def conditional_in_expression(x: float, y: float):
    return (x if x > y else y) * (2.0 if x * y > 0 else 3.0) + (x - y if x > y else y - x) ** 2


def bound_on_one_branch(x: float, n: int):
    if n > 2:
        extra = math.sin(x) * n
    y = x * x
    if n > 2:
        y = y + extra
    return y


def constant_on_one_branch(x: float, y: float):
    if y > 0:
        scale = y
    else:
        scale = 1.0
    return x * scale


def optional_parameter(x: float, scale=None):
    if scale is None:
        scale = 2.0
    return math.sin(scale * x)


def checked(x: float, y: float):
    assert y > 0, f"y must be positive, not {y}"
    if x <= 0:
        raise ValueError(f"x must be positive, not {x!r}")
    return math.log(x) / math.sqrt(y)


def report(x: float, verbose: bool = False):
    y = x * x
    if verbose:
        print("y =", y, f"and x = {x:.3f}")
    y = y * x
    print(f"done with {y:.2f}")
    return y


def pass_in_branch(x):
    y = math.cos(x)
    if x > 1:
        pass
    else:
        y = y * x
    return y


def branches_change_parameter(x, y):
    if x < y:
        x = x * y
    else:
        y = y * y - x
    if x < 0:
        x, y = y, x
    return x * x + y


def saturate(x: float, low: float = -1.0, high: float = 1.0):
    return max(low, min(x * x * x, high)) + x


def sign_of_array(x: np.ndarray):
    if x.sum() > 0:
        y = x * x
    else:
        y = np.exp(x)
    return y.mean()


def kind_of_output(x: np.ndarray, reduce: bool):
    y = np.tanh(x)
    if not reduce:
        y = y * x
    return y


def none_of_these(x: float, n: int):
    if n == 1:
        y = x
    elif n == 2:
        y = x**2
    else:
        if n < 0:
            raise ValueError("negative order")
        y = 1.0
        if n == 3:
            y = y * x**3 - x
    return 2 * y + x


_POSITIVE = np.array([0.4, 0.9, 1.3])

CASES = (
    Case(if_else, ((0.7,), (-1.3,))),
    Case(only_if, ((0.7, 1.0), (-1.8, 1.2))),
    Case(relu, ((0.7,), (-1.3,))),
    Case(leaky, ((0.7, 0.2), (-1.3, 0.3)), wrt=("x",)),
    Case(huber, ((0.3, 1.0), (2.5, 1.0), (-1.9, 0.5))),
    Case(income_tax, ((5.0,), (15.0,), (31.0,), (70.0,))),
    Case(nested_branches, ((0.5, 0.8), (0.5, -0.8), (-0.5, 0.8), (-0.5, -0.8))),
    Case(boolean_operators, ((0.5, 0.8), (-1.5, 0.4), (-0.5, 1.8), (-0.4, 0.3))),
    Case(boolean_variables, ((0.5, -1.0, 1.0), (-1.7, -1.0, 1.0), (2.2, -1.0, 1.0))),
    Case(flag, ((0.5,), (0.5, False), (-2.0, True))),
    Case(
        flag_without_default,
        ((0.5, 1.4, True, False), (0.5, 1.4, True, True), (0.5, 1.4, False, True)),
    ),
    Case(mode_by_name, ((0.5, "square"), (0.5, "third"), (0.5, "exp"))),
    Case(chained_comparison, ((0.5, 0.1, 2.0), (0.5, 0.9, 2.0), (0.5, 0.1, 12.0))),
    Case(nested_conditional, ((1.7,), (0.3,), (-2.1,))),
    Case(conditional_in_expression, ((0.5, 0.2), (-0.5, 0.9))),
    Case(bound_on_one_branch, ((0.5, 1), (0.5, 5))),
    Case(constant_on_one_branch, ((0.5, 0.7), (0.5, -0.7))),
    Case(optional_parameter, ((0.5,), (0.5, 3.0), (0.5, None))),
    Case(checked, ((0.5, 2.0), (3.0, 0.7))),
    Case(report, ((0.5,), (-1.5, True))),
    Case(pass_in_branch, ((1.8,), (0.4,))),
    Case(branches_change_parameter, ((0.5, 1.1), (1.1, 0.5), (-0.5, 0.3), (-0.4, -0.9))),
    Case(saturate, ((0.5,), (1.5,), (-1.4,))),
    Case(sign_of_array, ((_POSITIVE,), (-_POSITIVE,), (np.array([0.8]),))),
    Case(kind_of_output, ((_POSITIVE, True), (_POSITIVE, False)), scalar=False),
    Case(none_of_these, ((0.5, 1), (0.5, 2), (0.5, 3), (0.5, 9))),
)
