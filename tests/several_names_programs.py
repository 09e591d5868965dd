"""Programs with arrays, lists and numbers under several names, some from outside, that are written or counted up."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

W = np.array([2.0, 3.0, 4.0])
TABLE = {"a": np.array([1.0, 2.0, 3.0])}
ROWS = [np.array([1.0, 2.0, 3.0]), np.array([3.0, 4.0, 5.0])]
PAIR = (np.array([1.0, 2.0, 3.0]), 2.0)
WEIGHTS = np.array([1.0, 2.0, 3.0])
NUMBERS = [1.0, 5.0]
SHAPE = SimpleNamespace(T=WEIGHTS)


class Kept:
    def __init__(self) -> None:
        self.n = 0
        self.w = np.array([1.0, 2.0, 3.0])
        self.xs: list[Any] = []

    def put(self, x: Any) -> None:
        self.xs.append(x)


STATE = Kept()


def _square(v: Any) -> Any:
    return v * v


def table_beside_a_call(x: np.ndarray):
    y = _square(x)
    y[0] = W[1]
    return y * W


def two_indices(m: np.ndarray, k: int):
    y = m * 2
    z = y[k, k]
    y[0, 1] = 1.0
    return z * y


def list_that_an_object_fills(x: np.ndarray):
    both = [Kept(), Kept()]
    o = both[0]
    o.put(x)
    return o.xs[0]


def continue_before_a_finally(x: np.ndarray):
    y = x * 2
    v = x * 3
    t = 0.0
    for i in range(3):
        try:
            if i < 1:
                v = y
                continue
            t = t + x[i]
        finally:
            t = t + 1
        y[0] = t
        t = t + v[0]
    return t


def added_at_places(x: np.ndarray, k: int):
    y = x * 2
    np.add.at(y, [0, k], x[0])
    return y


def number_and_an_array(x: float, y):
    old = STATE.n + y
    new = old
    new += 1
    return x * old * new


def sum_of_a_number(x: float):
    old = np.sum(STATE.n)
    new = old
    new += 1
    return x * old * new


def two_numbers(x: float):
    a, b = STATE.n, STATE.n + 1
    c = a
    c += b
    return x * a * c


def written_twice(x: np.ndarray):
    y = np.zeros(3)
    y[0] = x[0]
    y[0] = 2 * x[1]
    return y * 3


def written_twice_and_read(x: np.ndarray):
    y = np.zeros(3)
    y[0] = x[0]
    z = y[0] * y[0]
    y[0] = 2 * x[1]
    return y * z


def list_written_twice(x: np.ndarray):
    ys = [x, x * 2]
    ys[0] = x * 3
    ys[0] = x * 4
    return ys[0] + ys[1]


def list_of_another_name(x: np.ndarray):
    ys = [x, x * 2]
    zs = ys
    zs[0] = x * 3
    return zs[0] + zs[1]


def array_of_another_name(x: np.ndarray, k: int):
    y = np.zeros(3)
    for i in range(k):
        z = y
        z[i] = x[i]
    return z * 3


def made_and_written_in_each_trip(x: np.ndarray, k: int):
    s = 0.0
    for i in range(k):
        y = np.zeros(3)
        y[0] = x[i]
        y[0] += x[0] * i
        s = s + y[0]
    return s


def made_in_a_loop_before(x: np.ndarray, k: int):
    y = np.zeros(3)
    for i in range(k):
        y = np.zeros(3)
        y[1] = x[i]
    for j in range(k):
        y[0] = x[j] * y[1]
    return y * y


def list_of_items_is_written(x: np.ndarray):
    y = [*x]
    y[0] = x[1] * 2
    return y[0] * y[1]


def sum_of_lists(x: np.ndarray):
    y = [x] + [x * 2]  # noqa: RUF005
    y[0] = x * y[1]
    y[0] = y[0] * 2
    return y[0] * y[1]


def list_that_lost_an_item_is_written(x: np.ndarray):
    y = [x, x * 2]
    z = y.pop()
    y[0] = x * z
    y.append(x)
    return y[0] * y[1] * z


def item_of_a_list_in_a_list(x: np.ndarray):
    ys = [[x, x * 2], [x * 3]]
    y = ys[0]
    y[0] = x * 4
    return y[0] * y[1] * ys[1][0]


def written_twice_over_what_is_drawn(x: np.ndarray):
    rng = np.random.default_rng(1)
    y = rng.normal(size=3)
    y[0] = x[0]
    y[0] = x[1] * 2
    return y * 3


def array_of_two_names_in_loops(x: np.ndarray, k: int):
    y = x * 2
    for i in range(k):
        y[0] = y[0] * x[i]
    z = y
    for i in range(k):
        z[1] = x[i]
        z[1] = x[i] * 2.0
    return z * 3


def items_that_are_given(x: np.ndarray, i, j):
    y = np.zeros((3, 3))
    y[:] = x * 2
    z = y[i, j]
    y[0, 0] = 1.0
    return np.sum(z) * y


def count_copied(x: float):
    old = STATE.n
    new = old + 1
    m = new
    m += 1
    return x * new * m


def count_added(x: float):
    STATE.n += 1
    old = STATE.n
    other = old
    STATE.n += 2
    return x * old * other


def array_of_a_dict_outside_is_written(x: np.ndarray):
    y = TABLE["a"]
    s = np.sum(y * x)
    y[0] = x[1]
    return s * y


def attribute_outside_is_written(x: np.ndarray):
    y = STATE.w
    s = np.sum(y * x)
    y[0] = x[1]
    return s * y


def array_of_a_list_outside_is_written(x: np.ndarray):
    y = ROWS[0]
    s = np.sum(y * x)
    y[0] = x[1]
    return s * y


def row_outside_is_written(x: np.ndarray):
    s = np.sum(ROWS[0] * x)
    ROWS[0][0] = x[1]
    return s * ROWS[0]


def dict_holding_list(x: np.ndarray, xs: list):
    d = {"a": xs}
    ys = d["a"]
    ys.append(x)
    return xs[0]


def put_back_on_one_way(x: float, flag: bool):
    old = STATE.w
    new = old
    new += 1.0
    if flag:
        STATE.w = new
    return x * STATE.w


def number_of_a_number(x: float):
    old = STATE.n
    more = old + 1
    last = more
    last += 1
    return x * more * last


def number_or_an_array(x: float, y, yes: bool):
    old = STATE.n
    if yes:
        old = y
    new = old
    new += 1
    return x * old * new


def number_in_a_list(x: float):
    old = STATE.n
    both = [old, 2]
    first = both[0]
    other = first
    other += 1
    return x * first * other


def two_results(x: float):
    a, b = divmod(STATE.n, 3)
    c = a
    c += b
    return x * a * c


def array_of_a_tuple_outside_is_written(x: np.ndarray):
    y, s = PAIR
    a = np.sum(y * x)
    y[0] = x[1]
    return a * x * s


def tuple_element_outside(x: np.ndarray):
    a = np.sum(PAIR[0] * x)
    PAIR[0][0] = 5.0
    return a * x


def rows_outside_are_written(x: np.ndarray):
    for r in ROWS:
        x = x * r[0]
        r[0] = 7.0
    return x * x


def test_of_a_loop_that_writes(x: np.ndarray):
    y = x * 2
    while np.add.at(y, 0, 1.0) is None and y[0] < 3:
        x = x * y
    return x


X = np.array([1.1, 0.5, 2.3])
Y = np.array([0.7, 1.4, 0.2])
M = np.array([[1.1, 0.5], [2.3, 0.7]])


def array_or_list_outside(x: np.ndarray, s: float):
    kept = WEIGHTS if s > 0 else NUMBERS
    kept[0] = 2.0
    value = x[0] * kept[0]
    kept[0] = 9.0
    return value * value * s


def called_like_something_outside(x: np.ndarray, s: float):
    SHAPE = x * s
    y = SHAPE.T
    return y * SHAPE


def counts_of_an_object(s: float, o: Any):
    for n in o.steps:
        n += 1  # noqa: PLW2901
        s = s * n
    return s


def pair_put_into_a_held_list(x: np.ndarray, s: float):
    pair = (x * s, "first")
    pairs = []
    holder = [pairs]
    s = s * len(holder)
    pairs.append(pair)
    pairs.append((x * s, "second"))
    return pair[0] * pairs[-1][0] * pairs[0][0]


RIGHT: list[tuple[Any, ...]] = [
    (table_beside_a_call, X),
    (two_indices, M, 1),
    (list_that_an_object_fills, X),
    (continue_before_a_finally, X),
    (added_at_places, X, 2),
    (number_and_an_array, 1.3, Y),
    (sum_of_a_number, 1.3),
    (two_numbers, 1.3),
    (written_twice, X),
    (written_twice_and_read, X),
    (list_written_twice, X),
    (list_of_another_name, X),
    (array_of_another_name, X, 2),
    (made_and_written_in_each_trip, X, 2),
    (made_in_a_loop_before, X, 2),
    (list_of_items_is_written, X),
    (sum_of_lists, X),
    (list_that_lost_an_item_is_written, X),
    (item_of_a_list_in_a_list, X),
    (written_twice_over_what_is_drawn, X),
    (array_of_two_names_in_loops, X, 2),
    (items_that_are_given, X, 1, 2),
    (array_or_list_outside, X, 0.7),
    (array_or_list_outside, X, -0.7),
    (called_like_something_outside, X, 0.7),
    (counts_of_an_object, 0.7, SimpleNamespace(steps=[1, 2])),
    (pair_put_into_a_held_list, X, 0.7),
]

REFUSED: list[tuple[Any, ...]] = [
    (count_copied, 1.3),
    (count_added, 1.3),
    (array_of_a_dict_outside_is_written, X),
    (attribute_outside_is_written, X),
    (array_of_a_list_outside_is_written, X),
    (row_outside_is_written, X),
    (dict_holding_list, X, [0.3, 0.4]),
    (put_back_on_one_way, 1.3, True),
    (number_of_a_number, 1.3),
    (number_or_an_array, 1.3, Y, True),
    (number_in_a_list, 1.3),
    (two_results, 1.3),
    (array_of_a_tuple_outside_is_written, X),
    (tuple_element_outside, X),
    (rows_outside_are_written, X),
    (test_of_a_loop_that_writes, X),
]
