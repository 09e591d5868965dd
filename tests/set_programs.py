"""Programs that fill sets in loops, and that copy and join them."""

from __future__ import annotations

from typing import Any

import numpy as np

__all__ = ["REFUSED", "RIGHT"]

X = np.array([0.3, 0.9, -0.4, 0.5, 0.7])


def until_it_is_seen(x: np.ndarray, n: int):
    total = x[4]
    for k in range(n):
        seen = set()
        for j in (k, 1, 0, 2, 1):
            if j in seen:
                break
            seen.add(j)
            total += np.sin(total) * x[j]
    return total


def unless_it_is_seen(x: np.ndarray, n: int):
    total, count = 0.0, 0
    for k in range(n):
        seen = {k + 5}
        for j in (k, 1, 0, 2, 1):
            if j in seen:
                continue
            seen.add(j)
            total += (total + x[j]) * x[k]
        count += len(seen)
    return total * count


def under_two_names(x: np.ndarray, n: int):
    total = x[4]
    for k in range(n):
        seen = set()
        other = seen
        for j in (0, 1, 0, k):
            other.add(j)
            total += x[j] * total * len(seen)
            if 2 in seen:
                break
    return total


def copied(x: np.ndarray, n: int):
    seen = {0, 1, n}
    seen = seen.copy()
    seen.add(8)
    seen.discard(0)
    return x[0] * x[1] * len(seen)


def arrays_are_no_sets(x: np.ndarray, n: int):
    seen = {0, 1}

    def changed(seen):
        first = seen.copy()
        first[0] = x[1]
        return np.sum(first * seen)

    return changed(x) * len(seen.copy())


def joined_and_counted(x: np.ndarray, n: int):
    return len({x[0]} | {x[1], x[n]}) * x[0] ** 2


def masks(x: np.ndarray, n: int):
    mask = (x > 0.4) | (x < 0)
    mask &= x < 0.8
    return np.sum(x[mask] ** 2) * ((n | 2) ^ 1)


def joined(x: np.ndarray, n: int):
    total = x[0]
    for v in sorted({n} | {x[1]}):
        total = total * v
    return total


def joined_in_place(x: np.ndarray, n: int):
    seen = {1, n}
    seen |= {x[1]}
    return max(seen) * x[0]


def in_common(x: np.ndarray, n: int):
    def both(one, other):
        return one & other

    total = x[0]
    for v in both({x[1], x[2]}, {x[1], 9.0}):
        total = total * v
    return total


def copied_and_joined(x: np.ndarray, n: int):
    seen = {x[1]}
    return sum(sorted(seen.copy() ^ {n})) * x[0]


def in_its_own_order(x: np.ndarray, n: int):
    """Not in that of the display. Where hashes meet, as in {10, 2}, Python defines no order at all."""
    total = x[0]
    places = {5, 3, 1, 0}
    for k in places:
        total = total * 2 + k * x[1]
    others = {7, 2, 1, n + 1}
    for k in others:
        total = total * 0.5 + k * x[2]
    return total


RIGHT: list[tuple[Any, ...]] = [
    (in_its_own_order, X, 3),
    (until_it_is_seen, X, 0),
    (until_it_is_seen, X, 3),
    (unless_it_is_seen, X, 3),
    (under_two_names, X, 0),
    (under_two_names, X, 3),
    (copied, X, 3),
    (arrays_are_no_sets, X, 3),
    (joined_and_counted, X, 3),
    (masks, X, 3),
]

REFUSED: list[tuple[Any, ...]] = [
    (joined, X, 3),
    (joined_in_place, X, 3),
    (in_common, X, 3),
    (copied_and_joined, X, 3),
]
