"""Programs with containers of containers that were differentiated wrongly once, held against differences."""

from __future__ import annotations

import copy
import inspect
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import s2sgrad
from s2sgrad.errors import TransformError
from s2sgrad.numeric import richardson_directional
from s2sgrad.transform import derived
from tests.structures import moved, product, random_like, same

X = np.array([0.5, 1.5, 0.7])


def triangle(x: float, n: int):
    rows = []
    for i in range(n):
        row = [x]
        for j in range(i):
            row.append(row[-1] * x + j)
        rows.append(row)
    return rows


def rows_and_numbers(x: float, n: int):
    out = []
    for i in range(n):
        row = [x]
        for _ in range(i):
            row.append(row[-1] * x)
        out.append((row, x * i))
    return out


def product_of_rows(m: list):
    n = len(m)
    columns = [[m[j][i] for j in range(n)] for i in range(n)]
    return [[sum(a * b for a, b in zip(row, column)) for column in columns] for row in m]


def rows_change_places(x: float):
    rows = [[0.6 * x, x * x], [x]]
    rows[0], rows[1] = rows[1], rows[0]
    return rows[-1][-1] + rows[0][0] * x


def shorter_row(x: float):
    rows = [[0.6 * x, x * x], [x]]
    rows[0] = [x]
    return rows[-1][-1] + rows[0][0] * x


def longer_row(x: float):
    rows = [[x], [x * x]]
    for i in range(3):
        rows[i % 2] = [rows[0][0] * x] * (i + 2)
    return rows[0][-1] * rows[1][-1]


def longer_array(x: np.ndarray, n: int):
    rows = [x * 2, x[:1]]
    for i in range(n):
        rows[i % 2] = np.append(rows[0], x[0])
    rows[0], rows[1] = rows[1], rows[0]
    return np.sum(rows[0]) * rows[1][-1]


def number_and_array(x: float, y: np.ndarray):
    values = [x, y]
    values[0] = values[0] * y
    return np.sum(values[0] * values[1])


def multiplied(x: np.ndarray):
    values = [x[0] * v for v in x]
    return np.sum(np.outer(x, x) * values)


def multiplied_by_something(x: np.ndarray, y):
    values = [x[0] * v for v in x]
    return np.sum(y * values)


def powers(x: np.ndarray, values: list):
    return np.sum(x**values) + np.sum(np.power(values, x[0])) * np.linalg.norm(values)


def inverse_tangents(x: np.ndarray, values: list):
    return np.arctan(values) @ x + np.sum(np.arctan2(values, x)) + np.sum(np.log1p(values))


def limited(x: np.ndarray, values: list):
    return np.sum(np.maximum(values, 0.6) * np.minimum(values, values[0]) * x)


def squares(x: np.ndarray):
    values = [v * x[1] for v in x]
    return np.sum(np.square(values)) + np.sort(values) @ x


def joined_with_a_list(x: np.ndarray, values: list):
    return np.sum(np.concatenate([values, x]) ** 2) + np.sum(np.vstack([values, values]) ** 3)


def grid_of_a_list(x: np.ndarray, values: list):
    a, b = np.meshgrid(values, x)
    return np.sum(np.sin(a * b))


def stacked_with_a_list(x: np.ndarray, values: list):
    rows = []
    for k in range(3):
        rows.append(values)
        rows.append(x * k)
    return np.sum(np.stack(rows) ** 2)


def matched_one_by_one(x: float, k: int):
    match k, x * 2:
        case 0, v:
            return v * v
        case 1 | 2, v if v > 0:
            return 3 * v
        case _, v, _:
            return v
        case first, *rest:
            return -sum(rest) * x + first


def matched_and_bound_again(x: float, y: float):
    match (x, y, 3):
        case (y, x, 1):
            return y
        case (y, x, *rest):
            return y * x * x * rest[0]


def one_of_two_numbers(x: float, n: int):
    total = 0.0
    for i in range(n):
        k = 4 if i % 2 else 2
        weight = 0.5 if i * 2 > n else 1.0
        total += k * weight * np.sin(x * i)
        x = x * (1.5 if total > 0.3 else 0.5)
    return total / 3


