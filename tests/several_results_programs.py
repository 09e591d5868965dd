"""Functions with several results, of which some are read: together, one at a time, in branches and in loops."""

# ruff: noqa: RUF059 - that some aren't read is what these programs are for

from __future__ import annotations

import math

import numpy as np

from s2sgrad import adjoint, tangent

A = np.array([[2.0, 0.3, 0.1], [0.2, 1.0, 0.4], [0.5, 0.6, 3.0]])
X = np.array([0.3, 1.7, -2.4])


def values_of_eigh(a: np.ndarray):
    w, v = np.linalg.eigh(a)
    return (w**2).sum()


def vectors_of_eigh(a: np.ndarray):
    w, v = np.linalg.eigh(a)
    return (v**3).sum()


def both_of_eigh(a: np.ndarray):
    w, v = np.linalg.eigh(a @ a.T)
    return v * np.sqrt(w) @ v.T


def one_vector(a: np.ndarray):
    v = np.linalg.eigh(a)[1][:, 0]
    return v * v[0]


def vectors_in_a_branch(a: np.ndarray, n: int):
    w, v = np.linalg.eigh(a)
    r = w.sum()
    if n > 1:
        r = r * v[0, 0] ** 2
    return r


def only_vectors_in_a_branch(a: np.ndarray, n: int):
    w, v = np.linalg.eigh(a)
    r = a.sum()
    if n > 1:
        r = r * v[0, 0] ** 2
    elif n == 1:
        r = r * w[1]
    return r


def vectors_in_a_loop(a: np.ndarray, n: int):
    for _ in range(n):
        w, v = np.linalg.eigh(a)
        a = a + 0.1 * v * v[0]
    return a * 1.0


def values_in_a_loop(a: np.ndarray, n: int):
    for _ in range(n):
        w, v = np.linalg.eigh(a + a.T)
        a = a + 0.1 * w
    return a * 1.0


def helper(a):
    w, v = np.linalg.eigh(a)
    return w, v * v[0]


def values_of_a_helper(a: np.ndarray):
    return helper(a)[0] ** 2


def vectors_of_a_helper(a: np.ndarray):
    return helper(a)[1] ** 2


def determinant(a: np.ndarray):
    sign, logarithm = np.linalg.slogdet(a)
    return sign * np.exp(logarithm)


def fractions(x: np.ndarray):
    fraction, whole = np.modf(x)
    return fraction**2


def wholes(x: np.ndarray):
    fraction, whole = np.modf(x)
    return whole * x


def fraction_of_a_number(x: np.ndarray):
    fraction, whole = math.modf(x[1])
    return fraction * whole


def mantissas(x: np.ndarray):
    mantissa, exponent = np.frexp(x)
    return mantissa * x


def rests(x: np.ndarray):
    quotient, rest = divmod(x, 0.7)
    return rest * x


def quotients(x: np.ndarray):
    quotient, rest = np.divmod(x, 0.7)
    return quotient * x


def spread(x, y):
    return x * y + 1.0, x @ y, np.outer(x, y)


@adjoint(spread)
def spread_adjoint(d, x, y):
    a, b, c = spread(x, y)
    yield a, b, c
    of_a = d.a * y
    of_b = d.b * y
    of_c = d.c @ y
    sums = of_b + of_c
    d.x = of_a + sums
    rows = x @ d.c
    near = d.a * x
    both = near + rows
    d.y = np.expand_dims(d.b * x + both, 0)[0]


@tangent(spread)
def spread_tangent(d, x, y):
    a, b, c = spread(x, y)
    yield a, b, c
    d.a = d.x * y + x * d.y
    d.b = d.x @ y + x @ d.y
    d.c = np.outer(d.x, y) + np.outer(x, d.y)


def first_of_three(x: np.ndarray):
    a, b, c = spread(x, x + 1)
    return a * a


def second_of_three(x: np.ndarray):
    a, b, c = spread(x, x + 1)
    return b * b


def third_of_three(x: np.ndarray):
    a, b, c = spread(x, x + 1)
    return c * c


def first_and_third(x: np.ndarray):
    a, b, c = spread(x, x + 1)
    return a @ c


def second_and_third(x: np.ndarray):
    a, b, c = spread(x, x + 1)
    return b * c


def all_three(x: np.ndarray):
    a, b, c = spread(x, x + 1)
    return a @ c * b


def in_branches(x: np.ndarray, n: int):
    a, b, c = spread(x, x + 1)
    if n == 0:
        return a * 2.0
    if n == 1:
        return x * b
    return c[0] * x


RIGHT = [
    *((f, A) for f in (values_of_eigh, vectors_of_eigh, both_of_eigh, one_vector, determinant)),
    *((f, A) for f in (values_of_a_helper, vectors_of_a_helper)),
    *((vectors_in_a_branch, A, n) for n in (0, 2)),
    *((only_vectors_in_a_branch, A, n) for n in (0, 1, 2)),
    *((f, A, n) for f in (vectors_in_a_loop, values_in_a_loop) for n in (0, 1, 2)),
    *((f, X) for f in (fractions, wholes, fraction_of_a_number, mantissas, rests, quotients)),
    *((f, X) for f in (first_of_three, second_of_three, third_of_three, first_and_third)),
    *((f, X) for f in (second_and_third, all_three)),
    *((in_branches, X, n) for n in (0, 1, 2)),
]
REFUSED: list[tuple] = []
