"""Objects that are given and written into, whatever their class does when they are made: right, or refused."""

from __future__ import annotations

import contextlib
import copy
import functools
import types
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pytest

import s2sgrad
from s2sgrad.errors import TransformError
from tests.given_object_programs import (
    REFUSED,
    RIGHT,
    Cell,
    Nested,
    by_a_property,
    in_order,
    number_of_the_class,
)
from tests.right_or_refused import check_right

POINTS = (0.3, 0.55, 0.9, 1.4)
"""They take different branches, and trips."""


@dataclass
class Pair:
    a: float
    w: np.ndarray


@dataclass
class Link:
    a: float
    other: Any = None


def cell() -> Cell:
    return Cell([1.0, 0.5, -0.3], 0.8)


def attributes(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: attributes(part) for key, part in value.items()}
    if hasattr(value, "__dict__"):
        return attributes(vars(value))
    return value.tolist() if isinstance(value, np.ndarray) else value


@pytest.mark.parametrize("case", RIGHT, ids=lambda case: case[0].__name__)
def test_agrees_with_differences(case: Any) -> None:
    function, *makers = case
    for x in POINTS:
        objects = [make() for make in makers]
        before = attributes(dict(enumerate(objects)))
        check_right((function, x, *objects))
        assert attributes(dict(enumerate(objects))) == before


@pytest.mark.filterwarnings("ignore:.*depend")
@pytest.mark.parametrize("case", RIGHT, ids=lambda case: case[0].__name__)
def test_second_order(case: Any) -> None:
    function, *makers = case
    objects = [make() for make in makers]
    if not isinstance(function(0.9, *[make() for make in makers]), float):
        pytest.skip("it returns several numbers")
    first = s2sgrad.transform(function, 0, like=(0.9, *objects))
    second = s2sgrad.transform(first, 0, like=(0.9, *objects, 1.0))
    low, high = (first(0.9 + h, *objects) for h in (-1e-6, 1e-6))
    assert second(0.9, *objects) == pytest.approx((high - low) / 2e-6, rel=1e-5, abs=1e-6)


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case[0].__name__)
@pytest.mark.parametrize("form", ["gradient", "tangent"])
def test_what_is_not_followed_is_refused(case: Any, form: str) -> None:
    function, *makers = case
    with pytest.raises(TransformError):
        s2sgrad.transform(function, 0, like=(0.9, *[make() for make in makers]), form=form)


def test_the_text_reads_the_parts() -> None:
    source = s2sgrad.transform(by_a_property, "x", like=(0.9, cell())).source
    assert "assert type(o) is Cell\n" in source
    assert "o_k" not in source


def test_one_differentiates_by_an_attribute() -> None:
    o = cell()
    found = s2sgrad.transform(in_order, ("x", "o.b"), like=(0.9, o))
    assert "with respect to x, o.b." in found.source
    d_x, d_b = found(0.9, o)
    assert d_x == s2sgrad.transform(in_order, "x", like=(0.9, o))(0.9, o)
    values = []
    for step in (-1e-6, 1e-6):
        other = cell()
        other.b += step
        values.append(in_order(0.9, other))
    assert d_b == pytest.approx((values[1] - values[0]) / 2e-6)


def test_an_object_with_a_number_that_its_class_has_is_another() -> None:
    def f(x: float, o: Cell):
        o.b = x * o.k
        return o.b

    found = s2sgrad.transform(f, "x", like=(0.9, cell()))
    assert found(2.0, cell()) == 0.7
    other = cell()
    other.k = 3.0
    with pytest.raises(AssertionError):
        found(2.0, other)
    assert s2sgrad.transform(number_of_the_class, "x", like=(0.9, other))(
        2.0, other
    ) == pytest.approx(2.1)


@dataclass
class Charged(Pair):
    q: float = 3.0


def by_isinstance(x: float, p: Pair):
    return x * p.a * (3.0 if isinstance(p, Charged) else 1.0)


def by_type(x: float, p: Pair):
    return x * p.a * (1.0 if type(p) is Pair else 3.0)


def by_hasattr(x: float, p: Pair):
    return x * p.a * (3.0 if hasattr(p, "q") else 1.0)


def by_getattr(x: float, p: Pair):
    return x * p.a * getattr(p, "q", 1.0)


