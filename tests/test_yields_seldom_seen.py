"""Generators that yield at several places, return, or are left: right in every way, or refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.in_every_way import check_every_way
from tests.right_or_refused import check_refused

X = np.array([0.5, 1.7, -0.4, 0.9])


def guarded(x):
    try:
        for v in x:
            yield v * v
    finally:
        x = None


def with_a_function(x):
    def cubed(v):
        return v**3

    for v in x:
        yield cubed(v)


def counted(y, n):
    for k in range(n):
        y[k] *= 2.0
        yield y[k]


def asking(x):
    t = 0.0
    for v in x:
        sent = yield v * v
        if sent is not None:
            t = sent
        t += v


def ends_early(x, n):
    if n > 2:
        return
    for v in x[:n]:
        yield v * v


def two_of_them(x):
    yield x[0] * x[1]
    yield x[1] * x[2]


def pairs_of_loops(x, n):
    for v in x[:n]:
        yield v * v
    for v in x[n:]:
        yield v * v * v


def running(x):
    total = 0.0
    k = 0
    while True:
        yield total + x[k % 4]
        total = total + x[k % 4]
        k = k + 1


def in_a_branch(x, n):
    for v in x:
        if v > 0:
            yield v * v
        yield v
        n += 1
        n += 1
        n += 1
        n += 1
        n += 1


def reading(y, n):
    for k in range(n):
        yield y[k] * y[k]


def two_yields(y):
    yield y[0] * y[1]
    yield y[1] * y[2]


def sent(y):
    t = 0.0
    for v in y:
        got = yield v * t
        t += v


def long_rest(x):
    for v in x:
        if v > -3.0:
            yield v * v
        a = v * 2.0
        b = a * a
        c = b + a
        d = c * v
        x = x + d


def nested_continue(x):
    if x[0] > 0.0:
        yield x[0] * x[1]
    else:
        yield x[1]


def zip_with_a_match(x: np.ndarray, n: int):
    t = 0.0
    for v, k in zip(running(x), range(4)):
        match k:
            case 0:
                t += v
                continue
            case 1:
                t += v * v
        t += 2 * v
    return t


def loop_skipped(x: np.ndarray, n: int):
    t = 0.0
    for v in in_a_branch(x, n):
        if v > 0.8:
            continue
        t += v
    return t


def looped_list_of_reading(x: np.ndarray, n: int):
    y = 1.0 * x
    for v in reading(y, n):
        if v > 2.0:
            break
        y[3] += v
    return y @ x


def two_yields_break(x: np.ndarray, n: int):
    t = x[0]
    for v in two_yields(x):
        if v > 2.0 * n:
            break
        t = t * v + v
    return t


def guarded_loop(x: np.ndarray, n: int):
    t = 0.0
    for v in guarded(x):
        t += v
    return t


def function_inside(x: np.ndarray, n: int):
    t = 0.0
    for v in with_a_function(x):
        t += v * t + v
    return t


def zip_of_a_function_inside(x: np.ndarray, n: int):
    t = 0.0
    for v, w in zip(with_a_function(x), x):
        t += v * w
    return t


def zip_of_what_writes(x: np.ndarray, n: int):
    y = 1.0 * x
    t = 0.0
    for v, w in zip(counted(y, n), x):
        t += v * w
    return t + y @ y


def something_sent(x: np.ndarray, n: int):
    t = 0.0
    for v in asking(x):
        t += v * t + v
    return t


def ended_early(x: np.ndarray, n: int):
    t = x[0]
    for v in ends_early(x, n):
        t += v
    return t


def left_between_two(x: np.ndarray, n: int):
    t = x[0]
    for v in two_of_them(x):
        if t + n > 1.4:
            break
        t += v
    return t


def skipped_between_two(x: np.ndarray, n: int):
    t = x[0]
    for v in two_of_them(x):
        if n > 0:
            continue
        t += v
    return t


def left_in_one_of_two_loops(x: np.ndarray, n: int):
    t = x[0]
    for v in pairs_of_loops(x, n):
        if v > 0.8:
            break
        t += v
    return t


def two_yields_and_writes(x: np.ndarray, n: int):
    y = 1.0 * x
    for v in two_yields(y):
        if v > 2.0 * n:
            break
        y[1] += v
    return y @ x


def list_of_sent(x: np.ndarray, n: int):
    return sum(list(sent(x)))


def sum_comprehension_of_sent(x: np.ndarray, n: int):
    return sum([v * 2.0 for v in sent(x)])


def continued_before_much(x: np.ndarray, n: int):
    t = x[0]
    for v in long_rest(x):
        if v > 0.3:
            continue
        t += v
    return t


def continued_in_a_branch(x: np.ndarray, n: int):
    t = x[0]
    for v in nested_continue(x):
        if v > 0.3 * n:
            continue
        t += v
    return t


RIGHT = (
    zip_with_a_match,
    loop_skipped,
    looped_list_of_reading,
    two_yields_break,
)
REFUSED = (
    guarded_loop,
    function_inside,
    zip_of_a_function_inside,
    zip_of_what_writes,
    something_sent,
    ended_early,
    left_between_two,
    skipped_between_two,
    left_in_one_of_two_loops,
    two_yields_and_writes,
    list_of_sent,
    sum_comprehension_of_sent,
    continued_before_much,
    continued_in_a_branch,
)


@pytest.mark.parametrize("function", RIGHT, ids=lambda f: f.__name__)
def test_is_right_in_every_way(function: Any) -> None:
    check_every_way(function, [(X, 1), (X, 2), (X[::-1].copy(), 3)])


@pytest.mark.parametrize("form", ["gradient", "tangent"])
@pytest.mark.parametrize("function", REFUSED, ids=lambda f: f.__name__)
def test_what_is_not_the_same_as_a_loop_is_refused(function: Any, form: str) -> None:
    check_refused((function, X, 2), form)
