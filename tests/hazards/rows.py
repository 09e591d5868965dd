"""Rows in loops, and arrays that are elements of tuples, lists and dictionaries."""

import numpy as np

from tests.memory_case import MemoryCase as Case


def rows_written(A: np.ndarray):
    B = A.copy()
    for row in B:
        row *= row[0]
    return B * A


def rows_read_after_matrix_written(A: np.ndarray):
    B = A.copy()
    total = 0.0
    for row in B:
        B[-1] = B[-1] * row
        total += row @ row
    return total


def rows_of_argument_written(A: np.ndarray):
    """Its purpose is to change its argument."""
    for row in A:
        row -= row.mean()
        row[0] = row[1] * row[-1]


def rows_rebound(A: np.ndarray):
    B = A.copy()
    total = 0.0
    for row in B:
        row = row * row
        row[0] = 0.0
        total += row.sum()
    return total + B[0, 0]


def enumerated_rows_written(A: np.ndarray):
    B = A.copy()
    for i, row in enumerate(B):
        row[i] = row[i - 1] * A[0, 0]
    return B @ A


def zipped_rows_written(A: np.ndarray, x: np.ndarray):
    B = A * 2
    for row, s in zip(B, x):
        row *= s
        row[0] += s * s
    return B


def zipped_rows_of_two(A: np.ndarray):
    B = A * A
    for upper, lower in zip(B[:-1], B[1:]):
        lower += upper * upper
    return B


def columns_by_transpose_written(A: np.ndarray):
    B = A.copy()
    for column in B.T:
        column /= column @ column
    return B


def reversed_rows_written(A: np.ndarray):
    B = A.copy()
    before = B[-1]
    for row in reversed(B):
        row += before * 0.5
        before = row
    return B


def elements_are_numbers(x: np.ndarray):
    a = x.copy()
    total = 0.0
    for value in a:
        a[-1] = a[-1] * 0.5
        value += 1.0
        total += value * value
    return total + a[0]


def element_of_tuple_written(x: np.ndarray):
    a, b = x * 2, x * x
    pair = (a, b)
    pair[0][1] = b[0] * x[0]
    return a * b


def tuple_read_after_write(x: np.ndarray):
    a, b = x * 2, x * x
    pair = (a, b)
    a[1] = b[0] * x[0]
    first, second = pair
    return first * second


def element_of_list_written(x: np.ndarray):
    arrays = [x * 1.0, x * 2.0]
    a = arrays[1]
    arrays[1][0] = x[1] * x[2]
    return a * arrays[0]


def list_read_after_write(x: np.ndarray):
    a = x * x
    arrays = [a, a[1:]]
    a[1] = x[0] ** 3
    return arrays[1] @ arrays[1] + arrays[0][1]


def same_array_twice_in_a_list(x: np.ndarray):
    a = x * x
    arrays = [a, a]
    arrays[0][0] = x[1]
    arrays[1][0] *= x[2]
    return a * arrays[0]


def arrays_of_a_list_updated(x: np.ndarray):
    arrays = [x * (i + 1.0) for i in range(3)]
    for a in arrays:
        a *= a[0]
    return arrays[0] * arrays[1] + arrays[2]


def arrays_of_a_list_rebound(x: np.ndarray):
    arrays = [x * (i + 1.0) for i in range(3)]
    for a in arrays:
        a = a * a[0]
    return arrays[0] * arrays[1] + arrays[2]


def slot_of_a_list_replaced(x: np.ndarray):
    arrays = [x * 1.0, x * 2.0]
    kept = arrays[0]
    arrays[0] = arrays[1] * x
    arrays[0][0] = kept[1]
    kept[1] = 3 * x[0]
    return arrays[0] * kept


def slots_of_a_list_swapped(x: np.ndarray, n: int):
    buffers = [x * 1.0, np.zeros_like(x)]
    for i in range(n):
        buffers[1][:] = buffers[0] * x
        buffers[1][0] = buffers[0][1]
        buffers[0], buffers[1] = buffers[1], buffers[0]
    return buffers[0] + buffers[1] ** 2


def views_collected_in_a_list(x: np.ndarray):
    a = x * x
    parts = []
    for i in range(len(x) - 1):
        parts.append(a[i : i + 2])
    a[1] = x[0] * x[2]
    parts[0][0] = x[1] ** 3
    return parts[0] * parts[1] + a[0]


