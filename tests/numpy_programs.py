"""Programs that call functions of NumPy's with all their ways of giving arguments, and use parts of results."""

from __future__ import annotations

import numpy as np

__all__ = ["REFUSED", "RIGHT"]

X = np.array([0.3, -0.5, 0.7, 1.1])
W = np.array([1.5, 0.5, 2.0, 0.7])
A = np.array([[0.3, -0.5, 0.7], [1.1, 0.2, -0.9]])
B = np.array([[1.3, 0.5, 0.4], [0.1, 1.2, 0.9]])
V = np.array([1.5, 0.5, 2.0])


# ---- methods ----


def repeated(A: np.ndarray):
    return A.repeat(2)[3] * A.repeat([1, 2], 0)[2] + A[0].repeat(3)[:3]


def taken(A: np.ndarray):
    return A.take([0, 5, 5]) * A.take(1, axis=1)[0] + A.take([2, 0, 2], 1)[1]


def compressed(A: np.ndarray, x: np.ndarray):
    rows = A.compress([False, True], axis=0)
    return rows[0, 1] * np.compress(x > 0, x)[1:] * x.compress(x < 0)


# ---- reductions ----


def averages(x: np.ndarray, w: np.ndarray):
    return np.average(x) * np.average(x, weights=w) * w[0]


def averages_of_rows(A: np.ndarray, B: np.ndarray, v: np.ndarray):
    rows = np.average(A, axis=1, weights=v) * np.average(A, 1)
    columns = np.average(A, axis=0, weights=[0.3, 0.9]) * np.average(A, 0, B)
    return rows[0] * columns[1:]


def averages_that_keep_axes(A: np.ndarray, v: np.ndarray):
    return A - np.average(A, axis=-1, weights=v, keepdims=True)


def areas(y: np.ndarray, x: np.ndarray):
    return np.trapezoid(y) * np.trapezoid(y, x) + np.trapezoid(y, dx=0.5) * np.trapezoid(y, dx=y[0])


def areas_of_rows(A: np.ndarray, B: np.ndarray, v: np.ndarray):
    rows = np.trapezoid(A, v) * np.trapezoid(A, B) * np.trapezoid(A, v, axis=-1)
    columns = (
        np.trapezoid(A, axis=0) * np.trapezoid(A, [0.0, 0.7], axis=0) * np.trapezoid(A, B, axis=0)
    )
    return rows[1] * columns[:2]


def spans(A: np.ndarray):
    return np.ptp(A) * np.ptp(A, axis=0)[1:] - np.ptp(A, axis=1, keepdims=True)[0]


def without_nans(A: np.ndarray):
    A = A * A
    A[0, 1] = np.nan
    return np.nancumsum(A)[3:] * np.nanprod(A, axis=0)[1] + np.nancumprod(A, 1)[1]


def covariances(x: np.ndarray, w: np.ndarray, A: np.ndarray):
    rows, columns = np.cov(A), np.cov(A, rowvar=False, ddof=0)
    return rows[0, 1] * columns[1:, 0] * np.cov(x) * np.cov(x, w, bias=True)[0]


def correlations(x: np.ndarray, w: np.ndarray, A: np.ndarray):
    return np.corrcoef(x, w)[0, 1] * np.corrcoef(A, rowvar=False)[1] + np.corrcoef(A)[0, 1]


# ---- other names ----


def turned(A: np.ndarray):
    return np.matrix_transpose(A)[1] @ np.linalg.matrix_transpose(A)[2] * np.rollaxis(A, 1)[0]


def of_matrices(A: np.ndarray):
    G = A.T @ A
    total = np.linalg.trace(G) * np.linalg.diagonal(G, offset=1)
    return np.linalg.outer(total, G[0])[1] * np.linalg.matrix_norm(A)


def norms(A: np.ndarray):
    return np.linalg.vector_norm(A, axis=1) * np.linalg.vector_norm(A)


def differences(A: np.ndarray):
    return np.ediff1d(A)[2:] * A[0, 0]


def products_of_rows(A: np.ndarray, B: np.ndarray):
    return np.vecdot(A, B)[1] * A[0]


def spaced(a: float, b: float):
    return np.logspace(a, b, 5)[1:3] * np.logspace(a, b, 3, base=b)[1]


# ---- rules ----


def interpolated(x: np.ndarray, w: np.ndarray):
    knots = np.array([-1.0, 0.0, 0.6, 2.0])
    return np.interp(x, knots, w * w)[1:] * np.interp(w[0], [0.0, 1.0, 3.0], [1.0, 4.0, 2.0])


def convolved(x: np.ndarray, v: np.ndarray):
    whole = np.convolve(x, v)[2:4] * np.convolve(x, v, "same")[1]
    return whole + np.convolve(v, x, mode="valid") * np.convolve(x, [0.25, 0.5, 0.25], "valid")[0]


def correlated(x: np.ndarray, v: np.ndarray):
    return np.correlate(x, v)[0] * np.correlate(v, x, "same")[2:] * np.correlate(x, v, "full")[1]


def polynomials(v: np.ndarray, x: np.ndarray, a: float):
    return np.polyval(v, x)[1:] * np.polyval(v, a) * np.vander(x)[1, 2] * np.vander(v, 2)[0, 0]


def deleted_and_inserted(A: np.ndarray, x: np.ndarray, a: float):
    y = np.insert(np.delete(x, [0, -1]), 1, a * x[0])
    y = np.insert(y, [0, 2], x[2:] * a)
    return y[1:4] * np.delete(A, 1, axis=0)[0] * np.insert(A, 1, a, axis=1)[0, 1]


