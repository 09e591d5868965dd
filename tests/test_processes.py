"""Derivatives in other processes: what pickles, and as what."""

from __future__ import annotations

import math
import os
import pickle
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

import s2sgrad

ROOT = Path(__file__).parent.parent


def f(x, w):
    return x * math.sin(w)


f_grad = s2sgrad.transform(f)


def helper(x):
    return x * x


def with_helper(x):
    return helper(x) * 3.0


def test_a_function_pickles_by_the_name_that_it_has_in_its_module() -> None:
    """As every function of Python does: the text is made again where the module is imported."""
    assert pickle.loads(pickle.dumps(f_grad)) is f_grad


def test_under_another_name_it_does_not_pickle() -> None:
    other = s2sgrad.transform(with_helper)
    with pytest.raises((pickle.PicklingError, AttributeError), match="with_helper_grad"):
        pickle.dumps(other)


def test_by_value_with_cloudpickle() -> None:
    cloudpickle = pytest.importorskip("cloudpickle")
    other = s2sgrad.transform(with_helper)
    there = pickle.loads(cloudpickle.dumps(other))
    assert there is not other
    assert (there(2.0), there.source) == (other(2.0), other.source)
    with pytest.raises(TypeError) as caught:
        there("text")
    assert "in the derivative of" in "".join(caught.value.__notes__)


def test_what_grad_returns_pickles_as_what_it_was_made_of() -> None:
    second = s2sgrad.grad(s2sgrad.grad(with_helper))
    there = pickle.loads(pickle.dumps(second))
    assert there(2.0) == second(2.0) == 6.0


@pytest.mark.parametrize("method", ["spawn", "forkserver"])
def test_a_pool_of_processes(tmp_path: Path, method: str) -> None:
    """A script whose pool imports it again; what is passed are a function by name, and an object of grad."""
    if method == "forkserver" and sys.platform in {"win32", "darwin"}:
        pytest.skip("not there, or not to be relied on")
    text = f"""
    import math
    import multiprocessing
    import numpy as np
    import s2sgrad

    def f(x: float):
        return math.sin(x) * x

    def g(x):
        return np.sum(x * x)

    f_grad = s2sgrad.transform(f)

    def both(x):
        return f_grad(x), s2sgrad.grad(f)(x)

    if __name__ == "__main__":
        with multiprocessing.get_context({method!r}).Pool(1) as pool:
            by_name = pool.map(f_grad, [0.5, 1.5])
            objects = pool.map(s2sgrad.grad(f), [0.5, 1.5])
            inside = pool.map(both, [0.5, 1.5])
            arrays = pool.map(s2sgrad.grad(g), [np.ones(3)])
        here = [f_grad(0.5), f_grad(1.5)]
        print(by_name == objects == here, inside == list(zip(here, here)), arrays[0].tolist())
    """
    script = tmp_path / "script.py"
    script.write_text(textwrap.dedent(text), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(script)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env=_environment(),
    )
    assert not done.returncode, done.stderr
    assert done.stdout.split(maxsplit=2) == ["True", "True", "[2.0, 2.0, 2.0]\n"]


def _environment() -> dict[str, str]:
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    return {**os.environ, "PYTHONPATH": path}
