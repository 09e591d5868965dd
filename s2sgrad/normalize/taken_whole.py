"""What is used up whole by one call, written as what it does.

Receives a function's tree, and gives one in which

    list(zip(x, y))                         [(a, b) for a, b in zip(x, y)]
    max(enumerate(x), key=f)                max([(k, v) for k, v in enumerate(x)], key=f)
    dict(zip(names, x))                     {k: v for k, v in zip(names, x)}
    dict((n, f(n)) for n in names)          {n: f(n) for n in names}
    dict([("a", s), ("b", t)])              {"a": s, "b": t}
    zip(*[x, y])                            zip(x, y)
    a, b = zip(*rows)                       a = tuple([p for p, q in rows]); b = ...
    values.extend(f(v) for v in x)          for v in x: values.append(f(v))
    setattr(body, "w", v)                   body.w = v

All of these make the same items in the same order. A list is extended by one item after the other, and so it is by the
loop, whatever is called in between.
"""

from __future__ import annotations

import builtins
import keyword
from collections import Counter
from collections.abc import Mapping
from functools import cached_property

import gast

from s2sgrad.names import claimed
from s2sgrad.normalize.comprehensions import with_names
from s2sgrad.normalize.list_changes import is_made_here
from s2sgrad.normalize.nodes import (
    at,
    call,
    load,
    nonlocal_names,
    store,
    target_names,
    tuple_of,
)
from s2sgrad.normalize.quiet import is_quiet
from s2sgrad.source import resolve_outside
from s2sgrad.trees import loaded, names_bound_in, nodes, of_kind, with_fields

__all__ = ["taken_whole"]

_BLOCKS = ("body", "orelse", "finalbody")
_ITERATORS = (zip, enumerate)
_LISTING = (list, tuple, sorted, max, min)


def taken_whole(tree: gast.FunctionDef, namespace: Mapping[str, object]) -> gast.FunctionDef:
    """The function with lists and loops in the place of what is used up whole; the same tree where there is nothing."""
    work = _Taking(tree, namespace)
    if not any(map(work.may_be_written, of_kind(tree, gast.Call))):
        return tree
    return work.within(tree)


