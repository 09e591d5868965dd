"""List comprehensions and generator expressions that are consumed at once → loops.

`[e for x in xs if c]` becomes `t = []` and a loop that appends. Its variables are names of the
comprehension alone: one that occurs anywhere else in the function gets a new name. The elements of
a generator expression in `sum(...)` and the like are collected in a list first, which is then
consumed: every element is computed before the first is added, and no one can see the difference.
`any`, `all` and `next` stop at the first hit, as Python does.
"""

from __future__ import annotations

import functools
import math
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

import gast

from s2sgrad.normalize.loops import Loops
from s2sgrad.normalize.nodes import (
    at,
    comprehension_targets,
    constant,
    load,
    negated,
    store,
    subscript,
)
from s2sgrad.trees import nodes, of_kind, renamed

if TYPE_CHECKING:
    from s2sgrad.normalize.scope import Scope

__all__ = ["CONSUMERS", "Comprehensions", "consumes", "with_names", "with_targets"]

CONSUMERS = ("sum", "max", "min", "list", "tuple", "sorted", "any", "all")
"""Builtins that use up a generator expression at once."""

_MODULE_CONSUMERS = (math.fsum, math.prod)


def consumes(node: gast.Call, scope: Scope) -> bool:
    """Whether a call uses up a generator expression at once, which is its first argument."""
    function = node.func
    if not node.args or not isinstance(node.args[0], gast.GeneratorExp):
        return False
    if isinstance(function, gast.Name) and function.id == "next":
        return scope.means_builtin("next") and _has_default(node)
    if isinstance(function, gast.Name) and function.id in CONSUMERS:
        return scope.means_builtin(function.id)
    if not scope.is_static(function):
        return False
    return any(scope.resolved(function) is known for known in _MODULE_CONSUMERS)


def _has_default(node: gast.Call) -> bool:
    """Whether a call of `next` has a default, and a generator expression that one loop goes through."""
    generator, *default = node.args
    plain = len(generator.generators) == 1 and not of_kind(node, gast.NamedExpr, gast.Starred)
    return len(default) == 1 and not node.keywords and plain


class Comprehensions(Loops):
    """Lowering of comprehensions."""

    def list_comprehension(self, node: gast.ListComp) -> gast.AST:
        """Write a list comprehension, and give the name of the list."""
        node = self.own_names(node)
        name = self.scope.temporary()
        append = gast.Attribute(value=load(name), attr="append", ctx=gast.Load())
        item = at(gast.Call(func=append, args=[node.elt], keywords=[]), node.elt)
        first = self.prepared(node.generators[0].iter)
        self.assign((name,), at(gast.List(elts=[], ctx=gast.Load()), node))
        self.clauses(node, [gast.Expr(value=item)], first, leave=None)
        return at(load(name), node)

    def dict_comprehension(self, node: gast.DictComp) -> gast.AST:
        """Write a dict comprehension, and give the name of the dict."""
        node = self.own_names(node)
        name, key = self.scope.temporary(), self.scope.temporary()
        item = gast.Subscript(value=load(name), slice=load(key), ctx=gast.Store())
        put = [
            at(gast.Assign(targets=[store(key)], value=node.key, type_comment=None), node.key),
            at(gast.Assign(targets=[item], value=node.value, type_comment=None), node.value),
        ]
        first = self.prepared(node.generators[0].iter)
        self.assign((name,), at(gast.Dict(keys=[], values=[]), node))
        self.clauses(node, put, first, leave=None)
        return at(load(name), node)

    def consumer(self, node: gast.Call) -> gast.AST | None:
        """Write `sum(e for x in xs)` and the like; None if node is no such call."""
        if self.scope.resolved_static(node.func) is functools.reduce and 2 <= len(node.args) <= 3:
            return self.reduction(node)
        if not consumes(node, self.scope):
            return None
        generator, *others = node.args
        name = node.func.id if isinstance(node.func, gast.Name) else ""
        if name == "next":
            return self.first(generator, others[0])
        if name in {"any", "all"} and len(node.args) == 1:
            return self.search(generator, every=name == "all")
        generator = self.with_first(generator, self.prepared(generator.generators[0].iter))
        atoms = self.operands([*others, *(keyword.value for keyword in node.keywords)])
        items = self.collected(generator)
        if name == "list":
            return items
        keywords = [
            gast.keyword(arg=keyword.arg, value=atom)
            for keyword, atom in zip(node.keywords, atoms[len(others) :], strict=True)
        ]
        return at(
            gast.Call(func=node.func, args=[items, *atoms[: len(others)]], keywords=keywords), node
        )

    def reduction(self, node: gast.Call) -> gast.AST:
        """Write `functools.reduce(f, xs, first)` as a loop; without first over all items but the first."""
        function, items, *first = node.args
        if not isinstance(function, gast.Lambda):
            function = self.atom(function)
            if isinstance(function, gast.Name) and function.id in self.nonlocals:
                held = self.scope.temporary()
                self.assign((held,), function)
                function = load(held)
        items = self.atom(items)
        name = self.scope.temporary()
        if first:
            self.bind(name, first[0])
            rest = items
        else:
            self.assign((name,), at(subscript(items, constant(0)), node))
            rest = at(subscript(items, gast.Slice(lower=constant(1), upper=None, step=None)), node)
        match function:
            case gast.Lambda(args=gast.arguments(args=[total, each], defaults=[]), body=step):
                item = self.scope.fresh(each.id)
                step = renamed(step, {total.id: load(name), each.id: load(item)})
            case _:
                item = self.scope.fresh("item")
                args = [load(name), load(item)]
                step = at(gast.Call(func=self.atom(function), args=args, keywords=[]), node)
        body = at(gast.Assign(targets=[store(name)], value=step, type_comment=None), node)
        loop = gast.For(target=store(item), iter=rest, body=[body], orelse=[], type_comment=None)
        self.statement(at(loop, node))
        return at(load(name), node)

    def collected(self, node: gast.GeneratorExp) -> gast.AST:
        """Write a generator expression that is used up at once as loops, and give the name of the list of its items."""
        return self.list_comprehension(
            at(gast.ListComp(elt=node.elt, generators=node.generators), node)
        )

    def search(self, node: gast.GeneratorExp, *, every: bool) -> gast.AST:
        """Write `any(...)` or `all(...)`: a loop that is left at the first element that decides."""
        node = self.own_names(node)
        name = self.scope.temporary()
        first = self.prepared(node.generators[0].iter)
        self.assign((name,), constant(value=every))
        decides = negated(node.elt) if every else node.elt
        decided = gast.Assign(
            targets=[store(name)], value=constant(value=not every), type_comment=None
        )
        found = gast.If(test=decides, body=[decided, gast.Break()], orelse=[])
        self.clauses(node, [found], first, leave=negated(load(name)) if every else load(name))
        return at(load(name), node)

    def first(self, node: gast.GeneratorExp, default: gast.AST) -> gast.AST:
        """Write `next((e for x in xs if c), default)`: a loop that is left with the first item there is."""
        node = self.own_names(node)
        name = self.scope.temporary()
        first = self.prepared(node.generators[0].iter)
        self.bind(name, default)
        given = gast.Assign(targets=[store(name)], value=node.elt, type_comment=None)
        self.clauses(node, [at(given, node.elt), gast.Break()], first, leave=None)
        return at(load(name), node)

    def clauses(
        self,
        node: gast.ListComp | gast.DictComp | gast.GeneratorExp,
        body: list[gast.AST],
        first: gast.AST,
        leave: gast.AST | None,
    ) -> None:
        """Write the loops and conditions of a comprehension around a body.

        leave: when to end outer loops.
        """
        for position in reversed(range(len(node.generators))):
            generator = node.generators[position]
            for condition in reversed(generator.ifs):
                body = [gast.If(test=condition, body=body, orelse=[])]
            iterable = generator.iter if position else first
            loop = gast.For(
                target=generator.target, iter=iterable, body=body, orelse=[], type_comment=None
            )
            body = [loop]
            if leave is not None and position:
                body.append(gast.If(test=leave, body=[gast.Break()], orelse=[]))
        for statement in body:
            self.statement(statement)

    def prepared(self, node: gast.AST) -> gast.AST:
        """The iterable with atoms in it: what Python computes before the comprehension starts."""
        return node if self.is_iterator(node) else self.stream(node).expression

    def with_first(self, node: gast.GeneratorExp, iterable: gast.AST) -> gast.GeneratorExp:
        """The comprehension over another first iterable."""
        first, *others = node.generators
        first = gast.comprehension(
            target=first.target, iter=iterable, ifs=first.ifs, is_async=first.is_async
        )
        return at(gast.GeneratorExp(elt=node.elt, generators=[first, *others]), node)

    def own_names(self, node: gast.AST) -> gast.AST:
        """The comprehension with variables that occur nowhere else in the function."""
        targets = comprehension_targets(node)
        inside = Counter(name.id for name in nodes(node) if isinstance(name, gast.Name))
        names = {}
        for name in sorted(targets):
            if inside[name] != self.scope.occurrences[name]:
                names[name] = self.scope.fresh(name)
            else:
                self.scope.variables.add(name)
        return with_targets(node, names) if names else node


