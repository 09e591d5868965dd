"""sum, mean, prod, max and min: all axes, one, several, negative, kept; as functions and as methods."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tests.zoo.case import Case


def sum_of_all(x: np.ndarray) -> float:
    return np.sum(np.sin(x))


def sum_along_axes(a: np.ndarray):
    return np.sum(a**2, axis=0) * 2 + np.sum(a, 0)


def sum_along_last(a: np.ndarray):
    return np.exp(a).sum(axis=-1)


def sum_kept(a: np.ndarray):
    return a * np.sum(a, axis=1, keepdims=True) - a.sum(axis=0, keepdims=True)


def sum_along_two(a: np.ndarray):
    return np.sum(a * a, axis=(0, 2)) + a.sum(axis=(0, -1), keepdims=True).reshape(a.shape[1])


def sum_all_kept(a: np.ndarray):
    return a * np.sum(a, keepdims=True)


def sum_axis_parameter(a: np.ndarray, axis: int):
    return np.sum(a**2, axis=axis)


def mean_of_all(x: NDArray[np.float64]) -> float:
    return np.mean(x * x) + x.mean()


def mean_along_axis(a: np.ndarray):
    return np.mean(a, axis=1) ** 2 + (a**3).mean(axis=1)


def variance(x: np.ndarray):
    return np.mean((x - np.mean(x)) ** 2)


def mean_kept(a: np.ndarray):
    return np.abs(a - a.mean(axis=1, keepdims=True)) + np.mean(a, axis=(0, 1))


def product(x: np.ndarray):
    return np.prod(x) + x.prod()


def product_with_zero(x: np.ndarray):
    return np.prod(x)


def product_along_axis(a: np.ndarray):
    return np.prod(a, axis=0) + np.prod(a + 1, axis=1, keepdims=True)


def geometric_mean(x: np.ndarray):
    return np.prod(x) ** (1 / x.size)


def range_of_values(x: np.ndarray):
    return np.max(x) - x.min()


def max_along_axis(a: np.ndarray):
    return np.max(a, axis=1) * a.max(axis=1) + np.min(a, axis=-1)


def max_kept(a: np.ndarray):
    return np.exp(a - np.max(a, axis=1, keepdims=True)) + a.min(axis=0, keepdims=True)


def max_of_all_axes(a: np.ndarray):
    return a / np.max(a, axis=(0, 1)) + a.min(axis=(0, 1), keepdims=True)


def log_sum_exp(x: np.ndarray):
    largest = x.max()
    return largest + np.log(np.sum(np.exp(x - largest)))


def softmax_rows(a: NDArray[np.float64]):
    e = np.exp(a - a.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def norms(x: np.ndarray):
    return np.sum(np.abs(x)) + np.sqrt(np.sum(x**2)) + np.max(np.abs(x))


def entropy(p: np.ndarray):
    q = p / p.sum()
    return -np.sum(q * np.log(q))


def weighted_mean(x: np.ndarray, w: np.ndarray):
    return (w * x).sum() / w.sum()


def correlation(x: np.ndarray, y: np.ndarray):
    dx = x - x.mean()
    dy = y - y.mean()
    return np.sum(dx * dy) / np.sqrt(np.sum(dx**2) * np.sum(dy**2))


def nested_reductions(a: np.ndarray):
    return np.max(np.sum(a**2, axis=0)) + np.min(np.mean(a, axis=1))


def reduced_in_loop(x: np.ndarray, n: int):
    y = x
    for _ in range(n):
        y = y / np.sqrt(np.sum(y**2)) + 0.1 * x
    return y.sum()


def builtin_sum(x: np.ndarray):
    return sum(x * x) + max(x[0], x[-1])


rng = np.random.default_rng(15)
_S = np.array(0.7)
_1 = rng.uniform(0.2, 0.9, 1)
_4 = rng.uniform(0.2, 0.9, 4)
_N4 = np.array([0.8, -0.4, 0.3, -0.9])
_W4 = np.array([0.5, 1.5, 0.7, 0.2])
_23 = np.array([[0.8, -0.4, 0.3], [-0.7, 0.5, 1.1]])
_43 = rng.uniform(0.2, 0.9, (4, 3))
_11 = rng.uniform(0.2, 0.9, (1, 1))
_31 = rng.uniform(0.2, 0.9, (3, 1))
_234 = rng.normal(size=(2, 3, 4))
_0 = np.zeros(0)
_03 = np.zeros((0, 3))
_30 = np.zeros((3, 0))
_FLAT = ((_4,), (_N4,), (_23,), (_1,), (_S,))
_ROWS = ((_23,), (_43,), (_11,), (_31,))

CASES = (
    Case(sum_of_all, (*_FLAT, (_0,))),
    Case(sum_along_axes, (*_ROWS, (_03,), (_30,), (_4,)), scalar=False),
    Case(sum_along_last, (*_ROWS, (_03,), (_30,), (_234,)), scalar=False),
    Case(sum_kept, (*_ROWS, (_03,), (_30,)), scalar=False),
    Case(sum_along_two, ((_234,), (_234[:1],), (_234[:0],)), scalar=False),
    Case(sum_all_kept, (*_FLAT, (_0,)), scalar=False),
    Case(sum_axis_parameter, ((_23, 0), (_23, 1), (_234, -1), (_1, 0)), scalar=False),
    Case(mean_of_all, _FLAT),
    Case(mean_along_axis, (*_ROWS, (_03,)), scalar=False),
    Case(variance, _FLAT),
    Case(mean_kept, ((_23,), (_43,)), scalar=False),
    Case(product, (*_FLAT, (_0,))),
    Case(product_with_zero, ((np.array([0.5, 0.0, -1.2]),), (np.array([0.0, 0.0, 1.3]),))),
    Case(product_along_axis, (*_ROWS, (_03,)), scalar=False),
    Case(geometric_mean, ((_4,), (_43,), (_1,))),
    Case(range_of_values, _FLAT),
    Case(max_along_axis, (*_ROWS, (_03,)), scalar=False),
    Case(max_kept, _ROWS, scalar=False),
    Case(max_of_all_axes, _ROWS, scalar=False),
    Case(log_sum_exp, _FLAT),
    Case(softmax_rows, (*_ROWS, (_03,)), scalar=False),
    Case(norms, _FLAT),
    Case(entropy, ((_4,), (_43,), (np.array([0.3, 0.4]),))),
    Case(weighted_mean, ((_N4, _W4), (_1, _1), (_43, _43))),
    Case(correlation, ((_4, _N4), (_43, _43**2 + _43[::-1]))),
    Case(nested_reductions, _ROWS),
    Case(reduced_in_loop, ((_4, 0), (_N4, 1), (_23, 4), (_1, 2))),
    Case(builtin_sum, ((_4,), (_N4,), (np.array([0.3, 0.4]),))),
)
