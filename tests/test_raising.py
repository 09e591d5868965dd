"""Handlers that raise: what the text raises is what the function would."""

from __future__ import annotations

import pytest

import s2sgrad
from tests.raising_programs import X, in_a_loop, several_statements


def test_what_raises_raises() -> None:
    gradient = s2sgrad.transform(several_statements, "x", like=(0.3, "two"))
    with pytest.raises(KeyError):
        gradient(0.3, "four")
    gradient = s2sgrad.transform(in_a_loop, "x", like=(X, 2))
    with pytest.raises(IndexError):
        gradient(X * 0.1, 4)
