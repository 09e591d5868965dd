"""Lists and tuples of objects: each is differentiated right, or refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import s2sgrad
from s2sgrad.errors import TransformError
from s2sgrad.transform import derived
from tests.object_lists import FUNCTIONS, f11

INPUTS = [(0.7, 0), (1.3, 1), (0.6, 2), (0.8, 5)]
REFUSED = {
    f"f{k}"
    for k in (
        1,
        3,
        4,
        5,
        8,
        9,
        13,
        25,
        26,
        33,
        34,
        35,
        36,
        37,
        39,
        40,
        41,
        42,
        45,
        46,
        49,
        50,
        51,
        52,
        56,
        57,
        58,
        60,
        61,
        63,
    )
}


@pytest.mark.parametrize("form", ["gradient", "tangent"])
@pytest.mark.parametrize("simplified", [False, True])
@pytest.mark.parametrize("function", FUNCTIONS)
def test_right_or_refused(function: Callable[..., Any], form: str, simplified: bool) -> None:
    try:
        found, _ = derived(function, 0, form=form, simplified=simplified)
    except TransformError:
        assert function.__name__ in REFUSED
        return
    for args in INPUTS:
        try:
            expected = s2sgrad.central_difference(function, *args)
        except (IndexError, ValueError):  # it has no value for an empty list
            continue
        for _ in range(2):
            got = found(*args) if form == "gradient" else found(*args, 1.0)[1]
            np.testing.assert_allclose(got, expected, rtol=1e-6, atol=1e-8)


def test_by_a_list() -> None:
    found = s2sgrad.transform(f11, like=([0.5, -1.2], 0.7))
    for w in ([0.5, -1.2], [], [0.3]):
        d_w, d_x = found(w, 0.7)
        h = 1e-6
        for k in range(len(w)):
            up, down = list(w), list(w)
            up[k] += h
            down[k] -= h
            assert d_w[k] == pytest.approx((f11(up, 0.7) - f11(down, 0.7)) / (2 * h), rel=1e-6)
        assert d_x == pytest.approx((f11(w, 0.7 + h) - f11(w, 0.7 - h)) / (2 * h), rel=1e-6)


def test_a_list_for_each_part() -> None:
    """The text is what one would write without the class."""
    text = s2sgrad.transform(FUNCTIONS[1]).source  # type: ignore[attr-defined]
    assert "ps_a.append(x * i)" in text
    assert "ps_b = 1.0" in text
