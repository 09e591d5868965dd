"""Functions of which there is no text change what lies around: what they reach is never read again unnoticed."""

from __future__ import annotations

import functools
from collections.abc import Callable

import numpy as np
import pytest

from s2sgrad import grad
from s2sgrad.errors import TransformError


class Holder:
    c = np.zeros(3)

    def __init__(self):
        self.a = np.zeros(3)


class Slotted:
    __slots__ = ("a", "unset")

    def __init__(self):
        self.a = np.zeros(3)


class Writer:
    def __init__(self):
        self.b = np.zeros(3)

    def put(self):
        STATE[0] = 7.0
        self.b[0] = 9.0

    def __call__(self):
        self.b[0] = 9.0
        Holder.c[1] = 8.0


STATE, OTHER = np.zeros(3), np.zeros(3)
holder, writer, slotted = Holder(), Writer(), Slotted()
A, INSIDE, OF_CLASS, IN_SLOT = holder.a, writer.b, Holder.c, slotted.a
PART = A[0:2]
KEPT = {"k": [A]}
NO_TEXT = """
def of_an_object(): holder.a[0] = 5.0
def by_a_method(): writer.put()
def by_calling(): writer()
def in_a_container(): KEPT["k"][0][0] = 5.0
def of_a_class(): Holder.c[1] = 8.0
def by_default(x=A): x[0] = 5.0
def by_a_list(): functions[0]()
def by_a_partial(): bound()
def by_a_bound_method(): method()
def in_globals(): globals()["A"][0] = 5.0
def of_what_is_given(x): x.a[0] = 5.0
def of_items_given(x): x["k"][0][0] = 5.0
def of_another(): OTHER[0] = 5.0
def of_a_slot(): slotted.a[0] = 5.0
def writes(x): x[0] = 5.0
def writes_around(): A[0] = 5.0
"""
exec(NO_TEXT, globals())
functions = [writes_around]
bound = functools.partial(writes, A)
cached = functools.cache(writes_around)
vectorized = np.vectorize(lambda v: writes_around() or v)
method = writer.put
# ruff: noqa: F821


def object_written(s):
    a = s * A
    of_an_object()
    return (a * a).sum()


def view_of_what_an_object_holds(s):
    a = s * PART
    of_an_object()
    return (a * a).sum()


def method_called(s):
    a = s * STATE
    by_a_method()
    return (a * a).sum()


def array_of_the_object_whose_method_is_called(s):
    a = s * INSIDE
    by_a_method()
    return (a * a).sum()


def object_called(s):
    a = s * OF_CLASS
    by_calling()
    return (a * a).sum()


def attribute_read(s):
    a = s * writer.b
    by_calling()
    return (a * a).sum()


def container_written(s):
    a = s * A
    in_a_container()
    return (a * a).sum()


def class_written(s):
    a = s * OF_CLASS
    of_a_class()
    return (a * a).sum()


def class_attribute_read(s):
    a = s * Holder.c
    of_a_class()
    return (a * a).sum()


def attribute_of_the_class_read(s):
    a = s * holder.c
    of_a_class()
    return (a * a).sum()


def helper_changes_the_class(s):
    a = s * holder.c
    change_class()
    return (a * a).sum()


def change_class():
    Holder.c[1] = 8.0


def slot_written(s):
    a = s * IN_SLOT
    of_a_slot()
    return (a * a).sum()


def default_written(s):
    a = s * A
    by_default()
    return (a * a).sum()


def function_in_a_list(s):
    a = s * A
    by_a_list()
    return (a * a).sum()


def item_called(s):
    a = s * A
    functions[0]()
    return (a * a).sum()


def partial_inside(s):
    a = s * A
    by_a_partial()
    return (a * a).sum()


def partial_called(s):
    a = s * A
    bound()
    return (a * a).sum()


def cached_called(s):
    a = s * A
    cached()
    return (a * a).sum()


def vectorized_called(s):
    a = s * A
    vectorized(np.ones(2))
    return (a * a).sum()


def bound_method_inside(s):
    a = s * STATE
    by_a_bound_method()
    return (a * a).sum()


def bound_method_called(s):
    a = s * INSIDE
    method()
    return (a * a).sum()


def globals_asked(s):
    a = s * A
    in_globals()
    return (a * a).sum()


def object_given(s):
    a = s * A
    of_what_is_given(holder)
    return (a * a).sum()


def object_given_whose_view_is_read(s):
    a = s * PART
    of_what_is_given(holder)
    return (a * a).sum()


def container_given(s):
    a = s * A
    of_items_given(KEPT)
    return (a * a).sum()


def array_given(s):
    a = s * PART
    writes(A)
    return (a * a).sum()


def another_written(s):
    a = s * A
    of_another()
    return (a * a).sum()


CHANGING = [
    *(cached_called, vectorized_called),
    *(attribute_of_the_class_read, helper_changes_the_class, slot_written),
    *(object_written, view_of_what_an_object_holds, method_called, object_called, attribute_read),
    *(array_of_the_object_whose_method_is_called, container_written, class_written),
    *(class_attribute_read, default_written, function_in_a_list, item_called, partial_inside),
    *(partial_called, bound_method_inside, bound_method_called, globals_asked, object_given),
    *(object_given_whose_view_is_read, container_given, array_given),
]


def started() -> None:
    """What is around as it is in the beginning."""
    for array in (A, INSIDE, OF_CLASS, IN_SLOT, STATE, OTHER):
        array[:] = [1.0, 2.0, 3.0]
    cached.cache_clear()


def difference(f: Callable[[float], float], s: float) -> float:
    values = []
    for step in (1e-6, -1e-6):
        started()
        values.append(f(s + step))
    return (values[0] - values[1]) / 2e-6


@pytest.mark.parametrize("f", CHANGING)
def test_what_a_function_without_text_reaches_is_right_or_refused(f):
    expected = difference(f, 1.3)
    started()
    try:
        gradient = grad(f)(1.3)
    except TransformError as error:
        assert "test_unfollowed.py:" in str(error)  # noqa: PT017
    else:
        assert gradient == pytest.approx(expected, rel=1e-6)


def test_what_it_does_not_reach_is_read_again():
    expected = difference(another_written, 1.3)
    started()
    assert grad(another_written)(1.3) == pytest.approx(expected, rel=1e-6)
