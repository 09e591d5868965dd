"""Stores by masks, integer arrays, ellipses and new axes, and slices that are empty."""

import numpy as np

from tests.memory_case import MemoryCase as Case


def mask_takes_a_scalar(x: np.ndarray):
    a = x * x * x
    a[x < 0.5] = x[0]
    return a * x


def mask_takes_an_array(x: np.ndarray, mask: np.ndarray):
    a = x * x
    v = a[1:]
    a[mask] = x[mask] * x[0]
    return v * v


def mask_of_view_written_then_base_read(x: np.ndarray):
    a = x * x
    v = a[1:]
    v[v > 0.3] *= x[0]
    return a * x


def mask_read_is_a_copy(x: np.ndarray, mask: np.ndarray):
    a = x * x
    picked = a[mask]
    picked[0] = 0.0
    a[0] = 3 * x[1]
    return a * picked.sum()


def mask_changed_after_the_read(x: np.ndarray):
    a = x * x
    mask = x > 0.5
    a[mask] = x[mask] ** 3
    mask[:] = True
    a[mask] *= 2
    return a


def mask_of_rows(A: np.ndarray, mask: np.ndarray):
    B = A * A
    B[mask] = A[0] * 2
    B[~mask, 0] = A[1, 1]
    return B * A


def mask_that_is_all_false(x: np.ndarray):
    a = x * x
    a[x > 1e6] = x[0]
    return a * x


def store_by_integers(x: np.ndarray, index: np.ndarray):
    a = np.zeros(5)
    a[index] = x * x
    a[index[0]] *= x[0]
    return a


def store_by_repeated_integers_keeps_the_last(x: np.ndarray, index: np.ndarray):
    a = np.ones(5)
    a[index] = x * x
    return a * a


def buffered_fancy_addition(x: np.ndarray, index: np.ndarray):
    """Repeated entries count once: the last wins."""
    a = np.ones(5) * x[0]
    a[index] += x * x
    return a


def buffered_fancy_multiplication(x: np.ndarray, index: np.ndarray):
    a = np.ones(5) * x[0]
    a[index] *= x
    return a


def unbuffered_addition(x: np.ndarray, index: np.ndarray):
    """Repeated entries count each time."""
    a = np.ones(5) * x[0]
    np.add.at(a, index, x * x)
    return a


def unbuffered_addition_into_a_view(x: np.ndarray, index: np.ndarray):
    a = np.zeros(7)
    np.add.at(a[1:6], index, x * x)
    a[1] *= x[0]
    return a


def gather_is_a_copy(x: np.ndarray):
    a = x * x
    b = a[[0, 1]]
    b[0] = 9 * x[2]
    a[1] = x[0]
    return b.sum() * a


def gather_with_repeats_then_written(x: np.ndarray, index: np.ndarray):
    a = np.sin(x)
    b = a[index]
    b *= b
    a[0] = b[0] * x[1]
    return a.sum() * b


def rows_by_integers_augmented(A: np.ndarray, index: np.ndarray):
    B = A * A
    B[index] += A[0]
    B[index, 0] = B[index, 1] * A[0, 0]
    return B


def pairs_of_integers_stored(A: np.ndarray, rows: np.ndarray, columns: np.ndarray):
    B = A * A
    B[rows, columns] = A[rows, columns] ** 3
    B[rows, columns] -= B[0, 0]
    return B


def ellipsis_store(x: np.ndarray):
    a = x * x
    v = a[::2]
    a[...] = a * x[0]
    return v * v


def ellipsis_store_of_last_axis(A: np.ndarray):
    B = A * A
    B[..., 0] = A[..., 1] * 2
    B[..., -1] *= B[..., 0]
    return B


def new_axis_in_a_store(A: np.ndarray, x: np.ndarray):
    B = A * A
    B[:, None, :] = x[:, None, None] * A[:, None, :]
    return B * A


def scalar_array_filled(x: np.ndarray):
    s = np.zeros(())
    t = s
    for v in x:
        s[...] = s * v + v
    return t * x


def empty_slice_stored(x: np.ndarray):
    a = x * x
    a[2:2] = x[0]
    a[5:1] *= x[1]
    v = a[:0]
    v += x[1]
    return a * x


def empty_first_trip(x: np.ndarray):
    a = x.copy()
    for i in range(len(a)):
        a[i] -= a[:i] @ x[:i]
    return a


def negative_indices_name_the_same_place(x: np.ndarray):
    n = len(x)
    a = x * x
    a[-1] = x[0]
    a[n - 1] *= x[1]
    a[-n] = a[-1] ** 2
    return a


def negative_step_store(x: np.ndarray):
    a = np.zeros(len(x))
    a[::-1] = x * x
    a[-2::-1] += a[1:]
    return a


def broadcast_store_of_a_row(A: np.ndarray):
    B = A * A
    B[:] = B[0]
    B[1:] += B[:1]
    return B * A


