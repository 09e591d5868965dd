"""Reading elements, rows, columns, slices, gathered and masked entries."""

import numpy as np
from numpy.typing import NDArray

from tests.zoo.case import Case

PERMUTATION = [2, 0, 1]


def elements(x: np.ndarray):
    return x[0] * x[-1] + x[1] ** 2


def element_several_times(x: np.ndarray):
    first = x[0]
    return first * x[0] - x[0] ** 3


def element_by_parameter(x: np.ndarray, i: int):
    return x[i] * x[i - 1]


def unpacked(x: np.ndarray):
    a, b, c = x
    return a * b - np.sin(c)


def matrix_elements(a: np.ndarray):
    return a[0, 0] * a[1, -1] + a[0][1] * a[-1][0]


def rows_and_columns(a: np.ndarray, i: int, j: int):
    return a[i] * 2 + a[i, :] * a[0] + a[:, j].sum()


def slices(x: np.ndarray):
    return x[1:] * x[:-1] + x[2:].sum() - x[:-2].sum()


def strided(x: np.ndarray):
    even = x[::2]
    odd = x[1::2]
    return np.sum(even**2) * np.sum(odd) + np.sum(x[::-1] * x) + x[-3::-2].sum()


def slice_by_parameter(x: np.ndarray, start: int, stop: int):
    part = x[start:stop]
    return np.sum(part * part)


def blocks(a: NDArray[np.float64], n: int):
    upper = a[:n, :n]
    lower = a[n:, n:]
    return np.sum(upper) * np.sum(lower) - np.sum(a[:n, n:] ** 2)


def second_differences(u: np.ndarray):
    return (u[2:] - 2 * u[1:-1] + u[:-2]) ** 2


def laplacian(u: np.ndarray):
    return u[:-2, 1:-1] + u[2:, 1:-1] + u[1:-1, :-2] + u[1:-1, 2:] - 4 * u[1:-1, 1:-1] ** 2


def ellipsis_and_newaxis(a: np.ndarray):
    return a[..., 0] * a[..., -1] + np.sum(a[..., None, :] * a[:, np.newaxis, ...])


def gathered(x: np.ndarray, index: np.ndarray):
    return x[index] ** 2


def gathered_from_list(x: np.ndarray):
    return x[PERMUTATION] * x[[0, 0, 1]]


def gathered_rows(table: np.ndarray, words: np.ndarray):
    embedded = table[words]
    return np.tanh(embedded).sum(axis=0)


def picked_per_row(a: np.ndarray, label: np.ndarray):
    chosen = a[np.arange(len(label)), label]
    return np.sum(np.exp(chosen))


def masked(x: np.ndarray):
    positive = x[x > 0]
    return np.sum(positive**2) + np.sum(x[x < -0.5])


def masked_by_parameter(x: np.ndarray, mask: np.ndarray):
    return x[mask].sum() * x[~mask].sum()


def slice_in_loop(x: np.ndarray, window: int):
    """Moving average, the mean of its squares."""
    total = 0.0
    count = 0
    for i in range(len(x) - window + 1):
        total += np.mean(x[i : i + window]) ** 2
        count += 1
    return total / count


def shrinking(x: np.ndarray):
    while len(x) > 1:
        x = x[1:] * x[:-1] + 0.5 * x[1:]
    return x[0]


def triangular_access(a: np.ndarray):
    n = len(a)
    total = 0.0
    for i in range(n):
        for j in range(i + 1):
            total += a[i, j] * a[j, i]
    return total


def horner(coefficients: np.ndarray, x: float):
    y = 0.0
    for k in range(len(coefficients) - 1, -1, -1):
        y = y * x + coefficients[k]
    return y


def index_from_loop(x: np.ndarray, order: list):
    y = 1.0
    for i in order:
        y = y * x[i] + x[-i - 1]
    return y


def matrix_row_by_loop(a: np.ndarray, x: np.ndarray):
    total = 0.0
    for i in range(a.shape[0]):
        total += np.tanh(a[i] @ x) * a[i, 0]
    return total


rng = np.random.default_rng(17)
_1 = rng.uniform(0.2, 0.9, 1)
_3 = rng.normal(size=3)
_6 = np.array([0.4, -1.2, 0.7, 1.9, -0.3, 0.8])
_23 = rng.normal(size=(2, 3))
_33 = rng.normal(size=(3, 3))
_34 = rng.normal(size=(3, 4))
_45 = rng.normal(size=(4, 5))
_11 = rng.uniform(0.2, 0.9, (1, 1))
_234 = rng.normal(size=(2, 3, 4))
_0 = np.zeros(0)

CASES = (
    Case(elements, ((_6,), (_3,), (_3[:2],))),
    Case(element_several_times, ((_6,), (_1,))),
    Case(element_by_parameter, ((_6, 0), (_6, 3), (_6, -1), (_1, 0))),
    Case(unpacked, ((_3,), (_6[1:4],))),
    Case(matrix_elements, ((_23,), (_33,))),
    Case(rows_and_columns, ((_23, 1, 2), (_33, 0, 0), (_34, -1, -2)), scalar=False),
    Case(slices, ((_6,), (_3,), (_3[:2],), (_1,)), scalar=False),
    Case(strided, ((_6,), (_3,), (_1,), (_0,))),
    Case(slice_by_parameter, ((_6, 0, 6), (_6, 2, 3), (_6, 4, 2), (_6, -3, -1))),
    Case(blocks, ((_45, 2), (_33, 1), (_33, 0), (_11, 1))),
    Case(second_differences, ((_6,), (_3,), (_3[:2],)), scalar=False),
    Case(laplacian, ((_45,), (_33,), (_23,)), scalar=False),
    Case(ellipsis_and_newaxis, ((_23,), (_34,), (_11,)), scalar=False),
    Case(
        gathered,
        (
            (_6, np.array([0, 3, 3, 5])),
            (_6, np.array([[1, 1], [-1, 2]])),
            (_6, np.array([], dtype=int)),
            (_1, np.array([0, 0, 0])),
        ),
        scalar=False,
    ),
    Case(gathered_from_list, ((_3,), (_6,)), scalar=False),
    Case(gathered_rows, ((_45, np.array([3, 0, 3])), (_33, np.array([1]))), scalar=False),
    Case(picked_per_row, ((_33, np.array([2, 0, 2])), (_34, np.array([3, 3, 1])))),
    Case(masked, ((_6,), (_1,), (-_1 - 1,), (_0,))),
    Case(masked_by_parameter, ((_3, np.array([True, False, True])), (_1, np.array([False])))),
    Case(slice_in_loop, ((_6, 3), (_6, 6), (_1, 1), (_6, 1))),
    Case(shrinking, ((_6,), (_3,), (_1,))),
    Case(triangular_access, ((_33,), (_11,), (_33[:0],))),
    Case(horner, ((_6, 0.7), (_1, 0.7), (_0, 0.7))),
    Case(index_from_loop, ((_6, []), (_6, [2]), (_6, [0, 3, 3, 5]))),
    Case(matrix_row_by_loop, ((_34, _6[:4]), (_23, _3), (_11, _1), (_23[:0], _3))),
)
