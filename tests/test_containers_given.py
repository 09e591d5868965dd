"""Containers and objects as arguments and results: their derivatives have their structure."""

from __future__ import annotations

import copy
import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pytest

import s2sgrad
from s2sgrad.errors import TransformError
from s2sgrad.question import QuestionError


@dataclass
class Line:
    """A line, and a name that has no derivative."""

    slope: float
    offset: float
    name: str = ""

    def at(self, x: float) -> float:
        return self.slope * x + self.offset**2


class Pair(NamedTuple):
    """Two numbers."""

    first: float
    second: float


def height(line: Line, x: float):
    return line.at(x) * line.slope


def loss(params: dict, x: np.ndarray):
    hidden = np.tanh(x * params["w"] + params["b"])
    return np.sum(hidden**2)


def several(x: float, y: float):
    return {"product": x * y, "pair": Pair(x * x, math.sin(y))}


PARAMS = {"w": np.array([0.5, -0.3]), "b": 0.2}
X = np.array([1.0, 2.0])


def test_the_derivative_by_a_dataclass_is_one() -> None:
    text = s2sgrad.transform(height, ("line", "x")).source
    assert "return Line(slope=d_line_slope, offset=d_line_offset, name=None), d_x" in text
    found, d_x = s2sgrad.transform(height, ("line", "x"))(Line(2.0, 3.0), 1.5)
    assert found == Line(2 * 2.0 * 1.5 + 9.0, 2 * 3.0 * 2.0, None)  # type: ignore[arg-type]
    assert d_x == 4.0


def test_the_derivative_by_a_dict_is_one() -> None:
    function = s2sgrad.transform(loss, "params", like=(PARAMS, X))
    found = function(PARAMS, X)
    hidden = np.tanh(X * PARAMS["w"] + PARAMS["b"])
    d = 2 * hidden * (1 - hidden**2)
    assert list(found) == ["w", "b"]
    np.testing.assert_allclose(found["w"], d * X)
    np.testing.assert_allclose(found["b"], d.sum())


def test_one_part_is_differentiated_by_its_path() -> None:
    function = s2sgrad.transform(loss, "params['b']", like=(PARAMS, X))
    whole = s2sgrad.transform(loss, "params", like=(PARAMS, X))
    assert function(PARAMS, X) == pytest.approx(whole(PARAMS, X)["b"], rel=1e-12)
    assert s2sgrad.transform(height, "line.offset")(Line(2.0, 3.0), 1.5) == 12.0


def test_other_keys_than_those_of_the_example_are_an_error() -> None:
    function = s2sgrad.transform(loss, "params", like=(PARAMS, X))
    with pytest.raises(AssertionError):
        function({**PARAMS, "c": 1.0}, X)


def test_a_path_that_leads_nowhere() -> None:
    with pytest.raises(QuestionError, match="has no parameter"):
        s2sgrad.transform(loss, "params['c']", like=(PARAMS, X))


def test_the_derivative_of_a_dict_comes_in_as_one() -> None:
    function = s2sgrad.transform(several)
    seed = {"product": 2.0, "pair": Pair(3.0, 5.0)}
    d_x, d_y = function(1.5, 0.5, seed)
    assert d_x == pytest.approx(2.0 * 0.5 + 3.0 * 2 * 1.5)
    assert d_y == pytest.approx(2.0 * 1.5 + 5.0 * math.cos(0.5))


def test_the_tangent_of_a_dict_is_one() -> None:
    value, tangent = s2sgrad.transform(several, form="tangent")(1.5, 0.5, 1.0, 0.0)
    assert value == several(1.5, 0.5)
    assert tangent == {"product": 0.5, "pair": Pair(3.0, 0.0)}
    value, _ = s2sgrad.transform(several, form="value_and_gradient")(
        1.5, 0.5, {"product": 1.0, "pair": Pair(0.0, 0.0)}
    )
    assert value == several(1.5, 0.5)


def test_what_needs_the_whole_is_refused() -> None:
    def f(params: dict, x: float):
        return x * params["w"] + len(repr(params))

    with pytest.raises(TransformError, match="only its parts are known"):
        s2sgrad.transform(f, "params", like=({"w": 1.0}, 2.0))


