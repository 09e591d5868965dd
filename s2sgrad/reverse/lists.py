"""Derivatives of lists and tuples: what is appended is popped, what is taken out is added to its item."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import gast

from s2sgrad.infer.resolution import RESIZING, Container
from s2sgrad.kinds import Number, Sequence
from s2sgrad.program import (
    Accumulate,
    Assign,
    Clear,
    For,
    Statement,
)
from s2sgrad.reverse.list_undoing import inserted_at, put_back
from s2sgrad.reverse.ranges import called, integer, item_of, less
from s2sgrad.reverse.undoing import Undoing
from s2sgrad.simplify.expressions import binary, method, one_or_all
from s2sgrad.trees import loaded, name
from s2sgrad.zeros import zeros_for

__all__ = ["AMBIGUOUS", "Lists"]

AMBIGUOUS = (
    "it isn't known whether a list is repeated or an array is multiplied here",
    "Annotate the number of times with int, or give like=.",
)
"""What is said of a product of a list and of something that may be an array."""


class Lists(Undoing):
    """The adjoints of what is done with lists and tuples."""

    def resized(self, resolution: Container, statement: Assign) -> list[Statement]:
        """The adjoint of what changes a list by more than a store."""
        base, *others = resolution.atoms
        assert isinstance(base, gast.Name)  # noqa: S101
        if base.id not in self.active:
            return []
        d_base = name(self.derivative(base.id))
        match resolution.operation:
            case "append":
                return self.taken(base.id, method(d_base, "pop"), others[0])
            case "insert":
                popped = method(d_base, "pop", inserted_at(others[0], d_base))
                return self.taken(base.id, popped, others[1])
            case "reverse":
                return [self.changing(method(d_base, "reverse"))]
            case "extend":
                return [self.extended(d_base, others[0])]
        return self.pop(resolution, statement)

    def taken(self, values: str, popped: gast.AST, item: gast.AST) -> list[Statement]:
        """What was put into a list gets what is taken out of its derivative."""
        new = self.fresh("", "d_item")
        out: list[Statement] = [Assign((new,), popped)]
        if isinstance(item, gast.Name) and item.id in self.active:
            part = self.of_item(values, name(new), item)
            out.append(Accumulate(self.derivative(item.id), part))
        return out

    def extended(self, d_base: gast.Name, items: gast.AST) -> Statement:
        """The items that a list was extended by get their derivatives, the last one first."""
        step, new = self.fresh("", "k"), self.fresh("", "d_item")
        body: list[Statement] = [Assign((new,), method(d_base, "pop"))]
        if isinstance(items, gast.Name) and items.id in self.active:
            body.append(Accumulate(self.derivative(items.id), name(new), name(step)))
        down = [less(called("$len", [items]), 1), integer(-1), integer(-1)]
        return For(step, called("$range", down), tuple(body))

    def pop(self, resolution: Container, statement: Assign) -> list[Statement]:
        """The derivative of what was popped is put back: zeros where nothing depends on it."""
        base, *index = resolution.atoms
        assert isinstance(base, gast.Name)  # noqa: S101
        item = one_or_all(
            [self.derivative_or_zeros(target) for target in statement.targets], gast.List
        )
        cleared = [Clear(self.derivative(t)) for t in statement.targets if t in self.active]
        back = put_back(name(self.derivative(base.id)), index, item)
        pushed = Assign((self.fresh("", "_"),), back, origin=statement.origin)
        undone = [self.undone_change(resolution, statement)] if self.owners.lazy(base.id) else []
        return [pushed, *undone, *cleared]

    def derivative_or_zeros(self, value: str) -> gast.AST:
        """The derivative of a value, zeros where it has none."""
        if value in self.active:
            return name(self.derivative(value))
        kind = self.facts.kinds.get(value)
        if isinstance(kind, Number) and kind.scalar and kind.array is False:
            return gast.Constant(value=0.0, kind=None)
        return zeros_for(name(value), kind)

    def others_cleared(self, resolution: Container, statement: Statement) -> list[Statement]:
        """The derivatives of names that a list has no more where it is changed, made zero."""
        if resolution.operation not in {*RESIZING, "store"}:
            return []
        (base,) = loaded(resolution.atoms[0])
        others = self.owners.done_with(base, statement)
        return [Clear(self.derivative(other)) for other in others if other in self.active]

    def lists_begun(self, owner: tuple[Statement | None, str]) -> Iterator[Statement]:
        """Zeros for the lists that are changed, where the backward half enters the block that makes them.

        Each has the length that it had in the end; what was appended since is popped on the way back. The derivative
        of one that was handed on is there already, under the name that it was handed to.
        """
        if owner[0] is None:
            for value in sorted(self.variables & self.active & self.aliasing.resized):
                if self.owners.eager(value):
                    yield self.list_begun(value)
        for value, statement in list(self.places.definition.items()):
            if (
                value in self.active
                and value not in self.memory
                and value in self.aliasing.resized
                and self.saving.is_list(value)
            ) and self.places.block[statement] == owner:
                self.only_lists(value, statement)
                if self.owners.lazy(value) or self.handed_on_in(owner, value):
                    continue
                self.saving.keep(value, owner)
                yield self.list_begun(value)

    def list_begun(self, value: str) -> Statement:
        """Zeros for the derivative of a list."""
        like = gast.Call(func=name("$zeros_like"), args=[name(value)], keywords=[])
        return Assign((self.derivative(value),), like)

    def handed_on_in(self, owner: tuple[Statement | None, str], value: str) -> bool:
        """Whether a list is handed on in the block that makes it."""
        return any(
            self.places.block[copy] == owner and self.owners.handed_on(value, copy)
            for copy in self.owners.copies.get(value, ())
        )

    def only_lists(self, value: str, statement: Statement) -> None:
        """Refuse a list that is changed, and has a name that may hold something else than a list."""
        names = self.aliasing.aliases(value) & self.variables & self.aliasing.resized
        kinds = [self.facts.kinds.get(other) for other in names & self.owners.computed_with]
        if not all(isinstance(kind, Number | Sequence) for kind in kinds):
            raise self.finding(
                statement,
                "this list is changed, and one of its names may hold something else, which isn't differentiated yet",
                "Give the list a name of its own.",
            )

    def lists_cleared(self, targets: Iterable[str]) -> list[Statement]:
        """Zeros for the derivatives of names that had lists of other lengths before, as long as these."""
        return [self.list_begun(target) for target in targets if self.owners.eager(target)]

    def to_source(self, atom: gast.AST, value: gast.AST, statement: Statement) -> list[Statement]:
        """Give the derivative of a copy to what was copied, as it is where that is a list that was handed on."""
        handed = isinstance(atom, gast.Name) and self.owners.handed_on(atom.id, statement)
        if handed and atom.id in self.active:
            return [Assign((self.derivative(atom.id),), value, origin=statement.origin)]
        return self.added(atom, value, statement)

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
                        self.of_item(target, item_of(d_target, integer(position)), atom),
                        origin=statement.origin,
                    )
                    for position, atom in enumerate(resolution.atoms)
                    if isinstance(atom, gast.Name) and atom.id in self.active
                ]
            case "element" | "slice":
                base, index = resolution.atoms
                assert isinstance(base, gast.Name)  # noqa: S101
                return [
                    Accumulate(
                        self.derivative(base.id), name(d_target), index, origin=statement.origin
                    )
                ]
            case "repeat" if all(map(self.may_be_active, resolution.atoms)):
                raise self.finding(statement, *AMBIGUOUS)
            case "repeat" if all(map(self.of_constants, resolution.atoms)):
                return []
            case "repeat" if not any(map(self.is_a_count, resolution.atoms)):
                raise self.finding(statement, *AMBIGUOUS)
            case "repeat":
                return self.repeated(resolution, d_target, statement)
            case "convert":
                return self.added(resolution.atoms[0], name(d_target), statement)
            case "concatenate":
                return self.concatenated(resolution, d_target, statement)
        raise self.finding(
            statement,
            f"this operation on a list ({resolution.operation}) carries a derivative, which isn't differentiated yet",
            "Use append, indexing, and NumPy arrays.",
        )

    def of_item(self, values: str, item: gast.AST, atom: gast.Name) -> gast.AST:
        """The derivative of an item of a list: a list for a list, also if others are arrays."""
        kinds = self.facts.kinds
        whole = kinds.get(values)
        mixed = not (isinstance(whole, Sequence) and isinstance(whole.item, Sequence))
        if mixed and isinstance(kinds.get(atom.id), Sequence):
            return called("$split_like", [item, atom])
        return item

    def repeated(
        self, resolution: Container, d_target: str, statement: Statement
    ) -> list[Statement]:
        """`values * n`: each item gets the derivatives of all that it became; the one of `[c] * n` gets their sum."""
        base = next(a for a in resolution.atoms if self.is_active_list(a))
        assert isinstance(base, gast.Name)  # noqa: S101
        made = self.places.definition.get(base.id)
        display = None if made is None else self.facts.calls.get(made)
        step = self.fresh("", "k")
        part = item_of(d_target, name(step))
        match display:
            case Container(operation="display", atoms=(gast.Name() as item,)) if (
                base.id not in self.aliasing.written
            ):
                kind = self.facts.kinds.get(item.id)
                if isinstance(kind, Number) and kind.scalar and kind.array is False:
                    return self.added(item, called("$sum", [name(d_target)]), statement)
                body = self.added(item, part, statement)
            case _:
                index = binary(name(step), gast.Mod(), called("$len", [base]))
                body = [Accumulate(self.derivative(base.id), part, index, origin=statement.origin)]
        trips = called("$range", [called("$len", [name(d_target)])])
        return [For(step, trips, tuple(body), origin=statement.origin)]

    def is_active_list(self, atom: gast.AST) -> bool:
        return (
            isinstance(atom, gast.Name) and self.is_active(atom.id) and self.saving.is_list(atom.id)
        )

    def is_a_count(self, atom: gast.AST) -> bool:
        """Whether an atom is certainly a whole number, and no array that a list is multiplied by."""
        kind = self.facts.atom(atom)
        return isinstance(kind, Number) and not kind.real and kind.array is not True

    def may_be_active(self, atom: gast.AST) -> bool:
        """Whether an atom carries a derivative."""
        return isinstance(atom, gast.Name) and self.is_active(atom.id)

    def of_constants(self, atom: gast.AST) -> bool:
        """Whether an atom is a number of times, or a list that is displayed, and stays, of what has no derivative."""
        if not isinstance(atom, gast.Name) or not self.is_active(atom.id):
            return True
        if atom.id in self.aliasing.written:
            return False
        made = self.places.definition.get(atom.id)
        display = None if made is None else self.facts.calls.get(made)
        return (
            isinstance(display, Container)
            and display.operation == "display"
            and not any(self.is_active(n) for item in display.atoms for n in loaded(item))
        )

    def unpacked(self, resolution: Container, statement: Assign) -> list[Statement]:
        """`a, b = values`: each derivative belongs to one item; what is a pointer shares that of its item."""
        (base,) = resolution.atoms
        assert isinstance(base, gast.Name)  # noqa: S101
        return [
            Accumulate(
                self.derivative(base.id),
                name(self.derivative(target)),
                integer(k),
                origin=statement.origin,
            )
            for k, target in enumerate(statement.targets)
            if target in self.active and target not in self.memory
        ]

    def concatenated(
        self, resolution: Container, d_target: str, statement: Assign
    ) -> list[Statement]:
        """`a + b` of lists: the derivative is cut where a ends."""
        left, right = resolution.atoms
        cut = called("$len", [left])
        first = gast.Slice(lower=None, upper=cut, step=None)
        second = gast.Slice(lower=cut, upper=None, step=None)
        return [
            *self.added(left, item_of(d_target, first), statement),
            *self.added(right, item_of(d_target, second), statement),
        ]
