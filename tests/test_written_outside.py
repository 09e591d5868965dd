"""What a function writes into things outside of it is there afterwards, as if it had been called itself."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from s2sgrad.transform import derived

LOG, WEIGHTS, NUMBERS = np.zeros(4), np.zeros(3), [0.0, 0.0]
X = np.array([0.4, -1.3, 0.8])


def started() -> None:
    """What is outside as it is in the beginning."""
    LOG[...] = 0.0
    WEIGHTS[...] = [2.0, 3.0, 4.0]
    NUMBERS[:] = [1.0, 5.0]


def noted(x: np.ndarray, k: int):
    value = (x * x).sum()
    LOG[k] = value
    return value


def counted(x: np.ndarray, k: int):
    LOG[k] += 1
    return (x * x).sum()


def noted_in_a_loop(x: np.ndarray, k: int):
    value = 0.0
    for i in range(k):
        value += x[i] * x[i]
        LOG[i] = value
    return value


def read_before(x: np.ndarray, k: int):
    value = (x * WEIGHTS).sum()
    WEIGHTS[k] = 9.0
    return value * value


def read_in_each_trip(x: np.ndarray, k: int):
    value = 0.0
    for i in range(k):
        value += (x * WEIGHTS).sum() ** 2
        WEIGHTS[i] += 1.0
    return value


def read_under_another_name(x: np.ndarray, k: int):
    kept = WEIGHTS
    value = (x * WEIGHTS).sum()
    kept[k] = 9.0
    return value * (x * kept).sum()


def list_is_read_before(x: np.ndarray, k: int):
    value = x[0] * NUMBERS[0]
    NUMBERS[0] = 7.0
    return value * x[1] * NUMBERS[0] * NUMBERS[1]


def put_back_by_itself(x: np.ndarray, k: int):
    kept = WEIGHTS.copy()
    WEIGHTS[k] *= x[k]
    value = (WEIGHTS * x).sum() * WEIGHTS[k]
    WEIGHTS[...] = kept
    LOG[...] = LOG.copy()
    return value


def stored_until_large(x: np.ndarray, k: int):
    for i in range(3):
        LOG[i] = x[i] * x[k]
        LOG[k] += LOG[i] * WEIGHTS[i]
        if LOG[i] > 0.3:
            break
    return (LOG * LOG).sum()


CASES = [
    noted,
    counted,
    noted_in_a_loop,
    read_before,
    read_in_each_trip,
    read_under_another_name,
    list_is_read_before,
    put_back_by_itself,
    stored_until_large,
]


def left() -> list[list[float]]:
    return [LOG.tolist(), WEIGHTS.tolist(), list(NUMBERS)]


@pytest.mark.parametrize("simplified", [True, False])
@pytest.mark.parametrize("form", ["gradient", "value_and_gradient", "tangent"])
@pytest.mark.parametrize("trips", [0, 1, 2])
@pytest.mark.parametrize("function", CASES, ids=lambda f: f.__name__)
def test_is_there_afterwards(function: Any, form: str, trips: int, *, simplified: bool) -> None:
    def value(x: np.ndarray) -> float:
        started()
        return float(function(x, trips))

    value(X)
    wanted = left()
    steps = np.eye(3) * 1e-6
    differences = [(value(X + h) - value(X - h)) / 2e-6 for h in steps]
    made, _ = derived(function, "x", like=(X, 1), form=form, simplified=simplified)
    started()
    if form == "tangent":
        _, along = made(X, trips, np.ones(3))
        np.testing.assert_allclose(along, sum(differences), rtol=1e-6, atol=1e-8)
    else:
        found = made(X, trips)
        gradient = found if form == "gradient" else found[1]
        np.testing.assert_allclose(gradient, differences, rtol=1e-6, atol=1e-8)
    assert left() == wanted


def scaled(s: float, t: float):
    WEIGHTS[1] *= s
    return (WEIGHTS * t).sum()


def test_what_is_there_already_is_not_stored_again() -> None:
    made, _ = derived(scaled, "s")
    assert "WEIGHTS[...]" not in made.source
    assert "d_WEIGHTS[1]" in made.source
    started()
    assert made(1.5, 2.0) == 6.0
    assert WEIGHTS.tolist() == [2.0, 4.5, 4.0]
