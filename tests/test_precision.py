"""Derivatives beside arrays of float32 are as precise as what they belong to: float64 where that is float64."""

from __future__ import annotations

import inspect
from typing import Any

import numpy as np
import pytest

import s2sgrad
from s2sgrad.transform import derived

RNG = np.random.default_rng(0)
NARROW = RNG.normal(size=3).astype(np.float32)
MATRIX = RNG.normal(size=(4, 3)).astype(np.float32)
HALF = RNG.normal(size=3).astype(np.float16)
TENTH = np.float32(0.1)
ARGUMENTS = {
    "x": RNG.normal(size=3),
    "m": RNG.normal(size=(4, 3)),
    "s": 0.37,
    "n": RNG.normal(size=3).astype(np.float32),
}


class Held:
    matrix = MATRIX


def product(x):  # type: ignore[no-untyped-def]
    return (NARROW * x).sum()


def scaled(x):  # type: ignore[no-untyped-def]
    return (NARROW * x).sum() * 3.3


def half(x):  # type: ignore[no-untyped-def]
    return (HALF * x).sum() * 1.7


def made_inside(x):  # type: ignore[no-untyped-def]
    k = np.full(3, 0.1, np.float32)
    return (k * x).sum() * 3.3


def mean(x):  # type: ignore[no-untyped-def]
    return (NARROW * x).mean()


def of_a_number(s):  # type: ignore[no-untyped-def]
    return (NARROW * s).sum()


def sine_of_a_number(s):  # type: ignore[no-untyped-def]
    return np.sin(NARROW * s).sum() * 0.3


def vectors(x):  # type: ignore[no-untyped-def]
    return NARROW @ x * 0.3 + np.dot(HALF, x)


def vectors_by_names(x):  # type: ignore[no-untyped-def]
    return np.inner(x, NARROW) + np.tensordot(NARROW, x, 1) * 0.3


def matrix(x):  # type: ignore[no-untyped-def]
    return (MATRIX @ x).sum() + (MATRIX * x).sum() / 0.3


def matrices(m):  # type: ignore[no-untyped-def]
    return (m * MATRIX).sum(axis=0).sum() * 0.3 + (m @ NARROW).sum()


def squares(x):  # type: ignore[no-untyped-def]
    return ((MATRIX * x) ** 2).sum() * 0.3


def of_a_class(x):  # type: ignore[no-untyped-def]
    return (Held.matrix * x).sum() * 0.7


def scaled_by_a_number(x, s):  # type: ignore[no-untyped-def]
    return (NARROW * x).sum() * s + (NARROW * x * s).sum()


def divided(x):  # type: ignore[no-untyped-def]
    return (x / NARROW).sum() * 0.7 + (NARROW / x).sum()


def sums(x):  # type: ignore[no-untyped-def]
    return (NARROW + x).sum() * 0.3 + (NARROW * x).sum() + np.sum(NARROW * x * 0.1 + x * 0.3)


def exponential(x):  # type: ignore[no-untyped-def]
    return np.exp(NARROW * x).sum() + np.var(NARROW * x)


def of_a_product(x):  # type: ignore[no-untyped-def]
    scaled = NARROW * 2.5
    return (scaled * x).sum() * 0.3 * (NARROW * x).sum()


def stored(x):  # type: ignore[no-untyped-def]
    b = np.zeros(3)
    b[:] = x * NARROW
    return (b * NARROW).sum() * 0.3


def stored_narrowly(x):  # type: ignore[no-untyped-def]
    b = np.zeros(3, np.float32)
    b[:] = x
    return (b * NARROW).sum() * 0.3


def helper(k, x):  # type: ignore[no-untyped-def]
    return (k * x).sum()


def by_a_helper(x):  # type: ignore[no-untyped-def]
    return helper(NARROW, x) * 0.3


def given(n, x):  # type: ignore[no-untyped-def]
    return (n * x).sum() * 0.3


def times_a_narrow_number(x):  # type: ignore[no-untyped-def]
    return TENTH * x.sum()


def times_a_narrow_number_each(x):  # type: ignore[no-untyped-def]
    return (TENTH * x).sum() * 1.3


def in_a_loop(x):  # type: ignore[no-untyped-def]
    return sum(NARROW[i] * x[i] for i in range(3)) * 0.3


WIDE = [
    *(product, scaled, half, made_inside, mean, of_a_number, vectors, vectors_by_names),
    *(matrix, matrices, squares, of_a_class, scaled_by_a_number, divided, sums, exponential),
    *(of_a_product, stored, by_a_helper, given, times_a_narrow_number),
    *(times_a_narrow_number_each, in_a_loop),
]
ROUNDED_ITSELF = {"of_a_number", "scaled_by_a_number", "vectors_by_names"}
"""They have products of float32 themselves: these are rounded."""


