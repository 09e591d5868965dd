"""Programs that only look at memory before it is written: items of lists, results of functions, what is returned."""

from __future__ import annotations

import numpy as np

__all__ = ["REFUSED", "RIGHT"]

X = np.array([0.3, 1.2, -0.7, 0.9])
Y = np.array([1.1, -0.4, 0.6, 0.25])


def returned_from_a_loop(x: np.ndarray, s: float):
    for i in range(3):
        x[1] *= x[0]
        if s * i > 1.0:
            return x
        x[0] = np.sin(x[2]) * s
    return np.roll(x * s, 1) if s > 0 else x


def returned_among_numbers(x: np.ndarray, y: np.ndarray, s: float, n: int):
    if n > 2:
        x[1:] *= s
        return x, y, s
    y = x[1:]
    y *= x[0]
    for k in range(n):
        x[k] += s
        if k > 0:
            return y, x, x[0]
        y[0] *= 2.0
    x[0] = y[0] * s
    return s, x, y


def returned_around_finally(x: np.ndarray, s: float, n: int):
    for i in range(n):
        try:
            x[i % 4] *= s
            if i == 2:
                return x * 1.0
            if i == 1 and s > 0.5:
                return x
        finally:
            x[0] += s * 2
    return np.roll(x, 1)


def items_after_a_write(x: np.ndarray, s: float):
    for i in range(3):
        x *= np.sum(x) * 0.2
        values = [np.prod(x), x, s]
        q = x + 1.0
        for v in values:
            q = q * v
        x[i] = np.sum(q)
    return x


def items_by_place(x: np.ndarray, s: float):
    x += np.cos(x)
    values = [np.tanh(x), s, x[:1]]
    return values[0] * values[2] + values[1]


def items_unpacked(x: np.ndarray, s: float, n: int):
    for k in range(n):
        a, b = [s, x]
        if k == 1:
            q = a * b
            break
        x *= a
        q = x * 2
    x[0] = 3 * s
    return q


def joined_lists(x: np.ndarray, s: float, n: int):
    for k in range(n):
        total = s
        others = list(range(2))[:k] + [x[0] * s][:1]
        values = [s, x[k]]
        for q in values + others:
            total += q * total
        x[k] = total
    return x


def the_smaller_one(x: np.ndarray, s: float, n: int):
    a = np.array(s * x[1])
    for _ in range(n):
        q = min(a, 2.0) * x[0]
        a += np.sin(q)
        x[0] = a[()]
    return a, x


def seen_in_windows(x: np.ndarray, s: float, n: int):
    for _ in range(n):
        x *= np.sum(np.broadcast_to(x, (3, 4)) * s) * 0.1
    return x


def halfway(u, k, w):
    if k <= 0:
        return u
    w = u[k % 2] + np.prod(np.cos(u))
    u[0] += w
    return other_half(u, k - 1, w) * w


def other_half(u, k, w):
    if k <= 0:
        return u
    u[0] *= w * w
    return halfway(u, k - 1, w) * w


def recursion_that_returns_what_it_writes(x: np.ndarray, s: float, n: int):
    h = other_half(x, n, s)
    return h * x, x


def one_or_the_other(u, v, k):
    u[1] = v[0] * 2
    if k > 1:
        return u[1:]
    return v[1:]


def results_of_functions(x: np.ndarray, y: np.ndarray, s: float):
    for i in range(3):
        q = np.sum(one_or_the_other(x, y, i) * s)
        x[0] = q
        y[0] *= 1.1
    return x * q + y


def chosen_argument(u, v, k):
    u[1] = v[0] * 2
    if k > 1:
        return u, v
    return v, u


def several_results_of_functions(x: np.ndarray, y: np.ndarray, s: float):
    for i in range(3):
        a, b = chosen_argument(x, y, i)
        q = np.sum(a * b * s)
        x[0] = q
        y[0] *= 1.1
    return x * q + y


def settling(u, v, w):
    for i in range(2):
        u = v
        v[:] = np.sin(u)
        if i > 1:
            return w * np.sin(v), u[0] * w
    return v, w


def results_that_nobody_reads(x: np.ndarray, s: float):
    settling(np.full((3,), s), np.full((3,), 1.7), x[0])
    p, q = settling(np.full((3,), s), x[:3] * 1.0, s)
    return p * q


def filled(u, s):
    u[0] = np.sin(s)
    u *= u[-1]


def arrays_of_what_may_be_numbers(x: np.ndarray, s: float):
    q = x[0] + 0.0
    for v in [x, s]:
        q = q + np.sum(v)
    w = np.array([q, s])
    filled(w, s)
    filled(np.array([x[1], q]), s)
    return w * q


def read_after_the_write(x: np.ndarray, s: float):
    values = [np.prod(x), x, s]
    q = x + 1.0
    for i in range(3):
        x *= np.sum(x) * 0.2
        q = q * values[i]
    return q


