"""Rules whose results may share memory, hold their arguments, or have an order, in programs that write and go on."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import s2sgrad
from s2sgrad.errors import TransformError

X = np.array([[1.0, 2.0, 4.0], [0.5, 3.0, 7.0], [2.0, 1.0, 1.5]])
V = np.array([3.0, 1.0, 2.0, 5.0])


def rows_are_views(x: np.ndarray):
    rows = list(x)
    rows[0] += 1.0
    return np.sum(x * x)


def rows_change_places(x: np.ndarray):
    rows = list(x)
    rows[0] = rows[1] * 2
    x[1] = 3.0
    return np.sum(x * rows[0]) + np.sum(rows[1])


def list_of_a_vector_grows(x: np.ndarray):
    s = list(x)
    s.append(s[0] * 2)
    x[0] = 7.0
    return s[-1] * s[1] + x[1]


def tuple_of_a_vector(x: np.ndarray):
    a, b, *_ = tuple(x)
    return a * b


def sorted_list_grows(x: np.ndarray):
    s = sorted(x, reverse=True)
    s.append(2.0)
    x[0] = 1.0
    return s[0] * s[1] ** 2 + np.sum(x)


def sorted_pairs(x: np.ndarray):
    (a, b), (c, d) = sorted([(x[0], x[1]), (x[2], x[3])])
    return a * b**2 * c**3 * d**4


def trimmed(x: np.ndarray):
    middle = sorted(x)[1 : len(x) - 1]
    return sum(m * m for m in middle) / len(middle)


def two_smallest(x: np.ndarray):
    first, second, *_ = sorted(x)
    return first * second**2


def quartiles(x: np.ndarray):
    low, high = np.percentile(x, [25, 75])
    return (high - low) * np.median(x)


def slopes(x: np.ndarray):
    down, right = np.gradient(x)
    return np.sum(down * right) + np.sum(np.gradient(x[0], np.array([0.0, 0.5, 2.0])) ** 2)


def power(x: np.ndarray):
    y = np.linalg.matrix_power(x, 3)
    return np.sum(y * x) + np.sum(np.diagflat(x[0], 1) ** 2)


RIGHT = [rows_are_views, rows_change_places, slopes, power]
RIGHT += [list_of_a_vector_grows, tuple_of_a_vector, sorted_list_grows, sorted_pairs]
RIGHT += [trimmed, quartiles, two_smallest]


@pytest.mark.parametrize("function", RIGHT, ids=lambda f: f.__name__)
def test_agrees_with_differences(function: Any) -> None:
    x = X if function in RIGHT[:4] else V
    kept = x.copy()
    s2sgrad.check_grads(function, (x,))
    np.testing.assert_array_equal(x, kept)
    np.testing.assert_allclose(s2sgrad.transform(function, like=(x,))(x), s2sgrad.grad(function)(x))


@pytest.mark.parametrize(
    "function", [two_smallest, quartiles, slopes, power], ids=lambda f: f.__name__
)
def test_second_derivatives(function: Any) -> None:
    x = X if function in RIGHT[:4] else V
    s2sgrad.check_grads(s2sgrad.transform(function, like=(x,)), (x, 1.5))


def power_that_may_be_its_argument(x: np.ndarray, n: int):
    y = np.linalg.matrix_power(x, n)
    x[0, 0] = 3.0
    return np.sum(y * x)


def sorted_arrays(a: float, b: float):
    made = [np.array([a]), np.array([b])]
    s = sorted(made)
    made[0][0] = 5.0
    return s[0][0] * s[1][0]


@pytest.mark.parametrize(
    ("function", "args"), [(power_that_may_be_its_argument, (X, 1)), (sorted_arrays, (1.0, 2.0))]
)
def test_what_may_be_the_argument_itself_is_refused(function: Any, args: tuple[Any, ...]) -> None:
    with pytest.raises(TransformError):
        s2sgrad.transform(function, like=args)


def quantile_by_its_place(x: np.ndarray, p: float):
    return np.quantile(x, p)


def gradient_by_its_spacing(x: np.ndarray, h: float):
    return np.sum(np.gradient(x, h) ** 2)


@pytest.mark.parametrize("function", [quantile_by_its_place, gradient_by_its_spacing])
def test_what_a_rule_has_no_derivative_for_is_refused(function: Any) -> None:
    with pytest.raises(TransformError, match="has no derivative with respect to"):
        s2sgrad.transform(function)
    s2sgrad.check_grads(lambda x: function(x, 0.3), (V,))
    assert s2sgrad.transform(function, "x")(V, 0.3).shape == V.shape


def stored_list(xs: list):
    made = np.zeros((2, len(xs)))
    made[0, :] = xs
    made[1, :] = made[0, ::-1]
    return np.sum(made[0] * made[1]) + sum(xs)


@pytest.mark.parametrize("like", [None, ([1.0, 2.0, 3.0],)])
def test_the_derivative_of_a_list_that_is_stored_in_an_array_is_a_list(like: Any) -> None:
    xs = [1.0, 2.0, 3.0]
    gradient = s2sgrad.transform(stored_list, like=like)(xs)
    assert isinstance(gradient, list)
    np.testing.assert_allclose(gradient, [7.0, 5.0, 3.0])


def product_with_a_number(s, x):
    return np.outer(s, x)


def kronecker_product_with_a_number(s, x):
    return np.kron(x, s)


def contraction_of_no_axes_with_a_number(s, x):
    return np.tensordot(s, x, 0)


@pytest.mark.parametrize(
    "function",
    [product_with_a_number, kronecker_product_with_a_number, contraction_of_no_axes_with_a_number],
)
def test_the_derivative_of_a_number_in_a_product_is_a_number(function: Any) -> None:
    d_s, d_x = s2sgrad.transform(function, like=(0.7, V))(0.7, V)
    assert isinstance(d_s, float)
    assert d_s == pytest.approx(V.sum())
    assert d_x == pytest.approx(np.full(4, 0.7))
