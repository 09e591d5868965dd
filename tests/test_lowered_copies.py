"""Copies stand in the branch that leaves a variable as it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import s2sgrad


def one_branch(x: float):
    y = x * x
    if y > 2.0:
        y = 3.0 * y * x
    return y * x


def read_in_the_branch(x: float):
    y = x * x
    z = y
    if y > 2.0:
        y = y * x + z
        y = y * y
    return y * z


def overwritten_in_a_nested_branch(x: float):
    y = x * x
    if y > 1.0:
        if y > 4.0:
            y = x + 1.0
    else:
        y = y * x
    return y * y


def left_in_the_branch(x: float, n: int):
    total = x
    for i in range(n):
        step = total * x
        if step > 3.0:
            if i > 1:
                break
            step = step * 0.5
        total = total + step
    return total * step if n else total


def several_branches_in_a_loop(x: float, n: int):
    total = x
    for i in range(n):
        field = total * x
        if i > 0:
            field = field + x
        if i < n - 1:
            field = field * 0.3
        total = total + field * field
    return total


def changed_in_between(x: float, n: int):
    a = x * x
    b = a
    if n > 1:
        a = a * x
    if n > 2:
        b = b * a
    return a * b


def swapped_in_a_branch(x: float, n: int):
    a, b = x, x * x
    if n > 1:
        a, b = b, a
    return a + 2.0 * b * a


def either(x: float, n: int):
    flag = x > 1.0 or n > 3
    if flag and n:
        x = x * x
    return x * 3.0


FUNCTIONS = [
    (one_branch, ()),
    (read_in_the_branch, ()),
    (overwritten_in_a_nested_branch, ()),
    *((f, (n,)) for n in range(5) for f in (left_in_the_branch, several_branches_in_a_loop)),
    *((f, (n,)) for n in range(5) for f in (changed_in_between, swapped_in_a_branch, either)),
]


@pytest.mark.parametrize(("function", "others"), FUNCTIONS)
@pytest.mark.parametrize("x", [0.6, 1.3, 1.9, 2.4])
def test_derivatives(function: Callable[..., Any], others: tuple[int, ...], x: float) -> None:
    expected = s2sgrad.central_difference(function, x, *others)
    gradient = s2sgrad.transform(function, 0)
    np.testing.assert_allclose(gradient(x, *others), expected, rtol=1e-6)
    _, tangent = s2sgrad.transform(function, 0, form="tangent")(x, *others, 1.0)
    np.testing.assert_allclose(tangent, expected, rtol=1e-6)
    second = s2sgrad.central_difference(gradient, x, *others)
    np.testing.assert_allclose(
        s2sgrad.transform(gradient, 0)(x, *others), second, rtol=1e-5, atol=1e-7
    )


def test_no_old_value_is_kept() -> None:
    text = s2sgrad.transform(one_branch).source
    assert "old_y" not in text
    assert "d_y = 0.0" not in text
