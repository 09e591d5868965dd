"""What is made in a loop and kept by some trips stays what it was, whatever later trips make under the same names."""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pytest

import s2sgrad
from s2sgrad.errors import TransformError
from s2sgrad.transform import derived


class Point:
    """A number with a method, another one of its class."""

    def __init__(self, w):
        self.w = w

    def times(self, q):
        return self.w * q

    @staticmethod
    def bent(q):
        return math.sin(q) * q

    def by(self, q):
        return self.bent(q) * self.w


@dataclass
class Cell:
    """A number."""

    w: float


class Holder:
    """An object that holds another one."""

    def __init__(self, a):
        self.a = a


def product(a, q):
    return a * q


def kept_once(x: float, n: int):
    keep = Point(0.5)
    for i in range(n):
        p = Point(x**i + x)
        if i == 1:
            keep = p
    return keep.w


def kept_in_the_first(x: float, n: int):
    for i in range(n):
        p = Point(x**i + x)
        if i == 0:
            keep = p
    return keep.w if n > 0 else x


def kept_before_it_is_left(x: float, n: int):
    for i in range(n):
        p = Point(x**i + x)
        if i == 2:
            break
        keep = p
    return keep.w if n > 0 else x


def kept_in_an_inner_loop(x: float, n: int):
    total = 0.0
    for i in range(n):
        p = Point(x * i)
        for j in range(2):
            if i == 0 and j == 1:
                first = p
        total += first.w + p.w
    return total


def argument_of_a_partial(x: float, n: int):
    g = partial(product, x)
    for i in range(n):
        a = x**i + x
        if i == 1:
            g = partial(product, a)
    return g(x)


def partial_in_a_loop(x: float, n: int):
    total = 0.0
    for i in range(n):
        a = x * i + 1
        p = partial(product, a)
        if i == 0:
            first = p
        total += first(x) * p(2.0)
    return total


def method_of_a_kept_object(x: float, n: int):
    total = 0.0
    for i in range(n):
        p = Point(x**i + x)
        if i == 0:
            g = p.times
        total += g(x)
    return total


def in_a_dict(x: float, n: int):
    d = {"k": Point(x)}
    for i in range(n):
        p = Point(x**i + x)
        if i == 1:
            d = {"k": p}
    return d["k"].w


def in_a_tuple(x: float, n: int):
    t = (Point(x), x)
    for i in range(n):
        p = Point(x**i + x)
        if i == 1:
            t = (p, x)
    return t[0].w * t[1]


def unpacked(x: float, n: int):
    a, b = Point(x), x
    for i in range(n):
        p = Point(x**i + x)
        if i == 1:
            a, b = p, x
    return a.w * b


def part_of_a_new_one(x: float, n: int):
    keep = Point(x)
    for i in range(n):
        h = Holder(Point(x**i + x))
        if i == 1:
            keep = h.a
    return keep.w


def a_dict(x: float, n: int):
    keep = {"a": x}
    for i in range(n):
        d = {"a": x**i + x}
        if i == 1:
            keep = d
    return keep["a"]


def a_list_of_objects(x: float, n: int):
    keep = [Point(x), Point(x)]
    for i in range(n):
        row = [Point(x + i), Point(x * x * i)]
        if i == 1:
            keep = row
    return keep[0].w + sum(p.w for p in keep)


def a_growing_list(x: float, n: int):
    total = 0.0
    for i in range(n):
        row = []
        for j in range(n):
            row.append(Point(x * j + i * x * x))  # noqa: PERF401
        if i == 0:
            keep = row
        for p in keep:
            total += p.w
    return total


def chosen_functions(x: float, n: int):
    f = np.sin if x > 0.5 else np.cos
    h = f
    f = np.exp if n > 1 else np.tan
    return h(x) + f(2 * x)


def part_that_is_replaced(x: float, n: int):
    h = Holder(Point(x * x))
    inner = h.a
    if n > 0:
        h.a = Point(2 * x)
    return inner.w * h.a.w


def part_of_a_dataclass(x: float, n: int):
    h = Holder(Cell(x * x))
    inner = h.a
    h.a = Cell(2 * x)
    return inner.w * h.a.w


def last_part(x: float, n: int):
    h = Holder(Cell(x * x))
    q = h.a
    for _ in range(n):
        q = h.a
        h.a = Cell(q.w * x)
    return h.a.w + q.w


def next_part(x: float, n: int):
    h = Holder(Cell(x * x))
    for _ in range(n):
        q = h.a
        h.a = Cell(q.w * x)
    return h.a.w


