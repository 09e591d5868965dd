"""Zeros, ties, ends of domains, infinities, and values that aren't numbers.

The conventions are those of docs/design.md (Kinks) and of the rules: ties share evenly; abs and sign have 0
at 0; a selection selects derivatives, it doesn't multiply by a mask; where a formula divides by zero, so does
the derivative (inf or nan in NumPy, ZeroDivisionError in Python's own arithmetic); a power with exponent 0 is
constant, and x**n * log(x) is 0 where x is 0. Infinity times the derivative that comes in keeps its sign.
"""

import math

import numpy as np

from tests.stated import Collection

case = Collection()

inf, nan = math.inf, math.nan


def absolute(x: np.ndarray):
    return np.abs(x) + abs(x) * np.sign(x)


def _absolute(w, x):
    return w * (np.sign(x) + np.sign(x) ** 2)


case(absolute, _absolute, (np.array([0.0, -0.0, 2.0, -3.0]),), smooth=False)


def absolute_of_a_number(x: float):
    return abs(x) + math.fabs(2 * x)


case(absolute_of_a_number, lambda w, x: w * 3 * np.sign(x), (0.0,), (-0.0,), (1.5,), (-1.5,), smooth=False)


def root(x: np.ndarray):
    return np.sqrt(x)


case(root, lambda w, x: w * 0.5 / np.sqrt(x), (np.array([0.0]),), (np.array([4.0, 1e-300, inf]),), smooth=False)


def root_selected(x: np.ndarray):
    """Where the root isn't chosen its infinite derivative doesn't matter."""
    return np.where(x > 0, np.sqrt(x), 0.0)


def _root_selected(w, x):
    """Both halves are computed: 0 * inf is nan, as in autograd and JAX; the safe form is below."""
    return w * np.where(x > 0, 0.5 / np.sqrt(x), nan)


case(
    root_selected,
    _root_selected,
    (np.array([0.0]),),
    (np.array([4.0, 1.0]),),
    smooth=False,
    forward=lambda w, x: w * np.where(x > 0, 0.5 / np.sqrt(x), 0.0),
)


def root_made_safe(x: np.ndarray):
    """The usual remedy: choose before, and after."""
    positive = np.where(x > 0, x, 1.0)
    return np.where(x > 0, np.sqrt(positive), 0.0)


case(
    root_made_safe,
    lambda w, x: w * np.where(x > 0, 0.5 / np.sqrt(np.where(x > 0, x, 1.0)), 0.0),
    (np.array([0.0, 4.0, -1.0]),),
    smooth=False,
)


def root_of_a_square_at_zero(x: np.ndarray):
    return np.sqrt(x * x)


case(
    root_of_a_square_at_zero,
    lambda w, x: w * np.where(x == 0, nan, np.sign(x)),
    (np.array([0.0, 4.0, -2.0]),),
    smooth=False,
)


def invalid_branch_is_selected_away(x: np.ndarray):
    return np.where(x > 0, np.log(np.where(x > 0, x, 1)), x * 2)


case(
    invalid_branch_is_selected_away,
    lambda w, x: w * np.where(x > 0, 1 / np.where(x > 0, x, 1), 2),
    (np.array([0.0, 4.0, -1.0]),),
    smooth=False,
)


def nan_that_is_not_chosen(x: np.ndarray, y: np.ndarray):
    """The derivative of what isn't chosen is 0, whatever the values are."""
    return np.where(np.isnan(x), y, 2 * x)


case(
    nan_that_is_not_chosen,
    lambda w, x, y: (w * np.where(np.isnan(x), 0, 2), w * np.isnan(x)),
    (np.array([nan, 1.0, inf]), np.array([1.0, nan, nan])),
    smooth=False,
)


def python_branch_protects(x: float):
    if x > 0:
        return math.sqrt(x)
    return 0.0


case(python_branch_protects, lambda w, x: w * 0.5 / math.sqrt(x) if x > 0 else 0.0, (0.0,), (4.0,), (-1.0,), smooth=False)


def constant_powers(x: np.ndarray):
    return x**0 + x**1 + 3 * x**2 + x**3


case(
    constant_powers,
    lambda w, x: w * (1 + 6 * x + 3 * x * x),
    (np.array([0.0, -0.0, -2.0, 1.5]),),
)


def integer_exponent(x: np.ndarray, n: int):
    return x**n


case(
    integer_exponent,
    lambda w, x, n: w * (n * x ** (n - 1.0) if n else np.zeros(2)),
    (np.array([0.0, -2.0]), 0),
    (np.array([0.0, -2.0]), 1),
    (np.array([0.0, -2.0]), 2),
    (np.array([0.5, -2.0]), -2),
)


