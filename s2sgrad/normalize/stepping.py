"""Generators beside other things that a loop runs over, and what names mean while iterators are written as loops."""

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
from s2sgrad.normalize.nodes import at, constant, load, nonlocal_names, store
from s2sgrad.source import resolve_outside
from s2sgrad.trees import loaded, names_bound_in, nodes, own_names, with_fields

__all__ = ["Stepping"]


@dataclass(eq=False)
class Stepping:
    """One function whose iterators are written as loops.

    before: what is to stand before a statement; direct: whether anything may stand there; local: the names of the
    functions inside in which that statement stands.
    """

    tree: gast.FunctionDef
    namespace: Mapping[str, object]
    before: list[gast.AST] = field(default_factory=list)
    direct: bool = False
    local: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        self.bound = {n for s in self.tree.body for n in names_bound_in(s)}
        self.bound |= parameters(self.tree)
        self.its = Iterators(self.resolved, self.fresh, self.builtin)
        inner = [n for n in self.tree.body if isinstance(n, gast.FunctionDef) and is_generator(n)]
        made = {n.name: n for n in inner if self.binds(n.name) == 1 and not n.decorator_list}
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
        self.its.rebound = frozenset(bound | nonlocal_names([self.tree]))
        self.its.writes = not calm
        yield calm
        self.its.rebound, self.its.writes = frozenset(), False

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
        return resolve_outside(node, self.bound | self.local, self.namespace)

    def builtin(self, name: str) -> str:
        """How a builtin is called whatever its name means here."""
        plain = self.resolved(load(name)) is getattr(builtins, name)
        return name if plain else f"${name}"

    def calm(self, *parts: gast.AST) -> bool:
        """Whether statements or expressions write into nothing."""

        def known(node: gast.AST) -> object:
            made = self.gens.made.get(node.id) if isinstance(node, gast.Name) else None
            if made is not None and is_calm(
                made.body, self.resolved, own_numbers(made, self.resolved), 1
            ):
                return iter
            return self.resolved(node)

        return is_calm(parts, known, self.numbers - self.local)

    def beside(self, node: gast.For, *, filling: bool = False) -> list[gast.AST] | None:
        """A loop over `zip(xs, generator())` or `enumerate(generator())`; filling: all it does is to fill a list."""
        call, target = node.iter, node.target
        if not isinstance(call, gast.Call) or node.orelse or call.keywords:
            return None
        function = self.resolved(call.func)
        if function is enumerate and call.args and self.gens.called(call.args[0]) is not None:
            number, item = self.fresh("number"), self.fresh("item")
            start = call.args[1] if len(call.args) > 1 else constant(0)
            pair = gast.Tuple(elts=[load(number), load(item)], ctx=gast.Load())
            more = gast.BinOp(left=load(number), op=gast.Add(), right=constant(1))
            body = [
                self.assigned(target, pair, node),
                self.assigned(store(number), more, node),
                *node.body,
            ]
            inner = with_fields(node, {"target": store(item), "iter": call.args[0], "body": body})
            found = self.gens.loop(inner)
            return None if found is None else [self.assigned(store(number), start, node), *found]
        if function is not zip or not any(self.gens.called(a) is not None for a in call.args):
            return None
        return self.stepped(node, call, target, filling=filling)

    def stepped(
        self, node: gast.For, call: gast.Call, target: gast.AST, *, filling: bool
    ) -> list[gast.AST] | None:
        """A loop over items and endless generators: each trip does a step of these."""
        targets = self.its.items(target, len(call.args))
        if targets is None:
            return None
        body = [] if filling else node.body
        before: list[gast.AST] = []
        given: list[gast.AST] = []
        over: list[tuple[gast.AST, gast.AST]] = []
        bound = {n for s in node.body for n in names_bound_in(s)} | set(names_bound_in(target))
        for each, argument in zip(targets, call.args, strict=True):
            if self.gens.called(argument) is None:
                over.append((each, argument))
                continue
            steps = self.gens.steps(argument)
            if steps is None:
                return None
            first, item, later = steps
            read = {n for s in (item, *later) for n in loaded(s)}
            if not read.isdisjoint(bound) or not self.calm(*later, item, *body):
                return None
            before += first
            given += [self.assigned(each, item, node), *later]
        if not over:
            return None
        ends: gast.AST = over[0][0]
        items = over[0][1]
        if len(over) > 1:
            ends = gast.Tuple(elts=[t for t, _ in over], ctx=gast.Store())
            items = with_fields(call, {"args": [a for _, a in over]})
        inner = with_fields(node, {"target": ends, "iter": items, "body": [*given, *node.body]})
        return [*before, inner]

    @staticmethod
    def assigned(target: gast.AST, value: gast.AST, place: gast.AST) -> gast.AST:
        return at(gast.Assign(targets=[target], value=value, type_comment=None), place)

    def is_generated(self, node: gast.AST) -> bool:
        """Whether a call gives what a generator does, alone or beside other items."""
        if not isinstance(node, gast.Call):
            return False
        joins = any(self.resolved(node.func) is f for f in (zip, enumerate))
        return self.gens.called(node) is not None or (
            joins and any(self.gens.called(a) is not None for a in node.args)
        )
