"""Functions that remember their results, beside statements that write: right in every way, or refused."""

from __future__ import annotations

import functools
import math
from typing import Any

import numpy as np
import pytest

import s2sgrad
from tests.in_every_way import check_every_way, check_refused_saying

X = np.array([0.5, 0.7, -0.4])


def made_in_each_branch(x: np.ndarray, n: int):
    if n > 1:

        @functools.cache
        def term(k):
            return x[0] * k

    else:

        @functools.cache
        def term(k):
            return x[1] * x[0] * k

    return term(2) * term(n)


def handed_on(x: np.ndarray, n: int):
    y = 1.0 * x

    @functools.cache
    def term(k):
        return y[0] ** k

    total = sum(map(term, range(n)))
    y[0] = total
    return y @ y


def behind_the_branch(x: np.ndarray, n: int):
    y = 1.0 * x
    if n >= 0:

        @functools.cache
        def term(k):
            return y[0] ** k

    total = term(n) + term(2)
    y[0] = total
    return y @ y


def called_by_a_lambda(x: np.ndarray, n: int):
    y = 1.0 * x

    @functools.cache
    def term(k):
        return y[0] ** k

    double = lambda k: term(k) * 2.0  # noqa: E731
    total = double(n) + double(1)
    y[0] = total
    return y @ y


def called_from_above(x: np.ndarray, n: int):
    y = 1.0 * x

    def double(k):
        return term(k) * 2.0

    @functools.cache
    def term(k):
        return y[0] ** k

    total = double(n) + term(n)
    y[0] = total
    return y @ y


def in_displays_that_are_used_up(x: np.ndarray, n: int):
    y = 1.0 * x

    @functools.cache
    def term(k):
        return np.sum(np.array([y[0], y[1] * k])) * sum((y[0], y[2]))

    total = term(n) * term(2)
    y[0] = total
    return y @ y


def in_a_display_that_is_kept(x: np.ndarray, n: int):
    y = 1.0 * x

    @functools.cache
    def pair(k):
        return [y[0], y[1] * k]

    total = pair(n)[0] * pair(2)[1]
    y[0] = total
    return y @ y


def compared_negated_returned(x: np.ndarray, n: int):
    y = 1.0 * x

    @functools.cache
    def term(k):
        return y[1] * y[0] ** k

    y[0] = 2.0 * y[1] if term(n) > 0.3 else -term(2)
    return y @ y


def as_numbers(x: np.ndarray, n: int):
    y = 1.0 * x

    @functools.cache
    def term(k):
        return y[1] * y[0] ** k

    total = math.sin(term(n)) + np.exp(term(1)) + abs(term(2)) + float(term(3))
    y[0] = total
    return y @ y


def summed(x: np.ndarray, n: int):
    y = 1.0 * x

    @functools.cache
    def term(k):
        return y[1] * y[0] ** k

    total = sum(term(k) for k in range(n))
    y[0] = total
    return y @ y


def largest(x: np.ndarray, n: int):
    y = 1.0 * x

    @functools.cache
    def term(k):
        return y[1] * y[0] ** k

    total = max(term(k) for k in range(n + 1))
    y[0] = total
    return y @ y


def listed(x: np.ndarray, n: int):
    y = 1.0 * x

    @functools.cache
    def term(k):
        return y[1] * y[0] ** k

    kept = [term(k) for k in range(n)]
    y[0] = sum(kept)
    return y @ y


def returned_as_pairs(x: np.ndarray, n: int):
    y = 1.0 * x
    y[1] = y[0] * y[2]

    @functools.cache
    def term(k):
        return y[1] * y[0] ** k

    return term(n), term(2)


def kept_in_a_pair(x: np.ndarray, n: int):
    y = 1.0 * x

    @functools.cache
    def term(k):
        return y[1] * y[0] ** k

    a, b = term(n), term(2)
    y[0] = a * b
    return y @ y


def under_names(x: np.ndarray, n: int):
    y = 1.0 * x

    @functools.cache
    def term(k):
        return y[1] * y[0] ** k

    a = term(n)
    b = term(2)
    total = a * b + a
    y[0] = total
    return y @ y


