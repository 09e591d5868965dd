"""Functions that remember their results and take arguments for the same that aren't: 1, 1.0 and True, 0.0 and -0.0."""

from __future__ import annotations

import functools
import math
from typing import Any

import numpy as np
import pytest

from tests.in_every_way import check_every_way, check_refused_saying

X = np.array([0.5, 1.7, -0.4, 0.9])


@functools.cache
def outer_term(k):
    return 2.0 if isinstance(k, float) else 3.0


def ints(x: np.ndarray, n: int):
    @functools.cache
    def term(k):
        return x[k] * k

    return sum(term(k) for k in range(3)) * term(n) * term(2)


def annot(x: np.ndarray, n: int):
    @functools.cache
    def power(k):
        if k == 0:
            return 1.0
        return power(k - 1) * x[0]

    return power(n) + power(3)


def annot2(x: np.ndarray, n: int):
    @functools.cache
    def fib(k):
        return x[k] if k < 2 else fib(k - 1) + fib(k - 2)

    return fib(n + 3) * fib(5)


def named_arg(x: np.ndarray, n: int):
    @functools.cache
    def term(h):
        return math.copysign(h, x[0]) * x[0]

    h = 2.0
    return term(h) * term(h)


def by_mul(x: np.ndarray, n: int):
    @functools.cache
    def term(h):
        return x[0] * h + h

    return term(0.5) * term(1.5) + term(n)


def fib_plain(x: np.ndarray, n: int):
    @functools.cache
    def fib(k):
        return k if k < 2 else fib(k - 1) + fib(k - 2)

    return fib(n + 3) * x[0] * x[0]


def fib_mixed(x: np.ndarray, n: int):
    @functools.cache
    def fib(k):
        return x[k] if k < 2 else fib(k - 1) + fib(k - 2)

    return fib(n) * fib(3)


def outside(x: np.ndarray, n: int):
    return outer_term(1) * x[0] + outer_term(1.0) * x[1]


def signs_alike(x: np.ndarray, n: int):
    @functools.cache
    def term(k):
        return math.copysign(2.0, k) * x[0]

    return term(0.0) + term(-0.0) * x[1]


def bools_alike(x: np.ndarray, n: int):
    @functools.cache
    def term(k):
        return x[0] if k is True else x[1] * x[1]

    return term(1) + term(True) * x[2]


def kinds_of_two(x: np.ndarray, n: int):
    @functools.cache
    def term(k, j):
        return x[0] if isinstance(k, float) else x[1] * x[1]

    return term(1, 2) + term(1.0, 2) * x[2]


def by_div(x: np.ndarray, n: int):
    @functools.cache
    def term(h):
        return x[0] / h

    return term(x[1]) * term(x[2])


def by_default(x: np.ndarray, n: int):
    @functools.cache
    def term(k, scale=1):
        return x[0] if isinstance(scale, float) else x[1] * k

    return term(1, 1) + term(1, 1.0) * x[2]


def tuples(x: np.ndarray, n: int):
    @functools.cache
    def term(k):
        a, b = k
        return x[0] if isinstance(a, float) else x[1] * b

    return term((1, 2)) + term((1.0, 2)) * x[2]


def looped_mix(x: np.ndarray, n: int):
    @functools.cache
    def term(k):
        return x[0] if type(k) is float else x[1] * k

    t = 0.0
    for k in (1, 1.0, True):
        t += term(k) * x[2]
    return t


def mapped_mix(x: np.ndarray, n: int):
    @functools.cache
    def term(k):
        return x[0] if type(k) is float else x[1] * k

    return sum(map(term, (1, 1.0)))


def inner_tells(x: np.ndarray, n: int):
    def which(q):
        return 2.0 if isinstance(q, float) else 3.0

    @functools.cache
    def term(k):
        return which(k) * x[0]

    return term(1) + term(1.0) * x[1]


def fstr(x: np.ndarray, n: int):
    @functools.cache
    def term(k):
        return x[0] if f"{k}" == "1" else x[1] * k

    return term(1) + term(1.0) * x[2]


def own_kind(x: np.ndarray, n: int):
    @functools.cache
    def double(k):
        return k * 2

    a, b = double(1), double(1.0)
    return x[0] * (3.0 if isinstance(b, float) else 5.0) * a


def alike_names(x: np.ndarray, n: int):
    @functools.cache
    def term(n):
        return x[0] if isinstance(n, float) else x[1]

    return term(n) + term(1.0) * x[2]


def alike_names2(x: np.ndarray, n: int):
    @functools.cache
    def term(n):
        return x[0] if isinstance(n, float) else x[1]

    m = n / 1
    return term(n) + term(m) * x[2]


def keyw(x: np.ndarray, n: int):
    @functools.cache
    def term(k, scale=1):
        return x[0] if isinstance(scale, float) else x[1] * k

    return term(1) + term(1, scale=1.0) * x[2] + term(1, 1)


