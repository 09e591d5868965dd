"""What a text relies on of the shapes of its arguments, it asserts, unless NumPy raises anyway."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from s2sgrad import transform
from tests.differentiating import check_gradient
from tests.other_shapes import CASES, verdicts
from tests.zoo import Case


@pytest.mark.parametrize("case", CASES[::7], ids=lambda case: case.name)
def test_right_or_an_error(case: Case) -> None:
    assert not verdicts(case)["wrong"]


def with_its_transpose(A):
    return np.sum(np.sin(A + A.T))


def row_and_column(A):
    return np.sum(np.sin(A * A[0]) * A[:, 1])


def stored(A, n):
    c = np.zeros((n, n))
    c[...] = A
    return np.sum(c * c)


def stored_beside(a, b):
    n, m = len(a), len(b)
    c = np.zeros((n + m, n + m))
    c[:n, :n] = a
    c[n:, n:] = b * b
    return c @ c


def spread(x, n):
    return np.broadcast_to(x, (2, n)) * 2.0


def spread_over_rows(x, A):
    return np.broadcast_to(x, A.shape)


def row_of(x):
    return np.broadcast_to(x, (4, 2))


def spread_by_a_helper(A):
    return row_of(A[0] * 2.0)


SQUARE, FLAT = np.ones((2, 2)), np.ones((1, 2))


@pytest.mark.parametrize(
    ("function", "example", "args"),
    [
        (with_its_transpose, (SQUARE,), (FLAT,)),
        (row_and_column, (SQUARE,), (FLAT,)),
        (stored, (SQUARE, 2), (FLAT, 2)),
        (stored_beside, (SQUARE, SQUARE), (SQUARE[:, :1], SQUARE)),
        (spread, (SQUARE[0], 2), (SQUARE[0, :1], 2)),
        (spread_over_rows, (SQUARE[0], SQUARE), (SQUARE[0, :1], SQUARE)),
        (spread_by_a_helper, (SQUARE,), (SQUARE[:, :1],)),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_axes_that_are_taken_to_be_equal(
    function: Any, example: tuple[Any, ...], args: tuple[Any, ...]
) -> None:
    function(*args)
    with pytest.raises(AssertionError):
        transform(function, like=example)(*args)


def combined_in_a_branch(x, y, together):
    z = x * x
    if together:
        z = z * np.sin(y)
        return np.sum(z * y) + np.sum(z)
    return np.sum(z) * np.sum(y)


def combined_in_some_trips(X, y, n):
    total = 0.0
    for k in range(n):
        if k > 1:
            total += np.sum(np.exp(X * y), axis=0) @ y
        else:
            total += np.sum(X) * y[k]
    return total


def product_of(u, v):
    return np.cos(u) * v + v * v


def combined_in_a_call(x, y, together):
    if not together:
        return np.sum(x) * np.sum(y)
    return np.sum(product_of(x, y)) * y[0]


def combined_with_a_tuple(x, y, together):
    z = y * (3.0, 2.0)
    if together:
        z = z + x * (3.0, 2.0)
    return np.sum(x) * np.sum(np.sin(z))


BOTH = [
    (combined_in_a_branch, (np.array([0.3, -1.2, 0.7]), np.array([0.4, 1.1]), False), True),
    (
        combined_in_some_trips,
        (np.array([[0.3, -0.2, 0.7], [0.1, 0.5, -0.6]]), np.array([0.4, 1.1]), 2),
        4,
    ),
    (combined_in_a_call, (np.array([0.3, -1.2, 0.7]), np.array([0.4, 1.1]), False), True),
    (combined_with_a_tuple, (np.array([0.3, -1.2, 0.7]), np.array([0.4, 1.1]), False), True),
]


@pytest.mark.parametrize(("function", "example", "last"), BOTH)
def test_what_does_not_run_for_the_examples_says_no_lengths_equal(
    function: Any, example: tuple[Any, ...], last: Any
) -> None:
    of_both = Case(function, (example, (example[0][..., :2], example[1], last)))
    gradient = transform(function, wrt=of_both.variables, like=example)
    for args in of_both.inputs:
        check_gradient(of_both, args, gradient)
    with pytest.raises(AssertionError):
        gradient(example[0], example[1][:1], last)
