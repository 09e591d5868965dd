"""Checks that derivatives are right: against differences, in both modes, to any order.

Receives a function and arguments; promises to say nothing where its derivatives agree with
Richardson differences along random directions, and otherwise an AssertionError that tells which one
doesn't.
"""

from __future__ import annotations

import copy
import inspect
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import FunctionType, MethodType
from typing import Any

import numpy as np

from s2sgrad.api import recipe_of
from s2sgrad.arguments import accepted, apart
from s2sgrad.derive import derive
from s2sgrad.errors import TransformError
from s2sgrad.numeric import flat, has_reals, is_real, parts_of, rebuilt, richardson_directional
from s2sgrad.parse import parse
from s2sgrad.question import written
from s2sgrad.source import Source
from s2sgrad.specialise import name_of
from s2sgrad.transform import derived

__all__ = ["check_grads"]

FORMS = {"reverse": "gradient", "forward": "tangent"}
TOLERANCE = 1e-6
TOLERANCE_OF_FLOAT32 = 1e-2


def check_grads(
    f: Callable[..., Any],
    args: Sequence[Any],
    order: int = 1,
    modes: Sequence[str] = ("reverse", "forward"),
) -> None:
    """Check the derivatives of f at args, up to an order, in the modes that are given.

    f is differentiated by every argument that is a float, an array of floats, or a list or a tuple
    with some inside; what it returns may be an array, or a list or a tuple, too. Reverse mode gets a
    random derivative that comes in, forward mode random tangents; each is held against differences
    of f, extrapolated, along random directions: in one argument at a time, then in all. For order 2
    the derivatives themselves are checked in the same way. Where f returns nothing, it is what it
    leaves in the arguments that it writes into whose derivatives are checked; args stay as they are.

    Raises AssertionError where a derivative is wrong, TransformError where f can't be transformed,
    TypeError where an argument that f writes into shares memory with another.

    >>> import math
    >>> def f(x, y):
    ...     return math.sin(x) * y
    >>> check_grads(f, (0.5, 2.0), order=2)  # doctest: +SKIP
    """
    if not modes or not set(modes) <= FORMS.keys():
        raise ValueError(f"modes are some of {tuple(FORMS)}, not {modes!r}")
    if order < 1:
        raise ValueError(f"order is 1 or more, not {order!r}")
    recipe = recipe_of(f)
    given = recipe.bound(args, {})
    wrt = tuple(name for name, value in given.items() if has_reals(value))
    if not wrt:
        raise ValueError(f"{recipe.name} has no argument that is a float or has some inside")
    arguments = accepted(given, wrt, "check_grads")
    contents: tuple[str, ...] = ()
    if recipe.steps:
        made = recipe.made(arguments)
        function: Any = made.function
        mutated = made.mutated
        arguments |= dict.fromkeys(recipe.added(arguments), 1.0)
    else:
        function, receiver = _plain(f)
        names = list(inspect.signature(function).parameters)
        arguments = dict(zip(names, receiver)) | arguments
        mutated, contents = _written(parse(function), wrt, arguments)
    apart(arguments, mutated, name_of(recipe.root), "check_grads")
    _Check(function, recipe.name, arguments, wrt, contents).run(order, tuple(modes))


def _written(
    source: Source, wrt: tuple[str, ...], arguments: Mapping[str, Any]
) -> tuple[frozenset[str], tuple[str, ...]]:
    """What a function writes into, and what of that is differentiated; a text knows it where arguments have parts."""
    try:
        return written(source, wrt, arguments)
    except TransformError:
        made = derive(source, wrt, arguments, "gradient")
        return made.mutated, made.contents


def _plain(f: Callable[..., Any]) -> tuple[Callable[..., Any], tuple[object, ...]]:
    """The function behind a callable, and what it receives first."""
    if isinstance(f, FunctionType):
        return f, ()
    if isinstance(f, MethodType):
        return f.__func__, (f.__self__,)
    return type(f).__call__, (f,)


