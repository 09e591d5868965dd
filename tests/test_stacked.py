"""Outer products that loops add up: what is written, and that it is right for any number of trips."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from s2sgrad.transform import derived
from tests.differentiating import check_gradient
from tests.regression_case import case_of

_W = np.array([[0.6, -0.3, 0.9], [0.4, 0.2, -0.5]])
_S = np.array([[0.5, -0.3, 0.2], [0.1, 0.4, -0.6], [0.3, 0.2, 0.1]])
_X = np.array([[0.3, -0.8, 1.1], [0.7, 0.5, -0.2], [-0.4, 0.6, 0.9], [0.2, -0.1, 0.5]])
_V = np.array([0.7, -0.4, 0.2])

PROGRAMS: list[tuple[str, str, tuple[tuple[Any, ...], ...], tuple[str, ...]]] = [
    (
        "steps",
        """
        def f(S, v, steps):
            for _ in range(steps):
                v = np.tanh(S @ v)
            return v
        """,
        ((_S, _V, -2), (_S, _V, 0), (_S, _V, 1), (_S, _V, 4)),
        ("np.zeros((max(steps, 0), len(S)))", "d_S = all_d_pre_v.T @ all_v"),
    ),
    (
        "rows_of_an_array",
        """
        def f(W, X, v):
            out = np.zeros((len(X), len(W)))
            for t in range(len(X)):
                out[t] = np.sin(W @ X[t])
            return out
        """,
        ((_W, _X[:0], _V), (_W, _X[:1], _V), (_W, _X, _V)),
        ("d_W = all_d_product.T @ X",),
    ),
    (
        "not_all_rows",
        """
        def f(W, X):
            out = np.zeros((len(X), len(W)))
            for t in range(1, len(X) - 1):
                out[t] = np.sin(W @ X[t])
            return out
        """,
        ((_W, _X[:0]), (_W, _X[:1]), (_W, _X[:2]), (_W, _X)),
        ("np.zeros((max(diff, 0), len(W)))",),
    ),
    (
        "downwards",
        """
        def f(S, X, n):
            v = X[-1]
            for t in range(n - 1, -1, -1):
                v = X[t] * (S @ v)
            return v
        """,
        ((_S, _X, 0), (_S, _X, 1), (_S, _X, 4)),
        ("all_v[t] = v",),
    ),
    (
        "sometimes",
        """
        def f(S, v, n):
            for i in range(n):
                if i % 2:
                    v = np.sin(S @ v)
                    if v[0] > 0.05:
                        break
                else:
                    v = v @ S - v
            return v
        """,
        ((_S, _V, 0), (_S, _V, 1), (_S, _V, 2), (_S, -_V, 5), (_S, _V, 5)),
        (),
    ),
    (
        "vectors_that_change",
        """
        def f(S, v, n):
            v = 1.0 * v
            for i in range(n):
                w = S @ v
                v[0] *= w[1]
                v[1:] = w[1:] * v[:-1]
                v += S @ w
            return v
        """,
        ((_S, _V, 0), (_S, _V, 1), (_S, _V, 3)),
        ("all_w[i] = w",),
    ),
    (
        "scaled",
        """
        def f(S, v, c: float, n):
            for i in range(n):
                v = v - c * (2.0 * S @ v) / 3.0 + v @ S * c
            return v
        """,
        ((_S, _V, 0.3, 0), (_S, _V, -0.3, 1), (_S, _V, 0.3, 3)),
        (),
    ),
    (
        "read_in_the_loop",
        """
        def f(S, v, n):
            for i in range(n):
                v = np.tanh(S @ v)
                S = S - 0.1 * np.outer(v, v) * S
            return v
        """,
        ((_S, _V, 0), (_S, _V, 1), (_S, _V, 3)),
        (),
    ),
    (
        "added_to_elsewhere",
        """
        def f(S, v, n):
            total = np.sum(S * S)
            for i in range(n):
                v = np.tanh(S @ v)
                total += S[0, 0] * v[0]
            return total * v + S @ v
        """,
        ((_S, _V, 0), (_S, _V, 1), (_S, _V, 3)),
        (),
    ),
    (
        "loops_in_loops",
        """
        def f(S, X, n):
            out = 0.0
            for i in range(n):
                v = X[i]
                for j in range(i):
                    v = np.sin(S @ v)
                out += v[0] * v[1]
            return out
        """,
        ((_S, _X, 0), (_S, _X, 1), (_S, _X, 2), (_S, _X, 4)),
        (),
    ),
    (
        "rows_that_are_written",
        """
        def f(S, X):
            X = X.copy()
            for t in range(len(X)):
                v = S @ X[t]
                X[t] = v * X[t]
                X[0] += v
            return X
        """,
        ((_S, _X[:0]), (_S, _X[:1]), (_S, _X)),
        (),
    ),
]


@pytest.mark.parametrize("simplified", [False, True], ids=["plain", "simplified"])
@pytest.mark.parametrize(
    ("name", "text", "inputs", "lines"), PROGRAMS, ids=[p[0] for p in PROGRAMS]
)
def test_stacked(
    name: str,
    text: str,
    inputs: tuple[tuple[Any, ...], ...],
    lines: tuple[str, ...],
    simplified: bool,
) -> None:
    case = case_of(f"stacked {name}", text, inputs)
    made, _ = derived(case.function, case.variables, like=inputs[-1], simplified=simplified)
    for args in inputs:
        check_gradient(case, args, made)
    for line in lines if simplified else ():
        assert line in made.source, made.source
