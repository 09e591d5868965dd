"""Keys that dicts get in branches and loops aren't there before, nor behind where they are taken out again."""

from __future__ import annotations

import pytest

from tests.fuzz.program import written_down
from tests.fuzz.verdicts import checked

_RIGHT = {
    "used before": """
def f(x: np.ndarray, s: float, n: int):
    kept = {"x": x, "s": s}
    total = sum(kept.values()) * len(kept)
    if n > 1:
        kept["k"] = total * s
        total = total * kept["k"]
    return total
""",
    "taken out in each trip": """
def f(x: np.ndarray, s: float, n: int):
    kept = {"x": x}
    total = s * len(kept)
    for i in range(n):
        total = total + sum(kept.values())
        kept["gone"] = x[i] * total
        total = total * kept.pop("gone") + len(kept)
    return total * sum(kept.values())
""",
    "handed on before": """
def weighed(kept, w):
    kept["a"] = kept["a"] * w
    return sum(kept[k] for k in kept)

def f(x: np.ndarray, s: float, n: int):
    kept = {"a": x, "b": s}
    total = weighed(kept, s)
    while n > 0:
        n -= 1
        total = total + weighed(kept, 0.5)
        if s > 0.1:
            kept["gone"] = np.sum(total)
            s = s * kept.pop("gone")
    total = total * weighed(kept, s)
    return total
""",
    "updated in a branch": """
def f(x: np.ndarray, s: float, n: int):
    kept = {"a": x, "b": s}
    if n > 1:
        kept.update(b=kept["a"][0] - kept["b"])
        kept["k"] = s * 2.0
        s = s * kept["k"]
    return kept["a"] * kept["b"] * s
""",
}
_LEFT_IN = {
    "asked for in the next trip": """
def f(x: np.ndarray, s: float, n: int):
    kept = {"x": x}
    total = 0.0
    for i in range(n):
        if "k" in kept:
            total = total + np.sum(kept["x"])
        kept["k"] = s * i
        total = total + kept["k"]
    return total
""",
    "asked for in the next trip, of one of two": """
def f(x: np.ndarray, s: float, n: int):
    kept = {"x": x}
    if n > 5:
        kept = {"x": x * 2}
    total = 0.0
    for i in range(n):
        if "k" in kept:
            total = total + np.sum(kept["x"])
        kept["k"] = s * i
        total = total + kept["k"]
    return total
""",
    "got in the next trip, of one of two": """
def f(x: np.ndarray, s: float, n: int):
    kept = {"x": x}
    if n > 5:
        kept = {"x": x * 2}
    total = 0.0
    for i in range(n):
        total = total * s + kept.get("k", 1.0) * np.sum(kept["x"])
        kept["k"] = s * i
    return total
""",
    "counted in the next trip": """
def f(x: np.ndarray, s: float, n: int):
    kept = {"x": x}
    total = 0.0
    for i in range(n):
        for j in range(2):
            total = total + len(kept) * s * x[j]
        if i % 2 == 0:
            kept["k"] = s * i
    return total
""",
    "made in one trip, counted in the next": """
def f(x: np.ndarray, s: float, n: int):
    total = 0.0
    for i in range(n):
        if i == 0:
            kept = {"x": x}
        total = total + len(kept) * s * x
        kept["k"] = s * i
    return total
""",
    "counted under another name": """
def f(x: np.ndarray, s: float, n: int):
    kept = {"x": x}
    e = kept
    total = 0.0
    for i in range(n):
        total += len(e) * s
        kept["k"] = x[0] * i
        total += s * kept["k"]
    return total
""",
    "not taken out where a trip ends early": """
def f(x: np.ndarray, s: float, n: int):
    kept = {"x": x}
    total = 0.0
    for i in range(n):
        total = total + len(kept) * s
        kept["k"] = x[0] * i
        if i > 1:
            continue
        total = total * s + kept.pop("k")
    return total * len(kept)
""",
    "taken out once and left in once": """
def f(x: np.ndarray, s: float, n: int):
    kept = {"x": x}
    total = 0.0
    for i in range(n):
        kept["k"] = x[0] * i
        total = total * s + kept.pop("k")
        total = total + len(kept) * s
        if i == 1:
            kept["k"] = s
    return total * len(kept)
""",
    "seen by a function": """
def f(x: np.ndarray, s: float, n: int):
    kept = {"x": x}
    def counted():
        return len(kept) * s
    total = counted()
    if n > 1:
        kept["k"] = x
    return total * s + counted()
""",
}
_GIVEN = """
def f(x: np.ndarray, s: float, D, n: int):
    total = sum(D.values())
    for i in range(n):
        total = total + len(D) * D["a"][i]
        D["gone"] = total * s
        total = D.pop("gone") * D["b"]
    return total * len(D)
"""
_X = "np.array([0.6, -1.1, 0.8])"


@pytest.mark.parametrize("name", _RIGHT)
def test_a_key_that_is_not_there_yet(name: str) -> None:
    _hold(_RIGHT[name], {"right"})


@pytest.mark.parametrize("name", _LEFT_IN)
def test_a_key_that_may_be_there(name: str) -> None:
    _hold(_LEFT_IN[name], {"right", "refused"})


def test_a_dict_that_is_given() -> None:
    program = written_down(
        _GIVEN, (_X, "0.7", "{'a': np.array([1.3, 0.4]), 'b': 1.2}", "2"), wrt=("x", "s", "D")
    )
    for verdict in checked(program):
        told = verdict.way is not None and verdict.way.like
        assert verdict.kind == "right" or (not told and verdict.kind == "refused"), verdict


def _hold(text: str, allowed: set[str]) -> None:
    program = written_down(
        text, (_X, "0.7", "3"), (_X, "0.7", "1"), (_X, "0.7", "0"), wrt=("x", "s")
    )
    for verdict in checked(program):
        told = verdict.way is not None and verdict.way.like
        assert verdict.kind in allowed or (not told and verdict.kind == "refused"), verdict
