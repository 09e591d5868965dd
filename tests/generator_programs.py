"""Programs that loop over generators."""

from __future__ import annotations

from itertools import islice
from typing import Any

import numpy as np


def powers(x, n, first=1.0):
    """Some powers."""
    v = first
    for _ in range(n):
        yield v
        v = v * x


def running(values):
    total = 0.0
    for v in values:
        total += v
        yield total


def pairs(values):
    previous = values[0]
    for v in values[1:]:
        yield previous, v
        previous = v


def recurrence(a, b, c):
    while True:
        yield a
        a, b = b, c * b + a


def until(values, limit):
    for v in values:
        if v > limit:
            return
        yield v * v


def both(values):
    yield from values
    yield from [1.0, 2.0]


def relayed(values):
    total = values[0]
    yield from values[1:]
    total = total * 2


def three(x):
    yield x
    yield x * x
    yield 2.0


def once(x):
    yield x * x


def plain(x: np.ndarray):
    total = 1.0
    for v in powers(x[0], 4):
        total = total * x[1] + v
    return total


def with_a_break(x: np.ndarray):
    total = 0.0
    for v in powers(x[0], 10, first=x[1]):
        if v > 20:
            break
        total += v
    return total * v


def with_a_return(x: np.ndarray):
    for s in running(x):
        if s > 1.55:
            return s * x[0]
    return x[1]


def with_a_continue(x: np.ndarray):
    total = 0.0
    for s in running(x):
        if s < 1.0:
            continue
        total += s * s
    return total


def continue_before_a_step(x: np.ndarray):
    total = 0.0
    for v in powers(x[0], 4):
        if v > 2:
            continue
        total += v * v
    return total


def names_of_its_own(x: np.ndarray):
    v = x[0]
    total = x[1]
    for s in running(x):
        total = total * 0.5 + s * v
    return total * v


def used_up(x: np.ndarray):
    return sum(running(x)) * max(powers(x[0], 3)) + sum(a * b for a, b in pairs(x))


def in_a_list(x: np.ndarray):
    sums = list(running(x))
    return sums[0] * sums[-1]


def endless_beside(x: np.ndarray):
    return sum(v * f for v, f in zip(x, recurrence(1.0, x[0], 0.5)))


def endless_in_a_loop(x: np.ndarray):
    total = 0.0
    for f, v in zip(recurrence(x[1], 1.0, x[0]), x):
        if v > 1:
            continue
        total += f * v
    return total


def nth(x: np.ndarray, n: int):
    def outputs():
        a, b = 0.0, 1.0
        while True:
            yield a
            a, b = b, x[0] * b + a

    return next(islice(outputs(), n, None))


def numbered(x: np.ndarray):
    total = 0.0
    for k, s in enumerate(running(x), 1):
        total += k * s
    return total


def ended_by_a_return(x: np.ndarray):
    total = 0.0
    for v in until(x, 1.0):
        total += v
    return total + x[0]


def from_another(x: np.ndarray):
    total = 0.0
    for v in both(x):
        total = total * 0.5 + v * v
    return total


def from_another_one(x: np.ndarray):
    total = 0.0
    for v in relayed(x):
        total = total * 0.5 + v * v
    return total


def nested(x: np.ndarray):
    total = 0.0
    for a in running(x):
        for b in powers(a, 3):
            total += a * b
    return total


def sees_what_is_written(x: np.ndarray):
    y = x * 1.0
    total = 0.0
    for s in running(y):
        y[2] = s
        total += s
    return total


def captured_and_rebound(x: np.ndarray):
    scale = x[0]

    def scaled():
        for v in x:
            yield v * scale

    total = 0.0
    for v in scaled():
        scale = v
        total += v
    return total


def of_one(x: np.ndarray):
    total = 0.0
    for v in once(x[0]):
        total += v * x[1]
    return total


def several_beside(x: np.ndarray):
    total = 0.0
    for s, (k, v) in zip(running(x), enumerate(x)):
        total += s * v * k
    return total + sum(a * b for a, b in zip(running(x), powers(x[1], 2)))


def said_to_be_a_number(x: np.ndarray):
    def falling(step: float, n: int):
        for k in range(n):
            step *= 0.5
            yield step * k

    return sum(v * w for v, w in zip(x, falling(x[0], 3)))


