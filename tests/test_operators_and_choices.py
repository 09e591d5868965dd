"""Operators of objects that decline, calls of objects, and functions that are chosen: right, or refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pytest

from s2sgrad.errors import TransformError
from s2sgrad.transform import derived
from tests.in_every_way import check_in_every_way, check_told


@dataclass
class Pair:
    a: float
    b: float = 1.0

    def product(self):
        return self.a * self.b


class Bag:
    def __init__(self, a):
        self.a = a


class Negated:
    def __init__(self, a):
        self.a = a

    def __neg__(self):
        return Negated(-self.a * 2.0)


class Declining:
    def __init__(self, a):
        self.a = a

    def __add__(self, other):
        return NotImplemented

    def __mul__(self, other):
        if self.a > 1.0:
            return NotImplemented
        return Declining(self.a * other.a)

    def __eq__(self, other):
        return NotImplemented

    __hash__ = object.__hash__

    def __lt__(self, other):
        return self.a < other.a


class Answering:
    def __init__(self, a):
        self.a = a

    def __radd__(self, other):
        return Answering(other.a * self.a)

    def __rmul__(self, other):
        return Answering(other.a * self.a)


class Silent:
    def __repr__(self):
        return "silent"


class Setting:
    def __init__(self):
        self.level = 1.0


SETTING = Setting()


def level():
    return SETTING.level


def doubled_level():
    return level() * 2.0


def negated(x, y, n):
    return (-Negated(x)).a * y


def the_right_one_answers(x, y, n):
    return (Declining(x) + Answering(y)).a * x


def both_decline_to_be_equal(x, y, n):
    return x * y if Declining(x) == Declining(y) else x * x


def objects_are_equal_if_they_are_one(x, y, n):
    return x * y if Answering(x) == Answering(y) else x * x


def functions_that_change_places(x, y, n):
    def f(t):
        return t * x

    def g(t):
        return t * t * y

    one, other = Pair(x, y), Pair(y, x)
    if x > 1.0:
        one, other, f = other, one, g
    return f(one.a) * other.a * other.a


def numbers_and_objects_change_places(x, y, n):
    a, pair, b = x * y, Pair(x, y), y * y
    a, b, same = b, a, pair
    return a * b * b * same.product()


def a_name_is_deleted(x, y, n):
    pair = Pair(x, y)
    value = pair.product()
    del pair
    return value * x


def a_builtin_with_an_object_in_it(x, y, n):
    silent = Silent()
    said = partial(repr, silent)
    return x * len(said()) * y


def taken_while_there_are_objects(x, y, n):
    pairs = [Pair(x, y)]
    total = 0.0
    while pairs:
        total = total + pairs.pop().a
    return total * x


def whether_there_are_objects(x, y, n):
    pairs = [Pair(x, y), Pair(y, x)]
    return pairs[0].a * y if pairs else x


def whether_objects_are_left(x, y, n):
    pairs = [Pair(x, y)]
    last = pairs.pop()
    if pairs:
        return x
    pairs.append(Pair(y, last.a))
    return pairs[0].product() * x


RIGHT = (
    negated,
    the_right_one_answers,
    both_decline_to_be_equal,
    objects_are_equal_if_they_are_one,
    functions_that_change_places,
    numbers_and_objects_change_places,
    a_name_is_deleted,
    a_builtin_with_an_object_in_it,
    taken_while_there_are_objects,
    whether_there_are_objects,
    whether_objects_are_left,
)


@pytest.mark.parametrize("function", RIGHT, ids=lambda f: f.__name__)
def test_agrees_with_differences(function: Callable[..., Any]) -> None:
    check_in_every_way(function)


def negated_without_an_operator(x, y, n):
    return (-Pair(x, y)).a


def declines_for_some_numbers(x, y, n):
    return (Declining(x) * Answering(y)).a * x


def compared_by_the_other_way_around(x, y, n):
    one, other = Declining(x), Declining(y)
    return one.a * y if one > other else x * x * other.a


def among_the_keys_of_a_dict(x, y, n):
    table = {1: x, 2: y}
    return table[1] * y if n in table.keys() else x  # noqa: SIM118


def called_without_a_call(x, y, n):
    pair = Pair(x, y)
    return pair(x)


def unpacked_into_a_call(x, y, n):
    args = [Pair(x, y), y]
    return np.maximum(*args)


def more_names_than_objects(x, y, n):
    pairs = (Pair(x, y), Pair(y, x))
    one, other, third = pairs
    return one.a * other.a * third.a


def a_function_of_numpy_among_objects(x, y, n):
    f, one, other = np.sin, Pair(x, y), Pair(y, x)
    if x > 1.0:
        one, other, f = other, one, np.cos
    return f(one.a) * other.a * other.a


def attributes_of_an_object_outside(x: float, y: float, n: int):
    SETTING.level = x * y
    held = vars(SETTING)
    SETTING.level = 1.0
    return x * len(held)


def read_by_a_function_that_is_called(x: float, y: float, n: int):
    SETTING.level = x * y
    value = doubled_level() * x
    SETTING.level = 1.0
    return value


def read_of_another_object(x: float, y: float, other: Setting):
    SETTING.level = x * y
    value = other.level * SETTING.level
    SETTING.level = 1.0
    return value


def a_method_of_a_chosen_function(x, y, n):
    def scaled(t):
        return t * x

    f = scaled if n > 0 else np.sin
    return f.__call__(y)


def a_row_of_functions_has_no_pairs(x, y, n):
    functions = (np.sin, np.cos)
    return functions[n, 0](x) * y


def same(pair):
    return pair


def swapped(pair):
    return Pair(pair.b, pair.a)


def objects_of_a_chosen_function(x, y, n):
    f = same if n > 0 else swapped
    return f(Pair(x, y)).product()


def more_than_one_of_them_takes(x, y, n):
    def one(t):
        return t * x

    def other(t, u):
        return t * u

    f = one if n > 0 else other
    return f(y, x)


REFUSED = (
    (negated_without_an_operator, "what is done with an object here isn't followed"),
    (declines_for_some_numbers, "Declining has no derivative rule"),
    (compared_by_the_other_way_around, "one is used as a whole in line"),
    (among_the_keys_of_a_dict, "an object is used as a whole in line"),
    (called_without_a_call, "pair is used as a whole in line"),
    (unpacked_into_a_call, "args is used as a whole in line"),
    (more_names_than_objects, "Pair has no derivative rule"),
    (a_function_of_numpy_among_objects, "it isn't known which function f is"),
    (attributes_of_an_object_outside, "this writes into memory that 'held' shares"),
    (read_by_a_function_that_is_called, "assigning to an attribute isn't differentiated"),
    (a_method_of_a_chosen_function, "the method f.__call__ has no derivative rule"),
    (a_row_of_functions_has_no_pairs, "it isn't known which function this calls"),
    (objects_of_a_chosen_function, "it isn't known which function f is"),
    (more_than_one_of_them_takes, "it isn't known which function f is"),
)


@pytest.mark.parametrize(("function", "message"), REFUSED, ids=lambda f: getattr(f, "__name__", ""))
def test_what_is_not_known_is_refused(function: Callable[..., Any], message: str) -> None:
    check_told(function, message)


def applied(f, v):
    if v > 1.0:
        f = np.cos
    return f(v)


def another_function_in_the_place_of_a_chosen_one(x: float, y: float, key: str):
    table = {"a": np.sin, "b": np.tanh}
    return applied(table[key], x) * y


def test_another_function_in_the_place_of_a_chosen_one_is_refused() -> None:
    function = another_function_in_the_place_of_a_chosen_one
    check_told(function, "it isn't known which function", (0.7, 1.3, "a"))


@pytest.mark.parametrize("form", ["gradient", "tangent"])
def test_an_attribute_that_another_object_has_is_refused(form: str) -> None:
    """Nobody knows whether it is the object that is written into."""
    with pytest.raises(TransformError, match=r"the attribute other\.level isn't differentiated"):
        derived(read_of_another_object, ("x", "y"), form=form)
    with pytest.raises(TransformError, match="something of the module that is changed meanwhile"):
        derived(read_of_another_object, ("x", "y"), like=(0.7, 1.3, Setting()), form=form)