def summed_where_it_is_popped(x: float, n: int):
    values = [x * k for k in range(n)]
    total = sum(v * v for v in values) * x
    return total + sum(values) * sum(v * k for k, v in enumerate(values))


def number_beside_an_array_that_is_put_back(x: np.ndarray, s: float):
    h = np.full((4, 3), s)
    h[1:, -2] *= np.sum(h * h) * x[0]
    return [np.tanh(s), h]


CASES: list[tuple[Any, ...]] = [
    *((matched_one_by_one, x, k) for x in (0.7, -0.7) for k in (0, 1, 5)),
    (matched_and_bound_again, 0.7, 1.3),
    *((one_of_two_numbers, 0.7, n) for n in (0, 1, 4)),
    *((summed_where_it_is_popped, 0.7, n) for n in (0, 1, 4)),
    (number_beside_an_array_that_is_put_back, X, 0.7),
    (multiplied, X),
    (powers, X, [0.4, 0.9, 0.35]),
    (inverse_tangents, X, [0.4, 0.9, 0.35]),
    (limited, X, [0.4, 0.9, 0.35]),
    (squares, X),
    (joined_with_a_list, X, [0.4, 0.9, 0.35]),
    (grid_of_a_list, X, [0.4, 0.9]),
    (stacked_with_a_list, X, [0.4, 0.9, 0.35]),
    (triangle, 0.7, 3),
    (triangle, 0.7, 0),
    (rows_and_numbers, 0.7, 3),
    (product_of_rows, [[0.5, 1.5], [2.0, 0.1]]),
    (rows_change_places, 0.7),
    (shorter_row, 0.7),
    (longer_row, 0.7),
    (longer_array, X, 3),
    (longer_array, X, 0),
    (number_and_array, 0.7, X),
]


@pytest.mark.parametrize("simplified", [True, False])
@pytest.mark.parametrize("form", ["gradient", "value_and_gradient", "tangent"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0].__name__)
def test_agrees_with_differences(case: tuple[Any, ...], form: str, simplified: bool) -> None:
    function, *args = case
    agrees(function, tuple(args), form, simplified=simplified)


def test_a_product_of_a_list_is_no_list_of_that_length() -> None:
    with pytest.raises(TransformError, match="repeated or an array is multiplied"):
        derived(multiplied_by_something)
    assert "np.array(values)" in derived(multiplied)[0].source


def test_a_sum_gives_its_derivative_to_all_items() -> None:
    text = derived(summed_where_it_is_popped, like=(0.7, 3))[0].source
    assert "d_values = [0.0] * len(values)" in text
    assert "spread" not in text
    assert "zeros_like" not in text
    text = derived(one_of_two_numbers, "x", like=(0.7, 3))[0].source
    assert text.count("k = 4 if i % 2 else 2") == 2
    assert "saved_k" not in text


def functions_with_defaults(x: float):
    functions = []
    for c in (x, 2.0):

        def f(v, c=c):
            return v * c

        functions.append(f)
    t = 1.0
    for f in functions:
        t = f(t)
    return t + x


def functions_of_trips(x: float, n: int):
    functions = []
    for i in range(n):
        functions.append(lambda v, i=i: v * x * i)  # noqa: PERF401  which is what is tested
    t = 1.0
    for f in functions:
        t = f(t) + 1.0
    return t + x


def functions_with_variables(x: float, n: int):
    functions = [lambda v: v * x for _ in range(n)]
    t = 1.0
    for f in functions:
        t = f(t) + 1.0
    return t + x


@pytest.mark.parametrize(
    "function", [functions_with_defaults, functions_of_trips, functions_with_variables]
)
def test_functions_in_lists_are_right_or_refused(function: Callable[..., float]) -> None:
    args = (0.7,) if function is functions_with_defaults else (0.7, 3)
    for form in ("gradient", "tangent"):
        try:
            agrees(function, args, form, simplified=True)
        except TransformError:
            assert function is not functions_with_variables


def both_rows(values, x: np.ndarray):
    return np.sum(np.stack([values, x]) ** 2) + np.sum(np.array([values, values]))


def test_a_list_that_is_not_told_has_an_array() -> None:
    values = [0.4, 0.9, 0.35]
    by_values, _ = derived(both_rows)[0](values, X)
    np.testing.assert_allclose(by_values, 2 * np.array(values) + 2)


