"""Functions that end by calling themselves, where it matters what their memory is: right in every case, or refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import s2sgrad
from s2sgrad.errors import TransformError
from s2sgrad.transform import derived


def both(u, v, k, w=0.5):
    if k <= 0:
        return u, w
    u[0] *= v[1] * w
    v[1:] = np.sin(u[1:])
    return both(u, v, k - 1, w=w * 1.5)


def one_array_twice(x: np.ndarray, s: float, n: int):
    y = x * 2
    a, b = both(y, y, n, s)
    y[0] += s
    return a.sum() * b


def turned(u, k, w):
    if k <= 0:
        return
    u *= w
    turned(u[::-1], k - 1, w * 2)


def parts_of_one(x: np.ndarray, s: float, n: int):
    y = x.reshape(-1)
    turned(y[: n + 1], n, s)
    turned(y, 1, s)
    return y[0] * x[1]


def one_or_the_other(u, v, k):
    if k <= 0:
        return u
    if k == 2:
        return one_or_the_other(v, u * 2, k - 1)
    v[0] = u[1] * 2
    return one_or_the_other(u, v, k - 1)


def what_is_returned(x: np.ndarray, s: float, n: int):
    y = x * s
    z = one_or_the_other(y, y[::-1], n)
    z[1] = s
    return (y * z).sum()


def exchanging(u, v, k):
    if k > 0:
        u[0] += v[1]
        return exchanging(v, u, k - 1)
    return u


def exchanged(x: np.ndarray, s: float, n: int):
    y = x * s
    z = exchanging(y, y[::-1], n)
    z[0] = s
    return y @ z


def with_a_default(u, k, w=2.0):
    if k <= 0:
        return u
    u[k - 1] *= w
    return with_a_default(u, k - 1)


def defaults_anew(x: np.ndarray, s: float, n: int):
    y = with_a_default(x, min(n, 3), s)
    y[0] *= s
    return x.sum() * y[1]


def result_left_out(u, k):
    if k <= 0:
        return 3.0
    u[0] *= 2.0
    result_left_out(u[::-1], k - 1)
    return None


def result_is_none(x: np.ndarray, s: float, n: int):
    y = x * s
    none = result_left_out(y, 1 + n)
    return y.sum() if none is None else s


def afterwards(u, k):
    if k <= 0:
        return u
    v = afterwards(u, k - 1)
    v[0] *= 2.0
    return v


def no_tail(x: np.ndarray, s: float, n: int):
    y = afterwards(x, n)
    y[1] = s
    return x.sum() * y[0]


def keeping(u, k, kept):
    if k <= 0:
        return u
    kept.append(lambda q: u[0] * q * k)
    u[0] *= 1.5
    return keeping(u[::-1], k - 1, kept)


def functions_keep_variables(x: np.ndarray, s: float, n: int):
    kept = []
    y = keeping(x * s, n, kept)
    y[0] = s
    return y.sum() + sum(f(x[1]) for f in kept)


RIGHT = (one_array_twice, parts_of_one, what_is_returned, exchanged, defaults_anew, no_tail)
OTHERS = (result_is_none, functions_keep_variables)
X = np.array([0.3, 0.5, 0.8])


def check(function: Callable[..., Any], n: int, form: str) -> None:
    made, _ = derived(function, (0, 1), like=(X, 0.4, n), form=form)
    rng = np.random.default_rng(n)
    d_x, d_s = rng.normal(size=3), 0.7
    expected = s2sgrad.central_difference(lambda t: function(X + t * d_x, 0.4 + t * d_s, n), 0.0)
    x = X.copy()
    if form == "tangent":
        value, found = made(x, 0.4, n, d_x, d_s)
        assert np.isclose(value, function(X.copy(), 0.4, n))
    else:
        g_x, g_s = made(x, 0.4, n)
        found = g_x @ d_x + g_s * d_s
    assert np.isclose(found, expected, rtol=1e-6)
    np.testing.assert_array_equal(x, X)


@pytest.mark.parametrize("form", ["gradient", "tangent"])
@pytest.mark.parametrize("n", [0, 1, 2, 3])
@pytest.mark.parametrize("function", RIGHT, ids=lambda f: f.__name__)
def test_is_right(function: Callable[..., Any], n: int, form: str) -> None:
    check(function, n, form)


@pytest.mark.parametrize("function", OTHERS, ids=lambda f: f.__name__)
def test_is_right_or_refused(function: Callable[..., Any]) -> None:
    try:
        derived(function, (0, 1), like=(X, 0.4, 2))
    except TransformError:
        return
    for n in (0, 1, 2, 3):
        check(function, n, "gradient")
