"""Programs that write into what is around them, and ask, hand on or copy other things that are there."""

# ruff: noqa: F821 - what isn't there yet is what some of these are about

from __future__ import annotations

import sys
from inspect import getdoc
from types import SimpleNamespace
from typing import Any

import numpy as np

__all__ = ["REFUSED", "RIGHT", "getdoc"]

X = np.array([0.3, 0.9, -0.4])
STATE = np.zeros(3)
OTHERS = np.ones(3)
W = np.array([2.0, 3.0, 4.0])
HELD = SimpleNamespace(w=W.copy())
HERE = sys.modules[__name__]
FIELDS = np.zeros(3, dtype=[("a", float), ("b", float)])
OBJECTS = np.array([np.ones(3), np.ones(2)], dtype=object)
IN_A_TUPLE = (FIELDS, 3)
IN_A_LIST = [OBJECTS, 2.0]
TITLE = "abc"
SIZES = range(3)
TABLE = {"a": 1}


def _reset():
    STATE[0] = 0.0


def _kept(_: Any):
    return None


def what_comes_later_is_shown(x: np.ndarray):
    STATE[0] = x[0]
    print(LATER)  # noqa: T201
    return STATE * 2


def what_comes_later_is_called(x: np.ndarray):
    STATE[0] = x[0]
    LATER()
    return STATE * 2


def what_comes_later_has_a_length(x: np.ndarray):
    STATE[0] = x[0]
    return STATE * len(LATER)


def what_comes_later_is_stored(x: np.ndarray):
    STATE[0] = x[0]
    d = {}
    d[LATER] = 1.0
    return STATE * len(d)


def what_comes_later_is_written(x: np.ndarray):
    LATER[0] = x[0]
    print(LATER)  # noqa: T201
    return LATER * 2


def what_is_given_is_shown(x: np.ndarray, n: Any):
    STATE[0] = x[0]
    print(n, STATE, OTHERS)  # noqa: T201
    return STATE * len(np.shape(n))


def what_is_given_is_called(x: np.ndarray, g: Any):
    STATE[0] = x[0]
    return STATE * len(g())


def reset_before_a_loop(x: np.ndarray):
    _reset()
    for k in range(3):
        STATE[k] = x[k]
    return STATE * 2


def reset_before_a_store(x: np.ndarray, s: float):
    if s > 0:
        _reset()
        STATE[0] = x[0]
    return STATE * 2 * x[0]


def reset_in_each_trip(x: np.ndarray):
    for k in range(3):
        _reset()
        STATE[k] = x[k]
    return STATE * 2


def field_of_an_array_in_a_tuple(x: np.ndarray):
    y = IN_A_TUPLE[0]["a"]
    y[0] = x[0]
    return x * 2


def array_of_an_array_in_a_list(x: np.ndarray):
    y = IN_A_LIST[0][0]
    y[0] = x[0]
    return x * 2


def list_of_what_a_field_holds(x: np.ndarray):
    rows = [FIELDS["a"]]
    rows[0] = x
    return rows[0]


def list_that_grows(x: np.ndarray):
    rows = [OBJECTS[0], x]
    rows.append(x)
    return rows[2] * 2


def field_that_is_filled(x: np.ndarray):
    FIELDS["a"] = 1.0
    return x * 2


def part_of_an_array(x: np.ndarray):
    y = W[1:]
    y[0] = x[0]
    return x * 2


def array_of_an_object(x: np.ndarray):
    y = HELD.w
    y[0] = x[0]
    return x * 2


def other_names_for_what_is_around(x: np.ndarray):
    title, sizes, table = TITLE, SIZES, TABLE
    return x * len(title) * sizes[1] * table["a"]


def one_of_two_texts(x: np.ndarray, s: float):
    title = TITLE
    if s > 0:
        title = "a"
    return x * len(title)


def function_of_a_name_that_is_taken(x: np.ndarray, _kept: Any):
    y = x * 2
    _kept(y)
    y[0] = 1.0
    return y * 2


def function_of_a_library_in_a_module(x: np.ndarray):
    y = x * 2
    text = HERE.getdoc(y)
    y[0] = 1.0
    return y * 2 * (text == 3)


def nothing_of_that_name_in_a_module(x: np.ndarray):
    y = x * 2
    HERE.nothing(y)
    y[0] = 1.0
    return y * 2


def angle_of_what_is_complex(x: np.ndarray):
    z = 1j * x
    return x * np.isfinite(z)


RIGHT: tuple[tuple[Any, ...], ...] = (
    (what_is_given_is_shown, X, 3),
    (reset_before_a_loop, X),
    (reset_before_a_store, X, 0.7),
    (field_that_is_filled, X),
    (array_of_an_object, X),
    (other_names_for_what_is_around, X),
    (one_of_two_texts, X, 0.7),
    (angle_of_what_is_complex, X),
)
"""Functions and what they are tried with."""

REFUSED: tuple[tuple[Any, ...], ...] = (
    (what_comes_later_is_shown, X),
    (what_comes_later_is_called, X),
    (what_comes_later_has_a_length, X),
    (reset_in_each_trip, X),
    (field_of_an_array_in_a_tuple, X),
    (array_of_an_array_in_a_list, X),
    (list_of_what_a_field_holds, X),
    (list_that_grows, X),
    (part_of_an_array, X),
    (nothing_of_that_name_in_a_module, X),
)
"""What isn't differentiated. The others can't run, or are refused without examples only: their texts are watched."""
