"""Objects that are made by dataclasses and tuples with names, and what builtins do with them: right, or refused."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pytest

from s2sgrad.errors import TransformError
from s2sgrad.transform import derived
from tests.checked_in_every_way import check_in_every_way, check_told


@dataclass
class Pair:
    a: float
    b: float = 1.0

    def product(self):
        return self.a * self.b


@dataclass
class Logged:
    a: float
    seen: list = field(default_factory=list)
    named: dict = field(default_factory=dict)


@dataclass
class Prepared:
    a: float
    found: dict = field(default_factory=dict)

    def __post_init__(self):
        self.found["twice"] = self.a * 2.0


@dataclass
class Unset:
    a: float
    n: int = field(init=False, default=3)


TEXTS: dict[str, Any] = {"__name__": __name__}
exec(
    "class Hidden:\n"
    "    def __init__(self, a):\n"
    "        self.a = a\n"
    "def doubled(self):\n"
    "    self.a = self.a * 2.0\n",
    TEXTS,
)
Hidden = TEXTS["Hidden"]


@dataclass
class Doubled:
    a: float

    __post_init__ = TEXTS["doubled"]


Point = namedtuple("Point", "u v")  # noqa: PYI024  this is how users write it


class Length:
    def __init__(self, a):
        self.a = a

    def __add__(self, other):
        return Length(self.a * other.a)

    def __radd__(self, other):
        return Length(self.a + other)

    def __gt__(self, other):
        return self.a > other.a


def made_by_factories(x, y, n):
    log = Logged(x * y)
    log.seen.append(x)
    log.seen.append(y * log.a)
    log.named["u"] = x * x
    return log.seen[0] * log.seen[1] + log.named["u"] * log.a


def prepared_when_made(x, y, n):
    made = Prepared(x * y)
    return made.found["twice"] * made.a


def whether_it_can_be_called(x, y, n):
    def scaled(t):
        return t * x

    return scaled(y) if callable(scaled) else x


def whether_there_is_a_function(x, y, n):
    def scaled(t):
        return t * x

    missing = not scaled
    return x if missing else scaled(y)


def rows_backwards(x, y, n):
    total = 1.0
    for row in reversed(({"a": x}, {"a": y * y})):
        total = total * x + row["a"]
    return total


def rows_backwards_that_have_a_name(x, y, n):
    rows = reversed(({"a": x}, {"a": y * y}))
    total = 1.0
    for row in rows:
        total = total * x + row["a"]
    return total


def objects_sorted_by_a_function(x, y, n):
    pairs = [Pair(x, y), Pair(y, x)]
    ordered = sorted(pairs, key=lambda pair: pair.a)
    return ordered[0].a * x


def keys_of_a_list(x, y, n):
    table = dict.fromkeys(["a", "b"], x * y)
    table["a"] = table["a"] * x
    return table["a"] + table["b"] * y


def keys_of_a_tuple_without_a_value(x, y, n):
    table = dict.fromkeys(("a", 3))
    table["a"] = x
    return table["a"] * y if table[3] is None else x


def keys_of_another_dict(x, y, n):
    other = {"u": x, "v": y}
    table = dict.fromkeys(other.keys(), x * y)
    table["u"] = x
    return table["u"] * table["v"] + other["v"]


def dict_of_rows_with_objects(x, y, n):
    rows = [("a", Pair(x, y)), ("b", Pair(y, x))]
    table = dict(rows)
    return table["a"].product() * table["b"].a


def taken_out_with_a_default(x, y, n):
    table = {"a": x}
    return table.pop("b", y) * table["a"]


def sorted_by_tuples(x, y, n):
    table = {(1, "b"): x, (0, "z"): y}
    total = 0.0
    for key in sorted(table):
        total = total * x + table[key]
    return total


def sorted_with_their_objects(x, y, n):
    rows = [("b", Pair(x, y)), ("a", Pair(y, x))]
    total = 1.0
    for _, pair in sorted(rows):
        total = total * x + pair.a
    return total


def copied_before_it_is_written(x, y, n):
    pairs = [Pair(x, y), Pair(y, x)]
    copied = pairs.copy()
    pairs[0].a = x * x
    return copied[0].a * pairs[1].b


def taken_from_the_end(x, y, n):
    pairs = [Pair(x, y), Pair(y, y)]
    last = pairs.pop()
    pairs.append(Pair(last.a * x, x))
    return pairs[1].product() * len(pairs)


RIGHT = (
    made_by_factories,
    prepared_when_made,
    whether_it_can_be_called,
    whether_there_is_a_function,
    rows_backwards,
    rows_backwards_that_have_a_name,
    objects_sorted_by_a_function,
    keys_of_a_list,
    keys_of_a_tuple_without_a_value,
    keys_of_another_dict,
    dict_of_rows_with_objects,
    taken_out_with_a_default,
    sorted_by_tuples,
    sorted_with_their_objects,
    copied_before_it_is_written,
    taken_from_the_end,
)


@pytest.mark.parametrize("function", RIGHT, ids=lambda f: f.__name__)
def test_agrees_with_differences(function: Callable[..., Any]) -> None:
    check_in_every_way(function)


def a_field_that_is_not_given(x, y, n):
    return Unset(x).a * y


def more_than_there_are_fields(x, y, n):
    return Pair(x, y, x).a


def less_than_there_are_fields(x, y, n):
    return Pair(b=y).b * x


def a_class_without_text(x, y, n):
    return Hidden(x).a * y


def prepared_without_text(x, y, n):
    return Doubled(x).a * y


def an_attribute_that_there_is_not(x, y, n):
    pair = Pair(x, y)
    return getattr(pair, "c") * x  # noqa: B009


def set_by_names_of_a_slice(x, y, n):
    pair = Pair(x, y)
    for key in ("a", "b")[:n]:
        setattr(pair, key, x * y)
    return pair.a * pair.b


def one_object_for_all_keys(x, y, n):
    table = dict.fromkeys(["a", "b"], Pair(x, y))
    table["a"].a = y * y
    return table["b"].a * x


def a_key_that_is_a_class(x, y, n):
    table = dict.fromkeys([("a", Pair), "b"], x)
    return table["b"] * y


def a_key_of_rows_that_is_not_known(x, y, n):
    rows = [(n, x), ("b", y)]
    table = dict(rows)
    return table["b"] * x


def replaced_under_another_name(x, y, n):
    return Point(x, y)._replace(w=x).u


def taken_out_without_a_default(x, y, n):
    table = {"a": x}
    return table.pop("b") * y


def sorted_keys_of_two_classes(x, y, n):
    table = {"b": x, 2: y}
    total = 0.0
    for key in sorted(table):
        total = total * x + table[key]
    return total


def sorted_objects(x, y, n):
    pairs = [Pair(x, y), Pair(y, x)]
    return sorted(pairs)[1].a


def sum_of_objects(x, y, n):
    return sum([Length(x), Length(y)]).a * x


def largest_of_objects(x, y, n):
    return max([Length(x), Length(y)]).a * x


def largest_by_another_dict(x, y, n):
    table = {"a": x, "b": y}
    other = {"a": y, "b": x}
    best = max(table, key=other.get)
    return table[best] * x


def extended_by_what_is_not_known(x, y, n):
    pairs = [Pair(x, y)]
    more = [Pair(y, x)] * n
    pairs.extend(more)
    return pairs[0].product()


def put_in_front(x, y, n):
    pairs = [Pair(x, y)]
    pairs.insert(0, Pair(y, x))
    return pairs[0].a * pairs[1].b


REFUSED = (
    (a_field_that_is_not_given, "Unset has no derivative rule"),
    (more_than_there_are_fields, "Pair has no derivative rule"),
    (less_than_there_are_fields, "Pair has no derivative rule"),
    (a_class_without_text, "Hidden has no derivative rule"),
    (prepared_without_text, "Doubled has no derivative rule"),
    (an_attribute_that_there_is_not, "getattr has no derivative rule"),
    (set_by_names_of_a_slice, "setattr has no derivative rule"),
    (one_object_for_all_keys, "an object is used as a whole here"),
    (a_key_that_is_a_class, "dict.fromkeys has no derivative rule"),
    (a_key_of_rows_that_is_not_known, "dict has no derivative rule"),
    (replaced_under_another_name, "an object is used as a whole here"),
    (taken_out_without_a_default, "table is used as a whole in line"),
    (sorted_keys_of_two_classes, "table is used as a whole in line"),
    (sorted_objects, "pairs is used as a whole in line"),
    (sum_of_objects, "an object is used as a whole here"),
    (largest_of_objects, "an object is used as a whole here"),
    (largest_by_another_dict, "table is used as a whole in line"),
    (extended_by_what_is_not_known, "an object is used as a whole in line"),
    (put_in_front, "what is done with pairs in line"),
)


@pytest.mark.parametrize(("function", "message"), REFUSED, ids=lambda f: getattr(f, "__name__", ""))
def test_what_is_not_known_is_refused(function: Callable[..., Any], message: str) -> None:
    check_told(function, message)


def keys_sorted_by_a_function(x: float, n: int):
    memo = {}
    for i in range(n):
        memo[(i + 2) % 3] = x + i
    total = 0.0
    for key in sorted(memo, key=lambda k: -k):
        total = total * x + memo[key] * memo[key]
    return total


def test_keys_that_only_a_run_knows_are_sorted() -> None:
    check_in_every_way(keys_sorted_by_a_function, (0.7, 3), (-0.2, 2))


@dataclass
class OwnInitial:
    a: float
    b: float = 1.0

    def __init__(self, a):
        self.a = a
        self.b = a * 2.0


@dataclass
class Twice:
    a: float
    b: float = 1.0

    def __post_init__(self):
        self.a = self.a * 2.0


class Squared(NamedTuple):
    a: float
    b: float


class OwnNew(Squared):
    def __new__(cls, a):
        return super().__new__(cls, a, a * a)


def made_by_its_own_function(x, y, n):
    made = OwnInitial(x * y)
    return made.a * made.b


def made_by_its_own_new(x, y, n):
    made = OwnNew(x * y)
    return made.a * made.b


def changed_when_it_is_made(x, y, n):
    made = Twice(x * y)
    made.b = x
    return made


def test_a_dataclass_with_a_function_of_its_own() -> None:
    check_in_every_way(made_by_its_own_function)


def test_a_tuple_with_names_with_a_function_of_its_own() -> None:
    check_told(made_by_its_own_new, "OwnNew has no derivative rule")


@pytest.mark.parametrize("form", ["gradient", "value_and_gradient", "tangent"])
def test_what_its_class_would_change_again_is_not_returned(form: str) -> None:
    with pytest.raises(TransformError, match="an object is used as a whole"):
        derived(changed_when_it_is_made, ("x", "y"), form=form)


class ItsOwnItems(NamedTuple):
    a: float
    b: float

    def __iter__(self):
        return iter((self.a * 2.0, self.b))


class ItsOwnLength(NamedTuple):
    a: float
    b: float

    def __len__(self):
        return 3


class ItsOwnItem(NamedTuple):
    a: float
    b: float

    def __getitem__(self, place):
        return 0.5


def unpacked_as_its_class_says(x, y, n):
    a, b = ItsOwnItems(x, y)
    return a * b


def as_long_as_its_class_says(x, y, n):
    return x * len(ItsOwnLength(x, y))


def read_as_its_class_says(x, y, n):
    return x * y * ItsOwnItem(x, y)[0]


@pytest.mark.parametrize("function", [unpacked_as_its_class_says, read_as_its_class_says])
def test_tuples_with_names_whose_class_says_what_is_in_them(function: Any) -> None:
    check_told(function, "has no derivative rule")


def test_the_length_of_a_tuple_with_names_whose_class_says_it() -> None:
    check_in_every_way(as_long_as_its_class_says)