X = np.array([0.6, 1.7, 0.4])
Y = np.array([1.3, 0.2, 2.5])
RIGHT: list[tuple[Any, list[tuple[Any, ...]]]] = [
    (f, [(X,), (Y,)])
    for f in (plain, with_a_break, with_a_return, with_a_continue, names_of_its_own, used_up)
]
RIGHT += [
    (f, [(X,), (Y,)])
    for f in (in_a_list, endless_beside, endless_in_a_loop, numbered, ended_by_a_return, from_another_one, nested)
]
RIGHT += [(nth, [(X, n) for n in (0, 1, 5)]), (of_one, [(X,)])]
RIGHT += [(captured_and_rebound, [(X,), (Y,)]), (several_beside, [(X,), (Y,)]), (said_to_be_a_number, [(X,)]), (sees_what_is_written, [(X,)])]


def halves(value):
    q = value * 2.0
    while True:
        yield q
        q *= 0.5


def above(values, low):
    for v in values:
        if v > low:
            yield v * low
        if v < 0.3:
            return


def first_of_it(x: np.ndarray):
    return next(halves(x[0])) * x[1] + x[2] * next(halves(np.sum(x)))


def first_in_branches(x: np.ndarray):
    def signed(v):
        if v > 1.0:
            yield v * x[0]
        else:
            yield x[0] - v
        yield 0.0

    t = next(signed(x[0])) if x[1] > 1.0 else next(signed(x[2])) ** 2
    return t * max(next(signed(v)) for v in x)


def first_or_a_default(x: np.ndarray):
    found = next(above(x * 2.0, 3.0), None)
    t = x[0] if found is None else found * x[1]
    return t * next(above(x, 9.0), x[2]) * next(above(x, 0.5), t)


def first_in_a_loop(x: np.ndarray):
    t = 1.0
    for k in range(len(x)):

        def steps():
            q = t * x[k]
            while True:
                yield q + k
                q *= 0.5

        t += next(steps()) * x[0]
    return t


def first_of_one_that_counts(x: np.ndarray):
    count = 0

    def steps(v):
        nonlocal count
        count += 1
        yield v * count
        count += 10

    return next(steps(x[0])) + next(steps(x[1])) * count


def first_that_is_changed_later(x: np.ndarray):
    def rows(y, p=2.0):
        y = y * p
        while True:
            yield y
            y *= 0.5

    a = next(rows(x, p=x[0]))
    b = next(rows(a))
    b[0] = x[1]
    return np.sum(a * b)


def first_of_one_that_asks_another(x: np.ndarray):
    def outer(v):
        q = next(halves(v)) * v
        while True:
            yield q
            q *= 0.5

    return next(outer(x[0])) * next(outer(x[1]))


def first_of_one_that_may_have_none(x: np.ndarray):
    return next(above(x, 0.5)) * x[1]


def first_of_one_that_asks_itself(x: np.ndarray):
    def falling(v, n):
        yield v if n == 0 else next(falling(v * x[0], n - 1))

    return next(falling(x[1], 3))


def several_yields(x: np.ndarray):
    return sum(three(x[0])) * x[1]


def kept_for_later(x: np.ndarray):
    sums = running(x)
    first = next(sums)
    return first * next(sums)


def without_an_end(x: np.ndarray):
    return sum(recurrence(1.0, x[0], 0.5))


def writing(x: np.ndarray):
    for k in range(len(x)):
        x[k] *= 0.5
        yield x[k]
        yield k


def written_by_nobody_known(x: np.ndarray):
    y = x * 1.0
    for _ in writing(y):
        pass
    return y[0] * x[1]


REFUSED = [kept_for_later, without_an_end, first_of_one_that_may_have_none, first_of_one_that_asks_itself]
RIGHT += [
    (f, [(X,), (np.array([0.4, 2.55, 0.7]),)])
    for f in (written_by_nobody_known, continue_before_a_step, several_yields, from_another)
]
RIGHT += [
    (f, [(X,), (Y,)])
    for f in (first_of_it, first_in_branches, first_or_a_default, first_in_a_loop, first_of_one_that_counts)
]
RIGHT += [(first_that_is_changed_later, [(X,), (Y,)]), (first_of_one_that_asks_another, [(X,), (Y,)])]
