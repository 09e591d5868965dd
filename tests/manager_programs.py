"""Programs with context managers of their own."""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from typing import Any

import numpy as np


@contextmanager
def scaled(a, k):
    a *= k
    yield a
    a /= k


@contextmanager
def restored(values, k=2.0):
    kept = values[0]
    values[0] = kept * k
    try:
        yield
    finally:
        values[0] = kept


@contextmanager
def quiet():
    old = np.seterr(all="ignore")
    try:
        yield
    finally:
        np.seterr(**old)


class Counter:
    def __init__(self, weight):
        self.weight = weight
        self.count = 0

    def __enter__(self):
        self.count += 1
        return self.weight * 2

    def __exit__(self, *error):
        self.weight = self.weight * 3


class Swallowing:
    def __enter__(self):
        return self

    def __exit__(self, *error):
        return True


def writes_and_puts_back(x: np.ndarray):
    y = x * 1.0
    with scaled(y, x[0]) as z:
        total = np.sum(z * z)
    return total * y[1]


def returns_inside(x: np.ndarray):
    y = x * 1.0
    with restored(y, x[1]):
        if y[0] > 1:
            return y[0] * x[2]
        y[1] = y[0]
    return np.sum(y * y)


def two_at_once(x: np.ndarray):
    y, z = x * 1.0, x * x
    with restored(y), scaled(z, 3.0) as w:
        total = np.sum(y * w)
    return total + np.sum(y * z)


def in_a_loop(x: np.ndarray):
    y = x * 1.0
    total = 0.0
    for v in x:
        with restored(y, v):
            total += y[0] * v
    return total


def an_object(x: np.ndarray):
    counter = Counter(x[0])
    with Counter(x[1]) as w:
        total = w * x[2]
    return total * counter.weight


def without_warnings(x: np.ndarray):
    with quiet():
        norm = np.linalg.norm(x)
        if norm > 1:
            x = x / norm
    return np.sum(x * np.array([1.0, 2.0, 3.0]))


def of_a_library(x: np.ndarray):
    with nullcontext(x[0]) as v:
        return v * v


def left_by_a_break(x: np.ndarray):
    y = x * 1.0
    for v in x:
        with restored(y, v):
            if y[0] > 1:
                break
    return y[0]


def gone_on_from(x: np.ndarray):
    y = x * 1.0
    total = 0.0
    for k, v in enumerate(x):
        with restored(y, v):
            if k == 1:
                continue
            for w in y:
                if w > 1:
                    break
                total += w * v
        total += y[0]
    else:
        total *= 2.0
    return total


def under_a_name(x: np.ndarray):
    counter = Counter(x[0])
    total = 0.0
    for v in x:
        with counter as weight:
            total += weight * v
    return total + counter.weight * counter.count


def finally_behind_a_break(x: np.ndarray):
    y = x * 1.0
    total, k = 0.0, 0
    while True:
        k += 1
        try:
            if k > 3:
                break
            if k == 2:
                continue
            total += y[0] * k
        finally:
            y[0] *= x[1]
            total *= 1.1
    return total + y[0]


X = np.array([0.6, 1.7, 0.4])
RIGHT: list[Any] = [writes_and_puts_back, returns_inside, two_at_once, in_a_loop, an_object]
RIGHT += [without_warnings, of_a_library, left_by_a_break, gone_on_from, under_a_name]
RIGHT += [finally_behind_a_break]


def goes_on(x: np.ndarray):
    with Swallowing():
        return x[0] * 2


def of_two_classes(x: np.ndarray):
    counter = Counter(x[0])
    if x[1] > 1:
        counter = Swallowing()
    with counter:
        return x[1] * x[2]


REFUSED = [goes_on, of_two_classes]