def given_to(function: Any) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The arguments of a function, and those of float64."""
    arguments = {n: ARGUMENTS[n] for n in inspect.signature(function).parameters}
    return arguments, tuple(n for n in arguments if n != "n")


@pytest.mark.parametrize("simplified", [False, True])
@pytest.mark.parametrize("form", ["gradient", "value_and_gradient"])
@pytest.mark.parametrize("function", WIDE, ids=lambda f: f.__name__)
def test_what_is_float64_has_a_derivative_of_float64(
    function: Any, form: str, simplified: bool
) -> None:
    arguments, wrt = given_to(function)
    made, _ = derived(
        function, wrt, like=tuple(arguments.values()), form=form, simplified=simplified
    )
    found = made(*arguments.values())
    found = found if form == "gradient" else found[1]
    exact = [np.asarray(v, np.longdouble) for v in arguments.values()]
    for n, d in zip(wrt, found, strict=True):
        assert np.asarray(d).dtype == np.float64
        assert np.shape(d) == np.shape(arguments[n])
        place = list(arguments).index(n)
        for index in np.ndindex(np.shape(d)):
            values = []
            for step in (-1e-6, 1e-6):
                moved = [v.copy() for v in exact]
                moved[place][index] += np.longdouble(step)
                values.append(longer(function, moved))
            slope = float((values[1] - values[0]) / np.longdouble(2e-6))
            near = 3e-7 if function.__name__ in ROUNDED_ITSELF else 3e-9
            assert d[index] == pytest.approx(slope, rel=near, abs=1e-9)


def longer(function: Any, arguments: list[Any]) -> Any:
    """What a function gives with long doubles in the place of real numbers."""
    return function(*(a if a.ndim else a[()] for a in arguments))


@pytest.mark.parametrize("function", [*WIDE, stored_narrowly], ids=lambda f: f.__name__)
def test_simplified_is_as_precise(function: Any) -> None:
    arguments, wrt = given_to(function)
    for like in (None, tuple(arguments.values())):
        plain, simple = (
            derived(function, wrt, like=like, simplified=simplified)[0](*arguments.values())
            for simplified in (False, True)
        )
        for a, b in zip(plain, simple, strict=True):
            assert np.asarray(a).dtype == np.asarray(b).dtype
            np.testing.assert_allclose(b, a, rtol=3e-7 if like is None else 1e-7)


@pytest.mark.parametrize("function", WIDE, ids=lambda f: f.__name__)
def test_forward_agrees(function: Any) -> None:
    arguments, wrt = given_to(function)
    like = tuple(arguments.values())
    along = [np.random.default_rng(1).normal(size=np.shape(arguments[n])) for n in wrt]
    tangent = s2sgrad.transform(function, wrt, like=like, form="tangent")
    gradient = s2sgrad.transform(function, wrt, like=like)
    moves = [a if np.ndim(a) else float(a) for a in along]
    _, slope = tangent(*like, *moves)
    expected = sum(np.sum(d * a) for d, a in zip(gradient(*like), along, strict=True))
    assert slope == pytest.approx(expected, rel=1e-6)


def narrow_product(n):  # type: ignore[no-untyped-def]
    return (NARROW * n).sum()


def narrow_squares(n):  # type: ignore[no-untyped-def]
    return np.sqrt((n * n).sum())


def narrow_and_a_number(n, s):  # type: ignore[no-untyped-def]
    return (n * n * s).sum()


@pytest.mark.parametrize("function", [narrow_product, narrow_squares, narrow_and_a_number])
def test_what_is_float32_has_a_derivative_of_float32(function: Any) -> None:
    arguments, _ = given_to(function)
    made = s2sgrad.transform(function, "n", like=tuple(arguments.values()))
    assert made(*arguments.values()).dtype == np.float32
    assert "broadcast_to" not in made.source


def test_texts() -> None:
    def body(function: Any, wrt: str) -> str:
        arguments, _ = given_to(function)
        source = s2sgrad.transform(function, wrt, like=tuple(arguments.values())).source
        return source.strip().splitlines()[-1].strip()

    assert body(product, "x") == "return NARROW * np.broadcast_to(d_out, x.shape)"
    assert body(scaled, "x") == "return NARROW * np.broadcast_to(3.3 * d_out, x.shape)"
    assert body(given, "n") == "return 0.3 * x * d_out"
    assert body(narrow_product, "n") == "return NARROW * d_out"
