"""Functions that are made again under one name: which one it is where it is called."""

from __future__ import annotations

import pytest

from tests.fuzz.program import Program, written_down
from tests.fuzz.verdicts import checked

_X = "np.array([0.6, -1.1, 0.8])"
_POINT = """
class Point:
    def __init__(self, w, b):
        self.w = w
        self.b = b

"""
_HANDED = """
def twice(function, v):
    return function(v) * function(v * 2.0)

"""


def _program(text: str, *others: tuple[str, ...], wrt: tuple[str, ...] = ("x", "s")) -> Program:
    return written_down(text, *((_X, "0.7", *other) for other in others), wrt=wrt)


_CERTAIN = {
    "in each trip": _program(
        _POINT
        + """
def f(x: np.ndarray, s: float):
    total = 0.0
    for p in (Point(x, s), Point(x * x, s * 3.0)):
        def scaled(v):
            return np.sum(x * s) * v
        total = total * s + scaled(p.b) * scaled(1.3)
    return total
""",
        (),
    ),
    "with a jump in each trip": _program(
        _POINT
        + """
def f(x: np.ndarray, s: float, n: int):
    total = 0.0
    for p in (Point(x, s), Point(x * x, s * 3.0), Point(x, s * s)):
        if np.sum(p.w) > n:
            continue
        def scaled(v):
            return np.sum(x) * v
        total = total * s + scaled(p.b)
    return total
""",
        ("0",),
        ("1",),
        ("9",),
    ),
    "one after the other": _program(
        _HANDED
        + """
def f(x: np.ndarray, s: float):
    def g(v):
        return v * s
    a = g(x) + twice(g, x)
    def g(v):
        return v + s * s
    return a * g(x) * twice(g, a)
""",
        (),
    ),
}
_NOT = {
    "in a branch": _program(
        """
def f(x: np.ndarray, s: float, n: int):
    def g(v):
        return v * s
    if n > 1:
        def g(v):
            return v + s * s
        x = g(x)
    return g(x)
""",
        ("1",),
        ("2",),
    ),
    "behind the call in a loop": _program(
        """
def f(x: np.ndarray, s: float, n: int):
    g = lambda v: v * s
    for k in range(n):
        x = g(x)
        g = (lambda v: v + s * s) if k % 2 == 0 else (lambda v: v / s)
    return g(x)
""",
        ("0",),
        ("1",),
        ("4",),
    ),
    "behind the call in a loop, by its name": _program(
        """
def f(x: np.ndarray, s: float, n: int):
    def g(v):
        return v * s
    for _ in range(n):
        x = g(x)
        def g(v):
            return v + s * s
        x = x * g(s)
    return g(x)
""",
        ("0",),
        ("1",),
        ("3",),
    ),
    "kept in a list": _program(
        """
def f(x: np.ndarray, s: float, n: int):
    g = lambda v: v * s
    kept = [g]
    for _ in range(n):
        kept = [g]
        g = lambda v: v + s * s
    return kept[0](x) * g(x)
""",
        ("0",),
        ("1",),
        ("3",),
    ),
    "read by another function": _program(
        """
def f(x: np.ndarray, s: float, n: int):
    def g(v):
        return v * s
    def h(v):
        return g(v) * v
    a = h(x)
    def g(v):
        return v + s * s
    if n > 1:
        g = np.sin
    return a * h(x) * g(s)
""",
        ("1",),
        ("2",),
    ),
}


@pytest.mark.parametrize("name", _CERTAIN)
def test_what_is_made_last_is_called(name: str) -> None:
    """With examples it is right."""
    for verdict in checked(_CERTAIN[name]):
        told = verdict.way is not None and verdict.way.like
        assert verdict.kind == "right" or (not told and verdict.kind == "refused"), verdict


@pytest.mark.parametrize("name", _NOT)
def test_which_is_called_is_decided_by_the_run(name: str) -> None:
    """Right, or refused."""
    assert {verdict.kind for verdict in checked(_NOT[name])} <= {"right", "refused"}
