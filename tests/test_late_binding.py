"""What the variables hold that a function inside reads when it is called: right, or refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import s2sgrad
from s2sgrad.errors import TransformError
from tests.late_binding_programs import REFUSED, RIGHT, X, default_that_carries_nothing


@pytest.mark.parametrize("function", RIGHT, ids=lambda f: f.__name__)
def test_agrees_with_differences(function: Any) -> None:
    s2sgrad.check_grads(function, (X,))
    value, gradient = s2sgrad.value_and_grad(function)(X)
    np.testing.assert_allclose(value, function(X))
    np.testing.assert_allclose(gradient, s2sgrad.transform(function)(X))


@pytest.mark.parametrize("function", REFUSED, ids=lambda f: f.__name__)
@pytest.mark.parametrize("form", ["gradient", "tangent"])
def test_what_is_not_known_is_refused(function: Any, form: str) -> None:
    for like in (None, (X,)):
        with pytest.raises(TransformError):
            s2sgrad.transform(function, like=like, form=form)


def test_a_function_inside_keeps_the_names_of_its_own() -> None:
    source = s2sgrad.transform(default_that_carries_nothing, like=(X,)).source
    assert "return v * n\n" in source
