"""Programs in which one call uses up what `zip` and the like give, or which write while they run over it."""

from __future__ import annotations

import functools
import logging
from itertools import islice, pairwise
from typing import Any

import numpy as np

__all__ = ["REFUSED", "RIGHT"]

X = np.array([0.3, 0.9, -0.4, 0.5, 0.7])
Y = np.array([1.3, 0.2, 0.4, -0.5, 0.1])


def a_list_of_pairs(x: np.ndarray, y: np.ndarray):
    pairs = list(zip(x, y))
    x[0] *= pairs[1][1]
    return pairs[0][0] * pairs[1][1] * x[0] + sum(a * b for a, b in pairs)


def pairs_of_what_a_loop_writes(x: np.ndarray, n: int):
    total = 0.0
    for k in range(n):
        pairs = tuple(zip(x, x[2:]))
        x[k] = pairs[k][0] * pairs[k][1]
        total += pairs[0][0] * (k + 1)
    return total


def a_dict_of_pairs(x: np.ndarray, n: int):
    names = ("a", "b")
    total = x[0]
    for k in range(n):
        found = dict(zip(names, [x[k], x[1] * x[2]]))
        found["a"] *= found["b"] * total
        x[1] = found["a"]
        if k != 1:
            total += found["a"] * found["b"]
    return total


def a_dict_of_an_array(x: np.ndarray):
    found = dict(zip(("a", "b"), x[2:4]))
    x[2] = 3.0
    return found["a"] * found["b"] * x[2]


def sorted_items_of_a_dict(x: np.ndarray, s: float):
    found = {"a": np.sum(x), "b": s, "c": 0.9 * x[0]}
    pairs = sorted(found.items(), key=lambda pair: pair[1], reverse=True)[:2]
    found["a"] = s
    total = pairs[0][1] * s
    for key, v in sorted(found.items(), key=lambda pair: -pair[1] * s):
        total = total * s + v * found[key]
    return total + pairs[1][1]


def the_largest_item_of_a_dict(x: np.ndarray, s: float):
    found = {"a": np.sum(x), "b": s, "c": 0.9 * x[0]}
    key, v = max(found.items(), key=lambda pair: pair[1])
    s = found[key] * v
    first, *_ = sorted(found.items(), key=lambda pair: pair[1])
    return s * found["b"] * first[1]


def numbered(x: np.ndarray):
    places = list(enumerate(x, 1))
    x[2] = 3.0
    return places[2][0] * places[2][1] ** 2 + x[2] * x[0]


def sorted_pairs(x: np.ndarray, y: np.ndarray):
    total = 0.0
    for a, b in sorted(zip(x, y), reverse=True):
        total = total * 0.5 + a * b
    first, *_ = sorted(enumerate(x), key=lambda pair: -pair[1])
    return total + first[0] * first[1]


def the_largest(x: np.ndarray, y: np.ndarray):
    k, v = max(enumerate(x), key=lambda pair: pair[1])
    x[k] = v * v
    a, b = min(zip(x, x[2:]), key=lambda pair: pair[0] * pair[1])
    c, d = max(zip(x, y))
    return v * a * (k + 1) + b * c + d * x[k]


def tuples_that_are_compared(x: np.ndarray, n: int):
    first, second = max([(x[0], x[1]), (x[1], x[0]), (x[2], x[3])])
    third, fourth = min((v, k) for k, v in enumerate(x[:n]))
    return first * second + third * fourth * x[0]


def pairs_that_are_unpacked(x: np.ndarray):
    rows = [(x[k], x[k] * x[0]) for k in range(3)]
    a, b = zip(*rows)
    rows.append((x[3], x[4]))
    c, d = zip(*[(x[1], x[2]), (x[3], 0.5)])
    p, q = zip(x[:2], x[2:])
    return a[0] * a[1] + b[0] * sum(b) + c[0] * d[0] * len(rows) + p[0] * q[1]


def unpacked_columns(x: np.ndarray):
    a, b = zip(*np.outer(x, x)[:, :2])
    x[0] *= 2.0
    return a[0] * b[1] * x[0]


def unpacked_over_themselves(x: np.ndarray, n: int):
    rows = [(x[0], x[1]), (x[2], x[3])]
    for _ in range(n):
        rows, other = zip(*rows)
        rows = [(rows[0] * other[1], rows[1]), (other[0], x[0])]
    return rows[0][0] * rows[1][0]


