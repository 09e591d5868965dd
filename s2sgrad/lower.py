"""The last statements that aren't Python's become such: updates in place, names that may be unbound.

Receives a finished block. `$operator.iadd(x, v)` becomes `x += v` where it writes into the memory of x, `x + v`
elsewhere. A name that is recorded where it may not be bound yet is bound to None first.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import gast

from s2sgrad.flow import bound, read
from s2sgrad.program import Assign, Block, For, If, Jump, Return, Save, Statement, Update, While
from s2sgrad.rewrite import with_blocks
from s2sgrad.shadows import OPERATORS
from s2sgrad.trees import loaded, name

__all__ = ["all_bound", "lowered"]


def lowered(block: Block, in_place: Callable[[Statement], bool]) -> Block:
    """The block without calls of `$operator.i...`; in_place: whether one writes into its first argument."""
    out: list[Statement] = []
    for statement in block:
        match statement:
            case Assign(
                targets=(target,), value=gast.Call(func=gast.Name(id=function), args=[old, operand])
            ) if function in OPERATORS:
                op = OPERATORS[function]()
                if not in_place(statement) or not isinstance(old, gast.Name):
                    out.append(replace(statement, value=gast.BinOp(left=old, op=op, right=operand)))
                    continue
                out.append(Update(old.id, op, operand, origin=statement.origin))
                if target != old.id:
                    out.append(Assign((target,), old, origin=statement.origin))
            case _:
                out.append(with_blocks(statement, lambda inner: lowered(inner, in_place)))
    return tuple(out)


def all_bound(block: Block, parameters: frozenset[str]) -> Block:
    """The block with `x = None` in front for each local name that is recorded where it may be unbound."""
    walk = _Unbound(parameters)
    walk.block(block, set(parameters))
    missing = sorted(walk.missing & walk.assigned)
    none = gast.Constant(value=None, kind=None)
    return (*(Assign((target,), none) for target in missing), *block)


class _Unbound:
    """Which names are certainly bound, statement by statement; missing: those recorded where they may not be."""

    def __init__(self, parameters: frozenset[str]) -> None:
        self.assigned = set[str](parameters)
        self.missing = set[str]()
        self.exits: list[list[set[str]]] = []

    def block(self, block: Block, known: set[str] | None) -> set[str] | None:
        for statement in block:
            if known is None:
                return None
            known = self.statement(statement, known)
        return known

    def statement(self, statement: Statement, known: set[str]) -> set[str] | None:
        match statement:
            case If(body=body, orelse=orelse):
                return _both(self.block(body, set(known)), self.block(orelse, set(known)))
            case For(body=body):
                self.assigned.add(statement.target)
                self.exits.append([])
                self.block(body, known | {statement.target})
                self.exits.pop()
                return known
            case While(head=head, body=body):
                self.exits.append([])
                after = self.block(head, set(known))
                self.block(body, None if after is None else set(after))
                for left in self.exits.pop():
                    after = left if _always(statement.test) and after is None else _both(after, left)
                return after
            case Jump(kind=kind):
                if kind == "break" and self.exits:
                    self.exits[-1].append(known)
                return None
            case Save() | Return():
                self.missing.update(n for n in read(statement) if n not in known)
            case Assign(value=gast.Name() | gast.Tuple() as value):
                self.missing.update(n for n in loaded(value) if n not in known)
        names = bound(statement)
        self.assigned.update(names)
        return known | set(names)


def _always(test: gast.AST) -> bool:
    return isinstance(test, gast.Constant) and bool(test.value)


def _both(first: set[str] | None, second: set[str] | None) -> set[str] | None:
    if first is None or second is None:
        return second if first is None else first
    return first & second
