"""Several names for one array, names that move from one array to another, swaps, and branches that choose."""

import numpy as np

from tests.memory_case import MemoryCase as Case


def second_name_written_then_first_read(x: np.ndarray):
    a = x * x
    b = a
    b[0] = x[1] * x[2]
    return a * x


def first_name_written_then_second_read(x: np.ndarray):
    a = x * x
    b = a
    a[0] = x[1] * x[2]
    return b * x


def alias_of_argument_written(x: np.ndarray):
    y = x
    y[0] = x[1] * x[2]
    return x * x


def chained_targets_are_one_array(x: np.ndarray):
    a = b = x * x
    a[0] = x[1]
    b[1] *= a[0]
    return a * b


def augmented_through_second_name(x: np.ndarray):
    a = x * x
    b = a
    b += x
    return a * a


def rebound_instead_of_augmented(x: np.ndarray):
    a = x * x
    b = a
    b = b + x
    b[0] = 0.0
    return a * a + b


def rebound_then_augmented(x: np.ndarray):
    a = x.copy()
    b = a
    a = a * 2
    a += x
    b *= a
    return a * b


def rebound_after_alias(x: np.ndarray):
    a = x * x
    b = a
    a = np.sin(a)
    a[0] = b[1]
    b[0] = a[1]
    return a * b


def branch_chooses_what_is_written(x: np.ndarray, z: np.ndarray, flag: bool):
    a = x * x
    b = z * z
    y = a if flag else b
    y[0] = x[1] * z[1]
    return a.sum() * b.prod()


def branch_chooses_what_is_read(x: np.ndarray, z: np.ndarray, flag: bool):
    a = x * x
    b = z * z
    if flag:
        y = a
    else:
        y = b
    a[0] = x[1] * z[1]
    b[1] = x[0] * z[0]
    return y.prod()


def branch_on_values_chooses(x: np.ndarray, z: np.ndarray):
    a = x.copy()
    b = z.copy()
    y = a if x[0] > z[0] else b
    y[1] = x[0] * z[0]
    a[0] = y[1] * x[1]
    return a * b


def view_or_copy(x: np.ndarray, flag: bool):
    a = x * x
    v = a[1:] if flag else a[1:].copy()
    v[0] = x[0] * x[2]
    return a * x


def view_or_base(x: np.ndarray, flag: bool):
    a = x * x
    if flag:
        v = a
    else:
        v = a[1:]
    v[1] = x[0] * x[2]
    return a @ a + v.sum()


def two_names_swapped_then_written(x: np.ndarray, z: np.ndarray):
    a, b = x * x, z * z
    a, b = b, a
    a[0] = x[0] * b[1]
    return a * z + b


def three_names_rotated(x: np.ndarray):
    a, b, c = x * 1.0, x * 2.0, x * 3.0
    a, b, c = b, c, a
    a[0] = c[1] * x[2]
    c[0] = b[1] * x[1]
    return a * b * c


def swapped_in_a_loop(x: np.ndarray, n: int):
    a = x.copy()
    b = np.zeros_like(x)
    for i in range(n):
        b[1:] = a[:-1] * a[1:]
        b[0] = a[0] * x[-1]
        a, b = b, a
    return a


def swapped_in_a_loop_both_read(x: np.ndarray, n: int):
    a = x.copy()
    b = x * 0.5
    for i in range(n):
        b += a * a
        a, b = b, a
    return a * b


def swapped_on_a_branch(x: np.ndarray):
    a = x.copy()
    b = x * x
    for i in range(len(x)):
        if x[i] > 0:
            a, b = b, a
        a[i] = b[i] * 1.5
    return a - b


def shrinking_view(x: np.ndarray):
    a = x * x
    total = 0.0
    while len(a) > 1:
        a[1] += a[0] * total
        total += 0.2 * a[0] * a[1]
        a = a[1:]
    return total


def shrinking_view_base_read(x: np.ndarray):
    base = x.copy()
    v = base
    for i in range(len(x) - 1):
        v = v[1:]
        v[0] *= base[0]
    return base * x


def view_taken_before_rebinding(x: np.ndarray):
    a = x * x
    v = a[:2]
    a = a + 1
    a[0] = 5 * x[1]
    v[1] = x[0] ** 3
    return a * x + v.sum()


