"""Constructs that are others written shorter, written as those: match, try, with, `*` in targets, map, filter, deque.

Receives a function's tree, and gives one without as many of them as can be written otherwise, and the contexts that the
whole function is to run in. What can't stays, and is refused by `check`.

`match` becomes if, elif and else. `with np.errstate(...)` becomes a context of the whole function, since all that it
changes is which warnings are given. `finally` is repeated where the block is left; if it raises, nothing runs. Of `try:
y = e` it is asked beforehand whether `e` raises, in a function of its own: only where `e` calls nothing of the user's,
so that nobody sees that it is evaluated twice. Handlers that only raise another exception are left out: what raises,
raises.
"""

from __future__ import annotations

import builtins
import contextlib
import functools
from collections.abc import Mapping
from dataclasses import dataclass, field

import gast
import numpy as np

from s2sgrad.names import claimed
from s2sgrad.normalize.counted import iterates_otherwise
from s2sgrad.normalize.first_items import with_first_items
from s2sgrad.normalize.gathered import among, as_set, extended_at_once
from s2sgrad.normalize.generators import Generators
from s2sgrad.normalize.iterated import iterated
from s2sgrad.normalize.keys_listed import with_keys_listed
from s2sgrad.normalize.leaving import before_jumps, jumps, only_raises
from s2sgrad.normalize.list_changes import with_new_lists
from s2sgrad.normalize.managed import managed, without_managers
from s2sgrad.normalize.mapped import (
    at_once,
    filtering,
    is_steady,
    mapped_loop,
    stream,
    with_held,
)
from s2sgrad.normalize.methods_named import with_plain_methods
from s2sgrad.normalize.nodes import at, call, load, nonlocal_names, store, walrus_targets
from s2sgrad.normalize.patterns import (
    UnsupportedError,
    branches,
    held,
    read_elsewhere,
)
from s2sgrad.normalize.plain_targets import with_plain_targets
from s2sgrad.normalize.queues import queued
from s2sgrad.normalize.quiet import is_partial, is_quiet
from s2sgrad.normalize.remembering import only_recomputes
from s2sgrad.normalize.sequences import is_other_sequence
from s2sgrad.normalize.set_copies import with_sets_for_copies
from s2sgrad.normalize.starred import inside_apart, one_star, starred, stars_inside
from s2sgrad.normalize.stepping import Stepping
from s2sgrad.normalize.taken_whole import taken_whole
from s2sgrad.normalize.tried import asked_beforehand
from s2sgrad.remembered import remembered
from s2sgrad.source import Source, resolve_outside
from s2sgrad.structure import Structure
from s2sgrad.trees import (
    names_bound_in,
    nodes,
    of_kind,
    own_names,
    renamed,
    with_fields,
)

__all__ = ["Desugared", "desugared"]

_BLOCKS = ("body", "orelse", "finalbody")


@dataclass(frozen=True, eq=False)
class Desugared:
    """A function's tree, and the contexts that it runs in: expressions of context managers that are decorators, too."""

    tree: gast.FunctionDef
    contexts: tuple[gast.AST, ...] = ()


@remembered
def desugared(source: Source) -> Desugared:
    """The function in fewer constructs; its own tree where it has none of them."""
    structures = {n: s for n, s in source.structures.items() if isinstance(s, Structure)}
    inner = [part.kind for whole in structures.values() for part in whole.walk()]
    reached = (*inner, source.receiver)
    tree = with_plain_targets(source.tree)
    tree = with_plain_methods(tree, source.namespace, reached, source.structures)
    tree = with_first_items(tree, source.namespace)
    tree = with_new_lists(queued(tree, source.namespace), source.namespace)
    tree = with_sets_for_copies(tree, source.namespace)
    told = {**source.annotations, **{n: s.kind for n, s in structures.items()}}
    tree = with_keys_listed(tree, source.namespace, told)
    tree = iterated(taken_whole(tree, source.namespace), source.namespace)
    tree = taken_whole(tree, source.namespace)  # of what iterators are made of
    if not _has_short(tree):
        return Desugared(tree)
    work = _Desugaring(source.namespace, tree, {n: s.kind for n, s in structures.items()})
    return Desugared(without_managers(work.function(tree)), tuple(work.contexts))


