"""Lists of arrays that are written into, which get longer in front, between and behind, and are turned round."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np
import pytest

import s2sgrad
from s2sgrad.errors import TransformError
from s2sgrad.transform import derived


def put_between(x: np.ndarray):
    L = [x, np.tanh(x)]
    L.insert(1, x * 2)
    p = L[0]
    p[:-1] **= 2
    L[1][0] = p[1]
    return sum((a * a).sum() * (k + 1) for k, a in enumerate(L)) + x.sum()


def put_in_front_in_a_loop(x: np.ndarray):
    L = [x]
    for i in range(3):
        L.insert(0, L[-1] * x)
        L[0][i] = x[0]
    L.insert(7, x[1:])
    L[-1][0] *= 3
    return sum((a * a).sum() * (k + 1) for k, a in enumerate(L)) + x.sum()


def turned_round(x: np.ndarray):
    L = [x, x * x]
    M = L
    M.reverse()
    L[0][0] = L[1][1]
    M.insert(1, np.sin(x))
    L[1] *= x
    return (M[0] * L[1] * M[2]).sum()


def joined(x: np.ndarray):
    L = [x * 1.0]
    L.extend([x, x * x])
    L[1][0] = L[2][1] * 2
    L.reverse()
    y = L.pop(0)
    y *= L[0]
    L.insert(2, y)
    return (L[0] * L[1] * L[2]).sum() + y.sum()


def a_view_put_in_front(x: np.ndarray):
    L = []
    v = x[::-1]
    for k in range(2):
        L.insert(0, v)
        v[k] = v[k] * x[2]
        if x[0] > 10:
            break
    L[0][1] += L[1][2] ** 2
    return (L[0] * L[1]).sum() * x[0]


def given(x: np.ndarray, P: list):
    P[-1] = np.tanh(P[0]) * x
    P.insert(0, x - P[-1])
    P[0][0] = P[1][1]
    P.reverse()
    P[0] *= x
    return (P[0] * P[1] * P[2]).sum()


def given_and_joined(x: np.ndarray, P: list):
    Q = [x]
    P.extend(Q)
    x[0] = P[0][1] * x[1]
    P[2] *= 2
    for a in P:
        a *= x.sum()  # noqa: PLW2901
    return (P[0] * P[1] * P[2]).sum() + Q[0].sum()


def one_array_twice(x: np.ndarray):
    L = [x * 2, x]
    L.insert(2, L[0])
    L[2][0] = x[1]
    L[1] = L[0] * x
    L[0] *= x
    return (L[0] * L[1] * L[2]).sum()


def lists_of_lists(x: np.ndarray):
    L = [[x], [x * x]]
    L[0].insert(0, x * 3)
    x *= x
    L.reverse()
    return (L[1][0] * L[1][1] * L[0][0]).sum()


def by_itself(x: np.ndarray):
    L = [x]
    L.extend(L)
    L[0][0] = L[1][1] * x[2]
    return sum((a * a).sum() for a in L)


def by_another_name_of_it(x: np.ndarray):
    L = [x, x * 2]
    M = L
    L.extend(M)
    M[1][0] *= L[2][1]
    return sum((a * a).sum() for a in L)


def by_a_tuple(x: np.ndarray):
    L = [x]
    t = (x * 2, np.sin(x))
    L.extend(t)
    L[1][0] = x[1]
    x[2] = t[0][0]
    return sum((a * a).sum() for a in L)


def longer_by_another_name(x: np.ndarray):
    L = [x]
    M = L
    L += [x * 2]
    M[1][0] = x[1]
    x[2] = M[1][0] ** 2
    return sum((a * a).sum() for a in L)


def put(L, v, k):
    L.insert(0, v)
    L[-1][k] = v[0] * 2
    L.reverse()


def in_a_helper(x: np.ndarray):
    L = [x, x * x]
    for k in range(3):
        if x[0] * k < 0.8:
            put(L, L[0] * x[1], k)
        else:
            L.extend([x[:]])
    L[0] *= 2
    return sum((a * a).sum() * (i + 1) for i, a in enumerate(L))


def in_a_while(x: np.ndarray):
    L = [x]
    while len(L) < 4:
        L.insert(1, L[-1] * x)
        L[1][0] = L[0][1]
        if len(L) == 3:
            continue
        L.reverse()
    return sum((a * a).sum() * (i + 1) for i, a in enumerate(L))


def given_under_two_names(x: np.ndarray, P: list):
    Q = P
    Q.insert(1, P[0])
    P[1][0] = x[0]
    P.pop(0)
    Q[0] *= x
    return sum((a * a).sum() * (i + 1) for i, a in enumerate(P))


def replaced_as_a_whole(x: np.ndarray, P: list):
    P.insert(0, x)
    P.insert(0, x * x)
    for k, a in enumerate(P):
        a[k % 3] = P[0][1]
    P.reverse()
    P[:] = P
    return sum((a * a).sum() * (i + 1) for i, a in enumerate(P))


def given_in_a_loop(x: np.ndarray, P: list):
    for k in range(2):
        P.reverse()
        P[0][k] = x[k]
        P.insert(1, P[0][::-1])
        P[1][0] *= 3
    return sum((a * a).sum() * (i + 1) for i, a in enumerate(P))


RIGHT = [
    put_between,
    put_in_front_in_a_loop,
    turned_round,
    joined,
    a_view_put_in_front,
    given,
    given_and_joined,
    one_array_twice,
    by_a_tuple,
    longer_by_another_name,
    in_a_while,
    given_under_two_names,
    given_in_a_loop,
]
REFUSED = [lists_of_lists, by_itself, by_another_name_of_it, in_a_helper, replaced_as_a_whole]


def arguments(function: Any) -> tuple[Any, ...]:
    given = (np.array([0.7, -0.4, 1.2]), [np.array([0.5, 0.3, 0.9]), np.array([1.0, 0.2, -0.6])])
    return given[: function.__code__.co_argcount]


@pytest.mark.parametrize("function", RIGHT, ids=lambda f: f.__name__)
def test_agrees_with_differences(function: Any) -> None:
    args = arguments(function)
    before = copy.deepcopy(args)
    s2sgrad.check_grads(function, args)
    found = [
        derived(function, 0, like=args, simplified=simplified)[0](*args)
        for simplified in (False, True)
    ]
    np.testing.assert_allclose(*found)
    np.testing.assert_equal(args, before)


@pytest.mark.parametrize("function", REFUSED, ids=lambda f: f.__name__)
def test_what_is_not_followed_is_refused(function: Any) -> None:
    with pytest.raises(TransformError):
        s2sgrad.transform(function, 0, like=arguments(function))
