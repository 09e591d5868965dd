"""`grad` and its like by dicts, dataclasses, tuples and paths into them, at calls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pytest

import s2sgrad


@dataclass
class Weights:
    w: np.ndarray
    b: float


class Pair(NamedTuple):
    w: Any
    b: float


def by_keys(p, x):  # type: ignore[no-untyped-def]
    return np.sum(p["w"] * x) + p["b"] ** 2


def by_attributes(p, x):  # type: ignore[no-untyped-def]
    return np.sum(p.w * x) + p.b**2


X = np.array([1.0, 2.0])
GIVEN: list[tuple[Any, Any]] = [
    (by_keys, {"w": np.ones(2), "b": 2.0}),
    (by_keys, {"b": 2.0, "w": np.ones(2)}),
    (by_attributes, Weights(np.ones(2), 2.0)),
    (by_attributes, Pair(np.ones(2), 2.0)),
]


@pytest.mark.parametrize(("function", "p"), GIVEN, ids=["dict", "dict again", "class", "tuple"])
def test_by_an_object(function: Any, p: Any) -> None:
    found = s2sgrad.grad(function)(p, X)
    value, also = s2sgrad.value_and_grad(function)(p, X)
    assert value == 7.0
    for d in (found, also):
        assert type(d) is type(p)
        parts = d if isinstance(d, dict) else {"w": d.w, "b": d.b}
        np.testing.assert_array_equal(parts["w"], X)
        assert parts["b"] == 4.0
    if isinstance(p, dict):
        assert list(found) == list(p)
    s2sgrad.check_grads(function, (p, X))
    assert s2sgrad.jvp(function, (p, X), (p, None)) == (7.0, 11.0)


def test_second_order_by_a_dict() -> None:
    s2sgrad.check_grads(by_keys, ({"w": np.ones(2), "b": 2.0}, X), order=2)


def test_by_a_path() -> None:
    p = {"w": np.ones(2), "b": 2.0}
    np.testing.assert_array_equal(s2sgrad.grad(by_keys, "p['w']")(p, X), X)
    value, (d_b, d_x) = s2sgrad.value_and_grad(by_keys, ("p['b']", "x"))(p, X)
    assert (value, d_b) == (7.0, 4.0)
    np.testing.assert_array_equal(d_x, np.ones(2))


class Model:
    def __init__(self) -> None:
        self.w = np.array([1.0, 3.0])

    def loss(self, x):  # type: ignore[no-untyped-def]
        return np.sum(self.w**2 * x)


def test_by_an_attribute_of_a_method() -> None:
    np.testing.assert_array_equal(s2sgrad.grad(Model().loss, "self.w")(X), [2.0, 12.0])


def layers(p, x):  # type: ignore[no-untyped-def]
    for k in range(p["depth"]):
        x = np.tanh(x * p[f"w{k}"])
    return np.sum(x)


@pytest.mark.parametrize("wrt", [0, 1])
def test_other_keys_and_numbers_are_other_functions(wrt: int) -> None:
    """What was made for one dict isn't taken for another."""
    derivative = s2sgrad.grad(layers, wrt)
    for p in (
        {"depth": 1, "w0": 0.3},
        {"depth": 2, "w0": 0.3, "w1": -0.7},
        {"depth": 1, "w0": 0.3, "w1": -0.7},
        {"depth": 1, "w0": 0.3},
        {"w1": 1.0, "w0": 0.3, "depth": 2},
    ):
        found = derivative(p, X)
        if wrt == 1:
            expected = s2sgrad.central_difference(lambda x: layers(p, x), X)  # noqa: B023
            np.testing.assert_allclose(found, expected, rtol=1e-6)
            continue
        assert list(found) == list(p)
        assert found["depth"] is None
        for key in set(p) - {"depth"}:
            expected = s2sgrad.central_difference(lambda t: layers({**p, key: t}, X), p[key])  # noqa: B023
            assert found[key] == pytest.approx(expected, rel=1e-6)


def nested(p):  # type: ignore[no-untyped-def]
    return p[0] * p[1][0]


def pairs(p):  # type: ignore[no-untyped-def]
    return sum(a * b for a, b in p)


def indexed(p):  # type: ignore[no-untyped-def]
    total = 0.0
    for k in range(len(p)):
        total += p[k] ** k
    return total


@pytest.mark.parametrize(
    ("function", "p", "expected"),
    [
        (nested, (2.0, (3.0, 4.0)), (3.0, (2.0, 0.0))),
        (pairs, [(1.0, 2.0), (3.0, 4.0)], [(2.0, 1.0), (4.0, 3.0)]),
        (pairs, ((1.0, 2.0), (3.0, 4.0)), ((2.0, 1.0), (4.0, 3.0))),
        (pairs, [[1.0, 2.0], [3.0, 4.0]], [[2.0, 1.0], [4.0, 3.0]]),
        (indexed, (1.0, 2.0, 3.0), (0.0, 1.0, 6.0)),
        (indexed, [1.0, 2.0, 3.0], [0.0, 1.0, 6.0]),
    ],
)
def test_tuples_come_back_as_tuples(function: Any, p: Any, expected: Any) -> None:
    """They were lists; lists stay lists."""
    assert s2sgrad.grad(function)(p) == expected
    assert s2sgrad.value_and_grad(function)(p)[1] == expected
    assert s2sgrad.transform(function, like=(p,))(p) == expected
    s2sgrad.check_grads(function, (p,))


def unpacked(p):  # type: ignore[no-untyped-def]
    a, b = p
    return a * b


@pytest.mark.parametrize(
    ("function", "p", "expected"),
    [
        (nested, (2, (3.0, 4)), (None, (2.0, None))),
        (nested, (2.0, (3, 4)), (3.0, None)),
        (pairs, [(1, 2.0), (3, 4.0)], [(None, 1.0), (None, 3.0)]),
        (pairs, [(1, 2.0), (3.0, 4.0)], [(2.0, 1.0), (4.0, 3.0)]),
        (pairs, ((1, 2.0), (3.0, 4)), ((None, 1.0), (4.0, None))),
        (unpacked, (2, 5.0), (None, 2.0)),
        (unpacked, (np.array([1, 2]), 5.0), (None, 3.0)),
    ],
)
def test_what_is_no_real_number_in_a_tuple(function: Any, p: Any, expected: Any) -> None:
    """It has None for its derivative, as in a dict, and not zero; grad makes real numbers of whole ones first."""
    made = s2sgrad.transform(function, like=(p,))
    assert made(p, np.ones_like(function(p))) == expected


def test_what_is_in_a_dict_is_looked_at() -> None:
    with pytest.raises(TypeError, match=r"p\['w'\] is a matrix"):
        s2sgrad.grad(by_keys)({"w": np.ones((1, 2)).view(np.matrix), "b": 1.0}, X)
    with pytest.raises(TypeError, match="the argument p is a dict, which has no derivative"):
        s2sgrad.grad(by_keys)({"w": 1, "b": 2}, X)
