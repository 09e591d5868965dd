"""Taking the counting of a loop back, where what it runs over turns out to be no sequence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import gast

from s2sgrad.normalize.nodes import at, constant, load, subscript
from s2sgrad.program import Assign, Block, For, Header, Origin, Statement

__all__ = ["uncounted"]


def uncounted(loop: For, fresh: Callable[[str], str]) -> Block:
    """The statements that stand for a counted loop whose iterable is iterated as it is.

    The iterable is built of the atoms in `loop.header.iterable` (`zip` and `enumerate` become calls
    before the loop), and its items are unpacked first in the body. What was computed for counting
    only is then dead. fresh gives an unused name for a base (`item`, or `_1` for an unnamed value).
    """
    if loop.header is None:
        return (loop,)
    before: list[Statement] = []
    iterable = _held(loop.header.iterable, before, fresh, loop.origin)
    target = loop.header.target
    body = loop.body[loop.header.bindings :]
    if isinstance(target, gast.Name):
        index = target.id if target.id == loop.target else fresh("item")
    else:
        index = fresh("item")
    bindings: list[Statement] = []
    if not (isinstance(target, gast.Name) and target.id == index):
        _unpack(target, load(index), bindings, fresh, loop.origin)
    header = Header(target, iterable, len(bindings))
    return (
        *before,
        replace(loop, target=index, iterable=iterable, body=(*bindings, *body), header=header),
    )


def _held(
    node: gast.AST, before: list[Statement], fresh: Callable[[str], str], origin: Origin | None
) -> gast.AST:
    if not isinstance(node, gast.Call):
        return node
    arguments = [_held(argument, before, fresh, origin) for argument in node.args]
    name = fresh("_1")
    value = gast.Call(func=node.func, args=arguments, keywords=node.keywords)
    before.append(Assign((name,), at(value, node), origin=origin))
    return load(name)


def _unpack(
    target: gast.AST,
    value: gast.AST,
    bindings: list[Statement],
    fresh: Callable[[str], str],
    origin: Origin | None,
) -> None:
    if isinstance(target, gast.Name):
        bindings.append(Assign((target.id,), value, origin=origin))
        return
    if len(target.elts) == 1:
        name = fresh("_1")
        bindings.append(Assign((name,), subscript(value, constant(0)), origin=origin))
        _unpack(target.elts[0], load(name), bindings, fresh, origin)
        return
    ids = [element.id if isinstance(element, gast.Name) else None for element in target.elts]
    distinct = len(set(ids)) == len(ids)
    names = [id_ if distinct and id_ is not None else fresh("_1") for id_ in ids]
    bindings.append(Assign(tuple(names), value, origin=origin))
    for element, name in zip(target.elts, names, strict=True):
        if not isinstance(element, gast.Name) or element.id != name:
            _unpack(element, load(name), bindings, fresh, origin)
