"""The same input gives the same bytes: in every process, under every interpreter that is here.

Other interpreters are those named in S2SGRAD_INTERPRETERS (paths, with colons between them), or
else python3.11 to python3.13 where they are found; those without NumPy, gast and astor are skipped.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from tests.printing import CHOSEN, texts

ROOT = Path(__file__).resolve().parent.parent
VERSIONS = ("3.11", "3.12", "3.13")


def printed(interpreter: str, **environment: str) -> bytes:
    """What tests/printing.py prints under an interpreter."""
    run = subprocess.run(
        [interpreter, "-m", "tests.printing"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr.decode()
    return run.stdout


@cache
def expected() -> bytes:
    return printed(sys.executable, PYTHONHASHSEED="0")


def test_it_is_enough_to_see_a_difference():
    assert len(CHOSEN) >= 30
    assert expected().count(b"\ndef ") > 90


@pytest.mark.parametrize("seed", ["1", "4242"])
def test_same_bytes_with_other_hashes(seed):
    assert printed(sys.executable, PYTHONHASHSEED=seed) == expected()


def test_same_bytes_in_this_process():
    """Whatever has been transformed before."""
    assert texts().encode() == expected()


def interpreters() -> list[str]:
    """The interpreters to try."""
    named = os.environ.get("S2SGRAD_INTERPRETERS")
    if named is not None:
        return [path for path in named.split(os.pathsep) if path]
    return [f"python{version}" for version in VERSIONS]


@pytest.mark.parametrize("interpreter", interpreters())
def test_same_bytes_under_other_interpreters(interpreter):
    path = shutil.which(interpreter)
    if path is None:
        pytest.skip("it isn't installed here")
    imports = "import sys; print(*sys.version_info[:2]); import astor, gast, numpy"
    run = subprocess.run(
        [path, "-W", "ignore", "-c", imports], capture_output=True, text=True, check=False
    )
    if run.returncode:
        pytest.skip(run.stderr.strip().rpartition("\n")[2] or "it doesn't run")
    assert printed(path, PYTHONWARNINGS="ignore") == expected()
