"""Functions that are chosen, kept and returned: right in every case, or refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import s2sgrad
from s2sgrad.errors import TransformError
from tests.function_programs import (
    KERNELS,
    REFUSED_OR_RIGHT,
    RIGHT,
    by_a_constant_key,
    by_an_operator,
)


def check(function: Any, args: tuple[Any, ...]) -> None:
    """The derivative with examples, and the one without, by everything that is a real number."""
    names = zip(function.__code__.co_varnames, args, strict=False)
    wrt = tuple(name for name, value in names if isinstance(value, float | np.ndarray))
    s2sgrad.check_grads(function, args)
    told = s2sgrad.transform(function, wrt, like=args)
    untold = s2sgrad.transform(function, wrt)
    for first, second in zip(np.atleast_1d(told(*args)), np.atleast_1d(untold(*args)), strict=True):
        np.testing.assert_allclose(first, second)
    value, _ = s2sgrad.transform(function, wrt, form="value_and_gradient")(*args)
    np.testing.assert_allclose(value, function(*args))


@pytest.mark.parametrize(("function", "inputs"), RIGHT, ids=lambda f: getattr(f, "__name__", ""))
def test_agrees_with_differences(function: Any, inputs: list[tuple[Any, ...]]) -> None:
    for args in inputs:
        check(function, args)


@pytest.mark.parametrize(
    ("function", "inputs"), REFUSED_OR_RIGHT, ids=lambda f: getattr(f, "__name__", "")
)
def test_is_refused_or_right(function: Any, inputs: list[tuple[Any, ...]]) -> None:
    try:
        s2sgrad.transform(function, like=inputs[0])
    except TransformError:
        return
    for args in inputs:
        check(function, args)


def test_functions_of_a_dict_are_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    gradient = s2sgrad.grad(by_a_constant_key)
    first = gradient(0.4, 0.7)
    monkeypatch.setitem(KERNELS, "tanh", np.sin)
    assert gradient(0.4, 0.7) != first
    s2sgrad.check_grads(by_a_constant_key, (0.4, 0.7))


def test_a_key_that_is_missing_raises_as_it_does() -> None:
    gradient = s2sgrad.transform(by_an_operator)
    with pytest.raises(KeyError, match="%"):
        gradient(2.0, 3.0, "%")
