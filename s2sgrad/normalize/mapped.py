"""`map` and `filter` as what they are: generator expressions, and loops that call a function in each trip.

They are evaluated item by item, when an item is asked for. So a loop over one is a loop whose body begins with the
call; it is a list only where it is used up at once, or where nobody can see when which item is made.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

import gast

from s2sgrad.normalize.nodes import at, call, load, store
from s2sgrad.trees import renamed, with_fields

__all__ = ["at_once", "filtering", "is_steady", "mapped_loop", "stream", "with_held"]

Fresh = Callable[[str], str]


def stream(node: gast.Call, kind: object, fresh: Fresh, zipped: str) -> gast.AST | None:
    """`map(f, xs)` or `filter(f, xs)` as a generator expression; None where it isn't known what f is."""
    parts = _parts(node, kind, fresh)
    if parts is None:
        return None
    names, item, tests = parts
    clause = gast.comprehension(
        target=_target(names), iter=_source(node, zipped), ifs=tests, is_async=0
    )
    return at(gast.GeneratorExp(elt=item, generators=[clause]), node)


def mapped_loop(loop: gast.For, kind: object, fresh: Fresh, zipped: str) -> gast.AST | None:
    """A loop over `map(f, xs)` or `filter(f, xs)`: one over xs."""
    node = loop.iter
    parts = _parts(node, kind, fresh, inside=False)
    if parts is None:
        return None
    names, item, tests = parts
    given = at(gast.Assign(targets=[loop.target], value=item, type_comment=None), node)
    body = [given, *loop.body]
    if tests:
        body = [at(gast.If(test=tests[0], body=body, orelse=[]), node)]
    target = at(_target(names), node)
    return with_fields(loop, {"target": target, "iter": _source(node, zipped), "body": body})


def filtering(clause: gast.AST, made: set[int]) -> gast.AST:
    """`for v in (w for w in xs if f(w))` of a comprehension as `for v in xs if f(v)`, where that is of `made`."""
    inner, target = clause.iter, clause.target
    if id(inner) not in made or not isinstance(target, gast.Name):
        return clause
    (own,) = inner.generators
    if not own.ifs or not isinstance(inner.elt, gast.Name):
        return clause
    tests = [renamed(test, {inner.elt.id: load(target.id)}) for test in own.ifs]
    return with_fields(clause, {"iter": own.iter, "ifs": [*tests, *clause.ifs]})


def at_once(node: gast.AST, made: set[int]) -> gast.AST:
    """An expression with the generator expressions of `made` in it as lists: also those in `zip` and the like."""
    if isinstance(node, gast.GeneratorExp) and id(node) in made:
        return at(gast.ListComp(elt=node.elt, generators=node.generators), node)
    if isinstance(node, gast.Call) and any(id(a) in made for a in node.args):
        return with_fields(node, {"args": [at_once(a, made) for a in node.args]})
    return node


def is_steady(node: gast.Call, rebound: Collection[str], calm: Callable[[gast.AST], bool]) -> bool:
    """Whether what makes the function of `map` or `filter` means the same for each item.

    rebound: names that may be given something else meanwhile; calm: whether an expression writes into nothing.
    """
    match node.args[0]:
        case gast.Lambda():
            return True
        case gast.Call(args=[function, *first], keywords=named):  # functools.partial
            parts = [function, *first, *(k.value for k in named)]
            held = any(isinstance(p, gast.Attribute) for p in parts[1:])
            if held and not calm(gast.Call(func=function, args=[], keywords=[])):
                return False
            return all(_root(part) not in rebound for part in parts)
        case function:
            return _root(function) not in rebound


def with_held(
    node: gast.Call, rebound: Collection[str], fresh: Fresh
) -> tuple[list[gast.AST], gast.Call]:
    """A name of its own for the function of `map` or `filter` that may change meanwhile, and the call with it."""
    function, *iterables = node.args
    if isinstance(function, gast.Lambda | gast.Call) or _root(function) not in rebound:
        return [], node
    name = fresh("function")
    given = gast.Assign(targets=[store(name)], value=function, type_comment=None)
    return [at(given, function)], with_fields(node, {"args": [load(name), *iterables]})


def _root(node: gast.AST) -> str:
    """The name that an expression of names and attributes begins with."""
    while isinstance(node, gast.Attribute):
        node = node.value
    return node.id if isinstance(node, gast.Name) else ""


def _parts(
    node: gast.Call, kind: object, fresh: Fresh, *, inside: bool = True
) -> tuple[list[str], gast.AST, list[gast.AST]] | None:
    """Names for the items, what is made of them, and what is tested.

    inside: the names are those of an expression alone, so that those of a lambda may stay.
    """
    function, *iterables = node.args
    names = [fresh("item") for _ in iterables]
    match function:
        case gast.Lambda(args=arguments, body=body) if _simple(arguments, len(iterables)):
            own = [p.id for p in arguments.args]
            if inside:
                names, made = own, body
            else:
                names = [fresh(n) for n in own]
                made = renamed(body, {a: load(b) for a, b in zip(own, names, strict=True)})
        case gast.Call(func=_, args=[whole, *first], keywords=named) if (
            inside
        ):  # of functools.partial
            args = [*first, *(load(n) for n in names)]
            made = at(gast.Call(func=whole, args=args, keywords=named), node)
        case gast.Name() | gast.Attribute():
            made = at(gast.Call(func=function, args=[load(n) for n in names], keywords=[]), node)
        case gast.Constant(value=None) if kind is filter:
            made = load(names[0])
        case _:
            return None
    return (names, made, []) if kind is map else (names, load(names[0]), [made])


def _target(names: list[str]) -> gast.AST:
    targets = [store(n) for n in names]
    return targets[0] if len(targets) == 1 else gast.Tuple(elts=targets, ctx=gast.Store())


def _source(node: gast.Call, zipped: str) -> gast.AST:
    _, *iterables = node.args
    return iterables[0] if len(iterables) == 1 else at(call(zipped, *iterables), node)


def _simple(arguments: gast.AST, count: int) -> bool:
    """Whether a lambda has that many plain parameters and no others."""
    others = (arguments.vararg, arguments.kwarg, *arguments.defaults, *arguments.kwonlyargs)
    return len(arguments.args) == count and not arguments.posonlyargs and not any(others)