def python_powers(x: float, n: int):
    return x**n + x**0 + x**1


case(
    python_powers,
    lambda w, x, n: w * ((n * x ** (n - 1) if n else 0.0) + 1),
    (0.0, 0),
    (0.0, 1),
    (0.0, 3),
    (-1.5, 3),
    (-1.5, -1),
)


def exponent_that_is_differentiated(x: np.ndarray, y: np.ndarray):
    return x**y


def _exponent(w, x, y):
    z = x**y
    dx = np.where(y == 0, 0.0, y * np.where(y == 1, 1.0, x ** np.where(y == 0, 0.0, y - 1)))
    return w * dx, w * z * np.log(np.where(x == 0, 1.0, x))


case(
    exponent_that_is_differentiated,
    _exponent,
    (np.array([0.0, 0.0, 0.0, 2.0]), np.array([0.0, 1.0, 2.0, 0.0])),
    (np.array([0.0]), np.array([0.5])),
    (np.array([-2.0]), np.array([2.0])),
    smooth=False,
)


def python_exponent_is_differentiated(x: float, y: float):
    return x**y


case(
    python_exponent_is_differentiated,
    lambda w, x, y: (w * y * x ** (y - 1) if y else 0.0, w * x**y * math.log(x or 1.0)),
    (0.0, 2.0),
    (0.0, 1.0),
    (2.0, 0.0),
    (1.5, 2.5),
    smooth=False,
)


def base_is_constant(y: np.ndarray):
    return 2.0**y + 0.0 ** (y * y)


def _base_is_constant(w, y):
    return w * 2.0**y * math.log(2)


case(base_is_constant, _base_is_constant, (np.array([0.0, 3.0, -1.0]),), smooth=False)


def half_power_at_zero(x: np.ndarray):
    return x**0.5


case(half_power_at_zero, lambda w, x: w * 0.5 / np.sqrt(x), (np.array([0.0, 4.0]),), smooth=False)


def elements_that_tie(x: np.ndarray):
    return x.max() * 2 + x.min()


def _ties(w, x):
    top, low = x == x.max(), x == x.min()
    return w * (2 * top / top.sum() + low / low.sum())


case(
    elements_that_tie,
    _ties,
    (np.array([1.0, 2.0, 2.0]),),
    (np.array([3.0, 3.0, 3.0]),),
    (np.array([0.0, -0.0, -1.0]),),
    smooth=False,
)


def arrays_that_tie(x: np.ndarray, y: np.ndarray):
    return np.maximum(x, y) + 3 * np.minimum(x, y)


def _arrays_tie(w, x, y):
    more = np.where(x == y, 0.5, x > y)
    return w * (more + 3 * (1 - more)), w * (1 - more + 3 * more)


case(
    arrays_that_tie,
    _arrays_tie,
    (np.array([1.0, 2.0, 0.0, 5.0]), np.array([1.0, 3.0, -0.0, -1.0])),
    smooth=False,
)


def python_maximum_ties(x: float, y: float):
    return max(x, y) + max(x, 1.0) * 10


case(
    python_maximum_ties,
    lambda w, x, y: (
        w * (np.where(x == y, 0.5, x > y) + 10 * np.where(x == 1, 0.5, x > 1)),
        w * np.where(x == y, 0.5, y > x),
    ),
    (1.0, 1.0),
    (2.0, 1.0),
    (0.5, 2.0),
    smooth=False,
)


def three_values_tie(x: float, y: float, z: float):
    return max(x, y, z)


case(
    three_values_tie,
    lambda w, x, y, z: tuple(w * (v == max(x, y, z)) / [x, y, z].count(max(x, y, z)) for v in (x, y, z)),
    (1.0, 1.0, 1.0),
    (1.0, 2.0, 2.0),
    (3.0, 2.0, 1.0),
    smooth=False,
)


def rectified(x: np.ndarray):
    return np.maximum(x, 0) ** 2 + np.maximum(0.0, x)


case(
    rectified,
    lambda w, x: w * (2 * np.maximum(x, 0) + np.where(x == 0, 0.5, x > 0)),
    (np.array([0.0, -1.0, 2.0]),),
    smooth=False,
)


def largest_without_nan(x: np.ndarray, y: np.ndarray):
    """np.fmax leaves nan out, and so does its derivative."""
    return np.fmax(x, y)


case(
    largest_without_nan,
    lambda w, x, y: (w * np.array([0.0, 1.0, 0.0]), w * np.array([1.0, 0.0, 1.0])),
    (np.array([nan, 2.0, 1.0]), np.array([1.0, nan, 3.0])),
    smooth=False,
)


