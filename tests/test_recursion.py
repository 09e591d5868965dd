"""Functions that call themselves in loops: what they record holds such records, without end."""

from __future__ import annotations

import math
from typing import Any

import pytest

from s2sgrad import check_grads
from s2sgrad.kinds import BOTTOM, FLOAT, INT, UNKNOWN, Kind, Recursion, Sequence, Unknown, join
from s2sgrad.recursion import Recursions


def in_a_loop(x: float, depth: int):
    total = x
    for i in range(2):
        if depth > 0:
            total = total + in_a_loop(x * 0.5 + i, depth - 1) * total
    return math.tanh(total)


def one_of_two(x: float, depth: int):
    total = x
    for i in range(depth):
        total = total * math.sin(other_of_two(total * 0.5, depth - 1)) + i
    return total


def other_of_two(x, depth):
    total = 1.0
    for _ in range(depth):
        total = total + one_of_two(x * total, depth - 1) * x
    return total + x


def with_two_results(x: float, depth: int):
    first, second = pair(x, depth)
    return first * second


def pair(x, depth):
    total, product = x, 1.0
    for _ in range(depth):
        a, b = pair(math.cos(x), depth - 1)
        total = total + a * b
        product = product * (1.0 + 0.1 * a)
    return total, product


@pytest.mark.parametrize("depth", [0, 1, 3])
@pytest.mark.parametrize("function", [in_a_loop, one_of_two, with_two_results])
def test_second_derivatives(function: Any, depth: int) -> None:
    check_grads(function, (0.4, depth), order=2)


def record(*items: Kind) -> Sequence:
    return Sequence("tuple", items, UNKNOWN)


def listed(item: Kind) -> Sequence:
    return Sequence("list", None, item)


def test_a_record_in_the_list_of_a_record() -> None:
    recursions = Recursions()
    first = recursions.folded(record(FLOAT, listed(BOTTOM)), "f")
    assert first == record(FLOAT, listed(BOTTOM))
    second = recursions.folded(record(FLOAT, listed(first)), "f")
    third = recursions.folded(record(FLOAT, listed(second)), "f")
    assert second == third
    assert isinstance(second, Sequence)
    assert second.items is not None
    inner = second.items[1]
    assert isinstance(inner, Sequence)
    assert isinstance(inner.item, Recursion)
    assert inner.item.meaning == second
    assert join(inner.item, second, "here") is inner.item
    assert join(FLOAT, inner.item, "here") == Unknown(mixed=True)


def test_what_is_not_alike_stays() -> None:
    """A record with a list where the other has a number, or with more items, is another record."""
    other = record(listed(INT), listed(BOTTOM))
    longer = record(FLOAT, FLOAT, listed(BOTTOM))
    for inner in (other, longer):
        kind = record(FLOAT, listed(inner))
        assert Recursions().folded(kind, "f") == kind
