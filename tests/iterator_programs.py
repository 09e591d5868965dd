"""Programs that loop over iterators of itertools."""

from __future__ import annotations

from itertools import (
    accumulate,
    chain,
    combinations,
    cycle,
    filterfalse,
    islice,
    pairwise,
    product,
    repeat,
    starmap,
    takewhile,
)
from typing import Any

import numpy as np


def combinations_with_a_break(x: np.ndarray):
    t = 0.0
    for a, b in combinations(x, 2):
        if a * b > 3:
            break
        t += a * b * b
    return t * a


def pairs_as_wholes(x: np.ndarray):
    t = 0.0
    for p in pairwise(x):
        t += p[0] * p[1] ** 2
    else:
        t *= 2
    return t


def pairs_of_what_is_written(x: np.ndarray):
    t = 0.0
    for a, b in pairwise(x):
        x[0] = 5.0
        t += a * b
    return t + np.sum(x)


def pairs_of_what_has_another_name(x: np.ndarray):
    y = x
    t = 0.0
    for a, b in pairwise(y):
        x += 1
        t += a * b
    return t + np.sum(x)


def combinations_rebound(x: np.ndarray):
    t = 0.0
    for a, b in combinations(x, 2):
        a = a * 2
        t += a * b
    return t * a * b


def sums_of_what_is_written(x: np.ndarray):
    t = 1.0
    for s in accumulate(x, lambda u, v: u * 0.5 + v):
        if s < 1:
            continue
        x[1] = 2.0
        t = t * s
    return t * s


def taken_with_an_else(x: np.ndarray):
    out = []
    for v in takewhile(lambda u: u < 2, x):
        out.append(v * v)
    else:
        out.append(x[0])
    return sum(out)


def three_of_them(x: np.ndarray):
    return sum(a * b * c for a, b, c in combinations(x, 3)) + max(
        a * b for a, b in combinations(sorted(x), 2)
    )


def product_of_enumerations(x: np.ndarray):
    t = 0.0
    for (i, a), (j, b) in product(enumerate(x, 1), repeat=2):
        if i == j:
            continue
        t += max(i, j) * a * b * b
    return t


def product_of_an_iterator(x: np.ndarray):
    zs = zip(x, x[1:])
    return sum(a * b[0] * b[1] for a, b in product(x, zs))


def accumulated_from_a_beginning(x: np.ndarray):
    sizes = list(accumulate(range(4), lambda s, _: s * x[0], initial=1.0))
    return sum(sizes)


def interleaved(x: np.ndarray):
    a = list(chain.from_iterable(zip(x, x[::-1])))
    return sum(v * k for k, v in enumerate(a))


def chained_with_an_else(x: np.ndarray):
    t = 0.0
    for v in chain(x, [x[0]], range(2)):
        if v > 2.5:
            break
        t = t * 0.5 + v
    else:
        t = t * 2
    return t


def sums_beside_items(x: np.ndarray):
    return sum(s for s in accumulate(x)) + sum(s * v for s, v in zip(accumulate(x), x))


def slices(x: np.ndarray):
    t = 0.0
    for v in islice(x, 2):
        t += v * v
    for v in islice(x, 1, None, 2):
        t += v
    for v in islice(accumulate(x), 2):
        t += v * v
    return t


def only_sometimes(x: np.ndarray, flag: bool):
    return sum(accumulate(x)) if flag else sum(v for v in takewhile(lambda u: u < 2, x))


def enumerated_pairs(x: np.ndarray):
    t = 0.0
    for k, (a, b) in enumerate(pairwise(x)):
        t += k * a * b
    return t


def cycle_in_a_variable(x: np.ndarray):
    g = cycle([x[0], 2.0])
    return sum(a * b for a, b in zip(g, x))


def of_rows(X: np.ndarray):
    return sum(np.linalg.norm(a - b) for a, b in combinations(X, 2)) + sum(
        np.sum(r * r) for r in chain(X, X[1:])
    )


