"""What the analyses find while derivatives are made, as a text that is the same in each process."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from s2sgrad import context
from s2sgrad.aliasing.found import Conflict
from s2sgrad.infer.resolution import Unresolved
from s2sgrad.program import Statement, walk
from tests.corpus import anywhere, digest

__all__ = ["told", "watched"]


def told(make: Callable[[], str]) -> tuple[str, str]:
    """The text that is made and what the analyses found for it, and a digest of each of the two."""
    with watched() as found:
        text = make()
    results = "\n".join(found)
    return f"{text}\n{results}", f"{digest(text)}+{digest(results)}"


@contextmanager
def watched() -> Iterator[list[str]]:
    """A list to which each aliasing and each activity that is found is added as a text."""
    found: list[str] = []

    def watch(analysis: Callable[..., object]) -> Callable[..., object]:
        def watching(body: Any, *args: Any, **options: Any) -> object:
            result = analysis(body, *args, **options)
            found.append(_spelled(result, {s: k for k, s in enumerate(walk(body))}))
            return result

        return watching

    with (
        patch.object(context, "aliasing", watch(context.aliasing)),
        patch.object(context, "activity", watch(context.activity)),
    ):
        yield found


def _spelled(value: object, numbers: Mapping[Statement, int]) -> str:
    """Statements are told by their numbers, and what is outside of the program only by how much of it there is."""

    def spelled(inner: object) -> str:
        return _spelled(inner, numbers)

    match value:
        case Conflict(statement=statement, message=message):
            return f"{spelled(statement)}: {anywhere(message)}"
        case Unresolved(message=message):
            return anywhere(message)
        case str() | None:
            return re.sub(r"object \d+", "object", str(value))
        case int():
            return "outside"
        case tuple() | list():
            return f"({', '.join(map(spelled, value))})"
        case set() | frozenset():
            return f"{{{', '.join(sorted(map(spelled, value)))}}}"
        case Mapping():
            items = (f"{spelled(key)}: {spelled(inner)}" for key, inner in value.items())
            return f"{{{', '.join(sorted(items))}}}"
        case _ if value in numbers:
            return f"#{numbers[value]}"  # type: ignore[index]
        case _ if dataclasses.is_dataclass(value) and not isinstance(value, type):
            return spelled({f.name: getattr(value, f.name) for f in dataclasses.fields(value)})
    return type(value).__name__
