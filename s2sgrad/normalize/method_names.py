"""Which names of a function stand for methods of containers and arrays, and of what.

Receives a function's tree, and changes nothing. A method that has a name is that of what its base held when the name
was given. So a call of it is a call of the base's method where both are bound once, and nothing stands between that
could see the difference. Otherwise what it is of has to be kept: the name then stands for the base itself.
"""

from __future__ import annotations

from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Callable, Collection

import gast
import numpy as np

from s2sgrad.normalize.nodes import at, own_scope
from s2sgrad.trees import names_bound_in, nodes, of_kind

__all__ = ["KINDS", "METHODS", "base_and_method", "kept_methods", "named_methods", "pairs", "parts"]

_BUILTIN = (list, dict, set, deque, np.ndarray)
KINDS = (*_BUILTIN, OrderedDict, defaultdict)
METHODS = frozenset(
    name for kind in _BUILTIN for name in dir(kind) if callable(getattr(kind, name, None))
)
_BLOCKS = ("body", "orelse", "finalbody", "handlers", "cases")
_PLAIN = (gast.Assign, gast.Expr, gast.AugAssign, gast.AnnAssign)


def named_methods(tree: gast.FunctionDef) -> dict[str, gast.Attribute]:
    """The names of methods → the methods, where a call of one is that of the other."""
    methods = {
        target.id
        for node in own_scope(tree.body)
        if isinstance(node, gast.Assign)
        for target, _ in pairs(node)
    }
    if not methods:
        return {}
    times = _times_bound(tree)
    parameters = {n.id for n in of_kind(tree.args, gast.Name) if binds(n)}
    once = {name for name in methods & _only_called(tree) if times[name] == 1}
    fixed = {name for name, count in times.items() if count == 1}
    found: dict[str, gast.Attribute] = {}
    for statements, outermost in _blocks(tree.body):
        for place, statement in enumerate(statements):
            own = list(pairs(statement))
            if own and all(
                target.id in once
                and value.value.id in fixed
                and (
                    value.value.id in parameters
                    or _is_made_before(value.value.id, target.id, statements[:place])
                    or (not outermost and _is_made(value.value.id, tree.body, statement))
                    or (outermost and _is_made(value.value.id, statements[:place], None))
                )
                for target, value in own
            ):
                found.update((target.id, value) for target, value in own)
    return found


def parts(statement: gast.AST) -> list[tuple[gast.AST, gast.AST]]:
    """The targets of an assignment, and what each is given, where that can be read off."""
    match statement:
        case gast.Assign(targets=[gast.Name() as target], value=value):
            return [(target, value)]
        case gast.Assign(targets=[gast.Tuple(elts=targets)], value=gast.Tuple(elts=values)) if len(
            targets
        ) == len(values) and not any(isinstance(v, gast.Starred) for v in (*targets, *values)):
            return list(zip(targets, values, strict=True))
    return []


def pairs(statement: gast.AST) -> list[tuple[gast.Name, gast.Attribute]]:
    """What a statement names, where that is nothing but methods of what has a name."""
    found = parts(statement)
    methods = all(
        isinstance(target, gast.Name)
        and isinstance(value, gast.Attribute)
        and isinstance(value.value, gast.Name)
        and value.attr in METHODS
        for target, value in found
    )
    return found if methods else []


def binds(node: gast.Name) -> bool:
    return not isinstance(node.ctx, gast.Load)


def _times_bound(tree: gast.AST) -> Counter[str]:
    """How often each name is bound, wherever in a tree."""
    times = Counter(n.id for n in of_kind(tree, gast.Name) if binds(n))
    times.update(n for node in nodes(tree) for n in _bound_as_text(node))
    return times


def _only_called(tree: gast.AST) -> set[str]:
    """The names that are only called, and bound where nobody goes on if that fails."""
    called = Counter(c.func.id for c in of_kind(tree, gast.Call) if isinstance(c.func, gast.Name))
    read = Counter(n.id for n in of_kind(tree, gast.Name) if not binds(n))
    seen = [*of_kind(tree, gast.ClassDef), *(t for t in of_kind(tree, gast.Try) if t.handlers)]
    bound = {n.id for node in seen for n in of_kind(node, gast.Name) if binds(n)}
    return {name for name, count in called.items() if count == read[name] and name not in bound}


