"""Parts of dicts that only a run can choose: those of a key that isn't known, and the key of the largest."""

from __future__ import annotations

from collections.abc import Callable

import gast

from s2sgrad.program import Assign, Effect, If, Store
from s2sgrad.trees import name
from s2sgrad.unfold.columns import InColumns
from s2sgrad.unfold.values import Plain, Record, Value, literal_key

__all__ = ["Choosing"]


class Choosing(InColumns):
    """Writes choices."""

    def chosen(self, record: Record, index: gast.AST) -> Value | None:
        """`record[index]`: each key is asked for; None where that can't be written."""
        parts = self.choice(record, index)
        if parts is None:
            return None
        new = self.temporary()
        self.binds[new] += len(parts)

        def given(part: Plain) -> None:
            self.add(Assign((new,), part.atom, origin=self.origin))

        self.among(self.with_whole_atoms(index), list(parts.items()), given)
        self.ordinary.add(new)
        return Plain(name(new))

    def stored_somewhere(self, record: Record, statement: Store) -> bool:
        """Write `record[index] = value`: one of the parts is given the value; whether that can be written."""
        assert not isinstance(statement.index, str)  # noqa: S101
        value = self.atom(statement.value)
        parts = self.choice(record, statement.index)
        if parts is None or not isinstance(value, Plain) or record.root in self.whole.solid:
            return False
        self.mutate(record)
        named = [p.atom for p in parts.values() if isinstance(p.atom, gast.Name)]
        if len(named) < len(parts) or any(n.id not in self.part_names.values() for n in named):
            return False
        operand = None if statement.operator is None else self.operand_of(statement)

        def stored(part: Plain) -> None:
            new = value.atom
            if operand is not None:
                new = self.updated_by(statement.operator, operand, part.atom)
            self.bound_again(part.atom.id)
            self.binds[part.atom.id] += 1
            self.literals.pop(part.atom.id, None)
            self.assign((part.atom.id,), new)

        self.among(self.with_whole_atoms(statement.index), list(parts.items()), stored)
        return True

    def choice(self, record: Record, index: gast.AST) -> dict[object, Plain] | None:
        """The parts that an index may mean, which is asserted; None where they can't be told apart."""
        parts = {key: part for key, part in record.parts.items() if isinstance(part, Plain)}
        if not isinstance(index, gast.Name) or not parts or record.uncertain:
            return None
        if record.given is not None and not record.given.settled:
            return None
        keys = list(parts)
        if len(parts) < len(record.parts) or len(keys) > MOST:
            return None
        if self.keys_of.get(index.id) != keys:
            known = gast.Tuple(elts=[literal_key(key) for key in keys], ctx=gast.Load())
            test = gast.Compare(left=index, ops=[gast.In()], comparators=[known])
            self.add(Effect(gast.Assert(test=test, msg=None), origin=self.origin))
        return parts

    def among(
        self,
        index: gast.AST,
        parts: list[tuple[object, Plain]],
        write: Callable[[Plain], None],
    ) -> None:
        """Write something for the part whose key index is."""
        (key, part), *others = parts
        if not others:
            write(part)
            return
        test = gast.Compare(left=index, ops=[gast.Eq()], comparators=[literal_key(key)])
        is_it = self.into(test)
        assert isinstance(is_it, Plain)  # noqa: S101
        with self.nested(0) as body:
            write(part)
        with self.nested(0) as orelse:
            self.among(index, others, write)
        self.add(If(is_it.atom, tuple(body), tuple(orelse), origin=self.origin))

    def best_key(self, record: Record, *, largest: bool) -> Value | None:
        """`max(record, key=record.get)`: the first key of what is largest (or smallest)."""
        keys = list(record.keys_in_order().parts)
        atoms = [part.atom for part in record.parts.values() if isinstance(part, Plain)]
        if not keys or len(atoms) < len(keys) or len(keys) > MOST:
            return None
        self.changed = True
        best, value = self.temporary(), self.temporary()
        for new in (best, value):
            self.binds[new] += len(keys)
            self.ordinary.add(new)
        self.add(Assign((best,), literal_key(keys[0]), origin=self.origin))
        self.add(Assign((value,), atoms[0], origin=self.origin))
        for key, atom in zip(keys[1:], atoms[1:], strict=True):
            order = gast.Gt() if largest else gast.Lt()
            better = self.into(gast.Compare(left=atom, ops=[order], comparators=[name(value)]))
            assert isinstance(better, Plain)  # noqa: S101
            with self.nested(0) as body:
                self.add(Assign((best,), literal_key(key), origin=self.origin))
                self.add(Assign((value,), atom, origin=self.origin))
            self.add(If(better.atom, tuple(body), (), origin=self.origin))
        self.keys_of[best] = keys
        return Plain(name(best))


MOST = 16
"""How many keys are asked for one after the other."""
