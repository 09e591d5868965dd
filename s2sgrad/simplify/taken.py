"""What is taken out of a derivative and put back: `x[i] += v` leaves the derivative of x[i] as it is.

The adjoint of a store takes the derivative of the part, clears it and gives it to what was stored; where that is
the old value and something, it comes back: `new = d_x[i]; d_x[i] = 0; d_v += new; d_x[i] += new` is written as
`new = d_x[i]; d_v += new`. What is taken is copied only if the memory is written before it is used.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import gast

from s2sgrad.program import Accumulate, Assign, Block, Clear, Statement, Store, Update
from s2sgrad.rewrite import as_block, rewritten, with_blocks
from s2sgrad.simplify.equality import key
from s2sgrad.simplify.expressions import OPAQUE, generated, mapped, substitute
from s2sgrad.simplify.knowledge import Knowledge
from s2sgrad.simplify.order import Order
from s2sgrad.simplify.spellings import owned
from s2sgrad.trees import calls_inside, children, loaded

__all__ = ["computes", "left_in_place", "part_of", "used_at_once", "whole", "without_copies"]


def left_in_place(block: Block, known: Knowledge) -> Block:
    """The block without clearing what comes back."""
    return _Taken(known, block).block(block)


def used_at_once(block: Block, known: Knowledge) -> Block:
    """The block with `d_t = d_x[i] / 3; d_x[i] = 0` for `d_new = d_x[i].copy(); d_x[i] = 0; d_t = d_new / 3`."""
    return _Once(known, block).block(block)


def without_copies(block: Block, known: Knowledge) -> Block:
    """The block with `d_new = d_x[i]` for `d_new = d_x[i].copy()` where nothing is written while it is needed.

    Neither does an operator, a sum or an array that is added to need a copy: `2 * d_x[i]` for `2 * d_x[i].copy()`,
    `d_y += d_x[i]` for `d_y += d_x[i].copy()`, also where they overlap, which NumPy sees to.
    """

    def one(statement: Statement) -> Statement:
        match statement:
            case Assign(value=value) | Accumulate(value=value) | Update(value=value):
                if any(part_of(call) is not call for call in calls_inside(value)):
                    new = _operands_read(value, known)
                    if not isinstance(statement, Assign) and not known.written_by_user(value):
                        new = _looked_at(new)
                    statement = statement if new is value else replace(statement, value=new)
        match statement:
            case Assign(targets=(target,), value=value) if known.derivative(target):
                inner = _part(value)
                if inner is not None and _only_looked_at(
                    statement, target, inner, known, known.order(block)
                ):
                    return replace(statement, value=inner)
        return statement

    return rewritten(block, one)


def _operands_read(value: gast.AST, known: Knowledge) -> gast.AST:
    """A value with what operators and sums are given not copied first."""
    if known.written_by_user(value) or value.__class__ in OPAQUE:
        return value
    new = {id(child): _operands_read(child, known) for child in children(value)}
    reduced = isinstance(value, gast.Attribute) and value.attr in {"dot", "mean", "sum"}
    summed = isinstance(value, gast.Call) and generated(value.func) == "$unbroadcast"
    operands: Sequence[gast.AST] = ()
    if isinstance(value, gast.BinOp | gast.UnaryOp) or reduced or summed:
        operands = children(value)
    elif isinstance(value, gast.Call) and _multiplies(value, known):
        operands = value.args
    for operand in operands:
        if not known.written_by_user(operand):
            new[id(operand)] = _looked_at(new[id(operand)])
    return mapped(value, new)


def _multiplies(call: gast.AST, known: Knowledge) -> bool:
    """Whether a call gives a product of what it is given, and keeps nothing of it."""
    if generated(call.func) in {"$np.outer", "$np.vdot"}:
        return True
    func = call.func
    method = isinstance(func, gast.Attribute) and func.attr == "dot" and not call.keywords
    return method and len(call.args) == 1 and known.shapes().array(func.value)


def _looked_at(operand: gast.AST) -> gast.AST:
    """An operand, or what is a copy of which it is, or is a part of."""
    if isinstance(operand, gast.Subscript) and part_of(operand.value) is not operand.value:
        if isinstance(operand.slice, gast.Tuple) and not operand.slice.elts:
            return part_of(operand.value)  # which may be a number, of which there is no [()]
        return gast.Subscript(value=part_of(operand.value), slice=operand.slice, ctx=operand.ctx)
    return part_of(operand)


def _only_looked_at(
    statement: Statement, target: str, part: gast.AST, known: Knowledge, found: Order
) -> bool:
    """Whether a name can be a view: its memory stays as it is until its last read, and nothing keeps it."""
    spot = found.spots[statement]
    uses = found.owned_reads(target, spot)
    if not uses or any(use.loops != spot.loops for use in uses):
        return False
    base = loaded(part)[0]
    if found.touched_between(base, spot.number, uses[-1].number) or found.touched_between(
        target, spot.number, found.last + 1
    ):
        return False
    return all(computes(use.statement, known) for use in uses)


def computes(statement: Statement, known: Knowledge) -> bool:
    """Whether a statement computes with a value and doesn't hand it on."""
    match statement:
        case Accumulate(index=gast.AST()) | Update():
            return True
        case Store(base=base, index=gast.AST()):
            return known.shapes().array(base)
        case Assign(value=value) | Accumulate(value=value):
            return not isinstance(value, gast.Name) and owned(value, known.shapes()) is value
    return False