def a_name_that_is_taken(x: np.ndarray):
    i = 3
    t = sum(a * b for a, b in combinations(x, 2))
    return t * i


def filtered_and_starred(x: np.ndarray):
    t = 0.0
    for v in filterfalse(lambda u: u > 2, x):
        t += v * v
    return t + sum(starmap(lambda u, v: u**v, [(x[0], 2.0), (x[1], 3.0)]))


def repeated_product(x: np.ndarray):
    t = 0.0
    total = 2.0
    for v in repeat(x[0] * x[1], 3):
        total = total + v
        t += v * total
    return t


def counted_pairs(n):
    return zip(range(n), range(1, n + 1), strict=True)


class Grid:
    def __init__(self, n):
        self.n = n

    def cells(self):
        return product(range(self.n), repeat=2)

    def __iter__(self):
        return iter(range(self.n))


def an_iterator_with_a_name(x: np.ndarray):
    steps = iter(range(4))
    t = x[0]
    for k in steps:
        t = t * x[0] + k
        if k == 1:
            break
    for k in steps:
        t = t * x[1] - k
    for k in steps:
        t = t * 100 + k
    return t


def iterators_with_names(x: np.ndarray):
    cells, later = product(range(2), range(2)), enumerate(range(2, 4))
    t = x[0]
    for i, j in cells:
        t = t * x[i] + j
    for i, j in later:
        t = t * x[i] + j
    return t


def two_at_a_time(x: np.ndarray):
    steps = iter([1, 2, 3, 4])
    t = 0.0
    for k in steps:
        t = t * x[0] + k * next(steps)
    return t * x[1]


def iterators_that_are_returned(x: np.ndarray):
    t = x[0]
    for i, j in counted_pairs(2):
        t = t * x[i] + j
    for i, j in Grid(2).cells():
        t = t * x[i] + j
    for i in Grid(2):
        t = t * x[i] + 1
    return t


def iterators_in_a_list(x: np.ndarray):
    t = x[0]
    for steps in [iter(range(2)), iter([0, 1])]:
        for k in steps:
            t = t * x[k] + k
    return t


def joined_strictly(x: np.ndarray):
    t = 1.0
    for k, (a, b) in enumerate(zip(x, reversed(x), strict=True)):
        if a * b > 5.0:
            break
        t = t * a + b * k
    else:
        t *= x[0]
    others = [a * t for _, a in zip(range(len(x)), x, strict=True)]
    return t + sum(a * b for (k, a), b in zip(enumerate(others), x, strict=True) if k != 1)


def joined_as_far_as_the_shorter(x: np.ndarray):
    return sum(a * b for a, b in zip(x, x[1:], strict=False))


X = np.array([1.1, 0.55, 2.3, 3.2, 0.7])
PAIR = np.array([1.2, 0.3])
ONE = np.array([1.5])


def sums_of_what_helpers_give(x: np.ndarray):
    def scaled(function, v):
        return function(v) * function(0.5)

    total = sum(accumulate([x[0], scaled(np.sin, x[-1]), x[0] * x[-1]]))
    return 2.0 * sum(accumulate((total, scaled(np.tanh, x[0])), initial=x[-1]))


def sums_of_what_is_written_meanwhile(x: np.ndarray):
    y = x * 2.0

    def add(v):
        y[0] += v * x[0]
        return v * y[0]

    total = sum(accumulate([add(x[0]), y[0], add(x[-1])]))
    return total * max((add(v) for v in x), default=total) + y[0]


def default_beside_values_of_a_dict(x: np.ndarray):
    parts = {"a": x[0] + 2.0, "b": x[-1] * x[0]}
    t = max((v * x[0] for v in parts.values()), default=0.0)
    return t * min((v for v in parts.values() if v > 100.0), default=t)


