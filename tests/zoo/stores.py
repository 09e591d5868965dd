"""Element and slice stores into arrays that the function itself made."""

import math

import numpy as np
from numpy.typing import NDArray

from tests.zoo.case import Case


def squares_into_zeros(x: np.ndarray):
    y = np.zeros(4)
    for i in range(4):
        y[i] = x[i] * x[i]
    return np.sum(y)


def filled_empty(x: float, n: int):
    y = np.empty(n)
    for i in range(n):
        y[i] = math.sin((i + 1) * x)
    return y


def filled_like(x: np.ndarray):
    y = np.zeros_like(x)
    for i in range(len(x)):
        y[i] = x[i] ** 3 / (i + 1)
    return y * x


def element_of_copy(x: np.ndarray):
    y = x.copy()
    y[0] = y[0] * y[-1]
    y[-1] = 2.0
    return y


def overwritten_twice(x: np.ndarray):
    y = np.zeros(3)
    y[0] = x[0]
    y[1] = y[0] * x[1]
    y[0] = y[1] * y[1]
    y[2] = y[0] + x[0]
    return y[0] * y[1] * y[2]


def prefix_sums(x: np.ndarray):
    y = x.copy()
    for i in range(1, len(y)):
        y[i] += y[i - 1]
    return y * y


def prefix_products(x: NDArray[np.float64]) -> NDArray[np.float64]:
    y = np.ones(len(x) + 1)
    for i in range(len(x)):
        y[i + 1] = y[i] * x[i]
    return y


def augmented_elements(x: np.ndarray, s: float):
    y = np.ones(len(x))
    for i in range(len(x)):
        y[i] += x[i]
        y[i] *= x[i]
        y[i] -= s
        y[i] /= s
        y[i] **= 2
    return y


def slice_store(x: np.ndarray):
    y = np.zeros(len(x) + 2)
    y[1:-1] = x * x
    y[0] = y[1]
    y[-1] = y[-2]
    return y[2:] - y[:-2]


def slice_augmented(u: np.ndarray, steps: int, rate: float):
    u = u.copy()
    for _ in range(steps):
        u[1:] -= rate * u[1:] * u[:-1]
    return np.sum(u**2)


def shifted(x: np.ndarray, n: int):
    y = x.copy()
    for _ in range(n):
        y[1:] = y[:-1]
        y[0] = y[-1] * x[0]
    return y


def reversed_in_place(x: np.ndarray):
    y = np.array(x)
    y[:] = y[::-1] * x
    return y


def strided_store(x: np.ndarray):
    y = np.zeros(2 * len(x))
    y[::2] = x
    y[1::2] = np.sin(x) * y[::2]
    return y


def scalar_into_slice(x: np.ndarray, s: float):
    y = x.copy()
    y[1:3] = s
    y[3:] *= s
    return y * y


def constant_into_slice(x: np.ndarray):
    y = x * x
    y[0] = 0
    y[2:] = 1.5
    return y * x


def matrix_elements_stored(x: np.ndarray, n: int):
    a = np.zeros((n, n))
    for i in range(n):
        for j in range(i + 1):
            a[i, j] = x[i] * x[j]
            a[j, i] = a[i, j]
    return a @ x[:n]


def rows_stored(x: np.ndarray, n: int):
    table = np.empty((n, len(x)))
    row = x
    for i in range(n):
        table[i] = row
        row = np.sin(row) + table[0]
    return table


def columns_stored(a: np.ndarray):
    b = np.zeros(a.shape)
    for j in range(a.shape[1]):
        b[:, j] = a[:, j] * np.sum(a[:, 0])
    return b


def blocks_stored(a: np.ndarray, b: np.ndarray):
    n, m = len(a), len(b)
    c = np.zeros((n + m, n + m))
    c[:n, :n] = a
    c[n:, n:] = b * b
    c[:n, n:] += 0.5
    return c @ c


def broadcast_into_rows(x: np.ndarray, n: int):
    a = np.zeros((n, len(x)))
    a[:] = x
    a[:, 0] = x[-1]
    return a * a


