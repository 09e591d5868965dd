"""What a call does beside returning: the text that it prints, and the numbers of the module that it leaves."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from contextlib import redirect_stdout
from typing import Any

import numpy as np

__all__ = ["called", "counted", "same_text"]

_NUMBER = re.compile(r"-?\d+\.\d*(?:e[-+]\d+)?|-?\d+")


def called(function: Callable[..., Any], *args: Any, **kwargs: Any) -> tuple[Any, str]:
    """What a call returns, and what it prints."""
    printed = io.StringIO()
    with redirect_stdout(printed):
        result = function(*args, **kwargs)
    return result, printed.getvalue()


def counted(names: dict[str, Any]) -> dict[str, int]:
    """The numbers under the names of a module, which functions of it count."""
    return {name: value for name, value in names.items() if type(value) is int}


def same_text(one: str, other: str) -> bool:
    """Whether texts are the same, but for what rounding does to their numbers."""
    numbers = [np.array(_NUMBER.findall(text), float) for text in (one, other)]
    words = [_NUMBER.sub("", text).split() for text in (one, other)]
    return words[0] == words[1] and len(numbers[0]) == len(numbers[1]) and np.allclose(*numbers)
