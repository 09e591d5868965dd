"""Names that a write in place has made of one name: `x -= m` leaves x the array that it was.

Values are assigned once, so that what `x -= m` makes is another name for the array of x, and its derivative one for
the derivative of x. Where one name does for both, one stays. A loop carries such names on, and records which of them it
has had: where all of them certainly are one array, made once, there is nothing to record.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import gast

from s2sgrad.kinds import Number
from s2sgrad.program import Assign, Block, Restore, Save, Statement, Update, walk
from s2sgrad.renaming import renamed_block
from s2sgrad.rewrite import rewritten
from s2sgrad.simplify.knowledge import Knowledge
from s2sgrad.simplify.order import Order, Spot

__all__ = ["with_one_name"]


def with_one_name(block: Block, known: Knowledge) -> Block:
    """The block without `x_1 = x` where both stand for the user's x and hold one array, or its derivative."""
    copies = [(s, *names) for s in walk(block) if (names := _names_of_one(s, known))]
    if not copies:
        return block
    lasting = _Lasting(block, known, known.order(block))
    for group in _joined([(target, source) for _, target, source in copies]):
        lasting.note(group)
    if lasting.first:
        block = lasting.renamed()
        copies = [(s, *names) for s in walk(block) if (names := _names_of_one(s, known))]
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


def _joined(pairs: list[tuple[str, str]]) -> list[list[str]]:
    """The groups into which pairs join names, each in the order of the pairs."""
    groups: dict[str, list[str]] = {}
    for pair in pairs:
        names: dict[str, None] = {}
        for n in pair:
            names.update(dict.fromkeys(groups.get(n, [n])))
        joined = list(names)
        groups.update((n, joined) for n in joined)
    return list({id(group): group for group in groups.values()}.values())


@dataclass(eq=False)
class _Lasting:
    """Names that all hold one array whenever they hold anything; first: the others → the one that stays."""

    block: Block
    known: Knowledge
    order: Order
    first: dict[str, str] = field(default_factory=dict)
    stacks: set[str] = field(default_factory=set)

    def note(self, names: list[str]) -> None:
        """Take up names that are copied to each other, if they hold one array that is made once."""
        known, found = self.known, self.order
        stacks = {stack for stack, held in self.records.items() if held <= {*names}}
        made = [
            (n, spot)
            for n in names
            for spot in _bindings(n, found, known)
            if not _given_on(spot.statement, names, stacks)
        ]
        roots = {n for n, _ in made} | {n for n in names if n in known.parameters}
        if len(roots) != 1 or len(made) > 1:
            return
        (root,) = roots
        for _, spot in made:
            uses = [
                u for n in names if n != root for u in (*found.reads.get(n, ()), *found.binds[n])
            ]
            if len(spot.blocks) != 1 or any(use.number <= spot.number for use in uses):
                return
        for n in names:
            if n != root:
                self.first[n] = root
                known.note_one(root, n)
        self.stacks |= stacks

    @cached_property
    def records(self) -> dict[str, set[str]]:
        """The lists of records that are of single names, each with these, and are used for nothing else."""
        held: dict[str, set[str]] = {}
        saved: set[str] = set()
        for statement in walk(self.block):
            match statement:
                case Save(stack=stack, values=(value,)) | Restore(stack=stack, targets=(value,)):
                    named = isinstance(value, gast.Name)
                    held.setdefault(stack, set()).add(value.id if named else "")
                    saved |= {stack} if isinstance(statement, Save) else set()
                case Save(stack=stack) | Restore(stack=stack):
                    held.setdefault(stack, set()).add("")
        return {
            stack: names
            for stack, names in held.items()
            if stack in saved
            and all(isinstance(u.statement, Save | Restore) for u in self.order.reads[stack])
        }

    def renamed(self) -> Block:
        """The block with one name for each array, and without records of that."""

        def one(statement: Statement) -> Statement | None:
            record = isinstance(statement, Save | Restore) and statement.stack in self.stacks
            return None if record else statement

        return renamed_block(rewritten(self.block, one), self.first)


def _given_on(statement: Statement, names: list[str], stacks: set[str]) -> bool:
    """Whether a statement gives a name what one of these names holds, or has held."""
    match statement:
        case Assign(targets=(_,), value=gast.Name(id=source)):
            return source in names
        case Restore(stack=stack, targets=(_,)):
            return stack in stacks
    return False


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
    )


def _behind(use: Spot, spot: Spot) -> bool:
    """Whether a place is reached only through another one, in the same trip."""
    return use.number > spot.number and spot.blocks[-1] in use.blocks
