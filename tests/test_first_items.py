"""What is asked of a generator only once: right in every way, or refused."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np
import pytest

import s2sgrad
from tests.in_every_way import check_every_way
from tests.right_or_refused import check_refused

X = np.array([0.5, 1.7, -0.4, 0.9])
N = 2
HERE = sys.modules[__name__]


def halves(v):
    while True:
        yield v
        v = v * 0.5


def shown(a, b):
    a = a * b
    yield from [a, b]


def shown_tuple(a, b):
    yield from (a * b, b)


def shown_nothing(a, b):
    yield from []
    yield a * b


def maybe_nothing(a, n):
    if n > 1:
        return
    yield a * a


def guarded(a):
    try:
        yield a * a
    finally:
        a = 0.0


def any_of(*a):
    yield a[0] * a[1]


def defaulted(a, n=N):
    a = a * n
    yield a * n


def computing(a, n):
    q = a * a
    if n > 1:
        q = q * a
    yield q


def asking(a):
    got = yield a * a
    yield got


def first_of_a_star(x: np.ndarray, n: int):
    args = (x[0], n)
    return next(computing(*args)) * x[1]


def first_of_any(x: np.ndarray, n: int):
    return next(any_of(x[0], x[n])) * x[1]


def first_of_maybe_nothing_or(x: np.ndarray, n: int):
    return next(maybe_nothing(x[0], n), x[1]) * n


def first_shown(x: np.ndarray, n: int):
    return next(shown(x[0], x[n])) * x[1]


def first_shown_tuple(x: np.ndarray, n: int):
    return next(shown_tuple(x[0], x[n])) * x[1]


def first_computed(x: np.ndarray, n: int):
    return next(computing(x[0], n)) * x[1]


def first_of_a_module(x: np.ndarray, n: int):
    return next(HERE.halves(x[0] * n)) * x[1] + next(computing(x[2], n))


def first_and_a_bare_return(x: np.ndarray, n: int):
    if n > 2:
        return
    x[0] = next(halves(x[1])) * x[2]
    return


def first_of_guarded(x: np.ndarray, n: int):
    return next(guarded(x[0])) * n


def first_of_defaulted(x: np.ndarray, n: int):
    return next(defaulted(x[0])) * n


def first_of_defaulted_in_a_lambda(x: np.ndarray, n: int):
    t = 0.0
    for k in range(n):
        t += next(defaulted(x[k]), 0.0) * x[0]
    return t


def first_of_asking(x: np.ndarray, n: int):
    return next(asking(x[0])) * n


def first_of_maybe_nothing(x: np.ndarray, n: int):
    return next(maybe_nothing(x[0], n - 2)) * n


def first_shown_after_nothing(x: np.ndarray, n: int):
    return next(shown_nothing(x[0], x[n])) * x[1]


def of_a_module_alone(x: np.ndarray, n: int):
    return next(HERE.halves(x[0] * x[1]))


RIGHT = (
    of_a_module_alone,
    first_of_a_star,
    first_of_any,
    first_of_maybe_nothing_or,
    first_shown,
    first_shown_tuple,
    first_computed,
    first_of_a_module,
)
REFUSED = (
    first_of_guarded,
    first_of_defaulted,
    first_of_defaulted_in_a_lambda,
    first_of_asking,
    first_of_maybe_nothing,
    first_shown_after_nothing,
)


@pytest.mark.parametrize("function", RIGHT, ids=lambda f: f.__name__)
def test_is_right_in_every_way(function: Any) -> None:
    check_every_way(function, [(X, 2), (X, 1), (X[::-1].copy(), 3)])


@pytest.mark.parametrize("n", [1, 3])
def test_what_is_left_in_an_argument_is_right(n: int) -> None:
    s2sgrad.check_grads(first_and_a_bare_return, (X, n))


@pytest.mark.parametrize("form", ["gradient", "tangent"])
@pytest.mark.parametrize("function", REFUSED, ids=lambda f: f.__name__)
def test_what_does_more_is_refused(function: Any, form: str) -> None:
    check_refused((function, X, 2), form)
