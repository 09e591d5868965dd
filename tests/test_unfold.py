"""Programs with objects are differentiated right, or refused: what is known of a name is never what it was before."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import s2sgrad
from s2sgrad.errors import TransformError
from s2sgrad.transform import derived
from tests.object_programs import INPUTS


@pytest.mark.parametrize("form", ["gradient", "tangent"])
@pytest.mark.parametrize("simplified", [False, True])
@pytest.mark.parametrize(
    "case", INPUTS, ids=[f"{case[0].__name__}-{k}" for k, case in enumerate(INPUTS)]
)
def test_right_or_refused(case: tuple[Any, ...], form: str, simplified: bool) -> None:
    function, *args = case
    expected = s2sgrad.central_difference(function, *args)
    try:
        found, _ = derived(function, 0, form=form, simplified=simplified)
    except TransformError:
        return
    if form == "gradient":
        np.testing.assert_allclose(found(*args), expected, rtol=1e-6)
    else:
        _, tangent = found(*args, np.ones_like(args[0]) if np.ndim(args[0]) else 1.0)
        np.testing.assert_allclose(tangent, np.sum(expected), rtol=1e-6)


def test_most_are_differentiated() -> None:
    """What is refused is known, and may only become less."""
    refused = set()
    for function, *_ in INPUTS:
        try:
            derived(function, 0)
        except TransformError:
            refused.add(function.__name__)
    assert refused <= {"f4", "f17", "f18", "f20", "f22", "f24", "f30"}
