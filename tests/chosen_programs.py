"""Programs in which a run chooses one of several objects from outside, and functions that are chosen and kept."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

__all__ = ["REFUSED", "RIGHT"]

X = np.array([0.3, 0.5, 0.7])


class Spring:
    exponent = 2

    def __init__(self, k, rest):
        self.k = k
        self.rest = rest
        self.weights = np.array([1.0, k])

    def energy(self, x):
        return 0.5 * self.k * (x - self.rest) ** 2

    def __call__(self, x):
        return self.energy(x) * 2

    @property
    def stiffness(self):
        return self.k * 3

    @staticmethod
    def scaled(x):
        return 2 * x

    def reset(self):
        self.rest = 0.0


class Stiff(Spring):
    exponent = 3

    def energy(self, x):
        return super().energy(x) + x**4

    @staticmethod
    def scaled(x):
        return 3 * x


@dataclass
class Law:
    rate: float

    def of(self, x, n=1):
        return math.exp(self.rate * x) * n


soft, stiff, other = Spring(2.0, 0.1), Stiff(3.0, 0.2), Spring(2.5, 0.3)
slow, fast = Law(0.5), Law(2.0)
LAWS = {"slow": slow, "fast": fast}


def method(x: np.ndarray):
    total = 0.0
    for i in range(len(x)):
        spring = soft if i % 2 == 0 else stiff
        total += spring.energy(x[i])
    return total


def attribute(x: float, yes: bool):
    spring = soft if yes else stiff
    return spring.k * x**spring.exponent + spring.stiffness * spring.weights[1]


def called(x: float, k: int):
    if k == 0:
        spring = soft
    elif k == 1:
        spring = stiff
    else:
        spring = other
    return spring(x) * x


def static(x: float, yes: bool):
    spring = soft if yes else stiff
    return spring.scaled(x) ** 2


def energy_of(spring, x):
    return spring.energy(x) + spring.k * x


def handed_on(x: float, yes: bool):
    spring = soft if yes else stiff
    return energy_of(spring, x) * spring.rest


def changed(x: float, n: int):
    law = slow
    for i in range(n):
        x = law.of(x * 0.1, n=2)
        law = fast if i % 2 == 0 else slow
    return x * law.rate


def by_a_key(x: float, key: str):
    law = LAWS[key]
    return law.of(x) + law.rate * x


def method_that_is_kept(x: float, yes: bool):
    law = slow if yes else fast
    f = law.of
    law = fast
    return f(x) * law.of(x)


def another_name(x: float, yes: bool):
    law = slow if yes else fast
    old = law
    law = fast
    return old.of(x) * law.of(x) * old.rate


def function_under_another_name(x: float, yes: bool):
    f = math.sin if yes else math.cos
    g = f
    f = math.exp
    return g(x) * f(x)


def function_in_a_list(x: float, yes: bool):
    f = math.sin if yes else math.cos
    fs = [f, f]
    f = math.exp
    return fs[0](x) * f(x)


def in_a_list_by_place(x: np.ndarray, s: float, n: int):
    functions = [lambda q: q * s, math.sin, lambda q: q + x[0]]
    for i in range(n):
        other = functions[i - 2]
        s = other(s) + functions[-1 - i % 2](x[1])
        x[0] = s
    return s * x


def stored(q, r):
    q[0] = r
    return q


def stored_beside(q, r):
    q[1] = r * q[0]
    return q


def in_a_tuple_by_place(x: np.ndarray, s: float, n: int):
    ways = (stored, stored_beside)
    for i in range(n):
        s = s * ways[i % 2](x, s)[1]
    return s * x * ways[int(np.argmax(x)) - 2](x, s)


def function_in_a_dict(x: float, yes: bool):
    f = math.sin if yes else math.cos
    d = {"a": 1.0}
    d["f"] = f
    e = {"g": f}
    f = math.exp
    return d["f"](x) * f(x) * e["g"](x)


def function_in_a_partial(x: float, yes: bool):
    f = math.sin if yes else math.cos
    g = partial(f)
    f = math.exp
    return g(x) * f(x)


@dataclass
class Holder:
    f: Any


def function_in_an_object(x: float, yes: bool):
    f = math.sin if yes else math.cos
    holder = Holder(f)
    f = math.exp
    return holder.f(x) * f(x)


def compared(x: float, yes: bool):
    spring = soft if yes else stiff
    return spring.energy(x) if spring is soft else x


def asked_for_its_class(x: float, yes: bool):
    spring = soft if yes else stiff
    return spring.energy(x) if isinstance(spring, Stiff) else x


def written_into(x: float, yes: bool):
    spring = soft if yes else stiff
    spring.rest = x
    return soft.energy(x) + stiff.energy(2 * x)


def perhaps_none(x: float, yes: bool):
    spring = None
    if yes:
        spring = soft
    return x if spring is None else spring.energy(x)


def one_is_made(x: float, yes: bool):
    law = slow if yes else Law(x)
    return law.of(x)


RIGHT: tuple[tuple[Any, ...], ...] = (
    (method, X),
    (method, X[:1]),
    (method, X[:0]),
    (attribute, 0.4, True),
    (attribute, 0.4, False),
    (called, 0.4, 0),
    (called, 0.4, 1),
    (called, 0.4, 2),
    (static, 0.4, True),
    (static, 0.4, False),
    (handed_on, 0.4, True),
    (handed_on, 0.4, False),
    (changed, 0.4, 0),
    (changed, 0.4, 3),
    (by_a_key, 0.4, "slow"),
    (by_a_key, 0.4, "fast"),
    (method_that_is_kept, 0.4, True),
    (method_that_is_kept, 0.4, False),
    (another_name, 0.4, True),
    (another_name, 0.4, False),
    (function_under_another_name, 0.4, True),
    (function_in_a_list, 0.4, True),
    (in_a_list_by_place, X, 0.4, 3),
    (in_a_list_by_place, X, 0.4, 0),
    (in_a_tuple_by_place, X, 0.4, 3),
    (function_in_a_dict, 0.4, True),
    (function_in_a_partial, 0.4, True),
    (function_in_an_object, 0.4, True),
    (perhaps_none, 0.4, True),
    (perhaps_none, 0.4, False),
)
"""Functions and what they are tried with."""

REFUSED: tuple[tuple[Any, ...], ...] = (
    (compared, 0.4, True),
    (asked_for_its_class, 0.4, True),
    (written_into, 0.4, True),
    (one_is_made, 0.4, True),
)
