"""The corpora of memory themselves: each kernel and hazard runs, is deterministic, smooth, and writes where it says."""

from __future__ import annotations

import copy
import inspect
from typing import Any

import numpy as np
import pytest

from s2sgrad.numeric import richardson_directional
from tests import hazards, kernels
from tests.memory_case import MemoryCase
from tests.running import same
from tests.smoothness import assert_smooth, flat, generator, parameters
from tests.zoo.case import is_real

ALL = (*kernels.ALL, *hazards.ALL)


@pytest.fixture(params=ALL, ids=[case.name for case in ALL])
def case(request: pytest.FixtureRequest) -> MemoryCase:
    """Every kernel and every hazard, one after the other."""
    found: MemoryCase = request.param
    return found


def extents(args: tuple[Any, ...]) -> list[Any]:
    """What decides how many trips loops make: shapes and integers, where no float does."""
    return [np.shape(value) if np.ndim(value) else value for value in args]


def test_size_and_names() -> None:
    assert len(kernels.ALL) >= 64
    assert len(hazards.ALL) >= 90
    assert len({case.name for case in ALL}) == len(ALL)


@pytest.mark.parametrize("kernel", kernels.ALL, ids=[case.name for case in kernels.ALL])
def test_kernels_have_two_trip_counts(kernel: MemoryCase) -> None:
    first, second, *_ = map(extents, kernel.inputs)
    assert first != second


def test_inputs_and_outputs_are_well_formed(case: MemoryCase) -> None:
    assert len(case.inputs) >= 2
    assert case.variables
    assert set(case.mutated) <= set(inspect.signature(case.function).parameters)
    assert case.of
    assert set(case.of) <= {"return", *case.mutated}
    for args in case.inputs:
        given = dict(zip(parameters(case, args), args, strict=True))
        for name in case.variables:
            assert is_real(given[name]), f"{name} is {given[name]!r}"


def test_same_outcome_twice(case: MemoryCase) -> None:
    for args in case.inputs:
        first, second = copy.deepcopy(args), copy.deepcopy(args)
        results = case.function(*first), case.function(*second)
        assert same(*results)
        assert same(first, second)
        assert same(case.call(args), case.call(args))


def test_writes_into_what_it_says(case: MemoryCase) -> None:
    written = set()
    for args in case.inputs:
        own = copy.deepcopy(args)
        case.function(*own)
        names = parameters(case, args)
        written |= {n for n, a, b in zip(names, own, args, strict=True) if not same(a, b)}
    assert written == set(case.mutated)


def test_outputs_are_numbers_and_arrays(case: MemoryCase) -> None:
    for args in case.inputs:
        for part in flat(case.call(args)):
            assert isinstance(part, (float, int, np.ndarray))
            assert np.all(np.isfinite(part))
    if "return" in case.of:
        scalar = all(isinstance(case.call(args), (float, int)) for args in case.inputs)
        assert scalar == case.scalar


def test_smooth_around_the_inputs(case: MemoryCase) -> None:
    """Same path, same derivative from differences of two widths and from either side."""
    rng = generator(case)
    for args in case.inputs:
        for _ in range(3):
            assert_smooth(case, args, rng)


def test_differences_are_exact_enough(case: MemoryCase) -> None:
    """Extrapolated differences along a direction and along a part of it agree to 1e-8."""
    rng = generator(case)
    for args in case.inputs:
        names = parameters(case, args)
        moves = [
            rng.normal(size=np.shape(value)) if name in case.variables else None
            for name, value in zip(names, args, strict=True)
        ]
        parts = [None if move is None else 0.3 * move for move in moves]

        def outputs(*arguments: Any, case: MemoryCase = case) -> Any:
            return np.concatenate([np.ravel(part) for part in flat(case.call(arguments))])

        whole = richardson_directional(outputs, args, moves)
        part = richardson_directional(outputs, args, parts) / 0.3
        np.testing.assert_allclose(part, whole, rtol=1e-8, atol=1e-8 * max(1, np.abs(whole).max()))
