"""Loops over generators: right in every case, or refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import s2sgrad
from s2sgrad.errors import TransformError
from tests import generators_abreast as abreast
from tests.generator_programs import (
    REFUSED,
    RIGHT,
    X,
    in_a_list,
    said_to_be_a_number,
    sees_what_is_written,
    several_beside,
    several_yields,
    used_up,
)

ARRAYS = (
    sees_what_is_written,
    in_a_list,
    used_up,
    several_beside,
    said_to_be_a_number,
    several_yields,
)
"""What has to be told that its arguments are arrays."""


@pytest.mark.parametrize(("function", "inputs"), RIGHT, ids=lambda f: getattr(f, "__name__", ""))
def test_agrees_with_differences(function: Any, inputs: list[tuple[Any, ...]]) -> None:
    for args in inputs:
        s2sgrad.check_grads(function, args)
        value, gradient = s2sgrad.value_and_grad(function)(*args)
        np.testing.assert_allclose(value, function(*args))
        if function not in ARRAYS:
            np.testing.assert_allclose(gradient, s2sgrad.transform(function)(*args))


@pytest.mark.parametrize("function", REFUSED, ids=lambda f: f.__name__)
def test_what_is_not_written_out_is_refused(function: Any) -> None:
    with pytest.raises(TransformError):
        s2sgrad.transform(function, like=(X,))


@pytest.mark.parametrize(
    ("function", "inputs"), abreast.RIGHT, ids=lambda f: getattr(f, "__name__", "")
)
def test_generators_that_go_on_together(function: Any, inputs: list[tuple[Any, ...]]) -> None:
    for args in inputs:
        kept = args[0].copy()
        s2sgrad.check_grads(function, args)
        value, gradient = s2sgrad.value_and_grad(function)(*args)
        np.testing.assert_allclose(value, function(*args))
        text = s2sgrad.transform(function, like=args)
        np.testing.assert_allclose(gradient, text(*args))
        assert "a_number" not in text.source
        np.testing.assert_array_equal(args[0], kept)


@pytest.mark.parametrize("function", abreast.REFUSED, ids=lambda f: f.__name__)
def test_what_would_see_that_they_do_is_refused(function: Any) -> None:
    with pytest.raises(TransformError):
        s2sgrad.transform(function, like=(abreast.X,))


def beyond(u, w):
    async def later():
        return w

    u[0] = 5.0
    return later


def calls_what_is_not_accepted(x: np.ndarray, y: np.ndarray, s: float):
    beyond(y, 2.0)
    return np.sum(x) * s


def test_what_may_write_into_arguments_is_not_just_called() -> None:
    """Nobody differentiates by y, but the derivative would leave it changed."""
    with pytest.raises(TransformError, match="beyond can't be differentiated"):
        s2sgrad.transform(calls_what_is_not_accepted, "s", like=(X, X, 1.0))
