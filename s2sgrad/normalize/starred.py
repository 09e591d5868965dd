"""`a, *b, c = v`, item by item, and `a, (b, *c) = v`, one after the other."""

from __future__ import annotations

from collections.abc import Callable

import gast

from s2sgrad.normalize.nodes import at, call, constant, load, negative, store, subscript
from s2sgrad.trees import nodes

__all__ = ["inside_apart", "one_star", "starred", "stars_inside"]


def starred(
    node: gast.Assign,
    target: gast.Tuple,
    value: gast.AST,
    read: set[str],
    fresh: Callable[[str], str],
    builtin: Callable[[str], str],
) -> list[gast.AST]:
    """`a, *b, c = v`: item by item, the middle as a list."""
    known = _one_by_one(node, target, value, fresh)
    if known is not None:
        return known
    names = {n.id for n in nodes(target) if isinstance(n, gast.Name)}
    own = isinstance(value, gast.Name) and value.id not in names
    marked = call("$keys_of" if own else "$items_of", value)
    name = fresh("items")
    before = [at(_assigned(name, at(marked, value)), node)]
    value = load(name)
    count = len(target.elts)
    place = next(k for k, e in enumerate(target.elts) if isinstance(e, gast.Starred))
    out = before
    for k, element in enumerate(target.elts):
        if k == place:
            after = count - 1 - place
            part = gast.Slice(
                lower=constant(place) if place else None,
                upper=negative(after) if after else None,
                step=None,
            )
            if element.value.id not in read:
                continue
            taken: gast.AST = call(builtin("list"), at(subscript(value, part), node))
            element = element.value  # noqa: PLW2901
        else:
            taken = subscript(value, constant(k) if k < place else negative(count - k))
        out.append(
            at(gast.Assign(targets=[element], value=at(taken, node), type_comment=None), node)
        )
    return out


def _one_by_one(
    node: gast.Assign, target: gast.Tuple, value: gast.AST, fresh: Callable[[str], str]
) -> list[gast.AST] | None:
    """`a, *b = x, y, z`, whose items are all there: each is computed, then each name gets its own."""
    count = len(target.elts)
    display = isinstance(value, gast.Tuple | gast.List)
    if not display or len(value.elts) < count - 1 or any(map(_is_starred, value.elts)):
        return None
    out: list[gast.AST] = []
    items: list[gast.AST] = []
    for each in value.elts:
        if isinstance(each, gast.Constant):
            items.append(each)
            continue
        name = fresh("item")
        out.append(at(gast.Assign(targets=[store(name)], value=each, type_comment=None), node))
        items.append(load(name))
    place = next(k for k, e in enumerate(target.elts) if _is_starred(e))
    behind = len(items) - (count - 1 - place)
    rest = at(gast.List(elts=items[place:behind], ctx=gast.Load()), node)
    values = [*items[:place], rest, *items[behind:]]
    for element, item in zip(target.elts, values, strict=True):
        named = element.value if _is_starred(element) else element
        out.append(at(gast.Assign(targets=[named], value=item, type_comment=None), node))
    return out


def _assigned(name: str, value: gast.AST) -> gast.Assign:
    return gast.Assign(targets=[store(name)], value=value, type_comment=None)


def _is_starred(node: gast.AST) -> bool:
    return isinstance(node, gast.Starred)


def one_star(target: gast.AST) -> bool:
    """Whether one of the targets is a name with a star, and all others are names."""
    stars = [e for e in target.elts if isinstance(e, gast.Starred)]
    plain = [e.value if isinstance(e, gast.Starred) else e for e in target.elts]
    return len(stars) == 1 and all(isinstance(e, gast.Name) for e in plain)


def stars_inside(target: gast.AST) -> bool:
    """Whether tuples in the targets have a star, and all others are names."""
    inner = [e for e in target.elts if isinstance(e, gast.Tuple | gast.List)]
    others = [e for e in target.elts if not isinstance(e, gast.Tuple | gast.List)]
    return (
        bool(inner) and all(map(one_star, inner)) and all(isinstance(e, gast.Name) for e in others)
    )


def inside_apart(
    node: gast.Assign, target: gast.AST, fresh: Callable[[str], str]
) -> list[gast.AST]:
    """`a, items = v` and `b, *c = items` for `a, (b, *c) = v`."""
    names = {id(e): fresh("items") for e in target.elts if not isinstance(e, gast.Name)}
    plain = [store(names[id(e)]) if id(e) in names else e for e in target.elts]
    outer = gast.Tuple(elts=plain, ctx=gast.Store())
    out = [at(gast.Assign(targets=[outer], value=node.value, type_comment=None), node)]
    for element in target.elts:
        if id(element) in names:
            items = load(names[id(element)])
            out.append(at(gast.Assign(targets=[element], value=items, type_comment=None), node))
    return out
