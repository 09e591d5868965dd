"""Names of the text that the user's module has, too: its own generated functions above all, checked in beside."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from s2sgrad import check_grads, transform

TEXT = """
import math

SCALE = 2.0


def sigmoid(m):
    return 1 / (1 + math.exp(-m))


def sigmoid_forward(m):
    return "the user's"


def sigmoid_backward(saved, d_out):
    return "the user's"


def loss(w, x):
    return -math.log(sigmoid(w * x))


def scaled(w, x):
    return SCALE * loss(w, x)


def loss_forward(w, x):
    return w * x


def both(w, x):
    return loss(w, x) * loss_forward(w, x)
"""


@pytest.fixture(params=["beside", "03_beside"])
def module(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ModuleType]:
    name: Any = request.param
    path = tmp_path / f"{name}.py"
    path.write_text(TEXT)
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    sys.modules[name] = made
    spec.loader.exec_module(made)
    yield made
    del sys.modules[name]


@pytest.mark.parametrize("name", ["loss", "scaled", "both"])
def test_the_text_calls_its_own_functions(module: ModuleType, name: str) -> None:
    check_grads(getattr(module, name), (0.4, -0.7))


def test_what_the_text_defines_is_not_imported(module: ModuleType) -> None:
    text = transform(module.loss).source
    assert "def sigmoid_forward(m):" in text
    assert "import sigmoid" not in text


def test_a_name_that_the_function_reads_is_not_hidden(module: ModuleType) -> None:
    text = transform(module.both).source
    assert "def loss_forward_1(w, x):" in text
    assert "def loss_forward(" not in text


def test_what_no_import_can_name_is_not_imported(module: ModuleType) -> None:
    assert module.__name__ not in transform(module.scaled).source


def unread_under_another_name(_x, s):
    pair = (_x, s)
    p, _q = pair  # noqa: RUF059
    return s


def builtins_hidden(pairs, s: float):
    tuple = s * 2  # noqa: A001
    list = 3  # noqa: A001
    range = s  # noqa: A001
    return sum(a * b for a, b in pairs) * tuple * list * range


def test_a_parameter_keeps_its_name() -> None:
    """Its derivative is called after it, and after no name that is given what it holds."""
    with pytest.warns(UserWarning, match="doesn't depend"):
        made = transform(unread_under_another_name, "_x", like=(np.ones(2), 0.3), form="tangent")
    assert "(_x, s, d_x)" in made.source


def test_the_text_calls_builtins_that_the_function_hides() -> None:
    check_grads(builtins_hidden, ([(0.3, 0.4), (0.1, 0.7)], 0.5))
