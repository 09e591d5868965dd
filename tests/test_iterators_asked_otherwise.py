"""Iterators of itertools that are given, or asked for, in unusual ways: right in every way, or refused."""

from __future__ import annotations

import math
from functools import partial
from itertools import (
    accumulate,
    chain,
    combinations,
    count,
    cycle,
    filterfalse,
    islice,
    permutations,
    product,
    repeat,
    starmap,
    takewhile,
    zip_longest,
)
from typing import Any

import numpy as np
import pytest

from tests.in_every_way import check_every_way
from tests.right_or_refused import check_refused

X = np.array([0.5, 1.7, -0.4, 0.9])


def scaled(a, b, by=2.0):
    return a * b * by


def limited_repetition(x: np.ndarray, n: int):
    t = 0.0
    for v, w in zip(x, repeat(x[0], n)):
        t += v * w
    return t


def product_of_nothing(x: np.ndarray, n: int):
    t = x[0] * x[1]
    for _ in product():
        t *= 2.0
    return t


def chain_of_nothing(x: np.ndarray, n: int):
    t = x[0] * x[1]
    for v in chain():
        t *= v
    return t


def star_of_pairs(x: np.ndarray, n: int):
    return sum(starmap(scaled, zip(x, x[1:])))  # noqa: RUF007, RUF058


def star_loop_of_pairs(x: np.ndarray, n: int):
    t = 0.0
    for v in starmap(scaled, zip(x, x[n:])):  # noqa: RUF058
        t += v * v
    return t


def without_those_that_are_zero(x: np.ndarray, n: int):
    t = 0.0
    for v in filterfalse(None, [0.0, n, 3]):
        t += x[0] * 2.0 + v
    return t


def backwards_elsewhere(x: np.ndarray, n: int):
    return sum(k * v for k, v in enumerate(reversed([x[0], x[1], x[2]])))


def backwards_in_zip(x: np.ndarray, n: int):
    pairs = list(zip(reversed([x[0], x[1], x[2]]), x))
    return sum(a * b for a, b in pairs)


def some_of_what_a_call_makes(x: np.ndarray, n: int):
    return np.array(list(reversed([x[0], x[1] * x[2]]))) @ x[:2]


def product_with_break_and_writes(x: np.ndarray, n: int):
    y = 1.0 * x
    for a, b in product(y, range(2)):
        if a < 0:
            break
        y[1] += a * b
    return y @ x


def repeat_break_writes(x: np.ndarray, n: int):
    y = 1.0 * x
    for v in repeat(x[1], n + 2):
        y[0] *= v
        if y[0] > 2.0:
            break
    return y @ x


def product_break(x: np.ndarray, n: int):
    t = x[0]
    for a, b in product(x, range(n)):
        if a < 0:
            break
        t += a * b * t
    return t


def limited_repetition_beside_numbers(x: np.ndarray, n: int):
    t = 0.0
    for v, w, k in zip(x, repeat(x[0], n), count(1)):
        t += v * w * k
    return t


def four_at_a_time(x: np.ndarray, n: int):
    t = x[0]
    for a, b, c, d in combinations(x, 4):
        t += a * b * c * d * n
    return t


def some_at_a_time(x: np.ndarray, n: int):
    t = x[0]
    for some in combinations(x, n):
        t += math.prod(some)
    return t


def listed_some_at_a_time(x: np.ndarray, n: int):
    return sum([math.prod(some) for some in combinations(x, n)])


def three_in_any_order(x: np.ndarray, n: int):
    t = 0.0
    for a, b, c in permutations(x, 3):
        t += a * b**2 * c**3
    return t


def all_orders(x: np.ndarray, n: int):
    return sum(p[0] * p[1] ** 2 for p in permutations(x))


def product_repeated_as_often(x: np.ndarray, n: int):
    t = x[0]
    for some in product(x, repeat=n):
        t += math.prod(some)
    return t


def turn_from_a_start(x: np.ndarray, n: int):
    t = 0.0
    for v in islice(cycle(x), 1, n + 3):
        t += t * v + v
    return t


def endless_alone(x: np.ndarray, n: int):
    t = 0.0
    for v, k in zip(cycle(x), count()):
        if k > n:
            break
        t += v * k
    return t


def longest_named_by_a_dict(x: np.ndarray, n: int):
    named = {"fillvalue": 2.0}
    t = 0.0
    for a, b in zip_longest(x, x[:n], **named):
        t += a * b
    return t


