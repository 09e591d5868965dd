"""What names mean where a file is read and not run: in the order in which it would be run."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from s2sgrad.errors import TransformError
from s2sgrad.generate import Request, write
from s2sgrad.static import read
from s2sgrad.transform import transform_source

X = np.array([0.5, 1.5])

REFUSED = {
    "alias of what is defined again": (
        """
def g(x): return x * 2
h = g
def g(x): return x * 3
def f(x): return h(x)
""",
        "it gets another meaning further down",
    ),
    "default of what is defined again": (
        """
K = 2.0
def g(x, k=K): return x * k
K = 5.0
def f(x): return g(x)
""",
        "has a default that is no literal",
    ),
    "decorator of the file's own": (
        """
def cache(g):
    return lambda x: 3 * g(x)
@cache
def g(x): return x * 2
def f(x): return g(x)
""",
        "without running the file it isn't known what @cache makes of g",
    ),
    "value that may succeed": (
        """
try:
    g = eval("lambda x: x * 7")
except NameError:
    def g(x): return x * 2
def f(x): return g(x)
""",
        "its value is only known when the file runs",
    ),
    "list of functions that is changed": (
        """
def a(x): return x * 2
def b(x): return x * 3
STEPS = [a]
STEPS.append(b)
def f(x):
    for step in STEPS:
        x = step(x)
    return x
""",
        "it isn't known which function step is",
    ),
    "dict of functions that another function changes": (
        """
STEPS = {}
def step(g):
    STEPS["g"] = g
    return g
def a(x): return x * 2
def b(x): return x * 3
STEPS = {"g": a}
step(b)
def f(x): return STEPS["g"](x)
""",
        "it isn't known which function this calls",
    ),
    "star of a condition": (
        """
K = 1.0
if K:
    from numpy import *
def f(x): return sin(x)
""",
        "only when the file runs it's known if numpy gives it",
    ),
}

DIFFERENTIATED = {
    "the last star counts": """
from math import *
from numpy import *
def f(x): return sin(x)
""",
    "a star after a function": """
def sin(x): return x * 2
from numpy import *
def f(x): return sin(x)
""",
    "a function after a star": """
from numpy import *
def sin(x): return x * 2
def f(x): return sin(x)
""",
    "a star without the name": """
K = 2.0
L = K * 2
from math import *
def f(x): return x * L * K
""",
    "names that conditions and patterns bind": """
if (K := 3.0) > 2: pass
match [4.0, 1.0, 2.0], {"a": 1.0}:
    case [L, *M], {"a": N, **P}: pass
def f(x): return x * K * L * M[1] * N * (2.0 + len(P))
""",
    "what only a type checker reads": """
from typing import TYPE_CHECKING
if not TYPE_CHECKING:
    def g(x): return x * 2
else:
    def g(x): return x * 3
def h(x): return x * 5
if TYPE_CHECKING:
    from numpy import sin as h
def f(x): return g(x) * h(x)
""",
    "a list of functions that is only read": """
def a(x): return x * x
STEPS = [a]
COUNT = len(STEPS) + 1
def f(x):
    for step in STEPS:
        x = step(x) * COUNT
    return x
""",
    "a fallback for an import": """
try:
    from a_package_that_is_not_there import njit
except ImportError:
    def njit(g): return g
@njit
def f(x): return x * x
""",
}


def module_at(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = made
    spec.loader.exec_module(made)
    return made


@pytest.mark.parametrize("name", REFUSED)
def test_what_the_order_leaves_open_is_refused(name: str, tmp_path: Path) -> None:
    text, words = REFUSED[name]
    path = tmp_path / "ordered.py"
    path.write_text(text)
    with pytest.raises(TransformError) as refused:
        transform_source(read(path, "f"))
    assert words in str(refused.value)


@pytest.mark.parametrize("name", DIFFERENTIATED)
def test_the_order_counts(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "ordered.py"
    path.write_text(DIFFERENTIATED[name])
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setitem(sys.modules, "ordered", ModuleType("ordered"))
    f = module_at(path).f
    write(Request(path, ("f",), tmp_path / "written.py"))
    found = module_at(tmp_path / "written.py").f_grad(X, np.ones(2))
    assert found == pytest.approx((f(X + 1e-6) - f(X - 1e-6)) / 2e-6, rel=1e-6)


def test_a_method_that_is_assigned_is_none_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "ordered.py"
    path.write_text(
        "class C:\n    def f(self, x): return x\n    def g(self, x): return x * 2\n    f = g\n"
    )
    read(path, "C.g")
    with pytest.raises(TransformError, match=r":4:5: C\.f stands for something else"):
        read(path, "C.f")
