"""Single precision, integers and booleans: which derivatives there are, and of which precision.

A derivative by an array of single precision is of single precision where everything else is, too.
What passes through an integer or a boolean has no derivative.
"""

import math

import numpy as np

from tests.stated import Collection

case = Collection()

_F = np.array([0.5, -1.25, 2.0], np.float32)
_G = np.array([1.5, 0.75, -0.5], np.float32)
_D = np.array([0.3, 1.1, -0.7])
_I = np.array([2, 0, 3])
_M = np.array([[0.5, 1.0, -1.0], [2.0, 0.25, 0.75]], np.float32)
_B = np.array([True, False, True])
SINGLE = "float32"


def single_times_python_number(x: np.ndarray):
    return 0.1 * x * x + x / 3.0


case(single_times_python_number, lambda w, x: w * (0.2 * x + 1 / 3), (_F,), dtype=SINGLE)


def single_through_functions(x: np.ndarray):
    return np.exp(np.sin(x)) + np.tanh(x) ** 2 + np.sqrt(x * x + 1)


def _functions(w, x):
    t = np.tanh(x)
    return w * (np.exp(np.sin(x)) * np.cos(x) + 2 * t * (1 - t * t) + x / np.sqrt(x * x + 1))


case(single_through_functions, _functions, (_F,), dtype=SINGLE)


def single_reduced(x: np.ndarray):
    return x.mean() * x.sum() + np.prod(x)


def _reduced(w, x):
    others = np.array([x[1] * x[2], x[0] * x[2], x[0] * x[1]], np.float32)
    return w * (2 * np.sum(x) / np.float32(3) + others)


case(single_reduced, _reduced, (_F,), dtype=SINGLE)


def single_statistics(x: np.ndarray):
    return x.std() + x.var() * 2


case(
    single_statistics,
    lambda w, x: w * (x - x.mean()) * (1 / (3 * x.std()) + np.float32(4 / 3)),
    (_F,),
    dtype=SINGLE,
)


def single_products(A: np.ndarray, x: np.ndarray):
    return A @ x


case(single_products, lambda w, A, x: (np.outer(w, x), w @ A), (_M, _F), dtype=SINGLE)


def single_and_double(x: np.ndarray, y: np.ndarray):
    return x * y + x


case(single_and_double, lambda w, x, y: (w * (y + 1), w * x), (_F, _D))


def single_made_double(x: np.ndarray):
    y = x.astype(np.float64)
    return (y * y).sum()


case(single_made_double, lambda w, x: w * 2 * x, (_F,))


def double_made_single_and_back(x: np.ndarray):
    y = x.astype(np.float32).astype(float)
    return y * 3


case(double_made_single_and_back, lambda w, x: 3 * w, (_D,), smooth=False, tolerance=1e-6)


def single_in_a_buffer(x: np.ndarray):
    y = np.zeros_like(x)
    for i in range(len(x)):
        y[i] = x[i] * x[i - 1]
    return y * x


def _buffer(w, x):
    y = x * np.roll(x, 1)
    s = w * x
    return w * y + s * np.roll(x, 1) + np.roll(s, -1) * np.roll(x, -1)


case(single_in_a_buffer, _buffer, (_F,), dtype=SINGLE)


def single_in_a_double_buffer(x: np.ndarray):
    y = np.zeros(len(x))
    y[:] = x * x
    return y.sum()


case(single_in_a_double_buffer, lambda w, x: 2 * w * x, (_F,))


def double_in_a_single_buffer(x: np.ndarray):
    y = np.zeros(len(x), np.float32)
    y[:] = x
    return y * y


case(double_in_a_single_buffer, lambda w, x: 2 * w * x, (_D,), smooth=False, tolerance=1e-6)


def single_picked(x: np.ndarray):
    y = x[[0, 0, 2]]
    z = np.where(x > 0, x, 0.5 * x)
    return y.sum() * z


def _picked(w, x):
    z = np.where(x > 0, x, np.float32(0.5) * x)
    s = np.float32(2) * x[0] + x[2]
    return np.sum(w * z) * np.array([2, 0, 1], np.float32) + w * s * np.where(x > 0, 1, 0.5).astype(np.float32)


case(single_picked, _picked, (_F,), dtype=SINGLE)


def single_largest(x: np.ndarray, y: np.ndarray):
    return np.maximum(x, y) * x.max() + np.minimum(x, 0.25)


def _largest(w, x, y):
    m, top = np.maximum(x, y), x.max()
    first = (x == top) * np.sum(w * m)
    return (
        (w * top * (x > y) + first + w * (x < 0.25)).astype(np.float32),
        (w * top * (y > x)).astype(np.float32),
    )


