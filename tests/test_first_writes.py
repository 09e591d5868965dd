"""Stores into new arrays: what was written before is put back, what wasn't isn't recorded."""

from __future__ import annotations

import linecache
import textwrap
from typing import TYPE_CHECKING, Any, cast

import gast
import numpy as np
import pytest

from s2sgrad.places import Places
from s2sgrad.program import Assign, For, Store
from s2sgrad.reverse.first_writes import Blank, FirstWrites
from s2sgrad.transform import derived
from s2sgrad.trees import name as load
from tests.differentiating import check_gradient
from tests.regression_case import case_of
from tests.zoo import Case

if TYPE_CHECKING:
    from s2sgrad.infer.facts import Facts

FIRST = {
    "rising": """
        y = np.empty(len(x))
        for i in range(len(x)):
            y[i] = np.sin(x[i])
    """,
    "after_the_first": """
        y = np.empty(len(x))
        y[0] = x[0]
        for i in range(1, len(x)):
            y[i] = y[i - 1] * x[i]
    """,
    "one_ahead": """
        y = np.empty(len(x) + 1)
        y[0] = 0.3
        for i in range(len(x)):
            y[i + 1] = y[i] * x[i] + y[i] ** 2
    """,
    "falling": """
        y = np.zeros(len(x))
        for i in range(len(x) - 2, -1, -1):
            y[i] = x[i] * np.cos(y[i + 1] + x[i])
    """,
    "every_other": """
        y = np.zeros(len(x))
        for i in range(0, len(x), 2):
            y[i] = np.sin(x[i]) * x[0]
    """,
    "columns": """
        y = np.zeros((len(x), len(x)))
        for j in range(len(x)):
            y[:, j] = x * (1 + np.sum(y[:, :j] ** 2)) * x[j]
    """,
    "ones": """
        y = np.ones(len(x))
        for i in range(len(x)):
            y[i] = np.sin(y[i] + x[i])
    """,
    "ones_like": """
        y = np.ones_like(x)
        for i in range(len(x)):
            y[i] = y[i] ** 2 * np.cos(y[i] * x[i])
    """,
    "zeros_like": """
        y = np.zeros_like(x)
        for i in range(len(x)):
            y[i] = np.cos(y[i] + 2 * x[i])
    """,
    "empty_like": """
        y = np.empty_like(x)
        for i in range(len(x)):
            y[i] = np.cos(2 * x[i])
    """,
    "falling_to_a_number": """
        y = np.zeros(len(x) + 1)
        y[0] = x[0] ** 2
        y[2] = x[2] ** 2
        y[1] = x[1] ** 2
        for i in range(len(x), 2, -1):
            y[i] = y[1] * y[2] * x[i - 1] ** 2
    """,
    "two_parts_of_one_trip": """
        y = np.zeros((len(x), 2))
        for i in range(len(x)):
            y[i, 0] = np.sin(x[i])
            y[i, 1] = y[i, 0] ** 2 * x[i]
    """,
    "places_in_variables": """
        y = np.zeros(len(x) + 5)
        for i in range(2, len(x)):
            j = i + 1
            k = j + 2
            y[k] = y[k - 1] * x[i] + y[4] + x[i] ** 2
    """,
    "above_a_start_that_is_computed": """
        y = np.zeros((len(x), len(x)))
        for i in range(1, len(x)):
            for j in range(i, len(x)):
                y[i, j] = y[i - 1, j] + x[i] * x[j] ** 2 + y[0, 0]
    """,
    "first_and_rest": """
        y = np.empty(len(x))
        y[0], y[1] = x[1], x[0] ** 2
        for i in range(2, len(x)):
            y[i] = y[i - 1] * y[i - 2] + x[i]
    """,
}
AGAIN = {
    "new_each_trip": """
        y = x
        for t in range(3):
            z = np.empty(len(x))
            z[0] = y[-1]
            for i in range(1, len(x)):
                z[i] = z[i - 1] * y[i]
            y = z
    """,
    "by_a_step_that_is_computed": """
        y = np.zeros(len(x))
        k = len(x) // 2
        for i in range(k, -1, -k):
            y[i] = y[i - k] ** 2 + x[i] * x[0]
    """,
    "in_a_while_loop": """
        y = np.zeros(len(x))
        i = 0
        while i < len(x):
            y[i] = y[i] ** 2 + np.sin(x[i]) * x[0]
            i += 1
    """,
    "twice": """
        y = np.zeros(len(x))
        for i in range(len(x)):
            y[i] = np.sin(x[i])
        for i in range(len(x)):
            y[i] = y[i] ** 2 * x[0]
    """,
    "same_place_each_trip": """
        y = np.zeros(len(x))
        for i in range(len(x)):
            y[0] = y[0] * y[0] + x[i]
    """,
    "next_place_too": """
        y = np.zeros(len(x) + 1)
        for i in range(len(x)):
            y[i] = y[i] ** 2 + x[i]
            y[i + 1] = x[i] * y[i] ** 2
    """,
    "below_the_start": """
        y = np.zeros(len(x))
        y[1] = x[0] ** 2
        for i in range(len(x)):
            y[i] = y[i] ** 2 + x[i] ** 2 * y[1]
    """,
    "through_a_view": """
        y = np.zeros(len(x))
        z = y[1:]
        z[0] = x[0]
        for i in range(len(x)):
            y[i] = y[i] ** 2 * x[i] + x[i]
    """,
    "negative_places": """
        y = np.zeros(3)
        for i in range(-3, 3):
            y[i] = y[i] ** 2 + x[1] * y[i] + x[0]
    """,
    "two_arrays_under_one_name": """
        y = np.zeros(len(x))
        if x[0] > 0:
            y = x * 2
        for i in range(len(x)):
            y[i] = y[i] ** 2 * x[i]
    """,
    "one_place_above_in_the_loop_around": """
        y = np.zeros(len(x) + 4)
        for t in range(4):
            for i in range(len(x)):
                y[i + 1] = y[i] * x[i] + y[i + 1] ** 2 + x[t]
    """,
    "made_before_a_loop_of_its_own": """
        y = np.zeros((len(x), len(x)))
        for i in range(len(x)):
            for j in range(len(x)):
                y[j, 0] = y[j, 0] ** 2 * x[i] + x[j]
    """,
    "start_below_zero": """
        y = np.zeros(len(x))
        y[3] = x[0] ** 2
        for i in range(-1, 2):
            y[i] = y[i] ** 2 * x[1] + x[2] * y[3]
    """,
    "step_below_zero_that_passes_zero": """
        y = np.zeros(4)
        for i in range(2, -3, -1):
            y[i] = y[i] ** 2 + x[1] * y[i] + x[0]
    """,
    "numbers_of_the_other_array": """
        y = np.zeros(len(x))
        z = np.ones(len(x))
        for i in range(len(x)):
            z[i] = z[i] * x[i]
            y[0] = y[0] ** 2 + z[i] * x[0]
    """,
    "selected": """
        y = np.zeros(len(x))
        y[x > 0] = x[x > 0] ** 2
        y[np.array([0, 0, 1])] = x[:3] * y[0]
        for i in range(len(x)):
            y[i] = y[i] ** 2 * x[0] + y[i]
    """,
    "whole": """
        y = np.zeros(len(x))
        y[...] = x ** 2
        y[:] = y ** 2 * x
        y[None, 0] = y[1] * y[0]
    """,
    "changed_in_place_before": """
        y = np.zeros(len(x))
        y += x
        for i in range(len(x)):
            y[i] = y[i] ** 2 * x[0]
    """,
    "changed_in_place_behind": """
        y = np.zeros(len(x))
        for t in range(2):
            for i in range(len(x)):
                y[i] = y[i] ** 2 * x[0] + x[i]
            y *= x[1]
    """,
    "above_a_number_that_a_loop_leaves": """
        y = np.zeros(9)
        k = 0
        while k < 3:
            k += 1
        y[k + 1] = x[0]
        y[4] = y[4] ** 2 * x[1]
    """,
    "above_a_number_of_a_branch": """
        y = np.zeros(9)
        k = 0 if x[0] > 9 else 3
        j = k + 1
        y[j] = x[0]
        y[4] = y[4] ** 2 * x[1]
    """,
    "outer_loop": """
        y = np.zeros(len(x))
        for t in range(3):
            for i in range(len(x)):
                y[i] = y[i] ** 2 * x[i] + x[i]
    """,
}


