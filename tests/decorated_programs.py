"""Programs with decorators."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np


def doubled(fn):
    @functools.wraps(fn)
    def wrapper(*args, **kwargs):
        return 2 * fn(*args, **kwargs)

    return wrapper


def shifted(fn):
    def wrapper(v):
        return fn(v) + v

    return wrapper


def scaled(k):
    def decorate(fn):
        def wrapper(v):
            return k * fn(v)

        return wrapper

    return decorate


@doubled
@shifted
def square(v):
    return v * v


@scaled(3.0)
def cube(v):
    return v**3


def of_the_module(x: float, y: float):
    return square(x) * square(y)


def inside(x: float, y: float):
    @doubled
    @shifted
    def f(v):
        return v * y

    return f(x) * f(y)


def remembered(x: float, n: int):
    @functools.cache
    def c(k):
        return 1 if k == 0 else sum(c(i) * c(k - 1 - i) for i in range(k))

    return sum(c(k) * x**k for k in range(n))


def remembered_with_a_derivative(x: float, n: int):
    @functools.lru_cache(maxsize=None)
    def power(k):
        return 1.0 if k == 0 else power(k - 1) * x

    return sum(power(k) for k in range(n))


def beside_writes(x: np.ndarray, s: float, n: int):
    y = x.copy()
    t = 1.0
    for i in range(n):

        @functools.cache
        def power(k):
            return y[0] * s if k < 1 else power(k - 1) * t

        t = t + power(i)
        y[1] = t * y[0]
        y[0] *= 0.5
    return t * y[1]


def called_in_what_writes(x: np.ndarray, s: float, n: int):
    y = 1.0 * x

    @functools.cache
    def power(k):
        return y[0] * s if k < 1 else power(k - 1) * y[1]

    y[1] *= power(n)
    return y @ y


def written_afterwards(x: np.ndarray, s: float):
    @functools.cache
    def row(k):
        return x * s * k

    a = row(2)
    a[0] = 5.0
    return np.sum(a)


def fibonacci(x: np.ndarray, s: float, n: int):
    y = x + s

    @functools.lru_cache(maxsize=None)
    def fib(k):
        if k < 2:
            return s
        return fib(k - 1) + fib(k - 2) * y[0]

    a = fib(n)
    y[0] = 3.0 * a
    return a + y @ y


def numbers_in_a_loop(x: np.ndarray, s: float, n: int):
    y = 1.0 * x

    @functools.cache
    def term(k):
        return y[1] * s**k

    total = 0.0
    for i in range(n):
        total += term(i)
    y[0] = total
    return total + y @ y


X = np.array([0.5, 0.7])
RIGHT: list[tuple[Any, list[tuple[Any, ...]]]] = [
    (of_the_module, [(0.4, 0.7)]),
    (remembered, [(0.1, 5), (0.2, 1)]),
    (beside_writes, [(X, 0.4, 3), (X, 0.4, 1), (X, 0.4, 0)]),
    (called_in_what_writes, [(X, 0.4, 2), (X, 0.4, 0)]),
    (written_afterwards, [(X, 0.4)]),
    (fibonacci, [(X, 0.4, 5), (X, 0.4, 1)]),
    (numbers_in_a_loop, [(X, 0.4, 3), (X, 0.4, 0)]),
    (remembered_with_a_derivative, [(0.1, 4), (0.1, 1)]),
]


def stale(x: float):
    scale = 2.0

    @functools.cache
    def f(k):
        return k * scale * x

    first = f(1)
    scale = 3.0
    return first * f(1)


def stale_in_a_loop(x: np.ndarray):
    @functools.cache
    def f(k):
        return k * v

    total = 0.0
    for v in x:
        total += f(2)
    return total


def shared(x: float):
    @functools.cache
    def f(k):
        return np.ones(k) * x

    a = f(2)
    a[0] = 5.0
    return np.sum(f(2))


def stale_through_another(x: float):
    scale = x

    def h():
        return scale * x

    @functools.cache
    def f(k):
        return h() * k

    first = f(2)
    scale = x * x
    return first + f(2)


def tells(x: float):
    @functools.cache
    def f(k):
        print("computing", k)
        return x * k

    return f(2) * f(2)


def draws(x: float):
    @functools.cache
    def f(k):
        return x * np.random.rand() * k

    return f(2) * f(2)


def written_between(x: np.ndarray, s: float):
    y = 1.0 * x

    @functools.cache
    def f(k):
        return y[0] * s if k < 1 else f(k - 1) * s

    a = f(2)
    y[0] *= 2.0
    return a * f(2)


def one_array_twice(x: np.ndarray, s: float):
    @functools.cache
    def row(k):
        return x * s * k

    rows = []
    for _ in range(2):
        rows.append(row(2))
    rows[0][0] = 5.0
    return np.sum(rows[1])


def one_array_in_two_functions(x: np.ndarray, s: float):
    @functools.cache
    def row(k):
        return x * s if k == 0 else row(k - 1)

    @functools.cache
    def rows(k):
        return [row(k), row(0)]

    a, b = rows(1)
    a[0] = 5.0
    return np.sum(b)


def counts(x: float):
    calls = 0

    @functools.cache
    def f(k):
        nonlocal calls
        calls += 1
        return x * k

    return f(1) * f(1) * calls


def by_a_number(x: float):
    return cube(x)


REFUSED: list[tuple[Any, tuple[Any, ...]]] = [
    (stale, (0.4,)),
    (stale_in_a_loop, (X,)),
    (stale_through_another, (0.4,)),
    (shared, (0.4,)),
    (tells, (0.4,)),
    (draws, (0.4,)),
    (written_between, (X, 0.4)),
    (one_array_twice, (X, 0.4)),
    (one_array_in_two_functions, (X, 0.4)),
    (counts, (0.4,)),
]
REFUSED_OR_RIGHT: list[tuple[Any, tuple[Any, ...]]] = [
    (inside, (0.4, 0.7)),
    (by_a_number, (0.4,)),
]
