"""An object that is the first parameter of a plain function stays as it is; what a method leaves in its own doesn't."""

from __future__ import annotations

import copy
import inspect
import linecache
import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import s2sgrad
from s2sgrad.errors import TransformError
from s2sgrad.transform import derived
from tests import given_object_programs
from tests.given_object_programs import REFUSED, RIGHT, Cell

FORMS = ("gradient", "value_and_gradient", "tangent")


class Layer:
    def __init__(self) -> None:
        self.w = np.array([[0.4, -1.3, 0.8], [0.2, 0.9, -0.5]])
        self.b = 1.5
        self.calls = 0
        self.inner = Cell([1.0, 0.5, -0.3], 0.8)
        self.cells = [Cell([0.2, 0.4, 0.6], 0.3), Cell([0.1, 0.7, -0.2], 0.6)]

    def counted(self, x):  # type: ignore[no-untyped-def]
        self.calls = self.calls + 1
        self.b = self.b * x[0]
        return (self.w * x).sum() * self.b

    @staticmethod
    def given(p, x):  # type: ignore[no-untyped-def]
        p.b = p.b * x[0]
        return (p.w * x).sum() * p.b

    @property
    def scale(self) -> Any:
        return self.b

    @scale.setter
    def scale(self, v: Any) -> None:
        self.b = v * v


def replaced(p, x):  # type: ignore[no-untyped-def]
    p.w = p.w * x
    return (p.w**2).sum()


def counted(p, x):  # type: ignore[no-untyped-def]
    p.calls += 1
    return (p.w * x).sum()


def in_place(p, x):  # type: ignore[no-untyped-def]
    p.w += x
    p.b *= x[0]
    return (p.w**2).sum() * p.b


def by_its_method(p, x):  # type: ignore[no-untyped-def]
    return p.counted(x) * p.b + p.calls


def by_a_setter(p, x):  # type: ignore[no-untyped-def]
    p.scale = x[0] * p.scale
    return p.w.sum() * p.b


def by_text(p, x):  # type: ignore[no-untyped-def]
    setattr(p, "b", p.b * x[1])  # noqa: B010
    return p.w.sum() * p.b


def under_another_name(p, x):  # type: ignore[no-untyped-def]
    q = p
    q.b = q.b * x[0]
    return p.w.sum() * p.b


def helper(cell, t):  # type: ignore[no-untyped-def]
    cell.b = cell.b * t
    return cell.b


def in_an_object_that_it_holds(p, x):  # type: ignore[no-untyped-def]
    p.inner.b = p.inner.b * x[0]
    return p.w.sum() * helper(p.inner, x[1]) * p.inner.step(x[2])


def in_objects_of_a_list(p, x):  # type: ignore[no-untyped-def]
    for k in range(2):
        p.cells[k].b = p.cells[k].b * x[k]
    for cell in p.cells:
        cell.c = cell.b * x[2]
    return p.w.sum() * (p.cells[0].c + p.cells[1].b)


def in_a_branch(p, x):  # type: ignore[no-untyped-def]
    if p.b > 1:
        p.b = 0.5
        return p.w.sum()
    return p.b * p.w.sum()


def in_a_loop(p, x):  # type: ignore[no-untyped-def]
    while p.b < 5:
        p.b = p.b * 1.5
    for p.calls in range(2):
        p.w = p.w * p.b
    return p.w.sum() * p.b


def under_a_new_name(p, x):  # type: ignore[no-untyped-def]
    p.new = x * p.w
    return (p.w * p.new).sum()


def several_at_once(p, x):  # type: ignore[no-untyped-def]
    p.b, p.w = x[0], p.w * p.b
    return p.w.sum() * p.b


def as_a_result(p, x):  # type: ignore[no-untyped-def]
    p.w = p.w * x
    return p.w


LATER = [
    *(replaced, counted, in_place, by_its_method, by_a_setter, by_text, under_another_name),
    *(in_an_object_that_it_holds, in_objects_of_a_list, in_a_branch, in_a_loop, under_a_new_name),
    *(several_at_once, as_a_result, Layer.given),
]


def told(value: Any) -> Any:
    """What an object holds, as something that can be compared."""
    if isinstance(value, np.ndarray):
        return value.tolist()
    if isinstance(value, list | tuple):
        return [told(v) for v in value]
    own = value if isinstance(value, dict) else getattr(value, "__dict__", None)
    return value if own is None else {k: told(v) for k, v in own.items()}


def with_its_object_first(function: Any) -> Any:
    """A function of a number and an object as one of the object and the number."""
    text = re.sub(
        r"\((\w+: float), (\w+: \w+)\)", r"(\2, \1)", inspect.getsource(function), count=1
    )
    file = f"<{function.__name__} with its object first>"
    linecache.cache[file] = len(text), None, text.splitlines(keepends=True), file
    namespace = vars(given_object_programs)
    made: dict[str, Any] = {}
    exec(compile(text, file, "exec"), namespace, made)
    return made[function.__name__]


