"""Rules of one's own in forward mode: with work that formulas share, of what writes; refused where there is none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

import s2sgrad
from s2sgrad import registry
from s2sgrad.errors import TransformError
from s2sgrad.transform import derived
from tests.differentiating import check_gradient, check_tangent
from tests.zoo import Case

# ---- what somebody else has written ------------------------------------------------------------


def wave(x, y):
    return np.sin(x * y)


def logistic(x, limits=(-1.0, 1.0)):
    low, high = limits
    return low + (high - low) / (1.0 + np.exp(-x))


def reversed_sum(x):
    return np.cumsum(x[::-1])[::-1]


def polar(x, y):
    return np.hypot(x, y), np.arctan2(y, x)


def shift(x, s):
    x += s


# ---- what is differentiated --------------------------------------------------------------------


def waves(x, y, n):
    for _ in range(n):
        x = wave(x, y) + 0.1 * wave(y, x) + wave(0.3, y) + wave(x, 0.7)
    return x


def squares_of_waves(x: np.ndarray, y: float):
    return wave(x, x) * wave(x, y)


def between_limits(x, y):
    return logistic(x) * logistic(y, (-2.0, 3.0)) + logistic(x * y, limits=(0.0, 1.0))


def sums_from_the_end(x: np.ndarray, s: float):
    return reversed_sum(s * x) * x


def in_polar_coordinates(x, y):
    radius, angle = polar(x, y)
    return radius * angle + polar(y, x)[0]


def shifted(x: np.ndarray, s: float):
    y = x * x
    shift(y[1:], s)
    shift(y, 2.0 * s)
    return y * x


@pytest.fixture(autouse=True)
def rules() -> Iterator[None]:
    """Rules as their users write them."""
    registry.rules()  # those of s2sgrad come first
    before = {key: list(table) for key, table in registry._rules.items()}

    @s2sgrad.elementwise(wave)
    def wave_rule(d, x, y):
        z = np.sin(x * y)
        yield z
        c = np.cos(x * y)
        d.x = c * y * d.z
        d.y = c * x * d.z

    @s2sgrad.elementwise(logistic)
    def logistic_rule(d, x, limits=(-1.0, 1.0)):
        e = np.exp(-x)
        y = limits[0] + (limits[1] - limits[0]) / (1.0 + e)
        yield y
        d.x = (limits[1] - limits[0]) * e / (1.0 + e) ** 2 * d.y

    @s2sgrad.adjoint(reversed_sum)
    def reversed_sum_rule(d, x):
        y = reversed_sum(x)
        yield y
        d.x = np.cumsum(d.y)

    @s2sgrad.adjoint(polar)
    def polar_rule(d, x, y):
        r, a = polar(x, y)
        yield r, a
        d.x = (x * d.r - y / r * d.a) / r
        d.y = (y * d.r + x / r * d.a) / r

    @s2sgrad.adjoint(shift)
    def shift_rule(d, x, s):
        x[...] = x + s
        yield
        x[...] = x - s
        d.s = np.sum(d.x)

    yield
    registry._rules.clear()
    registry._rules.update(before)


_A = np.array([0.6, -1.3, 0.9])
_B = np.array([-0.4, 0.8, 1.7])

BOTH = [
    Case(waves, ((0.4, 0.8, 0), (0.4, 0.8, 1), (-0.7, 1.1, 3))),
    Case(squares_of_waves, ((_A, 0.7), (_B, -0.2), (_A[:0], 0.3))),
    Case(between_limits, ((0.4, 0.8), (-0.7, 1.1))),
    Case(between_limits, ((_A, _B), (_B, _A)), label="between_limits_of_arrays"),
]
REVERSE = [
    Case(sums_from_the_end, ((_A, 0.7), (_B, -0.2), (_A[:1], 0.3))),
    Case(in_polar_coordinates, ((0.4, 0.8), (1.7, -0.2))),
    Case(shifted, ((_A, 0.7), (_B, -0.2), (_A[:1], 0.3))),
]


def named(case: Case) -> str:
    return case.name


def made(case: Case, form: str, simplified: bool) -> Iterator[Callable[..., Any]]:
    """The derivatives of a case, without and with examples."""
    for like in (None, case.inputs[0]):
        yield derived(case.function, case.variables, like=like, form=form, simplified=simplified)[0]


@pytest.mark.parametrize("simplified", [False, True], ids=["plain", "simplified"])
@pytest.mark.parametrize("case", [*BOTH, *REVERSE], ids=named)
def test_gradient(case: Case, simplified: bool) -> None:
    for gradient in made(case, "gradient", simplified):
        for args in case.inputs:
            check_gradient(case, args, gradient)


@pytest.mark.parametrize("simplified", [False, True], ids=["plain", "simplified"])
@pytest.mark.parametrize("case", BOTH, ids=named)
def test_tangent(case: Case, simplified: bool) -> None:
    for tangent in made(case, "tangent", simplified):
        for args in case.inputs:
            check_tangent(case, args, tangent)


@pytest.mark.parametrize("case", REVERSE, ids=named)
def test_without_a_rule_for_forward_mode_it_is_refused(case: Case) -> None:
    with pytest.raises(TransformError, match="has no rule for forward mode") as found:
        derived(case.function, case.variables, form="tangent")
    assert "Register one with @s2sgrad.tangent(" in str(found.value)


@pytest.mark.parametrize("simplified", [False, True], ids=["plain", "simplified"])
def test_rules_for_forward_mode_beside_the_others(simplified: bool) -> None:
    @s2sgrad.tangent(reversed_sum)
    def reversed_sum_tangent(d, x):
        y = reversed_sum(x)
        yield y
        d.y = reversed_sum(d.x)

    @s2sgrad.tangent(polar)
    def polar_tangent(d, x, y):
        r, a = polar(x, y)
        yield r, a
        d.r = (x * d.x + y * d.y) / r
        d.a = (x * d.y - y * d.x) / r**2

    @s2sgrad.tangent(shift)
    def shift_tangent(d, x, s):
        x[...] = x + s
        yield
        np.add.at(d.x, ..., d.s)

    for case in REVERSE:
        for tangent in made(case, "tangent", simplified):
            for args in case.inputs:
                check_tangent(case, args, tangent)


def test_a_rule_for_forward_mode_that_writes_is_refused() -> None:
    with pytest.raises(ValueError, match=r"`d.y\[0\] = np.sum\(d.x\)` can't stand below the yield"):

        @s2sgrad.tangent(reversed_sum)
        def reversed_sum_tangent(d, x):
            y = reversed_sum(x)
            yield y
            d.y = reversed_sum(d.x)
            d.y[0] = np.sum(d.x)


@pytest.mark.parametrize("simplified", [False, True], ids=["plain", "simplified"])
def test_a_rule_for_forward_mode_that_stores(simplified: bool) -> None:
    @s2sgrad.tangent(shift)
    def shift_tangent(d, x, s):
        x[...] = x + s
        yield
        d.x[...] = d.x + d.s

    case = next(case for case in REVERSE if case.function is shifted)
    for tangent in made(case, "tangent", simplified):
        for args in case.inputs:
            check_tangent(case, args, tangent)
