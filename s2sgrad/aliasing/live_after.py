"""What the program itself may still read after each of some statements, jumps in place."""

from __future__ import annotations

from collections.abc import Mapping

from s2sgrad.flow import bound, read
from s2sgrad.infer.resolution import Resolution, reads
from s2sgrad.program import Block, For, If, Jump, Return, Statement, While

__all__ = ["live_after"]


def live_after(
    body: Block, wanted: Mapping[Statement, object], calls: Mapping[Statement, Resolution]
) -> dict[Statement, frozenset[str]]:
    """Statement → the names that may be read after it; calls: what statements mean."""
    walk = _LiveAfter(wanted, calls)
    walk.block(body, frozenset())
    return walk.found


class _LiveAfter:
    def __init__(
        self, wanted: Mapping[Statement, object], calls: Mapping[Statement, Resolution]
    ) -> None:
        self.wanted = wanted
        self.calls = calls
        self.found: dict[Statement, frozenset[str]] = {}
        self.exits: list[tuple[frozenset[str], frozenset[str]]] = []

    def block(self, block: Block, live: frozenset[str]) -> frozenset[str]:
        for statement in reversed(block):
            live = self.statement(statement, live)
        return live

    def statement(self, statement: Statement, live: frozenset[str]) -> frozenset[str]:
        match statement:
            case If(body=body, orelse=orelse):
                return self.block(body, live) | self.block(orelse, live) | set(read(statement))
            case Jump(kind=kind):
                return self.exits[-1][0 if kind == "break" else 1]
            case For() | While():
                head = live
                while True:
                    self.exits.append((live, head))
                    new = self.block(statement.body, head) | live
                    self.exits.pop()
                    if isinstance(statement, While):
                        new = self.block(statement.head, new | set(read(statement)))
                    else:
                        new -= {statement.target}
                    if new <= head:
                        return head | set(read(statement))
                    head |= new
            case Return():
                return frozenset(read(statement))
        if statement in self.wanted:
            self.found[statement] = self.found.get(statement, frozenset()) | (
                live - set(bound(statement))
            )
        return (live - set(bound(statement))) | reads(statement, self.calls.get(statement))
