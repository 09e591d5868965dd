"""Programs with functions that have attributes: counters, and what was computed last."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np

__all__ = ["COUNTED", "REFUSED", "RIGHT"]


def traced(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        wrapper.calls += 1
        return function(*args, **kwargs)

    wrapper.calls = 0
    return wrapper


@traced
def square(x, k=1.0):
    return k * x * x


@traced
def cube(x):
    return square(x) * x


def counted(x):
    counted.calls += 1
    counted.last = x
    return x * counted.calls


counted.calls = 0
counted.last = 0.0


def twice(x: float):
    return square(x) * square(x + 1, k=2.0)


def in_a_loop(x: np.ndarray, n: int):
    for _ in range(n):
        x = square(x) * 0.5
    return np.sum(x)


def in_a_branch(x: float):
    y = square(x) if x > 0 else x
    return y * x


def one_in_the_other(x: float):
    return cube(x) + square(x)


def helper(x):
    return square(x) * 2


def in_helpers(x: float):
    return helper(x) + helper(2 * x)


def by_itself(x: float):
    return counted(x) + counted(x * x)


def read_behind(x: float):
    y = square(x)
    return y * square.calls


def what_was_last(x: float):
    counted(x * x)
    return counted.last * x


def beside_a_helper(x: float):
    return square(x) + helper(x) * square.calls


class Last:
    def __init__(self):
        self.last = 1.0
        self.calls = 0

    def keep(self, x):
        self.last = x

    def __call__(self, x):
        self.last = x * x
        return x


LAST = Last()


def kept(x):
    LAST.last = x
    return x


def object_read_behind(x: float):
    kept(x * x)
    return LAST.last * x


def object_times_result(x: float):
    y = kept(x * x)
    return y * LAST.last


def bump(x):
    LAST.calls += 1
    return x * LAST.calls


def object_counted(x: float):
    return bump(x) * bump(x * x) * LAST.calls


def by_a_method(x):
    LAST.keep(x * 3)


def object_behind_a_method(x: float):
    by_a_method(x)
    return LAST.last * x


def by_a_call(x):
    return LAST(x * 2)


def object_called(x: float):
    return by_a_call(x) * LAST.last


def by_another_name(x):
    last = LAST
    last.last = x
    return x


def written_by_another_name(x: float):
    by_another_name(x * x)
    return LAST.last * x


def again(x, n):
    LAST.last = x
    return x if n == 0 else again(x * x, n - 1)


def written_by_recursion(x: float):
    again(x, 2)
    return LAST.last * x


def number_is_kept(x: float):
    old = LAST.calls
    new = old
    new += 1
    LAST.calls = new
    return x * x * old


def two_numbers(x: float):
    a, b = LAST.calls, LAST.calls + 1
    c = a
    c += b
    return x * x * a * c


def numbers_in_a_loop(x: float, n: int):
    for _ in range(n):
        old = LAST.calls
        new = old
        new += 1
        LAST.calls = new
        x = x * x * (old + 1)
    return x


def number_of_a_number(x: float):
    old = LAST.calls
    more = old + 1
    last = more
    last += 1
    return x * more * last


def number_or_an_array(x: float, y, yes: bool):
    old = LAST.calls
    if yes:
        old = y
    new = old
    new += 1
    return x * old * new


def number_in_a_list(x: float):
    old = LAST.calls
    both = [old, 2]
    first = both[0]
    other = first
    other += 1
    return x * first * other


RIGHT: tuple[tuple[Any, ...], ...] = (
    (number_is_kept, 0.3),
    (two_numbers, 0.3),
    (numbers_in_a_loop, 0.3, 3),
    (twice, 0.3),
    (in_a_loop, np.array([0.3, 0.5]), 0),
    (in_a_loop, np.array([0.3, 0.5]), 3),
    (in_a_branch, 0.3),
    (in_a_branch, -0.3),
    (in_helpers, 0.3),
    (by_itself, 0.3),
    (read_behind, 0.3),
    (what_was_last, 0.3),
    (one_in_the_other, 0.3),
    (beside_a_helper, 0.3),
    (object_read_behind, 0.3),
    (object_times_result, 0.3),
    (object_counted, 0.3),
    (object_behind_a_method, 0.3),
    (object_called, 0.3),
)
"""Functions and what they are tried with."""

COUNTED = (square, cube, counted, LAST)

REFUSED: tuple[tuple[Any, ...], ...] = (
    (written_by_another_name, 0.3),
    (written_by_recursion, 0.3),
    (number_of_a_number, 0.3),
    (number_in_a_list, 0.3),
)
