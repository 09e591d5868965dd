"""Programs whose loops begin anew in each trip what the backward half needs, or go on with what the last trip left."""

from __future__ import annotations

from typing import Any

import numpy as np

__all__ = ["REFUSED", "RIGHT"]

X = np.array([0.3, 0.5, 0.7, -0.2])


def sums_of_rows(x: np.ndarray, s: float, n: int):
    a = np.outer(x, x) + s
    out = np.zeros(n)
    for i in range(n):
        total = 0.0
        for j in range(len(x)):
            total = total + a[i, j] * x[j] * np.sin(total)
        out[i] = total * total
    return out


def weights_in_a_window(x: np.ndarray, s: float, n: int):
    out = np.zeros_like(x)
    for i in range(len(x)):
        total, norm = 0.0, 0.0
        for step in (-1, 0, 1):
            if 0 <= i + step < n:
                weight = np.exp(-(step * step) / (2 * s * s))
                total += weight * x[i + step]
                norm += weight
        if norm > 0:
            out[i] = total / norm
    return out


def both_in_a_while_loop(x: np.ndarray, s: float, n: int):
    r = 0.0
    for k in range(n + 1):
        p, q, i = s, 0.0, 0
        while i < k and p < 50:
            p, q = p * x[i % 4] + 1, q + p
            i += 1
        r += np.sin(p * q)
    return r


def one_that_goes_on(x: np.ndarray, s: float, n: int):
    best, r = s, 0.0
    for i in range(n):
        if x[i % 4] > 0.4:
            best = x[i % 4] * best
        part = 1.0
        for _ in range(i):
            part = part * best
        r += part * part
    return r * best


def in_some_trips_only(x: np.ndarray, s: float, n: int):
    r = 0.0
    for i in range(n):
        if i % 2 == 0:
            part = s
            for j in range(3):
                part = part * x[j] + part
        r += part * part
    return r


def read_behind_the_loop(x: np.ndarray, s: float, n: int):
    r, part = 0.0, x[3]
    for i in range(n - 1):
        part = s
        for j in range(i):
            part = part * x[j] + part
        r += part * part
    return r * part * part


def another_value_between_the_loops(x: np.ndarray, s: float, n: int):
    r = 0.0
    for k in range(n):
        part = x[k % 4]
        r += part * part
        for i in range(k):
            part = s
            for j in range(i):
                part = part * x[j] + part
            r += np.sin(part * part)
        r = r * part
    return r


def arrays_begun_anew(x: np.ndarray, s: float, n: int):
    out = x * s
    for i in range(n):
        row = out * x[i % 4]
        for j in range(1, len(x)):
            row[j] = row[j] * row[j - 1]
        out = row * row + out
    return out


def left_early(x: np.ndarray, s: float, n: int):
    r = 0.0
    for i in range(n):
        part = s
        for j in range(4):
            part = part * x[j] + 1
            if part > 1.5:
                break
        if i > 2:
            break
        r += part * part
    return r


def numbers_written_out(x: np.ndarray, s: float, n: int):
    r = 0.0
    for i in (3, -1, 0):
        for factor in (1.0, -2.0, 0.5):
            if i * factor > -2 and n > 1:
                part = x[i] * factor * s
                r = np.sin(r + part)
    for i in (0, 2):
        r = r * x[i]
    return r


def numbers_that_stay(x: np.ndarray, s: float, n: int):
    i, r = 1, 0.0
    for _ in range(n):
        r += x[i] * s * r + x[i]
        for i in (2, 0, 3):
            r = r * x[i]
    return r * x[i]


RIGHT: tuple[tuple[Any, ...], ...] = tuple(
    (function, X, 0.6, n)
    for function in (
        sums_of_rows,
        weights_in_a_window,
        both_in_a_while_loop,
        one_that_goes_on,
        in_some_trips_only,
        read_behind_the_loop,
        another_value_between_the_loops,
        arrays_begun_anew,
        left_early,
        numbers_written_out,
        numbers_that_stay,
    )
    for n in (1, 2, 4)
)
"""Functions and what they are tried with."""

REFUSED: tuple[tuple[Any, ...], ...] = ()
