"""Iterators of itertools as loops: right in every case, or refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import s2sgrad
from s2sgrad.errors import TransformError
from tests import iterators_and_writes as writes
from tests.iterator_programs import BY_EXAMPLE, REFUSED, RIGHT, pairs_as_wholes


@pytest.mark.parametrize(("function", "inputs"), RIGHT, ids=lambda f: getattr(f, "__name__", ""))
def test_agrees_with_differences(function: Any, inputs: list[tuple[Any, ...]]) -> None:
    for args in inputs:
        kept = args[0].copy()
        if function is not pairs_as_wholes or len(args[0]) > 1:
            s2sgrad.check_grads(function, args)
        expected = function(args[0].copy(), *args[1:])
        value, gradient = s2sgrad.value_and_grad(function)(*args)
        np.testing.assert_allclose(value, expected)
        if function not in BY_EXAMPLE:  # which have to be arrays
            np.testing.assert_allclose(gradient, s2sgrad.transform(function)(*args))
        np.testing.assert_array_equal(args[0], kept)


@pytest.mark.parametrize(("function", "args"), REFUSED, ids=lambda f: getattr(f, "__name__", ""))
def test_what_cannot_be_told_is_refused(function: Any, args: tuple[Any, ...]) -> None:
    with pytest.raises(TransformError):
        s2sgrad.transform(function, like=args)


@pytest.mark.parametrize(
    ("function", "inputs"), writes.RIGHT, ids=lambda f: getattr(f, "__name__", "")
)
def test_what_is_written_meanwhile_is_seen_as_by_the_iterator(
    function: Any, inputs: list[tuple[Any, ...]]
) -> None:
    for args in inputs:
        kept = [a.copy() for a in args]
        s2sgrad.check_grads(function, args)
        np.testing.assert_allclose(s2sgrad.value_and_grad(function)(*args)[0], function(*args))
        np.testing.assert_array_equal(np.hstack(args), np.hstack(kept))


@pytest.mark.parametrize("function", writes.REFUSED, ids=lambda f: f.__name__)
def test_what_is_written_into_what_is_read_is_refused(function: Any) -> None:
    with pytest.raises(TransformError):
        s2sgrad.transform(function, like=(writes.X, writes.PAIR))


def test_a_strict_zip_raises_in_the_text() -> None:
    def f(x: np.ndarray, y: np.ndarray):
        return sum(a * b for a, b in zip(x, y, strict=True))

    gradient = s2sgrad.transform(f, like=(writes.X, writes.X))
    assert "assert len(x) == len(y)" in gradient.source
    with pytest.raises(AssertionError):
        gradient(writes.X, writes.X[:-1])
