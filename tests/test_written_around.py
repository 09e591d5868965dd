"""What is stored in an array of the module carries a derivative until a function that is called writes there."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import s2sgrad
from s2sgrad.static import read
from s2sgrad.transform import derived, transform_source
from tests import programs_that_write_around as programs

X, S, STEP = np.array([1.1, 0.7, 1.3, 0.9]), 0.8, 1e-6
FUNCTIONS = [
    f
    for name, f in inspect.getmembers(programs, inspect.isfunction)
    if [*inspect.signature(f).parameters] == ["x", "s"]
]
DONE = {
    "before": "both",
    "method": "imported",
    "made": "imported",
    "called": "imported",
    "generated": "imported",
    "in_a_context": "imported",
    "of_a_dict": "imported",
}
"""The functions that are differentiated, and whether their file may only be read; all others are refused."""


def expected(function: Any, form: str, start: np.ndarray) -> tuple[Any, np.ndarray]:
    """The derivatives by x and s of the sum of what a function gives, and what it leaves in W."""

    def value(x: np.ndarray, s: float) -> np.ndarray:
        programs.W[:] = start
        return function(x, s)

    by_x = [(value(X + e, S) - value(X - e, S)) / (2 * STEP) for e in STEP * np.eye(4)]
    by_s = (value(X, S + STEP) - value(X, S - STEP)) / (2 * STEP)
    value(X, S)
    if form == "tangent":
        return np.sum(by_x, 0) - 2.0 * by_s, programs.W.copy()
    return (np.sum(by_x, 1), np.sum(by_s)), programs.W.copy()


def check(made: Any, function: Any, form: str) -> None:
    start = np.ones(4)
    for _ in range(3):
        wanted, left = expected(function, form, start)
        programs.W[:] = start
        if form == "tangent":
            np.testing.assert_allclose(made(X, S, np.ones(4), -2.0)[1], wanted, rtol=1e-6)
        else:
            for found, number in zip(made(X, S), wanted, strict=True):
                np.testing.assert_allclose(found, number, rtol=1e-6)
        np.testing.assert_array_equal(programs.W, left)
        start = left


@pytest.mark.parametrize("form", ["gradient", "tangent"])
@pytest.mark.parametrize("like", [None, (X, S)], ids=["no examples", "like"])
@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda f: f.__name__)
def test_imported(function: Any, form: str, like: Any) -> None:
    programs.W[:] = 1.0
    if function.__name__ not in DONE:
        with pytest.raises(s2sgrad.TransformError):
            derived(function, ("x", "s"), like=like, form=form)
        return
    made, _ = derived(function, ("x", "s"), like=like, form=form)
    check(made, function, form)


@pytest.mark.parametrize("form", ["gradient", "tangent"])
@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda f: f.__name__)
def test_read(function: Any, form: str) -> None:
    source = read(str(Path(programs.__file__)), function.__name__)
    if DONE.get(function.__name__) != "both":
        with pytest.raises(s2sgrad.TransformError):
            transform_source(source, wrt=("x", "s"), form=form)
        return
    text = transform_source(source, wrt=("x", "s"), form=form).text
    name = f"{function.__name__}_{'tangent' if form == 'tangent' else 'grad'}"
    text = text.replace("from programs_that", "from tests.programs_that")
    names: dict[str, Any] = {}
    exec(compile(text, "derivative", "exec"), names)
    check(names[name], function, form)
