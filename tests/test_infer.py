"""The kinds that infer gives hold at run time."""

from __future__ import annotations

from typing import Any

import pytest

from s2sgrad.context import Analysis, Context
from s2sgrad.infer.parameters import parameter_kinds
from s2sgrad.kinds import FLOAT, Kind, Number
from s2sgrad.parse import parse
from s2sgrad.source import Source
from tests.holding import Observer
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


class Watched:
    """A case, and its functions as they check themselves."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.source = parse(case.function)
        self.context = Context()
        self.analyses: dict[object, Analysis] = {}
        self.observers: dict[Analysis, Observer] = {}

    def analysed(self, like: dict[str, Any]) -> Analysis:
        parameters = self.context.prepare(self.source)[1].function.parameters
        kinds = parameter_kinds(self.source, parameters, like, self.case.variables)
        key = tuple(kinds.items())
        if key not in self.analyses:
            kinds = self.context.parameter_kinds(self.source, like, self.case.variables)
            self.analyses[key] = self.context.analyse(self.source, kinds)
        return self.analyses[key]

    def observe(self, analysis: Analysis, arguments: dict[str, Any], depth: int = 0) -> None:
        """Run an analysed function, and what it calls on what that is called with."""
        if analysis not in self.observers:
            self.observers[analysis] = Observer(analysis, dict(analysis.source.namespace))
        observer = self.observers[analysis]
        kinds = analysis.kinds
        observer.run({name: as_promised(value, kinds[name]) for name, value in arguments.items()})
        for call, values in observer.calls:
            if values and depth < 2:
                inner = self.context.analyse(call.source, call.kinds)
                self.observe(inner, dict(values), depth + 1)
            values.clear()


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
def test_kinds_from_an_example_hold_for_it(case: Case) -> None:
    watched = Watched(case)
    for args in case.inputs:
        arguments = given(case, watched.source, args)
        watched.observe(watched.analysed(arguments), arguments)


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
def test_kinds_from_the_text_hold_for_every_input(case: Case) -> None:
    watched = Watched(case)
    for args in case.inputs:
        watched.observe(watched.analysed({}), given(case, watched.source, args))
