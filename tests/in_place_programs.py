"""Programs with augmented assignments to objects, lists and dicts, under one name or several."""

from __future__ import annotations

from typing import Any

import numpy as np

__all__ = ["REFUSED", "RIGHT"]


class Vector:
    """`+=` gives a new one."""

    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y)

    def __sub__(self, other):
        return Vector(self.x - other.x, self.y - other.y)

    def __mul__(self, k):
        return Vector(self.x * k, self.y * k)


class Account:
    """`+=` changes it, `+` doesn't, and gives something else."""

    def __init__(self, value):
        self.value = value

    def __iadd__(self, amount):
        self.value += amount
        return self

    def __add__(self, amount):
        return Account(self.value + 2 * amount)

    def __isub__(self, amount):
        if isinstance(amount, Account):
            return NotImplemented
        self.value -= amount
        return self

    def __imul__(self, k):
        return Account(self.value * k)


class Bank:
    def __init__(self, value):
        self.account = Account(value)
        self.places = [Vector(value, 1.0)]


class Body:
    def __init__(self, place, velocity):
        self.place = place
        self.velocity = velocity

    def step(self, h):
        self.place += self.velocity * h


class Holder:
    def __init__(self, data):
        self.data = data

    def __iadd__(self, other):
        self.data += other.data
        return self


def a_new_one(a: float):
    v = Vector(a, 2.0)
    w = v
    v += w
    v -= w * 3
    return v.x * w.x + v.y


def new_ones_in_a_loop(a: float, n: int):
    body = Body(Vector(a, 1.0), Vector(1.0, a))
    for _ in range(n):
        body.step(0.1)
        body.velocity -= body.place * 0.1
    return body.place.x * body.place.y


def arrays_in_a_new_one(x: np.ndarray):
    v = Vector(x, x * 2)
    w = v
    v += Vector(x * x, x)
    return np.sum(v.x * w.y)


def in_a_loop(a: float, n: int):
    s = Account(a)
    for i in range(n):
        s += a * i
    return s.value**2


def in_a_branch(a: float, yes: bool):
    s = Account(a)
    if yes:
        s += a * a
    return s.value


def under_another_name(a: float):
    s = Account(a)
    t = s
    s += a * a
    return t.value + 3 * s.value


def by_its_own_value(a: float):
    s = Account(a)
    s += s.value
    s += s.value * s.value
    return s.value


def put(s, a):
    s += a


def in_a_helper(a: float):
    s = Account(a)
    put(s, a)
    put(s, 2 * a)
    x = a
    put(x, 3.0)
    return s.value * x


def attribute(a: float):
    bank = Bank(a)
    account = bank.account
    bank.account += a * a
    return bank.account.value + 3 * account.value


def item(a: float):
    accounts = [Account(a), Account(2 * a)]
    account = accounts[0]
    accounts[0] += a * a
    return accounts[0].value + 3 * account.value


def value_of_a_dict(a: float):
    accounts = {"x": Account(a)}
    account = accounts["x"]
    accounts["x"] += a * a
    return accounts["x"].value + 3 * account.value


def list_in_an_object(a: float):
    bank = Bank(a)
    places = bank.places
    bank.places += [Vector(a * a, a)]
    return sum(v.x * 2 for v in places) + sum(v.x for v in bank.places)


def list_in_a_dict(a: float):
    found = {"places": [Vector(a, 1.0)]}
    places = found["places"]
    found["places"] += [Vector(a * a, a)]
    return sum(v.x for v in places) + 2 * sum(v.x for v in found["places"])


def list_that_is_in_a_list_twice(a: float):
    places = [Vector(a, 1.0)]
    both = [places, places]
    both[0] += [Vector(a * a, 1.0)]
    return sum(v.x for v in both[1]) + 2 * sum(v.x for v in both[0])


def tuple_in_a_dict(a: float):
    found = {"places": (Vector(a, 1.0),)}
    places = found["places"]
    found["places"] += (Vector(a * a, a),)
    return sum(v.x for v in places) + 2 * sum(v.x for v in found["places"])


def dict_in_a_dict(a: float):
    found = {"inner": {"a": a}}
    inner = found["inner"]
    found["inner"] |= {"a": a * a}
    return inner["a"] + 3 * found["inner"]["a"]


def list_under_another_name(a: float):
    places = [Vector(a, 1.0)]
    others = places
    others += [Vector(a * a, 1.0)]
    others += others
    return sum(v.x for v in places) + 2 * sum(v.x for v in others[1:])


