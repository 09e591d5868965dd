"""`with` of the user's context managers: what they do before and behind the block, written there.

A manager that is a generator (`contextlib.contextmanager`) gives its statements up to the `yield` and those behind it;
an object has `__enter__` and `__exit__` called. What is done behind is also done before each statement that leaves the
block. If the block raises, nothing runs, as with `finally`; so no manager may go on then.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from types import FunctionType

import gast

from s2sgrad.errors import TransformError
from s2sgrad.normalize.generators import Generators, is_generator
from s2sgrad.normalize.nodes import (
    at,
    constant,
    load,
    own_functions,
    own_scope,
    store,
    without_functions,
)
from s2sgrad.normalize.patterns import UnsupportedError
from s2sgrad.trees import nodes, with_fields

__all__ = ["Managed", "managed", "without_managers"]


@dataclass(frozen=True, eq=False)
class Managed:
    """What stands before a block, and what stands behind it."""

    before: list[gast.AST]
    behind: list[gast.AST]


def managed(item: gast.AST, generators: Generators, tree: gast.AST) -> Managed:
    """What the manager of one item of a `with` does; tree: the function that it stands in."""
    call, target = item.context_expr, item.optional_vars
    if isinstance(call, gast.Name):
        return _of_an_object(call, target, _class_of(call.id, tree, generators), generators)
    if not isinstance(call, gast.Call):
        raise UnsupportedError
    inner = _made_inside(call.func, generators, tree)
    if inner is not None:
        return _written(call, target, generators.begun(inner, call))
    known = generators.resolved(call.func)
    if isinstance(known, FunctionType):
        return _of_a_generator(call, target, known, generators)
    if isinstance(known, type):
        return _of_an_object(call, target, known, generators)
    raise UnsupportedError


def _of_a_generator(
    call: gast.Call, target: gast.AST | None, known: FunctionType, generators: Generators
) -> Managed:
    inner = getattr(known, "__wrapped__", None)
    if known.__code__ is not _WRAPPING or not isinstance(inner, FunctionType):
        raise UnsupportedError
    source = generators.source(inner)
    begun = None if source is None else generators.begun(source.tree, call)
    return _written(call, target, begun)


def _made_inside(
    called: gast.AST, generators: Generators, tree: gast.AST
) -> gast.FunctionDef | None:
    """The generator behind a context manager that the function makes itself, under a name that is bound once."""
    if not isinstance(called, gast.Name) or generators.local:
        return None  # names of a function inside may hide those that it reads
    made = [n for n in own_functions(tree.body) if n.name == called.id]
    bound = [n for n in nodes(tree) if isinstance(n, gast.Name) and n.id == called.id]
    others = [n for n in nodes(tree) if isinstance(n, gast.FunctionDef) and n.name == called.id]
    if len(made) != 1 or len(others) != 1 or any(not isinstance(n.ctx, gast.Load) for n in bound):
        return None
    known = [generators.resolved(d) for d in made[0].decorator_list]
    return made[0] if known == [contextlib.contextmanager] and is_generator(made[0]) else None


def without_managers(tree: gast.FunctionDef) -> gast.FunctionDef:
    """The function without the context managers that it makes and doesn't use any more."""
    read = {n.id for n in nodes(tree) if isinstance(n, gast.Name)}
    made = {n.name for n in own_functions(tree.body) if n.decorator_list and is_generator(n)} - read
    return with_fields(tree, {"body": without_functions(tree.body, made)}) if made else tree


