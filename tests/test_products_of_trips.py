"""Outer products that loops add up and that stay where they are: the rows of trips wouldn't be those of a matrix."""

from __future__ import annotations

import inspect

import numpy as np
import pytest

from s2sgrad.transform import derived
from tests.differentiating import check_gradient, check_tangent
from tests.zoo import Case

MASK = np.array([[1.0, 0.0, 1.0], [0.0, 1.0, 1.0], [1.0, 1.0, 0.0]])


def every_other_step(S, v, n):
    for i in range(n, 0, -2):
        v = np.tanh(S @ v) * (i + 0.5)
    return v


def in_steps(S, v, n, step):
    for i in range(0, n, step):
        v = np.tanh(S @ v) * (i + 0.5)
    return v


def from_below_zero(S, v, n):
    for i in range(-1, n):
        v = np.tanh(S @ v) * (i + 0.5)
    return v


def from_anywhere(S, v, first, n):
    for i in range(first, n):
        v = np.tanh(S @ v) * (i + 0.5)
    return v


def down_below_zero(S, v, n):
    for i in range(n, -3, -1):
        v = np.tanh(S @ v) * (i + 0.5)
    return v


def masked(S, v, n):
    for _ in range(n):
        v = np.tanh((MASK * S) @ v)
    return v


def masked_here_and_there(S, v, n):
    total = 0.0
    for i in range(n):
        if i % 2:
            v = np.tanh((MASK * S) @ v)
        else:
            v = v + S @ v
            total -= v[0]
        total += np.sum(v)
    return total * v


def with_rows_that_move(S, X, n):
    S = S.copy()
    total = 0.0
    for i in range(n):
        total += np.sum(np.sin(S @ X[i]))
        S[0] = S[1]
    return total


def with_rows_that_grow(S, X, n):
    T = S * S
    total = 0.0
    for i in range(n):
        total = total + np.sum(np.sin(T @ X[i]))
        T[i % 3] += T[i % 2]
    return total


def with_its_transpose(S, X, n):
    total = 0.0
    for i in range(n):
        S = S + 0.5 * S.T
        total = total + np.sum(np.sin(S @ X[i]))
    return total


def all_rows_downwards(S, X):
    total = 0.0
    for i in range(len(X) - 1, -1, -1):
        total = total + np.sum(np.sin(S @ X[i]))
    return total


_S = np.array([[0.6, -0.3, 0.9], [0.4, 0.2, -0.5], [0.1, 0.7, 0.3]])
_X = np.array([[0.3, -0.8, 1.1], [0.7, 0.5, -0.2], [-0.4, 0.6, 0.9], [0.2, -0.1, 0.5]])
_V = np.array([0.6, -1.3, 0.9])

STAYING: list[tuple[Case, str]] = [
    (
        Case(every_other_step, ((_S, _V, 4), (_S, _V, 3), (_S, _V, 0), (_S, -_V, -2))),
        "d_S += np.outer(d_product, v)",
    ),
    (
        Case(in_steps, ((_S, _V, 4, 2), (_S, _V, 0, 1), (_S, _V, -3, -1), (_S, -_V, 5, 3))),
        "d_S += np.outer(d_product, v)",
    ),
    (
        Case(from_below_zero, ((_S, _V, 2), (_S, _V, 0), (_S, -_V, -1), (_S, _V, -2))),
        "d_S += np.outer(d_product, v)",
    ),
    (
        Case(from_anywhere, ((_S, _V, 0, 2), (_S, _V, -2, 1), (_S, -_V, 1, 3), (_S, _V, 3, 1))),
        "d_S += np.outer(d_product, v)",
    ),
    (
        Case(down_below_zero, ((_S, _V, 2), (_S, _V, 0), (_S, -_V, -2), (_S, _V, -5))),
        "d_S += np.outer(d_product, v)",
    ),
    (
        Case(masked, ((_S, _V, 4), (_S, _V, 0), (_S, -_V, 1))),
        "d_S += MASK * np.outer(d_pre_v, v)",
    ),
    (Case(masked_here_and_there, ((_S, _V, 4), (_S, _V, 0), (_S, -_V, 1))), "MASK * np.outer("),
    (
        Case(with_rows_that_move, ((_S, _X, 4), (_S, _X, 0), (-_S, _X, 1))),
        "d_S += np.outer(d_product, X[i])",
    ),
    (
        Case(with_rows_that_grow, ((_S, _X, 3), (_S, _X, 0), (-_S, _X, 1))),
        "np.outer(d_product, X[i])",
    ),
    (
        Case(with_its_transpose, ((_S, _X, 3), (_S, _X, 0), (-_S, _X, 1))),
        "np.outer(d_product, X[i])",
    ),
    (Case(all_rows_downwards, ((_S, _X), (_S, _X[:1]), (-_S, _X[:0]))), ".T @ rows"),
]
CASES = [case for case, _ in STAYING]


@pytest.mark.parametrize(("case", "line"), STAYING, ids=[case.name for case in CASES])
def test_what_is_written(case: Case, line: str) -> None:
    made, _ = derived(case.function, case.variables, like=case.inputs[0])
    assert line in inspect.getsource(made)


@pytest.mark.parametrize("simplified", [False, True], ids=["plain", "simplified"])
@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_derivatives(case: Case, simplified: bool) -> None:
    for like in (None, case.inputs[0]):
        gradient, _ = derived(case.function, case.variables, like=like, simplified=simplified)
        tangent, _ = derived(
            case.function, case.variables, like=like, form="tangent", simplified=simplified
        )
        for args in case.inputs:
            check_gradient(case, args, gradient)
            check_tangent(case, args, tangent)
