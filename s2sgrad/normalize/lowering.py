"""The state that all parts of the lowering share.

That is the block being written, and where the user is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

import gast

from s2sgrad.errors import TransformError
from s2sgrad.normalize.nodes import at, load, nonlocal_names, walrus_targets
from s2sgrad.program import Assign, Origin, Statement

if TYPE_CHECKING:
    from s2sgrad.normalize.scope import Scope
    from s2sgrad.parse import Source

__all__ = ["Lowering"]


class Lowering:
    """Writes statements one after the other into the current block.

    walrus: the names that `:=` assigns anywhere in the function. breaks: for each open loop the
    flag that its `break` has to set, or None. unused, flags and annotations become tables of the
    result.
    """

    def __init__(self, source: Source, scope: Scope) -> None:
        self.source = source
        self.scope = scope
        self.block: list[Statement] = []
        self.origin: Origin | None = None
        self.nonlocals = nonlocal_names(source.tree.body)
        self.walrus = walrus_targets(source.tree.body) | self.nonlocals
        self.unused: set[str] = set()
        self.flags: set[str] = set()
        self.breaks: list[str | None] = []
        self.annotations: dict[Statement, gast.AST] = {}

    def add(self, statement: Statement) -> None:
        """Write a statement."""
        self.block.append(statement)

    def assign(self, targets: tuple[str, ...], value: gast.AST) -> Assign:
        """Write `targets = value`, value being a primitive."""
        statement = Assign(targets, value, origin=self.origin)
        self.block.append(statement)
        return statement

    def temporary(self, value: gast.AST) -> gast.Name:
        """Write a primitive into a new temporary, and give the temporary."""
        name = self.scope.temporary()
        self.assign((name,), value)
        return at(load(name), value)

    @contextmanager
    def nested(self) -> Iterator[list[Statement]]:
        """Write into a block of its own for a while."""
        outer, self.block = self.block, []
        try:
            yield self.block
        finally:
            self.block = outer

    def stand_at(self, node: gast.AST, end: gast.AST | None = None) -> None:
        """What is written from now on belongs to the user's `node`, quoted up to `end`."""
        if hasattr(node, "lineno"):
            end = node if end is None or not hasattr(end, "lineno") else end
            last = end.end_lineno or end.lineno
            self.origin = Origin(
                node.lineno,
                self._characters(node.lineno, node.col_offset),
                last,
                self._characters(last, end.end_col_offset or 0),
            )

    def _characters(self, line: int, offset: int) -> int:
        """A column in characters from one in bytes of UTF-8."""
        lines = self.source.lines
        text = lines[line - 1] if line <= len(lines) else ""
        if text.isascii():
            return offset
        return len(text.encode()[:offset].decode(errors="ignore"))

    def refuse(self, node: gast.AST, message: str, remedy: str) -> NoReturn:
        """Give up, saying what can't be written in normal form and what to write instead."""
        raise TransformError([self.source.finding(node, message, remedy)])

    def statement(self, node: gast.AST) -> None:
        """Lower one of the user's statements; what follows belongs to where we were before."""
        raise NotImplementedError
