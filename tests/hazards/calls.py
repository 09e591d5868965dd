"""Helpers that write into what they are handed, or give back what they were given."""

import numpy as np

from tests.memory_case import MemoryCase as Case


def scale(v, s):
    v *= s


def shift_into(out, v):
    out[1:] = v[:-1]
    out[0] = v[-1] * v[-1]


def accumulate(target, source, i):
    target[i] += source[i] ** 2


def identity(v):
    return v


def tail(v):
    return v[1:]


def clipped_in_place(v):
    v[0] = v[0] * v[1]
    return v


def copy_and_change(v):
    v = v.copy()
    v[0] = v[1] ** 2
    return v


def rebinds_only(v):
    v = v * 2
    v[0] = 0.0
    return v.sum()


def either(a, b, flag):
    if flag:
        return a
    return b


def both_written(a, b):
    a[0] = b[0] * b[1]
    b[1] = a[0] * a[1]


def first_rest(v):
    return v[0], v[1:]


def exchange(a, b):
    t = a.copy()
    a[:] = b
    b[:] = t * t


def add_rows(A, k):
    if k > 0:
        A[k] += A[k - 1] * A[0]
        add_rows(A, k - 1)


def helper_scales_a_local(x: np.ndarray):
    a = x * x
    scale(a, x[0])
    return a * x


def helper_scales_between_reads(x: np.ndarray):
    a = x * x
    before = a @ a
    scale(a, before)
    return before * a


def helper_scales_a_view(x: np.ndarray):
    a = x * x
    scale(a[1:], x[0])
    return a * x


def helper_scales_a_transpose(A: np.ndarray):
    B = A * A
    scale(B.T, A[:, 0])
    return B


def helper_scales_argument(x: np.ndarray, s: float):
    """Its purpose is to change its argument."""
    scale(x, s)
    scale(x[:2], s)


def helper_scales_and_value_returned(x: np.ndarray, s: float):
    total = x @ x
    scale(x, s)
    return total * x[0]


def helper_in_a_loop(x: np.ndarray, n: int):
    a = x.copy()
    for i in range(n):
        scale(a[i:], a[i])
    return a


def helper_with_output_buffer(x: np.ndarray, n: int):
    a = x.copy()
    b = np.empty_like(a)
    for i in range(n):
        shift_into(b, a)
        a, b = b, a
    return a * x


def helper_output_overlaps_input(x: np.ndarray):
    a = x * x
    shift_into(a, a)
    return a * x


def helper_on_two_views_of_one_array(x: np.ndarray):
    a = x * x
    shift_into(a[:-1], a[1:])
    return a * x


def helper_on_overlapping_views(x: np.ndarray):
    a = x * x
    both_written(a[:-1], a[1:])
    return a * x


def helper_on_one_array_twice(x: np.ndarray):
    a = x * x
    both_written(a, a)
    return a * x


def helper_on_disjoint_views(x: np.ndarray):
    a = x * x
    exchange(a[:2], a[2:4])
    return a * x


def helper_accumulates_elements(x: np.ndarray):
    a = np.zeros(len(x))
    for i in range(len(x)):
        accumulate(a, x, i)
        accumulate(a, a, i)
    return a


def result_of_identity_written(x: np.ndarray):
    a = x * x
    b = identity(a)
    b[0] = x[1] * x[2]
    return a * x


def argument_of_identity_written(x: np.ndarray):
    a = x * x
    b = identity(a)
    a[0] = x[1] * x[2]
    return b * x


def view_from_helper_written(x: np.ndarray):
    a = x * x
    v = tail(a)
    v[0] = a[0] * x[2]
    return a * x


def base_of_view_from_helper_written(x: np.ndarray):
    a = x * x
    v = tail(tail(a))
    a[2] = a[0] * x[1]
    return v * v


def helper_changes_and_returns(x: np.ndarray):
    a = x * x
    b = clipped_in_place(a)
    b[1] = a[0] + x[2] ** 2
    return a * b


def helper_changes_a_copy(x: np.ndarray):
    a = x * x
    b = copy_and_change(a)
    b[1] = 3 * x[0]
    return a * b


