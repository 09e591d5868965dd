"""Generators of random numbers: what their methods draw depends on nothing that carries a derivative."""

from __future__ import annotations

import random
from collections.abc import Callable

import gast
import numpy as np

from s2sgrad.extents import Shape
from s2sgrad.infer.resolution import Inert
from s2sgrad.kinds import FLOAT, UNKNOWN, Kind, Number, Other, Sequence, carries
from s2sgrad.trees import loaded

__all__ = ["GENERATOR", "draw", "makes_generator"]

GENERATOR = Other("generator of random numbers")

_BY_SIZE = {"random", "standard_exponential", "standard_normal"}
_REAL = {*_BY_SIZE, "exponential", "normal", "uniform"}
_DRAWING = {
    *_REAL,
    *("beta", "binomial", "choice", "gamma", "gauss", "integers", "laplace", "lognormal"),
    *("permutation", "poisson", "rand", "randint", "randn", "random_sample", "randrange"),
}
"""Methods that change nothing but the generator."""


def makes_generator(function: object) -> bool:
    """Whether a function makes a generator."""
    return any(
        function is known for known in (np.random.default_rng, np.random.RandomState, random.Random)
    )


def draw(
    method: str,
    args: list[gast.AST],
    keywords: dict[str, gast.AST],
    kind_of: Callable[[gast.AST], Kind],
    key: object,
) -> tuple[Inert, Kind] | None:
    """What a method of a generator draws, None if that may depend on what carries a derivative."""
    if method not in _DRAWING or "out" in keywords:
        return None
    if any(loaded(atom) and carries(kind_of(atom)) for atom in (*args, *keywords.values())):
        return None
    size = keywords.get("size", args[0] if args and method in _BY_SIZE else None)
    plain = "dtype" not in keywords
    if method not in _REAL or not plain or not (size is None or _is_size(kind_of(size))):
        return Inert(effect=True), UNKNOWN
    if size is not None:
        axes = isinstance(kind_of(size), Number)  # one length, not a tuple of perhaps none
        return Inert(effect=True), Number("float64", Shape(key, axes), array=True)
    few = method in _BY_SIZE or len(args) < 2 + (method != "exponential")
    return Inert(effect=True), FLOAT if few else UNKNOWN


def _is_size(kind: Kind) -> bool:
    """Whether something is a number of numbers, or several."""
    if isinstance(kind, Sequence):
        return all(map(_is_size, kind.items or (kind.item,)))
    return isinstance(kind, Number) and kind.scalar and kind.dtype == "int"
