"""Loops over generators, with the generator's statements around the loop's body.

`for v in squares(x): total += v` becomes the text of `squares`, in which each `yield e` is `v = e; total += v`. That is
what happens when Python runs it: a generator goes on where it stopped when the next item is asked for.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from types import FunctionType

import gast

from s2sgrad.errors import TransformError
from s2sgrad.normalize.calm import computes, is_calm, own_numbers
from s2sgrad.normalize.comprehensions import with_names
from s2sgrad.normalize.nodes import at, call, load, own_scope, store
from s2sgrad.normalize.yields import Strides, around_the_body, strides_of
from s2sgrad.settled import is_literal
from s2sgrad.source import MISSING, Source
from s2sgrad.trees import loaded, names_bound_in, nodes, with_fields

__all__ = ["Generators", "is_generator", "parameters"]

_REFUSED = (gast.FunctionDef, gast.ClassDef, gast.Try, gast.With, gast.Global, gast.Nonlocal)


def is_generator(tree: gast.AST) -> bool:
    """Whether a function is a generator."""
    return any(isinstance(n, gast.Yield | gast.YieldFrom) for n in own_scope(tree.body))


@dataclass(eq=False)
class Generators:
    """The generators that a function may call.

    made: those that are made inside it; bound: its own names; resolved: what a node names; fresh: an unused name;
    local: names of functions inside that hide others; given: the classes of parameters that are given in parts.
    """

    made: Mapping[str, gast.FunctionDef]
    bound: set[str]
    namespace: Mapping[str, object]
    resolved: Callable[[gast.AST], object]
    fresh: Callable[[str], str]
    sources: dict[int, Source | None] = field(default_factory=dict)
    known: dict[int, Source] = field(default_factory=dict)
    local: frozenset[str] = frozenset()
    given: Mapping[str, type] = field(default_factory=dict)

    def called(self, node: gast.AST) -> gast.FunctionDef | None:
        """The generator that a call calls, None where it is none whose text is known and means the same here."""
        if not isinstance(node, gast.Call):
            return None
        tree = self.named(node.func)
        return None if tree is None or not self.local.isdisjoint(loaded(tree)) else tree

    def named(self, node: gast.AST) -> gast.FunctionDef | None:
        """The generator that a node names."""
        if isinstance(node, gast.Name) and node.id in self.made and node.id not in self.local:
            return self.made[node.id]
        known = self.resolved(node)
        if id(known) not in self.sources:
            self.sources[id(known)] = self.source(known)
        source = self.sources[id(known)]
        if source is None:
            return None
        self.known[id(source.tree)] = source
        return source.tree

    def source(self, known: object) -> Source | None:
        """The text of a generator that means the same here."""
        if isinstance(known, FunctionType) and inspect.isgeneratorfunction(known):
            if known.__closure__ is not None:
                return None
            from s2sgrad.parse import parse  # noqa: PLC0415

            with suppress(TransformError):
                known = parse(known, special=True)
        if not isinstance(known, Source) or not is_generator(known.tree):
            return None
        return known if self.means_the_same(known) else None

    def means_the_same(self, source: Source) -> bool:
        """Whether the global names of a generator are the same objects here."""
        own = {n for s in source.tree.body for n in names_bound_in(s)} | parameters(source.tree)
        free = {n for s in source.tree.body for n in loaded(s)} - own
        here, there = self.namespace, source.namespace
        return all(
            n not in self.bound and here.get(n, MISSING) is there.get(n, MISSING) for n in free
        )

    def only_computes(self, tree: gast.FunctionDef, *, plainly: bool = True) -> bool:
        """Whether a generator, or a function inside, writes into nothing; plainly: if what it adds to are numbers."""
        known = self.known.get(id(tree))
        if known is not None:
            return computes(known, plainly=plainly)
        own = {n for s in tree.body for n in names_bound_in(s)} | parameters(tree)

        def resolved(node: gast.AST) -> object:
            root = node
            while isinstance(root, gast.Attribute):
                root = root.value
            return (
                MISSING if isinstance(root, gast.Name) and root.id in own else self.resolved(node)
            )

        return is_calm(tree.body, resolved, own if plainly else own_numbers(tree, resolved), 1)

    def loop(self, node: gast.For, *, ahead: bool = False) -> list[gast.AST] | None:
        """A loop over a generator, written out; None where that isn't the same."""
        tree = self.called(node.iter)
        if tree is None or node.orelse:
            return None
        begun = self.begun(tree, node.iter, ahead=ahead)
        if begun is None:
            return None
        before, body = begun
        if any(isinstance(n, _REFUSED) for s in body for n in nodes(s)):
            return None
        around = around_the_body(body, node)
        return None if around is None else [*before, *around]

    def strides(self, node: gast.Call) -> Strides | None:
        """A generator that only computes, as what it does in each trip of its loop; None for others."""
        tree = self.called(node)
        if tree is None or not self.only_computes(tree):
            return None
        begun = self.begun(tree, node, ahead=True)
        if begun is None or any(isinstance(n, _REFUSED) for s in begun[1] for n in nodes(s)):
            return None
        return strides_of(*begun)

    def begun(
        self, tree: gast.FunctionDef, node: gast.Call, *, ahead: bool = False
    ) -> tuple[list[gast.AST], list[gast.AST]] | None:
        """What its parameters are, and its statements, all with names of their own.

        ahead: it may go on at another time than Python's, so that it mustn't change anything in place.
        """
        given = _arguments(tree, node)
        if given is None:
            return None
        body = _without_docstring(tree.body)
        own = {*given, *(n for s in body for n in names_bound_in(s))}
        names = {n: self.fresh("k" if n == "_" else n) for n in sorted(own)}
        before = [
            at(gast.Assign(targets=[store(names[p])], value=value, type_comment=None), node)
            for p, value in given.items()
        ]
        if ahead:
            numbers = own_numbers(tree, self.resolved)
            body = [_of_numbers(s, numbers) for s in body]
        return before, [_items_one_by_one(with_names(s, names), self.fresh) for s in body]


