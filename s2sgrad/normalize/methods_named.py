"""Methods of containers and arrays that are written otherwise than as calls of themselves.

Receives a function's tree. Where it can't be told from the usual way, that is written:

    add = values.append; add(v)      values.append(v), or add = values; add.append(v)
    list.append(values, v)           values.append(v)
    getattr(values, "append")(v)     values.append(v)
    values.__setitem__(k, v)         values[k] = v
    values.__getitem__(k)            values[k]
    operator.setitem(values, k, v)   values[k] = v
    values.__iadd__(more)            values += more

Which names stand for methods, and which of the two ways each is written, is said by `method_names`. Those of objects
that may have got another one since stay.
"""

from __future__ import annotations

import builtins
import operator
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

import gast

from s2sgrad.infer.functions import IN_PLACE
from s2sgrad.normalize.attributes_stored import attributes_stored
from s2sgrad.normalize.method_names import (
    KINDS,
    METHODS,
    base_and_method,
    binds,
    kept_methods,
    named_methods,
    pairs,
    parts,
)
from s2sgrad.normalize.nodes import at, load, store, tuple_of
from s2sgrad.source import resolve_outside
from s2sgrad.trees import names_bound_in, of_kind, own_names, with_fields

__all__ = ["with_plain_methods"]

_OPERATORS = {f"__{function.__name__}__": getattr(gast, op) for function, op in IN_PLACE.items()}


def with_plain_methods(
    tree: gast.FunctionDef,
    namespace: Mapping[str, object],
    given: Iterable[object] = (),
    in_parts: Collection[str] = (),
) -> gast.FunctionDef:
    """The function with methods called the usual way; the same tree where they are.

    given: objects, or their classes, that it reaches otherwise than by its names; in_parts: the parameters that are
    given as their parts.
    """
    bound = {n for s in tree.body for n in names_bound_in(s)}
    bound |= {*in_parts, *(n.id for n in of_kind(tree, gast.Name) if binds(n))}

    def resolved(node: gast.AST) -> object:
        return resolve_outside(node, bound, namespace)

    named = named_methods(tree)
    kept = kept_methods(tree, resolved, in_parts)
    kept = {n: method for n, method in kept.items() if n not in named}
    if named or kept:
        reached = (resolved(n) for n in of_kind(tree, gast.Name, gast.Attribute))
        stored = attributes_stored((*reached, *given))
        stored |= {n.attr for n in of_kind(tree, gast.Attribute) if isinstance(n.ctx, gast.Store)}
        named = {n: method for n, method in named.items() if method.attr not in stored}
        kept = {n: method for n, method in kept.items() if method not in stored}
    work = _Plain(resolved, own_names(tree), named, kept)
    if not named and not kept and not any(map(work.changes, of_kind(tree, gast.Call, gast.Expr))):
        return tree
    body = work.block(tree.body)
    return tree if _same(body, tree.body) else with_fields(tree, {"body": body})


def _same(new: list[gast.AST], old: list[gast.AST]) -> bool:
    return len(new) == len(old) and all(a is b for a, b in zip(new, old, strict=True))


# ---- the tree -------------------------------------------------------------------------------------


@dataclass(eq=False)
class _Plain:
    """named: the names of methods, whose statements go; kept: those that stand for what the methods are of.

    own: the names of the function that is being written.
    """

    resolved: Callable[[gast.AST], object]
    own: set[str]
    named: Mapping[str, gast.Attribute]
    kept: Mapping[str, str]

    def block(self, statements: list[gast.AST]) -> list[gast.AST]:
        out: list[gast.AST] = []
        for statement in statements:
            own = pairs(statement)
            if own and all(self.named.get(target.id) is value for target, value in own):
                continue
            out.append(self.statement(statement))
        return out or [at(gast.Pass(), statements[0])] if statements else out

    def statement(self, node: gast.AST) -> gast.AST:
        outer = self.own
        if isinstance(node, gast.FunctionDef):
            self.own = own_names(node)
        node = self.tree(self.keeping(node))
        self.own = outer
        if isinstance(node, gast.Expr) and isinstance(node.value, gast.Call):
            return self.stored(node, node.value)
        return node

    def changes(self, node: gast.AST) -> bool:
        """Whether a call, or a statement that is one, may be written otherwise than the usual way."""
        match node:
            case gast.Expr(value=gast.Call(func=gast.Attribute(attr=attr)) as call):
                return attr.startswith("__") or self.stored(node, call) is not node
            case gast.Expr(value=gast.Call() as call):
                return self.stored(node, call) is not node
            case gast.Call():
                return self.call(node) is not node
        return False

    def keeping(self, node: gast.AST) -> gast.AST:
        """An assignment of methods as one of what they are of."""
        found = parts(node)
        values = [self.base(target, value) for target, value in found]
        if all(new is value for new, (_, value) in zip(values, found, strict=True)):
            return node
        whole = isinstance(node.targets[0], gast.Tuple)
        return with_fields(
            node, {"value": at(tuple_of(values), node.value) if whole else values[0]}
        )

    def base(self, target: gast.AST, value: gast.AST) -> gast.AST:
        known = base_and_method(value)
        if isinstance(target, gast.Name) and target.id in self.kept and known is not None:
            return known[0]
        return value

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
        """A call of a method the usual way, or the item that it gives."""
        node = self.plain(node)
        match node:
            case gast.Call(
                func=gast.Attribute(
                    value=gast.Name() | gast.Attribute() | gast.Subscript() as base,
                    attr="__getitem__",
                ),
                args=[index],
                keywords=[],
            ) if not isinstance(index, gast.Starred):
                return at(gast.Subscript(value=base, slice=index, ctx=gast.Load()), node)
        return node

    def plain(self, node: gast.Call) -> gast.Call:
        """A call of a method the usual way."""
        match node:
            case gast.Call(func=gast.Name(id=name)) if name in self.named:
                known = self.named[name]
                base = at(load(known.value.id), node.func)
                method = gast.Attribute(value=base, attr=known.attr, ctx=gast.Load())
                return with_fields(node, {"func": at(method, node.func)})
            case gast.Call(func=gast.Name(id=name)) if name in self.kept:
                method = gast.Attribute(value=node.func, attr=self.kept[name], ctx=gast.Load())
                return with_fields(node, {"func": at(method, node.func)})
            case gast.Call(
                func=gast.Call(
                    func=gast.Name() as getting,
                    args=[base, gast.Constant(value=str() as attr)],
                    keywords=[],
                )
            ) if self.resolved(getting) is builtins.getattr and attr in METHODS:
                func = at(gast.Attribute(value=base, attr=attr, ctx=gast.Load()), node.func)
                return with_fields(node, {"func": func})
            case gast.Call(
                func=gast.Attribute(value=kind, attr=attr) as func,
                args=[gast.Name() as base, *args],
            ) if attr in METHODS and any(self.resolved(kind) is known for known in KINDS):
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
            ) if attr in _OPERATORS and name in self.own:
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
