"""What something outside keeps of a function's memory, where the backward half puts back what was written there.

Whoever looks there afterwards finds what the function has left. Where all was written before the memory is handed
out, a copy is handed out instead; where it has one name to the end, it gets its contents again behind the backward
half. Anything else is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import gast

from s2sgrad.aliasing import Aliasing
from s2sgrad.aliasing.found import Keeping
from s2sgrad.infer.facts import Facts
from s2sgrad.infer.resolution import UserCall
from s2sgrad.kinds import Number, Sequence
from s2sgrad.places import Places
from s2sgrad.program import Assign, Effect, Statement, Store
from s2sgrad.reverse.needless import Undone
from s2sgrad.simplify.expressions import method
from s2sgrad.trees import made, name

__all__ = ["KEPT", "KeptOutside"]


KEPT = (
    "this is kept elsewhere and written into, which is taken back for the derivative",
    "Keep a copy: values.copy(). Or let it be known that it is an array: np.ndarray for the parameters, or like=.",
)


@dataclass(eq=False)
class KeptOutside:
    """What is done at the statements after which something outside keeps memory of the function.

    copied: the statements that hand out a copy, each with what stands in its place; again: the names of what gets its
    contents again; refused: the statements for which nothing of that will do. given: the names of the parameters and
    of results, whose memory a calling function may write, too.
    """

    facts: Facts
    aliasing: Aliasing
    places: Places
    undone: Undone
    variables: frozenset[str]
    given: frozenset[str]
    copied: dict[Statement, Statement] = field(default_factory=dict)
    again: dict[str, None] = field(default_factory=dict)
    refused: list[Statement] = field(default_factory=list)

    def settle(self, undone: list[tuple[Statement, str]]) -> None:
        """Decide what is done; undone: the writes that the backward half takes back, and the names of the arrays."""
        for statement, keeping in self.aliasing.keeping.items():
            if statement not in self.places.number or not self.seen(keeping):
                continue
            taken_back = [w for w, base in undone if self.is_of(base, keeping)]
            if not taken_back:
                continue
            instead = self.with_copy(statement, keeping)
            if instead is not None:
                self.copied[statement] = instead
            elif all(map(self.stays, keeping.names)):
                self.again.update(dict.fromkeys(n for n in keeping.names if not self.around(n)))
            else:
                self.refused.append(statement)

    def settles(self, base: str) -> bool:
        """Whether what something outside keeps of the memory of a name has the right contents in the end."""
        names = {*self.again, *(n for s in self.copied for n in self.aliasing.keeping[s].names)}
        return not self.aliasing.aliases(base).isdisjoint(names)

    def seen(self, keeping: Keeping) -> bool:
        """Whether what is taken back is seen outside: a pair works on copies, but for what a caller gave it."""
        return self.undone.outermost or any(
            not self.aliasing.aliases(n).isdisjoint(self.aliasing.mutated) for n in keeping.names
        )

    def is_of(self, base: str, keeping: Keeping) -> bool:
        """Whether what is written under a name may be seen in what is kept: a list that changes isn't in an array."""
        listed = isinstance(self.facts.kinds.get(base), Sequence)
        return any(
            base in self.aliasing.aliases(n)
            and not (listed and isinstance(self.facts.kinds.get(n), Number))
            for n in keeping.names
        )

    def with_copy(self, statement: Statement, keeping: Keeping) -> Statement | None:
        """The statement with a copy in its place, if nobody writes what is kept afterwards, nor keeps it twice."""
        names = frozenset().union(*map(self.aliasing.aliases, keeping.names))
        both = [k for k in self.aliasing.keeping.values() if not names.isdisjoint(k.names)]
        if len(both) > 1 or (not self.undone.outermost and not names.isdisjoint(self.given)):
            return None
        if not all(self.before(w, base, statement) for w, base in self.written(keeping)):
            return None
        match statement:
            case Effect(node=gast.Assign(targets=[target], value=gast.Name(id=own))):
                if not _is_place(target) or not self.copyable(own):
                    return None
                return replace(
                    statement,
                    node=made(gast.Assign, targets=[target], value=method(name(own), "copy")),
                )
            case Store(index=gast.Constant(), value=gast.Name(id=own)) if self.copyable(own):
                return replace(statement, value=method(name(own), "copy"))
        return None

    def written(self, keeping: Keeping) -> Iterator[tuple[Statement, str]]:
        """All writes into what is kept, each with the name of what is written."""
        for write, bases in self.aliasing.writes.items():
            for base in bases:
                if write in self.places.number and self.is_of(base, keeping):
                    yield write, base

    def before(self, write: Statement, base: str, statement: Statement) -> bool:
        """Whether a write into what is kept only runs before a statement; in another trip it is another array."""
        number, loops = self.places.number, self.places.loops
        if number[write] > number[statement]:
            return False
        both = tuple(a for a, b in zip(loops[write], loops[statement], strict=False) if a is b)
        if not both:
            return True
        begun = self.places.definition.get(self.undone.first_name(base))
        return (
            isinstance(begun, Assign)
            and self.undone.fresh(begun)
            and loops[begun][: len(both)] == both
        )

    def copyable(self, own: str) -> bool:
        """Whether a name certainly holds an array, or a list of numbers."""
        kind = self.facts.kinds.get(own)
        if isinstance(kind, Sequence):
            return kind.type == "list" and _is_of_numbers(kind)
        return isinstance(kind, Number) and kind.array is True

    def stays(self, own: str) -> bool:
        """Whether a name certainly holds at the end what it holds here, and can be given its contents again."""
        if self.around(own):
            return True
        begun = self.places.definition.get(own)
        at_top = begun is None or self.places.block[begun] == (None, "body")
        mine = self.undone.outermost or self.aliasing.aliases(own).isdisjoint(self.given)
        return own not in self.variables and at_top and mine and self.copyable(own)

    def around(self, own: str) -> bool:
        """Whether a name certainly stands for what is around the function, and gets its contents again anyway."""
        while isinstance(begun := self.places.definition.get(own), Assign):
            if not isinstance(begun.value, gast.Name) or own in self.variables:
                return False
            own = begun.value.id
        return self.undone.outermost and self.facts.outside(own)

    def refusal(self, statement: Statement) -> tuple[str, str]:
        """What is said of a statement that is refused, and what settles it."""
        call = self.facts.calls.get(statement)
        if not isinstance(call, UserCall):
            return (
                "this is kept elsewhere and written into, which is taken back for the derivative",
                "Keep a copy: values.copy().",
            )
        keeps = f"{call.source.name} keeps what it is given"
        return (
            f"{keeps} and is written into, which is taken back for the derivative",
            "Give it a copy.",
        )


def _is_place(target: gast.AST) -> bool:
    """Whether an assignment leaves its value in one place, however often it runs."""
    return isinstance(target, gast.Attribute) or (
        isinstance(target, gast.Subscript) and isinstance(target.slice, gast.Constant)
    )


def _is_of_numbers(kind: Sequence) -> bool:
    items = (kind.item,) if kind.items is None else kind.items
    return all(isinstance(i, Number) and i.scalar and i.array is False for i in items)
