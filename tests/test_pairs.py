"""Helpers that need the derivatives of what they write into as early as in the forward half, each calling the next."""

from __future__ import annotations

import linecache
import textwrap
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from s2sgrad import pairs
from s2sgrad.transform import derived

X = np.array([0.5, -1.2, 0.7])


def chain(count: int, last: str) -> Callable[..., Any]:
    """A function that adds to zeros in one of many helpers: which one does is known when it runs."""
    helper = """
    def add_{0}(a, c, k):
        if k == {1}:
            c += a * a
        else:
            {2}
    """
    text = """
    def f(a: np.ndarray, k: int):
        c = np.zeros(len(a))
        add_0(a, c, k)
        return c @ a
    """
    texts = [
        textwrap.dedent(helper).format(
            i, i % 3, f"add_{i + 1}(a, c, k - 1)" if i < count - 1 else last
        )
        for i in range(count)
    ]
    text = "".join(texts) + textwrap.dedent(text)
    filename = f"<chain {count} {last}>"
    linecache.cache[filename] = (len(text), None, text.splitlines(keepends=True), filename)
    names: dict[str, Any] = {"np": np, "__name__": "chain"}
    exec(compile(text, filename, "exec"), names)
    function: Callable[..., Any] = names["f"]
    return function


@pytest.mark.parametrize("last", ["c -= a", "add_0(a, c, k - 1)"])
def test_each_helper_is_reversed_a_few_times(last: str, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    reversal = pairs.reversal

    def counted(*args: Any) -> Any:
        made.append(args)
        return reversal(*args)

    monkeypatch.setattr(pairs, "reversal", counted)
    count = 9
    gradient, _ = derived(chain(count, last), ("a",))
    assert len(made) <= 4 * count
    heads = [line for line in gradient.source.splitlines() if line.startswith("def add_")]
    assert len(heads) == 2 * count
    assert all(f"def add_{i}_forward(" in gradient.source for i in range(count))


@pytest.mark.parametrize("simplified", [False, True])
@pytest.mark.parametrize("last", ["c -= a", "add_0(a, c, k - 1)"])
def test_derivatives(last: str, simplified: bool) -> None:
    function = chain(4, last)
    gradient, _ = derived(function, ("a",), simplified=simplified)
    for k in (0, 2):
        np.testing.assert_allclose(gradient(X, k)[0], 3 * X**2)
    if last == "c -= a":
        np.testing.assert_allclose(gradient(X, 5)[0], -2 * X)