@dataclass(frozen=True, eq=False)
class _Check:
    """One function: what it is called, where it is checked, and what it is differentiated by.

    contents: the arguments whose final contents are differentiated, in the place of the result.
    """

    function: Callable[..., Any]
    name: str
    arguments: Mapping[str, Any]
    wrt: tuple[str, ...]
    contents: tuple[str, ...] = ()

    def run(self, order: int, modes: tuple[str, ...]) -> None:
        """Check the first derivatives, then by these those of higher order."""
        random = np.random.default_rng(1)
        result = self.result(self.arguments)
        if not has_reals(result):
            raise ValueError(f"{self.name} returns nothing that is a float")
        seed = _noise(result, random, otherwise=0.0)
        moves = {name: _noise(self.arguments[name], random) for name in self.wrt}
        for mode in modes:
            following = (
                self.reverse(result, seed, moves)
                if mode == "reverse"
                else self.forward(result, seed, moves)
            )
            if order > 1:
                following.run(order - 1, modes)

    # ---- modes ----------------------------------------------------------------------------------

    def reverse(self, result: Any, seed: Any, moves: Mapping[str, Any]) -> _Check:
        """Check the gradient; gives the check of the gradient function itself."""
        gradient = self.made("reverse")
        seeds = seed if len(self.contents) > 1 else (seed,)
        incoming = dict(zip(self.added(gradient), seeds, strict=True))
        arguments = {**self.arguments, **incoming}
        found = dict(zip(self.wrt, _call(gradient, arguments), strict=True))
        for name, derivative in found.items():
            if np.shape(flat(derivative)) != np.shape(flat(self.arguments[name])):
                raise AssertionError(
                    f"{self.name}: reverse mode gives a derivative with respect to {name} that has "
                    f"the shape {np.shape(derivative)}"
                )
        for names in self.directions():
            got = math.fsum(float(flat(found[n]) @ flat(moves[n])) for n in names)
            self.equal("reverse", names, got, self.slope(result, seed, moves, names))
        name = f"the derivative of {self.name} in reverse mode"
        more = tuple(name for name, value in incoming.items() if has_reals(value))
        return _Check(gradient, name, arguments, (*self.wrt, *more))

    def forward(self, result: Any, seed: Any, moves: Mapping[str, Any]) -> _Check:
        """Check the tangent function; gives the check of itself."""
        tangent = self.made("forward")
        incoming = dict(zip(self.wrt, self.added(tangent), strict=True))
        for names in self.directions():
            given = {incoming[n]: _scaled(moves[n], n in names) for n in self.wrt}
            value, moved = _call(tangent, {**self.arguments, **given})
            if not np.allclose(flat(value), flat(result), rtol=1e-9, atol=1e-9, equal_nan=True):
                raise AssertionError(f"{self.name}: the value in forward mode is {value!r}")
            got = _product(seed, moved, result)
            self.equal("forward", names, got, self.slope(result, seed, moves, names))
        arguments = {**self.arguments, **{incoming[n]: moves[n] for n in self.wrt}}
        name = f"the derivative of {self.name} in forward mode"
        return _Check(tangent, name, arguments, (*self.wrt, *incoming.values()))

    def made(self, mode: str) -> Callable[..., Any]:
        """The derivative in one mode."""
        return derived(self.function, self.wrt, like=self.arguments, form=FORMS[mode])[0]

    def added(self, function: Callable[..., Any]) -> list[str]:
        """The parameters that a derivative has beside those of the function."""
        own = inspect.signature(self.function).parameters
        return [name for name in inspect.signature(function).parameters if name not in own]

    # ---- comparing ------------------------------------------------------------------------------

    def directions(self) -> list[tuple[str, ...]]:
        """The arguments that move together: each by itself, then all."""
        each: list[tuple[str, ...]] = [(name,) for name in self.wrt]
        return [*each, self.wrt] if len(each) > 1 else each

    def result(self, arguments: Mapping[str, Any]) -> Any:
        """What is differentiated."""
        return _call(self.function, arguments, self.contents)

    def slope(
        self, result: Any, seed: Any, moves: Mapping[str, Any], names: tuple[str, ...]
    ) -> tuple[float, float]:
        """The derivative along the moves of some arguments, times the seed, and the size of it."""
        arguments = {name: _widened(value) for name, value in self.arguments.items()}

        def value(*values: Any) -> list[float]:
            moved = self.result(dict(zip(arguments, values, strict=True)))
            return list(_products(seed, moved, result))

        directions = [_widened(moves[name]) if name in names else None for name in arguments]
        slopes = richardson_directional(value, list(arguments.values()), directions)
        return float(np.sum(slopes)), float(np.sum(np.abs(slopes)))

    def equal(
        self, mode: str, names: tuple[str, ...], got: float, slope: tuple[float, float]
    ) -> None:
        """Refuse a derivative that isn't what differences give."""
        expected, size = slope
        narrow = any(map(_has_float32, self.arguments.values()))
        tolerance = TOLERANCE_OF_FLOAT32 if narrow else TOLERANCE
        if abs(got - expected) <= tolerance * max(1.0, size):
            return
        if math.isnan(got) and math.isnan(expected):
            return
        raise AssertionError(
            f"{self.name}: {mode} mode is wrong with respect to {', '.join(names)}. Along a random "
            f"direction the derivative is {got:.12g}, but differences give {expected:.12g}."
        )


