"""Programs that give names to methods, of parts of what is given and of what is bound again, and that ask for `len`."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

__all__ = ["REFUSED", "RIGHT"]

X = np.array([1.0, 1.9, 3.0])


class Spring:
    """A class with a method that has the name of one of NumPy's."""

    def __init__(self, w, t):
        self.w = w
        self.t = t

    def force(self, v):
        return self.w * v * self.t

    def fill(self, v):
        return self.w - v


class Chain:
    """A class that says how long it is."""

    def __init__(self, w):
        self.w = w

    def __len__(self):
        return len(self.w) - 1


class Double(Chain):
    """A class that asks its base for that."""

    def __len__(self):
        return super().__len__() * 2


def length_of_what_is_given(x, chain):
    total = chain.w[0]
    chain.w *= x
    for k in range(len(chain)):
        total = total * x[k] * len(chain)
    return total * chain.w


def length_of_what_is_made(x, chain):
    double = Double(x * chain.w)
    if x[0] > 0.5:
        double.w[0] *= len(double)
    return double.w * len(chain) * len(Chain(x[:2]))


def fill_of_a_value(x, table):
    fill = table["a"].fill
    fill(math.sin(table["b"]))
    return np.sum(table["a"]) * x


def fill_of_a_value_that_is_replaced(x, table):
    y = table["a"]
    fill = table["a"].fill
    table["a"] = table["a"] * 2.0
    fill(math.sin(table["b"]))
    return np.sum(table["a"]) * x * y


def sum_of_a_value(x, table):
    total = table["a"].sum
    table["a"] *= x
    return total() * x


def items_of_a_dict(x, table):
    get, item = table.get, table.__getitem__
    table["b"] = table["b"] * table["b"]
    return get("a") * x * item("b")


def items_of_a_dict_of_its_own(x, table):
    own = {"a": x * table["b"], "b": x @ x}
    item = own.__getitem__
    own["b"] = own["b"] * x[0]
    if x[0] > 0:
        own["a"] = item("b") * x
    return item("a") * item("b")


def items_of_arrays(x, table):
    y = x * 2.0
    item = y.__getitem__
    y[0] = x[1]
    z = y
    chosen = (y if x[0] > 0 else x).__getitem__
    y = x * x
    return item(0) * z * chosen(1) * y.__getitem__(slice(1, None))[0] * table["b"]


def items_of_a_list(x, table):
    values = [x[0], x[1]]
    last = values.__getitem__
    values.append(x[2] * table["b"])
    total = 0.0
    for k in range(3):
        total = total * 1.5 + last(k) * list.__getitem__(values, -1)
    return total


def sum_of_an_attribute(x, spring):
    total = spring.w.sum
    spring.w *= 2
    return total() * x


def method_of_an_object_and_of_its_part(x, spring):
    own = spring.fill
    fill = spring.w.fill
    fill(x[0])
    return own(x)


def method_of_what_is_written(x, spring):
    force = spring.force
    spring.w = spring.w * x
    return force(x)


TABLE = {"a": X * 2, "b": 0.5}
CHAIN = Chain(X * 0.5)
SPRING = Spring(X * 1.5, 0.3)
RIGHT: tuple[tuple[Any, ...], ...] = (
    (length_of_what_is_given, X, CHAIN),
    (length_of_what_is_made, X, CHAIN),
    (fill_of_a_value, X, TABLE),
    (fill_of_a_value_that_is_replaced, X, TABLE),
    (sum_of_a_value, X, TABLE),
    (items_of_a_dict, X, TABLE),
    (items_of_a_dict_of_its_own, X, TABLE),
    (items_of_arrays, X, TABLE),
    (items_of_a_list, X, TABLE),
    (sum_of_an_attribute, X, SPRING),
    (method_of_an_object_and_of_its_part, X, SPRING),
    (method_of_what_is_written, X, SPRING),
)
"""Functions and what they are tried with."""

REFUSED: tuple[tuple[Any, ...], ...] = ()
