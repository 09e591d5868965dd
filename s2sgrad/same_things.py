"""That arguments are such things as their examples, where the text relies on it and nothing else would raise.

A function that is given has the derivative of the example, a mask has no entry twice, and a list is joined where an
array is added.
"""

from __future__ import annotations

import builtins
import math
from collections.abc import Iterator, Mapping
from types import FunctionType
from typing import Any

import gast
import numpy as np

from s2sgrad.context import Analysis, Context
from s2sgrad.contracts import equal
from s2sgrad.foreign import foreign_name
from s2sgrad.infer.resolution import UserCall
from s2sgrad.kinds import Kind, Known, Number, Sequence
from s2sgrad.program import Assign, Store, walk
from s2sgrad.simplify.expressions import attribute, call, number
from s2sgrad.trees import loaded, name

__all__ = ["same_things", "unnamed_functions"]


def same_things(
    analysis: Analysis, context: Context, kinds: Mapping[str, Kind], examples: list[str]
) -> Iterator[gast.AST]:
    """The conditions; kinds: those of the examples."""
    indexing, computing = _uses(analysis, context, {})
    for parameter in examples:
        value = name(parameter)
        match kinds.get(parameter):
            case Known(value=function) if (known := _named(function)) is not None:
                yield gast.Compare(left=value, ops=[gast.Is()], comparators=[known])
            case Number(dtype="bool", array=True) if parameter in indexing:
                yield equal(attribute(value, "dtype"), name("$bool"))
            case Number(dtype="int", shape=(), array=False) if parameter in indexing:
                yield equal(call("$np.ndim", value), number(0))
            case Sequence(type=("list" | "tuple") as cls) if parameter in computing:
                yield call("$isinstance", value, name(f"${cls}"))


def unnamed_functions(kinds: Mapping[str, Kind], examples: list[str]) -> list[str]:
    """The parameters whose examples are functions that a text has no name for, as lambdas."""
    given = {p: kinds.get(p) for p in examples}
    return [
        p
        for p, kind in given.items()
        if isinstance(kind, Known) and callable(kind.value) and _named(kind.value) is None
    ]


def _named(function: Any) -> gast.AST | None:
    """What a text calls a function or a class of Python, NumPy, or one of the user's modules."""
    known = str(getattr(function, "__name__", ""))
    module_of: dict[str, Any] = getattr(function, "__globals__", {})
    if isinstance(function, FunctionType) and module_of.get(known) is function:
        return name(foreign_name(known, module_of))
    for module, root in ((builtins, None), (math, "$math"), (np, "$np")):
        if vars(module).get(known) is function:
            return name(f"${known}") if root is None else attribute(name(root), known)
    return None


Uses = tuple[set[str], set[str]]


def _uses(analysis: Analysis, context: Context, known: dict[int, Uses]) -> Uses:
    """The names of a function that go into indices, and those that are added or multiplied.

    known: those of functions that have been looked at, or are being looked at, by their trees.
    """
    indexing: set[str] = set()
    computing: set[str] = set()
    body = list(walk(analysis.function.body))
    known[id(analysis.source.tree)] = indexing, computing
    for statement in body:
        if isinstance(statement, Store) and isinstance(statement.index, gast.AST):
            indexing.update(loaded(statement.index))
        if not isinstance(statement, Assign):
            continue
        made = analysis.facts.calls.get(statement)
        match statement.value:
            case gast.Subscript(slice=index):
                indexing.update(loaded(index))
            case gast.BinOp(op=gast.Add() | gast.Mult()) as operation:
                computing.update(loaded(operation))
        if isinstance(made, UserCall):
            inner = known.get(id(made.source.tree))
            if inner is None:
                inner = _uses(context.analyse(made.source, made.kinds), context, known)
            for own, others in zip((indexing, computing), inner, strict=True):
                own.update(n for p, a in made.arguments.items() if p in others for n in loaded(a))
    sources = [
        (frozenset(statement.targets), loaded(statement.value))
        for statement in body
        if isinstance(statement, Assign)
        and not isinstance(statement.value, gast.Call | gast.Subscript)
    ]
    for _ in body:
        found = {n for targets, read in sources if targets & indexing for n in read}
        if found <= indexing:
            break
        indexing |= found
    return indexing, computing
