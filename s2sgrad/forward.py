"""Forward mode: the program with the tangent of each active statement beside it; nothing is saved.

Receives a function after infer, aliasing and activity, with its jumps where they stand. Gives the same
statements, the Return left out, and after each one that has a tangent what computes it. The tangents of arrays
and lists are shadows of the same structure: `c = a` is repeated as `d_c = d_a`, `v = a[1:]` as `d_v = d_a[1:]`,
so that two tangents share memory where the values do. Where a value is fresh while the expression of its
tangent isn't, and one of the two may be written into, the tangent is copied.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import gast

from s2sgrad.flow import read
from s2sgrad.forward_shadows import Shadowed
from s2sgrad.infer.resolution import Container, Copy, Primitive, Unresolved, UserCall
from s2sgrad.kinds import NONE, Number, Sequence, is_number
from s2sgrad.layout import zeros_laid_out
from s2sgrad.program import Assign, Block, For, If, Return, Statement, Store, While
from s2sgrad.reverse import CallMade
from s2sgrad.shadows import InPlace, plain
from s2sgrad.simplify.expressions import call, one_or_all, subscript, tuple_of
from s2sgrad.tangent import NoTangentError, Tangents, zeros
from s2sgrad.trees import loaded, name, nodes

__all__ = ["Forward"]


@dataclass(eq=False)
class Forward(Shadowed):
    """The tangents of one function."""

    def run(self) -> Block:
        """The body with its tangents; the Return isn't in it."""
        return self.block(tuple(s for s in self.body if not isinstance(s, Return)))

    def block(self, block: Block) -> Block:
        """Statements, each with its tangent."""
        return tuple(new for statement in block for new in self.statement(statement))

    def statement(self, statement: Statement) -> list[Statement]:
        """A statement with its tangent."""
        match statement:
            case If(body=body, orelse=orelse):
                return [replace(statement, body=self.block(body), orelse=self.block(orelse))]
            case While(head=head, body=body):
                return [replace(statement, head=self.block(head), body=self.block(body))]
            case For():
                return [self.loop(statement)]
            case Assign():
                return self.assign(statement)
            case Store():
                return self.store(statement)
        return [statement]

    # ---- loops ------------------------------------------------------------------------------------

    def loop(self, loop: For) -> Statement:
        """A loop; its header stays where what it hides isn't read by a tangent."""
        if loop.header is None:
            return replace(loop, body=self.block(loop.body))
        count = loop.header.bindings
        bindings, rest = loop.body[:count], self.block(loop.body[count:])
        made = [self.statement(binding) for binding in bindings]
        tangents = [new for news in made for new in news[1:]]
        hidden = {loop.target, *(target for binding in bindings for target in _bound(binding))}
        printed = {n.id for n in nodes(loop.header.target) if isinstance(n, gast.Name)}
        kept = all(news[0] is binding for news, binding in zip(made, bindings, strict=True))
        needed = {n for new in tangents for n in read(new)}
        if (
            kept
            and needed.isdisjoint(hidden - printed)
            and needed.isdisjoint(self.variables & hidden)
        ):
            return replace(loop, body=(*bindings, *tangents, *rest))
        body = tuple(new for news in made for new in news)
        return replace(loop, body=(*body, *rest), header=None)

    # ---- assignments ------------------------------------------------------------------------------

    def assign(self, statement: Assign) -> list[Statement]:
        """An Assign with its tangent."""
        resolution = self.facts.calls.get(statement)
        if isinstance(resolution, Primitive) and not resolution.in_place:
            statement = self.rebinding(statement)
        if isinstance(resolution, Container) and self.changes(resolution):
            return [statement, self.mirror(statement, resolution)]
        if isinstance(resolution, Primitive) and resolution.rule.mutates:
            return self.mutation(statement, resolution)
        if not any(target in self.active for target in statement.targets):
            if isinstance(resolution, UserCall) and self.writes_into(resolution):
                return self.call(statement, resolution)
            return [statement]
        match resolution:
            case Copy(atoms=atoms):
                return [statement, self.copy(statement, atoms)]
            case Primitive(in_place=True):
                return self.in_place(statement, resolution)
            case Primitive():
                return self.primitive(statement, resolution)
            case UserCall():
                return self.call(statement, resolution)
            case Container():
                return [statement, self.mirror(statement, resolution)]
            case Unresolved(message=message, remedy=remedy):
                raise self.finding(statement, message, remedy)
        return [statement, *(self.zero(target, statement) for target in statement.targets)]

    def rebinding(self, statement: Assign) -> Assign:
        """`x += v` of something that may be an array, but isn't known to be one, as `x = x + v`.

        So that the tangent, and whoever reads x later, sees what x was.
        """
        value = plain(statement.value)
        kind = self.facts.kinds.get(statement.targets[0])
        if value is None or (isinstance(kind, Number) and kind.scalar and kind.array is False):
            return statement
        return replace(statement, value=value)

    def laid_out(self, target: str, value: gast.AST, statement: Statement) -> list[Statement]:
        """The tangent of something new; it lies in memory as that does, where that matters."""
        tangent, origin = self.derivative(target), statement.origin
        if target not in self.aliasing.laid_out:
            return [Assign((tangent,), value, origin=origin)]
        changed, whole = self.fresh("", tangent), gast.Constant(value=Ellipsis, kind=None)
        return [
            Assign((changed,), value, origin=origin),
            Assign((tangent,), zeros_laid_out(target, self.facts.kinds.get(target)), origin=origin),
            Store(name(tangent), whole, name(changed), origin=origin),
        ]

    def zero(self, target: str, statement: Statement) -> Statement:
        """Zeros for a target that carries a derivative later."""
        if target in self.aliasing.laid_out:
            return Assign(
                (self.derivative(target),),
                zeros_laid_out(target, self.facts.kinds.get(target)),
                origin=statement.origin,
            )
        value = zeros(name(target), self.facts, statement)
        return Assign((self.derivative(target),), value, origin=statement.origin)

    def copy(self, statement: Assign, atoms: tuple[gast.AST, ...]) -> Statement:
        """A copy of pointers, repeated on the tangents; a parallel one stays parallel."""
        pairs = [
            (self.derivative(target), self.of(atom, statement))
            for target, atom in zip(statement.targets, atoms, strict=True)
            if target in self.active
        ]
        values = [value for _, value in pairs]
        value = one_or_all(values)
        return Assign(tuple(target for target, _ in pairs), value, origin=statement.origin)

    # ---- primitives -------------------------------------------------------------------------------

    def tangents(self, statement: Assign, resolution: Primitive) -> Tangents:
        """What gives the tangents of a primitive."""
        return Tangents(
            resolution,
            statement.value,
            tuple(map(name, statement.targets)),
            self.derivative,
            lambda base: self.fresh("", base),
            lambda value: value in self.active,
            self.facts,
            statement,
            statement.origin,
        )

    def primitive(self, statement: Assign, resolution: Primitive) -> list[Statement]:
        """A primitive, then the tangents of its results."""
        tangents = self.tangents(statement, resolution)
        try:
            tangent = tangents.all()
        except NoTangentError:
            raise self.no_tangent(statement, resolution) from None
        if len(statement.targets) > 1 and len(tangent.values) == 1:
            (value,) = tangent.values
            assert value is not None  # noqa: S101
            return [
                statement,
                *tangent.shared,
                Assign(self.shadow_targets(statement), value, origin=statement.origin),
            ]
        out: list[Statement] = [statement, *tangent.shared]
        for target, value in zip(statement.targets, tangent.values, strict=True):
            if target not in self.active:
                continue
            if value is None:
                out.append(self.zero(target, statement))
                continue
            self.values[target] = value
            if resolution.rule.kind == "view":
                out.append(Assign((self.derivative(target),), value, origin=statement.origin))
            else:
                out += self.laid_out(target, self.owned(value, target, resolution), statement)
        return out

    def mutation(self, statement: Assign, resolution: Primitive) -> list[Statement]:
        """A primitive that only writes into its arguments, then the same on their shadows."""
        changed = [n for p in resolution.rule.mutates for n in loaded(resolution.arguments[p])]
        if self.active.isdisjoint(changed):
            return [statement]
        tangents = self.tangents(statement, resolution)
        tangents.results = ()
        try:
            before, after = tangents.writes()
        except NoTangentError:
            raise self.no_tangent(statement, resolution) from None
        return [*before, statement, *after]

    def no_tangent(self, statement: Statement, resolution: Primitive) -> Exception:
        rule = resolution.rule.name
        return self.finding(
            statement,
            f"{rule} has no rule for forward mode",
            f"Register one with @s2sgrad.tangent({rule}).",
        )

    def owned(self, value: gast.AST, target: str, resolution: Primitive) -> gast.AST:
        """A tangent that shares no memory with others, where one of them may be written into."""
        kind = self.facts.kinds.get(target)
        arguments = resolution.arguments.values()
        atoms = [atom for a in arguments for atom in (a if isinstance(a, tuple) else (a,))]
        itself = isinstance(value, gast.Name) and not all(
            is_number(self.facts.atom(atom)) for atom in atoms
        )
        if is_number(kind) and not itself:  # `q = +b` is a number, its tangent that of b
            return value
        names = {target, *(n for atom in atoms for n in loaded(atom))}
        fresh = _is_fresh(value) or (
            resolution.rule.tangent is None and resolution.rule.kind != "elementwise"
        )
        if fresh or self.aliasing.written.isdisjoint(names):
            return value
        return self.copied(value, target)

    def copied(self, value: gast.AST, target: str) -> gast.AST:
        """A copy of the tangent of a name."""
        kind, copied = self.facts.kinds.get(target), call("$np.copy", value)
        if isinstance(kind, Sequence):
            return call("$copied", value)
        known = isinstance(kind, Number) and kind.array is True
        return copied if known else subscript(copied, tuple_of([]))

    def in_place(self, statement: Assign, resolution: Primitive) -> list[Statement]:
        """`x += v` on an array: the same on its shadow."""
        tangents = self.tangents(statement, resolution)
        old, new = next(iter(resolution.arguments.values())), statement.targets[0]
        if not (isinstance(old, gast.Name) and old.id in self.active):
            raise self.finding(
                statement,
                "this writes into an array without a derivative",
                "Write `x = x + v` here.",
            )
        change = InPlace(tangents, self.derivative(old.id), self.derivative(new), self.fresh)
        return change.around(statement)

    # ---- calls ------------------------------------------------------------------------------------

    def call(self, statement: Assign, resolution: UserCall) -> list[Statement]:
        """A call of a user function: its tangent function gives the value and the tangent."""
        function, parameters = self.tangent_of(resolution)
        arguments = list(resolution.arguments.values())
        arguments += [
            self.of(resolution.arguments[parameter], statement) for parameter in parameters
        ]
        value = call(name(function), *arguments)
        written = [*resolution.passed(self.mutates(resolution))]
        written += [self.derivative(n) for n in written if n in self.active]
        self.calls.append(CallMade(value.func, resolution, tuple(sorted(written)), forward=True))
        if len(statement.targets) == 1:
            (target,) = statement.targets
            if target not in self.active:
                return self.inactive(statement, value)
            made, settled = self.made_by_call(statement, resolution)
            return [replace(statement, targets=(target, *made), value=value), *settled]
        whole = self.fresh("", f"out_{resolution.source.name}")
        tangent = self.derivative(whole)
        made, settled = self.made_by_call(statement, resolution)
        return [
            replace(statement, targets=(whole, tangent), value=value),
            replace(statement, value=name(whole)),
            Assign(made, name(tangent), origin=statement.origin),
            *settled,
        ]

    def made_by_call(
        self, statement: Assign, resolution: UserCall
    ) -> tuple[tuple[str, ...], list[Statement]]:
        """The names for the tangents that a call gives, and what then makes them memory as the values are."""
        made = list(self.shadow_targets(statement))
        same = self.same(resolution, statement.targets)
        out: list[Statement] = []
        for position, target in enumerate(statement.targets):
            apart = self.is_apart(target, statement, resolution)
            if target in self.aliasing.laid_out and same[position] is None:
                made[position] = self.fresh("", made[position])
                out += self.laid_out(target, name(made[position]), statement)
            elif apart:
                made[position] = self.fresh("", made[position])
                copied = self.copied(name(made[position]), target)
                out.append(Assign((self.derivative(target),), copied, origin=statement.origin))
        return tuple(made), out

    def is_apart(self, target: str, statement: Assign, resolution: UserCall) -> bool:
        """Whether a call gives new memory that may be written, while its tangent may be that of an argument."""
        kind, written = self.facts.kinds.get(target), self.aliasing.written
        if target not in self.active or self.aliasing.links.get(statement, {}).get(target):
            return False
        given = {n for atom in resolution.arguments.values() for n in loaded(atom)}
        if isinstance(kind, Sequence) and target in written - self.aliasing.resized:
            raise self.finding(
                statement,
                f"what is in the {kind.type} that {resolution.source.name} returns is written into, which isn't "
                "differentiated forward",
                "Let it return the arrays one by one, or write into copies.",
            )
        array = isinstance(kind, Number) and not (kind.scalar and kind.array is False)
        return array and not written.isdisjoint({target, *given})

    def writes_into(self, resolution: UserCall) -> bool:
        """Whether a call writes into something with a tangent."""
        return not self.active.isdisjoint(resolution.passed(self.mutates(resolution)))

    def inactive(self, statement: Assign, value: gast.AST) -> list[Statement]:
        """A call whose result has no tangent, made for what it writes into."""
        if self.facts.kinds.get(statement.targets[0]) == NONE:
            return [replace(statement, value=value)]
        (target,) = statement.targets
        return [replace(statement, targets=(target, self.fresh("d_", target)), value=value)]


def _bound(statement: Statement) -> tuple[str, ...]:
    return statement.targets if isinstance(statement, Assign) else ()


def _is_fresh(value: gast.AST) -> bool:
    """Whether an expression certainly makes something new."""
    match value:
        case gast.BinOp() | gast.UnaryOp() | gast.Constant():
            return True
        case gast.Call(
            func=gast.Attribute(value=gast.Name(id="$np"), attr="where" | "copy" | "array")
        ):
            return True
        case gast.Subscript(value=gast.Call() as base, slice=gast.Tuple(elts=[])):
            return _is_fresh(base)
    return False
