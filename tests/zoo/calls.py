"""Calls of other user functions: helpers, recursion, keywords and defaults, closures, lambdas, constants."""

import math
from math import exp, log
from math import sqrt as root

import numpy as np
from numpy.typing import NDArray

from tests.zoo import scalars
from tests.zoo.branches import huber, leaky
from tests.zoo.case import Case

GRAVITY = 9.81
SCALES = np.array([0.5, 1.5, -2.0])
LAYERS = ((0.5, 0.1), (-1.2, 0.3), (2.0, -0.4))


def sigmoid(m):
    return 1 / (1 + math.exp(-m))


def square(x):
    return x * x


def mean_and_spread(x: np.ndarray):
    mean = x.mean()
    return mean, np.sqrt(np.mean((x - mean) ** 2))


def clipped(x, low=0.0, high=1.0):
    """A helper with early returns."""
    if x < low:
        return low
    if x > high:
        return high
    return x


def power(x, n):
    result = 1.0
    for _ in range(n):
        result = result * x
    return result


def affine(x, scale=2.0, *, offset=0.0):
    return scale * x + offset


def swap(a, b):
    return b, a


def activate(x):
    return np.tanh(x)


def announce(value):
    print("value:", value)


def running_product(x: np.ndarray):
    y = np.ones(len(x))
    y[0] = x[0]
    for i in range(1, len(x)):
        y[i] = y[i - 1] * x[i]
    return y


def check_positive(x):
    if x <= 0:
        raise ValueError(f"not positive: {x}")


# ---- the functions that are differentiated ------------------------------------------------------


def one_call(x: float):
    return sigmoid(2 * x)


def calls_of_calls(x, y):
    return square(sigmoid(x) + square(y)) * sigmoid(square(x))


def call_in_loop(x: float, n: int):
    y = x
    for i in range(n):
        y = sigmoid(y * x) + square(y) / (i + 1)
    return y


def call_in_while(x: float, limit: float):
    y = x
    while square(y) < limit:
        y = y + sigmoid(y)
    return y


def call_in_condition(x: float, y: float):
    if square(x) > y and sigmoid(y) > 0.5:
        return square(y) * x
    return sigmoid(x) if square(y) > 1 else square(x)


def call_of_loop(x: float, n: int, m: int):
    return power(x, n) - power(math.sin(x), m) * power(x, 2)


def call_of_branches(x: float, y: float):
    return clipped(x) * clipped(y, -1.0) + clipped(x * y, high=0.5)


def tuple_result(x: np.ndarray):
    mean, spread = mean_and_spread(x)
    return (x - mean) / (spread + 0.5)


def tuple_result_indexed(x: np.ndarray):
    statistics = mean_and_spread(x)
    return statistics[0] * statistics[1]


def tuple_result_swapped(x: float, y: float, n: int):
    for _ in range(n):
        x, y = swap(x + y, x * y)
    return x - 2 * y


def keyword_arguments(x: float, y: float):
    return affine(x, offset=y) * affine(scale=y, x=x) + affine(y, 3.0, offset=square(x))


def default_arguments(x: float, exponent: int = 3, shift: float = 0.5):
    return (x + shift) ** exponent


def keyword_only(x: float, *, scale: float, offset: float = 0.5):
    return scale * x * x + offset * x


def helper_on_arrays(x: np.ndarray, w: np.ndarray):
    h = activate(x * w)
    return activate(np.sum(h)) + np.sum(activate(h))


def helper_on_both_kinds(x: np.ndarray, s: float):
    return np.sum(square(x)) * square(s) + square(x[0])


def helper_with_store(x: np.ndarray):
    return running_product(np.sin(x)) + running_product(x)


def helper_with_effect(x: float):
    announce(x)
    y = square(x)
    announce(y * 2)
    return y * x


def helper_that_raises(x: float):
    check_positive(x)
    return log(x) * exp(-x)


def imported_helpers(x: float, y: float):
    return scalars.polynomial(x) * huber(y, 1.0) + leaky(x, slope=0.3) - scalars.rational(x, y)


def imported_names_of_math(x: float):
    return root(exp(x) + log(x))


def factorial_power(x: float, n: int):
    """x (x - 1) (x - 2) ..., by recursion."""
    if n == 0:
        return 1.0
    return (x - n + 1) * factorial_power(x, n - 1)


def recursive_power(x, n):
    return 1.0 if n == 0 else x * recursive_power(x, n - 1)


