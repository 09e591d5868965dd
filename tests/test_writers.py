"""Calls that write into arrays, `out=` above all, and other spellings: derivatives and refusals.

Each function is differentiated with examples, in both modes, before and after simplification, and
held against differences; without examples the same derivative comes, or a refusal.
"""

from __future__ import annotations

import contextlib
from typing import Any

import numpy as np
import pytest

from s2sgrad.errors import TransformError
from s2sgrad.transform import derived, transform
from tests.differentiating import check_gradient, check_tangent
from tests.zoo import Case

_X = np.array([1.1, -0.6, 2.3])
_Y = np.array([0.7, 1.9, -1.4])
_A = np.array([[2.1, 0.3, -0.4], [0.6, -1.7, 0.2], [0.5, 0.8, 1.3]])
_B = np.array([[0.4, -1.1], [0.9, 0.5], [1.6, 0.7]])


def out_of_a_method(A: np.ndarray):
    s = np.zeros(3)
    A.sum(axis=1, out=s)
    A.dot(s * s, s)
    return s * s


def out_of_reductions(A: np.ndarray):
    B = np.zeros((4, 3))
    np.maximum.reduce(A, axis=1, out=B[0])
    np.add.reduce(A, out=B[1])
    np.mean(A, axis=0, out=B[2])
    np.cumsum(B[2] * B[1], out=B[3])
    return B * B[:, :1]


def reductions_and_scans_of_ufuncs(A: np.ndarray):
    return np.add.accumulate(A, axis=1) * np.multiply.reduce(A) + np.minimum.reduce(A, axis=0)


def out_is_larger_than_the_operands(x: np.ndarray):
    a = np.zeros((2, 3))
    np.add(x, 1, out=a)
    np.sin(a, a)
    return a * x


def out_is_taken_twice(x: np.ndarray):
    a = x * x
    y = np.exp(a[1:], out=a[1:])
    y[0] *= x[0]
    return a


def out_is_none(x: np.ndarray):
    scratch = None
    return np.multiply(x, x, out=scratch) + np.sin(x, out=None)


def out_where_an_operand_is_zero(x: np.ndarray, y: np.ndarray):
    """What isn't computed has no derivative, not even nan."""
    safe = x > 0
    d = np.where(safe, y, 0.0)
    a = x * x
    np.divide(x, d, out=a, where=safe)
    np.divide(a, 2.0, out=a, where=True)
    return a * d


def views_as_out(A: np.ndarray):
    B = A * A
    B[0].fill(A[0, 0])
    B[:, 1].sort()
    np.cumsum(B[2], out=B[1])
    np.take(A, [2, 1, 0], axis=0, out=B[:, ::-1])
    return B * A


def out_in_a_loop(A: np.ndarray, x: np.ndarray):
    y = x.copy()
    work = np.empty(len(x))
    for _ in range(3):
        np.dot(A, y, out=work)
        np.tanh(work, out=work)
        np.add(y, work, out=y)
    return y


def written_on_one_branch(x: np.ndarray):
    a = x * x
    if x[0] > 0:
        np.multiply(a, x, out=a)
    else:
        a.fill(x[1])
    return a * x


def copies_of_a_list(x: np.ndarray):
    a = np.zeros(3)
    np.copyto(a, [x[0] * x[1], x[2], x[0]])
    np.copyto(a, x * a, where=[True, False, True])
    return a * x


def number_where_a_mask_is_true(x: np.ndarray):
    a = x * x
    np.copyto(a, x[1], where=x > 0)
    np.putmask(a, x < 0, x * x)
    return a


def mask_of_rows_copied(A: np.ndarray):
    B = A * A
    np.copyto(B, A[0], where=A[:, :1] > 1)
    return B * A


def diagonal_that_is_wider(B: np.ndarray):
    C = B * B
    np.fill_diagonal(C, [B[0, 0] * B[2, 1], B[1, 0]])
    np.fill_diagonal(C.T, C[0, 0] * 3)
    return C


def copies_and_no_copies(x: np.ndarray):
    a = x * x
    b = np.asarray(a, copy=True)
    c = np.array(a, copy=True)
    a[0] = 1
    d = a.astype(float, copy=False)
    d[1] = 2 * x[0]
    e = np.array(a, copy=None)
    e[2] *= x[1]
    return a * b + c


def norms(A: np.ndarray, x: np.ndarray):
    whole = np.linalg.norm(A) + np.linalg.norm(A, "fro") ** 2 + np.linalg.norm(x, 2)
    rows = np.linalg.norm(A, axis=1, keepdims=True) * np.linalg.norm(A, None, 0)
    return whole + rows @ (x * np.linalg.norm(A, ord=1, axis=0) + np.linalg.norm(x, 1))


