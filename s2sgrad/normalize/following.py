"""Loops over `pairwise` and `islice` that may write into what they run over.

Both ask for one item after the other, as a loop does, and `pairwise` keeps the one before:

    for a, b in pairwise(x): ...            for k, item in enumerate(x):
                                                if k > 0:
                                                    a, b = last, item
                                                    last = item
                                                    ...
                                                else:
                                                    last = item

    for v in islice(x, 1, n): ...           for k, item in zip(range(n), x):
                                                if k >= 1:
                                                    v = item
                                                    ...
"""

from __future__ import annotations

import gast

from s2sgrad.normalize.iterators import Iterators
from s2sgrad.normalize.nodes import at, binary, call, constant, integer, load, store, tuple_of
from s2sgrad.trees import with_fields

__all__ = ["following"]


def following(node: gast.For, kind: str, its: Iterators) -> list[gast.AST] | None:
    """A loop over an iterator as one over what that iterates; None where that isn't known."""
    if node.iter.keywords:
        return None
    if kind == "pairwise" and len(node.iter.args) == 1:
        return [_pairwise(node, its)]
    if kind == "islice" and len(node.iter.args) in {3, 4}:
        return _islice(node, its)
    return None


def _pairwise(node: gast.For, its: Iterators) -> gast.AST:
    number, item, last = its.fresh("k"), its.fresh("item"), its.fresh("last")
    over = call(its.builtin("enumerate"), node.iter.args[0])
    given = _assigned(node.target, tuple_of([load(last), load(item)]), node)
    kept, begun = (_assigned(store(last), load(item), node) for _ in range(2))
    later = gast.Compare(left=load(number), ops=[gast.Gt()], comparators=[constant(0)])
    body = at(gast.If(test=later, body=[given, kept, *node.body], orelse=[begun]), node)
    return with_fields(
        node, {"target": _pair(store(number), store(item)), "iter": over, "body": [body]}
    )


def _islice(node: gast.For, its: Iterators) -> list[gast.AST] | None:
    """A loop over `islice(x, start, stop, step)`, whose bounds are whole numbers or aren't given."""
    items, *bounds = node.iter.args
    start, stop, step = (None if its.is_none(b) else b for b in (*bounds, constant(None))[:3])
    plain = all(b is None or isinstance(b, gast.Constant) or its.stays(b) for b in (start, step))
    if not plain or (stop is not None and isinstance(items, gast.Call)):
        return None  # these are evaluated once, and the items first
    number = its.fresh("k")
    over = call(its.builtin("enumerate"), items)
    if stop is not None:
        over = call(its.builtin("zip"), call(its.builtin("range"), stop), items)
    begun = load(number)
    tests: list[gast.AST] = []
    if start is not None and integer(start) != 0:
        tests.append(gast.Compare(left=begun, ops=[gast.GtE()], comparators=[start]))
        begun = binary(begun, gast.Sub(), start)
    if step is not None and integer(step) != 1:
        rest = binary(begun, gast.Mod(), step)
        tests.append(gast.Compare(left=rest, ops=[gast.Eq()], comparators=[constant(0)]))
    if not tests:
        pair, body = _pair(store(number), node.target), node.body
    else:
        item = its.fresh("item")
        pair, body = (
            _pair(store(number), store(item)),
            [
                _assigned(node.target, load(item), node),
                *node.body,
            ],
        )
    for test in reversed(tests):
        body = [at(gast.If(test=test, body=body, orelse=[]), node)]
    return [with_fields(node, {"target": pair, "iter": at(over, node), "body": body})]


def _pair(first: gast.AST, second: gast.AST) -> gast.Tuple:
    return gast.Tuple(elts=[first, second], ctx=gast.Store())


def _assigned(target: gast.AST, value: gast.AST, place: gast.AST) -> gast.AST:
    return at(gast.Assign(targets=[target], value=at(value, place), type_comment=None), place)
