"""Methods of containers and arrays that are written otherwise than as calls of themselves.

Receives a function's tree. Where it can't be told from the usual way, that is written:

    add = values.append; add(v)      values.append(v)
    list.append(values, v)           values.append(v)
    getattr(values, "append")(v)     values.append(v)
    values.__setitem__(k, v)         values[k] = v
    operator.setitem(values, k, v)   values[k] = v
    values.__iadd__(more)            values += more

A method that has a name is that of what the other name held when it was given: so both are bound once, and nothing
stands between that could see the difference.
"""

from __future__ import annotations

import builtins
import operator
from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import gast
import numpy as np

from s2sgrad.infer.functions import IN_PLACE
from s2sgrad.normalize.nodes import at, load, own_scope, store
from s2sgrad.source import resolve_outside
from s2sgrad.trees import names_bound_in, nodes, of_kind, with_fields

__all__ = ["with_plain_methods"]

_KINDS = (list, dict, set, deque, np.ndarray)
_UNBOUND = (*_KINDS, OrderedDict, defaultdict)
_METHODS = frozenset(
    name for kind in _KINDS for name in dir(kind) if callable(getattr(kind, name, None))
)
_BLOCKS = ("body", "orelse", "finalbody", "handlers", "cases")
_PLAIN = (gast.Assign, gast.Expr, gast.AugAssign, gast.AnnAssign)
_OPERATORS = {f"__{function.__name__}__": getattr(gast, op) for function, op in IN_PLACE.items()}


def with_plain_methods(tree: gast.FunctionDef, namespace: Mapping[str, object]) -> gast.FunctionDef:
    """The function with methods called the usual way; the same tree where they are."""
    bound = {n for s in tree.body for n in names_bound_in(s)}
    bound |= {n.id for n in nodes(tree) if isinstance(n, gast.Name) and _binds(n)}

    def resolved(node: gast.AST) -> object:
        return resolve_outside(node, bound, namespace)

    work = _Plain(resolved, bound, _named(tree))
    if not work.named and not any(map(work.changes, of_kind(tree, gast.Call, gast.Expr))):
        return tree
    body = work.block(tree.body)
    return tree if _same(body, tree.body) else with_fields(tree, {"body": body})


def _binds(node: gast.Name) -> bool:
    return not isinstance(node.ctx, gast.Load)


def _same(new: list[gast.AST], old: list[gast.AST]) -> bool:
    return len(new) == len(old) and all(a is b for a, b in zip(new, old, strict=True))


# ---- methods that have names ----------------------------------------------------------------------


def _named(tree: gast.FunctionDef) -> dict[str, gast.Attribute]:
    """The names of methods → the methods, where a call of one is that of the other."""
    pairs = {
        target.id: value
        for node in own_scope(tree.body)
        if isinstance(node, gast.Assign)
        for target, value in _pairs(node)
    }
    if not pairs:
        return {}
    names = [n for n in nodes(tree) if isinstance(n, gast.Name)]
    times = Counter(n.id for n in names if _binds(n))
    times.update(n for node in nodes(tree) for n in _bound_as_text(node))
    called = Counter(
        n.func.id for n in nodes(tree) if isinstance(n, gast.Call) and isinstance(n.func, gast.Name)
    )
    read = Counter(n.id for n in names if not _binds(n))
    parameters = {n.id for n in nodes(tree.args) if isinstance(n, gast.Name) and _binds(n)}
    once = {name for name in pairs if times[name] == 1 and called[name] == read[name]}
    fixed = {name for name, count in times.items() if count == 1}
    found: dict[str, gast.Attribute] = {}
    for statements, outermost in _blocks(tree.body):
        for place, statement in enumerate(statements):
            own = list(_pairs(statement))
            if own and all(
                target.id in once
                and value.value.id in fixed
                and (
                    value.value.id in parameters
                    or _is_made_before(value.value.id, target.id, statements[:place])
                    or (not outermost and _is_made(value.value.id, tree.body, statement))
                    or (outermost and _is_made(value.value.id, statements[:place], None))
                )
                for target, value in own
            ):
                found.update((target.id, value) for target, value in own)
    return found


