"""Derivatives start at zero: this pass decides where a zero is written at all.

Receives a backward half in which contributions are added to derivatives and derivatives are cleared. Follows
which derivatives are still zero at each statement: the first contribution becomes an assignment, a statement
that reads only zeros goes, a clearing at the end of a life goes. Where one path has a contribution and another
has none (branches that join, a loop that may make no trip), zeros are written, as `zero` says.

A derivative into whose parts something is added is a buffer of its own: its first value is copied unless it
is fresh.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

import gast

from s2sgrad.flow import read
from s2sgrad.infer.resolution import RESIZING
from s2sgrad.kinds import Kind, Number
from s2sgrad.program import (
    Accumulate,
    Assign,
    Block,
    Clear,
    For,
    If,
    Save,
    Statement,
    Store,
    While,
    walk,
)
from s2sgrad.trees import loaded, name

__all__ = ["ZEROS", "fresh_value", "without_zeros", "zeros_for"]

ZEROS = frozenset({"$zeros_like", "$zeros_of"})
"""The helpers that make zeros."""


def without_zeros(
    block: Block,
    derivatives: Callable[[str], bool],
    zero: Callable[[str], gast.AST],
    owned: Callable[[str, gast.AST], gast.AST],
    start: Iterable[str],
    wanted: Iterable[str],
    writing: Iterable[gast.AST] = (),
    axisless: Callable[[str], bool] = lambda _: False,
) -> Block:
    """The block with its first contributions as assignments.

    derivatives: which names are derivatives; zero: the zeros of one; owned: a value of one as an object of its
    own, for those of which parts are written; start: those that are given at the start;
    wanted: those that must be there at the end. writing: the callees of calls that write into memory. axisless: which
    are of arrays without axes, of which NumPy's sums are numbers.
    """
    buffers = frozenset(
        statement.target
        for statement in walk(block)
        if isinstance(statement, Accumulate | Clear) and statement.index is not None
    ) | frozenset(map(_changed, walk(block)))
    handed_on = [
        (statement.targets[0], statement.value.id)
        for statement in walk(block)
        if isinstance(statement, Assign) and isinstance(statement.value, gast.Name)
    ]
    while more := {source for target, source in handed_on if target in buffers} - buffers:
        buffers |= more
    work = _Zeros(derivatives, zero, owned, axisless, buffers, frozenset(map(id, writing)))
    out, state = work.block(block, frozenset(start))
    missing = (Assign((target,), zero(target)) for target in wanted if target not in state)
    return (*out, *missing)


def _changed(statement: Statement) -> str:
    """The list that a statement changes by a method, or in which it stores an item."""
    match statement:
        case Store(base=gast.Name(id=str() as base)):
            return base
        case Assign(value=gast.Call(func=gast.Attribute(value=gast.Name(id=base), attr=method))):
            return base if method in RESIZING else ""
    return ""


def fresh_value(value: gast.AST) -> bool:
    """Whether an expression certainly makes a new object (or a number), which nothing else refers to."""
    match value:
        case gast.BinOp() | gast.UnaryOp() | gast.Constant():
            return True
        case gast.Call(func=gast.Name(id=helper)):
            return helper in ZEROS
        case gast.Call(func=gast.Attribute(value=gast.Name(id="$np"), attr=function)):
            return function in {
                "array",
                "copy",
                "zeros",
                "zeros_like",
                "where",
                "outer",
                "matmul",
                "dot",
            }
    return False


def _added(statement: Statement) -> set[str]:
    """The names in what is added, multiplied and divided element by element, where a number does for zeros."""
    waiting = [statement.value] if isinstance(statement, Accumulate | Assign) else []
    found: set[str] = set()
    for value in waiting:  # which grows
        match value:
            case gast.Name(id=part):
                found.add(part)
            case gast.BinOp(left=left, op=gast.Add() | gast.Sub() | gast.Mult(), right=right):
                waiting += [left, right]
            case gast.BinOp(left=left, op=gast.Div()):
                waiting.append(left)
            case gast.UnaryOp(operand=operand):
                waiting.append(operand)
    return found


_State = frozenset[str]


@dataclass(eq=False)
class _Zeros:
    """The walk; writing: the ids of the callees of calls that write into memory, be it that they are given zeros.

    parts: what rules make of nothing but zeros, which makes it a derivative, too, and the statements that do; moving:
    what they make of anything else that comes in.
    """

    derivatives: Callable[[str], bool]
    zero: Callable[[str], gast.AST]
    own: Callable[[str, gast.AST], gast.AST]
    axisless: Callable[[str], bool]
    buffers: frozenset[str]
    writing: frozenset[int] = frozenset()
    parts: dict[str, Statement] = field(default_factory=dict)
    moving: set[str] = field(default_factory=set)

    def is_derivative(self, value: str) -> bool:
        return value in self.parts or self.derivatives(value)

    def block(self, block: Block, state: _State) -> tuple[Block, _State]:
        out: list[Statement] = []
        for statement in block:
            state = self.statement(statement, state, out)
        return tuple(out), state

    def statement(self, statement: Statement, state: _State, out: list[Statement]) -> _State:
        match statement:
            case If():
                return self.branch(statement, state, out)
            case For() | While():
                return self.loop(statement, state, out)
            case Clear(target=target, index=None):
                return state - {target}
            case Clear(target=target):
                if target in state:
                    out.append(statement)
                return state
        given = self.given(statement)
        reads = [n for n in given if self.is_derivative(n)]
        moves = any(n in state for n in reads) or not self.moving.isdisjoint(given)
        if reads and not moves and not self.writes(statement):
            if isinstance(statement, Assign):
                self.parts.update(dict.fromkeys(statement.targets, statement))
                state -= set(statement.targets)
            return state
        if moves and isinstance(statement, Assign):
            self.moving.update(statement.targets)
        statement = self.without_parts(statement, state)
        for n in reads:
            if n not in state:
                if n in self.parts and n not in self.given(statement):
                    continue
                if n in self.parts and n not in _added(statement):
                    state = self.made(self.parts[n], state, out)
                else:
                    self.materialize(n, out)
                state |= {n}
        match statement:
            case Accumulate(target=target, value=value, index=None):
                if target not in state:
                    first = self.owned(target, value)
                    out.append(Assign((target,), first, origin=statement.origin))
                elif target in self.buffers and self.axisless(target):
                    total = gast.BinOp(left=name(target), op=gast.Add(), right=value)
                    total = self.own(target, total)
                    out.append(Assign((target,), total, origin=statement.origin))
                else:
                    out.append(statement)
                return state | {target}
            case Accumulate(target=target):
                if target not in state:
                    self.materialize(target, out)
                out.append(statement)
                return state | {target}
            case Assign(targets=targets):
                out.append(statement)
                return state | {target for target in targets if self.is_derivative(target)}
        out.append(statement)
        return state

    def without_parts(self, statement: Statement, state: _State) -> Statement:
        """A statement that adds two parts, of which only one moves: it is that one."""
        match statement:
            case Assign(
                value=gast.BinOp(left=gast.Name() as a, op=gast.Add(), right=gast.Name() as b)
            ):
                for part, other in ((a, b), (b, a)):
                    if part.id in self.parts and part.id not in state:
                        return replace(statement, value=other)
        return statement

    def made(self, part: Statement, state: _State, out: list[Statement]) -> _State:
        """Zeros in the shape that a part of a rule has: what it was left out for is written after all."""
        for n in read(part):
            if n in self.parts and n not in state:
                state = self.made(self.parts[n], state, out) | {n}
            elif self.derivatives(n) and n not in state:
                self.materialize(n, out)
                state |= {n}
        out.append(part)
        return state

    def writes(self, statement: Statement) -> bool:
        """Whether a statement is a call that writes into memory."""
        match statement:
            case Assign(value=gast.Call(func=callee)):
                return id(callee) in self.writing
        return False

    @staticmethod
    def given(statement: Statement) -> tuple[str, ...]:
        """What a statement reads to make something of it."""
        match statement:
            case Accumulate(value=value):
                return loaded(value)
            case Save(values=values):
                return tuple(n for value in values for n in loaded(value))
        return read(statement)

    def owned(self, target: str, value: gast.AST) -> gast.AST:
        """The first value of a derivative: copied where parts of it will be written and it isn't fresh."""
        counted = self.axisless(target) and not isinstance(value, gast.Call)
        if target not in self.buffers or (fresh_value(value) and not counted):
            return value
        return self.own(target, value)

    def materialize(self, target: str, out: list[Statement]) -> None:
        """Write zeros."""
        zero = (
            self.zero(target) if self.derivatives(target) else gast.Constant(value=0.0, kind=None)
        )
        out.append(Assign((target,), zero))

    def branch(self, statement: If, state: _State, out: list[Statement]) -> _State:
        body, after_body = self.block(statement.body, state)
        orelse, after_orelse = self.block(statement.orelse, state)
        new_body, new_orelse = list(body), list(orelse)
        for target in sorted(after_orelse - after_body):
            self.materialize(target, new_body)
        for target in sorted(after_body - after_orelse):
            self.materialize(target, new_orelse)
        out.append(replace(statement, body=tuple(new_body), orelse=tuple(new_orelse)))
        return after_body | after_orelse

    def loop(self, statement: For | While, state: _State, out: list[Statement]) -> _State:
        while True:
            body, after = self.block(statement.body, state)
            missing = after - state
            if not missing:
                break
            for target in sorted(missing):
                self.materialize(target, out)
            state |= missing
        for target in sorted(state - after):
            new_body = list(body)
            self.materialize(target, new_body)
            body = tuple(new_body)
        out.append(replace(statement, body=body))
        return state


def zeros_for(value: gast.AST, kind: Kind | None) -> gast.AST:
    """Zeros for the derivative of a value: a list where it may be one, an array for what is taken for an array."""
    helper = "$zeros_of" if isinstance(kind, Number) else "$zeros_like"
    return gast.Call(func=name(helper), args=[value], keywords=[])
