"""What `match` asks for is asked for once, before the guard; patterns of items match more than lists and tuples."""

from __future__ import annotations

from array import array
from collections import deque
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

import s2sgrad
from s2sgrad.errors import TransformError
from tests.in_every_way import check_every_way, check_refused_saying

X = np.array([0.5, 1.7, -0.4, 0.9])
D = deque([2.0, 3.0])
PLACES = (range(2), [1])
NUMS = array("d", [2.0, 3.0])
PAIR = [2.0, 3.0]


@dataclass
class Point:
    x: float
    y: float


def made(n):
    return range(n)


def change(p):
    p.x = p.x * 3.0
    return True


def small(v):
    return v < 100.0


def global_list(x: np.ndarray, n: int):
    match PAIR:
        case [a, b]:
            return x[0] * x[1] * a
        case _:
            return x[2]


def given_ok(x: np.ndarray, n: int):
    t = 0.0
    for k in range(n):
        match k, x[k]:
            case 0, v:
                t += v * v
            case j, v:
                t += v * j
    return t


def given_list(x: np.ndarray, n: int):
    rows = [[x[0], x[1]], [x[2]]]
    t = 0.0
    for r in rows:
        match r:
            case [a, b]:
                t += a * b
            case [a]:
                t += a * a
    return t


def guard_calm(x: np.ndarray, n: int):
    p = Point(x[0], x[1])
    match p:
        case Point(x=a, y=b) if small(a):
            return a * b * p.x
        case Point(x=a):
            return a
    return x[2]


def guard_inner_calm(x: np.ndarray, n: int):
    def low(v):
        return v < 100.0

    p = [x[0], x[1]]
    match p:
        case [a, b] if low(a):
            return a * b
        case [a, *_]:
            return a
    return x[2]


def subject_again(x: np.ndarray, n: int):
    t = x[0]

    def bump():
        nonlocal t
        t = t * 3.0
        return n > 100

    match t:
        case a if bump():
            return a * a
        case b:
            return b * t


def rebound_between(x: np.ndarray, n: int):
    t = x[0]

    def bump():
        nonlocal t
        t = t * 3.0
        return t

    match (t, bump(), t):
        case (a, b, c):
            return a * b * c


def name_rebound_by_the_next(x: np.ndarray, n: int):
    t = x[0]

    def bump():
        nonlocal t
        t = t * 3.0
        return 1

    match (t, bump()):
        case (a, 1):
            return a * a
    return t


def rebound_in_the_guard(x: np.ndarray, n: int):
    t = x[0]

    def bump():
        nonlocal t
        t = t * 3.0
        return n > 0

    match t:
        case a if bump():
            return a * a
    return t


def changed_in_the_guard(x: np.ndarray, n: int):
    p = Point(x[0], x[1])
    match p:
        case Point(x=a, y=b) if change(p):
            return a * b * p.x
    return x[2]


def walrus_in_the_guard(x: np.ndarray, n: int):
    t = x[0]
    match t:
        case a if (t := x[1] * 2.0) > n - 5:
            return a * t
    return x[2]


def body_changes(x: np.ndarray, n: int):
    xs = [x[0], x[1]]
    match xs:
        case [a, b]:
            xs[0] = 3.0 * b
            return a * b * xs[0]
    return x[2]


def a_range_is_a_sequence(x: np.ndarray, n: int):
    match range(n):
        case [a, b]:
            return x[0] * x[1] + b
        case _:
            return x[2]


def a_global_deque(x: np.ndarray, n: int):
    match D:
        case [a, b]:
            return a * b * x[0] * x[0]
        case _:
            return x[2]


def range_with_a_star(x: np.ndarray, n: int):
    places = range(n + 1)
    match places:
        case [a, *rest]:
            return x[a] * x[len(rest)]
    return x[2]


def nested_range(x: np.ndarray, n: int):
    t = [range(2), x[0]]
    match t:
        case [[a, b], c]:
            return x[1] * c
        case [_, c]:
            return c * x[2]


def global_nested(x: np.ndarray, n: int):
    match PLACES:
        case [[a, b], [c]]:
            return x[0] * x[1]
        case _:
            return x[2]


def nums(x: np.ndarray, n: int):
    match NUMS:
        case [a, b]:
            return x[0] * x[1] * a
        case _:
            return x[2]


def from_helper(x: np.ndarray, n: int):
    q = made(2)
    match q:
        case [a, b]:
            return x[0] * x[1]
        case _:
            return x[2]


def from_inner(x: np.ndarray, n: int):
    def give():
        return range(2)

    match give():
        case [a, b]:
            return x[0] * x[1]
        case _:
            return x[2]


