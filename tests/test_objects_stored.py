"""What is stored into objects, dicts and lists of objects, in branches and loops: right, or refused."""

# ruff: noqa: PERF401  users append in loops

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from tests.checked_in_every_way import check_in_every_way, check_told


@dataclass
class Pair:
    a: float
    b: float = 1.0

    def product(self):
        return self.a * self.b


class Bag:
    def __init__(self, a):
        self.a = a


class Act:
    def __init__(self, f, v):
        self.f = f
        self.v = v


class Square:
    def __init__(self, side):
        self.side = side

    @property
    def area(self):
        return self.side * self.side


class Limited:
    def __init__(self, a):
        self.a = a

    @property
    def limit(self):
        return self.a

    @limit.setter
    def limit(self, value):
        if value > 5.0:
            self.limit = value - 1.0
        self.a = value * 2.0


class Scaled:
    def __init__(self, a):
        self.a = a

    def __rmul__(self, value):
        return Scaled(value * self.a)


def an_object_where_a_number_may_be(x, y, n):
    table = {"a": x}
    if x > 1.0:
        table["b"] = y
    table["b"] = Pair(x, y)
    return table["b"].product() * table["a"]


def read_where_it_was_stored(x, y, n):
    table = {"a": x}
    if x > 1.0:
        table["k"] = y * x
        value = table.get("k", 0.0)
    else:
        value = x
    return value * table["a"] + table.get("k", 2.0)


def replaced_with_what_is_inside(x, y, n):
    bag = Bag(Bag(Pair(x, y)))
    if x > 1.0:
        bag.a = Bag(Pair(y, x * y))
    return bag.a.a.product() * x


def replaced_beside_a_function(x, y, n):
    bag = Bag({"f": np.sin, "v": x})
    if x > 1.0:
        bag.a = {"f": np.sin, "v": y * x}
    return bag.a["f"](bag.a["v"]) * x


def replaced_with_a_function_alone(x, y, n):
    act = Act({"f": np.sin}, x)
    if x > 1.0:
        act.f = {"f": np.sin}
    return act.f["f"](y) * act.v


def views_that_are_stored(x, y, n):
    table = {"a": x, "b": y}
    bag = Bag(None)
    bag.rows = table.items()
    total = 1.0
    for _, value in bag.rows:
        total = total * x + value
    bag.rows = {"c": x * y}.items()
    for _, value in bag.rows:
        total = total * x + value
    return total


def one_constant_in_all(x, y, n):
    pairs = []
    for _ in range(n):
        pairs.append(Pair(1.0, 2.0))
    total = x
    for pair in pairs:
        total = total * pair.b * y
    return total


def copied_before_it_grows(x, y, n):
    pairs = []
    for i in range(n + 1):
        pairs.append(Pair(x * i, y))
    copied = pairs.copy()
    pairs.append(Pair(y, y))
    total = y
    for pair in copied:
        total = total + pair.product()
    return total * len(pairs)


def a_part_of_objects_in_objects(x, y, n):
    bags = []
    for i in range(n + 2):
        bags.append(Bag(Pair(x * i, y)))
    total = y
    for bag in bags[1:]:
        total = total + bag.a.product() * x
    return total


def constants_inside_that_differ(x, y, n):
    bags = []
    for i in range(n + 1):
        bags.append(Bag(Pair(x * i, 2.0)))
    bags.append(Bag(Pair(y, 3.0)))
    total = y
    for bag in bags:
        total = total + bag.a.product()
    return total


def begun_with_those_of_another_list(x, y, n):
    first = [Pair(x, x)]
    pairs = [*first, Pair(y, x)]
    for i in range(n):
        pairs.append(Pair(x * i, y))
    total = y
    for pair in pairs:
        total = total + pair.product()
    return total


def spread_before_others(x, y, n):
    pairs = [Pair(x, y), Pair(y, x)]
    more = [Pair(x, x), *pairs]
    return more[1].product() * more[0].a * len(more)


def helped(v):
    return v * v


