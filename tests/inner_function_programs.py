"""Programs whose functions inside call others inside, which read variables of the function around them."""

from __future__ import annotations

import math
from functools import reduce
from typing import Any

import numpy as np

__all__ = ["REFUSED", "RIGHT"]

X = np.array([1.0, 1.9, 3.0])


def lambda_called_where_it_stands(x: np.ndarray, s: float):
    def g(q, r=0.5):
        return math.tanh(r * q) * x[0]

    return (lambda q: g(q) * np.sum(x))(s)  # noqa: PLC3002


def _twice(function, v):
    inner = (lambda q: function(q) * -1.1)(v)  # noqa: PLC3002
    return function(v) * function(0.5) * inner


def in_a_helper_that_is_given_one(x: np.ndarray, s: float):
    def g(q, *rest, **options):
        return (x @ x) * options.get("scale", 2.0) * q + sum(rest)

    def h(q):
        return g(q) * s

    return _twice(g, s) + _twice(h, x[1])


def read_when_called(x: np.ndarray, s: float):
    w = x[0]

    def g(q):
        return math.tanh(q) * w

    h = lambda q: g(q) * np.sum(x)  # noqa: E731
    a = h(s)
    w = w * a
    b = h(a)

    def g(q):  # noqa: F811
        return q * q * w

    return h(b) + a


def made_in_each_trip(x: np.ndarray, s: float, n: int):
    t = 0.0
    for i in range(n):

        def g(q):
            return math.tanh(q) * x[i] + t  # noqa: B023

        h = lambda q: g(q) * np.sum(x)  # noqa: E731
        t = t + h(s)
    return t


def three_deep_and_writing(x: np.ndarray, s: float, n: int):
    y = x * s

    def g(q):
        y[0] *= q
        return q * s

    def h(q):
        return g(q) * y[1]

    def k(q):
        if q > 1.5:
            return h(q) + h(q * q)
        return g(q)

    t = 0.5
    for i in range(n):
        t = t + k(x[i]) * k(-x[i])
    return t * y


def given_to_another(x: np.ndarray, s: float):
    def g(q):
        return math.tanh(q) * x[0]

    def h(q):
        return g(q) * s

    def k(f, v):
        return f(f(v)) + h(v)

    return k(h, s) * k(g, x[1])


def given_back(x: np.ndarray, s: float):
    def g(q):
        return math.tanh(q) * x[0]

    def h():
        return g

    return h()(s) * h()(x[1])


def made_in_a_branch(x: np.ndarray, s: float, n: int):
    def g(q):
        return math.tanh(q) * x[0]

    if n > 0:  # noqa: SIM108
        h = lambda q: g(q) * 2  # noqa: E731
    else:
        h = lambda q: q * s  # noqa: E731
    return h(s)


def asked_by_a_loop_and_in_a_choice(x: np.ndarray, s: float):
    def g(q):
        return math.tanh(q) * x[0]

    h = lambda q: g(q) * 2  # noqa: E731
    t = s
    while h(t) > 0.4:
        t = t * 0.7
    return t * h(t) if h(t) > 0.1 and h(s) < 5 else g(t)


def counted_by_nonlocal(x: np.ndarray, s: float, n: int):
    w = s

    def g(q):
        nonlocal w
        w = w * q
        return math.tanh(q) * x[0]

    h = lambda q: g(q) * w  # noqa: E731
    t = s
    for _ in range(n):
        t = t + h(t)
    return t * w


def mapped_and_reduced(x: np.ndarray, s: float):
    def g(q):
        return math.tanh(q) * x[0]

    def h(q):
        return g(q) + s

    return reduce(lambda a, b: g(a) * h(b), [s, x[1], x[2]]) + sum(map(h, [s, x[1]]))


def calls_itself(x: np.ndarray, s: float, n: int):
    def g(q):
        return math.tanh(q) * x[0]

    def h(q, k):
        if k == 0:
            return g(q)
        return h(g(q) * s, k - 1)

    return h(s, n)


def calls_itself_with_what_it_reads(x: np.ndarray, s: float, n: int):
    t = s * 2

    def fib(k):
        if k < 2:
            return t
        return fib(k - 1) * x[0] + fib(k - 2)

    first = fib(n)
    t = first * s
    return first + fib(4) * t


def in_halves(x: np.ndarray, s: float):
    y = x * s

    def total(low, high):
        if high - low == 1:
            return y[low] * s
        middle = (low + high) // 2
        return total(low, middle) * total(middle, high)

    product = total(0, 3)
    y[0] = product
    return product + y @ y


def calls_itself_and_writes(x: np.ndarray, s: float, n: int):
    y = 1.0 * x

    def g(k):
        if k < 1:
            return 0.0
        y[k - 1] = y[k] * s
        rest = g(k - 1)
        y[0] += y[k] * y[k - 1]
        return rest + y[k]

    return g(n) + y @ y


def lambda_that_calls_itself(x: np.ndarray, s: float, n: int):
    product = lambda k: s if k < 1 else x[k] * product(k - 1)  # noqa: E731
    return product(n)


def of_a_helper_that_calls_itself(x: np.ndarray, s: float):
    def g(k):
        return x[0] * s if k < 1 else g(k - 1) * x[1]

    def h(v):
        return g(2) * v * s + g(1)

    return h(s) * h(x[2])


def even(k: int) -> float:
    """Nobody calls this: functions inside have its name."""
    return 1.0 + k


def odd(k: int) -> float:
    """The same."""
    return 3.0 + k


def call_each_other(x: np.ndarray, s: float, n: int):
    def even(k):
        return s if k == 0 else odd(k - 1) * x[0]

    def odd(k):
        return x[1] if k == 0 else even(k - 1) * s

    return even(n)


def lambdas_that_call_each_other(x: np.ndarray, s: float, n: int):
    even = lambda k: s if k <= 0 else odd(k - 1) * x[0]  # noqa: E731
    odd = lambda k: s if k <= 0 else even(k - 1) * x[1]  # noqa: E731
    return even(n)


RIGHT: tuple[tuple[Any, ...], ...] = (
    (lambda_called_where_it_stands, X, 0.7),
    (in_a_helper_that_is_given_one, X, 0.7),
    (read_when_called, X, 0.7),
    (made_in_each_trip, X, 0.7, 3),
    (made_in_each_trip, X, 0.7, 1),
    (three_deep_and_writing, X, 0.7, 3),
    (three_deep_and_writing, X, 0.7, 0),
    (given_to_another, X, 0.7),
    (given_back, X, 0.7),
    (made_in_a_branch, X, 0.7, 1),
    (made_in_a_branch, X, 0.7, 0),
    (asked_by_a_loop_and_in_a_choice, X, 0.7),
    (counted_by_nonlocal, X, 0.7, 2),
    (mapped_and_reduced, X, 0.7),
    (calls_itself_with_what_it_reads, X, 0.7, 3),
    (calls_itself_with_what_it_reads, X, 0.7, 1),
    (in_halves, X, 0.7),
    (calls_itself_and_writes, X, 0.7, 2),
    (calls_itself_and_writes, X, 0.7, 0),
    (lambda_that_calls_itself, X, 0.7, 2),
    (of_a_helper_that_calls_itself, X, 0.7),
)
"""Functions and what they are tried with."""

REFUSED: tuple[tuple[Any, ...], ...] = (
    (calls_itself, X, 0.7, 2),
    (call_each_other, X, 0.7, 2),
    (lambdas_that_call_each_other, X, 0.7, 2),
)