def conditional_store(x: np.ndarray):
    y = np.zeros(x.shape)
    for i in range(x.size):
        if x[i] > 0:
            y[i] = x[i] ** 2
        elif i > 0:
            y[i] = y[i - 1] * x[i]
    return y


def masked_store(x: np.ndarray):
    y = x * x * x
    y[x < 0] = 0.0
    y[x > 1] *= 2
    return y


def masked_store_of_values(x: np.ndarray, mask: np.ndarray):
    y = np.zeros(len(x))
    y[mask] = x[mask] ** 2
    y[~mask] = x[0]
    return y


def scattered(x: np.ndarray, index: np.ndarray):
    y = np.zeros(6)
    y[index] = x * x
    return y


def scattered_sum(x: np.ndarray, index: np.ndarray):
    """Sums over the cells of a histogram, with repeated cells."""
    cells = np.zeros(4)
    for k in range(len(x)):
        cells[index[k]] += x[k]
    return cells**2


def nonlinear_recurrence(x: float, n: int):
    y = np.zeros(n + 1)
    y[0] = x
    for i in range(n):
        y[i + 1] = 3.2 * y[i] * (1 - y[i])
    return y


def two_terms_back(a: float, b: float, n: int):
    f = np.empty(n + 2)
    f[0] = a
    f[1] = b
    for i in range(2, n + 2):
        f[i] = f[i - 1] * 0.5 + f[i - 2] * b
    return f[n] * f[-1]


def store_until_limit(x: float, limit: float):
    y = np.zeros(20)
    i = 0
    value = x
    while value < limit:
        y[i] = value * value
        value = value + 0.4 * y[i] + 0.1
        i += 1
    return np.sum(y) * value


def store_with_break(x: np.ndarray, limit: float):
    y = np.ones(len(x))
    total = 0.0
    for i in range(len(x)):
        total += x[i] ** 2
        if total > limit:
            break
        y[i] = total
        if x[i] < 0:
            continue
        y[i] = y[i] * x[i]
    return np.prod(y) + total


def buffer_per_step(u: np.ndarray, steps: int):
    for _ in range(steps):
        new = np.zeros(len(u))
        new[0] = u[0]
        new[-1] = u[-1]
        new[1:-1] = (u[:-2] * u[2:] + u[1:-1]) / 2
        u = new
    return u


def counts_beside_values(x: np.ndarray):
    """The integer array carries no derivative."""
    signs = np.zeros(len(x), dtype=int)
    total = 0.0
    for i in range(len(x)):
        if x[i] > 0:
            signs[i] = 1
        else:
            signs[i] = -1
        total += signs[i] * x[i] ** 2
    return total + signs.sum() * x[0]


def bubble_pass(x: np.ndarray):
    """Sorting by swaps of neighbours."""
    y = x.copy()
    n = len(y)
    for i in range(n):
        for j in range(n - 1 - i):
            if y[j] > y[j + 1]:
                y[j], y[j + 1] = y[j + 1], y[j]
    return y * np.arange(1.0, n + 1)


def constant_array_changed(x: float):
    w = np.array([1.0, 2.0, 3.0])
    w[1] = x
    w[2] *= x
    return w.sum() * w[1]


def copy_before_change(x: np.ndarray):
    y = x * 2
    z = y.copy()
    y[0] = z[1] * z[1]
    z[1] = y[0] + 1
    return np.sum(y * z)


def whole_array_updated(x: np.ndarray, n: int):
    y = np.zeros(x.shape)
    for k in range(n):
        y += x**k
        y *= 0.9
        y[...] = y + np.sin(y)
    return y


rng = np.random.default_rng(18)
_1 = rng.uniform(0.2, 0.9, 1)
_2 = rng.normal(size=2)
_3 = rng.normal(size=3)
_4 = rng.normal(size=4)
_P4 = rng.uniform(0.2, 0.9, 4)
_6 = np.array([0.4, -1.2, 0.7, 1.9, -0.3, 0.8])
_23 = rng.normal(size=(2, 3))
_22 = rng.normal(size=(2, 2))
_33 = rng.normal(size=(3, 3))
_31 = rng.normal(size=(3, 1))
_0 = np.zeros(0)

