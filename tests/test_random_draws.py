"""Generators of random numbers that the function makes, and what shuffles arrays."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import s2sgrad
from s2sgrad.errors import TransformError
from s2sgrad.transform import derived


def call_option(s: float, n: int):
    rng = np.random.default_rng(3)
    z = rng.standard_normal(n)
    w = rng.normal(size=n)
    return np.maximum(s * np.exp(0.1 * z * s + w) - 1.0, 0).mean()


def one_at_a_time(x: float, n: int):
    rng = np.random.default_rng(3)
    total = 0.0
    for _ in range(n):
        total += rng.random() * x * rng.normal()
    return total * x


def stored_into(x: float, n: int):
    rng = np.random.default_rng(3)
    a = rng.random((n, 2))
    a[0] = x
    b = rng.normal(0.0, 1.0, (n, 2))
    b *= x
    return np.sum(a * b)


def of_the_standard_library(x: float, n: int):
    generator = random.Random(4)
    values = [x, 2 * x, x * x]
    total = x
    for _ in range(n):
        k = generator.randrange(3)
        total = total * generator.random() + generator.gauss(0, 1) * values[k]
        values[k] = total
    return total


def drawn(rng: Any, n: int):
    return rng.standard_normal(n)


def by_a_helper(x: float, n: int):
    rng = np.random.default_rng(3)
    return np.sum(drawn(rng, n) * drawn(rng, n) * x) * x


def shuffled_before(x: float, n: int):
    order = np.arange(n)
    np.random.default_rng(3).shuffle(order)
    return np.sum((np.arange(n) * x)[order] ** 2 * np.arange(n))


@pytest.mark.parametrize(
    "function",
    [
        call_option,
        one_at_a_time,
        stored_into,
        of_the_standard_library,
        by_a_helper,
        shuffled_before,
    ],
)
@pytest.mark.parametrize("simplified", [False, True])
@pytest.mark.parametrize("n", [1, 4])
def test_derivatives(function: Callable[..., Any], simplified: bool, n: int) -> None:
    expected = s2sgrad.central_difference(function, 1.3, n)
    gradient, _ = derived(function, 0, simplified=simplified)
    np.testing.assert_allclose(gradient(1.3, n), expected, rtol=1e-6)
    tangent, _ = derived(function, 0, form="tangent", simplified=simplified)
    np.testing.assert_allclose(tangent(1.3, n, 1.0)[1], expected, rtol=1e-6)


def descent(w: float, n: int):
    rng = np.random.default_rng(3)
    order = np.arange(4)
    data = np.array([1.0, 2.0, 3.0, 5.0])
    for _ in range(n):
        rng.shuffle(order)
        for i in order:
            w = w - 0.1 * (w - data[i]) * w
    return w


def shuffled_between(x: float, n: int):
    order = np.arange(n)
    v = np.arange(n) * x
    total = np.sum(v[order] ** 2 * np.arange(n))
    np.random.default_rng(3).shuffle(order)
    return total + np.sum(v[order] ** 2 * x)


def asked_before(x: float, n: int):
    order = np.arange(n)
    y = x
    if order[0] == 0:
        y = x * x
    np.random.default_rng(3).shuffle(order)
    return y * x + order[0]


@pytest.mark.parametrize("function", [descent, shuffled_between])
def test_what_was_shuffled_since_is_refused(function: Callable[..., Any]) -> None:
    """The derivative needs the order as it was: it took the last one."""
    with pytest.raises(TransformError, match="whose earlier contents the derivative needs"):
        s2sgrad.transform(function, 0)


def test_what_was_asked_before_is_known() -> None:
    np.testing.assert_allclose(s2sgrad.transform(asked_before, 0)(1.3, 4), 3 * 1.3**2)


def of_a_mean(x: float, n: int):
    return np.random.default_rng(3).normal(x, 1.0) * n


def chosen(x: float, n: int):
    return np.random.default_rng(3).choice(np.ones(n) * x)


@pytest.mark.parametrize("function", [of_a_mean, chosen])
def test_what_is_drawn_by_what_varies_is_refused(function: Callable[..., Any]) -> None:
    with pytest.raises(TransformError):
        s2sgrad.transform(function, 0)
