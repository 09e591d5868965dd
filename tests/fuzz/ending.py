"""Random programs needn't end, and what is made of them neither: a limit to their time."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

__all__ = ["SECONDS", "TooLongError", "limited"]

SECONDS = 10


class TooLongError(BaseException):
    """The time for a program is over; no `except Exception` catches this."""


@contextmanager
def limited(seconds: int = SECONDS) -> Iterator[None]:
    """Raise TooLongError where what is inside takes longer."""

    def over(*_: Any) -> None:
        raise TooLongError

    before = signal.signal(signal.SIGALRM, over)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
