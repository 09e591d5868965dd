"""Programs that change lists under several names are differentiated right, or refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from s2sgrad.errors import TransformError
from s2sgrad.numeric import richardson_directional
from s2sgrad.transform import derived
from tests.list_programs import FUNCTIONS, INPUTS
from tests.structures import moved, product, random_like


def _difference(
    function: Callable[..., Any], args: tuple[Any, ...], along: Any, seed: Any
) -> float:
    def weighted(t: float) -> float:
        return product(seed, function(moved(args[0], along, t), *args[1:]), seed)

    return float(richardson_directional(weighted, (0.0,), (1.0,))[0])


@pytest.mark.parametrize("form", ["gradient", "tangent"])
@pytest.mark.parametrize("simplified", [False, True])
@pytest.mark.parametrize("function", FUNCTIONS)
def test_right_or_refused(function: Callable[..., Any], form: str, simplified: bool) -> None:
    try:
        found, _ = derived(function, 0, form=form, simplified=simplified)
    except TransformError:
        return
    rng = np.random.default_rng(7)
    for args in (case[1:] for case in INPUTS if case[0] is function):
        result = function(*args)
        along, seed = random_like(args[0], rng), random_like(result, rng)
        expected = _difference(function, args, along, seed)
        if form == "gradient":
            given = found(*args, seed)
            np.testing.assert_allclose(found(*args, seed), given)
            value = product(along, given, along)
        else:
            out, tangent = found(*args, along)
            np.testing.assert_allclose(out, result)
            value = product(seed, tangent, seed)
        np.testing.assert_allclose(value, expected, rtol=1e-6, atol=1e-9)
