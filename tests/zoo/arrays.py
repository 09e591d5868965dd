"""Elementwise functions of arrays, methods and attributes, creation, reshaping, joining."""

import numpy as np
import numpy as xp
from numpy import cos
from numpy import sin as sine
from numpy.typing import NDArray

from tests.zoo.case import Case


def sine_of_double(x):
    return np.sin(2.0 * x)


def wave(x: np.ndarray):
    y = np.sin(x) * np.cos(2 * x)
    return y / (1 + x**2)


def imported_names(x):
    return sine(x) * cos(x) + xp.tan(x)


def sigmoid_and_softplus(x: NDArray[np.float64]):
    sigmoid = 1 / (1 + np.exp(-x))
    softplus = np.log(1 + np.exp(x))
    return sigmoid * softplus


def inverse_functions(x: np.ndarray):
    return np.arcsin(x) + np.arccos(x) ** 2 * np.arctan(3 * x)


def hyperbolic_functions(x: np.ndarray):
    y = np.sinh(x) + np.tanh(x) * np.cosh(x)
    return np.arcsinh(y) - np.arctanh(x / 2) + np.arccosh(2 + x)


def exponential_family(x):
    return np.exp(x) + np.exp2(x) * np.expm1(x)


def logarithm_family(x):
    return np.log(x) * np.log2(x) + np.log10(x) / np.log1p(x)


def log_sums(x, y):
    return np.logaddexp(x, y) + np.logaddexp2(x, 2 * y)


def root_functions(x: np.ndarray):
    return np.sqrt(x) + np.cbrt(x) * np.square(x) - np.reciprocal(x)


def power_functions(x: np.ndarray, y: np.ndarray):
    return np.power(x, y) + np.float_power(x, 2) - x**y / x**-1.5


def two_argument_functions(x: np.ndarray, y: np.ndarray):
    return np.arctan2(y, x) + np.hypot(x, y) + np.copysign(x, y) * y


def named_operators(x: np.ndarray, y: np.ndarray):
    s = np.add(x, y) - np.subtract(x, 2 * y)
    p = np.multiply(s, x)
    return np.divide(p, np.positive(y)) + np.true_divide(np.negative(x), 3)


def quotient_and_rest(x: np.ndarray, y: np.ndarray):
    whole = np.floor_divide(x, y)
    rest = np.mod(x, y)
    return whole * rest + x % y + np.fmod(x, y) ** 2 - x // y + np.remainder(y, x)


def rounding_functions(x: np.ndarray):
    return (x - np.floor(x)) * np.ceil(x) + np.trunc(x) * np.rint(x) * x


def sizes_and_signs(x: np.ndarray):
    return np.abs(x) * np.sign(x) + np.fabs(x) ** 3 + abs(x) + np.absolute(x - 5)


def angle_functions(x: np.ndarray):
    return np.sin(np.deg2rad(x)) + np.radians(x) * np.degrees(x) * 1e-3 + np.rad2deg(x) * 1e-2


def larger_and_smaller(x: np.ndarray, y: np.ndarray):
    upper = np.maximum(x, y)
    lower = np.minimum(x, y)
    return upper * lower**2 + np.fmax(x, 0.5) * np.fmin(y, 0.25)


def relu_layer(x: np.ndarray):
    return np.maximum(0, x) - 0.1 * np.minimum(x, 0.0)


def where_branches(x: np.ndarray, y: np.ndarray):
    return np.where(x > y, x * y, np.sin(x) - y)


def where_with_constant(x: np.ndarray):
    safe = np.where(x > 0, x, 1.0)
    return np.where(x > 0, np.log(safe), 0.0) + x


def where_on_shape(x: np.ndarray, mask: np.ndarray, default: float):
    return np.where(mask, x, default) * x


def selected_by_comparison(x: np.ndarray):
    return x * (x > 0.5) + (x <= 0.5) * x**2


def where_logical(x: np.ndarray, y: np.ndarray):
    inside = (x > 0) & (y > 0) | np.logical_and(x < -0.5, np.logical_not(y > 0))
    return np.where(inside & np.isfinite(x), np.sqrt(np.abs(x)), y * x)


def tested_as_a_whole(x: np.ndarray):
    if np.all(x > 0):
        y = np.log(x)
    elif np.any(x > 0.5):
        y = x * x
    else:
        y = np.exp(x)
    return y * x


def clipped_values(x: np.ndarray, low: float):
    return np.clip(x, low, 0.5) * x


def step_functions(x: np.ndarray, n: int):
    return np.heaviside(x, 0.5) * x**2 + np.ldexp(x, n)


def converted(x: np.ndarray) -> float:
    length = float(np.sqrt(np.sum(x * x)))
    return length / float(len(x)) + float(x[0])


def operators(x: np.ndarray, y: np.ndarray):
    return -x + +y * 2 - x / y + (x - y) ** 2 * 0.5


def methods(x: np.ndarray):
    return x.sum() * x.mean() + x.max() - x.min() * x.prod()


