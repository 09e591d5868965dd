"""Which names that a loop binds for each trip are read elsewhere: they are no names of single trips."""

from __future__ import annotations

from s2sgrad.flow import bound, read
from s2sgrad.program import Block, For, If, Statement, While, walk

__all__ = ["body_of", "head_names", "read_around"]


def read_around(body: Block) -> set[str]:
    """The names in the heads of loops that are read, or bound again, where no such head has bound them."""
    heads: set[str] = set()
    elsewhere: set[str] = set()

    def look(block: Block, covered: frozenset[str]) -> None:
        for statement in block:
            elsewhere.update(n for n in read(statement) if n not in covered)
            match statement:
                case For(body=body):
                    own = head_names(statement)
                    heads.update(own)
                    look(body, covered | own)
                case While(head=head, body=body):
                    look((*head, *body), covered)
                case If(body=body, orelse=orelse):
                    look((*body, *orelse), covered)

    look(body, frozenset())
    return heads & elsewhere


def head_names(loop: For) -> frozenset[str]:
    """The names that a loop binds before its body."""
    count = _bindings(loop)
    return frozenset((loop.target, *(n for s in loop.body[:count] for n in bound(s))))


def body_of(loop: For) -> tuple[Statement, ...]:
    """All statements of a loop but those that bind what is in its head."""
    return tuple(walk(loop.body[_bindings(loop) :]))


def _bindings(loop: For) -> int:
    return 0 if loop.header is None else loop.header.bindings
