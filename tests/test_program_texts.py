"""The texts of the derivatives of the programs that other tests run, as the passes before simplify leave them.

By digests, together with what the analyses found on the way: of each function of the modules of programs, without
examples, and of the programs that were once wrong. That they are right is for those tests to say; here a change of the
analyses is noticed that nobody meant to make, in programs that were written because an analysis finds them hard.
`python -m tests.test_program_texts` takes the texts for good.
"""

from __future__ import annotations

import importlib
import inspect
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from s2sgrad.transform import derived
from tests.analyses_watched import told
from tests.captured_programs import PROGRAMS as CAPTURED
from tests.corpus import REFUSED, message_of, read_digests
from tests.fuzz.found import FOUND
from tests.golden_texts import FOLDER
from tests.regression_case import case_of
from tests.regression_programs import PROGRAMS

FILE = FOLDER / "digests" / "programs.txt"
DIGESTS = read_digests(FILE)


def texts() -> dict[str, Callable[[], str]]:
    """What makes each text, by its title."""
    found = {}
    for file in sorted(Path(__file__).parent.glob("*_programs.py")):
        if not file.stem.startswith("test_"):
            module = importlib.import_module(f"tests.{file.stem}")
            for name, function in functions(module):
                found[f"{file.stem}.{name}"] = lambda f=function: text_of(f)
    for name, text, inputs in PROGRAMS:
        found[f"regression: {name}"] = lambda c=(name, text, inputs): of_case(*c)
    for name, program in {**CAPTURED, **FOUND}.items():
        found[f"random: {name}"] = lambda p=program: text_of(
            p.function, p.wrt, of=p.of, like=p.arguments(0)
        )
    return found


def functions(module: Any) -> Iterator[tuple[str, Callable[..., Any]]]:
    """The functions that a module of programs defines, but for what decorators of the library make of them."""
    for name, value in sorted(vars(module).items()):
        own = inspect.isfunction(value) and value.__code__.co_filename == module.__file__
        if own and value.__module__ == module.__name__ and name[0] != "_":
            yield name, value


def of_case(*told: Any) -> str:
    case = case_of(*told)
    return text_of(case.function, case.variables)


def text_of(function: Callable[..., Any], wrt: Any = None, **options: Any) -> str:
    """The text of a gradient, or why it is refused."""
    with warnings.catch_warnings(action="ignore"):
        try:
            made, _ = derived(function, wrt, simplified=False, **options)
        except REFUSED as error:
            return message_of(error)
    source: str = made.source  # type: ignore[attr-defined]
    return source


TEXTS = texts()


@pytest.mark.parametrize("title", TEXTS)
def test_texts(title: str) -> None:
    text, found = told(TEXTS[title])
    assert found == DIGESTS.get(title), text


if __name__ == "__main__":
    FILE.write_text("".join(f"{told(make)[1]} {title}\n" for title, make in TEXTS.items()), "utf-8")