CASES = (
    Case(squares_into_zeros, ((_4,), (_6,))),
    Case(filled_empty, ((0.7, 0), (0.7, 1), (-1.2, 5)), scalar=False),
    Case(filled_like, ((_0,), (_1,), (_6,)), scalar=False),
    Case(element_of_copy, ((_1,), (_2,), (_6,)), scalar=False),
    Case(overwritten_twice, ((_2,), (_6,))),
    Case(prefix_sums, ((_0,), (_1,), (_6,)), scalar=False),
    Case(prefix_products, ((_0,), (_1,), (_6,)), scalar=False),
    Case(augmented_elements, ((_0, 0.8), (_1, 0.8), (_6, -1.3)), scalar=False),
    Case(slice_store, ((_1,), (_2,), (_6,)), scalar=False),
    Case(slice_augmented, ((_6, 0, 0.1), (_6, 1, 0.1), (_1, 3, 0.2), (_6, 4, 0.2))),
    Case(shifted, ((_6, 0), (_6, 1), (_6, 4), (_1, 2)), scalar=False),
    Case(reversed_in_place, ((_0,), (_1,), (_6,)), scalar=False),
    Case(strided_store, ((_0,), (_1,), (_6,)), scalar=False),
    Case(scalar_into_slice, ((_6, 0.7), (_2, 0.7), (_4, -1.2)), scalar=False),
    Case(constant_into_slice, ((_1,), (_2,), (_6,)), scalar=False),
    Case(matrix_elements_stored, ((_6, 0), (_6, 1), (_6, 3)), scalar=False),
    Case(rows_stored, ((_3, 1), (_3, 2), (_1, 3), (_6, 0)), scalar=False),
    Case(columns_stored, ((_23,), (_31,), (_33,)), scalar=False),
    Case(blocks_stored, ((_22, _33), (_33, _22[:1, :1])), scalar=False),
    Case(broadcast_into_rows, ((_3, 1), (_1, 3), (_6, 2)), scalar=False),
    Case(conditional_store, ((_0,), (_1,), (_6,)), scalar=False),
    Case(masked_store, ((_6,), (_0,), (_1,), (_23,)), scalar=False),
    Case(
        masked_store_of_values,
        ((_3, np.array([True, False, True])), (_1, np.array([False])), (_1, np.array([True]))),
        scalar=False,
    ),
    Case(
        scattered,
        ((_3, np.array([4, 0, 2])), (_1, np.array([5])), (_0, _0.astype(int))),
        scalar=False,
    ),
    Case(
        scattered_sum,
        ((_6, np.array([0, 3, 3, 1, 0, 3])), (_1, np.array([2])), (_0, np.array([2]))),
        scalar=False,
    ),
    Case(nonlinear_recurrence, ((0.3, 0), (0.3, 1), (0.2, 6)), scalar=False),
    Case(two_terms_back, ((0.3, 0.8, 0), (0.3, 0.8, 1), (1.1, -0.7, 6))),
    Case(store_until_limit, ((0.7, 0.5), (0.7, 0.8), (0.3, 1.7)), wrt=("x",)),
    Case(store_with_break, ((_6, 99.0), (_6, 2.0), (_1, 0.01), (_0, 1.0)), wrt=("x",)),
    Case(buffer_per_step, ((_6, 0), (_6, 1), (_4, 3), (_2, 2)), scalar=False),
    Case(counts_beside_values, ((_6,), (_1,), (-_1,))),
    Case(bubble_pass, ((_6,), (_1,), (_0,), (_P4,)), scalar=False),
    Case(constant_array_changed, ((0.7,), (-1.2,))),
    Case(copy_before_change, ((_2,), (_6,))),
    Case(whole_array_updated, ((_6, 0), (_6, 1), (_P4, 3), (_23, 2)), scalar=False),
)
