"""Texts without what does nothing: copies of what is new anyway, derivatives that are given back, `not a == b`."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np
import pytest

from s2sgrad.transform import derived

W = np.ones(3)
A = np.ones((3, 3))
X = np.array([0.7, 1.2, -0.4])


@pytest.fixture(autouse=True)
def _started() -> None:
    W[...] = [0.5, -0.2, 0.9]
    A[...] = np.arange(9.0).reshape(3, 3) / 7


def through_calls(x, s):  # type: ignore[no-untyped-def]
    np.multiply(x, s, out=W)
    np.add(W, x, out=W)
    np.sin(W, out=W)
    return W.sum()


def through_calls_of_a_local_one(x, s):  # type: ignore[no-untyped-def]
    w = np.empty(3)
    np.multiply(x, s, out=w)
    np.add(w, x, out=w)
    np.sin(w, out=w)
    return w.sum() + (w * x)[1]


def copied_to_itself(x, s):  # type: ignore[no-untyped-def]
    W[:] = x * s
    W[:] = np.array(W)
    return (W * x).sum()


def copied_under_a_name(x, s):  # type: ignore[no-untyped-def]
    W[...] = x * s
    y = np.array(W)
    W[...] = y
    return (W * s).sum()


def copied_and_read(x, s):  # type: ignore[no-untyped-def]
    W[...] = x * s
    y = W[...].copy()
    z = np.sin(y)
    W[...] = y
    return (W * z).sum()


def added_to_what_was_there(x, s):  # type: ignore[no-untyped-def]
    y = W + x
    W[...] = y
    np.subtract(W, s * x, out=W)
    return (W * y).sum()


def squared(x, s):  # type: ignore[no-untyped-def]
    W[:] = x * x
    return W @ W * s


def squared_rows(x, s):  # type: ignore[no-untyped-def]
    for k in range(3):
        A[k] = A[k] * s
        A[k] += x
    return sum(A[k].dot(A[k]) for k in range(3))


def scaled_in_place(x, s):  # type: ignore[no-untyped-def]
    W[:] = W * s
    return (W * x).sum()


def rotated(x, s):  # type: ignore[no-untyped-def]
    b = np.outer(x, x * s).T * s
    c = b[1:]
    c *= 2
    return (c[0] * x).sum() + b[0, 1]


def skipping(x, s, n: int = 1):  # type: ignore[no-untyped-def]
    y = s
    for i in range(3):
        if i == n:
            continue
        y = y * x[i]
    return y


def skipping_numbers(x, s):  # type: ignore[no-untyped-def]
    y = 1.0
    for i in range(3):
        if x[i] == s:
            continue
        y = y * x[i] * s
    return y


PROGRAMS = [
    *(through_calls, through_calls_of_a_local_one, copied_to_itself, copied_under_a_name),
    *(copied_and_read, added_to_what_was_there, squared, squared_rows, scaled_in_place, rotated),
    *(skipping, skipping_numbers),
]


def value(function: Any, x: Any, s: float) -> tuple[Any, Any, Any]:
    """What a function returns, and leaves in the module."""
    kept = W.copy(), A.copy()
    found = function(x, s)
    left = W.copy(), A.copy()
    W[...], A[...] = kept
    return found, *left


@pytest.mark.parametrize("simplified", [False, True])
@pytest.mark.parametrize("form", ["gradient", "value_and_gradient", "tangent"])
@pytest.mark.parametrize("function", PROGRAMS, ids=lambda f: f.__name__)
def test_derivatives(function: Any, form: str, simplified: bool) -> None:
    x, s = X.copy(), 0.8
    made, _ = derived(function, ("x", "s"), like=(x, s), form=form, simplified=simplified)
    rng = np.random.default_rng(2)
    d_x, d_s = rng.normal(size=3), 0.6
    for _ in range(2):
        low, high = (value(function, x + h * d_x, s + h * d_s)[0] for h in (-1e-6, 1e-6))
        slope = (high - low) / 2e-6
        expected = value(function, x, s)
        if form == "tangent":
            found, along = made(x, s, d_x=d_x, d_s=d_s)
        else:
            result = made(x, s)
            found, result = result if form == "value_and_gradient" else (expected[0], result)
            along = result[0] @ d_x + result[1] * d_s
            assert not any(np.shares_memory(result[0], other) for other in (W, A, x))
        assert along == pytest.approx(slope, rel=1e-6, abs=1e-8)
        assert found == pytest.approx(expected[0])
        np.testing.assert_allclose(W, expected[1])
        np.testing.assert_allclose(A, expected[2])
        np.testing.assert_array_equal(x, X)


def text(function: Any) -> str:
    made, _ = derived(function, ("x", "s"), like=(copy.copy(X), 0.8))
    return str(made.source)  # type: ignore[attr-defined]


@pytest.mark.parametrize("function", PROGRAMS, ids=lambda f: f.__name__)
def test_nothing_is_given_to_itself(function: Any) -> None:
    source = text(function)
    assert "d_W[...] = d_W\n" not in source
    assert "d_W[:] = d_W\n" not in source
    assert ".dot(d_W[:].copy())" not in source
    assert ".copy())" not in source.replace("append(A[k].copy())", "")


def test_like_terms_are_added() -> None:
    assert "d_W = 2 * s * W * d_out\n" in text(squared)


def test_opposites() -> None:
    assert "if i != n:" in text(skipping)
    assert "if x[i] != s:" in text(skipping_numbers)


def test_what_is_compared_by_its_class_is_asked_as_the_user_asks() -> None:
    class Odd:
        def __eq__(self, other: object) -> bool:
            return other == 1

        def __ne__(self, other: object) -> bool:
            return False

        __hash__ = None  # type: ignore[assignment]

    def f(x, n):  # type: ignore[no-untyped-def]
        y = 1.0
        for i in range(3):
            if i == n:
                continue
            y = y * x[i]
        return y

    made, _ = derived(f, "x", like=None)
    assert "i != n" not in made.source  # type: ignore[attr-defined]
    np.testing.assert_allclose(made(X, Odd()), [X[2], 0, X[0]])
