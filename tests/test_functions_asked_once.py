"""The functions of `map`, `filter` and iterators of itertools are asked for once, where these are made."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial, reduce
from itertools import accumulate, filterfalse, pairwise, product, takewhile
from typing import Any

import numpy as np
import pytest

import s2sgrad
from s2sgrad.errors import TransformError
from tests.in_every_way import check_every_way

X = np.array([0.5, 1.7, -0.4, 0.9])


@dataclass
class Point:
    x: float
    y: float


def mapped_by_a_name(x: np.ndarray, n: int):
    g = math.sin
    t = 0.0
    for v in map(g, x):
        t += v
        g = math.cos
    return t


def mapped_by_an_item(x: np.ndarray, n: int):
    t = 0.0
    s = 2.0
    g = lambda v: v * s  # noqa: E731
    for v in map(g, x):
        t += v
        g = lambda v: v * v  # noqa: E731
    return t


def star_by_a_name(x: np.ndarray, n: int):
    g = math.atan2
    t = 0.0
    for v in map(g, x, x[1:]):
        t += v
        g = math.hypot
    return t


def accumulated_by_a_name(x: np.ndarray, n: int):
    g = math.atan2
    t = 0.0
    for v in accumulate(x, g):
        t += v
        g = math.hypot
    return t


def taken_by_a_name(x: np.ndarray, n: int):
    g = math.isfinite
    t = 0.0
    for v in takewhile(g, x):
        t += v * v
        g = math.isnan
    return t


def filtered_by_a_name(x: np.ndarray, n: int):
    g = math.isfinite
    t = 0.0
    for v in filter(g, x):
        t += v * v
        g = math.isnan
    return t


def lam(x: np.ndarray, n: int):
    s = 2.0
    t = 0.0
    for v in map(lambda w: w * s, x):  # noqa: C417
        t += v
        s = s + v
    return t


def nonlocal_fn_loop(x: np.ndarray, n: int):
    def two(v):
        return v * 3.0

    def one(v):
        nonlocal g
        g = two
        return v * v

    g = one
    t = 0.0
    for v in map(g, [x[0], x[1]]):
        t += v
    return t


def filter_loop(x: np.ndarray, n: int):
    g = math.isfinite
    t = 0.0
    for v in filterfalse(g, x):
        t += v * v
        g = math.isnan
    return t + x[0]


def acc_initial(x: np.ndarray, n: int):
    g = math.atan2
    t = 0.0
    for v in accumulate(x, g, initial=1.0):
        t += v
        g = math.hypot
    return t


def while_inner(x: np.ndarray, n: int):
    g = math.sin
    t = 0.0
    for _ in range(2):
        for v in map(g, x):
            t += v
        g = math.cos
    return t


def product_fn(x: np.ndarray, n: int):
    g = math.sin
    t = 0.0
    for a, v in product([1.0, 2.0], map(g, x)):
        t += a * v
        g = math.cos
    return t


def pairwise_map(x: np.ndarray, n: int):
    g = math.sin
    t = 0.0
    for a, v in pairwise(map(g, x)):
        t += a * v
        g = math.cos
    return t


def takewhile_nonlocal(x: np.ndarray, n: int):
    t = x[0]

    def f(v):
        nonlocal t
        t = t * 2.0
        return v < 1.8

    return sum(takewhile(f, x)) * t


def scaled_partly(x: np.ndarray, n: int):
    s = x[0]

    def f(a, v):
        nonlocal s
        s = s * 2.0
        return a * v

    return sum(map(partial(f, s), x))


def zip_map(x: np.ndarray, n: int):
    g = math.sin
    t = 0.0
    for v, w in zip(map(g, x), x):
        t += v * w
        g = math.cos
    return t


def enum_map(x: np.ndarray, n: int):
    g = math.sin
    t = 0.0
    for k, v in enumerate(map(g, x)):
        t += v * k
        g = math.cos
    return t


def later_map(x: np.ndarray, n: int):
    g = math.sin
    m = map(g, x)
    g = math.cos
    return sum(m) * g(x[0])


def partial_loop(x: np.ndarray, n: int):
    s = x[0]

    def f(a, v):
        return a * v

    t = 0.0
    for v in map(partial(f, s), x):
        t += v
        s = s * 2.0
    return t


def partial_kw(x: np.ndarray, n: int):
    s = x[0]

    def f(v, a):
        return a * v

    t = 0.0
    for v in map(partial(f, a=s), x):
        t += v
        s = s * 2.0
    return t


def partial_attr(x: np.ndarray, n: int):
    p = Point(x[0], x[1])

    def f(a, v):
        p.x = p.x * 2.0
        return a * v

    return sum(map(partial(f, p.x), x))


def nonlocal_fn(x: np.ndarray, n: int):
    def one(v):
        nonlocal g
        g = two
        return v * v

    def two(v):
        return v * 3.0

    g = one
    return sum(map(g, [x[0], x[1]]))


def walrus_fn(x: np.ndarray, n: int):
    g = math.sin
    return sum([v * (g := math.cos)(v) for v in map(g, x)])


def reduced(x: np.ndarray, n: int):
    def other(a, b):
        return a * b

    def g(a, b):
        nonlocal h
        h = other
        return a + b

    h = g
    return reduce(h, [x[0], x[1], x[2]])


def acc_list(x: np.ndarray, n: int):
    def two(a, b):
        return a * b

    def one(a, b):
        nonlocal g
        g = two
        return a + b

    g = one
    return sum(accumulate([x[0], x[1], x[2]], g))


def drop_nonlocal(x: np.ndarray, n: int):
    def yes(v):
        nonlocal g
        g = no
        return True

    def no(v):
        return False

    g = yes
    t = 0.0
    for v in takewhile(g, [x[0], x[1]]):
        t += v * v
    return t


def acc_kw(x: np.ndarray, n: int):
    g = math.atan2
    t = 0.0
    for v in accumulate(x, func=g):
        t += v
        g = math.hypot
    return t


def fn_param(x: np.ndarray, n: int):
    def apply(f):
        t = 0.0
        for v in map(f, x):
            t += v
            f = math.cos
        return t

    return apply(math.sin)


def np_fn(x: np.ndarray, n: int):
    t = 0.0
    for v in map(np.sin, x):
        t += v
    return t


def key_nonlocal(x: np.ndarray, n: int):
    def other(v):
        return -v

    def g(v):
        nonlocal h
        h = other
        return v

    h = g
    m = max([x[0], x[1], x[2]], key=h)
    return m * m


RIGHT = (
    reduced,
    acc_list,
    drop_nonlocal,
    acc_kw,
    fn_param,
    np_fn,
    mapped_by_a_name,
    mapped_by_an_item,
    star_by_a_name,
    accumulated_by_a_name,
    taken_by_a_name,
    filtered_by_a_name,
    lam,
    nonlocal_fn_loop,
    filter_loop,
    acc_initial,
    while_inner,
    product_fn,
    pairwise_map,
    takewhile_nonlocal,
)
REFUSED = (
    key_nonlocal,
    scaled_partly,
    zip_map,
    enum_map,
    later_map,
    partial_loop,
    partial_kw,
    partial_attr,
    nonlocal_fn,
    walrus_fn,
)


@pytest.mark.parametrize("function", RIGHT, ids=lambda f: f.__name__)
def test_is_right_in_every_way(function: Any) -> None:
    check_every_way(function, [(X, 2), (X[::-1] * 1.1, 1)])


@pytest.mark.parametrize("function", REFUSED, ids=lambda f: f.__name__)
def test_what_is_asked_for_anew_is_refused(function: Any) -> None:
    for form in ("gradient", "tangent"):
        for like in ((X, 2), None):
            with pytest.raises(TransformError):
                s2sgrad.transform(function, 0, like=like, form=form)