def agrees(
    function: Callable[..., Any], args: tuple[Any, ...], form: str, *, simplified: bool
) -> None:
    """Compare a derivative by all real arguments, told and asked for twice, with differences."""
    names = list(inspect.signature(function).parameters)[: len(args)]
    wrt = tuple(n for n, a in zip(names, args, strict=True) if not isinstance(a, int))
    made, _ = derived(function, wrt, like=copy.deepcopy(args), form=form, simplified=simplified)
    rng = np.random.default_rng(5)
    result = function(*copy.deepcopy(args))
    seed = random_like(result, rng)
    moves = [random_like(a, rng) if n in wrt else a for n, a in zip(names, args, strict=True)]
    expected = _difference(function, args, moves, wrt, seed)
    own = [move for n, move in zip(names, moves, strict=True) if n in wrt]
    given = copy.deepcopy(args)
    extra = own if form == "tangent" else [copy.deepcopy(seed)]
    found = made(*given, *extra)
    kept = copy.deepcopy(found)
    assert same(made(*given, *extra), kept), "the second call gave something else"
    assert same(found, kept), "the second call changed the results of the first"
    assert same(given, args), "the arguments were changed"
    if form != "gradient":
        value, found = found
        assert same(value, result), f"{value} is not {result}"
    if form == "tangent":
        total = product(seed, found, result)
    else:
        by = [a for n, a in zip(names, args, strict=True) if n in wrt]
        total = sum(product(d, m, a) for d, m, a in zip(found, own, by, strict=True))
    np.testing.assert_allclose(total, expected, rtol=1e-6, atol=1e-9)


def _difference(
    function: Callable[..., Any],
    args: tuple[Any, ...],
    moves: list[Any],
    wrt: tuple[str, ...],
    seed: Any,
) -> float:
    names = list(inspect.signature(function).parameters)[: len(args)]
    result = function(*copy.deepcopy(args))

    def along(t: float) -> float:
        there = [
            moved(copy.deepcopy(a), m, t) if n in wrt else a
            for n, a, m in zip(names, args, moves, strict=True)
        ]
        return product(seed, function(*there), result)

    return float(richardson_directional(along, (0.0,), (1.0,))[0])


class Halving:
    """Its method writes the attribute that is added to when it is called."""

    def __init__(self, value):
        self.value = value

    def halved(self, by):
        self.value = self.value * by
        return by * by


def added_to_while_it_is_written(x: np.ndarray):
    held, table = Halving(x[0]), {"a": x[1]}

    def written(by):
        table["a"] = table["a"] * by
        return table["a"]

    held.value += held.halved(x[1])
    table["a"] -= written(x[0])
    for k in range(2):
        held.value *= held.halved(0.3 + k)
    return held.value * table["a"]


def test_what_an_augmented_assignment_adds_to_is_read_first() -> None:
    x = np.array([0.3, 0.7])
    s2sgrad.check_grads(added_to_while_it_is_written, (x,))


def stored_from_a_list_that_is_given(x: np.ndarray, rows: list):
    y = x
    for row in rows:
        y[None] = row
    both = [rows[1], y]
    return np.sum(both[1] * both[1])


def test_a_list_that_nobody_differentiates_by_stays_as_it_was() -> None:
    rows = [np.array([0.5, 1.5]), np.array([2.0, 0.1])]
    x = np.array([0.3, 0.7])
    gradient = s2sgrad.transform(stored_from_a_list_that_is_given, "x", like=(x, rows))
    assert np.array_equal(gradient(x, rows), np.zeros(2))
    assert [list(row) for row in rows] == [[0.5, 1.5], [2.0, 0.1]]


def written_in_a_loop_over_it(x: np.ndarray, y: np.ndarray, n: int):
    for i, r in enumerate(x):
        k = 0
        while k < n:
            k += 1
            x *= np.sin(r)
        x[::2] = max(y[-1 - i], x[i])
    return np.sum(x * x)


def test_an_array_that_a_loop_runs_over_is_not_bound_anew() -> None:
    x, y = np.array([-0.4, 0.6, 0.3]), np.array([0.7, -0.9, 0.2])
    for n in (0, 1, 3):
        s2sgrad.check_grads(written_in_a_loop_over_it, (x, y, n))
