"""Programs whose handlers of exceptions raise others."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

__all__ = ["REFUSED", "RIGHT"]

X = np.array([0.3, 0.5, 0.7])


def square(x):
    return x * x


FACTORS = {"two": 2.0, "three": 3.0}
FUNCTIONS = {"square": square, "sin": math.sin, "lambda": lambda v: v**3}


def several_statements(x: float, key: str):
    try:
        y = x * FACTORS[key]
        z = square(y)
    except KeyError as error:
        message = f"no {key}"
        raise ValueError(message) from error
    return z * y


def chosen(x: float, key: str):
    try:
        return FUNCTIONS[key](x)
    except KeyError:
        raise ValueError(key) from None


def with_else_and_finally(x: float):
    try:
        y = square(x)
    except ZeroDivisionError:
        raise
    else:
        y = y * 2
    finally:
        z = x
    return y * z


def in_a_loop(x: np.ndarray, n: int):
    total = 0.0
    for k in range(n):
        try:
            total += square(x[k])
            if total > 0.3:
                break
        except IndexError:
            raise ValueError("too few") from None
    return total


def caught_outside(x: float):
    try:
        try:
            y = square(x)
        except KeyError:
            raise ValueError from None
    except ValueError:
        y = 0.0
    return y


def translated_and_caught(x: float):
    try:
        try:
            y = math.sqrt(x)
        except ValueError as error:
            raise KeyError from error
    except KeyError:
        y = 0.0
    return y * x


def one_goes_on(x: float):
    try:
        y = square(x)
    except KeyError:
        raise ValueError from None
    except ZeroDivisionError:
        y = x
    return y


RIGHT: tuple[tuple[Any, ...], ...] = (
    (several_statements, 0.3, "two"),
    (chosen, 0.3, "square"),
    (chosen, 0.3, "sin"),
    (chosen, 0.3, "lambda"),
    (with_else_and_finally, 0.3),
    (in_a_loop, X, 0),
    (in_a_loop, X, 2),
    (in_a_loop, X, 3),
)
"""Functions and what they are tried with."""

REFUSED: tuple[tuple[Any, ...], ...] = (
    (caught_outside, 0.3),
    (translated_and_caught, 0.3),
    (one_goes_on, 0.3),
)