def case(name: str, body: str) -> Case:
    lines = textwrap.dedent(body).strip()
    text = f"def {name}(x):\n{textwrap.indent(lines, '    ')}\n    return np.sum(y ** 3)\n"
    filename = f"<first writes: {name}>"
    linecache.cache[filename] = (len(text), None, text.splitlines(keepends=True), filename)
    names: dict[str, Any] = {"np": np, "__name__": __name__}
    exec(compile(text, filename, "exec"), names)
    return Case(names[name], ((np.array([0.6, -0.8, 1.1, 0.4]),),))


@pytest.mark.parametrize("simplified", [True, False])
@pytest.mark.parametrize("name", [*FIRST, *AGAIN])
def test_gradient(name: str, simplified: bool) -> None:
    program = case(name, {**FIRST, **AGAIN}[name])
    (args,) = program.inputs
    for like in (None, args):
        gradient, _ = derived(program.function, ("x",), like=like, simplified=simplified)
        check_gradient(program, args, gradient)


@pytest.mark.parametrize("name", FIRST)
def test_nothing_is_recorded_of_first_writes(name: str) -> None:
    program = case(name, FIRST[name])
    gradient, _ = derived(program.function, ("x",), like=program.inputs[0])
    assert "saved_y" not in gradient.source  # type: ignore[attr-defined]
    assert "np.copy(" not in gradient.source  # type: ignore[attr-defined]


