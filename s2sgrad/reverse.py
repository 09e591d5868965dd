"""Reverse mode: from the replay tree to the statements of the backward half, and what they need recorded.

Receives a function after infer, aliasing and activity. Every statement of the replay tree is answered, in
reverse order, by: putting back what it overwrote, then its adjoint statements. A backward statement sees
variables and memory as they were at its statement. Derivatives start at zero, contributions are added, and
the derivative of what a statement assigned is cleared: how that is printed is chosen later. Everything that
might have to be put back is recorded here; what nobody reads goes when dead code goes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import gast
import numpy as np

from s2sgrad.adjoint import adjoint, restored
from s2sgrad.aliasing import Aliasing
from s2sgrad.flow import bound
from s2sgrad.flow import read as reads_of
from s2sgrad.infer.engine import Facts
from s2sgrad.infer.resolution import Container, Copy, Inert, Primitive, UserCall
from s2sgrad.kinds import Number, Sequence
from s2sgrad.places import places
from s2sgrad.program import (
    Accumulate,
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
from s2sgrad.saving import Frame, Saving
from s2sgrad.shadows import plain
from s2sgrad.trees import loaded, name

__all__ = ["Halves", "Pair", "Reverse"]


@dataclass(frozen=True, eq=False)
class Pair:
    """The forward and the backward function of a called function; derivatives: the parameters, in order."""

    forward: str
    backward: str
    derivatives: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Halves:
    """The forward half (the program, recording) and the backward half (from the result's derivative on)."""

    forward: Block
    backward: Block


@dataclass(eq=False)
class Reverse:
    """One reversal.

    derivative, fresh: asked for names; pair: asked for the pair of a call, with the parameters whose arguments
    carry a derivative; finding: makes the error that refuses a statement; kept: values that the backward half
    has at hand wherever their derivative lives; seeds: what the backward half starts from. saved: what a
    forward function saved → the names that it may share memory with.
    """

    body: Block
    facts: Facts
    aliasing: Aliasing
    active: frozenset[str]
    variables: frozenset[str]
    derivative: Callable[[str], str]
    fresh: Callable[[str, str], str]
    pair: Callable[[UserCall, frozenset[str]], Pair]
    finding: Callable[[Statement, str, str], Exception]
    kept: frozenset[str] = frozenset()
    seeds: tuple[Statement, ...] = ()
    instead: dict[Statement, tuple[Statement, ...]] = field(default_factory=dict)
    saved: dict[str, tuple[str, ...]] = field(default_factory=dict)
    counters: dict[Statement, str] = field(default_factory=dict)

    def run(self) -> Halves:
        """Both halves; the Return is in neither."""
        body = tuple(s for s in self.body if not isinstance(s, Return))
        tree = replay_tree(body)
        self.original = tree.original
        self.replayed = {original: new for new, original in tree.original.items()}
        self.places = places(tree.block, self.variables, self.written)
        self.saving = Saving(self.facts, self.aliasing, self.places, self.variables, self.fresh)
        self.jumping = _left_early(body)
        backward = self.block(tree.block, (None, "body"))
        return Halves(self.forward(body), tuple(backward))

    def written(self, statement: Statement) -> frozenset[str]:
        names = self.aliasing.writes.get(statement, ())
        return frozenset(alias for written in names for alias in self.aliasing.aliases(written))

    # ---- the forward half -------------------------------------------------------------------------

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
                    hidden -= {n.id for n in gast.walk(header.target) if isinstance(n, gast.Name)}
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

    # ---- the backward half ------------------------------------------------------------------------

    def block(self, block: Block, owner: tuple[Statement | None, str]) -> list[Statement]:
        frame = Frame(owner, set())
        self.saving.frames.append(frame)
        for value in sorted(self.kept):
            self.saving.keep(value, owner)
        out: list[Statement] = list(self.lists_begun(owner))
        if owner[0] is None:
            out += self.seeds
        for statement in reversed(block):
            out += self.statement(statement)
        self.saving.frames.pop()
        return frame.restores + out

    def statement(self, statement: Statement) -> list[Statement]:
        match statement:
            case If():
                return self.branch(statement)
            case For() | While():
                return self.loop(statement)
            case Assign() | Store():
                return self.simple(statement)
        return []

    def branch(self, statement: If) -> list[Statement]:
        body = tuple(self.block(statement.body, (statement, "body")))
        orelse = tuple(self.block(statement.orelse, (statement, "orelse")))
        if not body and not orelse:
            return []
        out: list[Statement] = []
        test = statement.test
        inside = {
            target
            for inner in walk((*statement.body, *statement.orelse))
            for target in bound(inner)
        }
        if not inside.isdisjoint(self.variables.intersection(loaded(test))):
            out, test = self.test_before(statement)
        for read in loaded(test) if test is statement.test else ():
            self.saving.demand(read, statement, self.places.end[statement], out)
        return [*out, If(test, body, orelse, origin=statement.origin)]

    def test_before(self, statement: If) -> tuple[list[Statement], gast.AST]:
        """A test as it was before the branches changed what it reads: its name, and what puts that back."""
        test = self.fresh("", "test")
        before = self.saving.before.setdefault(statement, [])
        before.append(Assign((test,), statement.test))
        if not self.places.loops[statement]:
            return [], name(test)
        stack = self.saving.stack(test, statement)
        before.append(Save(stack, (name(test),)))
        return [Restore(stack, (name(test),))], name(test)

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
            return [*out, For(loop.target, _reversed(loop.iterable), inside, origin=loop.origin)]
        trips = self.trips(loop, out)
        if isinstance(loop, For) and isinstance(loop.iterable, gast.Call):
            index = self.fresh("", "k")
            for read in loaded(loop.iterable):
                self.saving.demand(read, loop, self.places.end[loop], out)
            target = Assign((loop.target,), _position(loop.iterable, index))
            down = _call("range", [_minus(name(trips), 1), _number(-1), _number(-1)])
            return [*out, For(index, down, (target, *inside), origin=loop.origin)]
        return [
            *out,
            For(self.fresh("", "_"), _call("range", [name(trips)]), inside, origin=loop.origin),
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
                self.check_memory(read)
        return out + statements

    def check_memory(self, value: str) -> None:
        """A list that is read must not be changed later in a way that isn't put back."""
        if (
            not isinstance(self.facts.kinds.get(value), Sequence)
            or value not in self.aliasing.written
        ):
            return
        for change, names in self.aliasing.writes.items():
            resolution = self.facts.calls.get(change)
            known = isinstance(resolution, Container) and resolution.operation in {
                "append",
                "pop",
                "store",
            }
            if not known and not self.aliasing.aliases(value).isdisjoint(names):
                raise self.finding(
                    change,
                    "this changes a list whose earlier contents the derivative needs, which isn't differentiated yet",
                    "Change it by append, pop and assignments to its items.",
                )

    def put_back(self, statement: Assign | Store) -> list[Statement]:
        """Record what a statement overwrites; gives what puts it back."""
        out: list[Statement] = []
        if isinstance(statement, Assign):
            out += [
                self.saving.restored(target, statement)
                for target in statement.targets
                if target in self.variables
            ]
        resolution = self.facts.calls.get(statement)
        if isinstance(resolution, Container):
            out += self.list_put_back(statement, resolution)
        stored = isinstance(resolution, Primitive) or (
            isinstance(resolution, Container) and resolution.operation == "store"
        )
        if isinstance(statement, Store) and isinstance(statement.index, gast.AST) and stored:
            for read in loaded(statement.index) if isinstance(statement.index, gast.AST) else ():
                self.saving.demand(read, statement, self.places.number[statement], out)
            assert isinstance(statement.base, gast.Name)  # noqa: S101
            assert isinstance(statement.index, gast.AST)  # noqa: S101
            self.saving.demand(statement.base.id, statement, self.places.number[statement], out)
            out += self.restored_part(statement, statement.base, statement.index)
        if (
            isinstance(resolution, Primitive)
            and resolution.in_place
            and isinstance(statement, Assign)
        ):
            (base,) = self.aliasing.writes[statement]
            self.saving.demand(base, statement, self.places.number[statement], out)
            out += self.restored_part(
                statement, name(base), gast.Constant(value=Ellipsis, kind=None)
            )
        if (
            isinstance(resolution, Primitive)
            and resolution.rule.mutates
            and isinstance(statement, Assign)
        ):
            for changed, index in restored(resolution):
                for read in (changed.id, *loaded(index)):
                    self.saving.demand(read, statement, self.places.number[statement], out)
                out += self.restored_part(statement, changed, index)
        return out

    def list_put_back(self, statement: Statement, resolution: Container) -> list[Statement]:
        """What undoes an append or a pop of a list."""
        if resolution.operation not in {"append", "pop"} or not isinstance(
            resolution.atoms[0], gast.Name
        ):
            return []
        base = resolution.atoms[0]
        if base.id not in self.facts.kinds:  # not the function's own: an effect, which stays
            return []
        out: list[Statement] = []
        arguments: list[gast.AST] = []
        if resolution.operation == "pop":
            assert isinstance(statement, Assign)  # noqa: S101
            for target in statement.targets:
                self.saving.demand(target, statement, self.places.number[statement], out)
            arguments = [_one([name(target) for target in statement.targets], gast.Tuple)]
        self.saving.demand(base.id, statement, self.places.number[statement], out)
        function = "pop" if resolution.operation == "append" else "append"
        undo = gast.Call(
            func=gast.Attribute(value=base, attr=function, ctx=gast.Load()),
            args=arguments,
            keywords=[],
        )
        return [*out, Assign((self.fresh("", "_"),), undo)]

    def restored_part(
        self, statement: Statement, base: gast.Name, index: gast.AST
    ) -> list[Statement]:
        """Record the part of an array that a statement overwrites."""
        whole = isinstance(index, gast.Constant) and index.value is Ellipsis
        part = base if whole else gast.Subscript(value=base, slice=index, ctx=gast.Load())
        listed = self.saving.is_list(base.id)
        kept = (
            part
            if listed
            else self.owned(part, False if whole else self.facts.item_is_scalar(base.id, index))
        )
        place = self.first_step(statement)
        if self.places.loops[statement]:
            stack = self.saving.stack(base.id, statement)
            self.saving.before.setdefault(place, []).append(Save(stack, (kept,)))
            return [Restore(stack, (gast.Subscript(value=base, slice=index, ctx=gast.Store()),))]
        old = self.fresh("old_", base.id)
        self.saving.before.setdefault(place, []).append(Assign((old,), kept))
        return [Store(base, index, name(old))]

    def first_step(self, statement: Statement) -> Statement:
        """The statement that an augmented store begins with: `old = base[index]`, the others being two more."""
        if (
            not isinstance(statement, Store)
            or statement.operator is None
            or not isinstance(statement.value, gast.Name)
        ):
            return statement
        new = self.places.definition.get(statement.value.id)
        if (
            not isinstance(new, Assign)
            or not isinstance(new.value, gast.BinOp)
            or not isinstance(new.value.left, gast.Name)
        ):
            return statement
        return self.places.definition.get(new.value.left.id, statement)

    def owned(self, part: gast.AST, scalar: bool | None) -> gast.AST:
        """A part of an array as a value of its own; scalar: whether it is an element, where that is known."""
        if scalar is True:
            return part
        copy = gast.Attribute(value=name("$np"), attr="copy", ctx=gast.Load())
        out = gast.Call(func=copy, args=[part], keywords=[])
        if scalar is False:
            return out
        return gast.Subscript(
            value=out, slice=gast.Tuple(elts=[], ctx=gast.Load()), ctx=gast.Load()
        )

    # ---- adjoint statements -----------------------------------------------------------------------

    def is_active(self, value: str) -> bool:
        return value in self.active

    def adjoint(self, statement: Assign | Store) -> list[Statement]:
        if isinstance(statement, Store):
            return self.store(statement)
        targets = [target for target in statement.targets if target in self.active]
        resolution = self.facts.calls.get(statement)
        if isinstance(resolution, Container) and resolution.operation == "append":
            return self.append(resolution)
        if isinstance(resolution, Container) and resolution.operation == "pop":
            return self.pop(resolution, statement)
        if isinstance(resolution, Primitive) and resolution.rule.mutates:
            changed = [n for p in resolution.rule.mutates for n in loaded(resolution.arguments[p])]
            return self.rule(resolution, (), statement) if self.active.issuperset(changed) else []
        if not targets:
            return []
        cleared: list[Statement] = [Clear(self.derivative(target)) for target in targets]
        match resolution:
            case Copy(atoms=atoms):
                return self.copy(statement, atoms)
            case Primitive(in_place=True):
                return self.in_place(statement, resolution)
            case Primitive():
                return [*self.rule(resolution, statement.targets, statement), *cleared]
            case UserCall():
                return [*self.call(resolution, statement), *cleared]
            case Container():
                return [*self.container(resolution, statement), *cleared]
            case Inert():
                return cleared
        raise AssertionError(f"an active statement has no derivative: {resolution}")

    def rule(
        self,
        resolution: Primitive,
        targets: tuple[str, ...],
        statement: Statement,
        results: tuple[str, ...] = (),
    ) -> list[Statement]:
        return list(
            adjoint(
                resolution,
                targets,
                self.derivative,
                lambda base: self.fresh("", base),
                self.is_active,
                self.facts,
                statement,
                statement.origin,
                results,
            )
        )

    def copy(self, statement: Assign, atoms: tuple[gast.AST, ...]) -> list[Statement]:
        pairs = [
            (target, atom)
            for target, atom in zip(statement.targets, atoms, strict=True)
            if target in self.active
        ]
        if len(pairs) == 1:
            ((target, atom),) = pairs
            d_target = self.derivative(target)
            added = self.added(atom, name(d_target), statement)
            if isinstance(atom, gast.Name) and atom.id == target:
                return []
            return [*added, Clear(d_target)]
        taken = [(self.fresh("", self.derivative(target)), target, atom) for target, atom in pairs]
        out: list[Statement] = [
            Assign((new,), name(self.derivative(target))) for new, target, _ in taken
        ]
        out += [Clear(self.derivative(target)) for _, target, _ in taken]
        for new, _, atom in taken:
            out += self.added(atom, name(new), statement)
        return out

    def added(self, atom: gast.AST, value: gast.AST, statement: Statement) -> list[Statement]:
        """Add value to the derivative of an atom, if it has one."""
        if isinstance(atom, gast.Name) and atom.id in self.active:
            return [Accumulate(self.derivative(atom.id), value, origin=statement.origin)]
        return []

    def in_place(self, statement: Assign, resolution: Primitive) -> list[Statement]:
        """`x += v` in the memory of x, which holds its old value again: the result is computed again."""
        (target,) = statement.targets
        result = self.fresh("", target)
        value = plain(statement.value)
        assert value is not None  # noqa: S101
        out: list[Statement] = [Assign((result,), value)]
        out += self.rule(resolution, statement.targets, statement, (result,))
        return [*out, Clear(self.derivative(target))]

    def store(self, statement: Store) -> list[Statement]:
        """`base[index] = value`: take the derivative of the part, clear it, give it to the value."""
        assert isinstance(statement.base, gast.Name)  # noqa: S101
        base = statement.base.id
        if base not in self.active or not isinstance(statement.index, gast.AST):
            return []
        d_base = self.derivative(base)
        part = gast.Subscript(value=name(d_base), slice=statement.index, ctx=gast.Load())
        out: list[Statement] = []
        value = statement.value
        scalar = self.facts.item_is_scalar(base, statement.index)
        if isinstance(value, gast.Name) and value.id in self.active:
            new = self.fresh("", "d_new")
            listed = self.saving.is_list(base)
            if listed or self.names_once(statement.index, statement):
                given = part if listed else self.owned(part, scalar)
            else:
                given = _call("$last_written", [name(d_base), statement.index])
            out.append(Assign((new,), given, origin=statement.origin))
            taken: gast.AST = name(new)
            kind = self.facts.kind(value.id, statement)
            same = scalar is True and isinstance(kind, Number) and kind.scalar
            if (
                not listed
                and not same
                and not self.facts.fills(base, statement.index, value.id, statement)
            ):
                taken = gast.Call(func=name("$unbroadcast"), args=[taken, value], keywords=[])
            out.append(self.emptied(base, statement.index, statement))
            out.append(Accumulate(self.derivative(value.id), taken, origin=statement.origin))
        else:
            out.append(self.emptied(base, statement.index, statement))
        return out

    def emptied(self, base: str, index: gast.AST, statement: Store) -> Statement:
        """Make a part of a derivative zero; what may be a list keeps its structure."""
        d_base, kind = self.derivative(base), self.facts.kinds.get(base)
        if not isinstance(kind, Sequence) or isinstance(kind.item, Number):
            return Clear(d_base, index, origin=statement.origin)
        zeros = _call("$zeros_like", [_item(d_base, index)])
        return Store(name(d_base), index, zeros, origin=statement.origin)

    def names_once(self, index: gast.AST, at: Statement) -> bool:
        """Whether an index certainly names no element twice: plain ones, masks, and np.arange beside vectors."""
        if self.facts.plain_index(index):
            return True
        parts = index.elts if isinstance(index, gast.Tuple) else [index]
        kinds = [self.facts.atom(part, at) for part in parts if not isinstance(part, gast.Slice)]
        arrays = [k for k in kinds if not (isinstance(k, Number) and k.scalar)]
        if all(isinstance(k, Number) and k.array is True and k.dtype == "bool" for k in arrays):
            return len(arrays) == 1
        vectors = all(
            isinstance(k, Number) and isinstance(k.shape, tuple) and len(k.shape) <= 1
            for k in kinds
        )
        return vectors and any(self.counts_up(part) for part in parts)

    def counts_up(self, part: gast.AST) -> bool:
        """Whether a part of an index is `np.arange(n)`."""
        if not isinstance(part, gast.Name) or part.id in self.variables:
            return False
        statement = self.places.definition.get(part.id)
        made = None if statement is None else self.facts.calls.get(statement)
        if not isinstance(made, Primitive):
            return False
        return made.rule.function is np.arange and len(made.arguments) == 1

    def append(self, resolution: Container) -> list[Statement]:
        base, item = resolution.atoms
        assert isinstance(base, gast.Name)  # noqa: S101
        if base.id not in self.active:
            return []
        new = self.fresh("", "d_item")
        pop = gast.Call(
            func=gast.Attribute(value=name(self.derivative(base.id)), attr="pop", ctx=gast.Load()),
            args=[],
            keywords=[],
        )
        out: list[Statement] = [Assign((new,), pop)]
        if isinstance(item, gast.Name) and item.id in self.active:
            out.append(Accumulate(self.derivative(item.id), name(new)))
        return out

    def pop(self, resolution: Container, statement: Assign) -> list[Statement]:
        """The derivative of what was popped is put back: zeros where nothing depends on it."""
        (base,) = resolution.atoms
        assert isinstance(base, gast.Name)  # noqa: S101
        if base.id not in self.active:
            return []
        item = _one([self.derivative_or_zeros(target) for target in statement.targets], gast.List)
        cleared = [Clear(self.derivative(t)) for t in statement.targets if t in self.active]
        push = gast.Attribute(value=name(self.derivative(base.id)), attr="append", ctx=gast.Load())
        call = gast.Call(func=push, args=[item], keywords=[])
        return [Assign((self.fresh("", "_"),), call, origin=statement.origin), *cleared]

    def derivative_or_zeros(self, value: str) -> gast.AST:
        """The derivative of a value, zeros where it has none."""
        if value in self.active:
            return name(self.derivative(value))
        kind = self.facts.kinds.get(value)
        if isinstance(kind, Number) and kind.scalar and kind.array is False:
            return gast.Constant(value=0.0, kind=None)
        return _call("$zeros_like", [name(value)])

    def lists_begun(self, owner: tuple[Statement | None, str]) -> Iterator[Statement]:
        """Zeros for the lists that are changed, where the backward half enters the block that makes them.

        Each has the length that it had in the end; what was appended since is popped on the way back.
        """
        for value, statement in list(self.places.definition.items()):
            if (
                value in self.active
                and value in self.aliasing.written
                and self.saving.is_list(value)
            ) and self.places.block[statement] == owner:
                self.one_list(value, statement)
                self.saving.keep(value, owner)
                like = gast.Call(func=name("$zeros_like"), args=[name(value)], keywords=[])
                yield Assign((self.derivative(value),), like)

    def one_list(self, value: str, statement: Statement) -> None:
        """Refuse a list that is changed under a name that may hold another list, too."""
        shared = self.aliasing.aliases(value) & self.variables & self.aliasing.written
        if any(self.saving.is_list(other) for other in shared):
            raise self.finding(
                statement,
                "this list is changed under a name that is bound in several places, which isn't differentiated yet",
                "Give each list a name of its own.",
            )

    def container(self, resolution: Container, statement: Assign) -> list[Statement]:
        if resolution.operation == "unpack":
            return self.unpacked(resolution, statement)
        if resolution.operation == "element" and len(statement.targets) > 1:
            base, index = resolution.atoms
            parts = [self.derivative_or_zeros(target) for target in statement.targets]
            item = gast.List(elts=parts, ctx=gast.Load())
            return [
                Accumulate(self.derivative(loaded(base)[0]), item, index, origin=statement.origin)
            ]
        (target,) = statement.targets
        d_target = self.derivative(target)
        match resolution.operation:
            case "display":
                return [
                    Accumulate(
                        self.derivative(atom.id),
                        _item(d_target, _number(position)),
                        origin=statement.origin,
                    )
                    for position, atom in enumerate(resolution.atoms)
                    if isinstance(atom, gast.Name) and atom.id in self.active
                ]
            case "element":
                base, index = resolution.atoms
                assert isinstance(base, gast.Name)  # noqa: S101
                return [
                    Accumulate(
                        self.derivative(base.id), name(d_target), index, origin=statement.origin
                    )
                ]
            case "convert":
                return self.added(resolution.atoms[0], name(d_target), statement)
            case "concatenate":
                return self.concatenated(resolution, d_target, statement)
        raise self.finding(
            statement,
            f"this operation on a list ({resolution.operation}) carries a derivative, which isn't differentiated yet",
            "Use append, indexing, and NumPy arrays.",
        )

    def unpacked(self, resolution: Container, statement: Assign) -> list[Statement]:
        """`a, b = values`: each derivative belongs to one item."""
        (base,) = resolution.atoms
        assert isinstance(base, gast.Name)  # noqa: S101
        return [
            Accumulate(
                self.derivative(base.id),
                name(self.derivative(target)),
                _number(k),
                origin=statement.origin,
            )
            for k, target in enumerate(statement.targets)
            if target in self.active
        ]

    def concatenated(
        self, resolution: Container, d_target: str, statement: Assign
    ) -> list[Statement]:
        """`a + b` of lists: the derivative is cut where a ends."""
        left, right = resolution.atoms
        cut = _call("$len", [left])
        first = gast.Slice(lower=None, upper=cut, step=None)
        second = gast.Slice(lower=cut, upper=None, step=None)
        return [
            *self.added(left, _item(d_target, first), statement),
            *self.added(right, _item(d_target, second), statement),
        ]

    def call(self, resolution: UserCall, statement: Assign) -> list[Statement]:
        """A call of a user function: its forward function instead of it, its backward function here."""
        arguments = resolution.arguments
        carrying = frozenset(
            p for p, a in arguments.items() if any(n in self.active for n in loaded(a))
        )
        pair = self.pair(resolution, carrying)
        saved = self.fresh("saved_", resolution.source.name)
        self.saved[saved] = (
            *statement.targets,
            *(n for a in arguments.values() for n in loaded(a)),
        )
        forward = gast.Call(func=name(pair.forward), args=list(arguments.values()), keywords=[])
        self.places.definition[saved] = statement
        if len(statement.targets) == 1:
            (target,) = statement.targets
            self.instead[statement] = (Assign((target, saved), forward, origin=statement.origin),)
            incoming: gast.AST = name(self.derivative(target))
        else:
            whole = self.fresh("", f"out_{resolution.source.name}")
            self.instead[statement] = (
                Assign((whole, saved), forward, origin=statement.origin),
                Assign(statement.targets, name(whole), origin=statement.origin),
            )
            parts = [
                name(self.derivative(t)) if t in self.active else _number(0)
                for t in statement.targets
            ]
            incoming = gast.Tuple(elts=parts, ctx=gast.Load())
        backward = gast.Call(func=name(pair.backward), args=[name(saved), incoming], keywords=[])
        new = [self.fresh("d_", parameter) for parameter in pair.derivatives]
        out: list[Statement] = [Assign(tuple(new), backward, origin=statement.origin)]
        for parameter, d_parameter in zip(pair.derivatives, new, strict=True):
            out += self.added(resolution.arguments[parameter], name(d_parameter), statement)
        return out


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


def _shared_loop(found: object, statement: Statement, number: int) -> bool:
    loops = found.loops[statement]  # type: ignore[attr-defined]
    return any(found.number[loop] < number < found.end[loop] for loop in loops)  # type: ignore[attr-defined]


def _reads(statement: Statement) -> tuple[str, ...]:
    """The names whose values an adjoint statement reads, derivatives included."""
    match statement:
        case Assign(value=value):
            return loaded(value)
        case Accumulate(value=value, index=index):
            return (*loaded(value), *(loaded(index) if index is not None else ()))
        case Clear(index=gast.AST() as index):
            return loaded(index)
    return ()


def _one(items: list[gast.AST], display: type[gast.AST]) -> gast.AST:
    """The only item, or all in a tuple or a list."""
    return items[0] if len(items) == 1 else display(elts=items, ctx=gast.Load())


def _call(function: str, args: list[gast.AST]) -> gast.AST:
    return gast.Call(func=name(function), args=args, keywords=[])


def _number(value: int) -> gast.AST:
    if value < 0:
        return gast.UnaryOp(op=gast.USub(), operand=gast.Constant(value=-value, kind=None))
    return gast.Constant(value=value, kind=None)


def _item(base: str, index: gast.AST) -> gast.AST:
    return gast.Subscript(value=name(base), slice=index, ctx=gast.Load())


def _constant(tree: gast.AST) -> int | None:
    match tree:
        case gast.Constant(value=int() as value):
            return value
        case gast.UnaryOp(op=gast.USub(), operand=gast.Constant(value=int() as value)):
            return -value
    return None


def _minus(tree: gast.AST, amount: int) -> gast.AST:
    """`tree - amount`, folded where tree is a number."""
    known = _constant(tree)
    if known is not None:
        return _number(known - amount)
    op: gast.AST = gast.Sub() if amount > 0 else gast.Add()
    return gast.BinOp(left=tree, op=op, right=_number(abs(amount)))


def _bounds(call: gast.Call) -> tuple[gast.AST, gast.AST, gast.AST]:
    args = list(call.args)
    if len(args) == 1:
        return _number(0), args[0], _number(1)
    return args[0], args[1], args[2] if len(args) > 2 else _number(1)


def _reversed(iterable: gast.Call) -> gast.AST:
    """The range backwards: in closed form where the step is 1 or -1.

    `range(b - 1, a - 1, -1)` is empty exactly where `range(a, b)` is.
    """
    start, stop, step = _bounds(iterable)
    if _constant(step) == 1:
        return _call("range", [_minus(stop, 1), _minus(start, 1), _number(-1)])
    if _constant(step) == -1:
        return _call("range", [_minus(stop, -1), _minus(start, -1)])
    return _call("reversed", [iterable])


def _position(iterable: gast.Call, index: str) -> gast.AST:
    """The element of a range at an index."""
    start, _, step = _bounds(iterable)
    product: gast.AST = name(index)
    if _constant(step) != 1:
        product = gast.BinOp(left=name(index), op=gast.Mult(), right=step)
    if _constant(start) == 0:
        return product
    return gast.BinOp(left=start, op=gast.Add(), right=product)


def calls_of(body: Block, facts: Facts) -> list[UserCall]:
    """The user calls in a block."""
    found = (facts.calls.get(statement) for statement in walk(body))
    return [call for call in found if isinstance(call, UserCall)]
