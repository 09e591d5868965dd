"""`python -m tests.mutation --mutants N --seed S --jobs J`: how many faults in the analyses the tests notice.

Each mutant is tried on the tests that reach it (`probes.py`), up to the first that fails (`trying.py`): those of
`TESTS`, or of the whole suite with --whole, for so many seconds at most. A test that takes ten times as long as
without a change counts as noticing it: a loop doesn't end. Survivors are printed as they are found, and their count
last; the command fails where more than one in twenty survive.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import pytest

from tests.mutation.mutants import ANALYSES, Mutant, sampled
from tests.mutation.trying import Trying

ROOT = Path(__file__).resolve().parents[2]
TESTS = (
    "tests/test_activity.py",
    "tests/test_aliasing.py",
    "tests/test_augmented_and_stored.py",
    "tests/test_errors.py",
    "tests/test_first_writes.py",
    "tests/test_golden.py",
    "tests/test_hazards_aliasing.py",
    "tests/test_hazards_language.py",
    "tests/test_kernels.py",
    "tests/test_random_texts.py",
    "tests/test_refusals.py",
    "tests/test_regressions.py",
    "tests/test_regressions_language.py",
    "tests/test_shared_memory.py",
    "tests/test_zoo_derivatives.py",
)
"""The files of tests that tell most."""


def main() -> int:
    """Run what the command line says; 1 where more than one mutant in twenty survives."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation")
    parser.add_argument("--mutants", type=int, default=500, help="how many changes at most")
    parser.add_argument("--seed", type=int, default=0, help="which changes")
    parser.add_argument("--first", type=int, default=0, help="how many of them to pass over")
    parser.add_argument("--jobs", type=int, default=1, help="how many at a time")
    parser.add_argument(
        "--module", action="append", help="a module to change, or MODULE:LINE; all analyses if none"
    )
    parser.add_argument("--tests", action="append", help="tests to run instead, as pytest has them")
    parser.add_argument("--whole", action="store_true", help="run the whole suite's tests")
    parser.add_argument("--seconds", type=float, default=120, help="how long for each at most")
    parser.add_argument("--kept", type=Path, help="keep there which test reaches which mutant")
    given = parser.parse_args()
    chosen = sampled(ROOT, given.module or ANALYSES, given.mutants, given.seed)[given.first :]
    survivors = []

    def told(number: int, mutant: Mutant, by: str | None) -> None:
        if by is None:
            survivors.append(mutant)
        sys.__stdout__.write(f"{number + given.first} {mutant}: {by or 'SURVIVES'}\n")
        sys.__stdout__.flush()

    trying = Trying(ROOT, chosen, told, jobs=given.jobs, seconds=given.seconds, kept=given.kept)
    tests = given.tests or (["tests"] if given.whole else TESTS)
    options = ["-q", "--capture=sys", "--numprocesses=0", "-p", "no:cacheprovider"]
    if code := pytest.main([*options, *tests], plugins=[trying]):
        return int(code)
    share = 1 - len(survivors) / max(len(chosen), 1)
    sys.stdout.write(f"{len(chosen)} mutants, {len(survivors)} survive, {share:.1%} noticed\n")
    return share < 0.95


if __name__ == "__main__":
    raise SystemExit(main())
