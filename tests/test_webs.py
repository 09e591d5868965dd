"""One name, one value: the split program behaves the same, and only copies overwrite."""

from __future__ import annotations

import operator
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

import gast
import pytest

from s2sgrad.normalize import normalize
from s2sgrad.parse import parse
from s2sgrad.program import Assign, For, Function, Update, walk
from s2sgrad.webs import Webs, webs
from tests import control_flow_programs
from tests.running import (
    Output,
    assert_same_runs,
    compiled,
    defined,
    visible,
    ways_of_printing,
    with_plain_names,
)
from tests.tricky_programs import PROGRAMS, UNCOUNTED
from tests.zoo import ALL, Case

SEEDS = range(2000, 2120)


@pytest.fixture
def output(capsys: pytest.CaptureFixture[str]) -> Output:
    """What has been printed since the last time of asking."""
    return lambda: capsys.readouterr().out


def runnable(
    function: Function, namespace: Mapping[str, object], *, raw: bool
) -> Callable[..., Any]:
    names = {**namespace, "operator_": operator}
    return compiled(with_plain_names(function), names, raw=raw)


def assert_split(before: Function, after: Webs) -> None:
    """A value is assigned by one statement, a variable by copies only."""
    assigned: Counter[str] = Counter(parameter.name for parameter in before.parameters)
    for statement in walk(after.function.body):
        assert not isinstance(statement, Update)
        match statement:
            case Assign(targets=targets, value=value):
                copies = (
                    isinstance(value, gast.Name | gast.Constant)
                    or (len(targets) > 1 and isinstance(value, gast.Tuple))
                    or isinstance(value, gast.UnaryOp | gast.Attribute)
                )
                for target in targets:
                    if target in after.variables:
                        assert copies, gast.dump(value)
                    else:
                        assigned[target] += 1
            case For(target=target):
                assert target not in after.variables
                assigned[target] += 1
    assert set(assigned) <= after.home.keys()
    assert set(assigned.values()) <= {1}, assigned
    assert not after.variables & {parameter.name for parameter in before.parameters}


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
def test_the_zoo(case: Case, output: Output) -> None:
    normal = normalize(parse(case.function)).function
    split = webs(normal)
    assert_split(normal, split)
    for raw in ways_of_printing(split.function):
        function = runnable(split.function, visible(case.function), raw=raw)
        for args in case.inputs:
            assert_same_runs(case.function, function, args, case.kwargs, output, unbound=False)


@pytest.mark.parametrize(
    ("name", "text", "inputs"), [pytest.param(*each, id=each[0]) for each in PROGRAMS]
)
def test_tricky_programs(name: str, text: str, inputs: Any, output: Output) -> None:
    original, source = defined(text)
    normal = normalize(source).function
    split = webs(normal)
    assert_split(normal, split)
    for raw in ways_of_printing(split.function):
        if raw and name == UNCOUNTED:
            continue
        function = runnable(split.function, source.namespace, raw=raw)
        for args in inputs:
            assert_same_runs(original, function, args, {}, output, unbound=False)


@pytest.mark.parametrize("block", range(10))
def test_random_programs(block: int, output: Output) -> None:
    for seed in SEEDS[block::10]:
        original, source = defined(control_flow_programs.program(seed))
        normal = normalize(source).function
        split = webs(normal)
        assert_split(normal, split)
        function = runnable(split.function, {}, raw=seed % 3 == 0)
        for *args, xs in control_flow_programs.ARGUMENTS:
            assert_same_runs(original, function, (*args, xs, []), {}, output, unbound=False)
