"""Loops over objects that are left, or go on to the next trip, in the middle of a trip: right, or refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.in_every_way import check_in_every_way, check_told


class Weight:
    def __init__(self, w):
        self.w = w


def goes_on_inside_a_branch(x, y, n):
    total = 1.0
    for weight in (Weight(x), Weight(y), Weight(x * y)):
        if weight.w > 0.5:
            total = total * weight.w
            if total > 0.8:
                continue
            total = total + x
    return total * y


def goes_on_in_both_branches(x, y, n):
    total = 1.0
    for weight in (Weight(x), Weight(y), Weight(x * y)):
        if weight.w > 0.5:
            if total > 0.8:
                continue
            total = total + x * weight.w
        else:
            if total > 1.8:
                continue
            total = total * x
    return total * y


def goes_on_at_the_end_of_a_branch(x, y, n):
    total = 1.0
    for weight in (Weight(x), Weight(y), Weight(x * y)):
        if weight.w > 0.5:
            if total > 0.8:
                continue
            total = total + x * weight.w
        else:
            if total > 1.8:
                continue
            total = total * x
            continue
    return total * y


def goes_on_two_branches_deep(x, y, n):
    total = 1.0
    for weight in (Weight(x), Weight(y), Weight(x * y)):
        if weight.w > 0.5:
            if total > 0.8:
                if x > 1.0:
                    continue
                total = total * 3.0
            total = total * 2.0
        else:
            total = total + x * weight.w
    return total * y


RIGHT = (
    goes_on_inside_a_branch,
    goes_on_in_both_branches,
    goes_on_at_the_end_of_a_branch,
    goes_on_two_branches_deep,
)


@pytest.mark.parametrize("function", RIGHT, ids=lambda f: f.__name__)
def test_agrees_with_differences(function: Callable[..., Any]) -> None:
    check_in_every_way(function)


def left_among_many(x, y, n):
    weights = (
        *(Weight(x), Weight(y), Weight(x), Weight(y), Weight(x), Weight(y)),
        *(Weight(x), Weight(y), Weight(x), Weight(y), Weight(x), Weight(y)),
        *(Weight(x), Weight(y), Weight(x), Weight(y), Weight(x), Weight(y)),
    )
    total = 1.0
    for weight in weights:
        total = total + weight.w * x
        if total > 4.0:
            break
    return total * y


def left_or_goes_on(x, y, n):
    total = 1.0
    for weight in (Weight(x), Weight(y), Weight(x * y)):
        if weight.w < 0.0:
            total = total * y
            if total < 0.0:
                break
            continue
        total = total + weight.w * x
    return total * y


def left_before_it_is_left_or_goes_on(x, y, n):
    total = 1.0
    for weight in (Weight(x), Weight(y), Weight(x * y)):
        if total > 3.0:
            break
        if weight.w > 0.5:
            total = total * y
            if total < 0.0:
                break
            continue
        total = total + weight.w * x
    return total * y


REFUSED = (
    (left_among_many, "is used as a whole in line"),
    (left_or_goes_on, "an object is used as a whole here"),
    (left_before_it_is_left_or_goes_on, "an object is used as a whole here"),
)


@pytest.mark.parametrize(("function", "message"), REFUSED, ids=lambda f: getattr(f, "__name__", ""))
def test_trips_that_would_be_repeated_are_refused(
    function: Callable[..., Any], message: str
) -> None:
    check_told(function, message)
