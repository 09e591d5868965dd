"""Programs with changes of lists and arrays that nothing puts back: `del` of some slices, `shuffle`, `partition`.

What is read before them may have to be read again for the derivative; what is read behind them is there.
"""

from __future__ import annotations

import random
from typing import Any

import numpy as np

__all__ = ["REFUSED", "REFUSED_BACKWARD", "RIGHT"]

X = np.array([0.3, 0.9, -0.4, 0.5])


def waves(v, order):
    total = 0.0
    for i in range(2):
        total = total + np.sin(v[order[i]]) ** 2
    return total


def shuffled_before(x: np.ndarray):
    order = [0, 1, 2]
    random.Random(3).shuffle(order)
    return np.sum(np.sin(x)[order] ** 2 * x[:3])


def sorted_before(x: np.ndarray):
    order = [2, 0, 1]
    order.sort(key=lambda k: -k)
    return np.sum(np.sin(x)[order] ** 2 * x[:3])


def deleted_before(x: np.ndarray, n: int):
    order = [0, 1, 2, 3, 3, 1]
    del order[n - n : 2]
    return waves(x, order) * np.sum(np.sin(x)[order])


def deleted_from_a_row_before(x: np.ndarray):
    rows = [[0, 1, 3, 2], [2, 3]]
    del rows[0][0]
    return np.sum(np.sin(x)[rows[0]]) ** 2


def shuffled_behind(x: np.ndarray):
    order = [0, 1, 2]
    y = np.sin(x)[order] ** 2
    random.Random(3).shuffle(order)
    return np.sum(y * x[:3])


def shuffled_behind_a_function(x: np.ndarray):
    order = [0, 1, 2, 3, 3, 1]
    y = waves(x, order)
    random.Random(2).shuffle(order)
    return y * waves(x, order)


def array_shuffled_behind_a_function(x: np.ndarray):
    order = np.arange(3)
    y = waves(x, order)
    np.random.default_rng(2).shuffle(order)
    return y * waves(x, order)


def array_partitioned_behind_a_function(x: np.ndarray):
    order = np.array([3, 2, 0, 1])
    y = waves(x, order)
    order.partition(2)
    return y * waves(x, order)


def sorted_behind_a_function(x: np.ndarray):
    order = [0, 3, 2, 3, 3, 1]
    y = waves(x, order)
    order.sort()
    return y * waves(x, order)


def deleted_behind_a_function(x: np.ndarray, n: int):
    order = [0, 1, 2, 3, 3, 1]
    y = waves(x, order)
    del order[n - n : 2]
    return y * waves(x, order)


def deleted_behind(x: np.ndarray, n: int):
    order = [0, 1, 2, 3, 3, 1]
    total = 0.0
    for i in range(2):
        total = total + np.sin(x[order[i]]) ** 2
    del order[n - n : 2]
    for i in range(2):
        total = total * np.sin(x[order[i]]) ** 2
    return total


def deleted_from_a_row(x: np.ndarray):
    rows = [[0, 1, 3, 2], [2, 3]]
    total = 0.0
    for i in range(2):
        total = total + np.sin(x[rows[0][i]]) ** 2
    del rows[0][0]
    for i in range(2):
        total = total * np.sin(x[rows[0][i]]) ** 2
    return total


def deleted_in_a_loop(x: np.ndarray):
    order = [0, 1, 2, 3, 3, 1]
    total = 1.0
    for _ in range(3):
        total = total * np.sum(np.sin(x)[order] * x[0])
        del order[0 : 2 - 1]
    return total


def deleted_under_another_name(x: np.ndarray, n: int):
    order = [0, 1, 2, 3]
    same = order
    total = 0.0
    for i in range(2):
        total = total + np.sin(x[order[i]]) ** 2
    del same[n - n : 1]
    for i in range(2):
        total = total * np.sin(x[order[i]]) ** 2
    return total


def row_deleted_from_under_another_name(x: np.ndarray):
    rows = [[0, 1, 2, 3], [1, 2]]
    row = rows[0]
    total = 0.0
    for i in range(2):
        total = total + np.sin(x[row[i]]) ** 2
    del rows[0][1]
    for i in range(2):
        total = total * np.sin(x[row[i]]) ** 2
    return total


RIGHT: tuple[tuple[Any, ...], ...] = (
    (shuffled_before, X),
    (sorted_before, X),
    (deleted_before, X, 3),
    (deleted_from_a_row_before, X),
)
"""Functions and what they are tried with."""

REFUSED: tuple[tuple[Any, ...], ...] = ((row_deleted_from_under_another_name, X),)

REFUSED_BACKWARD: tuple[tuple[Any, ...], ...] = (
    (shuffled_behind, X),
    (shuffled_behind_a_function, X),
    (array_shuffled_behind_a_function, X),
    (array_partitioned_behind_a_function, X),
    (sorted_behind_a_function, X),
    (deleted_behind_a_function, X, 3),
    (deleted_behind, X, 3),
    (deleted_from_a_row, X),
    (deleted_in_a_loop, X),
    (deleted_under_another_name, X, 3),
)
"""Those whose derivative needs what was there before: the tangent has it, the gradient is refused."""