def size_attributes(x: np.ndarray):
    n = x.size
    rows, columns = x.shape
    return (x * x).sum() / n + x.sum() * (rows - columns) / x.ndim + len(x)


def copied(x: np.ndarray):
    y = x.copy()
    z = np.copy(y)
    return y * z


def reshaped(x: np.ndarray):
    square = x.reshape(2, 3)
    flat = np.reshape(square * square, 6)
    column = flat.reshape(-1, 1)
    return column * x


def reshaped_by_tuple(x: np.ndarray, rows: int):
    y = x.reshape((rows, x.size // rows))
    return (y * y).sum(axis=0)


def transposed(a: np.ndarray, b: np.ndarray):
    return a.T * b + np.transpose(a) ** 2 - b.transpose().T / 3


def transposed_axes(a: np.ndarray):
    b = np.transpose(a, (1, 2, 0))
    return b * np.sin(b) + a.transpose(1, 2, 0)


def squared_transpose(a):
    return (a.T * 2).T @ np.ones(a.shape[1]) + np.sum(a.T, axis=0) ** 2


def from_elements(x: float, y: float):
    v = np.array([x, y, x * y, 1.0])
    return v * v.sum()


def rotation_matrix(angle: float, v: np.ndarray):
    c, s = np.cos(angle), np.sin(angle)
    rotation = np.array([[c, -s], [s, c]])
    return rotation @ v


def arange_weights(x: np.ndarray):
    k = np.arange(len(x))
    return np.sum(x**k / (k + 1.0))


def powers_of_scalar(x: float, n: int):
    return x ** np.arange(1, n + 1)


def grid(a: float, b: float, n: int):
    t = np.linspace(a, b, n)
    return np.exp(-t * t)


def constant_grid(x: float):
    t = np.linspace(0, 1, 5)
    return np.sum(np.sin(x * t) * t)


def zeros_and_ones(x: np.ndarray):
    total = np.zeros(x.shape) + x
    total = total * (np.ones_like(x) + x)
    return total - np.zeros_like(x) + np.ones(x.shape) * 2


def joined(x: np.ndarray, y: np.ndarray):
    z = np.concatenate([x, y * x[0], x])
    return z * z


def joined_on_axis(a: np.ndarray, b: np.ndarray):
    rows = np.concatenate((a, b), axis=0)
    columns = np.concatenate((a, 2 * a, a**2), axis=1)
    return rows.sum() * columns


def stacked(x: np.ndarray, y: np.ndarray):
    return np.stack([x, y, x * y])


def stacked_on_axis(x: np.ndarray, y: np.ndarray):
    a = np.stack((x, np.sin(y)), axis=1)
    return np.sum(a * a, axis=0) + np.stack([x, y], axis=-1).sum()


def unknown_kind(x, w):
    return np.sin(x) * w


def several_results(x: np.ndarray, y: float):
    scaled = x * y
    return scaled, np.sum(scaled**2), y * y


def identity_of_array(x: np.ndarray):
    return x


def view_returned(a: np.ndarray):
    return a.T


def sum_of_squares(x):
    return np.sum(x**2)


def local_accumulation(x: np.ndarray, y: np.ndarray):
    total = x * y
    total += np.sin(x)
    total *= y
    total -= x / 2
    total /= 1 + y * y
    return total


rng = np.random.default_rng(13)
_S = np.array(0.7)
_1 = rng.uniform(0.2, 0.9, 1)
_4 = rng.uniform(0.2, 0.9, 4)
_B4 = np.array([0.8, -0.4, 0.3, -0.9])
_C4 = np.array([0.35, 0.55, -0.7, 0.15])
_6 = rng.normal(size=6)
_23 = rng.uniform(0.2, 0.9, (2, 3))
_32 = rng.uniform(-0.9, 0.9, (3, 2))
_31 = rng.uniform(0.2, 0.9, (3, 1))
_234 = rng.normal(size=(2, 3, 4))
_0 = np.zeros(0)
_03 = np.zeros((0, 3))
_KINDS = ((_4,), (_23,), (_1,), (_S,), (_0,), (_31,))

CASES = (
    Case(sine_of_double, ((0.4,), *_KINDS), scalar=False),
    Case(wave, _KINDS, scalar=False),
    Case(imported_names, ((0.4,), *_KINDS), scalar=False),
    Case(sigmoid_and_softplus, _KINDS, scalar=False),
    Case(inverse_functions, _KINDS, scalar=False),
    Case(hyperbolic_functions, _KINDS, scalar=False),
    Case(exponential_family, ((0.4,), *_KINDS), scalar=False),
    Case(logarithm_family, ((0.4,), *_KINDS), scalar=False),
    Case(log_sums, ((0.4, 1.2), (_4, _B4), (_23, 0.5), (_S, _1)), scalar=False),
    Case(root_functions, _KINDS, scalar=False),
    Case(power_functions, ((_4, _B4), (_1, _1 + 1), (_S, _S), (_23, _23)), scalar=False),
    Case(two_argument_functions, ((_4, _B4), (_B4, _4), (_1, _1), (_S, _S)), scalar=False),
    Case(named_operators, ((_4, _B4), (_1, _1 + 1), (_S, _S), (_0, _0)), scalar=False),
    Case(
        quotient_and_rest,
        ((np.array([2.3, -1.7, 5.1]), np.array([0.9, 1.2, -1.9])), (_1 + 2, _1), (_0, _0)),
        scalar=False,
    ),
    Case(rounding_functions, ((np.array([1.3, -2.2, 3.8]),), (_S,), (_1,), (_0,)), scalar=False),
    Case(sizes_and_signs, ((_B4,), (_S,), (_1,), (_0,)), scalar=False),
    Case(angle_functions, ((_B4 * 50,), (_S,), (_1,), (_23,)), scalar=False),
    Case(larger_and_smaller, ((_4, _C4), (_C4, _B4), (_1, _1 * 2), (_0, _0)), scalar=False),
    Case(relu_layer, ((_B4,), (_4,), (-_23,), (_S,), (_0,)), scalar=False),
    Case(where_branches, ((_B4, _C4), (_1, _1 * 2), (_S, -_S), (_0, _0)), scalar=False),
    Case(where_with_constant, ((_B4,), (_1,), (_S,), (_0,)), scalar=False),
    Case(
        where_on_shape,
        ((_4, np.array([True, False, True, False]), 0.3), (_1, np.array([False]), 1.2)),
        scalar=False,
    ),
    Case(selected_by_comparison, ((_B4,), (_4,), (_1,), (_S,)), scalar=False),
    Case(where_logical, ((_4, _B4), (_B4, _C4), (_1, -_1), (_S, _S), (_0, _0)), scalar=False),
    Case(tested_as_a_whole, ((_4,), (_B4,), (-_4,), (_S,), (_0,)), scalar=False),
    Case(clipped_values, ((_B4, -0.6), (_1, 0.1), (_S, 0.1), (_0, 0.1)), scalar=False),
    Case(step_functions, ((_B4, 2), (_1, -1), (_0, 1)), scalar=False),
    Case(converted, ((_B4,), (_1,))),
    Case(operators, ((_4, _B4), (_31, _31 + 1), (_S, _S), (_0, _0)), scalar=False),
    Case(methods, ((_4,), (_32,), (_1,), (_S,))),
    Case(size_attributes, ((_23,), (_32,), (_31,))),
    Case(copied, _KINDS, scalar=False),
    Case(reshaped, ((_6,), (_4[:1] * np.arange(1.0, 7.0),)), scalar=False),
    Case(reshaped_by_tuple, ((_6, 2), (_6, 6), (_6, 1), (_1, 1)), scalar=False),
    Case(transposed, ((_23, _32), (_31, _31.T), (_03, _03.T)), scalar=False),
    Case(transposed_axes, ((_234,), (_234[:1, :1],), (_234[:0],)), scalar=False),
    Case(squared_transpose, ((_23,), (_31,), (_03,)), scalar=False),
    Case(from_elements, ((0.4, 1.2), (-0.7, 0.5)), scalar=False),
    Case(rotation_matrix, ((0.4, _B4[:2]), (-2.1, _4[1:3])), scalar=False),
    Case(arange_weights, ((_4,), (_1,), (_0,))),
    Case(powers_of_scalar, ((0.7, 4), (0.7, 1), (1.2, 0)), scalar=False),
    Case(grid, ((0.2, 1.7, 5), (-1.0, 0.5, 2), (0.3, 0.9, 1)), scalar=False),
    Case(constant_grid, ((0.7,), (-1.9,))),
    Case(zeros_and_ones, _KINDS, scalar=False),
    Case(joined, ((_4, _6), (_1, _0), (_1, _1)), scalar=False),
    Case(joined_on_axis, ((_23, _23[:1]), (_31, _31), (_31, _31[:0])), scalar=False),
    Case(stacked, ((_4, _B4), (_1, _1), (_0, _0), (_23, _23)), scalar=False),
    Case(stacked_on_axis, ((_4, _B4), (_1, _1), (_0, _0)), scalar=False),
    Case(
        unknown_kind,
        ((0.4, 1.3), (_4, 1.3), (0.4, _4), (_23, _23[0]), (_1, _4), (_31, _4), (_S, 0.3)),
        scalar=False,
    ),
    Case(several_results, ((_4, 1.3), (_1, -0.4), (_0, 0.7), (_23, 1.1)), scalar=False),
    Case(identity_of_array, _KINDS, scalar=False),
    Case(view_returned, ((_23,), (_31,), (_4,)), scalar=False),
    Case(sum_of_squares, ((0.4,), *_KINDS)),
    Case(local_accumulation, ((_4, _B4), (_1, _1), (_23, _23), (_0, _0)), scalar=False),
)