def check(function: Callable[..., Any], attr: str, make: Callable[[], Any], *args: Any) -> None:
    """Compare the derivative by an attribute with differences: twice, as what is given has to stay as it is."""
    path = f"{next(iter(inspect.signature(function).parameters))}.{attr}"
    rng = np.random.default_rng(3)
    start = getattr(make(), attr)
    along: Any = rng.normal(size=np.shape(start)) if np.ndim(start) else 0.7

    def value(t: float) -> Any:
        moved = make()
        setattr(moved, attr, copy.deepcopy(start) + t * along)
        return function(moved, *copy.deepcopy(args))

    expected = (value(1e-6) - value(-1e-6)) / 2e-6
    seed = rng.normal(size=np.shape(expected)) if np.ndim(expected) else 1.3
    for form in FORMS:
        for simplified in (False, True):
            given = make(), *copy.deepcopy(args)
            before = told(given)
            made, _ = derived(function, path, like=given, form=form, simplified=simplified)
            for _ in range(2):
                if form == "tangent":
                    found, slope = made(*given, along)
                    np.testing.assert_allclose(slope, expected, rtol=1e-5, atol=1e-7)
                else:
                    found, slope = function(*copy.deepcopy(given)), made(*given, seed)
                    found, slope = slope if form == "value_and_gradient" else (found, slope)
                    assert np.sum(slope * along) == pytest.approx(
                        np.sum(seed * expected), rel=1e-5, abs=1e-7
                    )
                    assert np.shape(slope) == np.shape(start)
                assert told(found) == told(value(0.0))
                assert told(given) == before


@pytest.mark.parametrize("function", LATER, ids=lambda f: f.__name__)
def test_what_is_given_stays_as_it_is(function: Any) -> None:
    check(function, "w", Layer, np.array([0.7, 1.2, -0.4]))


@pytest.mark.filterwarnings("ignore:.*depend")
@pytest.mark.parametrize("attr", ["b", "w"])
@pytest.mark.parametrize(
    "case", [c for c in (*RIGHT, *REFUSED) if len(c) == 2], ids=lambda c: c[0].__name__
)
def test_the_place_of_an_object_does_not_matter(case: Any, attr: str) -> None:
    """What is right for an object that comes second is right for one that comes first."""
    make = case[1]
    if not hasattr(make(), attr) or isinstance(case[0](0.9, make()), tuple):
        pytest.skip("another class, or several results")
    function = with_its_object_first(case[0])
    root = next(iter(inspect.signature(function).parameters))
    try:
        s2sgrad.transform(function, f"{root}.{attr}", like=(make(), 0.9))
    except TransformError:
        if case in REFUSED:
            return
        raise
    check(function, attr, make, 0.9)


def test_second_derivatives() -> None:
    x = np.array([0.7, 1.2, -0.4])
    first = s2sgrad.transform(replaced, "p.w", like=(Layer(), x))
    second = s2sgrad.transform(first, "x", like=(Layer(), x, 1.0))
    seed = np.random.default_rng(1).normal(size=(2, 3))
    along = np.array([0.3, -1.1, 0.6])
    low, high = (np.sum(first(Layer(), x + h * along) * seed) for h in (-1e-6, 1e-6))
    p = Layer()
    for _ in range(2):
        assert second(p, x, 1.0, seed) @ along == pytest.approx((high - low) / 2e-6, rel=1e-5)
    assert told(p) == told(Layer())


def test_what_is_only_read_has_the_text_that_it_had() -> None:
    def read(p, x):  # type: ignore[no-untyped-def]
        return (p.w * x).sum()

    source = s2sgrad.transform(read, "p.w", like=(Layer(), np.ones(3))).source
    assert "assert type(p) is Layer\n" in source


@pytest.mark.parametrize("way", ["of its class", "of a class inside", "bound", "derived"])
def test_a_method_leaves_in_its_object_what_it_leaves(way: str) -> None:
    class Inside(Layer):
        def counted(self, x):  # type: ignore[no-untyped-def]
            self.calls = self.calls + 2
            return (self.w * x).sum() * self.b

    class Derived(Inside):
        pass

    make = {"of its class": Layer, "bound": Layer, "derived": Derived}.get(way, Inside)
    x = np.array([0.7, 1.2, -0.4])
    method = make().counted if way == "bound" else make.counted
    found = s2sgrad.transform(method, "self.w", like=(make(), x))
    left, p = make(), make()
    left.counted(x)
    found(p, x)
    assert told(p) == told(left) != told(make())


class Held:
    __slots__ = ("b", "w")

    def __init__(self) -> None:
        self.w, self.b = np.ones(3), 1.5


def test_what_is_not_known_by_its_parts_is_refused() -> None:
    class Local(Layer):
        pass

    def f(p, x):  # type: ignore[no-untyped-def]
        p.b = p.b * x
        return p.w.sum() * p.b

    for make in (Local, Held):
        for form in FORMS:
            with pytest.raises(TransformError, match="this writes into p, which is given"):
                s2sgrad.transform(f, "p.w", like=(make(), 0.7), form=form)
