"""What names mean while iterators are written as loops, and what loops and generators may do to each other."""

from __future__ import annotations

import builtins
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property

import gast

from s2sgrad.names import claimed
from s2sgrad.normalize.calm import is_calm, own_numbers
from s2sgrad.normalize.generators import Generators, is_generator, parameters
from s2sgrad.normalize.iterators import Iterators
from s2sgrad.normalize.nodes import (
    at,
    load,
    nonlocal_names,
    own_functions,
    own_scope,
    target_names,
    walrus_targets,
)
from s2sgrad.source import resolve_outside
from s2sgrad.trees import loaded, names_bound_in, nodes, own_names

__all__ = ["Stepping"]


@dataclass(eq=False)
class Stepping:
    """One function whose iterators are written as loops.

    before: what is to stand before a statement; direct: whether anything may stand there; alone: the expression that
    the statement evaluates first; local: the names of the functions inside in which that statement stands.
    """

    tree: gast.FunctionDef
    namespace: Mapping[str, object]
    before: list[gast.AST] = field(default_factory=list)
    direct: bool = False
    alone: gast.AST | None = None
    local: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        self.bound = {n for s in self.tree.body for n in names_bound_in(s)}
        self.bound |= parameters(self.tree)
        self.rebound = frozenset(nonlocal_names([self.tree]))
        self.its = Iterators(self.resolved, self.fresh, self.builtin, self.rebound)
        inner = [n for n in own_functions(self.tree.body) if not n.decorator_list]
        plain = {n.name: n for n in inner if self.binds(n.name) == 1}
        made = {name: n for name, n in plain.items() if is_generator(n)}
        self.inner = {name: n for name, n in plain.items() if name not in made}
        self.inner |= {name: n for name, n in _lambdas(self.tree) if self.binds(name) == 1}
        self.gens = Generators(made, self.bound, self.namespace, self.resolved, self.fresh)

    @contextmanager
    def inside(self, function: gast.AST) -> Iterator[None]:
        """The statements of a function inside, in which its own names may hide others."""
        outer, self.local = self.local, self.local | own_names(function)
        self.gens.local = self.local
        yield
        self.local = self.gens.local = outer

    @contextmanager
    def looping(self, node: gast.For) -> Iterator[bool]:
        """A loop over an iterator, and whether its body writes into nothing."""
        bound = {n for s in (node.target, *node.body) for n in names_bound_in(s)}
        calm = self.calm(*node.body)
        self.its.rebound = self.rebound | bound
        self.its.writes = not calm
        yield calm
        self.its.rebound, self.its.writes = self.rebound, False

    def settled(self, parts: list[gast.AST]) -> bool:
        """Whether expressions read no names that they bind, so that some may be evaluated before the others."""
        bound = walrus_targets(parts)
        names = {n for part in parts for n in loaded(part)}
        inner = [t for name, t in (*self.inner.items(), *self.gens.made.items()) if name in names]
        return bound.isdisjoint(names.union(*(loaded(tree) for tree in inner)))

    def apart_from(self, body: list[gast.AST], *parts: gast.AST) -> bool:
        """Whether nobody sees that a generator gives its items before these statements run, or expressions."""
        if not self.calm(*body):
            return False
        bound = {n for s in body for n in names_bound_in(s)}
        called = (self.gens.called(n) for part in parts for n in nodes(part))
        return all(
            self.gens.only_computes(tree) and bound.isdisjoint(loaded(tree))
            for tree in called
            if tree is not None
        )

    @cached_property
    def occurring(self) -> Counter[str]:
        """How often each name occurs."""
        return Counter(n.id for n in nodes(self.tree) if isinstance(n, gast.Name))

    @cached_property
    def taken(self) -> set[str]:
        """The names that are used."""
        return {*self.occurring, *self.bound}

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The names of numbers that are begun here."""
        return own_numbers(self.tree, self.resolved)

    @cached_property
    def iterators(self) -> frozenset[str]:
        """The names that are given what a call makes that isn't known to be an array, a list or a number."""
        made = [n for n in nodes(self.tree) if isinstance(n, gast.Assign)]
        kinds = (iter, zip, enumerate, map, filter, reversed)
        return frozenset(
            name
            for statement in made
            if isinstance(statement.value, gast.Call)
            and (
                any(self.resolved(statement.value.func) is k for k in kinds)
                or self.its.kind(statement.value) is not None
                or self.gens.called(statement.value) is not None
            )
            for target in statement.targets
            for name in target_names(target)
        )

    def binds(self, name: str) -> int:
        """How many statements bind a name."""
        found = list(nodes(self.tree))
        stored = [n for n in found if isinstance(n, gast.Name) and n.id == name]
        functions = [n for n in found if isinstance(n, gast.FunctionDef) and n.name == name]
        return len([n for n in stored if not isinstance(n.ctx, gast.Load)]) + len(functions)

    def fresh(self, wanted: str) -> str:
        return claimed(wanted, self.taken, 1)

    def resolved(self, node: gast.AST) -> object:
        """The object that a node names, MISSING if it is none from outside of the function."""
        known = self.bound | self.local if self.local else self.bound
        return resolve_outside(node, known, self.namespace)

    def builtin(self, name: str) -> str:
        """How a builtin is called whatever its name means here."""
        plain = self.resolved(load(name)) is getattr(builtins, name)
        return name if plain else f"${name}"

    def calm(self, *parts: gast.AST) -> bool:
        """Whether statements or expressions write into nothing."""

        def known(node: gast.AST) -> object:
            made = self.gens.named(node) if isinstance(node, gast.Name | gast.Attribute) else None
            if made is not None and self.gens.only_computes(made):
                return iter
            inner = self.inner.get(node.id) if isinstance(node, gast.Name) else None
            if (
                inner is not None
                and node.id not in self.local
                and self.gens.only_computes(inner, plainly=False)
            ):
                return iter
            return self.resolved(node)

        return is_calm(parts, known, self.numbers - self.local)

    @staticmethod
    def assigned(target: gast.AST, value: gast.AST, place: gast.AST) -> gast.AST:
        return at(gast.Assign(targets=[target], value=value, type_comment=None), place)

    def is_endless(self, node: gast.AST) -> bool:
        """Whether what a generator gives certainly never ends."""
        strides = self.gens.strides(node)
        return strides is not None and strides.endless

    def is_generated(self, node: gast.AST) -> bool:
        """Whether a call gives what a generator does, alone or beside other items."""
        if not isinstance(node, gast.Call):
            return False
        joins = any(self.resolved(node.func) is f for f in (zip, enumerate))
        return self.gens.called(node) is not None or (
            joins and any(self.gens.called(a) is not None for a in node.args)
        )


def _lambdas(tree: gast.FunctionDef) -> Iterator[tuple[str, gast.FunctionDef]]:
    """The names that are given a lambda, and that as a function."""
    for node in own_scope(tree.body):
        match node:
            case gast.Assign(
                targets=[gast.Name(id=name)], value=gast.Lambda(args=args, body=body) as made
            ):
                returned = at(gast.Return(value=body), made)
                yield name, at(gast.FunctionDef(name, args, [returned], [], None, None, []), made)
