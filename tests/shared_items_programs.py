"""Programs with lists whose items share memory with one another, or with what a function that is called writes into.

And with lists and arrays of which only one way through the program says that they do.
"""

from __future__ import annotations

from typing import Any

import numpy as np

__all__ = ["REFUSED", "RIGHT", "used_in_branches"]

X = np.array([0.3, 0.9, -0.4, 0.5])
NUMBERS = [1.0, 0.5]


def one_twice(x: np.ndarray):
    a = x * 2
    both = [a, a]
    other = both
    v = other.pop()
    v[0] = x[1]
    return both[0] * x


def one_under_two_names(x: np.ndarray):
    a = x * 2
    b = a
    both = [a, b]
    v = both.pop()
    v[0] = x[1]
    return both[0] * v


def one_put_twice(x: np.ndarray):
    a = x * 2
    both = [a]
    both.append(a)
    v = both.pop()
    v[0] = x[1]
    return both[0] * x


def one_twice_among_three(x: np.ndarray):
    a = x * 2
    three = [x, a, a]
    both = three[1:]
    v = both.pop()
    v[0] = x[1]
    return both[0] * x


def array_and_a_part(x: np.ndarray):
    a = x * 2
    both = [a, a[1:]]
    v = both.pop()
    v[0] = x[1]
    return both[0] * x


def part_put_beside_its_array(x: np.ndarray):
    a = x * 2
    both = [a]
    both.append(a[1:])
    v = both.pop()
    v[0] = x[1]
    return both[0] * x


def asked_by_a_loop(x: np.ndarray):
    arrays = [x * 2, x * 3]
    v = arrays[0]
    v[0] = x[1]
    t = 0.0
    while arrays:
        w = arrays.pop()
        t = t + np.sum(w * w)
    return t


def asked_by_a_branch(x: np.ndarray, n: int):
    arrays = [x * 2, x * 3][:n]
    y = x * 1.0
    if arrays:
        v = arrays[0]
        v[0] = x[1]
        y = arrays[0] * v
    return y


def sorted_rows(x: np.ndarray):
    y = np.zeros((4, 1))
    y[:, 0] = x
    rows = sorted(y)
    y[0, 0] = x[1]
    return rows[0] * rows[1] * y[0]


def _second_is_written(u, w):
    both = [u]
    v = both.pop()
    both.append(w)
    both[0][0] = v[1] * 2.0
    return w[0] * v[0]


def list_of_a_function_is_filled_again(x: np.ndarray, s: float):
    y = x * s
    t = _second_is_written(y, x * 2.0)
    return t * np.sum(y)


def _begun_with(u, n):
    w = u * 2.0
    t = u
    s = 0.0
    for _ in range(n):
        s = s + t[0] * t[1]
        t = w[1:]
        t[0] = s
    return s * w[1]


def name_of_an_argument_is_used_again(x: np.ndarray, s: float, n: int):
    y = x * s
    return _begun_with(y, n) * np.sum(y * y)


def part_of_an_argument_is_used_again(x: np.ndarray, n: int):
    y = x * 2.0
    z = y[1:]
    return _begun_with(z, n) * np.sum(y * y)


def _halved(u, k):
    if k == 0:
        return u * 1.5
    w = _halved(u, k - 1)
    v = w[1:]
    v[0] = u[0] * w[1]
    return w


def part_of_what_recursion_returns_is_written(x: np.ndarray, n: int):
    return _halved(x * 2.0, n) * x


def added_at_what_may_be_a_number(x: Any):
    y = x * 2.0
    np.add.at(y, [0, 1], x[:2])
    return np.sum(y * y * x)


def used_in_branches(x: Any, n: int):
    if n > 1:
        q = NUMBERS
        q.append(2.0)
        for i in range(2):
            x = np.sin(x * q[i])
        q.pop()
    else:
        p = NUMBERS
        p.append(3.0)
        for i in range(2):
            x = np.cos(x * p[i])
        p.pop()
    return x


def list_outside_that_a_function_uses_in_branches(x: np.ndarray, n: int):
    return used_in_branches(x[0], n) * x


RIGHT: tuple[tuple[Any, ...], ...] = (
    (one_twice, X),
    (one_under_two_names, X),
    (one_put_twice, X),
    (one_twice_among_three, X),
    (array_and_a_part, X),
    (part_put_beside_its_array, X),
    (asked_by_a_loop, X),
    (asked_by_a_branch, X, 0),
    (asked_by_a_branch, X, 2),
    (list_of_a_function_is_filled_again, X, 0.7),
    (name_of_an_argument_is_used_again, X, 0.7, 0),
    (name_of_an_argument_is_used_again, X, 0.7, 3),
    (part_of_an_argument_is_used_again, X, 2),
    (part_of_what_recursion_returns_is_written, X, 0),
    (part_of_what_recursion_returns_is_written, X, 2),
    (added_at_what_may_be_a_number, X),
    (list_outside_that_a_function_uses_in_branches, X, 1),
    (list_outside_that_a_function_uses_in_branches, X, 2),
)
"""Functions and what they are tried with."""

REFUSED: tuple[tuple[Any, ...], ...] = ((sorted_rows, X),)
