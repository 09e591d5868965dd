"""Programs that unpack into calls what has as many items as the function wants."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

__all__ = ["REFUSED", "RIGHT"]

X = np.array([0.3, 0.5, 0.7])


def product(a, b, c):
    return a * b**2 * c**3


def with_default(a, b, c=1.0):
    return a * b**2 * c**3


def first_and_rest(a, *rest):
    return a * sum(rest)


@dataclass
class Point:
    x: float
    y: float
    z: float

    def along(self, a, b, c):
        return self.x * a + self.y * b + self.z * c

    @classmethod
    def doubled(cls, a, b, c):
        return cls(2 * a, 2 * b, 2 * c)


class Pair(NamedTuple):
    first: float
    second: float


class Rotor:
    def __init__(self, w, x, y):
        self.q = np.array([w, x, y])


def into_a_function(x: np.ndarray):
    return product(*x)


def in_the_middle(x: np.ndarray, k: float):
    return product(k, *x[1:]) + product(*x[:2], k) + product(*x[:2], c=k)


def into_an_object(x: np.ndarray):
    p = Point(*x)
    q = Point.doubled(*x)
    return p.x * p.y * p.z + p.along(*x) * q.along(*(x * x))


def into_an_init(x: np.ndarray, angle: float):
    r = Rotor(math.cos(angle), *(math.sin(angle) * x[:2]))
    return r.q[0] * r.q[1] + r.q[2] ** 2


def into_a_named_tuple(x: np.ndarray):
    pair = Pair(*x[:2])
    return pair.first * pair.second**2


def into_a_function_inside(x: np.ndarray, k: float):
    def inside(a, b, c):
        return a * b * c * k

    return inside(*x) + inside(*(x * x))


def in_a_loop(points: np.ndarray):
    total = 0.0
    for p in points:
        total += product(*p)
    return total


def names_that_are_taken(x: np.ndarray):
    a, b = x[0] * 2, x[1]
    return product(*x) + a * b


def a_list(x: float, n: int):
    values = [x * (k + 1) for k in range(n)]
    return product(*values)


def changed_afterwards(x: np.ndarray):
    y = x.copy()
    p = Point(*y)
    y[0] = 5.0
    return p.x * p.y + y[0]


def some_left_out(x: np.ndarray):
    return with_default(*x)


def any_number(x: np.ndarray):
    return first_and_rest(*x)


def twice(x: np.ndarray):
    return product(*x[:1], *x[1:])


def named_before(x: np.ndarray):
    return product(*x[:2], a=1.0)


RIGHT: tuple[tuple[Any, ...], ...] = (
    (into_a_function, X),
    (in_the_middle, X, 1.3),
    (into_an_object, X),
    (into_an_init, X, 0.4),
    (into_a_named_tuple, X),
    (into_a_function_inside, X, 1.3),
    (in_a_loop, np.array([[0.3, 0.5, 0.7], [1.0, 0.2, 0.4]])),
    (in_a_loop, np.zeros((0, 3))),
    (names_that_are_taken, X),
    (a_list, 0.3, 3),
    (changed_afterwards, X),
)
"""Functions and what they are tried with."""

REFUSED: tuple[tuple[Any, ...], ...] = (
    (some_left_out, X),
    (any_number, X),
    (twice, X),
    (named_before, X),
)
