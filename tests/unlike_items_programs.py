"""Lists whose items have unlike shapes: none is taken to be as long as another."""

from __future__ import annotations

import numpy as np

X = np.array([0.3, 1.7, -0.4])
A = np.array([[0.2, 0.5, 1.1], [0.4, -0.3, 0.7], [0.9, 0.8, 0.1]])


def products(x: np.ndarray, a: np.ndarray, s: float):
    zs = [s, x, a]
    t = zs[0] * zs[1]
    return t * zs[2] + zs[1] / (2 + zs[0])


def neighbours(x: np.ndarray, s: float, n: int):
    zs = [s, x]
    for k in range(n):
        zs.append(zs[k] * s)
    t = 0.0
    for k in range(len(zs) - 1):
        t = t + zs[k] * zs[k + 1]
    return t


def in_turn(x: np.ndarray, a: np.ndarray, s: float, n: int):
    zs = [s, x, a]
    t = s
    for k in range(n):
        t = t + zs[k % 3] * zs[(k + 1) % 3]
    return t


def one_and_all(x: np.ndarray, s: float):
    zs = [x[:1] * s, x * s]
    return zs[0] * zs[1] / (1 + zs[0])


def beginnings(x: np.ndarray, s: float):
    zs = []
    for k in range(2):
        zs.append(x[: k + 1] * s)  # noqa: PERF401
    return zs[0] * zs[1] + zs[1] / zs[0]


def grown(x: np.ndarray, s: float, n: int):
    zs = [x * s]
    for k in range(n):
        zs.append(np.sum(zs[-1] * zs[0]) * s)
        zs[-1] = zs[-1] * zs[-2] if k % 2 else zs[-1]
    return zs[0] * zs[-1] + zs[n // 2] * zs[-1]


def given(zs: list, s: float, k: int):
    return zs[k] * zs[1 - k] * s


RIGHT = [
    (products, X, A, 0.7),
    *((neighbours, X, 0.7, n) for n in (0, 1, 3)),
    *((in_turn, X, A, 0.7, n) for n in (0, 1, 4)),
    *((f, X, 0.7) for f in (one_and_all, beginnings)),
    *((grown, X, 0.7, n) for n in (0, 1, 3)),
    *((given, [0.3, X], 0.7, k) for k in (0, 1)),
]
REFUSED: list[tuple] = []
