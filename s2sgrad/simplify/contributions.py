"""Contributions to one derivative that belong to one statement of the user's become one sum.

`d_z = d_out / z` and then `d_z += math.exp(z) * d_out`, both of `return math.log(z) + math.exp(z)`, are written
as `d_z = d_out / z + math.exp(z) * d_out`. The earlier one is moved down to the later one, or the other way round.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice

import gast

from s2sgrad.program import Accumulate, Assign, Block, Statement
from s2sgrad.rewrite import as_block, with_blocks
from s2sgrad.simplify.equality import key
from s2sgrad.simplify.expressions import add, count
from s2sgrad.simplify.knowledge import Knowledge
from s2sgrad.simplify.order import Order, Spot
from s2sgrad.trees import loaded

__all__ = ["freed", "gathered"]

_LONGEST = 90


def gathered(block: Block, known: Knowledge) -> Block:
    """The block with contributions of one statement of the user's added up in one place."""
    return _Gathering(known, block).block(block)


@dataclass(eq=False)
class _Gathering:
    """The walk over the whole block; most have nothing to gather, and need no order."""

    known: Knowledge
    whole: Block

    @cached_property
    def order(self) -> Order:
        return self.known.order(self.whole)

    def block(self, block: Block) -> Block:
        out: list[Statement | None] = []
        last: dict[object, int] = {}
        old: list[Statement] = []
        for statement in block:
            new = with_blocks(statement, self.block)
            place = self.place(new)
            if place is not None:
                earlier = last.get(place)
                if earlier is not None and isinstance(new, Accumulate):
                    first = out[earlier]
                    assert isinstance(first, Assign | Accumulate)  # noqa: S101
                    joined = self.joined(first, new, old[earlier], statement)
                    if joined is not None:
                        value, down = joined
                        if down:
                            out[earlier] = None
                            new = replace(first, value=value)
                            last[place] = len(out)
                        else:
                            out[earlier] = replace(first, value=value)
                            continue
                    else:
                        last[place] = len(out)
                else:
                    last[place] = len(out)
            out.append(new)
            old.append(statement)
        return as_block((statement for statement in out if statement is not None), block)

    def place(self, statement: Statement) -> object | None:
        """What a statement contributes to, None if it is no contribution."""
        match statement:
            case Assign(targets=(target,)) if self.known.derivative(target):
                return (target, None)
            case Accumulate(target=target, index=None):
                return (target, None)
            case Accumulate(target=target, index=gast.AST() as index, repeated=False):
                return (target, key(index))
        return None

    def joined(
        self, first: Statement, second: Accumulate, above: Statement, below: Statement
    ) -> tuple[gast.AST, bool] | None:
        """The sum of two contributions, and whether it stands where the second stood.

        above, below: the statements of the whole block that they come from.
        """
        assert isinstance(first, Assign | Accumulate)  # noqa: S101
        if first.origin is None or first.origin != second.origin:
            return None
        target = second.target
        start, end = self.order.spots[above].number, self.order.spots[below].number
        if (
            self.between(first, second, start, end)
            or count(first.value, _LONGEST) + count(second.value, _LONGEST) > _LONGEST
        ):
            return None
        if self.order.bound_between(target, start, end) and second.index is None:
            return None
        memory = {target, *self.known.aliases(target)}
        if self.order.left_between(start, end) or not memory.isdisjoint(loaded(second.value)):
            return None
        if second.index is not None and not self.still(second.index, start, end):
            return None
        plain = isinstance(first.value, gast.Name)
        value = add(first.value, second.value) if plain else add(second.value, first.value)
        if self.still(first.value, start, end):
            return value, True
        if self.still(second.value, start, end):
            return value, False
        return None

    def between(self, first: Assign | Accumulate, second: Accumulate, start: int, end: int) -> bool:
        """Whether something stands between two contributions that they can't pass.

        What is added to parts passes what is added to parts; what begins a derivative passes nothing.
        """
        target = second.target
        memory = {target, *self.known.aliases(target)}
        if not isinstance(first, Accumulate) or first.index is None or second.index is None:
            return any(
                self.order.read_between(n, start, end) or self.order.touched_between(n, start, end)
                for n in memory
            )
        if any(self.order.bound_between(n, start, end) for n in memory):
            return True
        for alias in memory:
            reads = self.order.reads.get(alias, ())
            position = bisect_right(reads, start, key=lambda spot: spot.number)
            for spot in islice(reads, position, None):
                if spot.number >= end:
                    break
                added = spot.statement
                if not isinstance(added, Accumulate) or added.index is None:
                    return True
                index = loaded(added.index) if isinstance(added.index, gast.AST) else ()
                if added.target not in memory or not memory.isdisjoint(
                    (*loaded(added.value), *index)
                ):
                    return True
        return False

    def still(self, value: gast.AST, start: int, end: int) -> bool:
        """Whether a value is the same at two places."""
        return self.known.still(loaded(value), self.order, start, end)