def helper_rebinds_its_parameter(x: np.ndarray):
    a = x * x
    s = rebinds_only(a)
    return a * s


def helper_returns_one_of_two(x: np.ndarray, z: np.ndarray, flag: bool):
    a, b = x * x, z * z
    c = either(a, b, flag)
    c[0] = x[1] * z[1]
    return a * b


def helper_returns_number_and_view(x: np.ndarray):
    a = x * x
    head, rest = first_rest(a)
    rest[0] = head * x[0]
    a[0] = rest[0] * 2
    return head * a


def recursive_helper_writes(A: np.ndarray):
    B = A.copy()
    add_rows(B, len(B) - 1)
    return B


def lambda_returns_a_view(x: np.ndarray):
    pick = lambda v, k: v[k:]  # noqa: E731
    a = x * x
    pick(a, 1)[0] = x[0] ** 3
    v = pick(a, 2)
    v *= x[0]
    return a


def nested_helper_writes_its_argument(x: np.ndarray):
    def bump(v, amount):
        v[0] += amount
        v *= amount

    a = x * x
    bump(a, x[1])
    bump(a[1:], x[0])
    return a


def default_argument_is_a_view(x: np.ndarray):
    def with_default(v, w=None):
        if w is None:
            w = v
        w[0] = v[1] * v[1]
        return v

    a = x * x
    with_default(a)
    b = x.copy()
    with_default(a, b)
    return a * b


rng = np.random.default_rng(204)
_4, _z4 = rng.uniform(0.4, 1.6, (2, 4))
_6 = np.array([0.7, -1.2, 0.4, 1.5, -0.6, 0.9])
_z6 = np.array([0.2, 0.8, -0.9, 1.1, 0.5, -1.3])
_23 = rng.normal(size=(2, 3))
_33 = rng.normal(size=(3, 3))
_43 = rng.normal(size=(4, 3))
_VECTORS = ((_4,), (_6,))
_COUNTS = ((_4, 0), (_4, 1), (_6, 3))

CASES = (
    Case(helper_scales_a_local, _VECTORS, scalar=False),
    Case(helper_scales_between_reads, _VECTORS, scalar=False),
    Case(helper_scales_a_view, _VECTORS, scalar=False),
    Case(helper_scales_a_transpose, ((_23,), (_33,)), scalar=False),
    Case(helper_scales_argument, ((_4, 0.7), (_6, -1.3)), mutated=("x",), of=("x",)),
    Case(helper_scales_and_value_returned, ((_4, 0.7), (_6, -1.3)), mutated=("x",)),
    Case(helper_in_a_loop, _COUNTS, scalar=False),
    Case(helper_with_output_buffer, _COUNTS, scalar=False),
    Case(helper_output_overlaps_input, _VECTORS, scalar=False),
    Case(helper_on_two_views_of_one_array, _VECTORS, scalar=False),
    Case(helper_on_overlapping_views, _VECTORS, scalar=False),
    Case(helper_on_one_array_twice, _VECTORS, scalar=False),
    Case(helper_on_disjoint_views, _VECTORS, scalar=False),
    Case(helper_accumulates_elements, _VECTORS, scalar=False),
    Case(result_of_identity_written, _VECTORS, scalar=False),
    Case(argument_of_identity_written, _VECTORS, scalar=False),
    Case(view_from_helper_written, _VECTORS, scalar=False),
    Case(base_of_view_from_helper_written, _VECTORS, scalar=False),
    Case(helper_changes_and_returns, _VECTORS, scalar=False),
    Case(helper_changes_a_copy, _VECTORS, scalar=False),
    Case(helper_rebinds_its_parameter, _VECTORS, scalar=False),
    Case(helper_returns_one_of_two, ((_4, _z4, True), (_6, _z6, False)), scalar=False),
    Case(helper_returns_number_and_view, _VECTORS, scalar=False),
    Case(recursive_helper_writes, ((_23,), (_43,)), scalar=False),
    Case(lambda_returns_a_view, _VECTORS, scalar=False),
    Case(nested_helper_writes_its_argument, _VECTORS, scalar=False),
    Case(default_argument_is_a_view, _VECTORS, scalar=False),
)
