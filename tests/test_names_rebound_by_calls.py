"""Names that a call binds (`nonlocal`) are read before it where they stand before it."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from tests.in_every_way import check_every_way

X = np.array([0.5, 1.7, -0.4, 0.9])


@dataclass
class Point:
    x: float
    y: float


class Bumping:
    def __init__(self, p):
        self.p = p

    def __enter__(self):
        return self.p

    def __exit__(self, *a):
        self.p.x = self.p.x * 3.0


def returned_before_finally(x: np.ndarray, n: int):
    t = x[0]

    def bump():
        nonlocal t
        t = t * 3.0 + n

    try:
        return t
    finally:
        bump()


def returned_inside_with(x: np.ndarray, n: int):
    t = x[0]

    def bump():
        nonlocal t
        t = t * 3.0 + n

    @contextlib.contextmanager
    def bumping():
        yield
        bump()

    with bumping():
        return t


def helper_in_generator(x: np.ndarray, n: int):
    t = x[0]

    def bump():
        nonlocal t
        t = t * 3.0
        return t

    def gen():
        q = bump()
        yield q

    return t * next(gen())


def broken_before_finally(x: np.ndarray, n: int):
    t = x[0]
    u = x[1]

    def bump():
        nonlocal t
        t = t * u

    for k in range(3):
        try:
            if k == n:
                break
            u = t * 2.0
        finally:
            bump()
    return t * u


def finally_call(x: np.ndarray, n: int):
    t = x[0]

    def bump():
        nonlocal t
        t = t * 3.0 + n

    for k in range(2):
        try:
            if k == n - 1:
                return t
        finally:
            bump()
    return t


def with_attr(x: np.ndarray, n: int):
    p = Point(x[0], x[1])
    with Bumping(p) as q:
        return q.x


def three(x: np.ndarray, n: int):
    t = x[0]

    def bump():
        nonlocal t
        t = t * 3.0
        return t

    def gen():
        q = bump()
        yield q

    return 2.0 * (t + t * next(gen()))


def compare(x: np.ndarray, n: int):
    t = x[0]

    def bump():
        nonlocal t
        t = t * 3.0
        return t

    def gen():
        q = bump()
        yield q

    s = t * next(gen())
    return s * t


RIGHT = (
    returned_before_finally,
    returned_inside_with,
    helper_in_generator,
    broken_before_finally,
    finally_call,
    with_attr,
    three,
    compare,
)


@pytest.mark.parametrize("function", RIGHT, ids=lambda f: f.__name__)
def test_is_right_in_every_way(function: Any) -> None:
    check_every_way(function, [(X, 2), (X[::-1] * 1.1, 1)])
