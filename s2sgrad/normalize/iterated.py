"""Loops and comprehensions over iterators of itertools, written as loops over what these iterate.

Receives a function's tree, and gives one with as few of these iterators as can be written otherwise. Nothing is changed
where the body, or what else is computed in the same statement, may write into what is iterated.
"""

from __future__ import annotations

import builtins
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import gast

from s2sgrad.names import claimed
from s2sgrad.normalize.calm import is_calm, own_numbers
from s2sgrad.normalize.iterators import Iterators, Level, Nest
from s2sgrad.normalize.keyed import keyed
from s2sgrad.normalize.nodes import at, constant, has_own_break, load, store
from s2sgrad.source import MISSING, resolve
from s2sgrad.trees import names_bound_in, renamed, with_fields

__all__ = ["iterated"]

_BLOCKS = ("body", "orelse", "finalbody", "handlers", "cases")
_USING_UP = (list, tuple, sum, max, min, sorted, any, all)
_LIVE = frozenset({"accumulate", "takewhile", "starmap", "filterfalse", "repeat"})
"""What is asked for its items one after the other by the loop that it becomes, too."""
_SIMPLE = (gast.Assign, gast.AugAssign, gast.AnnAssign, gast.Return, gast.Expr, gast.If, gast.For)
_SOMETIMES = (gast.IfExp, gast.BoolOp, gast.Lambda)


def iterated(tree: gast.FunctionDef, namespace: Mapping[str, object]) -> gast.FunctionDef:
    """The function with loops in the place of iterators; the same tree where it has none."""
    work = _Iterating(tree, namespace)
    calls = (node for node in gast.walk(tree) if isinstance(node, gast.Call))
    if not any(work.its.kind(node) or work.has_key(node) for node in calls):
        return tree
    return with_fields(tree, {"body": work.block(tree.body)})


