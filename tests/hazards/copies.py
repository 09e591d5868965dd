"""What looks like a view and is a copy: a write on one side isn't seen on the other."""

import numpy as np

from tests.memory_case import MemoryCase as Case


def copy_method(x: np.ndarray):
    a = x * x
    b = a.copy()
    b[0] = 5 * x[1]
    a[1] = b[0] * x[0]
    return a * b


def copy_of_a_slice(x: np.ndarray):
    a = x * x
    b = a[1:].copy()
    a[1] = 4 * x[0]
    return b * b


def array_function_copies(x: np.ndarray):
    a = x * x
    b = np.array(a)
    a[0] = x[1] ** 3
    b[1] *= a[0]
    return a * b


def array_without_copy_is_an_alias(x: np.ndarray):
    a = x * x
    b = np.array(a, copy=None)
    a[0] = x[1] ** 3
    return b * x


def copy_function(x: np.ndarray):
    a = x * x
    b = np.copy(a)
    a *= 2
    return a * b


def sum_with_zero_copies(x: np.ndarray):
    a = x * x
    b = a + 0
    b[0] = 5 * x[1]
    return a * b


def plus_sign_copies(x: np.ndarray):
    a = x * x
    b = +a
    b[0] = 5 * x[1]
    return a * b


def integer_list_copies(x: np.ndarray):
    a = x * x
    b = a[[0, 1, 2]]
    a[0] = 5 * x[1]
    b[1] = 2 * x[2]
    return a[:3] * b


def integer_array_of_all_copies(x: np.ndarray):
    a = x * x
    b = a[np.arange(len(a))]
    b *= 2
    a += b
    return a


def mask_of_all_copies(x: np.ndarray):
    a = x * x
    b = a[np.ones(len(a), dtype=bool)]
    a[0] = x[1]
    b[1] = x[0] * a[0]
    return a * b


def flatten_copies(A: np.ndarray):
    B = A * A
    f = B.flatten()
    B[0, 0] = 5 * A[1, 1]
    f[1] = 3 * A[0, 0]
    return f.sum() * B


def astype_copies(x: np.ndarray):
    a = x * x
    b = a.astype(float)
    b[0] = 5 * x[1]
    return a * b


def ascontiguousarray_may_be_the_same(x: np.ndarray):
    a = x * x
    same = np.ascontiguousarray(a)
    other = np.ascontiguousarray(a[::2])
    a[0] = 5 * x[1]
    return same @ same + other @ other


def concatenate_copies(x: np.ndarray):
    a = x * x
    b = np.concatenate((a, a[:1]))
    a[0] = 5 * x[1]
    b[1] = a[0]
    return b * b


def stack_copies(x: np.ndarray):
    a = x * x
    b = np.stack([a, a])
    b[0, 0] = 5 * x[1]
    a *= 3
    return b * a


def roll_copies(x: np.ndarray):
    a = x * x
    b = np.roll(a, 1)
    b[0] = 5 * x[1]
    return a * b


def flip_is_a_view(x: np.ndarray):
    a = x * x
    b = np.flip(a)
    b[0] = 5 * x[1]
    return a * x


def take_copies(x: np.ndarray):
    a = x * x
    b = np.take(a, [0, 1])
    a[0] = x[1] ** 3
    return b * b


def where_copies(x: np.ndarray):
    a = x * x
    b = np.where(x > 0, a, -a)
    a[0] = 5 * x[1]
    return a * b


def maximum_copies(x: np.ndarray):
    a = x * x
    b = np.maximum(a, 0.3)
    a[0] = 5 * x[1]
    b[1] = x[0]
    return a * b


def diag_of_matrix(A: np.ndarray):
    B = A * A
    d = np.diag(B).copy()
    d[0] = 5 * A[0, 1]
    B[1, 1] = d[0]
    return d.sum() * B


def triangle_copies(A: np.ndarray):
    B = A * A
    L = np.tril(B)
    L[0, 0] = 5 * A[0, 1]
    B[1, 0] = A[0, 0]
    return L @ B


def sum_along_nothing_is_fresh(A: np.ndarray):
    B = A * A
    s = B.sum(axis=0)
    s[0] = 3 * A[0, 1]
    B[0] = s
    return B * A


def list_of_a_list_copies_no_arrays(x: np.ndarray):
    arrays = [x * 1.0, x * 2.0]
    other = list(arrays)
    other[0][0] = 5 * x[1]
    other[1] = x * x
    return arrays[0] * arrays[1] + other[1]


def slice_of_a_list_copies_no_arrays(x: np.ndarray):
    arrays = [x * 1.0, x * 2.0]
    other = arrays[:]
    other[1] *= x
    return arrays[0] * arrays[1]


rng = np.random.default_rng(207)
_4 = np.array([0.9, -0.7, 1.4, 0.2])
_6 = np.array([0.7, -1.2, 0.3, 1.5, -0.6, 0.9])
_22 = rng.uniform(0.4, 1.6, (2, 2))
_33 = rng.normal(size=(3, 3))
_VECTORS = ((_4,), (_6,))
_SQUARES = ((_22,), (_33,))

CASES = (
    Case(copy_method, _VECTORS, scalar=False),
    Case(copy_of_a_slice, _VECTORS, scalar=False),
    Case(array_function_copies, _VECTORS, scalar=False),
    Case(array_without_copy_is_an_alias, _VECTORS, scalar=False),
    Case(copy_function, _VECTORS, scalar=False),
    Case(sum_with_zero_copies, _VECTORS, scalar=False),
    Case(plus_sign_copies, _VECTORS, scalar=False),
    Case(integer_list_copies, _VECTORS, scalar=False),
    Case(integer_array_of_all_copies, _VECTORS, scalar=False),
    Case(mask_of_all_copies, _VECTORS, scalar=False),
    Case(flatten_copies, _SQUARES, scalar=False),
    Case(astype_copies, _VECTORS, scalar=False),
    Case(ascontiguousarray_may_be_the_same, _VECTORS),
    Case(concatenate_copies, _VECTORS, scalar=False),
    Case(stack_copies, _VECTORS, scalar=False),
    Case(roll_copies, _VECTORS, scalar=False),
    Case(flip_is_a_view, _VECTORS, scalar=False),
    Case(take_copies, _VECTORS, scalar=False),
    Case(where_copies, _VECTORS, scalar=False),
    Case(maximum_copies, _VECTORS, scalar=False),
    Case(diag_of_matrix, _SQUARES, scalar=False),
    Case(triangle_copies, _SQUARES, scalar=False),
    Case(sum_along_nothing_is_fresh, _SQUARES, scalar=False),
    Case(list_of_a_list_copies_no_arrays, _VECTORS, scalar=False),
    Case(slice_of_a_list_copies_no_arrays, _VECTORS, scalar=False),
)
