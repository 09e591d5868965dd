"""Functions whose result is a tuple or a list on one path, and None or a number on another."""

from __future__ import annotations

import numpy as np

X = np.array([0.3, 1.7, -0.4])


def best(x: float, xs: list, w: np.ndarray):
    found = None
    for v in xs:
        if found is None or v * x < found[0]:
            found = (v * x, v * x * w)
    return found


def pair_or_zero(x: float, w: np.ndarray):
    if x > 0.5:
        return x * w, x * x
    return 0.0


def nested_or_number(x: float, w: np.ndarray):
    r = x if x < 0.5 else (x * w, [x * x, w[0]])
    return x, r


def doubled(x, n):
    if n == 0:
        return x
    return (doubled(x * 2, n - 1), x)


def tree(x: float, w: np.ndarray, n: int):
    return doubled(x, n), doubled(x * w, n)


RIGHT = [
    *((best, 0.7, xs, X) for xs in ([0.5, 1.2, -0.3], [2.0])),
    *((f, x, X) for f in (pair_or_zero, nested_or_number) for x in (0.7, 0.3)),
    *((tree, 0.7, X, n) for n in (0, 1, 2)),
]
REFUSED: list[tuple] = []
