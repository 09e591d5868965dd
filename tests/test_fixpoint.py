"""Values that are defined by each other: right for every order of asking, and each computed a few times."""

from __future__ import annotations

import contextlib
import operator
import random
from collections import Counter

import pytest

from s2sgrad.fixpoint import Fixpoint, UnsettledError

Graph = dict[int, list[int]]


def reachable(graph: Graph, start: int) -> frozenset[int]:
    found, waiting = {start}, [start]
    while waiting:
        new = set(graph[waiting.pop()]) - found
        found |= new
        waiting += new
    return frozenset(found)


def asked(graph: Graph, order: list[int]) -> tuple[dict[int, frozenset[int]], Counter[int]]:
    """What can be reached from nodes of a graph, and how often each was computed."""
    solver: Fixpoint[int, frozenset[int]] = Fixpoint(frozenset(), operator.eq)
    counts: Counter[int] = Counter()

    def value(node: int) -> frozenset[int]:
        def compute() -> frozenset[int]:
            counts[node] += 1
            return frozenset({node}).union(*map(value, graph[node]))

        return solver.value(node, compute)

    return {node: value(node) for node in order}, counts


@pytest.mark.parametrize("seed", range(60))
def test_any_graph_in_any_order(seed: int) -> None:
    rng = random.Random(seed)
    size = rng.randint(1, 9)
    graph = {i: [rng.randrange(size) for _ in range(rng.randint(0, 3))] for i in range(size)}
    found, _ = asked(graph, rng.sample(range(size), size))
    assert found == {node: reachable(graph, node) for node in graph}


def test_circles_in_circles_take_no_exponential_time() -> None:
    graph = {i: [i, i + 1, max(i - 1, 0)] for i in range(30)} | {30: [0]}
    found, counts = asked(graph, [0])
    assert found[0] == reachable(graph, 0)
    assert max(counts.values()) < 10


def test_what_fails_leaves_nothing_behind() -> None:
    solver: Fixpoint[str, int] = Fixpoint(0, operator.eq)

    def fails() -> int:
        solver.value("inner", lambda: min(solver.value("outer", fails) + 1, 5))
        raise KeyError("outer")

    with pytest.raises(KeyError):
        solver.value("outer", fails)
    assert solver.value("outer", lambda: 7) == 7
    assert solver.value("inner", lambda: min(solver.value("outer", fails) + 1, 5)) == 5


def test_values_that_change_without_end() -> None:
    solver: Fixpoint[str, int] = Fixpoint(0, operator.eq)

    def grows() -> int:
        return solver.value("a", grows) + 1

    with pytest.raises(UnsettledError):
        solver.value("a", grows)


def test_what_has_no_value_is_asked_for_once() -> None:
    """A chain, each asking the next twice, of which the last has no value."""
    solver: Fixpoint[int, int] = Fixpoint(0, operator.eq, refusals=(LookupError,))
    counts: Counter[int] = Counter()

    def value(node: int) -> int:
        def compute() -> int:
            counts[node] += 1
            if node == 40:
                raise KeyError(node)
            for _ in range(2):
                with contextlib.suppress(KeyError):
                    value(node + 1)
            return value(node + 1)

        return solver.value(node, compute)

    for _ in range(2):
        with pytest.raises(KeyError):
            value(0)
    assert set(counts.values()) == {1}


def test_what_has_no_value_because_of_another_is_asked_for_again() -> None:
    """The inner one fails for what the outer one is at first; on its own it has a value."""
    solver: Fixpoint[str, int] = Fixpoint(0, operator.eq, refusals=(LookupError,))

    def inner() -> int:
        if solver.value("outer", outer) == 0:
            raise KeyError("inner")
        return 3

    def outer() -> int:
        try:
            return solver.value("inner", inner)
        except KeyError:
            return 1

    assert solver.value("outer", outer) == 3
    assert solver.value("inner", inner) == 3
