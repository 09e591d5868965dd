"""Programs that change all of a list at once."""

from __future__ import annotations

from typing import Any

import numpy as np

__all__ = ["REFUSED", "RIGHT"]

X = np.array([0.3, 0.9, -0.4, 0.5, 0.7])


def median(x: np.ndarray):
    values = [v * v for v in x]
    values.sort()
    middle = len(values) // 2
    if len(values) % 2:
        return values[middle]
    return (values[middle - 1] + values[middle]) / 2


def trimmed(x: np.ndarray, cut: int):
    values = list(x)
    values.sort(key=lambda v: -v)
    for _ in range(cut):
        del values[0]
        values.pop()
    return sum(v * v for v in values)


def there_and_back(x: np.ndarray, n: int):
    out = []
    for k in range(n):
        out.append(x[k] * x[0])
        out.reverse()
        if k == 2:
            out[1:] = [x[1] * 2.0, x[2]]
    total = 0.0
    for v in out:
        total = total * 0.5 + v
    return total


def begun_again(x: np.ndarray, n: int):
    batch, total = [x[0]], 0.0
    for k in range(n):
        batch.append(x[k] * total + 1.0)
        if len(batch) == 3:
            total += batch[0] * batch[2]
            batch.clear()
    return total + sum(batch)


def taken_out(x: np.ndarray, k: int):
    values = [v * 2.0 for v in x]
    values.remove(values[k])
    values[0:1] = [x[k], x[k] * x[0]]
    values[:1] = []
    del values[1:2]
    return values[0] * values[1] + values[-1]


def sorted_by_what_is_read(x: np.ndarray):
    order = [0, 1, 2, 3, 4]
    order.sort(key=lambda k: x[k], reverse=True)
    total = 0.0
    for place, k in enumerate(order):
        total += x[k] ** 2 / (place + 1)
    return total


def returned(x: np.ndarray):
    values = [v * x[0] for v in x]
    values.sort()
    values.reverse()
    return values


def inside(x: np.ndarray):
    def largest(values):
        found = list(values)
        found.sort()
        return found[-1] * found[0]

    return largest(x) + largest(x[1:] * x[:-1])


def under_another_name(x: np.ndarray):
    values = [x[0], x[1], x[2]]
    other = values
    values.sort()
    return other[0] * 2.0


def kept_in_a_list(x: np.ndarray):
    values = [x[0], x[1]]
    kept = [values]
    values.clear()
    return sum(kept[0]) + x[0]


def while_it_is_run_over(x: np.ndarray):
    values = [x[0], x[1], x[2]]
    total = 0.0
    for v in values:
        total = total * 0.5 + v
        values.reverse()
    return total


def of_the_caller(values: list, t: float):
    values.sort()
    return values[0] * t


def gone_from_what_is_given(values: list, t: float):
    del values[0]
    return values[0] * t


def gone_while_it_is_run_over(x: np.ndarray):
    values = [x[0], x[1], x[2]]
    other = values
    total = 0.0
    for v in values:
        total = total * 0.5 + v
        del other[0]
    return total


def seen_by_a_function(x: np.ndarray):
    values = [x[0], x[1], x[2]]

    def first():
        return values[0] * 2.0

    values.sort()
    return first()


def gone_under_two_names(x: np.ndarray):
    values = [x * 2.0, x * x]
    values.append(np.sin(x))
    del values[0]
    other = values
    del other[-1]
    return values[0] * other[-1]


def gone_in_a_loop(x: np.ndarray, n: int):
    values = [v * v for v in x]
    for k in range(n):
        values[0] *= values[1]
        del values[k % 2 + 1]
    return sum(values)


def gone_in_a_branch(x: np.ndarray, n: int):
    values = list(map(abs, [x[0] * x[1], x[1]]))
    values.append(x[2] * x[3])
    if n > 1:
        del values[n - 2]
    return values[0] * values[1]


def gone_from_a_row(x: np.ndarray):
    rows = [[x[0], x[1] * x[2]], [x[3]]]
    row = rows[0]
    del row[0]
    rows[1].append(row[0] * x[4])
    return rows[0][0] * rows[1][1]


def put_before_the_last(x: np.ndarray, n: int):
    values = [x[0], x[1]]
    for k in range(n):
        values.insert(-1, values[0] * x[k])
        values.insert(-3, values[1] * x[k])
        values.insert(2, values[-1] * x[0])
    return values[0] * values[1] + sum(v * k for k, v in enumerate(values))


def put_before_an_empty_list(x: np.ndarray):
    rows = []
    rows.insert(-2, x * 2.0)
    rows.insert(-2, x * x)
    other = rows
    other.insert(-1, rows[1] * x)
    return rows[0] * other[1] + rows[2]


