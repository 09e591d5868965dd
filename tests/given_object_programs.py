"""Functions that are given objects of classes whose derivative isn't one of them, and write into them.

Each entry of RIGHT and REFUSED is a function, and what makes the objects that it is given.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

__all__ = ["REFUSED", "RIGHT", "Bent", "Cell", "Nested"]


class Cell:
    k = 0.7

    def __init__(self, w, b):
        self.w = np.array(w, float)
        self.b = b
        self.c = 2 * b

    def step(self, v):
        self.b = self.b * v + self.w[0]
        self.w[1] += v
        return self.b

    @property
    def p(self):
        return self.b * self.w.sum()

    @p.setter
    def p(self, v):
        self.b = v * v
        self.w *= v

    def __call__(self, v):
        return self.w * v + self.b

    def __iadd__(self, o):
        self.w += o
        self.b = self.b + o
        return self

    def me(self, v):
        self.b *= v
        return self

    def __enter__(self):
        self.b *= 2
        return self

    def __exit__(self, *a):
        self.b += 1


class Nested(Cell):
    def __init__(self, w, b, inner):
        super().__init__(w, b)
        self.inner = inner
        self.items = [b, 2 * b]
        self.d = {"u": b, "v": np.array([b, 1.0])}

    def step(self, v):
        return super().step(v) * self.inner.step(v)


class Bent:
    def __init__(self, a):
        self.a = a
        self.me = self


def cell():
    return Cell([1.0, 0.5, -0.3], 0.8)


def nested():
    return Nested([1.0, 0.5, -0.3], 0.8, Cell([0.2, 0.4, 0.6], 0.3))


def bent():
    return Bent(1.3)


def under_another_name(x: float, o: Cell):
    p = o
    p.b += x
    o.w[0] = p.b
    return p.w.sum() * o.b


def bound_again(x: float, o: Cell):
    q = o
    o = Cell(o.w * x, x)
    o.step(x)
    return q.w.sum() * x + o.w.sum() + q.b


def array_under_another_name(x: float, o: Cell):
    w = o.w
    o.w[0] = x
    o.w = o.w * x
    w[1] = x * x
    return w.sum() * 2 + o.w.sum()


def swapped(x: float, o: Cell):
    o.b, o.c = (o.c * x, o.b)
    return o.b * 3 + o.c * x


def left_early(x: float, o: Cell):
    for i in range(5):
        o.b *= x
        if o.b < 0.1:
            return o.b
        o.w[i % 3] += o.b
    return o.w.sum()


def in_a_branch(x: float, o: Cell):
    if x > 0.5:
        o.b = x * x
    else:
        o.w = o.w * x
    return o.b * o.w.sum()


def one_of_two(x: float, o: Cell):
    q = Cell(o.w, o.b * x)
    r = o if x > 0.6 else q
    r.b = r.b * x
    return r.b + o.b + q.b


def by_a_property(x: float, o: Cell):
    o.p = x
    return o.p * o.c


def by_an_operator(x: float, o: Cell):
    p = o
    o += x
    return p.b * o.w.sum()


def chained(x: float, o: Cell):
    return o.me(x).me(x).b + o.b


def as_a_context(x: float, o: Cell):
    with o:
        y = o.b * x
    return y * o.b


def in_order(x: float, o: Cell):
    return o.b * x + o.step(x) * o.b + o.b


def in_a_function_inside(x: float, o: Cell):

    def g(v):
        o.b = o.b * v
        return o.b

    return g(x) + g(x) * o.b


def two_objects(x: float, o: Cell, q: Cell):
    o.b = x
    q.b += o.b
    o.w, q.w = (q.w, o.w)
    o.w[0] = x
    return o.w.sum() * 2 + q.w.sum() * 3 + q.b


def object_inside(x: float, o: Nested):
    y = o.step(x)
    o.inner.w[0] = y
    i = o.inner
    i.b = i.b * x
    return o.inner.b * o.inner.w.sum() + o.b


def object_inside_replaced(x: float, o: Nested):
    i = o.inner
    o.inner = Cell(o.w * x, x)
    i.b = i.b * x
    return o.inner.b * o.inner.w.sum() + i.b


def list_of_numbers_inside(x: float, o: Nested):
    o.items.append(x)
    o.items[0] = x * x
    return sum(o.items) + len(o.items)


def dict_inside(x: float, o: Nested):
    o.d["u"] = x * o.d["u"]
    o.d["v"][0] = x
    o.d["n"] = x
    return o.d["u"] + o.d["v"].sum() + o.d["n"]


def attribute_of_its_own(x: float, o: Cell):
    o.z = x * x
    return o.z * o.b


def number_of_the_class(x: float, o: Cell):
    o.k = o.k * x
    return o.k * Cell.k


def in_a_list(x: float, o: Cell):
    L = []
    L.append(o)
    L[0].b = x
    return o.b * x


def by_its_dict(x: float, o: Cell):
    o.b = x
    return vars(o)["b"] * x


def asked_for_its_class(x: float, o: Cell):
    if isinstance(o, Nested):
        return x
    o.b *= x
    return o.b


def in_a_loop_over_objects(x: float, o: Cell):
    for q in [o, Cell(o.w, x), o]:
        q.b = q.b * x
    return o.b


def helper(h: Any, v: float):
    h.w[:-1] *= v
    h.b = h.b + v
    if v > 100:
        return 0.0
    return h.b * v


def by_a_helper(x: float, o: Cell):
    t = 0.0
    for _ in range(3):
        t += helper(o, x * t + 1)
    return t * o.w.sum()


def rec(o, x, n):
    if n == 0:
        return o.b
    o.b = o.b * x
    return rec(o, x, n - 1) + o.w[0]


def by_itself(x: float, o: Cell):
    return rec(o, x, 3)


def without_an_attribute(x: float, o: Cell):
    o.b = x
    del o.c
    return o.b * x


def parts_returned(x: float, o: Cell):
    o.b = x * x
    return (o.b, o.w * x)


def while_it_is_small(x: float, o: Cell):
    while o.b < 5:
        o.b += x * o.b + 0.1
        o.w = o.w * x if o.b < 3 else o.w
    return o.b + o.w.sum()


def with_names_of_derivatives(d_o_b: float, o: Cell):
    o_b = d_o_b * 2
    o.b = o_b * o.b
    return o_b * o.b


def in_itself(x: float, n: Bent):
    n.a = n.a * x
    return n.me.a * x


def read_later(x: float, o: Cell):
    def f(v):
        return o.b * v

    y = f(x)
    o.b = x
    return y + f(x)


def in_a_comprehension(x: float, o: Cell):
    o.b = x
    return sum(o.step(v) for v in [x, 2.0, o.b])


def by_numbers(x: float, o: Cell):
    o.b += 1
    o.w[0] = 2
    return x * o.b * o.w.sum()


def in_a_try(x: float, o: Cell):
    o.b = x
    try:
        y = math.log(o.b)
    except ValueError:
        y = o.c
    return y * o.b


def compared(x: float, o: Cell, q: Cell):
    if o is q:
        return x
    o.b = x
    return o.b * q.b


RIGHT = [
    (under_another_name, cell),
    (bound_again, cell),
    (array_under_another_name, cell),
    (swapped, cell),
    (left_early, cell),
    (in_a_branch, cell),
    (by_a_property, cell),
    (by_an_operator, cell),
    (chained, cell),
    (in_order, cell),
    (in_a_function_inside, cell),
    (two_objects, cell, cell),
    (object_inside, nested),
    (object_inside_replaced, nested),
    (dict_inside, nested),
    (attribute_of_its_own, cell),
    (number_of_the_class, cell),
    (in_a_list, cell),
    (asked_for_its_class, cell),
    (in_a_loop_over_objects, cell),
    (by_a_helper, cell),
    (parts_returned, cell),
    (while_it_is_small, cell),
    (with_names_of_derivatives, cell),
    (read_later, cell),
    (in_a_comprehension, cell),
    (by_numbers, cell),
    (in_a_try, cell),
    (as_a_context, cell),
]

REFUSED = [
    (one_of_two, cell),
    (list_of_numbers_inside, nested),
    (by_its_dict, cell),
    (by_itself, cell),
    (without_an_attribute, cell),
    (in_itself, bent),
    (compared, cell, cell),
]
