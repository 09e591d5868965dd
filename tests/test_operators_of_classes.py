"""Functions and operators of objects whose classes say what they mean: refused, and never those of numbers."""

from __future__ import annotations

import enum
import math
import operator
from functools import reduce
from typing import Any

import numpy as np
import pytest

import s2sgrad
from s2sgrad.errors import TransformError


class Own:
    """Whatever it is combined with, it is a function of that alone."""

    def __divmod__(self, x):
        return x, x * 2

    def __pow__(self, x):
        return x * 3

    __rpow__ = __pow__

    def __mul__(self, x):
        return 3 * x**2

    __rmul__ = __add__ = __radd__ = __mul__

    def __float__(self):
        return 2.0


class OwnWhole(int):
    def __mul__(self, x):
        return int(self) * x * 2

    __rmul__ = __mul__


class OwnReal(np.float64):
    def __mul__(self, x):
        return float(self) * x * 2

    __rmul__ = __mul__


class Count(enum.IntEnum):
    TWO = 2


class Whole(int):
    """Its operators are those of whole numbers."""


OWN = Own()
REFUSED = {
    "divmod": lambda x: divmod(OWN, x)[1],
    "pow": lambda x: pow(OWN, x),
    "power": lambda x: pow(x, OWN),
    "mul": lambda x: operator.mul(OWN, x),
    "add": lambda x: operator.add(OWN, x),
    "reduce": lambda x: reduce(operator.mul, [x, OWN]),
    "atan2": lambda x: math.atan2(x, OWN),
    "math.pow": lambda x: math.pow(x, OWN),
    "np.power": lambda x: np.power(x, OWN),
    "hypot": lambda x: np.hypot(x, OWN),
    "array": lambda x: np.array(OWN) * x,
    "max": lambda x: max(x, OWN),
}


@pytest.mark.parametrize("title", REFUSED)
@pytest.mark.parametrize("form", ["gradient", "tangent"])
def test_functions_of_an_object_of_the_module(title: str, form: str) -> None:
    with pytest.raises(TransformError, match="operator of a class"):
        s2sgrad.transform(REFUSED[title], form=form)


def _class(value: object) -> str:
    return type(value).__name__


def through_a_function(p, x):
    return operator.mul(p, x)


def through_an_operator(p, x):
    return x * p


@pytest.mark.parametrize("given", [Own(), OwnWhole(2), OwnReal(2.0)], ids=_class)
def test_an_object_that_is_given(given: Any) -> None:
    for form in ("gradient", "tangent"):
        with pytest.raises(TransformError, match="operator of a class"):
            s2sgrad.transform(through_a_function, "x", like=(given, 1.5), form=form)


@pytest.mark.parametrize("given", [OwnWhole(2), OwnReal(2.0)], ids=_class)
def test_operators_of_a_number_of_another_class(given: Any) -> None:
    with pytest.raises(TransformError, match="operator of a class"):
        s2sgrad.grad(through_an_operator, "x")(given, 1.5)


@pytest.mark.parametrize("given", [Count.TWO, Whole(2), np.int64(2), 2], ids=_class)
@pytest.mark.parametrize("function", [through_a_function, through_an_operator])
def test_whole_numbers_of_other_classes(function: Any, given: Any) -> None:
    assert s2sgrad.grad(function, "x")(given, 1.5) == 2.0


def test_the_number_that_an_object_is() -> None:
    assert s2sgrad.grad(lambda x: float(OWN) * x)(1.3) == 2.0
