"""Which derivatives may be added to in place, and which have to be copied before they are given out.

A derivative that was made by an operation belongs to its name alone, until another name, a list or a call may
refer to it. What comes in (`d_out`) belongs to the caller. `d_x += v` on an array writes into its memory: it
is written only where the memory belongs to d_x alone; elsewhere a contribution binds a new array. A name that isn't
read again gives its memory to the one that it is assigned to: `d_u, d_v = d_v, d_u` copies nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import gast

from s2sgrad.flow import bound, read
from s2sgrad.program import (
    Accumulate,
    Assign,
    Block,
    Clear,
    For,
    If,
    Jump,
    Return,
    Statement,
    Update,
    While,
)
from s2sgrad.shape_reads import copied_name
from s2sgrad.simplify.expressions import add, call, generated, tuple_of
from s2sgrad.simplify.knowledge import Knowledge
from s2sgrad.simplify.negatives import negated
from s2sgrad.simplify.order import Order
from s2sgrad.simplify.own_lists import is_own_list, listed, makes_list
from s2sgrad.simplify.spellings import owned
from s2sgrad.trees import loaded, name

__all__ = ["settled"]

_State = set[str]
"""The names that own their memory; a walk over a block changes the one that it is given."""


def settled(block: Block, known: Knowledge) -> Block:
    """The block with each contribution as it is printed, and what is returned owned by the caller."""
    return _Owners(known, known.order(block)).block(block, set())[0]


@dataclass(eq=False)
class _Owners:
    known: Knowledge
    order: Order

    def block(self, block: Block, state: _State | None) -> tuple[Block, _State | None]:
        out: list[Statement] = []
        for statement in block:
            if state is None:
                out.append(statement)
                continue
            new, state = self.statement(statement, state)
            out.append(new)
        return tuple(out), state

    def statement(self, statement: Statement, state: _State) -> tuple[Statement, _State | None]:
        match statement:
            case If(body=body, orelse=orelse):
                new_body, after = self.block(body, set(state))
                new_orelse, after_else = self.block(orelse, state)
                return replace(statement, body=new_body, orelse=new_orelse), _both(
                    after, after_else
                )
            case For() | While():
                return self.loop(statement, state)
            case Jump():
                return statement, None
            case Accumulate(target=target, value=value, index=None):
                return self.added(statement, target, value, state)
            case Accumulate() | Clear():
                return statement, state
            case Assign(targets=(target,), value=value) if self.handed_on(statement, state):
                source = copied_name(value) or loaded(value)[0]
                state.discard(source)
                state.add(target)
                return replace(statement, value=name(source)), state
            case Assign(targets=targets, value=value):
                if len(targets) == 1 and self.fresh(value):
                    state.update(targets)
                else:
                    state.difference_update(targets, loaded(value))
                return statement, state
            case Return(value=gast.AST() as value):
                return replace(statement, value=self.returned(value, state)), state
        state.difference_update(bound(statement), read(statement))
        return statement, state

    @cached_property
    def last_jump(self) -> int:
        """The number of the last statement that leaves a block."""
        spots = self.order.spots
        return max((spot.number for s, spot in spots.items() if isinstance(s, Jump)), default=0)

    def handed_on(self, statement: Assign, state: _State) -> bool:
        """Whether a derivative is given what another one has, which owns its memory and isn't read again."""
        value = statement.value
        source = value.id if isinstance(value, gast.Name) else copied_name(value)
        if source is None or source not in state or source in statement.targets:
            return False
        if not all(map(self.known.derivative, (source, *statement.targets))):
            return False
        spot, reads = self.order.spots[statement], self.order.reads[source]
        if self.last_jump > spot.number or not self.known.shared.isdisjoint(
            (source, *statement.targets)
        ):
            return False
        for bound_at in self.order.binds.get(source, ()):
            if bound_at.number > spot.number and bound_at.blocks == spot.blocks:
                return not any(spot.number < r.number <= bound_at.number for r in reads)
        made = [b for b in self.order.binds.get(source, ()) if b.number < spot.number]
        return len(reads) == 1 and bool(made) and made[-1].loops == spot.loops

    def loop(self, loop: For | While, state: _State) -> tuple[Statement, _State]:
        while True:
            start: _State = state
            if isinstance(loop, While):
                _, head = self.block(loop.head, set(state))
                start = state if head is None else head
            body, after = self.block(loop.body, set(start))
            again = state if after is None else state & after
            if again == state:
                break
            state = again
        return replace(loop, body=body), state

    def added(
        self, statement: Statement, target: str, value: gast.AST, state: _State
    ) -> tuple[Statement, _State]:
        positive = negated(value)
        if target in state:
            op: gast.AST = gast.Add() if positive is None else gast.Sub()
            new: Statement = Update(
                target, op, value if positive is None else positive, origin=statement.origin
            )
            return new, state
        whole = _appended(name(target), value)
        if positive is not None:
            whole = gast.BinOp(left=name(target), op=gast.Sub(), right=positive)
        state.add(target)
        return Assign((target,), whole, origin=statement.origin), state

    def fresh(self, value: gast.AST) -> bool:
        """Whether an expression makes something that nothing else refers to."""
        return not isinstance(value, gast.Name) and owned(value, self.known.shapes()) is value

    # ---- what goes out --------------------------------------------------------------------------------

    def returned(self, value: gast.AST, state: _State) -> gast.AST:
        """What is returned, with copies only where they are needed."""
        given: set[str] = set()

        def one(part: gast.AST) -> gast.AST:
            if isinstance(part, gast.Tuple):
                return tuple_of([one(item) for item in part.elts])
            inner = _copied(part)
            if inner is None:
                return self.list_returned(part, given)
            shapes = self.known.shapes()
            if isinstance(part, gast.Call) and shapes.number(inner).shape == ():
                return inner if self.is_array(inner) else part  # which makes an array of a number
            if isinstance(inner, gast.Name):
                if (inner.id in state or inner.id in self.known.roots) and inner.id not in given:
                    given.add(inner.id)
                    return inner
            elif self.fresh(inner):
                return inner
            if isinstance(inner, gast.Name) and shapes.plain(inner):
                return inner
            better = owned(inner, shapes)
            return call("$np.array", inner) if better is inner else better

        return one(value)

    def list_returned(self, part: gast.AST, given: set[str]) -> gast.AST:
        """A list of numbers that goes out, copied where something else refers to it; anything else as it is."""
        inner = listed(part)
        if isinstance(inner, gast.Name) and inner.id not in given:
            returned = [s.statement for s in self.order.reads.get(inner.id, ())]
            once = sum(isinstance(s, Return) for s in returned) == 1
            if once and is_own_list(inner.id, self.order):
                given.add(inner.id)
                return inner
        return inner if inner is not None and makes_list(inner) else part

    def is_array(self, value: gast.AST) -> bool:
        """Whether a value without axes is an array of its own, made as such, and no number."""
        if not isinstance(value, gast.Name):
            return False
        made = [spot.statement for spot in self.order.binds.get(value.id, ())]
        new = any(isinstance(s, Assign) for s in made) and all(
            isinstance(s, Update) or (isinstance(s, Assign) and _is_zeros(s.value)) for s in made
        )
        return new or value.id in self.known.roots


def _appended(first: gast.AST, value: gast.AST) -> gast.AST:
    """`first + value`, the terms of a sum one after the other."""
    if isinstance(value, gast.BinOp) and isinstance(value.op, gast.Add | gast.Sub):
        return gast.BinOp(left=_appended(first, value.left), op=value.op, right=value.right)
    positive = negated(value)
    return (
        add(first, value)
        if positive is None
        else gast.BinOp(left=first, op=gast.Sub(), right=positive)
    )


def _copied(part: gast.AST) -> gast.AST | None:
    """What `np.array(d)` and `np.array(d)[()]`, written by s2sgrad, are copies of."""
    match part:
        case gast.Subscript(value=inner, slice=gast.Tuple(elts=[])):
            return _copied(inner)
        case gast.Call(func=func, args=[value], keywords=[]) if generated(func) == "$np.array":
            return value
    return None


def _both(first: _State | None, second: _State | None) -> _State | None:
    if first is None or second is None:
        return second if first is None else first
    return first & second


def _is_zeros(value: gast.AST) -> bool:
    return isinstance(value, gast.Call) and generated(value.func) == "$np.zeros"
