"""Derivatives of a program made in every way: in both modes, plain and simplified, with examples and without."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest

from s2sgrad.errors import TransformError
from s2sgrad.transform import derived
from tests.differentiating import check_gradient, check_tangent
from tests.zoo import Case

__all__ = ["NUMBERS", "check_in_every_way", "check_told"]

NUMBERS = ((0.7, 1.3, 2), (-0.4, 0.6, 0), (1.4, -0.8, 1))
"""Two real numbers and a whole one, for which programs take other branches and make other trips."""


def check_in_every_way(
    function: Callable[..., Any],
    *inputs: tuple[Any, ...],
    wrt: tuple[str, ...] | None = None,
    by_example: bool = False,
) -> None:
    """Compare all derivatives of a program with differences; by_example: they are made with examples only."""
    case = Case(function, inputs or NUMBERS, wrt=wrt)
    likes = (case.inputs[0],) if by_example else (None, case.inputs[0])
    checks = {"gradient": check_gradient, "tangent": check_tangent}
    for form, simplified, like in product(checks, (False, True), likes):
        made, _ = derived(function, case.variables, like=like, form=form, simplified=simplified)
        for args in case.inputs:
            checks[form](case, args, made)


def check_told(function: Callable[..., Any], message: str, *inputs: tuple[Any, ...]) -> None:
    """Fail where a program isn't refused with a message, forward and in reverse, with an example and without."""
    case = Case(function, inputs or NUMBERS)
    for form, like in product(("gradient", "tangent"), (None, case.inputs[0])):
        with pytest.raises(TransformError) as caught:
            derived(function, case.variables, like=like, form=form)
        assert any(message in finding.message for finding in caught.value.findings)
