"""Axes of length 1, missing axes, empty axes: derivatives have the shapes of their arguments."""

import numpy as np

from tests.stated import Collection

case = Collection()

rng = np.random.default_rng(77)
_3 = np.array([0.5, -1.2, 2.0])
_2 = np.array([1.5, -0.4])
_23 = rng.normal(size=(2, 3))
_13 = rng.normal(size=(1, 3))
_21 = rng.normal(size=(2, 1))
_11 = rng.normal(size=(1, 1))
_33 = rng.normal(size=(3, 3))
_423 = rng.normal(size=(4, 2, 3))
_0 = np.zeros(0)
_03 = np.zeros((0, 3))
_point = np.array(0.7)


def row_plus_column(x: np.ndarray, y: np.ndarray):
    return (x + y) ** 2


def _row_plus_column(w, x, y):
    d = 2 * w * (x + y)
    return np.sum(d, 0, keepdims=True), np.sum(d, 1, keepdims=True)


case(row_plus_column, _row_plus_column, (_13, _21))


def vector_plus_column(x: np.ndarray, y: np.ndarray):
    """A vector of length 3 and a column of 3 make a matrix."""
    return x * y


case(
    vector_plus_column,
    lambda w, x, y: (np.sum(w * y, 0), np.sum(w * x, 1, keepdims=True)),
    (_3, rng.normal(size=(3, 1))),
)


def number_and_array(x: np.ndarray, s: float):
    return s * x + s


case(number_and_array, lambda w, x, s: (w * s, np.sum(w * (x + 1))), (_3, 0.7), (_23, 0.7), (_0, 0.7))


def array_without_axes(x: np.ndarray, p: np.ndarray):
    return x * p - p * p


case(
    array_without_axes,
    lambda w, x, p: (w * p, np.sum(w * x) - 2 * p * np.sum(w)),
    (_3, _point),
    (_point, np.array(-0.3)),
)


def untold_kinds(x, y):
    return x * y + y


def _untold(w, x, y):
    w = np.asarray(w)
    dx, dy = w * y, w * (x + 1)
    return _summed(dx, np.shape(x)), _summed(dy, np.shape(y))


def _summed(d, shape):
    """Sums over the axes that were spread."""
    d = np.asarray(d)
    while d.ndim > len(shape):
        d = d.sum(0)
    for axis, n in enumerate(shape):
        if n == 1:
            d = d.sum(axis, keepdims=True)
    return d


case(untold_kinds, _untold, (0.5, 1.5), (0.5, _3), (_3, 0.5), (_23, _3), (_13, _21), (_3, _0[:0].reshape(0, 1)), wrt=("x", "y"))


def missing_axes(A: np.ndarray, b: np.ndarray):
    return A / b


case(
    missing_axes,
    lambda w, A, b: (_summed(w / b, A.shape), _summed(-w * A / b**2, b.shape)),
    (_423, _3),
    (_423, _23),
    (_423, _21),
    (_3, _423),
    (_21, _3),
)


def one_by_one(A: np.ndarray, s: np.ndarray):
    return A * s + np.exp(s)


case(
    one_by_one,
    lambda w, A, s: (_summed(w * s, A.shape), _summed(w * (A + np.exp(s)), s.shape)),
    (_23, _11),
    (_3, _11),
    (_11, _11[0]),
)


def matrix_plus_its_transpose(A: np.ndarray):
    return A * A.T + A


case(matrix_plus_its_transpose, lambda w, A: (w + w.T) * A.T + w, (_33,))


def all_pairs(x: np.ndarray, y: np.ndarray):
    return (x[:, None] - y[None, :]) ** 2


def _all_pairs(w, x, y):
    d = 2 * w * (x[:, None] - y)
    return d.sum(1), -d.sum(0)


case(all_pairs, _all_pairs, (_3, _2), (_2, _3))


def pairs_of_one_array(x: np.ndarray):
    return np.abs(x[:, None] - x) ** 3 + x


def _pairs_of_one(w, x):
    away = x[:, None] - x
    d = 3 * w * away * np.abs(away)
    return d.sum(1) - d.sum(0) + w.sum(0)


case(pairs_of_one_array, _pairs_of_one, (_3,))


def centred(A: np.ndarray):
    return (A - A.mean(axis=0)) * A


def _centred(w, A):
    return w * (2 * A - A.mean(0)) - np.mean(w * A, 0)


case(centred, _centred, (_23,), (_13,), (_33,))