def of_a_display(x: np.ndarray):
    total = 0.0
    for a, b in zip(*[(x[0], x[1]), (x[2], x[3])]):
        x[1] *= a
        total += a * b
    return total * x[1]


def scaled_by(v, k):
    return v * k


def doubled(values, k):
    values[0] *= 2.0
    return values[k]


def extended_by_calls(x: np.ndarray, n: int):
    out = [x[0]]
    alias = out
    for _ in range(n - 1):
        out.extend(scaled_by(v, alias[-1]) for v in x[:3] if v > 0)
    out.extend(scaled_by(out[k], x[k]) for k in range(n))
    return alias[-1] * out[1] * out[0]


def extended_by_what_is_written(x: np.ndarray, n: int):
    v = x[1]
    out = []
    out.extend(doubled(x, (k + v_k) % 3) for k in range(n) for v_k in range(2))
    out.extend(scaled_by(v, x[0]) for v in x)
    return sum(a * (k + 1) for k, a in enumerate(out)) * v * x[0]


def scaled(factor):
    def decorate(function):
        @functools.wraps(function)
        def inner(*args, **kwargs):
            return factor * function(*args, **kwargs)

        return inner

    return decorate


def counted(function):
    def inner(*args, **kwargs):
        inner.calls += 1
        return function(*args, **kwargs)

    inner.calls = 0
    return inner


@scaled(0.7)
def taken_out(values, w):
    values[0] *= w
    return w * values[1]


@counted
def added_to(values, w):
    values[0] += w * values[1]
    return values[0]


def decorated_with_a_number(x: np.ndarray):
    values = x * 2.0
    return taken_out(values, x[0]) + taken_out(w=x[1], values=values) * values[0]


def decorated_inside(x: np.ndarray):
    @scaled(-0.3)
    def local(v, w=2.0):
        return v * w * x[0]

    first = local(x[1])
    x[0] *= 2.0
    return first + local(x[2], w=x[0])


def counted_by_another_name(x: np.ndarray, n: int):
    total = 0.0
    for k in range(n):
        total += added_to(x, w=x[k])
    return total * added_to(x, 0.5)


def defaults_of_extremes(x: np.ndarray, n: int):
    a = max([x[0], x[1]], key=abs, default=0.0)
    b = min((v for v in x[:n]), key=lambda v: v * v, default=x[1])
    x[1] = a * b
    c = max(x[n:n], default=x[1] * x[0])
    return a * b * c * min(x[:n], default=x[2])


class Body:
    def __init__(self, w):
        self.w = w


def attributes_by_their_names(x: np.ndarray, n: int):
    body = Body(x[0])
    for k in range(n):
        setattr(body, "w", x[k] * body.w)  # noqa: B010
    return body.w * x[0]


def attributes_of_what_is_given(x: np.ndarray, body):
    if x[0] > 0:
        setattr(body, "w", x[1] * body.w)  # noqa: B010
    return body.w * x[0]


def told_and_written(x: np.ndarray):
    text = "%s" % (x,)  # noqa: UP031
    logging.getLogger("tests").debug("x is %s, %s", x, text)
    x[0] *= x[1]
    logging.getLogger("tests").debug("x is %s", x)
    return x[0] * x[1]


def pairs_while_writing(x: np.ndarray):
    total = 0.0
    for a, b in pairwise(x):
        x[1] *= a
        x[2] = b * total + x[0]
        if b < 0:
            continue
        total += a * b
        if total > 3:
            break
    else:
        total *= 2
    return total + x[1] * x[2]


def pairs_of_rows_that_are_written(x: np.ndarray):
    A = np.outer(x, x)
    for a, b in pairwise(A):
        a *= b  # noqa: PLW2901
        b[0] += a[1]
        A[0] += a
    return A[0, 1] + A[1, 1] * A[2, 2]


def pairs_of_a_list(x: np.ndarray, n: int):
    values = [x[0], x[1], x[2]]
    total = 0.0
    for _ in range(n):
        for pair in pairwise(values):
            values[1] = pair[0] * pair[1]
            values[2] = values[2] * pair[0]
            total += pair[0] * pair[1]
    first, *_ = list(pairwise(values))
    return total + first[0] * first[1]


