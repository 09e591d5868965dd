"""What changes all of a list, written as a new list.

Receives a function's tree. Where a list is made here and nobody else can have it, a new one under its name is the same:

    values.sort()                    values = sorted(values)
    values.reverse()                 values = values[::-1]
    values.clear()                   values = []
    values.remove(v)                 values.pop(values.index(v))
    values[1:3] = more               values = values[:1] + list(more) + values[3:]
    values *= 2                      values = values * 2
    del values[k]                    values.pop(k)
    values[::2] = [a, b]             values[0], values[2] = a, b
    del values[::2]                  values = values[1::2]

That the list is as long as what is stored into it is asserted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import gast

from s2sgrad.names import claimed
from s2sgrad.normalize.nodes import (
    at,
    binary,
    call,
    integer,
    load,
    negative,
    own_scope,
    store,
    subscript,
)
from s2sgrad.normalize.queues import builtin, given, like_a_list, stored
from s2sgrad.normalize.stepped_slices import is_stepped, without_them
from s2sgrad.normalize.stepped_slices import stored as stored_apart
from s2sgrad.source import resolve_outside
from s2sgrad.trees import children, names_bound_in, nodes, of_kind, with_fields

__all__ = ["is_made_here", "with_new_lists"]

_METHODS = frozenset({"clear", "remove", "reverse", "sort"})
_BLOCKS = ("body", "orelse", "finalbody", "handlers", "cases")
_READ_FIRST = (all, any, len, list, max, min, sorted, sum, tuple)


def with_new_lists(tree: gast.FunctionDef, namespace: Mapping[str, object]) -> gast.FunctionDef:
    """The function with new lists for lists that are changed as a whole; the same tree where there are none."""
    changed = {name for node in nodes(tree) if (name := _changed(node))}
    if not changed:
        return tree
    bound = {n for s in tree.body for n in names_bound_in(s)}
    bound |= {n.id for n in nodes(tree.args) if isinstance(n, gast.Name)}

    def resolved(node: gast.AST) -> object:
        return resolve_outside(node, bound, namespace)

    fine = {id(use) for use in (*like_a_list(None, tree, resolved), *_as_whole(tree, resolved))}
    own = {id(n) for n in own_scope(tree.body)}
    alone = {
        name
        for name in changed
        if is_made_here(name, tree, resolved)
        and not _runs_over(name, tree, resolved)
        and all(
            id(n) in fine and id(n) in own
            for n in nodes(tree)
            if isinstance(n, gast.Name) and n.id == name
        )
    }
    if not alone:
        return tree
    work = _Changes(alone, resolved, {*bound, *(n.id for n in of_kind(tree, gast.Name))})
    return with_fields(tree, {"body": work.block(tree.body)})


def _changed(node: gast.AST) -> Any:
    """The name of the list that a statement changes in a way that is written otherwise, or an empty one."""
    match node:
        case gast.Expr(
            value=gast.Call(func=gast.Attribute(value=gast.Name(id=name), attr=attr), args=args)
        ) if attr in _METHODS and len(args) == (attr == "remove"):
            return name
        case gast.Assign(
            targets=[gast.Subscript(value=gast.Name(id=name), slice=gast.Slice() as cut)],
            value=value,
        ) if _is_plain(cut) or is_stepped(name, cut, value):
            return name
        case gast.Delete(
            targets=[gast.Subscript(value=gast.Name(id=name), slice=gast.Slice() as cut)]
        ):
            return name if _is_plain(cut) or is_stepped(name, cut, None) else ""
        case gast.Delete(targets=[gast.Subscript(value=gast.Name(id=name))]):
            return name
        case gast.AugAssign(target=gast.Name(id=name), op=gast.Mult(), value=times) if (
            integer(times) is not None
        ):
            return name
    return ""


def _is_plain(cut: gast.Slice) -> bool:
    """Whether a slice says which items stay before and behind it, and has nothing to be evaluated twice."""
    if cut.step is not None:
        return False
    low, high = (None if side is None else integer(side) for side in (cut.lower, cut.upper))
    if cut.lower is None or cut.upper is None:
        sides = [side for side in (cut.lower, cut.upper) if side is not None]
        return all(isinstance(s, gast.Name) or integer(s) is not None for s in sides)
    return low is not None and high is not None and 0 <= low <= high


def _as_whole(tree: gast.FunctionDef, resolved: Callable[[gast.AST], object]) -> Iterator[gast.AST]:
    """Where a list is changed, cut, joined, gone through and returned: nobody has it afterwards but the caller."""
    for node in own_scope(tree.body):
        match node:
            case gast.Call(func=gast.Attribute(value=base, attr=attr)) if attr in {
                *_METHODS,
                "copy",
            }:
                yield base
            case gast.Call(func=func, args=[gast.Call(func=inner, args=[_, *given_on])]) if any(
                resolved(func) is known for known in _READ_FIRST
            ) and any(resolved(inner) is known for known in (map, filter)):
                yield from given_on
            case gast.Assign(targets=[gast.Name(id=name)], value=gast.Name(id=same) as value) if (
                name == same
            ):
                yield value
            case gast.Subscript(value=base) | gast.AugAssign(target=base, op=gast.Mult()):
                yield base
            case gast.BinOp(left=left, op=gast.Add(), right=right):
                yield from (left, right)
            case gast.Assign(targets=[gast.Tuple(elts=targets)]):
                yield from targets
            case gast.Return(value=gast.Tuple(elts=items)):
                yield from items
            case gast.Return(value=value):
                yield value


def is_made_here(name: str, tree: gast.FunctionDef, resolved: Callable[[gast.AST], object]) -> bool:
    """Whether a name is the function's own, and given nothing but new lists."""
    made = [value for node in own_scope(tree.body) for n, value in _givings(node) if n == name]
    outside = {n for node in of_kind(tree, gast.Global) for n in node.names}
    return (
        bool(made)
        and name not in outside
        and len(made) == sum(n == name for n in stored(tree, augmented=False))
        and all(_is_new(value, name, resolved) for value in made)
    )


