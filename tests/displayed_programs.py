"""Programs that put arrays which are written into beside numbers, in lists and tuples."""

from __future__ import annotations

from typing import Any

import numpy as np

__all__ = ["REFUSED", "RIGHT"]

X = np.array([0.3, 0.9, -0.4, 0.5, 0.7])


def beside_a_number(x: np.ndarray):
    x[0] = 2 * x[1] * x[0]
    return [x, 1.0, x[1] * x[2]]


def in_a_tuple_inside(x: np.ndarray):
    x[0] = 2 * x[1] * x[0]
    return (x, x[1], x * x), x[0]


def twice(x: np.ndarray):
    x[1:] *= x[:-1]
    return [x, x.sum(), x]


def beside_a_view(x: np.ndarray):
    v = x[1:3]
    v *= x[0]
    return [v, x, v[0] * x[2]]


def beside_its_copy(x: np.ndarray):
    old = x.copy()
    x *= old[0]
    return [x, old, x @ old]


def here_or_there(x: np.ndarray, n: int):
    for k in range(3):
        x[k] = x[k] * x[k + 1]
        if k == n:
            return [x, x[0]]
        x[k + 1] *= 0.5
    return [x * x, x[1]]


def one_of_two(x: np.ndarray, n: int):
    y = x * 2.0 if n else x
    y[0] *= x[1]
    if n > 1:
        x[3] = x[2] * y[1]
        out = [y, x[0]]
    else:
        out = [x, y[1]]
    return out


def read_at_once(x: np.ndarray):
    x[0] *= x[1]
    parts = [x, x[2]]
    total = np.sum(parts[0]) * parts[1]
    x[2] = total
    return total * x[2] + x[0]


def summed_in_a_loop(x: np.ndarray, n: int):
    total = 0.0
    for k in range(n):
        x[k] *= x[k + 1]
        pair = [x, x[k] * x[0]]
        total += pair[1] * len(pair)
    return total + x[0]


def returned_by_a_helper(x: np.ndarray):
    s, values = _changed(x)
    return s * values[0] * values[1] + x[2]


def _changed(u: np.ndarray):
    u[0] *= u[1]
    return u.sum(), (u[0], u[1])


def joined(x: np.ndarray):
    x[0] *= x[1]
    both = np.concatenate([x, x * x])
    x[1] = both[5] * both[0]
    return [x, both[0], both]


def held_while_written(x: np.ndarray):
    parts = [x, x[1] * 2.0]
    x[0] = x[1] * x[2]
    return parts


def written_through(x: np.ndarray):
    parts = [x, x[1] * 2.0]
    first = parts[0]
    first[0] = x[1] * x[2]
    return first[0] * x[0] + parts[1]


def of_the_last_trip(x: np.ndarray, n: int):
    parts = [x, 1.0]
    for k in range(n):
        x[k] *= x[k + 1]
        total = parts[0][k] * parts[1]
        parts = [x, total]
        x[k + 1] *= 2.0
    return parts


def a_list_beside_a_number(x: np.ndarray):
    rows = [x * 2.0, x * x]
    first = rows[0]
    first[0] *= x[1]
    rows[1][1] = first[0] * x[2]
    return [rows, x[0]], rows[1]


RIGHT: list[tuple[Any, ...]] = [
    (read_at_once, X),
    (summed_in_a_loop, X, 0),
    (summed_in_a_loop, X, 3),
    (beside_a_number, X),
    (in_a_tuple_inside, X),
    (twice, X),
    (beside_a_view, X),
    (beside_its_copy, X),
    (here_or_there, X, 0),
    (here_or_there, X, 2),
    (here_or_there, X, 5),
    (one_of_two, X, 0),
    (one_of_two, X, 1),
    (one_of_two, X, 2),
    (returned_by_a_helper, X),
    (joined, X),
    (a_list_beside_a_number, X),
]

REFUSED: list[tuple[Any, ...]] = [
    (held_while_written, X),
    (written_through, X),
    (of_the_last_trip, X, 2),
]
