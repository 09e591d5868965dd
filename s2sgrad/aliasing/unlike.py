"""Arrays of the module that hold no plain numbers: records with fields, or any objects.

What is read of them may be a number, a view, or an array that has its place there. A write into that is one into
what is outside, of which nothing is known.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from s2sgrad.aliasing.found import Findings
from s2sgrad.infer.facts import Facts
from s2sgrad.kinds import Sequence
from s2sgrad.program import Statement

__all__ = ["refuse_unlike"]


def refuse_unlike(
    written: Mapping[Statement, tuple[str, ...]],
    classes: Mapping[str, frozenset[str]],
    facts: Facts,
    outer: Mapping[str, object],
    findings: Findings,
) -> None:
    """Refuse writes into what was read of such an array.

    written: statement → the names whose memory it writes, or may write; classes: name → all names that may share
    memory with it; outer: what names mean outside of the function.
    """
    for statement, names in written.items():
        for name in names:
            if name not in facts.kinds or isinstance(facts.kinds[name], Sequence):
                continue
            around = (a for a in classes.get(name, ()) if a not in facts.kinds)
            for alias in sorted(a for a in around if _holds_unlike(outer.get(a))):
                findings.conflict(
                    statement,
                    f"this may write into what {alias} holds, whose items aren't plain numbers",
                    "Keep what is written in arrays of numbers, one for each field.",
                )


def _holds_unlike(value: object) -> bool:
    """Whether something is such an array, or a list or tuple with one inside."""
    if isinstance(value, list | tuple):
        return any(map(_holds_unlike, value))
    return isinstance(value, np.ndarray) and value.dtype.kind in "OV"
