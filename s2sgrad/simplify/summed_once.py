"""Sums over the axes along which something was broadcast, made once: where what they are for is used up.

In `u = a + b + c` the derivative of `a + b` is a sum over the axes that c has and they haven't, and that of a another
one of that. The first one needn't be made: what it leaves is summed by the second.

    d_total = unbroadcast(d_u, a + b)           d_a = unbroadcast(d_u, a)
    d_a = unbroadcast(d_total, a)               d_b = unbroadcast(d_u, b)
    d_b = unbroadcast(d_total, b)

Receives a block of single operations, which still says what each value is computed from.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import gast
import numpy as np

from s2sgrad.extents import Extent, joined_from
from s2sgrad.flow import read
from s2sgrad.program import Accumulate, Assign, Block, Statement, walk
from s2sgrad.rewrite import altered, rewritten
from s2sgrad.simplify.equality import key
from s2sgrad.simplify.expressions import generated
from s2sgrad.simplify.knowledge import Knowledge
from s2sgrad.simplify.order import Order
from s2sgrad.simplify.shapes import Shapes
from s2sgrad.trees import children, loaded

__all__ = ["summed_once"]

_DEPTH = 12
_ARITHMETIC = (gast.Add, gast.Sub, gast.Mult, gast.Div, gast.Pow)


def summed_once(block: Block, known: Knowledge) -> Block:
    """The block without sums that only others are made of."""
    sums = [s for s in walk(block) if isinstance(s, Assign) and _summed(s.value) is not None]
    added = {s.target for s in walk(block) if isinstance(s, Accumulate)} if sums else set()
    sums = [s for s in sums if added.isdisjoint(s.targets)]
    if not sums:
        return block
    readers: dict[str, list[Statement]] = {}
    for statement in walk(block):
        for n in set(read(statement)):
            readers.setdefault(n, []).append(statement)
    work = _Sums(known, block, known.shapes(), readers)
    needless = {s for s in sums if work.needless(s)}

    def one(statement: Statement) -> Statement:
        if statement not in needless:
            return statement
        assert isinstance(statement, Assign)  # noqa: S101
        found = _summed(statement.value)
        assert found is not None  # noqa: S101
        return altered(statement, value=found[0])

    return rewritten(block, one) if needless else block


def _summed(value: gast.AST) -> tuple[gast.AST, gast.AST] | None:
    """What `unbroadcast` sums, and whose shape that gets."""
    match value:
        case gast.Call(func=func, args=[d, like], keywords=[]):
            return (d, like) if generated(func) == "$unbroadcast" else None
    return None


def _definitions(block: Block) -> dict[str, gast.AST]:
    """What names are computed from, whenever they are."""
    found: dict[str, gast.AST | None] = {}
    for statement in walk(block):
        match statement:
            case Assign(targets=(target,), value=value):
                before = found.get(target, value)
                same = before is value or (before is not None and key(before) == key(value))
                found[target] = value if same else None
    return {target: value for target, value in found.items() if value is not None}


@dataclass(eq=False)
class _Sums:
    """What is asked of sums; shapes: of one place, so that names that aren't bound anew keep theirs."""

    known: Knowledge
    block: Block
    shapes: Shapes
    readers: dict[str, list[Statement]]

    @cached_property
    def order(self) -> Order:
        return self.known.order(self.block)

    @cached_property
    def definitions(self) -> dict[str, gast.AST]:
        return _definitions(self.block)

    def needless(self, statement: Assign) -> bool:
        """Whether all that is made of a sum is summed itself, to something no longer."""
        found = _summed(statement.value)
        made: list[Assign] = []
        if found is None or not self.used_up(statement, found[1], made, _DEPTH):
            return False
        last = 0
        for one in made:
            spot = self.order.spots[one]
            (target,) = one.targets
            reads = self.order.owned_reads(target, spot)
            if reads is None or self.order.binds[target] != [spot]:
                return False
            if self.order.touched_between(target, spot.number, self.order.last + 1):
                return False
            last = max(last, *(use.number for use in reads))
        start = self.order.spots[statement].number
        return all(self.known.still(loaded(part), self.order, start, last) for part in found)

    def used_up(self, statement: Assign, like: gast.AST, made: list[Assign], depth: int) -> bool:
        """Whether a value may be longer than like; made: takes up what is made of it on the way."""
        if not depth or len(statement.targets) != 1:
            return False
        (target,) = statement.targets
        made.append(statement)
        readers = self.readers.get(target, ())
        return bool(readers and self.known.derivative(target)) and all(
            self.sums(reader, target, like, made, depth) for reader in readers
        )

    def sums(
        self, reader: Statement, target: str, like: gast.AST, made: list[Assign], depth: int
    ) -> bool:
        """Whether a statement sums a value to something no longer than like, or leads to such."""
        match reader:
            case Assign(targets=targets, value=value) if target not in targets:
                found = _summed(value)
                if found is not None and self.fits(target, found, like):
                    return True
                carried = self.carries(value, target, None)
                return carried and self.used_up(reader, like, made, depth - 1)
            case Accumulate(target=new, value=value, index=index) if new != target:
                found = _summed(value)
                if isinstance(index, gast.AST) and target in loaded(index):
                    return False
                return found is not None and self.fits(target, found, like)
        return False

    def fits(self, target: str, found: tuple[gast.AST, gast.AST], like: gast.AST) -> bool:
        """Whether a product with a value is summed to the shape of something that like is made of."""
        d, shorter = found
        return (
            target not in loaded(shorter)
            and self.within(shorter, like, _DEPTH)
            and self.carries(d, target, like)
        )

    def carries(self, value: gast.AST, target: str, like: gast.AST | None) -> bool:
        """Whether a value is a name times numbers; with like, times what like is made of, too."""
        match value:
            case gast.Name(id=only):
                return bool(only == target)
            case gast.UnaryOp(op=gast.USub(), operand=operand):
                return self.carries(operand, target, like)
            case gast.BinOp(left=left, op=gast.Mult() | gast.Div() as op, right=right):
                if target in loaded(left):
                    return self.factor(right, target, like) and self.carries(left, target, like)
                if isinstance(op, gast.Mult):
                    return self.factor(left, target, like) and self.carries(right, target, like)
        return False

    def factor(self, value: gast.AST, target: str, like: gast.AST | None) -> bool:
        if target in loaded(value):
            return False
        return self.shapes.scalar(value) or (like is not None and self.made_of(value, like))

    def made_of(self, value: gast.AST, like: gast.AST) -> bool:
        """Whether a value has the shape of something that like is broadcast from."""
        if isinstance(value, gast.Name | gast.Constant) or self.elementwise(value) is None:
            return self.within(value, like, _DEPTH)
        return all(self.made_of(part, like) for part in self.elementwise(value) or ())

    def within(self, value: gast.AST, like: gast.AST, depth: int) -> bool:
        """Whether the shape of a value is one of those that the shape of like is broadcast from."""
        if self.shapes.scalar(value) or key(value) == key(like) or self.shapes.same(value, like):
            return True
        short, long = self.shapes.axes(value), self.shapes.axes(like)
        if short is not None and long is not None and len(short) <= len(long):
            pairs = zip(reversed(short), reversed(long), strict=False)
            if all(m.number == 1 or _bare(m) <= _bare(n) for m, n in pairs):
                return True
        if isinstance(like, gast.Name) and like.id in self.definitions and depth:
            return self.within(value, self.definitions[like.id], depth - 1)
        parts = self.elementwise(like)
        return bool(depth and parts) and any(self.within(value, p, depth - 1) for p in parts or ())

    def elementwise(self, value: gast.AST) -> list[gast.AST] | None:
        """What a value is computed from, element by element."""
        match value:
            case gast.BinOp(left=left, op=op, right=right) if isinstance(op, _ARITHMETIC):
                return [left, right]
            case gast.UnaryOp(op=gast.USub(), operand=operand):
                return [operand]
            case gast.Call(func=func, args=args, keywords=[]) if isinstance(
                self.shapes.called(func), np.ufunc
            ):
                return list(args) if all(a in children(value) for a in args) else None
        return None


def _bare(extent: Extent) -> frozenset[Extent]:
    """What an axis is broadcast from, however much is known of each."""
    return frozenset(Extent(e.symbol, e.offset) for e in joined_from(extent))
