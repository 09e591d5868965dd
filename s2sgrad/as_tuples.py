"""The derivative by a tuple is a tuple, that by a list of tuples a list of tuples.

Receives a finished function whose derivatives are lists, examples of its arguments, and their kinds. What is no real
number in a tuple has None for its derivative, as it has in a dict.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import gast

from s2sgrad.kinds import UNKNOWN, Kind, Sequence, carries
from s2sgrad.names import claimed
from s2sgrad.program import Assign, Function, Return
from s2sgrad.trees import identifiers, name

__all__ = ["with_tuples"]


def with_tuples(
    function: Function,
    names: tuple[str, ...],
    single: bool,
    examples: Mapping[str, Any],
    kinds: Mapping[str, Kind],
    form: str,
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
        example, kind = examples.get(n), kinds.get(n, UNKNOWN)
        if _is_mixed(example, kind) and not isinstance(derivative, gast.Name | gast.List):
            held = name(claimed(f"d_{n}", taken))
            before.append(Assign((held.id,), derivative, origin=end.origin))
        shaped.append(_shaped(held, example, kind, taken))
    whole = shaped[0] if single else gast.Tuple(elts=shaped, ctx=gast.Load())
    if first:
        whole = gast.Tuple(elts=[*first, whole], ctx=gast.Load())
    return replace(function, body=(*before, replace(end, value=whole)))


def _is_mixed(example: Any, kind: Kind) -> bool:
    """Whether an example is a tuple whose items aren't all alike."""
    if not isinstance(example, tuple):
        return False
    return not _is_whole(example, kind) or (
        any(map(_has_tuples, example)) and not _is_of_tuples(example)
    )


def _is_whole(example: Any, kind: Kind) -> bool:
    """Whether all items of an example's tuples are, or hold, real numbers."""
    if not isinstance(example, list | tuple):
        return True
    inside = _kinds_inside(kind, len(example))
    return (not isinstance(example, tuple) or all(map(carries, inside))) and all(
        _is_whole(item, k) for item, k in zip(example, inside, strict=True)
    )


def _kinds_inside(kind: Kind, count: int) -> tuple[Kind, ...]:
    if not isinstance(kind, Sequence):
        return (UNKNOWN,) * count
    return kind.items or (kind.item,) * count


def _is_of_tuples(example: Any) -> bool:
    """Whether an example holds tuples, which hold none."""
    return all(type(item) is tuple and not any(map(_has_tuples, item)) for item in example)


def _has_tuples(example: object) -> bool:
    """Whether there are tuples in an example."""
    return isinstance(example, tuple) or (
        isinstance(example, list) and any(map(_has_tuples, example))
    )


def _shaped(derivative: gast.AST, example: Any, kind: Kind, taken: set[str]) -> gast.AST:
    """The derivative with tuples where the example has some; taken: names that are no others' any more."""
    if not _has_tuples(example) or not example:
        return derivative
    if isinstance(derivative, gast.List) and len(derivative.elts) == len(example):
        parts = _shaped_items(derivative.elts, example, kind, taken)
        made = gast.Tuple if isinstance(example, tuple) else gast.List
        return made(elts=parts, ctx=gast.Load())
    if _is_whole(example, kind):
        if not any(map(_has_tuples, example)):
            return _called("$tuple", derivative)
        if _is_of_tuples(example):
            outside = "$tuple" if isinstance(example, tuple) else "$list"
            return _called(outside, _called("$map", name("$tuple"), derivative))
    if isinstance(example, tuple) and isinstance(derivative, gast.Name | gast.Subscript):
        items = [_item(derivative, k) for k in range(len(example))]
        return gast.Tuple(elts=_shaped_items(items, example, kind, taken), ctx=gast.Load())
    if _is_of_tuples(example) and not _is_whole(example, kind):
        return _row_by_row(derivative, example, kind, taken)
    return derivative


def _shaped_items(
    derivatives: Iterable[gast.AST], example: Any, kind: Kind, taken: set[str]
) -> list[gast.AST]:
    parts = []
    rows = zip(derivatives, example, _kinds_inside(kind, len(example)), strict=True)
    for derivative, item, inside in rows:
        left_out = isinstance(example, tuple) and not carries(inside)
        none = gast.Constant(value=None, kind=None)
        parts.append(none if left_out else _shaped(derivative, item, inside, taken))
    return parts


def _row_by_row(derivative: gast.AST, example: Any, kind: Kind, taken: set[str]) -> gast.AST:
    """`[(None, row[1]) for row in d]`: a list of tuples that are all of one kind."""
    row = name(claimed("row", taken))
    inside = _kinds_inside(kind, len(example))[0]
    target = gast.Name(id=row.id, ctx=gast.Store(), annotation=None, type_comment=None)
    loop = gast.comprehension(target=target, iter=derivative, ifs=[], is_async=0)
    return gast.ListComp(elt=_shaped(row, example[0], inside, taken), generators=[loop])


def _called(function: str, *args: gast.AST) -> gast.AST:
    return gast.Call(func=name(function), args=list(args), keywords=[])


def _item(owner: gast.AST, index: int) -> gast.AST:
    key = gast.Constant(value=index, kind=None)
    return gast.Subscript(value=owner, slice=key, ctx=gast.Load())
