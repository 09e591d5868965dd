"""Derivatives that are right however they are asked for: both forms, simplified or not, by example or not."""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest

import s2sgrad
from s2sgrad.errors import TransformError
from s2sgrad.transform import derived
from tests.right_or_refused import check_right

__all__ = ["check_every_way", "check_refused_saying"]


def check_every_way(
    function: Callable[..., Any], inputs: Sequence[tuple[Any, ...]], *, bare: bool = True
) -> None:
    """Compare the derivatives by an array, the first argument, with differences at all inputs.

    bare: the function is differentiated without examples, too.
    """
    check_right((function, *inputs[0]))
    likes = (inputs[0], None) if bare else (inputs[0],)
    ways = [(like, simplified) for like in likes for simplified in (True, False)]
    made = [
        [derived(function, 0, like=like, form=form, simplified=simplified)[0] for form in _FORMS]
        for like, simplified in ways
    ]
    rng = np.random.default_rng(len(function.__name__))
    for x, *others in inputs:
        along = rng.normal(size=x.shape)
        expected = s2sgrad.central_difference(_line(function, x, along, others), 0.0)
        value = function(x.copy(), *copy.deepcopy(others))
        for gradient, tangent in made:
            given = x.copy()
            found = gradient(given, *copy.deepcopy(others))
            np.testing.assert_allclose(np.sum(found * along), expected, rtol=1e-6, atol=1e-8)
            told, moved = tangent(given, *copy.deepcopy(others), along)
            np.testing.assert_allclose(told, value)
            np.testing.assert_allclose(moved, expected, rtol=1e-6, atol=1e-8)
            np.testing.assert_array_equal(given, x)


_FORMS = ("gradient", "tangent")


def _line(
    function: Callable[..., Any], x: np.ndarray, along: np.ndarray, others: list[Any]
) -> Callable[[float], float]:
    """A function along a line through x."""
    return lambda t: function(x + t * along, *copy.deepcopy(others))


def check_refused_saying(function: Callable[..., Any], args: tuple[Any, ...], message: str) -> None:
    """Fail where a program isn't refused with a message, in both forms, with examples and without."""
    for form in _FORMS:
        for like in (args, None):
            with pytest.raises(TransformError, match=message):
                s2sgrad.transform(function, 0, like=like, form=form)
