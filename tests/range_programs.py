"""Programs in which operators have ranges and lists beside arrays, or beside numbers of NumPy's."""

from __future__ import annotations

from typing import Any

import numpy as np

__all__ = ["REFUSED", "RIGHT"]

X = np.array([0.6, 1.4, 2.8])
STEPS = range(1, 4)


def on_either_side(x, s, n):
    a = x - range(3)
    b = range(1, n + 1) * np.sin(a * s)
    return b / (range(2, 8, 2) + x * x)


def plain(x, a):
    return x * range(3) + a


def in_place(x, s, n):
    y = x * s
    part = y[:2]
    for i in range(n):
        y -= range(3)
        y *= range(1, 4)
        part *= range(i, i + 2)
    y[1:] += range(2) * y[0]
    return x * y


def chosen_and_bound_in_a_trip(x, s, n):
    steps = range(3) if s > 0.5 else range(3, 6)
    y = x
    for i in range(n):
        k = 3 + i
        if i == 1:
            steps = range(i, k)
        y = y * steps + s
    return y


def nothing_before_the_first_trip(x, s, n):
    y = x
    steps = None
    for i in range(n):
        k = i + 3
        if i == 0:
            steps = range(k)
        y = y * steps + s
    return y


def bound_in_the_first_trip_only(x, s, n):
    y = x
    for i in range(n):
        k = i + 3
        if i == 0:
            steps = range(k)
        y = y * steps + s
    return y


def _scaled(values, steps):
    return values * steps


def by_a_helper_and_of_the_module(x, s, n):
    kept = [_scaled(x, range(3)), _scaled(x * s, STEPS)]
    n = len(kept[0])
    kept[0] -= range(n) * kept[1]
    return kept[0] * kept[1] ** range(n)


def in_an_attribute_and_a_dict(x, s):
    table = {"steps": range(3), "values": x * s}
    table["values"] = table["values"] * table["steps"]
    return table["values"] - table["steps"]


def powers_and_products(x, s):
    powers = np.sum(x) ** range(4)
    A = np.outer(x, x) + range(3)
    return (A @ range(3)) * s + powers[1:]


def of_a_number_of_numpys(x, s):
    total = np.sum(x)
    total = total * range(3)
    total += range(3)
    return total * s


def compared_with_a_range(x, s):
    above = x > range(3)
    return above * s, np.where(range(3) < x, x * s, s), x[above] * s


def compared_with_a_list(x, s):
    above = x > [0.7, 1.2, 3.1]
    others = x != (0.5, 1.5, 2.9)
    weighted = np.sum(others * s)
    return above * s, weighted * x


def number_of_numpys_compared_with_a_list(x, s):
    above = np.sum(x) > [0.7, 9.2, 3.1]
    return above * s


def compared_with_a_text(x, labels, s):
    chosen = labels == "b"
    return chosen * s + x


RIGHT: tuple[tuple[Any, ...], ...] = (
    (on_either_side, X, 0.7, 3),
    (on_either_side, X, -0.4, 1),
    (plain, X, X * X),
    (in_place, X, 0.7, 2),
    (in_place, X, 0.7, 0),
    (chosen_and_bound_in_a_trip, X, 0.7, 3),
    (chosen_and_bound_in_a_trip, X, 0.3, 1),
    (chosen_and_bound_in_a_trip, X, 0.3, 4),
    (bound_in_the_first_trip_only, X, 0.7, 3),
    (by_a_helper_and_of_the_module, X, 0.7, 5),
    (in_an_attribute_and_a_dict, X, 0.7),
    (powers_and_products, X, 0.7),
    (of_a_number_of_numpys, X, 0.7),
    (compared_with_a_range, X, 0.7),
    (compared_with_a_list, X, 0.7),
    (number_of_numpys_compared_with_a_list, X, 0.7),
    (compared_with_a_text, X, np.array(["a", "b", "b"]), 0.7),
)
"""Functions and what they are tried with."""

REFUSED: tuple[tuple[Any, ...], ...] = ((nothing_before_the_first_trip, X, 0.7, 3),)
