"""Answers about trees and statements that every pass asks for again, kept until the transform is over.

Trees and statements aren't changed once they are made, so an answer stays true. A bound on their number would have
a function of some thousand statements push out in one pass what the next one asks for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, TypeVar

__all__ = ["remembered", "remembering"]

_Asked = TypeVar("_Asked")
_Answer = TypeVar("_Answer")

_kept: list[Any] = []


def remembered(function: Callable[[_Asked], _Answer]) -> Callable[[_Asked], _Answer]:
    """The function, which is computed once for each object that it is given."""
    kept = cache(function)
    _kept.append(kept)
    return kept


@contextmanager
def remembering() -> Iterator[None]:
    """Afterwards all answers are let go of, and with them the trees and statements that they are about."""
    try:
        yield
    finally:
        for function in _kept:
            function.cache_clear()
