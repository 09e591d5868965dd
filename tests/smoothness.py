"""Whether a case is smooth around its inputs: what differences, and so derivatives, can be asked of."""

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

from tests.zoo import Case

__all__ = ["assert_smooth", "flat", "generator", "parameters"]


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


def path(case: Case, args: tuple[Any, ...]) -> int:
    """A checksum of the instructions of the corpus's code that a call runs through."""
    checksum = 0
    corpus = str(Path(case.function.__code__.co_filename).parent)

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal checksum
        if not frame.f_code.co_filename.startswith(corpus):
            return None
        frame.f_trace_opcodes = True
        if event == "opcode":
            checksum = zlib.crc32(b"%d %d" % (frame.f_code.co_firstlineno, frame.f_lasti), checksum)
        return trace

    before = sys.gettrace()
    sys._getframe().f_trace_opcodes = True  # Python 3.12 asks for it only when a trace is set
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
