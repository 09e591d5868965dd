"""Lists of what iterators and generators give, and the loops in one another that fill them."""

from __future__ import annotations

from collections import Counter

import gast

from s2sgrad.normalize.abreast import Abreast
from s2sgrad.normalize.comprehensions import with_names
from s2sgrad.normalize.nests import Level, Nest
from s2sgrad.normalize.nodes import at, constant, load, store, target_names, tuple_of
from s2sgrad.trees import names_bound_in, nodes, renamed, with_fields

__all__ = ["Collecting", "clauses_of", "substitution"]


class Collecting(Abreast):
    """Writes lists."""

    def nested(
        self,
        nest: Nest,
        body: list[gast.AST],
        place: gast.AST,
        orelse: list[gast.AST] | None = None,
    ) -> list[gast.AST]:
        """Loops in one another around a body."""
        leaving = (
            [at(gast.If(test=nest.leaves, body=[gast.Break()], orelse=[]), place)]
            if nest.leaves is not None
            else []
        )
        given = [self.assigned(target, value, place) for target, value in nest.given]
        inner = [*nest.first, *leaving, *given, *body]
        for level in reversed(nest.levels):
            for test in level.tests:
                inner = [at(gast.If(test=test, body=inner, orelse=[]), place)]
            loop = gast.For(
                target=level.target,
                iter=at(level.iterable, place),
                body=inner,
                orelse=orelse or [],
                type_comment=None,
            )
            inner = [at(loop, place)]
        return inner

    def collected(
        self, node: gast.Call, *, written: bool = True
    ) -> tuple[list[gast.AST], gast.AST] | None:
        """What has to stand before, and a list of what an iterator gives; written: whether anything may stand there."""
        name = self.fresh("item")
        if self.is_generated(node):
            return self.filled(node) if written else None
        nest = self.its.nest(node, store(name))
        if nest is None:
            return self.with_a_beginning(node) if written else None
        item = load(name)
        plain = nest.first or nest.leaves is not None
        substituted = None if plain else substitution(nest.given)
        if substituted is None or (nest.before and not written):
            return self.written_out(nest, item, node) if written else None
        before = [self.assigned(store(n), value, node) for n, value in nest.before]
        (level, *more) = nest.levels
        alone = isinstance(level.target, gast.Name) and level.target.id == name
        if not more and not level.tests and not substituted and alone:
            return before, level.iterable
        elt = renamed(item, substituted)
        return before, at(gast.ListComp(elt=elt, generators=clauses_of(nest.levels)), node)

    def listed(self, node: gast.AST) -> gast.AST | None:
        """A list of what a comprehension over a generator gives, filled in the loop that it stands for."""
        first, *others = node.generators
        parts = [node.elt, *first.ifs, *(p for c in others for p in (c.iter, *c.ifs))]
        hidden = any(isinstance(n, gast.Lambda) for part in parts for n in nodes(part))
        if hidden or not self.calm(*parts) or any(names_bound_in(part) for part in parts):
            return None
        own = [n for c in node.generators for n in target_names(c.target)]
        inside = Counter(n.id for n in nodes(node) if isinstance(n, gast.Name))
        names = {n: self.fresh(n) for n in own if self.occurring[n] > inside[n]}
        made = self.fresh("items")
        append = gast.Attribute(value=load(made), attr="append", ctx=gast.Load())
        adding = gast.Expr(value=gast.Call(func=append, args=[node.elt], keywords=[]))
        body = [at(adding, node)]
        for clause in reversed(node.generators):
            for test in reversed(clause.ifs):
                body = [at(gast.If(test=test, body=body, orelse=[]), node)]
            if clause is not first:
                loop = gast.For(
                    target=clause.target, iter=clause.iter, body=body, orelse=[], type_comment=None
                )
                body = [at(loop, node)]
        whole = gast.For(
            target=with_names(first.target, names),
            iter=first.iter,
            body=[with_names(s, names) for s in body],
            orelse=[],
            type_comment=None,
        )
        found = self.filling(at(whole, node))
        if found is None:
            return None
        begun = self.assigned(store(made), gast.List(elts=[], ctx=gast.Load()), node)
        self.before += [begun, *found]
        return load(made)

    def filling(self, loop: gast.For) -> list[gast.AST] | None:
        """A loop over what a generator gives that only fills a list; None where that would never end."""
        alone = self.gens.called(loop.iter) is not None
        joined = self.resolved(loop.iter.func) is enumerate
        if (alone or joined) and self.is_endless(loop.iter if alone else loop.iter.args[0]):
            return None
        return self.gens.loop(loop, ahead=True) if alone else self.beside(loop, filling=True)

    def filled(self, node: gast.Call) -> tuple[list[gast.AST], gast.AST] | None:
        """A list that is filled in a loop over a generator that ends."""
        count = 2 if self.resolved(node.func) is enumerate else len(node.args)
        alone = self.gens.called(node) is not None
        names = [self.fresh("item") for _ in range(1 if alone else count)]
        many = gast.Tuple(elts=[store(n) for n in names], ctx=gast.Store())
        target: gast.AST = store(names[0]) if alone else many
        item: gast.AST = load(names[0]) if alone else tuple_of([load(n) for n in names])
        made = self.fresh("items")
        append = gast.Attribute(value=load(made), attr="append", ctx=gast.Load())
        adding = gast.Expr(value=gast.Call(func=append, args=[item], keywords=[]))
        loop = at(
            gast.For(
                target=target, iter=node, body=[at(adding, node)], orelse=[], type_comment=None
            ),
            node,
        )
        found = self.filling(loop)
        if found is None:
            return None if alone else self.with_lists(node)
        begun = self.assigned(store(made), gast.List(elts=[], ctx=gast.Load()), node)
        return [begun, *found], load(made)

    def gives_items(self, node: gast.AST) -> bool:
        """Whether an expression is an iterator of itertools, or what a generator gives."""
        return self.its.kind(node) is not None or self.is_generated(node)

    def with_lists(self, node: gast.Call) -> tuple[list[gast.AST], gast.AST] | None:
        """`zip(...)` and the like with lists in the place of iterators."""
        args: list[gast.AST] = []
        before: list[gast.AST] = []
        if sum(not isinstance(a, gast.Name) for a in node.args) > 1 and not self.calm(node):
            return None  # what these do may have to be done in their order
        for argument in node.args:
            made = self.collected(argument) if self.gives_items(argument) else ([], argument)
            if made is None:
                return None
            before += made[0]
            args.append(made[1])
        return before, with_fields(node, {"args": args})

    def written_out(
        self, nest: Nest, item: gast.AST, node: gast.AST
    ) -> tuple[list[gast.AST], gast.AST]:
        """A list that is filled in a loop."""
        made = self.fresh("items")
        begun = self.assigned(store(made), gast.List(elts=[], ctx=gast.Load()), node)
        append = gast.Attribute(value=load(made), attr="append", ctx=gast.Load())
        adding = gast.Expr(value=gast.Call(func=append, args=[item], keywords=[]))
        before = [self.assigned(store(n), value, node) for n, value in nest.before]
        return [*before, begun, *self.nested(nest, [at(adding, node)], node)], load(made)

    def with_a_beginning(self, node: gast.Call) -> tuple[list[gast.AST], gast.AST] | None:
        """`accumulate(xs, f, initial=v)`: each item of the list is made of the one before."""
        named = {k.arg: k.value for k in node.keywords}
        initial = named.pop("initial", None)
        if self.its.kind(node) != "accumulate" or initial is None:
            return None
        keywords = [k for k in node.keywords if k.arg != "initial"]
        plain = with_fields(node, {"keywords": keywords})
        item = self.fresh("total")
        nest = self.its.nest(plain, store(item))
        if nest is None:
            return None
        made = self.fresh("totals")
        before = [self.assigned(store(n), value, node) for n, value in nest.before]
        begun = self.assigned(store(made), gast.List(elts=[initial], ctx=gast.Load()), node)
        (level,) = nest.levels
        things = level.iterable.args[0]
        if not isinstance(things, gast.Name) and not self.calm(node):
            if self.gives_items(things) or isinstance(things, gast.Call):
                return None  # what begins first, its items or the beginning, isn't said by the text
            things = load(self.fresh("items"))
            before.append(self.assigned(store(things.id), level.iterable.args[0], node))
        step = nest.first[0].value.orelse
        total = nest.first[0].targets[0].id
        last = gast.Subscript(
            value=load(made),
            slice=gast.UnaryOp(op=gast.USub(), operand=constant(1)),
            ctx=gast.Load(),
        )
        append = gast.Attribute(value=load(made), attr="append", ctx=gast.Load())
        value = renamed(step, {total: last})
        adding = gast.Expr(value=gast.Call(func=append, args=[value], keywords=[]))
        loop = gast.For(
            target=level.target.elts[1],
            iter=things,
            body=[at(adding, node)],
            orelse=[],
            type_comment=None,
        )
        return [*before, begun, at(loop, node)], load(made)


def clauses_of(levels: list[Level]) -> list[gast.AST]:
    return [
        gast.comprehension(
            target=level.target, iter=level.iterable, ifs=list(level.tests), is_async=0
        )
        for level in levels
    ]


def substitution(given: list[tuple[gast.AST, gast.AST]]) -> dict[str, gast.AST] | None:
    """Name → what stands for it, None where a target is no name."""
    out: dict[str, gast.AST] = {}
    for target, value in given:
        targets, values = [target], [value]
        if isinstance(target, gast.Tuple) and isinstance(value, gast.Tuple):
            targets, values = target.elts, value.elts
        if len(targets) != len(values) or not all(isinstance(t, gast.Name) for t in targets):
            return None
        values = [renamed(v, out) for v in values]
        out |= {t.id: v for t, v in zip(targets, values, strict=True)}
    return out
