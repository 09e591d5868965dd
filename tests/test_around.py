"""What lies around a function, and is changed while it runs by functions that it calls: right, or refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from s2sgrad.errors import TransformError
from s2sgrad.transform import derived
from tests import state_around
from tests.state_around import bump, tot

STATE, L, D = np.zeros(3), [0.0], {"a": 0.0}
K = 2.0


class Holder:
    k = 1.5


G = Holder()


class Writer:
    def __call__(self, v):
        STATE[0] = v
        return v

    def put(self, v):
        STATE[1] = v


w = Writer()


def started() -> None:
    """What is around as it is in the beginning."""
    global K  # noqa: PLW0603
    STATE[:] = state_around.A[:] = [1.0, 2.0, 3.0]
    L[:] = [1.0, 2.0]
    D["a"] = 1.0
    G.k = 1.5
    K = 2.0


def rd():
    return STATE.sum()


def rl():
    return sum(L)


def rk():
    return G.k


def wr(v):
    STATE[0] = v


def wr2(v):
    wr(v + 1)


def wl(v):
    L.append(v)


def wk(v):
    G.k = v


def wra(v):
    r = STATE[1] * v
    STATE[1] = 8.0
    return r


def gl():
    global K  # noqa: PLW0603
    K = K + 1.0


def inner(v):
    wr(8.0)
    return v * STATE[1]


def gen():
    yield 1.0
    STATE[0] = 6.0
    yield 2.0


def read_by_a_function_then_stored(s: float, y: np.ndarray, n: int):
    a = s * rd()
    STATE[0] = 9.0
    return a


def read_by_a_function_then_written_by_one(s: float, y: np.ndarray, n: int):
    a = s * rd()
    wr(9.0)
    return a


def an_item_then_written_two_calls_away(s: float, y: np.ndarray, n: int):
    a = s * STATE[0]
    wr2(9.0)
    return a


def list_read_by_a_function_then_appended(s: float, y: np.ndarray, n: int):
    a = s * rl()
    wl(3.0)
    return a * rl()


def list_then_appended(s: float, y: np.ndarray, n: int):
    a = s * L[0] * len(L)
    wl(3.0)
    return a * len(L)


def attribute_then_written(s: float, y: np.ndarray, n: int):
    a = s * G.k
    wk(3.0)
    return a * G.k


def read_by_a_function_in_a_loop(s: float, y: np.ndarray, n: int):
    t = 0.0
    for k in range(n):
        t = t + s * s * rd()
        wr(k + 4.0)
    return t


def attribute_then_assigned(s: float, y: np.ndarray, n: int):
    a = s * G.k
    G.k = 5.0
    return a * G.k


def attribute_read_by_a_function_then_assigned(s: float, y: np.ndarray, n: int):
    a = s * rk()
    G.k = 5.0
    return a * rk()


def of_its_own_read_and_written(s: float, y: np.ndarray, n: int):
    def loc():
        return y.sum()

    def chg(v):
        y[0] = v

    a = s * loc()
    chg(5.0)
    return a * loc()


def variable_of_its_own_is_written(s: float, y: np.ndarray, n: int):
    t = 1.0

    def chg(v):
        nonlocal t
        t = v

    a = s * t
    chg(5.0)
    return a * t


def written_where_a_derivative_passes(s: float, y: np.ndarray, n: int):
    a = s * STATE
    b = wra(s)
    return a * b * STATE


def item_of_another_module(s: float, y: np.ndarray, n: int):
    a = s * state_around.A[0]
    bump()
    return a * tot()


def object_is_called(s: float, y: np.ndarray, n: int):
    a = s * STATE[0]
    w(4.0)
    return a


def method_writes(s: float, y: np.ndarray, n: int):
    a = s * STATE
    w.put(4.0)
    return a


def copied_into(s: float, y: np.ndarray, n: int):
    a = s * STATE
    np.copyto(STATE, y)
    return a


def sorted_in_place(s: float, y: np.ndarray, n: int):
    a = s * STATE
    STATE.sort()
    return a


def filled(s: float, y: np.ndarray, n: int):
    a = s * STATE
    STATE.fill(3.0)
    return a


def written_in_an_expression(s: float, y: np.ndarray, n: int):
    a = s * STATE[0]
    v = wr(3.0) or STATE[0]
    return a * v


def written_before(s: float, y: np.ndarray, n: int):
    wr(3.0)
    return (s * STATE).sum()


def written_by_a_generator(s: float, y: np.ndarray, n: int):
    t = 0.0
    for v in gen():
        t = t + s * s * v * STATE[0]
    return t


def copied_before(s: float, y: np.ndarray, n: int):
    q = STATE.copy()
    wr(3.0)
    return (s * q).sum() + s * STATE[0]


def array_then_written_two_calls_away(s: float, y: np.ndarray, n: int):
    a = s * STATE
    wr2(9.0)
    return a


def array_under_another_name(s: float, y: np.ndarray, n: int):
    z = STATE
    a = s * z
    wr(3.0)
    return a * z


def array_in_a_loop(s: float, y: np.ndarray, n: int):
    t = np.zeros(3)
    for k in range(n):
        t = t + s * s * STATE
        wr(k + 4.0)
    return t


def array_of_another_module(s: float, y: np.ndarray, n: int):
    a = s * state_around.A
    state_around.bump()
    return a


def variable_of_the_module(s: float, y: np.ndarray, n: int):
    a = s * K
    gl()
    return a * K


def written_by_what_a_function_calls(s: float, y: np.ndarray, n: int):
    a = s * STATE
    b = inner(s)
    return a * b


def written_in_a_map(s: float, y: np.ndarray, n: int):
    a = s * STATE
    list(map(wr, [4.0, 5.0]))
    return a


def written_in_a_comprehension(s: float, y: np.ndarray, n: int):
    a = s * STATE
    [wr(k) for k in range(3)]
    return a


def shuffled(s: float, y: np.ndarray, n: int):
    a = s * STATE
    np.random.shuffle(STATE)  # noqa: NPY002
    return a


def written_in_a_branch(s: float, y: np.ndarray, n: int):
    if n > 1:
        wr(3.0)
    a = s * STATE
    if n > 1:
        wr(2.0)
    return a


def given_out():
    return STATE


def part_given_out():
    return given_out()[1:]


def state_and_number():
    return STATE, 2.0


def what_is_returned_is_written(s: float, y: np.ndarray, n: int):
    h = given_out()
    h[0] = 5.0
    return s * STATE[0]


def what_was_returned_is_written(s: float, y: np.ndarray, n: int):
    h = part_given_out()
    a = s * h[0]
    STATE[1] = 5.0
    return a * h[0]


def what_was_returned_is_written_by_a_function(s: float, y: np.ndarray, n: int):
    h, c = state_and_number()
    a = s * h * c
    wr(5.0)
    return a * h


def what_is_returned_is_read(s: float, y: np.ndarray, n: int):
    return s * given_out()[0] * part_given_out().sum()


def what_is_returned_is_copied(s: float, y: np.ndarray, n: int):
    h = given_out() * 1.0
    h[0] = 5.0
    return s * h * STATE


class Kept:
    held = STATE

    def __init__(self, held):
        self.held = held


KEPT, SHELF = Kept(STATE), {"a": [STATE]}


def kept_sum():
    return KEPT.held.sum()


def read_in_an_object(s: float, y: np.ndarray, n: int):
    a = s * KEPT.held
    wr(7.0)
    return a


def read_in_a_dict(s: float, y: np.ndarray, n: int):
    a = s * SHELF["a"][0]
    wr(7.0)
    return a


def read_by_a_function_in_an_object(s: float, y: np.ndarray, n: int):
    a = s * kept_sum()
    wr(7.0)
    return a * kept_sum()


def written_in_an_object(s: float, y: np.ndarray, n: int):
    a = s * tot_of_state()
    write_kept(3.0)
    return a


def tot_of_state():
    return STATE.sum()


def write_kept(v):
    KEPT.held[1] = v


RIGHT = [
    read_by_a_function_in_an_object,
    written_in_an_object,
    what_is_returned_is_read,
    what_is_returned_is_copied,
    read_by_a_function_then_stored,
    read_by_a_function_then_written_by_one,
    an_item_then_written_two_calls_away,
    list_read_by_a_function_then_appended,
    list_then_appended,
    attribute_then_written,
    read_by_a_function_in_a_loop,
    attribute_then_assigned,
    attribute_read_by_a_function_then_assigned,
    of_its_own_read_and_written,
    variable_of_its_own_is_written,
    written_where_a_derivative_passes,
    item_of_another_module,
    object_is_called,
    method_writes,
    copied_into,
    sorted_in_place,
    filled,
    written_in_an_expression,
    written_before,
    written_by_a_generator,
    copied_before,
]
REFUSED = [
    read_in_an_object,
    read_in_a_dict,
    what_is_returned_is_written,
    what_was_returned_is_written,
    what_was_returned_is_written_by_a_function,
    array_then_written_two_calls_away,
    array_under_another_name,
    array_in_a_loop,
    array_of_another_module,
    variable_of_the_module,
    written_by_what_a_function_calls,
    written_in_a_map,
    written_in_a_comprehension,
    shuffled,
    written_in_a_branch,
]
S, Y = 0.7, np.array([0.4, -1.3, 0.8])


@pytest.mark.parametrize("simplified", [True, False])
@pytest.mark.parametrize("form", ["gradient", "tangent"])
@pytest.mark.parametrize("trips", [0, 1, 2])
@pytest.mark.parametrize("function", RIGHT, ids=lambda f: f.__name__)
def test_is_read_as_it_was(function: Any, form: str, trips: int, *, simplified: bool) -> None:
    def value(s: float) -> Any:
        started()
        return np.asarray(function(s, Y.copy(), trips))

    difference = (value(S + 1e-6) - value(S - 1e-6)) / 2e-6
    d_out = np.random.default_rng(3).normal(size=difference.shape)
    made, _ = derived(function, "s", like=(S, Y, 1), form=form, simplified=simplified)
    started()
    if form == "tangent":
        np.testing.assert_allclose(made(S, Y.copy(), trips, 1.0)[1], difference, rtol=1e-6)
    else:
        found = made(S, Y.copy(), trips, d_out=d_out[()])
        np.testing.assert_allclose(found, np.sum(d_out * difference), rtol=1e-6)


@pytest.mark.parametrize("function", REFUSED, ids=lambda f: f.__name__)
def test_what_the_derivative_needs_as_it_was_is_refused(function: Any) -> None:
    for like in (None, (S, Y, 1)):
        with pytest.raises(TransformError, match=r"may change what|outside of the function"):
            derived(function, "s", like=like)
