"""`max`, `min` and `sorted` with a key, as what they do: the largest so far is kept, items are taken in an order.

A default is what there is where there are no items.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

import gast

from s2sgrad.normalize.nodes import at, call, constant, load, store, subscript, tuple_of
from s2sgrad.trees import loaded, renamed, with_fields

__all__ = ["MARKED", "is_keyed", "keyed"]

MARKED = (gast.Name, gast.Attribute, gast.Subscript)
"""What may be a dict, and is marked by `$items_of`."""

Fresh = Callable[[str], str]
_ITSELF = gast.Lambda(
    args=gast.arguments(
        args=[gast.Name(id="item", ctx=gast.Param(), annotation=None, type_comment=None)],
        posonlyargs=[],
        vararg=None,
        kwonlyargs=[],
        kw_defaults=[],
        kwarg=None,
        defaults=[],
    ),
    body=load("item"),
)
"""A key that says of an item what it is."""


def keyed(
    node: gast.Call, function: object, fresh: Fresh
) -> tuple[list[gast.AST], gast.AST] | None:
    """The statements that stand before a call of `max`, `min` or `sorted` with a key, and what it gives."""
    named = {k.arg: k.value for k in node.keywords}
    key, default = named.pop("key", None), named.pop("default", None)
    known = {"reverse"} if function is sorted else set()
    if len(node.args) != 1 or named.keys() - known or (function is sorted and default is not None):
        return None
    if key is None and _of_tuples(node.args[0]):  # of which one item after the other is compared
        key = _ITSELF
    if key is None:
        return None if default is None else _or_default(node, default, fresh)
    if isinstance(key, gast.Attribute) and key.attr == "get":
        return None  # of a dict, which is asked key by key
    items = fresh("items")
    listed = _listed(node.args[0], in_order=function is sorted)
    before = [_assigned(items, listed, node)]
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
    if default is None or _has_items(node.args[0]):
        return [*before, at(loop, node)], load(best)
    listing, *begun = before
    other = fresh("default")
    nothing = at(_assigned(best, load(other), node), node)
    either = gast.If(test=_some(items), body=[*begun, at(loop, node)], orelse=[nothing])
    return [listing, _assigned(other, default, node), at(either, node)], load(best)


def is_keyed(node: gast.Call, function: object, rebound: Collection[str] = ()) -> bool:
    """Whether a call of `max`, `min` or `sorted` has a key or a default, or compares tuples.

    rebound: names that calls may give something else; a key of such a name is asked for once.
    """
    if not any(function is f for f in (max, min, sorted)):
        return False
    keys = [
        k.value for k in node.keywords if k.arg == "key" and not isinstance(k.value, gast.Lambda)
    ]
    if any(name in rebound for key in keys for name in loaded(key)):
        return False
    named = any(k.arg in {"key", "default"} for k in node.keywords)
    compares = function is not sorted and len(node.args) == 1 and _of_tuples(node.args[0])
    return named or compares


def _of_tuples(items: gast.AST) -> bool:
    """Whether an expression gives tuples that stand there."""
    match items:
        case gast.ListComp(elt=gast.Tuple()) | gast.GeneratorExp(elt=gast.Tuple()):
            return True
        case gast.List(elts=shown) | gast.Tuple(elts=shown):
            return bool(shown) and all(isinstance(item, gast.Tuple) for item in shown)
    return False


def _listed(items: gast.AST, *, in_order: bool = False) -> gast.AST:
    """The items of a generator expression as a list, marked ones of what may be a dict; any others as they are.

    in_order: whether they are read by positions that only a run knows.
    """
    match items:
        case gast.GeneratorExp(elt=elt, generators=generators):
            return at(gast.ListComp(elt=elt, generators=generators), items)
    marked = at(call("$items_of", items, constant(in_order)), items)
    return marked if isinstance(items, MARKED) or in_order else items


def _or_default(
    node: gast.Call, default: gast.AST, fresh: Fresh
) -> tuple[list[gast.AST], gast.AST] | None:
    """`max(x, default=v)`."""
    items, other = fresh("items"), fresh("default")
    plain = with_fields(node, {"keywords": []})
    if _has_items(node.args[0]) and isinstance(default, gast.Constant):
        return [], plain
    before = [_assigned(items, _listed(node.args[0]), node), _assigned(other, default, node)]
    found = with_fields(plain, {"args": [load(items)]})
    return before, at(gast.IfExp(test=_some(items), body=found, orelse=load(other)), node)


def _has_items(items: gast.AST) -> bool:
    """Whether an expression is a display that certainly isn't empty."""
    shown = items.elts if isinstance(items, gast.List | gast.Tuple) else []
    return any(not isinstance(item, gast.Starred) for item in shown)


def _some(items: str) -> gast.AST:
    """Whether there are any items."""
    return gast.Compare(left=call("$len", load(items)), ops=[gast.Gt()], comparators=[constant(0)])


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
