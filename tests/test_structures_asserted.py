"""What a program asserts of dicts and objects that are given to it, and stores into them: right, or refused."""

from __future__ import annotations

from typing import Any

import pytest

from s2sgrad.errors import TransformError
from s2sgrad.transform import derived
from tests.differentiating import check_gradient
from tests.in_every_way import check_in_every_way
from tests.zoo import Case


class Bag:
    def __init__(self, a):
        self.a = a


def keys_in_their_order(table, x: float):
    assert list(table) == ["a", "b"]
    assert sorted(table) == ["a", "b"]
    assert len(table) == 2
    return table["a"] * table["b"] * x


def keys_in_any_order(table, x: float):
    assert set(table) == {"a", "b"}
    return table["a"] * table["b"] * x * x


def a_constant(table, x: float):
    assert table["n"] == 2
    assert table["t"] == "up"
    return table["a"] ** table["n"] * x


def a_class_of_what_is_made(bag: Bag, x: float):
    made = (bag, x)
    assert type(made) is tuple
    return bag.a * made[1] * x


PROGRAMS = (
    (keys_in_their_order, {"a": 0.5, "b": 0.2}),
    (a_constant, {"a": 0.5, "n": 2, "t": "up"}),
    (a_class_of_what_is_made, Bag(0.7)),
)


@pytest.mark.parametrize(("function", "given"), PROGRAMS, ids=lambda f: getattr(f, "__name__", ""))
def test_agrees_with_differences(function: Any, given: Any) -> None:
    check_in_every_way(function, (given, 0.3), (given, -1.2), wrt=("x",))


def test_a_set_of_keys_needs_the_whole_dict() -> None:
    """It is asserted where the dict is given as one, and refused where an example says what is in it."""
    args = ({"a": 0.5, "b": 0.2}, 0.3)
    gradient, _ = derived(keys_in_any_order, ("x",))
    check_gradient(Case(keys_in_any_order, (args,), wrt=("x",)), args, gradient)
    for form in ("gradient", "tangent"):
        with pytest.raises(TransformError, match="only its parts are known"):
            derived(keys_in_any_order, ("x",), like=args, form=form)


def a_class_of_an_object_that_is_made(bag: Bag, x: float):
    made = Bag(bag.a * x)
    assert type(made) is Bag
    return made.a * x


def test_what_is_asserted_of_an_object_that_is_made_is_refused() -> None:
    for form in ("gradient", "tangent"):
        with pytest.raises(TransformError, match="made is used as a whole in line"):
            derived(a_class_of_an_object_that_is_made, ("x",), like=(Bag(0.7), 0.3), form=form)


def numbers_given_in_a_dict_are_scaled(table, x: float, key: str):
    table[key] *= x
    return table["a"] * table["n"]


def test_what_is_stored_into_a_given_dict_needs_the_whole_dict() -> None:
    args = ({"a": 0.5, "n": 2}, 0.3, "a")
    for form in ("gradient", "tangent"):
        with pytest.raises(TransformError, match="only its parts are known"):
            derived(numbers_given_in_a_dict_are_scaled, ("x",), like=args, form=form)
        with pytest.raises(TransformError, match="this writes into the argument table"):
            derived(numbers_given_in_a_dict_are_scaled, ("x",), form=form)