def _has_short(tree: gast.FunctionDef) -> bool:
    """Whether there may be something in a function that is written otherwise."""
    if of_kind(tree, gast.Match, gast.With, gast.Try, gast.Starred, gast.Set, gast.SetComp):
        return True
    calls = list(of_kind(tree, gast.Call))
    if any(isinstance(c.func, gast.Attribute) and c.func.attr == "extend" for c in calls):
        return True
    called = [c.func.id for c in calls if isinstance(c.func, gast.Name)]
    decorated = any(function.decorator_list for function in of_kind(tree, gast.FunctionDef))
    return decorated or not {"map", "filter"}.isdisjoint(called)


@dataclass(eq=False)
class _Desugaring:
    namespace: Mapping[str, object]
    tree: gast.FunctionDef
    given: Mapping[str, type]
    contexts: list[gast.AST] = field(default_factory=list)
    streams: set[int] = field(default_factory=set)
    made: list[gast.AST] = field(default_factory=list)
    trying: int = 0
    local: frozenset[str] = frozenset()
    unsteady: frozenset[str] | set[str] = frozenset()

    def __post_init__(self) -> None:
        self.bound = {n for s in self.tree.body for n in names_bound_in(s)}
        self.bound |= {n.id for n in nodes(self.tree.args) if _is_parameter(n)}
        self.rebound = nonlocal_names([self.tree])
        names = [n for n in nodes(self.tree) if isinstance(n, gast.Name)]
        self.read = {n.id for n in names if not isinstance(n.ctx, gast.Store)}
        self.taken = {n.id for n in nodes(self.tree) if isinstance(n, gast.Name)} | self.bound

    def fresh(self, wanted: str) -> str:
        return claimed(wanted, self.taken, 1)

    def resolved(self, node: gast.AST) -> object:
        """The object that a node names, MISSING if it is none from outside of the function."""
        return resolve_outside(node, self.bound, self.namespace)

    def builtin(self, name: str) -> str:
        """How a builtin is called whatever its name means here."""
        plain = self.resolved(load(name)) is getattr(builtins, name)
        return name if plain else f"${name}"

    def calm(self, node: gast.AST) -> bool:
        """Whether an expression writes into nothing."""
        return Stepping(self.tree, self.namespace, local=self.local).calm(node)

    # ---- trees ------------------------------------------------------------------------------

    def function(self, node: gast.AST) -> gast.AST:
        """A function with its body rewritten."""
        body = self.block(node.body)
        same = len(body) == len(node.body) and all(a is b for a, b in zip(body, node.body))
        return node if same else with_fields(node, {"body": body})

    def block(self, statements: list[gast.AST]) -> list[gast.AST]:
        out: list[gast.AST] = []
        for statement in statements:
            try:
                out += self.statement(statement)
            except UnsupportedError:
                out.append(statement)
        return out

    def statement(self, node: gast.AST) -> list[gast.AST]:
        """What a statement is written as."""
        self.unsteady = self.rebound | walrus_targets(_heads(node))
        if isinstance(node, gast.For) and self.streamed(node.iter) is not None:
            bound = {n for s in (node.target, *node.body) for n in names_bound_in(s)}
            before, items = with_held(node.iter, bound | self.rebound, self.fresh)
            if before:
                return [*before, *self.statement(with_fields(node, {"iter": items}))]
        match node:
            case gast.FunctionDef(decorator_list=[]):
                outer, self.local = self.local, self.local | own_names(node)
                made = self.function(node)
                self.local = outer
                return [made]
            case gast.FunctionDef():
                return self.decorated(node)
            case gast.Match(subject=subject, cases=cases):
                return self.match(node, self.expression(subject), cases)
            case gast.With(items=items, body=body):
                return self.with_(items, self.block(body))
            case gast.Try():
                return self.try_(node)
            case gast.Assign(targets=[gast.Tuple() | gast.List() as target]) if one_star(target):
                value = self.expression(node.value)
                if isinstance(value, gast.Name) and iterates_otherwise(self.resolved(value)):
                    value = at(call(self.builtin("list"), value), node)
                return starred(node, target, value, self.read, self.fresh, self.builtin)
            case gast.Assign(targets=[gast.Tuple() | gast.List() as target]) if stars_inside(
                target
            ):
                parts = inside_apart(node, target, self.fresh)
                return [written for part in parts for written in self.statement(part)]
            case gast.Assign(targets=[gast.Tuple() | gast.List()], value=gast.Call() as value) if (
                self.streamed(value) is not None
            ):
                new_value = at_once(self.expression(value), self.streams)
                return [with_fields(node, {"value": new_value})]
            case gast.For(target=gast.Tuple() | gast.List() as target) if one_star(
                target
            ) or stars_inside(target):
                name = self.fresh("items")
                given = gast.Assign(targets=[target], value=load(name), type_comment=None)
                body = [at(given, target), *node.body]
                return self.statement(with_fields(node, {"target": store(name), "body": body}))
            case gast.For(iter=iterable) if (kind := self.streamed(iterable)) is not None:
                loop = mapped_loop(node, kind, self.fresh, self.builtin("zip"))
                if loop is not None:
                    return self.statement(loop)
        changed: dict[str, object] = {}
        for name in node._fields:
            value = getattr(node, name, None)
            if name in _BLOCKS and isinstance(value, list):
                new: object = self.block(value)
            elif isinstance(value, gast.AST):
                new = self.expression(value)
            elif isinstance(value, list):
                new = [self.expression(v) if isinstance(v, gast.AST) else v for v in value]
            else:
                continue
            same = new is value or (
                isinstance(new, list)
                and len(new) == len(value)
                and all(a is b for a, b in zip(new, value))
            )
            if not same:
                changed[name] = new
        return [with_fields(node, changed) if changed else node]

    def expression(self, node: gast.AST) -> gast.AST:
        """What an expression is written as."""
        node = among(node)
        changed: dict[str, object] = {}
        for name in node._fields:
            value = getattr(node, name, None)
            if isinstance(value, gast.AST):
                new: object = self.expression(value)
                if new is not value:
                    changed[name] = new
            elif isinstance(value, list):
                items = [self.expression(v) if isinstance(v, gast.AST) else v for v in value]
                if any(a is not b for a, b in zip(items, value)):
                    changed[name] = items
        node = with_fields(node, changed) if changed else node
        match node:
            case gast.Set() | gast.SetComp():
                return as_set(self.used_up(node), self.builtin("set"))
            case gast.Call(func=gast.Attribute(attr="extend"), args=[gast.GeneratorExp()]):
                return self.used_up(extended_at_once(node, self.tree, self.resolved))
            case gast.Call() if (kind := self.streamed(node)) is not None and is_steady(
                node, self.unsteady, self.calm
            ):
                new_node = stream(node, kind, self.fresh, self.builtin("zip"))
                if new_node is not None:
                    new_node = self.used_up(new_node)
                    self.streams.add(id(new_node))
                    self.made.append(new_node)
                    return new_node
        return self.used_up(node)

    def used_up(self, node: gast.AST) -> gast.AST:
        """An expression with `map` and `filter` are lists where they are used up, or where nobody sees the order."""
        match node:
            case gast.Starred(value=value):
                return with_fields(node, {"value": at_once(value, self.streams)})
            case (
                gast.ListComp(generators=clauses)
                | gast.GeneratorExp(generators=clauses)
                | gast.SetComp(generators=clauses)
                | gast.DictComp(generators=clauses)
            ):
                new = [filtering(clause, self.streams) for clause in clauses]
                if is_quiet(node, self.resolved):
                    new = [with_fields(c, {"iter": at_once(c.iter, self.streams)}) for c in new]
                changed = any(a is not b for a, b in zip(new, clauses, strict=True))
                return with_fields(node, {"generators": new}) if changed else node
        return node

    def streamed(self, node: gast.AST) -> object:
        """map or filter, where a node is a call of one with nothing unusual; None else."""
        match node:
            case gast.Call(func=gast.Name() as func, args=[_, *iterables], keywords=[]) if (
                iterables and not any(isinstance(a, gast.Starred) for a in node.args)
            ):
                callee = self.resolved(func)
                if isinstance(node.args[0], gast.Call) and not is_partial(
                    node.args[0], self.resolved
                ):
                    return None
                if callee is map or (callee is filter and len(iterables) == 1):
                    return callee
        return None

    # ---- statements -------------------------------------------------------------------------

    def match(self, node: gast.AST, subject: gast.AST, cases: list[gast.AST]) -> list[gast.AST]:
        """`match`: an if for each case, in the else of the one before."""
        if read_elsewhere(self.tree, cases):
            raise UnsupportedError
        before, subject = held(node, subject, cases, self.rebound, self.fresh)
        given = {n.targets[0].id: n.value for n in before}
        found = branches(
            subject,
            cases,
            self.builtin,
            self.resolved,
            self.calm,
            lambda part: is_other_sequence(renamed(part, given), self.tree, self.resolved),
        )
        orelse: list[gast.AST] = []
        for test, bindings, body, place in reversed(found):
            whole = [*bindings, *self.block(body)]
            branch = gast.If(test=test, body=whole, orelse=orelse)
            orelse = whole if test is None else [at(branch, place)]
        return [*before, *orelse]

    def decorated(self, node: gast.FunctionDef) -> list[gast.AST]:
        """A function with decorators: `f = decorator(f)`; what only remembers or names something is left out."""
        others: list[gast.AST] = []
        for decorator in node.decorator_list:
            made = decorator.func if isinstance(decorator, gast.Call) else decorator
            known = self.resolved(made)
            if any(known is f for f in (functools.cache, functools.lru_cache)):
                if not only_recomputes(node, self.tree, self.resolved):
                    raise UnsupportedError
            elif known is contextlib.contextmanager:
                raise UnsupportedError  # it is written where it is used
            elif known is not functools.wraps:
                others.append(decorator)
        made_first: list[gast.AST] = []
        for k, decorator in enumerate(others):
            if not isinstance(decorator, gast.Name | gast.Attribute):
                name = self.fresh("decorator")
                given = gast.Assign(targets=[store(name)], value=decorator, type_comment=None)
                made_first.append(at(given, decorator))
                others[k] = load(name)
        plain = self.function(with_fields(node, {"decorator_list": []}))
        if not others:
            return [plain]
        if any(isinstance(n, gast.Name) and n.id == node.name for n in nodes(plain)):
            raise UnsupportedError  # it calls itself, by the name of what is made of it
        inner = self.fresh(node.name)
        value: gast.AST = load(inner)
        for decorator in reversed(others):
            value = at(gast.Call(func=decorator, args=[value], keywords=[]), node)
        given = gast.Assign(targets=[store(node.name)], value=value, type_comment=None)
        return [*made_first, with_fields(plain, {"name": inner}), at(given, node)]

    def with_(self, items: list[gast.AST], body: list[gast.AST]) -> list[gast.AST]:
        """`with np.errstate(...)`: the block, in a function that runs in this context; others: see `managed`."""
        for item in reversed(items):
            manager = item.context_expr
            ignored = (
                isinstance(manager, gast.Call)
                and self.resolved(manager.func) is np.errstate
                and not manager.args
                and all(
                    isinstance(k.value, gast.Constant) and k.value.value in {"ignore", "warn"}
                    for k in manager.keywords
                )
            )
            if not ignored or item.optional_vars is not None:
                known = Generators({}, self.bound, self.namespace, self.resolved, self.fresh)
                known.local, known.given = self.local, self.given
                found = managed(item, known, self.tree)
                behind = self.block(found.behind)
                if any(jumps(behind)):
                    raise UnsupportedError
                inside = before_jumps(body, behind, self.fresh, self.rebound)
                body = [*self.block(found.before), *inside, *behind]
                continue
            if not any(gast.dump(manager) == gast.dump(known) for known in self.contexts):
                self.contexts.append(manager)
        return body

    def try_(self, node: gast.Try) -> list[gast.AST]:
        """`try`: the block if it doesn't raise, its handler if it does; `finally` behind both."""
        self.trying += bool(node.handlers)
        body = self.block(node.body)
        self.trying -= bool(node.handlers)
        if node.handlers:
            body = self.handled(node, body) or [*body, *self.block(node.orelse)]
        elif node.orelse:
            body = [*body, *self.block(node.orelse)]
        final = self.block(node.finalbody)
        if not final:
            return body
        if any(jumps(final)):
            raise UnsupportedError
        return [*before_jumps(body, final, self.fresh, self.rebound), *final]

    def handled(self, node: gast.Try, body: list[gast.AST]) -> list[gast.AST] | None:
        """The block of a try with handlers; None where it raises another exception at most."""
        try:
            return asked_beforehand(node, body, self.resolved, self.builtin, self.block)
        except UnsupportedError:
            if not self.trying and all(map(only_raises, node.handlers)):
                return None
            raise


def _heads(node: gast.AST) -> list[gast.AST]:
    """What a statement evaluates itself, not the statements in its blocks."""
    fields = (getattr(node, f, None) for f in node._fields if f not in _BLOCKS)
    parts = (part for field in fields for part in (field if isinstance(field, list) else [field]))
    return [p for p in parts if isinstance(p, gast.AST) and not isinstance(p, gast.match_case)]


def _is_parameter(node: gast.AST) -> bool:
    return isinstance(node, gast.Name) and isinstance(node.ctx, gast.Param)