def _pairs(statement: gast.AST) -> list[tuple[gast.Name, gast.Attribute]]:
    """What a statement names, where that is nothing but methods of what has a name."""
    match statement:
        case gast.Assign(targets=[gast.Name() as target], value=value):
            found = [(target, value)]
        case gast.Assign(targets=[gast.Tuple(elts=targets)], value=gast.Tuple(elts=values)) if len(
            targets
        ) == len(values):
            found = list(zip(targets, values, strict=True))
        case _:
            return []
    methods = all(
        isinstance(target, gast.Name)
        and isinstance(value, gast.Attribute)
        and isinstance(value.value, gast.Name)
        and value.attr in _METHODS
        for target, value in found
    )
    return found if methods else []


def _bound_as_text(node: gast.AST) -> tuple[str, ...]:
    """The names that a node binds, or gives away, and that aren't nodes of their own."""
    match node:
        case gast.FunctionDef(name=name) | gast.ClassDef(name=name):
            return (name,)
        case gast.Global(names=names) | gast.Nonlocal(names=names):
            return (*names, *names)
        case gast.Import(names=names) | gast.ImportFrom(names=names):
            return tuple(alias.asname or alias.name.partition(".")[0] for alias in names)
        case gast.MatchAs(name=str() as name) | gast.MatchStar(name=str() as name):
            return (name,)
        case gast.MatchMapping(rest=str() as name):
            return (name,)
    return ()


def _blocks(body: list[gast.AST], *, outermost: bool = True) -> list[tuple[list[gast.AST], bool]]:
    """The blocks of statements of a function, without those of functions in it."""
    found = [(body, outermost)]
    for statement in body:
        if isinstance(statement, gast.FunctionDef | gast.ClassDef):
            continue
        for name in _BLOCKS:
            inner = getattr(statement, name, None)
            if not isinstance(inner, list) or not inner:
                continue
            if name in {"handlers", "cases"}:
                for part in inner:
                    found += _blocks(part.body, outermost=False)
            else:
                found += _blocks(inner, outermost=False)
    return found


def _is_made_before(name: str, method: str, before: list[gast.AST]) -> bool:
    """Whether the last statements before bind a name, and none since then reads that of a method of it."""
    for statement in reversed(before):
        if not isinstance(statement, _PLAIN):
            return False
        if name in names_bound_in(statement):
            return True
        if any(isinstance(n, gast.Name) and n.id == method for n in nodes(statement)):
            return False
    return False


def _is_made(name: str, body: list[gast.AST], inside: gast.AST | None) -> bool:
    """Whether a statement of a body, before the one that a statement stands in, binds a name."""
    for statement in body:
        if inside is not None and any(part is inside for part in nodes(statement)):
            return False
        if isinstance(statement, gast.Assign) and name in names_bound_in(statement):
            return True
    return False


# ---- the tree -------------------------------------------------------------------------------------


