"""The tests that notice a mutant: a plugin of pytest that tries mutants in the place of running tests once.

The tests are collected once, and run once to see which reach which mutants. Then a child of the process is made for
each mutant, which puts it in (nothing is written to files) and runs the tests that reach it, up to the first that
fails: those that noticed most mutants before come first, then the quickest, until the time is over.
"""

from __future__ import annotations

import os
import pickle
import resource
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from _pytest.runner import runtestprotocol

from tests.mutation.mutants import ANALYSES, Mutant
from tests.mutation.probes import Probes, probed
from tests.mutation.putting_in import put_in

__all__ = ["Seen", "Trying"]

_MEMORY = 6 * 2**30


@dataclass
class Seen:
    """What the tests did without any change.

    reached: module → number of a mutant → the numbers of the tests that reach it (`probes.py`); seconds: how long each
    takes; failed: those that do, some only because a probe takes a name that the text would have.
    """

    reached: dict[str, dict[int, set[int]]] = field(default_factory=dict)
    seconds: dict[int, float] = field(default_factory=dict)
    failed: list[int] = field(default_factory=list)

    def of(self, mutant: Mutant) -> set[int]:
        """The tests that reach a mutant, and pass without it."""
        return self.reached.get(mutant.module, {}).get(mutant.number, set()).difference(self.failed)

    def add(self, other: Seen) -> None:
        """Take in what was seen of other tests."""
        for module, reached in other.reached.items():
            for number, tests in reached.items():
                self.reached.setdefault(module, {}).setdefault(number, set()).update(tests)
        self.seconds.update(other.seconds)
        self.failed += other.failed


class Trying:
    """The plugin.

    told: what is called with each mutant and what noticed it, None where nothing did; kept: a file in which it is kept
    what the tests did without any change.
    """

    def __init__(
        self,
        root: Path,
        mutants: Sequence[Mutant],
        told: Callable[[int, Mutant, str | None], None],
        *,
        jobs: int,
        seconds: float,
        kept: Path | None = None,
    ) -> None:
        self.root, self.mutants, self.told = root, mutants, told
        self.jobs, self.seconds, self.kept = jobs, seconds, kept
        self.noticing: Counter[int] = Counter()
        self.items: list[pytest.Item] = []

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Try all mutants instead."""
        if session.testsfailed:
            raise session.Interrupted("the tests can't be collected")
        self.items = session.items
        seen = self.seen()
        for number in seen.failed:
            sys.__stdout__.write(
                f"left out, as it fails without any change: {self.items[number].nodeid}\n"
            )
        for number, found in _in_children(
            self.jobs,
            (lambda m=m: self.noticed(m, self.chosen(m, seen), seen) for m in self.mutants),
        ):
            by = found if isinstance(found, int) or found is None else -1
            if by is not None and by >= 0:
                self.noticing[by] += 1
            name = None if by is None else self.items[by].nodeid if by >= 0 else str(found)
            self.told(number, self.mutants[number], name)
        return True

    def seen(self) -> Seen:
        """What the tests do without any change, as it was kept if these are the same tests."""
        names = [item.nodeid for item in self.items]
        if self.kept and self.kept.exists():
            known, seen = pickle.loads(self.kept.read_bytes())
            if known == names:
                return seen
        seen = self.seen_now()
        if self.kept:
            self.kept.write_bytes(pickle.dumps((names, seen)))
        return seen

    def seen_now(self) -> Seen:
        """What the tests do without any change."""
        parts = [range(start, len(self.items), self.jobs) for start in range(self.jobs)]
        together = Seen()
        for _, found in _in_children(self.jobs, (lambda p=p: self.watched(p) for p in parts)):
            if not isinstance(found, Seen):
                raise SystemExit(f"the tests can't be run: {found}")
            together.add(found)
        again = (lambda n=n: self.fails(n, None) for n in together.failed)
        failing = {number for number, fails in _in_children(self.jobs, again) if fails}
        together.failed = [
            number for place, number in enumerate(together.failed) if place in failing
        ]
        return together

    def watched(self, numbers: Sequence[int]) -> Seen:
        """Run tests, and see which mutants each of them reaches."""
        probes = {module: Probes() for module in {*ANALYSES, *(m.module for m in self.mutants)}}
        for module, probe in probes.items():
            put_in(module, probed((self.root / module).read_text("utf-8")), probe.names())
        seen = Seen(reached={module: {} for module in probes})
        for place, number in enumerate(numbers):
            start = time.monotonic()
            if self.fails(number, numbers[place + 1] if place + 1 < len(numbers) else None):
                seen.failed.append(number)
            seen.seconds[number] = time.monotonic() - start
            for module, probe in probes.items():
                for mutant in probe.reached:
                    seen.reached[module].setdefault(mutant, set()).add(number)
                probe.reached.clear()
        return seen

    def chosen(self, mutant: Mutant, seen: Seen) -> list[int]:
        """The tests for a mutant, in the order in which they are run."""
        tests = sorted(seen.of(mutant))
        tests.sort(key=lambda number: (-self.noticing[number], seen.seconds[number]))
        left, chosen = self.seconds, []
        for number in tests:
            left -= seen.seconds[number]
            if left < 0:
                break
            chosen.append(number)
        return chosen

    def noticed(self, mutant: Mutant, tests: Sequence[int], seen: Seen) -> int | None:
        """The first test that fails with a mutant; for a child."""
        put_in(mutant.module, mutant.text)
        for place, number in enumerate(tests):
            signal.setitimer(signal.ITIMER_REAL, 20 + 10 * seen.seconds[number])
            if self.fails(number, tests[place + 1] if place + 1 < len(tests) else None):
                return number
        return None

    def fails(self, number: int, following: int | None) -> bool:
        """Whether a test fails here and now."""
        then = None if following is None else self.items[following]
        return any(r.failed for r in runtestprotocol(self.items[number], log=False, nextitem=then))


def _in_children(jobs: int, works: Iterator[Callable[[], object]]) -> Iterator[tuple[int, object]]:
    """What each of works gives in a child of this process, as they end: its number, and that or why there is none."""
    running: dict[int, tuple[int, Path]] = {}
    with tempfile.TemporaryDirectory() as folder:
        left = enumerate(works)
        while True:
            for number, work in left:
                out = Path(folder) / str(number)
                if not (child := os.fork()):
                    _do(work, out)
                running[child] = number, out
                if len(running) == jobs:
                    break
            if not running:
                return
            child, status = os.wait()
            number, out = running.pop(child)
            yield number, _result(out, status)


def _do(work: Callable[[], object], out: Path) -> None:
    """Do a child's work, and end it."""
    try:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        out.write_bytes(pickle.dumps(work()))
    except BaseException as error:  # noqa: BLE001 - the child must not go on as its parent
        with suppress(OSError):
            out.write_bytes(pickle.dumps(f"{type(error).__name__}: {error}"))
    finally:
        os._exit(0)


def _result(out: Path, status: int) -> object:
    """What a child wrote, or that it was ended."""
    if os.WIFSIGNALED(status):
        late = os.WTERMSIG(status) == signal.SIGALRM
        return "it takes too long" if late else f"signal {os.WTERMSIG(status)}"
    return pickle.loads(out.read_bytes())
