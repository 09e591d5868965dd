"""Arrays of the module that a function stores into: what is read of them through attributes, and those of all kinds."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import s2sgrad
from s2sgrad.static import read
from s2sgrad.transform import derived, transform_source

GRID, ROW, WHOLE, LEVEL = np.zeros((3, 4)), np.zeros(4), np.zeros(4, int), np.zeros(())


def started() -> None:
    """The arrays as they are in the beginning."""
    GRID[...] = np.arange(12.0).reshape(3, 4) / 7
    ROW[...] = [0.5, -1.0, 2.0, 0.25]
    WHOLE[...] = [1, 2, 3, 4]
    LEVEL[...] = 0.5


def measured(x: np.ndarray, s: float):
    GRID[0, 1] = s
    return (GRID * x).sum() / GRID.shape[0] + s * GRID.ndim - GRID[0, 1] / GRID.size


def indexed_by_its_shape(x: np.ndarray, s: float):
    GRID[0, 3] = s * s
    return GRID[len(GRID) - 3, GRID.shape[1] - 1] * GRID.ndim + GRID.nbytes * s


def transposed(x: np.ndarray, s: float):
    GRID[0, 1] = s
    return (GRID.T[:, 0] * x).sum() + GRID.T.T[0, 1] * x[1]


def transposed_by_columns(x: np.ndarray, s: float):
    GRID[1] = x * s
    total = 0.0
    for column in GRID.T:
        total = total * 0.5 + (column * column).sum()
    return total


def energy(m: np.ndarray):
    return (m * m).sum() * m[1, 0]


def transposed_for_a_helper(x: np.ndarray, s: float):
    GRID[0, 1] = s
    return energy(GRID.T) + x[0]


def whole_numbers(x: np.ndarray, s: float):
    WHOLE[1] = 3.0 + 0.01 * s
    WHOLE[2:] = x[2:] * 0.001
    return (WHOLE * x).sum() * s


def without_axes(x: np.ndarray, s: float):
    LEVEL[...] = s
    product = LEVEL * s
    LEVEL[...] = product * x[0]
    return LEVEL * product


def without_axes_returned(x: np.ndarray, s: float):
    LEVEL[...] = s * x[1]
    return -LEVEL


def without_axes_in_a_loop(x: np.ndarray, s: float):
    LEVEL[...] = s
    for k in range(3):
        LEVEL[...] += LEVEL * x[k]
    return LEVEL * s


CASES = [
    measured,
    indexed_by_its_shape,
    transposed,
    transposed_by_columns,
    transposed_for_a_helper,
    whole_numbers,
    without_axes,
    without_axes_returned,
    without_axes_in_a_loop,
]
X, S = np.array([0.4, -1.3, 0.8, 0.6]), 0.7


def differences(function: Any) -> tuple[np.ndarray, float]:
    """The derivatives by x and s, each of the function as it starts."""

    def value(x: np.ndarray, s: float) -> float:
        started()
        return float(function(x, s))

    h = 1e-6
    by_x = [(value(X + h * e, S) - value(X - h * e, S)) / (2 * h) for e in np.eye(4)]
    return np.array(by_x), (value(X, S + h) - value(X, S - h)) / (2 * h)


@pytest.mark.parametrize("simplified", [True, False])
@pytest.mark.parametrize("form", ["gradient", "tangent"])
@pytest.mark.parametrize("like", [None, (X, S)], ids=["no examples", "like"])
@pytest.mark.parametrize("function", CASES, ids=lambda f: f.__name__)
def test_derivatives(function: Any, form: str, like: Any, *, simplified: bool) -> None:
    by_x, by_s = differences(function)
    made, _ = derived(function, ("x", "s"), like=like, form=form, simplified=simplified)
    for _ in range(2):
        started()
        if form == "tangent":
            moves = np.array([1.0, -2.0, 0.5, 3.0])
            value, along = made(X, S, moves, -1.5)
            started()
            assert value == function(X, S)
            np.testing.assert_allclose(along, by_x @ moves - 1.5 * by_s, rtol=1e-6, atol=1e-8)
        else:
            found = made(X, S)
            np.testing.assert_allclose(found[0], by_x, rtol=1e-6, atol=1e-8)
            np.testing.assert_allclose(found[1], by_s, rtol=1e-6, atol=1e-8)


def test_an_array_that_is_only_read_has_its_kind() -> None:
    def f(x: np.ndarray, s: float):
        return (GRID.T @ x)[1] * s / GRID.shape[0]

    made = s2sgrad.transform(f, "x", like=(np.ones(3), S))
    assert "def " not in made.source.partition("def ")[2]
    started()
    np.testing.assert_allclose(made(np.ones(3), S), GRID[:, 1] * S / 3)


def test_the_array_of_a_file_that_is_only_read(tmp_path: Path, monkeypatch: Any) -> None:
    path = tmp_path / "grid_model.py"
    path.write_text(
        "import numpy as np\n\nGRID = np.arange(12.0).reshape(3, 4)\n\n\n"
        "def f(s: float):\n    GRID[0, 1] = s\n    return (GRID.T * s).sum() / GRID.shape[0]\n"
    )
    text = transform_source(read(str(path), "f"), wrt="s").text
    (tmp_path / "grid_model_grad.py").write_text(text)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    spec = importlib.util.spec_from_file_location("grad", tmp_path / "grid_model_grad.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    np.testing.assert_allclose(module.f_grad(0.5), (66.0 - 1.0 + 0.5 + 0.5) / 3)


def step(v: float, k: int) -> float:
    ROW[k] = 3.0
    return v * ROW[k - 1]


def stored_by_a_helper(x: np.ndarray, s: float):
    for k in range(4):
        s = step(s, k) * x[k]
    return s * s


def stored_by_a_helper_and_read(x: np.ndarray, s: float):
    ROW[2] = 0.75
    for k in range(4):
        s = step(s, k) * x[k] + ROW[0]
    return s * s


ITEMS = [0.5, -1.0, 2.0, 0.25]


def step_in_a_list(v: float, k: int) -> float:
    ITEMS[k] = 3.0
    return v * ITEMS[k - 1]


def stored_in_a_list_by_a_helper(x: np.ndarray, s: float):
    for k in range(4):
        s = step_in_a_list(s, k) * x[k]
    return s * s


STORED = [stored_by_a_helper, stored_by_a_helper_and_read, stored_in_a_list_by_a_helper]


@pytest.mark.parametrize("like", [None, (X, S)], ids=["no examples", "like"])
@pytest.mark.parametrize("function", STORED, ids=lambda f: f.__name__)
def test_what_a_helper_stores_is_there_afterwards(function: Any, like: Any) -> None:
    made = s2sgrad.transform(function, ("x", "s"), like=like)
    h = 1e-6
    started()
    ITEMS[:] = [0.5, -1.0, 2.0, 0.25]
    for _ in range(3):  # called again, it finds what was left
        row, items = ROW.copy(), ITEMS.copy()
        values = []
        for s in (S + h, S - h, S):
            ROW[:], ITEMS[:] = row, items
            values.append(function(X, s))
        left = ROW.copy(), ITEMS.copy()
        ROW[:], ITEMS[:] = row, items
        _, by_s = made(X, S)
        np.testing.assert_allclose(by_s, (values[0] - values[1]) / (2 * h), rtol=1e-6)
        np.testing.assert_array_equal(ROW, left[0])
        assert left[1] == ITEMS


def test_what_a_file_stores_is_there_afterwards(tmp_path: Path, monkeypatch: Any) -> None:
    (tmp_path / "row_model.py").write_text(
        "import numpy as np\n\nROW = np.ones(4)\nITEMS = list(range(4))\n\n\n"
        "def step(v, k):\n    ROW[k] = 3.0\n    return v * ROW[k - 1]\n\n\n"
        "def f(s):\n"
        "    ITEMS[0] = 3.0\n    r = s * ITEMS[0]\n    ITEMS[0] = 5.0\n"
        "    for k in range(4):\n        r = step(r, k) * r\n"
        "    return r * ITEMS[0]\n"
    )
    text = transform_source(read(str(tmp_path / "row_model.py"), "f"), wrt="s").text
    (tmp_path / "row_model_grad.py").write_text(text)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    model, grad = map(importlib.import_module, ("row_model", "row_model_grad"))
    got = grad.f_grad(0.9)
    left = [*model.ROW], model.ITEMS
    assert left == ([3.0] * 4, [5.0, 1, 2, 3])
    again = grad.f_grad(0.9)
    assert left == ([*model.ROW], model.ITEMS)
    assert got != again  # its first trip has found another ROW
    value = model.f(0.9 + 1e-6) - model.f(0.9 - 1e-6)
    np.testing.assert_allclose(again, value / 2e-6, rtol=1e-5)
    for name in ("row_model", "row_model_grad"):
        monkeypatch.delitem(sys.modules, name)


def test_a_helper_of_another_module_stores_into_what_has_no_name_here(
    tmp_path: Path, monkeypatch: Any
) -> None:
    (tmp_path / "stored_elsewhere.py").write_text(
        "import numpy as np\n\nQ = np.ones(4)\n\n\n"
        "def step(v, k):\n    Q[k] = 3.0\n    return v * Q[k - 1]\n"
    )
    (tmp_path / "stores_there.py").write_text(
        "from stored_elsewhere import step\n\n\n"
        "def f(s):\n    return step(s, 1)\n\n\n"
        "def named():\n"
        "    from stored_elsewhere import Q\n\n"
        "    def g(s):\n        return step(s, 1) + Q[0]\n\n"
        "    return g\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    model = importlib.import_module("stores_there")
    with pytest.raises(s2sgrad.TransformError) as refused:
        s2sgrad.transform(model.f)
    assert "step stores into Q, which has no name here" in str(refused.value)
    assert "Import Q by this name where this function is." in str(refused.value)
    named = model.named()
    assert s2sgrad.transform(named)(0.5) == 1.0
    stored = importlib.import_module("stored_elsewhere")
    assert [*stored.Q] == [1.0, 3.0, 1.0, 1.0]
    for name in ("stores_there", "stored_elsewhere"):
        monkeypatch.delitem(sys.modules, name)