def repeated_in_place(x: np.ndarray, n: int):
    values = [x[0], x[1] * x[2]]
    for k in range(n):
        values *= 2
        values[k] = values[k + 1] * x[k]
        if k == 1:
            break
    else:
        values *= -1
        values += [x[3] * x[4], x[0]]
    return sum(values) + values[0] * values[-1]


def repeated_and_negative(x: np.ndarray):
    values = -1 * [x[0], x[1]]
    pair = (x[0], x[1])
    times = pair * -1 + (x[2] * x[3],)
    none = pair * 0
    values = values[:] * -1
    values.append(x[0] * x[0])
    return values[0] * times[0] + len(none)


def repeated_under_two_names(x: np.ndarray):
    values = [x[0], x[1]]
    other = values
    values *= 2
    return sum(other) * x[0]


def an_underscore_that_is_read(x: np.ndarray, s: float):
    _ = s * 1.5
    values = [x.copy(), x * s, x * 2]
    values.pop(0)
    for value in values:
        value *= _  # noqa: PLW2901
    values.insert(0, x * _)
    values[0] += 1.0
    return values[0] * _ + values[1]


def taken_out_of_what_was_copied(x: np.ndarray, limit: float):
    values = [v * x[0] for v in x]
    for v in values[:]:
        if v > limit:
            values.remove(v)
    for v in list(values):
        values.append(v * x[1])  # noqa: PERF401
    for k, v in enumerate(values.copy()):
        if k % 2:
            values.remove(v)
    return sum(v * v for v in values) * x[2]


def every_second(x: np.ndarray, n: int):
    values = list(map(lambda v: v * x[0], x))  # noqa: C417
    values = list(map(lambda v: v * x[1], values))  # noqa: C417
    for k in range(n):
        values[::2] = [values[1] * x[k], x[k], values[0]]
        values[1::2] = values[::2][:2]
        values[1::2] = [v * v for v in values[1::2]]
    values[:1] = [x[0], x[1]]
    del values[1::2]
    values.extend(v * x[0] for v in x)
    del values[::3]
    return values[0] * values[1] + sum(values)


def given_itself(x: np.ndarray, n: int):
    values = [x[0]]
    for k in range(n):
        values.append(x[k])
        del values[-1:]
    values = values  # noqa: PLW0127
    return sum(values) * x[1]


def as_many_as_there_are(x: np.ndarray, n: int):
    values = [x[0], x[1], x[2]]
    values[::2] = [x[3]] * n
    return values[0] * values[1]


def while_it_is_numbered(x: np.ndarray):
    values = [v * x[0] for v in x]
    for k, v in enumerate(values):
        if v < 0:
            values[k:] = [v]
    return sum(values)


def taken_out_while_it_is_stored(x: np.ndarray):
    values = [x[0], x[1], x[2]]
    values[::2] = [values.pop()]
    return values[0] * values[1]


RIGHT: list[tuple[Any, ...]] = [
    (gone_from_a_row, X),
    (taken_out_of_what_was_copied, X, 0.1),
    (taken_out_of_what_was_copied, X, 5.0),
    (every_second, X, 0),
    (every_second, X, 2),
    (given_itself, X, 0),
    (given_itself, X, 3),
    (as_many_as_there_are, X, 2),
    (an_underscore_that_is_read, np.array([0.3, 1.7]), 0.7),
    (repeated_in_place, X, 0),
    (repeated_in_place, X, 1),
    (repeated_in_place, X, 3),
    (repeated_and_negative, X),
    (median, X),
    (median, X[:4]),
    (trimmed, X, 0),
    (trimmed, X, 2),
    (there_and_back, X, 0),
    (there_and_back, X, 2),
    (there_and_back, X, 5),
    (begun_again, X, 0),
    (begun_again, X, 1),
    (begun_again, X, 5),
    (taken_out, X, 0),
    (taken_out, X, 3),
    (sorted_by_what_is_read, X),
    (returned, X),
    (inside, X),
    (gone_under_two_names, X),
    (gone_in_a_loop, X, 0),
    (gone_in_a_loop, X, 2),
    (gone_in_a_branch, X, 1),
    (gone_in_a_branch, X, 3),
    (put_before_the_last, X, 0),
    (put_before_the_last, X, 3),
    (put_before_an_empty_list, X),
]

REFUSED: list[tuple[Any, ...]] = [
    (while_it_is_numbered, X),
    (taken_out_while_it_is_stored, X),
    (repeated_under_two_names, X),
    (gone_from_what_is_given, [0.7, 0.3, 0.2], 0.5),
    (gone_while_it_is_run_over, X),
    (under_another_name, X),
    (kept_in_a_list, X),
    (while_it_is_run_over, X),
    (of_the_caller, [0.7, 0.3], 0.5),
    (seen_by_a_function, X),
]
