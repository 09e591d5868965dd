"""The rules of interpolation, convolutions and polynomials."""

from __future__ import annotations

import numpy as np
import pytest

from s2sgrad.testing import check_rule, gradient

FUNCTIONS = [np.interp, np.convolve, np.correlate, np.polyval, np.polyder, np.vander, np.geomspace]
X = np.array([0.3, -1.7, 0.9, 2.6])
KNOTS = np.array([-1.0, 0.0, 0.5, 2.0])
LENGTHS = [(4, 4), (5, 2), (2, 5), (5, 3), (4, 5), (5, 4), (1, 3), (3, 1), (1, 1), (6, 2), (2, 6)]


@pytest.mark.parametrize("x", [X, X.reshape(2, 2), 0.3, X[:0]], ids=str)
def test_interpolation(x):
    check_rule(np.interp, x, KNOTS, np.sin(3 * KNOTS))
    check_rule(np.interp, x, list(KNOTS), np.sin(3 * KNOTS))


def test_at_a_point_the_slope_is_that_on_its_left():
    slopes = gradient(np.interp, KNOTS, KNOTS, np.array([0.0, 1.0, 2.0, -1.0]))["x"]
    assert slopes.tolist() == [0.0, 1.0, 2.0, -2.0]


@pytest.mark.parametrize("function", [np.convolve, np.correlate], ids=lambda f: f.__name__)
def test_convolution(function):
    random = np.random.default_rng(2)
    for m, n in LENGTHS:
        a, v = random.normal(size=m), random.normal(size=n)
        check_rule(function, a, v)
        for mode in ("full", "same", "valid"):
            check_rule(function, a, v, mode)
            check_rule(function, a, v, mode=mode)


def test_polynomials():
    for n in (1, 2, 4):
        p = np.cos(np.arange(float(n)))
        for x in (X, X.reshape(2, 2), 1.5, X[:1], X[:0]):
            check_rule(np.polyval, p, x)
        check_rule(np.polyder, p)


def test_powers():
    for x in (X, X[:1]):
        check_rule(np.vander, x)
        for n in (0, 1, 2, 5):
            check_rule(np.vander, x, n)


def test_geometric_sequences():
    check_rule(np.geomspace, 0.5, 3.0)
    check_rule(np.geomspace, 2.0, 0.1, 5, False)
    check_rule(np.geomspace, np.array([0.5, 2.0]), 3.0, num=4)
    check_rule(np.geomspace, 0.7, np.array([0.5, 2.0]), 1)
