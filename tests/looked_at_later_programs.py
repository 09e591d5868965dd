"""Views and new arrays that are read in a later trip, in a test, behind a loop or behind a jump."""

from __future__ import annotations

from typing import Any

import numpy as np

__all__ = ["REFUSED", "RIGHT"]

X = np.array([0.3, 0.9, -0.4])


def in_the_next_trip(x: np.ndarray):
    y = x * 2
    v = y[1:]
    t = 0.0
    for i in range(3):
        t = t + v[0]
        if x[i] > 0.5:
            y[1] = t
            continue
        t = t * 2
    return t


def in_the_next_trip_of_a_try(x: np.ndarray):
    y = x * 2
    v = y[1:]
    t = 0.0
    for i in range(3):
        t = t + v[0]
        try:
            if i > 0:
                y[1] = t
                continue
            t = t * 2
        finally:
            t = t + 1.0
        y = y * 2
    return t


def never_again(x: np.ndarray):
    y = x * 2
    t = 0.0
    for i in range(3):
        v = y[1:]
        if x[i] > 0.5:
            y[1] = t
            break
        t = t * 2 + v[0]
    return t


def behind_a_break(x: np.ndarray):
    y = x * 2
    v = y[1:]
    t = 0.0
    for i in range(3):
        v = y[1:]
        if x[i] > 0.5:
            y[1] = t
            break
        t = t * 2
        v = x
    return t * v


def in_a_test(x: np.ndarray):
    y = x * 2
    v = y[:1]
    y[0] = x[1] ** 2
    if v:
        return y * 2
    return y


def in_a_test_before_more(x: np.ndarray):
    y = x * 2
    v = y[:1]
    y[0] = x[1] ** 2
    t = y * 2
    if v:
        t = t * 2
    return t


def in_the_test_of_a_loop(x: np.ndarray):
    y = x * 2
    v = y[:1]
    y[0] = 0.0
    t = y * 2
    while v:
        t = t * 2
        v = x[:1]
    return t


def in_the_test_of_a_later_trip(x: np.ndarray):
    y = x * 2
    v = y[:1]
    t = y * 2
    while v:
        t = t * 2
        y[0] = 0.0
    return t


def as_what_a_loop_runs_over(x: np.ndarray):
    y = x * 2
    v = y[1:]
    y[1] = x[0]
    t = 0.0
    for e in v:
        t = t + e
    return t


def made_by_the_last_trip(x: np.ndarray, n: int):
    while True:
        y = np.zeros(3)
        n -= 1
        if n < 1:
            break
    y[0] = x[0] * 2
    y[1] = x[0] * y[0]
    return y


def made_by_the_last_trip_and_filled(x: np.ndarray, n: int):
    while True:
        y = np.zeros(3)
        n -= 1
        if n < 1:
            break
    for k in range(3):
        y[k] = x[k] * y[k] + x[k] ** 2
    return y


def made_by_the_trip_that_ends(x: np.ndarray, n: int):
    for k in range(3):
        y = np.zeros(3)
        if k >= n:
            y[k] = x[k] ** 2
            break
    else:
        return x
    return y


def array_without_axes(x: np.ndarray):
    y = x * 0.1
    v = np.zeros(()) + 0.5
    for k in range(3):
        m = v**k
        n = (v + k) // 0.4
        y = y * m * n * (n % 2.5) + x
    return y


def item_of_an_array(x: np.ndarray):
    y = x * 0.1
    w = np.array([1.3, 2.7, 3.2])
    for k in range(3):
        v = w[k]
        y = y * v**2 * (v % 2) + x
    return y


RIGHT: tuple[tuple[Any, ...], ...] = (
    (in_the_next_trip, X),
    (in_the_next_trip_of_a_try, X),
    (never_again, X),
    (behind_a_break, X),
    (in_a_test, X),
    (in_a_test_before_more, X),
    (in_the_test_of_a_loop, X),
    (in_the_test_of_a_later_trip, X),
    (as_what_a_loop_runs_over, X),
    (made_by_the_last_trip, X, 2),
    (made_by_the_last_trip_and_filled, X, 2),
    (made_by_the_trip_that_ends, X, 1),
    (made_by_the_trip_that_ends, X, 4),
    (array_without_axes, X),
    (item_of_an_array, X),
)
"""Functions and what they are tried with."""

REFUSED: tuple[tuple[Any, ...], ...] = ()
