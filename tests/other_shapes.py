"""Texts that were made for example arguments, called with arguments of other shapes: right, or an error.

`python -m tests.other_shapes` tries all functions of the zoo and of the kernels; the ordinary tests try some.
"""

from __future__ import annotations

import copy
import sys
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import redirect_stdout
from io import StringIO
from typing import Any

import numpy as np

from s2sgrad.errors import TransformError
from s2sgrad.numeric import flat
from s2sgrad.transform import derived
from tests.differentiating import cotangent, generator
from tests.kernels import ALL as KERNELS
from tests.zoo import ALL as ZOO
from tests.zoo import Case

__all__ = ["CASES", "verdicts"]

CASES: tuple[Case, ...] = (*ZOO, *KERNELS)

Arguments = tuple[Any, ...]


def verdicts(case: Case) -> Counter[str]:
    """How often the derivative for one example was right for other arguments, raised, or was wrong."""
    found: Counter[str] = Counter()
    with warnings.catch_warnings(), np.errstate(all="ignore"), redirect_stdout(StringIO()):
        warnings.simplefilter("ignore")
        for example in case.inputs[:2]:
            gradient = _gradient(case, example)
            for args in _others(case, example) if gradient is not None else ():
                found[_verdict(case, gradient, args)] += 1
    del found["not asked"]
    return found


def _gradient(case: Case, example: Arguments) -> Any:
    try:
        return derived(case.function, case.variables, like=copy.deepcopy(example))[0]
    except TransformError:
        return None


def _verdict(case: Case, gradient: Any, args: Arguments) -> str:
    """One call, held against the derivative that is made for these very arguments."""
    own = _gradient(case, args)
    try:
        result = case.function(*copy.deepcopy(args))
        seed = cotangent(result, generator(case, 1))
        expected = own(*copy.deepcopy(args), seed)
    except Exception:  # noqa: BLE001  the function isn't made for such arguments
        return "not asked"
    try:
        given = gradient(*copy.deepcopy(args), seed)
    except (AssertionError, ValueError, IndexError, TypeError):
        return "raised"
    one, other = flat(given), flat(expected)
    same = one.shape == other.shape and np.allclose(
        one, other, rtol=1e-7, atol=1e-9, equal_nan=True
    )
    return "right" if same else "wrong"


def _others(case: Case, example: Arguments) -> Iterator[Arguments]:
    """Arguments in which a length is another one, everywhere or in one place."""
    rng = generator(case, 2)
    yield from (args for args in case.inputs if args is not example)
    lengths = sorted({n for value in example for n in _lengths(value)})
    changes = [{n: new} for n in lengths for new in (1, 5) if n != new]
    for change in [*changes, dict.fromkeys(lengths, 1)]:
        yield tuple(_resized(value, change, rng) for value in example)
    for place, value in enumerate(example):
        if isinstance(value, np.ndarray) and value.ndim and value.dtype == float:
            ones = [(*value.shape[:k], 1, *value.shape[k + 1 :]) for k in range(value.ndim)]
            for shape in [*ones, (1,) * value.ndim]:
                yield (*example[:place], rng.normal(size=shape), *example[place + 1 :])


def _lengths(value: Any) -> set[int]:
    if isinstance(value, np.ndarray):
        return set(value.shape)
    inside = value if isinstance(value, list | tuple) else ()
    return {n for item in inside for n in _lengths(item)}


def _resized(value: Any, change: dict[int, int], rng: np.random.Generator) -> Any:
    if isinstance(value, np.ndarray) and value.ndim and value.dtype == float:
        return rng.normal(size=tuple(change.get(n, n) for n in value.shape))
    if isinstance(value, list | tuple):
        return type(value)(_resized(item, change, rng) for item in value)
    whole = isinstance(value, int) and not isinstance(value, bool)
    return change.get(value, value) if whole else copy.deepcopy(value)


def main() -> int:
    """Try all; 1 where a derivative is wrong."""
    total: Counter[str] = Counter()
    for case in CASES:
        found = verdicts(case)
        total += found
        if found["wrong"]:
            sys.stdout.write(f"{case.name}: {dict(found)}\n")
    sys.stdout.write(f"{dict(total)}\n")
    return bool(total["wrong"])


if __name__ == "__main__":
    sys.exit(main())
