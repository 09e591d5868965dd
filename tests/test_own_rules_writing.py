"""Rules of one's own for functions that write into their arguments, and for parts of derivatives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

import s2sgrad
from s2sgrad import registry
from s2sgrad.errors import TransformError
from s2sgrad.testing import check_rule
from s2sgrad.transform import derived
from tests.differentiating import check_gradient, check_tangent
from tests.zoo import Case

# ---- what somebody else has written ------------------------------------------------------------


def scale(x, s):
    x *= s


def turn(x, w):
    x[:] = w * x[::-1]


def move(x, k, s):
    x += s
    k += 1


def exchange(x, w):
    x[...], w[...] = w.copy(), x.copy()


def add_at_ends(x, v):
    x[0] += v
    x[-1] -= v


def first(x):
    return x[0] * 1.0


def total(x):
    return np.sum(x)


def doubled(x):
    y = np.empty(np.shape(x))
    y[...] = 2 * x
    return y


# ---- what is differentiated --------------------------------------------------------------------


def scaled(x: np.ndarray, s: float):
    y = x * x
    scale(y, s)
    return y * x


def scaled_and_returned(x: np.ndarray, s: float):
    y = x * x
    scale(y, s)
    return y


def scaled_parts(x: np.ndarray, s: float):
    y = x * x
    z = y[1:]
    for _ in range(3):
        scale(z, s)
        scale(y, 2.0 * s)
    return y * x


def scaled_argument(x: np.ndarray, s: float):
    scale(x, s)
    return x * x


def scaled_by_its_sum(x: np.ndarray, s: float):
    if s > 0:
        scale(x, np.sum(x))
    scale(x, s)
    return np.sum(x * x)


def turned(x: np.ndarray, w: np.ndarray):
    y = x * w
    turn(y, w)
    turn(y, y * x)
    return y * x


def moved(x: np.ndarray, s: float):
    y = x * x
    k = np.arange(len(x))
    move(y, k, s)
    return y * x * k


def both_moved(x: np.ndarray, s: float):
    y, z = x * x, 2 * x
    move(y, z, s)
    return y * z


def exchanged(x: np.ndarray, w: np.ndarray):
    y, z = x * x, x * w
    exchange(y, z)
    return y * w + z


def with_ends(x: np.ndarray, v: float):
    y = x * v
    add_at_ends(y, v * v)
    return y * x


def of_the_first(x: np.ndarray):
    return first(x * x) * x


def of_the_total(x: np.ndarray):
    return total(x * x) * x


def of_both(x: np.ndarray):
    return total(x * x) * first(x) * doubled(x * x)


# ---- the rules -----------------------------------------------------------------------------------


def scale_rule(d, x, s):
    old = np.copy(x)
    x[...] = s * x
    yield
    x[...] = old
    d.s = np.sum(old * d.x)
    d.x[...] = s * d.x


def scale_tangent(d, x, s):
    old = np.copy(x)
    x[...] *= s
    yield
    d.x[...] = s * d.x + d.s * old


def turn_rule(d, x, w):
    x[:] = w * x[::-1]
    yield
    x[:] = x[::-1] / w[::-1]
    product = d.x * w
    d.w = d.x * x[::-1]
    d.x[:] = product[::-1]


def turn_tangent(d, x, w):
    old = np.copy(x[::-1])
    x[:] = w * x[::-1]
    yield
    change = d.w * old
    d.x[:] = w * d.x[::-1]
    d.x[:] += change


def move_rule(d, x, k, s):
    x[...] += s
    k[...] += 1
    yield
    x[...] = x - s
    k[...] = k - 1
    d.s = np.sum(d.x) + 0 * np.sum(d.k)


def move_tangent(d, x, k, s):
    x[...] += s
    k[...] += 1
    yield
    np.add.at(d.x, ..., d.s)


def exchange_rule(d, x, w):
    old = np.copy(x)
    x[...] = w
    w[...] = old
    yield
    w[...] = x
    x[...] = old
    d_w = np.copy(d.x)
    d.x[...] = d.w
    d.w[...] = d_w


def exchange_tangent(d, x, w):
    old = np.copy(x)
    x[...] = w
    w[...] = old
    yield
    d_x = np.copy(d.x)
    d.x[...] = d.w
    d.w[...] = d_x


def add_at_ends_rule(d, x, v):
    x[0] += v
    x[-1] -= v
    yield
    x[-1] = x[-1] + v
    x[0] = x[0] - v
    d.v = d.x[0] - d.x[-1]


def add_at_ends_tangent(d, x, v):
    x[0] += v
    x[-1] -= v
    yield
    d.x[0] += d.v
    d.x[-1] -= d.v


def first_rule(d, x):
    y = first(x)
    yield y
    d.x[0] += 2 * d.y
    d.x[0] -= d.y


def first_tangent(d, x):
    y = first(x)
    yield y
    d.y = first(d.x)


def total_rule(d, x):
    y = np.sum(x)
    yield y
    d.x[...] += d.y


def total_tangent(d, x):
    y = np.sum(x)
    yield y
    d.y = np.sum(d.x)


def doubled_rule(d, x):
    y = np.empty(np.shape(x))
    y[...] = 2 * x
    yield y
    d.x = 2 * d.y


RULES: list[tuple[Callable[..., Any], ...]] = [
    (s2sgrad.adjoint, scale, scale_rule),
    (s2sgrad.tangent, scale, scale_tangent),
    (s2sgrad.adjoint, turn, turn_rule),
    (s2sgrad.tangent, turn, turn_tangent),
    (s2sgrad.adjoint, move, move_rule),
    (s2sgrad.tangent, move, move_tangent),
    (s2sgrad.adjoint, exchange, exchange_rule),
    (s2sgrad.tangent, exchange, exchange_tangent),
    (s2sgrad.adjoint, add_at_ends, add_at_ends_rule),
    (s2sgrad.tangent, add_at_ends, add_at_ends_tangent),
    (s2sgrad.adjoint, first, first_rule),
    (s2sgrad.tangent, first, first_tangent),
    (s2sgrad.adjoint, total, total_rule),
    (s2sgrad.tangent, total, total_tangent),
    (s2sgrad.elementwise, doubled, doubled_rule),
]


@pytest.fixture(autouse=True)
def rules() -> Iterator[None]:
    """The rules, as their users register them."""
    registry.rules()  # those of s2sgrad come first
    before = {key: list(table) for key, table in registry._rules.items()}
    for register, function, rule in RULES:
        register(function)(rule)
    yield
    registry._rules.clear()
    registry._rules.update(before)


_A = np.array([0.6, -1.3, 0.9])
_B = np.array([-0.4, 0.8, 1.7])
NUMBER = ((_A, 0.7), (_B, -0.3), (_B[:1], 1.2))
VECTOR = ((_A, _B), (_B, _A))
ALONE = ((_A,), (_B,), (_A[:1],))

CASES = [
    Case(scaled, NUMBER),
    Case(scaled_and_returned, NUMBER),
    Case(scaled_parts, NUMBER),
    Case(scaled_argument, NUMBER),
    Case(scaled_by_its_sum, NUMBER),
    Case(turned, VECTOR),
    Case(moved, NUMBER[:2]),
    Case(both_moved, NUMBER),
    Case(exchanged, VECTOR),
    Case(with_ends, NUMBER),
    Case(of_the_first, ALONE),
    Case(of_the_total, ALONE),
    Case(of_both, ALONE),
]


def named(case: Case) -> str:
    return case.name


def made(case: Case, form: str, simplified: bool) -> Iterator[Callable[..., Any]]:
    """The derivatives of a case, without and with examples."""
    for like in (None, case.inputs[0]):
        yield derived(case.function, case.variables, like=like, form=form, simplified=simplified)[0]


@pytest.mark.parametrize("simplified", [False, True], ids=["plain", "simplified"])
@pytest.mark.parametrize("case", CASES, ids=named)
def test_gradient(case: Case, simplified: bool) -> None:
    for gradient in made(case, "gradient", simplified):
        for args in case.inputs:
            check_gradient(case, args, gradient)


@pytest.mark.parametrize("simplified", [False, True], ids=["plain", "simplified"])
@pytest.mark.parametrize("case", CASES, ids=named)
def test_tangent(case: Case, simplified: bool) -> None:
    for tangent in made(case, "tangent", simplified):
        for args in case.inputs:
            check_tangent(case, args, tangent)


def test_the_rules_themselves() -> None:
    for function in (scale, add_at_ends):
        check_rule(function, _A, 0.7)
    check_rule(turn, _A, _B)
    check_rule(exchange, _A, _B)
    for function in (first, total, doubled):
        check_rule(function, _A)


def test_the_text() -> None:
    text = derived(scaled, like=(_A, 0.7))[0].source
    assert "    d_s = y.dot(d_y)\n    d_y[...] = s * d_y\n" in text
    text = derived(scaled, like=(_A, 0.7), form="tangent")[0].source
    assert "    old = y.copy()\n    scale(y, s)\n    d_y[...] = s * d_y + old * d_s\n" in text


def test_what_a_rule_conceals() -> None:
    @s2sgrad.linear(scale, override=True)
    def rule(d, x, s):
        y = np.sum(x)
        yield y
        d.x = np.full(np.shape(x), d.y)

    with pytest.raises(AssertionError, match="x, into which the rule doesn't write, is"):
        check_rule(scale, _A, 0.7)


# ---- what is refused ---------------------------------------------------------------------------


def scaled_number(x, s):
    scale(x, s)
    return x * x


def scaled_by_itself(x: np.ndarray):
    y = x * x
    scale(y, y)
    return y


def scaled_by_a_part(x: np.ndarray):
    y = x * x
    scale(y[1:], y[:-1])
    return y


def said(error: TransformError) -> list[str]:
    """The lines of a message, without the place and the module."""
    first, *lines = str(error).strip("\n").split("\n")
    return [first.partition(": ")[2].removeprefix(f"{__name__}."), *lines]


@pytest.mark.parametrize("form", ["gradient", "tangent"])
def test_what_may_be_a_number_is_refused(form: str) -> None:
    message = (
        "scale has a rule for arrays that it writes into, and its argument x isn't known to be one"
    )
    for like in (None, (0.3, 0.7)):
        with pytest.raises(TransformError, match=message):
            derived(scaled_number, like=like, form=form)
    derived(scaled_number, like=(_A, 0.7), form=form)


@pytest.mark.parametrize("form", ["gradient", "tangent"])
@pytest.mark.parametrize("function", [scaled_by_itself, scaled_by_a_part])
def test_overlapping_arguments_are_refused(function: Callable[..., Any], form: str) -> None:
    with pytest.raises(TransformError) as found:
        derived(function, form=form)
    first, *_, last = said(found.value)
    assert first == (
        "scale writes into its argument x, which shares memory with s, and its rule doesn't say what it does then"
    )
    assert last == "   Pass a copy."