def _part(value: gast.AST) -> gast.AST | None:
    """The part of an array that a value is a copy of."""
    inner = part_of(value)
    if inner is value or not isinstance(inner, gast.Subscript):
        return None
    return inner if isinstance(inner.value, gast.Name) else None


@dataclass(eq=False)
class _Once:
    known: Knowledge
    whole: Block

    @cached_property
    def order(self) -> Order:
        return self.known.order(self.whole)

    def block(self, block: Block) -> Block:
        new: dict[Statement, Statement | None] = {}
        places = {statement: position for position, statement in enumerate(block)}
        for statement in block:
            later = self.only_use(statement, places)
            if later is not None and statement not in new:
                assert isinstance(statement, Assign)  # noqa: S101
                part = self.part(statement.value)
                assert part is not None  # noqa: S101
                (target,) = statement.targets
                value = substitute(later.value, {target: part})
                new[statement] = replace(later, value=value)
                new[later] = None
        out = [new.get(s, s) for s in block]
        return as_block((with_blocks(s, self.block) for s in out if s is not None), block)

    def part(self, value: gast.AST) -> gast.AST | None:
        """The part of an array that a value is a copy of, or the element that it is."""
        element = isinstance(value, gast.Subscript) and isinstance(value.value, gast.Name)
        if element and self.known.shapes().plain(value):
            return value
        return _part(value)

    def only_use(self, statement: Statement, places: Mapping[Statement, int]) -> Assign | None:
        """The one statement that reads a part that was taken, if it may stand where that is taken."""
        match statement:
            case Assign(targets=(target,), value=value) if self.part(
                value
            ) is not None and self.known.derivative(target):
                uses = self.order.owned_reads(target, self.order.spots[statement]) or []
            case _:
                return None
        if len(uses) != 1 or places.get(uses[0].statement, -1) < places[statement]:
            return None
        later = uses[0].statement
        if (
            not isinstance(later, Assign)
            or len(later.targets) != 1
            or isinstance(later.value, gast.Name)
        ):
            return None
        if owned(later.value, self.known.shapes()) is not later.value:
            return None
        start, end = self.order.spots[statement].number, self.order.spots[later].number
        (made,) = later.targets
        others = [n for n in loaded(later.value) if n != target]
        free = not (
            self.order.read_between(made, start, end)
            or self.order.bound_between(made, start, end)
            or self.order.left_between(start, end)
        )
        return later if free and self.known.still(others, self.order, start, end) else None