def solutions(A: np.ndarray, x: np.ndarray, B: np.ndarray):
    y = np.linalg.solve(A, x)
    return np.linalg.solve(A.T, B).T @ y + np.linalg.inv(A)[:2] @ x


def determinants(A: np.ndarray):
    sign, logarithm = np.linalg.slogdet(A)
    return sign * logarithm + np.linalg.det(A @ A) + np.linalg.slogdet(A)[1] ** 2


def stacks_of_systems(A: np.ndarray, x: np.ndarray, B: np.ndarray):
    S = A + x[:, None, None]
    return np.linalg.solve(S, B) * np.linalg.det(S)[:, None, None]


def products_of_kronecker(A: np.ndarray, B: np.ndarray):
    return np.kron(A, B)[1:] @ np.kron(B[0], B[:, 0])


def several_results_under_one_name(x: np.ndarray):
    parts = np.modf(x * 1.5)
    fraction, whole = np.modf(x)
    return parts[0] * x + fraction * x * whole


def places_multiplied_in_turn(x: np.ndarray):
    a = x * x
    np.multiply.at(a, [1, 1, 0], x)
    np.divide.at(a, np.array([2, 1]), a[1:])
    np.multiply.at(a, [0, 0], x[0])
    np.subtract.at(a, [2, 2], [x[1], x[0]])
    return a * x


def out_in_the_test_of_a_loop(x: np.ndarray):
    """The test runs once more than the body."""
    a = np.abs(x)
    while np.multiply(a, 0.5, out=a).sum() > 0.6:
        a[0] += x[1] * 0.1
    k = 0
    while k < 2 and np.sin(a, out=a)[0] > 0.01:
        k += 1
        a[:] = a * x
    return a * x


def written_again_and_again(x: np.ndarray):
    a = np.outer(x, x) * 0.1
    np.dot(a, a, out=a)
    np.matmul(a, a.T, out=a)
    np.einsum("ij->ji", a, out=a)
    np.mean(a, axis=0, out=a[1])
    np.std(a, axis=1, out=a[:, 0])
    return a


def buffers_that_are_swapped(x: np.ndarray):
    a, u, v = 0.1 * x * x, np.empty(3), np.empty(3)
    for _ in range(3):
        np.multiply(a, x, out=u)
        np.sin(u, out=v)
        u, v = v, u
        np.add(a, u, out=a)
    return a * u


def mask_that_changes(x: np.ndarray):
    m = x > 1
    a = x * x
    np.exp(x, out=a, where=m)
    np.logical_not(m, out=m)
    a[m] *= 2
    return a


def part_of_what_was_written(x: np.ndarray):
    a = x * x
    np.add(a, 1, out=a)[0] = x[2]
    np.exp(a, out=a)[1:].fill(x[0])
    return a


def masks_select_copies(x: np.ndarray):
    a = x * x
    above = a > 0.5
    picked = a[above]
    picked[0] = x[2]
    a[above] *= 2
    a[~above] = picked.sum()
    return a * x


def rows_that_do_not_fit(A: np.ndarray, x: np.ndarray, n: int):
    """NumPy takes as many items as there are places, from the start again where there are too few."""
    B = A[:, :n] * 2.0
    np.fill_diagonal(B, x)
    C = A * A
    np.fill_diagonal(C, [x[0], x[1] ** 2])
    a = x * x
    np.put(a, [0, 2, 1], [x[1] ** 3, x[0]])
    np.put(a, [1], np.sin(x))
    b = x + 1.0
    np.put(b, 0, x[1:])
    np.put(b, np.array([2, 1]), x[:n])
    return B[:, :2] * C[:, :2], a * b


CASES = (
    Case(
        rows_that_do_not_fit,
        ((_A, _X, 2), (_A, _X, 3), (_A, _X, 1)),
        ("A", "x"),
        scalar=False,
    ),
    Case(out_of_a_method, ((_A,),), scalar=False),
    Case(out_of_reductions, ((_A,),), scalar=False),
    Case(reductions_and_scans_of_ufuncs, ((_A,),), scalar=False),
    Case(out_is_larger_than_the_operands, ((_X,),), scalar=False),
    Case(out_is_taken_twice, ((_X,),), scalar=False),
    Case(out_is_none, ((_X,),), scalar=False),
    Case(out_where_an_operand_is_zero, ((_X, _Y),), scalar=False),
    Case(views_as_out, ((_A,),), scalar=False),
    Case(out_in_a_loop, ((_A, _X),), scalar=False),
    Case(written_on_one_branch, ((_X,), (-_X,)), scalar=False),
    Case(copies_of_a_list, ((_X,),), scalar=False),
    Case(number_where_a_mask_is_true, ((_X,),), scalar=False),
    Case(mask_of_rows_copied, ((_A,),), scalar=False),
    Case(diagonal_that_is_wider, ((_B,),), scalar=False),
    Case(copies_and_no_copies, ((_X,),), scalar=False),
    Case(norms, ((_A, _X),), scalar=False),
    Case(solutions, ((_A, _X, _B),), scalar=False),
    Case(determinants, ((_A,),)),
    Case(stacks_of_systems, ((_A, _X, _B),), scalar=False),
    Case(products_of_kronecker, ((_A, _B),), scalar=False),
    Case(several_results_under_one_name, ((_X,),), scalar=False),
    Case(places_multiplied_in_turn, ((_X,),), scalar=False),
    Case(out_in_the_test_of_a_loop, ((_X,),), scalar=False),
    Case(written_again_and_again, ((_X,),), scalar=False),
    Case(buffers_that_are_swapped, ((_X,),), scalar=False),
    Case(mask_that_changes, ((_X,),), scalar=False),
    Case(part_of_what_was_written, ((_X,),), scalar=False),
    Case(masks_select_copies, ((_X,),), scalar=False),
)


