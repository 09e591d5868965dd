"""Which statements change nothing that a loop around them may run over.

What iterators give depends on when it is asked for: `itertools.pairwise` remembers an item, `chain` goes through what
is there at that moment. Where a body writes into no container, none of that can be seen, and other loops do the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from types import FunctionType

import gast

from s2sgrad.errors import TransformError
from s2sgrad.normalize.quiet import may_write
from s2sgrad.source import resolve
from s2sgrad.trees import names_bound_in, nodes

__all__ = ["is_calm", "own_numbers"]

_DEEPEST = 4


def is_calm(
    body: Iterable[gast.AST],
    resolved: Callable[[gast.AST], object],
    numbers: Iterable[str] = (),
    depth: int = 0,
) -> bool:
    """Whether statements, or expressions, write into nothing, and call only what doesn't.

    resolved: what a node names; numbers: names of numbers that are begun here, to which may be added.
    """
    counted = set(numbers)
    for part in (inner for node in body for inner in nodes(node)):
        match part:
            case gast.Subscript() | gast.Attribute() if not isinstance(part.ctx, gast.Load):
                return False
            case gast.AugAssign(target=gast.Name(id=name)) if name not in counted:
                return False
            case gast.Call():
                known = resolved(part.func)
                if known is next and part.args and isinstance(part.args[0], gast.Call):
                    continue  # of an iterator that nobody else has
                if isinstance(known, FunctionType):
                    if not _computes(known, depth):
                        return False
                elif may_write(_without_arguments(part), resolved):
                    return False
            case gast.FunctionDef() | gast.Delete() | gast.Global():
                return False
            case gast.Nonlocal() | gast.Await() | gast.With():
                return False
            case gast.Yield() | gast.YieldFrom() if not depth:
                return False
    return True


def own_numbers(
    tree: gast.AST, resolved: Callable[[gast.AST], object] | None = None
) -> frozenset[str]:
    """The names of a function that begin as numbers or sums, and are otherwise only added to and the like.

    resolved: what a node names; None: no calls are looked at.
    """
    found: set[str] = set()
    others: set[str] = _parameters(tree)
    for node in nodes(tree):
        match node:
            case gast.Assign(
                targets=[gast.Name(id=name)], value=gast.Constant(value=int() | float())
            ):
                found.add(name)
            case gast.Assign(
                targets=[gast.Name(id=name)], value=gast.Call(func=func, args=[_], keywords=[])
            ) if resolved is not None and resolved(func) is sum:  # a new value, whatever is added
                found.add(name)
            case gast.AugAssign(target=gast.Name()):
                pass
            case gast.stmt() | gast.comprehension() | gast.NamedExpr():
                others |= _bound_here(node)
    return frozenset(found - others)


def _bound_here(node: gast.AST) -> set[str]:
    """The names that a node binds, not what stands in its blocks."""
    match node:
        case gast.For(target=target) | gast.comprehension(target=target):
            return {n.id for n in nodes(target) if isinstance(n, gast.Name)}
        case gast.If() | gast.While() | gast.Try():
            return set()
        case gast.NamedExpr(target=target):
            return {target.id}
    return set(names_bound_in(node))


def _computes(function: FunctionType, depth: int) -> bool:
    """Whether a function of the user's only computes, and so do those that it calls."""
    from s2sgrad.parse import parse  # noqa: PLC0415

    try:
        source = parse(function, special=True)
    except TransformError:
        return False
    if depth >= _DEEPEST:
        return False
    bound = {n for s in source.tree.body for n in names_bound_in(s)}
    bound |= _parameters(source.tree)

    def resolved(node: gast.AST) -> object:
        root = node
        while isinstance(root, gast.Attribute):
            root = root.value
        local = isinstance(root, gast.Name) and root.id in bound
        return None if local else resolve(node, source.namespace)

    return is_calm(source.tree.body, resolved, own_numbers(source.tree), depth + 1)


def _without_arguments(call: gast.Call) -> gast.Call:
    """A call with names in the place of its arguments, which are asked on their own."""
    args = [gast.Constant(value=None, kind=None) for _ in call.args]
    keywords = [
        gast.keyword(arg=k.arg, value=gast.Constant(value=None, kind=None)) for k in call.keywords
    ]
    return gast.Call(func=call.func, args=args, keywords=keywords)


def _parameters(tree: gast.AST) -> set[str]:
    """The names of a function's parameters."""
    names = (n for n in nodes(tree.args) if isinstance(n, gast.Name))
    return {n.id for n in names if isinstance(n.ctx, gast.Param)}
