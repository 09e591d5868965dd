"""`while` loops: counted by hand, until a value is reached, until convergence, nested."""

import math

import numpy as np

from tests.zoo.case import Case


def halve_until_small(x: float):
    while x > 1:
        x = x / 2
    return x * x


def count_up(x: float, n: int):
    i = 0
    y = x
    while i < n:
        y = y * math.sin(x + i)
        i += 1
    return y


def count_down(x, n):
    y = 1.0
    while n:
        y = y * x + n
        n = n - 1
    return y


def newton_square_root(a: float, tolerance=1e-12):
    x = a
    while abs(x * x - a) > tolerance:
        x = 0.5 * (x + a / x)
    return x


def arithmetic_geometric_mean(a: float, b: float):
    while abs(a - b) > 1e-13:
        a, b = (a + b) / 2, math.sqrt(a * b)
    return a


def power_by_squaring(x: float, n: int):
    result = 1.0
    base = x
    while n > 0:
        if n % 2 == 1:
            result = result * base
        base = base * base
        n = n // 2
    return result


def collatz_path(x: float, n: int):
    y = x
    while n != 1:
        if n % 2 == 0:
            n = n // 2
            y = y * 0.5 + x
        else:
            n = 3 * n + 1
            y = math.sin(y) + n * 0.01
    return y


def two_conditions(x: float, limit: float, most: int):
    steps = 0
    total = x
    while total < limit and steps < most:
        total = total + x * math.exp(-steps * x)
        steps += 1
    return total / (steps + 1)


def nested_while(x: float, n: int):
    total = 0.0
    i = 0
    while i < n:
        term = x
        j = 0
        while j < i:
            term = term * x / (j + 1)
            j += 1
        total += term
        i += 1
    return total


def while_in_for(values: np.ndarray):
    total = 0.0
    for v in values:
        while v > 1:
            v = math.log(v) + 0.1
        total += v * v
    return total


def for_in_while(x: float, rounds: int):
    y = x
    k = 0
    while k < rounds:
        for i in range(k):
            y = y * 0.7 + i * x
        y = math.tanh(y)
        k += 1
    return y + k * x


def walk_through_array(x: np.ndarray):
    i = 0
    total = 0.0
    while i < len(x):
        total += x[i] * (i + 1)
        i += 2
    return total * total


def series_until_tiny(x: float):
    """exp(x), summed until the terms no longer matter."""
    term = 1.0
    total = 1.0
    k = 0
    while abs(term) > 1e-17:
        k += 1
        term = term * x / k
        total += term
    return total


def norm_limited(x: np.ndarray, limit: float):
    while np.sum(x * x) > limit:
        x = 0.8 * x - 0.01
    return np.sum(x**3)


def call_in_test(x: float, goal: float):
    y = x
    while math.sin(y) * y < goal:
        y = y + 0.3 * x
    return y * y


def until_done(x: float, rounds: int):
    done = rounds == 0
    y = x
    while not done:
        y = math.cos(y) + x
        rounds -= 1
        done = rounds <= 0 or y < -5
    return y


def gcd_times(x: float, a: int, b: int):
    scale = x
    while b != 0:
        a, b = b, a % b
        scale = scale * x
    return scale * a


def never_entered(x, flag: bool):
    y = x * x
    while flag:
        y = y + 1
        flag = False
    return y


_X6 = np.array([0.4, -1.2, 0.7, 1.9, -0.3, 0.8])

CASES = (
    Case(halve_until_small, ((0.7,), (1.5,), (37.0,))),
    Case(count_up, ((0.7, 0), (0.7, 1), (1.2, 5))),
    Case(count_down, ((0.7, 0), (0.7, 1), (1.2, 5))),
    Case(newton_square_root, ((2.0,), (0.3,), (1.3, 0.5)), wrt=("a",)),
    Case(arithmetic_geometric_mean, ((1.0, 2.0), (0.3, 5.0))),
    Case(power_by_squaring, ((0.7, 0), (0.7, 1), (1.2, 13))),
    Case(collatz_path, ((0.7, 1), (0.7, 2), (0.6, 7))),
    Case(two_conditions, ((0.7, 0.5, 9), (0.7, 2.5, 1), (0.6, 1.5, 9)), wrt=("x",)),
    Case(nested_while, ((0.7, 0), (0.7, 1), (1.2, 5))),
    Case(while_in_for, ((np.array([0.4, 3.7, 1.5]),), (np.zeros(0),), (np.array([0.2]),))),
    Case(for_in_while, ((0.7, 0), (0.7, 1), (0.9, 4))),
    Case(walk_through_array, ((_X6,), (_X6[:1],), (np.zeros(0),))),
    Case(series_until_tiny, ((0.7,), (-1.3,))),
    Case(norm_limited, ((_X6, 50.0), (_X6, 4.0), (_X6, 0.5)), wrt=("x",)),
    Case(call_in_test, ((2.0, 1.5), (0.5, 1.5)), wrt=("x",)),
    Case(until_done, ((0.7, 0), (0.7, 1), (-1.2, 4))),
    Case(gcd_times, ((0.7, 5, 0), (0.7, 12, 4), (1.1, 34, 21))),
    Case(never_entered, ((0.7, False), (0.7, True))),
)