def added_to_under_a_name(x: np.ndarray, n: int):
    y = 1.0 * x

    @functools.cache
    def term(k):
        return y * k

    a = term(n)
    b = term(2)
    a += 1.0
    return a @ b


def number_added_to(x: np.ndarray, n: int):
    y = 1.0 * x

    @functools.cache
    def term(k):
        return y[0] * k

    a = 0.0
    for k in range(n):
        b = term(k)
        a += b
    y[0] = a
    return y @ y + a


def stored_under_a_name(x: np.ndarray, n: int):
    y = 1.0 * x

    @functools.cache
    def term(k):
        return y * k

    a = term(n)
    b = term(2)
    a[0] = 3.0
    return a @ b


def passed_on(x: np.ndarray, n: int):
    y = 1.0 * x

    @functools.cache
    def term(k):
        return y * k

    a = np.sum(term(n)) + np.sum(term(2))
    y[0] = a
    return y @ y


def into_items_of_items(x: np.ndarray, n: int):
    rows = [1.0 * x, 2.0 * x]

    @functools.cache
    def term(k):
        return x[0] ** k

    rows[0][n] = term(2)
    return rows[0] @ rows[1]


def into_an_item_at_a_result(x: np.ndarray, n: int):
    y = 1.0 * x

    @functools.cache
    def place(k):
        return k % 3

    y[place(n)] += x[0] * x[1]
    return y @ y


def adding_to_an_item(x: np.ndarray, n: int):
    y = 1.0 * x

    @functools.cache
    def term(k):
        return y[0] ** k

    y[1] += term(n)
    return y @ y


def looped(x: np.ndarray, n: int):
    y = 1.0 * x

    @functools.cache
    def term(k):
        return y[0] ** k

    total = 1.0
    while total < 3.0:
        total += term(n) ** 2 + 0.5
    y[0] = total
    return y @ y


def in_a_lambda(x: np.ndarray, n: int):
    y = 1.0 * x

    @functools.cache
    def term(k):
        return y[0] ** k

    total = (lambda v: v * term(n) + term(1))(y[1])  # noqa: PLC3002
    y[0] = total
    return y @ y


def in_a_match(x: np.ndarray, n: int):
    y = 1.0 * x
    match n:
        case 0:
            total = y[0]
        case _:

            @functools.cache
            def term(k):
                return y[0] ** k

            total = term(n) * term(2)
            y[1] = total
    return y @ y * total


def itself_decorated(x: np.ndarray, n: int):
    def doubled(f):
        def g(*a):
            return 2.0 * f(*a)

        return g

    @doubled
    def power(k):
        return x[0] if k < 1 else power(k - 1) * x[1]

    return power(n)


RIGHT = (
    called_by_a_lambda,
    in_displays_that_are_used_up,
    compared_negated_returned,
    as_numbers,
    summed,
    under_names,
    number_added_to,
    into_an_item_at_a_result,
    adding_to_an_item,
    looped,
    in_a_match,
)
REFUSED = (
    made_in_each_branch,
    handed_on,
    behind_the_branch,
    called_from_above,
    in_a_display_that_is_kept,
    largest,
    listed,
    kept_in_a_pair,
    added_to_under_a_name,
    stored_under_a_name,
    passed_on,
    into_items_of_items,
    in_a_lambda,
)


@pytest.mark.parametrize("function", RIGHT, ids=lambda f: f.__name__)
def test_is_right_in_every_way(function: Any) -> None:
    check_every_way(function, [(X, 2), (X, 0), (X, 1)])


@pytest.mark.parametrize("n", [0, 1, 2])
def test_results_are_returned_together(n: int) -> None:
    s2sgrad.check_grads(returned_as_pairs, (X, n))


@pytest.mark.parametrize("function", REFUSED, ids=lambda f: f.__name__)
def test_what_may_be_seen_is_refused(function: Any) -> None:
    check_refused_saying(function, (X, 1), "remembers its results")


def test_what_calls_itself_by_the_name_of_what_is_made_of_it_is_refused() -> None:
    check_refused_saying(itself_decorated, (X, 1), "decorators inside a function")
