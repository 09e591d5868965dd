"""Arrays that are joined by an index, `np.r_` and `np.c_`: derivatives, second ones too, and refusals."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy import c_

import s2sgrad
from s2sgrad.errors import TransformError
from s2sgrad.transform import derived, transform
from tests.differentiating import check_gradient, check_tangent
from tests.zoo import Case

_X = np.array([1.1, -0.6, 2.3])
_Y = np.array([0.7, 1.9])
_A = np.array([[2.1, 0.3], [0.6, -1.7], [0.5, 0.8]])
_B = np.array([[0.4], [0.9], [1.6]])
_NONE = np.array([])
_NUMBER = np.array(1.4)

rows = np.r_


def vectors_and_numbers(x: np.ndarray, y: np.ndarray, s: float):
    z = np.r_[x, 0.0, y * s, 1, x[0], -2.0, s]
    return z * z


def one_vector(x: np.ndarray):
    y = np.r_[x]
    y[0] = 3.0
    return y * x


def numbers_alone(s: float):
    return np.r_[s, 2.0, s * s]


def lists_among_items(x: np.ndarray, s: float):
    return np.r_[[s, x[1]], x, (1.0, s * s)] ** 2


def matrices_below_each_other(A: np.ndarray, B: np.ndarray):
    return np.r_[A, B * B.T[0, 0] + A] ** 2


def blocks(A: np.ndarray):
    T = A[:, :, None] * A[:, None]
    return np.c_[T, T * T] * np.r_[T, T][:3, :, :1]


def a_tuple_under_a_name(x: np.ndarray, s: float):
    t = (x, s * s, x[:2])
    return rows[t] ** 2


def columns(x: np.ndarray, A: np.ndarray, B: np.ndarray):
    return np.c_[np.ones(3), x, A, B * x[0]] @ np.r_[x, x[:2] ** 2]


def columns_under_another_name(x: np.ndarray, y: np.ndarray):
    return c_[x, np.sin(x)] * y


def a_row_of_numbers(s: float):
    return np.c_[s, s * s, 1.0] * s


def in_a_loop(x: np.ndarray, s: float):
    v = x
    for k in range(3):
        v = np.r_[v[1:], s * v[0] + k]
    return v


def that_grows(x: np.ndarray):
    v = x[:0]
    for k in range(len(x)):
        v = np.r_[v, x[k] * x[k]]
    return v


def in_a_helper(x: np.ndarray):
    return padded(x) * padded(x * x)


def padded(x: np.ndarray):
    return np.r_[0.0, x, 0.0]


CASES = (
    Case(vectors_and_numbers, ((_X, _Y, 1.3), (_X[:1], _NONE, 0.4)), scalar=False),
    Case(one_vector, ((_X,), (_X[:1],)), scalar=False),
    Case(numbers_alone, ((1.3,),), scalar=False),
    Case(lists_among_items, ((_X, 0.7),), scalar=False),
    Case(matrices_below_each_other, ((_A, _B), (_B, _B)), scalar=False),
    Case(blocks, ((_A,),), scalar=False),
    Case(a_tuple_under_a_name, ((_X, 0.7), (_X[:1], 0.7)), scalar=False),
    Case(columns, ((_X, _A, _B),), scalar=False),
    Case(columns_under_another_name, ((_X, _Y), (_NONE, _Y)), scalar=False),
    Case(a_row_of_numbers, ((0.7,),), scalar=False),
    Case(in_a_loop, ((_X, 0.7),), scalar=False),
    Case(that_grows, ((_X,), (_NONE,)), scalar=False),
    Case(in_a_helper, ((_X,), (_NONE,)), scalar=False),
)


@pytest.mark.parametrize("simplified", [False, True], ids=["plain", "simplified"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_derivatives(case: Case, simplified: bool) -> None:
    for form, check in (("gradient", check_gradient), ("tangent", check_tangent)):
        function, _ = derived(
            case.function, case.variables, like=case.inputs[0], form=form, simplified=simplified
        )
        for args in case.inputs:
            check(case, args, function)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_second_derivatives(case: Case) -> None:
    args = case.inputs[0]
    s2sgrad.check_grads(case.function, args, order=2)
    for form in ("gradient", "tangent"):
        text = transform(case.function, like=args, form=form)
        given = [*args, *args] if form == "tangent" else [*args, case.function(*args)]
        s2sgrad.check_grads(text, tuple(given))


def test_items_of_one_entry() -> None:
    """Arrays without axes and of one entry are joined as numbers are, and keep their shapes."""

    def joined(x: np.ndarray, y: np.ndarray):
        return np.c_[x, y * 2] * np.r_[x, y]

    for x, y in ((_NUMBER, _X[:1]), (_X[:1], _B[:1, 0]), (_NUMBER, np.array(0.3))):
        d_x, d_y = transform(joined, like=(x, y))(x, y)
        assert np.shape(d_x) == np.shape(x)
        assert np.shape(d_y) == np.shape(y)
        s2sgrad.check_grads(joined, (x, y))


def test_what_carries_no_derivative_stays() -> None:
    def grid(x: np.ndarray):
        return np.r_[0:3, 1.0] * np.r_["0,2", [1.0, 2.0, 3.0, 4.0]] * x

    assert "np.r_[0:3, 1.0]" in transform(grid, like=(np.ones(4),)).source
    s2sgrad.check_grads(grid, (np.arange(4.0),))


def test_the_dtype_of_numpys_own_numbers() -> None:
    """What NumPy joins in float32 is joined in float32."""

    def joined(x: np.ndarray):
        return np.r_[x, x[0]] * np.r_[x, np.ones(1)]

    x = _X.astype(np.float32)
    value, d_x = transform(joined, like=(x,), form="value_and_gradient")(x, np.ones(4))
    np.testing.assert_array_equal(value, joined(x))
    np.testing.assert_allclose(d_x, [3.2, -1.2, 4.6], rtol=1e-6)


def a_slice(x: np.ndarray):
    return np.r_[0:3, x * x]


def a_slice_with_bounds_of_the_function(x: np.ndarray):
    return np.r_[0 : x[0] : 3j]


def a_directive(x: np.ndarray):
    return np.r_["-1", x, x]


def a_directive_for_columns(x: np.ndarray):
    return np.c_["0,2", x, x]


def rows_in_a_list(x: np.ndarray):
    return np.r_[[x, x]]


def another_number_of_axes(A: np.ndarray):
    return np.r_[A, A[0]]


def a_number_and_short_floats(x: np.ndarray):
    return np.r_[x, 0.1]


def a_grid(s: float):
    return np.mgrid[0:s]


_UNKNOWN = "is differentiated only where it is known how many axes each item has"
REFUSED = (
    (a_slice, _X, "a slice inside np.r_ isn't differentiated", "np.arange or np.linspace"),
    (a_slice_with_bounds_of_the_function, _X, "a slice inside np.r_", "np.linspace"),
    (a_directive, _X, f"np.r_ {_UNKNOWN}", "np.concatenate"),
    (a_directive_for_columns, _X, f"np.c_ {_UNKNOWN}", "np.column_stack"),
    (rows_in_a_list, _X, f"np.r_ {_UNKNOWN}", "np.concatenate"),
    (another_number_of_axes, _A, "different numbers of axes", "np.concatenate"),
    (a_number_and_short_floats, _X.astype(np.float32), "known to be of float64", "np.full"),
    (a_grid, 2.0, "what an object gives for an index", "np.mgrid"),
    (one_vector, None, f"np.r_ {_UNKNOWN}", "give like="),
)


@pytest.mark.parametrize(
    ("function", "like", "message", "remedy"), REFUSED, ids=[e[0].__name__ for e in REFUSED]
)
def test_refusals(function: Any, like: Any, message: str, remedy: str) -> None:
    with pytest.raises(TransformError) as caught:
        transform(function, like=None if like is None else (like,))
    assert message in str(caught.value)
    assert remedy in str(caught.value)
    assert "test_index_tricks.py:" in str(caught.value)