def functions_in_objects_of_a_list(x, y, n):
    acts = []
    for i in range(n + 1):
        acts.append(Act(np.sin, x * i))
    total = y
    for act in acts:
        total = total + act.f(act.v)
    return total


def functions_in_objects_that_are_taken_out(x, y, n):
    acts = []
    for i in range(n + 1):
        acts.append(Act(helped, x * i))
    acts.append(Act(helped, y))
    acts[0] = Act(helped, y * x)
    total = y
    while acts:
        act = acts.pop()
        total = total * x + act.f(act.v)
    return total


def functions_in_objects_inside(x, y, n):
    layers = [Pair(Act(np.tanh, x * i), Act(np.cos, y)) for i in range(n + 1)]
    total = y
    for k, layer in enumerate(layers[1:], 1):
        total = layer.a.f(layer.a.v * total) + layer.b.f(total * k)
    return total * layers[0].b.v


RIGHT = (
    functions_in_objects_of_a_list,
    functions_in_objects_that_are_taken_out,
    functions_in_objects_inside,
    an_object_where_a_number_may_be,
    read_where_it_was_stored,
    replaced_with_what_is_inside,
    replaced_beside_a_function,
    replaced_with_a_function_alone,
    views_that_are_stored,
    one_constant_in_all,
    copied_before_it_grows,
    a_part_of_objects_in_objects,
    constants_inside_that_differ,
    begun_with_those_of_another_list,
    spread_before_others,
)


@pytest.mark.parametrize("function", RIGHT, ids=lambda f: f.__name__)
def test_agrees_with_differences(function: Callable[..., Any]) -> None:
    check_in_every_way(function)


def an_object_at_one_of_the_keys(x: float, y: float, key: str):
    table = {"a": x, "b": y}
    table[key] *= Scaled(y)
    return x * y


def test_an_object_is_stored_at_a_key_that_is_not_known() -> None:
    check_in_every_way(an_object_at_one_of_the_keys, (0.7, 1.3, "a"), (0.7, 1.3, "b"))


def grown_after_it_changed_places(x, y, n):
    one, other = Bag(x), Bag(y)
    if x > 1.0:
        one, other = other, one
    one.c = x * y
    return one.c * one.a + other.a * other.a


def grown_after_it_was_listed(x, y, n):
    bags = []
    for i in range(n):
        bags.append(Bag(x * i))
    bag = Bag(y)
    bags.append(bag)
    bag.c = x
    return bags[-1].a * bag.c


def grown_after_it_was_held(x, y, n):
    bag = Bag(x)
    bag = Bag(y * x)
    holder = Bag(None)
    holder.last = bag
    bag.c = x
    return holder.last.a * bag.c


def a_number_where_an_object_was(x, y, n):
    bag = Bag(Bag(x))
    if x > 1.0:
        bag.a = y
        return bag.a * x
    return bag.a.a * y


def a_count_where_an_object_was(x, y, n):
    pair = Pair(x, y)
    pairs = [Pair(x, y), Pair(y, x)]
    if n > 5:
        pair = len(pairs)
    return pair.a * pairs[0].b


def stored_without_a_setter(x, y, n):
    square = Square(x)
    square.area = y
    return square.side


def stored_by_a_setter_that_calls_itself(x, y, n):
    limited = Limited(x)
    limited.limit = y
    return limited.a * limited.limit


def taken_out_and_asked_for(x, y, n):
    table = {"a": x}
    value = 1.0
    if x > 1.0:
        table["k"] = y
        value = table.pop("k") * x
    if y > 0.0:
        table["k"] = x * x
    return value * table["a"] + table.get("k", 2.0)


def replaced_where_it_may_have_more(x, y, n):
    bag = Bag({"a": x})
    if x > 1.0:
        bag.a["b"] = y
    if y > 0.0:
        bag.a = {"a": y, "b": x}
    return bag.a["a"] * x


