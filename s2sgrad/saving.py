"""How a value that the backward half reads gets there: it is still there, recomputed, or recorded.

- A value that no loop assigns again is still there.
- A cheap value is computed again, next to where it is read, from what is there or cheap itself, provided that
  nothing in between has overwritten what it is computed from.
- A value that is another name for something, as `y += v` makes it, is had from that.
- Any other is recorded: pushed on a list after its assignment, and popped where the backward half enters the
  block of that assignment.

Variables and memory are restored where they were overwritten (see `reverse`), so that a backward statement
sees them as they were at its statement.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import gast

from s2sgrad.aliasing import Aliasing
from s2sgrad.infer.facts import Facts
from s2sgrad.infer.resolution import Container, Copy, Inert, Primitive
from s2sgrad.kinds import Number, Other, Sequence, Unknown
from s2sgrad.places import Places
from s2sgrad.program import Assign, For, Restore, Save, Statement, While
from s2sgrad.sameness import Sameness
from s2sgrad.trees import loaded, name

__all__ = ["Frame", "Saving"]

_DEAREST = 6
_NEVER = float("inf")
_STEADY = frozenset(
    {"NoneType", "None", "bool", "bytes", "dtype", "range", "str", "string", "text", "type"}
)


@dataclass(eq=False)
class Frame:
    """One block of the backward half while it is made: what it restores when it is entered, what is there."""

    owner: tuple[Statement | None, str]
    there: set[str]
    restores: list[Statement] = field(default_factory=list)


@dataclass(eq=False)
class Saving:
    """Decides for each value that is read, and keeps the statements that the forward half has to run for it.

    holding: what is recorded as it is, by reference: name of the record → the name of what it holds.
    """

    facts: Facts
    aliasing: Aliasing
    places: Places
    same: Sameness
    variables: frozenset[str]
    fresh: Callable[[str, str], str]
    after: dict[Statement, list[Statement]] = field(default_factory=dict)
    before: dict[Statement, list[Statement]] = field(default_factory=dict)
    entering: dict[Statement, list[Statement]] = field(default_factory=dict)
    stacks: dict[str, Statement] = field(default_factory=dict)
    recorded: set[str] = field(default_factory=set)
    behind: set[tuple[str, Statement]] = field(default_factory=set)
    holding: dict[str, str] = field(default_factory=dict)
    frames: list[Frame] = field(default_factory=list)

    def demand(self, value: str, at: Statement, position: int, out: list[Statement]) -> None:
        """Make a value readable for the backward code of the statement `at`, appending to out what computes it."""
        if (loop := self.left_by(value, at)) is not None:
            self.record_behind(value, loop)
            return
        if not self.asks(value, at):
            if self.seen_through(value, position) and self.cost(value, at, position) < _NEVER:
                self.recompute(value, at, position, out)
            return
        if (held := self.held(value, at, position)) is not None:
            self.demand(held, at, position, out)
            self.recompute(value, at, position, out)
        elif self.cost(value, at, position) < _NEVER:
            self.recompute(value, at, position, out)
        else:
            self.record(value)

    def held(self, value: str, at: Statement, position: int) -> str | None:
        """The name under which the object of a value is still there for the backward code of a statement."""
        statement = self.places.definition[value]
        return self.same.holder(value, self.limit(statement, at, position))

    def left_by(self, value: str, at: Statement) -> For | While | None:
        """The loop whose last trip has left a value that is read behind it, in each trip of a loop around both."""
        around = self.places.loops[at]
        loops = self.places.loops_of(value)
        if not loops or loops[0] not in around or loops[-1] in around:
            return None
        return next(loop for loop in loops if loop not in around)

    def asks(self, value: str, at: Statement) -> bool:
        """Whether something must be done for a value to be there."""
        if self.left_by(value, at) is not None:
            return True
        loops = self.places.loops_of(value)
        if not loops or loops[-1] not in self.places.loops[at] or value in self.recorded:
            return False
        if any(value in frame.there for frame in self.frames):
            return False
        loop = self.places.definition[value]
        return not (isinstance(loop, For) and self.counted(loop))

    def seen_through(self, value: str, position: int) -> bool:
        """Whether a value that is still there may be a view of memory that is written after its last use.

        The memory is put back before the value is read, so that the view is right; but two names for memory
        that is written are what nobody wants to read, and what can't be differentiated again.
        """
        statement = self.places.definition.get(value)
        if statement is None or self.places.loops[statement]:
            return False
        if any(value in frame.there for frame in self.frames):
            return False
        found, kind = self.facts.calls.get(statement), self.facts.kinds.get(value)
        if not isinstance(found, Primitive) or found.rule.kind != "view":
            return False
        if isinstance(kind, Number) and kind.scalar and kind.array is False:
            return False
        base = next(iter(found.arguments.values()))
        if not isinstance(base, gast.Name) or base.id not in self.aliasing.written:
            return False
        return self.places.changed_between(base.id, position, self.places.last)

    @staticmethod
    def counted(loop: For) -> bool:
        """Whether the backward loop gives the loop's target by itself."""
        return isinstance(loop.iterable, gast.Call)

    def made(self, value: str) -> tuple[Statement, tuple[Statement | None, str]]:
        """The statement that makes a value, and the block that it is made in: a loop's own for its target."""
        statement = self.places.definition[value]
        inside = isinstance(statement, For)
        return statement, (statement, "body") if inside else self.places.block[statement]

    def keep(self, value: str, owner: tuple[Statement | None, str]) -> None:
        """Have a value at hand from where the backward half enters the block that makes it."""
        if value in self.recorded or not self.places.loops_of(value):
            return
        _, block = self.made(value)
        if block != owner:
            return
        assert block[0] is not None, "there is a loop around it"  # noqa: S101
        held = self.same.holder(value, self.places.end[block[0]])
        if held is None:
            self.record(value)
            return
        self.keep(held, owner)
        frame = self.frames[-1]
        frame.restores.append(Assign((value,), name(held)))
        frame.there.add(value)

    # ---- recomputing ------------------------------------------------------------------------------

    def cost(self, value: str, at: Statement, position: int) -> float:
        """The number of operations to compute a value again, infinite where it can't be, or is too dear."""
        if self.left_by(value, at) is not None:
            return _NEVER
        statement = self.places.definition[value]
        held = self.held(value, at, position)
        if held is not None:
            return self.cost(held, at, position) if self.asks(held, at) else 1.0
        if (
            not isinstance(statement, Assign)
            or len(statement.targets) != 1
            or not self.cheap(statement)
        ):
            return _NEVER
        limit = self.limit(statement, at, position)
        if self.places.changed_between(value, self.places.number[statement], limit):
            return _NEVER
        total = 1.0
        for read in loaded(statement.value):
            if self.is_unrestored(read, statement):
                return _NEVER
            changed = self.places.changed_between(read, self.places.number[statement], limit)
            if changed and not self.of_shape(statement, read):
                return _NEVER
            if self.asks(read, at):
                total += self.cost(read, at, position)
                if total > _DEAREST:
                    return _NEVER
        return total

    def is_unrestored(self, value: str, statement: Assign) -> bool:
        """Whether what a statement asks may have changed since, and isn't put back: a dict, a set, an object."""
        found, kind = self.facts.calls.get(statement), self.facts.kinds.get(value)
        if isinstance(found, Copy):
            return False
        if isinstance(kind, Sequence):
            return kind.type not in {"list", "tuple"}
        if isinstance(kind, Unknown):
            return isinstance(found, Inert) and value in self.places.definition
        return isinstance(kind, Other) and kind.name not in _STEADY

    def limit(self, statement: Statement, at: Statement, position: int) -> int:
        """The end of what may have run between the assignment and the read, in the same trip."""
        depth = len(self.places.loops[statement])
        inner = self.places.loops[at]
        return self.places.end[inner[depth]] if len(inner) > depth else position

    def cheap(self, statement: Assign) -> bool:
        value = statement.value
        match self.facts.calls.get(statement):
            case Copy() | Container(operation="element"):
                return True
            case Container(operation="display", atoms=atoms):
                literal = not any(map(loaded, atoms))
                return literal and isinstance(value, gast.Tuple)
            case Primitive(rule=rule):
                if isinstance(value, gast.BinOp):
                    arrays = isinstance(value.op, gast.Add | gast.Sub | gast.Mult | gast.Div)
                    return arrays or all(map(self.is_number, (*statement.targets, *loaded(value))))
                return (
                    isinstance(value, gast.UnaryOp)
                    or rule.name == "np.transpose"
                    or self.plain_item(value)
                )
            case Inert(effect=False):
                plain = gast.Compare | gast.BoolOp | gast.Attribute | gast.UnaryOp | gast.IfExp
                return isinstance(value, plain) or _is_length(value)
        return False

    def is_number(self, value: str) -> bool:
        """Whether a name certainly holds a number, and no array."""
        kind = self.facts.kinds.get(value)
        return isinstance(kind, Number) and kind.scalar and kind.array is False

    def of_shape(self, statement: Assign, array: str) -> bool:
        """Whether a statement asks an array for its shape, which is the same whatever is written into it."""
        kind = self.facts.kinds.get(array)
        if array in self.variables or not isinstance(kind, Number) or kind.array is not True:
            return False
        match self.facts.calls.get(statement), statement.value:
            case Inert(), gast.Attribute(attr="shape" | "ndim" | "size"):
                return True
            case Inert(), value:
                return _is_length(value)
        return False

    def plain_item(self, value: gast.AST) -> bool:
        """`x[i]` with integers and slices: a view or an element."""
        return isinstance(value, gast.Subscript) and self.facts.plain_index(value.slice)

    def recompute(self, value: str, at: Statement, position: int, out: list[Statement]) -> None:
        statement = self.places.definition[value]
        assert isinstance(statement, Assign)  # noqa: S101
        held = self.held(value, at, position)
        if held is not None:
            statement = Assign((value,), name(held))
        for read in loaded(statement.value):
            if self.asks(read, at):
                self.recompute(read, at, position, out)
        out.append(Assign((value,), statement.value))
        self.frames[-1].there.add(value)

    # ---- recording --------------------------------------------------------------------------------

    def record(self, value: str) -> None:
        """Push a value after its assignment, pop it where the backward half enters the block of that."""
        statement, owner = self.made(value)
        self.recorded.add(value)
        stack = self.stack(value, statement)
        self.holding[stack] = value
        push = Save(stack, (name(value),))
        if isinstance(statement, For):
            self.entering.setdefault(statement, []).append(push)
        elif statement in self.places.heads:
            self.entering.setdefault(self.places.loops[statement][-1], []).append(push)
        else:
            self.after.setdefault(statement, []).append(push)
        frame = next(frame for frame in self.frames if frame.owner == owner)
        frame.restores.append(Restore(stack, (name(value),)))

    def record_behind(self, value: str, loop: For | While) -> None:
        """Push a value behind the loop that has left it, pop it where the backward half enters the loop's block."""
        if (value, loop) in self.behind:
            return
        self.behind.add((value, loop))
        stack = self.stack(value, loop)
        self.holding[stack] = value
        self.after.setdefault(loop, []).append(Save(stack, (name(value),)))
        owner = self.places.block[loop]
        frame = next(frame for frame in self.frames if frame.owner == owner)
        frame.restores.append(Restore(stack, (name(value),)))

    def stack(self, value: str, statement: Statement) -> str:
        """A new list for records made at a statement, empty before the outermost loop or branch around it."""
        stack = self.fresh("saved_", value)
        outermost: Statement | None = statement
        while outermost is not None:
            statement, (outermost, _) = outermost, self.places.block[outermost]
        self.stacks[stack] = statement
        empty = gast.List(elts=[], ctx=gast.Load())
        self.before.setdefault(statement, []).insert(0, Assign((stack,), empty))
        return stack

    def restored(self, target: str, at: Statement) -> Statement:
        """Record a variable before the statement that overwrites it; gives the statement that puts it back."""
        if self.places.loops[at]:
            stack = self.stack(target, at)
            self.holding[stack] = target
            self.before.setdefault(at, []).append(Save(stack, (name(target),)))
            return Restore(stack, (name(target),))
        old = self.fresh("old_", target)
        self.holding[old] = target
        self.before.setdefault(at, []).append(Assign((old,), name(target)))
        return Assign((target,), name(old))

    def is_list(self, value: str) -> bool:
        """Whether a name holds a list or a tuple."""
        return isinstance(self.facts.kinds.get(value), Sequence)


def _is_length(value: gast.AST) -> bool:
    """Whether this is a call of len."""
    match value:
        case gast.Call(func=gast.Name(id="len" | "$len")):
            return True
    return False
