"""The rules of elementwise functions and operators, over shapes that broadcast in every way."""

from __future__ import annotations

import operator

import numpy as np
import pytest

from s2sgrad.testing import check_rule, gradient

SHAPES = [None, (), (1,), (3,), (2, 1), (2, 3), (0,), (0, 3)]
PAIRS = [
    (None, None),
    (None, (3,)),
    ((3,), None),
    ((), (2,)),
    ((1,), (3,)),
    ((3,), (1,)),
    ((3,), (3,)),
    ((2, 1), (3,)),
    ((2, 3), (3,)),
    ((1, 3), (2, 1)),
    ((2, 3), (2, 3)),
    ((2, 1, 3), (4, 1)),
    ((0,), (1,)),
    ((0, 3), (3,)),
    ((1,), ()),
    ((1, 1), (1,)),
]

# Each function with an interval inside its domain.
UNARY = {
    np.negative: (-2, 2),
    np.positive: (-2, 2),
    np.square: (-2, 2),
    np.reciprocal: (0.5, 3),
    np.exp: (-2, 2),
    np.exp2: (-2, 2),
    np.expm1: (-2, 2),
    np.log: (0.3, 4),
    np.log2: (0.3, 4),
    np.log10: (0.3, 4),
    np.log1p: (-0.5, 3),
    np.sqrt: (0.2, 4),
    np.cbrt: (0.2, 4),
    np.sin: (-3, 3),
    np.cos: (-3, 3),
    np.tan: (-1.2, 1.2),
    np.arcsin: (-0.9, 0.9),
    np.arccos: (-0.9, 0.9),
    np.arctan: (-3, 3),
    np.sinh: (-2, 2),
    np.cosh: (-2, 2),
    np.tanh: (-2, 2),
    np.arcsinh: (-2, 2),
    np.arccosh: (1.3, 4),
    np.arctanh: (-0.8, 0.8),
    np.sinc: (0.1, 2.5),
    np.degrees: (-3, 3),
    np.rad2deg: (-3, 3),
    np.radians: (-90, 90),
    np.deg2rad: (-90, 90),
    np.absolute: (0.2, 2),
    np.fabs: (-2, -0.2),
    np.conjugate: (-2, 2),
    np.nan_to_num: (-2, 2),
    np.modf: (0.1, 0.9),
    np.frexp: (0.55, 0.95),
    abs: (-2, -0.2),
    operator.neg: (-2, 2),
    operator.pos: (-2, 2),
    operator.abs: (-2, -0.2),
}
SCALAR = {float: (-2, 2), np.float64: (-2, 2), float.conjugate: (-2, 2)}
BINARY = {
    np.add: (-2, 2),
    np.subtract: (-2, 2),
    np.multiply: (-2, 2),
    np.true_divide: (0.4, 3),
    np.power: (0.4, 3),
    np.float_power: (0.4, 3),
    np.logaddexp: (-2, 2),
    np.logaddexp2: (-2, 2),
    np.arctan2: (0.3, 2),
    np.hypot: (0.3, 2),
    np.copysign: (0.3, 2),
    np.maximum: (-2, 2),
    np.minimum: (-2, 2),
    np.fmax: (-2, 2),
    np.fmin: (-2, 2),
    operator.add: (-2, 2),
    operator.sub: (-2, 2),
    operator.mul: (-2, 2),
    operator.truediv: (0.4, 3),
    operator.pow: (0.4, 3),
    pow: (0.4, 3),
}
# Functions with jumps: a quotient far from a whole number.
MODULO = [np.remainder, np.fmod, operator.mod, divmod, np.divmod]
OTHERS = [np.float32, np.ldexp, np.nextafter, np.heaviside, np.where, np.clip, np.ndarray.clip]

FUNCTIONS = [*UNARY, *SCALAR, *BINARY, *MODULO, *OTHERS]


def numbers(shape: tuple[int, ...] | None, interval: tuple[float, float], seed: int = 0) -> object:
    """Distinct numbers inside an interval: a float for the shape None."""
    random = np.random.default_rng(seed)
    low, high = interval
    if shape is None:
        return float(random.uniform(low, high))
    size = int(np.prod(shape))
    steps = (random.permutation(size) + random.uniform(0.2, 0.8, size)) / max(size, 1)
    return np.reshape(low + (high - low) * steps, shape)


