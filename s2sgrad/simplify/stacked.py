"""Outer products that a loop adds up: one matrix product behind the loop.

    for t in range(n - 1, -1, -1):              all_d = np.zeros((n, len(A)))
        ...                                     all_x = np.zeros((n, A.shape[1]))
        d_A += np.outer(d, x)                   for t in range(n - 1, -1, -1):
                                                    ...
                                                    all_d[t] = d
                                                    all_x[t] = x
                                                d_A += all_d.T @ all_x

The rows of trips that don't come by stay zero. `x[t]` needs no rows of its own where all rows of x come by: those
of x do.

Receives a block in which loops still count the way in which they were reversed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import gast

from s2sgrad.flow import bound, read
from s2sgrad.program import Accumulate, Assign, Block, For, If, Jump, Statement, Store, walk
from s2sgrad.rewrite import as_block, with_blocks
from s2sgrad.simplify.equality import key
from s2sgrad.simplify.expressions import (
    add,
    attribute,
    binary,
    call,
    generated,
    mul,
    neg,
    number,
    number_of,
    sub,
    tuple_of,
)
from s2sgrad.simplify.knowledge import Knowledge
from s2sgrad.simplify.loops import plus_one
from s2sgrad.simplify.order import Order, memory_written
from s2sgrad.simplify.sizes import length_of
from s2sgrad.simplify.taken import whole
from s2sgrad.trees import loaded, name

__all__ = ["stacked"]


def stacked(block: Block, known: Knowledge) -> Block:
    """The block with matrix products for outer products that loops add up."""
    if not any(_product(s) is not None for s in walk(block)):
        return block
    order = known.order(block)

    def one(inner: Block) -> Block:
        out: list[Statement] = []
        for statement in inner:
            new = with_blocks(statement, one)
            if isinstance(new, For) and isinstance(statement, For):
                work = _Loop(known, order, statement)
                out += work.replaced(new, out)
            else:
                out.append(new)
        return as_block(out, inner)

    return one(block)


@dataclass(frozen=True)
class _Product:
    """`scale * np.outer(left, right)`."""

    left: gast.AST
    right: gast.AST
    scales: tuple[gast.AST, ...] = ()
    negative: bool = False


def _product(statement: Statement) -> _Product | None:
    """The outer product that is added to all of a derivative."""
    match statement:
        case Accumulate(value=value, index=index, repeated=False) if index is None or whole(index):
            return _taken_apart(value)
    return None


def _taken_apart(value: gast.AST) -> _Product | None:
    match value:
        case gast.Call(func=func, args=[left, right], keywords=[]):
            return _Product(left, right) if generated(func) == "$np.outer" else None
        case gast.UnaryOp(op=gast.USub(), operand=operand):
            inner = _taken_apart(operand)
            return None if inner is None else replace(inner, negative=not inner.negative)
        case gast.BinOp(left=scale, op=gast.Mult(), right=product):
            inner = _taken_apart(product)
            return None if inner is None else replace(inner, scales=(scale, *inner.scales))
    return None


@dataclass(frozen=True)
class _Rows:
    """The rows that are kept of a vector, one a trip: what they are called, and how many columns they have."""

    name: str
    columns: gast.AST


@dataclass(eq=False)
class _Loop:
    """A counted loop, as the order has it; rows: what is kept, of which vectors, and where."""

    known: Knowledge
    order: Order
    loop: For
    rows: list[tuple[_Rows, gast.AST, Accumulate]] = field(default_factory=list)
    measured: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.counter = self.loop.target
        if self.known.home.get(self.counter) == "_" and not self.order.reads.get(self.counter):
            self.counter = self.known.fresh("", "k")

    def replaced(self, new: For, before: list[Statement]) -> list[Statement]:
        """What stands for a loop, whose inner loops are done already; before: what stands before it."""
        trips = self.trips()
        added = [s for s in self.inside(new.body) if _product(s) is not None] if trips else []
        targets = {s.target for s in added if isinstance(s, Accumulate) and self.only_added(s)}
        if trips is None or not targets:
            return [new]
        products: dict[str, list[tuple[Accumulate, gast.AST]]] = {}
        instead: dict[Statement, list[Statement]] = {}
        for statement in added:
            assert isinstance(statement, Accumulate)  # noqa: S101
            kept = self.kept(statement, trips, new) if statement.target in targets else None
            if kept is not None:
                instead[statement], value = kept
                products.setdefault(statement.target, []).append((statement, value))
        if not products:
            return [new]
        zeros = [
            Assign((rows.name,), call("$np.zeros", tuple_of([trips, rows.columns])))
            for rows, _, _ in self.rows
        ]
        for made in zeros:
            self.known.kinds[made.targets[0]] = self.known.shapes().kind(made.value)
        loop = replace(new, target=self.counter, body=_with(new.body, instead))
        return [*zeros, loop, *self.sums(products, before)]

    def sums(
        self, products: dict[str, list[tuple[Accumulate, gast.AST]]], before: list[Statement]
    ) -> Iterator[Statement]:
        """What is added behind the loop; where nothing else ever was, it is the derivative."""
        for target, terms in products.items():
            statement, value = terms[0]
            for other, term in terms[1:]:
                minus = isinstance(term, gast.UnaryOp)
                value = sub(value, term.operand) if minus else add(value, term)
                assert other.target == target  # noqa: S101
            begun = self.begun(target, [s for s, _ in terms], before)
            if begun is None:
                yield Accumulate(target, value, statement.index)
            else:
                before.remove(begun)
                yield Assign((target,), value)

    def begun(self, target: str, added: list[Accumulate], before: list[Statement]) -> Assign | None:
        """Where a derivative is made, of zeros, if nothing but these is added to it until the loop ends."""
        found, end = self.order, self.order.ends[self.loop]
        uses = [*found.binds.get(target, ()), *found.reads.get(target, ())]
        others = [u.statement for u in uses if u.number < end and u.statement not in added]
        if target in self.known.shared or len(others) != 1 or others[0] not in before:
            return None
        if target in self.measured:
            return None
        match others[0]:
            case Assign(value=gast.Call(func=func, args=[_], keywords=[])) as made:
                return made if generated(func) == "$np.zeros" else None
        return None

    # ---- what is asked ---------------------------------------------------------------------------

    def trips(self) -> gast.AST | None:
        """How many rows there are: one more than the counter can be, which is never negative."""
        match self.loop.iterable:
            case gast.Call(func=gast.Name(id="range" | "$range"), args=args, keywords=[]):
                pass
            case _:
                return None
        step = number_of(args[2]) if len(args) == 3 else 1
        first, stop = (number(0), args[0]) if len(args) == 1 else args[:2]
        lowest, rows = (first, stop) if step == 1 else (stop, plus_one(first))
        least = number_of(lowest)
        if step not in {1, -1} or rows is None or not isinstance(least, int):
            return None
        if least < (0 if step == 1 else -1):
            return None
        if isinstance(number_of(rows), int) or self.is_length(rows):
            return rows
        return call("$max", rows, number(0))

    def is_length(self, count: gast.AST) -> bool:
        """Whether a number certainly is one of rows, and none that may be negative."""
        counted = self.known.shapes().length(count)
        if counted is None or counted.symbol is None or isinstance(count, gast.BinOp):
            return False
        return counted.symbol.axis is not None and counted.offset >= 0

    def inside(self, block: Block) -> Iterator[Statement]:
        """The statements that run at most once a trip."""
        for statement in block:
            yield statement
            if isinstance(statement, If):
                yield from self.inside(statement.body)
                yield from self.inside(statement.orelse)

    def only_added(self, statement: Accumulate) -> bool:
        """Whether a derivative certainly is a matrix, to which things are added in the loop, and nothing else."""
        known, target = self.known, statement.target
        shapes = known.shapes()
        axes = shapes.axes(name(target))
        if not shapes.array(name(target)) or axes is None or len(axes) != 2:
            return False
        memory = {target, *known.aliases(target)}
        for inner in walk(self.loop.body):
            if not memory.isdisjoint(bound(inner)):
                return False
            if isinstance(inner, Accumulate) and inner.target == target:
                index = loaded(inner.index) if isinstance(inner.index, gast.AST) else ()
                if memory.isdisjoint((*loaded(inner.value), *index)):
                    continue
            touched = (*read(inner), *memory_written(inner, known.writes))
            if not memory.isdisjoint(touched):
                return False
        return statement in self.order.spots

    # ---- rows ------------------------------------------------------------------------------------

    def kept(
        self, statement: Accumulate, trips: gast.AST, loop: For
    ) -> tuple[list[Statement], gast.AST] | None:
        """What is done in a trip for an outer product, and what it comes to behind the loop."""
        product = _product(statement)
        assert product is not None  # noqa: S101
        shapes = self.known.shapes()
        if not all(map(shapes.scalar, product.scales)):
            return None
        stores: list[Statement] = []
        matrices: list[gast.AST] = []
        for axis, vector in enumerate((product.left, product.right)):
            axes = shapes.axes(vector)
            columns = length_of(name(statement.target), axis, shapes)
            if axes is None or len(axes) != 1 or columns is None:
                return None
            self.measured.update(loaded(columns))
            scaled = vector
            for scale in product.scales if axis == 1 else ():
                scaled = mul(scale, scaled)
            given = self.given(scaled, statement, trips, loop)
            if given is None:
                rows, store = self.row(scaled, columns, statement)
                given = name(rows.name)
                stores += store
            matrices.append(given)
        value = binary(attribute(matrices[0], "T"), gast.MatMult(), matrices[1])
        return stores, neg(value) if product.negative else value

    def given(
        self, vector: gast.AST, statement: Accumulate, trips: gast.AST, loop: For
    ) -> gast.AST | None:
        """The matrix whose rows, all of them, are what a vector is from trip to trip."""
        known, found = self.known, self.order
        match vector:
            case gast.Subscript(value=gast.Name(id=base), slice=gast.Name(id=self.loop.target)):
                pass
            case _:
                return None
        shapes = known.shapes()
        axes, counted = shapes.axes(name(base)), shapes.length(trips)
        same = axes is not None and counted is not None and axes[0].equals(counted)
        all_rows = statement in loop.body and self.from_zero()
        jumps = any(isinstance(inner, Jump) for inner in walk(loop.body))
        start, end = found.spots[self.loop].number, found.ends[self.loop] + 1
        changed = found.bound_between(base, start, end) or found.touched_between(base, start, end)
        if not same or not all_rows or jumps or changed or not shapes.array(name(base)):
            return None
        return name(base) if axes is not None and len(axes) == 2 else None

    def from_zero(self) -> bool:
        """Whether the counter goes down to zero, or begins there."""
        args = self.loop.iterable.args
        if len(args) == 1:
            return True
        return number_of(args[0]) == 0 or (len(args) == 3 and number_of(args[1]) == -1)

    def row(
        self, vector: gast.AST, columns: gast.AST, statement: Accumulate
    ) -> tuple[_Rows, list[Statement]]:
        """The rows in which a vector is kept, and what keeps it there, if that isn't done already."""
        found = self.order
        for rows, kept, there in self.rows:
            start, end = found.spots[there].number, found.spots[statement].number
            same_place = found.spots[there].blocks == found.spots[statement].blocks
            if key(kept) == key(vector) and same_place and self.still(vector, start, end):
                return rows, []
        rows = _Rows(self.called(vector), columns)
        self.rows.append((rows, vector, statement))
        place = name(self.counter)
        return rows, [Store(name(rows.name), place, vector, origin=statement.origin)]

    def still(self, value: gast.AST, start: int, end: int) -> bool:
        """Whether a value is the same at two places of one trip."""
        return self.known.still(loaded(value), self.order, start, end)

    def called(self, vector: gast.AST) -> str:
        """A name for rows: `all_x` for those of x, where the user gave it a name."""
        known = self.known
        of = known.primal.get(vector.id) if isinstance(vector, gast.Name) else None
        if of is not None:
            return known.fresh("all_d_", of)
        if isinstance(vector, gast.Name) and not known.temporary(vector.id):
            return known.fresh("all_", vector.id)
        return known.fresh("", "rows")


def _with(block: Block, instead: dict[Statement, list[Statement]]) -> Block:
    """A block with other statements for some of its own, or of those in branches."""
    out: list[Statement] = []
    for statement in block:
        if statement in instead:
            out += instead[statement]
        elif isinstance(statement, If):
            out.append(with_blocks(statement, lambda inner: _with(inner, instead)))
        else:
            out.append(statement)
    return as_block(out, block)
