"""Objects from outside, and what operators, indices and methods do with them: right, or refused."""

from __future__ import annotations

import operator
from typing import Any

import numpy as np
import pytest

import s2sgrad
from s2sgrad.transform import derived
from tests.right_or_refused import Program, check_refused, check_right

X = np.array([[0.6, -1.1, 0.8], [0.3, 1.4, -0.7], [1.2, 0.5, 0.9]])
A = np.array([[-0.4, 0.9, 1.3], [0.8, -0.6, 0.2], [0.7, 1.1, -1.5]])


class Doubling(dict):
    """A dict that computes what it is asked for."""

    def __missing__(self, key: float) -> float:
        return key * 2.0


class Sums(np.ndarray):
    """An array whose product is a sum."""

    def __mul__(self, other: Any) -> Any:
        return np.asarray(self) + other

    __rmul__ = __mul__


class Percent(float):
    """A number with operators of its own."""

    def __mul__(self, other: Any) -> Any:
        return float(self) * other / 100.0

    __rmul__ = __mul__


class Steps:
    """What a loop gets is something else than what an index gives."""

    def __len__(self) -> int:
        return 3

    def __getitem__(self, index: int) -> float:
        return 10.0 * index

    def __iter__(self) -> Any:
        return iter([1.0, 2.0, 3.0])


DOUBLING = Doubling()
STEPS = Steps()
WHOLE = {1.0, 2.0, 3.0}
OBJECTS = np.array([[1.0, 2.0, 3.0]] * 3, dtype=object)
MATRIX = (np.eye(3) * 2.0).view(np.matrix)
MASKED = np.ma.masked_array(np.ones((3, 3)), mask=np.eye(3) > 0)
SUMS = np.ones((3, 3)).view(Sums)
PERCENT = Percent(2.0)
FACTORS = {"a": 2.0}


def computed_by_a_dict(x, a):
    return DOUBLING[x[0, 0]] * a


def a_grid_with_a_bound(x, a):
    return np.mgrid[0 : x[0, 0] + 5 : 3j] * a[0]


def an_open_grid_with_a_bound(x, a):
    return np.ogrid[0 : x[0, 0] + 5 : 3j] * a[0]


def times_objects(x, a):
    return (OBJECTS * x + a).astype(float)


def times_a_matrix(x, a):
    return np.asarray(x * MATRIX) + a


def times_a_masked_array(x, a):
    return MASKED * x + a


def times_an_array_of_a_class(x, a):
    return SUMS * x + a


def times_a_number_of_a_class(x, a):
    return x[0, 0] * PERCENT + a


def ravelled_as_it_lies(x, a):
    return x.T.ravel(order="K") * a.ravel()


def flattened_as_it_lies(x, a):
    return x.T.flatten("A") * a.ravel()


def reshaped_as_it_lies(x, a):
    return np.reshape(x.T, 9, order="A") * a.ravel()


def changed_by_a_function_of_operator(x, a):
    y = np.exp(x)
    operator.iadd(y, a)
    return y


def changed_by_a_function_of_operator_in_a_view(x, a):
    operator.imul(x.T, a)
    return x * 1.0


def the_conjugate_is_written(x: np.ndarray, a: np.ndarray):
    y = np.exp(x)
    z = y.conj()
    z *= a
    return y


def a_view_of_constants_that_nobody_knows_is_written(x, a):
    w = np.ones((3, 3))
    v = np.lib.stride_tricks.as_strided(w)
    u = w * x
    v *= 2
    return u * w * a


def the_largest_is_written(x, a):
    b = np.array(x[0])
    o = max(b, 0.0)
    b *= a[0]
    return o * a


def sorted_and_written(x, a):
    b = np.array(x[0])
    o = sorted([b, -9.0])[1]
    b *= a[0]
    return o * a


def cut_by_a_slice_with_a_name(x, a):
    part = slice(0, 2)
    return [x * a, x, a][part]


