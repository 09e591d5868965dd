"""Assignments of every form → Assign, Store and Update, in Python's order.

The value comes first, then target by target.
"""

from __future__ import annotations

from collections.abc import Sequence

import gast

from s2sgrad.normalize.iterables import Iterables
from s2sgrad.normalize.nodes import (
    at,
    binary,
    bound_names,
    constant,
    load,
    subscript,
    target_names,
    tuple_of,
)
from s2sgrad.program import Store, Update
from s2sgrad.registry import lookup
from s2sgrad.source import resolve
from s2sgrad.trees import nodes

__all__ = ["Assignments"]


class Assignments(Iterables):
    """Lowering of assignments."""

    def assignment(self, targets: Sequence[gast.AST], node: gast.AST) -> None:
        """Write `target = ... = node`."""
        if len(targets) == 1:
            self.assign_to(targets[0], node)
            return
        first, *others = targets
        if isinstance(first, gast.Name) and first.id not in bound_names(others):
            self.bind(first.id, node)
            value: gast.AST = at(load(first.id), first)
        else:
            value = self.captured(self.atom(node), bound_names(targets))
            self.assign_atom(first, value)
        for target in others:
            self.assign_atom(target, value)

    def assign_to(self, target: gast.AST, node: gast.AST) -> None:
        """Write `target = node`."""
        match target:
            case gast.Name():
                self.bind(target.id, node)
            case gast.Tuple() | gast.List():
                self.unpack(target, node)
            case _:
                self.assign_atom(target, self.kept(self.atom(node), [target]))

    def assign_atom(self, target: gast.AST, value: gast.AST) -> None:
        """Write `target = value`, value being an atom."""
        match target:
            case gast.Name():
                self.assign((target.id,), value)
            case gast.Tuple() | gast.List():
                self.unpack(target, value)
            case gast.Subscript():
                base, index = self.place(target)
                self.add(Store(base, index, value, origin=self.origin))
            case gast.Attribute():
                self.add(Store(self.atom(target.value), target.attr, value, origin=self.origin))
            case _:
                self.refuse(
                    target,
                    "starred targets are not supported",
                    "unpack slices: `a, b = x[0], x[1:]`",
                )

    def captured(self, atom: gast.AST, rebound: set[str]) -> gast.AST:
        """The atom, or a copy of it where its name is among those that are about to be rebound."""
        if isinstance(atom, gast.Name) and atom.id in rebound:
            return self.temporary(atom)
        return atom

    def unpack(self, target: gast.Tuple | gast.List, node: gast.AST) -> None:
        """Write `a, b = node`."""
        elements = target.elts
        if any(isinstance(element, gast.Starred) for element in elements) or not elements:
            self.refuse(
                target,
                "starred and empty targets are not supported",
                "unpack slices: `a, b = x[0], x[1:]`",
            )
        if (
            isinstance(node, gast.Tuple | gast.List)
            and len(node.elts) == len(elements)
            and not any(isinstance(value, gast.Starred) for value in node.elts)
        ):
            if self.one_by_one(elements, node.elts):
                for element, part in zip(elements, node.elts, strict=True):
                    self.assign_to(element, part)
            else:
                self.parallel(elements, self.operands(node.elts))
            return
        value = self.collected(node) if isinstance(node, gast.GeneratorExp) else self.value(node)
        if not self.is_atom(value) and not self.gives_several(value):
            value = self.temporary(value)
        if len(elements) == 1:
            item = self.held(value)
            self.assign_to(elements[0], at(subscript(item, constant(0)), node))
            return
        names = target_names(target)
        if len(set(names)) == len(elements) and all(
            isinstance(element, gast.Name) for element in elements
        ):
            self.assign(tuple(names), value)
            return
        parts = [self.scope.temporary() for _ in elements]
        self.assign(tuple(parts), value)
        for element, part in zip(elements, parts, strict=True):
            self.assign_atom(element, load(part))

    def one_by_one(self, targets: Sequence[gast.AST], values: Sequence[gast.AST]) -> bool:
        """Whether `a, b = u, v` is `a = u; b = v`: nothing reads a name in between that is assigned already."""
        names = [target.id for target in targets if isinstance(target, gast.Name)]
        if len(set(names)) < len(targets) or not self.scope.captured.isdisjoint(names):
            return False
        later = [{n.id for n in nodes(v) if isinstance(n, gast.Name)} for v in values]
        return all(name not in inside for k, name in enumerate(names) for inside in later[k + 1 :])

    def gives_several(self, value: gast.AST) -> bool:
        """Whether a primitive may have several results, as a user function has; otherwise it has one, unpacked."""
        if not isinstance(value, gast.Call):
            return False
        rule = lookup(resolve(value.func, self.source.namespace))
        return isinstance(value.func, gast.Name) if rule is None else len(rule.results) > 1

    def held(self, value: gast.AST) -> gast.AST:
        """The atom that holds a primitive."""
        return value if self.is_atom(value) else self.temporary(value)

    def parallel(self, targets: Sequence[gast.AST], values: Sequence[gast.AST]) -> None:
        """Write `a, b = u, v` of atoms."""
        names = [target.id for target in targets if isinstance(target, gast.Name)]
        if len(names) == len(targets):
            last = dict(zip(names, values, strict=True))
            if len(last) == 1:
                ((name, value),) = last.items()
                self.assign((name,), value)
            else:
                self.assign(tuple(last), tuple_of(last.values()))
            return
        rebound = bound_names(targets)
        kept = [self.captured(value, rebound) for value in values]
        for target, value in zip(targets, kept, strict=True):
            self.assign_atom(target, value)

    def augmented(self, node: gast.AugAssign) -> None:
        """Write `target op= value`: an Update of a name, or old, new and Store of a place."""
        target = node.target
        if isinstance(target, gast.Name):
            self.update(target, node)
            return
        if isinstance(target, gast.Subscript):
            base, index = self.place(target, [node.value])
            old = self.temporary(
                at(gast.Subscript(value=base, slice=index, ctx=gast.Load()), target)
            )
        else:
            base, index = self.kept(self.atom(target.value), [node.value]), target.attr
            old = self.temporary(
                at(gast.Attribute(value=base, attr=index, ctx=gast.Load()), target)
            )
        value = self.atom(node.value)
        new = self.temporary(at(binary(old, node.op, value), node))
        self.add(Store(base, index, new, node.op, origin=self.origin))

    def update(self, target: gast.Name, node: gast.AugAssign) -> None:
        """Write `name op= value`; the name is read before the value is computed."""
        if target.id in self.walrus and target.id in self.rebound_by([node.value]):
            old = self.temporary(at(load(target.id), target))
            self.add(Update(old.id, node.op, self.atom(node.value), origin=self.origin))
            self.assign((target.id,), old)
        else:
            self.add(Update(target.id, node.op, self.atom(node.value), origin=self.origin))
