"""What calls keep in things outside of all functions: refused where it is read again, right where it isn't."""

from __future__ import annotations

import numpy as np
import pytest

import s2sgrad
from s2sgrad.errors import TransformError
from s2sgrad.transform import derived

ARR, ROWS, KEPT, COUNT = np.zeros((2, 2)), [0.0], {}, [0]
X, A = np.array([[0.6, 1.1], [0.8, 0.3]]), np.array([[0.4, -0.9], [1.2, 0.7]])
MESSAGE = "something that is defined outside of the function|assigning to an attribute"


class Held:
    v = None
    calls = 0


def set_array(z):
    ARR[:] = z.T


def get_array():
    return ARR * 1.0


def through_another_name(z):
    q = ARR
    q[:] = z.T


def through_another_function(z):
    set_array(z)


def copied(z):
    np.copyto(ARR, z.T)


def set_item(z):
    KEPT["k"] = z.T


def get_item():
    return KEPT["k"]


def set_first(z):
    ROWS[0] = z.T


def get_first():
    return ROWS[0]


def set_attribute(z):
    Held.v = z.T


def get_attribute():
    return Held.v


def by_default(z, get=get_array):
    return get()


def array_is_read_by_another(x: np.ndarray, a: np.ndarray):
    set_array(x)
    return get_array() @ a


def array_is_read_here(x: np.ndarray, a: np.ndarray):
    set_array(x)
    return ARR @ a


def array_is_written_here(x: np.ndarray, a: np.ndarray):
    ARR[:] = x.T
    return get_array() @ a


def array_under_another_name(x: np.ndarray, a: np.ndarray):
    through_another_name(x)
    return get_array() @ a


def array_through_another_function(x: np.ndarray, a: np.ndarray):
    through_another_function(x)
    return get_array() @ a


def array_that_is_copied_into(x: np.ndarray, a: np.ndarray):
    copied(x)
    return get_array() @ a


def array_read_by_a_default(x: np.ndarray, a: np.ndarray):
    set_array(x)
    return by_default(1) @ a


def dict_is_read_by_another(x: np.ndarray, a: np.ndarray):
    set_item(x)
    return get_item() @ a


def list_is_read_by_another(x: np.ndarray, a: np.ndarray):
    set_first(x)
    return get_first() @ a


def nested_function_writes(x: np.ndarray, a: np.ndarray):
    def put(z):
        ARR[:] = z.T

    put(x)
    return ARR @ a


def attribute_of_a_class(x: np.ndarray, a: np.ndarray):
    set_attribute(x)
    return get_attribute() @ a


REFUSED = (
    array_is_read_by_another,
    array_is_read_here,
    array_is_written_here,
    array_under_another_name,
    array_through_another_function,
    array_that_is_copied_into,
    array_read_by_a_default,
    dict_is_read_by_another,
    list_is_read_by_another,
    nested_function_writes,
    attribute_of_a_class,
)


@pytest.mark.parametrize("form", ["gradient", "value_and_gradient", "tangent"])
@pytest.mark.parametrize("like", [None, (X, A)], ids=["alone", "like"])
@pytest.mark.parametrize("function", REFUSED)
def test_what_is_kept_is_refused(function, like, form) -> None:
    with pytest.raises(TransformError, match=MESSAGE):
        s2sgrad.transform(function, "x", like=like, form=form)


def written_directly(x: np.ndarray, a: np.ndarray):
    ARR[:] = x.T
    return np.sum(ARR @ a)


def row_by_row(x: np.ndarray, a: np.ndarray):
    for i in range(2):
        ARR[i] = x[:, i] * a[i]
    return np.sum(ARR * ARR)


def copied_directly(x: np.ndarray, a: np.ndarray):
    np.copyto(ARR, x.T)
    ARR[0] *= a[0]
    return np.sum(ARR @ a)


def kept_and_never_read(x: np.ndarray, a: np.ndarray):
    set_array(x)
    set_item(x)
    set_first(x)
    return np.sum(x @ a)


def squared(z):
    Held.calls += 1
    COUNT[0] += 1
    return z * z


def calls_are_counted(x: np.ndarray, a: np.ndarray):
    return np.sum(squared(x) * squared(2 * a))


@pytest.mark.parametrize(
    "function",
    [written_directly, row_by_row, copied_directly, kept_and_never_read, calls_are_counted],
)
def test_what_is_written_directly_or_never_read_is_right(function) -> None:
    s2sgrad.check_grads(function, (X, A))


def read_outside():
    return ARR.sum()


def written_through_another_name(s: float):
    kept = ARR
    before = read_outside()
    kept[0] = 9.0
    return s * (before + 1.0) * read_outside()


@pytest.mark.parametrize("form", ["gradient", "tangent"])
@pytest.mark.parametrize("simplified", [True, False])
def test_a_write_through_another_name_is_seen(form: str, *, simplified: bool) -> None:
    """Nobody knows who reads what is outside: a store into it stays, though its own name isn't read again."""
    ARR[...] = 1.0
    wanted = written_through_another_name(1.0)
    ARR[...] = 1.0
    made, _ = derived(written_through_another_name, form=form, simplified=simplified)
    found = made(0.7, 1.0)
    ARR[...] = 0.0
    assert wanted == (found if form == "gradient" else found[1])
