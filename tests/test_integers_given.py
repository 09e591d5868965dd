"""A text that was made without examples, called with integers for what is differentiated: they are real numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from s2sgrad.transform import derived


def two_arrays_in_step(x, y):
    total = 0.0
    for a, b in zip(x, y):
        total += a * b * 0.3
    return total


def annotated_arrays(x: np.ndarray, y: np.ndarray):
    total = 0.0
    for k in range(len(x)):
        total = total * y[0] * 0.3 + x[k]
    return total


def converted(x, y):
    return np.sum(x.astype(float) * 0.3) + np.sum(y * 0.2)


def elements(x, y):
    return np.sin(x[0]) * y[1] + np.max(x[1:]) * 0.5


def taken_apart(x, y):
    a, b, c = x
    return a * b * 0.3 + c * y[0]


def the_only_element(x, y):
    return x[:1].item() * 0.3 + y[:1].item() * y[2]


def copy_that_is_written_into(x: np.ndarray, y: np.ndarray):
    z = x.astype(float)
    z[0] = z[1] * y[0] * 0.5
    return np.sum(z * z)


def written_into(x: np.ndarray, y: np.ndarray):
    x *= y
    return np.sum(x) * 0.25


FUNCTIONS = (
    two_arrays_in_step,
    annotated_arrays,
    converted,
    elements,
    taken_apart,
    the_only_element,
    copy_that_is_written_into,
    written_into,
)


@pytest.mark.parametrize("simplified", [False, True], ids=["plain", "simplified"])
@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.__name__)
def test_integers_are_real_numbers(function: Any, simplified: bool) -> None:
    gradient, _ = derived(function, ("x", "y"), simplified=simplified)

    def found(dtype: Any) -> list[np.ndarray]:
        return list(gradient(np.array([1, 2, 3], dtype), np.array([2, -1, 4], dtype), 0.7))

    for given, expected in zip(found(int), found(float), strict=True):
        np.testing.assert_allclose(given, expected)
        assert given.dtype == float
