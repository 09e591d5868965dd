"""`for` over ranges, lists, tuples and arrays; enumerate, zip, reversed; nested loops."""

import math

import numpy as np
from numpy.typing import NDArray

from tests.zoo.case import Case

WEIGHTS = [0.5, -1.5, 2.0]


def loop_power(x: float, n: int):
    out = 1.0
    for i in range(n):
        out = out * x
    return out


def geometric_series(x, n):
    total = 0.0
    term = 1.0
    for _ in range(n):
        total += term
        term *= x
    return total


def sine_series(x: float, terms: int) -> float:
    """Taylor series of the sine."""
    total = 0.0
    sign = 1
    power = x
    factorial = 1
    for k in range(1, terms + 1):
        total += sign * power / factorial
        sign = -sign
        power = power * x * x
        factorial *= (2 * k) * (2 * k + 1)
    return total


def range_with_bounds(x, start: int, stop: int):
    total = x
    for k in range(start, stop):
        total = total + math.sin(k * x)
    return total


def range_with_step(x: float, start: int, stop: int, step: int):
    y = x
    for k in range(start, stop, step):
        y = y * math.cos(y) + k * x
    return y


def continued_fraction(x: float, depth: int):
    """1 / (x + 1 / (x + 2 / (x + ...))), from the inside out."""
    value = x
    for k in range(depth, 0, -1):
        value = x + k / value
    return 1 / value


def triangle_loop(x: float, n: int):
    total = 0.0
    for i in range(n):
        for j in range(i, n):
            total += (i + 1) * x ** (j - i)
    return total


def dependent_bounds(x: float, y: float, n: int):
    s = y
    for i in range(1, n):
        for j in range(2 * i, i - 2, -1):
            s = math.sin(s) * x + j
        s = s / i
    return s


def three_deep(x: float, n: int):
    total = 0.0
    for i in range(n):
        row = x + i
        for j in range(i + 1):
            cell = row * row - j
            for k in range(j + 1):
                cell = cell / 2 + k * x
            total += cell
        total *= 0.5
    return total


def variable_after_loop(x: float, n: int):
    k = 7
    y = x
    for k in range(n):
        y = y + x * k
        last = y * k
    if n > 0:
        y = y + last
    return y * k


def loop_variable_changed(x, n):
    total = 0.0
    for i in range(n):
        i = 2 * i + 1
        total += x**i
        x = x * 0.9
    return total


def bound_changed_in_loop(x: float, n: int):
    y = x
    for i in range(n):
        n = n - 1
        y = y * x + n
    return y + n


def fibonacci(a: float, b: float, n: int):
    for _ in range(n):
        a, b = b, a + b * a
    return a


def two_carried(x, y, n):
    for i in range(n):
        t = x
        x = x * math.cos(y)
        y = y + t / (i + 1)
    return x * y


def temporary_in_loop(x: float, n: int):
    total = 0.0
    for i in range(n):
        t = x * i
        t = math.sin(t)
        t = t * t
        total = total + t
    return total


def branch_in_loop(x: float, n: int):
    y = x
    for i in range(n):
        if i % 2 == 0:
            y = y * x
        elif i % 3 == 0:
            y = math.sin(y)
        else:
            y += x
    return y


def branch_on_value_in_loop(x: float, n: int):
    y = x
    for _ in range(n):
        if y > 1:
            y = y / 2
        else:
            y = y * y + x
    return y


def bound_in_earlier_trip(x: float, n: int):
    total = 0.0
    for i in range(n):
        if i == 0:
            start = x * x
        total += start * i + x
        start = start * x
    return total


def over_list(x: float, coefficients: list):
    y = 0.0
    for c in coefficients:
        y = y * x + c
    return y


def over_module_list(x):
    product = 1.0
    for w in WEIGHTS:
        product *= math.sin(w * x) + 2
    return product


def over_tuple(x: float):
    total = 0.0
    for k in (1, 2, 5):
        total += x**k / k
    return total


def over_names(x: float, y: float):
    total = 1.0
    for value in [x, y, x * y]:
        total = total * (value + 2)
    return total


def over_array(x: np.ndarray):
    total = 0.0
    for value in x:
        total = total * 0.5 + math.sin(value)
    return total


def over_array_twice(values: NDArray[np.float64]) -> float:
    total = 0.0
    for a in values:
        for b in values:
            total += a * math.cos(b)
    return total


def over_rows(a: np.ndarray, v: np.ndarray):
    total = 0.0
    for row in a:
        total = total + np.tanh(row @ v)
    return total


