"""A run of the replay tree with the recorded trip counts does what the recorded run did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from s2sgrad.normalize import normalize
from s2sgrad.parse import parse
from s2sgrad.program import Function, Jump, walk
from s2sgrad.replay import replay, replay_tree
from tests import control_flow_programs
from tests.running import (
    Output,
    Trips,
    assert_same_runs,
    compiled,
    defined,
    outcome,
    recorded,
    replay_names,
    replayed,
    visible,
)
from tests.tricky_programs import PROGRAMS, UNCOUNTED
from tests.zoo import ALL, Case

TRICKY = [pytest.param(text, args, id=name) for name, text, args in PROGRAMS if name != UNCOUNTED]
SEEDS = range(1000, 1120)


@pytest.fixture
def output(capsys: pytest.CaptureFixture[str]) -> Output:
    """What has been printed since the last time of asking."""
    return lambda: capsys.readouterr().out


class Both:
    """A function that records its trips, and its replay tree."""

    def __init__(self, function: Function, namespace: Mapping[str, object]) -> None:
        names = {**namespace, **replay_names()}
        function = replace(function, name="again_")  # recursion is into the user's own
        with_notes, numbers = recorded(function)
        self.trips = names["trips_"]
        self.recording = compiled(with_notes, names, raw=True)
        self.replaying = compiled(replayed(function, numbers), names, raw=True)

    def assert_same(self, args: tuple[Any, ...], kwargs: Mapping[str, Any], output: Output) -> None:
        """A run that ends in an exception isn't replayed: no derivative is promised for it."""
        assert isinstance(self.trips, Trips)
        self.trips.__init__()  # type: ignore[misc]
        if outcome(self.recording, args, kwargs, output).raised is not None:
            return

        def again(*args: Any, **kwargs: Any) -> Any:
            trips = self.trips
            assert isinstance(trips, Trips)
            counts = trips.counts
            trips.__init__()  # type: ignore[misc]
            trips.counts = counts
            return self.replaying(*args, **kwargs)

        def first(*args: Any, **kwargs: Any) -> Any:
            assert isinstance(self.trips, Trips)
            self.trips.__init__()  # type: ignore[misc]
            return self.recording(*args, **kwargs)

        assert_same_runs(first, again, args, kwargs, output)
        runs = {loop: len(counts) for loop, counts in self.trips.counts.items()}
        assert self.trips.position == runs


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
def test_the_zoo(case: Case, output: Output) -> None:
    both = Both(normalize(parse(case.function)).function, visible(case.function))
    for args in case.inputs:
        both.assert_same(args, case.kwargs, output)


@pytest.mark.parametrize(("text", "inputs"), TRICKY)
def test_tricky_programs(text: str, inputs: Any, output: Output) -> None:
    _, source = defined(text)
    both = Both(normalize(source).function, source.namespace)
    for args in inputs:
        both.assert_same(args, {}, output)


@pytest.mark.parametrize("block", range(10))
def test_random_programs(block: int, output: Output) -> None:
    for seed in SEEDS[block::10]:
        _, source = defined(control_flow_programs.program(seed))
        both = Both(normalize(source).function, {})
        for *args, xs in control_flow_programs.ARGUMENTS:
            both.assert_same((*args, xs, []), {}, output)


def test_no_jump_is_left_and_what_has_none_is_the_same() -> None:
    _, source = defined(control_flow_programs.program(3))
    body = normalize(source).function.body
    tree = replay_tree(body)
    assert any(isinstance(statement, Jump) for statement in walk(body))
    assert not any(isinstance(statement, Jump) for statement in walk(tree.block))
    simple = {id(statement) for statement in walk(body) if not hasattr(statement, "body")}
    after = {id(statement) for statement in walk(tree.block) if not hasattr(statement, "body")}
    assert after <= simple
    assert replay(tree.block) == tree.block
    assert set(tree.original.values()) <= set(walk(body))
