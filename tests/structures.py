"""Values of any structure: their real numbers, directions along them, products; containers, records and objects."""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Iterator
from typing import Any

import numpy as np

from s2sgrad.numeric import is_real

__all__ = ["as_lists", "assert_shaped", "moved", "numbers", "product", "random_like", "same"]


def _children(value: Any) -> list[Any] | None:
    """What stands in a container or an object; None for a leaf."""
    if isinstance(value, dict):
        return list(value.values())
    if isinstance(value, list | tuple):
        return list(value)
    if _is_object(value):
        return list(_fields(value).values())
    return None


def _is_object(value: Any) -> bool:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return True
    own = type(value).__module__.startswith("tests.") or type(value).__name__ == "SimpleNamespace"
    return own and not isinstance(value, type) and not callable(getattr(value, "__code__", None))


def _fields(value: Any) -> dict[str, Any]:
    if hasattr(value, "__dict__"):
        return dict(vars(value))
    return {name: getattr(value, name) for name in type(value).__slots__}


def _rebuilt(value: Any, parts: list[Any]) -> Any:
    """A value of the same structure with other parts."""
    if isinstance(value, dict):
        return dict(zip(value, parts, strict=True))
    if isinstance(value, tuple):
        return type(value)(*parts) if hasattr(value, "_fields") else type(value)(parts)
    if isinstance(value, list):
        return parts
    made = copy.copy(value)
    for name, part in zip(_fields(value), parts, strict=True):
        object.__setattr__(made, name, part)
    return made


def random_like(value: Any, rng: np.random.Generator) -> Any:
    """Random real numbers of the structure of a value; 0.0 where it has other numbers, None where it has none."""
    parts = _children(value)
    if parts is not None:
        return _rebuilt(value, [random_like(part, rng) for part in parts])
    if isinstance(value, np.ndarray) and is_real(value):
        return rng.normal(size=value.shape)
    if is_real(value):
        return float(rng.normal())
    if isinstance(value, np.ndarray):
        return np.zeros(value.shape)
    return 0.0 if isinstance(value, int | np.integer | np.bool_) else None


def moved(value: Any, direction: Any, t: float) -> Any:
    """A value moved by t along a direction of its structure, its real numbers only."""
    parts = _children(value)
    if parts is not None:
        others = _children(direction)
        assert others is not None
        pairs = zip(parts, others, strict=True)
        return _rebuilt(value, [moved(part, other, t) for part, other in pairs])
    if not is_real(value):
        return value
    return (
        value + t * direction
        if isinstance(value, np.ndarray)
        else type(value)(value + t * direction)
    )


def product(first: Any, second: Any, like: Any) -> float:
    """The sum of the products of the numbers of two values where `like` has real ones."""
    found = _paired(first, second, like)
    return float(sum(np.sum(np.asarray(a, float) * np.asarray(b, float)) for a, b in found))


def _paired(first: Any, second: Any, like: Any) -> Iterator[tuple[Any, Any]]:
    if isinstance(like, dict):
        for key, part in like.items():
            if numbers(part):
                yield from _paired(first[key], second[key], part)
        return
    parts = _children(like)
    if parts is not None:
        ones, others = _children(first), _children(second)
        assert ones is not None
        assert others is not None
        for one, other, part in zip(ones, others, parts, strict=True):
            yield from _paired(one, other, part)
    elif is_real(like):
        yield first, second


def numbers(value: Any) -> list[Any]:
    """The real numbers and arrays in a value."""
    parts = _children(value)
    if parts is not None:
        return [leaf for part in parts for leaf in numbers(part)]
    return [value] if is_real(value) else []


def as_lists(d: Any, like: Any) -> Any:
    """Arrays as lists and tuples where a value has these: what isn't told of is taken for an array."""
    if isinstance(like, list | tuple) and isinstance(d, np.ndarray | list):
        d = _rebuilt(like, list(d))
    parts, others = _children(like), _children(d)
    if parts is None or others is None or len(parts) != len(others):
        return d
    return _rebuilt(d, [as_lists(other, part) for part, other in zip(parts, others, strict=True)])


def assert_shaped(d: Any, like: Any, where: str = "d") -> None:
    """Fail where d hasn't the structure and the shapes of the real numbers of a value."""
    if not numbers(like):
        return
    if isinstance(like, dict):
        assert isinstance(d, dict), f"{where} is no dict"
        for key, part in like.items():
            if numbers(part):
                assert_shaped(d[key], part, f"{where}[{key!r}]")
        return
    parts = _children(like)
    if parts is None:
        assert np.shape(d) == np.shape(like), f"{where}: shape {np.shape(d)} of {np.shape(like)}"
        return
    assert type(d) is type(like), f"{where} is a {type(d).__name__}, not a {type(like).__name__}"
    others = _children(d)
    assert others is not None
    assert len(others) == len(parts), f"{where} has {len(others)} parts, not {len(parts)}"
    for k, (part, other) in enumerate(zip(parts, others, strict=True)):
        assert_shaped(other, part, f"{where}.{k}")


def same(first: Any, second: Any) -> bool:
    """Whether two values are equal in structure and type, real numbers up to rounding."""
    if isinstance(first, np.random.Generator):
        return bool(first.bit_generator.state == second.bit_generator.state)
    if isinstance(first, np.ndarray | float):
        if np.shape(first) != np.shape(second):
            return False
        if isinstance(first, np.ndarray) and first.dtype == object:
            return True
        return bool(np.allclose(first, second, rtol=1e-12, atol=1e-12, equal_nan=True))
    if type(first) is not type(second):
        return False
    if isinstance(first, dict):
        return first.keys() == second.keys() and all(same(first[k], second[k]) for k in first)
    parts = _children(first)
    if parts is None:
        return bool(first == second) or callable(first)
    others = _children(second)
    assert others is not None
    return len(parts) == len(others) and all(map(same, parts, others))
