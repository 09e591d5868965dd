"""Golden cases: the text is what s2sgrad writes, it is right, and ruff leaves it unchanged."""

from __future__ import annotations

import inspect
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from tests.differentiating import check_gradient, check_tangent
from tests.golden_files import Golden, all_files, main
from tests.running import same
from tests.zoo import Case

FILES = all_files()
NOT_WRITTEN = "its text has not been written yet: python -m tests.golden_files"


@pytest.fixture(params=FILES, ids=[case.name for case in FILES])
def case(request: pytest.FixtureRequest) -> Golden:
    """Every golden case, one after the other."""
    found: Golden = request.param
    return found


def test_there_are_many():
    assert len(FILES) >= 45


def test_the_text_is_what_is_written(case):
    if case.written is None:
        pytest.skip(NOT_WRITTEN)
    assert case.generated == case.written, "see it: python -m tests.golden_files; git diff"


def test_the_text_is_right(case):
    """The text below the mark, or the one made now; the file runs as a whole."""
    names = {**case.module}
    text = case.written or case.generated
    exec(compile(text, str(case.path), "exec"), names)
    hold(case, names[case.derivative.__name__])


def hold(case: Golden, derivative: Callable[..., Any]) -> None:
    """Compare with differences, with random cotangents, at all arguments of the file."""
    assert len(case.cases) >= 2
    for salt, at in enumerate(case.cases):
        (args,) = at.inputs
        if case.form == "tangent":
            check_tangent(at, args, called_by_name(at, derivative), salt)
        else:
            gradient = as_gradient(case, at, called_by_name(at, derivative))
            check_gradient(at, args, gradient, salt)


def called_by_name(at: Case, derivative: Callable[..., Any]) -> Callable[..., Any]:
    """A derivative that takes all arguments by position, also those that are keyword-only."""
    names = tuple(inspect.signature(at.function).parameters)

    def called(*args: Any, **incoming: Any) -> Any:
        return derivative(**dict(zip(names, args, strict=True)), **incoming)

    called.__signature__ = inspect.signature(derivative)  # type: ignore[attr-defined]
    return called


def as_gradient(case: Golden, at: Case, derivative: Callable[..., Any]) -> Callable[..., Any]:
    """A derivative as one that gives a tuple over the variables."""

    def gradient(*args: Any, **incoming: Any) -> Any:
        found = derivative(*args, **incoming)
        if case.form == "value_and_gradient":
            value, found = found
            assert same(value, at.call(args))
        return found if len(case.variables) > 1 else (found,)

    gradient.__signature__ = inspect.signature(derivative)  # type: ignore[attr-defined]
    return gradient


def test_ruff_leaves_the_texts_unchanged(tmp_path):
    """With its own settings: users have them, or others that are theirs."""
    own = set()
    for case in FILES:
        (tmp_path / case.path.name).write_text(case.written or case.generated, encoding="utf-8")
        own |= case.constants
    settings = f"builtins = {sorted(own)}\n"  # in memory a text sees the names of the user's module
    (tmp_path / "ruff.toml").write_text(settings if own else "", encoding="utf-8")
    for command in (["check"], ["format", "--diff"]):
        run = subprocess.run(
            [sys.executable, "-m", "ruff", *command, "--no-cache", "."],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 0, run.stdout + run.stderr


def test_what_stands_above_is_the_users_own_text(case):
    """It is a module with docstring, and nothing of it is known to what is written below."""
    module = case.module
    assert module["__doc__"]
    assert case.derivative.__name__ not in module


def test_check_tells_what_is_missing(capsys, monkeypatch, tmp_path):
    path = tmp_path / "square.py"
    primal = '"""The square."""\n\n\ndef f(x: float):\n    return x * x\n\n\n'
    path.write_text(primal + "# ---- gradient of f, wrt x ----\n# at: f(1.0)\n")
    monkeypatch.setattr("tests.golden_files.FOLDER", tmp_path)
    monkeypatch.chdir(tmp_path)
    assert main(["--check"]) == 1
    assert capsys.readouterr().err == "square.py: the text is missing\n"
    assert main([]) == 0
    assert main(["--check"]) == 0
    path.write_text(path.read_text() + "# changed\n")
    assert main(["--check", "square"]) == 1
    assert capsys.readouterr().err == "square.py: the text would be another\n"
    assert main(["square"]) == 0
    assert main(["--check"]) == 0
