"""Programs with parameters that may be None, or be objects and dicts by default."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np

__all__ = ["RIGHT"]

X = np.array([0.3, 0.5, 0.7])


@dataclass
class Arm:
    l1: float
    l2: float = 2.0

    def reach(self, q1, q2):
        return self.l1 * math.cos(q1) + self.l2 * math.cos(q1 + q2)

    @classmethod
    def unit(cls):
        return cls(1.0, 1.0)


@dataclass
class Settings:
    rate: float = 0.5
    steps: int = 2
    weights: dict = field(default_factory=lambda: {"a": 1.5})


def made_if_none(q1: float, q2: float, arm=None):
    if arm is None:
        arm = Arm.unit()
    return arm.reach(q1, q2)


def made_by_or(q1: float, q2: float, arm=None):
    arm = Arm.unit() if arm is None else arm
    return arm.reach(q1, q2) * q1


def changed(q1: float, arm=None):
    if arm is None:
        arm = Arm(q1, 2 * q1)
    arm.l1 *= q1
    return arm.reach(q1, arm.l1)


def behind_a_number(x: np.ndarray, power=2.0, settings=None, scale=3.0):
    settings = settings or Settings()
    for _ in range(settings.steps):
        x = x - settings.rate * x**power * settings.weights["a"]
    return np.sum(x) * scale


def two_of_them(x: float, first=None, second=None):
    if first is None:
        first = Arm(x)
    if second is None:
        second = first
    second.l1 = second.l1 * x
    return first.l1 * second.l2 * x + first.l2


def tuple_beside_a_dict(x: float, pair: tuple, params: dict):
    return x * pair[0] + params["a"] * x**2 * pair[1]


def a_dict_by_default(x: float, params=None):
    params = {"w": 2.0, "b": x} if params is None else params
    return x * params["w"] + params["b"]


def left_open(x: float, arm=None):
    return x * x if arm is None else x * arm.l1


RIGHT: tuple[tuple[Any, ...], ...] = (
    (made_if_none, 0.3, 0.5),
    (made_if_none, 0.3, 0.5, None),
    (made_if_none, 0.3, 0.5, Arm(0.7)),
    (made_by_or, 0.3, 0.5),
    (made_by_or, 0.3, 0.5, Arm(0.7)),
    (changed, 0.3),
    (changed, 0.3, Arm(0.7)),
    (behind_a_number, X),
    (behind_a_number, X, 3.0),
    (behind_a_number, X, 3.0, Settings(0.1, 3, {"a": 2.0})),
    (behind_a_number, X, 3.0, Settings(0.1, 3, {"a": 2.0}), 2.0),
    (two_of_them, 0.3),
    (two_of_them, 0.3, Arm(0.7), Arm(0.4)),
    (two_of_them, 0.3, None, Arm(0.4)),
    (tuple_beside_a_dict, 0.3, (0.4, 0.5), {"a": 2.0}),
    (a_dict_by_default, 0.3),
    (a_dict_by_default, 0.3, {"w": 0.4, "b": 0.6}),
    (left_open, 0.3),
    (left_open, 0.3, Arm(0.7)),
)
"""Functions and what they are tried with."""