def sum_without_nan(x: np.ndarray):
    return np.nansum(x * x) + np.nanmean(x)


def _without_nan(w, x, at_nan=0.0):
    return w * np.where(np.isnan(x), at_nan, 2 * x + 1 / np.sum(~np.isnan(x)))


case(
    sum_without_nan,
    lambda w, x: _without_nan(w, x, at_nan=nan),  # 0 times the derivative of x * x, which is nan there
    (np.array([1.0, nan, -2.0]),),
    (np.array([1.0, 0.5]),),
    smooth=False,
    forward=_without_nan,
)


def product_with_a_zero(x: np.ndarray):
    return np.prod(x)


def _product(w, x):
    return w * np.array([np.prod(np.delete(x, i)) for i in range(len(x))])


case(
    product_with_a_zero,
    _product,
    (np.array([2.0, 0.0, 3.0]),),
    (np.array([0.0, 0.0, 3.0]),),
    (np.array([0.0]),),
    (np.zeros(0),),
)


def products_so_far_with_a_zero(x: np.ndarray):
    return np.cumprod(x)


def _cumprod(w, x):
    n = len(x)
    return np.array([sum(w[k] * np.prod(np.delete(x[: k + 1], i)) for k in range(i, n)) for i in range(n)])


case(products_so_far_with_a_zero, _cumprod, (np.array([2.0, 0.0, 3.0, -1.0]),), (np.array([0.0, 0.0, 3.0]),))


def product_of_a_list(x: float, y: float):
    return math.prod([x, y, 3.0, x])


case(
    product_of_a_list,
    lambda w, x, y: (w * 6 * x * y, w * 3 * x * x),
    (0.0, 2.0),
    (2.0, 0.0),
    (0.0, 0.0),
)


def logarithm_of_zero(x: np.ndarray):
    return x * np.log(x)


case(
    logarithm_of_zero,
    lambda w, x: w * (np.log(x) + x * (1 / x)),
    (np.array([0.0, 2.0]),),
    smooth=False,
)


def entropy_made_safe(p: np.ndarray):
    q = np.where(p > 0, p, 1.0)
    return -np.sum(p * np.log(q))


case(
    entropy_made_safe,
    lambda w, p: -w * np.where(p > 0, np.log(np.where(p > 0, p, 1)) + 1, 0),
    (np.array([0.0, 0.25, 0.75]),),
    smooth=False,
)


def logarithm_of_sums_of_exponentials(x: np.ndarray, y: np.ndarray):
    return np.logaddexp(x, y)


case(
    logarithm_of_sums_of_exponentials,
    lambda w, x, y: (w * np.array([0.0, 1.0, 0.5, 1.0]), w * np.array([1.0, 0.0, 0.5, 0.0])),
    (np.array([-inf, 2.0, 1.0, 1000.0]), np.array([1.0, -inf, 1.0, -1000.0])),
    smooth=False,
)


def softmax_of_large_numbers(x: np.ndarray):
    e = np.exp(x - x.max())
    return e / e.sum()


def _softmax(w, x):
    e = np.exp(x - x.max())
    p = e / e.sum()
    return p * (w - np.dot(w, p))


case(
    softmax_of_large_numbers,
    _softmax,
    (np.array([1000.0, 1001.0, -1000.0]),),
    (np.array([0.0, -inf, 1.0]),),
    (np.array([5.0, 5.0, 5.0]),),
    smooth=False,
)


def sigmoid_in_two_forms(x: float):
    if x >= 0:
        return 1 / (1 + math.exp(-x))
    e = math.exp(x)
    return e / (1 + e)


def _sigmoid(w, x):
    e = math.exp(-abs(x))
    return w * e / (1 + e) ** 2


case(sigmoid_in_two_forms, _sigmoid, (0.0,), (800.0,), (-800.0,), (2.0,), (-2.0,))


def quotient_that_overflows_in_parts(x: np.ndarray):
    """The value is below 1; divisors mustn't be merged: (1 + e)**2 overflows."""
    e = np.exp(x)
    return e / (1 + e)


case(
    quotient_that_overflows_in_parts,
    lambda w, x: w * np.exp(-np.abs(x)) / (1 + np.exp(-np.abs(x))) ** 2,
    (np.array([500.0, 0.0, -500.0, 3.0]),),
)


def length_of_nothing(x: np.ndarray):
    return np.sqrt(np.sum(x * x))


