"""Programs with values that the backward half computes again, finds under another name, or has from a record."""

from __future__ import annotations

from typing import Any

import numpy as np

__all__ = ["REFUSED", "RIGHT"]

X = np.array([0.3, 0.9, -0.4, 0.5])


def differences_of_arrays(x: np.ndarray, s: float, n: int):
    t = s
    for _ in range(n):
        u = x - t
        v = u / s
        t = t * s + np.sum(u * v)
    return t


def six_operations(x: np.ndarray, s: float, n: int):
    t = x
    for _ in range(n):
        u = s - s * (s + s * (s - s * t))
        t = t + u * u
    return t


def seven_operations(x: np.ndarray, s: float, n: int):
    t = x
    for _ in range(n):
        u = s + s * (s - s * (s + s * (s - t)))
        t = t + u * u
    return t


def whole_numbers(x: np.ndarray, s: float, n: int):
    t = s
    for i in range(n):
        j = -(i % 3)
        k = (i + 1) ** 2 // 2 % 4
        t = t * s + x[j] * x[k] * t
    return t


def transposed(x: np.ndarray, s: float, n: int):
    y = np.outer(x, x)
    t = s
    for i in range(n):
        u = y * t
        v = u.T
        w = v[i]
        t = t * s + np.sum(w * w) + v[0, 1] * v[1, 0]
    return t


def left_by_three_loops(x: np.ndarray, s: float, n: int):
    t = s
    for i in range(n):
        for j in range(2):
            for k in range(3):
                u = np.sin(t * x[k])
                t = t + u * u
            t = t * u * x[j]
        t = t + u * u * x[i]
    return t * u


def left_by_a_while_loop(x: np.ndarray, s: float, n: int):
    t = s
    for i in range(n):
        k = 0
        while k < 2:
            u = np.cos(t * x[k])
            t = t + u * u
            k = k + 1
        t = t * u * u * x[i]
    return t


def items_of_a_range(x: np.ndarray, s: float, n: int):
    places = range(n)
    t = s
    for i in places:
        t = t * t * x[i]
    for v in x:
        t = t * t * v + v
    return t


def sizes_of_a_dict_and_a_set(x: np.ndarray, s: float, n: int):
    found = {"a": 0}
    met = {0}
    t = s
    for i in range(n):
        m = len(found)
        k = len(met)
        new = i not in met
        t = t * t * m + x[0] * k * t * new
        found[str(i)] = i
        met.add(i)
    return t


def sizes_of_lists_made_anew(x: np.ndarray, s: float, n: int):
    values = [s]
    t = s
    for i in range(n):
        m = len(values)
        t = t * t + x[i] * t * m
        values = [t] * (i + 3)
    return t * len(values)


def sizes_of_arrays(x: np.ndarray, s: float, n: int):
    y = x * s
    t = s
    for i in range(n):
        m = y.size + len(y)
        k = y.ndim + y.shape[0]
        y[i] = t * t
        t = t * t / m + y[0] * k * t
    return t * y


def part_without_axes(x: np.ndarray, s: float):
    y = 1.0 * x
    v = y[0, ...]
    t = v * v
    y[0] = t * s
    return np.sum(y * y) * t


def part_that_is_not_written(x: np.ndarray, s: float):
    y = 1.0 * x
    z = 2.0 * x
    v = y[1:]
    t = np.sum(v * v)
    z[1] = t * s
    return np.sum(z * z) * t


def taken_over_after_a_write(x: np.ndarray, s: float, n: int):
    u = x
    for _ in range(n):
        y = u * s
        y[0] = y[1] * y[0]
        u = y
    return u


def read_before_it_is_taken_over(x: np.ndarray, s: float, n: int):
    u = x
    t = s
    for _ in range(n):
        y = u * s
        y[0] = y[1] * y[0]
        t = t + np.sum(np.sin(y) * u)
        u = y
    return t


