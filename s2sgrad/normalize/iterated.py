"""Loops and comprehensions over iterators of itertools, written as loops over what these iterate.

Receives a function's tree, and gives one with as few of these iterators as can be written otherwise. Nothing is changed
where the body, or what else is computed in the same statement, may write into what is iterated.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from contextlib import nullcontext

import gast

from s2sgrad.normalize.collecting import Collecting, clauses_of, substitution
from s2sgrad.normalize.following import following
from s2sgrad.normalize.keyed import is_keyed, keyed
from s2sgrad.normalize.nests import Nest
from s2sgrad.normalize.nodes import (
    at,
    call,
    constant,
    first_evaluated,
    has_own_break,
    load,
    nonlocal_names,
    store,
    subscript,
    target_names,
    without_functions,
)
from s2sgrad.trees import names_bound_in, nodes, of_kind, renamed, with_fields

__all__ = ["iterated"]

_BLOCKS = ("body", "orelse", "finalbody", "handlers", "cases")
_USING_UP = (list, tuple, sum, max, min, sorted, any, all)
_SIMPLE = (gast.Assign, gast.AugAssign, gast.AnnAssign, gast.Return, gast.Expr, gast.If, gast.For)
_OF_A_VALUE = (gast.Assign, gast.Return, gast.Expr, gast.For)
"""Statements that evaluate their value, or what they run over, before anything else of them."""
_SOMETIMES = (gast.IfExp, gast.BoolOp, gast.Lambda)


def iterated(tree: gast.FunctionDef, namespace: Mapping[str, object]) -> gast.FunctionDef:
    """The function with loops in the place of iterators; the same tree where it has none."""
    work = _Iterating(tree, namespace)
    calls = (node for node in nodes(tree) if isinstance(node, gast.Call))
    if not any(map(work.may_be_written, calls)):
        return tree
    body = work.block(tree.body)
    read = {n.id for s in body for n in nodes(s) if isinstance(n, gast.Name)}
    done = work.gens.made.keys() - read
    return with_fields(tree, {"body": without_functions(body, done) if done else body})


class _Iterating(Collecting):
    """Writes statements and expressions."""

    def block(self, statements: list[gast.AST]) -> list[gast.AST]:
        return [new for statement in statements for new in self.statement(statement)]

    def statement(self, node: gast.AST) -> list[gast.AST]:
        """What a statement is written as."""
        if isinstance(node, gast.For):
            found = self.loop(node) or self.around(node)
            if found is not None:
                return self.block(found)
        changed: dict[str, object] = {}
        outer, self.before = self.before, []
        head = [
            getattr(node, f, None)
            for f in node._fields
            if f not in _BLOCKS and isinstance(getattr(node, f, None), gast.AST)
        ]
        parts = [h for h in head if _read(h)]
        self.direct = isinstance(node, _SIMPLE) and self.calm(*parts) and self.settled(parts)
        value = node.iter if isinstance(node, gast.For) else getattr(node, "value", None)
        first = first_evaluated(value, self.is_fixed) if isinstance(node, _OF_A_VALUE) else None
        self.alone = first
        for name in node._fields:
            value = getattr(node, name, None)
            if name in _BLOCKS and isinstance(value, list):
                continue
            if isinstance(value, gast.AST):
                new: object = self.expression(value)
            elif isinstance(value, list):
                new = [self.expression(v) if isinstance(v, gast.AST) else v for v in value]
            else:
                continue
            if new is not value:
                changed[name] = new
        self.direct, before, self.before = False, self.before, outer
        inner = self.inside(node) if isinstance(node, gast.FunctionDef) else nullcontext()
        for name in _BLOCKS:
            value = getattr(node, name, None)
            if isinstance(value, list):
                with inner:
                    changed[name] = self.block(value)
        return [*self.block(before), with_fields(node, changed)]

    def loop(self, node: gast.For) -> list[gast.AST] | None:
        """A loop over an iterator, as loops over what that iterates."""
        if self.gens.called(node.iter) is not None:
            return self.gens.loop(node) or self.looped_over_a_list(node)
        beside = self.beside(node)
        if beside is not None:
            return beside
        kind = self.its.kind(node.iter)
        if kind is None or not (self.its.is_ordered(node.iter) or self.calm(node.iter)):
            return None
        with self.looping(node) as calm:
            if calm or self.its.is_live(node.iter):
                return self.as_loops(node, kind)
            return following(node, kind, self.its)

    def as_loops(self, node: gast.For, kind: str) -> list[gast.AST] | None:
        """A loop over an iterator, in which what it iterates may be read."""
        breaks = has_own_break(node.body)
        names = set(target_names(node.target))
        inside = Counter(n.id for n in nodes(node) if isinstance(n, gast.Name))
        rebound = {n for s in node.body for n in names_bound_in(s)}
        shared = any(n in rebound or inside[n] != self.occurring[n] for n in names)
        target = store(self.fresh("item")) if shared else node.target
        nest = self.its.nest(node.iter, target)
        if nest is None:
            return self.looped_over_a_list(node) if kind == "accumulate" else None
        if (len(nest.levels) > 1 and breaks) or (nest.leaves and breaks and node.orelse):
            return self.looped_over_a_list(node)
        if shared:
            nest.given.append((node.target, load(target.id)))
            nest = _joined(nest, target.id)
        made = [self.assigned(store(n), value, node) for n, value in nest.before]
        return (
            [*made, *self.nested(nest, node.body, node), *node.orelse]
            if not breaks
            else [
                *made,
                *self.nested(nest, node.body, node, node.orelse),
            ]
        )

    def around(self, node: gast.For) -> list[gast.AST] | None:
        """A loop over `zip`, `enumerate` and the like of an iterator: over that of a list."""
        if not self.joins(node.iter) or not self.apart_from([node.target, *node.body], node.iter):
            return None
        lists = self.with_lists(node.iter)
        if lists is None:
            return None
        before, items = lists
        return [*before, with_fields(node, {"iter": items})]

    def joins(self, node: gast.AST) -> bool:
        """Whether an iterator is an argument of `zip`, `enumerate` or `reversed`."""
        return (
            isinstance(node, gast.Call)
            and any(self.resolved(node.func) is f for f in (zip, enumerate, reversed))
            and any(map(self.gives_items, node.args))
        )

    def looped_over_a_list(self, node: gast.For) -> list[gast.AST] | None:
        """A loop over a list of what an iterator gives."""
        generated = self.is_generated(node.iter)
        if generated and not self.apart_from([node.target, *node.body], node.iter):
            return None
        if self.its.writes and not self.its.is_held(node.iter):
            return None
        made = self.collected(node.iter)
        if made is None:
            return None
        before, items = made
        return [*before, with_fields(node, {"iter": items})]

    def expression(self, node: gast.AST) -> gast.AST:
        """What an expression is written as."""
        if isinstance(node, gast.Lambda):
            with self.inside(node):
                return self.parts(node)
        return self.parts(node)

    def parts(self, node: gast.AST) -> gast.AST:
        """An expression with other parts."""
        direct, alone = self.direct, node is self.alone
        listed = self.used_list(node) if direct else None
        if listed is not None:
            return listed
        if isinstance(node, _SOMETIMES):
            self.direct = False
        changed: dict[str, object] = {}
        for name in node._fields:
            value = getattr(node, name, None)
            if name == "elt" or isinstance(node, gast.DictComp):
                self.direct = False
            if isinstance(value, gast.AST):
                new: object = self.expression(value)
                if new is not value:
                    changed[name] = new
            elif isinstance(value, list):
                items = []
                for k, v in enumerate(value):
                    self.direct = self.direct and not (name == "generators" and k)
                    items.append(self.expression(v) if isinstance(v, gast.AST) else v)
                if any(a is not b for a, b in zip(items, value, strict=True)):
                    changed[name] = items
            self.direct = direct and not isinstance(node, _SOMETIMES)
        self.direct = direct
        node = with_fields(node, changed) if changed else node
        match node:
            case gast.ListComp() | gast.GeneratorExp() | gast.SetComp():
                return self.comprehension(node)
            case gast.comprehension(iter=joined) if (
                self.joins(joined) and not self.is_generated(joined) and self.direct
            ):
                lists = self.with_lists(joined)
                if lists is not None:
                    self.before += lists[0]
                    return with_fields(node, {"iter": lists[1]})
            case gast.Call() if (self.direct or (alone and self.of_a_list(node))) and self.has_key(
                node
            ):
                made = keyed(node, self.resolved(node.func), self.fresh)
                if made is not None:
                    self.before += made[0]
                    return made[1]
            case gast.Call(args=[gast.Call() as items]) if (
                self.direct and self.resolved(node.func) is next
            ):
                return self.nth(node, items)
            case gast.Call(
                args=[
                    gast.Call(args=[gast.List() | gast.Tuple() as items], keywords=[]) as first,
                    *others,
                ]
            ) if self.resolved(first.func) is reversed:
                if any(self.resolved(node.func) is f for f in _USING_UP):
                    step = gast.UnaryOp(op=gast.USub(), operand=constant(1))
                    backwards = subscript(items, gast.Slice(lower=None, upper=None, step=step))
                    return with_fields(node, {"args": [at(backwards, first), *others]})
            case gast.Starred(value=gast.Call() as first) if self.gives_items(first):
                listing = at(call(self.builtin("list"), first), first)
                return with_fields(node, {"value": self.used_up(listing, first, [])})
            case gast.Call(args=[first, *others]) if self.gives_items(first):
                if any(self.resolved(node.func) is f for f in _USING_UP):
                    whole = alone and not (others or node.keywords) and self.of_a_display(first)
                    self.direct = direct or whole
                    new = self.used_up(node, first, others)
                    self.direct = direct
                    return new
        return node

    def used_list(self, node: gast.AST) -> gast.AST | None:
        """A comprehension over a generator whose items are all asked for, as a list that is filled before."""
        match node:
            case gast.ListComp(generators=[clause, *_]) if self.is_generated(clause.iter):
                return self.listed(node)
            case gast.Call(args=[gast.GeneratorExp(generators=[clause, *_]) as first, *others]) if (
                self.is_generated(clause.iter)
            ):
                if any(self.resolved(node.func) is f for f in _USING_UP):
                    items = self.listed(first)
                    return None if items is None else with_fields(node, {"args": [items, *others]})
        return None

    def may_be_written(self, node: gast.Call) -> bool:
        """Whether a call may be one that is written otherwise."""
        made = self.its.kind(node) is not None or self.gens.called(node) is not None
        return made or self.has_key(node) or self.resolved(node.func) is reversed

    def has_key(self, node: gast.Call) -> bool:
        """Whether a call is one of `max`, `min` or `sorted` that is written otherwise."""
        return is_keyed(node, self.resolved(node.func), self.rebound)

    def is_fixed(self, node: gast.AST) -> bool:
        """Whether an expression gives the same whenever it is evaluated in a statement that binds nothing."""
        named = isinstance(node, gast.Name) and node.id not in nonlocal_names([self.tree])
        return named or isinstance(node, gast.Constant)

    def of_a_list(self, node: gast.Call) -> bool:
        """Whether a call is given a list that stands there, or is made there, before the call does anything."""
        match node.args:
            case [gast.List() | gast.Tuple()]:
                return True
            case [gast.GeneratorExp() as items]:
                others = (k.arg == "default" and self.is_fixed(k.value) for k in node.keywords)
                return all(others) and not of_kind(items, gast.NamedExpr)
            case [gast.Call(func=func)]:
                makes = func.id if isinstance(func, gast.Name) else ""
                return makes == "$list" or any(self.resolved(func) is f for f in (list, sorted))
        return False

    def of_a_display(self, node: gast.Call) -> bool:
        """Whether an `accumulate` is given a list that stands there, and nothing else that has to be computed."""
        given = node.args[0] if node.args else None
        shown = isinstance(given, gast.List | gast.Tuple)
        return shown and self.its.kind(node) == "accumulate" and self.its.is_ordered(node)

    def nth(self, node: gast.Call, items: gast.Call) -> gast.AST:
        """`next(islice(generator(), n, None))`: the item behind n others of an endless generator."""
        match items:
            case gast.Call(
                args=[gast.Call() as inner, gast.Name() | gast.Constant() as n, stop], keywords=[]
            ) if self.its.kind(items) == "islice" and self.its.is_none(stop):
                if not self.is_endless(inner):
                    return node
                unused, name = self.fresh("_"), self.fresh("item")
                count = gast.BinOp(left=n, op=gast.Add(), right=constant(1))
                counted = gast.Call(func=load(self.builtin("range")), args=[count], keywords=[])
                zipped = gast.Call(
                    func=load(self.builtin("zip")), args=[counted, inner], keywords=[]
                )
                pair = gast.Tuple(elts=[store(unused), store(name)], ctx=gast.Store())
                loop = gast.For(
                    target=pair, iter=zipped, body=[gast.Pass()], orelse=[], type_comment=None
                )
                found = self.beside(at(loop, node))
                if found is None:
                    return node
                self.before += found
                return load(name)
        return node

    def used_up(self, node: gast.Call, first: gast.Call, others: list[gast.AST]) -> gast.AST:
        """`list(iterator)` and the like."""
        made = self.collected(first, written=self.direct)
        if made is None:
            return node
        before, items = made
        self.before += before
        if isinstance(items, gast.ListComp) and self.is_generated(items.generators[0].iter):
            items = self.listed(items) or self.comprehension(items)
        if self.resolved(node.func) is list and isinstance(items, gast.ListComp | gast.BinOp):
            return items
        return with_fields(node, {"args": [items, *others]})

    def comprehension(self, node: gast.AST) -> gast.AST:
        """A comprehension with loops in the place of the iterators of its clauses."""
        clauses = list(node.generators)
        done: list[gast.AST] = []
        elt = node.elt
        while clauses:
            clause, *clauses = clauses
            if self.its.kind(clause.iter) is None and not self.is_generated(clause.iter):
                done.append(clause)
                continue
            parts = [
                elt,
                *clause.ifs,
                *(c.iter for c in clauses),
                *(i for c in clauses for i in c.ifs),
            ]
            if not self.calm(*parts) or any(names_bound_in(part) for part in parts):
                return node
            nest = (
                None
                if self.is_generated(clause.iter)
                else self.its.nest(clause.iter, clause.target)
            )
            direct = self.direct and not done
            plain = nest is not None and not nest.first and nest.leaves is None
            names = substitution(nest.given) if nest is not None and plain else None
            if nest is None or names is None or (nest.before and not direct):
                made = self.collected(clause.iter, written=direct)
                if made is None:
                    return node
                before, items = made
                self.before += before
                done.append(with_fields(clause, {"iter": items}))
                continue
            self.before += [self.assigned(store(n), value, node) for n, value in nest.before]
            own = clauses_of(nest.levels)
            own[-1] = with_fields(
                own[-1], {"ifs": [*own[-1].ifs, *(renamed(i, names) for i in clause.ifs)]}
            )
            done += own
            elt = renamed(elt, names)
            clauses = [
                with_fields(
                    c,
                    {
                        "iter": renamed(c.iter, names),
                        "ifs": [renamed(i, names) for i in c.ifs],
                    },
                )
                for c in clauses
            ]
        return with_fields(node, {"elt": elt, "generators": done})


def _read(node: gast.AST) -> bool:
    """Whether a part of a statement is read, and no target of it."""
    return not isinstance(getattr(node, "ctx", None), gast.Store)


def _joined(nest: Nest, name: str) -> Nest:
    """A nest in which what a name is given goes on to the last target without it."""
    *others, (target, _) = nest.given
    value = next((v for t, v in others if isinstance(t, gast.Name) and t.id == name), None)
    if value is not None:
        rest = [(t, v) for t, v in others if not (isinstance(t, gast.Name) and t.id == name)]
        nest.given = [*rest, (target, value)]
    return nest
