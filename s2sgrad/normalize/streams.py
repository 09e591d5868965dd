"""What a `for` runs over, as elements that can be counted.

An iterable made of `range`, `zip`, `enumerate` and `reversed` is a *stream*: it has a length, and
its element number k is an expression of k. Anything that isn't one of these is taken for a
sequence, with `len(xs)` and `xs[k]`; whether it is one is only known later.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import gast

from s2sgrad.normalize.nodes import call, constant, integer

__all__ = ["Joined", "Numbers", "Ranged", "Reversed", "Sequence", "Stream"]


@dataclass(frozen=True)
class Stream:
    """The base of all streams."""

    @property
    def expression(self) -> gast.AST:
        """The iterable as the user wrote it, with atoms in it."""
        raise NotImplementedError

    @property
    def counts(self) -> bool:
        """Whether the elements are 0, 1, 2, ..."""
        return False

    def mapped(self, function: Callable[[gast.AST], gast.AST]) -> Stream:
        """The same stream over other atoms."""
        raise NotImplementedError


@dataclass(frozen=True)
class Sequence(Stream):
    """An atom that is taken for a sequence."""

    atom: gast.AST

    @property
    def expression(self) -> gast.AST:
        return self.atom

    def mapped(self, function: Callable[[gast.AST], gast.AST]) -> Stream:
        return Sequence(function(self.atom))


@dataclass(frozen=True)
class Ranged(Stream):
    """`range(*bounds)`."""

    bounds: tuple[gast.AST, ...]

    @property
    def expression(self) -> gast.AST:
        return call("range", *self.bounds)

    @property
    def start(self) -> gast.AST:
        """The first element."""
        return self.bounds[0] if len(self.bounds) > 1 else constant(0)

    @property
    def stop(self) -> gast.AST:
        """Where it ends."""
        return self.bounds[0] if len(self.bounds) == 1 else self.bounds[1]

    @property
    def step(self) -> gast.AST:
        """The distance of two elements."""
        return self.bounds[2] if len(self.bounds) > 2 else constant(1)

    @property
    def counts(self) -> bool:
        return integer(self.start) == 0 and integer(self.step) == 1

    def mapped(self, function: Callable[[gast.AST], gast.AST]) -> Stream:
        return Ranged(tuple(map(function, self.bounds)))


@dataclass(frozen=True)
class Numbers(Stream):
    """The numbers that `enumerate` gives; it has no end of its own, and no expression."""

    written: tuple[gast.AST, ...]

    @property
    def start(self) -> gast.AST:
        """The first number."""
        return self.written[0] if self.written else constant(0)

    @property
    def counts(self) -> bool:
        return integer(self.start) == 0

    def mapped(self, function: Callable[[gast.AST], gast.AST]) -> Stream:
        return Numbers(tuple(map(function, self.written)))


@dataclass(frozen=True)
class Reversed(Stream):
    """`reversed(inner)` of a sequence or a range.

    last: the number of its last element, once known.
    """

    inner: Stream
    last: gast.AST | None = None

    @property
    def expression(self) -> gast.AST:
        return call("reversed", self.inner.expression)

    def mapped(self, function: Callable[[gast.AST], gast.AST]) -> Stream:
        return replace(self, inner=self.inner.mapped(function))


@dataclass(frozen=True)
class Joined(Stream):
    """`zip(*inner)`, or `enumerate(...)` as the numbers joined with what is enumerated."""

    inner: tuple[Stream, ...]

    @property
    def expression(self) -> gast.AST:
        if isinstance(self.inner[0], Numbers):
            return call("enumerate", self.inner[1].expression, *self.inner[0].written)
        return call("zip", *(stream.expression for stream in self.inner))

    def mapped(self, function: Callable[[gast.AST], gast.AST]) -> Stream:
        return Joined(tuple(stream.mapped(function) for stream in self.inner))