def with_targets(node: gast.AST, names: Mapping[str, str]) -> gast.AST:
    """A comprehension with other names for variables of its own."""
    return _inside(node, names, node.generators[0].iter)


def with_names(node: gast.AST, names: Mapping[str, str]) -> gast.AST:
    """A copy of node with names replaced where inner scopes don't hide them."""
    match node:
        case gast.Name():
            if node.id not in names or isinstance(node.ctx, gast.Param):
                return node
            new = gast.Name(id=names[node.id], ctx=node.ctx, annotation=None, type_comment=None)
            return at(new, node)
        case gast.ListComp() | gast.SetComp() | gast.DictComp() | gast.GeneratorExp():
            first = with_names(node.generators[0].iter, names)
            return _inside(node, _without(names, comprehension_targets(node)), first)
        case gast.Lambda():
            hidden = {name.id for name in nodes(node.args) if _is_parameter(name)}
            body = with_names(node.body, _without(names, hidden))
            return at(gast.Lambda(args=_rebuilt(node.args, names), body=body), node)
    return _rebuilt(node, names)


def _inside(node: gast.AST, names: Mapping[str, str], first: gast.AST) -> gast.AST:
    """A comprehension with names replaced in all but its first iterable, which is given."""
    new = _rebuilt(node, names)
    new.generators[0].iter = first
    return new


def _rebuilt(node: gast.AST, names: Mapping[str, str]) -> gast.AST:
    fields: dict[str, object] = {}
    for field in node._fields:
        value = getattr(node, field, None)
        if isinstance(value, gast.AST):
            fields[field] = with_names(value, names)
        elif isinstance(value, list):
            fields[field] = [
                with_names(item, names) if isinstance(item, gast.AST) else item for item in value
            ]
        else:
            fields[field] = value
    return at(type(node)(**fields), node)


def _without(names: Mapping[str, str], hidden: set[str]) -> dict[str, str]:
    return {old: new for old, new in names.items() if old not in hidden}


def _is_parameter(node: gast.AST) -> bool:
    return isinstance(node, gast.Name) and isinstance(node.ctx, gast.Param)
