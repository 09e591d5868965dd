"""Lists of objects, and dicts: each program is differentiated right, or refused."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import s2sgrad
from s2sgrad.errors import TransformError
from s2sgrad.transform import derived
from tests import dict_programs
from tests.object_lists import FUNCTIONS, REFUSED, f11

INPUTS = [(0.7, 0), (1.3, 1), (0.6, 2), (0.8, 5)]


@pytest.mark.parametrize("form", ["gradient", "tangent"])
@pytest.mark.parametrize("simplified", [False, True])
@pytest.mark.parametrize("function", FUNCTIONS)
def test_right_or_refused(function: Callable[..., Any], form: str, simplified: bool) -> None:
    check(function, form, simplified, REFUSED)


def check(function: Callable[..., Any], form: str, simplified: bool, refused: set[str]) -> None:
    try:
        found, _ = derived(function, 0, form=form, simplified=simplified)
    except TransformError:
        assert function.__name__ in refused
        return
    for args in INPUTS:
        try:
            expected = s2sgrad.central_difference(function, *args)
        except (IndexError, ValueError):  # it has no value for an empty list
            continue
        for _ in range(2):
            got = found(*args) if form == "gradient" else found(*args, 1.0)[1]
            np.testing.assert_allclose(got, expected, rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize("form", ["gradient", "tangent"])
@pytest.mark.parametrize("simplified", [False, True])
@pytest.mark.parametrize("function", dict_programs.FUNCTIONS)
def test_dicts_right_or_refused(function: Callable[..., Any], form: str, simplified: bool) -> None:
    check(function, form, simplified, dict_programs.REFUSED)


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


def replaced(x: float, y: float) -> float:
    values = [x, y]
    values[0] = y * 3
    return math.hypot(*values)


def replaced_under_another_name(x: float, y: float) -> float:
    values = [x, y]
    others = [values, values]
    others[1][0] = y * 3
    return math.hypot(*values)


def made_in_a_branch(x: float, y: float) -> float:
    total = 0.0
    for k in range(3):
        a = x * (k + 1)
        if k == 0:
            pair = (a, y)
        total += math.hypot(*pair)
    return total


class Inner:
    def __init__(self, a: float) -> None:
        self.a = a


class Outer:
    def __init__(self, inner: Inner) -> None:
        self.inner = inner


def stored_and_written(x: float, y: float) -> float:
    outer, other = Outer(Inner(x)), Inner(x * x)
    for _ in range(2):
        outer.inner = other
        outer.inner.a = x * 3
    return other.a * outer.inner.a * y


def written_and_stored(x: float, y: float) -> float:
    outer, other = Outer(Inner(x)), Inner(x * x)
    for _ in range(2):
        outer.inner.a = x * 3
        outer.inner = other
    return other.a * outer.inner.a * y


@pytest.mark.parametrize(
    "function",
    [
        replaced,
        replaced_under_another_name,
        made_in_a_branch,
        stored_and_written,
        written_and_stored,
    ],
)
def test_items_and_parts_are_those_of_now(function: Callable[..., Any]) -> None:
    """`*values` gave what the list was made with, and a stored object was a copy."""
    expected = [s2sgrad.central_difference(lambda t: function(t, 0.8), 1.7)]
    expected.append(s2sgrad.central_difference(lambda t: function(1.7, t), 0.8))
    try:
        found = s2sgrad.transform(function, wrt=("x", "y"))
    except TransformError:
        return
    np.testing.assert_allclose(found(1.7, 0.8), expected, rtol=1e-6)