case(single_largest, _largest, (_F, _G), dtype=SINGLE)


def single_power(x: np.ndarray):
    return (x * x) ** 1.5 + x**3


case(single_power, lambda w, x: w * (3 * x * np.abs(x) + 3 * x * x), (_F,), dtype=SINGLE)


def single_number(x):
    return x * x + np.sin(x)


case(single_number, lambda w, x: w * (2 * x + np.cos(x)), (np.float32(0.75),), wrt=("x",))


def cast_to_single(x: float):
    return np.float32(x) * np.float32(2)


case(cast_to_single, lambda w, x: 2 * w, (0.75,), smooth=False)


def half_precision(x: np.ndarray):
    return x * x * 2


case(half_precision, lambda w, x: 4 * w * x, (np.array([0.5, 1.5], np.float16),), smooth=False, dtype="float16")


def extended_precision(x: np.ndarray):
    return x * x * 2


case(extended_precision, lambda w, x: 4 * w * x, (np.array([0.5, 1.5], np.longdouble),), smooth=False)


def floor_of_a_number(x: float):
    return math.floor(x) * x


case(floor_of_a_number, lambda w, x: w * math.floor(x), (2.6,), (-0.4,))


def whole_part(x: float):
    return int(x) * x + int(x * 10)


case(whole_part, lambda w, x: w * int(x), (2.65,), (-3.45,))


def floor_division_and_remainder(x: float, y: float):
    return x // y * 10 + x % y * x


