"""What patterns like `[a, b]` match though it is neither a list nor a tuple: ranges, deques, `array.array`.

What a name holds is looked up in the statements that give it something, what a function of the user's gives in its
text, and what stands in the module is asked itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import FunctionType

import gast

from s2sgrad.errors import TransformError
from s2sgrad.normalize.calm import read
from s2sgrad.normalize.nodes import own_scope, target_names
from s2sgrad.source import MISSING, Source, resolve_outside
from s2sgrad.trees import names_bound_in, nodes, of_kind

__all__ = ["OTHER_SEQUENCE", "holds_other", "is_other_sequence", "refuse_other_sequences"]

_Resolved = Callable[[gast.AST], object]
_USUAL = (list, tuple, str, bytes, bytearray)
_DEEPEST = 4


def is_other_sequence(
    subject: gast.AST, tree: gast.AST, resolved: _Resolved, depth: int = 0
) -> bool:
    """Whether an expression of a function may give, or hold, a sequence that is neither a list nor a tuple."""
    seen: set[str] = set()
    stack = [subject]
    while stack:
        node = stack.pop()
        known = resolved(node) if isinstance(node, gast.Name | gast.Attribute) else MISSING
        if known is not MISSING:
            if holds_other(known):
                return True
            continue
        match node:
            case gast.Name(id=name) if name not in seen:
                seen.add(name)
                stack += _given(tree, name, resolved)
            case gast.Call(func=func):
                if _gives_other(func, tree, resolved, depth):
                    return True
            case gast.Subscript(value=value) | gast.Starred(value=value):
                stack.append(value)
            case gast.NamedExpr(value=value) | gast.DictComp(value=value):
                stack.append(value)
            case gast.List(elts=parts) | gast.Tuple(elts=parts) | gast.BoolOp(values=parts):
                stack += parts
            case gast.Dict(values=parts):
                stack += parts
            case gast.IfExp(body=one, orelse=other):
                stack += [one, other]
            case gast.BinOp(op=gast.Add() | gast.Mult(), left=one, right=other):
                stack += [one, other]
            case gast.ListComp(elt=item) | gast.GeneratorExp(elt=item):
                stack.append(item)
    return False


def refuse_other_sequences(source: Source, examples: Mapping[str, object]) -> None:
    """Raise where a pattern asks for the items of a parameter whose example is such a sequence."""
    given = {name: value for name, value in examples.items() if holds_other(value)}
    if not given:
        return

    def resolved(node: gast.AST) -> object:
        return given.get(node.id, MISSING) if isinstance(node, gast.Name) else MISSING

    found = [
        source.finding(match.subject, *OTHER_SEQUENCE)
        for match in of_kind(source.tree, gast.Match)
        if any(of_kind(case.pattern, gast.MatchSequence) for case in match.cases)
        and is_other_sequence(match.subject, source.tree, resolved)
    ]
    if found:
        raise TransformError(found)


OTHER_SEQUENCE = (
    "a pattern asks for the items of a sequence that is neither a list nor a tuple",
    "Pass a list, as in list(items), or write if, elif and else.",
)


def _given(tree: gast.AST, name: str, resolved: _Resolved) -> Iterator[gast.AST]:
    """What statements give a name, or hold what they give it."""
    for node in nodes(tree):
        match node:
            case gast.Assign(targets=targets, value=value):
                if any(name in target_names(t) for t in targets):
                    yield value
            case gast.AnnAssign(target=target, value=value) if value is not None:
                if name in target_names(target):
                    yield value
            case gast.NamedExpr(target=gast.Name(id=own), value=value) if own == name:
                yield value
            case (
                gast.For(target=target, iter=items) | gast.comprehension(target=target, iter=items)
            ):
                numbers = isinstance(items, gast.Call) and resolved(items.func) is range
                if name in target_names(target) and not numbers:
                    yield from items.args if isinstance(items, gast.Call) else [items]
            case gast.Call(func=gast.Attribute(value=gast.Name(id=own), attr=attr), args=args):
                if own == name and attr in {"append", "insert", "extend"}:
                    yield from args


def _gives_other(func: gast.AST, tree: gast.AST, resolved: _Resolved, depth: int) -> bool:
    """Whether a call of a function, or of a class, may give such a sequence."""
    known = resolved(func)
    if isinstance(known, type):
        return _is_class_of_others(known)
    if depth >= _DEEPEST:
        return False
    if isinstance(known, FunctionType | Source):
        source = read(known)
        if source is None:
            return False
        own = {n for s in source.tree.body for n in names_bound_in(s)}
        own |= {n.id for n in of_kind(source.tree.args, gast.Name)}
        return _returns_other(
            source.tree, lambda node: resolve_outside(node, own, source.namespace), depth
        )
    made = [f for f in of_kind(tree, gast.FunctionDef) if f.name == getattr(func, "id", None)]
    lambdas = (
        value
        for value in _given(tree, getattr(func, "id", ""), resolved)
        if isinstance(value, gast.Lambda)
    )
    return any(_returns_other(f, resolved, depth) for f in made if f is not tree) or any(
        is_other_sequence(f.body, tree, resolved, depth + 1) for f in lambdas
    )


def _returns_other(function: gast.AST, resolved: _Resolved, depth: int) -> bool:
    returned = (s for s in own_scope(function.body) if isinstance(s, gast.Return) and s.value)
    return any(is_other_sequence(s.value, function, resolved, depth + 1) for s in returned)


def holds_other(value: object, depth: int = 0) -> bool:
    """Whether an object of the module is, or holds, such a sequence."""
    if isinstance(value, list | tuple | dict) and depth < _DEEPEST:
        parts = value.values() if isinstance(value, dict) else value
        return any(holds_other(part, depth + 1) for part in parts)
    return _is_class_of_others(type(value))


def _is_class_of_others(cls: type) -> bool:
    return issubclass(cls, Sequence) and not issubclass(cls, _USUAL)
