"""The derivative by a tuple is a tuple, that by a list of tuples a list of tuples.

Receives a finished function whose derivatives are lists, and examples of its arguments.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import gast

from s2sgrad.names import claimed
from s2sgrad.program import Assign, Function, Return
from s2sgrad.trees import identifiers, name

__all__ = ["with_tuples"]


def with_tuples(
    function: Function, names: tuple[str, ...], single: bool, examples: Mapping[str, Any], form: str
) -> Function:
    """The function whose derivatives by tuples are tuples; names: what it is differentiated by."""
    if form == "tangent" or not any(_has_tuples(examples.get(n)) for n in names):
        return function

    *before, end = function.body
    assert isinstance(end, Return)  # noqa: S101
    taken = set(identifiers(function))
    value: Any = end.value
    first = [value.elts[0]] if form == "value_and_gradient" else []
    derivatives = value.elts[1] if first else value
    shaped = []
    for derivative, n in zip([derivatives] if single else derivatives.elts, names, strict=True):
        held = derivative
        if _is_mixed(examples.get(n)) and not isinstance(derivative, gast.Name | gast.List):
            held = name(claimed(f"d_{n}", taken))
            before.append(Assign((held.id,), derivative, origin=end.origin))
        shaped.append(_shaped(held, examples.get(n)))
    whole = shaped[0] if single else gast.Tuple(elts=shaped, ctx=gast.Load())
    if first:
        whole = gast.Tuple(elts=[*first, whole], ctx=gast.Load())
    return replace(function, body=(*before, replace(end, value=whole)))


def _is_mixed(example: object) -> bool:
    """Whether an example is a tuple whose items aren't all alike."""
    inside = isinstance(example, tuple) and any(map(_has_tuples, example))
    return inside and not _is_of_tuples(example)


def _is_of_tuples(example: Any) -> bool:
    """Whether an example holds tuples, which hold none."""
    return all(type(item) is tuple and not any(map(_has_tuples, item)) for item in example)


def _has_tuples(example: object) -> bool:
    """Whether there are tuples in an example."""
    return isinstance(example, tuple) or (
        isinstance(example, list) and any(map(_has_tuples, example))
    )


def _shaped(derivative: gast.AST, example: Any) -> gast.AST:
    """The derivative with tuples where the example has some."""
    if not _has_tuples(example) or not example:
        return derivative
    inside = [_has_tuples(item) for item in example]
    if isinstance(derivative, gast.List) and len(derivative.elts) == len(example):
        parts = [_shaped(d, e) for d, e in zip(derivative.elts, example, strict=True)]
        made = gast.Tuple if isinstance(example, tuple) else gast.List
        return made(elts=parts, ctx=gast.Load())
    if not any(inside):
        return _called("$tuple", derivative)
    if _is_of_tuples(example):
        kind = "$tuple" if isinstance(example, tuple) else "$list"
        return _called(kind, _called("$map", name("$tuple"), derivative))
    if isinstance(example, tuple) and isinstance(derivative, gast.Name | gast.Subscript):
        parts = [_shaped(_item(derivative, k), e) for k, e in enumerate(example)]
        return gast.Tuple(elts=parts, ctx=gast.Load())
    return derivative


def _called(function: str, *args: gast.AST) -> gast.AST:
    return gast.Call(func=name(function), args=list(args), keywords=[])


def _item(owner: gast.AST, index: int) -> gast.AST:
    key = gast.Constant(value=index, kind=None)
    return gast.Subscript(value=owner, slice=key, ctx=gast.Load())
