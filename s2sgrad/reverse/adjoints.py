"""The adjoint statements of one statement: of copies, primitives, stores and calls."""

from __future__ import annotations

from functools import cached_property

import gast
import numpy as np

from s2sgrad.infer.resolution import (
    RESIZING,
    Container,
    Copy,
    Inert,
    Primitive,
    Unresolved,
    UserCall,
)
from s2sgrad.kinds import Kind, Number, Sequence, is_number
from s2sgrad.mirror import may_copy
from s2sgrad.normalize.nodes import index_as_value
from s2sgrad.program import (
    Accumulate,
    Assign,
    Clear,
    Statement,
    Store,
)
from s2sgrad.reverse.calls import UserCalls
from s2sgrad.reverse.ranges import called, item_of
from s2sgrad.shadows import plain
from s2sgrad.simplify.expressions import as_number, subscript, tuple_of
from s2sgrad.trees import loaded, name

__all__ = ["Adjoints"]


class Adjoints(UserCalls):
    """The adjoint of a statement, by what it means."""

    def adjoint(self, statement: Assign | Store) -> list[Statement]:
        """The adjoint statements of a statement."""
        if statement in self.shadows:
            return []
        return self.into_memory(self.adjoint_of_values(statement))

    def adjoint_of_values(self, statement: Assign | Store) -> list[Statement]:
        """The adjoint statements, with derivatives as values."""
        resolution = self.facts.calls.get(statement)
        if (
            isinstance(resolution, Container)
            and any(isinstance(a, gast.Name) and a.id in self.memory for a in resolution.atoms)
            and not self.only_looks(resolution, statement)
        ):
            return (
                self.numbers_of_memory(resolution, statement)
                if isinstance(statement, Assign)
                else []
            )
        if isinstance(resolution, Container):
            return [
                *self.others_cleared(resolution, statement),
                *self.of_list(resolution, statement),
            ]
        if isinstance(statement, Store):
            return self.store(statement)
        targets = [target for target in statement.targets if target in self.active]
        if isinstance(resolution, Primitive) and resolution.rule.mutates:
            changed = [n for p in resolution.rule.mutates for n in loaded(resolution.arguments[p])]
            return [] if self.active.isdisjoint(changed) else self.rule(resolution, (), statement)
        if isinstance(resolution, UserCall):
            return self.call(resolution, statement)
        if not (isinstance(resolution, Primitive) and resolution.in_place):
            pointers = [target for target in targets if self.points(target, resolution)]
            targets = [target for target in targets if target not in pointers]
            copies = may_copy(resolution, self.aliasing.contiguous)
            if pointers and isinstance(resolution, Primitive) and copies:
                return self.unless_shared(resolution, pointers[0], statement)
        if not targets:
            return []
        cleared: list[Statement] = [Clear(self.derivative(target)) for target in targets]
        match resolution:
            case Copy(atoms=atoms):
                return self.copy(statement, atoms)
            case Primitive(in_place=True):
                if statement.targets[0] in self.memory:
                    return self.in_memory(statement, resolution)
                return self.in_place(statement, resolution)
            case Primitive():
                return [*self.rule(resolution, statement.targets, statement), *cleared]
            case Inert():
                return cleared
            case Unresolved(message=message, remedy=remedy):
                raise self.finding(statement, message, remedy)
        raise AssertionError(f"an active statement has no derivative: {resolution}")

    def of_list(self, resolution: Container, statement: Assign | Store) -> list[Statement]:
        """The adjoint of what is done with a list or a tuple."""
        if isinstance(statement, Store):
            return self.store(statement)
        if resolution.operation in RESIZING:
            return self.resized(resolution, statement)
        targets = [target for target in statement.targets if target in self.active]
        targets = [target for target in targets if not self.points(target, resolution)]
        if not targets:
            return []
        cleared = [Clear(self.derivative(target)) for target in targets]
        return [*self.container(resolution, statement), *cleared]

    def copy(self, statement: Assign, atoms: tuple[gast.AST, ...]) -> list[Statement]:
        """The adjoint of a copy. What the function returns it returns once: its derivative need not be cleared."""
        pairs = [
            (target, atom)
            for target, atom in zip(statement.targets, atoms, strict=True)
            if target in self.active and target not in self.memory and not self.owners.idle(target)
        ]
        begun = self.lists_cleared(target for target, _ in pairs)
        if len(pairs) == 1:
            ((target, atom),) = pairs
            d_target = self.derivative(target)
            if isinstance(atom, gast.Name) and atom.id == target:
                return []
            cleared = [] if target in self.aliasing.results else [Clear(d_target)]
            given = self.as_of(atom, target, name(d_target))
            return [*self.to_source(atom, given, statement), *cleared, *begun]
        taken = [(self.fresh("", self.derivative(target)), target, atom) for target, atom in pairs]
        out: list[Statement] = [
            Assign((new,), name(self.derivative(target))) for new, target, _ in taken
        ]
        once = self.aliasing.results
        out += [Clear(self.derivative(target)) for _, target, _ in taken if target not in once]
        out += begun
        for new, target, atom in taken:
            out += self.to_source(atom, self.as_of(atom, target, name(new)), statement)
        return out

    def as_of(self, atom: gast.AST, target: str, given: gast.AST) -> gast.AST:
        """What comes in for a variable, as the derivative of a number where it is an array on other paths."""
        number = target in self.arrays_elsewhere and is_number(self.facts.atom(atom))
        return as_number(given) if number else given

    @cached_property
    def arrays_elsewhere(self) -> frozenset[str]:
        """The variables that are certainly arrays on some path."""
        pairs = (
            pair
            for statement, found in self.facts.calls.items()
            if isinstance(found, Copy) and isinstance(statement, Assign)
            for pair in zip(statement.targets, found.atoms, strict=True)
        )
        kinds = ((target, self.facts.atom(atom)) for target, atom in pairs)
        return frozenset(t for t, k in kinds if isinstance(k, Number) and k.array is True)

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
        if self.is_whole(base, statement.index):
            return self.whole(statement, base, value)
        if isinstance(value, gast.Name) and value.id in self.active:
            new = self.fresh("", "d_new")
            kind = self.facts.kind(value.id, statement)
            fills = self.facts.fills(base, statement.index, value.id, statement)
            listed = self.saving.is_list(base)
            if listed or self.names_once(statement.index, statement):
                copied = listed or self.facts.copying_index(statement.index)
                given = part if copied else self.owned(part, scalar)
                if scalar is False and fills and _is_number(kind):
                    given = _element(d_base, statement.index)
            else:
                given = called("$last_written", [name(d_base), index_as_value(statement.index)])
            out.append(Assign((new,), given, origin=statement.origin))
            taken: gast.AST = name(new)
            same = scalar is True and isinstance(kind, Number) and kind.scalar
            if not listed and not same and not fills:
                taken = gast.Call(func=name("$unbroadcast"), args=[taken, value], keywords=[])
            if not listed and isinstance(kind, Sequence):
                taken = called("$split_like", [taken, value])
            out += self.emptied(base, statement.index, statement)
            out.append(Accumulate(self.derivative(value.id), taken, origin=statement.origin))
        else:
            out += self.emptied(base, statement.index, statement)
        return out

    def is_whole(self, base: str, index: gast.AST) -> bool:
        """Whether all of an array is written that has no other name: its derivative begins anew."""
        kind = self.facts.known(base)
        ellipsis = isinstance(index, gast.Constant) and index.value is Ellipsis
        array = isinstance(kind, Number) and kind.array is True
        return ellipsis and array and base not in self.memory

    def whole(self, statement: Store, base: str, value: gast.AST) -> list[Statement]:
        """`base[...] = value`: the derivative of base is that of the value."""
        d_base = self.derivative(base)
        if not isinstance(value, gast.Name) or value.id not in self.active:
            return [Clear(d_base, origin=statement.origin)]
        new = self.fresh("", "d_new")
        taken: gast.AST = name(new)
        if not self.facts.fills(base, statement.index, value.id, statement):
            taken = called("$unbroadcast", [taken, value])
        elif _is_number(self.facts.kind(value.id, statement)):
            taken = as_number(taken)
        if isinstance(self.facts.kind(value.id, statement), Sequence):
            taken = called("$split_like", [taken, value])
        return [
            Assign((new,), name(d_base), origin=statement.origin),
            Clear(d_base, origin=statement.origin),
            Accumulate(self.derivative(value.id), taken, origin=statement.origin),
        ]

    def emptied(self, base: str, index: gast.AST, statement: Store) -> list[Statement]:
        """Make a part of a derivative zero; what may be a list or an array has the structure that it had before.

        What is written for the first time was a constant before: nothing asks for its derivative any more.
        """
        if base not in self.memory and statement.operator is None and self.firsts.blank(statement):
            return []
        d_base, kind = self.derivative(base), self.facts.kinds.get(base)
        item = kind.item if isinstance(kind, Sequence) else None
        number = isinstance(item, Number) and item.scalar and item.array is False
        if not isinstance(kind, Sequence) or number:
            return [Clear(d_base, index, number, origin=statement.origin)]
        old = d_base if item is not None and _alike(item) else base
        zeros = called("$zeros_like", [item_of(old, index)])
        return [Store(name(d_base), index, zeros, origin=statement.origin)]

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


def _is_number(kind: Kind) -> bool:
    """Whether something is one number that certainly or perhaps is no array: what a part without axes gives it."""
    return isinstance(kind, Number) and kind.scalar and kind.array is not True


def _alike(item: Kind) -> bool:
    """Whether all items of a list have one structure, whatever has been stored: that of a kind without choice."""
    if isinstance(item, Sequence):
        return item.items is not None and all(map(_alike, item.items))
    if not isinstance(item, Number) or item.array is None or not isinstance(item.shape, tuple):
        return False
    return all(extent.symbol is None or extent.symbol.key is None for extent in item.shape)


def _element(base: str, index: gast.AST) -> gast.AST:
    """The element that `base[index]` is, where that is an array without axes: `base[()]` for `base[...]`."""
    if isinstance(index, gast.Constant) and index.value is Ellipsis:
        return as_number(name(base))
    return subscript(subscript(name(base), index), tuple_of([]))
