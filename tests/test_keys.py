"""`max`, `min` and `sorted` with a key: right in every case, or refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import s2sgrad
from s2sgrad.errors import TransformError
from tests.key_programs import REFUSED, RIGHT, X


@pytest.mark.parametrize("x", [X, -X[::-1], np.array([1.2, 0.3, 1.1])], ids=str)
@pytest.mark.parametrize("function", RIGHT, ids=lambda f: f.__name__)
def test_agrees_with_differences(function: Any, x: np.ndarray) -> None:
    s2sgrad.check_grads(function, (x,))
    value, gradient = s2sgrad.value_and_grad(function)(x)
    assert value == function(x)
    np.testing.assert_allclose(gradient, s2sgrad.transform(function)(x))


@pytest.mark.parametrize(("function", "args"), REFUSED, ids=lambda f: getattr(f, "__name__", ""))
def test_what_is_not_written_out_is_refused(function: Any, args: tuple[Any, ...]) -> None:
    with pytest.raises(TransformError, match="keyword 'key'"):
        s2sgrad.transform(function, like=args)
