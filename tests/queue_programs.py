"""Programs with deques."""

from __future__ import annotations

import collections
from collections import deque
from typing import Any

import numpy as np

__all__ = ["REFUSED", "RIGHT"]

X = np.array([0.3, 0.5, 0.7, 0.2, 0.9])


def moving_average(x: np.ndarray, width: int):
    recent = deque(maxlen=width)
    out = np.empty(len(x))
    for i, v in enumerate(x):
        recent.append(v)
        out[i] = sum(recent) / len(recent) if recent else v
    return np.sum(out**2)


def to_the_left(x: np.ndarray):
    recent: deque = deque(maxlen=3)
    total = 0.0
    for v in x:
        recent.appendleft(v * v)
        total += recent[0] * recent[-1] * len(recent)
    return total


def filtered(x: np.ndarray, taps: np.ndarray):
    line = collections.deque([0.0] * len(taps), maxlen=len(taps))
    out = 0.0
    for v in x:
        line.appendleft(v)
        out += np.dot(taps, line) ** 2
    return out


def first_in_first_out(x: np.ndarray):
    waiting = deque(x[:2])
    total = 0.0
    for v in x[2:]:
        waiting.append(v)
        a = waiting.popleft()
        b = waiting.pop()
        waiting.append(a * b)
        total += a * b**2
    return total + sum(waiting)


def search(x: float, depth: int):
    queue = deque([(x, 0)])
    total = 0.0
    while queue:
        value, level = queue.popleft()
        total += value
        if level < depth:
            queue.append((value * x, level + 1))
            queue.append((value / 2, level + 1))
    return total


def anew_in_each_trip(x: np.ndarray, n: int):
    total = 0.0
    for k in range(n):
        last = deque([x[k]], maxlen=2)
        for v in x:
            last.append(v * x[k])
        first, second = last
        total += first / second
    return total


def extended(x: np.ndarray):
    queue = deque()
    queue.extend([v for v in x])
    queue += [x[0], x[1]]
    for i in range(len(queue)):
        queue[i] *= 2.0
    return np.prod(np.array(queue)) + max(queue)


def length_of_a_local(x: np.ndarray):
    n = 1
    n += 1
    recent = deque(maxlen=n)
    total = 0.0
    for v in x:
        n = 4
        recent.append(v)
        total += sum(recent) * v * n
    return total


def inside(x: np.ndarray):
    def smooth(values):
        recent = deque(maxlen=2)
        out = []
        for v in values:
            recent.append(v)
            out.append(sum(recent) / len(recent))
        return out

    return sum(v * v for v in smooth(x))


def helper(values, width):
    recent = deque(maxlen=width)
    total = 0.0
    for v in values:
        recent.append(v)
        total = total + max(recent)
    return total


def in_a_helper(x: np.ndarray):
    return helper(x * x, 2) * x[0]


def under_another_name(x: np.ndarray):
    recent = deque(maxlen=2)
    other = recent
    for v in x:
        other.append(v)
    return sum(recent)


def put(queue, v):
    queue.append(v)


def changed_by_a_helper(x: np.ndarray):
    recent = deque(maxlen=2)
    for v in x:
        put(recent, v)
    return sum(recent)


def changed_inside(x: np.ndarray):
    recent = deque(maxlen=2)

    def add(v):
        recent.append(v)

    for v in x:
        add(v)
    return sum(recent)


def turned(x: np.ndarray):
    recent = deque(x)
    recent.rotate(1)
    return recent[0] * recent[-1] ** 2


def too_long_at_first(x: np.ndarray):
    recent = deque(x, maxlen=2)
    return sum(recent)


def extended_beyond(x: np.ndarray):
    recent = deque(maxlen=2)
    recent.extend(x)
    return sum(recent)


def two_lengths(x: np.ndarray, yes: bool):
    if yes:
        recent = deque(maxlen=2)
    else:
        recent = deque(maxlen=3)
    for v in x:
        recent.append(v)
    return sum(recent)


RIGHT: tuple[tuple[Any, ...], ...] = (
    (moving_average, X, 0),
    (moving_average, X, 1),
    (moving_average, X, 2),
    (moving_average, X, 9),
    (to_the_left, X),
    (filtered, X, X[:2]),
    (first_in_first_out, X),
    (search, 0.4, 0),
    (search, 0.4, 3),
    (anew_in_each_trip, X, 0),
    (anew_in_each_trip, X, 2),
    (extended, X),
    (length_of_a_local, X),
    (inside, X),
    (in_a_helper, X),
)
"""Functions and what they are tried with."""

REFUSED: tuple[tuple[Any, ...], ...] = (
    (under_another_name, X),
    (changed_by_a_helper, X),
    (changed_inside, X),
    (turned, X),
    (too_long_at_first, X),
    (extended_beyond, X),
    (two_lengths, X, True),
)