def rows_of_probabilities(A: np.ndarray):
    e = np.exp(A - A.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def _probabilities(w, A):
    e = np.exp(A)
    p = e / e.sum(1, keepdims=True)
    return p * (w - np.sum(w * p, 1, keepdims=True))


case(rows_of_probabilities, _probabilities, (_23,), (_21,), (_13,))


def number_stored_everywhere(x: float):
    a = np.ones((2, 3))
    a[...] = x * x
    return a


case(number_stored_everywhere, lambda w, x: 2 * x * np.sum(w), (0.7,))


def row_stored_in_all_rows(x: np.ndarray, A: np.ndarray):
    B = A * A
    B[:] = x
    B[:, 1:] *= x[0]
    return B * A


def _row_stored(w, x, A):
    B = np.broadcast_to(x, A.shape).copy()
    B[:, 1:] *= x[0]
    s = w * A
    d = s.sum(0)
    d[1:] *= x[0]
    d[0] += np.sum(s[:, 1:] * x[1:])
    return d, w * B


case(row_stored_in_all_rows, _row_stored, (_3, _23))


def column_stored(x: np.ndarray):
    A = np.zeros((3, 2))
    A[:] = x[:, None]
    A[0] += x[:2]
    return A


def _column_stored(w, x):
    d = w.sum(1)
    d[:2] += w[0]
    return d


case(column_stored, _column_stored, (_3,))


def row_added_in_place(A: np.ndarray, x: np.ndarray, s: float):
    B = A.copy()
    B += x
    B *= s
    B -= x[0]
    return B


def _row_added(w, A, x, s):
    dx = s * w.sum(0)
    dx[0] -= w.sum()
    return s * w, dx, np.sum(w * (A + x))


case(row_added_in_place, _row_added, (_23, _3, 0.7))


def where_of_three_shapes(A: np.ndarray, x: np.ndarray, s: float):
    return np.where(A > 0, x * x, s)


case(
    where_of_three_shapes,
    lambda w, A, x, s: (np.sum(w * (A > 0), 0) * 2 * x, np.sum(w * (A <= 0))),
    (_23, _3, 0.7),
    wrt=("x", "s"),
)


def condition_is_larger(mask: np.ndarray, x: np.ndarray):
    return np.where(mask, x, -2 * x)


case(
    condition_is_larger,
    lambda w, mask, x: np.sum(w * np.where(mask, 1, -2), 0),
    (np.array([[True, False, True], [False, False, True]]), _3),
)


def largest_of_row_and_column(x: np.ndarray, y: np.ndarray):
    return np.maximum(x, y) + np.hypot(x, y)


def _largest(w, x, y):
    h = np.hypot(x, y)
    return _summed(w * ((x > y) + x / h), x.shape), _summed(w * ((y > x) + y / h), y.shape)


case(largest_of_row_and_column, _largest, (_13, _21), (_3, _23), (_point, _3))


def powers_of_all_pairs(x: np.ndarray, n: np.ndarray):
    return x[:, None] ** n


def _powers(w, x, n):
    z = x[:, None] ** n
    return np.sum(w * n * x[:, None] ** (n - 1), 1), np.sum(w * z * np.log(x[:, None]), 0)


case(powers_of_all_pairs, _powers, (np.abs(_3), _2))


def stack_of_products(A: np.ndarray, B: np.ndarray):
    return A @ B


def _stack(w, A, B):
    if B.ndim == 1:
        return w[..., None] * B, np.tensordot(w, A, w.ndim)
    da, db = w @ np.swapaxes(B, -1, -2), np.swapaxes(A, -1, -2) @ w
    return _lead(da, A.shape), _lead(db, B.shape)


def _lead(d, shape):
    while d.ndim > len(shape):
        d = d.sum(0)
    return d.sum(0, keepdims=True) if shape[0] == 1 and len(shape) > 2 else d


case(
    stack_of_products,
    _stack,
    (_423, _33),
    (_23, rng.normal(size=(4, 3, 2))),
    (_423, rng.normal(size=(1, 3, 2))),
    (_423, _3),
)


def outer_by_new_axes(x: np.ndarray, y: np.ndarray):
    return x[:, np.newaxis] * y[np.newaxis, :] + np.outer(x, y)


case(outer_by_new_axes, lambda w, x, y: (2 * w @ y, 2 * x @ w), (_3, _2), (_3, _0))


def spread_on_purpose(x: np.ndarray):
    return np.broadcast_to(x, (4, 3)) * np.arange(12.0).reshape(4, 3)


case(spread_on_purpose, lambda w, x: np.sum(w * np.arange(12.0).reshape(4, 3), 0), (_3,))


def empty_sum(x: np.ndarray, s: float):
    return x.sum() * s + s * s + np.prod(x) * s


case(
    empty_sum,
    lambda w, x, s: (w * s * (1 + np.array([np.prod(np.delete(x, i)) for i in range(len(x))])), w * (x.sum() + 2 * s + np.prod(x))),
    (_0, 0.7),
    (_3, 0.7),
)


def rows_of_nothing(A: np.ndarray, x: np.ndarray):
    return A * x + x


case(rows_of_nothing, lambda w, A, x: (w * x, np.sum(w * (A + 1), 0)), (_03, _3), (_23, _3))


def product_with_nothing(A: np.ndarray, B: np.ndarray):
    """A sum over an empty axis is 0."""
    return A @ B + B.sum()


case(
    product_with_nothing,
    lambda w, A, B: (w @ B.T, A.T @ w + np.sum(w)),
    (np.zeros((2, 0)), np.zeros((0, 3))),
    (_23, _33),
)


def clipped_by_arrays(A: np.ndarray, low: np.ndarray, high: float):
    return np.clip(A, low, high) * A


def _clipped(w, A, low, high):
    y = np.clip(A, low, high)
    inside = (A > low) & (A < high)
    s = w * A
    return w * y + s * inside, np.sum(s * (A < low), 0), np.sum(s * (A > high))


case(clipped_by_arrays, _clipped, (_23, np.array([-0.6, -0.1, -0.3]), 0.8))


def negative_axes(A: np.ndarray):
    return A.sum(axis=-1, keepdims=True) * A + A.mean(axis=(0, -1))


def _negative_axes(w, A):
    d = w * A.sum(-1, keepdims=True) + np.sum(w * A, -1, keepdims=True)
    extra = np.sum(w, axis=(0, 1))
    return d + extra[:, None] / (A.shape[0] * A.shape[2])


case(negative_axes, _negative_axes, (rng.normal(size=(4, 3, 3)),))


def element_as_a_number(x: np.ndarray, A: np.ndarray):
    s = x[0] * x[1]
    return A * s + float(x[2]) * x.item(0)


case(
    element_as_a_number,
    lambda w, x, A: (
        np.sum(w * A) * np.array([x[1], x[0], 0]) + np.sum(w) * np.array([x[2], 0, x[0]]),
        w * x[0] * x[1],
    ),
    (_3, _23),
)


def array_of_one_element(x: np.ndarray, A: np.ndarray):
    y = x * x
    return A * y, y * 3


def _one_element(w, x, A):
    return 2 * x * (np.sum(w[0] * A) + 3 * np.sum(w[1])), (w[0] * x * x).reshape(A.shape)


case(array_of_one_element, _one_element, (np.array([0.7]), _23), (np.array([[0.7]]), _3))


def numbers_stacked(x: float, y: float):
    v = np.stack([x, x * y, y])
    return v * np.array([[1.0], [2.0]])


def _numbers_stacked(w, x, y):
    s = w[0] + 2 * w[1]
    return s[0] + s[1] * y, s[1] * x + s[2]


case(numbers_stacked, _numbers_stacked, (0.7, -1.1))


def full_of_a_number(x: float):
    return np.full((2, 3), x) * np.linspace(x, 1.0, 3)


case(
    full_of_a_number,
    lambda w, x: np.sum(w * (np.linspace(x, 1.0, 3) + x * np.array([1, 0.5, 0]))),
    (0.7,),
)


def einstein_sum_over_rows(A: np.ndarray, x: np.ndarray):
    return np.einsum("ij,j->i", A, x) * np.einsum("ij->i", A)


def _einstein(w, A, x):
    p, s = A @ x, A.sum(1)
    return np.outer(w * s, x) + (w * p)[:, None], (w * s) @ A


case(einstein_sum_over_rows, _einstein, (_23, _3))


def variance_of_columns_normalised(A: np.ndarray):
    return (A - A.mean(0)) / np.sqrt(A.var(0) + 0.1)


def _normalised(w, A):
    n = len(A)
    r = 1 / np.sqrt(A.var(0) + 0.1)
    c = A - A.mean(0)
    return r * (w - w.mean(0)) - c * r**3 * np.sum(w * c, 0) / n


case(variance_of_columns_normalised, _normalised, (_33,), (_13,))

CASES = tuple(case.all)