REFUSED: list[Program] = [
    (the_largest_is_written, A.ravel(), A.ravel()),
    (sorted_and_written, A.ravel(), A.ravel()),
    (cut_by_a_slice_with_a_name, X, A),
    (computed_by_a_dict, X, A),
    (a_grid_with_a_bound, X, A),
    (an_open_grid_with_a_bound, X, A),
    (times_objects, X, A),
    (times_a_matrix, X, A),
    (times_a_masked_array, X, A),
    (times_an_array_of_a_class, X, A),
    (times_a_number_of_a_class, X, A),
    (ravelled_as_it_lies, X, A),
    (flattened_as_it_lies, X, A),
    (reshaped_as_it_lies, X, A),
    (changed_by_a_function_of_operator, X, A),
    (changed_by_a_function_of_operator_in_a_view, X, A),
    (a_view_of_constants_that_nobody_knows_is_written, X, A),
]


def times_truths(x, a):
    return x * hasattr(a, "shape") + a * issubclass(float, float) + x * callable(a)


def times_a_grid_of_constants(x, a):
    return np.r_[1.0, 2.0, 3.0] * x * a + np.mgrid[0:3] * x + np.r_[0:3]


def times_what_a_dict_holds(x, a):
    text = "=" * 2 + str(x.shape[0])
    return FACTORS["a"] * x * a * len(text)


def the_conjugate_is_read(x, a):
    return x.conj() * a + a.conjugate()


def ravelled_in_the_other_order(x, a):
    return x.T.ravel(order="F") * a.ravel("C")


def an_object_is_iterated(x, a):
    total = 0.0
    for step in STEPS:
        total = total + step * x * a
    steps = STEPS
    for step in steps:
        total = total + step * x
    return total


def an_object_is_iterated_and_counted(x, a):
    total = 0.0
    for k, step in enumerate(STEPS):
        total = total + step * x * a + k
    return total


def an_object_is_iterated_beside_an_array(x, a):
    total = 0.0
    for row, step in zip(x, STEPS):
        total = total + step * row * a
    for row, key in zip(x, FACTORS):
        total = total + FACTORS[key] * row
    return total


def a_set_is_iterated(x, a):
    return sum([v * x for v in WHOLE]) * a


def an_object_is_unpacked(x, a):
    first, *others = STEPS
    return first * x + others[1] * a


def a_tuple_grows(x, a):
    made = (x, a)
    whole = made
    made += (x.T,)
    for _ in range(2):
        made += (made[-1] * a,)
    return made[4] * made[2] * whole[1]


def a_tuple_is_repeated(x, a):
    made = (x, a)
    made *= 2
    return made[2] * made[1]


def all_entries_are_sorted(x, a):
    y = np.sort(x, axis=None)
    y *= 2.0
    return y * a.ravel()


def conjugates_are_written(x, a):
    z = x.conj()
    x[0] = a[0] * a[1]
    w = a * 2.0
    v = w.conjugate()[1:]
    v[0] = w[1] * z[0]
    return z * w


def a_conjugate_without_axes_is_written(x: np.ndarray, a: np.ndarray):
    z = x[...].conj()
    z *= a
    return x * a


RIGHT: list[Program] = [
    (the_conjugate_is_written, X, A),
    (conjugates_are_written, X, A),
    (a_conjugate_without_axes_is_written, np.array(0.7), np.array(1.2)),
    (a_tuple_grows, X, A),
    (a_tuple_is_repeated, X, A),
    (all_entries_are_sorted, X, A),
    (an_object_is_iterated, X, A),
    (an_object_is_iterated_and_counted, X, A),
    (an_object_is_iterated_beside_an_array, X, A),
    (a_set_is_iterated, X, A),
    (an_object_is_unpacked, X, A),
    (times_truths, X, A),
    (times_a_grid_of_constants, X, A),
    (times_what_a_dict_holds, X, A),
    (the_conjugate_is_read, X, A),
    (ravelled_in_the_other_order, X, A),
]


def _name(case: Program) -> str:
    return case[0].__name__


