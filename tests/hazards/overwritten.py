"""Values that a nonlinear operation needs again, and that are overwritten after it."""

import numpy as np

from tests.memory_case import MemoryCase as Case


def argument_zeroed_after_exp(x: np.ndarray):
    y = np.exp(x)
    x[...] = 0
    return y


def argument_zeroed_after_square(x: np.ndarray):
    y = x * x
    x[...] = 0
    return y + x


def input_of_sine_changed(x: np.ndarray):
    a = x * 2
    y = np.sin(a)
    a[0] = 5 * x[1]
    return y * a


def input_of_sine_changed_through_a_view(x: np.ndarray):
    a = x * 2
    v = a[1:]
    y = np.sin(a)
    v *= x[0]
    return y * a


def result_of_exp_changed(x: np.ndarray):
    y = np.exp(x)
    y[0] = 5 * x[1]
    return y * x


def result_of_sqrt_augmented(x: np.ndarray):
    y = np.sqrt(x * x + 1)
    y *= 2
    y += x
    return y * y


def result_of_tanh_changed_after_use(x: np.ndarray):
    y = np.tanh(x)
    z = y * y
    y[:] = z * x
    return y * z


def factor_changed_after_product(x: np.ndarray, w: np.ndarray):
    a = w.copy()
    y = a * x
    a *= 2
    y *= a
    return y


def matrix_changed_after_product(A: np.ndarray, x: np.ndarray):
    B = A.copy()
    y = B @ x
    B[0] = y
    z = B @ y
    B[:] = 0
    return z


def solved_then_overwritten(A: np.ndarray, b: np.ndarray):
    M = A.copy()
    x = np.linalg.solve(M, b)
    M[0, 0] = 5 * x[0]
    x[1] = 0.0
    return M @ x


def divisor_changed_after_division(x: np.ndarray, z: np.ndarray):
    d = z * z + 1
    q = x / d
    d[0] = q[1]
    q /= d + 3
    return q * d


def scalar_overwritten_in_a_loop(x: np.ndarray, n: int):
    a = x.copy()
    s = 1.0
    for i in range(n):
        s = s * a[0] + a[1]
        a *= s
        a[0] = np.sin(s)
    return a * s


def square_in_a_loop(x: np.ndarray, n: int):
    a = x.copy()
    for i in range(n):
        a[:] = a * a + 0.1 * x
    return a


def power_with_array_exponent_overwritten(x: np.ndarray, p: np.ndarray):
    base = x * x + 0.5
    e = p.copy()
    y = base**e
    base[0] = y[1]
    e[:] = 0
    return y * base


def norm_of_what_is_then_scaled(x: np.ndarray):
    a = x.copy()
    norm = np.sqrt(a @ a)
    a /= norm
    return a * norm


def index_overwritten_after_gather(x: np.ndarray):
    index = np.array([0, 2, 1])
    y = np.sin(x[index])
    index[:] = 0
    return y * x[index]


def mask_overwritten_after_where(x: np.ndarray):
    mask = x > 0
    y = np.where(mask, x * x, -x)
    mask[...] = False
    return y + np.where(mask, x, 2 * x)


def maximum_overwritten(x: np.ndarray, z: np.ndarray):
    a = x.copy()
    b = z.copy()
    m = np.maximum(a, b)
    a[:] = 100.0
    b[:] = m * z
    return m * b


def maximum_reduced_then_overwritten(x: np.ndarray):
    a = x.copy()
    top = a.max()
    a[np.argmax(a)] = 0.0
    second = a.max()
    a *= top
    return top * second + a.sum()


def product_reduced_then_overwritten(x: np.ndarray):
    a = x.copy()
    p = a.prod()
    a[0] = p * p
    return a * p


def scratch_reused_for_two_things(x: np.ndarray):
    t = np.empty(len(x))
    t[:] = x * x
    a = np.sin(t)
    t[:] = x + 1
    b = np.cos(t)
    return a * b


def scratch_reused_in_a_loop(x: np.ndarray, n: int):
    t = np.empty(len(x))
    total = x.copy()
    for i in range(n):
        t[:] = total * total
        total = np.sin(t) + x
    return total


def scratch_read_before_it_is_written(x: np.ndarray, n: int):
    t = np.zeros(len(x))
    out = np.ones(len(x))
    for i in range(n):
        out = out * np.cos(t)
        t[:] = x * (i + 1)
    return out


def result_is_a_view_of_a_local(x: np.ndarray):
    a = x * x
    v = a[1:]
    a[1] = x[0] * 3
    return v


def result_is_the_argument(x: np.ndarray):
    x[0] = x[1] * x[2]
    return x


def result_is_a_view_of_the_argument(x: np.ndarray):
    x[0] *= x[1]
    return x[::2]


def results_share_memory(x: np.ndarray):
    a = x * x
    v = a[1:]
    v[0] = x[0] ** 3
    return a, v


def one_result_twice(x: np.ndarray):
    a = x * x
    a[0] = x[1]
    return a, a


def argument_returned_unchanged_and_changed(x: np.ndarray):
    a = x
    b = x.copy()
    b[0] = a[0] * a[1]
    return a, b


