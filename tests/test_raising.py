"""Handlers that raise: right, or refused."""

from __future__ import annotations

from typing import Any

import pytest

import s2sgrad
from tests.raising_programs import REFUSED, RIGHT, X, in_a_loop, several_statements
from tests.right_or_refused import check_refused, check_right, name_of


@pytest.mark.parametrize("case", RIGHT, ids=name_of)
def test_agrees_with_differences(case: tuple[Any, ...]) -> None:
    check_right(case)


@pytest.mark.parametrize("case", REFUSED, ids=name_of)
@pytest.mark.parametrize("form", ["gradient", "tangent"])
def test_what_is_not_known_is_refused(case: tuple[Any, ...], form: str) -> None:
    check_refused(case, form)


def test_what_raises_raises() -> None:
    gradient = s2sgrad.transform(several_statements, "x", like=(0.3, "two"))
    with pytest.raises(KeyError):
        gradient(0.3, "four")
    gradient = s2sgrad.transform(in_a_loop, "x", like=(X, 2))
    with pytest.raises(IndexError):
        gradient(X * 0.1, 4)