def parameters(tree: gast.FunctionDef) -> set[str]:
    """The names of a function's parameters."""
    names = (n for n in nodes(tree.args) if isinstance(n, gast.Name))
    return {n.id for n in names if isinstance(n.ctx, gast.Param)}


def _arguments(tree: gast.FunctionDef, node: gast.Call) -> dict[str, gast.AST] | None:
    """Parameter → what is passed for it; None where it isn't known."""
    args = tree.args
    if args.vararg or args.kwarg or any(isinstance(a, gast.Starred) for a in node.args):
        return None
    plain = [a.id for a in (*args.posonlyargs, *args.args)]
    defaults = dict(zip(reversed(plain), reversed(args.defaults), strict=False))
    defaults |= {
        a.id: d for a, d in zip(args.kwonlyargs, args.kw_defaults, strict=True) if d is not None
    }
    if len(node.args) > len(plain) or any(k.arg is None for k in node.keywords):
        return None
    given = dict(zip(plain, node.args, strict=False))
    for keyword in node.keywords:
        if keyword.arg in given:
            return None
        given[keyword.arg] = keyword.value
    for name in [*plain, *(a.id for a in args.kwonlyargs)]:
        if name not in given:
            default = defaults.get(name)
            if default is None or not is_literal(default):
                return None
            given[name] = default
    return given if len(given) == len(plain) + len(args.kwonlyargs) else None


def _without_docstring(body: list[gast.AST]) -> list[gast.AST]:
    match body:
        case [gast.Expr(value=gast.Constant(value=str())), *others]:
            return others
    return body


def _of_numbers(node: gast.AST, numbers: frozenset[str]) -> gast.AST:
    """A statement in which `q += v` has to be the addition of numbers."""
    match node:
        case gast.AugAssign(target=gast.Name(id=name), op=op, value=value) if name not in numbers:
            added = gast.BinOp(left=call("$a_number", load(name)), op=op, right=value)
            return at(gast.Assign(targets=[store(name)], value=at(added, node)), node)
        case gast.Match(cases=cases):
            new = [
                with_fields(c, {"body": [_of_numbers(s, numbers) for s in c.body]}) for c in cases
            ]
            return with_fields(node, {"cases": new})
    changed = {
        field: [_of_numbers(s, numbers) for s in getattr(node, field)]
        for field in ("body", "orelse")
        if isinstance(getattr(node, field, None), list)
    }
    return with_fields(node, changed) if changed else node


def _items_one_by_one(node: gast.AST, fresh: Callable[[str], str]) -> gast.AST:
    """A statement with `yield from xs` as a loop that yields each item."""
    match node:
        case gast.Expr(value=gast.YieldFrom(value=items)):
            name = fresh("item")
            given = gast.Expr(value=gast.Yield(value=load(name)))
            loop = gast.For(
                target=store(name), iter=items, body=[given], orelse=[], type_comment=None
            )
            return at(loop, node)
    changed = {
        field: [_items_one_by_one(s, fresh) for s in getattr(node, field)]
        for field in ("body", "orelse")
        if isinstance(getattr(node, field, None), list)
    }
    return with_fields(node, changed) if changed else node