def broadcast_store_of_own_element(x: np.ndarray):
    a = x * x
    a[1:] = a[0]
    a[:] = a[-1:] * x[0]
    return a * x


def index_computed_from_values(x: np.ndarray):
    a = x * x
    k = np.argmax(a)
    a[k] = x[0] * x[1]
    m = int(np.argmin(a))
    a[m] += a[k]
    return a


def index_array_changed_afterwards(x: np.ndarray):
    index = np.array([0, 2, 1])
    a = np.zeros(4)
    a[index] = x[:3] ** 2
    index[0] = 3
    a[index] += x[:3]
    return a


def flat_index(A: np.ndarray):
    B = A * A
    B.flat[1] = A[0, 0] * A[1, 1]
    return B * A


def slice_object(x: np.ndarray):
    inner = slice(1, -1)
    a = x * x
    v = a[inner]
    a[inner] *= x[0]
    return v * v


def stored_array_is_copied(x: np.ndarray):
    table = np.zeros((2, len(x)))
    row = x * x
    table[0] = row
    row[0] = 5 * x[1]
    table[1] = row
    row *= 2
    return table * row


def stored_view_of_itself(A: np.ndarray):
    B = A * A
    row = B[0]
    B[1] = row
    row *= A[0]
    B[1, 0] = row[1]
    return B


rng = np.random.default_rng(206)
_4 = np.array([0.9, -0.7, 1.4, 0.2])
_6 = np.array([0.7, -1.2, 0.3, 1.5, -0.6, 0.9])
_22 = rng.uniform(0.4, 1.6, (2, 2))
_33 = rng.normal(size=(3, 3))
_VECTORS = ((_4,), (_6,))
_SQUARES = ((_22,), (_33,))
_MASKED = (
    (_4, np.array([True, False, True, True])),
    (_6, np.array([False, True, False, False, True, False])),
)
_REPEATED = ((_4, np.array([2, 0, 2, 4])), (_6, np.array([1, 1, 3, 0, 1, 3])))
_DISTINCT = ((_4, np.array([2, 0, 3, 4])), (_4[:3], np.array([1, 4, 0])))
_GATHERED = ((_4, np.array([2, 0, 2, 3])), (_6, np.array([1, 1, 5])))

CASES = (
    Case(mask_takes_a_scalar, _VECTORS, scalar=False),
    Case(mask_takes_an_array, _MASKED, scalar=False),
    Case(mask_of_view_written_then_base_read, _VECTORS, scalar=False),
    Case(mask_read_is_a_copy, _MASKED, scalar=False),
    Case(mask_changed_after_the_read, _VECTORS, scalar=False),
    Case(
        mask_of_rows,
        ((_22, np.array([True, False])), (_33, np.array([False, True, True]))),
        scalar=False,
    ),
    Case(mask_that_is_all_false, _VECTORS, scalar=False),
    Case(store_by_integers, _DISTINCT, scalar=False),
    Case(store_by_repeated_integers_keeps_the_last, _REPEATED, scalar=False),
    Case(buffered_fancy_addition, _REPEATED, scalar=False),
    Case(buffered_fancy_multiplication, _REPEATED, scalar=False),
    Case(unbuffered_addition, _REPEATED, scalar=False),
    Case(unbuffered_addition_into_a_view, _REPEATED, scalar=False),
    Case(gather_is_a_copy, _VECTORS, scalar=False),
    Case(gather_with_repeats_then_written, _GATHERED, scalar=False),
    Case(
        rows_by_integers_augmented,
        ((_22, np.array([1, 1])), (_33, np.array([2, 0, 2]))),
        scalar=False,
    ),
    Case(
        pairs_of_integers_stored,
        (
            (_22, np.array([0, 1]), np.array([1, 1])),
            (_33, np.array([2, 0, 1]), np.array([0, 1, 2])),
        ),
        scalar=False,
    ),
    Case(ellipsis_store, _VECTORS, scalar=False),
    Case(ellipsis_store_of_last_axis, _SQUARES, scalar=False),
    Case(new_axis_in_a_store, ((_22, _4[:2]), (_33, _4[:3])), scalar=False),
    Case(scalar_array_filled, _VECTORS, scalar=False),
    Case(empty_slice_stored, _VECTORS, scalar=False),
    Case(empty_first_trip, _VECTORS, scalar=False),
    Case(negative_indices_name_the_same_place, _VECTORS, scalar=False),
    Case(negative_step_store, _VECTORS, scalar=False),
    Case(broadcast_store_of_a_row, _SQUARES, scalar=False),
    Case(broadcast_store_of_own_element, _VECTORS, scalar=False),
    Case(index_computed_from_values, _VECTORS, scalar=False),
    Case(index_array_changed_afterwards, _VECTORS, scalar=False),
    Case(flat_index, _SQUARES, scalar=False),
    Case(slice_object, _VECTORS, scalar=False),
    Case(stored_array_is_copied, _VECTORS, scalar=False),
    Case(stored_view_of_itself, _SQUARES, scalar=False),
)
