"""What is augmented, then has items assigned: `y *= v`, `y[...] = w`, where nothing is told of y."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from s2sgrad.errors import TransformError
from s2sgrad.numeric import central_difference
from s2sgrad.transform import derived

_GIVEN = {
    "no axes": (np.array(0.7), np.array(1.3)),
    "one axis": (np.array([0.6, -1.3, 0.9]), np.array([-0.4, 0.8, 1.7])),
    "a row": (np.array([[0.6, -1.3]]), np.array([0.4])),
}


def in_a_loop(y, v):
    for k in range(3):
        y *= v
        y[...] = y * 2.0 + k
    return np.sum(y * v)


def in_a_while_loop(y, v):
    k = 0
    while k < 2:
        y *= v
        y[()] = y * y
        k += 1
    return np.sum(y * v)


def in_a_branch(y, v, c=1):
    if c > 0:
        y *= v
        y[y > 0.0] *= 2.0
    return np.sum(y * v)


def before_a_branch(y, v, c=1):
    y -= v
    if c > 0:
        y.fill(2.0)
    return np.sum(y * v)


def under_another_name(y, v):
    z = y
    z += v
    z += v
    z[...] = z * v
    return np.sum(z * v)


def by_an_index(y, v):
    for k in range(2):
        y += v * k
        y[0] = v[0] * y[0]
    return np.sum(y * v)


def computed_before(y, v):
    z = np.atleast_1d(y * v)
    z = z * 2.0
    for _ in range(2):
        z += v
        z[0] = v.sum()
    return np.sum(z * y)


FUNCTIONS = (
    in_a_loop,
    in_a_while_loop,
    in_a_branch,
    before_a_branch,
    under_another_name,
    by_an_index,
    computed_before,
)


@pytest.mark.parametrize("given", _GIVEN)
@pytest.mark.parametrize("function", FUNCTIONS)
def test_derivatives(function: Callable[..., Any], given: str) -> None:
    if function is by_an_index and given == "no axes":
        return  # which the function itself doesn't take
    args = _GIVEN[given]

    def value(*args: Any) -> Any:
        return function(*map(np.array, args))

    expected = [central_difference(value, *args, wrt=k) for k in range(2)]
    for simplified in False, True:
        gradient, _ = derived(function, ("y", "v"), simplified=simplified)
        tangent, _ = derived(function, ("y", "v"), form="tangent", simplified=simplified)
        before = [arg.copy() for arg in args]
        for found, numeric in zip(gradient(*args), expected, strict=True):
            np.testing.assert_allclose(found, numeric, rtol=1e-6)
            assert np.shape(found) == np.shape(numeric)
        ones = [np.ones(arg.shape) for arg in args]
        total, along = tangent(*args, **dict(zip(("d_y", "d_v"), ones, strict=True)))
        np.testing.assert_allclose(total, value(*args))
        np.testing.assert_allclose(along, sum(map(np.sum, expected)), rtol=1e-6)
        np.testing.assert_equal(list(args), before)


def two_names_of_a_product(y):
    z = np.array(y) * 2.0
    w = z
    z += 1.0
    return np.sum(w * z)


def doubled(y, v):
    return np.asarray(y * v) * 2.0


def two_names_of_what_a_helper_gives(y):
    z = doubled(y, y)
    w = z
    z *= w
    return np.sum(w * z)


def two_names_of_a_transposed_product(y):
    z = np.array(y).T * 2.0
    w = z
    z += 1.0
    return np.sum(w * z)


def two_names_of_what_is_filled(y):
    z = np.full(np.shape(y), 2.0) * y
    w = z
    z += 1.0
    return np.sum(w * z)


def two_names_of_what_is_flipped(y):
    z = np.flip(np.array(y))
    w = z
    z += 1.0
    return np.sum(w * z)


@pytest.mark.parametrize(
    "function",
    [
        two_names_of_a_product,
        two_names_of_what_a_helper_gives,
        two_names_of_a_transposed_product,
        two_names_of_what_is_filled,
        two_names_of_what_is_flipped,
    ],
)
def test_numpy_makes_numbers_of_arrays_without_axes(function: Callable[..., Any]) -> None:
    """`np.array(y) * 2.0` is one where y is a number: then `z += 1.0` leaves w as it is."""
    with pytest.raises(TransformError, match="if z is an array, and only then"):
        derived(function, "y")
    for y in (0.7, np.array([0.6, -1.3, 0.9])):
        gradient, _ = derived(function, "y", like=(y,))
        expected = central_difference(lambda y: function(np.array(y)), y)
        np.testing.assert_allclose(gradient(y), expected, rtol=1e-6)