def alone(x: np.ndarray, n: int):
    @functools.cache
    def term(k):
        return x[0] if isinstance(k, float) else x[1] * x[1]

    return term(1) + term(1.0) * x[2] + term(2) * term(2.0)


def in_twos(x: np.ndarray, n: int):
    def which(q):
        return 2.0 if isinstance(q, float) else 3.0

    @functools.cache
    def term(k, j):
        return which(k) * x[j]

    return term(1, 0) + term(1.0, 0) * x[1]


def printed(x: np.ndarray, n: int):
    @functools.cache
    def term(k, j):
        return x[0] if f"{k}" == "1" else x[1] * k

    return term(1, 0) + term(1.0, 0) * x[2]


def named_in_calls(x: np.ndarray, n: int):
    @functools.cache
    def term(k):
        return x[0] if type(k) is int else x[1] * k

    return term(k=1) + term(k=1.0) * x[2]


def sign_of_a_number(x: np.ndarray, n: int):
    @functools.cache
    def term(k):
        return np.copysign(2.0, k) * x[0]

    return term(x[1]) + term(x[2]) * x[1]


def by_a_lambda(x: np.ndarray, n: int):
    @functools.cache
    def term(k, j):
        told = lambda: k is True  # noqa: E731
        return x[0] if told() else x[1] * x[1]

    return term(1, 2) + term(True, 2) * x[2]


def its_own_kind(x: np.ndarray, n: int):
    @functools.cache
    def double(k, j):
        return k * j

    a, b = double(1, 2), double(1.0, 2)
    return x[0] * (3.0 if isinstance(b, float) else 5.0) * a


def cached_boolindex(x: np.ndarray, n: int):
    @functools.cache
    def term(k, j):
        return np.sum(x[k:]) * j

    return term(1, 2) + term(True, 2) * x[2]


def cached_one_name_loop(x: np.ndarray, n: int):
    @functools.cache
    def term(k, j):
        return math.copysign(2.0, k) * x[j]

    t = 0.0
    for k in [0.0, -0.0]:
        t += term(k, 0) * x[1]
    return t


def cached_from_inner(x: np.ndarray, n: int):
    @functools.cache
    def term(k, j):
        return x[0] if isinstance(k, float) else x[1] * j

    def call(q):
        return term(q, 2)

    return call(1) + call(1.0) * x[2]


def cached_rebound(x: np.ndarray, n: int):
    @functools.cache
    def term(k, j):
        return x[0] if isinstance(k, float) else x[1] * j

    k = 1
    t = term(k, 2)
    k = k / 1
    return t + term(k, 2) * x[2]


def cached_aug(x: np.ndarray, n: int):
    @functools.cache
    def term(k, j):
        return x[0] if isinstance(k, float) else x[1] * j

    k = 1
    t = term(k, 2)
    k += 0.0
    return t + term(k, 2) * x[2]


def cached_set(x: np.ndarray, n: int):
    @functools.cache
    def term(k, j):
        q = [k, j]
        return x[0] if isinstance(q[0], float) else x[1] * j

    return term(1, 2) + term(1.0, 2) * x[2]


def cached_full(x: np.ndarray, n: int):
    @functools.cache
    def term(k, j):
        y = np.full(3, k)
        y[0] = 2.5
        return y[0] * x[j]

    return term(1, 2) + term(1.0, 2) * x[2]


def cached_index(x: np.ndarray, n: int):
    @functools.cache
    def term(k, j):
        return np.sum(x[k]) * j

    return term(1, 2) + term(True, 2) * x[2]


RIGHT = (
    cached_boolindex,
    ints,
    annot,
    annot2,
    named_arg,
    by_mul,
    by_div,
    inner_tells,
    fstr,
    own_kind,
    keyw,
    alone,
    bools_alike,
    alike_names,
    fib_plain,
    fib_mixed,
    outside,
)
REFUSED = (
    cached_one_name_loop,
    cached_from_inner,
    cached_rebound,
    cached_aug,
    cached_set,
    cached_full,
    cached_index,
    in_twos,
    printed,
    named_in_calls,
    sign_of_a_number,
    by_a_lambda,
    its_own_kind,
    signs_alike,
    kinds_of_two,
    by_default,
    tuples,
    looped_mix,
    mapped_mix,
    alike_names2,
)


@pytest.mark.parametrize("function", RIGHT, ids=lambda f: f.__name__)
def test_is_right_in_every_way(function: Any) -> None:
    check_every_way(function, [(X, 2), (X * 1.1, 1)])


@pytest.mark.parametrize("function", REFUSED, ids=lambda f: f.__name__)
def test_what_may_be_told_apart_is_refused(function: Any) -> None:
    check_refused_saying(function, (X, 2), "remembers its results")
