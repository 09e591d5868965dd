"""What is written by an argument `out` that is given by its place: behind what remembers, and under iterators."""

from __future__ import annotations

import functools
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from tests.in_every_way import check_every_way, check_refused_saying

X = np.array([0.5, 1.7, -0.4, 0.9])


def pairs_dotted(x: np.ndarray, n: int):
    y = 1.0 * x
    m = np.eye(4) * 2.0
    t = 0.0
    for a, b in pairwise(y):
        np.dot(m, x, y)
        t += a * b
    return t


def pairs_clipped(x: np.ndarray, n: int):
    y = 1.0 * x
    t = 0.0
    for a, b in pairwise(y):
        np.clip(y, 0.0, 0.6, y)
        t += a * b * b
    return t


def clipped_meanwhile(x: np.ndarray, n: int):
    y = 1.0 * x

    @functools.cache
    def term(k):
        return y[1] * k

    a = term(2)
    np.clip(y, 0.0, 1.0, y)
    b = term(2)
    return a * b * y[0]


def dotted_meanwhile(x: np.ndarray, n: int):
    y = 1.0 * x
    a = np.eye(4) * 2.0

    @functools.cache
    def term(k):
        return y[1] * k

    b = term(2)
    np.dot(a, x, y)
    return b * term(2) * y[0]


def summed_meanwhile(x: np.ndarray, n: int):
    y = 1.0 * x

    @functools.cache
    def term(k):
        return y[1] * k

    b = term(2)
    np.cumsum(x, 0, None, y)
    return b * term(2) * y[0]


def method_clip(x: np.ndarray, n: int):
    y = 1.0 * x

    @functools.cache
    def term(k):
        return y[1] * k

    b = term(2)
    y.clip(0.0, 1.0, y)
    return b * term(2) * y[0]


def method_dot(x: np.ndarray, n: int):
    y = 1.0 * x
    m = np.eye(4) * 2

    @functools.cache
    def term(k):
        return y[1] * k

    b = term(2)
    m.dot(x, y)
    return b * term(2) * y[0]


def setitem(x: np.ndarray, n: int):
    y = 1.0 * x

    @functools.cache
    def term(k):
        return y[1] * k

    b = term(2)
    y.__setitem__(1, 4.0 * x[0])
    return b * term(2) * y[0]


def written_by_position(x: np.ndarray, n: int):
    y = 1.0 * x

    @functools.cache
    def row(k):
        return y * k

    a = row(2)
    b = row(2)
    np.multiply(x, x, a)
    return np.sum(a * b)


def written_by_position_directly(x: np.ndarray, n: int):
    y = 1.0 * x

    @functools.cache
    def row(k):
        return y * k

    np.multiply(x, x, row(2))
    return np.sum(row(2) * row(2))


def operand_of_out(x: np.ndarray, n: int):
    y = 1.0 * x
    z = np.zeros(4)

    @functools.cache
    def row(k):
        return y * k

    a = row(2)
    np.multiply(a, x, z)
    b = row(2)
    return np.sum(a * b * z)


def modf2(x: np.ndarray, n: int):
    y = 1.0 * x

    @functools.cache
    def row(k):
        return y * k

    a = row(2)
    b = row(2)
    np.modf(x, a, b)
    return np.sum(row(2))


def written_behind(x: np.ndarray, n: int):
    y = 1.0 * x

    @functools.cache
    def row(k):
        return y * k

    a = row(2)
    b = row(2)
    np.add(a, 1.0, a)
    y[0] = 3.0
    return np.sum(a * b * y)


RIGHT = (
    pairs_dotted,
    pairs_clipped,
)
REFUSED = (
    clipped_meanwhile,
    dotted_meanwhile,
    summed_meanwhile,
    method_clip,
    method_dot,
    setitem,
    written_by_position,
    written_by_position_directly,
    operand_of_out,
    modf2,
    written_behind,
)


@pytest.mark.parametrize("function", RIGHT, ids=lambda f: f.__name__)
def test_is_right_in_every_way(function: Any) -> None:
    check_every_way(function, [(X, 2), (X[::-1] * 1.1, 1)], bare=False)


@pytest.mark.parametrize("function", REFUSED, ids=lambda f: f.__name__)
def test_what_is_remembered_meanwhile_is_refused(function: Any) -> None:
    check_refused_saying(function, (X, 2), "remembers its results")
