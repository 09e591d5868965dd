"""Lists in dicts, objects and tuples that are given are differentiated by, and so is what is given beside them."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

import s2sgrad
from s2sgrad.errors import TransformError
from tests.fuzz.program import Program
from tests.fuzz.verdicts import ALL_WAYS, Way, checked
from tests.given_container_programs import PROGRAMS

WRITTEN = ("stored_into_an_item", "an_item_replaced", "added_to_it", "under_another_name")
"""What is refused where a list in something that is given is written into."""

X = np.array([0.3, -0.7])


def way(title: str) -> Way:
    """One of the ways with examples, another one for each program."""
    return random.Random(title).choice([way for way in ALL_WAYS if way.like])


@pytest.mark.parametrize("title", PROGRAMS)
def test_right_or_refused(title: str) -> None:
    (verdict,) = checked(PROGRAMS[title], (way(title),))
    written = title.startswith(WRITTEN) or title == "changed_in_a_loop_tuple"
    assert verdict.kind in ({"right", "refused"} if written else {"right"}), verdict


@dataclass
class Net:
    W: list[np.ndarray]
    b: npt.NDArray[np.float64]
    c: tuple[float, float]
    n: int


@dataclass
class Perhaps:
    a: float
    c: float | None = None


def through(net: Net, x: np.ndarray):
    for layer in net.W:
        x = np.tanh(layer @ x)
    return np.sum(x * net.b) + net.c[0] * net.c[1] * net.n


def test_annotations_say_that_lists_are_differentiated_by() -> None:
    net = Net([np.eye(2), np.ones((2, 2))], np.ones(2), (1.0, 2.0), 3)

    def with_first(first: np.ndarray):
        return through(Net([first, net.W[1]], net.b, net.c, 3), X)

    def with_b(b: np.ndarray):
        return through(Net(net.W, b, net.c, 3), X)

    told = s2sgrad.transform(through, like=(net, X))(net, X)
    read = s2sgrad.transform(through)(net, X)
    for slopes, d_x in (told, read):  # by x, too
        near = s2sgrad.central_difference(lambda x: through(net, x), X)
        np.testing.assert_allclose(d_x, near, rtol=1e-6)
        np.testing.assert_allclose(slopes.b, s2sgrad.central_difference(with_b, net.b), rtol=1e-6)
        near = s2sgrad.central_difference(with_first, net.W[0])
        np.testing.assert_allclose(slopes.W[0], near, rtol=1e-6)
        assert slopes.c == pytest.approx((6.0, 3.0))
        assert slopes.n is None


def test_a_part_that_may_be_none_is_not_left_out() -> None:
    def f(p: Perhaps, x: float):
        return p.a * x * p.c

    with pytest.raises(
        TransformError, match=r"it isn't known whether p\.c, on which the result depends"
    ):
        s2sgrad.transform(f)
    with pytest.raises(TransformError, match=r"differentiate by p\.c itself"):
        s2sgrad.transform(f, wrt="p")
    assert s2sgrad.transform(f, wrt="x")(Perhaps(2.0, 3.0), 1.0) == 6.0
    found = s2sgrad.transform(f, like=(Perhaps(2.0, 3.0), 0.5))(Perhaps(2.0, 3.0), 0.5)
    assert found == (Perhaps(1.5, 1.0), 6.0)


@pytest.mark.parametrize(
    ("like", "names"),
    [
        (({"a": 2.0}, 3.0, "n"), "d, x"),
        ({"d": {"a": 2.0}}, "d, x"),
        (({"a": 2.0}, [3.0], "n"), "d, x"),
        (({"a": [2.0]}, 3.0, "n"), "d, x"),
        (({"a": 2}, 3.0, "n"), "x"),
    ],
)
def test_what_is_differentiated_by_if_nothing_is_said(like: Any, names: str) -> None:
    def f(d, x, how):
        return np.sum(d["a"]) * np.sum(x) if how == "n" else 0.0

    text = s2sgrad.transform(f, like=like).source
    assert f"with respect to {names}." in text


def test_nothing_to_differentiate_by() -> None:
    def f(d):
        return np.sum(d["n"]) * 1.0

    for wrt in ("d", ("d",)):
        with pytest.raises(TransformError, match="d isn't, and has no part that is, a real number"):
            s2sgrad.transform(f, wrt=wrt, like=({"n": [1, 2]},))
    with pytest.raises(TransformError, match="f has no parameter that is a real number"):
        s2sgrad.transform(f, like=({"n": 3},))


MIXED = Program(
    """
def f(x, n):
    kept = [[x, x * 2, x * 3]]
    for _ in range(n):
        kept.append(x[0])
    total = 0.0
    for v in kept[0][1:]:
        total = total + np.sum(v) * kept[1]
    return total
""",
    (("np.array([0.3, 0.8])", "2"),),
    ("x", "n"),
    ("x",),
)


def test_slices_of_what_may_be_a_list() -> None:
    """A derivative that is a list isn't added to as an array is."""
    assert {verdict.kind for verdict in checked(MIXED)} == {"refused"}


UNLIKE = Program(
    """
def f(x, p):
    h = x
    for layer in p[0][1:]:
        h = layer @ h
    return h * p[1][0] * p[2]
""",
    (("np.ones(2)", "[[np.eye(2), np.ones((2, 2)) * 0.4], [0.3, 2.0], 0.7]"),),
    ("x", "p"),
    ("x", "p"),
)


def test_a_list_of_unlike_items_that_is_given() -> None:
    assert {v.kind for v in checked(UNLIKE, tuple(w for w in ALL_WAYS if w.like))} == {"right"}


@pytest.mark.parametrize(
    ("argument", "read", "still", "found"),
    [
        ({"w": [1, 2], "s": 2.0}, r"p\['w'\]\[0\]", {"w": [0, 0], "s": 1.0}, (6.0, 3.0)),
        ({"w": [1.5], "s": 2}, r"p\['s'\]", {"w": [1.0], "s": None}, (3.0, 2.0)),
    ],
)
def test_tangents_of_what_has_no_derivative(argument, read: str, still, found) -> None:
    def f(p):
        return sum(p["w"]) * p["s"]

    moving = {"w": [1.0] * len(argument["w"]), "s": 1.0}
    with pytest.raises(TypeError, match=f"jvp: {read} is an int, which has no derivative"):
        s2sgrad.jvp(f, (argument,), (moving,))
    assert s2sgrad.jvp(f, (argument,), (still,)) == found


def test_lists_without_items_and_whole_numbers_beside_others() -> None:
    def f(p):
        total = 0.0
        for v in p["w"]:
            total = total + v * v
        return total + p["s"]

    assert s2sgrad.grad(f)({"w": [], "s": 1.0}) == {"w": [], "s": 1.0}
    assert s2sgrad.grad(f)({"w": (), "s": 1.0}) == {"w": None, "s": 1.0}
    assert s2sgrad.grad(f)({"w": [2, 0.5], "s": 1.0}) == {"w": [4.0, 1.0], "s": 1.0}
    assert s2sgrad.jvp(f, ({"w": [2, 0.5], "s": 1.0},), ({"w": [1.0, 1.0], "s": 1.0},)) == (
        5.25,
        6.0,
    )
