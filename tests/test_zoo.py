"""The zoo itself: every case is defined, deterministic, pure, and smooth around each of its inputs."""

from __future__ import annotations

import math
import sys
import zlib
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import numpy as np
import pytest

from tests import zoo
from tests.zoo import ALL, Case
from tests.zoo.case import is_real

NAMES = [case.name for case in ALL]
ZOO = str(Path(zoo.__file__).parent)


def generator(case: Case) -> np.random.Generator:
    """The same random numbers in every process."""
    return np.random.default_rng(zlib.crc32(case.name.encode()))


def flat(result: Any) -> list[Any]:
    """The numbers and arrays of a result, tuples taken apart."""
    if isinstance(result, tuple):
        return [part for item in result for part in flat(item)]
    return [result]


def parameters(case: Case, args: tuple[Any, ...]) -> tuple[str, ...]:
    """The names of the positional parameters that args are for."""
    code = case.function.__code__
    return code.co_varnames[: len(args)]


def moved(
    case: Case, args: tuple[Any, ...], direction: dict[str, Any], step: float
) -> tuple[Any, ...]:
    """Args with step times the direction added to each differentiated one, of the same type."""
    result = []
    for name, value in zip(parameters(case, args), args, strict=True):
        if name not in direction:
            result.append(value)
        elif isinstance(value, np.ndarray):
            result.append(np.asarray(value + step * direction[name]))
        else:
            result.append(value + step * float(direction[name]))
    return tuple(result)


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


def path(case: Case, args: tuple[Any, ...]) -> int:
    """A checksum of the instructions of the zoo's code that a call runs through."""
    checksum = 0

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal checksum
        if not frame.f_code.co_filename.startswith(ZOO):
            return None
        frame.f_trace_opcodes = True
        if event == "opcode":
            checksum = zlib.crc32(b"%d %d" % (frame.f_code.co_firstlineno, frame.f_lasti), checksum)
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        case.call(args)
    finally:
        sys.settrace(before)
    return checksum


def one_sided(f: Callable[[float], float], step: float) -> float:
    """Derivative at 0 from f(0), f(step), f(2 step) and f(3 step), with an error of order 3."""
    return (-11 * f(0) + 18 * f(step) - 9 * f(2 * step) + 2 * f(3 * step)) / (6 * step)


def central(f: Callable[[float], float], step: float) -> float:
    """Richardson-extrapolated central difference at 0, with an error of order 6."""

    def difference(h: float) -> float:
        return (f(h) - f(-h)) / (2 * h)

    d1, d2, d4 = difference(step), difference(step / 2), difference(step / 4)
    return (64 * d4 - 20 * d2 + d1) / 45


def assert_smooth(case: Case, args: tuple[Any, ...], rng: np.random.Generator) -> None:
    """Walk through args along a random line and find neither a kink nor another path on it."""
    cotangents = [rng.normal(size=np.shape(part)) for part in flat(case.call(args))]
    direction = {
        name: rng.choice([-1.0, 1.0], np.shape(value)) * rng.uniform(0.5, 1.5, np.shape(value))
        for name, value in zip(parameters(case, args), args, strict=True)
        if name in case.variables
    }

    def along(t: float) -> float:
        parts = flat(case.call(moved(case, args, direction, t)))
        return math.fsum(float(np.sum(c * p)) for c, p in zip(cotangents, parts, strict=True))

    def backwards(t: float) -> float:
        return along(-t)

    here = path(case, args)
    for t in (-3e-3, -1e-5, 1e-5, 3e-3):
        assert path(case, moved(case, args, direction, t)) == here, "the path changes"
    wide, narrow = central(along, 2e-3), central(along, 7e-4)
    assert narrow == pytest.approx(wide, rel=1e-7, abs=1e-7)
    assert one_sided(along, 3e-4) == pytest.approx(narrow, rel=1e-4, abs=1e-4)
    assert -one_sided(backwards, 3e-4) == pytest.approx(narrow, rel=1e-4, abs=1e-4)


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
