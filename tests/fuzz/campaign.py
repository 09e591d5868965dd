"""Many random programs one after another, their tally, and what failed, made small."""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial

from tests.fuzz.generate import generated
from tests.fuzz.program import Program
from tests.fuzz.reference import RejectedError
from tests.fuzz.shrink import shrunk
from tests.fuzz.verdicts import ALL_WAYS, READ_WAYS, Verdict, Way, checked, references

__all__ = ["BAD", "Tally", "campaign", "failure", "minimal", "tried", "ways_of"]

BAD = ("crash", "wrong")

_Result = tuple[int, tuple[str, ...], list[Verdict]]


@dataclass
class Tally:
    """What became of programs: each counts once, as the worst that any way of differentiating it came to.

    reasons: why programs were refused with examples, or rejected. without: how many were refused without examples only.
    within: the kinds of those that keep to what docs/language.md accepts.
    """

    kinds: Counter[str] = field(default_factory=Counter)
    within: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    without: int = 0
    failures: list[tuple[int, Verdict]] = field(default_factory=list)

    def add(self, number: int, verdicts: list[Verdict], beyond: tuple[str, ...] = ()) -> None:
        before = self.kinds.copy()
        self._count(number, verdicts)
        if not beyond:
            self.within += self.kinds - before

    def _count(self, number: int, verdicts: list[Verdict]) -> None:
        worst = failure(verdicts)
        if worst is not None:
            self.kinds[worst.kind] += 1
            self.failures.append((number, worst))
            return
        refused = [v for v in verdicts if v.kind == "refused"]
        slow = [v for v in verdicts if v.kind == "slow"]
        told = [v for v in refused if v.way is None or v.way.like]
        decides = (slow or told or verdicts)[0].kind
        kind = decides if decides in {"slow", "rejected"} or told else "right"
        self.kinds[kind] += 1
        self.without += bool(refused and not told)
        for verdict in slow[:1] or told[:1] or [v for v in verdicts if v.kind == "rejected"]:
            self.reasons[f"{verdict.kind}: {verdict.reason}"] += 1

    def __str__(self) -> str:
        total = sum(self.kinds.values())
        kinds = ", ".join(f"{n} {kind}" for kind, n in self.kinds.most_common())
        lines = [
            f"{total} programs: {kinds} ({self.without} of the right ones refused without examples)"
        ]
        for counted, where in ((self.kinds, ""), (self.within, " within the language")):
            asked = sum(counted.values()) - counted["rejected"]
            if asked:
                share = counted["right"] / asked
                lines.append(f"{share:.2%} of {asked}{where} are differentiated")
        return "\n".join([*lines, *(f"{n:6} {reason}" for reason, n in self.reasons.most_common())])


def failure(verdicts: Iterable[Verdict]) -> Verdict | None:
    """The plainest of the ways that failed: wrong before crashes, raw before simplified."""
    bad = [v for v in verdicts if v.kind in BAD]
    return min(
        bad, key=lambda v: (v.kind != "wrong", v.way is None or v.way.simplified), default=None
    )


def ways_of(number: int, count: int) -> tuple[Way, ...]:
    """Some of the ways, other ones for each program; at least one with examples. None of them: only read."""
    if not count:
        return (READ_WAYS[number % len(READ_WAYS)],)
    ways = random.Random(number).sample(ALL_WAYS, count)
    return tuple(ways) if any(w.like for w in ways) else (Way("gradient", True, True), *ways[1:])


def tried(
    number: int, seed: int, count: int, profiles: Sequence[str] = (), *, wider: bool = False
) -> _Result:
    """A program's number, what it has beyond the language, and its verdicts."""
    program = generated(seed, number, profiles, wider=wider)
    try:
        expected = references(program)
    except RejectedError as error:
        return number, program.beyond, [Verdict("rejected", str(error).partition("\n")[0][:80])]
    return number, program.beyond, checked(program, ways_of(number, count), expected)


def campaign(
    programs: int,
    seed: int,
    seconds: float,
    jobs: int = 1,
    *,
    first: int = 0,
    count: int = 4,
    profiles: Sequence[str] = (),
    wider: bool = False,
) -> Tally:
    """Try programs until there were enough, or the time is over; failures are told as they are found."""
    tally, deadline = Tally(), time.monotonic() + seconds
    one = partial(tried, seed=seed, count=count, profiles=profiles, wider=wider)
    for number, beyond, verdicts in _results(range(first, first + programs), one, jobs):
        tally.add(number, verdicts, beyond)
        worst = failure(verdicts)
        if worst is not None:
            sys.stdout.write(f"{seed}-{number}: {worst.kind}: {worst.reason} ({worst.way})\n")
            sys.stdout.flush()
        if time.monotonic() > deadline:
            break
    return tally


def _results(numbers: range, one: Callable[[int], _Result], jobs: int) -> Iterator[_Result]:
    if jobs == 1:
        yield from map(one, numbers)
        return
    with ProcessPoolExecutor(jobs) as pool:
        try:
            for start in range(0, len(numbers), 20 * jobs):
                yield from pool.map(one, numbers[start : start + 20 * jobs])
        finally:
            pool.shutdown(cancel_futures=True)


def minimal(program: Program, verdict: Verdict, seconds: float = 120.0) -> Program:
    """The smallest program that was found to fail in the same way."""
    return shrunk(program, _fails_like(verdict), seconds)


def _fails_like(verdict: Verdict) -> Callable[[Program], bool]:
    def fails(program: Program) -> bool:
        try:
            (found,) = checked(program, () if verdict.way is None else (verdict.way,))
        except Exception:  # noqa: BLE001 - what is left of a program may be anything
            return False
        return (found.kind, found.reason) == (verdict.kind, verdict.reason)

    return fails