@pytest.mark.parametrize("function", UNARY, ids=lambda f: f.__name__)
def test_unary(function):
    for shape in SHAPES:
        if not (shape == () and function is np.ndarray.clip):
            check_rule(function, numbers(shape, UNARY[function]))


@pytest.mark.parametrize("function", SCALAR, ids=lambda f: f.__name__)
def test_of_a_scalar(function):
    check_rule(function, numbers(None, SCALAR[function]))


@pytest.mark.parametrize("function", BINARY, ids=lambda f: f.__name__)
def test_binary(function):
    for left, right in PAIRS:
        check_rule(function, numbers(left, BINARY[function]), numbers(right, BINARY[function], 7))


@pytest.mark.parametrize("function", MODULO, ids=lambda f: f.__name__)
def test_remainders(function):
    for left, right in PAIRS:
        x, y = numbers(left, (0.1, 0.6)), numbers(right, (0.8, 1.2))
        for whole, sign in ((0, 1), (3, 1), (3, -1), (-4, 1), (-4, -1)):
            check_rule(function, (x + whole) * np.abs(y), sign * y)


def test_functions_with_an_argument_that_has_no_derivative():
    for shape in SHAPES:
        x = numbers(shape, (0.3, 2))
        check_rule(np.ldexp, x, 3)
        check_rule(np.ldexp, x, np.array([[[-1]], [[2]]]))
        check_rule(np.nextafter, x, 5.0)
        check_rule(np.heaviside, x, 0.5)
        check_rule(np.power, x, 3)
        check_rule(np.power, x, 0)
        check_rule(np.power, x, -2)
        check_rule(np.power, np.int64(2), x)
        check_rule(np.multiply, 2, x)
    check_rule(np.power, np.array([-1.5, 2.0, 0.0]), 3)
    check_rule(np.power, np.array([-1.5, 2.0, 0.0]), np.array([[1], [2], [0]]))


def test_of_single_precision():
    assert gradient(np.float32, 1.5) == {"x": 1.0}


@pytest.mark.parametrize(("left", "right"), PAIRS)
def test_where(left, right):
    x, y = numbers(left, (-1, 1)), numbers(right, (2, 3))
    for condition in (True, np.array(False), np.array([True]), np.array([[[True]], [[False]]])):
        check_rule(np.where, condition, x, y)
    check_rule(
        np.where, np.broadcast_to(x, np.broadcast_shapes(np.shape(x), np.shape(y))) > 0, x, y
    )


@pytest.mark.parametrize("shape", SHAPES)
def test_clip(shape):
    x = numbers(shape, (-2, 2))
    for low, high in (
        (-1.03, 1.02),
        (None, 0.51),
        (-0.52, None),
        (np.array([[[-1.01]], [[0.2]]]), 1.3),
    ):
        check_rule(np.clip, x, low, high)
        if shape is not None:
            check_rule(np.ndarray.clip, x, low, high)
            check_rule(np.ndarray.clip, x, min=-0.3, max=high)
    check_rule(np.clip, x, a_max=0.7, a_min=-0.7)
    check_rule(np.clip, x, 0.7, 0.3)
    check_rule(np.clip, x, np.array([[[1.1]], [[0.1]], [[-1.1]]]), 0.37)


def test_special_values():
    """What the formulas give where the function has a kink or an end of its domain."""
    assert gradient(np.maximum, 1.0, 1.0) == {"x": 0.5, "y": 0.5}
    assert gradient(np.minimum, 1.0, 1.0) == {"x": 0.5, "y": 0.5}
    assert gradient(np.fmax, np.nan, 1.0) == {"x": 0.0, "y": 1.0}
    assert gradient(np.absolute, 0.0) == {"x": 0.0}
    assert gradient(np.power, 0.0, 0.0) == {"x": 0.0, "n": 0.0}
    assert gradient(np.power, 0.0, 1.0)["x"] == 1.0
    assert gradient(np.power, 0.0, 2.0) == {"x": 0.0, "n": 0.0}
    assert gradient(np.sqrt, np.float64(0.0))["x"] == np.inf
    assert gradient(np.sinc, 0.0) == {"x": 0.0}
    assert gradient(np.where, True, np.inf, 1.0) == {"x": 1.0, "y": 0.0}
    assert gradient(np.copysign, 0.0, -1.0) == {"x": 0.0}
