"""Statements: what is assigned, stored, tested and looped over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import gast

from s2sgrad.errors import TransformError
from s2sgrad.flow import bound
from s2sgrad.normalize import Normalized
from s2sgrad.normalize.nodes import negated, nonlocal_names
from s2sgrad.program import (
    Assign,
    Block,
    Effect,
    For,
    If,
    Jump,
    Return,
    Statement,
    Store,
    Update,
    While,
    walk,
)
from s2sgrad.source import Source, resolve
from s2sgrad.structure import Structure
from s2sgrad.trees import identifiers, name
from s2sgrad.unfold.classes import attribute_of, is_plain_class
from s2sgrad.unfold.frame import part_key
from s2sgrad.unfold.read_later import read_around, spread_only
from s2sgrad.unfold.rows import changed_tables
from s2sgrad.unfold.stale import stale
from s2sgrad.unfold.storing import Storing
from s2sgrad.unfold.updated import updated
from s2sgrad.unfold.values import (
    Fixed,
    Plain,
    Record,
    Told,
    Value,
    is_constant,
)
from s2sgrad.unfold.whole import Again, UnfoldingError, Whole, takes_lengthening
from s2sgrad.unfold.writers import refuse_hidden_writes

__all__ = ["unfolded"]

_TRIES = 40


def unfolded(
    normalized: Normalized,
    source: Source,
    normal: Callable[[Source], Normalized | None],
    *,
    outermost: bool = False,
    maps: bool = False,
) -> Normalized:
    """The function with its objects and calls written out, itself where there are none.

    outermost: it is the one that is differentiated: what it returns may have parts. maps: whether dicts whose keys
    only a run knows are lists.
    """
    found = _unfolded(normalized, source, normal, outermost=outermost, maps=maps)
    for statement in walk(found.function.body):
        if isinstance(statement, Assign) and nonlocal_names([statement.value]):
            raise TransformError([source.finding(statement.value, *NONLOCAL)])
    if outermost:
        refuse_hidden_writes(found.function, source)
    return found


NONLOCAL = (
    "names of an enclosing function are written (nonlocal) where that can't be followed",
    "Pass the value as an argument, and return the new one.",
)


_TWO_NAMES = (
    "{} is written into here, and may have another name, by which the old value would be read"
)


def _unfolded(
    normalized: Normalized,
    source: Source,
    normal: Callable[[Source], Normalized | None],
    *,
    outermost: bool = False,
    maps: bool = False,
) -> Normalized:
    """The same, where nothing is refused."""
    whole = Whole(maps=maps, lists=not takes_lengthening(normalized.function))
    for _ in range(_TRIES):
        work = _Unfolding(
            source, normal, whole, set(identifiers(normalized.function)), _binds(normalized, whole)
        )
        work.outermost = outermost
        try:
            block = work.function(normalized)
        except Again:
            continue
        except UnfoldingError:
            return replace(normalized, given_up=whole.given_up)
        if not work.changed:
            return replace(normalized, given_up=whole.given_up)
        return replace(
            normalized,
            given_up=whole.given_up,
            function=replace(normalized.function, body=updated(block)),
            temporaries=normalized.temporaries | work.made,
            flags=normalized.flags | work.flags,
            unused=normalized.unused | work.unused,
            captured=normalized.captured | work.captured,
            contexts=work.contexts,
            returned=work.structure,
        )
    return normalized


def _binds(normalized: Normalized, whole: Whole) -> Counter[str]:
    counts = Counter(n for s in walk(normalized.function.body) for n in whole.bound(s))
    counts.update(p.name for p in normalized.function.parameters)
    return counts


def _tested(loop: While, head: Block, test: gast.AST, body: Block, made: set[str]) -> While:
    """A loop whose head may bind names that are read elsewhere: then it is a part of each trip."""
    counts = Counter(n for s in walk(head) for n in bound(s))
    if all(n in made and count == 1 for n, count in counts.items()):
        return replace(loop, head=head, test=test, body=body)
    leaving = If(negated(test), (Jump("break", origin=loop.origin),), (), origin=loop.origin)
    true = gast.Constant(value=True, kind=None)
    return replace(loop, head=(), test=true, body=(*head, leaving, *body))


class _Unfolding(Storing):
    """Writes one function."""

    def function(self, normalized: Normalized) -> Block:
        """The body of a function."""
        self.contexts = normalized.contexts
        self.made |= normalized.temporaries
        self.flags |= normalized.flags
        self.parameters = frozenset(p.name for p in normalized.function.parameters)
        self.ordinary |= self.parameters
        for parameter in normalized.function.parameters:
            if parameter.kind == "variadic_keyword":
                self.rest = parameter.name
        self.nonlocals = nonlocal_names(
            s.value for s in walk(normalized.function.body) if isinstance(s, Assign)
        )
        for bound_inside in self.nonlocals:
            self.binds[bound_inside] += 2
        self.whole.growing |= changed_tables(normalized.function.body) - self.whole.solid
        self.read_around = read_around(normalized.function.body)
        self.spread_only = spread_only(normalized.function.body)
        self.structures()
        receiver = self.source.receiver
        first = next(iter(normalized.function.parameters), None)
        if first is not None and is_plain_class(type(receiver)) and self.binds[first.name] == 1:
            self.known[first.name] = Fixed(receiver, name(first.name))
            found = attribute_of(type(receiver), self.source.name)
            owner = None if found is None or not callable(found[0]) else found[1]
            self.calling.append((id(self.source.tree), owner, self.known[first.name]))
        self.tracked()
        self.begun = len(self.out)
        *inside, end = normalized.function.body
        self.coming.append((end,))
        self.block(tuple(inside))
        assert isinstance(end, Return)  # noqa: S101
        self.origin = end.origin
        value = self.returned(end.value)
        block = (*self.out, replace(end, value=value))
        for statement in stale(block, self.copies, self.rewrites, self.captured):
            self.origin = statement.origin
            self.solidify(self.rewrites[statement], _TWO_NAMES)
        if self.tracking and self.reads_tracked(block[self.begun :]):
            raise UnfoldingError
        return block

    def structures(self) -> None:
        """Let parameters that are given in parts stand for these."""
        for parameter, structure in self.source.structures.items():
            assert isinstance(structure, Structure)  # noqa: S101
            self.binds[parameter] += 1
            given = self.given_record(structure, f"\0{parameter}")
            if parameter in self.whole.rewritten or self.binds[parameter] > 1:
                for record in given.walk():
                    record.root = parameter
                self.own_names(parameter, given)
            self.known[parameter] = given
            self.changed = True
        for parameter in self.source.nones:
            self.known[parameter] = Plain(gast.Constant(value=None, kind=None))
            self.arrived.add(parameter)
            self.arrived_at[parameter] = self.place
            self.ordinary.discard(parameter)

    def own_names(self, target: str, record: Record) -> None:
        """Let the parts of a parameter that is written into be bound anew: what is given stays as it is."""
        for key, part in record.parts.items():
            if isinstance(part, Record):
                self.own_names(f"{target}_{key}", part)
            elif isinstance(part, Plain) and isinstance(part.atom, gast.Name):
                self.part_names[part_key(target, key)] = part.atom.id
                self.part_name(target, key)

    def given_record(self, structure: Structure, root: str) -> Record:
        """The record of a parameter that is given in parts."""
        parts: dict[object, Value] = {}
        for key, part in structure.parts.items():
            if isinstance(part, Structure):
                parts[key] = self.given_record(part, root)
            elif isinstance(part, str):
                parts[key] = Plain(name(part))
            elif part is None:
                parts[key] = Plain(gast.Constant(value=None, kind=None))
            else:
                parts[key] = Told(part, key, structure.read_literals)
        return Record(structure.kind, parts, root, given=structure)

    def block(self, statements: Block) -> None:
        self.note_augmented(statements)
        for number, statement in enumerate(statements):
            self.origin = statement.origin
            self.in_header = any(statement is heading for heading in self.headings)
            again = isinstance(statement, For | While)
            self.coming.append(statements[number + (not again) :])
            self.statement(statement)
            self.coming.pop()

    def statement(self, statement: Statement) -> None:
        """Write a statement."""
        match statement:
            case Assign(targets=(target,), value=value):
                self.single(statement, target, value)
            case Assign(targets=targets, value=value):
                self.several(statement, targets, value)
            case Store():
                self.store(statement)
            case Update(target=target, operator=operator, value=value):
                self.update(statement, target, operator, value)
            case Effect(node=gast.Delete(targets=targets)) if any(
                isinstance(t, gast.Name) and t.id in self.known for t in targets
            ):
                pass
            case Effect(node=gast.Delete(targets=[gast.Subscript(value=base, slice=index)])) if (
                self.deleted(base, index)
            ):
                self.changed = True
            case Effect(node=gast.Assert() as node) if self.source.structures:
                left = self.asserted(node)
                if left is not None:
                    self.add(replace(statement, node=self.inside(left)))
            case Effect(node=node):
                self.add(replace(statement, node=self.inside(node)))
            case If():
                self.branch(statement)
            case For():
                self.for_loop(statement)
            case While(head=head, test=test, body=body):
                with self.nested(1):
                    with self.nested(0) as new_head:
                        self.block(head)
                    with self.nested(0) as new_body:
                        self.block(body)
                test = self.test(test)
                self.origin = statement.origin
                kept = _tested(statement, tuple(new_head), test, tuple(new_body), self.made)
                self.add(kept)
            case Jump():
                self.add(statement)
            case _:
                raise UnfoldingError

    # ---- assignments ------------------------------------------------------------------------

    def single(self, statement: Assign, target: str, value: gast.AST) -> None:
        """`target = primitive`."""
        if isinstance(value, gast.FunctionDef | gast.Lambda):
            self.nested_function(statement, target, value)
            return
        if target in self.whole.solid:
            self.assign((target,), self.listed(value) or self.with_whole_atoms(value))
            return
        if isinstance(value, gast.List) and target in self.whole.columns:
            starred = any(isinstance(e, gast.Starred) for e in value.elts)
            if not starred and self.begin_columns(target, [self.atom(e) for e in value.elts]):
                return
        if self.begin_map(target, value):
            return
        self.grows = target in self.whole.growing
        self.wanted = target if self.binds[target] == 1 and not target.startswith("_") else ""
        found = self.augmented_value(target, value) or self.value(value)
        self.wanted = ""
        self.grows = False
        self.origin = statement.origin
        if (
            target in self.whole.columns
            and isinstance(found, Record)
            and found.kind is list
            and self.begin_columns(target, found.items)
        ):
            return
        if isinstance(found, Value) and not isinstance(found, Plain):
            self.changed = self.changed or not isinstance(found, Fixed)
            if self.binds[target] != 1 and self.is_function(found):
                self.choose(target, found)
                return
            if isinstance(found, Fixed) and self.binds[target] != 1:
                self.assign((target,), found.node)
                return
            self.give(target, found)
            return
        if isinstance(found, Plain):
            folded = not isinstance(
                value, gast.Name | gast.Attribute | gast.Constant | gast.UnaryOp
            )
            self.changed = self.changed or folded
            self.give(target, found)
            return
        only_read = target in self.spread_only
        if only_read and isinstance(found, gast.List):
            kept = [self.as_atom(self.kept(Plain(each))) for each in found.elts]
            found = gast.List(elts=kept, ctx=gast.Load())
        lists = isinstance(found, gast.List) and bool(found.elts)
        lists = lists and (only_read or self.whole.lists)
        steady = isinstance(found, gast.Tuple | gast.List) and all(
            self.is_steady(e) and not isinstance(e, gast.Starred) for e in found.elts
        )
        if self.binds[target] == 1 and steady and (isinstance(found, gast.Tuple) or lists):
            self.displays[target] = list(found.elts)
            self.displayed_at[target] = self.place
            if isinstance(found, gast.Tuple) or only_read:
                self.read_only.add(target)
            self.counted_lists = self.counted_lists or (lists and not only_read)
        if self.binds[target] == 1 and self.makes_array(found):
            self.arrays.add(target)
        self.assign((target,), found)

    def makes_array(self, value: gast.AST) -> bool:
        """Whether a value is what a function of NumPy gives: none of the lists that are made here."""
        static = isinstance(value, gast.Call) and self.is_static(value.func)
        found = resolve(value.func, self.source.namespace) if static else None
        return (getattr(found, "__module__", None) or "").partition(".")[0] == "numpy"

    def several(self, statement: Assign, targets: tuple[str, ...], value: gast.AST) -> None:
        """`a, b = ...`."""
        if isinstance(value, gast.Tuple) and not any(
            isinstance(e, gast.Starred) for e in value.elts
        ):
            items: list[Value] | None = [self.atom(e) for e in value.elts]
        else:
            found = self.value(value)
            self.origin = statement.origin
            if isinstance(found, Record) and (found.is_sequence or found.kind is dict):
                items = found.items
            elif isinstance(found, Plain):
                self.assign(targets, found.atom)
                return
            elif isinstance(found, gast.Tuple) and len(found.elts) == len(targets):
                items = [self.atom(e) for e in found.elts]
            elif isinstance(found, Value):
                self.assign(targets, self.with_whole_atoms(value))
                return
            else:
                self.assign(targets, found)
                return
        if items is None or len(items) != len(targets):
            raise UnfoldingError
        items = [self.read_part(item) for item in items]
        constant = [isinstance(i, Plain) and is_constant(i.atom) for i in items]
        if all(isinstance(i, Plain) for i in items) and not (any(constant) and self.in_trip):
            atoms = [i.atom for i in items if isinstance(i, Plain)]
            self.assign(targets, gast.Tuple(elts=atoms, ctx=gast.Load()))
            return
        self.changed = True
        held: list[Value] = []
        for item in items:
            if isinstance(item, Record) and item.root and not self.is_its_own(item):
                self.linked.add(item.root)
                new = self.temporary()
                held.append(self.copied(new, item))
            else:
                held.append(self.held_choice(item))
        if not self.in_trip or len(set(targets)) < len(targets):
            constant = [False] * len(held)
        plain = [
            (t, i.atom)
            for t, i, same in zip(targets, held, constant, strict=True)
            if isinstance(i, Plain) and not same
        ]
        if len(plain) == 1:
            self.assign((plain[0][0],), plain[0][1])
        elif plain:
            atoms = [atom for _, atom in plain]
            self.assign(tuple(t for t, _ in plain), gast.Tuple(elts=atoms, ctx=gast.Load()))
        for target, item, same in zip(targets, held, constant, strict=True):
            if not isinstance(item, Plain) or same:
                self.give_one(target, item)

    def give_one(self, target: str, item: Value) -> None:
        if target in self.whole.solid:
            self.give_up([item])
        if isinstance(item, Fixed) and self.binds[target] != 1:
            self.assign((target,), item.node)
        else:
            self.give(target, item)
