"""Where each statement of the replay tree stands: its number, its loops, its block, and what is written when.

Numbers are those of a walk in the order of the text. Between two numbers of one trip lies everything that may
have run in between; a compound statement has the number of its end too.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from s2sgrad.flow import bound
from s2sgrad.program import Assign, Block, For, If, Statement, While

__all__ = ["Places", "places"]

Loop = For | While


@dataclass(eq=False)
class Places:
    """The tables: of statements their number, end, loops (outermost first) and block; of names their definition.

    A block is identified by the statement that it belongs to and the field, or (None, "body") at the top; what
    a While computes in its head belongs to the block of its body.
    """

    number: dict[Statement, int] = field(default_factory=dict)
    end: dict[Statement, int] = field(default_factory=dict)
    loops: dict[Statement, tuple[Loop, ...]] = field(default_factory=dict)
    block: dict[Statement, tuple[Statement | None, str]] = field(default_factory=dict)
    definition: dict[str, Statement] = field(default_factory=dict)
    changes: dict[str, list[int]] = field(default_factory=dict)
    heads: set[Statement] = field(default_factory=set)
    last: int = 0

    def changed_between(self, name: str, start: int, end: int) -> bool:
        """Whether a variable, or memory seen through a name, may be written after start and before end."""
        numbers = self.changes.get(name, [])
        position = bisect_right(numbers, start)
        return position < len(numbers) and numbers[position] < end

    def loops_of(self, name: str) -> tuple[Loop, ...]:
        """The loops around the definition of a value; a loop's target is inside of it."""
        statement = self.definition.get(name)
        if statement is None:
            return ()
        loops = self.loops[statement]
        return (*loops, statement) if isinstance(statement, For) else loops


def places(
    body: Block,
    variables: frozenset[str],
    writes: Callable[[Statement], Iterable[str]],
) -> Places:
    """The places of a replay tree; writes: all names whose memory a statement writes."""
    found = Places()
    count = 0

    def visit(
        block: Block,
        owner: tuple[Statement | None, str],
        loops: tuple[Loop, ...],
        *,
        head: bool = False,
    ) -> None:
        nonlocal count
        for statement in block:
            count += 1
            found.number[statement] = count
            found.loops[statement] = loops
            found.block[statement] = owner
            if head:
                found.heads.add(statement)
            for name in bound(statement):
                if name in variables:
                    found.changes.setdefault(name, []).append(count)
                elif isinstance(statement, Assign | For):
                    found.definition[name] = statement
            for name in writes(statement):
                found.changes.setdefault(name, []).append(count)
            match statement:
                case If(body=inner, orelse=orelse):
                    visit(inner, (statement, "body"), loops)
                    visit(orelse, (statement, "orelse"), loops)
                case While(head=inner, body=rest):
                    visit(inner, (statement, "body"), (*loops, statement), head=True)
                    visit(rest, (statement, "body"), (*loops, statement))
                case For(body=inner):
                    visit(inner, (statement, "body"), (*loops, statement))
            count += 1
            found.end[statement] = count

    visit(body, (None, "body"), ())
    found.last = count
    return found