def pairs_of_arrays(x: np.ndarray):
    values = [x * 1.0, x * 2.0, x * x]
    total = 0.0
    for a, b in pairwise(values):
        a *= b  # noqa: PLW2901
        values[2] = a + 1.0
        total += np.sum(a * b)
    return total + values[2][0]


def pairs_in_a_branch(x: np.ndarray, n: int):
    total = 0.0
    if n > 2:
        for a, b in pairwise(x[:n]):
            x[0] = a * b
            total += b
    return total + x[0] ** 2


def parts_while_writing(x: np.ndarray, n: int):
    total = 0.0
    for v in islice(x, 1, n):
        n = 1
        x[2] *= v
        total += v * v
    for v in islice(x, 1, None, 2):
        x[3] *= v
        if v > 0.5:
            continue
        total += v * v
    return total * x[2] * v


def parts_of_a_list(x: np.ndarray, n: int):
    values = [x[0], x[1], x[2]]
    total = 0.0
    for v in islice(values, n):
        values[0] = v * x[1]
        total += v
    for v in islice(values, 1, n + 1):
        values[2] = values[2] * v
        total += v * v
    return total + values[0] * values[2]


RIGHT: list[tuple[Any, ...]] = [
    (a_list_of_pairs, X, Y),
    (pairs_of_what_a_loop_writes, X, 3),
    (a_dict_of_an_array, X),
    (a_dict_of_pairs, X, 3),
    (sorted_items_of_a_dict, X, 0.7),
    (sorted_items_of_a_dict, X, -0.4),
    (the_largest_item_of_a_dict, X, 0.7),
    (the_largest_item_of_a_dict, X, 3.1),
    (numbered, X),
    (sorted_pairs, X, Y),
    (the_largest, X, Y),
    (tuples_that_are_compared, X, 4),
    (pairs_that_are_unpacked, X),
    (unpacked_columns, X),
    (unpacked_over_themselves, X, 2),
    (of_a_display, X),
    (extended_by_calls, X, 1),
    (extended_by_calls, X, 3),
    (extended_by_what_is_written, X, 2),
    (decorated_with_a_number, X),
    (decorated_inside, X),
    (counted_by_another_name, X, 2),
    (defaults_of_extremes, X, 0),
    (defaults_of_extremes, X, 3),
    (attributes_by_their_names, X, 3),
    (attributes_of_what_is_given, X, Body(0.4)),
    (told_and_written, X),
    (pairs_while_writing, X),
    (pairs_of_rows_that_are_written, X),
    (pairs_of_a_list, X, 2),
    (pairs_of_arrays, X),
    (pairs_in_a_branch, X, 2),
    (pairs_in_a_branch, X, 4),
    (parts_while_writing, X, 4),
    (parts_of_a_list, X, 2),
]


def pairs_of_rows_and_a_write(x: np.ndarray):
    A = np.outer(x, x)
    pairs = list(zip(A, A[2:]))
    pairs[0][1][0] *= x[2]
    return pairs[1][0][0] * pairs[2][1][1]


def two_tuples(x: np.ndarray):
    first, second = max((x[0], x[1]), (x[2], x[3]))
    return first * second


def the_largest_of_a_list(x: np.ndarray, n: int):
    pairs = []
    for k in range(n):
        pairs.append((x[k], x[0]))  # noqa: PERF401
    first, second = max(pairs)
    return first * second


def a_list_that_grows_meanwhile(x: np.ndarray):
    values = [x[0], x[1], x[2]]
    total = 0.0
    for a, b in pairwise(values):
        if len(values) < 6:
            values.append(a * b)
        total += a * b
    return total


def changing(factor):
    def change():
        nonlocal factor
        factor += 1.0

    def inner(*args):
        return factor * args[0]

    return inner, change


TIMES, CHANGE = changing(2.0)


def a_number_that_changes(x: np.ndarray):
    return TIMES(x[0])


REFUSED: list[tuple[Any, ...]] = [
    (pairs_of_rows_and_a_write, X),
    (two_tuples, X),
    (the_largest_of_a_list, X, 3),
    (a_list_that_grows_meanwhile, X),
    (a_number_that_changes, X),
]