def dict_under_another_name(a: float):
    first = {"a": a, "b": 1.0}
    second = first
    copy = {**first}
    second |= {"b": a * a, "c": 3.0}
    return first["a"] * first["b"] * second["c"] + copy["b"]


def array_in_place(x: np.ndarray):
    first = Holder(x.copy())
    second = Holder(first.data)
    first += Holder(x * x)
    return np.sum(second.data * first.data)


def gives_another_one(a: float):
    s = Account(a)
    t = s
    s *= 3.0
    return t.value + 2 * s.value


def is_not_implemented(a: float):
    s = Account(a)
    s -= s
    return s.value


def one_of_two(a: float):
    s, t = Account(a), Account(2 * a)
    for k in range(3):
        chosen = s if k % 2 else t
        chosen += a * k
    return s.value * t.value


X = np.array([0.3, 0.5])

def operand_is_out_with_where(x: np.ndarray):
    y = x * 2.0
    np.exp(y, out=y, where=y > 0)
    np.divide(y, 3.0, out=y, where=x < 0.4)
    return (y * y).sum()


def added_at(x: np.ndarray):
    y = np.sin(x)
    z = y * y
    np.add.at(y, [0, 1, 1], x[:3])
    return np.sum(z) + np.sum(y**3)


def added_at_in_a_loop(x: np.ndarray):
    t = 0.0
    for i in range(3):
        y = np.sin(x) * i
        t = t + np.sum(y * y)
        np.add.at(y, [0, i, 1], x[:3])
        t = t * np.sum(y**3)
    return t


def grown(z):
    z[0] = z[0] * 2 + 1.0
    return z[0]


def another_is_written_for_the_value(x: np.ndarray):
    y = x * 2
    z = np.ones(4)
    y[0] += grown(z)
    y[1] *= grown(z) * y[1]
    return np.sum(y**3) * np.sum(z**2)


def last_of_a_trip(x: np.ndarray, n: int):
    u = x * 1.0
    t = 0.0
    for _ in range(3):
        y = np.sin(u)
        t = t + np.sum(y**3)
        y[0] = x[1] * y[0]
        t = t + np.sum(y**4)
        if n > 2:
            u = y
            t = t + np.sum(y**2)
        t = t + np.sum(np.cos(y))
    return t + np.sum(u**3)


def last_of_a_trip_written_in_a_loop(x: np.ndarray, n: int):
    u = x * 1.0
    t = 0.0
    for _ in range(3):
        y = np.sin(u)
        for j in range(2):
            t = t + np.sum(y**3)
            y[j] = x[1] * y[j]
        if n > 2:
            t = t + np.sum(y**2)
            u = y
        t = t + np.sum(y**3)
    return t + np.sum(u**3)


RIGHT: tuple[tuple[Any, ...], ...] = (
    (operand_is_out_with_where, X),
    (added_at, np.array([0.3, 0.9, -0.4, 0.5])),
    (added_at_in_a_loop, np.array([0.3, 0.9, -0.4, 0.5])),
    (another_is_written_for_the_value, np.array([0.3, 0.9, -0.4, 0.5])),
    (last_of_a_trip, np.array([0.3, 0.9, -0.4, 0.5]), 2),
    (last_of_a_trip, np.array([0.3, 0.9, -0.4, 0.5]), 3),
    (last_of_a_trip_written_in_a_loop, np.array([0.3, 0.9, -0.4, 0.5]), 2),
    (last_of_a_trip_written_in_a_loop, np.array([0.3, 0.9, -0.4, 0.5]), 3),
    (a_new_one, 0.3),
    (new_ones_in_a_loop, 0.3, 0),
    (new_ones_in_a_loop, 0.3, 3),
    (arrays_in_a_new_one, X),
    (in_a_loop, 0.3, 0),
    (in_a_loop, 0.3, 3),
    (in_a_branch, 0.3, True),
    (in_a_branch, 0.3, False),
    (under_another_name, 0.3),
    (by_its_own_value, 0.3),
    (in_a_helper, 0.3),
    (attribute, 0.3),
    (item, 0.3),
    (value_of_a_dict, 0.3),
    (list_in_an_object, 0.3),
    (list_in_a_dict, 0.3),
    (list_that_is_in_a_list_twice, 0.3),
    (tuple_in_a_dict, 0.3),
    (dict_in_a_dict, 0.3),
    (list_under_another_name, 0.3),
    (dict_under_another_name, 0.3),
    (array_in_place, X),
)
"""Functions and what they are tried with."""

REFUSED: tuple[tuple[Any, ...], ...] = (
    (gives_another_one, 0.3),
    (is_not_implemented, 0.3),
    (one_of_two, 0.3),
)