KNOWN = [
    ("y = np.empty(4)\ny[0] = x[0]\ny[1] = x[1]", "? ?"),
    ("y = np.zeros(4)\ny[0] = x[0]\ny[0] = x[1] * y[0]", "0 -"),
    ("y = np.ones(4)\ny[1] = x[0]\ny[0] = x[1]", "1 1"),
    ("y = np.ones_like(x)\ny[1] = x[0]", "1"),
    ("y = np.zeros_like(x)\ny[1] = x[0]", "0"),
    ("y = np.empty_like(x)\ny[1] = x[0]", "?"),
    ("y = np.full(4, 2.0)\ny[1] = x[0]", "-"),
    ("y = x * 2\ny[1] = x[0]", "-"),
    ("y = x\ny = np.zeros(4)\ny[1] = x[0]", "0"),
    ("y = np.zeros(4) if x[0] > 0 else np.ones(4)\ny[1] = x[0]", "-"),
    ("y = np.zeros(4)\nif x[0] > 9:\n    y = np.ones(4)\ny[1] = x[0]", "-"),
    ("for y in (1.0 * x).reshape(2, 2):\n    y[0] = x[0]", "-"),
    ("y = np.zeros(4)\ny[-1] = x[0]\ny[3] = x[1]", "0 -"),
    ("y = np.zeros(4)\ny[:2] = x[:2]\ny[1] = x[0]\ny[1:] = x[1:]", "0 - -"),
    ("y = np.zeros(4)\ny[...] = x", "-"),
    ("y = np.zeros((2, 4))\ny[0] = x\ny[1, 0] = x[2]", "0 0"),
    ("y = np.zeros((2, 4))\ny[0, 1:] = x[1:]", "0"),
    ("y = np.zeros(4)\ny[x > 0] = x[0]", "-"),
    ("y = np.zeros(4)\ny[n] = x[0]", "0"),
    ("y = np.zeros(4)\ny[n] = x[0]\ny[n] = x[1]", "0 -"),
    ("y = np.zeros(4)\ny[0] = x[0]\ny[n] = x[1]", "0 -"),
    ("y = np.zeros(9)\ny[0] = x[0]\nk = n + 1\ny[k] = x[1]", "0 -"),
    ("y = np.zeros(4)\nfor i in range(4):\n    y[i] = x[i]", "0"),
    ("y = np.zeros(4)\nfor i in range(4):\n    y[3 - i] = x[i]", "-"),
    ("y = np.zeros(4)\nfor i in range(4):\n    y[i] = x[i]\n    y[i] = y[i] * x[0]", "0 -"),
    (
        "y = np.zeros(4)\nfor i in range(4):\n    if x[i] > 0:\n        y[i] = x[i]\n    y[i] = x[0]",
        "0 -",
    ),
    ("y = np.zeros(5)\nfor i in range(4):\n    y[i] = x[i]\n    y[i + 1] = x[0]", "- -"),
    ("y = np.zeros(4)\ny[0] = x[0]\nfor i in range(4):\n    y[i] = x[i]", "0 -"),
    ("y = np.zeros(4)\ny[0] = x[0]\nfor i in range(1, 4):\n    y[i] = x[i]", "0 0"),
    ("y = np.zeros(4)\nfor i in range(0, 4, 1):\n    y[i] = x[i]", "0"),
    ("y = np.zeros(4)\nfor i in range(3, 0, -1):\n    y[i] = x[i]", "0"),
    ("y = np.zeros(4)\nk = 0\nfor i in range(4):\n    y[k] = x[i]\n    k = k + 1", "-"),
    ("y = np.zeros(9)\ny[1] = x[0]\nfor i in range(4):\n    k = i + 1\n    y[k + 1] = x[i]", "0 0"),
    ("y = np.zeros(9)\ny[2] = x[0]\nfor i in range(4):\n    k = i + 1\n    y[k + 1] = x[i]", "0 -"),
    ("y = np.zeros((4, 2))\nfor i in range(4):\n    y[i, 0] = x[i]\n    y[i, 1] = x[i]", "0 0"),
    ("y = np.zeros((4, 2))\nfor i in range(4):\n    y[i, 0] = x[i]\n    y[0, 1] = x[i]", "0 -"),
    (
        "y = np.zeros((4, 4))\nfor i in range(4):\n    for j in range(4):\n        y[i, j] = x[j]",
        "0",
    ),
    (
        "y = np.zeros((4, 4))\nfor i in range(4):\n    for j in range(4):\n        y[j, 0] = x[j]",
        "-",
    ),
    (
        "y = np.zeros((4, 4))\nfor i in range(4):\n    for j in range(i, 4):\n        y[j, i] = x[j]",
        "0",
    ),
    (
        "y = np.zeros(4)\nfor i in range(4):\n    for j in range(4):\n        y[j] = x[j] * y[j]",
        "-",
    ),
    ("for t in range(2):\n    y = np.zeros(4)\n    for i in range(4):\n        y[i] = x[i]", "-"),
    ("y = np.zeros(4)\ny[0] = x[0]\nfor i in range(1, 4):\n    y[i] = x[i]", "0 0"),
    ("y = np.zeros(4)\ny[1] = x[0]\nfor i in range(1, 4):\n    y[i] = x[i]", "0 -"),
    ("y = np.zeros(4)\ny[1] = x[0]\nfor i in range(2, 4, 2):\n    y[i] = x[i]", "0 0"),
    ("y = np.zeros(4)\nfor i in range(0, 4, n):\n    y[i] = x[i]", "-"),
    ("y = np.zeros(4)\nfor i in range(-2, 2):\n    y[i + 2] = x[i]", "-"),
    ("y = np.zeros(4)\nfor i in range(3, -1, -1):\n    y[i] = x[i]", "0"),
    ("y = np.zeros(4)\nfor i in range(3, -2, -1):\n    y[i] = x[i]", "-"),
    ("y = np.zeros(4)\nfor i in range(3, -1, -2):\n    y[i] = x[i]", "0"),
    ("y = np.zeros(4)\ny[1] = x[0]\nfor i in range(3, 1, -1):\n    y[i] = x[i]", "0 0"),
    ("y = np.zeros(4)\ny[1] = x[0]\nfor i in range(3, 0, -1):\n    y[i] = x[i]", "0 -"),
    ("y = np.zeros(4)\ny[0] = x[0]\nfor i in range(3, 0, -1):\n    y[i] = x[i]", "0 0"),
    ("y = np.zeros(4)\ny[0] = x[0]\nfor i in range(3, -1, -1):\n    y[i] = x[i]", "0 -"),
    ("y = np.zeros(4)\ny[2] = x[0]\nfor i in range(3, 1, -1):\n    y[i] = x[i]", "0 -"),
    ("y = np.zeros(4)\nfor i in range(4):\n    j = i + 0\n    y[j] = x[i]", "0"),
    ("y = np.zeros(4)\nfor i in range(3, n, -1):\n    y[i] = x[i]", "-"),
    ("y = np.zeros(9)\nfor i in range(1, 4):\n    j = i + 1\n    k = j + 2\n    y[k] = x[i]", "0"),
    (
        "y = np.zeros(9)\ny[3] = x[0]\nfor i in range(1, 4):\n    j = i + 1\n    k = j + 2\n    y[k] = x[i]",
        "0 0",
    ),
    (
        "y = np.zeros(9)\ny[4] = x[0]\nfor i in range(1, 4):\n    j = i + 1\n    k = j + 2\n    y[k] = x[i]",
        "0 -",
    ),
    (
        "y = np.zeros(9)\nfor i in range(3):\n    j = i + 1 if x[i] > 0 else i + 2\n    y[j] = x[i]",
        "-",
    ),
    ("y = np.zeros(9)\nfor i in range(3):\n    j = i + n\n    y[j] = x[i]", "-"),
    ("y = np.zeros(9)\nfor i in range(3):\n    j = i - 1\n    y[j] = x[i]", "-"),
    (
        (
            "y = np.zeros((4, 4))\nfor t in range(4):\n    for i in range(-2, 2):\n"
            "        y[i + 2, t] = x[t]\n    y[0, t] = x[t] * y[0, t]"
        ),
        "- -",
    ),
    ("y = np.zeros(4)\nfor v in x:\n    y[0] = v", "-"),
    ("y = np.zeros(4)\ni = 0\nwhile i < 4:\n    y[i] = x[i]\n    i += 1", "-"),
    ("y = np.zeros(4)\nfor i in range(4):\n    y[i] += x[i]", "0"),
    ("y = np.zeros(4)\ny += x\nfor i in range(4):\n    y[i] = x[i]", "-"),
    ("y = np.zeros(4)\nfor i in range(4):\n    y[i] = x[i]\ny[0] = x[1]", "0 -"),
    ("y = np.zeros(9)\nk = 3 if x[0] > 0 else 5\ny[k + 1] = x[0]\ny[4] = x[1]", "0 -"),
    ("y = np.zeros(9)\nk = 3\nif x[0] > 0:\n    k = 5\ny[k] = x[0]\ny[4] = x[1]", "0 -"),
    ("y = np.zeros(4)\nz = y\nz[0] = x[0]\ny[1] = x[1]", "0 0"),
    ("y = np.zeros(4)\nz = y[1:]\nz[0] = x[0]\ny[0] = x[1]", "- -"),
]