@dataclass(eq=False)
class _Iterating:
    tree: gast.FunctionDef
    namespace: Mapping[str, object]
    before: list[gast.AST] = field(default_factory=list)
    direct: bool = False

    def __post_init__(self) -> None:
        names = [n for n in gast.walk(self.tree) if isinstance(n, gast.Name)]
        self.bound = {n for s in self.tree.body for n in names_bound_in(s)}
        self.bound |= _parameters(self.tree)
        self.occurring = Counter(n.id for n in names)
        self.taken = {*self.occurring, *self.bound}
        self.numbers = own_numbers(self.tree, self.resolved)
        self.its = Iterators(self.resolved, self.fresh, self.builtin)

    def fresh(self, wanted: str) -> str:
        return claimed(wanted, self.taken, 1)

    def resolved(self, node: gast.AST) -> object:
        """The object that a node names, MISSING if it is none from outside of the function."""
        root = node
        while isinstance(root, gast.Attribute):
            root = root.value
        local = isinstance(root, gast.Name) and root.id in self.bound
        return MISSING if local else resolve(node, self.namespace)

    def builtin(self, name: str) -> str:
        """How a builtin is called whatever its name means here."""
        plain = self.resolved(load(name)) is getattr(builtins, name)
        return name if plain else f"${name}"

    def calm(self, *parts: gast.AST) -> bool:
        """Whether statements or expressions write into nothing."""
        return is_calm(parts, self.resolved, self.numbers)

    # ---- statements -------------------------------------------------------------------------

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
        self.direct = isinstance(node, _SIMPLE) and self.calm(*(h for h in head if _read(h)))
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
        for name in _BLOCKS:
            value = getattr(node, name, None)
            if isinstance(value, list):
                changed[name] = self.block(value)
        return [*self.block(before), with_fields(node, changed)]

    def loop(self, node: gast.For) -> list[gast.AST] | None:
        """A loop over an iterator, as loops over what that iterates."""
        kind = self.its.kind(node.iter)
        if kind is None or not (kind in _LIVE or self.calm(*node.body)):
            return None
        breaks = has_own_break(node.body)
        names = {n.id for n in gast.walk(node.target) if isinstance(n, gast.Name)}
        inside = Counter(n.id for n in gast.walk(node) if isinstance(n, gast.Name))
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
        if not self.joins(node.iter) or not self.calm(*node.body):
            return None
        outer, self.before = self.before, []
        lists = self.with_lists(node.iter)
        before, self.before = self.before, outer
        return None if lists is node.iter else [*before, with_fields(node, {"iter": lists})]

    def joins(self, node: gast.AST) -> bool:
        """Whether an iterator is an argument of `zip`, `enumerate` or `reversed`."""
        return (
            isinstance(node, gast.Call)
            and any(self.resolved(node.func) is f for f in (zip, enumerate, reversed))
            and any(self.its.kind(a) is not None for a in node.args)
        )

    def looped_over_a_list(self, node: gast.For) -> list[gast.AST] | None:
        """A loop over a list of what an iterator gives."""
        if not self.calm(*node.body):
            return None
        made = self.collected(node.iter)
        if made is None:
            return None
        before, items = made
        return [*before, with_fields(node, {"iter": items})]

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

    @staticmethod
    def assigned(target: gast.AST, value: gast.AST, place: gast.AST) -> gast.AST:
        return at(gast.Assign(targets=[target], value=value, type_comment=None), place)

    # ---- expressions ------------------------------------------------------------------------

    def expression(self, node: gast.AST) -> gast.AST:
        """What an expression is written as."""
        direct = self.direct
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
            case gast.comprehension(iter=joined) if self.joins(joined) and self.direct:
                return with_fields(node, {"iter": self.with_lists(joined)})
            case gast.Call(keywords=[_, *_]) if self.direct and self.has_key(node):
                made = keyed(node, self.resolved(node.func), self.fresh)
                if made is not None:
                    self.before += made[0]
                    return made[1]
            case gast.Call(args=[first, *others]) if self.its.kind(first) is not None:
                if any(self.resolved(node.func) is f for f in _USING_UP):
                    return self.used_up(node, first, others)
        return node

    def has_key(self, node: gast.Call) -> bool:
        """Whether a call is one of `max`, `min` or `sorted` with a key."""
        known = self.resolved(node.func)
        named = any(k.arg == "key" for k in node.keywords)
        return named and any(known is f for f in (max, min, sorted))

    def with_lists(self, node: gast.Call) -> gast.AST:
        """`zip(...)` and the like with lists in the place of iterators."""
        args: list[gast.AST] = []
        for argument in node.args:
            made = self.collected(argument) if self.its.kind(argument) else ([], argument)
            if made is None:
                return node
            self.before += made[0]
            args.append(made[1])
        return with_fields(node, {"args": args})

    def used_up(self, node: gast.Call, first: gast.Call, others: list[gast.AST]) -> gast.AST:
        """`list(iterator)` and the like."""
        made = self.collected(first, written=self.direct)
        if made is None:
            return node
        before, items = made
        self.before += before
        if self.resolved(node.func) is list and isinstance(items, gast.ListComp | gast.BinOp):
            return items
        return with_fields(node, {"args": [items, *others]})

    def collected(
        self, node: gast.Call, *, written: bool = True
    ) -> tuple[list[gast.AST], gast.AST] | None:
        """What has to stand before, and a list of what an iterator gives; written: whether anything may stand there."""
        name = self.fresh("item")
        nest = self.its.nest(node, store(name))
        if nest is None:
            return self.with_a_beginning(node) if written else None
        item = load(name)
        plain = nest.first or nest.leaves is not None
        substituted = None if plain else _substitution(nest.given)
        if substituted is None or (nest.before and not written):
            return self.written_out(nest, item, node) if written else None
        before = [self.assigned(store(n), value, node) for n, value in nest.before]
        (level, *more) = nest.levels
        alone = isinstance(level.target, gast.Name) and level.target.id == name
        if not more and not level.tests and not substituted and alone:
            return before, level.iterable
        elt = renamed(item, substituted)
        return before, at(gast.ListComp(elt=elt, generators=_clauses(nest.levels)), node)

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
        begun = self.assigned(store(made), gast.List(elts=[initial], ctx=gast.Load()), node)
        (level,) = nest.levels
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
            iter=level.iterable.args[0],
            body=[at(adding, node)],
            orelse=[],
            type_comment=None,
        )
        return [begun, at(loop, node)], load(made)

    def comprehension(self, node: gast.AST) -> gast.AST:
        """A comprehension with loops in the place of the iterators of its clauses."""
        clauses = list(node.generators)
        done: list[gast.AST] = []
        elt = node.elt
        while clauses:
            clause, *clauses = clauses
            if self.its.kind(clause.iter) is None:
                done.append(clause)
                continue
            parts = [
                elt,
                *clause.ifs,
                *(c.iter for c in clauses),
                *(i for c in clauses for i in c.ifs),
            ]
            if not self.calm(*parts):
                return node
            nest = self.its.nest(clause.iter, clause.target)
            direct = self.direct and not done
            plain = nest is not None and not nest.first and nest.leaves is None
            names = _substitution(nest.given) if nest is not None and plain else None
            if nest is None or names is None or (nest.before and not direct):
                made = self.collected(clause.iter, written=direct)
                if made is None:
                    return node
                before, items = made
                self.before += before
                done.append(with_fields(clause, {"iter": items}))
                continue
            self.before += [self.assigned(store(n), value, node) for n, value in nest.before]
            own = _clauses(nest.levels)
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


def _clauses(levels: list[Level]) -> list[gast.AST]:
    return [
        gast.comprehension(
            target=level.target, iter=level.iterable, ifs=list(level.tests), is_async=0
        )
        for level in levels
    ]


def _joined(nest: Nest, name: str) -> Nest:
    """A nest in which what a name is given goes on to the last target without it."""
    *others, (target, _) = nest.given
    value = next((v for t, v in others if isinstance(t, gast.Name) and t.id == name), None)
    if value is not None:
        rest = [(t, v) for t, v in others if not (isinstance(t, gast.Name) and t.id == name)]
        nest.given = [*rest, (target, value)]
    return nest


def _substitution(given: list[tuple[gast.AST, gast.AST]]) -> dict[str, gast.AST] | None:
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


def _parameters(tree: gast.AST) -> set[str]:
    """The names of a function's parameters."""
    names = (n for n in gast.walk(tree.args) if isinstance(n, gast.Name))
    return {n.id for n in names if isinstance(n.ctx, gast.Param)}
