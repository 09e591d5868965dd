"""The expressions of statements: replacing names that are read, changing expressions, block by block."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import gast

from s2sgrad.program import (
    Accumulate,
    Assign,
    Block,
    Clear,
    Effect,
    For,
    If,
    Restore,
    Return,
    Save,
    Statement,
    Store,
    Update,
    While,
)
from s2sgrad.rewrite import altered, as_block, with_blocks
from s2sgrad.simplify.expressions import substitute
from s2sgrad.trees import renamed

__all__ = ["with_expressions", "with_reads", "with_values"]

Change = Callable[[gast.AST], gast.AST]


def with_expressions(statement: Statement, change: Change) -> Statement:
    """The statement with its own expressions changed, those in statements inside it left alone."""

    def index(old: gast.AST | str | None) -> gast.AST | str | None:
        return change(old) if isinstance(old, gast.AST) else old

    match statement:
        case Assign(value=value):
            return _new(statement, value=change(value))
        case Store():
            return _new(
                statement,
                base=change(statement.base),
                index=index(statement.index),
                value=change(statement.value),
            )
        case Update(value=value):
            return _new(statement, value=change(value))
        case Effect(node=node):
            return _new(statement, node=change(node))
        case If(test=test) | While(test=test):
            return _new(statement, test=change(test))
        case For(iterable=iterable, header=header):
            if header is not None:
                header = replace(header, iterable=change(header.iterable))
            return _new(statement, iterable=change(iterable), header=header)
        case Return(value=gast.AST() as value):
            return _new(statement, value=change(value))
        case Accumulate(value=value):
            return _new(statement, value=change(value), index=index(statement.index))
        case Clear(index=gast.AST() as old):
            return _new(statement, index=change(old))
        case Save(values=values):
            return _new(statement, values=tuple(map(change, values)))
        case Restore(targets=targets):
            return _new(
                statement,
                targets=tuple(t if isinstance(t, gast.Name) else change(t) for t in targets),
            )
    return statement


def _new(statement: Statement, **fields: object) -> Statement:
    same = True
    for name, value in fields.items():
        old = getattr(statement, name)
        if isinstance(value, tuple) and isinstance(old, tuple):
            same = (
                same
                and len(value) == len(old)
                and all(a is b for a, b in zip(value, old, strict=True))
            )
        else:
            same = same and value is old
    return statement if same else altered(statement, **fields)


def with_reads(statement: Statement, values: Mapping[str, gast.AST]) -> Statement:
    """The statement with names that it reads replaced by expressions."""
    if isinstance(statement, Effect):
        return _new(statement, node=renamed(statement.node, values))
    return with_expressions(statement, lambda expr: substitute(expr, values))


def with_values(block: Block, change: Callable[[Statement, gast.AST], gast.AST]) -> Block:
    """The block with the value of every statement changed: of what is assigned, added, stored or returned."""
    out: list[Statement] = []
    for statement in block:
        new = statement
        match statement:
            case Assign(value=value) | Accumulate(value=value) | Store(value=value):
                changed = change(statement, value)
                new = statement if changed is value else altered(statement, value=changed)
            case Return(value=gast.AST() as value):
                changed = change(statement, value)
                new = statement if changed is value else altered(statement, value=changed)
            case If() | For() | While():
                new = with_blocks(statement, lambda inside: with_values(inside, change))
        out.append(new)
    return as_block(out, block)
