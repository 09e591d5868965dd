"""Operands of different shapes: scalars with arrays, rows with columns, axes of length 1."""

import numpy as np
from numpy.typing import NDArray

from tests.zoo.case import Case


def scale_and_shift(x: np.ndarray, a: float, b: float):
    return a * x + b


def scale_by_unknown(x, a):
    return a * x + x / a


def add_row(a: np.ndarray, row: np.ndarray):
    return a + row * row


def outer_by_newaxis(x: np.ndarray, y: np.ndarray):
    return x[:, np.newaxis] * y - x[:, None] / (2 + y[None, :] ** 2)


def column_times_row(column: np.ndarray, row: np.ndarray):
    return np.sum(np.sin(column * row), axis=1)


def standardise(a: np.ndarray):
    mean = a.mean(axis=0)
    deviation = np.sqrt(((a - mean) ** 2).mean(axis=0) + 0.1)
    return (a - mean) / deviation


def normalise_rows(a: NDArray[np.float64]) -> NDArray[np.float64]:
    return a / np.sqrt(np.sum(a**2, axis=1, keepdims=True))


def squared_distances(x: np.ndarray, y: np.ndarray):
    difference = x[:, None, :] - y[None, :, :]
    return (difference**2).sum(axis=-1)


def stretched_axis(x, y):
    """Either may have length 1 along any axis."""
    z = x * y + x
    return np.sum(z**2)


def zero_axes(x: np.ndarray, s: np.ndarray):
    return np.exp(-s) * x + s**2


def three_axes(a, b, c):
    return a * b + np.tanh(c) * a


def bias_in_loop(x: np.ndarray, bias: np.ndarray, n: int):
    y = x
    for _ in range(n):
        y = np.tanh(y + bias)
    return y


def maximum_of_row(a: np.ndarray, row: np.ndarray):
    return np.maximum(a, row) + np.where(a > row, a * row, row)


def scalar_exponent(x: np.ndarray, p: float):
    return np.sum(x**p) ** (1 / p)


def base_and_exponents(base: float, p: np.ndarray):
    return base**p


def mixed_scalars(x: float, v: np.ndarray):
    length = np.sqrt(np.sum(v * v))
    y = x * length
    return y * v / (1 + y * y)


def numpy_on_floats(x: float, y: float):
    return np.sin(x) * np.exp(y) + np.maximum(x, y) ** 2 - np.log1p(x * x)


def subtract_own_mean(x):
    centred = x - np.mean(x)
    return np.sum(centred**2) / np.size(x)


rng = np.random.default_rng(14)
_S = np.array(0.7)
_1 = rng.uniform(0.2, 0.9, 1)
_3 = rng.uniform(0.2, 0.9, 3)
_4 = rng.uniform(0.2, 0.9, 4)
_23 = rng.uniform(-0.9, 0.9, (2, 3))
_21 = rng.uniform(-0.9, 0.9, (2, 1))
_13 = rng.uniform(-0.9, 0.9, (1, 3))
_11 = rng.uniform(0.2, 0.9, (1, 1))
_43 = rng.uniform(-0.9, 0.9, (4, 3))
_423 = rng.uniform(0.2, 0.9, (4, 2, 3))
_0 = np.zeros(0)
_03 = np.zeros((0, 3))

CASES = (
    Case(
        scale_and_shift,
        ((_4, 1.3, -0.4), (_23, 0.5, 0.2), (_1, 0.5, 0.2), (_S, 0.5, 0.2), (_0, 0.5, 0.2)),
        scalar=False,
    ),
    Case(
        scale_by_unknown,
        ((1.1, 0.4), (_4, 0.4), (0.4, _4), (_4, _1), (_23, _21 + 2), (_S, _4), (_3, _S)),
        scalar=False,
    ),
    Case(add_row, ((_23, _3), (_23, _1), (_13, _3), (_03, _3)), scalar=False),
    Case(outer_by_newaxis, ((_3, _4), (_1, _4), (_3, _1), (_0, _4), (_3, _0)), scalar=False),
    Case(column_times_row, ((_21, _13), (_21, _3), (_11, _4), (_21, _23)), scalar=False),
    Case(standardise, ((_43,), (_23,), (_21,)), scalar=False),
    Case(normalise_rows, ((_43,), (_13,), (_21,), (_03,)), scalar=False),
    Case(squared_distances, ((_23, _43), (_13, _43), (_03, _23), (_21, _11)), scalar=False),
    Case(
        stretched_axis,
        ((_23, _3), (_23, _21), (_21, _13), (_1, _4), (_4, _1), (0.4, _4), (_S, _23), (_1, _0)),
    ),
    Case(zero_axes, ((_4, _S), (_23, _S), (_1, _S), (_S, _S)), scalar=False),
    Case(three_axes, ((_423, _23, _3), (_423, _1, _21), (0.3, _423, _11)), scalar=False),
    Case(bias_in_loop, ((_23, _3, 0), (_23, _3, 1), (_43, _1, 3), (_1, _1, 3)), scalar=False),
    Case(maximum_of_row, ((_23, _3), (_43, _1), (_03, _3)), scalar=False),
    Case(scalar_exponent, ((_4, 2.3), (_1, 0.8), (np.abs(_23), 3.0))),
    Case(base_and_exponents, ((1.4, _4), (0.7, _23), (2.0, _0)), scalar=False),
    Case(mixed_scalars, ((0.4, _4), (-1.2, _1), (0.4, _23)), scalar=False),
    Case(numpy_on_floats, ((0.4, 1.2), (1.5, -0.3))),
    Case(subtract_own_mean, ((_4,), (_23,), (_1,), (_S,))),
)
