"""What is written into objects, lists and dicts with known parts."""

from __future__ import annotations

from itertools import combinations

import gast

from s2sgrad.flow import Live, bound, live_before
from s2sgrad.program import Assign, Jump, Store, Update, walk
from s2sgrad.trees import loaded, name
from s2sgrad.unfold.classes import accessor, owner_of
from s2sgrad.unfold.expressions import Expressions
from s2sgrad.unfold.outliving import records_in
from s2sgrad.unfold.values import Bound, Columns, Fixed, Plain, Record, Value, View, alike
from s2sgrad.unfold.whole import Again, UnfoldingError

__all__ = ["Records"]


class Records(Expressions):
    """Stores into what has parts."""

    def mutate(self, record: Record) -> None:
        """Note that a record gets other parts, or loses some; no copy of it may have been made."""
        if self.touched(record) and (
            record.root in self.linked or record.root not in self.whole.reshaped
        ):
            fresh = record.root not in self.whole.reshaped
            self.whole.reshaped.add(record.root)
            self.whole.mutated.add(record.root)
            if record.root in self.linked:
                if fresh:
                    raise Again
                self.solidify(record.root)

    def rewrite(self, record: Record, part: str, value: gast.AST) -> None:
        """Give a part of a record that has a name another value; no copy of it may be read later."""
        fresh = record.root not in self.whole.mutated
        self.whole.mutated.add(record.root)
        if record.root in self.rigid:
            if fresh:
                raise Again
            self.solidify(record.root)
        self.bound_again(part)
        self.binds[part] += 1
        self.known.pop(part, None)
        self.literals.pop(part, None)
        self.assign((part,), value)
        self.rewrites[self.out[-1]] = record.root

    def touched(self, record: Record) -> bool:
        """Note that a record is written into; whether anybody else may know it."""
        if record.within:
            self.solidify(record.within)
        if record.given is not None or record.root in self.linked:
            structures = list(self.given_structures(record.kind))
            if any(a.identity & b.identity for a, b in combinations(structures, 2)):
                raise UnfoldingError
            for structure in structures:
                structure.written.add(record.root)
        if not record.root:
            record.root = self.temporary()
            record.place = self.place
            self.named(record.root, record)
        if record.root.startswith("\0"):
            self.whole.rewritten.add(record.root.removeprefix("\0"))
            raise Again
        if id(record) in self.making and record.root not in self.linked:
            return False
        self.whole.written.add(record.known_by)
        if record.known_by in self.overlaid:
            self.solidify(record.root)
        return True

    def updated(self, statement: Store, old: gast.AST) -> gast.AST:
        """Write `old op= value` for an augmented store, under a name of its own, and give that."""
        read, value = self.operands_of(statement)
        changed = isinstance(old, gast.Name) and self.is_bound_behind(old.id, read)
        return self.updated_by(statement.operator, value, read if changed else old)

    def operand_of(self, statement: Store) -> gast.AST:
        """The value in `base[index] op= value`, whose `old op value` is taken out."""
        return self.operands_of(statement)[1]

    def operands_of(self, statement: Store) -> tuple[gast.AST, gast.AST]:
        """What was read before the value of an augmented store was computed, and that; `old op value` is taken out."""
        made = statement.value.id if isinstance(statement.value, gast.Name) else ""
        for earlier in reversed(self.out):
            match earlier:
                case Assign(targets=(target,), value=gast.BinOp(left=read, right=value)) if (
                    target == made
                ):
                    self.out.remove(earlier)
                    return read, value
        raise UnfoldingError

    def is_bound_behind(self, part: str, read: gast.AST) -> bool:
        """Whether the name of a part is bound behind the statement that read it: the value of `p.x += v` writes p.x."""
        for earlier in reversed(self.out):
            if isinstance(earlier, Assign) and loaded(read) == earlier.targets:
                return False
            if any(part in bound(statement) for statement in walk((earlier,))):
                return True
        return False

    def updated_by(self, operator: gast.AST, value: gast.AST, old: gast.AST) -> gast.AST:
        """Write `old op= value` under a name of its own, and give that."""
        new = self.temporary()
        self.binds[new] += 1
        self.add(Assign((new,), old, origin=self.origin))
        self.ordinary.add(new)
        self.lists_change()
        self.add(Update(new, operator, value, origin=self.origin))
        return name(new)

    def store_part(self, record: Record, key: object, value: Value) -> None:
        """`record.key = value`, `record[key] = value`."""
        found = None if record.kind in {dict, list, tuple} else accessor(record.kind, key)
        if found is not None:
            self.store_by(found, record, value)
            return
        if any(inner is record for inner in records_in(value)):
            self.solidify(record.root)  # it would lead to itself
        self.touched(record)
        old = record.parts.get(key)
        if isinstance(old, Plain) and isinstance(value, Plain) and self.is_part(old.atom):
            if key in record.uncertain and self.place not in record.uncertain[key]:
                record.uncertain[key].append(self.place)
                self.begun_at[old.atom.id] = len(self.out)
            self.rewrite(record, old.atom.id, value.atom)
            return
        self.mutate(record)
        if old is None:
            if record.place != self.place:
                self.gets_later(record, key, value)
                return
            self.new_part(record, key, value)
            return
        if key in record.uncertain:
            record.uncertain[key].append(self.place)
        if isinstance(old, Plain) and isinstance(value, Plain):
            self.solidify(record.root)
        if record.place == self.place:
            self.new_part(record, key, value)
            return
        if isinstance(old, Record) and isinstance(value, Record):
            self.overwritten(record, old, value)
            return
        self.solidify(record.root)

    def listed(self, value: gast.AST) -> gast.AST | None:
        """`list(d.values())`, and what else makes a list or a tuple of parts that have names, as a display of these."""
        match value:
            case gast.Call(func=gast.Name() as func, args=[gast.Name(id=of)], keywords=[]):
                found, made = self.known.get(of), self.atom(func)
                found = self.looked_at(found) if isinstance(found, View) else found
                kind = made.object if isinstance(made, Fixed) else None
                fits = isinstance(found, Record) and found.kind in {list, tuple}
            case gast.Call(
                func=gast.Attribute(value=gast.Name(id=of), attr="values"), args=[], keywords=[]
            ):
                found, kind = self.known.get(of), tuple
                fits = isinstance(found, Record) and found.kind is dict
            case _:
                return None
        if not fits or not isinstance(found, Record) or found.uncertain:
            return None
        if not any(kind is known for known in (list, tuple)):
            return None
        parts = found.keys_in_order().parts if found.kind is dict else found.parts
        atoms = [part.atom for part in parts.values() if isinstance(part, Plain)]
        seen_later = kind is tuple and found.kind is dict  # it is a view
        if (
            len(atoms) < len(parts)
            or not atoms
            or (seen_later and not all(map(self.is_steady, atoms)))
        ):
            return None
        self.changed = True
        display = gast.List if kind is list else gast.Tuple
        return display(elts=atoms, ctx=gast.Load())

    def is_part(self, atom: gast.AST) -> bool:
        """Whether an atom is the name of a part that is written here."""
        return isinstance(atom, gast.Name) and atom.id in self.part_names.values()

    def gets_later(self, record: Record, key: object, value: Value) -> None:
        """A dict gets a key in a branch or a loop."""
        if record.kind is not dict or not isinstance(value, Plain):
            self.solidify(record.root)
        assert isinstance(value, Plain)  # noqa: S101
        known = self.whole.later.setdefault(record.root, {})
        if key not in known:
            known[key] = None
            raise Again
        new = self.part_name(record.root, key)
        record.parts[key] = Plain(name(new))
        record.uncertain[key] = [self.place]
        self.begun_at[new] = len(self.out)
        self.assign((new,), value.atom)

    def taken_back(self, record: Record, key: object) -> Value:
        """`record.pop(key)` where a dict got the key in the same branch or the same trip: it is as it was before."""
        part = record.parts[key]
        known = (record.root, key)
        begun = self.begun_at.get(part.atom.id) if isinstance(part, Plain) else None
        here = record.uncertain[key] == [self.place] and begun is not None
        if not here or any(isinstance(s, Jump) for s in walk(tuple(self.out[begun:]))):
            self.solidify(record.root)
        if self.whole.later[record.root][key] is not None:
            self.solidify(record.root)
        self.whole.taken.add(known)
        found = self.kept(part)
        del record.parts[key], record.uncertain[key]
        return found

    def is_certain(self, record: Record, key: object) -> bool:
        """Whether a dict has a key here."""
        places = record.uncertain.get(key)
        return places is None or any(self.place[: len(p)] == p for p in places)

    def got(self, record: Record, key: object, default: Value) -> Value:
        """`record.get(key, default)` of a key that a dict may not have yet: a number stands there before."""
        if self.is_certain(record, key):
            return self.read_part(record.parts[key])
        known = self.whole.later[record.root]
        literal = default.atom if isinstance(default, Plain) else None
        if isinstance(literal, gast.Name):
            literal = self.literals.get(literal.id)
        wanted = known[key]
        if (record.root, key) in self.whole.taken:
            self.solidify(record.root)
        if type(self.constant_of(literal) if literal else None) not in {int, float}:
            self.solidify(record.root)
        if wanted is None:
            known[key] = literal
            raise Again
        part = record.parts[key]
        if not isinstance(part, Plain) or getattr(part.atom, "id", "") not in self.defaulted:
            self.solidify(record.root)
        if gast.dump(wanted) != gast.dump(literal):
            self.solidify(record.root)
        return record.parts[key]

    def store_by(self, found: object, record: Record, value: Value) -> None:
        """`record.key = value`, where the class has a property of that name."""
        setter = found.fset if isinstance(found, property) else None
        owner = owner_of(record.kind, setter)
        if setter is None or owner is None:
            self.give_up([record, value])
            raise UnfoldingError
        function = Fixed(setter, gast.Constant(value=None, kind=None))
        if self.applied(Bound(record, function, owner), [value], {}) is None:
            self.give_up([record, value])

    def overwritten(self, record: Record, old: Record, value: Record) -> None:
        """A part that has parts itself gets those of another value."""
        if not alike(old, value) or self.is_read_elsewhere(old, record):
            self.solidify(record.root)
        for inner in (*old.walk(), *value.walk()):
            self.overlaid.add(inner.known_by)
            if inner.uncertain:
                self.solidify(inner.root)
            if inner.known_by in self.whole.written:
                self.solidify(record.root)
        pairs: list[tuple[str, gast.AST]] = []

        def collect(a: Record, b: Record) -> None:
            for k, part in a.parts.items():
                other = b.parts[k]
                if isinstance(part, Record) and isinstance(other, Record):
                    collect(part, other)
                elif isinstance(part, Plain) and isinstance(other, Plain):
                    if not isinstance(part.atom, gast.Name):
                        self.solidify(record.root)
                    self.binds[part.atom.id] += 1
                    pairs.append((part.atom.id, other.atom))

        collect(old, value)
        if len(pairs) == 1:
            self.assign((pairs[0][0],), pairs[0][1])
        elif pairs:
            atoms = gast.Tuple(elts=[atom for _, atom in pairs], ctx=gast.Load())
            self.assign(tuple(n for n, _ in pairs), atoms)

    def is_read_elsewhere(self, old: Record, record: Record) -> bool:
        """Whether a part of a record may be read later under a name of its own, so that it has to stay what it is."""
        holding = {n for n, value in self.known.items() if _holds(value, old, record)}
        captured = {n for made in self.made_here.values() for n in loaded(made.tree)}
        captured.update(n for names in self.captures.values() for n in names)
        live: Live = frozenset()
        for block in self.coming:
            live = live_before(block, live)
        called = any(value is old for _, _, value in self.calling)
        return called or not holding.isdisjoint(live | captured)

    def new_part(self, record: Record, key: object, value: Value) -> None:
        """A part that there wasn't, or that has another structure from here on."""
        if isinstance(value, Plain):
            value = self.part(record.root, key, value)
        elif isinstance(value, Record) and not value.root:
            old = record.parts.get(key)
            if isinstance(old, Record) and self.is_read_elsewhere(old, record):
                self.solidify(record.root)
            value = self.held_part(record, key, value)
        elif isinstance(value, Record) and not self.is_its_own(value):
            value = self.kept_part(record, key, value)
        elif isinstance(value, Columns):
            self.call_it(value, f"{record.root}_{key}")
        else:
            value = self.held_choice(value)
        record.parts[key] = value

    def kept_part(self, record: Record, key: object, value: Record) -> Record:
        """A part that has a name which gets other values: what it is now."""
        target = self.fresh(f"{record.root}_{key}")
        if not self.whole.reshaped.isdisjoint({value.root, target}):
            self.solidify(record.root)
        self.linked |= {target, value.root}
        return self.copied(target, value)

    def call_it(self, value: Columns, wanted: str) -> None:
        """Let a list that has no name of the user's be called as they call it."""
        raise NotImplementedError

    def held_part(self, record: Record, key: object, value: Record) -> Record:
        for inner in value.walk():
            inner.root, inner.place = record.root, self.place
        return self.named(f"{record.root}_{key}", value)


def _holds(value: object, part: Record, besides: Record) -> bool:
    """Whether a record is in a value, other than in one certain record."""
    if value is part:
        return True
    if isinstance(value, Value) and value is not besides:
        return any(_holds(inner, part, besides) for inner in vars(value).values())
    if isinstance(value, dict):
        value = list(value.values())
    return isinstance(value, list | tuple) and any(_holds(v, part, besides) for v in value)