def over_rows_vector(a: np.ndarray):
    state = np.zeros(3)
    for row in a:
        state = np.tanh(state * 0.5 + row)
    return state


def over_rows_and_cells(a: np.ndarray):
    total = 0.0
    for row in a:
        product = 1.0
        for cell in row:
            product *= cell
        total += product
    return total


def over_range_of_len(x: np.ndarray, y: np.ndarray):
    total = 0.0
    for i in range(len(x)):
        total += x[i] * y[i] ** 2
    return total


def over_shape(a: np.ndarray):
    rows, columns = a.shape
    total = 0.0
    for i in range(rows):
        for j in range(columns):
            total += a[i, j] ** 2 / (i + j + 1)
    return total


def neighbours(x: np.ndarray):
    energy = 0.0
    for i in range(1, len(x)):
        energy += (x[i] - x[i - 1]) ** 2 * x[i]
    return energy


def with_enumerate(x: float, weights: list):
    y = x
    for k, w in enumerate(weights):
        y = y * w + x**k
    return y


def with_enumerate_array(x: NDArray[np.float64], start: int):
    total = 0.0
    for k, value in enumerate(x, start):
        total += value**k
    return total


def with_enumerate_rows(a: np.ndarray, v: np.ndarray):
    total = v
    for i, row in enumerate(a):
        total = total * np.cos(row) + row[i % 3] * i
    return np.sum(total)


def smallest_value(x: np.ndarray):
    best = math.inf
    where = -1
    for i, value in enumerate(x):
        if value * value < best:
            best = value * value
            where = i
    return best * x[where]


def with_zip(x: np.ndarray, y: np.ndarray):
    total = 0.0
    for a, b in zip(x, y):
        total += a * math.exp(-b)
        total *= 0.9
    return total


def with_zip_of_three(a: np.ndarray, weights: list, scale: float):
    out = scale
    for row, w, k in zip(a, weights, range(100)):
        out = out + w * row.sum() ** 2 * scale + k * row[0]
    return out


def pairs_by_zip(x: np.ndarray):
    length = 0.0
    for a, b in zip(x[:-1], x[1:]):
        length += math.hypot(1.0, b - a)
    return length


def enumerate_zip(x: np.ndarray, y: np.ndarray):
    total = 0.0
    for i, (a, b) in enumerate(zip(x, y)):
        total += (i + 1) * a * b
    return total


def with_reversed_range(x: float, n: int):
    y = x
    for i in reversed(range(n)):
        y = y * x + i
    return y


def with_reversed_list(x: float, coefficients: list):
    y = 0.0
    for c in reversed(coefficients):
        y = y * x + c
    return y


def with_reversed_array(x: np.ndarray):
    y = 1.0
    for value in reversed(x):
        y = math.sin(y * value) + value
    return y


def over_pairs(x: float, terms: tuple):
    total = 0.0
    for coefficient, power in terms:
        total += coefficient * x**power
    return total


def array_carried(x: np.ndarray, n: int):
    y = x
    for _ in range(n):
        y = np.sin(y) + x
    return np.sum(y)


def array_accumulated(x: np.ndarray, n: int):
    total = 0.0
    for k in range(1, n + 1):
        total = total + x**k / k
    return np.sum(total) + x[0]


def integer_start(x: float, n: int):
    total = 0
    for i in range(n):
        total += i * x
    return total * total + x


def loops_in_sequence(x: float, n: int, m: int):
    y = x
    for _ in range(n):
        y = y * x + 1
    z = y
    for _ in range(m):
        z = math.sin(z) + y
    for _ in range(n):
        z = z / (1 + z * z)
    return z


rng = np.random.default_rng(11)
_X1 = rng.uniform(0.5, 1.5, 1)
_X5 = rng.uniform(0.5, 1.5, 5)
_Y5 = rng.uniform(-1.0, 1.0, 5)
_A23 = rng.uniform(-1.0, 1.0, (2, 3))
_A43 = rng.uniform(-1.0, 1.0, (4, 3))
_V3 = rng.normal(size=3)
_EMPTY = np.zeros(0)

