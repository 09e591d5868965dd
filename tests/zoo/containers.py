"""Lists and tuples: built by append, iterated, indexed, unpacked, turned into arrays."""

from __future__ import annotations

import math

import numpy as np

from tests.zoo.case import Case


def list_of_powers(x: float, n: int):
    powers = []
    for k in range(n):
        powers.append(x**k)
    total = 0.0
    for p in powers:
        total = total * x + p
    return total


def states_by_index(x: float, n: int):
    states = [x]
    for i in range(n):
        states.append(math.sin(states[i]) + x)
    return states[-1] * states[0]


def last_two(x: float, n: int):
    path = [x, x * x]
    for _ in range(n):
        path.append(path[-1] * path[-2] + 0.1)
    return path[len(path) - 1]


def sum_of_list(x: float, y: float):
    terms = [x * y, x / y, math.sin(x)]
    terms.append(y * y)
    return sum(terms) * terms[1]


def list_to_array(x: float, n: int):
    values = []
    for i in range(n):
        values.append(math.cos(i * x))
    return np.array(values) * x


def list_of_arrays(x: np.ndarray, n: int):
    layers = []
    h = x
    for _ in range(n):
        h = np.tanh(h * x)
        layers.append(h)
    total = x
    for layer in layers:
        total = total + layer * layer
    return total


def list_stacked(x: np.ndarray, n: int):
    rows = [x]
    for k in range(1, n):
        rows.append(rows[k - 1] * np.sin(x))
    return np.stack(rows) @ x


def list_concatenated(x: np.ndarray, y: np.ndarray):
    parts = []
    for v in (x, y, x):
        parts.append(v[1:] * v[0])
    return np.concatenate(parts)


def backwards_through_list(x: float, n: int):
    stack = []
    y = x
    for _ in range(n):
        stack.append(y)
        y = y * 0.5 + 1
    while stack:
        y = y * stack.pop() + x
    return y


def tuple_of_values(x: float, y: float):
    point = (x * y, x + y, 3.0)
    a, b, c = point
    return point[0] * b + a * point[1] ** 2 - c * point[-1] * x


def nested_tuples(x: float, y: float):
    segment = ((x, y), (y * y, x * x))
    (x0, y0), end = segment
    return math.hypot(end[0] - x0, end[1] - y0) + segment[1][0]


def list_of_pairs(x: np.ndarray):
    pairs = []
    for i in range(len(x)):
        pairs.append((x[i], i))
    total = 0.0
    for value, i in pairs:
        total += value ** (i + 1)
    return total


def list_by_concatenation(x: float, n: int):
    values = [x]
    for _ in range(n):
        values = values + [values[-1] * x + 1]
    product = 1.0
    for v in reversed(values):
        product = product * v
    return product


def list_slots(x: float, n: int):
    """Pascal's triangle with a weight."""
    row = [1.0] * (n + 1)
    for i in range(2, n + 1):
        for j in range(i - 1, 0, -1):
            row[j] = row[j] + x * row[j - 1]
    total = 0.0
    for value in row:
        total += value
    return total * x


def network_of_layers(x: np.ndarray, layers: list):
    h = x
    for weights, bias in layers:
        h = np.tanh(h @ weights + bias)
    return h


def zipped_lists(x: float, a: list, b: list):
    values = []
    for p, q in zip(a, b):
        values.append(p * math.sin(q * x))
    total = 0.0
    for i, value in enumerate(values):
        total += value / (i + 1)
    return total


def empty_list_is_false(x: float, n: int):
    found = []
    for k in range(n):
        if k % 2:
            found.append(k * x)
    if not found:
        return x
    return found[0] * found[-1] * len(found)


rng = np.random.default_rng(20)
_1 = rng.uniform(0.2, 0.9, 1)
_3 = rng.normal(size=3)
_4 = rng.normal(size=4)
_23 = rng.normal(size=(2, 3))
_0 = np.zeros(0)
_LAYERS = [
    (rng.normal(size=(3, 4)), rng.normal(size=4)),
    (rng.normal(size=(4, 2)), rng.normal(size=2)),
]

CASES = (
    Case(list_of_powers, ((0.7, 0), (0.7, 1), (-1.2, 4))),
    Case(states_by_index, ((0.7, 0), (0.7, 1), (-1.2, 4))),
    Case(last_two, ((0.7, 0), (0.7, 1), (-1.2, 4))),
    Case(sum_of_list, ((0.7, 0.3), (-1.2, 0.5))),
    Case(list_to_array, ((0.7, 0), (0.7, 1), (-1.2, 4)), scalar=False),
    Case(list_of_arrays, ((_3, 0), (_3, 1), (_23, 3), (_0, 2)), scalar=False),
    Case(list_stacked, ((_3, 1), (_3, 2), (_1, 4)), scalar=False),
    Case(list_concatenated, ((_3, _4), (_1, _1), (_1, _3)), scalar=False),
    Case(backwards_through_list, ((0.7, 0), (0.7, 1), (-1.2, 4))),
    Case(tuple_of_values, ((0.7, 0.3), (-1.2, 0.5))),
    Case(nested_tuples, ((0.7, 0.3), (-1.2, 0.5))),
    Case(list_of_pairs, ((_0,), (_1,), (_4,))),
    Case(list_by_concatenation, ((0.7, 0), (0.7, 1), (-1.2, 3))),
    Case(list_slots, ((0.7, 0), (0.7, 1), (-1.2, 5))),
    Case(network_of_layers, ((_3, []), (_3, _LAYERS[:1]), (_23, _LAYERS)), scalar=False),
    Case(zipped_lists, ((0.7, [], []), (0.7, [1.5], [2.0]), (1.2, [1.0, -0.5, 2.0], [0.5, 2.0]))),
    Case(empty_list_is_false, ((0.7, 0), (0.7, 2), (-1.2, 7))),
)
