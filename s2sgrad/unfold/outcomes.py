"""What a function returns in parts, and what it writes into objects from outside."""

from __future__ import annotations

from inspect import getattr_static
from types import FunctionType

import gast

from s2sgrad.program import (
    Assign,
    Block,
    Effect,
    Store,
    walk,
)
from s2sgrad.source import MISSING, resolve
from s2sgrad.structure import Structure
from s2sgrad.trees import name, nodes
from s2sgrad.unfold.asserted import Asserted
from s2sgrad.unfold.classes import accessor, fields_of
from s2sgrad.unfold.values import Fixed, Plain, Record
from s2sgrad.unfold.whole import Again, UnfoldingError

__all__ = ["Outcomes"]


class Outcomes(Asserted):
    """What comes out of a function."""

    def tracked(self) -> None:
        """Read the attributes of objects from outside that are written."""
        for key, (owner, attr) in self.whole.tracked.items():
            base = getattr(self.readable(owner), "id", "object")
            new = self.tracking[key] = self.fresh(f"{base}_{attr}")
            self.binds[new] += 1
            given = self.source.attributes.get((id(owner.object), attr))
            if given is not None:
                self.add(Assign((new,), name(given)))
                self.ordinary.add(new)
            elif getattr_static(owner.object, attr, MISSING) is not MISSING:
                read = gast.Attribute(value=self.readable(owner), attr=attr, ctx=gast.Load())
                self.add(Assign((new,), read))
                self.ordinary.add(new)

    def store_outside(self, statement: Store, owner: Fixed) -> None:
        """`self.name = value` of an object from outside: it is written, and what is written is known by a name."""
        assert isinstance(statement.index, str)  # noqa: S101
        if accessor(type(owner.object), statement.index) is not None or not self.outermost:
            raise UnfoldingError
        key = self.tracked_name(owner.object, statement.index)
        if key not in self.tracking:
            self.whole.tracked[key] = (owner, statement.index)
            raise Again
        self.changed = True
        new = self.tracking[key]
        if statement.operator is None:
            value = self.with_whole_atoms(statement.value)
        else:
            value = self.updated(statement, name(new))
        self.binds[new] += 1
        self.assign((new,), value)
        target = gast.Attribute(value=self.readable(owner), attr=statement.index, ctx=gast.Store())
        written = gast.Assign(targets=[target], value=name(new), type_comment=None)
        self.add(Effect(written, origin=statement.origin))

    def readable(self, owner: Fixed) -> gast.AST:
        """How the text reads an object that it writes into."""
        node = owner.node
        if isinstance(owner.object, FunctionType):
            node = self.visible(owner.object, node)
            if resolve(node, self.source.namespace) is not owner.object:
                node = self.named_otherwise(owner.object)
        return node

    def named_otherwise(self, known: FunctionType) -> gast.AST:
        """A global name of a function that isn't its own: that of what a decorator made of another one."""
        namespace = self.source.namespace
        for given in namespace:
            if namespace.get(given) is known and given not in self.binds:
                return name(given)
        raise UnfoldingError

    def reads_tracked(self, block: Block) -> bool:
        """Whether an attribute that is written is still read as one, through whatever name."""
        written = {attr for _, attr in self.whole.tracked.values()}
        return any(
            isinstance(part, gast.Attribute)
            and isinstance(part.ctx, gast.Load)
            and part.attr in written
            for statement in walk(block)
            for node in vars(statement).values()
            if isinstance(node, gast.AST)
            for part in nodes(node)
        )

    def returned(self, value: gast.AST | None) -> gast.AST | None:
        """What is returned: all parts of a container or an object, if this is the function that is asked for."""
        if value is None:
            return None
        found = self.value(value) if isinstance(value, gast.Name | gast.Tuple) else value
        if not isinstance(found, Record) or not self.outermost or not self.may_return(found):
            return self.with_whole_atoms(value)
        atoms: list[gast.AST] = []
        self.structure = self.taken_apart(found, atoms)
        self.changed = True
        return gast.Tuple(elts=atoms, ctx=gast.Load())

    def may_return(self, record: Record) -> bool:
        """Whether something can be put together again from its parts."""
        known = record.kind in {dict, list, tuple} or fields_of(record.kind) == list(record.parts)
        count = sum(1 for r in record.walk() for p in r.parts.values() if not isinstance(p, Record))
        visible = record.kind in {dict, list, tuple} or (
            self.source.namespace.get(record.kind.__name__) is record.kind
        )
        parts = all(
            isinstance(p, Plain) or (isinstance(p, Record) and self.may_return(p))
            for p in record.parts.values()
        )
        return known and visible and parts and count > 0

    def taken_apart(self, record: Record, atoms: list[gast.AST]) -> Structure:
        """The structure of a result, its parts in the order of atoms."""
        parts: dict[object, Structure | str | None] = {}
        for key, part in record.parts.items():
            if isinstance(part, Record):
                parts[key] = self.taken_apart(part, atoms)
            elif isinstance(part, Plain):
                parts[key] = str(len(atoms))
                atoms.append(part.atom)
        return Structure(record.kind, parts)
