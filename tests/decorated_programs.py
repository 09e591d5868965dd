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


RIGHT: list[tuple[Any, list[tuple[Any, ...]]]] = [
    (of_the_module, [(0.4, 0.7)]),
    (remembered, [(0.1, 5), (0.2, 1)]),
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


def by_a_number(x: float):
    return cube(x)


X = np.array([0.5, 0.7])
REFUSED_OR_RIGHT: list[tuple[Any, tuple[Any, ...]]] = [
    (inside, (0.4, 0.7)),
    (remembered_with_a_derivative, (0.1, 4)),
    (stale, (0.4,)),
    (stale_in_a_loop, (X,)),
    (shared, (0.4,)),
    (by_a_number, (0.4,)),
]