@dataclass(eq=False)
class _Plain:
    """named: the names of methods, whose statements go."""

    resolved: Callable[[gast.AST], object]
    bound: set[str]
    named: Mapping[str, gast.Attribute] = field(default_factory=dict)

    def block(self, statements: list[gast.AST]) -> list[gast.AST]:
        out: list[gast.AST] = []
        for statement in statements:
            own = _pairs(statement)
            if own and all(self.named.get(target.id) is value for target, value in own):
                continue
            out.append(self.statement(statement))
        return out or [at(gast.Pass(), statements[0])] if statements else out

    def statement(self, node: gast.AST) -> gast.AST:
        node = self.tree(node)
        if isinstance(node, gast.Expr) and isinstance(node.value, gast.Call):
            return self.stored(node, node.value)
        return node

    def changes(self, node: gast.AST) -> bool:
        """Whether a call, or a statement that is one, is written otherwise than the usual way."""
        match node:
            case gast.Expr(value=gast.Call() as call):
                return self.stored(node, call) is not node
            case gast.Call():
                return self.call(node) is not node
        return False

    def tree(self, node: gast.AST) -> gast.AST:
        """A node with the calls in it written the usual way."""
        changed: dict[str, object] = {}
        for name in node._fields:
            value = getattr(node, name, None)
            if isinstance(value, gast.AST):
                new: object = self.tree(value)
                if new is not value:
                    changed[name] = new
            elif isinstance(value, list) and value and isinstance(value[0], gast.stmt):
                items = self.block(value)
                if not _same(items, value):
                    changed[name] = items
            elif isinstance(value, list):
                items = [self.tree(v) if isinstance(v, gast.AST) else v for v in value]
                if not _same(items, value):
                    changed[name] = items
        node = with_fields(node, changed) if changed else node
        return self.call(node) if isinstance(node, gast.Call) else node

    def call(self, node: gast.Call) -> gast.AST:
        """A call of a method the usual way."""
        match node:
            case gast.Call(func=gast.Name(id=name)) if name in self.named:
                known = self.named[name]
                base = at(load(known.value.id), node.func)
                method = gast.Attribute(value=base, attr=known.attr, ctx=gast.Load())
                return with_fields(node, {"func": at(method, node.func)})
            case gast.Call(
                func=gast.Call(
                    func=gast.Name() as getting,
                    args=[base, gast.Constant(value=str() as attr)],
                    keywords=[],
                )
            ) if self.resolved(getting) is builtins.getattr and attr in _METHODS:
                func = at(gast.Attribute(value=base, attr=attr, ctx=gast.Load()), node.func)
                return with_fields(node, {"func": func})
            case gast.Call(
                func=gast.Attribute(value=kind, attr=attr) as func,
                args=[gast.Name() as base, *args],
            ) if attr in _METHODS and any(self.resolved(kind) is known for known in _UNBOUND):
                method = at(gast.Attribute(value=base, attr=attr, ctx=gast.Load()), func)
                if callable(getattr(self.resolved(kind), attr, None)) and not _of_the_class(
                    self.resolved(kind), attr
                ):
                    return with_fields(node, {"func": method, "args": args})
        return node

    def stored(self, node: gast.Expr, call: gast.Call) -> gast.AST:
        """A call that stores something as an assignment."""
        known = self.resolved(call.func)
        match call:
            case gast.Call(args=[base, index, value], keywords=[]) if known is operator.setitem:
                return _store(node, base, index, value)
            case gast.Call(
                func=gast.Attribute(value=base, attr="__setitem__"),
                args=[index, value],
                keywords=[],
            ):
                return _store(node, base, index, value)
            case gast.Call(args=[base, index], keywords=[]) if known is operator.delitem:
                return _deletion(node, base, index)
            case gast.Call(
                func=gast.Attribute(value=base, attr="__delitem__"), args=[index], keywords=[]
            ):
                return _deletion(node, base, index)
            case gast.Call(
                func=gast.Attribute(value=gast.Name(id=name) as base, attr=attr),
                args=[value],
                keywords=[],
            ) if attr in _OPERATORS and name in self.bound:
                target = at(store(name), base)
                return at(gast.AugAssign(target=target, op=_OPERATORS[attr](), value=value), node)
        return node


def _of_the_class(kind: object, attr: str) -> bool:
    """Whether a method is one of the class, and not of what is given first."""
    return isinstance(vars(kind).get(attr), classmethod | staticmethod) or attr in {
        "fromkeys",
        "__new__",
        "__class__",
    }


def _item(base: gast.AST, index: gast.AST, context: gast.AST) -> gast.Subscript:
    return at(gast.Subscript(value=base, slice=index, ctx=context), base)


def _store(node: gast.Expr, base: gast.AST, index: gast.AST, value: gast.AST) -> gast.AST:
    target = _item(base, index, gast.Store())
    return at(gast.Assign(targets=[target], value=value, type_comment=None), node)


def _deletion(node: gast.Expr, base: gast.AST, index: gast.AST) -> gast.AST:
    return at(gast.Delete(targets=[_item(base, index, gast.Del())]), node)