@pytest.mark.parametrize(("body", "expected"), KNOWN)
def test_what_a_store_overwrites(body: str, expected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """0, 1, nothing that anyone reads (?), or what was written before (-)."""
    found: dict[int, str] = {}
    blank = FirstWrites.blank

    def noted(self: FirstWrites, store: Store) -> Blank | None:
        known = blank(self, store)
        assert store.origin is not None
        found[store.origin.line] = (
            "-" if known is None else "?" if known.value is None else str(known.value)
        )
        return known

    monkeypatch.setattr(FirstWrites, "blank", noted)
    text = f"def f(x, n):\n{textwrap.indent(body, '    ')}\n    return np.sum(y ** 3)\n"
    derived(case_of("first", text, ()).function, ("x",), like=(np.array([0.6, -0.8, 1.1, 0.4]), 2))
    assert " ".join(found[line] for line in sorted(found)) == expected


def test_numbers_below_zero_are_no_places() -> None:
    """Constants are written with a sign where they are below zero, but nothing here relies on that."""
    below, zero, i = gast.Constant(-1, None), gast.Constant(0, None), load("i")
    j = Assign(("j",), gast.BinOp(i, gast.Add(), below))
    firsts = FirstWrites(cast("Facts", None), Places(definition={"j": j}))
    assert firsts.shifted(load("j")) == ("j", 0)
    assert firsts.ends_above(below) == -1
    for step, begin in ((below, -1), (zero, -1), (gast.Constant(1, None), 0)):
        loop = For("i", gast.Call(load("range"), [zero, load("n"), step], []), ())
        assert firsts.begin(loop) == begin
