"""Views of one array: a write through one name before, or after, a read through another."""

import numpy as np

from tests.memory_case import MemoryCase as Case


def slice_written_then_base_read(x: np.ndarray):
    y = x[1:]
    y[0] = 5 * x[0]
    return x.sum()


def base_read_then_slice_written(x: np.ndarray):
    y = x[1:]
    total = (x * x).sum()
    y[0] = 5 * x[0]
    return total


def base_written_then_slice_read(x: np.ndarray):
    a = x * x
    v = a[1:]
    a[2] = 3 * a[0]
    return v.prod()


def slice_read_then_base_written(x: np.ndarray):
    a = x * x
    v = a[1:]
    p = v.prod()
    a[2] = 3 * a[0]
    return p


def base_read_on_both_sides_of_a_write(x: np.ndarray):
    a = x + 1
    v = a[:2]
    before = a @ a
    v[1] = before * x[3]
    return before + a @ a


def slice_scaled_then_base_read(x: np.ndarray):
    a = x.copy()
    tail = a[2:]
    tail *= a[0]
    return a * a


def base_scaled_then_slice_read(x: np.ndarray):
    a = x.copy()
    tail = a[2:]
    a *= x[0]
    return tail * x[:2]


def strided_written_then_base_read(x: np.ndarray):
    a = x.copy()
    even = a[::2]
    even[:] = even * even
    return a * x


def base_written_then_strided_read(x: np.ndarray):
    a = x.copy()
    odd = a[1::2]
    a[1] = x[0] * x[2]
    return odd * odd


def reversed_written_then_base_read(x: np.ndarray):
    a = x.copy()
    r = a[::-1]
    r[0] = x[0] ** 2
    return a * x


def base_written_then_reversed_read(x: np.ndarray):
    a = x.copy()
    r = a[::-1]
    a[0] = x[1] ** 2
    return r * x


def reversed_steps_of_two(x: np.ndarray):
    a = x.copy()
    back = a[-1::-2]
    back += a[0] * x[: len(back)]
    return a


def transpose_written_then_base_read(A: np.ndarray):
    B = A * 2
    C = B.T
    C[0, 1] = A[0, 0] ** 2
    return B @ A


def base_written_then_transpose_read(A: np.ndarray):
    B = A * 2
    C = B.T
    B[0, 1] = A[0, 0] ** 2
    return C @ A


def transpose_added_to_itself(A: np.ndarray):
    B = A.copy()
    B += B.T
    return B * A


def reshape_written_then_base_read(x: np.ndarray):
    a = x * x
    m = a.reshape(2, 2)
    m[1, 0] = m[0, 0] * x[3]
    return a * x


def base_written_then_reshape_read(x: np.ndarray):
    a = x * x
    m = a.reshape(2, 2)
    a[2] = a[0] * x[3]
    return m @ m


def reshape_of_transpose_is_a_copy(A: np.ndarray):
    B = A * A
    flat = B.T.reshape(-1)
    flat[0] = 7 * A[1, 1]
    return B.sum() * flat[1] + flat[0]


def reshaped_by_function(x: np.ndarray):
    a = x + 0.5
    m = np.reshape(a, (2, -1))
    m[:, 0] = a[1] * a[2]
    return a**2


def ravel_written_then_base_read(A: np.ndarray):
    B = A * A
    flat = B.ravel()
    flat[1] = 3 * A[1, 0]
    return B * A


def base_written_then_ravel_read(A: np.ndarray):
    B = A * A
    flat = B.ravel()
    B[0, 1] = 3 * A[1, 0]
    return flat * flat


def ravel_of_transpose_is_a_copy(A: np.ndarray):
    B = A * A
    flat = np.ravel(B.T)
    B[0, 0] = 4 * A[0, 1]
    return flat * flat + B.sum()


def swapaxes_written_then_base_read(A: np.ndarray):
    B = A + 1
    S = B.swapaxes(0, 1)
    S[0] = A[0] ** 2
    return B @ B


def base_written_then_swapaxes_read(A: np.ndarray):
    B = A + 1
    S = np.swapaxes(B, 0, 1)
    B[0] = A[0] ** 2
    return S @ A