def test_a_name_may_have_another_structure_in_a_later_trip() -> None:
    """What is read at the beginning of a trip is what the last one has left."""

    def f(x: float, n: int):
        total, last = 0.0, 0.0
        for k in range(n):
            pair = Pair(x * k, last)
            total += pair.first * pair.second
            last = pair.first + x
        return total

    differences = s2sgrad.central_difference(f, 1.3, 4)
    assert s2sgrad.transform(f, "x")(1.3, 4) == pytest.approx(differences, rel=1e-6)


def test_an_object_with_two_names_is_one_object() -> None:
    def f(x: float):
        line = Line(x, 1.0)
        other = line
        other.slope = x * x
        return line.at(2.0) * other.slope

    try:
        function = s2sgrad.transform(f)
    except TransformError:
        return
    assert function(1.5) == pytest.approx(s2sgrad.central_difference(f, 1.5), rel=1e-6)


def test_an_object_that_is_bound_again_keeps_its_copies() -> None:
    def f(x: float, n: int):
        here = Pair(x, 1.0)
        there = here
        for _ in range(n):
            there = here
            here = Pair(here.second * x, here.first + 1.0)
        return here.first * there.first + there.second

    for n in (0, 1, 3):
        differences = s2sgrad.central_difference(f, 1.3, n)
        assert s2sgrad.transform(f, "x")(1.3, n) == pytest.approx(differences, rel=1e-6)


def test_dict_that_nothing_depends_on() -> None:
    """Without examples nothing tells that D is a dict; its derivative has its keys all the same."""

    def f(x: float, D):
        return x * x

    with pytest.warns(UserWarning, match="depend on D"):
        made = s2sgrad.transform(f, wrt=("x", "D"))
    d_x, d_D = made(0.5, {"a": np.ones(2), "b": 1.0})
    assert d_x == 1.0
    assert d_D.keys() == {"a", "b"}
    assert np.array_equal(d_D["a"], np.zeros(2))
    assert d_D["b"] == 0.0


def rescaled(params: dict, rate: float):
    params["a"] = params["a"] * rate
    params["c"] = params["a"] + params["b"]
    return params["c"] * params["a"]


def stepped(params: dict, steps: int):
    first = params["a"]
    for k in range(steps):
        params["a"] = params["a"] * params["b"] + first
        if k == 1:
            params["b"] += first
    return params["a"] * first


def written_in_place(params: dict, rate: float):
    view = params["a"]
    params["a"] -= rate * params["b"]
    params["b"][1:] *= 2.0
    return np.sum(view * params["b"]) + np.sum(params["a"])


def updated(params: dict, rate: float):
    other = params
    other.update(b=params["b"] * rate)
    for key, value in params.items():
        params[key] = value * 2
    return params["a"] * params["b"] * other["b"]


def moved(line: Line, x: float):
    line.offset += line.slope * x
    line.slope = line.offset**2
    return line.at(x)


@pytest.mark.parametrize(
    ("function", "args"),
    [
        (rescaled, ({"a": 0.7, "b": 1.3}, 0.4)),
        (stepped, ({"a": 0.7, "b": 1.3}, 3)),
        (stepped, ({"a": 0.7, "b": 1.3}, 0)),
        (written_in_place, ({"a": np.array([0.3, 0.9]), "b": np.array([1.1, -0.4])}, 0.4)),
        (updated, ({"a": 0.7, "b": 1.3}, 0.4)),
        (moved, (Line(0.4, 1.3), 0.7)),
    ],
)
def test_written_into(function, args) -> None:
    """What is written into something given in parts; it stays as it is when the derivative is called."""
    before = copy.deepcopy(args)
    s2sgrad.check_grads(function, args)
    first = s2sgrad.transform(function, like=args)(*args)
    assert repr(first) == repr(s2sgrad.transform(function, like=args)(*args))
    assert repr(args) == repr(before)


def test_examples_of_a_bound_method() -> None:
    """They may begin with the object, or with the first argument of the call."""
    line, x = Line(0.4, 1.3), 0.7
    texts = {
        s2sgrad.transform(line.at, "x", like=like).source for like in ((line, x), (x,), {"x": x})
    }
    assert len(texts) == 1
    assert s2sgrad.transform(line.at, "x", like=(x,))(line, x) == line.slope
