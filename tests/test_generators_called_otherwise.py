"""Generators that are called, and used up, in unusual ways: right in every way, or refused."""

from __future__ import annotations

import math
from itertools import islice
from typing import Any

import numpy as np
import pytest

from tests.in_every_way import check_every_way
from tests.right_or_refused import check_refused

X = np.array([0.5, 1.7, -0.4, 0.9])
N = 3


def squares(x, n=2):
    for k in range(n):
        yield x[k] * x[k]


def all_squares(*x):
    for v in x:
        yield v * v


def as_often(x, n=N):
    for k in range(n):
        yield x[k] * x[k]


def making(by):
    def inner(x):
        for v in x:
            yield v * by

    return inner


def keywordonly(x, *, n=2, by):
    for k in range(n):
        yield x[k] * by


def running(x):
    total = 0.0
    k = 0
    while True:
        yield total + x[k % 4]
        total = total + x[k % 4]
        k = k + 1


doubled = making(2.0)


def with_an_else(x: np.ndarray, n: int):
    t = 0.0
    for v in squares(x, n):
        t += v
    else:  # noqa: PLW0120
        t *= x[3]
    return t


def keyword_only(x: np.ndarray, n: int):
    return sum(keywordonly(x, by=x[n]))


def fsum_of_them(x: np.ndarray, n: int):
    return math.fsum(v * 2.0 for v in squares(x, n))


def listed_while_writing(x: np.ndarray, n: int):
    y = 1.0 * x
    for v in list(squares(y, n)):
        y[0] += v
    return y @ y


def nth(x: np.ndarray, n: int):
    return next(islice(running(x), n, None)) * x[0]


def from_a_closure(x: np.ndarray, n: int):
    return sum(v * v for v in doubled(x))


def loop_from_a_closure(x: np.ndarray, n: int):
    t = 0.0
    for v in doubled(x):
        t += v * v
    return t


def given_by_a_star(x: np.ndarray, n: int):
    args = (x, n)
    t = 0.0
    for v in squares(*args):
        t += v
    return t


def any_number_of_them(x: np.ndarray, n: int):
    t = 0.0
    for v in all_squares(x[0], x[1], x[n]):
        t += v
    return t


def given_by_a_dict(x: np.ndarray, n: int):
    named = {"n": n}
    t = 0.0
    for v in squares(x, **named):
        t += v
    return t


def default_by_a_name(x: np.ndarray, n: int):
    t = 0.0
    for v in as_often(x):
        t += v
    return t * n


def listed_given_by_a_star(x: np.ndarray, n: int):
    args = (x, n)
    return sum(squares(*args))


def zip_given_by_a_star(x: np.ndarray, n: int):
    args = (x, n)
    t = 0.0
    for v, w in zip(squares(*args), x):
        t += v * w
    return t


def sum_of_any_number(x: np.ndarray, n: int):
    return sum(all_squares(x[0], x[1], x[n]))


def sum_of_starred(x: np.ndarray, n: int):
    return sum([v * v for v in squares(*(x, n))])


def keyword_missing(x: np.ndarray, n: int):
    return sum(keywordonly(x))


def keyword_twice(x: np.ndarray, n: int):
    return sum(squares(x, n, x=x))


def nth_beside_a_range(x: np.ndarray, n: int):
    range = 2.0  # noqa: A001
    return next(islice(running(x), n, None)) * range * x[0]


def nth_of_one_that_ends(x: np.ndarray, n: int):
    return next(islice(squares(x, 4), n, None)) * x[0]


def else_and_writes(x: np.ndarray, n: int):
    y = 1.0 * x
    for v in squares(y, n):
        y[1] += v
    else:  # noqa: PLW0120
        y[0] = 2.0
    return y @ y


RIGHT = (
    with_an_else,
    keyword_only,
    fsum_of_them,
    listed_while_writing,
    nth,
)
REFUSED = (
    from_a_closure,
    loop_from_a_closure,
    given_by_a_star,
    any_number_of_them,
    given_by_a_dict,
    default_by_a_name,
    listed_given_by_a_star,
    zip_given_by_a_star,
    sum_of_any_number,
    sum_of_starred,
    keyword_missing,
    keyword_twice,
    nth_beside_a_range,
    nth_of_one_that_ends,
    else_and_writes,
)


@pytest.mark.parametrize("function", RIGHT, ids=lambda f: f.__name__)
def test_is_right_in_every_way(function: Any) -> None:
    check_every_way(function, [(X, 1), (X, 2), (X[::-1].copy(), 3)])


@pytest.mark.parametrize("form", ["gradient", "tangent"])
@pytest.mark.parametrize("function", REFUSED, ids=lambda f: f.__name__)
def test_what_is_given_in_another_way_is_refused(function: Any, form: str) -> None:
    check_refused((function, X, 2), form)
