"""Derivatives by attributes of the object that a method is called on: `wrt="self.W1"`."""

from __future__ import annotations

import copy
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import s2sgrad
from s2sgrad.errors import QuestionError, TransformError


class Cell:
    def __init__(self, w: Any) -> None:
        self.w = w

    def act(self, x: Any) -> Any:
        return np.tanh(self.w * x)


def outside(model: Any, x: Any) -> Any:
    return model.a * x


class Model:
    scale = 2.0

    def __init__(self, a: Any, b: Any) -> None:
        self.a = a
        self.b = b
        self.cell = Cell(a)
        self.trips = 0

    def line(self, x):  # type: ignore[no-untyped-def]
        return self.a * x + self.b

    def overwritten(self, x):  # type: ignore[no-untyped-def]
        self.a = self.a * x
        return self.line(x) * self.a

    def in_place(self, x):  # type: ignore[no-untyped-def]
        self.a *= x
        return np.sum(self.a) * np.sum(self.line(x))

    def outside(self, x):  # type: ignore[no-untyped-def]
        return outside(self, x) * self.b

    def by_text(self, x):  # type: ignore[no-untyped-def]
        return self.b * getattr(self, "a") * x  # noqa: B009

    def of_a_part(self, x):  # type: ignore[no-untyped-def]
        return self.cell.act(x) * self.b * self.a

    @property
    def twice(self) -> Any:
        return 2 * self.a

    def by_a_property(self, x):  # type: ignore[no-untyped-def]
        return self.twice * x * self.scale * self.b

    def in_a_function(self, x):  # type: ignore[no-untyped-def]
        f = lambda t: self.a * t  # noqa: E731
        return f(x) * self.b

    def in_a_loop(self, x):  # type: ignore[no-untyped-def]
        for _ in range(3):
            self.b = self.b + self.a * x
            self.trips += 1
        return self.b * self.a

    def counted_by_one_of_two_ways(self, x):  # type: ignore[no-untyped-def]
        old = self.trips
        if x > 0.5:
            new = old
            new += x
        else:
            new = old
        self.trips = new
        return x * self.a + self.b

    def counted_on_from_another(self, x):  # type: ignore[no-untyped-def]
        new = self.b
        new += x
        self.trips = new
        return self.a * x * self.b

    def under_another_name(self, x):  # type: ignore[no-untyped-def]
        other = self
        return other.a * x + self.b

    def by_a_dict(self, x):  # type: ignore[no-untyped-def]
        return vars(self)["a"] * x + self.b

    def itself(self, n, x):  # type: ignore[no-untyped-def]
        return self.a if n == 0 else self.itself(n - 1, x) * x

    def recursive(self, x):  # type: ignore[no-untyped-def]
        return self.itself(3, x) * self.b

    def by_its_class(self, x):  # type: ignore[no-untyped-def]
        return Model.line(self, x)


class Derived(Model):
    def line(self, x):  # type: ignore[no-untyped-def]
        return super().line(x) * self.a


WRITTEN_OUT = {
    *("line", "overwritten", "in_place", "outside", "of_a_part", "by_a_property", "in_a_loop"),
    *("under_another_name", "by_its_class", "counted_by_one_of_two_ways"),
}
METHODS = [n for n, v in vars(Model).items() if callable(v) and not n.startswith("_")]


def differences(make: Callable[[], Any], method: str, path: str, x: float) -> tuple[Any, float]:
    """A random direction of an attribute, and the derivative along it."""
    *owners, attr = path.split(".")[1:]

    def of(model: Any) -> Any:
        for owner in owners:
            model = getattr(model, owner)
        return model

    start = getattr(of(make()), attr)
    along = np.random.default_rng(3).normal(size=np.shape(start))

    def value(t: float) -> Any:
        model = make()
        setattr(of(model), attr, copy.deepcopy(start) + t * along)
        return getattr(model, method)(x)

    return along, (value(1e-6) - value(-1e-6)) / 2e-6


