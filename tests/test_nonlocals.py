"""Names that functions inside bind: right in every case, or refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import s2sgrad
from s2sgrad.errors import TransformError
from tests.nonlocal_programs import REFUSED, RIGHT, X


@pytest.mark.parametrize("x", [X, X[::-1].copy()], ids=str)
@pytest.mark.parametrize("function", RIGHT, ids=lambda f: f.__name__)
def test_agrees_with_differences(function: Any, x: np.ndarray) -> None:
    s2sgrad.check_grads(function, (x,))
    value, _ = s2sgrad.value_and_grad(function)(x)
    np.testing.assert_allclose(value, function(x))


@pytest.mark.parametrize("function", REFUSED, ids=lambda f: f.__name__)
def test_what_is_not_followed_is_refused(function: Any) -> None:
    with pytest.raises(TransformError):
        s2sgrad.transform(function, like=(X,))
    with pytest.raises(TransformError):
        s2sgrad.transform(function)
