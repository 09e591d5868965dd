"""Programs in which generators go on beside each other, or beside what is written meanwhile."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import islice
from typing import Any

import numpy as np


def halves(n, v):
    """Numbers that get smaller, by a while loop with steps behind its yield."""
    q, i = v * 1.0, 0
    while i < n:
        yield q
        i += 1
        q *= 0.5


def added(n, v):
    q = v
    for i in range(n):
        q += v * i
        yield q


def elements(n, values):
    q = values[0]
    for i in range(n):
        q += values[i]
        yield q * values[-1]


def stopping(n, values):
    for i in range(n):
        if values[i] > 2.0:
            return
        yield values[i] ** 2


def some(n, values):
    for i in range(n):
        if values[i] > 0.6:
            yield values[i] ** 2


def endless(v):
    while True:
        yield v
        v = v * 0.9


def ends_inside(n, v):
    i = 0
    while True:
        if i >= n:
            return
        yield v * i
        i += 1


def three(x):
    yield x
    yield x * x
    x = x + 1.0
    yield x


def two_in_a_loop(n, v):
    for i in range(n):
        yield v * i
        v = v * 1.1
        yield v


def both(values):
    yield from values
    yield from [1.0, values[0]]


def scaled(values):
    h = values
    for k in range(3):
        h *= 1.0 + 0.1 * k
        yield np.sum(h)


def arrays(values):
    h = values * 1.0
    for k in range(3):
        h *= 1.0 + 0.1 * k
        yield h


def writing_body(x: np.ndarray):
    x = x.copy()
    t = 0.0
    for a, b in zip(elements(3, x), elements(2, x)):
        x[0] *= a
        x[-1] += b
        t += a * b * x[1]
    return t + np.sum(x)


def writing_body_and_halves(x: np.ndarray):
    x = x.copy()
    t = 0.0
    for a, b in zip(halves(4, x[0]), elements(3, x)):
        x[1] *= a
        if t > 2.0:
            continue
        t += a * b
    return t + np.sum(x)


def two_with_tests(x: np.ndarray):
    t = 0.0
    for a, b in zip(halves(3, x[0]), ends_inside(5, x[1])):
        if b > 3.0:
            continue
        t = t * 1.1 + a * b
    return t


def left_early(x: np.ndarray):
    t = 0.0
    for a, b in zip(added(4, x[0]), stopping(3, x)):
        t += a * b
        if t > 9.0:
            break
    return t * x[1]


def returned_early(x: np.ndarray):
    for a, b in zip(added(4, x[0]), halves(4, x[1])):
        if a * b < 1.0:
            return a * b
    return x[2]


def beside_items(x: np.ndarray):
    t = 0.0
    for v, a, k in zip(x, added(4, x[0]), range(7)):
        t += v * a * k
    return t


def beside_what_is_written(x: np.ndarray):
    x = x.copy()
    t = 0.0
    for v, a in zip(x, elements(3, x)):
        x[-1] = v * a
        t += v * a
    return t + np.sum(x)


def as_wholes(x: np.ndarray):
    t = 0.0
    for pair in zip(added(4, x[0]), halves(3, x[1])):
        t += pair[0] * pair[1] ** 2
    return t


def no_trips(x: np.ndarray):
    t = x[0]
    for a, b in zip(added(0, x[0]), halves(3, x[1])):
        t += a * b
    for a, b in zip(added(2, x[0]), halves(0, x[1])):
        t *= a * b
    return t


def summed_products(x: np.ndarray):
    return sum(a * b for a, b in zip(added(4, x[0]), halves(3, x[1]))) * x[2]


def summed_with_a_test(x: np.ndarray):
    a = x[1]
    return sum([a * b for a, b in zip(added(4, x[0]), endless(a)) if a > b]) * a


def sliced(x: np.ndarray):
    return sum(islice(halves(5, x[0]), 3)) * sum(islice(endless(x[1]), 4)) + sum(
        islice(some(3, x), 2)
    )


def sliced_beyond_its_end(x: np.ndarray):
    return sum(islice(added(2, x[0]), 9)) * x[1]


def filtered_beside(x: np.ndarray):
    t = 0.0
    for a, b in zip(some(3, x), added(3, x[0])):
        t += a * b
    return t + sum(u * v for u, v in zip(some(3, x), some(3, x * 2)))


def names_around(x: np.ndarray):
    s = x[0]

    def growing(n):
        for _ in range(n):
            yield s * 2

    t = 0.0
    for a, b in zip(growing(3), added(3, x[1])):
        s = s * b
        t += a
    return t * s


def names_around_in_a_list(x: np.ndarray):
    s = x[0]

    def growing(n):
        for i in range(n):
            if i != 1:
                yield s * 2

    t = 0.0
    for a, b in zip(growing(4), some(3, x)):
        s = s * b
        t += a
    return t * s


def names_that_are_bound(x: np.ndarray):
    a = x[0]

    def reading(n):
        for _ in range(n):
            yield a * 2

    t = 0.0
    for a, b in zip(added(3, x[1]), reading(3)):
        t += a * b
    return t


def in_one_another(x: np.ndarray):
    t = 0.0
    for a, b in zip(added(2, x[0]), halves(2, x[1])):
        for c, d in zip(added(2, a), halves(3, b)):
            t += a * c * d
            if t > 20.0:
                break
    return t


def numbers_said_to_be(x: np.ndarray):
    def falling(step: float, n: int):
        for k in range(n):
            step *= 0.5
            yield step * k

    return max(falling(x[0], 3)) * min(halves(3, x[1])) + x[2]


def continued(x: np.ndarray):
    t = 0.0
    for v in halves(5, x[0]):
        if v > 0.8:
            continue
        t += v * v
    return t


def continued_in_a_filter(x: np.ndarray):
    t = 0.0
    for v in some(3, x):
        for k in range(3):
            if k == 1:
                continue
            t += v * k
        if t > 3.0:
            continue
        t *= 1.5
    return t


def several(x: np.ndarray):
    t = 1.0
    for v in three(x[0]):
        t = t * v
    return t + sum(three(x[1])) + max(three(x[2]))


def several_and_continued(x: np.ndarray):
    t = 1.0
    for v in two_in_a_loop(3, x[0]):
        t += v * x[1]
        if t > 6.0:
            break
    return t + sum(v * v for v in two_in_a_loop(2, x[1]))


def several_around_much(x: np.ndarray):
    t, u, w = 1.0, x[1], 0.0
    for k, v in enumerate(three(x[0])):
        t = t * v
        u = u + t * k
        w = w + u
        if w > 2.0:
            t = t * 0.5
            u = u * 0.5
    return t + u + w


def from_others(x: np.ndarray):
    t = 0.0
    for v in both(x):
        t = t * 0.5 + v * v
    return t + sum(both(x * 2))


def changed_in_place(x: np.ndarray):
    t = 0.0
    for v in scaled(x * 1.0):
        t += v
    return t


def collected_arrays(x: np.ndarray):
    t = np.zeros(3)
    for h in arrays(x):
        t = t + h * x
    return np.sum(t)


def arrays_beside(x: np.ndarray):
    return sum(np.sum(a * b) for a, b in zip(arrays(x), arrays(x)))


def arrays_summed(x: np.ndarray):
    return np.sum(sum(arrays(x)))


def an_argument_that_is_changed(x: np.ndarray):
    x = x * 1.0
    return sum(a * b for a, b in zip(scaled(x), added(3, x[0]))) + x[0]


def an_iterator_beside(x: np.ndarray):
    steps = iter(range(5))
    t = 0.0
    for a, k in zip(halves(2, x[0]), steps):
        t += a * k
    return t * next(steps)


def made_in_a_loop(x: np.ndarray):
    t = 0.0
    for k in range(3):

        def growing(n):
            for i in range(n):
                yield x[k] * i + t  # noqa: B023

        for v in growing(k + 1):
            t += v * x[0]
        t += sum(growing(2))
    return t


def made_in_a_branch(x: np.ndarray):
    t = x[1]
    if x[0] > 1.0:

        def doubled():
            yield t * 2.0
            yield t * x[0]

        t = t + sum(doubled())
    return t


def a_key_of_its_own(x: np.ndarray):
    def distance(v):
        return (v - 1.0) ** 2

    return max(list(halves(3, x[0])), key=distance) * max([x[1], x[2]], key=distance)


def counting_keys(x: np.ndarray):
    t = [0.0]

    def distance(v):
        t[0] += v
        return v * v

    return max(list(halves(3, x[0])), key=distance) * t[0]


def a_manager_made_inside(x: np.ndarray):
    x = x.copy()

    @contextmanager
    def scaled(q):
        x[0] *= q
        yield q * 0.5
        x[-1] += x[0]

    with scaled(x[1]) as r:
        t = r * x[0]
    with scaled(2.0):
        t += np.sum(x)
    return t + x[-1]


def a_manager_made_in_a_loop(x: np.ndarray):
    x = x.copy()
    t = 0.0
    for k in range(3):

        @contextmanager
        def scaled(q):
            x[0] *= q
            try:
                yield k * t  # noqa: B023
            finally:
                x[-1] += x[0] * k  # noqa: B023

        with scaled(x[1]) as r, scaled(1.1) as u:
            t += r * x[0] + u
            if t > 4.0:
                break
            t += x[1]
    return t * x[-1]


def backwards_through_items(x: np.ndarray):
    a, b = tuple(reversed((x[0], x[1])))
    return a * a * b + max(reversed([x[2], a]))


def a_manager_that_binds(x: np.ndarray):
    @contextmanager
    def scaled(q):
        nonlocal x
        x = x * q
        yield q

    with scaled(2.0) as r:
        x = x * r
    return np.sum(x * x)


def a_manager_behind_other_names(x: np.ndarray):
    @contextmanager
    def scaled(q):
        yield q * x[0]

    def inner(x):
        with scaled(x) as r:
            return r * x

    return inner(x[1])


def matched(n, v):
    q = v
    for i in range(n):
        match i:
            case 0:
                q *= v
            case _:
                q += v
        yield q


def by_cases(x: np.ndarray):
    return sum(a * b for a, b in zip(matched(3, x[0]), matched(2, x[1])))


def arrays_by_cases(x: np.ndarray):
    return np.sum(sum(a * b for a, b in zip(matched(3, x * 1.0), matched(2, x * 2.0))))


def bound_before(x: np.ndarray):
    k = x[0]
    return (k := k * 2.0) * sum(endless_twice(k))


def endless_twice(v):
    for _ in range(2):
        yield v
        v = v * 0.9


def bound_before_in_a_closure(x: np.ndarray):
    k = x[0]

    def twice():
        for i in range(2):
            yield k * i

    return (k := x[1]) * sum(twice())


def halved(values):
    values *= 0.5
    return values[0]


def an_argument_that_writes(x: np.ndarray):
    y = x * 1.0
    t = 0.0
    for a, b in zip(y * 2.0, endless_twice(halved(y))):
        t += a * b
    return t


X = np.array([1.1, 0.55, 2.3])
Y = np.array([0.4, 2.55, 0.7])
_GIVEN = [(X,), (Y,), (X[::-1].copy(),)]
RIGHT: list[tuple[Any, list[tuple[Any, ...]]]] = [
    (f, _GIVEN)
    for f in (
        *(writing_body, writing_body_and_halves, two_with_tests, left_early, returned_early),
        *(beside_items, beside_what_is_written, as_wholes, no_trips, summed_products),
        *(summed_with_a_test, sliced, sliced_beyond_its_end, filtered_beside, names_around),
        *(in_one_another, numbers_said_to_be, continued, continued_in_a_filter, several),
        *(several_and_continued, several_around_much, from_others, changed_in_place),
        *(collected_arrays, made_in_a_loop, made_in_a_branch, a_key_of_its_own),
        *(a_manager_made_inside, a_manager_made_in_a_loop, backwards_through_items),
        by_cases,
    )
]
REFUSED = [names_around_in_a_list, names_that_are_bound, arrays_beside, arrays_summed]
REFUSED += [an_argument_that_is_changed, an_iterator_beside, counting_keys]
REFUSED += [arrays_by_cases, bound_before, bound_before_in_a_closure, an_argument_that_writes]
REFUSED += [a_manager_that_binds, a_manager_behind_other_names]
