"""Undoing what changes a list: what was appended is popped, what was taken out is put back where it was."""

from __future__ import annotations

import gast

from s2sgrad.infer.resolution import RESIZING, Container
from s2sgrad.program import Assign, For, Statement
from s2sgrad.reverse.ranges import called, integer, less, value_of
from s2sgrad.reverse.state import State
from s2sgrad.simplify.expressions import add, binary, call, method, one_or_all, sub
from s2sgrad.trees import loaded, name

__all__ = ["ListUndoing", "inserted_at", "put_back"]


class ListUndoing(State):
    """What is put back before the adjoint of a statement that changes a list."""

    def list_put_back(self, statement: Statement, resolution: Container) -> list[Statement]:
        """What undoes a change of a list, other than a store."""
        if resolution.operation not in RESIZING:
            return []
        base, *others = resolution.atoms
        assert isinstance(base, gast.Name)  # noqa: S101
        if base.id not in self.facts.kinds:  # not the function's own: an effect, which stays
            return []
        if resolution.operation == "extend" and any(
            self.owners.may_be_one(base.id, items) for items in loaded(others[0])
        ):
            raise self.finding(
                statement,
                "this may extend a list by itself, which isn't differentiated",
                "Extend it by a copy: values.extend(list(values)).",
            )
        out: list[Statement] = []
        number = self.places.number[statement]
        needed = {
            "pop": [*getattr(statement, "targets", ()), *(n for a in others for n in loaded(a))],
            "insert": loaded(others[0]) if others else (),
            "extend": [n for atom in others for n in loaded(atom)],
        }
        for read in needed.get(resolution.operation, ()):
            self.saving.demand(read, statement, number, out)
        self.saving.demand(base.id, statement, number, out)
        if resolution.operation == "pop" and self.pops_first(base.id):
            return out
        return [*out, self.undone_change(resolution, statement)]

    def pops_first(self, base: str) -> bool:
        """Whether what was popped goes back after its derivative does, which may begin there as long as the list is."""
        return base in self.active and self.owners.lazy(base)

    def undone_change(self, resolution: Container, statement: Statement) -> Statement:
        """What undoes a change of a list."""
        base, *others = resolution.atoms
        assert isinstance(base, gast.Name)  # noqa: S101
        undo: Statement
        match resolution.operation:
            case "append":
                undo = self.changing(method(base, "pop"))
            case "insert":
                undo = self.changing(method(base, "pop", inserted_at(others[0], base)))
            case "reverse":
                undo = self.changing(method(base, "reverse"))
            case "extend":
                trips = called("$range", [called("$len", others)])
                undo = For(self.fresh("", "_"), trips, (self.changing(method(base, "pop")),))
            case _:
                assert isinstance(statement, Assign)  # noqa: S101
                item = one_or_all([name(target) for target in statement.targets])
                undo = self.changing(put_back(base, others, item))
        self.may_stay(undo, statement, base.id)
        return undo

    def changing(self, change: gast.AST) -> Statement:
        """A call that changes a list."""
        return Assign((self.fresh("", "_"),), change)

    def may_stay(self, undo: Statement, statement: Statement, base: str) -> None:
        """Note what undoes a statement that changes a list: where nobody reads what it was before, it isn't needed.

        A derivative that is memory changes as its list does, and is read in the end.
        """
        if base not in self.values and not self.owners.lazy(base):
            self.undone.parts[undo] = statement, base
        elif self.outermost and self.undone.outside(base):
            raise self.finding(
                statement,
                "this changes a list of the module under another name",
                "Change it by the name that it has in the module.",
            )


def put_back(base: gast.Name, index: list[gast.AST], item: gast.AST) -> gast.AST:
    """What puts an item back where it was popped from: at the end if there was no index."""
    if not index:
        return method(base, "append", item)
    return method(base, "insert", taken_from(index[0], base), item)


def taken_from(index: gast.AST, base: gast.AST) -> gast.AST:
    """Where an item was that was popped from a list, which has one item less now."""
    if isinstance(index, gast.Constant):
        return index
    return binary(index, gast.Mod(), add(call("$len", base), integer(1)))


def inserted_at(index: gast.AST, base: gast.AST) -> gast.AST:
    """Where an item is that was inserted into a list: not before its begin, nor behind its end."""
    place = value_of(index)
    if place == 0:
        return index
    if place is not None and place < 0:
        return called("$max", [less(called("$len", [base]), 1 - place), integer(0)])
    return call("$min", index, sub(call("$len", base), integer(1)))
