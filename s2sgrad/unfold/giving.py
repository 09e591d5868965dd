"""What names are given: values with parts, which get names of their own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import gast

from s2sgrad.flow import bound, read
from s2sgrad.program import Assign, For, Statement, walk
from s2sgrad.trees import loaded, name
from s2sgrad.unfold.frame import Frame
from s2sgrad.unfold.outliving import names_in, read_later, records_in
from s2sgrad.unfold.values import (
    Bound,
    Choice,
    Columns,
    Mapped,
    Pairs,
    Plain,
    Record,
    Super,
    Value,
    View,
    alike,
    is_constant,
    is_said,
)
from s2sgrad.unfold.whole import Again

__all__ = ["Giving"]


class Giving(Frame):
    """Gives names values."""

    def give(self, target: str, value: Value) -> None:
        """Let a name stand for a value."""
        if isinstance(value, Plain):
            self.assign((target,), value.atom)
            if self.binds[target] == 1 and is_constant(value.atom):
                self.literals[target] = value.atom
            if (
                target not in self.whole.solid
                and self.binds[target] == 1
                and self.stays(target, value.atom)
            ):
                self.known[target] = value
            return
        if target in self.whole.solid:
            raise Again
        value = self.as_it_is_now(target, value)
        if isinstance(value, Record) and value is self.known.get(target):
            return
        again = self.again(target, value)
        if again != target:
            self.known[target] = (
                self.held_in_trips(again, value) if isinstance(value, Record) else value
            )
            return
        if isinstance(value, Mapped | Pairs) and self.binds[target] != 1:
            self.solidify(value.root if isinstance(value, Mapped) else value.mapped.root)
        if isinstance(value, Columns):
            value = self.given_columns(target, value)
        if target in self.ordinary:
            self.solidify(target)
        old = self.known.get(target)
        if isinstance(value, Record):
            value = self.held_in_trips(target, value)
        if old is not None and not alike(old, value):
            self.solidify(target)
        self.known[target] = value

    def as_it_is_now(self, target: str, value: Value) -> Value:
        """A value of which no name is bound again while the target is read."""
        if isinstance(value, Super) and target in self.made:
            return value  # that of a call, which is next
        if isinstance(value, Bound) and target in self.made and self.is_given_next(target):
            return value
        if isinstance(value, View):
            if self.binds[target] == 1 and self.is_its_own(value.record):
                return value
            if not self.is_only_looped_over(target, value.record):
                self.solidify(value.record.root)
            return value.now()
        if isinstance(value, Record) and not value.root:
            for key, part in value.parts.items():
                if isinstance(part, Choice):
                    value.parts[key] = self.as_it_is_now(f"{target}_{key}", part)
        if not all(map(self.is_its_own, read_later(value))):
            self.solidify(target)
        if not isinstance(value, Columns) and not all(map(self.is_settled, names_in(value))):
            if not isinstance(value, Choice):
                self.solidify(target)
            return self.chosen_now(target, value)
        return value

    def is_given_next(self, target: str) -> bool:
        """Whether a name is given to the call that comes next, and read nowhere else: nothing happens between."""
        match self.coming[-1][:1] if self.coming else ():
            case (Assign(value=gast.Call() as call) as following,) if target in loaded(call):
                rest = (s for block in self.coming for s in walk(block))
                return all(target not in read(s) for s in rest if s is not following)
        return False

    def is_only_looped_over(self, target: str, record: Record) -> bool:
        """Whether what comes next is a loop over what a name shows of a record, and the loop leaves that alone."""
        match self.coming[-1][:1] if self.coming else ():
            case (For(iterable=gast.Name(id=over), body=body),) if over == target:
                inside = {n for s in walk(body) for n in (*bound(s), *read(s))}
                names = {n for n, value in self.known.items() if value is record}
                return inside.isdisjoint({*names, record.root})
        return False

    def is_its_own(self, record: Record) -> bool:
        """Whether the names in a record are those of what it is now, wherever something is read that is bound here."""
        return self.binds[record.root] <= 1 and self.lasts(record.place)

    def chosen_now(self, target: str, value: Value) -> Value:
        """One of several functions, as what it is now."""
        raise NotImplementedError

    def given_columns(self, target: str, value: Columns) -> Columns:
        """A list of objects under a name."""
        raise NotImplementedError

    def stays(self, target: str, atom: gast.AST) -> bool:
        """Whether a constant is read in the place of a name: not where the user named a number."""
        return is_constant(atom) and (is_said(atom) or target in self.made)

    def held(self, target: str, value: Record) -> Record:
        """A record under a name: the same one, or a copy of it where the old name may get another."""
        if not value.root:
            self.adopt(target, value)
            return (
                self.copied(target, value) if self.binds[target] != 1 else self.named(target, value)
            )
        if self.binds[target] == 1 and self.is_its_own(value):
            return value
        if value.root in self.whole.reshaped or target in self.whole.reshaped:
            self.solidify(target)
        self.linked |= {target, value.root}
        return self.copied(target, value)

    def adopt(self, target: str, value: Record) -> None:
        """Note that a new record, with the new ones in it, belongs to a name; others in it keep theirs."""
        value.root, value.place = target, self.place
        for key, part in value.parts.items():
            if not isinstance(part, Record):
                continue
            if not part.root:
                self.adopt(target, part)
            elif not self.is_its_own(part):
                if part.root in self.whole.reshaped:
                    self.solidify(target)
                self.linked |= {target, part.root}
                value.parts[key] = self.copied(f"{target}_{key}", part)

    def named(self, target: str, value: Record) -> Record:
        """A new record whose plain parts get names of their own."""
        for key, default in self.whole.later.get(value.root, {}).items():
            missing = value.kind is dict and key not in value.parts and target == value.root
            if missing and default is not None:
                new = self.may_get(value, key)
                self.assign((new,), default)
                self.defaulted.add(new)
        for key, part in value.parts.items():
            if isinstance(part, Plain) and key not in value.uncertain:
                value.parts[key] = self.part(target, key, part)
            elif isinstance(part, Record) and part.root == target:
                self.named(f"{target}_{key}", part)
        return value

    def may_get(self, record: Record, key: object) -> str:
        """The name for what is at a key of a dict that it may not have."""
        new = self.part_name(record.root, key)
        record.parts[key], record.uncertain[key] = Plain(name(new)), []
        return new

    def lacks(self, record: Record) -> list[object]:
        """The keys that a dict gets in branches or loops, and that it certainly doesn't have yet."""
        later = self.whole.later.get(record.root, ()) if record.kind is dict else ()
        return [key for key in later if key not in record.parts]

    def held_in_trips(self, target: str, value: Record) -> Record:
        """A record under a name; a dict that is made in a loop may have what it gets there: it may be read later."""
        record = self.held(target, value)
        if record.place == self.place and any(number % 2 for number in self.place):
            for key in self.lacks(record):
                self.may_get(record, key)
        return record

    @contextmanager
    def nested(self, kind: int) -> Iterator[list[Statement]]:
        """A block inside a loop (1) or a branch (0): what a dict has at the end of a trip it may have in the next."""
        known = list(self.known.values()) if kind and self.whole.later else []
        lacking = [(r, key) for r in dict.fromkeys(records_in(known)) for key in self.lacks(r)]
        begun = [(r, key) for r, key in lacking if (r.root, key) in self.whole.staying]
        for record, key in begun:
            self.may_get(record, key)
        with super().nested(kind) as out:
            yield out
        for record, key in begun:
            if record.uncertain.get(key) == []:
                del record.parts[key], record.uncertain[key]
        staying = {(r.root, key) for r, key in lacking if key in r.parts}
        if not staying <= self.whole.staying:
            self.whole.staying |= staying
            raise Again

    def part(self, target: str, key: object, value: Plain) -> Plain:
        """A plain part in a name of its own."""
        new = self.part_name(target, key)
        self.assign((new,), value.atom)
        atom = self.literals.get(value.atom.id) if isinstance(value.atom, gast.Name) else value.atom
        if self.binds[new] == 1 and is_constant(atom):
            self.literals[new] = atom
            if new not in self.whole.unsteady and is_said(atom):
                self.known[new] = Plain(atom)
                self.replaced.add(new)
        return Plain(name(new))

    def copied(self, target: str, value: Record) -> Record:
        """A copy of a record, with names of the target; all of it is read before any of it is written."""
        pairs: list[tuple[str, gast.AST]] = []
        made = self._copied(target, target, value, pairs)
        if len(pairs) == 1:
            self.assign((pairs[0][0],), pairs[0][1])
        elif pairs:
            atoms = gast.Tuple(elts=[atom for _, atom in pairs], ctx=gast.Load())
            self.assign(tuple(new for new, _ in pairs), atoms)
        if pairs:
            self.copies.add(self.out[-1])
        return made

    def hold_fast(self, *roots: str) -> None:
        """Let objects be as they are from here on: something was made of what they are."""
        if not self.whole.mutated.isdisjoint(roots):
            self.solidify(roots[0])
        self.rigid |= {*roots}

    def _copied(
        self, root: str, target: str, value: Record, pairs: list[tuple[str, gast.AST]]
    ) -> Record:
        if value.uncertain:
            self.solidify(value.root)
        parts: dict[object, Value] = {}
        for key, part in value.parts.items():
            if isinstance(part, Plain):
                new = self.part_name(target, key)
                atom = part.atom
                pairs.append((new, atom))
                if not isinstance(atom, gast.Name):
                    self.hold_fast(root, value.root)
                parts[key] = Plain(name(new))
            elif isinstance(part, Record):
                if part.root in self.whole.reshaped:
                    self.solidify(root)
                self.linked |= {root, part.root}
                parts[key] = self._copied(root, f"{target}_{key}", part, pairs)
            else:
                parts[key] = part
        return Record(value.kind, parts, root, self.place, within=value.within)
