"""`np.where` computes both of its values: where one isn't taken, its derivative is 0, whatever was computed there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import s2sgrad
from s2sgrad.transform import derived

X = np.array([0.0, 1.0, -2.0, 3.0])
POSITIVE = X > 0
SAFE = np.where(POSITIVE, X, 1.0)


def x_log_x(x: np.ndarray):
    return np.where(x > 0, x * np.log(x), 0)


def root(x: np.ndarray):
    return np.where(x <= 0, 0.0, np.sqrt(x)) * 2


def reciprocal(x: np.ndarray):
    safe = x != 0
    return np.where(safe, 1 / x, 0.0) * x**2


def sinc(x: np.ndarray):
    return np.where(x == 0, 1.0, np.sin(x) / x)


def logistic(x: np.ndarray):
    return np.where(x >= 0, 1 / (1 + np.exp(-x)), np.exp(x) / (1 + np.exp(x)))


def nested(x: np.ndarray):
    return np.where(x > 2, np.log(x), np.where(x > 0, np.sqrt(x), x * x))


def in_a_loop(x: np.ndarray):
    s = x * 0
    for k in range(3):
        positive = x > 0
        s = s + np.where(positive, np.sqrt(x) * k, 0)
        positive = x > 5
    return s


def by_rows(x: np.ndarray):
    A = np.stack([x, 2 * x])
    return np.where(A[:, 1:2] > 1.5, 1 / A, A)[1]


def read_elsewhere(x: np.ndarray):
    u = np.sqrt(x * x + 1)
    return np.where(x > 0, u, 0) + u


def written_condition(x: np.ndarray):
    positive = x > 0
    y = np.where(positive, 3 * x * x, 0)
    positive[:] = False
    return y + np.where(positive, x, 0)


CASES: list[tuple[Callable[..., Any], np.ndarray, np.ndarray]] = [
    (x_log_x, X, np.where(POSITIVE, np.log(SAFE) + 1, 0)),
    (root, X, np.where(POSITIVE, 1 / np.sqrt(SAFE), 0)),
    (reciprocal, X, np.where(X != 0, 1.0, 0)),
    (sinc, X, np.where(X == 0, 0, (X * np.cos(X) - np.sin(X)) / np.where(X == 0, 1, X) ** 2)),
    (
        logistic,
        np.array([-800.0, 800.0, 0.3]),
        np.array([0, 0, np.exp(0.3) / (1 + np.exp(0.3)) ** 2]),
    ),
    (nested, X, np.array([0, 0.5, -4, 1 / 3])),
    (in_a_loop, X, np.where(POSITIVE, 1.5 / np.sqrt(SAFE), 0)),
    (by_rows, X + 1, -1 / (2 * np.array([1.0, 2, -1, 4]) ** 2)),
    (read_elsewhere, X, (1 + POSITIVE) * X / np.sqrt(X * X + 1)),
    (written_condition, X, np.where(POSITIVE, 6 * X, 0)),
]


@pytest.mark.parametrize("simplified", [False, True])
@pytest.mark.parametrize("form", ["gradient", "tangent"])
@pytest.mark.parametrize(("function", "x", "slope"), CASES, ids=[f.__name__ for f, _, _ in CASES])
def test_slope(function, x: np.ndarray, slope: np.ndarray, form: str, *, simplified: bool) -> None:
    weights = np.array([0.7, -1.3, 0.4, 2.1])[: len(x)]
    made, _ = derived(function, like=(x,), form=form, simplified=simplified)
    given = {"d_out": weights} if form == "gradient" else {"d_x": weights}
    with np.errstate(all="ignore"):
        found = made(x, **given)
    found = found if form == "gradient" else found[1]
    assert np.allclose(found, weights * slope, rtol=1e-12, atol=1e-12)


def test_text() -> None:
    """The choice is made once, for what comes of both values together."""
    text = s2sgrad.transform(x_log_x, like=(X,)).source
    assert "np.where(x > 0, x * d_out / x + np.log(x) * d_out, 0)" in text


def test_second_derivative() -> None:
    first = s2sgrad.transform(nested, like=(X,))
    second = s2sgrad.transform(first, "x", like=(X, np.ones(4)))
    with np.errstate(all="ignore"):
        found = second(X, np.ones(4), np.ones(4))
    assert np.allclose(found, [2, -0.25, 2, -1 / 9])