def number_or_part(x: np.ndarray, s: float, n: int):
    v = x[1:] if n > 2 else s
    x[2] = x[1] * s
    return v * x[0]


def item_that_an_item_says(x: np.ndarray, r: np.ndarray):
    y = np.zeros(4)
    y[:] = x * 2
    i = r[0]
    z = y[i]
    y[0] = 1.0
    return np.sum(z) * y


def item_that_a_row_says(x: np.ndarray, r: np.ndarray):
    y = np.zeros(4)
    y[:] = x * 2
    i = r[0]
    z = y[i[0]]
    y[0] = 1.0
    return np.sum(z) * y


def item_that_a_product_says(x: np.ndarray, r: np.ndarray):
    y = np.zeros(4)
    y[:] = x * 2
    i = r[0] * 1
    z = y[i]
    y[0] = 1.0
    return np.sum(z) * y


def item_that_something_says(x: np.ndarray, r):
    y = np.zeros(4)
    y[:] = x * 2
    i = r[0]
    z = y[i]
    y[0] = 1.0
    return np.sum(z) * y


def item_of_two_axes(x: np.ndarray, r: np.ndarray):
    y = np.zeros((4, 4))
    y[:] = x * 2
    i = np.sum(r)
    z = y[i, r[0]]
    y[0, 0] = 1.0
    return np.sum(z) * y


def item_of_what_is_given(x: np.ndarray, i, j):
    y = np.zeros((4, 4))
    y[:] = x * 2
    z = y[i, j]
    y[0, 0] = 1.0
    return np.sum(z) * y


def loop_whose_test_pops(x: np.ndarray):
    xs = [x, x * 2, x * 3]
    s = 0.0
    while xs.pop()[0] > 0.5:
        s = s + x
    return s


def truth_of_a_part(x: np.ndarray, s: float):
    v = x[1:2]
    if v:
        s = s * v[0]
    x[1] = s * 2
    return x


def part_of_the_last_trip(x: np.ndarray, s: float, n: int):
    v = x[2:]
    for k in range(n):
        v = x[1:]
        if k > 1:
            x[2] = s
            break
    return np.sum(v) * x


def part_of_the_trip_before(x: np.ndarray, s: float, n: int):
    v = x[2:]
    for k in range(n):
        s = s * v[0]
        v = x[1:]
        if k == 1:
            x[1] = s
            continue
    return s * x


def part_until_the_last_trip(x: np.ndarray, s: float, n: int):
    v = x[1:]
    for k in range(n):
        s = s * v[0]
        if k == 1:
            x[1] = s
            break
    return x * s


def loop_whose_test_adds(x: np.ndarray):
    y = x * 2
    while np.add.at(y, 0, 1.0) is None and y[0] < 3:
        x = x * y
    return x


RIGHT = (
    (item_that_an_item_says, X, np.array([0, 2])),
    (item_that_a_row_says, X, np.array([[0], [2]])),
    (item_of_two_axes, X, np.array([0, 2])),
    (loop_whose_test_pops, X),
    (returned_from_a_loop, X, 0.4),
    (returned_from_a_loop, X, 0.7),
    (returned_from_a_loop, X, -0.4),
    (returned_among_numbers, X, Y, 0.7, 3),
    (returned_among_numbers, X, Y, 0.7, 2),
    (returned_among_numbers, X, Y, 0.7, 1),
    (returned_around_finally, X, 0.7, 4),
    (returned_around_finally, X, 0.4, 4),
    (returned_around_finally, X, 0.4, 1),
    (items_after_a_write, X, 0.7),
    (items_by_place, X, 0.7),
    (items_unpacked, X, 0.7, 1),
    (items_unpacked, X, 0.7, 3),
    (joined_lists, X, 0.3, 3),
    (the_smaller_one, X, 0.7, 2),
    (the_smaller_one, X, 0.7, 0),
    (seen_in_windows, X, 0.7, 2),
    (recursion_that_returns_what_it_writes, X, 0.7, 3),
    (recursion_that_returns_what_it_writes, X, 0.7, 0),
    (results_of_functions, X, Y, 0.7),
    (several_results_of_functions, X, Y, 0.7),
    (results_that_nobody_reads, X, 0.7),
    (arrays_of_what_may_be_numbers, X, 0.7),
    (truth_of_a_part, X, 0.7),
    *((part_of_the_last_trip, X, 0.7, n) for n in (0, 2, 4)),
    *((part_of_the_trip_before, X, 0.7, n) for n in (0, 1, 3)),
    *((part_until_the_last_trip, X, 0.7, n) for n in (0, 1, 3)),
)
"""Functions and what they are tried with."""

REFUSED = (
    (loop_whose_test_adds, X),
    (read_after_the_write, X, 0.7),
    (number_or_part, X, 0.7, 3),
)
"""A list of numbers and arrays that is read after a write, and what may be a number or a part that is written."""
