"""What was changed since in a way that isn't put back: the gradient is refused where it needs what was there."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import s2sgrad
from s2sgrad.errors import TransformError
from tests.lasting_change_programs import REFUSED_BACKWARD
from tests.right_or_refused import name_of


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
