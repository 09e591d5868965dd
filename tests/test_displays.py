"""Displays with stars, values of dicts in lists, and parts of arguments that are changed in place."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

import s2sgrad
from tests.right_or_refused import check_right, name_of

X = np.array([0.3, 0.5, 0.7])


def closed(x: np.ndarray):
    return sum(v * w for v, w in zip([*x, x[0]], [x[0], *x]))


def largest(x: np.ndarray):
    return max([*x, 0.4]) + min((*x, x[0] * 2)) + len([*x, 1.0]) * sum([*x])


def taken_apart(x: np.ndarray):
    a, b, *c = [x[0] * 2, *x]
    return a * b + sum(c)


def counted(x: np.ndarray):
    total = 1.0
    for i, v in enumerate((*x, 2.0)):
        total = total * v + i
    return total


def turned_round(x: np.ndarray):
    total = 1.0
    for v in reversed([*x, x[1]]):
        total = total * v + 1
    return total


def neighbours(x: np.ndarray):
    return sum(u * v for u, v in itertools.pairwise([*x, x[0]]))


def written_into(x: np.ndarray):
    values = [*x, x[0]]
    values.append(x[1] * x[0])
    values[0] *= 3
    return values[-1] * values[0] + values[-2]


def grown_in_front(x: np.ndarray, n: int):
    out: list = []
    for k in range(n):
        out = [x[k], *out]
    total = 0.0
    for v in out:
        total = total * 0.5 + v
    return total


def area(points: np.ndarray):
    corners = [*points, points[0]]
    total = 0.0
    for (x0, y0), (x1, y1) in itertools.pairwise(corners):
        total += 0.5 * (x0 * y1 - x1 * y0)
    return total


def between_lists(x: float, rest: list):
    values = [x, *rest, *[x * 2]]
    return max(values) + values[-1]


def in_an_array(x: np.ndarray):
    return np.array([1.0, *x, *x[:2]]) @ np.arange(len(x) + 3)


def filtered(x: np.ndarray):
    return [v * v for v in [*x, x[0]] if v > 0.35]


def values_in_zip(weights: dict, row: np.ndarray):
    growth = 0.0
    for w, r in zip(weights.values(), row):
        growth += w * r
    return growth


def values_in_a_sum(weights: dict, row: np.ndarray):
    return sum(w * r for w, r in zip(weights.values(), row))


def values_in_a_list(weights: dict, row: np.ndarray):
    values = list(weights.values())
    values[0] = values[0] * values[1]
    return np.dot(values, row)


W = {"b": 0.4, "a": 0.6}

RIGHT: list[tuple[Any, ...]] = [
    *((f, x) for f in (closed, largest, taken_apart, counted) for x in (X, X[:2], X[:1])),
    *((f, x) for f in (turned_round, neighbours, written_into, in_an_array) for x in (X, X[:2])),
    (grown_in_front, X, 0),
    (grown_in_front, X, 3),
    (area, np.array([[0.0, 0.1], [1.0, 0.2], [0.7, 0.9], [0.1, 0.5]])),
    (between_lists, 2.0, [1.0, 3.0]),
    (between_lists, 0.2, []),
    (filtered, X),
    (values_in_zip, W, X[:2]),
    (values_in_a_sum, W, X[:2]),
    (values_in_a_list, W, X[:2]),
]


@pytest.mark.parametrize("case", RIGHT, ids=name_of)
def test_agrees_with_differences(case: tuple[Any, ...]) -> None:
    check_right(case)


@dataclass
class Orbit:
    position: np.ndarray
    velocity: np.ndarray


def kicks(orbit: Orbit, dt: float, steps: int):
    for _ in range(steps):
        orbit.velocity -= dt * orbit.position
        orbit.position += dt * orbit.velocity
    return orbit


def kicks_of_arrays(position: np.ndarray, velocity: np.ndarray, dt: float, steps: int):
    for _ in range(steps):
        velocity -= dt * position
        position += dt * velocity
    return position, velocity


@pytest.mark.parametrize("steps", [0, 1, 3])
def test_parts_that_are_changed_are_written_as_arrays_are(steps: int) -> None:
    orbit = Orbit(X.copy(), X * 2 - 1)
    check_right((kicks, orbit, 0.1, steps))
    np.testing.assert_array_equal(orbit.position, X)
    text = s2sgrad.transform(kicks, like=(orbit, 0.1, steps)).source
    plain = s2sgrad.transform(kicks_of_arrays, like=(X, X, 0.1, steps)).source
    for name in ("position", "velocity"):
        text = text.replace(f"orbit_{name}", name).replace(f"orbit.{name}", name)
    wanted = plain[plain.index("    saved = []") : plain.index("    # return")]
    assert wanted in text
    assert (
        text[text.index("    d_dt = 0.0") :].splitlines()[:9]
        == (plain[plain.index("    d_dt = 0.0") :].splitlines()[:9])
    )