def held_against_differences(case: Case, like: Any, *, simplified: bool) -> None:
    """Check the gradient and the tangent of a case."""
    for form, check in (("gradient", check_gradient), ("tangent", check_tangent)):
        function, _ = derived(
            case.function, case.variables, like=like, form=form, simplified=simplified
        )
        for args in case.inputs:
            check(case, args, function)


@pytest.mark.parametrize("simplified", [False, True], ids=["plain", "simplified"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_derivatives(case: Case, simplified: bool) -> None:
    held_against_differences(case, case.inputs[0], simplified=simplified)
    with contextlib.suppress(TransformError):
        held_against_differences(case, None, simplified=simplified)


def test_out_is_written_as_the_store_that_it_is() -> None:
    def product(x: np.ndarray, y: np.ndarray):
        a = np.zeros(len(x) + 1)
        np.multiply(x, y, out=a[1:])
        return a

    text = transform(product, like=(np.ones(3), np.ones(3)), form="tangent").source
    assert "    a[1:] = np.multiply(x, y)\n" in text
    assert "    d_a[1:] = y * d_x + x * d_y\n" in text
    assert "d_multiply_x = d_a[1:]\n" in transform(product, like=(np.ones(3), np.ones(3))).source


def order(x: np.ndarray):
    return np.linalg.norm(x[:, None], 2)


def other_order(x: np.ndarray):
    return np.linalg.norm(x, np.inf)


def parts_written_in_turn(x: np.ndarray):
    a = x * x
    np.concatenate((a[1:], a[:1]), out=a)
    return a


def resized(x: np.ndarray):
    a = x * x
    a.resize(2)
    return a


def partitioned(x: np.ndarray):
    a = x * x
    a.partition(1)
    return a


def several_outs(x: np.ndarray):
    a = x * x
    np.exp(x, out=(a,))
    return a


def unknown_copy(x: np.ndarray, copied: bool):
    return np.array(x * x, copy=copied)


def rows_put(A: np.ndarray):
    B = A * A
    np.put(B, [0, 4], A[0, 0])
    return B


def put_by_truth_values(x: np.ndarray):
    a = x * x
    np.put(a, [True, False], x[0])
    return a


def multiplied_by_truth_values(x: np.ndarray):
    a = x * x
    np.multiply.at(a, x > 0, x[0])
    return a


def masks_of_another_shape(A: np.ndarray):
    B = A * A
    np.multiply(A, A, out=B, where=A[0] > 0)
    return B


REFUSED = (
    (order, (_X,), "not for ord 2 of what isn't known to be a vector"),
    (other_order, (_X,), "a finite ord, and without ord, not for"),
    (parts_written_in_turn, (_X,), "np.concatenate has no derivative rule for the keyword 'out'"),
    (resized, (_X,), "the method a.resize has no derivative rule"),
    (partitioned, (_X,), "the method a.partition has no derivative rule"),
    (several_outs, (_X,), "np.exp is given a tuple as out"),
    (unknown_copy, (_X, True), "it isn't known whether np.array copies"),
    (rows_put, (_A,), "np.put is differentiated only where"),
    (put_by_truth_values, (_X,), "np.put is differentiated only where"),
    (multiplied_by_truth_values, (_X,), "ufunc.at is differentiated only where"),
    (masks_of_another_shape, (_A,), "np.multiply with where= is differentiated only where"),
)


@pytest.mark.parametrize(
    ("function", "like", "message"), REFUSED, ids=[entry[0].__name__ for entry in REFUSED]
)
def test_refusals(function: Any, like: tuple[Any, ...], message: str) -> None:
    for known in (like, None):
        with pytest.raises(TransformError) as caught:
            transform(function, like=known)
        assert message in str(caught.value)
