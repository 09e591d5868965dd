"""Parameters that may be left out: what they are is known from the examples, and asserted."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np
import pytest

import s2sgrad
from s2sgrad.numeric import richardson_directional
from s2sgrad.transform import derived
from tests.optional_programs import RIGHT, Arm, made_if_none


@pytest.mark.parametrize("simplified", [False, True])
@pytest.mark.parametrize("case", RIGHT, ids=lambda case: f"{case[0].__name__}-{len(case)}")
def test_agrees_with_differences(case: tuple[Any, ...], simplified: bool) -> None:
    function, first, *others = case

    def moved(t: float) -> float:
        return float(function(*copy.deepcopy((first + t, *others))))

    expected = richardson_directional(moved, (0.0,), (1.0,))[0]
    given = (first, *others)
    kept = str(given)
    gradient, _ = derived(function, 0, like=given, simplified=simplified)
    assert np.sum(gradient(*given)) == pytest.approx(expected, rel=1e-8)
    tangent, _ = derived(function, 0, like=given, form="tangent", simplified=simplified)
    along = {f"d_{function.__code__.co_varnames[0]}": np.ones_like(first)[()]}
    assert np.sum(tangent(*given, **along)[1]) == pytest.approx(expected, rel=1e-8)
    assert str(given) == kept


def test_each_call_has_its_own_text() -> None:
    gradient = s2sgrad.grad(made_if_none)
    unit, other = gradient(0.3, 0.5), gradient(0.3, 0.5, Arm(0.7))
    assert unit != other
    assert gradient(0.3, 0.5, None) == unit
    assert gradient(0.3, 0.5, arm=Arm(0.7)) == other


def test_a_text_says_what_it_was_made_for() -> None:
    without = s2sgrad.transform(made_if_none, 0, like=(0.3, 0.5))
    assert "arm=None, d_out=1.0)" in without.source
    with pytest.raises(AssertionError):
        without(0.3, 0.5, Arm(0.7))
    with_one = s2sgrad.transform(made_if_none, "arm", like=(0.3, 0.5, Arm(0.7)))
    assert isinstance(with_one(0.3, 0.5, Arm(0.7)), Arm)
    with pytest.raises(AssertionError):
        with_one(0.3, 0.5)
