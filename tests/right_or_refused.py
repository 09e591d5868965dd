"""Programs with their arguments, each of which is right in every way, or refused."""

from __future__ import annotations

from typing import Any

import pytest

import s2sgrad
from s2sgrad.errors import TransformError
from s2sgrad.transform import derived

__all__ = ["check_refused", "check_right", "name_of"]

Program = tuple[Any, ...]
"""A function and its arguments."""


def name_of(case: Program) -> str:
    """What a test of a program is called, in every process alike."""
    told = (str(a) if isinstance(a, int | float) else type(a).__name__ for a in case[2:])
    return "-".join([case[0].__name__, *told])


def check_right(case: Program) -> None:
    """Compare the derivatives of a program with differences; both forms are made without simplification, too."""
    function, *args = case
    s2sgrad.check_grads(function, tuple(args))
    for form in ("gradient", "tangent"):
        derived(function, 0, like=tuple(args), form=form, simplified=False)


def check_refused(case: Program, form: str) -> None:
    """Fail where a program isn't refused, with examples and without."""
    function, *args = case
    for like in (None, tuple(args)):
        with pytest.raises(TransformError):
            s2sgrad.transform(function, like=like, form=form)