class _Taking:
    """Writes statements and expressions."""

    def __init__(self, tree: gast.FunctionDef, namespace: Mapping[str, object]) -> None:
        self.tree = self.scope = tree
        self.namespace = namespace
        self.bound = {n for s in nodes(tree) if isinstance(s, gast.stmt) for n in names_bound_in(s)}
        self.bound |= {n.id for n in of_kind(tree, gast.Name) if not isinstance(n.ctx, gast.Load)}
        self.shared = nonlocal_names([tree])

    @cached_property
    def occurring(self) -> Counter[str]:
        """How often each name occurs."""
        return Counter(n.id for n in of_kind(self.tree, gast.Name))

    @cached_property
    def taken(self) -> set[str]:
        """The names that are used."""
        return {*self.occurring, *self.bound}

    def fresh(self, wanted: str) -> str:
        return claimed(wanted, self.taken, 1)

    def resolved(self, node: gast.AST) -> object:
        """The object that a node names, MISSING if it is none from outside of the function."""
        return resolve_outside(node, self.bound, self.namespace)

    def builtin(self, name: str) -> str:
        """How a builtin is called whatever its name means here."""
        return name if self.resolved(load(name)) is getattr(builtins, name) else f"${name}"

    def may_be_written(self, node: gast.Call) -> bool:
        """Whether a call may be one that is written otherwise."""
        known = self.resolved(node.func)
        extends = isinstance(node.func, gast.Attribute) and node.func.attr == "extend"
        return extends or any(known is f for f in (*_ITERATORS, dict, setattr))

    def within(self, node: gast.AST) -> gast.AST:
        """A statement or an expression with other parts."""
        outer = self.scope
        self.scope = node if isinstance(node, gast.FunctionDef) else outer
        new = self.with_parts(node)
        self.scope = outer
        return self.expression(new)

    def with_parts(self, node: gast.AST) -> gast.AST:
        """A node whose parts have been written."""
        changed: dict[str, object] = {}
        for name in node._fields:
            value = getattr(node, name, None)
            if name in _BLOCKS and isinstance(value, list):
                new: object = [written for s in value for written in self.statement(s)]
            elif isinstance(value, list):
                new = [self.within(v) if isinstance(v, gast.AST) else v for v in value]
            elif isinstance(value, gast.AST):
                new = self.within(value)
            else:
                continue
            if isinstance(value, list) and len(value) == len(new):  # type: ignore[arg-type]
                if all(a is b for a, b in zip(value, new)):  # type: ignore[call-overload]
                    continue
            elif new is value:
                continue
            changed[name] = new
        return with_fields(node, changed) if changed else node

    # ---- statements -----------------------------------------------------------------------------

    def statement(self, node: gast.AST) -> list[gast.AST]:
        """What a statement is written as."""
        match node:
            case gast.Assign(
                targets=[gast.Tuple(elts=targets)],
                value=gast.Call(func=func, args=[gast.Starred(value=rows)], keywords=[]),
            ) if self.resolved(func) is zip and all(isinstance(t, gast.Name) for t in targets):
                return self.columns(targets, self.within(rows), node)
        node = self.within(node)
        match node:
            case gast.Expr(
                value=gast.Call(
                    func=gast.Attribute(value=gast.Name(id=name), attr="extend"),
                    args=[gast.GeneratorExp() as items],
                    keywords=[],
                )
            ) if self.is_new_list(name):
                apart = name not in loaded(items) and is_quiet(items, self.resolved, methods=True)
                if not apart and not _binds_more(items):
                    return self.extending(name, items, node)
            case gast.Expr(
                value=gast.Call(
                    func=func,
                    args=[gast.Name() as owner, gast.Constant(value=str() as attr), value],
                    keywords=[],
                )
            ) if self.resolved(func) is setattr and _is_plain_attribute(attr):
                apart = owner.id not in self.shared and not of_kind(value, gast.NamedExpr)
                if apart and not isinstance(value, gast.Starred):
                    target = gast.Attribute(value=owner, attr=attr, ctx=gast.Store())
                    return [self.assigned(at(target, node), value, node)]
            case gast.Assign(targets=[gast.Tuple() | gast.List()], value=gast.Call() as value) if (
                count := self.items_of(value)
            ):
                return [with_fields(node, {"value": self.items(value, count)})]
        return [node]

    def is_new_list(self, name: str) -> bool:
        """Whether a name of the function around holds lists only, all of which are made in it."""
        given = {n.id for n in of_kind(self.scope.args, gast.Name)}
        own = name not in self.shared and name not in given
        return own and is_made_here(name, self.scope, self.resolved)

    def extending(self, name: str, items: gast.GeneratorExp, node: gast.AST) -> list[gast.AST]:
        """`values.extend(e for v in x)`: a loop that appends."""
        own = [n for clause in items.generators for n in target_names(clause.target)]
        inside = Counter(n.id for n in of_kind(items, gast.Name))
        names = {n: self.fresh(n) for n in own if self.occurring[n] > inside[n]}
        (first, *others) = items.generators
        append = gast.Attribute(value=load(name), attr="append", ctx=gast.Load())
        adding = gast.Call(func=append, args=[with_names(items.elt, names)], keywords=[])
        body: list[gast.AST] = [at(gast.Expr(value=at(adding, node)), node)]
        for clause in reversed((first, *others)):
            for test in reversed(clause.ifs):
                body = [at(gast.If(test=with_names(test, names), body=body, orelse=[]), node)]
            over = clause.iter if clause is first else with_names(clause.iter, names)
            loop = gast.For(
                target=with_names(clause.target, names),
                iter=over,
                body=body,
                orelse=[],
                type_comment=None,
            )
            body = [at(loop, node)]
        return body

    def columns(self, targets: list[gast.AST], rows: gast.AST, node: gast.AST) -> list[gast.AST]:
        """`a, b = zip(*rows)`: the tuples of what stands first and second in all rows."""
        before: list[gast.AST] = []
        named = isinstance(rows, gast.Name) and all(t.id != rows.id for t in targets)
        if not named or not self.is_new_list(rows.id):
            name = self.fresh("rows")
            before = [self.assigned(store(name), call(self.builtin("list"), rows), node)]
            rows = load(name)
        out = before
        for k, target in enumerate(targets):
            items = [self.fresh("item") for _ in targets]
            column = self.listed(tuple_of([store(n) for n in items]), load(items[k]), rows)
            whole = at(call(self.builtin("tuple"), at(column, node)), node)
            out.append(self.assigned(target, whole, node))
        return out

    # ---- expressions ----------------------------------------------------------------------------

    def expression(self, node: gast.AST) -> gast.AST:
        """What an expression is written as, its parts having been written."""
        match node:
            case gast.Call(
                func=func, args=[gast.Starred(value=gast.List() | gast.Tuple() as shown)]
            ) if self.resolved(func) is zip and not any(
                isinstance(e, gast.Starred) for e in shown.elts
            ):
                return with_fields(node, {"args": list(shown.elts)})
            case gast.Call(
                func=func,
                args=[
                    gast.GeneratorExp(elt=gast.Tuple(elts=[key, value]), generators=clauses)
                    | gast.ListComp(elt=gast.Tuple(elts=[key, value]), generators=clauses)
                ],
                keywords=[],
            ) if self.resolved(func) is dict and not any(
                isinstance(part, gast.Starred) for part in (key, value)
            ):
                return at(gast.DictComp(key=key, value=value, generators=clauses), node)
            case gast.Call(func=func, args=[gast.List(elts=pairs)], keywords=[]) if self.resolved(
                func
            ) is dict and all(map(_is_pair, pairs)):
                keys, values = [p.elts[0] for p in pairs], [p.elts[1] for p in pairs]
                return at(gast.Dict(keys=keys, values=values), node)
            case gast.Call(func=func, args=[gast.Call() as first, *others]):
                known = self.resolved(func)
                count = self.items_of(first)
                if count and any(known is f for f in _LISTING):
                    made = self.items(first, count)
                    if known is list:
                        return node if others or node.keywords else made
                    return with_fields(node, {"args": [made, *others]})
                if count == 2 and known is dict and not others and not node.keywords:
                    key, value = self.fresh("key"), self.fresh("value")
                    pair = _target(tuple_of([store(key), store(value)]))
                    clause = gast.comprehension(target=pair, iter=first, ifs=[], is_async=0)
                    return at(
                        gast.DictComp(key=load(key), value=load(value), generators=[clause]), node
                    )
        return node

    def items_of(self, node: gast.Call) -> int:
        """How many items each item of a `zip` or an `enumerate` has, 0 where a call is none of which that is known."""
        known = self.resolved(node.func)
        inner = (gast.Starred, gast.NamedExpr, gast.Yield, gast.YieldFrom, gast.Await)
        if not any(known is f for f in _ITERATORS) or of_kind(node, *inner):
            return 0
        if known is enumerate:
            return 2 if node.args else 0
        return len(node.args)

    def items(self, node: gast.Call, count: int) -> gast.AST:
        """A list of what a `zip` or an `enumerate` gives: tuples of so many items."""
        names = [self.fresh("item") for _ in range(count)]
        target = tuple_of([store(n) for n in names])
        return at(self.listed(target, tuple_of([load(n) for n in names]), node), node)

    @staticmethod
    def listed(target: gast.AST, item: gast.AST, items: gast.AST) -> gast.ListComp:
        """A list of what is made of items."""
        clause = gast.comprehension(target=_target(target), iter=items, ifs=[], is_async=0)
        return gast.ListComp(elt=item, generators=[clause])

    @staticmethod
    def assigned(target: gast.AST, value: gast.AST, place: gast.AST) -> gast.AST:
        return at(gast.Assign(targets=[target], value=at(value, place), type_comment=None), place)


def _is_pair(node: gast.AST) -> bool:
    """Whether an expression is a tuple of two items that stand there."""
    items = node.elts if isinstance(node, gast.Tuple) else []
    return len(items) == 2 and not any(isinstance(item, gast.Starred) for item in items)


def _target(items: gast.Tuple) -> gast.Tuple:
    """A tuple of names that are bound."""
    return gast.Tuple(elts=items.elts, ctx=gast.Store())


def _binds_more(items: gast.GeneratorExp) -> bool:
    """Whether a generator expression binds names of the function, or has functions that outlive a trip."""
    inner = (gast.NamedExpr, gast.Lambda, gast.Yield, gast.YieldFrom, gast.Await)
    starred = any(of_kind(clause.target, gast.Starred) for clause in items.generators)
    return starred or bool(of_kind(items, *inner)) or any(c.is_async for c in items.generators)


def _is_plain_attribute(attr: str) -> bool:
    """Whether a text names an attribute that is called the same in the body of a class."""
    return attr.isidentifier() and not keyword.iskeyword(attr) and not attr.startswith("__")