def longest_of_one(x: np.ndarray, n: int):
    t = 0.0
    for (a,) in zip_longest(x):
        t += a * a
    return t


def longest_with_a_computed_fill(x: np.ndarray, n: int):
    t = 0.0
    for a, b in zip_longest(x, x[:n], fillvalue=x[0] * 2.0):
        t += a * b
    return t


def star_of_listed_pairs(x: np.ndarray, n: int):
    pairs = [(x[0], x[1]), (x[n], x[3])]
    t = 0.0
    for v in starmap(scaled, pairs):
        t += v
    return t


def star_of_a_partial(x: np.ndarray, n: int):
    t = 0.0
    for v in starmap(partial(scaled, by=3.0), zip(x, x[n:])):  # noqa: RUF058
        t += v
    return t


def star_with_a_default(x: np.ndarray, n: int):
    t = 0.0
    for v in starmap(lambda a, b, c=2.0: a * b * c, zip(x, x[n:])):  # noqa: RUF058
        t += v
    return t


def without_those_of_a_partial(x: np.ndarray, n: int):
    t = 0.0
    for v in filterfalse(partial(np.less, 0.8), x):
        t += v * v
    return t


def taken_while_partial(x: np.ndarray, n: int):
    t = 0.0
    for v in takewhile(partial(np.greater, 1.0), x):
        t += v * v
    return t


def accumulated_by_a_partial(x: np.ndarray, n: int):
    t = 0.0
    for v in accumulate(x, partial(scaled, by=0.5)):
        t += v
    return t


def accumulated_with_a_default(x: np.ndarray, n: int):
    return sum(accumulate(x, lambda a, b, c=0.5: a * b * c))


def accumulated_and_written(x: np.ndarray, n: int):
    y = 1.0 * x
    k = 0
    for v in accumulate(x, initial=2.0):
        y[k % 4] = v * v
        k += 1  # noqa: SIM113
    return y @ x


def chained_rows_with_a_break(x: np.ndarray, n: int):
    y = 1.0 * x
    for k, v in enumerate(x):
        y[k] = v * v
    for v in chain.from_iterable([x, y]):
        if v > 1.6:
            break
        y[0] += v
    return y @ x


def backwards_for_set(x: np.ndarray, n: int):
    return math.fsum(reversed([x[0], x[1] * x[1]]))


def accumulated_else(x: np.ndarray, n: int):
    t = 0.0
    for v in accumulate(x, lambda a, b, c=0.5: a * b * c):
        t += v
    return t


def accumulated_begun_of_written(x: np.ndarray, n: int):
    y = 1.0 * x
    for v in accumulate(y, initial=2.0):
        y[3] += v * v
    return y @ x


RIGHT = (
    limited_repetition,
    product_of_nothing,
    chain_of_nothing,
    star_of_pairs,
    star_loop_of_pairs,
    without_those_that_are_zero,
    backwards_elsewhere,
    backwards_in_zip,
    some_of_what_a_call_makes,
    product_with_break_and_writes,
    repeat_break_writes,
    product_break,
)
BY_EXAMPLE = (product_with_break_and_writes, product_break)
"""Those whose argument has to be known to be an array."""
REFUSED = (
    limited_repetition_beside_numbers,
    four_at_a_time,
    some_at_a_time,
    listed_some_at_a_time,
    three_in_any_order,
    all_orders,
    product_repeated_as_often,
    turn_from_a_start,
    endless_alone,
    longest_named_by_a_dict,
    longest_of_one,
    longest_with_a_computed_fill,
    star_of_listed_pairs,
    star_of_a_partial,
    star_with_a_default,
    without_those_of_a_partial,
    taken_while_partial,
    accumulated_by_a_partial,
    accumulated_with_a_default,
    accumulated_and_written,
    chained_rows_with_a_break,
    backwards_for_set,
    accumulated_else,
    accumulated_begun_of_written,
)


@pytest.mark.parametrize("function", RIGHT, ids=lambda f: f.__name__)
def test_is_right_in_every_way(function: Any) -> None:
    check_every_way(
        function, [(X, 1), (X, 2), (X[::-1].copy(), 3)], bare=function not in BY_EXAMPLE
    )


@pytest.mark.parametrize("form", ["gradient", "tangent"])
@pytest.mark.parametrize("function", REFUSED, ids=lambda f: f.__name__)
def test_what_is_not_known_is_refused(function: Any, form: str) -> None:
    check_refused((function, X, 2), form)
