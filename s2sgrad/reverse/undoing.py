"""Putting back what a statement overwrote: variables, parts of arrays, lists; recorded in the forward half."""

from __future__ import annotations

from functools import cached_property

import gast

from s2sgrad.adjoint import restored
from s2sgrad.infer.resolution import Container, Copy, Primitive, UserCall
from s2sgrad.kinds import Known, Sequence
from s2sgrad.program import (
    Assign,
    Restore,
    Save,
    Statement,
    Store,
)
from s2sgrad.reverse.list_undoing import ListUndoing
from s2sgrad.trees import loaded, name, whole_axis, whole_index

__all__ = ["Undoing"]

_SETS = (Known(set), Known(frozenset))


class Undoing(ListUndoing):
    """What is put back before the adjoint of a statement."""

    def changes_a_dict(self, change: Statement) -> bool:
        """Whether a statement stores something in a dict, or calls a method of one."""
        base = change.base if isinstance(change, Store) else _owner(change)
        return isinstance(base, gast.Name) and self.is_dict(base.id)

    def leaves_lists(self, change: Statement) -> bool:
        """Whether a statement changes which items a set has that is made here: lists have the ones that they had."""
        base = _owner(change)
        made = self.places.definition.get(base.id) if isinstance(base, gast.Name) else None
        match made:
            case Assign(value=gast.Call(func=gast.Name() as function)):
                return self.facts.atom(function) in _SETS
        return False

    def is_dict(self, name_: str) -> bool:
        """Whether a name certainly holds a dict."""
        kind = self.facts.kinds.get(name_)
        return isinstance(kind, Sequence) and kind.type == "dict"

    def check_changes(self, value: str, at: Statement) -> None:
        """What is read must not be changed later in a way that isn't put back, as `shuffle` and `del` do."""
        self.check_around(value, at)
        if value not in self.aliasing.written:
            return
        aliases = self.aliasing.aliases(value)
        for change, names in self.lasting_changes.items():
            if self.changes_a_dict(change) and not self.is_dict(value):
                continue  # what was read of it before is as it was
            if isinstance(self.facts.kinds.get(value), Sequence) and self.leaves_lists(change):
                continue
            if not aliases.isdisjoint(names) and self.may_follow(change, at):
                raise self.finding(
                    change,
                    "this changes an array or a list whose earlier contents the derivative needs",
                    "Change a copy of it.",
                )

    def may_follow(self, change: Statement, at: Statement) -> bool:
        """Whether one statement may run behind another; what isn't in the replay tree never runs."""
        number, loops = self.places.number, self.places.loops
        if change not in number:
            return False
        return number[change] > number[at] or not {*loops[at]}.isdisjoint(loops[change])

    def check_around(self, value: str, at: Statement) -> None:
        """What is read that isn't the function's own must not be changed later by a function that is called."""
        for change, names in self.changes_around.items():
            if value in names and self.may_follow(change, at):
                call = self.facts.calls[change]
                name_of = call.source.name if isinstance(call, UserCall) else "this call"
                raise self.finding(
                    change,
                    f"{name_of} may change what {value} is, whose earlier value the derivative needs",
                    "Copy it before it is read, or pass it as an argument.",
                )

    @cached_property
    def lasting_changes(self) -> dict[Statement, tuple[str, ...]]:
        """The writes that aren't put back, with the names of what they change."""
        writes, calls = self.aliasing.writes, self.facts.calls
        undone = Primitive | UserCall | Container
        return {s: names for s, names in writes.items() if not isinstance(calls.get(s), undone)}

    def put_back(self, statement: Assign | Store) -> list[Statement]:
        """Record what a statement overwrites; gives what puts it back."""
        out: list[Statement] = []
        if isinstance(statement, Assign) and statement not in self.same.idle:
            out += self.taken_back(statement)
            out += [
                self.saving.restored(target, statement)
                for target in statement.targets
                if target in self.variables
            ]
        resolution = self.facts.calls.get(statement)
        if isinstance(resolution, Container):
            out += self.list_put_back(statement, resolution)
        stored = isinstance(resolution, Primitive | Container)
        if isinstance(statement, Store) and isinstance(statement.index, gast.AST) and stored:
            out += self.store_put_back(statement, statement.index)
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
                self.index_demanded(index, statement, out)
                self.saving.demand(changed.id, statement, self.places.number[statement], out)
                out += self.restored_part(statement, changed, index)
        return out

    def index_demanded(self, index: gast.AST, at: Statement, out: list[Statement]) -> None:
        """Make an index readable before what was written there is put back: `x[x > 0] = v` has changed the x of it."""
        for read in loaded(index):
            self.saving.demand(read, at, self.places.end[at], out)

    def store_put_back(self, statement: Store, index: gast.AST) -> list[Statement]:
        """What undoes a store."""
        assert isinstance(statement.base, gast.Name)  # noqa: S101
        blank = self.firsts.blank(statement)
        if blank is not None and blank.value is None:
            return []
        out: list[Statement] = []
        self.index_demanded(index, statement, out)
        self.saving.demand(statement.base.id, statement, self.places.number[statement], out)
        if blank is None:
            return out + self.restored_part(statement, statement.base, index)
        undo = Store(statement.base, index, gast.Constant(value=blank.value, kind=None))
        self.undone.parts[undo] = statement, statement.base.id
        return [*out, undo]

    def taken_back(self, statement: Assign) -> list[Statement]:
        """After `u = y`, u gives the y into which something was written, if u is put back: no record is needed."""
        match self.facts.calls.get(statement):
            case Copy(atoms=(gast.Name(id=value),)) if statement.targets[0] in self.variables:
                written = value in self.aliasing.written and value not in self.variables
                if (
                    written
                    and not self.saving.is_list(value)
                    and self.saving.asks(value, statement)
                ):
                    self.saving.frames[-1].there.add(value)
                    return [Assign((value,), name(statement.targets[0]), origin=statement.origin)]
        return []

    def restored_part(
        self, statement: Statement, base: gast.Name, index: gast.AST
    ) -> list[Statement]:
        """Record the part of an array that a statement overwrites."""
        listed = self.saving.is_list(base.id)
        whole = not listed and (whole_axis(index) or whole_index(index))
        part = base if whole else gast.Subscript(value=base, slice=index, ctx=gast.Load())
        kept = part if listed else self.owned(part, self.facts.item_is_scalar(base.id, index))
        place = self.first_step(statement)
        if self.places.loops[statement]:
            stack = self.saving.stack(base.id, statement)
            self.saving.before.setdefault(place, []).append(Save(stack, (kept,)))
            target = gast.Subscript(value=base, slice=index, ctx=gast.Store())
            undo: Statement = Restore(stack, (target,))
        else:
            old = self.fresh("old_", base.id)
            self.saving.before.setdefault(place, []).append(Assign((old,), kept))
            undo = Store(base, index, name(old))
        if listed:
            self.may_stay(undo, statement, base.id)
        else:
            self.undone.parts[undo] = statement, base.id
        return [undo]

    def first_step(self, statement: Statement) -> Statement:
        """The statement that an augmented store begins with: `old = base[index]`, the others being two more.

        The store itself where something else changes the part between them, or where it isn't known yet which it is.
        """
        match statement:
            case Store(operator=gast.operator(), value=gast.Name(id=value)):
                new = self.places.definition.get(value)
            case _:
                return statement
        match new:
            case Assign(value=gast.BinOp(left=gast.Name(id=old))):
                first = self.places.definition.get(old, statement)
            case _:
                return statement
        number = self.places.number
        changed = any(  # by what is called for the value
            number[first] < number[other] < number[statement]
            and not self.written(other).isdisjoint(self.written(statement))
            for other in self.aliasing.writes
            if other in number  # what never runs isn't there any more
        )
        index = statement.index if isinstance(statement.index, gast.AST) else None
        made = (self.places.definition.get(n) for n in (() if index is None else loaded(index)))
        late = any(number[first] < number[each] for each in made if each in number)
        return statement if changed or late else first


def _owner(change: Statement) -> gast.AST | None:
    """What a statement calls a method of, if it does nothing else."""
    value = change.value if isinstance(change, Assign) else None
    func = value.func if isinstance(value, gast.Call) else None
    return func.value if isinstance(func, gast.Attribute) else None
