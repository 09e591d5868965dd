"""Derivatives by differences: the independent referee of everything else here.

Receives functions and arguments, and calls them; promises numbers, and that the arguments stay as
they are (each call gets a copy). Values may be floats, arrays, and lists, tuples, dicts and
dataclasses of these.
"""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

__all__ = [
    "central_difference",
    "flat",
    "has_reals",
    "is_real",
    "moved",
    "parts_of",
    "rebuilt",
    "richardson_directional",
]

LEVELS = 6
FIRST_STEP = 2.0**-6
SMALLEST_STEP = 1e-8


def central_difference(
    f: Callable[..., Any], *args: Any, wrt: int = 0, step: float | None = None
) -> Any:
    """The numerical derivative (f(x + ε) - f(x - ε)) / 2ε of f in its argument wrt.

    f returns a scalar. Gives a float for a scalar argument, otherwise an array of the argument's
    shape with one quotient for each element. The step ε is by default the one that balances
    rounding and truncation, 6e-6 · max(1, |element|). Raises TypeError where the argument is not a
    real number or array of them.
    """
    dtype = np.asarray(args[wrt]).dtype
    if dtype.kind not in "iuf":
        raise TypeError(f"argument {wrt} is no real number, and no array of real numbers: {dtype}")
    x = np.array(args[wrt], float) if np.ndim(args[wrt]) else args[wrt]
    if not np.ndim(x):
        return _quotient(f, args, wrt, float(x), (), step)
    out = np.empty(np.shape(x))
    for index in np.ndindex(out.shape):
        out[index] = _quotient(f, args, wrt, x, index, step)
    return out


def _quotient(
    f: Callable[..., Any],
    args: Sequence[Any],
    wrt: int,
    x: Any,
    index: tuple[int, ...],
    step: float | None,
) -> float:
    epsilon = step or np.finfo(float).eps ** (1 / 3) * max(1.0, abs(float(np.asarray(x)[index])))
    ends = []
    for sign in (1, -1):
        point = np.array(x, float)
        point[index] += sign * epsilon
        moved_args = [copy.deepcopy(a) for a in args]
        moved_args[wrt] = point if np.ndim(x) else float(point)
        place = float(point[index])
        ends.append((float(f(*moved_args)), place))
    return (ends[0][0] - ends[1][0]) / (ends[0][1] - ends[1][1])


def richardson_directional(
    f: Callable[..., Any], args: Sequence[Any], directions: Sequence[Any]
) -> np.ndarray:
    """The derivative of f at args along directions, extrapolated from central differences.

    directions has the structure of args, None where an argument stays. Gives the real numbers of
    the derivative of f(*args) as one vector, in the order of `flat`; accurate to about 1e-10 of
    their size where f is smooth. The step shrinks until f is finite around args, so that small
    domains work.
    """

    def value(t: float) -> np.ndarray:
        with np.errstate(all="ignore"):
            return flat(f(*(moved(a, v, t) for a, v in zip(args, directions, strict=True))))

    step = FIRST_STEP
    while True:
        try:
            rows = _differences(value, step)
        except (ValueError, ZeroDivisionError, OverflowError):
            if step < SMALLEST_STEP:
                raise
        else:
            if step < SMALLEST_STEP or np.isfinite(rows).all():
                return _extrapolated(rows)
        step /= 8


def _differences(value: Callable[[float], np.ndarray], step: float) -> np.ndarray:
    """Central differences for the steps step, step / 2, step / 4, ..., one a row."""
    steps = [step / 2**k for k in range(LEVELS)]
    return np.array([(value(h) - value(-h)) / (2 * h) for h in steps])


def _extrapolated(rows: np.ndarray) -> np.ndarray:
    """For each number the entry of Neville's table that differs least from those it is made of."""
    best: np.ndarray = rows[-1].copy()
    error = np.full(best.shape, np.inf)
    for k in range(1, LEVELS):
        finer = (4**k * rows[1:] - rows[:-1]) / (4**k - 1)
        change = np.maximum(np.abs(finer - rows[1:]), np.abs(finer - rows[:-1]))
        for entry, difference in zip(finer, change, strict=True):
            better = difference < error
            best[better], error[better] = entry[better], difference[better]
        rows = finer
    return best


def is_real(value: Any) -> bool:
    """Whether value is a floating-point number or an array of them."""
    return isinstance(value, float | np.floating) or (
        isinstance(value, np.ndarray) and np.issubdtype(value.dtype, np.floating)
    )


def flat(value: Any) -> np.ndarray:
    """The real numbers in a value, one after the other, as float64."""
    parts = [np.ravel(np.asarray(leaf, float)) for leaf in _leaves(value)]
    return np.concatenate([*parts, np.zeros(0)])


def parts_of(value: Any) -> dict[Any, Any] | None:
    """What is in a container, a dataclass or a tuple with names; None for anything else."""
    if isinstance(value, dict):
        return value
    if isinstance(value, list | tuple):
        return dict(enumerate(value))
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = (field.name for field in dataclasses.fields(value))
        return {name: getattr(value, name) for name in names if hasattr(value, name)}
    return None


def has_reals(value: Any) -> bool:
    """Whether there is a real number, or an array of them, in a value."""
    parts = parts_of(value)
    return is_real(value) if parts is None else any(map(has_reals, parts.values()))


def rebuilt(value: Any, parts: Mapping[Any, Any]) -> Any:
    """Something of the structure of value, with other parts."""
    if isinstance(value, dict):
        return dict(parts)
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return type(value)(*parts.values())
    if isinstance(value, list | tuple):
        return type(value)(parts.values())
    new = copy.copy(value)
    for name, part in parts.items():
        object.__setattr__(new, name, part)
    return new


def _leaves(value: Any) -> Iterator[Any]:
    parts = parts_of(value)
    if parts is not None:
        for item in parts.values():
            yield from _leaves(item)
    elif is_real(value):
        yield value


def moved(value: Any, direction: Any, t: float) -> Any:
    """A copy of value, moved by t along direction (None: not at all)."""
    if direction is None:
        return copy.deepcopy(value)
    parts = parts_of(value)
    if parts is not None:
        along = parts_of(direction) or {}
        return rebuilt(value, {key: moved(item, along[key], t) for key, item in parts.items()})
    if isinstance(value, np.ndarray):
        return np.array(value + t * np.asarray(direction), value.dtype)
    if isinstance(value, np.floating):
        return type(value)(value + t * direction)
    return float(value + t * direction)