@pytest.mark.parametrize("way", ["class", "like", "bound"])
@pytest.mark.parametrize("array", [False, True])
@pytest.mark.parametrize("method", [m for m in METHODS if m not in {"itself", "twice"}])
def test_right_or_refused(method: str, way: str, array: bool) -> None:
    if array and method != "in_place":
        pytest.skip("its result would be an array")

    def make() -> Model:
        return Model(np.array([1.3, 0.4]) if array else 1.3, 0.7)

    function = getattr(make() if way == "bound" else Model, method)
    like = (make(), 0.9) if way == "like" else None
    wrt = ("self.a", "self.b")
    try:
        gradient = s2sgrad.transform(function, wrt, like=like)
        tangent = s2sgrad.transform(function, wrt, like=like, form="tangent")
    except TransformError:
        known = method in WRITTEN_OUT and (method != "of_a_part" or way == "like")
        if known:
            raise
        return
    expected = 0.0
    moves = []
    for path, d in zip(wrt, gradient(make(), 0.9), strict=True):
        along, along_it = differences(make, method, path, 0.9)
        assert np.sum(d * along) == pytest.approx(along_it, rel=1e-6)
        assert np.shape(d) == np.shape(along)
        moves.append(along if np.ndim(along) else float(along))
        expected += along_it
    value, along_all = tangent(make(), 0.9, *moves)
    assert along_all == pytest.approx(expected, rel=1e-6)
    left, model = make(), make()
    assert value == pytest.approx(getattr(left, method)(0.9))
    gradient(model, 0.9)
    for name in ("a", "b", "trips"):
        np.testing.assert_allclose(getattr(model, name), getattr(left, name))


def test_of_an_object_that_it_holds() -> None:
    found = s2sgrad.transform(
        Model.of_a_part, wrt=("self.cell.w", "self.a"), like=(Model(1.3, 0.7), 0.9)
    )
    for path, d in zip(("self.cell.w", "self.a"), found(Model(1.3, 0.7), 0.9), strict=True):
        along, expected = differences(lambda: Model(1.3, 0.7), "of_a_part", path, 0.9)
        assert d * along == pytest.approx(expected, rel=1e-6)


def test_what_is_counted_on_from_another_may_be_that_array() -> None:
    with pytest.raises(TransformError, match="this changes what 'self' is if new is an array"):
        s2sgrad.transform(Model.counted_on_from_another, wrt="self.a")


class CountedFromAText(Model):
    def act(self, x):  # type: ignore[no-untyped-def]
        new = "a".real  # type: ignore[attr-defined]
        new += x
        self.trips = new
        return self.a * x


def test_an_attribute_that_a_text_does_not_have() -> None:
    found = s2sgrad.transform(CountedFromAText.act, wrt="self.a")
    with pytest.raises(AttributeError, match="real"):
        found(CountedFromAText(1.0, 2.0), 3.0)


def test_a_derived_class_is_not_taken_for_its_base() -> None:
    found = s2sgrad.transform(Model.line, wrt="self.a")
    assert found(Model(1.0, 2.0), 3.0) == 3.0
    with pytest.raises(AssertionError):
        found(Derived(1.0, 2.0), 3.0)
    own = s2sgrad.transform(Derived.line, wrt="self.a")
    along, expected = differences(lambda: Derived(1.3, 0.7), "line", "self.a", 0.9)
    assert own(Derived(1.3, 0.7), 0.9) * along == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize("path", ["self.zz", "self.twice", "self.line", "self.a[0]", "self.a.b"])
def test_what_is_no_attribute(path: str) -> None:
    with pytest.raises(QuestionError, match=r"line has no parameter 'self\.") as caught:
        s2sgrad.transform(Model.line, wrt=path, like=(Model(1.0, 2.0), 3.0))
    assert caught.value.args[0].endswith("it has: self, x")


def test_an_attribute_that_does_not_matter() -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        found = s2sgrad.transform(Model.under_another_name, wrt=("self.a", "self.trips"))
    assert "self.trips" in str(caught[0].message)
    assert found(Model(1.0, 2.0), 3.0) == (3.0, 0.0)
