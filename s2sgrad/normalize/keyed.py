"""`max`, `min` and `sorted` with a key, as what they do: the largest so far is kept, items are taken in an order."""

from __future__ import annotations

from collections.abc import Callable

import gast

from s2sgrad.normalize.nodes import at, call, constant, load, store, subscript, tuple_of
from s2sgrad.trees import renamed

__all__ = ["keyed"]

Fresh = Callable[[str], str]


def keyed(
    node: gast.Call, function: object, fresh: Fresh
) -> tuple[list[gast.AST], gast.AST] | None:
    """The statements that stand before a call of `max`, `min` or `sorted` with a key, and what it gives."""
    named = {k.arg: k.value for k in node.keywords}
    key = named.pop("key", None)
    if key is None or len(node.args) != 1 or named.keys() - {"reverse"}:
        return None
    if named and function is not sorted:
        return None
    if isinstance(key, gast.Attribute) and key.attr == "get":
        return None  # of a dict, which is asked key by key
    items = fresh("items")
    before = [_assigned(items, node.args[0], node)]
    if function is sorted:
        item, keys = fresh("item"), fresh("keys")
        of_item = _applied(key, load(item))
        if of_item is None:
            return None
        clause = gast.comprehension(target=store(item), iter=load(items), ifs=[], is_async=0)
        before.append(_assigned(keys, gast.ListComp(elt=of_item, generators=[clause]), node))
        number = fresh("k")
        order = call("$sorting_order", load(keys), *named.values())
        taken = gast.comprehension(target=store(number), iter=order, ifs=[], is_async=0)
        elt = subscript(load(items), load(number))
        return before, at(gast.ListComp(elt=elt, generators=[taken]), node)
    best, limit, item, value = fresh("best"), fresh("limit"), fresh("item"), fresh("value")
    first, later = _applied(key, load(best)), _applied(key, load(item))
    if first is None or later is None:
        return None
    before += [_assigned(best, subscript(load(items), constant(0)), node)]
    before += [_assigned(limit, first, node)]
    operator = gast.Gt() if function is max else gast.Lt()
    better = gast.Compare(left=load(value), ops=[operator], comparators=[load(limit)])
    both = gast.Tuple(elts=[store(best), store(limit)], ctx=gast.Store())
    kept = gast.Assign(targets=[both], value=tuple_of([load(item), load(value)]), type_comment=None)
    body = [
        _assigned(value, later, node),
        at(gast.If(test=better, body=[at(kept, node)], orelse=[]), node),
    ]
    rest = gast.Slice(lower=constant(1), upper=None, step=None)
    loop = gast.For(
        target=store(item),
        iter=subscript(load(items), rest),
        body=body,
        orelse=[],
        type_comment=None,
    )
    return [*before, at(loop, node)], load(best)


def _applied(key: gast.AST, item: gast.AST) -> gast.AST | None:
    """What a key function says of an item."""
    match key:
        case gast.Lambda(args=own, body=body):
            others = (own.vararg, own.kwarg, *own.defaults, *own.kwonlyargs, *own.posonlyargs)
            return (
                renamed(body, {own.args[0].id: item})
                if len(own.args) == 1 and not any(others)
                else None
            )
        case gast.Name() | gast.Attribute():
            return at(gast.Call(func=key, args=[item], keywords=[]), key)
    return None


def _assigned(name: str, value: gast.AST, place: gast.AST) -> gast.AST:
    return at(gast.Assign(targets=[store(name)], value=value, type_comment=None), place)