def name_moves_along_rows(A: np.ndarray):
    B = A.copy()
    row = B[0]
    for i in range(1, len(B)):
        row *= B[i]
        row = B[i]
    return B


def name_kept_from_the_last_trip(x: np.ndarray, n: int):
    previous = np.ones(len(x))
    for i in range(n):
        current = x * (i + 1) + previous
        previous[0] = current[1] * x[0]
        previous = current
    return previous * x


def alias_made_in_a_loop(x: np.ndarray, n: int):
    a = x.copy()
    b = a
    for i in range(n):
        b[0] = b[0] * a[1]
        if i % 2 == 0:
            b = a[1:]
        else:
            b = a
    return a


def first_trip_is_an_alias(x: np.ndarray, n: int):
    """The argument is changed in the first trip only."""
    u = x
    for i in range(n):
        u[0] = u[0] * u[1]
        u = u + 1
    return u * x


def captured_array_is_written(x: np.ndarray):
    a = x * x

    def bump(k):
        a[k] = a[k] * x[0]

    bump(1)
    bump(2)
    return a * x


def captured_array_is_written_outside(x: np.ndarray):
    a = x * x

    def weighted():
        return a[1:] @ a[:-1]

    first = weighted()
    a[1] = x[0] * first
    return first + weighted()


def conditional_expression_of_views(x: np.ndarray, k: int):
    a = x.copy()
    for i in range(k):
        half = a[:2] if i % 2 == 0 else a[-2:]
        half *= half[::-1]
    return a


rng = np.random.default_rng(202)
_4, _z4 = rng.uniform(0.4, 1.6, (2, 4))
_6 = np.array([0.7, -1.2, 0.4, 1.5, -0.6, 0.9])
_z6 = np.array([0.2, 0.8, -0.9, 1.1, 0.5, -1.3])
_33 = rng.normal(size=(3, 3))
_23 = rng.normal(size=(2, 3))
_VECTORS = ((_4,), (_6,))
_PAIRS = ((_4, _z4), (_6, _z6), (_z6, _6))
_FLAGS = ((_4, _z4, True), (_6, _z6, False))
_COUNTS = ((_4, 0), (_4, 1), (_6, 4))

CASES = (
    Case(second_name_written_then_first_read, _VECTORS, scalar=False),
    Case(first_name_written_then_second_read, _VECTORS, scalar=False),
    Case(alias_of_argument_written, _VECTORS, scalar=False, mutated=("x",)),
    Case(chained_targets_are_one_array, _VECTORS, scalar=False),
    Case(augmented_through_second_name, _VECTORS, scalar=False),
    Case(rebound_instead_of_augmented, _VECTORS, scalar=False),
    Case(rebound_then_augmented, _VECTORS, scalar=False),
    Case(rebound_after_alias, _VECTORS, scalar=False),
    Case(branch_chooses_what_is_written, _FLAGS),
    Case(branch_chooses_what_is_read, _FLAGS),
    Case(branch_on_values_chooses, _PAIRS, scalar=False),
    Case(view_or_copy, ((_4, True), (_6, False)), scalar=False),
    Case(view_or_base, ((_4, True), (_6, False))),
    Case(two_names_swapped_then_written, _PAIRS, scalar=False),
    Case(three_names_rotated, _VECTORS, scalar=False),
    Case(swapped_in_a_loop, _COUNTS, scalar=False),
    Case(swapped_in_a_loop_both_read, ((_4, 0), (_4, 1), (_6, 2)), scalar=False),
    Case(swapped_on_a_branch, _VECTORS, scalar=False),
    Case(shrinking_view, _VECTORS),
    Case(shrinking_view_base_read, _VECTORS, scalar=False),
    Case(view_taken_before_rebinding, _VECTORS, scalar=False),
    Case(name_moves_along_rows, ((_23,), (_33,)), scalar=False),
    Case(name_kept_from_the_last_trip, _COUNTS, scalar=False),
    Case(alias_made_in_a_loop, _COUNTS, scalar=False),
    Case(first_trip_is_an_alias, _COUNTS, scalar=False, mutated=("x",)),
    Case(captured_array_is_written, _VECTORS, scalar=False),
    Case(captured_array_is_written_outside, _VECTORS),
    Case(conditional_expression_of_views, _COUNTS, scalar=False),
)
