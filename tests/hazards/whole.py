"""Functions and methods that write: `out=`, fill, sort, copyto, fill_diagonal, put."""

import numpy as np

from tests.memory_case import MemoryCase as Case


def out_is_an_input(x: np.ndarray):
    a = x.copy()
    np.multiply(a, a, out=a)
    np.sin(a, out=a)
    return a * x


def out_is_an_alias_of_an_input(x: np.ndarray):
    a = x.copy()
    b = a
    np.exp(a, out=b)
    return a * b


def out_is_the_second_input(x: np.ndarray):
    a = x * x
    b = x + 1
    np.divide(a, b, out=b)
    np.subtract(x, a, out=a)
    return a * b


def out_overlaps_an_input(x: np.ndarray):
    a = x * x
    np.multiply(a[:-1], a[1:], out=a[1:])
    return a * x


def out_is_returned(x: np.ndarray):
    a = np.zeros(len(x))
    b = np.multiply(x, x, out=a)
    b[0] = 5 * x[1]
    return a * x


def out_written_after_its_name_was_read(x: np.ndarray):
    a = x * x
    s = a @ a
    np.cos(x, out=a)
    return a * s


def out_of_a_reduction(A: np.ndarray):
    s = np.ones(A.shape[1])
    t = s
    np.sum(A * A, axis=0, out=s)
    return t * A


def out_by_position(x: np.ndarray):
    a = np.empty_like(x)
    np.add(x, x[::-1], a)
    np.multiply(a, x, a)
    return a


def out_is_the_argument(x: np.ndarray):
    """Its purpose is to change its argument."""
    np.tanh(x, out=x)
    np.multiply(x, x[0], out=x)


def cumsum_into_itself(x: np.ndarray):
    a = x * x
    np.cumsum(a, out=a)
    return a * x


def clip_into_itself(x: np.ndarray):
    a = x.copy()
    np.clip(a, -0.5, 0.8, out=a)
    return a * x


def where_selects_what_is_written(x: np.ndarray):
    a = x * 2
    np.multiply(x, x, out=a, where=x > 0)
    return a * x


def fill_after_a_read(x: np.ndarray):
    a = x * x
    s = a @ a
    a.fill(x[0])
    return a * s


def fill_a_view(x: np.ndarray):
    a = x * x
    a[1:].fill(a[0])
    return a * x


def fill_scratch_in_a_loop(x: np.ndarray, n: int):
    scratch = np.empty(len(x))
    total = np.ones(len(x))
    for i in range(n):
        scratch.fill(0.5)
        scratch[i:] += x[i:] * total[i:]
        total *= scratch
    return total


def sort_in_place(x: np.ndarray):
    a = x * 2
    b = a
    a.sort()
    return b * x


def sort_a_view(x: np.ndarray):
    a = x.copy()
    a[1:].sort()
    return a * np.arange(1.0, len(a) + 1)


def sorted_copy(x: np.ndarray):
    a = x.copy()
    b = np.sort(a)
    b[0] = 5 * x[1]
    return a * b


def sort_rows(A: np.ndarray):
    B = A.copy()
    B.sort(axis=1)
    return B * B[:, :1]


def copyto_a_local(x: np.ndarray):
    a = np.zeros(len(x))
    np.copyto(a, x * x)
    a[0] *= x[1]
    return a


def copyto_a_view(x: np.ndarray):
    a = x * x
    s = a @ a
    np.copyto(a[:2], a[-2:] * s)
    return a


def copyto_overlapping(x: np.ndarray):
    a = x * x
    np.copyto(a[1:], a[:-1])
    return a * x


def copyto_where(x: np.ndarray):
    a = x * x
    np.copyto(a, x[0], where=x < 0.5)
    return a * x


def fill_diagonal_with_a_number(A: np.ndarray):
    B = A * A
    d = B.T
    np.fill_diagonal(B, A[0, 1])
    return d @ A


def fill_diagonal_with_an_array(A: np.ndarray, x: np.ndarray):
    B = A * A
    np.fill_diagonal(B, x * x)
    return B @ A


