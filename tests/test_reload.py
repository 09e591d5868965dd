"""Functions whose modules are loaded again, whose helpers are others now, whose files have changed."""

from __future__ import annotations

import importlib
import linecache
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

import s2sgrad

Write = Callable[[str, str], ModuleType]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Write]:
    """Writes a module and imports it, again where it is there already."""
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    names = []

    def written(name: str, text: str) -> ModuleType:
        (tmp_path / f"{name}.py").write_text(text, encoding="utf-8")
        importlib.invalidate_caches()
        names.append(name)
        known = sys.modules.get(name)
        return importlib.import_module(name) if known is None else importlib.reload(known)

    yield written
    for name in names:
        sys.modules.pop(name, None)
    linecache.checkcache()


def test_a_module_that_is_loaded_again(write: Write) -> None:
    module = write("model_again", "def f(x):\n    return x * x\n")
    old, gradient = module.f, s2sgrad.grad(module.f)
    assert gradient(3.0) == 6.0
    module = write("model_again", "def f(x):\n    # another power\n    return x * x * x\n")
    assert s2sgrad.transform(module.f)(3.0) == 27.0
    assert s2sgrad.grad(module.f)(3.0) == 27.0
    assert gradient(3.0) == 6.0  # of the function that it was made of, which is still the same
    with pytest.raises(
        s2sgrad.TransformError, match=r"has changed since model_again\.f was imported"
    ):
        s2sgrad.transform(old)


def test_a_file_that_has_changed_since_it_was_imported(write: Write, tmp_path: Path) -> None:
    text = "def helper(x):\n    return x * x\n\ndef f(x):\n    return helper(x)\n"
    module = write("model_edited", text)
    (tmp_path / "model_edited.py").write_text(text.replace("x * x", "x + x + x"), encoding="utf-8")
    with pytest.raises(
        s2sgrad.TransformError, match=r"has changed since model_edited\.helper was imported"
    ):
        s2sgrad.transform(module.f)
    importlib.reload(module)
    assert s2sgrad.transform(module.f)(3.0) == 3.0


helpers: Any = None
factor: Any = 2.0


def through_a_module(x: float) -> Any:
    return helpers.power(x) * factor


@pytest.mark.parametrize("again", [True, False], ids=["made again", "kept"])
def test_a_helper_whose_module_is_loaded_again(
    write: Write, monkeypatch: pytest.MonkeyPatch, again: bool
) -> None:
    first = write("helpers_again", "def power(x):\n    return x * x\n")
    monkeypatch.setattr(sys.modules[__name__], "helpers", first)
    gradient = s2sgrad.grad(through_a_module)
    second = s2sgrad.grad(gradient)
    assert (gradient(3.0), second(3.0)) == (12.0, 4.0)
    write("helpers_again", "def power(x):\n    # another\n    return x * x * x\n")
    assert through_a_module(3.0) == 54.0
    if again:
        gradient = s2sgrad.grad(through_a_module)
        second = s2sgrad.grad(gradient)
    assert (gradient(3.0), second(3.0)) == (54.0, 36.0)


def test_names_that_are_bound_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Constants are read when the text runs; functions, and constants of another kind, are looked at again."""
    here = sys.modules[__name__]
    gradient = s2sgrad.grad(of_globals)
    assert gradient(3.0) == 12.0
    made = len(gradient.recipe.kept)
    monkeypatch.setattr(here, "factor", 5.0)
    assert gradient(3.0) == 30.0
    assert len(gradient.recipe.kept) == made
    monkeypatch.setattr(here, "operation", np.exp)
    np.testing.assert_allclose(gradient(0.5), 5.0 * np.exp(0.5))
    monkeypatch.setattr(here, "factor", np.array(3.0))
    np.testing.assert_allclose(gradient(0.5), 3.0 * np.exp(0.5))


operation: Any = np.square


def of_globals(x: float) -> Any:
    return operation(x) * factor


def test_code_that_is_put_into_a_function() -> None:
    """As notebooks do with functions of a module that was edited (`%autoreload 2`)."""

    def helper(x: float) -> float:
        return x * x

    def whole(x: float) -> float:
        return helper(x) * 2.0

    def power(x: float) -> float:
        return x * x * x

    def other(x: float) -> float:
        return helper(x) + x

    gradient = s2sgrad.grad(whole)
    assert gradient(3.0) == 12.0
    helper.__code__ = power.__code__
    assert gradient(3.0) == s2sgrad.grad(whole)(3.0) == s2sgrad.transform(whole)(3.0) == 54.0
    whole.__code__ = other.__code__
    assert gradient(3.0) == s2sgrad.grad(whole)(3.0) == s2sgrad.transform(whole)(3.0) == 28.0


def test_a_closure_that_is_bound_again() -> None:
    def helper(x: float) -> float:
        return x * x

    def whole(x: float) -> float:
        return helper(x)

    gradient = s2sgrad.grad(whole)
    assert gradient(3.0) == 6.0

    def helper(x: float) -> float:  # noqa: F811
        return x * x * x

    assert gradient(3.0) == 27.0


def test_a_first_use_that_is_interrupted() -> None:
    """Rules are loaded when they are first needed; whoever interrupts that finds them whole the next time."""
    program = """if True:
        import math
        from s2sgrad import registry, transform

        counts, left = registry._counts, [400]

        def interrupted(signature):
            left[0] -= 1
            if not left[0]:
                raise KeyboardInterrupt
            return counts(signature)

        registry._counts = interrupted

        import linecache

        text = "import math\\ndef f(x: float):\\n    return math.sin(x)\\n"
        linecache.cache["f.py"] = len(text), None, text.splitlines(True), "f.py"
        exec(compile(text, "f.py", "exec"), names := {"__name__": "f"})
        for expected in (KeyboardInterrupt, None):
            try:
                gradient = transform(names["f"])
            except KeyboardInterrupt as error:
                assert expected is type(error)
            else:
                assert expected is None
        assert gradient(0.5) == math.cos(0.5)
    """
    subprocess.run([sys.executable, "-c", program], check=True)