def of_a_while_test(x: float, n: int):
    keep, k = Point(x), 0
    while (p := Point(x**k + k * x)).w < 3.0 and k < n:
        if k == 1:
            keep = p
        k += 1
    return keep.w


def best(x: float, n: int):
    points = [Point(math.sin(k * x)) for k in range(n + 1)]
    found = points[0]
    for p in points:
        if p.w > found.w:
            found = p
    return found.w * found.by(x)


def static_methods(x: float, n: int):
    p = Point(x)
    p.w = p.bent(p.w)
    total = p.by(2.0)
    for i in range(n):
        total += p.bent(i * x) * Point(x).bent(x)
    return total


RIGHT = (
    kept_once,
    kept_in_the_first,
    kept_before_it_is_left,
    kept_in_an_inner_loop,
    in_a_dict,
    in_a_tuple,
    unpacked,
    part_of_a_new_one,
    a_dict,
    a_list_of_objects,
    a_growing_list,
    chosen_functions,
    part_of_a_dataclass,
    next_part,
    best,
    static_methods,
)
OTHERS = (
    argument_of_a_partial,
    partial_in_a_loop,
    method_of_a_kept_object,
    part_that_is_replaced,
    last_part,
    of_a_while_test,
)
_VALUES = (0.4, 0.7)
_TRIPS = (0, 1, 2, 4)


def check(function: Callable[..., Any], x: float, n: int, form: str, *, simplified: bool) -> None:
    expected = s2sgrad.central_difference(function, x, n, wrt=0)
    made, _ = derived(function, 0, like=(x, n), form=form, simplified=simplified)
    found = made(x, n) if form == "gradient" else made(x, n, 1.0)[1]
    assert np.isclose(found, expected, rtol=1e-6, atol=1e-9)
    if form == "tangent":
        assert np.isclose(made(x, n, 1.0)[0], function(x, n))


@pytest.mark.parametrize("form", ["gradient", "tangent"])
@pytest.mark.parametrize("simplified", [False, True])
@pytest.mark.parametrize("function", RIGHT, ids=lambda f: f.__name__)
def test_is_right(function: Callable[..., Any], form: str, simplified: bool) -> None:
    for x in _VALUES:
        for n in _TRIPS:
            check(function, x, n, form, simplified=simplified)


@pytest.mark.parametrize("function", OTHERS, ids=lambda f: f.__name__)
def test_is_right_or_refused(function: Callable[..., Any]) -> None:
    try:
        derived(function, 0, like=(0.4, 2))
    except TransformError:
        return
    for x in _VALUES:
        for n in _TRIPS[1:]:
            check(function, x, n, "gradient", simplified=True)


# ---- objects that are written into, functions that read them, keys that come and go --------------------------------


def chosen_and_dropped(x: float, n: int):
    o = Point(x)
    p = o if n > 1 else Point(x * x)
    first = p.w
    o.w = x * x * 3
    return first + o.w


def chosen_and_replaced(x: float, n: int):
    o = Point(x)
    p = o if n > 1 else Point(3 * x)
    p.w = x * x
    p = Point(x)
    return p.w


def chosen_anew_in_each_trip(x: float, n: int):
    o, total = Point(x), 0.0
    for i in range(n):
        p = o if i == 1 else Point(x * i)
        total += p.w * x
        o.w = o.w * x
    return total + o.w


def chosen_and_read(x: float, n: int):
    o = Point(x)
    p = o if n > 1 else Point(3 * x)
    o.w = x * x
    return p.w + o.w


def chosen_in_an_earlier_trip(x: float, n: int):
    o, p, total = Point(x), Point(x), 0.0
    for i in range(n):
        total += p.w * o.w
        o.w = o.w * x
        if i == 1:
            p = o
    return total


def one_under_two_names(x: float, n: int):
    o, q = Point(x), Point(2 * x)
    r = o
    if n > 1:
        r = q
    r.w = r.w * x
    return q.w + o.w


def exchanged(x: float, n: int):
    o, q = Point(x), Point(2 * x)
    if n > 1:
        o, q = q, o
    o.w = o.w * x
    return q.w + o.w


def read_by_a_function(x: float, n: int):
    o = Point(x)
    p = o if n > 1 else Point(3 * x)

    def g(q):
        return p.w * q

    o.w = x * x
    return g(x)


def in_a_list(x: float, n: int):
    points = []
    o = Point(x)
    for _ in range(n):
        points.append(o)
        o.w = o.w * x
    return x + sum(p.w for p in points)


def twice(g, q):
    return g(q) * g(0.5)


def methods_in_a_function(x: float, n: int):
    o = Point(x)
    total = 0.0
    for i in range(n):

        def g(q):
            return o.times(q) * i + o.bent(q)  # noqa: B023

        o.w = o.w * x
        total += g(x) + twice(g, x)
    return total


