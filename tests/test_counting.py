"""Attributes of functions and objects from outside that helpers write: right, with the same effects, or refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import s2sgrad
from s2sgrad.errors import TransformError
from s2sgrad.numeric import richardson_directional
from s2sgrad.transform import derived
from tests.counting_programs import COUNTED, LAST, REFUSED, RIGHT, counted


def _begin() -> None:
    for each in COUNTED:
        each.calls = 0
    counted.last, LAST.last = 0.0, 1.0


def _state() -> list[Any]:
    return [*(each.calls for each in COUNTED), counted.last, LAST.last]


def _name(case: tuple[Any, ...]) -> str:
    return "-".join([case[0].__name__, *map(str, case[2:])])


@pytest.mark.parametrize("case", RIGHT, ids=_name)
@pytest.mark.parametrize("simplified", [False, True])
def test_agrees_with_differences(case: tuple[Any, ...], simplified: bool) -> None:
    function, first, *others = case

    def moved(t: float) -> float:
        _begin()
        return float(function(first + t, *others))

    expected = richardson_directional(moved, (0.0,), (1.0,))[0]
    moved(0.0)
    state = _state()
    for like in (None, (first, *others)):
        for form in ("gradient", "tangent"):
            made, _ = derived(function, 0, like=like, form=form, simplified=simplified)
            along = () if form == "gradient" else (np.ones_like(first)[()],)
            _begin()
            found = made(first, *others, *along)
            assert np.sum(found if form == "gradient" else found[1]) == pytest.approx(expected)
            assert _state() == state


@pytest.mark.parametrize("case", REFUSED, ids=_name)
@pytest.mark.parametrize("form", ["gradient", "tangent"])
def test_what_is_not_known_is_refused(case: tuple[Any, ...], form: str) -> None:
    function, *args = case
    for like in (None, tuple(args)):
        with pytest.raises(TransformError):
            s2sgrad.transform(function, like=like, form=form)
