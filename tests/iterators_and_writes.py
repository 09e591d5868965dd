"""Programs in which names are bound again, or something is written, while an iterator of itertools goes on."""

from __future__ import annotations

import itertools
from contextlib import contextmanager
from typing import Any

import numpy as np


@contextmanager
def doubled(values: np.ndarray):
    values *= 2.0
    yield values[0]
    values[0] += 1.0


def cycle_bound_again(x: np.ndarray, y: np.ndarray):
    t = 0.0
    for a, b in zip(x, itertools.cycle(y)):
        t += a * b
        y = y * 2
    return t + np.sum(y)


def longest_bound_again(x: np.ndarray, y: np.ndarray):
    t, k = 0.0, 0.5
    for a, b in itertools.zip_longest(x, y, fillvalue=k):
        t += a * b
        y = y * 2
        k = k * t
    return t + np.sum(y) * k


def product_bound_again(x: np.ndarray, y: np.ndarray):
    t = 0.0
    for u, v in itertools.product(x, y):
        t += u * v
        x = x * 2
        y = y * 3
    return t + x[0] * y[0]


def combinations_bound_again(x: np.ndarray, y: np.ndarray):
    t = 0.0
    for u, v in itertools.combinations(x, 2):
        t += u * v * y[0]
        x = x * 2
    return t


def numbers_bound_again(x: np.ndarray, y: np.ndarray):
    t, k = 0.0, y[0]
    for u, v, w in zip(x, itertools.repeat(k), itertools.count(k, y[1])):
        t += u * v * w
        k = k * 2
        y = y + k
    return t


def repeated_bound_again(x: np.ndarray, y: np.ndarray):
    t, k = 0.0, x[0]
    for u in itertools.repeat(k, 3):
        t += u * k
        k = k * y[0]
    return t


def target_is_what_is_read(x: np.ndarray, y: np.ndarray):
    t = 0.0
    for x, y in zip(x, itertools.cycle(y)):  # noqa: B020, PLR1704
        t = t + x * y
    return t * x * y


def product_and_writes(x: np.ndarray, y: np.ndarray):
    x, y = x.copy(), y.copy()
    t = 0.0
    for u, v in itertools.product(x, y):
        x[-1] += u * v
        y *= 0.5
        t += u * v * x[-1]
    return t + np.sum(x) + np.sum(y)


def product_of_a_list_that_is_written(x: np.ndarray, y: np.ndarray):
    xs = list(x)
    t = 0.0
    for a, b in itertools.product(xs, xs):
        xs[0] = 2.0 * y[0]
        t += a * b
    return t + xs[0]


def permutations_and_writes(x: np.ndarray, y: np.ndarray):
    x = x.copy()
    t = 0.0
    for u, v in itertools.permutations([x[0], x[-1], y[0]], 2):
        x[0] = u * v
        t += x[0] * u
        if t > 4.0:
            break
    return t + x[0]


def cycle_and_writes(x: np.ndarray, y: np.ndarray):
    x = x.copy()
    t = 0.0
    for u, v in zip(itertools.cycle([x[0], y[0]]), x):
        if v > 3.0:
            continue
        x[-1] += u * v
        t += x[-1] * v
    return t + x[-1]


def longest_and_writes(x: np.ndarray, y: np.ndarray):
    x = x.copy()
    t = 0.0
    for u, v in itertools.zip_longest([x[0], x[-1] * y[0]], [y[1], x[0], 2.0], fillvalue=0.5):
        x[0] *= u * v
        t += x[0] * u
    return t + x[0]


def pairs_and_writes(x: np.ndarray, y: np.ndarray):
    x = x.copy()
    t = 1.0
    for u, v in itertools.pairwise([x[0], x[-1], y[0]]):
        x[0] += u * v
        t *= x[0]
    return t


def left_in_a_block(x: np.ndarray, y: np.ndarray):
    t = 0.0
    for u, v in itertools.combinations(x, 2):
        with doubled(y * 1.0) as w:
            t += u * v * w
            if t > 2.0:
                break
    return t


def chained_parts_and_writes(x: np.ndarray, y: np.ndarray):
    x = x.copy()
    t = 0.0
    for v in itertools.chain.from_iterable([x, y]):
        x[-1] += v * v
        t += x[0] * v
    return t + x[-1]


def bound_in_a_comprehension(x: np.ndarray, y: np.ndarray):
    return sum([(y := y * 2.0)[0] * a * b for a, b in zip(x, itertools.cycle(y))])


def pairs_of_an_array_that_is_written(x: np.ndarray, y: np.ndarray):
    x = x.copy()
    t = 0.0
    for u, v in itertools.pairwise(x):
        x[1] = 5.0 * y[0]
        t += u * v
    return t


def cycle_of_an_array_that_is_written(x: np.ndarray, y: np.ndarray):
    y = y.copy()
    t = 0.0
    for u, v in zip(x, itertools.cycle(y)):
        y[0] *= 2.0
        t += u * v
    return t


X = np.array([1.1, 0.55, 2.3, 3.2, 0.7])
PAIR = np.array([1.2, 0.3])
_GIVEN = [(X, PAIR), (PAIR, X), (X[:1], PAIR)]
RIGHT: list[tuple[Any, list[tuple[Any, ...]]]] = [
    (cycle_bound_again, _GIVEN),
    (longest_bound_again, _GIVEN),
    (product_bound_again, _GIVEN),
    (combinations_bound_again, _GIVEN),
    (numbers_bound_again, _GIVEN),
    (repeated_bound_again, _GIVEN),
    (target_is_what_is_read, _GIVEN),
    (product_and_writes, _GIVEN),
    (product_of_a_list_that_is_written, _GIVEN),
    (permutations_and_writes, _GIVEN),
    (cycle_and_writes, _GIVEN),
    (longest_and_writes, _GIVEN),
    (pairs_and_writes, _GIVEN),
    (pairs_of_an_array_that_is_written, _GIVEN),
    (left_in_a_block, _GIVEN),
    (chained_parts_and_writes, _GIVEN),
]
REFUSED = [
    bound_in_a_comprehension,
    cycle_of_an_array_that_is_written,
]