@pytest.mark.parametrize("function", [by_isinstance, by_type, by_hasattr, by_getattr])
@pytest.mark.parametrize("told", [False, True])
def test_what_its_class_decides_is_asserted(function: Any, *, told: bool) -> None:
    pair, charged = Pair(0.8, np.ones(2)), Charged(0.8, np.ones(2))
    found = s2sgrad.transform(function, "x", like=(0.9, pair) if told else None)
    assert found(0.9, pair) == function(1.0, pair)
    with pytest.raises(AssertionError):
        found(0.9, charged)
    other = s2sgrad.transform(function, "x", like=(0.9, charged))
    assert other(0.9, charged) == function(1.0, charged) == pytest.approx(2.4)


@pytest.mark.parametrize("function", [by_hasattr, by_getattr])
def test_that_an_object_has_no_such_attribute_is_asserted(function: Any) -> None:
    found = s2sgrad.transform(function, "x", like=(0.9, Pair(0.8, np.ones(2))))
    other = Pair(0.8, np.ones(2))
    other.q = 3.0  # type: ignore[attr-defined]
    with pytest.raises(AssertionError):
        found(0.9, other)


class Spot(NamedTuple):
    a: float
    w: np.ndarray
    scale = 2.0  # type: ignore[misc]


class Blot(Spot):
    scale = 3.0  # type: ignore[misc]


def test_a_number_of_the_class_of_a_named_tuple() -> None:
    def f(x: float, p: Spot):
        return x * p.a * p.scale

    found = s2sgrad.transform(f, "x", like=(0.9, Spot(0.8, np.ones(2))))
    assert found(0.9, Spot(0.8, np.ones(2))) == pytest.approx(1.6)
    with pytest.raises(AssertionError):
        found(0.9, Blot(0.8, np.ones(2)))


@pytest.mark.parametrize("make", [cell, lambda: Pair(0.8, np.ones(2))])
def test_one_object_for_two_parameters(make: Any) -> None:
    def f(x: float, p, q):
        p.b = x
        return q.b * x

    def g(x: float, p: Pair, q: Pair):
        p.a = x
        return q.a * x

    function = f if make is cell else g
    one, other = make(), make()
    found = s2sgrad.transform(function, "x", like=(0.9, one, other))
    assert found(0.9, one, other) == 0.8
    with pytest.raises(AssertionError):
        found(0.9, one, one)
    with pytest.raises(TransformError):
        s2sgrad.transform(function, "x", like=(0.9, one, one))
    if make is cell:
        with pytest.raises(TransformError):
            s2sgrad.grad(f)(0.9, one, one)


def test_one_object_for_two_parameters_that_are_read() -> None:
    def f(x: float, p: Pair, q: Pair):
        return p.a * x + q.w.sum() * x

    one = Pair(0.8, np.ones(2))
    assert s2sgrad.transform(f, "x", like=(0.9, one, one))(0.9, one, one) == 2.8


def test_arrays_of_an_object_that_overlap() -> None:
    def f(x: float, o: Cell):
        o.w[0] = x
        return o.v.sum() * x

    def g(x: float, o: Cell):
        o.b = x
        return o.v.sum() * o.w.sum() * o.b

    o = cell()
    o.v = o.w[:2]
    with pytest.raises(TransformError, match=r"memory that o\.w and o\.v share in the example"):
        s2sgrad.transform(f, "x", like=(0.9, o))
    check_right((g, 0.9, o))
    apart = copy.deepcopy(o)
    apart.v = o.w[:2].copy()
    found = s2sgrad.transform(f, "x", like=(0.9, apart))
    assert "o.w and o.v must not overlap." in found.source
    check_right((f, 0.9, apart))
    gradient = s2sgrad.grad(f)
    assert gradient(0.9, apart) == found(0.9, apart)
    with pytest.raises(TypeError, match="share memory"):
        gradient(0.9, o)


@pytest.mark.parametrize("way", ["attribute", "list", "method", "function"])
def test_what_is_reached_otherwise_isnt_taken_in_parts(way: str) -> None:
    def by_an_attribute(x: float, p: Link):
        p.a = x
        return p.other.a * x

    def by_a_list(x: float, p: Link, others: list):
        p.a = x
        return others[0].a * x

    def by_a_call(x: float, o: Cell, call):
        o.b = x
        return call(2.0) * x

    link, o = Link(0.8), cell()
    link.other = link
    function, *args = {
        "attribute": (by_an_attribute, link),
        "list": (by_a_list, Link(0.8), [link]),
        "method": (by_a_call, o, o.step),
        "function": (by_a_call, o, lambda v: o.b),
    }[way]
    if way == "list":
        args[1][0] = args[0]
    with pytest.raises(TransformError):
        s2sgrad.transform(function, "x", like=(0.9, *args))