def moveaxis_written_then_base_read(A: np.ndarray):
    B = A * 3
    M = np.moveaxis(B, 0, 1)
    M[:, 1] *= A[0]
    return B * B


def transposed_by_function(A: np.ndarray):
    B = A * A
    T = np.transpose(B)
    B[1, 0] = A[0, 0] * A[0, 1]
    T[1, 1] = B[1, 0] * 2
    return B * T


def base_written_then_diagonal_read(A: np.ndarray):
    B = A * A
    d = B.diagonal()
    B[0, 0] = A[0, 1] * A[1, 0]
    return d * d


def diagonal_read_then_base_written(A: np.ndarray):
    B = A * A
    d = np.diagonal(B)
    s = d @ d
    B[0, 0] = A[0, 1] * A[1, 0]
    return s + B.sum()


def real_written_then_base_read(x: np.ndarray):
    a = x * x
    r = a.real
    r[0] = x[1] ** 3
    return a * x


def base_written_then_real_read(x: np.ndarray):
    a = x * x
    r = np.real(a)
    a[0] = x[1] ** 3
    return r * x


def asarray_written_then_base_read(x: np.ndarray):
    a = x * x
    b = np.asarray(a)
    b[1] = x[0] * x[2]
    return a * x


def base_written_then_asarray_read(x: np.ndarray):
    a = x * x
    b = np.asarray(a)
    a[1] = x[0] * x[2]
    return b * x


def slice_of_slice_written_then_base_read(x: np.ndarray):
    a = x.copy()
    b = a[1:]
    c = b[1:]
    c[0] = a[0] * b[0]
    return a * x


def base_written_then_slice_of_slice_read(x: np.ndarray):
    a = x.copy()
    c = a[1:][::-1][:2]
    a[-1] = a[0] * a[1]
    return c * c


def middle_of_three_names_written(x: np.ndarray):
    a = x * 2
    b = a[1:]
    c = b[:-1]
    b[0] = x[0] * x[-1]
    a[2] = c[0] * x[1]
    return a.sum() * c.sum() + b @ b


def two_overlapping_slices(x: np.ndarray):
    a = x.copy()
    left, right = a[:-1], a[1:]
    left *= x[0]
    right *= left
    return a


def column_written_then_matrix_read(A: np.ndarray):
    B = A.copy()
    col = B[:, 1]
    col *= B[:, 0]
    return B @ A


def matrix_written_then_row_read(A: np.ndarray):
    B = A.copy()
    row = B[0]
    B[:, 1] = A[:, 0] ** 2
    return row * row


def block_written_then_matrix_read(A: np.ndarray):
    B = A.copy()
    corner = B[:2, :2]
    corner[...] = corner @ corner
    return B * A


def new_axis_written_then_base_read(x: np.ndarray):
    a = x.copy()
    column = a[:, None]
    column *= x[0]
    return a * a


def expanded_dims_written(x: np.ndarray):
    a = x.copy()
    row = np.expand_dims(a, 0)
    row[0, 1] = x[0] ** 2
    return a * x


def squeezed_written(A: np.ndarray):
    B = A[:1] * 2
    s = B.squeeze()
    s[0] = A[1, 1] * A[0, 0]
    return B * A


def ellipsis_view_written(x: np.ndarray):
    a = x * x
    v = a[...]
    v[0] = x[1]
    return a * x


def whole_slice_is_a_view(x: np.ndarray):
    a = x * x
    v = a[:]
    a[0] = x[1]
    return v * x


def atleast_2d_written(x: np.ndarray):
    a = x * x
    m = np.atleast_2d(a)
    m[0, 2] = x[0] * x[1]
    return a * x


def broadcast_view_sees_the_write(x: np.ndarray):
    a = x * x
    wide = np.broadcast_to(a, (2, len(a)))
    a[0] = x[1] * x[2]
    return wide * wide


def split_parts_written(x: np.ndarray):
    a = x.copy()
    first, second = np.split(a, 2)
    first *= second
    second += first
    return a


