"""One text is made at a time.

Much is shared while a text is made: answers about trees, the rules while they are loaded, the pause of the garbage
collector, the filters of warnings, which are the whole process's. Threads wouldn't make texts faster side by side, so
they take turns. What was made needs no turn: generated functions are called from as many threads as one likes.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

__all__ = ["TURN", "alone"]

_P = ParamSpec("_P")
_R = TypeVar("_R")

TURN = threading.RLock()
"""What a thread holds while it makes a text, or changes the rules."""


def alone(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """The function, which only one thread at a time is in; it may call others of that kind, and itself."""

    @wraps(function)
    def taking_turns(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        with TURN:
            return function(*args, **kwargs)

    return taking_turns


def _forked() -> None:
    """In the child of a fork no thread is left that could give the turn back."""
    TURN._at_fork_reinit()  # type: ignore[attr-defined]  # noqa: SLF001  as `logging` does with its locks


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forked)
