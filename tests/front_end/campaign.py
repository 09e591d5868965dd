"""The functions of many files and modules one after another, here or in processes of their own."""

from __future__ import annotations

import importlib
import inspect
import sys
import time
import zlib
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import ModuleType

from s2sgrad.static import StaticFile
from s2sgrad.transform import FORMS
from tests.front_end.corpus import functions_of, text_of
from tests.front_end.tally import Result, Tally
from tests.front_end.verdicts import BAD, Verdict, of_function, of_object

__all__ = ["How", "campaign", "told", "tried"]

_Functions = Iterator[tuple[str, Callable[[str, float], Verdict]]]


@dataclass(frozen=True)
class How:
    """How functions are tried: form None is another one for each; limit: seconds for a function."""

    form: str | None = None
    seed: int = 0
    limit: float = 10.0

    def form_of(self, where: str, name: str) -> str:
        return self.form or FORMS[zlib.crc32(f"{self.seed}:{where}:{name}".encode()) % len(FORMS)]


def campaign(places: Sequence[str], how: How, seconds: float = 1e9) -> Tally:
    """Try all functions of files and modules until the time is over."""
    tally, deadline = Tally(), time.monotonic() + seconds
    for where in places:
        tally.places += 1
        for result in tried(where, how):
            if isinstance(result, Result):
                told(result)
                tally.add(result)
            if time.monotonic() > deadline:
                return tally
    return tally


def told(result: Result) -> None:
    """Print a failure."""
    if result.verdict.kind in BAD:
        sys.stdout.write(f"{result.verdict.kind}: {result.verdict.reason}\n    {result.again}\n")
        sys.stdout.flush()


def tried(
    where: str, how: How, *, only: str | None = None, done: Collection[str] = ()
) -> Iterator[Result | str]:
    """The name of each function of a file (a path that ends in .py) or of a module, then its result."""
    for name, verdict in _of_file(Path(where)) if where.endswith(".py") else _of_module(where):
        if name in done or (only is not None and name != only):
            continue
        yield name
        form = how.form_of(where, name)
        yield Result(where, name, form, verdict(form, how.limit))


def _of_file(path: Path) -> _Functions:
    text = text_of(path)
    if text is not None:
        file = StaticFile(path)
        for name in functions_of(text):
            yield name, partial(of_function, file, name)


def _of_module(name: str) -> _Functions:
    for found, function in _objects(importlib.import_module(name)).items():
        yield found, partial(of_object, function)


def _objects(module: ModuleType) -> dict[str, Callable[..., object]]:
    """The functions and the methods that a module defines, but for those that `dataclass` made without a file."""
    found = {}
    for name, value in vars(module).items():
        if getattr(value, "__module__", None) != module.__name__:
            continue
        if inspect.isfunction(value):
            found[name] = value
        elif inspect.isclass(value):
            methods = ((inner, inspect.getattr_static(value, inner)) for inner in vars(value))
            found |= {f"{name}.{inner}": m for inner, m in methods if inspect.isfunction(m)}
    return {
        name: f
        for name, f in found.items()
        if Path(inspect.unwrap(f).__code__.co_filename).is_file()
    }
