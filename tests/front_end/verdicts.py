"""What becomes of one function: text that can run, a refusal with a place, or what mustn't be."""

from __future__ import annotations

import ast
import re
import signal
import time
import traceback
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from s2sgrad.errors import TransformError
from s2sgrad.static import StaticFile
from s2sgrad.transform import transform, transform_source
from tests.front_end.binding import free_names, unbound

__all__ = ["BAD", "Verdict", "of_function", "of_object"]

BAD = ("exception", "no place", "unbound names", "over the limit", "process died")


@dataclass(frozen=True)
class Verdict:
    """kind: transformed, refused, or one of BAD; reason: why, in words that many functions share."""

    kind: str
    reason: str = ""
    told: str = ""
    seconds: float = 0.0


class _OverTheLimitError(BaseException):
    """The time for a function is over; no `except Exception` catches this."""


@contextmanager
def _limited(seconds: float) -> Iterator[None]:
    """Raise where what is inside computes for longer; time in which other processes compute doesn't count."""

    def over(*_: Any) -> None:
        raise _OverTheLimitError

    before = signal.signal(signal.SIGPROF, over)
    signal.setitimer(signal.ITIMER_PROF, seconds, 1.0)  # again where a handler swallows it
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0.0)
        signal.signal(signal.SIGPROF, before)


def of_function(file: StaticFile, name: str, form: str, limit: float) -> Verdict:
    """The verdict of a function of a file that isn't run, as `s2sgrad show` sees it."""

    def derivative() -> list[str]:
        source = file.function(name)
        text = transform_source(source, form=form).text
        compile(text, "<derivative>", "exec", dont_inherit=True)
        nowhere = {n.id for n in ast.walk(file.tree) if isinstance(n, ast.Name)} - {
            *source.namespace
        }
        return [n for n in unbound(text) if n not in nowhere]

    return _verdict(derivative, limit)


def of_object(function: Callable[..., Any], form: str, limit: float) -> Verdict:
    """The verdict of a function that lives."""

    def derivative() -> list[str]:
        made = transform(function, form=form)
        return [n for n in free_names(made.__code__) if n not in made.__globals__]

    return _verdict(derivative, limit)


def _verdict(derivative: Callable[[], list[str]], limit: float) -> Verdict:
    """What becomes of a call that makes a derivative and gives its unbound names."""
    began = time.process_time()
    try:
        with _limited(limit), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            names = derivative()
        found = ("unbound names", ", ".join(names), "") if names else ("transformed", "", "")
    except TransformError as error:
        placed = all(finding.line for finding in error.findings)
        reasons = sorted({_shared_words(finding.message) for finding in error.findings})
        found = ("refused" if placed else "no place", reasons[0], str(error))
    except _OverTheLimitError:
        found = ("over the limit", f"{limit:.0f} s", traceback.format_exc(limit=-12))
    except Exception as error:  # noqa: BLE001 - nothing else may escape
        found = (
            "exception",
            f"{type(error).__name__} at {_place(error)}",
            traceback.format_exc(limit=-8),
        )
    return Verdict(*found, seconds=time.process_time() - began)


def _place(error: Exception) -> str:
    """Where an exception comes from: the same fault has the same place in many functions."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{Path(last.filename).name}:{last.lineno} ({last.name})"


def _shared_words(message: str) -> str:
    """A message without what is the user's of it: quoted words, names, numbers."""
    first = message.partition("\n")[0]
    named = r"'[^']*'|@?\w+(\.\w+)+(\(.*?\))?|\b\w*[_\d]\w*\b|\b\w+\(.*?\)|@\w+|(?<=result of )\w+|(?<=what )\w+(?= is)"
    return re.sub(named, "_", first)[:100]
