"""Programs that fill sets in loops."""

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


RIGHT: list[tuple[Any, ...]] = [
    (until_it_is_seen, X, 0),
    (until_it_is_seen, X, 3),
    (unless_it_is_seen, X, 3),
    (under_two_names, X, 0),
    (under_two_names, X, 3),
]

REFUSED: list[tuple[Any, ...]] = []
