"""Programs that change lists under several names are differentiated right, or refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import s2sgrad
from s2sgrad.errors import TransformError
from s2sgrad.numeric import richardson_directional
from s2sgrad.question import QuestionError
from s2sgrad.transform import derived
from tests.list_programs import FUNCTIONS, INPUTS
from tests.structures import moved, product, random_like

REFUSED = {
    "arrays_inserted_and_changed",
    "arrays_reversed_and_changed",
    "chosen_in_each_trip",
    "extended_by_itself",
    "list_of_an_array",
    "parts_moved_about",
    "reversed_when_handed_on",
    "table_by_elements",
    "table_of_zeros",
}


def _difference(
    function: Callable[..., Any], args: tuple[Any, ...], along: Any, seed: Any
) -> float:
    def weighted(t: float) -> float:
        return product(seed, function(moved(args[0], along, t), *args[1:]), seed)

    return float(richardson_directional(weighted, (0.0,), (1.0,))[0])


def _example(function: Callable[..., Any]) -> tuple[Any, ...]:
    return next(case[1:] for case in INPUTS if case[0] is function)


@pytest.mark.parametrize("form", ["gradient", "tangent"])
@pytest.mark.parametrize("told", [False, True])
@pytest.mark.parametrize("simplified", [False, True])
@pytest.mark.parametrize("function", FUNCTIONS)
def test_right_or_refused(
    function: Callable[..., Any], told: bool, form: str, simplified: bool
) -> None:
    like = _example(function) if told else None
    try:
        found, _ = derived(function, 0, form=form, simplified=simplified, like=like)
    except TransformError:
        return
    rng = np.random.default_rng(7)
    for args in (case[1:] for case in INPUTS if case[0] is function):
        result = function(*args)
        along, seed = random_like(args[0], rng), random_like(result, rng)
        expected = _difference(function, args, along, seed)
        if form == "gradient":
            given = found(*args, seed)
            np.testing.assert_allclose(found(*args, seed), given)
            value = product(along, given, along)
        else:
            out, tangent = found(*args, along)
            np.testing.assert_allclose(out, result)
            value = product(seed, tangent, seed)
        np.testing.assert_allclose(value, expected, rtol=1e-6, atol=1e-9)


def test_what_is_refused_may_only_become_less() -> None:
    refused = set()
    for function in FUNCTIONS:
        for form in ("gradient", "tangent"):
            try:
                derived(function, 0, form=form, like=_example(function))
            except TransformError:
                refused.add(function.__name__)
    assert refused <= REFUSED


@pytest.mark.parametrize(
    "function",
    [f for f in FUNCTIONS if f.__annotations__.get("x") and f.__name__ != "returned_list"],
)
def test_second_derivatives_are_right_or_refused(function: Callable[..., Any]) -> None:
    try:
        first, _ = derived(function, 0)
        second, _ = derived(first, 0)
    except (TransformError, QuestionError):
        return
    for args in (case[1:] for case in INPUTS if case[0] is function):
        expected = s2sgrad.central_difference(first, *args)
        np.testing.assert_allclose(second(*args), expected, rtol=1e-5, atol=1e-8)