def conditional(x: np.ndarray, n: int):
    q = range(2) if n > 0 else [1]
    match q:
        case [a, b]:
            return x[0] * x[1]
        case _:
            return x[2]


def looped_ranges(x: np.ndarray, n: int):
    t = 0.0
    for r in (range(2), range(3)):
        match r:
            case [a, b]:
                t += x[0] * x[1]
            case _:
                t += x[2]
    return t


def sliced_range(x: np.ndarray, n: int):
    r = range(3)
    match r[1:]:
        case [a, b]:
            return x[0] * x[1]
        case _:
            return x[2]


def guard_not_last(x: np.ndarray, n: int):
    p = Point(x[0], x[1])
    match p:
        case Point(x=a, y=b) if change(p):
            return a * b * p.x
        case Point(x=a):
            return a
    return x[2]


def guard_lambda(x: np.ndarray, n: int):
    p = Point(x[0], x[1])

    def put(v):
        p.x = v
        return True

    match p:
        case Point(x=a, y=b) if (lambda: put(3.0 * b))():  # noqa: PLC3002
            return a * b * p.x
    return x[2]


def guard_append(x: np.ndarray, n: int):
    xs = [x[0], x[1]]
    match xs:
        case [a, *rest] if xs.append(x[2]) is None:
            return a * sum(rest) * sum(xs)
    return x[2]


def match_in_function(x: np.ndarray, n: int):
    def look(p):
        match p:
            case [a, b] if a < 5:
                return a * b
            case [a, *_]:
                return a

    return look([x[0], x[1]]) + look((x[2],))


def match_dict_range(x: np.ndarray, n: int):
    d = {"a": range(2)}
    match d["a"]:
        case [a, b]:
            return x[0] * x[1]
    return x[2]


def match_appended(x: np.ndarray, n: int):
    d = []
    d.append(range(2))
    match d[0]:
        case [a, b]:
            return x[0] * x[1]
    return x[2]


def looked(p, x):
    match p:
        case [a, b]:
            return x[0] * x[1]
    return x[2]


def match_attr_range(x: np.ndarray, n: int):
    p = Point(range(2), 3)
    match p.x:
        case [a, b]:
            return x[0] * x[1]
    return x[2]


def match_point_range(x: np.ndarray, n: int):
    p = Point(range(2), 3)
    match p:
        case Point(x=[a, b]):
            return x[0] * x[1]
    return x[2]


def match_in_inner(x: np.ndarray, n: int):
    def look(p):
        match p:
            case [a, b]:
                return x[0] * x[1]
        return x[2]

    return look(range(2))


def match_in_helper(x: np.ndarray, n: int):
    return looked(range(2), x)


RIGHT = (
    guard_lambda,
    guard_append,
    match_in_function,
    global_list,
    given_ok,
    given_list,
    guard_calm,
    guard_inner_calm,
    subject_again,
    rebound_between,
    name_rebound_by_the_next,
    rebound_in_the_guard,
    changed_in_the_guard,
    walrus_in_the_guard,
    body_changes,
)
REFUSED = (
    match_dict_range,
    match_appended,
    a_range_is_a_sequence,
    a_global_deque,
    range_with_a_star,
    nested_range,
    global_nested,
    nums,
    from_helper,
    from_inner,
    conditional,
    looped_ranges,
    sliced_range,
    guard_not_last,
)


@pytest.mark.parametrize("function", RIGHT, ids=lambda f: f.__name__)
def test_is_right_in_every_way(function: Any) -> None:
    check_every_way(function, [(X, 2), (X[::-1] * 1.1, 1)])


@pytest.mark.parametrize("function", REFUSED, ids=lambda f: f.__name__)
def test_other_sequences_and_guards_that_write_are_refused(function: Any) -> None:
    check_refused_saying(function, (X, 2), "this match statement is not supported")


def two_places(x: np.ndarray, places: Any):
    match places:
        case [a, b]:
            return x[a] * x[b]
    return x[0]


@pytest.mark.parametrize("places", [range(2), D, (range(2), 1)])
def test_another_sequence_that_is_given_is_refused(places: Any) -> None:
    with pytest.raises(TransformError, match="neither a list nor a tuple"):
        s2sgrad.transform(two_places, 0, like=(X, places))


def test_a_list_that_is_given_is_matched() -> None:
    s2sgrad.check_grads(two_places, (X, [1, 2]))


@pytest.mark.parametrize(
    "function",
    [match_attr_range, match_point_range, match_in_inner, match_in_helper],
    ids=lambda f: f.__name__,
)
def test_ranges_that_are_found_later_are_refused(function: Any) -> None:
    check_refused_saying(function, (X, 2), "neither a list nor a tuple")
