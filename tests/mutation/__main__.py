"""`python -m tests.mutation --mutants N --seed S --jobs J`: how many faults in the analyses the tests notice.

Each mutant is tested in a copy of the checkout: first by the tests that tell most in the shortest time, in
`TESTS`' order, up to the first that fails; what survives those goes, with --whole, through the whole suite.
A run that takes ten times as long as that of the unchanged code counts as noticed: a loop doesn't end.
Survivors are printed as they are found, and their count last; the command fails where more than one in
twenty survive.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue

from tests.mutation.mutants import ANALYSES, Mutant, sampled

ROOT = Path(__file__).resolve().parents[2]
TESTS = (
    ("tests/test_activity.py", "tests/test_first_writes.py", "tests/test_aliasing.py"),
    ("tests/test_golden.py",),
    ("tests/test_memory_corpora.py",),
    ("tests/test_regressions.py",),
    ("tests/test_hazards_aliasing.py",),
    ("tests/test_kernels.py",),
    ("tests/test_errors.py", "tests/test_refusals.py", "tests/test_zoo_derivatives.py"),
)
"""Files of tests, run group after group until one fails."""


def main() -> int:
    """Run what the command line says; 1 where more than one mutant in twenty survives."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation")
    parser.add_argument("--mutants", type=int, default=500, help="how many changes at most")
    parser.add_argument("--seed", type=int, default=0, help="which changes")
    parser.add_argument("--first", type=int, default=0, help="how many of them to pass over")
    parser.add_argument("--jobs", type=int, default=1, help="how many at a time")
    parser.add_argument(
        "--module", action="append", help="a module to change; all analyses if none"
    )
    parser.add_argument("--whole", action="store_true", help="try survivors on the whole suite")
    given = parser.parse_args()
    groups = [*TESTS, ("tests",)] if given.whole else list(TESTS)
    chosen = sampled(ROOT, given.module or ANALYSES, given.mutants, given.seed)[given.first :]
    survivors = []
    with ThreadPoolExecutor(given.jobs) as pool, _copies(given.jobs) as copies:
        limits = _limits(groups, copies)

        def noticed(mutant: Mutant) -> str | None:
            copy = copies.get()
            try:
                return _noticed(mutant, copy, groups, limits)
            finally:
                copies.put(copy)

        for number, (mutant, by) in enumerate(
            zip(chosen, pool.map(noticed, chosen), strict=True), start=given.first
        ):
            if by is None:
                survivors.append(mutant)
            sys.stdout.write(f"{number} {mutant}: {by or 'SURVIVES'}\n")
            sys.stdout.flush()
    share = 1 - len(survivors) / max(len(chosen), 1)
    sys.stdout.write(f"{len(chosen)} mutants, {len(survivors)} survive, {share:.1%} noticed\n")
    return share < 0.95


@contextmanager
def _copies(count: int) -> Iterator[SimpleQueue[Path]]:
    """Copies of the checkout in which modules are changed."""
    with tempfile.TemporaryDirectory() as folder:
        found: SimpleQueue[Path] = SimpleQueue()
        for number in range(count):
            copy = Path(folder) / str(number)
            ignored = shutil.ignore_patterns(".*_cache", ".git", "build", "*.egg-info")
            shutil.copytree(ROOT, copy, ignore=ignored)
            found.put(copy)
        yield found


def _limits(groups: Sequence[tuple[str, ...]], copies: SimpleQueue[Path]) -> list[float]:
    """For how many seconds each group may run: ten times as long as without any change."""
    copy = copies.get()
    limits = []
    for group in groups:
        start = time.monotonic()
        if failed := _failed(copy, group, None):
            message = f"{group} fail without any change: {failed}"
            raise SystemExit(message)
        limits.append(10 * (time.monotonic() - start))
    copies.put(copy)
    return limits


def _noticed(
    mutant: Mutant, copy: Path, groups: Sequence[tuple[str, ...]], limits: Sequence[float]
) -> str | None:
    """The test that fails, None where none does."""
    module = copy / mutant.module
    text = module.read_text(encoding="utf-8")
    compiled = module.parent / "__pycache__"
    module.write_text(mutant.text, encoding="utf-8")
    try:
        for group, limit in zip(groups, limits, strict=True):
            for cached in compiled.glob(f"{module.stem}.*"):
                cached.unlink()
            if failed := _failed(copy, group, limit):
                return failed
    finally:
        module.write_text(text, encoding="utf-8")
    return None


def _failed(copy: Path, group: Sequence[str], limit: float | None) -> str | None:
    """The first test of a group that fails in a copy."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-x",
        "-q",
        "--numprocesses=0",
        "-p",
        "no:cacheprovider",
    ]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(copy)}
    try:
        run = subprocess.run(
            [*command, *group],
            cwd=copy,
            env=environment,
            capture_output=True,
            text=True,
            timeout=limit,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return "it takes too long"
    if run.returncode == 0:
        return None
    for line in run.stdout.splitlines():
        if line.startswith(("FAILED ", "ERROR ")):
            return line.partition(" - ")[0]
    return f"exit code {run.returncode}"


if __name__ == "__main__":
    raise SystemExit(main())