def _givings(node: gast.AST) -> Iterator[tuple[str, gast.AST | None]]:
    """The names that a statement gives values, and those."""
    match node:
        case gast.Assign(targets=[gast.Tuple(elts=targets)], value=gast.Tuple(elts=values)) if len(
            targets
        ) == len(values):
            for target, value in zip(targets, values, strict=True):
                if isinstance(target, gast.Name):
                    yield target.id, value
        case _:
            yield given(node)


def _is_new(value: gast.AST | None, name: str, resolved: Callable[[gast.AST], object]) -> bool:
    """Whether a value is a new list, or the one that the name holds if that is a list."""
    match value:
        case gast.List() | gast.ListComp():
            return True
        case gast.Name(id=other) | gast.Subscript(value=gast.Name(id=other), slice=gast.Slice()):
            return bool(other == name)
        case gast.BinOp(left=gast.List() | gast.ListComp(), op=gast.Add() | gast.Mult()):
            return True
        case gast.BinOp(left=left, op=gast.Add(), right=right):
            return _is_new(left, name, resolved) and _is_new(right, name, resolved)
        case gast.Call(func=gast.Name(id="$list")):
            return True
        case gast.Call(func=func):
            return any(resolved(func) is known for known in (list, sorted))
    return False


def _runs_over(name: str, tree: gast.FunctionDef, resolved: Callable[[gast.AST], object]) -> bool:
    """Whether a loop may run over a list while all of it changes."""
    return any(
        _is_read_later(name, loop.iter, resolved)
        and any(_changed(n) == name for s in loop.body for n in nodes(s))
        for loop in of_kind(tree, gast.For)
    )