def test_texts_of_other_objects_are_made_anew() -> None:
    def f(x: float, o: Cell):
        o.w *= x
        return o.w.sum()

    gradient = s2sgrad.grad(f)
    assert gradient(2.0, cell()) == pytest.approx(1.2)
    assert gradient(2.0, Cell([[1.0, 2.0]], 1.0)) == 3.0
    other = Nested([1.0, 2.0], 1.0, cell())
    assert gradient(2.0, other) == 3.0


def test_an_attribute_of_what_is_fixed_and_shares_memory() -> None:
    """A value that is put into a list may be an attribute of an object, as far as is known without an example."""

    def f(x: float, o, d_out=1.0):
        b, c = o.b, o.c
        assert np.ndim(c) == 0
        saved = []
        for _ in range(3):
            saved.append(b)
            b = b * x
        total = 0.0
        for _ in range(3):
            b = saved.pop()
            total += b * d_out
        return total

    o = cell()
    check_right((f, 0.9, o))
    with pytest.raises(TransformError):
        s2sgrad.transform(f, "x")


class Teller:
    def each(self):
        for k in range(2):
            print(k)  # noqa: T201
            yield k


def test_what_a_method_prints_while_it_gives_items_is_not_lost() -> None:
    def f(o: Teller, s: float):
        items = o.each()
        _, _ = items
        return 2 * s

    for like in (None, (Teller(), 0.7)):
        with pytest.raises(TransformError, match="beside giving items"):
            s2sgrad.transform(f, "s", like=like)


class Square:
    """A descriptor that says what it reads of the object."""

    def __get__(self, instance, owner=None):
        return instance.v**2


class Decorated:
    def __init__(self, function):
        self.function = function

    def __call__(self, *args):
        return self.function(*args)

    def __get__(self, instance, owner):
        return types.MethodType(self, instance)


class Doubled:
    def __get__(self, instance, owner=None):
        return instance.v * 2.0

    def __set__(self, instance, value):
        instance.v = value


class Computing:
    def __init__(self, v):
        self.v = v

    @functools.cached_property
    def kept(self):
        return self.v**2

    @functools.lru_cache  # noqa: B019  as people write it
    def cached(self):
        return self.v**2

    @Decorated
    def decorated(self):
        return self.v**2

    @property
    def plain(self):
        return self.v**2

    square = Square()
    doubled = Doubled()


def of_a_kept_property(p, s):
    return p.kept * s


def of_a_descriptor(p, s):
    return p.square * s


def of_a_descriptor_that_is_set(p, s):
    return p.doubled * s


def of_a_cached_method(p, s):
    return p.cached() * s


def of_a_decorated_method(p, s):
    return p.decorated() * s


def of_a_property(p, s):
    return p.plain * s


COMPUTED = (
    of_a_kept_property, of_a_descriptor, of_a_descriptor_that_is_set, of_a_cached_method, of_a_decorated_method,
)  # fmt: skip


@pytest.mark.parametrize("form", ["gradient", "tangent"])
@pytest.mark.parametrize("function", COMPUTED)
@pytest.mark.parametrize("asked", [False, True], ids=["new", "asked before"])
def test_attributes_that_a_class_computes(function: Any, form: str, asked: bool) -> None:
    given = Computing(2.0)
    if asked:
        function(given, 3.0)
    with pytest.raises(TransformError, match="isn't differentiated"):
        s2sgrad.transform(function, "p.v", like=(given, 3.0), form=form)
    value = function(Computing(2.0), 1.0)
    with contextlib.suppress(TransformError):
        assert s2sgrad.transform(function, "s", like=(given, 3.0))(Computing(2.0), 3.0) == value


def test_a_property_of_the_same_object() -> None:
    assert s2sgrad.grad(of_a_property, "p.v")(Computing(2.0), 3.0) == 12.0


def kept(p, s):
    """A function of the name of a property isn't it, and nothing is computed for its sake."""
    return p.v * s


def test_nothing_is_asked_of_an_object_that_has_the_function_s_name() -> None:
    given = Computing(2.0)
    assert s2sgrad.grad(kept, "p.v")(given, 3.0) == 3.0
    assert "kept" not in vars(given)