def put_elements(x: np.ndarray):
    a = x * x
    v = a[1:]
    np.put(a, [0, 2], [x[1] ** 3, x[0] ** 3])
    return v * v


def put_by_method(x: np.ndarray):
    a = x * x
    a.put([1, -1], x[0] * x[1])
    return a * x


def putmask_elements(x: np.ndarray):
    a = x * x
    np.putmask(a, x < 0.5, x * x[0])
    return a * x


def place_elements(x: np.ndarray):
    a = x * x
    np.place(a, x < 0.5, x[0])
    return a * x


def resized_by_shape(x: np.ndarray):
    """A shape that is assigned is a view without a new name."""
    a = x * x
    b = a
    a = a.reshape(2, -1)
    a[1] = a[0] * x[0]
    return b * x


def at_with_multiplication(x: np.ndarray):
    a = x * x
    np.multiply.at(a, [0, 0, 1], x[:3])
    return a


def subtract_at(x: np.ndarray):
    a = x * x
    np.subtract.at(a, np.array([1, 1, 2]), x[:3])
    return a * a


def fill_by_slice_of_argument(x: np.ndarray):
    """Its purpose is to change its argument."""
    x[1:].fill(x[0])
    x[0] = x[1] * x[-1]


rng = np.random.default_rng(208)
_4 = np.array([0.9, -0.7, 1.4, 0.2])
_6 = np.array([0.7, -1.2, 0.3, 1.5, -0.6, 0.9])
_22 = np.array([[0.9, 0.3], [1.7, 0.6]])
_33 = np.array([[0.9, -0.3, 1.4], [0.2, 0.7, -1.1], [1.3, 2.0, 0.4]])
_VECTORS = ((_4,), (_6,))
_SQUARES = ((_22,), (_33,))

CASES = (
    Case(out_is_an_input, _VECTORS, scalar=False),
    Case(out_is_an_alias_of_an_input, _VECTORS, scalar=False),
    Case(out_is_the_second_input, _VECTORS, scalar=False),
    Case(out_overlaps_an_input, _VECTORS, scalar=False),
    Case(out_is_returned, _VECTORS, scalar=False),
    Case(out_written_after_its_name_was_read, _VECTORS, scalar=False),
    Case(out_of_a_reduction, _SQUARES, scalar=False),
    Case(out_by_position, _VECTORS, scalar=False),
    Case(out_is_the_argument, _VECTORS, mutated=("x",), of=("x",)),
    Case(cumsum_into_itself, _VECTORS, scalar=False),
    Case(clip_into_itself, _VECTORS, scalar=False),
    Case(where_selects_what_is_written, _VECTORS, scalar=False),
    Case(fill_after_a_read, _VECTORS, scalar=False),
    Case(fill_a_view, _VECTORS, scalar=False),
    Case(fill_scratch_in_a_loop, ((_4, 0), (_4, 1), (_6, 3)), scalar=False),
    Case(sort_in_place, _VECTORS, scalar=False),
    Case(sort_a_view, _VECTORS, scalar=False),
    Case(sorted_copy, _VECTORS, scalar=False),
    Case(sort_rows, _SQUARES, scalar=False),
    Case(copyto_a_local, _VECTORS, scalar=False),
    Case(copyto_a_view, _VECTORS, scalar=False),
    Case(copyto_overlapping, _VECTORS, scalar=False),
    Case(copyto_where, _VECTORS, scalar=False),
    Case(fill_diagonal_with_a_number, _SQUARES, scalar=False),
    Case(fill_diagonal_with_an_array, ((_22, _4[:2]), (_33, _4[:3])), scalar=False),
    Case(put_elements, _VECTORS, scalar=False),
    Case(put_by_method, _VECTORS, scalar=False),
    Case(putmask_elements, _VECTORS, scalar=False),
    Case(place_elements, _VECTORS, scalar=False),
    Case(resized_by_shape, _VECTORS, scalar=False),
    Case(at_with_multiplication, _VECTORS, scalar=False),
    Case(subtract_at, _VECTORS, scalar=False),
    Case(fill_by_slice_of_argument, _VECTORS, mutated=("x",), of=("x",)),
)
