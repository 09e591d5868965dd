"""break, continue, early return (also out of several loops), loop else, assert and raise in loops."""

from __future__ import annotations

import math

import numpy as np

from tests.zoo.case import Case


def break_on_value(x: float, n: int):
    y = x
    for i in range(n):
        y = y * x + i
        if y > 3:
            break
    return y


def break_before_work(x: float, weights: list):
    total = 0.0
    for w in weights:
        if w < 0:
            break
        total += math.sin(w * x)
    return total * x


def break_and_continue(x: float, weights: list, limit: float):
    total = 0.0
    for w in weights:
        if w < 0:
            continue
        total = total * x + math.sin(w * x)
        if total > limit:
            break
    return total


def continue_on_index(x: float, n: int):
    total = 1.0
    for i in range(n):
        if i % 3 == 1:
            total = total + x
            continue
        total = total * x
    return total


def continue_on_element(x: np.ndarray):
    total = 0.0
    for value in x:
        if value < 0:
            continue
        total += value**2
    return total


def continue_in_while(x: float, n: int):
    i = 0
    y = x
    while i < n:
        i += 1
        if i % 2 == 0:
            continue
        y = y * y - i * x
        y = y / 4
    return y


def endless_loop(x: float, steps: int):
    y = x
    k = 0
    while True:
        if k >= steps:
            break
        y = math.cos(y * x)
        k += 1
    return y


def endless_until_converged(a: float):
    """Solve y + exp(y) = a."""
    y = 0.0
    while True:
        step = (y + math.exp(y) - a) / (1 + math.exp(y))
        y = y - step
        if abs(step) < 1e-12:
            break
    return y


def break_in_the_middle(x: float, n: int):
    y = x
    for i in range(n):
        y = y + x * i
        if y > 2.5:
            y = y / 2
            break
        y = y * 1.5
    return y * y


def break_out_of_inner(x: float, n: int):
    total = 0.0
    for i in range(n):
        term = x
        for j in range(n):
            if j > i:
                break
            term = term * x + j
        total += term
    return total


def flag_breaks_outer(x: float, n: int, limit: float):
    total = 0.0
    stop = False
    for i in range(n):
        for j in range(n):
            total += x * (i + j) + x**2
            if total > limit:
                stop = True
                break
        if stop:
            break
    return total


def return_from_loop(x: float, n: int):
    y = x
    for i in range(n):
        y = y * y + 0.5 * x
        if y > 4:
            return y / i
    return y


def return_from_two_loops(a: np.ndarray, limit: float):
    total = 0.0
    for row in a:
        for value in row:
            total += value * value
            if total > limit:
                return total * value
        total = total / 2
    return total


def return_from_while(x: float, goal: float):
    k = 1
    y = x
    while k < 10:
        y = y + x / k
        if y > goal:
            return math.log(y)
        k += 1
    return -y


def return_first(x: float, n: int):
    for i in range(n):
        return x * x + i
    return x


def guard_clauses(x: float, y: float, n: int):
    if n == 0:
        return x
    if n == 1:
        return y * x
    if x < 0:
        return x * y
    z = x - y
    return z * z


def returns_everywhere(x):
    if x > 2:
        return x
    elif x > 1:
        return x * x
    elif x > 0:
        y = math.sqrt(x)
        if y > 0.8:
            return y
        return y * x
    else:
        return -math.exp(x)


def early_return_of_constant(x: float, n: int):
    if n < 0:
        return 0.0
    y = x
    for _ in range(n):
        y = math.sin(y)
    return y


def for_else(x: float, weights: list):
    y = x
    for w in weights:
        if w > 2:
            y = y * w
            break
        y = y + w * x * x
    else:
        y = math.exp(-y)
    return y


def while_else(x: float, n: int, limit: float):
    y = x
    k = 0
    while k < n:
        y = y + x * x
        if y > limit:
            break
        k += 1
    else:
        y = 2 * y
    return y + x


def else_with_return(x: float, divisors: list):
    for d in divisors:
        if d == 3:
            break
        x = x / d
    else:
        return x * x
    return math.sin(x)


def nested_else(x: float, n: int):
    """Sum over the primes below n."""
    total = 0.0
    for p in range(2, n):
        for d in range(2, p):
            if p % d == 0:
                break
        else:
            total += x**p / p
            continue
        total += 0.1 * x
    return total


def assert_in_loop(x: np.ndarray):
    total = 0.0
    for i, value in enumerate(x):
        assert value > 0, f"entry {i} is {value}"
        total += math.log(value)
    return total


