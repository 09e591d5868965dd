"""Functions that end by calling themselves in branches, and with other arguments: right, or refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.in_every_way import check_every_way, check_refused_saying

X = np.array([0.5, 0.7, 0.4])
TWO = 2.0


def in_an_else(u, v, k):
    if k > 0:
        u[0] *= v[1]
        in_an_else(v, u, k - 1)
    else:
        u[0] += v[2]


def without_an_else(u, v, k):
    if k > 0:
        u[0] *= v[1] + 1.0
        without_an_else(v, u, k - 1)


def pass_only(u, v, k):
    if k > 0:
        u[0] *= v[1] + 1.0
        pass_only(v, u, k - 1)
    else:
        pass


def while_large(u, v):
    if u[0] < 0.9:
        return v
    u[0] *= 0.5
    v[1] += u[0]
    return while_large(u, v)


def while_large_alone(u):
    if u[0] < 0.9:
        return u
    u[0] *= 0.5
    return while_large_alone(u)


def in_a_branch(u, v, k):
    if k <= 0:
        return u
    if k == 2:
        return in_a_branch(*[v, u], k - 1)
    v[0] = u[1] * 2
    return in_a_branch(u, v, k - 1)


def by_a_dict(u, v, k):
    if k <= 0:
        return u
    v[0] = u[1] * 2
    named = {"k": k - 1}
    return by_a_dict(u, v, **named)


def again(u, v, k, w=2.0):
    if k <= 0:
        return u
    v[0] = u[1] * w
    return again(v, u, k - 1)


def again_by_a_name(u, v, k, w=TWO):
    if k <= 0:
        return u
    v[0] = u[1] * w
    return again_by_a_name(v, u, k - 1)


def with_results(u, k):  # noqa: RET503
    if k <= 0:
        return 3.0
    u[0] *= 2.0
    with_results(u[::-1], k - 1)


def first_given_a_name(u, k):  # noqa: RET503
    if k > 0:
        u[0] *= 2.0
        return first_given_a_name(u[::-1], k - 1)
    u[1] = u[0] * u[2]


def by_keywords(u, v, k):
    if k <= 0:
        return u
    v[0] = u[1] * 2
    return by_keywords(v=u, k=k - 1, u=v)


def last_is_written(x: np.ndarray, n: int):
    y = x * 2.0
    in_an_else(y, y[::-1], n)
    return y[0] * y[2]


def nothing_is_last(x: np.ndarray, n: int):
    y = x * 2.0
    without_an_else(y, y[::-1], n)
    return y[0] * y[2] * x[0]


def nothing_done(x: np.ndarray, n: int):
    y = x * 2.0
    pass_only(y, y[::-1], n)
    return y[0] * y[2] * x[0]


def with_the_same(x: np.ndarray, n: int):
    y = x * (n + 1.0) * 2
    z = while_large(y, y[::-1])
    z[1] = z[0]
    return y @ z


def with_the_same_one(x: np.ndarray, n: int):
    y = x * (n + 1.0) * 2
    z = while_large_alone(y)
    z[1] = z[0]
    return y @ z


def default_again(x: np.ndarray, n: int):
    y = x * 2.0
    z = again(y, y[::-1], n, x[0])
    z[1] = x[0]
    return y @ z


def result_not_returned(x: np.ndarray, n: int):
    y = x * 2.0
    none = with_results(y, 1 + n)
    return y.sum() if none is None else x[0]


def named(x: np.ndarray, n: int):
    y = x * 2.0
    first_given_a_name(y, n)
    return y @ x


def all_by_keywords(x: np.ndarray, n: int):
    y = x * 2.0
    z = by_keywords(y, y[::-1], n)
    z[1] = x[0]
    return y @ z


def given_by_a_star(x: np.ndarray, n: int):
    y = x * 2.0
    z = in_a_branch(y, y[::-1], n)
    z[1] = x[0]
    return y @ z


def given_by_a_dict(x: np.ndarray, n: int):
    y = x * 2.0
    z = by_a_dict(y, y[::-1], n)
    z[1] = x[0]
    return y @ z


def default_by_a_name(x: np.ndarray, n: int):
    y = x * 2.0
    z = again_by_a_name(y, y[::-1], n, x[0])
    z[1] = x[0]
    return y @ z


RIGHT = (
    last_is_written,
    nothing_is_last,
    nothing_done,
    with_the_same,
    with_the_same_one,
    default_again,
    result_not_returned,
    named,
    all_by_keywords,
)
REFUSED = (
    given_by_a_star,
    given_by_a_dict,
    default_by_a_name,
)


@pytest.mark.parametrize("function", RIGHT, ids=lambda f: f.__name__)
def test_is_right_in_every_way(function: Any) -> None:
    check_every_way(function, [(X, 1), (X, 0), (X, 2), (X, 3)])


@pytest.mark.parametrize("function", REFUSED, ids=lambda f: f.__name__)
def test_what_is_passed_is_not_plain(function: Any) -> None:
    check_refused_saying(function, (X, 2), "which shares memory with")