def overwritten_before_any_read(x: np.ndarray, z: np.ndarray):
    a = x * x
    a[:] = z
    a *= z
    return a


def partly_overwritten_before_read(x: np.ndarray, z: np.ndarray):
    a = x * x
    a[:2] = z[:2]
    a *= a
    return a * x


def first_element_read_as_number(x: np.ndarray):
    a = x * x
    s = float(a[0])
    a[0] = 0.0
    t = a[1].item()
    a[1] = s * s
    return a * s + t * t


def loop_variable_array_written(A: np.ndarray):
    B = A.copy()
    for i in range(len(B)):
        y = np.exp(B[i])
        B[i] = y * B[i]
        y[0] = 0.0
        B[i] += y
    return B


def written_on_one_branch_only(x: np.ndarray, flag: bool):
    a = x * x
    y = np.sin(a)
    if flag:
        a[0] = 5 * x[1]
    else:
        y[0] = 5 * x[1]
    return a * y


def written_until_break(x: np.ndarray, limit: float):
    a = x.copy()
    total = 0.0
    for i in range(len(a)):
        total += a[i] ** 2
        a[i:] *= 0.9
        if total > limit:
            break
        a[i] = total
    return a * total


def written_before_early_return(x: np.ndarray, limit: float):
    a = x * x
    for i in range(len(a)):
        a[i] = a[i] * a[i - 1]
        if a.sum() > limit:
            a[0] *= x[0]
            return a
    a *= x
    return a


rng = np.random.default_rng(209)
_4, _z4 = rng.uniform(0.4, 1.6, (2, 4))
_6 = np.array([0.7, -1.2, 0.4, 1.5, -0.6, 0.9])
_z6 = np.array([0.2, 0.8, -0.9, 1.1, 0.5, -1.3])
_22 = rng.uniform(0.4, 1.6, (2, 2)) + 2 * np.eye(2)
_33 = rng.normal(size=(3, 3)) + 3 * np.eye(3)
_VECTORS = ((_4,), (_6,))
_PAIRS = ((_4, _z4), (_6, _z6))
_SYSTEMS = ((_22, _4[:2]), (_33, _6[:3]))
_COUNTS = ((_4, 0), (_4, 1), (_6, 3))

CASES = (
    Case(argument_zeroed_after_exp, _VECTORS, scalar=False, mutated=("x",)),
    Case(
        argument_zeroed_after_square,
        _VECTORS,
        scalar=False,
        mutated=("x",),
        of=("return", "x"),
    ),
    Case(input_of_sine_changed, _VECTORS, scalar=False),
    Case(input_of_sine_changed_through_a_view, _VECTORS, scalar=False),
    Case(result_of_exp_changed, _VECTORS, scalar=False),
    Case(result_of_sqrt_augmented, _VECTORS, scalar=False),
    Case(result_of_tanh_changed_after_use, _VECTORS, scalar=False),
    Case(factor_changed_after_product, _PAIRS, scalar=False),
    Case(matrix_changed_after_product, _SYSTEMS, scalar=False),
    Case(solved_then_overwritten, _SYSTEMS, scalar=False),
    Case(divisor_changed_after_division, _PAIRS, scalar=False),
    Case(scalar_overwritten_in_a_loop, _COUNTS, scalar=False),
    Case(square_in_a_loop, _COUNTS, scalar=False),
    Case(power_with_array_exponent_overwritten, _PAIRS, scalar=False),
    Case(norm_of_what_is_then_scaled, _VECTORS, scalar=False),
    Case(index_overwritten_after_gather, ((_4[:3],), (_6,)), scalar=False),
    Case(mask_overwritten_after_where, _VECTORS, scalar=False),
    Case(maximum_overwritten, _PAIRS, scalar=False),
    Case(maximum_reduced_then_overwritten, _VECTORS),
    Case(product_reduced_then_overwritten, _VECTORS, scalar=False),
    Case(scratch_reused_for_two_things, _VECTORS, scalar=False),
    Case(scratch_reused_in_a_loop, _COUNTS, scalar=False),
    Case(scratch_read_before_it_is_written, _COUNTS, scalar=False),
    Case(result_is_a_view_of_a_local, _VECTORS, scalar=False),
    Case(result_is_the_argument, _VECTORS, scalar=False, mutated=("x",)),
    Case(result_is_a_view_of_the_argument, _VECTORS, scalar=False, mutated=("x",)),
    Case(results_share_memory, _VECTORS, scalar=False),
    Case(one_result_twice, _VECTORS, scalar=False),
    Case(argument_returned_unchanged_and_changed, _VECTORS, scalar=False),
    Case(overwritten_before_any_read, _PAIRS, scalar=False),
    Case(partly_overwritten_before_read, _PAIRS, scalar=False),
    Case(first_element_read_as_number, _VECTORS, scalar=False),
    Case(loop_variable_array_written, ((_22,), (_33,)), scalar=False),
    Case(written_on_one_branch_only, ((_4, True), (_6, False)), scalar=False),
    Case(written_until_break, ((_4, 2.5), (_6, 99.0)), wrt=("x",), scalar=False),
    Case(written_before_early_return, ((_4, 2.5), (_6, 99.0)), wrt=("x",), scalar=False),
)
