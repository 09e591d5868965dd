"""`max`, `min` and `sorted` with a key: right in every case, or refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import s2sgrad
from s2sgrad.errors import TransformError
from tests.key_programs import REFUSED, RIGHT, X


@pytest.mark.parametrize("x", [X, -X[::-1], np.array([1.2, 0.3, 1.1])], ids=str)
@pytest.mark.parametrize("function", RIGHT, ids=lambda f: f.__name__)
def test_agrees_with_differences(function: Any, x: np.ndarray) -> None:
    s2sgrad.check_grads(function, (x,))
    value, gradient = s2sgrad.value_and_grad(function)(x)
    assert value == function(x)
    np.testing.assert_allclose(gradient, s2sgrad.transform(function)(x))


@pytest.mark.parametrize(("function", "args"), REFUSED, ids=lambda f: getattr(f, "__name__", ""))
def test_what_is_not_written_out_is_refused(function: Any, args: tuple[Any, ...]) -> None:
    with pytest.raises(TransformError, match="keyword 'key'"):
        s2sgrad.transform(function, like=args)


def in_order_of_keys(numbers, s):
    out = 0.0
    for k in sorted(numbers, key=lambda k: -k):
        out = out * s + k
    return out + max(numbers, key=lambda k: -k) * s


def by_the_first(rows, s):
    rows = sorted(rows, key=lambda row: row[0])
    rows[0] = rows[0] * s
    return sum(row[0] * row[1] * (i + 1) for i, row in enumerate(rows))


@pytest.mark.parametrize(
    "numbers", [{0: 0.5, 1: 0.3, 2: 2.0}, [3, 1, 2], (2, 1, 3), np.arange(3)], ids=str
)
@pytest.mark.parametrize("told", [True, False])
def test_what_is_given_may_be_a_dict(numbers: Any, told: bool) -> None:
    like = (numbers, 0.7) if told else None
    gradient = s2sgrad.transform(in_order_of_keys, wrt="s", like=like)
    step = 1e-6
    moved = [in_order_of_keys(numbers, 0.7 + d) for d in (step, -step)]
    np.testing.assert_allclose(
        gradient(numbers, 0.7), (moved[0] - moved[1]) / (2 * step), rtol=1e-7
    )


def test_what_is_given_may_be_a_list_of_arrays() -> None:
    rows = [np.array([1.3, 0.4]), np.array([0.2, 0.9])]
    d_rows, d_s = s2sgrad.transform(by_the_first)(rows, 2.0)
    np.testing.assert_allclose(d_rows, [[0.8, 2.6], [3.6, 0.8]])
    np.testing.assert_allclose(d_s, 2 * 2.0 * 0.2 * 0.9)
