"""What was changed since in a way that isn't put back: the gradient is refused where it needs what was there."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import s2sgrad
from s2sgrad.errors import TransformError
from tests.lasting_change_programs import (
    REFUSED_BACKWARD,
    STATE,
    X,
    changed_by_the_function_that_reads_it,
    changed_by_the_function_that_reads_it_in_a_loop,
    row_of_a_given_dict_is_shuffled,
)
from tests.right_or_refused import name_of
from tests.shared_items_programs import used_in_branches


@pytest.mark.parametrize("case", REFUSED_BACKWARD, ids=name_of)
def test_what_was_changed_since_is_refused(case: tuple[Any, ...]) -> None:
    function, *args = case
    for like in (None, tuple(args)):
        with pytest.raises(TransformError, match="whose earlier contents the derivative needs"):
            s2sgrad.transform(function, 0, like=like)


@pytest.mark.parametrize("case", REFUSED_BACKWARD, ids=name_of)
def test_the_tangent_needs_nothing_of_before(case: tuple[Any, ...]) -> None:
    function, x, *others = case
    step = np.array([0.2, -0.5, 0.7, 0.4])
    tangent = s2sgrad.transform(function, 0, like=(x, *others), form="tangent")
    _, speed = tangent(x, *others, step)
    h = 1e-5
    expected = (function(x + h * step, *others) - function(x - h * step, *others)) / (2 * h)
    np.testing.assert_allclose(speed, expected, rtol=1e-7, atol=1e-9)


def test_what_a_function_reads_before_it_changes_it() -> None:
    gradient = s2sgrad.transform(changed_by_the_function_that_reads_it, 0)
    STATE[0] = 1.5
    np.testing.assert_allclose(gradient(X), [3.0 * X[0] * X[1], 1.5 * X[0] ** 2, 0.0, 0.0])


def test_what_a_function_changes_before_it_reads_it_again_is_refused() -> None:
    with pytest.raises(TransformError, match="read_and_counted may change what"):
        s2sgrad.transform(changed_by_the_function_that_reads_it_in_a_loop, 0)


def test_a_dict_that_leads_to_what_is_changed_is_as_it_was() -> None:
    def value(x: np.ndarray) -> float:
        return row_of_a_given_dict_is_shuffled(x, {"p": [0, 3, 1, 2, 2, 1]}, "p")

    steps = 1e-6 * np.eye(4)
    expected = [(value(X + e) - value(X - e)) / 2e-6 for e in steps]
    gradient = s2sgrad.transform(row_of_a_given_dict_is_shuffled, "x")
    found = gradient(X.copy(), {"p": [0, 3, 1, 2, 2, 1]}, "p")
    np.testing.assert_allclose(found, expected, rtol=1e-7, atol=1e-9)
    with pytest.raises(TransformError, match="writes into the argument rows_p"):
        s2sgrad.transform(row_of_a_given_dict_is_shuffled, "x", like=(X, {"p": [0, 3, 1]}, "p"))


def test_a_list_outside_under_two_names_is_refused() -> None:
    for like in (None, (X, 2)):
        with pytest.raises(TransformError, match="a list of the module under another name"):
            s2sgrad.transform(used_in_branches, 0, like=like)