def raise_in_loop(x: float, n: int):
    y = x
    for i in range(n):
        if y > 1e6:
            raise OverflowError(f"diverged in step {i}: {y:g}")
        y = y * y - 0.3
    return y


def print_in_loop(x: float, n: int):
    y = x
    for i in range(n):
        y = y * x
        if i == 1:
            print("second", y)
            continue
        print(i, f"{y:.3f}")
    return y


def break_then_use(values: np.ndarray, limit: float):
    """The first value above the limit, and the sum of those before it."""
    before = 0.0
    found = 0.0
    for v in values:
        if v > limit:
            found = v
            break
        before = before + v * v
    return found * before + values[0]


def continue_after_partial_work(x: float, n: int):
    total = 0.0
    for i in range(n):
        t = x * (i + 1)
        total += t
        if t > 2:
            t = t - 2
            total = total * 0.5
            continue
        total = total - t * t
    return total


_A34 = np.random.default_rng(12).uniform(0.3, 1.2, (3, 4))
_X6 = np.array([0.4, 1.2, 0.7, 1.9, 0.3, 0.8])

CASES = (
    Case(break_on_value, ((0.7, 0), (0.7, 1), (1.2, 2), (1.2, 9))),
    Case(
        break_before_work,
        ((0.7, []), (0.7, [-1.0, 2.0]), (0.7, [0.5, 1.5, -1.0, 3.0]), (0.7, [0.5, 1.5])),
    ),
    Case(
        break_and_continue,
        (
            (0.7, [], 1.0),
            (0.7, [-1.0, 2.0], 9.0),
            (0.7, [1.5, -1.0, 1.0, 2.0, 3.0], 1.4),
        ),
        wrt=("x",),
    ),
    Case(continue_on_index, ((0.7, 0), (0.7, 1), (1.2, 6))),
    Case(continue_on_element, ((_X6 - 0.75,), (_X6,), (-_X6,), (_X6[:0],))),
    Case(continue_in_while, ((0.7, 0), (0.7, 1), (1.2, 6))),
    Case(endless_loop, ((0.7, 0), (0.7, 1), (1.2, 6))),
    Case(endless_until_converged, ((1.2,), (3.3,))),
    Case(break_in_the_middle, ((0.7, 0), (0.7, 1), (0.7, 9))),
    Case(break_out_of_inner, ((0.7, 0), (0.7, 1), (1.2, 4))),
    Case(
        flag_breaks_outer,
        ((0.7, 0, 5.0), (0.7, 1, 5.0), (0.7, 2, 99.0), (0.7, 4, 7.0)),
        wrt=("x",),
    ),
    Case(return_from_loop, ((0.7, 0), (0.7, 1), (1.1, 9))),
    Case(return_from_two_loops, ((_A34, 1.4), (_A34, 99.0), (_A34[:0], 1.0)), wrt=("a",)),
    Case(return_from_while, ((0.7, 1.0), (0.7, 1.6), (0.7, 99.0)), wrt=("x",)),
    Case(return_first, ((0.7, 0), (0.7, 1), (1.2, 4))),
    Case(guard_clauses, ((0.7, 0.4, 0), (0.7, 0.4, 1), (-0.7, 0.4, 2), (0.7, 0.4, 2))),
    Case(returns_everywhere, ((2.5,), (1.5,), (0.9,), (0.3,), (-0.7,))),
    Case(early_return_of_constant, ((0.7, -1), (0.7, 0), (0.7, 3))),
    Case(for_else, ((0.7, []), (0.7, [1.0]), (0.7, [1.0, 1.5, 3.0, 4.0]), (0.7, [4.0]))),
    Case(while_else, ((0.7, 0, 1.0), (0.7, 1, 9.0), (0.7, 5, 2.0), (0.7, 2, 9.0)), wrt=("x",)),
    Case(else_with_return, ((0.7, []), (0.7, [2, 4]), (0.7, [2, 3, 4]))),
    Case(nested_else, ((0.7, 2), (0.7, 3), (1.1, 11))),
    Case(assert_in_loop, ((_X6,), (_X6[:1],), (_X6[:0],))),
    Case(raise_in_loop, ((0.7, 0), (0.7, 1), (1.3, 4))),
    Case(print_in_loop, ((0.7, 0), (0.7, 1), (1.3, 4))),
    Case(break_then_use, ((_X6, 1.5), (_X6, 9.0), (_X6, 0.1)), wrt=("values",)),
    Case(continue_after_partial_work, ((0.7, 0), (0.7, 1), (0.7, 5))),
)
