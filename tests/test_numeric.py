"""Derivatives by differences."""

from __future__ import annotations

import math

import numpy as np
import pytest

from s2sgrad.numeric import central_difference, flat, moved, richardson_directional


def test_the_derivative_of_a_scalar_is_a_float():
    slope = central_difference(math.sin, 0.5)
    assert isinstance(slope, float)
    assert slope == pytest.approx(math.cos(0.5), rel=1e-9)


def test_the_derivative_in_an_array_has_its_shape():
    x = np.arange(6.0).reshape(2, 3)
    slope = central_difference(lambda a, b: np.sum(a**2) * b, x, 3.0)
    assert slope == pytest.approx(6 * x, rel=1e-8)
    assert central_difference(np.sum, np.zeros((0, 2))).shape == (0, 2)


def test_another_argument_and_another_step():
    assert central_difference(lambda a, b: a * b, 2.0, 3.0, wrt=1) == pytest.approx(2.0)
    assert central_difference(lambda x: x**3, 1.0, step=0.5) == pytest.approx(3.25)


def test_an_integer_is_a_real_number():
    assert central_difference(lambda x: x * x, 3) == pytest.approx(6)


def test_arguments_stay_as_they_are():
    def doubles(x):
        x *= 2
        return x.sum()

    x = np.ones(3)
    assert central_difference(doubles, x) == pytest.approx(2 * np.ones(3))
    assert x.tolist() == [1, 1, 1]


@pytest.mark.parametrize("value", ["text", True, 1j, np.array(["a"])])
def test_what_is_no_real_number_is_refused(value):
    with pytest.raises(TypeError, match="argument 1 is no real number"):
        central_difference(lambda a, b: a, 1.0, value, wrt=1)


@pytest.mark.parametrize(
    ("f", "slope", "x"),
    [
        (math.sin, math.cos, 0.7),
        (math.exp, math.exp, 3.0),
        (math.log, lambda x: 1 / x, 1e-3),
        (math.sqrt, lambda x: 0.5 / math.sqrt(x), 1e-4),
        (lambda x: x**5, lambda x: 5 * x**4, -2.0),
        (math.asin, lambda x: 1 / math.sqrt(1 - x * x), 0.9999),
    ],
)
def test_extrapolated_differences_are_accurate(f, slope, x):
    (got,) = richardson_directional(f, [x], [1.0])
    assert got == pytest.approx(slope(x), rel=2e-10)


def test_directions_through_structures():
    def f(pair, table, label):
        return [pair[0] * pair[1], {"sum": np.sum(table["a"]), "label": label}]

    args = [(2.0, 3.0), {"a": np.array([1.0, 2.0]), "b": "text"}, "x"]
    along = [(1.0, None), {"a": np.array([1.0, 5.0]), "b": None}, None]
    assert richardson_directional(f, args, along) == pytest.approx([3.0, 6.0])
    assert flat(args).tolist() == [2, 3, 1, 2]
    assert moved(args[0], along[0], 0.5) == (2.5, 3.0)


def test_a_kink_nearby_is_not_crossed_by_small_steps():
    (got,) = richardson_directional(abs, [1e-3], [1.0])
    assert got == pytest.approx(1.0)


def test_single_precision_stays():
    x = np.array([1.0, 2.0], np.float32)
    assert moved(x, np.ones(2), 0.5).dtype == np.float32
    assert moved(np.float32(1), 1.0, 0.5).dtype == np.float32
