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


def perhaps_sorted_behind_a_function(x: np.ndarray, s: float):
    order = [0, 3, 2, 3, 3, 1]
    chosen = order if s > 0.5 else np.arange(6)
    y = waves(x, chosen)
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


STATE = [1.0, 2.0]


def counted() -> None:
    STATE[0] = STATE[0] + 1.0


def read_and_counted(v):
    t = v * STATE[0]
    counted()
    return t * v


def changed_by_the_function_that_reads_it(x: np.ndarray):
    return read_and_counted(x[0]) * x[1]


def changed_by_the_function_that_reads_it_in_a_loop(x: np.ndarray):
    total = 0.0
    for _ in range(3):
        total = total + read_and_counted(x[0])
    return total * x[1]


def never_changed(x: np.ndarray, n: int):
    order = [2, 0, 1]
    y = np.sin(x)[order] ** 2
    if n > 100:
        raise ValueError(n)
        order *= n
    return np.sum(y * x[:3])


def as_many(v, order):
    return np.sum(v[: len(order)] ** 2)


def shuffled_behind_its_length(x: np.ndarray):
    order = [0, 1, 2]
    y = as_many(x, order)
    random.Random(1).shuffle(order)
    return y * as_many(x, order)


def loss(w, data, order):
    return np.sum((w * data[order[0]] - 1.0) ** 2)


def an_item_is_read_before_each_shuffle(x: np.ndarray):
    rng = np.random.default_rng(1)
    data = np.arange(12.0).reshape(3, 4) / 7
    order = np.arange(3)
    total = 0.0
    for _ in range(3):
        rng.shuffle(order)
        total = total + loss(x, data, order)
    return total


def of_a_key(v, places, key):
    return np.sin(v[places[key]]) ** 2


def dict_changed_behind_an_item(x: np.ndarray, key: str):
    places = {"p": 2, "q": 0}
    y = of_a_key(x, places, key)
    places[key] = 3
    places["r"] = 1
    return y * of_a_key(x, places, "r")


def of_all_keys(v, places):
    total = 0.0
    for key in places:
        total = total + np.sin(v[places[key]]) ** 2
    return total


def key_added_behind_a_loop(x: np.ndarray, key: str):
    places = {"p": 2, "q": 0}
    y = of_all_keys(x, places)
    places[key] = 3
    return y * of_all_keys(x, places)


def of_a_set(v, chosen):
    total = 0.0
    for k in range(4):
        if k in chosen:
            total = total + np.sin(v[k]) ** 2
    return total


def set_that_grows_behind_a_function(x: np.ndarray, n: int):
    chosen = set()
    chosen.add(1)
    y = of_a_set(x, chosen)
    chosen.add(n)
    return y * of_a_set(x, chosen)


def lists_of_a_dict_that_changes(x: np.ndarray, key: str):
    places = {"p": [2, 0, 1], "q": [0, 0, 3]}
    order = places[key]
    y = np.sin(x)[order] ** 2
    places["r"] = [1]
    places[key] = [3]
    return np.sum(y * x[:3]) * len(places)


def arrays_of_a_dict_that_changes(x: np.ndarray, key: str):
    weights = {"p": np.ones(4), "q": np.arange(4.0)}
    w = weights[key]
    y = np.sin(x) * w
    weights[key + "r"] = w
    return np.sum(y * x) * len(weights)


def another_list_is_shuffled(x: np.ndarray):
    order, others = [0, 1, 2], [2, 0]
    others.append(1)
    y = np.sin(x)[others] ** 2
    random.Random(3).shuffle(order)
    return np.sum(y * x[:3]) * len(order)


def of_a_row(v, rows, key):
    total = 0.0
    for i in range(2):
        total = total + np.sin(v[rows[key][i]]) ** 2
    return total


def row_of_a_given_dict_is_shuffled(x: np.ndarray, rows: dict, key: str):
    y = of_a_row(x, rows, key)
    random.Random(3).shuffle(rows[key])
    return y * of_a_row(x, rows, key)


RIGHT: tuple[tuple[Any, ...], ...] = (
    (shuffled_before, X),
    (sorted_before, X),
    (deleted_before, X, 3),
    (deleted_from_a_row_before, X),
    (never_changed, X, 3),
    (shuffled_behind_its_length, X),
    (an_item_is_read_before_each_shuffle, X),
    (dict_changed_behind_an_item, X, "p"),
    (lists_of_a_dict_that_changes, X, "p"),
    (arrays_of_a_dict_that_changes, X, "q"),
    (another_list_is_shuffled, X),
)
"""Functions and what they are tried with."""

REFUSED: tuple[tuple[Any, ...], ...] = ((row_deleted_from_under_another_name, X),)

REFUSED_BACKWARD: tuple[tuple[Any, ...], ...] = (
    (shuffled_behind, X),
    (shuffled_behind_a_function, X),
    (array_shuffled_behind_a_function, X),
    (array_partitioned_behind_a_function, X),
    (sorted_behind_a_function, X),
    (perhaps_sorted_behind_a_function, X, 0.7),
    (deleted_behind_a_function, X, 3),
    (deleted_behind, X, 3),
    (deleted_from_a_row, X),
    (deleted_in_a_loop, X),
    (deleted_under_another_name, X, 3),
    (key_added_behind_a_loop, X, "r"),
    (set_that_grows_behind_a_function, X, 3),
)
"""Those whose derivative needs what was there before: the tangent has it, the gradient is refused."""