def _is_read_later(name: str, iterable: gast.AST, resolved: Callable[[gast.AST], object]) -> bool:
    """Whether what a loop runs over may read a list when the loop runs; a copy that is made before it doesn't."""
    match iterable:
        case gast.Name(id=read):
            return bool(read == name)
        case gast.Subscript(value=gast.Name()):
            return _is_read_later(name, iterable.slice, resolved)
        case gast.Call(func=gast.Attribute(value=gast.Name(), attr="copy"), args=[]):
            return False
        case gast.Call(func=func) if any(resolved(func) is known for known in _READ_FIRST):
            return any(
                _is_read_later(name, part, resolved)
                for argument in iterable.args
                if not isinstance(argument, gast.Name)
                for part in children(argument)
            )
    return any(_is_read_later(name, part, resolved) for part in children(iterable))


class _Changes:
    """Writes statements that change lists."""

    def __init__(
        self, alone: set[str], resolved: Callable[[gast.AST], object], taken: set[str]
    ) -> None:
        self.alone, self.resolved, self.taken = alone, resolved, taken

    def builtin(self, name: str) -> str:
        return builtin(name, self.resolved)

    def fresh(self, wanted: str) -> str:
        return claimed(wanted, self.taken, 1)

    def block(self, statements: list[gast.AST]) -> list[gast.AST]:
        return [written for statement in statements for written in self.statement(statement)]

    def statement(self, node: gast.AST) -> list[gast.AST]:
        """What a statement is written as."""
        name = _changed(node)
        if name in self.alone:
            return [at(new, node) for new in self.written(node, name)]
        changed: dict[str, object] = {}
        for each in _BLOCKS:
            inner = getattr(node, each, None)
            if isinstance(inner, list):
                changed[each] = self.block(inner)
        return [with_fields(node, changed) if changed else node]

    def written(self, node: gast.AST, name: str) -> list[gast.AST]:
        """A statement that changes a list, with a new list or an item that is taken out."""
        match node:
            case gast.Expr(value=gast.Call(func=func, args=args, keywords=keywords)):
                if func.attr == "remove":
                    return [_popped(name, _method(name, "index", args[0]), node)]
                new: gast.AST = gast.List(elts=[], ctx=gast.Load())
                if func.attr == "sort":
                    new = call(self.builtin("sorted"), load(name))
                    new = with_fields(new, {"keywords": keywords})
                elif func.attr == "reverse":
                    back = gast.Slice(lower=None, upper=None, step=negative(1))
                    new = subscript(load(name), back)
            case gast.Assign(targets=[gast.Subscript(slice=cut)], value=value):
                if cut.step is not None:
                    return stored_apart(name, cut, value, self.builtin, self.fresh)
                new = self.between(name, cut, value)
            case gast.Delete(targets=[gast.Subscript(slice=gast.Slice() as cut)]):
                new = (
                    self.between(name, cut, None)
                    if cut.step is None
                    else without_them(name, cut, self.builtin, self.fresh)
                )
            case gast.Delete(targets=[gast.Subscript(slice=index)]):
                return [_popped(name, index, node)]
            case gast.AugAssign(op=times, value=value):
                new = binary(load(name), times, value)
        return [gast.Assign(targets=[store(name)], value=at(new, node), type_comment=None)]

    def between(self, name: str, cut: gast.Slice, value: gast.AST | None) -> gast.AST:
        """A list with something else, or nothing, in the place of a part."""
        parts = []
        if cut.lower is not None and integer(cut.lower) != 0:
            parts.append(subscript(load(name), gast.Slice(lower=None, upper=cut.lower, step=None)))
        if value is not None:
            fresh = isinstance(value, gast.List | gast.ListComp)
            parts.append(value if fresh else call(self.builtin("list"), value))
        if cut.upper is not None:
            parts.append(subscript(load(name), gast.Slice(lower=cut.upper, upper=None, step=None)))
        if not parts:
            return gast.List(elts=[], ctx=gast.Load())
        new = parts[0]
        for part in parts[1:]:
            new = binary(new, gast.Add(), part)
        return new


def _method(name: str, method: str, argument: gast.AST) -> gast.Call:
    func = gast.Attribute(value=load(name), attr=method, ctx=gast.Load())
    return gast.Call(func=func, args=[argument], keywords=[])


def _popped(name: str, index: gast.AST, node: gast.AST) -> gast.AST:
    return at(gast.Expr(value=at(_method(name, "pop", index), node)), node)
