"""Programs in which a name stands for one of several functions, or for None, and lists of functions."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

__all__ = ["REFUSED", "RIGHT"]

X = np.array([0.3, 0.5, 0.7, -0.2])


def asked_and_called(x: np.ndarray, s: float, n: int):
    g = None if n > 2 else math.sin
    y = 1.0 * x
    if g is not None:
        y[1] = g(s)
    else:
        y[2] = s
    r = (s * s) if g is None else g(x[0])
    return y @ y * r


def in_a_while_loop(x: np.ndarray, s: float, n: int):
    k = 0
    while k < n:
        k += 1
        g = None if k > 1 else math.sin
        s = math.atan(s) if g is None else g(x[0] if n > 1 else s)
    return s * x[1]


def later_a_lambda(x: np.ndarray, s: float, n: int):
    g = None
    if n > 1:
        g = lambda v: v * s  # noqa: E731
    r = 0.0
    for i in range(n):
        r += g(x[i]) if g else x[i]
    return r


def another_in_each_trip(x: np.ndarray, s: float, n: int):
    g = None
    r = s
    for i in range(n):
        if g is not None:
            r = g(r) + x[i]
        g = math.sin if i % 2 == 0 else None
    return r * x[0]


def by_or(x: np.ndarray, s: float, n: int):
    g = math.sin if n > 2 else None
    h = g or math.cos
    g = None
    return h(s) * (x[0] if g is None else 2.0)


def bound_behind_the_test(x: np.ndarray, s: float, n: int):
    g = None if n > 2 else math.sin
    known = g is not None
    if n > 1:
        g = None
    if known:
        return s * (x[1] if g is None else g(x[0]))
    return s


def none_of_all(x: np.ndarray, s: float, n: int):
    g = None
    if n > 2:
        g = math.sin
    if not g:
        g = math.cos
        r = g(s)
        g = None
    else:
        r = g(x[0])
        if n > 3:
            g = None
    return r * (2.0 if g is None else g(s))


def _picked(n):
    if n > 2:
        return math.sin
    return None


def given_back(x: np.ndarray, s: float, n: int):
    g = _picked(n)
    return x[0] * s if g is None else g(x[1])


def by_position(x: np.ndarray, s: float, n: int):
    g = [math.sin, lambda q: q**2]
    y = 1.0 * x
    y[0] = s
    r = g[n % 2](y[1] * y[0])
    y[1] = r
    return y @ y


def from_the_end(x: np.ndarray, s: float, n: int):
    g = (math.sin, lambda q: q * s, math.cos)
    return g[-n](x[0]) * g[n - 4](s)


def one_that_writes(x: np.ndarray, s: float, n: int):
    y = 1.0 * x

    def first(q):
        q[0] = s
        return q @ q

    def second(q):
        return q[::-1]

    g = [first, lambda q: q @ q]
    h = [second, lambda q: q * 2]
    r = g[n % 2](y)
    v = h[(n + 1) % 2](y)
    v[1] = s
    return y @ y * r


def bound_anew(x: np.ndarray, s: float, n: int):
    fs = [math.sin, math.cos, lambda v: v * s]
    r = 0.0
    h = fs[n % 3]
    j = n % 2
    k = fs[j]
    j = 2
    for i in range(n):
        r += h(x[i]) * s
        h = fs[(n + i) % 3]
    return r * k(s) * fs[j](x[0])


def one_of_several_and_another(x: np.ndarray, s: float, n: int):
    g = math.sin if n > 2 else math.cos
    h = g
    if n > 1:
        h = math.tanh
    return h(s) * x[0]


def of_a_list_and_another(x: np.ndarray, s: float, n: int):
    fs = [math.sin, math.cos]
    h = fs[n % 2]
    if n > 2:
        h = lambda v: v * x[0]  # noqa: E731
    return h(s)


def handed_from_trip_to_trip(x: np.ndarray, s: float, n: int):
    g = math.sin if n > 2 else math.cos
    r = 0.0
    h = math.tanh
    for i in range(n):
        r += h(x[i])
        h = g
    return r * s


def changed_for_each_other(x: np.ndarray, s: float, n: int):
    g = math.sin if n > 2 else math.cos
    h = math.exp if n > 1 else math.tanh
    k = math.atan
    for _ in range(n):
        g, h, k = h, k, g
    return g(x[0]) * h(s) + k(x[1])


def of_a_dict_and_another(x: np.ndarray, s: float, n: int):
    fs = {"a": math.sin, "b": math.cos}
    key = "a" if n > 2 else "b"
    h = fs[key]
    if n > 2:
        h = math.tanh
    return h(s) * x[0]


def given_a_number_too(x: np.ndarray, s: float, n: int):
    g = None
    if n > 2:
        g = math.sin
    elif n > 1:
        g = s
    return g(x[0]) if n > 2 else s


def _layer(v, s, act=None):
    z = v * s
    if act is not None:
        z = act(z)
    return z


def _by_or(v, act=None):
    act = act or np.tanh
    return act(v)


def _by_default(v, act=None):
    if act is None:
        act = lambda q: q * q  # noqa: E731
    return act(v)


def _steps(g, at, slope=None):
    for _ in range(3):
        rise = (g(at + 1e-3) - g(at - 1e-3)) / 2e-3 if slope is None else slope(at)
        at = at - g(at) / rise
    return at


def _repeated(v, n, hook=None):
    if n == 0:
        return v
    if hook:
        v = hook(v)
    return _repeated(v * 0.9, n - 1, hook)


def _written(v, hook=None):
    if hook is not None:
        v[0] = hook(v[1])
    v[1] *= 2
    return v


def with_and_without(x: np.ndarray, s: float, n: int):
    h = _layer(x, s, np.tanh)
    h = _layer(h, s)
    return _layer(h, s, lambda q: q * q).sum() * n


def either_way(x: np.ndarray, s: float, n: int):
    return _layer(x, s, np.sin if n > 2 else None).sum()


def else_another(x: np.ndarray, s: float, n: int):
    for _ in range(n):
        x = _by_or(x) * s
    return _by_or(x, np.sin).sum()


def else_one_made_there(x: np.ndarray, s: float, n: int):
    for _ in range(n):
        x = _by_default(x * s, np.sin)
    return _by_default(x).sum()


def slopes(x: np.ndarray, s: float, n: int):
    a = _steps(lambda q: q * q * q - 2 - s * x[0], 1.5)
    return a * n * _steps(lambda q: q * q * q - 2 - x[1], 1.5, lambda q: 3 * q * q)


def handed_on(x: np.ndarray, s: float, n: int):
    return _repeated(s, n) * _repeated(x[0], n, np.sin)


def writing(x: np.ndarray, s: float, n: int):
    y = x * s
    _written(y)
    _written(y, np.sin)
    return (_written(y, lambda q: q * s) * x).sum() * n


RIGHT: tuple[tuple[Any, ...], ...] = tuple(
    (function, X, 0.6, n)
    for function in (
        asked_and_called,
        in_a_while_loop,
        later_a_lambda,
        another_in_each_trip,
        by_or,
        bound_behind_the_test,
        none_of_all,
        given_back,
        by_position,
        one_that_writes,
        bound_anew,
        one_of_several_and_another,
        of_a_list_and_another,
        handed_from_trip_to_trip,
        changed_for_each_other,
        with_and_without,
        either_way,
        else_another,
        else_one_made_there,
        slopes,
        handed_on,
        writing,
    )
    for n in (1, 2, 3, 4)
) + tuple((from_the_end, X, 0.6, n) for n in (1, 2, 3))
"""Functions and what they are tried with."""

REFUSED: tuple[tuple[Any, ...], ...] = (
    (of_a_dict_and_another, X, 0.6, 3),
    (given_a_number_too, X, 0.6, 3),
)
