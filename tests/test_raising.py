"""Handlers that raise: right, or refused."""

from __future__ import annotations

from typing import Any

import pytest

import s2sgrad
from s2sgrad.errors import TransformError
from s2sgrad.transform import derived
from tests.raising_programs import REFUSED, RIGHT, X, in_a_loop, several_statements


def _name(case: tuple[Any, ...]) -> str:
    return "-".join([case[0].__name__, *map(str, case[2:])])


@pytest.mark.parametrize("case", RIGHT, ids=_name)
def test_agrees_with_differences(case: tuple[Any, ...]) -> None:
    function, *args = case
    s2sgrad.check_grads(function, tuple(args))
    for form in ("gradient", "tangent"):
        derived(function, 0, like=tuple(args), form=form, simplified=False)


@pytest.mark.parametrize("case", REFUSED, ids=_name)
@pytest.mark.parametrize("form", ["gradient", "tangent"])
def test_what_is_not_known_is_refused(case: tuple[Any, ...], form: str) -> None:
    function, *args = case
    for like in (None, tuple(args)):
        with pytest.raises(TransformError):
            s2sgrad.transform(function, like=like, form=form)


def test_what_raises_raises() -> None:
    gradient = s2sgrad.transform(several_statements, "x", like=(0.3, "two"))
    with pytest.raises(KeyError):
        gradient(0.3, "four")
    gradient = s2sgrad.transform(in_a_loop, "x", like=(X, 2))
    with pytest.raises(IndexError):
        gradient(X * 0.1, 4)