def selected(x: np.ndarray, w: np.ndarray, a: float):
    k = np.array([0, 2, 1, 0])
    y = np.choose(k, [x, w * x, a]) + np.select([x > 0.5, x > 0], [x**2, w * a], a)
    return y[1:] * np.select([w > 1], [x])[0]


def chosen_by_lists(x: np.ndarray, w: np.ndarray):
    return np.choose([0, 1, 1, 0], [x, w]) * np.choose((1, 1, 0, 0), [x * w, x])


def of_all_entries_in_one_row(A: np.ndarray, x: np.ndarray):
    k = np.array([5, 0, 0, 3])
    return np.partition(A, 2, axis=None)[2] * np.take_along_axis(A, k, None) * x


def partitioned(x: np.ndarray, A: np.ndarray):
    return np.partition(x, 1)[:2] * np.partition(A, 1, axis=0)[1, 2]


def joined_and_split(A: np.ndarray, x: np.ndarray):
    first, second = np.hsplit(x, 2)
    (row, _), deep = np.vsplit(A, 2), np.dstack([A, A * A])
    return first * second * row[0, 1:] * np.dsplit(deep, 2)[1][1, 1, 0]


def extremes_beside_nans(A: np.ndarray):
    A = A.copy()
    A[0, 1] = np.nan
    return np.nanmax(A) * np.nanmin(A, axis=0)[1:] * np.nanmax(A, axis=1, keepdims=True)[0]


def geometric(a: float, b: float):
    return np.geomspace(a, b, 5)[1:4] * np.geomspace(b, a, 4, endpoint=False)[2]


def nested_lists(A: np.ndarray, x: np.ndarray):
    rows = A.tolist()
    return rows[1][2] * x * rows[0][1] ** 2


def untold_nested_lists(A, x):
    return A.tolist()[1][2] * x


THREE_ROWS = np.array(
    [[[0.3, 0.5], [1.7, -0.4], [0.9, 0.2]], [[0.6, 1.1], [0.8, -0.7], [1.3, 0.1]]]
)


def one_row_left_out(x: np.ndarray):
    """That of three rows one is left, whose axis goes, only the example tells."""
    return x[:, 1:-1].squeeze() * x[:, 0]


def rows_left_out(x: np.ndarray, n: int):
    return np.squeeze(x[:, :n]) ** 2


def items_by_places(A: np.ndarray, x: np.ndarray):
    """An item by its places, be they one tuple, and by its number among all of them."""
    place = (0, 2)
    return A.item((1, 2)) * A.item(1, 0) * A.item(place) + A.item(-2) * x.item((1,)) * x.item(2)


def untold_number_of_an_item(A, x, k):
    return A.item(k) * x.item(k - 1)


def counted_by_tuples(x: np.ndarray, w: np.ndarray):
    one = np.bincount((2,), w[:1])
    return np.bincount((0, 1, 1, 3), x) * w + np.bincount(range(4), x * w)[1] * one[2]


def powers_by_ranges(x: np.ndarray, w: np.ndarray):
    return np.power(w, range(4)) * np.arctan2(x, range(1, 5)) + np.hypot(range(4), x * w)


RIGHT = [
    (items_by_places, A, X),
    (untold_number_of_an_item, A, X, 4),
    (counted_by_tuples, X, W),
    (powers_by_ranges, X, W),
    (one_row_left_out, THREE_ROWS),
    *((rows_left_out, THREE_ROWS[0], n) for n in (1, 2)),
    (nested_lists, A, X),
    (untold_nested_lists, A, X),
    (interpolated, X, W),
    (convolved, X, V),
    (correlated, X, V),
    (polynomials, V, X, 0.7),
    (deleted_and_inserted, A, X, 0.7),
    (selected, X, W, 0.7),
    (partitioned, X, A),
    (chosen_by_lists, X, W),
    (of_all_entries_in_one_row, A, X),
    (joined_and_split, A, X),
    (extremes_beside_nans, A),
    (geometric, 0.3, 1.2),
    (repeated, A),
    (taken, A),
    (compressed, A, X),
    (averages, X, W),
    (averages_of_rows, A, B, V),
    (averages_that_keep_axes, A, V),
    (areas, X, W),
    (areas_of_rows, A, B, V),
    (spans, A),
    (without_nans, A),
    (covariances, X, W, A),
    (correlations, X, W, A),
    (turned, A),
    (of_matrices, A),
    (norms, A),
    (differences, A),
    (products_of_rows, A, B),
    (spaced, 0.3, 1.2),
]


def average_along_an_unknown_axis(A: np.ndarray, v: np.ndarray, k: int):
    return np.average(A, k, v)


def points_that_carry_a_derivative(x: np.ndarray, w: np.ndarray):
    return np.interp(0.3, w, x)


def value_outside(x: np.ndarray, a: float):
    return np.interp(x, [0.0, 1.0], [1.0, 2.0], left=a)


def axes_in_lists(A: np.ndarray):
    return np.einsum(A, [0, 1], [1, 0])


def axes_of_the_diagonal_in_a_list(A: np.ndarray):
    return np.einsum(A @ A.T, [0, 0])


def axes_that_may_be_a_list(A, axes):
    return np.einsum(A, axes)


REFUSED = [
    (axes_in_lists, A),
    (axes_of_the_diagonal_in_a_list, A),
    (axes_that_may_be_a_list, A, (0, 1)),
    (average_along_an_unknown_axis, A, V, 1),
    (points_that_carry_a_derivative, X, W),
    (value_outside, X, 0.7),
]