def freed(block: Block, known: Knowledge) -> Block:
    """The block with `d_v = f(d_t)` behind all reads of d_t, for each copy `d_t = d_v`: d_t isn't needed then.

    `d_t = d_v; d_v = x * d_t; d_x += out * d_t` becomes `d_t = d_v; d_x += out * d_t; d_v = x * d_t`.
    """
    return _Freeing(known, block).block(block)


@dataclass(eq=False)
class _Freeing:
    """The walk over the whole block; ends: the number behind all that is in a statement."""

    known: Knowledge
    whole: Block
    ends: dict[Statement, int] = field(default_factory=dict)

    @cached_property
    def order(self) -> Order:
        return self.known.order(self.whole)

    def block(self, block: Block) -> Block:
        statements = [with_blocks(statement, self.block) for statement in block]
        copies = [s for s in statements if isinstance(s, Assign) and self.copies(s)]
        if not copies:
            return as_block(statements, block)
        spots = dict(zip(statements, map(self.order.spots.__getitem__, block), strict=True))
        self.ends.update(zip(statements, map(self.order.ends.__getitem__, block), strict=True))
        assigned: dict[str, list[Statement]] = {}
        for statement in statements:
            if isinstance(statement, Assign) and len(statement.targets) == 1:
                assigned.setdefault(statement.targets[0], []).append(statement)
        for copied in copies:
            (target,), source = copied.targets, copied.value.id
            uses = self.order.owned_reads(target, spots[copied])
            if not uses:
                continue
            start, last = spots[copied].number, uses[-1].number
            writers = [s for s in assigned.get(source, ()) if start < spots[s].number < last]
            if len(writers) == 1:
                self.sink(statements, writers[0], last, spots)
        return as_block(statements, block)

    def copies(self, statement: Assign) -> bool:
        """Whether a statement gives a derivative the value of another one."""
        match statement:
            case Assign(targets=(target,), value=gast.Name(id=source)):
                return (
                    self.known.derivative(target)
                    and self.known.derivative(source)
                    and target != source
                )
        return False

    def sink(
        self,
        statements: list[Statement],
        writer: Statement,
        last: int,
        spots: Mapping[Statement, Spot],
    ) -> None:
        """Move a statement behind the last read, if nothing between depends on it or changes what it reads."""
        assert isinstance(writer, Assign)  # noqa: S101
        (source,) = writer.targets
        place = statements.index(writer)
        start = spots[writer].number
        end = place
        while end + 1 < len(statements) and spots[statements[end + 1]].number <= last:
            end += 1
        stop = max(last, *(self.ends[s] for s in statements[place : end + 1])) + 1
        if self.order.read_between(source, start, stop) or self.order.bound_between(
            source, start, stop
        ):
            return
        if self.order.left_between(start, stop):
            return
        if not self.known.still(loaded(writer.value), self.order, start, stop):
            return
        statements.insert(end + 1, writer)
        del statements[place]
