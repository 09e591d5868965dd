"""Programs that choose and sort by a key."""

from __future__ import annotations

import functools
import itertools
from typing import Any

import numpy as np


def ties_take_the_first(x: np.ndarray):
    pairs = [(x[0], 1), (x[1], 2), (x[2], 2)]
    value, k = max(pairs, key=lambda p: p[1])
    return value * value * k


def ties_stay_in_order(x: np.ndarray):
    a = sorted([x[0], x[1], x[2]], key=lambda v: int(v > 1))
    b = sorted([x[0], x[1], x[2]], key=lambda v: int(v > 1), reverse=True)
    return a[0] * a[1] ** 2 * a[2] ** 3 + b[0] * b[1] ** 2 * b[2] ** 3


def distance(v):
    return (v - 0.9) ** 2


def by_a_helper(x: np.ndarray):
    nearest = min(x, key=distance)
    return nearest * sum(sorted(x, key=distance)[:2])


def by_a_closure(x: np.ndarray):
    middle = np.mean(x)

    def away(v):
        return abs(v - middle)

    far = x[0]
    for _ in range(2):
        far = far * max(x, key=away)
    return far


def in_a_test(x: np.ndarray):
    if max(x, key=abs) > 1:
        return x[0] * max(x, key=abs)
    return x[1]


TABLE = {2: 1.0, 1: 4.0, 0: 7.0}


def keys_of_a_dict(x: np.ndarray):
    """What is sorted, or gone through, is the keys: at the places 0, 1, 2 the dict has something else."""
    weights = {2: 1.0, 1: 4.0, 0: 7.0}
    first = sorted(weights, key=lambda k: -k)[0]
    total = sum(k * v for k, v in itertools.zip_longest(weights, x, fillvalue=2.0))
    return first * x[1] * total


def keys_of_a_dict_of_the_module(x: np.ndarray):
    total = sum(k * v for k, v in zip(itertools.cycle(TABLE), x))  # noqa: B905
    pairs = sum(a * b * x[1] for a, b in itertools.pairwise(TABLE))
    return total * pairs * sorted(TABLE, key=lambda k: -k)[0] * max(TABLE, key=lambda k: -k + 1)


def key_of_the_largest(x: np.ndarray):
    weights = {"a": x[0], "b": x[1] * x[2]}
    name = max(weights, key=lambda k: weights[k] ** 2)
    return weights[name] * x[0]


def keys_of_sets(x: np.ndarray):
    places = {0, 2}
    nearest = min(places | {1}, key=lambda k: (k - 1.2) ** 2)
    return x[nearest] * functools.reduce(lambda a, b: a + b * x[0], {1, 2})


def of_rows(x: np.ndarray):
    rows = np.outer(x, np.array([1.0, -2.0]))
    longest = max(rows, key=np.linalg.norm)
    return np.sum(longest**2) + sorted(rows, key=lambda r: r[0])[0][1]


def of_one(x: np.ndarray):
    return max(x[:1], key=abs) * x[1]


def changed_afterwards(x: np.ndarray):
    values = [x[0], x[1], x[2]]
    best = max(values, key=abs)
    values[2] = best * 2
    return best * values[2]


def by_a_lambda_with_a_name(x: np.ndarray):
    scale = x[2] * 2.0
    gain = lambda v: v * scale  # noqa: E731
    highest = max([x[0] * x[1], x[1], scale], key=gain)
    return min([x[0], x[2] * x[2]], key=gain) * highest


def by_what_takes_more(x: np.ndarray):
    def gain(v, *rest, **options):
        return v * options.get("scale", -2.0) + sum(rest)

    highest = max([x[0] * x[1], x[1].sum(), x[2]], key=gain)
    return max((x[0] * highest, x[1], highest), key=gain) * x[2] + highest


def by_what_counts(x: np.ndarray):
    weight = x[2]

    def gain(v):
        nonlocal weight
        weight = weight * v * 1.5
        return v * v

    highest = max([x[0], x[1], weight], key=gain) * weight
    return highest * weight


def by_what_writes(x: np.ndarray):
    y = x * x

    def gain(v):
        y[1] *= v
        return -v

    lowest = max([y[0] * 2.0, y[1] * x[0], y[2] + 1.0], key=gain) * y[1]
    return np.sum(lowest * y)


def key_of_the_least_in_a_loop(x: np.ndarray):
    total = x[0]
    for k in range(4):
        parts = {"a": x[1] * total, "b": x[2] * k}
        least = min(parts, key=parts.get)
        if parts["a"] > 1.0:
            continue
        parts["a"] = parts[least] * total + x[1]
        total = total * x[1] + parts[max(parts, key=parts.get)] * 0.5
        if total > 2.0:
            break
    return total * x[2]


def only_sometimes(x: np.ndarray, flag: bool):
    return max(x, key=abs) if flag else x[0]


def with_a_default(x: np.ndarray):
    return max(x, key=abs, default=1.0)


def the_keys_of_a_dict(x: np.ndarray):
    weights = {"b": x[0] * x[1], "a": x[1], "c": x[2]}
    out = x[0]
    for k in sorted(weights, key=lambda k: weights[k]):
        out = out * x[2] + weights[k]
    return out * weights[max(weights, key=lambda k: weights[k] ** 2)]


def keys_that_are_numbers(x: np.ndarray):
    parts = {0: x[0], 1: x[1], 2: x[2]}
    out = x[0]
    for k in sorted(parts, key=lambda k: -k):
        out = out * x[1] + k
    return out * (1 + max(parts, key=lambda k: -k)) + min(parts, key=lambda k: -k) * x[2]


def by_a_lambda_that_is_named(x: np.ndarray):
    total = x[0]
    farther = lambda v: (v - total) ** 2  # noqa: E731
    for k, v in enumerate(sorted(x, key=farther), 1):
        total = total * v + k
    return total


X = np.array([0.5, -1.5, 0.7])
RIGHT: list[Any] = [ties_take_the_first, ties_stay_in_order, by_a_helper, by_a_closure, in_a_test]
RIGHT += [of_rows, of_one, changed_afterwards, with_a_default]
RIGHT += [by_a_lambda_with_a_name, by_what_takes_more, by_what_counts, by_what_writes]
RIGHT += [the_keys_of_a_dict, keys_that_are_numbers]
RIGHT += [keys_of_a_dict, keys_of_a_dict_of_the_module, key_of_the_largest, keys_of_sets]
RIGHT += [key_of_the_least_in_a_loop, by_a_lambda_that_is_named]
REFUSED: list[tuple[Any, tuple[Any, ...]]] = [(only_sometimes, (X, True))]
