"""What a loop carries is added to in place: `d_v += e` for `d_t = e; ...; d_t += d_v; d_v = d_t`.

A variable that is overwritten (`v = f(v)`) has a value before and one after, and each has a derivative. Contributions
to the one after that come from later lines of the same trip are added to what the loop has carried so far.
"""

from __future__ import annotations

from dataclasses import dataclass

import gast

from s2sgrad.program import Accumulate, Assign, Block, Statement
from s2sgrad.renaming import renamed_block
from s2sgrad.rewrite import with_blocks
from s2sgrad.simplify.knowledge import Knowledge
from s2sgrad.simplify.order import Order

__all__ = ["carried_on"]


def carried_on(block: Block, known: Knowledge) -> Block:
    """The block with derivatives of overwritten variables added up under one name."""
    work = _Carried(known, known.order(block), {})
    block = work.block(block)
    return renamed_block(block, work.names) if work.names else block


@dataclass(eq=False)
class _Carried:
    """names: derivatives of values → those of the variables that they are added to."""

    known: Knowledge
    order: Order
    names: dict[str, str]

    def block(self, block: Block) -> Block:
        begun: dict[str, Assign] = {}
        added: dict[str, Accumulate] = {}
        instead: dict[Statement, Statement | None] = {}
        for statement in block:
            match statement:
                case Assign(targets=(target,), value=gast.Name(id=source)) if (
                    source in added and added[source].value.id == target
                ):
                    first, second = begun[source], added[source]
                    if self.are_one(source, target, first, second, statement):
                        instead[first] = Accumulate(target, first.value, origin=first.origin)
                        instead[second] = instead[statement] = None
                        self.names[source] = target
                case Assign(targets=(target,)):
                    begun[target] = statement
                case Accumulate(target=target, value=gast.Name(), index=None) if target in begun:
                    added[target] = statement
        out: list[Statement] = []
        for statement in block:
            new = instead.get(statement, statement)
            if new is not None:
                out.append(with_blocks(new, self.block))
        same = len(out) == len(block) and all(a is b for a, b in zip(out, block, strict=True))
        return block if same else tuple(out)

    def are_one(
        self, source: str, target: str, first: Assign, second: Accumulate, last: Assign
    ) -> bool:
        """Whether what is begun under one name may be added to what the other holds."""
        known, found = self.known, self.order
        apart = not {source, target} & {*known.shared, *known.roots, *known.incoming, *self.names}
        if (
            not apart
            or target in self.names.values()
            or not (known.derivative(source) and known.derivative(target))
            or known.kind(source) != known.kind(target)
            or len(found.binds[source]) != 2
        ):
            return False
        start, middle, end = (found.spots[s].number for s in (first, second, last))
        reads = [spot for spot in found.reads.get(source, ()) if spot.statement is not second]
        return (
            not found.read_between(target, start, middle)
            and not found.read_between(target, middle, end)
            and not found.bound_between(target, start, end)
            and not found.touched_between(target, start, end)
            and not found.left_between(start, end)
            and all(
                spot.number > middle
                and spot.loops == found.spots[last].loops
                and not found.bound_between(target, end, spot.number)
                and not found.touched_between(target, end, spot.number)
                for spot in reads
            )
            and all(set(found.touched.get(n, ())) <= {middle} for n in known.aliases(source))
        )
