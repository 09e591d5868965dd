"""Functions and objects that are defaults and have no name; numbers that are asked for by `is`; zero with a sign."""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pytest

import s2sgrad
from s2sgrad.errors import TransformError
from tests.checked_in_every_way import check_in_every_way


class Settings:
    k = 2.0


class Falsy:
    def __bool__(self):
        return False


def applied(x, act=lambda v: v**3):
    return act(x) if act else x


def applied_to(x, act=math.sin):
    return x if not act else act(x)


class Layer:
    def __init__(self, w, act=lambda v: v**3):
        self.w = w
        self.act = act

    def go(self, x):
        return self.act(self.w * x) if self.act else self.w * x

    def unless(self, x):
        return self.w * x if not self.act else self.act(self.w * x)

    def called(self, x):
        return self.act(self.w * x) if callable(self.act) else self.w * x


@dataclass
class OfMath:
    v: float
    act: Any = math.sin

    def go(self):
        return self.act(self.v) if self.act else 0.0


class OfAPartial(NamedTuple):
    v: float
    act: Any = functools.partial(math.pow, 2.0)


class WithTanh:
    def __init__(self, w, act=np.tanh):
        self.w = w
        self.act = act

    def go(self, x):
        y = self.w * x
        if self.act:
            y = y + self.act(y)
        return y


def with_a_default(x, y, n):
    return applied(x) * y


def with_a_function_of_a_module(x, y, n):
    return applied_to(x) * y


def in_an_object(x, y, n):
    return Layer(y).go(x) + Layer(x).unless(y)


def in_a_dataclass(x, y, n):
    return OfMath(x).go() * y


def in_a_tuple_with_names(x, y, n):
    made = OfAPartial(x)
    return (made.act(made.v) if made.act else made.v) * y


def added_where_there_is_one(x, y, n):
    return WithTanh(y).go(x)


@pytest.mark.parametrize(
    "function",
    [
        with_a_default,
        with_a_function_of_a_module,
        in_an_object,
        in_a_dataclass,
        in_a_tuple_with_names,
        added_where_there_is_one,
    ],
)
def test_functions_are_true(function: Any) -> None:
    check_in_every_way(function)


class Holder:
    def __init__(self, v, settings=Settings()):  # noqa: B008  as people write it
        self.v = v
        self.settings = settings

    def read(self):
        return self.v * self.settings.k

    def asked(self):
        return self.v * (2.0 if self.settings else 5.0)


class HolderOfFalse(Holder):
    def __init__(self, v, settings=Falsy()):  # noqa: B008
        self.v = v
        self.settings = settings


def reads_it(x):
    return Holder(x).read()


def asks_it(x):
    return Holder(x).asked()


def asks_what_is_false(x):
    return HolderOfFalse(x).asked()


def asks_whether_it_is_called(x):
    return Layer(2.0).called(x)


@pytest.mark.parametrize(
    "function", [reads_it, asks_it, asks_what_is_false, asks_whether_it_is_called]
)
@pytest.mark.parametrize("form", ["gradient", "value_and_gradient", "tangent"])
def test_what_has_no_name_is_never_none(function: Any, form: str) -> None:
    try:
        made = s2sgrad.transform(function, form=form, like=(1.3,))
    except TransformError as error:
        assert "has no name" in str(error)  # noqa: PT017  or it is right
    else:
        assert "None" not in made.source


class Held:
    def __init__(self, v):
        self.v = v


def smallest(x, y, n):
    a, b = Held(x * 3.0), Held(x * 4.0 + n)
    best = a.v
    best = min(best, b.v)
    return x**2 if best is a.v else x * y


def itself(x, y, n):
    held = Held(-x)
    o = held.v
    return x * y if o is o else x**2  # noqa: PLR0124


def of_a_dict(x, y, n):
    held = {"a": x * 2.0}
    v = held["a"]
    return x**2 if v is held["a"] else x * 7.0


@pytest.mark.parametrize("function", [smallest, itself, of_a_dict])
def test_which_number_it_is(function: Any) -> None:
    check_in_every_way(function)


@dataclass
class Signed:
    v: float
    z: float = -0.0


def with_a_signed_zero(x, y, n):
    made = Signed(x)
    return made.v * (made.z + y)


def test_a_zero_with_a_sign() -> None:
    check_in_every_way(with_a_signed_zero)
