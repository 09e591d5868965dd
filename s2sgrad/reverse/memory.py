"""Derivatives that are memory: contributions are added in place, what is overwritten is taken out and cleared."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

import gast

from s2sgrad.adjoint import adjoint
from s2sgrad.extents import Extent
from s2sgrad.flow import bound, read
from s2sgrad.infer.resolution import Container, Copy, Primitive, Resolution
from s2sgrad.kinds import Number, Sequence
from s2sgrad.mirror import is_pointer
from s2sgrad.program import WHOLE, Accumulate, Assign, Clear, For, If, Return, Statement, Store
from s2sgrad.reverse.chosen import Chosen, chosen, only_where_taken
from s2sgrad.reverse.lists import Lists
from s2sgrad.reverse.ranges import called, item_of
from s2sgrad.shadows import plain
from s2sgrad.simplify.expressions import call, subscript, tuple_of
from s2sgrad.simplify.statements import with_reads
from s2sgrad.trees import name
from s2sgrad.zeros import fresh_value

__all__ = ["Memory"]


class Memory(Lists):
    """What is different where names share the memory of a derivative."""

    def points(self, target: str, resolution: Resolution | None) -> bool:
        """Whether a name of memory is given a pointer: its derivative is there already, under another name."""
        if target not in self.memory:
            return False
        return isinstance(resolution, Copy | Container) or is_pointer(resolution, self.facts)

    def only_looks(self, resolution: Container, statement: Assign | Store) -> bool:
        """Whether a list or a tuple has a derivative that is a value, though those of arrays in it are memory."""
        return resolution.operation == "display" and self.memory.isdisjoint(bound(statement))

    def numbers_of_memory(self, resolution: Container, statement: Assign) -> list[Statement]:
        """The adjoint of what takes numbers out of memory: `a, b = x`."""
        numbers = [t for t in statement.targets if t in self.active and t not in self.memory]
        if resolution.operation != "unpack" or not numbers:
            return []
        return [
            *self.unpacked(resolution, statement),
            *(Clear(self.derivative(t)) for t in numbers),
        ]

    def unless_shared(
        self, resolution: Primitive, target: str, statement: Assign
    ) -> list[Statement]:
        """The adjoint of a view for the case that it is a copy."""
        base = next(iter(resolution.arguments.values()))
        assert isinstance(base, gast.Name)  # noqa: S101
        d_target, d_base = name(self.derivative(target)), name(self.derivative(base.id))
        shared = call("$np.may_share_memory", d_target, d_base)
        made = self.into_memory(self.rule(resolution, statement.targets, statement))
        return [If(gast.UnaryOp(op=gast.Not(), operand=shared), tuple(made), ())]

    def into_memory(self, statements: list[Statement]) -> list[Statement]:
        """Adjoint statements with whole contributions to memory added in place.

        The derivative of an array that was just made isn't cleared: each time it is made it has another one.
        """
        out: list[Statement] = []
        for statement in statements:
            match statement:
                case Accumulate(target=target, index=None) if target in self.values:
                    out += self.into(statement, self.values[target])
                case Clear(target=target, index=None) if target in self.values:
                    pass
                case _:
                    out.append(statement)
        return out

    def rule(
        self,
        resolution: Primitive,
        targets: tuple[str, ...],
        statement: Statement,
        results: tuple[str, ...] = (),
    ) -> list[Statement]:
        made = adjoint(
            resolution,
            targets,
            self.derivative,
            self.fresh,
            self.is_active,
            self.facts,
            statement,
            statement.origin,
            results,
            self.fitted.get(targets[0]) if targets else None,
        )
        if len(targets) != 1 or resolution.rule.kind != "elementwise":
            return list(made)
        return only_where_taken(
            made, resolution, self.derivative, self.chosen, targets[0], self.facts
        )

    @cached_property
    def chosen(self) -> Chosen:
        """Of values that are computed for a place in a `np.where` only, where they are taken."""
        returned = (n for s in self.body if isinstance(s, Return) for n in read(s))
        written = self.aliasing.written
        return chosen(self.facts, self.places, self.variables, written, frozenset(returned))

    @cached_property
    def fitted(self) -> dict[str, tuple[Extent, ...]]:
        """Of values that are stored where they are made, and fill the part that they go into, the shape of that."""
        found: dict[str, tuple[Extent, ...]] = {}
        for store in self.places.number:
            match store:
                case Store(
                    base=gast.Name(id=base), index=gast.AST() as index, value=gast.Name(id=value)
                ):
                    made, part = self.places.definition.get(value), self.facts.stored.get(store)
                    if (
                        made is not None
                        and value not in self.variables
                        and self.places.block.get(made) == self.places.block[store]
                        and isinstance(part, Number)
                        and isinstance(part.shape, tuple)
                        and self.facts.fills(base, index, value, store)
                    ):
                        found[value] = part.shape
        return found

    def into(self, statement: Accumulate, value: str) -> list[Statement]:
        """A contribution to an array, or one to each array of a list."""
        kind = self.facts.kinds.get(value)
        if not isinstance(kind, Sequence):
            return [replace(statement, index=WHOLE)]
        parts, part, index = self.fresh("", "parts"), self.fresh("d_", "item"), self.fresh("", "k")
        self.items[part] = value
        at = item_of(parts, name(index))
        items = item_of(statement.target, name(index))
        inner: list[Statement] = [Accumulate(part, at, WHOLE, origin=statement.origin)]
        if isinstance(kind.item, Sequence):
            raise TypeError(kind)
        trips = called("$range", [called("$len", [name(parts)])])
        return [
            Assign((parts,), statement.value, origin=statement.origin),
            For(index, trips, (Assign((part,), items), *inner), origin=statement.origin),
        ]

    def in_memory(self, statement: Assign, resolution: Primitive) -> list[Statement]:
        """`x += v` where other names may see it: the result is computed again from the old value of x."""
        (target,) = statement.targets
        d_target = self.derivative(target)
        value = plain(statement.value)
        assert value is not None  # noqa: S101
        old = next(iter(resolution.arguments.values()))
        result = self.fresh("", target)
        out: list[Statement] = [Assign((result,), value)]
        made = self.rule(resolution, statement.targets, statement, (result,))
        passed = [s for s in made if self.passes(s, old, d_target)][:1]  # once only, of `x += x`
        others = [s for s in made if s not in passed]
        kind = self.facts.kinds.get(target)
        number = isinstance(kind, Number) and kind.ndim == 0  # which its derivative is an array for
        fresh = all(isinstance(s, Accumulate) and fresh_value(s.value) for s in others)
        if passed and fresh and not number:
            return [*out, *others]  # the derivative of the new value is that of the old one
        new = self.fresh("", "d_new")
        value = (
            subscript(name(d_target), tuple_of([]))
            if number
            else self.owned(name(d_target), scalar=False)
        )
        out.append(Assign((new,), value, origin=statement.origin))
        if not passed:
            out.append(Clear(d_target, WHOLE))
        return [*out, *(with_reads(s, {d_target: name(new)}) for s in (others if passed else made))]

    def passes(self, statement: Statement, old: object, d_target: str) -> bool:
        """Whether a contribution hands the derivative of the new value to the old one as it is."""
        return (
            isinstance(statement, Accumulate)
            and statement.index is None
            and isinstance(old, gast.Name)
            and statement.target == self.derivative(old.id)
            and isinstance(statement.value, gast.Name)
            and statement.value.id == d_target
        )
