"""Rebuilding blocks: a function applied to every statement, those inside others first."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from s2sgrad.program import COMPOUND, Block, For, If, Statement, While

__all__ = ["altered", "as_block", "rewritten", "with_blocks"]


def altered(statement: Statement, **fields: object) -> Statement:
    """A copy of a statement with some fields changed: `dataclasses.replace` without a call of the constructor."""
    kind = statement.__class__
    copy = object.__new__(kind)
    own = vars(copy)
    own.update(vars(statement))
    own.update(fields)
    return copy


def as_block(statements: Iterable[Statement], old: Block) -> Block:
    """Statements as a block: the old one itself where they are the same, so that it is known to be unchanged."""
    new = tuple(statements)
    return old if new == old else new


def with_blocks(statement: Statement, change: Callable[[Block], Block]) -> Statement:
    """The statement with its blocks changed; itself where they stay as they are."""
    if statement.__class__ not in COMPOUND:
        return statement
    match statement:
        case If(body=body, orelse=orelse):
            new_body, new_orelse = change(body), change(orelse)
            if new_body is body and new_orelse is orelse:
                return statement
            return altered(statement, body=new_body, orelse=new_orelse)
        case While(head=head, body=body):
            new_head, new_body = change(head), change(body)
            if new_head is head and new_body is body:
                return statement
            return altered(statement, head=new_head, body=new_body)
        case For(body=body):
            new_body = change(body)
            return statement if new_body is body else altered(statement, body=new_body)
    return statement


def rewritten(block: Block, change: Callable[[Statement], Statement | None]) -> Block:
    """The block with each statement replaced by what change makes of it; None removes it."""
    out: list[Statement] = []
    for statement in block:
        compound = statement.__class__ in COMPOUND
        new = change(
            with_blocks(statement, lambda inside: rewritten(inside, change))
            if compound
            else statement
        )
        if new is not None:
            out.append(new)
    return as_block(out, block)