case(
    length_of_nothing,
    lambda w, x: w * x / np.sqrt(np.sum(x * x)),
    (np.zeros(2),),
    (np.array([3.0, -4.0]),),
    smooth=False,
)


def angle_and_length_at_the_origin(x: np.ndarray, y: np.ndarray):
    return np.arctan2(y, x) + np.hypot(x, y)


def _polar(w, x, y):
    r = np.hypot(x, y)
    return w * (-y / r**2 + x / r), w * (x / r**2 + y / r)


case(
    angle_and_length_at_the_origin,
    _polar,
    (np.array([0.0, -2.0]), np.array([1.0, 0.0])),
    (np.array([0.0]), np.array([0.0])),
    smooth=False,
)


def deviation_of_equal_numbers(x: np.ndarray):
    return x.std() + x.var()


case(
    deviation_of_equal_numbers,
    lambda w, x: w * (x - x.mean()) * (1 / (len(x) * x.std()) + 2 / len(x)),
    (np.ones(3),),
    (np.array([1.0, 2.0, 4.0]),),
    smooth=False,
)


def clipped_at_the_bounds(x: np.ndarray):
    """The rule of np.clip: what isn't changed by it keeps its derivative."""
    return np.clip(x, -1.0, 1.0)


case(
    clipped_at_the_bounds,
    lambda w, x: w * ((x >= -1) & (x <= 1)),
    (np.array([-2.0, -1.0, 0.0, 1.0, 2.0]),),
    smooth=False,
)


def steps(x: np.ndarray):
    return np.heaviside(x, 0.5) * x + np.floor(x) * x + np.sign(x)


case(
    steps,
    lambda w, x: w * (np.heaviside(x, 0.5) + np.floor(x)),
    (np.array([0.0, -0.5, 2.0]),),
    smooth=False,
)


def sine_quotient(x: np.ndarray):
    return np.sinc(x)


def _sinc(w, x):
    safe = np.where(x == 0, 1.0, x)
    return w * np.where(x == 0, 0, (np.cos(math.pi * x) - np.sinc(x)) / safe)


case(sine_quotient, _sinc, (np.array([0.0, 1.0, 0.3]),))


def sorted_values(x: np.ndarray):
    return np.sort(x) * np.array([1.0, 2.0, 4.0])


case(
    sorted_values,
    lambda w, x: (w * np.array([1.0, 2.0, 4.0]))[np.argsort(np.argsort(x, kind="stable"))],
    (np.array([2.0, 1.0, 3.0]),),
)


def infinite_values_pass(x: np.ndarray):
    return 3 * x + np.where(np.isinf(x), 0.0, x)


case(
    infinite_values_pass,
    lambda w, x: w * np.where(np.isinf(x), 3, 4),
    (np.array([inf, -inf, 1.0]),),
    smooth=False,
)


def saturated(x: np.ndarray):
    return np.tanh(x) + np.arctan(x) + np.exp(-x)


def _saturated(w, x):
    return w * (1 - np.tanh(x) ** 2 + 1 / (1 + x * x) - np.exp(-x))


case(saturated, _saturated, (np.array([inf, 800.0, 0.0]),), smooth=False)


def replaced_nan(x: np.ndarray):
    return np.nan_to_num(x) * 2


case(replaced_nan, lambda w, x: 2 * w * np.isfinite(x), (np.array([nan, 1.0, inf, -inf]),), smooth=False)


def cube_root_at_zero(x: np.ndarray):
    return np.cbrt(x)


case(cube_root_at_zero, lambda w, x: w / (3 * np.cbrt(x) ** 2), (np.array([0.0, 8.0, -8.0]),), smooth=False)


def edge_of_the_arcsine(x: np.ndarray):
    return np.arcsin(x)


case(edge_of_the_arcsine, lambda w, x: w / np.sqrt(1 - x * x), (np.array([1.0, -1.0, 0.0]),), smooth=False)


def root_raises_at_zero(x: float):
    return math.sqrt(x)


case(root_raises_at_zero, lambda w, x: 0.5 * w / math.sqrt(x), (4.0,), fails=(((-1.0,), ValueError),))


def tiny_and_huge(x: np.ndarray):
    return 1 / x + x * 1e300 * 1e-300


case(
    tiny_and_huge,
    lambda w, x: w * (-1 / x / x + 1),
    (np.array([1e-160, 1e160, 1.0]),),
    smooth=False,
)


def remainder_at_a_multiple(x: np.ndarray):
    return x % 1.0 + np.mod(x, 2.0) * 3


case(remainder_at_a_multiple, lambda w, x: 4 * w, (np.array([0.0, 2.0, -1.5]),), smooth=False)

CASES = tuple(case.all)
