"""Programs with tests of several parts, each of which is asked only after those before it."""

from __future__ import annotations

from typing import Any

import numpy as np

__all__ = ["REFUSED", "RIGHT"]

X = np.array([0.3, 0.5, 0.7, -0.2])
LIMIT = 3


def neighbours(x: np.ndarray, s: float, n: int):
    out = np.zeros_like(x)
    for i in range(len(x)):
        for step in (-n, n):
            if 0 <= i + step < len(x) and step != 2:
                out[i] += x[i + step] * s
    return out


def divided_only_where_it_may_be(x: np.ndarray, s: float, n: int):
    total = 0.0
    for i in range(-2, n):
        if i != 0 and 1.0 / i < 0.7 and n % i == 0:
            total += s * x[i]
    return total


def any_of_three(x: np.ndarray, s: float, n: int):
    total = s
    for i in range(n):
        if i == 0 or x[0] * i > 0.7 or not i < LIMIT:
            total = total * x[i % 4] + s
        total = total * 0.5
    return total


def both_kinds(x: np.ndarray, s: float, n: int):
    total = 0.0
    for i in range(n):
        if (i < 1 or i > 2) and (n - i > 1 or s < 0):
            total = np.sin(total + x[i % 4])
            continue
        total = total * s
    return total


def what_is_tested_changes(x: np.ndarray, s: float, n: int):
    count, total = 0, s
    for i in range(n):
        if count < 2 and i + count > 0:
            count += 1
            total = total * x[i % 4]
        elif count >= 2 or total > 5:
            total = total + x[0] * x[1]
    return total


def a_list_that_grows(x: np.ndarray, s: float, n: int):
    kept = [s]
    for i in range(n):
        if len(kept) < 3 and i % 2 == 0:
            kept.append(kept[-1] * x[i % 4])
        if 1 < len(kept) <= 3:
            kept[0] = kept[0] * x[1]
    return sum(kept)


def name_of_a_test(x: np.ndarray, s: float, n: int):
    total = 0.0
    for i in range(n):
        inside = 0 < i < 3
        if inside and i != n - 1:
            total += x[i] ** 2
        if inside or total > 2:
            total = total * s
    return total


def last_trip_s_test(x: np.ndarray, s: float, n: int):
    before, total = False, 0.0
    for i in range(n):
        if before and i > 1:
            total += x[i % 4] * s
        before = i > 0 and i + 1 < n
    return total if before else total * s


def while_an_element_is_small(x: np.ndarray, s: float, n: int):
    k, y = 0, np.sort(x)
    while k < len(y) and y[k] < 0.1 * n:
        y[k] = y[k] * s
        k += 1
        if k > 1 and y[k - 1] > y[k - 2]:
            y[0] = y[0] * y[k - 1]
    return y


def while_both(x: np.ndarray, s: float, n: int):
    k = 0
    while k < n and s * k < 1.5:
        s = s * (1.0 + x[k % 4] ** 2)
        k += 1
    return s


def one_that_may_be_missing(x: np.ndarray, s: float, n: int):
    best, total = None, 0.0
    for i in range(n):
        if best is None or x[i % 4] * i > best + 1:
            best = i
        if best is not None and best + 1 > i:
            total += s * x[best % 4]
    return total


def texts_and_numbers(x: np.ndarray, s: float, n: int):
    total = 0.0
    for name, factor in (("a", 1.0), ("b", 2.0), ("c", 3.0)):
        if name != "b" and factor * n > 2:
            total += factor * s * x[0]
        elif name == "b" or factor < 0:
            total = total * x[1]
    return total


def elements_of_an_array(x: np.ndarray, s: float, n: int):
    total = 0.0
    for i in range(n):
        a, b = x[i % 4], x[(i + 1) % 4]
        if a < b < 0.6 or (a > 0.6 and b * s < 0):
            total += a * b
    return total


def array_of_one_item(x: np.ndarray, s: float, n: int):
    y = x[:1] * s
    ok = (y > 0 or y < -1) and n > 1
    if y * n > 0.3 and x[:1] < n:
        y = y * x[1]
    return y * ok


RIGHT: tuple[tuple[Any, ...], ...] = tuple(
    (function, X, 0.6, n)
    for function in (
        neighbours,
        divided_only_where_it_may_be,
        any_of_three,
        both_kinds,
        what_is_tested_changes,
        a_list_that_grows,
        name_of_a_test,
        last_trip_s_test,
        while_an_element_is_small,
        while_both,
        one_that_may_be_missing,
        texts_and_numbers,
        elements_of_an_array,
        array_of_one_item,
    )
    for n in (1, 2, 4)
)
"""Functions and what they are tried with."""
REFUSED: tuple[tuple[Any, ...], ...] = ()
