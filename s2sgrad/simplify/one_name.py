"""Names that a write in place has made of one name: `x -= m` leaves x the array that it was.

Values are assigned once, so that what `x -= m` makes is another name for the array of x, and its derivative one for
the derivative of x. Where one name does for both, one stays.
"""

from __future__ import annotations

import gast

from s2sgrad.kinds import Number
from s2sgrad.program import Assign, Block, Statement, Update, walk
from s2sgrad.renaming import renamed_block
from s2sgrad.simplify.knowledge import Knowledge
from s2sgrad.simplify.order import Order, Spot

__all__ = ["with_one_name"]


def with_one_name(block: Block, known: Knowledge) -> Block:
    """The block without `x_1 = x` where both stand for the user's x and hold one array, or its derivative."""
    copies = [(s, *names) for s in walk(block) if (names := _names_of_one(s, known))]
    if not copies:
        return block
    order = known.order(block)
    first: dict[str, str] = {}
    for statement, target, source in copies:
        spot = order.spots[statement]
        if (
            _bindings(target, order, known) == [spot]
            and _there(source, spot, order, known)
            and all(_behind(use, spot) for use in order.reads.get(target, ()))
        ):
            first[target] = first.get(source, source)
            known.note_one(first[target], target)
    return renamed_block(block, first) if first else block


def _names_of_one(statement: Statement, known: Knowledge) -> tuple[str, str] | None:
    """The names of `x_1 = x` that stand for one thing of the user's, or for the memory of its derivative."""
    match statement:
        case Assign(targets=(target,), value=gast.Name(id=source)):
            names = (target, source)
            if all(n in known.shared for n in names):
                names = (known.primal[target], known.primal[source])
            homes = [known.home.get(n) for n in names]
            return (target, source) if homes[0] is not None and homes[0] == homes[1] else None
    return None


def _bindings(name: str, order: Order, known: Knowledge) -> list[Spot]:
    """Where a name is given another object."""
    kind = known.kind(name)
    array = isinstance(kind, Number) and kind.array is True and kind.shape != ()
    return [
        spot
        for spot in order.binds.get(name, ())
        if not (array and isinstance(spot.statement, Update))
    ]


def _there(source: str, spot: Spot, order: Order, known: Knowledge) -> bool:
    """Whether a name holds what it holds at a place whenever what is assigned there is read."""
    bindings = _bindings(source, order, known)
    if not bindings:
        return source in known.parameters
    return (
        len(bindings) == 1
        and bindings[0].blocks == spot.blocks
        and bindings[0].number < spot.number
        and source not in known.parameters
    )


def _behind(use: Spot, spot: Spot) -> bool:
    """Whether a place is reached only through another one, in the same trip."""
    return use.number > spot.number and spot.blocks[-1] in use.blocks
