"""What a call does beside returning: the text that it prints, and what it leaves in the module."""

from __future__ import annotations

import copy
import io
import re
from collections.abc import Callable
from contextlib import redirect_stdout
from typing import Any

import numpy as np

__all__ = ["called", "left", "same_left", "same_text"]

_NUMBER = re.compile(r"-?\d+\.\d*(?:e[-+]\d+)?|-?\d+")


def called(function: Callable[..., Any], *args: Any, **kwargs: Any) -> tuple[Any, str]:
    """What a call returns, and what it prints."""
    printed = io.StringIO()
    with redirect_stdout(printed):
        result = function(*args, **kwargs)
    return result, printed.getvalue()


def left(names: dict[str, Any]) -> dict[str, Any]:
    """What is in the arrays, lists, dicts and numbers of a module, each by its name."""
    kinds = (int, float, list, dict, np.ndarray)
    found = {n: v for n, v in names.items() if type(v) in kinds and not n.startswith("__")}
    return copy.deepcopy(found)


def same_left(one: Any, other: Any) -> bool:
    """Whether what is left is the same, but for rounding."""
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same_left(one[k], other[k]) for k in one)
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(same_left, one, other))
    numbers = int | float | np.number | np.ndarray
    if not isinstance(one, numbers) or not isinstance(other, numbers):
        return type(one) is type(other)
    alike = np.shape(one) == np.shape(other)
    return alike and np.allclose(one, other, rtol=1e-10, atol=1e-10, equal_nan=True)


def same_text(one: str, other: str) -> bool:
    """Whether texts are the same, but for what rounding does to their numbers."""
    numbers = [np.array(_NUMBER.findall(text), float) for text in (one, other)]
    words = [_NUMBER.sub("", text).split() for text in (one, other)]
    return words[0] == words[1] and len(numbers[0]) == len(numbers[1]) and np.allclose(*numbers)
