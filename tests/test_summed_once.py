"""Sums of what was broadcast, which are made once: right where axes are 1 and where they aren't."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from s2sgrad.transform import derived
from tests.differentiating import check_gradient
from tests.regression_case import case_of

_A = np.array([[0.6, -1.3, 0.9, 0.4], [0.5, 0.8, -0.7, 1.1], [-0.2, 0.3, 1.2, -0.9]])
_ROW = _A[:1]
_COLUMN = _A[:, :1] + 0.3
_ONE = _A[:1, :1]
_V = _A[0]

_TWO = ((_A, _ROW, _COLUMN), (_ROW, _A, _COLUMN), (_COLUMN, _ONE, _ROW), (_ONE, _ROW, _A))
_MORE = (*_TWO, (_V, _A, _COLUMN), (_ONE, _V, _A), (_V, _V, _V))

PROGRAMS: list[tuple[str, str, tuple[tuple[Any, ...], ...], int]] = [
    (
        "sums",
        """
        def f(a: np.ndarray, b: np.ndarray, c: np.ndarray):
            return a + b - c + 2 * a
        """,
        _MORE,
        4,
    ),
    (
        "products",
        """
        def f(a: np.ndarray, b: np.ndarray, c: np.ndarray):
            return np.sin(a * b) * c - (a - b) * (b / (2 + c**2))
        """,
        _MORE,
        -1,
    ),
    (
        "a_name_that_is_read_twice",
        """
        def f(a: np.ndarray, b: np.ndarray, c: np.ndarray):
            t = a + b
            u = t * c
            return u * a + t
        """,
        _MORE,
        -1,
    ),
    (
        "a_sum_that_is_kept",
        """
        def f(a: np.ndarray, b: np.ndarray, c: np.ndarray):
            t = a * b
            return np.exp(0.1 * t) + c, t
        """,
        _MORE,
        -1,
    ),
    (
        "parts",
        """
        def f(u: np.ndarray, w: np.ndarray, n: int):
            u = 1.0 * u
            for i in range(n):
                old = u[1:-1]
                u[1:-1] = 0.5 * (u[i : i + 2] + w[i : i + 2] - u[2 - i : 4 - i]) + old * w[i + 1]
            return u
        """,
        ((_V, _V + 1, 0), (_V, _V - 0.3, 1), (_V, _V, 3)),
        -1,
    ),
    (
        "names_that_change",
        """
        def f(a: np.ndarray, b: np.ndarray, n: int):
            t = a
            for i in range(n):
                t = (t + b) * a - t
                a = a.sum(axis=0, keepdims=True) * b
            return t
        """,
        ((_A, _ROW, 0), (_A, _ROW, 2), (_ROW, _A, 3), (_COLUMN, _ROW, 3)),
        -1,
    ),
]


@pytest.mark.parametrize("simplified", [False, True], ids=["plain", "simplified"])
@pytest.mark.parametrize(("name", "text", "inputs", "most"), PROGRAMS, ids=[p[0] for p in PROGRAMS])
def test_summed_once(
    name: str, text: str, inputs: tuple[tuple[Any, ...], ...], most: int, simplified: bool
) -> None:
    case = case_of(f"summed once {name}", text, inputs)
    made, _ = derived(case.function, case.variables, simplified=simplified)
    for args in inputs:
        check_gradient(case, args, made)
    if simplified and most >= 0:
        body = made.source.partition("\n\n\ndef unbroadcast")[0]
        assert body.count("unbroadcast(") <= most, made.source
