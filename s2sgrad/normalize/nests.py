"""Loops in one another that stand for an iterator."""

from __future__ import annotations

from dataclasses import dataclass, field

import gast

__all__ = ["Level", "Nest"]


@dataclass(frozen=True, eq=False)
class Level:
    """One loop, and the tests that stand in it."""

    target: gast.AST
    iterable: gast.AST
    tests: tuple[gast.AST, ...] = ()


@dataclass(eq=False)
class Nest:
    """Loops in one another. before: names and what they hold; given: what targets are, in the innermost loop.

    first: statements before that; leaves: a test at which the innermost loop ends.
    """

    levels: list[Level]
    given: list[tuple[gast.AST, gast.AST]] = field(default_factory=list)
    before: list[tuple[str, gast.AST]] = field(default_factory=list)
    first: list[gast.AST] = field(default_factory=list)
    leaves: gast.AST | None = None
