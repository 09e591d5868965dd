"""What a container that is asked for holds, and has no derivative of its own: nothing may depend on it unseen."""

from __future__ import annotations

import enum
from collections import OrderedDict, defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from types import SimpleNamespace
from typing import Any, NamedTuple

import numpy as np
import pytest

import s2sgrad
from s2sgrad.errors import TransformError

W = np.array([1.0, 2.0])
HELD = r"the result depends on what .* holds, which has no derivative of its own"


class Plain:
    def __init__(self, w):
        self.w = w

    def __iter__(self):
        return iter(self.w)

    def __call__(self, x):
        return self.w[0] * x


@dataclass
class Prepared:
    w: Any

    def __post_init__(self):
        self.w = np.asarray(self.w, float)


@dataclass
class OwnInitial:
    w: Any
    z: Any = None

    def __init__(self, w):
        self.w, self.z = w, w * 2


@dataclass
class Unset:
    w: Any
    z: float = field(init=False, default=2.0)


class Pair(NamedTuple):
    w: Any
    k: float = 2.0


class OwnNew(Pair):
    def __new__(cls, w):
        return super().__new__(cls, w, 4.0)


class Side(enum.Enum):
    LEFT = "left"
    RIGHT = "right"


@dataclass
class Outer:
    inner: Any
    k: float


def through_attributes(p):
    return np.sum(p["o"].w ** 2) * p["k"]


def through_attributes_of_a_name(p):
    held = p["o"]
    return np.sum(held.w * held.w) * p["k"]


def of_outer(p):
    return np.sum(p.inner.w) * p.k


def by_keys(p):
    return p["o"]["a"] * p["o"]["b"] * p["k"]


def by_values(p):
    return sum(p["o"].values()) * p["k"]


def by_items(p):
    total = 0.0
    for key, v in p["o"].items():
        total += v * p["k"] * len(key)
    return total


def by_a_comprehension(p):
    return {key: v * 2 for key, v in p["o"].items()}["a"] * p["k"]


def by_a_copy(p):
    return p["o"].copy()["a"] * p["k"]


def added_up(values):
    return sum(values.values())


def by_a_helper(p):
    return added_up(p["o"]) * p["k"]


def by_items_alone(p):
    return sum(p["o"]) * p["k"]


def by_a_call(p):
    return p["o"](p["k"])


def as_it_is(p):
    return p["o"] * p["k"]


DICTS = (
    OrderedDict(a=3.0, b=4.0),
    defaultdict(float, a=3.0, b=4.0),
    type("Own", (dict,), {})(a=3.0, b=4.0),
)
CASES: list[tuple[Any, Any]] = [
    *(
        (f, {"o": made, "k": 2.0})
        for f in (through_attributes, through_attributes_of_a_name)
        for made in (Plain(W), Prepared(W), OwnInitial(W), Unset(W), OwnNew(W))
    ),
    (through_attributes, {"o": SimpleNamespace(w=W), "k": 2.0}),
    *((of_outer, Outer(made, 2.0)) for made in (Plain(W), Prepared(W), SimpleNamespace(w=W))),
    *(
        (f, {"o": made, "k": 2.0})
        for f in (by_keys, by_values, by_items, by_a_comprehension, by_a_copy, by_a_helper)
        for made in DICTS
    ),
    (by_values, {"o": {(0, 1): 3.0, (1, 1): 4.0}, "k": 2.0}),
    (by_items_alone, {"o": {1.0, 2.5}, "k": 2.0}),
    (by_items_alone, {"o": Plain([1.0, 2.0]), "k": 2.0}),
    (by_a_call, {"o": Plain([1.0, 2.0]), "k": 2.0}),
    (as_it_is, {"o": Fraction(1, 2), "k": 2.0}),
]


@pytest.mark.parametrize(("function", "given"), CASES)
@pytest.mark.parametrize("form", ["gradient", "tangent"])
@pytest.mark.parametrize("wrt", [None, "p"])
def test_what_is_held_is_not_left_out(function: Any, given: Any, form: str, wrt: Any) -> None:
    with pytest.raises(TransformError, match=HELD):
        s2sgrad.transform(function, wrt, like=(given,), form=form)


def test_other_parts_have_their_derivatives() -> None:
    given = {"o": Plain(W), "k": 2.0}
    assert s2sgrad.transform(through_attributes, "p['k']", like=(given,))(given) == 5.0


def repeated(p):
    total = p["k"]
    for _ in range(p["o"].n):
        total = total * p["k"]
    return total if p["o"].tolerance < 1 else total * 2


def of_a_side(p):
    return p["k"] * 2 if p["o"] is Side.LEFT else p["k"]


@pytest.mark.parametrize(
    ("function", "held", "slope"),
    [
        (repeated, SimpleNamespace(n=2, tolerance=0.1), 12.0),
        (of_a_side, Side.LEFT, 2.0),
        (of_a_side, Side.RIGHT, 1.0),
        (by_a_call, np.sqrt, 0.5 / np.sqrt(2.0)),
    ],
)
def test_what_carries_no_derivative_has_none(function: Any, held: Any, slope: float) -> None:
    found = s2sgrad.grad(function)({"o": held, "k": 2.0})
    assert found["o"] is None
    assert found["k"] == pytest.approx(slope)


def test_keys_that_are_no_names() -> None:
    def numbered(p):
        return p[-1] * p[0] ** 2

    def of_letters(p):
        return p["µ"] * p["ﬁ"] ** 2

    assert s2sgrad.grad(numbered)({-1: 2.0, 0: 3.0}) == {-1: 9.0, 0: 12.0}
    assert s2sgrad.grad(of_letters)({"µ": 2.0, "ﬁ": 3.0}) == {"µ": 9.0, "ﬁ": 12.0}


def test_containers_with_the_names_of_derivatives() -> None:
    def by_an_output(x, d_out):
        return np.sum(x * d_out["a"])

    def by_a_move(x, d_x):
        return np.sum(x * d_x["a"])

    for function in (by_an_output, by_a_move):
        like = (W, {"a": W * 3})
        gradient = s2sgrad.transform(function, "x", like=like)
        np.testing.assert_allclose(gradient(*like), W * 3)
        tangent = s2sgrad.transform(function, "x", like=like, form="tangent")
        np.testing.assert_allclose(tangent(*like, W), (15.0, 15.0))
