"""Parts of derivatives that are cleared beside others, and parts that are also used, or written into, elsewhere."""

from __future__ import annotations

import inspect

import numpy as np
import pytest

from s2sgrad.transform import derived
from tests.differentiating import check_gradient, check_tangent
from tests.zoo import Case


def constant_beside_a_row(S: np.ndarray, T: np.ndarray, n: int):
    y = 1.0 * S
    z = 1.0 * T
    for i in range(n):
        y[i], z[i] = 3.0, 2.0 * y[i]
    return y * z


def constants_beside_parts(S: np.ndarray, T: np.ndarray, n: int):
    y = 1.0 * S
    z = 1.0 * T
    for i in range(n):
        y[1:], z[1:] = 3.0, 2.0 * y[1:]
        y[i], z[i], y[0] = 1.0, np.sin(y[i - 1]), 2.0
    return y * z


def three_at_once(S: np.ndarray, T: np.ndarray, n: int):
    y = 1.0 * S
    z = 1.0 * T
    u = y * z
    for i in range(n):
        y[i], z[i], u[i] = z[i] * u[i], np.sin(y[i]), y[i] * u[i]
    return y * z + u


def stored_twice(S: np.ndarray, n: int):
    y = 1.0 * S
    z = y * y
    for i in range(n):
        y[i] = z[i] = np.sin(y[i]) * z[i - 1]
    return y * z


def an_element_is_read_before(S: np.ndarray, s: float, n: int):
    y = 1.0 * S
    total = 0.0
    for i in range(n):
        t = s * y[i]
        total = total + np.sin(t[0])
        y[i] = t
    return y * total


def read_before_in_a_branch(S: np.ndarray, s: float, n: int):
    y = 1.0 * S
    total = 0.0
    for i in range(n):
        t = s * y[i]
        if t[0] > 0:
            total = total + np.sum(t * t)
        y[i] = t
    return y * total


def made_in_branches(S: np.ndarray, T: np.ndarray, s: float, n: int):
    y = 1.0 * S
    for i in range(n):
        y[i] = T[i] * s if T[i][0] > 0 else np.sin(T[i - 1])
    return y * s


def written_into_by_a_helper(S: np.ndarray, s: float, n: int):
    y = 1.0 * S
    for i in range(n):
        y[i] = grown(y, i, s) * y[i - 1]
    return y * s


def grown(y, i, s):
    y[i] = y[i] * s
    return np.sum(y[i])


def left_in_between(S: np.ndarray, s: float, n: int):
    y = 1.0 * S
    for i in range(n):
        t = 1.0
        while True:
            t = t * s
            if t < 0.2:
                break
        y[i] = y[i] * t
        if y[i][0] > 0.2:
            break
        y[i] = y[i] * t + y[i - 1]
    return y


_A = np.array([[0.6, -0.3, 0.9], [0.4, 0.2, -0.5], [0.1, 0.7, 0.3]])
_TWO = ((_A, _A.T.copy(), 0), (_A, _A.T.copy(), 2), (-_A, _A.T.copy(), 3))
_SCALED = ((_A, 0.5, 0), (_A, 0.5, 2), (-_A, 0.4, 3))

CASES: list[tuple[Case, tuple[str, ...]]] = [
    (Case(constant_beside_a_row, _TWO), ("d_y[i] = 2.0 * d_z[i]", "d_z[i] = 0")),
    (Case(constants_beside_parts, _TWO), ("d_y[0] = 0",)),
    (Case(three_at_once, _TWO), ("d_z[i] = u[i] * d_new_1",)),
    (Case(stored_twice, ((_A, 0), (_A, 2), (-_A, 3))), ("d_product = d_z[i] + d_y[i]",)),
    (
        Case(an_element_is_read_before, _SCALED),
        ("d_t = d_y[i].copy()", "d_t[0] += math.cos(t[0]) * d_total"),
    ),
    (Case(read_before_in_a_branch, _SCALED), ("d_y[i].copy()",)),
    (
        Case(
            made_in_branches,
            (
                (_A, _A.T.copy(), 0.5, 0),
                (_A, _A.T.copy(), 0.5, 2),
                (-_A, _A, 0.4, 3),
                (-_A, -_A, 0.4, 3),
            ),
        ),
        ("d_y[i] = 0",),
    ),
    (Case(written_into_by_a_helper, _SCALED), ("d_new = d_y[i].copy()",)),
    (Case(left_in_between, _SCALED), ()),
]
IDS = [case.name for case, _ in CASES]


@pytest.mark.parametrize(("case", "lines"), CASES, ids=IDS)
def test_what_is_written(case: Case, lines: tuple[str, ...]) -> None:
    made, _ = derived(case.function, case.variables, like=case.inputs[0])
    text = inspect.getsource(made)
    for line in lines:
        assert line in text


@pytest.mark.parametrize("simplified", [False, True], ids=["plain", "simplified"])
@pytest.mark.parametrize("case", [case for case, _ in CASES], ids=IDS)
def test_derivatives(case: Case, simplified: bool) -> None:
    for like in (None, case.inputs[0]):
        gradient, _ = derived(case.function, case.variables, like=like, simplified=simplified)
        tangent, _ = derived(
            case.function, case.variables, like=like, form="tangent", simplified=simplified
        )
        for args in case.inputs:
            check_gradient(case, args, gradient)
            check_tangent(case, args, tangent)