def functions_of_a_dict(x: float, n: int):
    d = {"a": x, "b": np.array([x, 2 * x])}
    if n > 1:

        def g(q):
            return d["b"].sum() * q

    else:

        def g(q):
            return d["a"] * q

    y = g(x)
    d["a"] = x * x
    return y + g(2 * x)


def name_is_bound_again(x: float, n: int):
    o = Point(x)

    def g(q):
        return o.by(q)

    if n > 1:
        o = Point(x * x)
    return g(x)


def key_of_a_trip(x: float, n: int):
    d, total = {"a": x, "b": 2 * x}, 0.0
    for i in range(n):
        d["gone"] = x * i
        total += d.pop("gone") * d["a"]
        d["a"] = d["a"] * x
    for key, v in d.items():
        total += v * len(key)
    return total + len(d)


def key_of_a_branch(x: float, n: int):
    d = {"a": x}
    if n > 1:
        d["gone"] = x * x
        del d["gone"]
    return d.get("gone", 0.5) * x + sum(d.values())


def key_that_stays_if_left(x: float, n: int):
    d, total = {"a": x}, 0.0
    for i in range(n):
        d["gone"] = x * i
        if i == 1:
            break
        total += d.pop("gone")
    return total + len(d) * x


def key_that_is_asked_for(x: float, n: int):
    d, total = {"a": x}, 0.0
    for i in range(n):
        total += d.get("gone", 0.5) * x
        d["gone"] = x * i
        if i == 1:
            total += d.pop("gone")
    return total


def key_that_was_there(x: float, n: int):
    d, total = {"a": x}, 0.0
    d["gone"] = x * x
    if n > 1:
        d["gone"] = x * 3
        total += d.pop("gone")
    return total + sum(d.values())


def unpacked_with_a_star(x: float, n: int):
    s = x
    f, *rest = np.sin(s), s * s, s
    most = max(*rest)
    s = s * 2 + n
    a, *b, c = s, s * x, most, x
    b.append(a * c)
    return most * s + rest[0] * rest[-1] + f + sum(b)


def unpacked_in_a_loop(x: float, n: int):
    total, s = 0.0, x
    for i in range(n):
        *rest, f = x, s * i, s
        total += max(*rest) * f
        s = s * x
    return total


RIGHT_TOO = (
    chosen_and_dropped,
    chosen_and_replaced,
    chosen_anew_in_each_trip,
    exchanged,
    methods_in_a_function,
    functions_of_a_dict,
    name_is_bound_again,
    key_of_a_trip,
    key_of_a_branch,
    unpacked_with_a_star,
    unpacked_in_a_loop,
)
OTHERS_TOO = (
    chosen_and_read,
    chosen_in_an_earlier_trip,
    one_under_two_names,
    read_by_a_function,
    in_a_list,
    key_that_stays_if_left,
    key_that_is_asked_for,
    key_that_was_there,
)


@pytest.mark.parametrize("form", ["gradient", "tangent"])
@pytest.mark.parametrize("simplified", [False, True])
@pytest.mark.parametrize("function", RIGHT_TOO, ids=lambda f: f.__name__)
def test_is_right_too(function: Callable[..., Any], form: str, simplified: bool) -> None:
    test_is_right(function, form, simplified)


@pytest.mark.parametrize("function", OTHERS_TOO, ids=lambda f: f.__name__)
def test_is_right_or_refused_too(function: Callable[..., Any]) -> None:
    test_is_right_or_refused(function)


def test_static_methods_of_the_object_of_a_method() -> None:
    model = Point(0.7)
    made = s2sgrad.transform(model.by, "q", like=(0.4,))
    expected = s2sgrad.central_difference(model.by, 0.4)
    assert np.isclose(made(model, 0.4), expected)


@pytest.mark.parametrize(
    ("function", "line", "words"),
    [
        (chosen_and_read, "o.w = x * x", "o is written into in line {}, and may have another name"),
        (in_a_list, "points.append(o)", "what is done with points in line {} isn't followed"),
        (key_that_stays_if_left, 'total += d.pop("gone")', "what is done with d in line {}"),
    ],
)
def test_what_is_not_followed_is_told(function: Callable[..., Any], line: str, words: str) -> None:
    lines, first = inspect.getsourcelines(function)
    place = first + next(k for k, text in enumerate(lines) if text.strip() == line)
    with pytest.raises(TransformError) as told:
        derived(function, 0, like=(0.4, 2))
    assert words.format(place) in told.value.findings[0].message
    assert "has no derivative rule" not in str(told.value)
