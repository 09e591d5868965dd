"""Reverse mode: from the replay tree to the statements of the backward half, and what they need recorded.

Receives a function after infer, aliasing and activity. Every statement of the replay tree is answered, in
reverse order, by: putting back what it overwrote, then its adjoint statements. A backward statement sees
variables and memory as they were at its statement. Derivatives start at zero, contributions are added, and
the derivative of what a statement assigned is cleared: how that is printed is chosen later. Everything that
might have to be put back is recorded here; what nobody reads goes when dead code goes.
"""

from __future__ import annotations

from collections.abc import Iterator

import gast

from s2sgrad.around import has_contents
from s2sgrad.flow import bound
from s2sgrad.flow import read as reads_of
from s2sgrad.infer.resolution import UserCall
from s2sgrad.kinds import Number, Sequence
from s2sgrad.normalize.nodes import constant
from s2sgrad.places import places
from s2sgrad.program import (
    Assign,
    Block,
    Clear,
    For,
    If,
    Jump,
    Restore,
    Return,
    Save,
    Statement,
    Store,
    Update,
    While,
    walk,
)
from s2sgrad.replay import replay_tree
from s2sgrad.reverse.adjoints import Adjoints
from s2sgrad.reverse.first_writes import FirstWrites
from s2sgrad.reverse.kept_outside import KeptOutside
from s2sgrad.reverse.needless import Undone
from s2sgrad.reverse.ranges import backwards, called, integer, less, position_in
from s2sgrad.reverse.state import Halves
from s2sgrad.sameness import sameness
from s2sgrad.saving import Frame, Saving
from s2sgrad.simplify.expressions import method
from s2sgrad.trees import loaded, name, nodes

__all__ = ["Reverse"]


