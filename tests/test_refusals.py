"""What is refused after the syntax: whole texts, in refusals/programs.txt below their programs.

The function f of a program is differentiated, or what its first line says: `# transform(f, "n")`.
`python -m tests.test_refusals` writes the texts again.
"""

from __future__ import annotations

import importlib.util
import linecache
import math
import os
import sys
import tempfile
import types
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from s2sgrad.errors import TransformError
from s2sgrad.static import read
from s2sgrad.transform import transform, transform_source

GOLDEN = Path(__file__).parent / "refusals" / "programs.txt"
_TITLE, _ARROW = "##### ", "-----\n"
_CALL = "# transform("


def golden() -> dict[str, tuple[str, str]]:
    """Title → program and what is said of it."""
    found = {}
    for part in GOLDEN.read_text(encoding="utf-8").split(_TITLE)[1:]:
        title, _, text = part.partition("\n")
        program, _, refusal = text.partition(_ARROW)
        assert title not in found
        found[title] = program, refusal
    return found


def imported(program: str) -> types.ModuleType:
    """A program as the module model.py in the current folder, which is imported."""
    Path("model.py").write_text(program, encoding="utf-8")
    linecache.checkcache()
    spec = importlib.util.spec_from_file_location("model", Path("model.py").resolve())
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "dont_write_bytecode", True)
        spec.loader.exec_module(module)
    return module


def said_of(program: str) -> str:
    """What is said of a program that is refused."""
    module = imported(program)
    first = program.partition("\n")[0]
    call = first[2:] if first.startswith(_CALL) else "transform(f)"
    names = {**vars(module), "np": np, "transform": transform}
    try:
        made = eval(call, names)
    except TransformError as error:
        return f"{error}\n\n"
    return f"It is differentiated.\n{made.source}\n\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("title", golden())
def test_refusal(title: str) -> None:
    program, expected = golden()[title]
    assert not expected.startswith("It is differentiated")
    assert said_of(program) == expected


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("title", golden())
def test_refusal_of_a_file_that_is_only_read(title: str) -> None:
    """What is refused of a function that is imported is refused of the file, at the same places."""
    program, expected = golden()[title]
    if program.startswith(_CALL):
        pytest.skip("what it is differentiated by is told")
    Path("model.py").write_text(program, encoding="utf-8")
    with pytest.raises(TransformError) as caught:
        transform_source(read("model.py", "f"))
    places = [line for line in expected.splitlines() if line.startswith("model.py:")]
    found = [line for line in str(caught.value).splitlines() if line.startswith("model.py:")]
    assert [p.split(": ")[0] for p in found] == [p.split(": ")[0] for p in places]


# ---- what has no text of its own -----------------------------------------------------------------


def refusal_of(function: Any, *args: Any, **kwargs: Any) -> str:
    with pytest.raises(TransformError) as caught:
        transform(function, *args, **kwargs)
    return str(caught.value)


def test_functions_that_are_not_written_in_python() -> None:
    assert refusal_of(math.sin) == (
        "sin: math.sin is not written in Python, so there is no source to differentiate\n"
        "   Write a Python function that calls it."
    )
    assert refusal_of(len).startswith("len: len is not written in Python")
    assert refusal_of(np.add).startswith("add: ")
    assert refusal_of([].append).startswith("append: ")


def test_what_cannot_be_called() -> None:
    assert refusal_of(3.0) == "float: 3.0 can't be called\n   Give a function."


def test_a_function_that_exec_made() -> None:
    names: dict[str, Any] = {"__name__": "elsewhere"}
    exec("def f(x):\n    return x * x\n", names)
    assert refusal_of(names["f"]) == (
        "f: the source of elsewhere.f can't be found (it says that it is in <string>)\n"
        "   Write the function in a file or a notebook, or register its text in linecache."
    )


def test_a_file_that_has_changed(folder) -> None:
    module = imported("def f(x: float):\n    return x * x\n")
    Path("model.py").write_text("def f(x: float):\n    return x * x * x\n", encoding="utf-8")
    os.utime("model.py", (1e9, 1e9))
    assert refusal_of(module.f) == (
        "f: model.py has changed since model.f was imported: its text is not what runs\n"
        "   Import the module again (importlib.reload), or start Python again."
    )


def test_a_helper_in_a_file_that_has_changed(folder, monkeypatch) -> None:
    """The caller's text is unchanged, what it calls isn't."""
    module = imported("def f(x: float):\n    return x * x\n")
    monkeypatch.setitem(globals(), "_changing", module.f)
    Path("model.py").write_text("def f(x: float):\n    return x * x * x\n", encoding="utf-8")
    os.utime("model.py", (1e9, 1e9))
    assert "model.py has changed since model.f was imported" in refusal_of(calls_what_changes)


_changing = math.sin


def calls_what_changes(x: float):
    return _changing(x) * 2


def test_a_parameter_that_is_not_there() -> None:
    """These are mistakes of the call, not of the function."""

    def f(x: float, y: float):
        return x * y

    with pytest.raises(ValueError, match=r"^f has no parameter 'z'; it has: x, y$"):
        transform(f, "z")
    with pytest.raises(ValueError, match=r"^f has no parameter number 2$"):
        transform(f, 2)
    with pytest.raises(ValueError, match=r"^wrt names no parameter, or one twice$"):
        transform(f, ("x", 0))
    with pytest.raises(ValueError, match=r"^wrt names no parameter, or one twice$"):
        transform(f, ())
    with pytest.raises(ValueError, match=r"^like: f has no parameter 'z'$"):
        transform(f, like={"z": 1.0})
    with pytest.raises(ValueError, match=r"^like has 3 examples, f has 2 parameters$"):
        transform(f, like=(1.0, 2.0, 3.0))
    with pytest.raises(ValueError, match=r"^form is one of gradient, .*, not 'hessian'$"):
        transform(f, form="hessian")


def test_an_explicit_parameter_on_which_nothing_depends() -> None:
    """It gives zeros of its shape, with a warning."""

    def f(x: float, y: np.ndarray):
        return 2 * x + len(y)

    with pytest.warns(UserWarning, match="y") as told:
        made = transform(f, ("x", "y"))
    assert [str(w.message) for w in told] == [
        "the result of f doesn't depend on y differentiably: its derivative is zero"
    ]
    d_x, d_y = made(1.0, np.ones(3))
    assert d_x == 2.0
    assert np.array_equal(d_y, np.zeros(3))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name, warnings.catch_warnings(action="ignore"):
        os.chdir(name)
        GOLDEN.write_text(
            "".join(f"{_TITLE}{t}\n{p}{_ARROW}{said_of(p)}" for t, (p, _) in golden().items()),
            encoding="utf-8",
        )
