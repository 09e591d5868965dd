"""Memory that something outside keeps: what is written into it, before or after, is seen there."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np
import pytest

from s2sgrad.errors import TransformError
from s2sgrad.transform import derived

X, S = np.array([0.4, -1.3, 0.8, 0.5]), 0.7
KEPT: dict[Any, Any] = {}
HISTORY: list[Any] = []
NUMBERS: list[Any] = []
MIXED: list[Any] = []
RECORDS = np.zeros(2, dtype=[("a", float), ("b", float)])
THINGS = np.empty(2, dtype=object)


class Place:
    """What keeps arrays in its attributes."""


PLACE = Place()


def started() -> None:
    """What is outside as it is in the beginning."""
    KEPT.clear()
    HISTORY.clear()
    NUMBERS[:] = [0, 1]
    MIXED[:] = [None, 1]
    RECORDS[...] = np.array([(1.0, 2.0), (3.0, 4.0)], dtype=RECORDS.dtype)
    THINGS[0], THINGS[1] = np.ones(4), 2.0
    vars(PLACE).clear()
    PLACE.last = np.zeros(4)


def left() -> list[Any]:
    """What is outside, by values."""
    return copy.deepcopy(
        [KEPT, HISTORY, NUMBERS, MIXED, RECORDS.tolist(), list(THINGS), vars(PLACE)]
    )


def kept_number() -> float:
    return KEPT["a"][1]


def last_number() -> float:
    return PLACE.last[1]


def last_length() -> int:
    return len(PLACE.last)


def put(values: np.ndarray) -> None:
    KEPT["put"] = values


def made() -> np.ndarray:
    b = np.ones(4)
    KEPT["made"] = b
    return b


def in_a_dict(x: np.ndarray, s: float):
    b = np.zeros(2)
    KEPT["a"] = b
    b[1] = 5.0
    return KEPT["a"][1] * s * x[0]


def read_by_a_helper(x: np.ndarray, s: float):
    b = np.zeros(2)
    KEPT["a"] = b
    before = kept_number()
    b[1] = 5.0
    return (before + kept_number()) * s * x[0]


def updated(x: np.ndarray, s: float):
    b = np.zeros(2)
    KEPT.update(a=b)
    b[1] = 5.0
    return KEPT["a"][1] * s * x[0]


def in_an_attribute(x: np.ndarray, s: float):
    b = np.zeros(2)
    PLACE.last = b
    b[1] = 5.0
    return last_number() * s * x[0]


def list_in_an_attribute(x: np.ndarray, s: float):
    b = [1.0]
    PLACE.last = b
    b.append(2.0)
    return last_length() * s * x[0]


def by_its_attributes(x: np.ndarray, s: float):
    h = x * s
    vars(PLACE)["h"] = h
    h[1] *= h[0]
    return (h * h).sum()


def read_before_and_after(x: np.ndarray, s: float):
    b = np.ones(4) * 2
    KEPT["a"] = b
    r = (KEPT["a"] * x).sum()
    b[1] = 5.0
    return r * (b * x).sum() * s


def put_by_a_helper(x: np.ndarray, s: float):
    h = x * s
    put(h)
    h[1] *= h[0]
    return (h * h).sum()


def made_by_a_helper(x: np.ndarray, s: float):
    b = made()
    r = (b * x).sum()
    b[1] = 4.0
    return r * s * (b * x).sum()


def in_place_afterwards(x: np.ndarray, s: float):
    h = x * s
    PLACE.last = h
    h *= np.tanh(h)
    return (h * h).sum()


def in_place_before(x: np.ndarray, s: float):
    h = x * s
    h *= np.tanh(h)
    PLACE.last = h
    return (h * h).sum()


def stored_before(x: np.ndarray, s: float):
    h = x * s
    h[1] *= h[0]
    KEPT["h"] = h
    return (h * h).sum()


def written_twice_before(x: np.ndarray, s: float):
    h = x * s
    h[1] = h[1] ** 2 * h[0] ** 2
    h[0] = h[1] ** 2 * h[2] ** 2
    KEPT["h"] = h
    return (h * h).sum()


def stored_before_in_a_loop(x: np.ndarray, s: float):
    total = 0.0
    for k in range(3):
        h = x * s
        h[k] = h[k] * h[k + 1]
        PLACE.last = h
        total += (h * h).sum()
    return total


def part_is_kept(x: np.ndarray, s: float):
    h = x * s
    PLACE.last = h[1:3]
    for k in range(3):
        h[k + 1] = h[k] * s
    return (h * h).sum()


def in_two_places(x: np.ndarray, s: float):
    h = x * s
    h[0] = h[1] * h[2]
    PLACE.first = h
    PLACE.last = h
    h[3] *= h[0]
    return (h * h).sum()


def pair_is_kept(x: np.ndarray, s: float):
    h = x * s
    PLACE.pair = (h, h[1:])
    h[1] *= h[0]
    return (h * h).sum()


def on_one_path(x: np.ndarray, s: float):
    h = x * s
    if s > 0.1:
        PLACE.last = h
    h[1] *= h[0]
    return (h * h).sum()


def one_of_two(x: np.ndarray, s: float):
    h = x * s
    g = x + s
    c = h if s > 0.1 else g
    PLACE.last = c
    h[1] *= h[0]
    g[1] *= g[0]
    return (h * g).sum()


def list_is_kept(x: np.ndarray, s: float):
    values = [s * x[0]]
    PLACE.values = values
    for k in range(3):
        values.append(values[-1] * x[k])
    return sum(values)


def argument_is_kept(x: np.ndarray, s: float):
    PLACE.last = x
    y = x * s
    x[0] = y[1]
    return (x * y).sum()


def in_a_list(x: np.ndarray, s: float):
    h = np.ones(4)
    HISTORY.append(h)
    r = (h * x).sum()
    h[1] = 5.0
    return r * (h * x).sum() * s


def through_out(x: np.ndarray, s: float):
    h = x * s
    PLACE.last = h
    np.multiply(h, h, out=h)
    return (h * x).sum()


def in_a_while(x: np.ndarray, s: float):
    h = x * s
    PLACE.last = h
    k = 0
    while k < 3:
        h[k] = h[k] * h[k + 1]
        k += 1
    return (h * h).sum()


def stepped(h: np.ndarray):
    g = np.tanh(h)
    KEPT["g"] = g
    g[0] = g[1] * g[2]
    return g.sum() * (g * g).sum()


def in_a_pair(x: np.ndarray, s: float):
    h = x * s
    return stepped(h) * stepped(h * 2)


def looked_at(h: np.ndarray):
    KEPT["h"] = h
    return (h * h).sum()


def written_between_calls(x: np.ndarray, s: float):
    h = x * s
    a = looked_at(h)
    h[1] = a * h[2]
    return looked_at(h)


def array_among_numbers(x: np.ndarray, s: float):
    NUMBERS[0] = np.zeros(3)
    return (x * x).sum() * s


def array_among_others(x: np.ndarray, s: float):
    MIXED[0] = np.ones(4)
    return (MIXED[0] * x).sum() * s


def records_are_read(x: np.ndarray, s: float):
    return (RECORDS["a"] * x[:2]).sum() * s


def things_are_read(x: np.ndarray, s: float):
    return THINGS[1] * s * x[0]


RIGHT = [
    in_a_dict,
    read_by_a_helper,
    updated,
    in_an_attribute,
    list_in_an_attribute,
    by_its_attributes,
    read_before_and_after,
    put_by_a_helper,
    made_by_a_helper,
    in_place_afterwards,
    in_place_before,
    stored_before,
    written_twice_before,
    stored_before_in_a_loop,
    part_is_kept,
    in_two_places,
    pair_is_kept,
    on_one_path,
    one_of_two,
    list_is_kept,
    argument_is_kept,
    in_a_list,
    through_out,
    in_a_while,
    in_a_pair,
    written_between_calls,
    array_among_numbers,
    array_among_others,
    records_are_read,
    things_are_read,
]
AXES_MATTER = {list_is_kept, pair_is_kept, part_is_kept, argument_is_kept}
"""Those that are refused without examples."""


def same(found: Any, wanted: Any) -> bool:
    """Whether two nests of containers hold equal values of the same types."""
    if type(found) is not type(wanted):
        return False
    if isinstance(found, dict):
        return found.keys() == wanted.keys() and all(same(found[k], wanted[k]) for k in found)
    if isinstance(found, list | tuple):
        return len(found) == len(wanted) and all(map(same, found, wanted))
    if isinstance(found, np.ndarray):
        return found.dtype == wanted.dtype and np.allclose(found, wanted, rtol=1e-12)
    return found is wanted is None or bool(np.isclose(found, wanted))


@pytest.mark.parametrize("simplified", [True, False])
@pytest.mark.parametrize("form", ["gradient", "value_and_gradient", "tangent"])
@pytest.mark.parametrize("example", [True, False])
@pytest.mark.parametrize("function", RIGHT, ids=lambda f: f.__name__)
def test_is_there_as_it_was_left(
    function: Any, form: str, *, example: bool, simplified: bool
) -> None:
    like = (X, S) if example else None
    if not example and function in AXES_MATTER:
        pytest.skip("what it keeps may be a number")

    def value(step: np.ndarray) -> float:
        started()
        return float(function(X + step[:4], S + step[4]))

    wanted_value = value(np.zeros(5))
    first = left()
    function(X.copy(), S)
    second = left()
    steps = np.eye(5) * 1e-6
    differences = np.array([(value(h) - value(-h)) / 2e-6 for h in steps])
    made, _ = derived(function, ("x", "s"), like=like, form=form, simplified=simplified)
    started()
    given = X.copy()
    for wanted in (first, second):
        if form == "tangent":
            found, along = made(given, S, np.full(4, 0.5), 2.0)
            moved = differences @ [0.5, 0.5, 0.5, 0.5, 2.0]
            if wanted is first:
                np.testing.assert_allclose(found, wanted_value)
                np.testing.assert_allclose(along, moved, rtol=1e-6, atol=1e-8)
        else:
            found = made(given, S)
            d_x, d_s = found if form == "gradient" else found[1]
            if wanted is first:
                np.testing.assert_allclose([*d_x, d_s], differences, rtol=1e-6, atol=1e-8)
        assert same(left(), wanted)
        np.testing.assert_array_equal(given, X)


def test_a_copy_is_kept_only_where_an_array_is_put_back() -> None:
    plain, _ = derived(in_place_before, ("x", "s"), like=(X, S), simplified=False)
    assert "PLACE.last = h.copy()\n" in plain.source or "PLACE.last = h_1.copy()\n" in plain.source
    made, _ = derived(in_place_before, ("x", "s"), like=(X, S))
    assert "PLACE.last = h\n" in made.source
    assert "copy" not in made.source


def new_one_in_each_trip(x: np.ndarray, s: float):
    h = x * 1
    for k in range(3):
        h = np.tanh(h * s)
        PLACE.last = h
        h[k] = s
    return (h * h).sum()


def array_is_read_again(x: np.ndarray, s: float):
    NUMBERS[0] = np.ones(4)
    return (NUMBERS[0] * x).sum() * s


def part_is_read_again(x: np.ndarray, s: float):
    NUMBERS[0] = np.ones(4)
    return NUMBERS[0][1] * s * x[0]


def number_for_an_integer(x: np.ndarray, s: float):
    NUMBERS[0] = s * 2
    return NUMBERS[0] * x[0]


def by_other_functions(x: np.ndarray, s: float):
    numbered()
    return (first_of_all() * x).sum() * s


def numbered() -> None:
    NUMBERS[0] = np.ones(4)


def first_of_all() -> Any:
    return NUMBERS[0]


def field_is_written(x: np.ndarray, s: float):
    RECORDS["a"][1] = 2.0
    return s * RECORDS["a"][1] * x[0]


def record_is_written(x: np.ndarray, s: float):
    RECORDS[0]["a"] = 2.0
    return s * RECORDS["a"][0] * x[0]


def records_are_written(x: np.ndarray, s: float):
    for record in RECORDS:
        record["a"] = 2.0
    return s * RECORDS["a"][0] * x[0]


def field_is_changed(x: np.ndarray, s: float):
    v = RECORDS["a"]
    v += 1
    return (v * x[:2]).sum() * s


def thing_is_stored(x: np.ndarray, s: float):
    THINGS[1] = s
    return THINGS[1] * s * x[0]


def thing_is_written(x: np.ndarray, s: float):
    THINGS[0][1] = 5.0
    return (THINGS[0] * x).sum() * s


REFUSED = [
    array_is_read_again,
    part_is_read_again,
    number_for_an_integer,
    by_other_functions,
    field_is_written,
    record_is_written,
    records_are_written,
    field_is_changed,
    thing_is_stored,
    thing_is_written,
]


@pytest.mark.parametrize("form", ["gradient", "tangent"])
@pytest.mark.parametrize("like", [None, (X, S)])
@pytest.mark.parametrize("function", REFUSED, ids=lambda f: f.__name__)
def test_refused(function: Any, like: Any, form: str) -> None:
    started()
    with pytest.raises(TransformError):
        derived(function, ("x", "s"), like=like, form=form)


@pytest.mark.parametrize("simplified", [True, False])
def test_what_would_be_taken_back_is_refused(*, simplified: bool) -> None:
    with pytest.raises(TransformError, match="kept elsewhere"):
        derived(new_one_in_each_trip, ("x", "s"), like=(X, S), simplified=simplified)
