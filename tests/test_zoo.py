"""The zoo itself: every case is defined, deterministic, pure, and smooth around each of its inputs."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.smoothness import assert_smooth, flat, generator, parameters
from tests.zoo import ALL, Case
from tests.zoo.case import is_real

NAMES = [case.name for case in ALL]


def copied(value: Any) -> Any:
    """A deep copy of an input."""
    if isinstance(value, np.ndarray):
        return value.copy()
    if isinstance(value, (list, tuple)):
        return type(value)(copied(item) for item in value)
    return value


def same(a: Any, b: Any) -> bool:
    """Equality of values, types, shapes and element types."""
    if type(a) is not type(b):
        return False
    if isinstance(a, np.ndarray):
        return a.dtype == b.dtype and a.shape == b.shape and bool(np.array_equal(a, b))
    if isinstance(a, (list, tuple)):
        return len(a) == len(b) and all(map(same, a, b))
    return bool(a == b)


@pytest.fixture(params=ALL, ids=NAMES)
def case(request: pytest.FixtureRequest) -> Case:
    """Every case of the zoo, one after the other."""
    found: Case = request.param
    return found


def test_size_and_names() -> None:
    assert len(ALL) >= 150
    assert len(set(NAMES)) == len(NAMES)


def test_inputs_are_well_formed(case: Case) -> None:
    assert len(case.inputs) >= 2
    assert case.variables
    for args in case.inputs:
        given = dict(zip(parameters(case, args), args, strict=True))
        for name in case.variables:
            assert is_real(given[name]), f"{name} is {given[name]!r}"


def test_same_answer_twice_and_inputs_unchanged(case: Case) -> None:
    for args in case.inputs:
        before = copied(args)
        first = case.call(args)
        parts = copied(first)
        second = case.call(args)
        assert same(args, before)
        assert same(parts, second)
        assert same(parts, first)


def test_results_are_numbers_and_arrays(case: Case) -> None:
    for args in case.inputs:
        result = case.call(args)
        for part in flat(result):
            assert isinstance(part, (float, int, np.ndarray))
            assert np.all(np.isfinite(part))
    scalar = all(isinstance(case.call(args), (float, int)) for args in case.inputs)
    assert scalar == case.scalar


def test_smooth_around_the_inputs(case: Case) -> None:
    """Same path, same derivative from differences of two widths and from either side."""
    rng = generator(case)
    for args in case.inputs:
        for _ in range(3):
            assert_smooth(case, args, rng)
