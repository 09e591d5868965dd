"""The rules of the module math: every function of it has one."""

from __future__ import annotations

import math

import numpy as np
import pytest

from s2sgrad.registry import lookup
from s2sgrad.testing import check_rule, gradient

CASES = {
    math.acos: [(0.3,), (-0.8,)],
    math.acosh: [(1.4,), (9.0,)],
    math.asin: [(0.3,), (-0.8,)],
    math.asinh: [(0.3,), (-4.0,)],
    math.atan: [(0.3,), (-4.0,)],
    math.atan2: [(0.3, 0.8), (0.3, -0.8), (-0.3, -0.8), (-3.0, 0.2)],
    math.atanh: [(0.3,), (-0.8,)],
    math.cbrt: [(2.0,), (-2.0,)],
    math.copysign: [(2.0, 1.0), (-2.0, 1.0), (2.0, -1.0), (-2.0, -1.0)],
    math.cos: [(0.4,), (-2.0,)],
    math.cosh: [(0.4,), (-2.0,)],
    math.degrees: [(0.4,)],
    math.dist: [
        ((1.0, 2.0), (0.5, -1.0)),
        ([1.0], [3.0]),
        (np.array([1.0, 2.0, 4.0]), (0.0, 0.1, 0.2)),
    ],
    math.erf: [(0.4,), (-1.5,)],
    math.erfc: [(0.4,), (-1.5,)],
    math.exp: [(0.4,), (-2.0,)],
    math.exp2: [(0.4,), (-2.0,)],
    math.expm1: [(0.4,), (-2.0,)],
    math.fabs: [(0.4,), (-2.0,)],
    math.fmod: [(7.5, 2.0), (-7.5, 2.0), (7.5, -2.0), (0.3, 5.0)],
    math.frexp: [(0.7,), (-11.0,)],
    math.fsum: [([1.0, 2.0, 3.0],), ((0.5,),), ([],), (np.array([1.0, 2.0]),)],
    math.gamma: [(0.3,), (1.0,), (4.5,), (-1.5,), (30.0,)],
    math.hypot: [(3.0, 4.0), (2.0,), (1.0, 2.0, 3.0), (-1.0, 0.5, 0.2, 4.0)],
    math.ldexp: [(0.7, 3), (-0.7, -2)],
    math.lgamma: [(0.3,), (1.0,), (4.5,), (-1.5,), (-20.3,), (300.0,)],
    math.log: [(0.4,), (3.0,), (3.0, 2.0), (0.4, 10.0)],
    math.log10: [(0.4,), (3.0,)],
    math.log1p: [(0.4,), (-0.5,)],
    math.log2: [(0.4,), (3.0,)],
    math.modf: [(2.4,), (-2.4,)],
    math.nextafter: [(2.4, 5.0)],
    math.pow: [(2.0, 3.0), (0.5, -1.5), (-2.0, 3), (0.0, 2), (0.0, 0), (0.0, 1)],
    math.prod: [
        ([2.0, 3.0, 4.0],),
        ((2.0, 0.0, 4.0),),
        ([0.0, 0.0, 4.0],),
        (np.array([1.5, 2.5]),),
    ],
    math.radians: [(40.0,)],
    math.remainder: [(7.5, 2.0), (-7.5, 2.0), (8.6, -2.0), (0.3, 5.0)],
    math.sin: [(0.4,), (-2.0,)],
    math.sinh: [(0.4,), (-2.0,)],
    math.sqrt: [(0.4,), (3.0,)],
    math.tan: [(0.4,), (-1.2,)],
    math.tanh: [(0.4,), (-2.0,)],
}
if hasattr(math, "sumprod"):
    CASES[math.sumprod] = [
        ([1.0, 2.0], [3.0, 4.5]),
        ((1.0,), [2.0]),
        ([], []),
        (np.array([1.0, 2.0]), (3, 4)),
    ]
if hasattr(math, "fma"):
    CASES[math.fma] = [(2.0, 3.0, 4.0), (-1.0, 0.5, 0.25)]

INERT = {
    math.ceil: (2.4,),
    math.floor: (2.4,),
    math.trunc: (-2.4,),
    math.isfinite: (2.4,),
    math.isclose: (2.4, 2.5),
    math.ulp: (2.4,),
}
FUNCTIONS = [*CASES]


@pytest.mark.parametrize("function", CASES, ids=lambda f: f.__name__)
def test_rule(function):
    for args in CASES[function]:
        check_rule(function, *args)


@pytest.mark.parametrize("function", INERT, ids=lambda f: f.__name__)
def test_no_derivative(function):
    check_rule(function, *INERT[function])


def test_product_with_a_start():
    check_rule(math.prod, [2.0, 3.0], start=1.5)
    check_rule(math.prod, [2.0, 0.0], start=2)


def test_every_function_has_a_rule():
    functions = {name: f for name, f in vars(math).items() if callable(f) and name[0] != "_"}
    assert [name for name, f in functions.items() if lookup(f) is None] == []


def test_large_arguments_do_not_overflow():
    for function in (math.atan, math.asinh):
        assert gradient(function, 1e200)["x"] == 0.0


def test_polygamma():
    """Values of Abramowitz & Stegun, table 6.1, and the reflection and recurrence formulas."""
    from s2sgrad.rules.helpers import polygamma

    assert polygamma(0, 1.0) == pytest.approx(-0.5772156649015329, rel=1e-14)
    assert polygamma(1, 1.0) == pytest.approx(math.pi**2 / 6, rel=1e-14)
    assert polygamma(2, 1.0) == pytest.approx(-2.404113806319189, rel=1e-14)
    assert polygamma(0, 0.5) == pytest.approx(-0.5772156649015329 - 2 * math.log(2), rel=1e-14)
    for n in range(4):
        for x in (-30.25, -20.6, -3.3, 0.01, 0.7, 5.0, 19.5, 1e6):
            step = (-1) ** n * math.factorial(n) / x ** (n + 1)
            assert polygamma(n, x + 1) == pytest.approx(
                polygamma(n, x) + step, rel=1e-11, abs=1e-13 * abs(step)
            )