class Reverse(Adjoints):
    """One reversal, from the replay tree to both halves."""

    def run(self) -> Halves:
        """Both halves; the Return is in neither."""
        body = tuple(s for s in self.body if not isinstance(s, Return))
        tree = replay_tree(body)
        self.original = tree.original
        self.replayed = {original: new for new, original in tree.original.items()}
        self.places = places(tree.block, self.variables, self.written)
        self.same = sameness(self.places, self.variables, self.facts)
        self.saving = Saving(
            self.facts, self.aliasing, self.places, self.same, self.variables, self.fresh
        )
        self.undone = Undone(
            self.facts,
            self.aliasing,
            self.places,
            self.same,
            self.saved,
            self.outermost,
            self.calls,
        )
        self.firsts = FirstWrites(self.facts, self.places)
        self.jumping = _left_early(body)
        backward = self.undone.without(tuple(self.block(tree.block, (None, "body"))))
        for record, held in self.saving.holding.items():
            if held in self.values or held in self.aliasing.written:
                self.saved[record] = (held,)
        self.kept_outside = self.settled(backward)
        final, again = self.left_outside(backward)
        return Halves((*self.forward(body), *final), (*backward, *again))

    def settled(self, backward: Block) -> KeptOutside:
        """What is done where something outside keeps memory that the backward half changes."""
        given = {n for s in self.body if isinstance(s, Return) for n in reads_of(s)}
        kept = KeptOutside(
            self.facts,
            self.aliasing,
            self.places,
            self.undone,
            self.variables,
            self.parameters | given,
        )
        kept.settle([self.undone.parts[s] for s in walk(backward) if s in self.undone.parts])
        for statement in kept.refused:
            raise self.finding(statement, *kept.refusal(statement))
        self.instead.update({s: (copy,) for s, copy in kept.copied.items()})
        return kept

    def left_outside(self, backward: Block) -> tuple[Block, Block]:
        """Records of what is outside, or kept there, and undone, and what gives it these contents again."""
        final: list[Statement] = []
        again: list[Statement] = []
        left = self.undone.left(backward)
        for held, (write, base) in tuple(left.items()):
            if has_contents(self.facts.atom(name(held))):
                continue
            del left[held]
            if not self.kept_outside.settles(base):
                raise self.finding(
                    write,
                    f"this writes into what {held} holds, which is taken back for the derivative",
                    "Give what is written into a name in the module, and write into that.",
                )
        names = (*left, *self.kept_outside.again, *self.left_by_calls())
        for outside in dict.fromkeys(names):
            kept, kind = self.fresh("final_", outside), self.facts.atom(name(outside))
            array = isinstance(kind, Number)
            whole = constant(...) if array else gast.Slice(lower=None, upper=None, step=None)
            part = gast.Subscript(value=name(outside), slice=whole, ctx=gast.Load())
            part = (
                part
                if isinstance(kind, Sequence)
                else method(name(outside) if array else part, "copy")
            )
            final.append(Assign((kept,), part))
            again.append(Store(name(outside), whole, name(kept)))
        return tuple(final), tuple(again)

    def left_by_calls(self) -> Iterator[str]:
        """The names of what functions that are called store into, which their backward functions undo."""
        if not self.outermost:
            return
        for statement, call in self.facts.calls.items():
            if statement in self.instead and isinstance(call, UserCall):
                for stored, own in sorted(self.around.stored.get(call, {}).items()):
                    if own is None:
                        raise self.finding(
                            statement,
                            f"{call.source.name} stores into {stored.name}, which has no name here",
                            f"Import {stored.name} by this name where this function is.",
                        )
                    yield own

    def forward(self, block: Block) -> Block:
        """The program with what it has to record."""
        out: list[Statement] = []
        for statement in block:
            place = self.replayed.get(statement, statement)
            out += self.saving.before.get(place, ())
            out += self.forward_statement(statement)
            out += self.saving.after.get(place, ())
        return tuple(out)

    def forward_statement(self, statement: Statement) -> tuple[Statement, ...]:
        match statement:
            case If(body=body, orelse=orelse):
                return (
                    If(
                        statement.test,
                        self.forward(body),
                        self.forward(orelse),
                        origin=statement.origin,
                    ),
                )
            case While(head=head, body=body):
                inside = (*self.entering(statement), *self.forward(body))
                return (While(self.forward(head), statement.test, inside, origin=statement.origin),)
            case For(body=body, header=header):
                count = 0 if header is None else header.bindings
                bindings = body[:count]
                records = [s for binding in bindings for s in self.saving.after.get(binding, ())]
                hidden = {n for binding in bindings for n in bound(binding)}
                if header is not None:
                    hidden -= {n.id for n in nodes(header.target) if isinstance(n, gast.Name)}
                recorded = {n for record in records for n in reads_of(record)}
                if (
                    any(self.saving.before.get(binding) for binding in bindings)
                    or hidden & recorded
                ):
                    header, count, bindings, records = None, 0, (), []
                inside = (
                    *bindings,
                    *records,
                    *self.entering(statement),
                    *self.forward(body[count:]),
                )
                return (
                    For(
                        statement.target,
                        statement.iterable,
                        inside,
                        header,
                        origin=statement.origin,
                    ),
                )
        return self.instead.get(statement, (statement,))

    def entering(self, loop: Statement) -> tuple[Statement, ...]:
        loop = self.replayed.get(loop, loop)
        counted: tuple[Statement, ...] = ()
        if loop in self.counters:
            counted = (Update(self.counters[loop], gast.Add(), gast.Constant(value=1, kind=None)),)
        return (*counted, *self.saving.entering.get(loop, ()))

    def block(self, block: Block, owner: tuple[Statement | None, str]) -> list[Statement]:
        frame = Frame(owner, set())
        self.saving.frames.append(frame)
        for value in sorted(self.kept):
            self.saving.keep(value, owner)
        out: list[Statement] = list(self.lists_begun(owner))
        if owner[0] is None:
            out += self.into_memory(list(self.seeds))
        for statement in reversed(block):
            out += self.statement(statement)
        self.saving.frames.pop()
        return frame.restores + out

    def statement(self, statement: Statement) -> list[Statement]:
        match statement:
            case If() | For() | While():
                code = self.branch(statement) if isinstance(statement, If) else self.loop(statement)
                self.undone.note(self.places.end[statement], code)
                return code
            case Assign() | Store():
                return self.simple(statement)
        return []

    def branch(self, statement: If) -> list[Statement]:
        """A branch backwards; what its test reads is there before its blocks are, which use it too."""
        out: list[Statement] = []
        test = statement.test
        inside = {
            target
            for inner in walk((*statement.body, *statement.orelse))
            for target in bound(inner)
        }
        begin, end = self.places.number[statement], self.places.end[statement]
        changed = not inside.isdisjoint(self.variables.intersection(loaded(test))) or any(
            self.places.changed_between(read, begin, end) for read in loaded(test)
        )
        for read in () if changed else loaded(test):
            self.saving.demand(read, statement, self.places.end[statement], out)
            self.check_changes(read, statement)
        body = tuple(self.block(statement.body, (statement, "body")))
        orelse = tuple(self.block(statement.orelse, (statement, "orelse")))
        if not body and not orelse:
            return out  # where it stays only what others have found there
        if changed:
            out, test = self.test_before(statement)
        return [*out, If(test, body, orelse, origin=statement.origin)]

    def test_before(self, statement: If) -> tuple[list[Statement], gast.AST]:
        """A test as it was before the branches changed what it reads: its name, and what puts that back."""
        test = self.fresh("", "test")
        before = self.saving.before.setdefault(statement, [])
        before.append(Assign((test,), self.truth(statement.test)))
        if not self.places.loops[statement]:
            return [], name(test)
        stack = self.saving.stack(test, statement)
        before.append(Save(stack, (name(test),)))
        return [Restore(stack, (name(test),))], name(test)

    def truth(self, test: gast.AST) -> gast.AST:
        """A test as a value that stays as it is: of a list that changes, whether it has items."""
        kind = self.facts.kinds.get(test.id) if isinstance(test, gast.Name) else None
        settled = not isinstance(test, gast.Name) or (
            isinstance(kind, Number) and kind.scalar and kind.array is False
        )
        return test if settled else called("$bool", [test])

    def loop(self, loop: For | While) -> list[Statement]:
        inside = tuple(self.block(loop.body, (loop, "body")))
        if not inside:
            return []
        out: list[Statement] = []
        if (
            isinstance(loop, For)
            and isinstance(loop.iterable, gast.Call)
            and not self.left_early(loop)
        ):
            for read in loaded(loop.iterable):
                self.saving.demand(read, loop, self.places.end[loop], out)
            return [*out, For(loop.target, backwards(loop.iterable), inside, origin=loop.origin)]
        trips = self.trips(loop, out)
        if isinstance(loop, For) and isinstance(loop.iterable, gast.Call):
            index = self.fresh("", "k")
            for read in loaded(loop.iterable):
                self.saving.demand(read, loop, self.places.end[loop], out)
            target = Assign((loop.target,), position_in(loop.iterable, index))
            down = called("$range", [less(name(trips), 1), integer(-1), integer(-1)])
            return [*out, For(index, down, (target, *inside), origin=loop.origin)]
        return [
            *out,
            For(self.fresh("", "_"), called("$range", [name(trips)]), inside, origin=loop.origin),
        ]

    def left_early(self, loop: Statement) -> bool:
        """Whether a break leaves a loop of the replay tree."""
        return self.original.get(loop, loop) in self.jumping

    def trips(self, loop: Statement, out: list[Statement]) -> str:
        """The name that counts the trips of a loop in the forward half."""
        trips = self.fresh("", "trips")
        self.counters[loop] = trips
        self.saving.before.setdefault(loop, []).append(
            Assign((trips,), gast.Constant(value=0, kind=None))
        )
        if self.places.loops[loop]:
            stack = self.saving.stack(trips, loop)
            self.saving.after.setdefault(loop, []).append(Save(stack, (name(trips),)))
            out.append(Restore(stack, (name(trips),)))
        return trips

    def simple(self, statement: Assign | Store) -> list[Statement]:
        out = self.put_back(statement)
        statements = self.adjoint(statement)
        position = self.places.number[statement]
        for new in statements:
            for read in _reads(new):
                self.saving.demand(read, statement, position, out)
                for held in (read, *self.saved.get(read, ())):
                    self.check_changes(held, statement)
        for new in out:
            for read in _reads(new):
                self.check_changes(read, statement)
        code = [s for s in out + statements if s not in self.undone.parts]
        self.undone.note(position, walk(tuple(code)))
        return out + statements


def _left_early(block: Block) -> frozenset[Statement]:
    """The loops that a break leaves."""
    found: set[Statement] = set()

    def visit(block: Block, loop: Statement | None) -> None:
        for statement in block:
            match statement:
                case Jump(kind="break") if loop is not None:
                    found.add(loop)
                case If(body=body, orelse=orelse):
                    visit(body, loop)
                    visit(orelse, loop)
                case For(body=body):
                    visit(body, statement)
                case While(head=head, body=body):
                    visit(head, statement)
                    visit(body, statement)

    visit(block, None)
    return frozenset(found)


def _reads(statement: Statement) -> tuple[str, ...]:
    """The names whose values an adjoint statement reads or writes into, derivatives and those inside it included."""
    return tuple(
        name
        for inner in walk((statement,))
        if not (isinstance(inner, Clear) and inner.index is None)
        for name in reads_of(inner)
    )