@pytest.mark.parametrize("form", ["gradient", "tangent"])
@pytest.mark.parametrize("case", REFUSED, ids=_name)
def test_refused(case: Program, form: str) -> None:
    """What would be wrong is refused."""
    check_refused(case, form)


@pytest.mark.parametrize("case", RIGHT, ids=_name)
def test_right(case: Program) -> None:
    """What looks like it is differentiated."""
    check_right(case)


def a_converted_array_is_written(x, a):
    y = np.exp(x)
    z = np.asarray(y, dtype=np.float32)
    z *= a
    return y


def test_what_is_converted_is_a_copy() -> None:
    """Where the dtype is known to be another one, what is written afterwards is nobody else's."""
    gradient = s2sgrad.transform(a_converted_array_is_written, "x", like=(X, A))
    assert np.allclose(gradient(X, A, d_out=np.ones((3, 3))), np.exp(X))


def array_of_places_is_stored_into(x, a):
    places = np.argsort(x[0])
    places[:] = x[0] * 10.0
    return places * a


@pytest.mark.parametrize("form", ["gradient", "tangent"])
def test_places_cut_off_what_is_stored(form: str) -> None:
    """What np.argsort gives are integers, also where nothing is known of what is sorted."""
    with pytest.raises(s2sgrad.TransformError):
        s2sgrad.transform(array_of_places_is_stored_into, form=form)


class Wheel:
    """Has methods that aren't written out in others, or look at `super()` late."""

    def __init__(self, w: float) -> None:
        self.w = w

    def turned(self, q):
        kept = filter(lambda t: t, [self])
        return q if kept else self.w


class Gear(Wheel):
    """Its methods call those of its base."""

    def turned(self, q):
        return super().turned(q)

    def turned_late(self, q):
        later = lambda t: super().turned(1.0)  # noqa: E731
        return self.w * q * later(self)


def turned_by_a_gear(gear, s):
    return gear.turned(2.0) * s


@pytest.mark.parametrize("form", ["gradient", "value_and_gradient", "tangent"])
def test_super_stands_in_no_text(form: str) -> None:
    """Where `super().m` isn't written out there is no text: `super()` means nothing outside of a class."""
    like = (Gear(1.0), 0.5)
    for method in (Gear.turned, Gear.turned_late):
        with pytest.raises(s2sgrad.TransformError) as caught:
            s2sgrad.transform(method, "q", like=like, form=form)
        (finding,) = caught.value.findings
        assert "super() would stand outside of its class" in finding.message
        assert "Base.method(self, ...)" in finding.remedy
        assert finding.filename.endswith("test_regressions_objects.py")
    with pytest.raises(s2sgrad.TransformError) as caught:
        s2sgrad.transform(turned_by_a_gear, "s", like=like, form=form)
    assert caught.value.findings[0].remedy


class Notches:
    """What iterates itself; how long it says that it is has nothing to do with it."""

    def __init__(self, first: float) -> None:
        self.first = first

    def __iter__(self):
        yield self.first
        yield 0.3

    def __len__(self) -> int:
        return 7


def along_notches(s, notches: Notches):
    t = s
    for i, q in enumerate(notches):
        for r in notches:
            if r * i > 0.35:
                break
            t = t * q + r * s
    return t + sum(q * s * s for q in notches)


@pytest.mark.parametrize("like", [None, (0.7, Notches(0.4))])
@pytest.mark.parametrize("simplified", [False, True])
def test_objects_that_iterate_themselves(like: Any, simplified: bool) -> None:
    """They aren't counted, be they given with an annotation only."""
    step = 1e-6
    moved = [along_notches(0.7 + h, Notches(0.4)) for h in (step, -step)]
    expected = (moved[0] - moved[1]) / (2 * step)
    gradient, _ = derived(along_notches, "s", like=like, simplified=simplified)
    assert gradient(0.7, Notches(0.4)) == pytest.approx(expected, rel=1e-8)
    tangent, _ = derived(along_notches, "s", like=like, form="tangent", simplified=simplified)
    assert tangent(0.7, Notches(0.4), d_s=1.0)[1] == pytest.approx(expected, rel=1e-8)
