"""Context managers of the user's: right in every case, or refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import s2sgrad
from s2sgrad.errors import TransformError
from tests.fuzz.program import written_down
from tests.fuzz.verdicts import checked
from tests.manager_programs import REFUSED, RIGHT, X

_GIVEN = """
class Scaled:
    def __init__(self, w, b):
        self.w = w
        self.b = b * 0.5
    def __enter__(self):
        self.b *= 0.5
        self.w[0] *= self.b
        return self
    def __exit__(self, *told):
        self.b += 2.0

class Twice(Scaled):
    def __enter__(self):
        self.b *= 3.0
        return self

"""
_IN_BLOCKS = """
def f(x: np.ndarray, s: float, O: Scaled, n: int):
    for k in range(n):
        with O as inner:
            s = s * inner.b + x[k]
            if s > 100.0:
                break
            x[k] *= O.b
    return s * O.w, O.b, x
"""
_CAPTURED = """
def f(x: np.ndarray, s: float, O: Scaled, n: int):
    def scaled(v):
        with O:
            return v * O.b
    return scaled(x) * scaled(s), O.w * s
"""
_NAMED_ANEW = """
def f(x: np.ndarray, s: float, O: Scaled, n: int):
    if n > 5:
        O = Twice(x, s)
    with O:
        return x * O.b * s
"""
_OBJECTS = ("Scaled(np.array([1.3, 0.4]), 1.7)", "Twice(np.array([1.3, 0.4]), 1.7)")


@pytest.mark.parametrize("x", [X, X * 2, X[::-1].copy()], ids=str)
@pytest.mark.parametrize("function", RIGHT, ids=lambda f: f.__name__)
def test_agrees_with_differences(function: Any, x: np.ndarray) -> None:
    before = np.geterr()
    s2sgrad.check_grads(function, (x,))
    value, _ = s2sgrad.value_and_grad(function)(x)
    np.testing.assert_allclose(value, function(x))
    assert np.geterr() == before


@pytest.mark.parametrize("function", REFUSED, ids=lambda f: f.__name__)
def test_what_is_not_written_out_is_refused(function: Any) -> None:
    with pytest.raises(TransformError, match="this with statement is not supported"):
        s2sgrad.transform(function, like=(X,))


@pytest.mark.parametrize("given", _OBJECTS)
@pytest.mark.parametrize("text", [_IN_BLOCKS, _CAPTURED])
@pytest.mark.parametrize("wrt", [("x", "s"), ("x", "s", "O.w")], ids=str)
def test_an_object_that_is_given(text: str, given: str, wrt: tuple[str, ...]) -> None:
    """With an example its class is known."""
    inputs = ("np.array([0.6, -1.1])", "0.7", given, "2")
    for verdict in checked(written_down(_GIVEN + text, inputs, wrt=wrt)):
        told = verdict.way is not None and verdict.way.like
        assert verdict.kind == "right" or (not told and verdict.kind == "refused"), verdict


def test_a_given_object_whose_name_gets_another_is_refused() -> None:
    program = written_down(
        _GIVEN + _NAMED_ANEW,
        ("np.array([0.6, -1.1])", "0.7", _OBJECTS[0], "2"),
        wrt=("x", "s"),
    )
    assert {verdict.kind for verdict in checked(program)} == {"refused"}
