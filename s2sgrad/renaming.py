"""Statements with other names: what they read, bind and write."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import gast

from s2sgrad.program import (
    Accumulate,
    Assign,
    Block,
    Clear,
    Effect,
    For,
    Header,
    Restore,
    Save,
    Statement,
    Update,
)
from s2sgrad.rewrite import altered, rewritten
from s2sgrad.simplify.expressions import mapped
from s2sgrad.simplify.statements import with_reads
from s2sgrad.trees import children, name, renamed

__all__ = ["renamed_block", "with_bound_names"]


def renamed_block(
    block: Block, names: Mapping[str, str], constants: Mapping[str, gast.AST] | None = None
) -> Block:
    """A block with other names, in whatever way they are used, and constants for names that are only read.

    Copies of what now has one name go.
    """
    values = {**{old: name(new) for old, new in names.items()}, **(constants or {})}

    def change(statement: Statement) -> Statement | None:
        new = with_bound_names(with_reads(statement, values), names, values)
        match new:
            case Assign(targets=(target,), value=gast.Name(id=source)) if target == source:
                return None
        return new

    return rewritten(block, change)


def with_bound_names(
    statement: Statement, names: Mapping[str, str], values: Mapping[str, gast.AST]
) -> Statement:
    """The statement with what it binds renamed; values: expressions that read the new names."""
    match statement:
        case Assign(targets=targets):
            if names.keys().isdisjoint(targets):
                return statement
            return altered(statement, targets=tuple(names.get(t, t) for t in targets))
        case For(target=target, header=header):
            new = None if header is None else _with_target(header, names)
            return altered(statement, target=names.get(target, target), header=new)
        case Update(target=target) | Clear(target=target) | Accumulate(target=target):
            return altered(statement, target=names[target]) if target in names else statement
        case Save(stack=stack):
            return altered(statement, stack=names.get(stack, stack))
        case Restore(stack=stack, targets=targets):
            restored = tuple(
                name(names.get(t.id, t.id)) if isinstance(t, gast.Name) else t for t in targets
            )
            return altered(statement, stack=names.get(stack, stack), targets=restored)
        case Effect(node=gast.Delete(targets=targets)):
            return altered(
                statement, node=gast.Delete(targets=[renamed(t, values) for t in targets])
            )
    return statement


def _with_target(header: Header, names: Mapping[str, str]) -> Header:
    return replace(header, target=_stored(header.target, names))


def _stored(target: gast.AST, names: Mapping[str, str]) -> gast.AST:
    """A target with the names that it binds renamed."""
    if isinstance(target, gast.Name):
        new = names.get(target.id, target.id)
        return gast.Name(id=new, ctx=target.ctx, annotation=None, type_comment=None)
    return mapped(target, {id(child): _stored(child, names) for child in children(target)})
