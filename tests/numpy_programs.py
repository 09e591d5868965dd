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


RIGHT = [
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


REFUSED = [(average_along_an_unknown_axis, A, V, 1)]
