"""What functions of the user's may change that can't be differentiated, or whose text isn't known."""

from __future__ import annotations

import sysconfig
from collections.abc import Iterable
from pathlib import Path
from types import FunctionType

import gast

from s2sgrad.normalize.calm import computes
from s2sgrad.source import Source
from s2sgrad.trees import loaded

__all__ = ["is_own", "may_change"]

_LIBRARIES = tuple(sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib"))


def may_change(function: object, given: Iterable[gast.AST]) -> tuple[str, ...]:
    """The names among what a function is given whose contents it may change.

    Functions of libraries are taken to draw, write down and the like: they change what they are known to change only.
    """
    if not isinstance(function, FunctionType | Source):
        return ()
    file = (
        function.__code__.co_filename if isinstance(function, FunctionType) else function.filename
    )
    if _of_a_library(file) or computes(function):
        return ()
    return tuple(dict.fromkeys(name for atom in given for name in loaded(atom)))


def is_own(cls: type) -> bool:
    """Whether a class is the user's own, so that its methods can be read."""
    methods = [m for m in vars(cls).values() if isinstance(m, FunctionType)]
    return any(not _of_a_library(m.__code__.co_filename) for m in methods)


def _of_a_library(file: str) -> bool:
    return str(Path(file).absolute()).startswith(_LIBRARIES)