case(
    floor_division_and_remainder,
    lambda w, x, y: (w * (x % y + x), -w * (x // y) * x),
    (7.3, 2.0),
    (-7.3, 2.0),
    (7.3, -2.0),
)


def divided_with_remainder(x: float):
    q, r = divmod(x, 2.0)
    return q * x + r * r


case(divided_with_remainder, lambda w, x: w * (x // 2 + 2 * (x % 2)), (7.3,), (-7.3,))


def rounded(x: np.ndarray):
    return np.round(x, 1) * x + np.rint(x) + np.trunc(x) + np.fix(x) * np.sign(x)


case(rounded, lambda w, x: w * np.round(x, 1), (_D,), tolerance=1e-9)


def rounded_number(x: float):
    return round(x, 1) * x + round(x)


case(rounded_number, lambda w, x: w * round(x, 1), (2.6,))


def cast_to_integers_and_back(x: np.ndarray):
    n = x.astype(int)
    return n * x + n.astype(float)


case(cast_to_integers_and_back, lambda w, x: w * x.astype(int), (np.array([2.6, -1.3, 0.4]),))


def stored_in_integers(x: np.ndarray):
    """What is stored in an array of integers is cut off: no derivative passes."""
    n = np.zeros(3, dtype=int)
    n[:] = x * 10
    return n * x


case(stored_in_integers, lambda w, x: w * (x * 10).astype(int), (np.array([2.65, -1.35, 0.45]),))


def stored_in_an_array_of_literals(x: np.ndarray):
    """np.array([1, 2, 3]) has integers, so that the store cuts off."""
    a = np.array([1, 2, 3])
    a[0] = x[0]
    return a * x


case(
    stored_in_an_array_of_literals,
    lambda w, x: w * np.array([int(x[0]), 2, 3]),
    (np.array([2.63, -1.36, 0.44]),),
)


def stored_like_an_integer_argument(x: np.ndarray, n: np.ndarray):
    a = np.zeros_like(n)
    a[1:] = x[1:] * 2
    return a + x * n


case(
    stored_like_an_integer_argument,
    lambda w, x, n: w * n,
    (np.array([2.63, -1.36, 0.44]), _I),
)


def full_of_an_integer(x: np.ndarray):
    a = np.full(3, 7)
    a[2] = x[0] * 100
    return a.sum() * x


case(
    full_of_an_integer,
    lambda w, x: w * (14 + int(x[0] * 100)),
    (np.array([0.2345, 1.0, -0.3]),),
    smooth=False,
)


def booleans_as_factors(x: np.ndarray):
    return (x > 0) * x + (x < 1) * 2.0 * x * True


case(booleans_as_factors, lambda w, x: w * ((x > 0) + 2.0 * (x < 1)), (_D,))


def counted_booleans(x: np.ndarray):
    return np.sum(x > 0) * x + np.mean(x > 0) * x


case(counted_booleans, lambda w, x: w * (2 + 2 / 3), (_D,))


def comparison_times_number(x: float):
    return (x > 1) * x * x + (x <= 1) * x - (not x)


case(comparison_times_number, lambda w, x: w * (2 * x if x > 1 else 1.0), (1.5,), (0.5,))


def boolean_argument(x: np.ndarray, mask: np.ndarray):
    return x * mask + x[mask].sum() * ~mask


case(
    boolean_argument,
    lambda w, x, mask: w * mask + mask * np.sum(w * ~mask),
    (_D, _B),
)


def integer_arguments(x: np.ndarray, n: np.ndarray, k: int):
    return x**n * k + x @ n + x[n[0]] + k // 2


def _integer_arguments(w, x, n, k):
    d = w * k * n * x ** np.maximum(n - 1, 0) + np.sum(w) * n
    d[n[0]] += np.sum(w)
    return d


case(integer_arguments, _integer_arguments, (_D, _I, 3))


def integer_array_divided(x: float, n: np.ndarray):
    return n / 2 * x + n // 2 + n % 2 * x * x


case(
    integer_array_divided,
    lambda w, x, n: np.sum(w * (n / 2 + 2 * x * (n % 2))),
    (0.8, _I),
)


def integer_that_becomes_a_number(x: float, n: int):
    total = 0
    for i in range(n):
        total += x * i
    return total + 1


case(integer_that_becomes_a_number, lambda w, x, n: w * sum(range(n)), (0.8, 3), (0.8, 0), (0.8, 1))


def integer_list_with_numbers(x: float):
    a = np.array([1, x, 3])
    b = np.array([1, 2, 3]) * x
    return a * b


case(
    integer_list_with_numbers,
    lambda w, x: w @ np.array([1, 4 * x, 9]),
    (0.8,),
)


def joined_with_integers(x: np.ndarray):
    return np.concatenate([x, [1, 2]]) * np.arange(5) + np.hstack((np.array([0, 1]), x))


def _joined(w, x):
    return w[:3] * np.arange(3) + w[2:]


case(joined_with_integers, _joined, (_D,))


def where_with_an_integer(x: np.ndarray):
    return np.where(x > 0, x * x, 0) + np.where(x > 0, 1, x)


case(where_with_an_integer, lambda w, x: w * np.where(x > 0, 2 * x, 1), (_D,))


def small_integers_overflow(x: np.ndarray, n: np.ndarray):
    return x * (n + n)


case(
    small_integers_overflow,
    lambda w, x, n: w * (n + n),
    (_D, np.array([200, 3, 100], np.uint8)),
)


def dtype_is_asked_for(x: np.ndarray):
    eps = np.finfo(x.dtype).eps
    one = x.dtype.type(1)
    return x * x / (one + eps)


case(dtype_is_asked_for, lambda w, x: 2 * w * x, (_F,), dtype=SINGLE)


def ones_like_integers(x: float, n: np.ndarray):
    return np.ones_like(n) * x * x


case(ones_like_integers, lambda w, x, n: 2 * x * np.sum(w), (0.8, _I))


def made_with_a_dtype(x: float):
    return np.full(3, x, dtype=np.float32) * np.array([1, 2, 3], dtype=np.float32)


case(made_with_a_dtype, lambda w, x: np.sum(w * np.array([1, 2, 3])), (0.75,), tolerance=1e-6, smooth=False)


def full_with_an_integer_dtype(x: float):
    return np.full(3, x, dtype=int) * x


case(full_with_an_integer_dtype, lambda w, x: np.sum(w) * int(x), (2.75,))


def array_with_an_integer_dtype(x: float, y: float):
    return np.array([x, y], dtype=int) * y


case(
    array_with_an_integer_dtype,
    lambda w, x, y: (0.0, w[0] * int(x) + w[1] * int(y)),
    (2.75, 1.25),
)


def numpy_cast_to_integer(x: float):
    return np.int64(x) * x + np.sqrt(4) * x


case(numpy_cast_to_integer, lambda w, x: w * (int(x) + 2), (2.75,))


def derivative_by_an_integer(n: int):
    return n * n


case(derivative_by_an_integer, lambda w, n: 2 * n * w, (3,), wrt=("n",), refused=True, smooth=False)


def derivative_by_a_flag(x: float, flag: bool):
    return x * flag


case(derivative_by_a_flag, lambda w, x, flag: (w * flag, 0.0), (3.0, True), wrt=("x", "flag"), refused=True, smooth=False)


def result_is_an_integer(x: float):
    return int(x) + 3


case(result_is_an_integer, lambda w, x: 0.0, (2.5,))

CASES = tuple(case.all)
