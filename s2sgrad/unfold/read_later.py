"""How names are read: those that a loop binds for each trip, elsewhere; those of lists, only item by item."""

from __future__ import annotations

from collections import Counter

import gast

from s2sgrad.flow import bound, read
from s2sgrad.program import Assign, Block, For, If, Statement, While, walk

__all__ = ["body_of", "head_names", "read_around", "spread_only"]


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

    if any(isinstance(statement, For) for statement in walk(body)):
        look(body, frozenset())
    return heads & elsewhere


def spread_only(body: Block) -> set[str]:
    """The names that are given one list, which is unpacked into calls (`f(*xs)`) and otherwise only asked for items."""
    made = Counter(n for s in walk(body) for n in bound(s))
    lists = {
        s.targets[0]
        for s in walk(body)
        if isinstance(s, Assign) and isinstance(s.value, gast.List) and made[s.targets[0]] == 1
    }
    if not lists:
        return set()
    spread: set[str] = set()
    asked: Counter[str] = Counter()
    reads: Counter[str] = Counter()
    for statement in walk(body):
        reads.update(read(statement))
        value = statement.value if isinstance(statement, Assign) else None
        match value:
            case gast.Call(args=args):
                starred = [a.value for a in args if isinstance(a, gast.Starred)]
                names = [a.id for a in starred if isinstance(a, gast.Name)]
                spread.update(names)
                asked.update(names)
            case gast.Subscript(value=gast.Name(id=listed)):
                asked[listed] += 1
    return {n for n in lists & spread if asked[n] == reads[n]}


def head_names(loop: For) -> frozenset[str]:
    """The names that a loop binds before its body."""
    count = _bindings(loop)
    return frozenset((loop.target, *(n for s in loop.body[:count] for n in bound(s))))


def body_of(loop: For) -> tuple[Statement, ...]:
    """All statements of a loop but those that bind what is in its head."""
    return tuple(walk(loop.body[_bindings(loop) :]))


def _bindings(loop: For) -> int:
    return 0 if loop.header is None else loop.header.bindings
