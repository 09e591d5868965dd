"""Decorators: right in every case, or refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import s2sgrad
from s2sgrad.errors import TransformError
from tests.decorated_programs import REFUSED, REFUSED_OR_RIGHT, RIGHT


def check(function: Any, args: tuple[Any, ...]) -> None:
    s2sgrad.check_grads(function, args)
    value, _ = s2sgrad.value_and_grad(function)(*args)
    np.testing.assert_allclose(value, function(*args))


@pytest.mark.parametrize(("function", "inputs"), RIGHT, ids=lambda f: getattr(f, "__name__", ""))
def test_agrees_with_differences(function: Any, inputs: list[tuple[Any, ...]]) -> None:
    for args in inputs:
        check(function, args)


@pytest.mark.parametrize(
    ("function", "args"), REFUSED_OR_RIGHT, ids=lambda f: getattr(f, "__name__", "")
)
def test_is_refused_or_right(function: Any, args: tuple[Any, ...]) -> None:
    try:
        s2sgrad.transform(function, like=args)
    except TransformError:
        return
    check(function, args)


@pytest.mark.parametrize(("function", "args"), REFUSED, ids=lambda f: getattr(f, "__name__", ""))
def test_what_remembering_changes_is_refused(function: Any, args: tuple[Any, ...]) -> None:
    for like in (None, args):
        with pytest.raises(
            TransformError, match="nobody would see when this function remembers its results"
        ):
            s2sgrad.transform(function, like=like)