def fast_power(x: float, n: int):
    if n == 0:
        return 1.0
    half = fast_power(x, n // 2)
    if n % 2:
        return half * half * x
    return half * half


def recursive_fibonacci(a: float, b: float, n: int):
    if n == 0:
        return a
    if n == 1:
        return b
    left = recursive_fibonacci(a, b, n - 1)
    right = recursive_fibonacci(a, b, n - 2)
    return left + right * a


def recursive_until_small(x: float):
    if abs(x) < 1:
        return x * x
    return recursive_until_small(x / 2) * math.sin(x)


def pairwise_sum(x: np.ndarray):
    n = len(x)
    if n == 0:
        return 0.0
    if n == 1:
        return square(x[0])
    middle = n // 2
    return pairwise_sum(x[:middle]) + 0.5 * pairwise_sum(x[middle:])


def multiple_sine(x: float, n: int):
    """sin(n x) by the addition theorems."""
    if n == 0:
        return 0.0
    return multiple_sine(x, n - 1) * math.cos(x) + multiple_cosine(x, n - 1) * math.sin(x)


def multiple_cosine(x: float, n: int):
    if n == 0:
        return 1.0
    return multiple_cosine(x, n - 1) * math.cos(x) - multiple_sine(x, n - 1) * math.sin(x)


def even_steps(x: float, n: int):
    return x if n == 0 else odd_steps(x * x, n - 1)


def odd_steps(x, n):
    return math.sin(x) if n == 0 else even_steps(x + 0.5, n - 1)


def recursion_in_loop(x: float, depth: int, width: int):
    total = x
    for i in range(width):
        if depth > 0:
            total = total + recursion_in_loop(x * 0.5 + i, depth - 1, width) * total
    return math.tanh(total)


def recursive_tuple(x: float, n: int):
    if n == 0:
        return x, 1.0
    a, b = recursive_tuple(x, n - 1)
    return a * x + b, b + a / n


def module_constants(x: float, t: float):
    height = x * t - GRAVITY * t**2 / 2
    return height + np.sum(SCALES * x)


def constants_in_loop(x: float):
    for weight, bias in LAYERS:
        x = math.tanh(weight * x + bias)
    return x


def inner_function(x: float, y: float):
    def scaled(t):
        return t * t * y

    return scaled(x) + scaled(2.0) * scaled(x + y)


def inner_function_of_loop(x: float, n: int):
    total = 0.0
    shift = x * x

    def term(k):
        return math.sin(k * x) + shift

    for k in range(n):
        total += term(k + 1)
    return total


def inner_lambda(x: float, y: float):
    product = lambda t: t * y + 1
    return product(x) * product(product(x))


def lambda_as_argument(x: np.ndarray, s: float):
    return apply(lambda v: v * s, x) + apply(np.sin, x) + apply(square, x)


def apply(function, x):
    return function(x) * 2


def apply_n_times(function, x, n):
    for _ in range(n):
        x = function(x)
    return x


def fixed_point(x: float, n: int):
    return apply_n_times(lambda y: math.cos(y) * x, x, n)


def simpson(function, a, b, n):
    h = (b - a) / n
    total = function(a) + function(b)
    for i in range(1, n):
        total += (4 if i % 2 else 2) * function(a + i * h)
    return total * h / 3


def integral_of_gaussian(a: float, b: float, width: float):
    return simpson(lambda t: math.exp(-((t / width) ** 2)), a, b, 8)


def difference_quotient(x: float, h: float):
    def f(t):
        return t**3 - math.exp(t)

    return (f(x + h) - f(x - h)) / (2 * h)


def make_oscillator(frequency, amplitudes):
    def oscillator(t: float, phase: float):
        total = 0.0
        for k, a in enumerate(amplitudes):
            total += a * math.sin((k + 1) * frequency * t + phase)
        return total

    return oscillator


def make_model(weights):
    scale = float(np.sum(weights))

    def model(x: np.ndarray) -> float:
        return np.tanh(x @ weights) * scale

    return model


oscillator = make_oscillator(1.3, [1.0, 0.5, -0.25])
model = make_model(np.array([0.3, -0.8, 1.1]))
cubic = lambda x: x * x * x - 2 * x


def array_rows_helper(a: NDArray[np.float64], v: NDArray[np.float64]):
    total = 0.0
    for row in a:
        total += sigmoid(row @ v)
    return total


def same_helper_many_roles(x: float, y: float):
    """Derivatives pass through the first argument here, through the second there."""
    return blend(x, 2.0) + blend(2.0, y) + blend(x, y) + blend(0.1, 0.2)


def blend(a, b):
    c = a * b
    return c / (1 + b * b)


rng = np.random.default_rng(19)
_1 = rng.uniform(0.2, 0.9, 1)
_3 = rng.normal(size=3)
_6 = np.array([0.4, -1.2, 0.7, 1.9, -0.3, 0.8])
_W6 = rng.normal(size=6)
_23 = rng.normal(size=(2, 3))
_0 = np.zeros(0)

CASES = (
    Case(one_call, ((0.7,), (-1.3,))),
    Case(calls_of_calls, ((0.7, 0.2), (-1.3, 0.8))),
    Case(call_in_loop, ((0.7, 0), (0.7, 1), (0.4, 5))),
    Case(call_in_while, ((0.7, 0.1), (0.7, 1.0), (0.4, 9.0)), wrt=("x",)),
    Case(call_in_condition, ((1.7, 0.8), (0.3, 1.8), (0.3, 0.5))),
    Case(call_of_loop, ((0.7, 0, 1), (0.7, 3, 0), (1.2, 4, 2))),
    Case(call_of_branches, ((0.7, 0.3), (1.7, -0.5), (-0.7, -2.0))),
    Case(tuple_result, ((_6,), (_3,), (_23,)), scalar=False),
    Case(tuple_result_indexed, ((_6,), (_3,), (_23,))),
    Case(tuple_result_swapped, ((0.7, 0.3, 0), (0.7, 0.3, 1), (0.6, -0.5, 4))),
    Case(keyword_arguments, ((0.7, 0.3), (-1.2, 0.5))),
    Case(default_arguments, ((0.7,), (0.7, 1), (-1.2, 4)), wrt=("x",)),
    Case(keyword_only, ((0.7,), (-1.2,)), kwargs={"scale": 1.7}),
    Case(helper_on_arrays, ((_6, _W6), (_1, _1), (_0, _0))),
    Case(helper_on_both_kinds, ((_6, 0.7), (_1, -1.2))),
    Case(helper_with_store, ((_6,), (_1,)), scalar=False),
    Case(helper_with_effect, ((0.7,), (-1.2,))),
    Case(helper_that_raises, ((0.7,), (1.9,))),
    Case(imported_helpers, ((0.7, 0.3), (-1.2, 1.8))),
    Case(imported_names_of_math, ((0.7,), (1.9,))),
    Case(factorial_power, ((0.7, 0), (0.7, 1), (2.3, 4))),
    Case(recursive_power, ((0.7, 0), (0.7, 1), (1.2, 5))),
    Case(fast_power, ((0.7, 0), (0.7, 1), (1.1, 13))),
    Case(recursive_fibonacci, ((0.7, 0.3, 0), (0.7, 0.3, 1), (0.7, 0.3, 6))),
    Case(recursive_until_small, ((0.7,), (1.3,), (13.0,))),
    Case(pairwise_sum, ((_0,), (_1,), (_6,))),
    Case(multiple_sine, ((0.7, 0), (0.7, 1), (0.4, 4))),
    Case(multiple_cosine, ((0.7, 0), (0.7, 1), (0.4, 4))),
    Case(even_steps, ((0.7, 0), (0.7, 1), (0.4, 5))),
    Case(recursion_in_loop, ((0.7, 0, 2), (0.7, 1, 0), (0.4, 2, 2))),
    Case(recursive_tuple, ((0.7, 0), (0.7, 1), (0.4, 4)), scalar=False),
    Case(module_constants, ((0.7, 0.3), (5.0, 1.1))),
    Case(constants_in_loop, ((0.7,), (-1.2,))),
    Case(inner_function, ((0.7, 0.3), (-1.2, 0.5))),
    Case(inner_function_of_loop, ((0.7, 0), (0.7, 1), (-1.2, 4))),
    Case(inner_lambda, ((0.7, 0.3), (-1.2, 0.5))),
    Case(lambda_as_argument, ((_6, 0.3), (_1, -0.5), (_0, 1.0)), scalar=False),
    Case(fixed_point, ((0.7, 0), (0.7, 1), (0.9, 6))),
    Case(integral_of_gaussian, ((0.1, 1.3, 0.8), (-1.0, 0.5, 1.7))),
    Case(difference_quotient, ((0.7, 0.3), (-1.2, 0.5))),
    Case(oscillator, ((0.7, 0.3), (-1.2, 0.5))),
    Case(model, ((_3,), (_6[:3],))),
    Case(cubic, ((0.7,), (-1.2,)), label="cubic_lambda"),
    Case(array_rows_helper, ((_23, _3), (_23[:1], _3), (_23[:0], _3))),
    Case(same_helper_many_roles, ((0.7, 0.3), (-1.2, 0.5))),
)
