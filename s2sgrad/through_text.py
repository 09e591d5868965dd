"""Texts that are made of numbers, and numbers that are read from texts: no derivative passes through a text.

Such a number depends on what the text was made of, so that a derivative that is silent about it would be wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import gast

from s2sgrad import kinds
from s2sgrad.infer.facts import Facts
from s2sgrad.infer.primitives import WRITING
from s2sgrad.infer.resolution import Container, Copy, Inert
from s2sgrad.kinds import BOTTOM, OTHER, Kind, Known, Number, Other, Unknown, carries
from s2sgrad.program import Assign, Block, Statement, walk
from s2sgrad.trees import loaded

__all__ = ["is_text", "text_flows", "texts_of"]

_Flow = tuple[tuple[str, ...], tuple[str, ...], Statement]
_TEXTS = {"str", "bytes", OTHER.name}
_METHODS = frozenset(name for name in vars(str) if name[0] != "_") | {"hex"}


def is_text(kind: Kind) -> bool:
    """Whether something may be a text, or hold some, and nothing that carries a derivative."""
    if isinstance(kind, kinds.Sequence):
        return not carries(kind) and any(map(is_text, kind.items or (kind.item,)))
    return isinstance(kind, Other) and kind.name in _TEXTS


def texts_of(body: Block, facts: Facts, flows: Sequence[_Flow]) -> frozenset[str]:
    """The names of what may be texts, or hold some: by their kinds, or because of how they are made."""
    inert = [_flow(s) for s in walk(body) if _is_inert(s, facts)]
    handed = [f for f in flows if isinstance(facts.calls.get(f[2]), Copy | Container | None)]
    found = {n for n, kind in facts.kinds.items() if is_text(kind)}
    found |= {
        target
        for targets, _, statement in inert
        if _makes(statement, facts)
        for target in targets
        if _may_be_anything(facts.kinds.get(target, BOTTOM))
    }
    while True:
        more = {
            target
            for targets, sources, _ in (*handed, *inert)
            if not found.isdisjoint(sources)
            for target in targets
            if _may_be_anything(facts.kinds.get(target, BOTTOM))
        }
        if more <= found:
            return frozenset(found)
        found |= more


def text_flows(body: Block, facts: Facts, texts: frozenset[str]) -> Iterator[_Flow]:
    """(targets, sources, statement): texts that are made of the sources, and what is read from texts."""
    for statement in walk(body):
        if _is_inert(statement, facts):
            targets, sources, _ = _flow(statement)
            made = targets if _makes(statement, facts) else ()
            yield tuple(t for t in made if t in texts), sources, statement
            others = (t for t in targets if t in texts or carries(facts.kinds.get(t, BOTTOM)))
            yield tuple(others), tuple(n for n in sources if n in texts), statement


def _may_be_anything(kind: Kind) -> bool:
    """Whether nothing is known of something."""
    unknown = isinstance(kind, Number) and kind.dtype is None and kind.array is None
    return unknown or (isinstance(kind, Unknown) and not kind.mixed)


def _is_inert(statement: Statement, facts: Facts) -> bool:
    return isinstance(statement, Assign) and isinstance(facts.calls.get(statement), Inert)


def _flow(statement: Statement) -> _Flow:
    assert isinstance(statement, Assign)  # noqa: S101
    return statement.targets, loaded(statement.value), statement


def _makes(statement: Statement, facts: Facts) -> bool:
    """Whether a statement writes what it reads as a text."""
    assert isinstance(statement, Assign)  # noqa: S101
    match statement.value:
        case gast.Call(func=gast.Attribute(attr=attr)) if attr in _METHODS:
            return True
        case gast.Call(func=func):
            found = facts.constant(func)
            return isinstance(found, Known) and any(found.value is made for made in WRITING)
    return isinstance(statement.value, gast.JoinedStr | gast.BinOp)
