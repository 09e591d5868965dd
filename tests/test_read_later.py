"""What names are given stays what it was, also where they get other values in loops that are written trip by trip."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import s2sgrad
from s2sgrad.errors import TransformError
from s2sgrad.transform import derived
from tests.read_later_programs import GIVEN, RIGHT, RIGHT_OR_REFUSED, Layer

COUNTS = (0, 1, 3)


@pytest.mark.parametrize("simplified", [False, True])
@pytest.mark.parametrize("function", RIGHT)
def test_right(function: Callable[..., Any], simplified: bool) -> None:
    gradient, _ = derived(function, 0, simplified=simplified)
    tangent, _ = derived(function, 0, form="tangent", simplified=simplified)
    for n in COUNTS:
        expected = s2sgrad.central_difference(function, 1.3, n)
        np.testing.assert_allclose(gradient(1.3, n), expected, rtol=1e-6)
        value, along = tangent(1.3, n, 1.0)
        np.testing.assert_allclose(value, function(1.3, n))
        np.testing.assert_allclose(along, expected, rtol=1e-6)


@pytest.mark.parametrize("simplified", [False, True])
@pytest.mark.parametrize("function", [*GIVEN, *RIGHT_OR_REFUSED])
def test_of_what_is_given(function: Callable[..., Any], simplified: bool) -> None:
    """The derivative by what is given in parts, which gets another value."""
    layer = function in GIVEN[:2]

    def made(w: float, b: float) -> Any:
        return Layer(w, b) if layer else {"w": w, "b": b}

    try:
        gradient, _ = derived(function, 0, like=(made(1.2, 0.4), 3), simplified=simplified)
    except TransformError:
        assert function in RIGHT_OR_REFUSED
        return
    for n in COUNTS:
        found = gradient(made(1.2, 0.4), n)
        parts = (found.w, found.b) if layer else (found["w"], found["b"])
        for at, part in enumerate(parts):
            expected = s2sgrad.central_difference(
                lambda v, at=at, n=n: function(made(*((v, 0.4) if at == 0 else (1.2, v))), n),
                (1.2, 0.4)[at],
            )
            np.testing.assert_allclose(part, expected, rtol=1e-6, atol=1e-9)
