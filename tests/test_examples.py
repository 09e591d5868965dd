"""The examples, run as a user runs them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = sorted(path.name for path in (ROOT / "examples").glob("*.py"))


def output_of(example):
    run = subprocess.run(
        [sys.executable, f"examples/{example}"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert run.returncode == 0, run.stderr
    assert run.stderr == ""
    return run.stdout


def test_every_example_is_run():
    assert EXAMPLES == ["digits.py", "lecture.py"]


def test_lecture():
    """The script itself compares every derivative with the textbook's and the numerical one."""
    output = output_of("lecture.py")
    assert "d/dx sin(2x) = 2 cos(2x)\n" in output
    assert "\n    return 2 * math.cos(2 * x) * d_out\n" in output
    names = re.findall(r"^# d_(\w+): ", output, re.MULTILINE)
    assert names == ["x", "x", "x", "y", "x", "x", "y", "x", "y", "w1", "w2", "b"]


def test_digits():
    pytest.importorskip("sklearn", reason="the digits come with scikit-learn: s2sgrad[examples]")
    pytest.importorskip("scipy.optimize", reason="SciPy minimises: s2sgrad[examples]")
    output = output_of("digits.py")
    assert output.startswith("import numpy as np\n")
    assert re.search(
        r"^def loss_value_and_grad\(W1, b1, W2, b2, X, Y, penalty", output, re.MULTILINE
    )
    (accuracy,) = re.findall(r"^([\d.]+)% of 599 digits", output, re.MULTILINE)
    assert float(accuracy) >= 95
