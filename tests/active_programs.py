"""Programs that say, or hide, what carries a derivative: outside, in classes, in complex numbers, in texts."""

from __future__ import annotations

from typing import Any

import numpy as np

__all__ = ["REFUSED", "RIGHT"]

X = np.array([0.3, 0.9, -0.4, 0.5])
STATE = np.zeros(3)


class Scale:
    k = 0.5


def summed(n):
    return STATE.sum() if n == 0 else summed(n - 1)


def scaled(v, scale, n):
    if n == 0:
        return v * scale.k
    return scaled(v * v, scale, n - 1)


def result_that_is_only_shown(x: np.ndarray):
    STATE[0] = x[0]
    total = summed(2)
    print(total)  # noqa: T201
    return x * 2


def result_that_is_used(x: np.ndarray):
    STATE[0] = x[0]
    return x * summed(2)


def result_that_nothing_varies(x: np.ndarray):
    STATE[0] = 1.0
    return x * summed(2)


def attribute_of_a_class_that_is_read_elsewhere(x: np.ndarray, s: float, scale: Any):
    Scale.k = s
    return scaled(x, scale, 2)


def attribute_of_a_class_that_nobody_reads(x: np.ndarray, s: float):
    Scale.told = s
    return x * s


def operand_that_is_complex(x: np.ndarray):
    z = 1j * np.array([0.3, -0.7, 1.1, 0.2])
    w = np.einsum("i,i", x, z)
    return (w * w).real


def chosen_from_what_is_complex(x: np.ndarray):
    z = 1j * np.array([0.3, -0.7, 1.1, 0.2])
    return np.sum(np.where(x > 0.5, x, z).real)


def list_of_complex_numbers(x: np.ndarray):
    values = [1j * x, 2j * x]
    return np.sum(values[0].imag)


def sign_of_what_is_complex(x: np.ndarray):
    z = np.sign(x + 1j)
    return np.sum(x * z.real)


def complex_numbers_that_are_shown(x: np.ndarray):
    z = 1j * x
    print(np.sign(z), [z, z])  # noqa: T201
    return x * 2


def complex_numbers_that_are_counted(x: np.ndarray):
    z = 1j * x
    return x * np.count_nonzero(z) * len(z)


def points_of_interpolation_that_vary(x: np.ndarray):
    points = np.cumsum(x * x)
    shown = np.interp(0.5, points, x)
    print(shown)  # noqa: T201
    return x * 2


def points_of_interpolation_that_matter(x: np.ndarray):
    return np.interp(0.5, np.cumsum(x * x), x)


def number_from_a_text(x: np.ndarray):
    text = str(x[0])
    return x * float(text)


def number_from_a_text_that_is_shown(x: np.ndarray):
    text = str(x[0])
    print(float(text))  # noqa: T201
    return x * 2


def text_of_what_does_not_vary(x: np.ndarray, n: int):
    text = str(n)
    return x * float(text)


def functions_in_a_list(x: np.ndarray, s: float):
    functions = [lambda v: v * s, np.sin]
    t = x
    for k in range(2):
        t = functions[k](t)
    return t


def complex_numbers_that_are_stacked(x: np.ndarray):
    z = 1j * np.array([0.3, -0.7, 1.1, 0.2])
    w = np.sum(np.stack((x, z)), axis=0)
    return np.sum((w * w).imag)


def complex_numbers_on_one_path(x: np.ndarray, c: float):
    w = x if c > 0 else 1j * np.array([0.3, -0.7, 1.1, 0.2])
    w = w * x
    return np.sum(w.imag)


def complex_numbers_that_are_unpacked(x: np.ndarray, n: int):
    ks = [1j * n, 2.0]
    first, _ = ks
    return x * len(ks) * (first == 2j) + x[0]


def grid_beside_complex_numbers(x):
    v, _ = np.meshgrid(x, np.array([1j, 2.0, 0.5]))
    return v


def complex_numbers_in_a_list_of_others(x: np.ndarray):
    t = x
    for v in [x, 1j * np.array([0.3, -0.7, 1.1, 0.2])]:
        t = t * v
    return np.sum(t.imag)


RIGHT: tuple[tuple[Any, ...], ...] = (
    (result_that_is_only_shown, X),
    (result_that_nothing_varies, X),
    (attribute_of_a_class_that_nobody_reads, X, 0.7),
    (complex_numbers_that_are_counted, X),
    (complex_numbers_that_are_unpacked, X, 2),
    (points_of_interpolation_that_vary, X),
    (number_from_a_text_that_is_shown, X),
    (text_of_what_does_not_vary, X, 3),
    (functions_in_a_list, X, 0.7),
)
"""Functions and what they are tried with."""

REFUSED: tuple[tuple[Any, ...], ...] = (
    (result_that_is_used, X),
    (attribute_of_a_class_that_is_read_elsewhere, X, 0.7, Scale()),
    (operand_that_is_complex, X),
    (chosen_from_what_is_complex, X),
    (list_of_complex_numbers, X),
    (sign_of_what_is_complex, X),
    (complex_numbers_that_are_shown, X),
    (points_of_interpolation_that_matter, X),
    (number_from_a_text, X),
    (complex_numbers_that_are_stacked, X),
    (complex_numbers_on_one_path, X, -1.0),
    (complex_numbers_in_a_list_of_others, X),
    (grid_beside_complex_numbers, X),
)
"""What isn't differentiated, as a derivative would pass through something that has none."""
