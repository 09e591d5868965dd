"""A text that was made for examples asserts that arguments are such things as these, where it relies on it."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from s2sgrad import transform
from tests.differentiating import check_gradient
from tests.zoo import Case

X = np.array([0.3, 1.2, -0.7, 0.9])
TWICE = np.array([0, 0, 1])


def applied(x, act):
    return act(x) * x


def applied_to_a_number(x, act):
    return act(x) * x


def from_a_dict(x, config):
    return config["act"](x)


def square(v):
    return v * v


def cube(v):
    return v**3


def chosen(x, m):
    return x[m] ** 2


def stored(x, k, s):
    z = x.copy()
    z[k] += s
    z[k] *= 2
    return z.sum()


def item_before(x, k):
    return x[k - 1]


def computed_index(x, i, j):
    k = i + j
    return x[k] * item_before(x, j)


def joined(xs, ys):
    return sum((xs + ys)[1:])


def of_a_dtype(x, dtype):
    z = np.zeros(4, dtype=dtype)
    z[0] = x[0]
    return z


@pytest.mark.parametrize(
    ("function", "wrt", "example", "other"),
    [
        (applied, "x", (X, np.tanh), (X, np.sin)),
        (applied, "x", (X, square), (X, cube)),
        (applied_to_a_number, "x", (0.7, math.sin), (0.7, math.cos)),
        (from_a_dict, "x", (X, {"act": np.tanh}), (X, {"act": np.sin})),
        (chosen, "x", (X, X > 0), (X, TWICE)),
        (chosen, "x", (X, 2), (X, TWICE)),
        (stored, "s", (X, X > 0, 0.5), (X, TWICE, 0.5)),
        (stored, "s", (X, 2, 0.5), (X, TWICE, 0.5)),
        (computed_index, "x", (X, 1, 1), (X, TWICE, 1)),
        (computed_index, "x", (X, 1, 1), (X, 1, TWICE)),
        (joined, ("xs", "ys"), ([0.1, 0.2], [0.3]), (X, X)),
        (of_a_dtype, "x", (X, float), (X, int)),
        (of_a_dtype, "x", (X, np.float64), (X, int)),
    ],
)
def test_other_things(
    function: Any, wrt: str | tuple[str, ...], example: tuple[Any, ...], other: tuple[Any, ...]
) -> None:
    names = (wrt,) if isinstance(wrt, str) else wrt
    gradient = transform(function, wrt=names, like=example)
    check_gradient(Case(function, (example,), wrt=names), example, gradient)
    with pytest.raises(AssertionError):
        gradient(*other, np.ones(np.shape(function(*other))))


def test_functions_without_a_name() -> None:
    gradient: Any = transform(applied, wrt="x", like=(X, lambda v: v * v))
    assert "act must be that of the example." in gradient.source
