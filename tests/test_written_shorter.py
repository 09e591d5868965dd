"""Patterns, map and filter, try and with in less usual forms: right in every way, or refused by their names."""

from __future__ import annotations

import contextlib
import math
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pytest

from tests.in_every_way import check_every_way, check_refused_saying
from tests.right_or_refused import check_refused

X = np.array([0.5, 1.7, 0.4, 0.9])


def scaled(a, b=2.0):
    return a * b


@dataclass
class Point:
    x: float
    y: float


@dataclass
class Turned:
    r: float

    @property
    def squared(self):
        return self.r * self.r


@contextlib.contextmanager
def leaving(t):
    yield t
    return  # noqa: PLR1711


@contextlib.contextmanager
def looping_behind(y):
    yield y
    for k in range(3):
        if y[k] < 0:
            break
        y[k] *= 2.0


def taken_apart(x: np.ndarray, n: int):
    a, b = map(math.sin, x[:2])
    return a * b * n


def taken_apart_filtered(x: np.ndarray, n: int):
    a, b, c = filter(lambda v: v > 0.45, x)
    return a * b * c**n


def taken_apart_nested(x: np.ndarray, n: int):
    a, (b, c) = map(scaled, [x[0], x[1:3]])
    return a * b * c * n


def none_mapped(x: np.ndarray, n: int):
    return sum(filter(None, [x[0], x[1] * n]))


def comprehension_over_map(x: np.ndarray, n: int):
    return sum([v * n for v in map(math.sin, x)])


def comprehension_over_filter_of_map(x: np.ndarray, n: int):
    return sum([v * n for v in filter(lambda q: q > 0.2, map(math.sin, x))])


def pairs_over_filter(x: np.ndarray, n: int):
    return sum([a * b for a, b in filter(lambda p: p[0] > 0, zip(x, x[n:]))])


def zip_of_maps(x: np.ndarray, n: int):
    return sum([a * b for a, b in zip(map(math.sin, x), map(math.cos, x[n:]))])


def a_list_starred(x: np.ndarray, n: int):
    a, b, c, d = [*map(math.sin, x)]
    return a * b * c + d * n


def taken_apart_zip_map(x: np.ndarray, n: int):
    (a, b), (c, d) = enumerate(map(math.sin, x[:2]))
    return b * d + a + c


def too_few_for_a_star(x: np.ndarray, n: int):
    match (n, x[0]):
        case [a, b, c, *rest]:
            return a * b * c
        case [1, *_]:
            return x[0] * x[1]
        case [_, b]:
            return b * b
    return x[0]


def rest_without_a_name(x: np.ndarray, n: int):
    match (n, x[0], x[1]):
        case [1, a, *_]:
            return a * a
        case [*_, b]:
            return b * b * b


def number_captured_by_its_class(x: np.ndarray, n: int):
    match x[0] * n:
        case float(v):
            return v * v
        case _:
            return x[1]


def whole_number_captured(x: np.ndarray, n: int):
    match n:
        case int(k) if k > 1:
            return x[0] ** k
        case int(k):
            return x[1] * k
    return x[2]


def points(x: np.ndarray, n: int):
    p = Point(x[0], x[n])
    match p:
        case Point(a, y=b):
            return a * b
    return x[2]


def whatever_is_raised(x: np.ndarray, n: int):
    try:
        t = math.sqrt(x[n])
    except:  # noqa: E722
        t = x[0] * x[0]
    return t * t * t


def bare_behind_another(x: np.ndarray, n: int):
    try:
        t = 1.0 / (n - 1)
    except ZeroDivisionError:
        t = x[0] * x[0]
    except:  # noqa: E722
        t = x[1]
    return t * x[2]


def twice_quiet(x: np.ndarray, n: int):
    with np.errstate(divide="ignore"):
        a = x * x
    with np.errstate(divide="ignore"):
        b = np.sum(a / n)
    return b  # noqa: RET504


