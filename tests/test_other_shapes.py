"""What a text relies on of the shapes of its arguments, it asserts, unless NumPy raises anyway."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from s2sgrad import transform
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


SQUARE, FLAT = np.ones((2, 2)), np.ones((1, 2))


@pytest.mark.parametrize(
    ("function", "example", "args"),
    [
        (with_its_transpose, (SQUARE,), (FLAT,)),
        (row_and_column, (SQUARE,), (FLAT,)),
        (stored, (SQUARE, 2), (FLAT, 2)),
        (stored_beside, (SQUARE, SQUARE), (SQUARE[:, :1], SQUARE)),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_axes_of_one_argument_that_are_taken_to_be_equal(
    function: Any, example: tuple[Any, ...], args: tuple[Any, ...]
) -> None:
    function(*args)
    with pytest.raises(AssertionError):
        transform(function, like=example)(*args)