def view_of_argument_written_last(x: np.ndarray):
    """Changes its argument, and returns what it was."""
    total = x @ x
    v = x[::2]
    v[:] = 0.0
    return total


rng = np.random.default_rng(201)
_4 = rng.uniform(0.4, 1.6, 4)
_6 = np.array([0.7, -1.2, 0.4, 1.5, -0.6, 0.9])
_22 = rng.uniform(0.4, 1.6, (2, 2))
_33 = rng.normal(size=(3, 3))
_VECTORS = ((_4,), (_6,))
_SQUARES = ((_22,), (_33,))

CASES = (
    Case(slice_written_then_base_read, _VECTORS, mutated=("x",)),
    Case(base_read_then_slice_written, _VECTORS, mutated=("x",)),
    Case(base_written_then_slice_read, _VECTORS),
    Case(slice_read_then_base_written, _VECTORS),
    Case(base_read_on_both_sides_of_a_write, _VECTORS),
    Case(slice_scaled_then_base_read, _VECTORS, scalar=False),
    Case(base_scaled_then_slice_read, ((_4,), (2 * _4,)), scalar=False),
    Case(strided_written_then_base_read, _VECTORS, scalar=False),
    Case(base_written_then_strided_read, _VECTORS, scalar=False),
    Case(reversed_written_then_base_read, _VECTORS, scalar=False),
    Case(base_written_then_reversed_read, _VECTORS, scalar=False),
    Case(reversed_steps_of_two, _VECTORS, scalar=False),
    Case(transpose_written_then_base_read, _SQUARES, scalar=False),
    Case(base_written_then_transpose_read, _SQUARES, scalar=False),
    Case(transpose_added_to_itself, _SQUARES, scalar=False),
    Case(reshape_written_then_base_read, ((_4,), (-_4,)), scalar=False),
    Case(base_written_then_reshape_read, ((_4,), (-_4,)), scalar=False),
    Case(reshape_of_transpose_is_a_copy, _SQUARES),
    Case(reshaped_by_function, _VECTORS, scalar=False),
    Case(ravel_written_then_base_read, _SQUARES, scalar=False),
    Case(base_written_then_ravel_read, _SQUARES, scalar=False),
    Case(ravel_of_transpose_is_a_copy, _SQUARES, scalar=False),
    Case(swapaxes_written_then_base_read, _SQUARES, scalar=False),
    Case(base_written_then_swapaxes_read, _SQUARES, scalar=False),
    Case(moveaxis_written_then_base_read, _SQUARES, scalar=False),
    Case(transposed_by_function, _SQUARES, scalar=False),
    Case(base_written_then_diagonal_read, _SQUARES, scalar=False),
    Case(diagonal_read_then_base_written, _SQUARES),
    Case(real_written_then_base_read, _VECTORS, scalar=False),
    Case(base_written_then_real_read, _VECTORS, scalar=False),
    Case(asarray_written_then_base_read, _VECTORS, scalar=False),
    Case(base_written_then_asarray_read, _VECTORS, scalar=False),
    Case(slice_of_slice_written_then_base_read, _VECTORS, scalar=False),
    Case(base_written_then_slice_of_slice_read, _VECTORS, scalar=False),
    Case(middle_of_three_names_written, _VECTORS),
    Case(two_overlapping_slices, _VECTORS, scalar=False),
    Case(column_written_then_matrix_read, _SQUARES, scalar=False),
    Case(matrix_written_then_row_read, _SQUARES, scalar=False),
    Case(block_written_then_matrix_read, _SQUARES, scalar=False),
    Case(new_axis_written_then_base_read, _VECTORS, scalar=False),
    Case(expanded_dims_written, _VECTORS, scalar=False),
    Case(squeezed_written, _SQUARES, scalar=False),
    Case(ellipsis_view_written, _VECTORS, scalar=False),
    Case(whole_slice_is_a_view, _VECTORS, scalar=False),
    Case(atleast_2d_written, _VECTORS, scalar=False),
    Case(broadcast_view_sees_the_write, _VECTORS, scalar=False),
    Case(split_parts_written, _VECTORS, scalar=False),
    Case(view_of_argument_written_last, _VECTORS, mutated=("x",)),
)
