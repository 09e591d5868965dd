"""What annotations and defaults say of parameters that are no real numbers, and names that stand for annotations."""

from __future__ import annotations

import inspect
import sys
from typing import Any

import numpy as np
import pytest

from s2sgrad.transform import derived
from tests.differentiating import check_gradient, check_tangent
from tests.regression_case import case_of
from tests.zoo import Case


def by_names(x: np.ndarray, names: list[str]):
    total = 0.0
    for k, name in enumerate(names):
        if name.startswith("s"):
            total = total + np.sin(x[k])
        elif name != "none":
            total = total + x[k] * x[k]
    return total * x


def by_words(x: np.ndarray, words: tuple[bytes, ...], taken: list[bool]):
    total = 0.0
    for k, word in enumerate(words):
        if taken[k]:
            total = total + x[k] ** len(word)
    return total * x[0]


def from_the_end(x, axis=-1):
    return np.sum(np.sin(x), axis=axis)


def counted_from_the_end(x, at=-2, n=3):
    for _ in range(n):
        x = np.sin(x) * x[at]
    return x


def signed(x, at=-1, factor=-0.5):
    return factor * x[at] * x


_V = np.array([0.6, -1.3, 0.9])
_A = np.array([[0.6, -0.3, 0.9], [0.4, 0.2, -0.5]])

CASES = [
    Case(by_names, ((_V, ["sin", "none", "x"]), (_V, []), (-_V, ["x", "s"]))),
    Case(
        by_words,
        (
            (_V, (b"ab", b"c"), [True, True]),
            (_V, (), []),
            (-_V, (b"abc", b"ab", b"a"), [True, False, True]),
        ),
    ),
    Case(from_the_end, ((_A, -1), (_A, 0), (_A[:1], -2))),
    Case(counted_from_the_end, ((_V, -2, 3), (_V, 1, 0), (-_V, -1, 1))),
    Case(signed, ((_V, -1, 0.7), (_V, 0, -1.2))),
]


def checked(case: Case, simplified: bool, likes: tuple[Any, ...]) -> None:
    """Hold the derivatives of a case against differences."""
    for like in likes:
        gradient, _ = derived(case.function, case.variables, like=like, simplified=simplified)
        tangent, _ = derived(
            case.function, case.variables, like=like, form="tangent", simplified=simplified
        )
        for args in case.inputs:
            check_gradient(case, args, gradient)
            check_tangent(case, args, tangent)


@pytest.mark.parametrize("simplified", [False, True], ids=["plain", "simplified"])
@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_derivatives(case: Case, simplified: bool) -> None:
    checked(case, simplified, (None, case.inputs[0]))


@pytest.mark.parametrize("simplified", [False, True], ids=["plain", "simplified"])
@pytest.mark.parametrize(
    ("function", "args"),
    [(from_the_end, (_A,)), (counted_from_the_end, (_V,)), (signed, (_V,))],
)
def test_defaults_that_are_negative(function: Any, args: tuple[Any, ...], simplified: bool) -> None:
    case = Case(function, (args, (-args[0],)), wrt=("x",))
    checked(case, simplified, (None, args))


NAMED = """
type Vector = np.ndarray[tuple[int], np.dtype[np.float64]]
type Of[T] = np.ndarray[tuple[int, int], np.dtype[T]]
type Matrix = Of[np.float64]
type Number = float
type Nothing = not_there
type Count = int


def f(v: Vector, A: Of[np.float64], B: Matrix, s: Number, x: Nothing, n: Count):
    for _ in range(n):
        v = np.tanh(A @ v) * s
    return v @ B * np.sum(x)
"""


@pytest.mark.skipif(sys.version_info < (3, 12), reason="names of types are Python 3.12's")
@pytest.mark.parametrize("simplified", [False, True], ids=["plain", "simplified"])
def test_names_of_types_are_what_they_stand_for(simplified: bool) -> None:
    square = _A.T @ _A + np.eye(3)
    inputs = ((_V, square, _A.T, 0.7, _V, 2), (-_V, square, _A.T, 0.3, _V, 0))
    case = case_of("names of types", NAMED, inputs)
    checked(case, simplified, (None, inputs[0]))
    made, _ = derived(case.function, case.variables)
    assert "A.T @" in inspect.getsource(made)