def _call(
    function: Callable[..., Any], arguments: Mapping[str, Any], contents: tuple[str, ...] = ()
) -> Any:
    """What a function returns, or what it leaves in arguments; it gets copies."""
    signature = inspect.signature(function)
    given = copy.deepcopy({n: arguments[n] for n in signature.parameters if n in arguments})
    bound = inspect.BoundArguments(signature, given)
    with np.errstate(all="ignore"):
        result = function(*bound.args, **bound.kwargs)
    left = tuple(given[name] for name in contents)
    return result if not left else left[0] if len(left) == 1 else left


def _noise(value: Any, random: np.random.Generator, otherwise: Any = None) -> Any:
    """Random numbers in the places of the real numbers of a value."""
    parts = parts_of(value)
    if parts is not None:
        return rebuilt(value, {k: _noise(part, random, otherwise) for k, part in parts.items()})
    if isinstance(value, np.ndarray) and is_real(value):
        return np.asarray(random.normal(size=value.shape), value.dtype)
    return type(value)(random.normal()) if is_real(value) else otherwise


def _scaled(value: Any, moves: bool) -> Any:
    """The value, or zeros in its structure."""
    parts = parts_of(value)
    if parts is not None:
        return rebuilt(value, {k: _scaled(part, moves) for k, part in parts.items()})
    return value if moves or value is None else value * 0


def _products(seed: Any, value: Any, result: Any) -> Any:
    """The real numbers of a value, each times its seed; result tells which are real."""
    parts = parts_of(result)
    if parts is not None:
        seeds, values = parts_of(seed), parts_of(value)
        assert seeds is not None  # noqa: S101
        assert values is not None  # noqa: S101
        for key, part in parts.items():
            yield from _products(seeds[key], values[key], part)
    elif is_real(result):
        yield from np.ravel(np.asarray(seed, float) * np.asarray(value, float)).tolist()


def _product(seed: Any, value: Any, result: Any) -> float:
    return math.fsum(_products(seed, value, result))


def _widened(value: Any) -> Any:
    """The value with double precision, as differences need it."""
    parts = parts_of(value)
    if parts is not None:
        return rebuilt(value, {k: _widened(part) for k, part in parts.items()})
    if is_real(value):
        return value.astype(float) if isinstance(value, np.ndarray) else float(value)
    return value


def _has_float32(value: Any) -> bool:
    parts = parts_of(value)
    if parts is not None:
        return any(map(_has_float32, parts.values()))
    return is_real(value) and np.asarray(value).dtype.itemsize < np.dtype(float).itemsize
