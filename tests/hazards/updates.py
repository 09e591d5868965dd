"""Augmented assignments, and targets that are several at once."""

import numpy as np

from tests.memory_case import MemoryCase as Case


def augmented_argument(x: np.ndarray):
    """Its purpose is to change its argument."""
    x += x * x
    x *= x[0]


def augmented_argument_returned(x: np.ndarray, s: float):
    x *= s
    x -= 1.0
    return x * x


def rebound_argument(x: np.ndarray, s: float):
    x = x * s
    x -= 1.0
    return x * x


def all_operators(x: np.ndarray, z: np.ndarray):
    a = x.copy()
    a += z
    a *= a
    a -= x
    a /= z
    b = np.abs(a) + 1
    b **= 1.5
    return b * a


def matmul_in_place(A: np.ndarray):
    B = A.copy()
    C = B
    B @= A
    B[0, 0] *= 2
    return C * A


def power_in_place_with_array(x: np.ndarray, p: np.ndarray):
    a = x * x + 0.5
    b = a
    a **= p
    return b * x


def divided_by_own_element(x: np.ndarray):
    a = x * x
    a /= a[0].copy()
    return a


def multiplied_by_own_element(x: np.ndarray):
    a = x.copy()
    first = a[0]
    a *= first
    return a * first


def minus_own_maximum(x: np.ndarray):
    a = x.copy()
    a -= a.max()
    a *= a.min()
    return a


def plus_itself(x: np.ndarray):
    a = x * x
    a += a
    a *= a
    return a


def float_augmented_is_rebound(s: float, t: float):
    a = s
    b = a
    b += t
    b *= a
    return a * b


def float_of_an_element_is_no_view(x: np.ndarray):
    a = x.copy()
    s = a[0]
    s += 1.0
    s *= a[1]
    a[0] = s * s
    return a * s


def element_augmented_by_expression_of_it(x: np.ndarray):
    a = x.copy()
    a[0] += a[0] * a[1]
    a[1] *= a[1]
    a[-1] -= a[0] / a[1]
    a[2] /= a[0]
    a[2] **= 2
    return a


def elements_swapped(x: np.ndarray):
    a = x * x
    a[0], a[1] = a[1], a[0]
    return a * x


def elements_rotated(x: np.ndarray):
    a = x.copy()
    a[0], a[1], a[2] = a[1] * a[2], a[2] * a[0], a[0] * a[1]
    return a


def elements_of_argument_swapped(x: np.ndarray):
    """Its purpose is to change its argument."""
    x[0], x[-1] = x[-1] * x[1], x[0] ** 2


def slices_swapped_see_each_other(x: np.ndarray):
    a = x * x
    a[:2], a[2:4] = a[2:4], a[:2]
    return a * x


def slices_swapped_by_copies(x: np.ndarray):
    a = x * x
    a[:2], a[2:4] = a[2:4].copy(), a[:2].copy()
    return a * x


def chained_element_targets(A: np.ndarray):
    B = A * A
    B[0, 1] = B[1, 0] = A[0, 0] * B[1, 1]
    return B * A


def chained_name_and_element(x: np.ndarray):
    a = x * x
    s = a[0] = a[1] * a[2]
    a[1] = s * s
    return a * s


def chained_slices_of_one_array(x: np.ndarray):
    a = x.copy()
    a[:2] = a[1:3] = a[2:4] * x[0]
    return a


def index_changed_between_targets(x: np.ndarray):
    a = x * x
    i = 0
    i, a[i] = 1, a[0] * a[1]
    a[i] *= a[0]
    return a


def augmented_with_view_of_itself(x: np.ndarray):
    a = x.copy()
    a += a[::-1]
    a *= a[::-1]
    return a


def shifted_multiplication(x: np.ndarray):
    a = x.copy()
    a[1:] *= a[:-1]
    return a


def shifted_multiplication_in_loop(x: np.ndarray, n: int):
    a = x.copy()
    for _ in range(n):
        a[1:] *= a[:-1]
        a[:-1] += a[1:]
    return a


def overlapping_forward_copy(x: np.ndarray):
    a = x * x
    a[1:] = a[:-1]
    return a * x


def overlapping_backward_copy(x: np.ndarray):
    a = x * x
    a[:-1] = a[1:]
    return a * x


def overlapping_copy_in_a_loop(x: np.ndarray, n: int):
    a = x.copy()
    for _ in range(n):
        a[1:] = a[:-1] * a[1:]
        a[0] = a[-1]
    return a