def snapshots_need_a_copy(x: np.ndarray, n: int):
    a = x.copy()
    history = []
    for i in range(n):
        a *= x
        history.append(a.copy())
    total = 0.0
    for h in history:
        total += h[0] * h[1]
    return total


def snapshots_without_a_copy(x: np.ndarray, n: int):
    a = x.copy()
    history = []
    for i in range(n):
        a *= x
        history.append(a)
    total = 0.0
    for h in history:
        total += h[0] * h[1]
    return total


def element_of_dict_written(x: np.ndarray):
    state = {"position": x * 1.0, "speed": x * x}
    p = state["position"]
    state["position"][0] = state["speed"][1]
    state["speed"] *= 2
    return p * state["speed"]


def dict_read_after_write(x: np.ndarray):
    p = x * x
    state = {"p": p}
    p[0] = x[1] ** 2
    return state["p"] * x


def unpacked_rows_written(A: np.ndarray):
    B = A * A
    first, second = B[0], B[1]
    first += second
    second *= first
    return B


def rows_of_a_matrix_unpacked(A: np.ndarray):
    B = A[:2] * A[:2]
    first, second = B
    first[0] = second[1] * A[0, 0]
    return B * second


def rows_swapped_by_views(A: np.ndarray):
    """As NumPy does it: the second store sees what the first has written."""
    B = A * A
    B[0], B[1] = B[1], B[0]
    return B * A[0]


def rows_swapped_by_index(A: np.ndarray):
    B = A * A
    B[[0, 1]] = B[[1, 0]]
    return B * A[0]


def starred_rest_written(x: np.ndarray):
    parts = [x * 1.0, x * 2.0, x * 3.0]
    first, *rest = parts
    rest[0] *= first
    return parts[1] * parts[2]


rng = np.random.default_rng(203)
_4 = rng.uniform(0.4, 1.6, 4)
_6 = np.array([0.7, -1.2, 0.4, 1.5, -0.6, 0.9])
_33 = rng.normal(size=(3, 3))
_44 = rng.normal(size=(4, 4))
_23 = rng.normal(size=(2, 3))
_43 = rng.normal(size=(4, 3))
_VECTORS = ((_4,), (_6,))
_MATRICES = ((_23,), (_43,))
_COUNTS = ((_4, 1), (_6, 4))

CASES = (
    Case(rows_written, _MATRICES, scalar=False),
    Case(rows_read_after_matrix_written, _MATRICES),
    Case(rows_of_argument_written, _MATRICES, mutated=("A",), of=("A",)),
    Case(rows_rebound, _MATRICES),
    Case(enumerated_rows_written, ((_33,), (_44,)), scalar=False),
    Case(zipped_rows_written, ((_23, _4[:2]), (_43, _4)), scalar=False),
    Case(zipped_rows_of_two, _MATRICES, scalar=False),
    Case(columns_by_transpose_written, _MATRICES, scalar=False),
    Case(reversed_rows_written, _MATRICES, scalar=False),
    Case(elements_are_numbers, _VECTORS),
    Case(element_of_tuple_written, _VECTORS, scalar=False),
    Case(tuple_read_after_write, _VECTORS, scalar=False),
    Case(element_of_list_written, _VECTORS, scalar=False),
    Case(list_read_after_write, _VECTORS),
    Case(same_array_twice_in_a_list, _VECTORS, scalar=False),
    Case(arrays_of_a_list_updated, _VECTORS, scalar=False),
    Case(arrays_of_a_list_rebound, _VECTORS, scalar=False),
    Case(slot_of_a_list_replaced, _VECTORS, scalar=False),
    Case(slots_of_a_list_swapped, _COUNTS, scalar=False),
    Case(views_collected_in_a_list, _VECTORS, scalar=False),
    Case(snapshots_need_a_copy, _COUNTS),
    Case(snapshots_without_a_copy, _COUNTS),
    Case(element_of_dict_written, _VECTORS, scalar=False),
    Case(dict_read_after_write, _VECTORS, scalar=False),
    Case(unpacked_rows_written, _MATRICES, scalar=False),
    Case(rows_of_a_matrix_unpacked, _MATRICES, scalar=False),
    Case(rows_swapped_by_views, _MATRICES, scalar=False),
    Case(rows_swapped_by_index, _MATRICES, scalar=False),
    Case(starred_rest_written, _VECTORS, scalar=False),
)