def _written(
    call: gast.Call,
    target: gast.AST | None,
    begun: tuple[list[gast.AST], list[gast.AST]] | None,
) -> Managed:
    """What a generator does around its yield; begun: its parameters and its statements."""
    if begun is None:
        raise UnsupportedError
    before, body = begun
    first, item, behind = _around_the_yield(body)
    written = [n for s in (*first, *behind) for n in nodes(s)]
    refused = gast.Yield | gast.YieldFrom | gast.Return | gast.Try | gast.Nonlocal | gast.Global
    if any(isinstance(n, refused) for n in written):
        raise UnsupportedError
    given = []
    if target is not None:
        value = constant(None) if item is None else item
        given = [at(gast.Assign(targets=[target], value=value, type_comment=None), call)]
    elif item is not None and not isinstance(item, gast.Name | gast.Constant):
        given = [at(gast.Expr(value=item), call)]
    return Managed([*before, *first, *given], behind)


def _around_the_yield(
    body: list[gast.AST],
) -> tuple[list[gast.AST], gast.AST | None, list[gast.AST]]:
    """What stands before the one yield of a generator, what it yields, and what stands behind it."""
    for k, statement in enumerate(body):
        match statement:
            case gast.Expr(value=gast.Yield(value=item)):
                return body[:k], item, body[k + 1 :]
            case gast.Try(handlers=[], orelse=[], body=inner, finalbody=final):
                first, item, behind = _around_the_yield(inner)
                return [*body[:k], *first], item, [*behind, *final, *body[k + 1 :]]
    raise UnsupportedError


def _class_of(name: str, tree: gast.AST, generators: Generators) -> object:
    """The class of the object that a name certainly has, None where that isn't known."""
    found: list[object] = [generators.given[name]] if name in generators.given else []
    made: list[gast.AST] = []
    for node in nodes(tree):
        match node:
            case gast.Name(id=own, ctx=gast.Param()) if own == name:
                found.append(
                    None
                )  # what is given may be told of as a whole only, and called as it is
            case gast.Assign(targets=[gast.Name(id=own) as target], value=gast.Call(func=func)) if (
                own == name
            ):
                made.append(target)
                found.append(generators.resolved(func))
    others = (n for n in nodes(tree) if isinstance(n, gast.Name) and n.id == name)
    bound = [n for n in others if isinstance(n.ctx, gast.Store | gast.Del) and n not in made]
    return found[0] if len(found) == 1 and not bound else None


def _of_an_object(
    call: gast.AST, target: gast.AST | None, known: object, generators: Generators
) -> Managed:
    leave = getattr(known, "__exit__", None) if isinstance(known, type) else None
    if not isinstance(leave, FunctionType) or not isinstance(
        getattr(known, "__enter__", None), FunctionType
    ):
        raise UnsupportedError
    if not _lets_pass(leave):
        raise UnsupportedError
    plain = isinstance(call, gast.Name)
    manager = call.id if plain else generators.fresh("manager")
    entered = gast.Call(
        func=gast.Attribute(value=load(manager), attr="__enter__", ctx=gast.Load()),
        args=[],
        keywords=[],
    )
    left = gast.Call(
        func=gast.Attribute(value=load(manager), attr="__exit__", ctx=gast.Load()),
        args=[constant(None) for _ in range(3)],
        keywords=[],
    )
    made = gast.Assign(targets=[store(manager)], value=call, type_comment=None)
    given: gast.AST = gast.Expr(value=entered)
    if target is not None:
        given = gast.Assign(targets=[target], value=entered, type_comment=None)
    begun = [] if plain else [at(made, call)]
    return Managed([*begun, at(given, call)], [at(gast.Expr(value=left), call)])


def _lets_pass(leave: FunctionType) -> bool:
    """Whether `__exit__` returns nothing, so that what the block raises goes on."""
    from s2sgrad.parse import parse  # noqa: PLC0415

    try:
        tree = parse(leave, special=True).tree
    except TransformError:
        return False
    returned = [n.value for n in own_scope(tree.body) if isinstance(n, gast.Return)]
    return all(
        value is None or (isinstance(value, gast.Constant) and not value.value)
        for value in returned
    )


@contextlib.contextmanager
def _any_manager() -> Iterator[None]:
    """A manager, to know others by."""
    yield


_WRAPPING = _any_manager.__code__