def reversed_onto_itself(x: np.ndarray):
    a = x * x
    a[:] = a[::-1]
    return a * x


def transposed_onto_itself(A: np.ndarray):
    B = A * A
    B[:] = B.T
    return B * A


def rows_from_columns(A: np.ndarray):
    B = A.copy()
    B[0] = B[:, 0]
    B[:, 1] *= B[1]
    return B


def local_in_one_branch(x: np.ndarray, own: bool):
    """Changes its argument unless it makes its own copy."""
    a = x
    if own:
        a = x.copy()
    a *= 2
    a[0] = a[1] * x[1]
    return a * x


def number_that_becomes_an_array(x: np.ndarray):
    total = 0.0
    for i in range(3):
        total += x * i
    total[0] *= x[1]
    return total


def integer_power_of_a_view(x: np.ndarray):
    a = x.copy()
    v = a[1:]
    v **= 2
    a[0] -= v[0]
    return a * x


def expression_reads_target_twice(x: np.ndarray):
    a = x.copy()
    a[1:-1] = a[1:-1] * (a[:-2] + a[2:] + a[1:-1])
    return a


rng = np.random.default_rng(205)
_4, _z4 = rng.uniform(0.4, 1.6, (2, 4))
_6 = np.array([0.7, -1.2, 0.4, 1.5, -0.6, 0.9])
_z6 = np.array([0.2, 0.8, -0.9, 1.1, 0.5, -1.3])
_22 = rng.uniform(0.4, 1.6, (2, 2))
_33 = rng.normal(size=(3, 3))
_VECTORS = ((_4,), (_6,))
_SQUARES = ((_22,), (_33,))
_SCALED = ((_4, 0.7), (_6, -1.3))
_COUNTS = ((_4, 0), (_4, 1), (_6, 3))

CASES = (
    Case(augmented_argument, _VECTORS, mutated=("x",), of=("x",)),
    Case(augmented_argument_returned, _SCALED, scalar=False, mutated=("x",)),
    Case(rebound_argument, _SCALED, scalar=False),
    Case(all_operators, ((_4, _z4), (_6, _z6)), scalar=False),
    Case(matmul_in_place, _SQUARES, scalar=False),
    Case(power_in_place_with_array, ((_4, _z4), (_6, _z6)), scalar=False),
    Case(divided_by_own_element, _VECTORS, scalar=False),
    Case(multiplied_by_own_element, _VECTORS, scalar=False),
    Case(minus_own_maximum, _VECTORS, scalar=False),
    Case(plus_itself, _VECTORS, scalar=False),
    Case(float_augmented_is_rebound, ((0.7, 1.3), (-0.4, 0.8))),
    Case(float_of_an_element_is_no_view, _VECTORS, scalar=False),
    Case(element_augmented_by_expression_of_it, _VECTORS, scalar=False),
    Case(elements_swapped, _VECTORS, scalar=False),
    Case(elements_rotated, _VECTORS, scalar=False),
    Case(elements_of_argument_swapped, _VECTORS, mutated=("x",), of=("x",)),
    Case(slices_swapped_see_each_other, _VECTORS, scalar=False),
    Case(slices_swapped_by_copies, _VECTORS, scalar=False),
    Case(chained_element_targets, _SQUARES, scalar=False),
    Case(chained_name_and_element, _VECTORS, scalar=False),
    Case(chained_slices_of_one_array, _VECTORS, scalar=False),
    Case(index_changed_between_targets, _VECTORS, scalar=False),
    Case(augmented_with_view_of_itself, _VECTORS, scalar=False),
    Case(shifted_multiplication, _VECTORS, scalar=False),
    Case(shifted_multiplication_in_loop, _COUNTS, scalar=False),
    Case(overlapping_forward_copy, _VECTORS, scalar=False),
    Case(overlapping_backward_copy, _VECTORS, scalar=False),
    Case(overlapping_copy_in_a_loop, _COUNTS, scalar=False),
    Case(reversed_onto_itself, _VECTORS, scalar=False),
    Case(transposed_onto_itself, _SQUARES, scalar=False),
    Case(rows_from_columns, _SQUARES, scalar=False),
    Case(local_in_one_branch, ((_4, True), (_6, False)), scalar=False, mutated=("x",)),
    Case(number_that_becomes_an_array, _VECTORS, scalar=False),
    Case(integer_power_of_a_view, _VECTORS, scalar=False),
    Case(expression_reads_target_twice, _VECTORS, scalar=False),
)