def taken_over_as_it_is(x: np.ndarray, s: float, n: int):
    u = x
    t = s
    for _ in range(n):
        y = np.sin(u * s)
        t = t + np.sum(y * y)
        u = y
        t = t * u[0]
    return t * u


def value_of_the_trip_around(x: np.ndarray, s: float, n: int):
    t = s
    for i in range(n):
        u = t * x[i]
        w = np.sin(t)
        for j in range(2):
            for _ in range(2):
                t = t + u * u * x[j] * w
            t = t * w * x[j]
    return t


def in_branches(x: np.ndarray, s: float, n: int):
    t = s
    for i in range(n):
        if x[i] > 0.4:
            u = np.sin(t)
            t = t * u * u
        else:
            v = t * s
            t = t + v * v * x[i]
    return t


def lengthened(v, met, k):
    if k == 0:
        return v
    return lengthened(v * v + len(met), met, k - 1)


def set_under_another_name(x: np.ndarray, s: float, n: int):
    met = {0}
    t = s
    for i in range(n):
        seen = met
        t = lengthened(t * x[i], seen, 2) * t
    return t


def drawn_in_each_trip(x: np.ndarray, n: int):
    rng = np.random.default_rng(0)
    y = x * 1.0
    for k in range(n):
        v = rng.normal(size=len(x))
        v[0] = k
        y = y * v * y
    return y


def remainder_of_an_array_without_axes(x: np.ndarray, n: int):
    y = 1.0
    a = np.array(3)
    for k in range(n):
        b = a % 2
        y = y * x[b] * x[0]
        a = np.array(k)
    return y


def size_of_what_grows(x: np.ndarray, n: int):
    y = x * 1.0
    t = 1.0
    for i in range(n):
        m = y.size
        y = np.concatenate((y, x[:1] * t))
        t = t * m * x[i] + y.sum()
    return t * y.sum()


def length_of_what_shrinks(x: np.ndarray, n: int):
    y = x * 1.0
    t = 1.0
    for i in range(n):
        m = len(y)
        y = y[1:] if len(y) > 1 else y
        t = t * m * x[i]
    return t


def length_of_what_is_written(x: np.ndarray, n: int):
    y = x * 1.0
    t = 1.0
    for i in range(n):
        m = y.shape[0]
        y[0] = t
        t = t * m * x[i] * y[1]
    return t


def length_of_a_list_that_grows(x: np.ndarray, n: int):
    y = [x[0]]
    t = 1.0
    for i in range(n):
        m = len(y)
        y.append(t)
        t = t * m * x[i] * y[-1]
    return t


RIGHT: tuple[tuple[Any, ...], ...] = (
    (differences_of_arrays, X, 0.7, 3),
    (six_operations, X, 0.7, 3),
    (seven_operations, X, 0.7, 3),
    (whole_numbers, X, 0.7, 3),
    (transposed, X, 0.7, 3),
    (left_by_three_loops, X, 0.7, 3),
    (left_by_a_while_loop, X, 0.7, 3),
    (items_of_a_range, X, 0.7, 3),
    (sizes_of_a_dict_and_a_set, X, 0.7, 3),
    (sizes_of_lists_made_anew, X, 0.7, 3),
    (sizes_of_arrays, X, 0.7, 3),
    (part_without_axes, X, 0.7),
    (part_that_is_not_written, X, 0.7),
    (taken_over_after_a_write, X, 0.7, 3),
    (read_before_it_is_taken_over, X, 0.7, 3),
    (taken_over_as_it_is, X, 0.7, 3),
    (value_of_the_trip_around, X, 0.7, 3),
    (in_branches, X, 0.7, 3),
    (set_under_another_name, X, 0.7, 3),
    (drawn_in_each_trip, X, 3),
    (remainder_of_an_array_without_axes, X, 3),
    (size_of_what_grows, X, 3),
    (length_of_what_shrinks, X, 3),
    (length_of_what_is_written, X, 3),
    (length_of_a_list_that_grows, X, 3),
)
"""Functions and what they are tried with."""

REFUSED: tuple[tuple[Any, ...], ...] = ()