CASES = (
    Case(loop_power, ((1.3, 0), (1.3, 1), (-0.8, 5))),
    Case(geometric_series, ((0.7, 0), (0.7, 1), (1.2, 6))),
    Case(sine_series, ((0.7, 0), (0.7, 1), (1.2, 6))),
    Case(range_with_bounds, ((0.7, 2, 2), (0.7, 2, 3), (1.2, -2, 4), (1.2, 5, 1))),
    Case(range_with_step, ((0.7, 0, 7, 2), (0.7, 5, -5, -3), (1.2, 0, 0, 1), (1.2, 0, 1, 9))),
    Case(continued_fraction, ((0.7, 0), (0.7, 1), (1.2, 12))),
    Case(triangle_loop, ((0.7, 0), (0.7, 1), (1.2, 4))),
    Case(dependent_bounds, ((0.7, 0.3, 1), (0.7, 0.3, 2), (1.2, -0.4, 5))),
    Case(three_deep, ((0.7, 0), (0.7, 1), (1.2, 4))),
    Case(variable_after_loop, ((0.7, 0), (0.7, 1), (1.2, 4))),
    Case(loop_variable_changed, ((0.7, 0), (0.7, 1), (1.2, 4))),
    Case(bound_changed_in_loop, ((0.7, 0), (0.7, 1), (1.2, 4))),
    Case(fibonacci, ((0.7, 0.4, 0), (0.7, 0.4, 1), (0.6, 0.8, 6))),
    Case(two_carried, ((0.7, 0.4, 0), (0.7, 0.4, 1), (0.6, 0.8, 6))),
    Case(temporary_in_loop, ((0.7, 0), (0.7, 1), (1.2, 6))),
    Case(branch_in_loop, ((0.7, 0), (0.7, 1), (1.1, 7))),
    Case(branch_on_value_in_loop, ((0.7, 0), (0.7, 1), (0.8, 9))),
    Case(bound_in_earlier_trip, ((0.7, 0), (0.7, 1), (0.8, 4))),
    Case(over_list, ((0.7, []), (0.7, [1.5]), (1.2, [1.0, -2.0, 0.5, 3.0]))),
    Case(over_module_list, ((0.7,), (-0.4,))),
    Case(over_tuple, ((0.7,), (-1.4,))),
    Case(over_names, ((0.7, 0.2), (-1.4, 0.5))),
    Case(over_array, ((_EMPTY,), (_X1,), (_X5,))),
    Case(over_array_twice, ((_EMPTY,), (_X1,), (_X5,))),
    Case(over_rows, ((_A23, _V3), (_A43, _V3), (np.zeros((0, 3)), _V3))),
    Case(over_rows_vector, ((_A23,), (_A43,), (np.zeros((0, 3)),)), scalar=False),
    Case(over_rows_and_cells, ((_A23,), (_A43,), (np.full((1, 1), 0.7),), (np.zeros((2, 0)),))),
    Case(over_range_of_len, ((_EMPTY, _EMPTY), (_X1, _Y5), (_X5, _Y5))),
    Case(over_shape, ((_A23,), (_A43,), (np.full((1, 1), 0.7),))),
    Case(neighbours, ((_EMPTY,), (_X1,), (_X5,))),
    Case(with_enumerate, ((0.7, []), (0.7, [1.5]), (1.2, [1.0, -2.0, 0.5, 3.0]))),
    Case(with_enumerate_array, ((_EMPTY, 0), (_X1, 3), (_X5, 1))),
    Case(with_enumerate_rows, ((_A23, _V3), (_A43, _V3), (np.zeros((0, 3)), _V3))),
    Case(smallest_value, ((_X1,), (_X5,), (_Y5,))),
    Case(with_zip, ((_EMPTY, _Y5), (_X1, _Y5), (_X5, _Y5))),
    Case(with_zip_of_three, ((_A23, [0.5], 1.3), (_A43, [0.3, 0.4, -1.0], 0.6), (_A23, [], 0.7))),
    Case(pairs_by_zip, ((_EMPTY,), (_X1,), (_X5,))),
    Case(enumerate_zip, ((_EMPTY, _Y5), (_X1, _Y5), (_X5, _Y5))),
    Case(with_reversed_range, ((0.7, 0), (0.7, 1), (1.2, 5))),
    Case(with_reversed_list, ((0.7, []), (0.7, [1.5]), (1.2, [1.0, -2.0, 0.5, 3.0]))),
    Case(with_reversed_array, ((_EMPTY,), (_X1,), (_X5,))),
    Case(over_pairs, ((0.7, ()), (0.7, ((1.5, 2),)), (1.2, ((1.0, 3), (-0.5, 1), (2.0, 4))))),
    Case(array_carried, ((_X5, 0), (_X5, 1), (_X1, 4), (_EMPTY, 2))),
    Case(array_accumulated, ((_X5, 1), (_X1, 4), (_X5, 0))),
    Case(integer_start, ((0.7, 0), (0.7, 1), (1.2, 5))),
    Case(loops_in_sequence, ((0.7, 0, 0), (0.7, 1, 2), (0.6, 3, 1))),
)
