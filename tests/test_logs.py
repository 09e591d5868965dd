"""Texts that are written to what is given for it: effects, which happen in the text as in the function."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import s2sgrad
from s2sgrad.errors import TransformError
from s2sgrad.numeric import richardson_directional
from s2sgrad.transform import derived


def in_a_loop(x: float, n: int, log: list) -> float:
    """Writes before and behind what changes."""
    for k in range(n):
        log.append(f"{k}: {x}")
        x = x * x + 0.1
        log.append(f"then {x:.3f}")
        if x > 0.9:
            log.append("done")
            break
    return x


def leaves_early(x: float, n: int, log: list) -> float:
    """Writes before a return."""
    log.append("begun")
    while n > 0:
        n -= 1
        x = x * 0.7
        if x < 0.1:
            log.append(f"left with {n}")
            return x * 2
    log.append("at the end")
    return x


def perhaps(x: float, n: int, log: list | None = None) -> float:
    """Writes if there is something to write to."""
    for k in range(n):
        x = x * x
        if log is not None:
            log.append(f"{k} {x}")
    return x


def to_a_file(x: float, n: int, file: Any) -> float:
    """Writes lines."""
    for k in range(n):
        file.write(f"{k}\n")
        x = x * (k + 1)
    return x


CASES: list[tuple[Callable[..., float], Callable[[], Any]]] = [
    (in_a_loop, list),
    (leaves_early, list),
    (perhaps, list),
    (to_a_file, io.StringIO),
]


def _told(log: Any) -> Any:
    return log.getvalue() if isinstance(log, io.StringIO) else log


@pytest.mark.parametrize("simplified", [False, True])
@pytest.mark.parametrize("n", [0, 1, 5])
@pytest.mark.parametrize(("function", "begun"), CASES)
def test_what_is_told_is_the_same(
    function: Callable[..., float], begun: Callable[[], Any], n: int, simplified: bool
) -> None:
    expected = richardson_directional(lambda t: function(t, n, begun()), (0.4,), (1.0,))[0]
    told = begun()
    function(0.4, n, told)
    for like in (None, (0.4, n, begun())):
        gradient, _ = derived(function, "x", like=like, simplified=simplified)
        tangent, _ = derived(function, "x", like=like, form="tangent", simplified=simplified)
        log = begun()
        np.testing.assert_allclose(gradient(0.4, n, log), expected)
        assert _told(log) == _told(told)
        log = begun()
        np.testing.assert_allclose(tangent(0.4, n, log, d_x=1.0)[1], expected)
        assert _told(log) == _told(told)


def test_without_a_log() -> None:
    gradient = s2sgrad.transform(perhaps, "x")
    np.testing.assert_allclose(gradient(0.4, 2), 4 * 0.4**3)


def read_as_well(x: float, log: list) -> float:
    """Counts what it wrote."""
    log.append("a")
    return x * len(log)


def numbers(x: float, log: list) -> float:
    """Writes no text."""
    log.append(x)
    return x * x


def what_is_called(x: float, log: list) -> float:
    """Calls something for its text."""
    log.append(f"{read_as_well(x, log)}")
    return x * x


@pytest.mark.parametrize("function", [read_as_well, numbers, what_is_called])
def test_what_is_more_than_a_log_is_a_list(function: Callable[..., float]) -> None:
    for like in (None, (0.4, ["a"])):
        try:
            gradient = s2sgrad.transform(function, "x", like=like)
        except TransformError:
            continue
        given = ["a"]
        expected = richardson_directional(lambda t: function(t, ["a"]), (0.4,), (1.0,))[0]
        np.testing.assert_allclose(gradient(0.4, given), expected)


def to_a_new_file_in_each_trip(x: np.ndarray, s: float, n: int) -> float:
    """Makes what it writes to itself."""
    for k in range(n):
        file = io.StringIO()
        file.write(f"{k}: {s:.2f}")
        print(file.getvalue())  # noqa: T201
        s *= np.sum(x)
    return s


@pytest.mark.parametrize("n", [0, 1, 3])
def test_a_file_in_memory_is_new_in_each_trip(n: int, capsys: pytest.CaptureFixture[str]) -> None:
    x = np.array([0.4, 1.3])
    to_a_new_file_in_each_trip(x, 0.7, n)
    printed = capsys.readouterr().out
    d_x, d_s = s2sgrad.transform(to_a_new_file_in_each_trip)(x, 0.7, n)
    assert capsys.readouterr().out == printed
    np.testing.assert_allclose(d_x, 0.7 * n * np.sum(x) ** (n - 1) * np.ones(2))
    np.testing.assert_allclose(d_s, np.sum(x) ** n)
