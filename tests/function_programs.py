"""Programs in which functions are values: chosen, kept in containers, returned."""

from __future__ import annotations

import functools
import math
import operator
from typing import Any

import numpy as np

KERNELS = {
    "gaussian": lambda u: np.exp(-0.5 * u**2),
    "logistic": lambda u: 1 / (np.exp(u) + 2 + np.exp(-u)),
    "tanh": np.tanh,
}


def square(v):
    return v * v


def cube(v, k=3.0):
    return v**k


def by_a_global_dict(x: float, h: float, kind: str):
    k = KERNELS[kind]
    return k(x / h) / h + k(h)


def by_a_constant_key(x: float, h: float):
    return KERNELS["logistic"](x / h) * KERNELS["tanh"](h)


def by_an_operator(a: float, b: float, op: str):
    ops = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}
    return ops[op](a, b) * ops["*"](a, b)


def changed_in_a_loop(x: float, n: int):
    f = math.sin
    total = 0.0
    for k in range(n):
        total = total + f(x * (k + 1))
        if k == 1:
            f = math.exp
    return total * f(x)


def swapped(x: float, n: int):
    f, g = math.sin, square
    for _ in range(n):
        f, g = g, f
    return f(x) + 2 * g(x)


def closures_see_later_values(x: float, flag: bool):
    scale = 2.0
    if flag:
        f = lambda v: v * scale
    else:
        f = lambda v: v + scale
    scale = x
    return f(x) * f(2 * x)


def one_of_three(x: float, kind: int):
    if kind == 0:
        f = cube
    elif kind == 1:

        def f(v, k=1.0):
            return v * x * k

    else:
        f = square
    return f(x) * x


def inline(x: float, flag: bool):
    return (math.sin if flag else square)(x) * x


def handed_on(x: float, flag: bool):
    f = math.sin if flag else square
    return applied_twice(f, x)


def applied_twice(f, v):
    return f(f(v))


def make_line(slope, offset=0.0):
    def value(v):
        return slope * v + offset

    return value


def lines(a: float, b: float):
    f, g = make_line(a), make_line(b, a)
    a = 10.0
    return f(g(b)) * g(1.0) + a


def make_pair(a):
    def up(v):
        return v * a

    return up, lambda v: v / a


def pairs(a: float, b: float):
    up, down = make_pair(a)
    return up(up(b)) + down(b) * b


def pick(name):
    if name == "cube":
        return cube
    if name == "sin":
        return np.sin
    return lambda v: v * 3.0


def picked(x: float, name: str):
    return pick(name)(x) * x


def chain(*functions):
    def composed(v):
        for f in functions:
            v = f(v)
        return v

    return composed


def composed(x: float, k: float):
    steps = chain(functools.partial(operator.mul, k), square, math.sin)
    return steps(x) * steps(k)


def table_of_lambdas(x: float, k: float):
    rules = [(math.sin, 1.0), (lambda v: v * k, 2.0), (square, k)]
    total = 0.0
    for f, w in rules:
        total += w * f(x)
    return total


def by_number(x: float, k: int):
    functions = {0: math.sin, 1: lambda v: v * x, 2: cube}
    return functions[k](x) + functions[0](x)


def chosen_once_used_often(x: np.ndarray, name: str):
    f = {"abs": np.abs, "square": square}[name]
    return sum(f(v) for v in x) + np.sum(f(x))


X = np.array([0.5, -1.5, 0.7])
RIGHT: list[tuple[Any, list[tuple[Any, ...]]]] = [
    (by_a_global_dict, [(0.4, 0.7, kind) for kind in KERNELS]),
    (by_a_constant_key, [(0.4, 0.7)]),
    (by_an_operator, [(2.0, 3.0, op) for op in "+-*/"]),
    (changed_in_a_loop, [(0.4, n) for n in (0, 1, 2, 4)]),
    (closures_see_later_values, [(0.4, True), (0.4, False)]),
    (one_of_three, [(1.4, k) for k in (0, 1, 2)]),
    (inline, [(0.4, True), (0.4, False)]),
    (handed_on, [(0.4, True), (0.4, False)]),
    (lines, [(0.4, 0.7)]),
    (pairs, [(0.4, 0.7)]),
    (picked, [(0.4, "cube"), (0.4, "sin"), (0.4, "")]),
    (composed, [(0.4, 0.7)]),
    (table_of_lambdas, [(0.4, 0.7)]),
    (by_number, [(1.4, k) for k in (0, 1, 2)]),
    (chosen_once_used_often, [(X, "abs"), (X, "square")]),
]


def compared(x: float, flag: bool):
    f = math.sin if flag else square
    return f(x) * 2 if f is square else f(x)


def perhaps_none(x: float, flag: bool):
    f = None
    if flag:
        f = math.sin
    return f(x) if f is not None else x


def in_a_closure(x: float, flag: bool):
    f = math.sin if flag else square

    def g(v):
        return f(v) * x

    return g(x)


def from_a_list_by_number(x: float, k: int):
    return [math.sin, square][k](x)


REFUSED_OR_RIGHT: list[tuple[Any, list[tuple[Any, ...]]]] = [
    (swapped, [(0.4, n) for n in (0, 1, 2)]),
    (compared, [(0.4, True), (0.4, False)]),
    (perhaps_none, [(0.4, True), (0.4, False)]),
    (in_a_closure, [(0.4, True), (0.4, False)]),
    (from_a_list_by_number, [(0.4, 0), (0.4, -1)]),
]