def default_that_changes_meanwhile(x: np.ndarray):
    last = x[0]

    def changed(v):
        nonlocal last
        last = last * v
        return last

    return last * max((v for v in x if changed(v) > 100.0), default=last) + last


def _repeated(n, v):
    k = 0
    while True:
        if k >= n:
            return
        yield v
        k += 1


def number_named_as_what_counts_an_iterator(x: np.ndarray):
    for _ in [1, 2]:
        range = x[1] / 2.0
    _unused = sum(islice(_repeated(3, x[-1]), 2))
    return x[0] * range


def variables_named_as_builtins(x: np.ndarray):
    t = sum(a * zip for a, zip in pairwise(x))
    scaled = [[range * len for range in x if range > len] for len in x]
    for list, max in pairwise(x):
        t += list * max**2
    for k, a in enumerate(x):
        t += k * a * sum([sum * 2 for sum in x])
    return t + sum(len(row) * sum(row) for row in scaled)


RATES = [0.5]


def _renewed(v):
    RATES[0] = 0.7
    return v * 2.0


def beginning_that_the_items_change(x: np.ndarray):
    RATES[0] = 0.5
    sizes = list(accumulate([x[0], _renewed(x[1])], initial=RATES[0]))
    return sizes[0] * sizes[1] * sizes[-1]


RIGHT: list[tuple[Any, list[tuple[Any, ...]]]] = [
    (sums_of_what_helpers_give, [(X,), (PAIR,)]),
    (sums_of_what_is_written_meanwhile, [(X,), (PAIR,)]),
    (default_beside_values_of_a_dict, [(X,), (PAIR,)]),
    (joined_strictly, [(X,), (PAIR,), (ONE,)]),
    (joined_as_far_as_the_shorter, [(X,), (PAIR,)]),
    (combinations_with_a_break, [(X,), (PAIR,)]),
    (pairs_as_wholes, [(X,), (PAIR,), (ONE,)]),
    (pairs_of_what_is_written, [(X,), (PAIR,), (ONE,)]),
    (pairs_of_what_has_another_name, [(X,), (PAIR,), (ONE,)]),
    (combinations_rebound, [(X,), (PAIR,)]),
    (sums_of_what_is_written, [(X,), (PAIR,)]),
    (taken_with_an_else, [(X,), (ONE,), (ONE + 3,)]),
    (three_of_them, [(X,)]),
    (product_of_enumerations, [(X,), (PAIR,)]),
    (accumulated_from_a_beginning, [(X,)]),
    (beginning_that_the_items_change, [(X,)]),
    (interleaved, [(X,), (ONE,)]),
    (chained_with_an_else, [(X,), (ONE,)]),
    (sums_beside_items, [(X,), (ONE,)]),
    (slices, [(X,), (PAIR,)]),
    (enumerated_pairs, [(X,), (PAIR,)]),
    (of_rows, [(np.outer(X, PAIR),)]),
    (a_name_that_is_taken, [(X,)]),
    (filtered_and_starred, [(X,)]),
    (repeated_product, [(X,)]),
    (an_iterator_with_a_name, [(X,)]),
    (iterators_with_names, [(X,)]),
    (two_at_a_time, [(X,)]),
    (iterators_that_are_returned, [(X,)]),
    (iterators_in_a_list, [(X,)]),
    (variables_named_as_builtins, [(X,), (X[:1],)]),
    (number_named_as_what_counts_an_iterator, [(X,)]),
]
REFUSED: list[tuple[Any, tuple[Any, ...]]] = [
    (product_of_an_iterator, (X,)),
    (cycle_in_a_variable, (X,)),
    (only_sometimes, (X, True)),
    (default_that_changes_meanwhile, (X,)),
]
BY_EXAMPLE = (
    sums_of_what_is_written_meanwhile,
    sums_of_what_is_written,
    pairs_of_what_is_written,
    pairs_of_what_has_another_name,
)
"""Those whose argument has to be known to be an array."""
