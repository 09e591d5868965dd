"""What every derivative of a case is held against: differences along random directions, and its own second call."""

from __future__ import annotations

import copy
import inspect
import warnings
import zlib
from collections.abc import Callable
from typing import Any

import numpy as np

from s2sgrad.numeric import flat, richardson_directional
from tests.running import same
from tests.zoo import Case

__all__ = ["TOLERANCE", "check_gradient", "check_tangent", "cotangent", "direction", "positions"]

TOLERANCE = 1e-6


def generator(case: Case, salt: int = 0) -> np.random.Generator:
    """The same random numbers in every process."""
    return np.random.default_rng([zlib.crc32(case.name.encode()), salt])


def positions(case: Case, args: tuple[Any, ...]) -> tuple[int, ...]:
    """The places of the parameters that a case is differentiated by."""
    names = tuple(inspect.signature(case.function).parameters)[: len(args)]
    return tuple(names.index(name) for name in case.variables)


def direction(value: Any, rng: np.random.Generator) -> Any:
    """A random direction of the structure of value."""
    if isinstance(value, list | tuple):
        return type(value)(direction(item, rng) for item in value)
    if isinstance(value, dict):
        return {key: direction(item, rng) for key, item in value.items()}
    if isinstance(value, np.ndarray):
        return rng.normal(size=value.shape)
    return float(rng.normal())


def cotangent(result: Any, rng: np.random.Generator) -> Any:
    """A random derivative that comes in, of the structure of a result; 0.0 where it carries none."""
    return direction(result, rng)


def numbers(value: Any) -> np.ndarray:
    """The real numbers in a value, those of its integers left out."""
    return flat(value)


def check_gradient(
    case: Case,
    args: tuple[Any, ...],
    gradient: Callable[..., Any],
    salt: int = 0,
    *,
    tolerance: float = TOLERANCE,
) -> None:
    """Compare a gradient (a tuple over `case.variables`) with differences, and its second call with the first."""
    rng = generator(case, salt)
    places = positions(case, args)
    result = case.call(copy.deepcopy(args))
    seed = cotangent(result, rng)
    moves = [direction(args[p], rng) if p in places else None for p in range(len(args))]
    expected = _differences(case, args, moves, seed)
    before = copy.deepcopy(args)
    seed_before = copy.deepcopy(seed)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with np.errstate(all="ignore"):
            incoming = _incoming(case, gradient, seed)
            found = gradient(*args, **case.kwargs, **incoming)
            kept = copy.deepcopy(found)
            again = gradient(*args, **case.kwargs, **incoming)
    assert same(args, before), "the arguments were changed"
    assert same(seed, seed_before), "the derivative that came in was changed"
    assert same(found, kept), "the second call changed the results of the first"
    assert same(found, again), "the second call gave something else"
    assert isinstance(found, tuple)
    for number, (place, d) in enumerate(zip(places, found, strict=True)):
        assert np.shape(d) == np.shape(args[place]), (
            f"shape {np.shape(d)} of {np.shape(args[place])}"
        )
        _no_shared_memory(d, args, seed, [*found[:number], *found[number + 1 :]])
    total = sum(
        float(np.dot(numbers(d), numbers(moves[place])))
        for place, d in zip(places, found, strict=True)
    )
    assert abs(total - expected) <= tolerance * max(1.0, abs(expected)), (
        f"{total} is not {expected}"
    )


def _incoming(case: Case, gradient: Callable[..., Any], seed: Any) -> dict[str, Any]:
    """The derivative that comes in, by the names of the parameters of a gradient that take it."""
    of = getattr(case, "of", ("return",))
    if of == ("return",):
        return {list(inspect.signature(gradient).parameters)[-1]: seed}
    seeds = (seed,) if len(of) == 1 else seed
    return {
        "d_out" if name == "return" else f"d_{name}": d for name, d in zip(of, seeds, strict=True)
    }


def check_tangent(
    case: Case,
    args: tuple[Any, ...],
    tangent: Callable[..., Any],
    salt: int = 0,
    *,
    tolerance: float = TOLERANCE,
) -> None:
    """Compare a tangent function with differences, its value with the function's."""
    rng = generator(case, salt)
    places = positions(case, args)
    moves = [direction(args[p], rng) if p in places else None for p in range(len(args))]
    result = case.call(copy.deepcopy(args))
    seed = cotangent(result, rng)
    expected = _differences(case, args, moves, seed)
    before = copy.deepcopy((args, moves))
    own = inspect.signature(case.function).parameters
    names = [name for name in inspect.signature(tangent).parameters if name not in own]
    assert len(names) == len(places)
    given = {name: moves[place] for name, place in zip(names, places, strict=True)}
    with np.errstate(all="ignore"):
        value, d_value = tangent(*args, **case.kwargs, **given)
        again = tangent(*args, **case.kwargs, **given)
    assert same((args, moves), before), "the arguments were changed"
    np.testing.assert_allclose(flat(value), flat(result), rtol=1e-12, atol=1e-12)
    assert same((value, d_value), again), "the second call gave something else"
    assert _shapes(d_value) == _shapes(result), f"{_shapes(d_value)} is not {_shapes(result)}"
    total = float(np.dot(_paired(seed, result), _paired(d_value, result)))
    assert abs(total - expected) <= tolerance * max(1.0, abs(expected)), (
        f"{total} is not {expected}"
    )


def _shapes(value: Any) -> Any:
    return [_shapes(item) for item in value] if isinstance(value, list | tuple) else np.shape(value)


def _differences(case: Case, args: tuple[Any, ...], moves: list[Any], seed: Any) -> float:
    """The derivative along moves, times seed."""
    result = case.call(copy.deepcopy(args))

    def weighted(*arguments: Any) -> float:
        return float(np.dot(_paired(seed, result), _paired(case.call(arguments), result)))

    return float(richardson_directional(weighted, args, moves)[0])


def _paired(value: Any, result: Any) -> np.ndarray:
    """The numbers of value where result has real ones."""
    if isinstance(result, list | tuple):
        parts = [_paired(v, r) for v, r in zip(value, result, strict=True)]
        return np.concatenate([*parts, np.zeros(0)])
    return np.ravel(np.asarray(value, float)) if flat(result).size else np.zeros(0)


def _no_shared_memory(d: Any, args: tuple[Any, ...], seed: Any, others: list[Any]) -> None:
    for array in _arrays(d):
        for other in _arrays([args, seed, others]):
            assert not np.shares_memory(array, other), "a result shares memory"


def _arrays(value: Any) -> list[np.ndarray]:
    if isinstance(value, list | tuple):
        return [array for item in value for array in _arrays(item)]
    return [value] if isinstance(value, np.ndarray) else []
