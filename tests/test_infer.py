"""The kinds that infer gives hold at run time."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from s2sgrad.context import Analysis, Context
from s2sgrad.errors import TransformError
from s2sgrad.kinds import FLOAT, Kind, Number
from s2sgrad.parse import parse
from s2sgrad.source import Source
from tests.holding import KindError, Observer
from tests.running import visible
from tests.zoo import ALL, Case


def names_of(source: Source) -> tuple[str, ...]:
    args = source.tree.args
    return tuple(node.id for node in (*args.posonlyargs, *args.args, *args.kwonlyargs))


def given(case: Case, source: Source, args: tuple[Any, ...]) -> dict[str, Any]:
    """The arguments of a call by name."""
    return {**dict(zip(names_of(source), args, strict=False)), **case.kwargs}


def as_promised(value: Any, kind: Kind) -> Any:
    """A Python int that is given for a real number is one."""
    if isinstance(kind, Number) and kind.dtype == FLOAT.dtype and type(value) is int:
        return float(value)
    return value


def observe(context: Context, analysis: Analysis, arguments: dict[str, Any], depth: int = 0) -> None:
    """Run an analysed function, and the functions that it calls on what they are called with."""
    namespace = dict(analysis.source.namespace)
    observer = Observer(analysis, namespace)
    promised = {name: as_promised(value, analysis.kinds[name]) for name, value in arguments.items()}
    observer.run(**promised)
    for call, values in observer.calls:
        if values and depth < 2:
            observe(context, context.analyse(call.source, call.kinds), values, depth + 1)


def analysed(case: Case, like: dict[str, Any]) -> tuple[Context, Analysis]:
    context, source = Context(), parse(case.function)
    kinds = context.parameter_kinds(source, like, case.variables)
    return context, context.analyse(source, kinds)


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
def test_kinds_from_an_example_hold_for_it(case: Case) -> None:
    source = parse(case.function)
    for args in case.inputs:
        arguments = given(case, source, args)
        context, analysis = analysed(case, arguments)
        observe(context, analysis, arguments)


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
def test_kinds_from_the_text_hold_for_every_input(case: Case) -> None:
    source = parse(case.function)
    context, analysis = analysed(case, {})
    for args in case.inputs:
        observe(context, analysis, given(case, source, args))