def views_that_are_read_after_others_are_stored(x, y, n):
    table = {"a": x, "b": y}
    bag = Bag(None)
    bag.rows = table.items()
    before = bag.rows
    bag.rows = {"c": x * y}.items()
    total = 1.0
    for _, value in before:
        total = total * x + value
    for _, value in bag.rows:
        total = total * x + value
    return total


def other_functions_in_objects_of_a_list(x, y, n):
    acts = []
    for i in range(n + 1):
        acts.append(Act(np.sin, x * i))
    acts.append(Act(np.cos, y))
    total = y
    for act in acts:
        total = total + act.f(act.v)
    return total


def functions_of_each_trip_in_objects_of_a_list(x, y, n):
    acts = []
    for i in range(n + 1):
        acts.append(Act(lambda v: v * i, x))  # noqa: B023
    total = y
    for act in acts:
        total = total + act.f(act.v)
    return total


def an_object_of_another_class(x, y, n):
    pairs = []
    for i in range(n + 1):
        pairs.append(Pair(x * i, y))
    pairs.append(Bag(x))
    return pairs[0].a * x


def none_in_the_place_of_an_object(x, y, n):
    pairs = []
    for i in range(n + 2):
        pairs.append(Pair(x * i, y))
    pairs[0] = None
    return pairs[1].a * x


def a_list_of_objects_is_unpacked(x, y, n):
    pairs = []
    for _ in range(2):
        pairs.append(Pair(x * n, y))
    one, other = pairs
    return one.product() * other.a * x


def the_key_of_the_largest_object(x, y, n):
    table = {"a": Pair(x, y), "b": Pair(y, x)}
    best = max(table, key=table.get)
    return table[best].a


def an_item_is_taken_out_by_keyword(x, y, n):
    pairs = []
    for i in range(n + 1):
        pairs.append(Pair(x * i, y))
    return pairs.pop(index=0).a * x


def a_dict_of_many_keys_is_updated(x, y, n):
    memo = {}
    for i in range(n + 1):
        memo[str(i)] = x * i
    memo.update(a=y)
    return memo["a"]


REFUSED = (
    (grown_after_it_changed_places, "what is done with one here isn't followed"),
    (grown_after_it_was_listed, "what is done with bag in line"),
    (grown_after_it_was_held, "what is done with bag here isn't followed"),
    (a_number_where_an_object_was, "what is done with bag in line"),
    (a_count_where_an_object_was, "what is done with pair in line"),
    (stored_without_a_setter, "what is done with square in line"),
    (stored_by_a_setter_that_calls_itself, "what is done with limited in line"),
    (taken_out_and_asked_for, "what is done with table in line"),
    (replaced_where_it_may_have_more, "what is done with an object in line"),
    (views_that_are_read_after_others_are_stored, "what is done with bag in line"),
    (other_functions_in_objects_of_a_list, "what is done with acts in line"),
    (functions_of_each_trip_in_objects_of_a_list, "what is done with acts here isn't followed"),
    (an_object_of_another_class, "what is done with pairs in line"),
    (none_in_the_place_of_an_object, "what is done with pairs in line"),
    (a_list_of_objects_is_unpacked, "pairs is used as a whole in line"),
    (the_key_of_the_largest_object, "table is used as a whole in line"),
    (an_item_is_taken_out_by_keyword, "what is done with pairs in line"),
    (a_dict_of_many_keys_is_updated, "the dict method update isn't differentiated"),
)


@pytest.mark.parametrize(("function", "message"), REFUSED, ids=lambda f: getattr(f, "__name__", ""))
def test_what_is_not_followed_is_refused(function: Callable[..., Any], message: str) -> None:
    check_told(function, message)


def a_number_among_objects_is_scaled(x: float, y: float, key: str):
    table = {"a": x, "b": Pair(y, x)}
    table[key] += x
    return table["a"] * y


def test_one_of_unlike_parts_is_refused() -> None:
    check_told(
        a_number_among_objects_is_scaled, "table is used as a whole in line", (0.7, 1.3, "a")
    )
