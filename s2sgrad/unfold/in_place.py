"""Augmented assignments to what has parts: `+=` changes a list, a dict, or an object whose class says so, in place."""

from __future__ import annotations

import gast

from s2sgrad.program import Assign, Block, Store, Update
from s2sgrad.trees import name
from s2sgrad.unfold.operators import method_in_place
from s2sgrad.unfold.outcomes import Outcomes
from s2sgrad.unfold.values import Fixed, Record, Value
from s2sgrad.unfold.whole import Again, UnfoldingError

__all__ = ["InPlace"]


class InPlace(Outcomes):
    """Writes augmented assignments."""

    def note_augmented(self, statements: Block) -> None:
        """Note which values are those of `base[index] op= value`, `base.name op= value`."""
        self.augmented |= {
            statement.value.id
            for statement in statements
            if isinstance(statement, Store)
            and statement.operator is not None
            and isinstance(statement.value, gast.Name)
        }

    def changed_in_place(self, record: Record, method: str, operand: Value) -> Value:
        """What an operator gives that changes something in place, which is written here."""
        if record.kind in {list, dict, set}:
            if method.startswith("__"):
                self.give_up([record, operand])
            self.of_container(record, record.kind, method, [operand], {})
            return record
        begun = len(self.out)
        found = self.into(self.method(record, method, [operand]))
        if self.declined(found, begun):
            raise UnfoldingError
        return found

    def augmented_value(self, target: str, value: gast.AST) -> Value | None:
        """What `base[index] op= value` stores, if that is changed in place; None if not."""
        if target not in self.augmented or not isinstance(value, gast.BinOp):
            return None
        record = self.atom(value.left)
        if isinstance(record, Fixed) and method_in_place(type(record.object), value.op):
            raise UnfoldingError
        method = method_in_place(record.kind, value.op) if isinstance(record, Record) else None
        if method is None or not isinstance(record, Record):
            return None
        return self.changed_in_place(record, method, self.atom(value.right))

    def update(self, statement: Update, target: str, operator: gast.AST, value: gast.AST) -> None:
        """`target op= value`."""
        known = self.known.get(target)
        if isinstance(known, Record) and target not in self.whole.solid:
            method = method_in_place(known.kind, operator)
            if method is None and target not in self.whole.in_place:
                sum_ = gast.BinOp(left=name(target), op=operator, right=value)
                self.single(Assign((target,), sum_, origin=statement.origin), target, sum_)
                return
            if method is not None and self.found_in_place(known, target, method, value):
                self.changed = True
                return
        if target in self.known:
            self.solidify(target)
        self.ordinary.add(target)
        self.lists_change()
        self.add(Update(target, operator, self.with_whole_atoms(value), origin=statement.origin))

    def found_in_place(self, known: Record, target: str, method: str, value: gast.AST) -> bool:
        """Change what a name stands for; whether it stands for that afterwards."""
        if target not in self.whole.in_place:
            self.whole.in_place.add(target)
            raise Again
        return self.changed_in_place(known, method, self.atom(value)) is known

    def single(self, statement: Assign, target: str, value: gast.AST) -> None:
        """`target = primitive`."""
        raise NotImplementedError