def _bound_as_text(node: gast.AST) -> tuple[str, ...]:
    """The names that a node binds, or gives away, and that aren't nodes of their own."""
    match node:
        case gast.FunctionDef(name=name) | gast.ClassDef(name=name):
            return (name,)
        case gast.Global(names=names) | gast.Nonlocal(names=names):
            return (*names, *names)
        case gast.Import(names=names) | gast.ImportFrom(names=names):
            return tuple(alias.asname or alias.name.partition(".")[0] for alias in names)
        case gast.MatchAs(name=str() as name) | gast.MatchStar(name=str() as name):
            return (name,)
        case gast.MatchMapping(rest=str() as name):
            return (name,)
    return ()


def _blocks(body: list[gast.AST], *, outermost: bool = True) -> list[tuple[list[gast.AST], bool]]:
    """The blocks of statements of a function, without those of functions in it."""
    found = [(body, outermost)]
    for statement in body:
        if isinstance(statement, gast.FunctionDef | gast.ClassDef):
            continue
        for name in _BLOCKS:
            inner = getattr(statement, name, None)
            if not isinstance(inner, list) or not inner:
                continue
            if name in {"handlers", "cases"}:
                for part in inner:
                    found += _blocks(part.body, outermost=False)
            else:
                found += _blocks(inner, outermost=False)
    return found


def _is_made_before(name: str, method: str, before: list[gast.AST]) -> bool:
    """Whether the last statements before bind a name, and none since then reads that of a method of it."""
    for statement in reversed(before):
        if not isinstance(statement, _PLAIN):
            return False
        if name in names_bound_in(statement):
            return True
        if any(isinstance(n, gast.Name) and n.id == method for n in nodes(statement)):
            return False
    return False


def _is_made(name: str, body: list[gast.AST], inside: gast.AST | None) -> bool:
    """Whether a statement of a body, before the one that a statement stands in, binds a name."""
    for statement in body:
        if inside is not None and any(part is inside for part in nodes(statement)):
            return False
        if isinstance(statement, gast.Assign) and name in names_bound_in(statement):
            return True
    return False


# ---- methods whose bases are kept -----------------------------------------------------------------


def kept_methods(
    tree: gast.FunctionDef, outside: Callable[[gast.AST], object], in_parts: Collection[str] = ()
) -> dict[str, str]:
    """The names of methods → the one method that each is, of whichever base; they may stand for the bases.

    in_parts: the parameters that are given as their parts.
    """
    given: dict[str, list[gast.AST]] = {}
    for node in of_kind(tree, gast.Assign):
        for target, value in parts(node):
            if isinstance(target, gast.Name):
                given.setdefault(target.id, []).append(value)
    bound = {n.id for n in of_kind(tree, gast.Name) if binds(n)} | {*in_parts}
    methods = {
        name: {_method(value, bound, outside) for value in values} for name, values in given.items()
    }
    methods = {name: found for name, found in methods.items() if None not in found}
    if not methods:
        return {}
    times, called = _times_bound(tree), _only_called(tree)
    return {
        name: method
        for name, (method, *others) in methods.items()
        if method is not None and not others and name in called and times[name] == len(given[name])
    }


def base_and_method(value: gast.AST) -> tuple[gast.AST, str] | None:
    """What a method is of, and the method; of one that is chosen, what is chosen."""
    match value:
        case gast.Attribute(value=base, attr=attr) if attr in METHODS:
            return base, attr
        case gast.IfExp(test=test, body=body, orelse=orelse):
            one, other = base_and_method(body), base_and_method(orelse)
            if one is not None and other is not None and one[1] == other[1]:
                chosen = gast.IfExp(test=test, body=one[0], orelse=other[0])
                return at(chosen, value), one[1]
    return None


def _method(value: gast.AST, bound: set[str], outside: Callable[[gast.AST], object]) -> str | None:
    """The method that a value is, None if it is none, or may be a function of a module."""
    found = base_and_method(value)
    if found is None:
        return None
    stack, (base, method) = [found[0]], found
    while stack:
        match stack.pop():
            case gast.IfExp(body=body, orelse=orelse):
                stack += [body, orelse]
            case gast.Attribute(value=part) | gast.Subscript(value=part):
                stack.append(part)
            case gast.Name(id=name) if name not in bound:
                if type(outside(base)) not in KINDS:
                    return None
    return method