def loop_over_a_partial(x: np.ndarray, n: int):
    t = 0.0
    for v in map(partial(scaled, 3.0), x):
        t += v * v
    return t


def loop_with_a_default(x: np.ndarray, n: int):
    t = 0.0
    for v in map(lambda a, b=3.0: a * b, x):
        t += v * v
    return t


def sum_with_a_default(x: np.ndarray, n: int):
    return sum(map(lambda a, b=3.0: a * b, x))


def sum_of_a_table(x: np.ndarray, n: int):
    table = [math.sin, math.cos]
    return sum(map(table[n % 2], x))


def star_of_map(x: np.ndarray, n: int):
    return math.hypot(*map(math.sin, x), n)


def alternatives_at_other_places(x: np.ndarray, n: int):
    match (n, x[0], x[1]):
        case (0, v, _) | (1, _, v):
            return v * v
        case _:
            return x[2]


def no_class(x: np.ndarray, n: int):
    kind = Point if n else Turned
    match Point(x[0], x[1]):
        case kind(x=a):
            return a * a
    return x[2]


def too_many_captured(x: np.ndarray, n: int):
    match Point(x[0], x[1]):
        case Point(a, b, c):
            return a * b * c
    return x[2]


def of_a_property(x: np.ndarray, n: int):
    match Turned(x[0]):
        case Turned(squared=s):
            return s * n
    return x[2]


def left_in_finally(x: np.ndarray, n: int):
    t = x[0]
    for k in range(3):
        try:
            t = t * x[k]
        finally:
            if k == n:
                break  # noqa: B012
    return t


def returned_in_finally(x: np.ndarray, n: int):
    try:
        t = x[0] * x[1]
    finally:
        return x[2] * n  # noqa: B012


def with_a_return_behind(x: np.ndarray, n: int):
    with leaving(x[0]) as t:
        u = t * t
    return u  # noqa: RET504


def with_a_loop_behind(x: np.ndarray, n: int):
    y = 1.0 * x
    with looping_behind(y) as t:
        u = t @ t
    return u + y @ y


RIGHT = (
    taken_apart,
    taken_apart_filtered,
    taken_apart_nested,
    none_mapped,
    comprehension_over_map,
    comprehension_over_filter_of_map,
    pairs_over_filter,
    zip_of_maps,
    a_list_starred,
    taken_apart_zip_map,
    too_few_for_a_star,
    rest_without_a_name,
    number_captured_by_its_class,
    whole_number_captured,
    points,
    whatever_is_raised,
    bare_behind_another,
    twice_quiet,
)
REFUSED = (
    loop_over_a_partial,
    loop_with_a_default,
    sum_with_a_default,
    sum_of_a_table,
    star_of_map,
)
SAYING = (
    (alternatives_at_other_places, "this match statement"),
    (no_class, "this match statement"),
    (too_many_captured, "this match statement"),
    (of_a_property, "this match statement"),
    (left_in_finally, "this try statement"),
    (returned_in_finally, "this try statement"),
    (with_a_return_behind, "this with statement"),
    (with_a_loop_behind, "this with statement"),
)


@pytest.mark.parametrize("function", RIGHT, ids=lambda f: f.__name__)
def test_is_right_in_every_way(function: Any) -> None:
    check_every_way(function, [(X, 2), (X, 1), (X * 1.1, 3)])


@pytest.mark.parametrize("form", ["gradient", "tangent"])
@pytest.mark.parametrize("function", REFUSED, ids=lambda f: f.__name__)
def test_what_is_not_known_is_refused(function: Any, form: str) -> None:
    check_refused((function, X, 2), form)


@pytest.mark.parametrize(("function", "message"), SAYING, ids=lambda f: getattr(f, "__name__", ""))
def test_is_refused_by_its_name(function: Any, message: str) -> None:
    check_refused_saying(function, (X, 2), message)
