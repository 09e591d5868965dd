"""The result of a function, and what became of many of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from tests.front_end.verdicts import BAD, Verdict

__all__ = ["Result", "Tally"]


@dataclass(frozen=True)
class Result:
    """The verdict of one function; where: a file or a module."""

    where: str
    name: str
    form: str
    verdict: Verdict

    @property
    def again(self) -> str:
        """The command that does the same again."""
        return f"python -m tests.front_end --only '{self.where}:{self.name}' --form {self.form}"


@dataclass
class Tally:
    """What became of functions; places: how many files and modules they are from."""

    places: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    failures: list[Result] = field(default_factory=list)
    slowest: list[Result] = field(default_factory=list)

    def add(self, result: Result) -> None:
        verdict = result.verdict
        self.kinds[verdict.kind] += 1
        if verdict.kind != "transformed":
            self.reasons[f"{verdict.kind}: {verdict.reason}"] += 1
        if verdict.kind in BAD:
            self.failures.append(result)
        self.slowest = sorted([*self.slowest, result], key=lambda r: -r.verdict.seconds)[:5]

    def __str__(self) -> str:
        total = sum(self.kinds.values())
        counts = ", ".join(f"{self.kinds[k]} {k}" for k in ("transformed", "refused", *BAD))
        lines = [f"{self.places} files and modules, {total} functions: {counts}", "", "reasons:"]
        lines += [f"{n:7} {reason}" for reason, n in self.reasons.most_common(60)]
        lines += ["", "slowest:"]
        lines += [f"{r.verdict.seconds:7.1f} s {r.verdict.kind}: {r.again}" for r in self.slowest]
        return "\n".join(lines)
