"""Which statements change nothing that a loop around them may run over.

What iterators give depends on when it is asked for: `itertools.pairwise` remembers an item, `chain` goes through what
is there at that moment. Where a body writes into no container, none of that can be seen, and other loops do the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from types import FunctionType

import gast
import numpy as np

from s2sgrad.errors import TransformError
from s2sgrad.normalize.quiet import writes
from s2sgrad.source import Source, resolve
from s2sgrad.trees import names_bound_in, nodes

__all__ = ["computes", "is_calm", "own_numbers", "read"]

_DEEPEST = 4


def is_calm(
    body: Iterable[gast.AST],
    resolved: Callable[[gast.AST], object],
    numbers: Iterable[str] = (),
    depth: int = 0,
    *,
    repeatable: bool = False,
) -> bool:
    """Whether statements, or expressions, write into nothing, and call only what doesn't.

    resolved: what a node names; numbers: names of numbers that are begun here, to which may be added; repeatable:
    they do the same again if they are run again, and nobody sees it: they print nothing, and draw no numbers.
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
                if repeatable and _is_seen(known):
                    return False
                if known is next and part.args and isinstance(part.args[0], gast.Call):
                    continue  # of an iterator that nobody else has
                keys = [k.value for k in part.keywords if k.arg == "key"]
                given = [gast.Call(func=k, args=[], keywords=[]) for k in keys if _is_named(k)]
                if given and not is_calm(given, resolved, numbers, depth, repeatable=repeatable):
                    return False
                if isinstance(known, FunctionType | Source) and not _of_numpy(known):
                    if not computes(known, depth, repeatable=repeatable):
                        return False
                elif writes(part, known):
                    return False
            case gast.FunctionDef() | gast.Delete() | gast.Global():
                return False
            case gast.Nonlocal() | gast.Await() | gast.With():
                return False
            case gast.Yield() | gast.YieldFrom() if not depth:
                return False
    return True


def _is_seen(known: object) -> bool:
    """Whether it is seen how often a function is called: it shows something, or draws a number."""
    module = getattr(known, "__module__", None) or ""
    shows = any(known is f for f in (print, input, open))
    return shows or module == "random" or module.startswith("numpy.random")


def _is_named(node: gast.AST) -> bool:
    return isinstance(node, gast.Name | gast.Attribute)


def _of_numpy(function: FunctionType | Source) -> bool:
    """Whether a function is one of NumPy's, of which it is known what they do."""
    module = getattr(function, "__module__", None) or ""
    return module.partition(".")[0] == "numpy"


def own_numbers(tree: gast.AST, resolved: Callable[[gast.AST], object]) -> frozenset[str]:
    """The names of a function that certainly hold numbers, so that `+=` gives them another one.

    They are parameters that are said to be, targets of loops over ranges, and what arithmetic and functions of numbers
    make of such. resolved: what a node names.
    """
    values: dict[str, list[gast.AST | None]] = {}
    annotated = {
        a.id
        for a in nodes(tree.args)
        if isinstance(a, gast.Name) and a.annotation is not None and _of_numbers(a, resolved)
    }
    for name in _parameters(tree) - annotated:
        values[name] = [None]
    for node in nodes(tree):
        match node:
            case gast.Assign(targets=targets, value=value):
                for target in targets:
                    for part, given in _one_by_one(target, value):
                        for name in _names(part):
                            alone = isinstance(part, gast.Name)
                            values.setdefault(name, []).append(given if alone else None)
            case gast.AugAssign(target=gast.Name()):
                pass  # where it makes an array of a number, what else has that array is refused later
            case gast.For(target=gast.Name(id=name), iter=gast.Call(func=func)) if (
                resolved(func) is range
            ):
                values.setdefault(name, []).append(gast.Constant(value=0, kind=None))
            case gast.stmt() | gast.comprehension() | gast.NamedExpr():
                for name in _bound_here(node):
                    values.setdefault(name, []).append(None)
    found = {*values, *annotated}
    while True:
        wrong = {
            n
            for n in found & values.keys()
            if not all(_is_number(v, found, resolved) for v in values[n])
        }
        if not wrong:
            return frozenset(found)
        found -= wrong


def _of_numbers(parameter: gast.AST, resolved: Callable[[gast.AST], object]) -> bool:
    """Whether a parameter is said to be a number."""
    known = resolved(parameter.annotation)
    return any(known is kind for kind in (float, int, bool))


def _names(target: gast.AST) -> set[str]:
    """The names that a target binds."""
    bound = (n for n in nodes(target) if isinstance(n, gast.Name))
    return {n.id for n in bound if isinstance(n.ctx, gast.Store)}


def _one_by_one(target: gast.AST, value: gast.AST) -> list[tuple[gast.AST, gast.AST]]:
    """What an assignment gives to which target: `a, b = 0.0, 1.0` is two of them."""
    if isinstance(target, gast.Tuple) and isinstance(value, gast.Tuple):
        parts = (*target.elts, *value.elts)
        starred = any(isinstance(p, gast.Starred) for p in parts)
        if len(target.elts) == len(value.elts) and not starred:
            return list(zip(target.elts, value.elts, strict=True))
    return [(target, value)]


def _is_number(
    value: gast.AST | None, numbers: set[str], resolved: Callable[[gast.AST], object]
) -> bool:
    """Whether an expression certainly gives a number, if these names hold some."""
    match value:
        case gast.Constant(value=int() | float()):
            return True
        case gast.Name(id=name):
            return name in numbers
        case gast.UnaryOp(operand=operand):
            return _is_number(operand, numbers, resolved)
        case gast.BinOp(left=left, right=right):
            return all(_is_number(part, numbers, resolved) for part in (left, right))
        case gast.IfExp(body=body, orelse=orelse):
            return all(_is_number(part, numbers, resolved) for part in (body, orelse))
        case gast.Call(func=func, args=args, keywords=[]):
            known = resolved(func)
            if any(known is f for f in (float, int, len, sum)):
                return True  # `sum` makes a new value, whatever is added
            plain = isinstance(known, np.ufunc) or any(
                known is f for f in (abs, min, max, round, pow)
            )
            if plain or getattr(known, "__module__", None) == "math":
                return all(_is_number(part, numbers, resolved) for part in args)
    return False


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


def computes(
    function: FunctionType | Source,
    depth: int = 0,
    *,
    plainly: bool = False,
    repeatable: bool = False,
) -> bool:
    """Whether a function of the user's only computes, and so do those that it calls.

    plainly: what it adds to are numbers; repeatable: see `is_calm`.
    """
    source = read(function)
    if source is None or depth >= _DEEPEST:
        return False
    bound = {n for s in source.tree.body for n in names_bound_in(s)}
    bound |= _parameters(source.tree)

    def resolved(node: gast.AST) -> object:
        root = node
        while isinstance(root, gast.Attribute):
            root = root.value
        local = isinstance(root, gast.Name) and root.id in bound
        return None if local else resolve(node, source.namespace)

    numbers = bound if plainly else own_numbers(source.tree, resolved)
    return is_calm(source.tree.body, resolved, numbers, depth + 1, repeatable=repeatable)


def read(function: FunctionType | Source) -> Source | None:
    """The source of a function, None where it isn't known."""
    from s2sgrad.parse import parse  # noqa: PLC0415

    if isinstance(function, Source):
        return function
    try:
        return parse(function, special=True)
    except TransformError:
        return None


def _parameters(tree: gast.AST) -> set[str]:
    """The names of a function's parameters."""
    names = (n for n in nodes(tree.args) if isinstance(n, gast.Name))
    return {n.id for n in names if isinstance(n.ctx, gast.Param)}
