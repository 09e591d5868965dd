"""What a function and its helpers read and write around them: right, or refused; the module is made anew each time."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from s2sgrad.errors import TransformError
from s2sgrad.transform import derived
from tests.module_programs import PROGRAMS

HEAD = """import collections, functools, operator
from functools import cache, cached_property, lru_cache, partial
import numpy as np
STATE = np.array([1.0, 2.0, 3.0])
"""
S = 1.3
Made = Callable[[], ModuleType]


@pytest.fixture
def made(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Made]:
    """What makes the module of a program."""
    path = tmp_path / f"{request.param}.py"
    path.write_text(HEAD + PROGRAMS[request.param])
    name = f"program_{request.param}"

    def fresh() -> ModuleType:
        spec = importlib.util.spec_from_file_location(name, path)
        module = sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    yield fresh
    del sys.modules[name]


@pytest.mark.parametrize("simplified", [True, False])
@pytest.mark.parametrize("form", ["gradient", "tangent"])
@pytest.mark.parametrize("like", [(S,), None], ids=["like", "no examples"])
@pytest.mark.parametrize("made", PROGRAMS, indirect=True)
def test_is_right_or_refused(
    made: Made, like: tuple[float] | None, form: str, *, simplified: bool
) -> None:
    value = np.asarray(made().f(S))
    difference = np.asarray(made().f(S + 1e-6)) - np.asarray(made().f(S - 1e-6))
    d_out = np.random.default_rng(3).normal(size=value.shape)
    module = made()
    try:
        derivative, _ = derived(module.f, "s", like=like, form=form, simplified=simplified)
    except TransformError as error:
        assert all(finding.line for finding in error.findings)  # noqa: PT017
        return
    if form == "tangent":
        found, tangent = derivative(S, d_s=1.0)
        np.testing.assert_allclose(found, value)
        np.testing.assert_allclose(tangent, difference / 2e-6, rtol=1e-6)
    else:
        expected = np.sum(d_out * difference / 2e-6)
        np.testing.assert_allclose(derivative(S, d_out=d_out[()]), expected, rtol=1e-6)


@pytest.mark.parametrize("made", ["pure_prop", "pure_item", "two_inst"], indirect=True)
def test_what_only_computes_is_differentiated(made: Made) -> None:
    derived(made().f, "s", like=(S,))