@dataclass(eq=False)
class _Taken:
    known: Knowledge
    whole: Block

    @cached_property
    def order(self) -> Order:
        return self.known.order(self.whole)

    def block(self, block: Block) -> Block:
        gone: set[Statement] = set()
        for position, statement in enumerate(block):
            if isinstance(statement, Clear) and statement.index is not None:
                back = self.back(statement, block, position, gone)
                if back is not None:
                    gone |= {statement, back}
        return as_block((with_blocks(s, self.block) for s in block if s not in gone), block)

    def back(
        self, clear: Clear, block: Block, position: int, gone: set[Statement]
    ) -> Statement | None:
        """The contribution that gives a part back, if nothing reads the derivative in between."""
        assert clear.index is not None  # noqa: S101
        part = key(clear.index)
        taken = self.taken(clear, block, position, part)
        if taken is None:
            return None
        for place in range(position + 1, len(block)):
            statement = block[place]
            if statement.origin not in {None, clear.origin}:
                return None
            match statement:
                case Accumulate(target=clear.target, value=gast.Name(id=value), index=index) if (
                    value == taken
                    and not statement.repeated
                    and _is_place(index, clear.index, part)
                ):
                    same = statement.origin == clear.origin and statement not in gone
                    return statement if same and self.unread(clear, statement, taken) else None
        return None

    def taken(self, clear: Clear, block: Block, position: int, part: object) -> str | None:
        """The name for what was in a part, taken just before it is cleared."""
        for place in range(position - 1, -1, -1):
            statement = block[place]
            match statement:
                case Assign(targets=(target,), value=value):
                    inner = part_of(value)
                    if (
                        isinstance(inner, gast.Subscript)
                        and isinstance(inner.value, gast.Name)
                        and inner.value.id == clear.target
                        and key(inner.slice) == part
                    ):
                        return target
            if statement.origin != clear.origin:
                return None
        return None

    def unread(self, clear: Clear, back: Statement, taken: str) -> bool:
        """Whether the derivative isn't read, nor anything rebound that matters, before it has its part back."""
        assert clear.index is not None  # noqa: S101
        start, end = self.order.spots[clear].number, self.order.spots[back].number
        names = {clear.target, *self.known.aliases(clear.target)}
        if self.order.left_between(start, end) or any(
            self.reads(name, start, end) for name in names
        ):
            return False
        return not any(
            self.order.bound_between(n, start, end)
            for n in (clear.target, taken, *loaded(clear.index))
        )

    def reads(self, name: str, start: int, end: int) -> bool:
        """Whether a name is read for anything but adding to it."""
        return any(
            start < spot.number < end
            and not (
                isinstance(spot.statement, Accumulate)
                and spot.statement.target == name
                and name not in loaded(spot.statement.value)
            )
            for spot in self.order.reads.get(name, ())
        )


def part_of(value: gast.AST) -> gast.AST:
    """What a copy that s2sgrad has written is of; any other value itself."""
    match value:
        case gast.Call(func=func, args=[inner], keywords=[]) if generated(func) == "$np.copy":
            return inner
        case gast.Call(func=gast.Attribute(value=inner, attr="copy"), args=[], keywords=[]):
            return inner
    return value


def _is_place(index: object, cleared: gast.AST, part: object) -> bool:
    """Whether an index, None for all, leads to what was cleared; part: the key of the index of that."""
    if isinstance(index, gast.AST) and key(index) == part:
        return True
    return whole(cleared) and (index is None or (isinstance(index, gast.AST) and whole(index)))


def whole(index: gast.AST) -> bool:
    """Whether an index leads to all of an array, as `...` and `:` do."""
    match index:
        case gast.Constant(value=value):
            return value is Ellipsis
        case gast.Slice(lower=None, upper=None, step=None):
            return True
    return False
