"""The arguments of a call: what is accepted, and as what.

Receives arguments by the name of their parameter. A whole number given for a differentiated scalar
is a real number; arrays of integers, and arrays whose operators mean something else (np.matrix,
masked arrays), are refused with TypeError; so are arguments that are written into and overlap another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

import numpy as np

from s2sgrad.memory_around import overlap
from s2sgrad.numeric import has_reals, is_real, parts_of
from s2sgrad.unfold.classes import attributes_in, is_plain_class

__all__ = [
    "accepted",
    "apart",
    "arrays_in",
    "described",
    "tangents_of",
]


def accepted(
    arguments: Mapping[str, Any], differentiated: tuple[str, ...], who: str
) -> dict[str, Any]:
    """The arguments as the generated function gets them."""
    out = {}
    for name, value in arguments.items():
        if type(value) is float:
            out[name] = value
            continue
        plain = _plain(value, name, who)
        out[name] = _real(plain, name, who) if name in differentiated else plain
    return out


def _plain(value: Any, name: str, who: str) -> Any:
    """The value, in which every array is NumPy's own."""
    if isinstance(value, np.ndarray) and type(value) is not np.ndarray:
        if isinstance(value, np.memmap):
            return np.asarray(value)
        kind = type(value).__name__
        raise TypeError(
            f"{who}: the argument {name} is a {kind}, whose operators don't mean what those of an "
            f"array mean. Give np.asarray({name}), or what the {kind} stands for."
        )
    if type(value) in {list, tuple}:
        return type(value)([_plain(item, name, who) for item in value])
    for key, part in (parts_of(value) or {}).items():
        if isinstance(part, np.ndarray) and type(part) is not np.ndarray:
            _plain(part, f"{name}[{key!r}]" if type(value) is dict else f"{name}.{key}", who)
    return value


def _real(value: Any, name: str, who: str) -> Any:
    """The value, as something that has a derivative."""
    if isinstance(value, np.ndarray):
        if value.dtype.kind == "f":
            return value
        remedy = f" Give {name}.astype(float)." if value.dtype.kind in "iu" else ""
        raise TypeError(
            f"{who}: the argument {name} is {described(value)}, which has no derivative.{remedy}"
        )
    if _whole(value):
        return float(value)
    if is_real(value):
        return value
    made = _floats(value)
    if parts_of(value) is not None and has_reals(made):
        return made
    raise TypeError(
        f"{who}: the argument {name} is {described(value)}, which has no derivative. "
        "Differentiate by floats, arrays of floats, and lists, tuples, dicts and dataclasses of these."
    )


def _floats(value: Any) -> Any:
    """The value with whole numbers in lists as floats."""
    if type(value) in {list, tuple}:
        return type(value)([_floats(item) for item in value])
    return float(value) if _whole(value) else value


def _whole(value: Any) -> bool:
    return isinstance(value, int | np.integer) and not isinstance(value, bool)


def apart(arguments: Mapping[str, Any], mutated: Iterable[str], function: str, who: str) -> None:
    """Refuse an argument that is written into and shares memory with another argument: TypeError.

    So are lists that are written into, and hold an array twice, or two that overlap.
    """
    for name in sorted(mutated):
        inside = list(arrays_in(arguments[name]))
        if any(overlap(first, second) for first, second in combinations(inside, 2)):
            raise TypeError(
                f"{who}: {function} writes into arrays of {name}, two of which share memory. Give a list of copies "
                f"if what {function} does with these is what you mean."
            )
        for array in inside:
            for other, value in arguments.items():
                if other != name and any(overlap(array, second) for second in arrays_in(value)):
                    raise TypeError(
                        f"{who}: {function} writes into its argument {name}, which shares memory with {other}. "
                        f"Give {name}.copy() if what {function} does with a copy is what you mean."
                    )


def arrays_in(value: Any, around: Sequence[object] = ()) -> Iterator[np.ndarray[Any, Any]]:
    """The arrays in a value."""
    around = [*around, value]
    if isinstance(value, np.ndarray):
        yield value
    elif not any(value is a for a in around[:-1]):
        own = attributes_in(value) if is_plain_class(type(value)) else None
        for item in (parts_of(value) or own or {}).values():
            yield from arrays_in(item, around)


def tangents_of(arguments: Mapping[str, Any], args: Any, tangents: Any) -> dict[str, Any]:
    """The tangents by the name of their parameter, for those that move."""
    if len(args) != len(tangents):
        raise TypeError(f"jvp: {len(args)} arguments, but {len(tangents)} tangents")
    moved = {}
    for (name, value), tangent in zip(arguments.items(), tangents):
        if tangent is None or (not has_reals(_floats(value)) and not np.any(tangent)):
            continue
        if parts_of(value) is not None or is_real(_floats(value)):
            _refuse_unlike(name, _floats(value), tangent)
        moved[name] = _floats(tangent)
    if not moved:
        raise TypeError("jvp: no argument that is a real number has a tangent")
    return moved


def _refuse_unlike(name: str, value: Any, tangent: Any) -> None:
    """Refuse a tangent that isn't made as what moves along it, or of what has no derivative: TypeError."""
    parts, moves = parts_of(value), parts_of(tangent)
    if parts is None or (moves is None and isinstance(tangent, np.ndarray)):
        _refuse_unlike_part(name, value, tangent)
        return
    named = isinstance(value, dict | list | tuple)
    if moves is None or isinstance(tangent, dict | list | tuple) != named or {*moves} != {*parts}:
        raise TypeError(
            f"jvp: the tangent of {name} is {described(tangent)}{_made_of(moves)}, but {name} is "
            f"{described(value)}{_made_of(parts)}"
        )
    beside_reals = type(value) is list and any(map(is_real, value))
    for key, part in parts.items():
        if beside_reals and isinstance(part, int):
            continue
        read = f"[{key!r}]" if named else f".{key}"
        _refuse_unlike(f"{name}{read}", part, moves[key])


def _made_of(parts: Mapping[Any, Any] | None) -> str:
    """The keys of a container, in words."""
    return "" if parts is None else f" with {', '.join(map(repr, parts)) or 'nothing'}"


def _refuse_unlike_part(name: str, value: Any, tangent: Any) -> None:
    """Refuse a tangent that a number, an array or a list can't have, or that something without a derivative has."""
    if is_real(value) or isinstance(value, list | tuple):
        real = np.isrealobj(tangent) and np.asarray(tangent).dtype != object
        if not real or np.shape(tangent) != np.shape(value):
            raise TypeError(
                f"jvp: the tangent of {name} is {described(tangent)}, but the argument is "
                f"{described(value)}"
            )
    elif parts_of(tangent) is None and _moves(tangent):
        raise TypeError(
            f"jvp: {name} is {described(value)}, which has no derivative, and has a tangent. "
            "Give a float, or an array of floats, or leave its tangent 0 or None."
        )


def _moves(tangent: Any) -> bool:
    return isinstance(tangent, int | float | np.number | np.ndarray) and bool(np.any(tangent))


def described(value: Any) -> str:
    """What a value is, for messages: `an array of float64 with shape (3,)`."""
    if isinstance(value, np.ndarray):
        return f"an array of {value.dtype} with shape {value.shape}"
    if value is None:
        return "None"
    kind = type(value).__name__
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"
