"""What the hazards of the language have found, in its smallest form."""

from __future__ import annotations

import copy
import dataclasses
import functools
import itertools
import math
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

import s2sgrad
from s2sgrad.errors import TransformError
from s2sgrad.transform import derived
from tests.regression_case import case_of

LATER = 2.0
OFFSETS = np.array([1.0, 2.0])


def with_default(x: float, a=LATER, b=OFFSETS):
    return a * x * b[0]


def calls_with_default(x: float):
    return with_default(x, b=np.array([3.0]))


LATER = 50.0
OFFSETS = np.array([100.0, 200.0])


@pytest.mark.parametrize("form", ["gradient", "tangent"])
def test_a_default_is_what_it_was_when_the_function_was_defined(form: str) -> None:
    function, _ = derived(with_default, "x", form=form)
    if form == "gradient":
        assert function(0.5) == 2.0
        assert "a=2.0" in function.source
    else:
        assert function(0.5, d_x=1.0) == (1.0, 2.0)


def test_a_default_of_a_helper_is_what_it_was() -> None:
    assert s2sgrad.grad(calls_with_default)(0.5) == 6.0


def test_a_default_that_means_the_same_stays_as_it_is_written() -> None:
    assert "scale=FACTOR" in derived(scaled_by_a_constant)[0].source


FACTOR = 3.0


def scaled_by_a_constant(x: float, scale=FACTOR):
    return x * scale


def test_unpacking_is_no_copy() -> None:
    """A part of a tuple isn't called like the tuple while that is still read."""

    def f(x: float):
        pair = (x, (x * x, [x**3, 5.0]))
        a, (b, (c, d)) = pair
        return pair[1][1][0] * a + b * d + c

    np.testing.assert_allclose(derived(f)[0](1.2), 4 * 1.2**3 + 12 + 3 * 1.2**2)


COMPLEX = [
    lambda x: np.abs(x + 1j),
    lambda x: (x * 1j * x).real,
    lambda x: np.dot(x, np.array([1j, 2.0])).real,
    lambda x: np.vdot(x * 1j, x).real,
]


@pytest.mark.parametrize("number", range(len(COMPLEX)))
@pytest.mark.parametrize("form", ["gradient", "tangent"])
def test_complex_numbers_are_seen_without_examples(number: int, form: str) -> None:
    with pytest.raises(TransformError, match="complex numbers aren't differentiated yet"):
        derived(COMPLEX[number], form=form)


def test_an_annotation_says_that_a_number_is_complex() -> None:
    def f(z: complex):
        return abs(z) ** 2

    with pytest.raises(TransformError, match="complex numbers aren't differentiated yet"):
        derived(f)


def test_an_example_makes_no_real_number_of_an_annotated_integer() -> None:
    def f(n: int):
        return n * n

    with pytest.raises(TransformError, match="n is no real number"):
        derived(f, "n", like=(3,))


def test_what_has_keys_that_are_texts_is_a_dict() -> None:
    def f(params):
        return params["W"] * params["b"]

    with pytest.raises(TransformError, match="what is in a dict isn't differentiated yet"):
        derived(f)


MADE = [
    "np.zeros_like(n)",
    "n.copy()",
    "n * 2",
    "np.zeros(n.shape, n.dtype)",
    "np.array([n[0], n[1], 3])",
]


@pytest.mark.parametrize("made", MADE)
@pytest.mark.parametrize("form", ["gradient", "tangent"])
def test_what_is_stored_in_integers_is_cut_off(made: str, form: str) -> None:
    """Where it isn't known whether an array holds integers, the store is refused."""
    text = f"""
        def f(x: np.ndarray, n: np.ndarray):
            a = {made}
            a[1:] = x[1:] * 2
            return a * x
        """
    f = case_of(f"stored in {made}", text, ()).function
    with pytest.raises(TransformError, match="it isn't known whether this array holds integers"):
        derived(f, "x", form=form)


@pytest.mark.parametrize("made", MADE[:4])
def test_with_examples_it_is_known_what_is_cut_off(made: str) -> None:
    text = f"""
        def f(x: np.ndarray, n: np.ndarray):
            a = {made}
            a[1:] = x[1:] * 2
            return a * 1.0
        """
    f = case_of(f"stored in {made}, with examples", text, ()).function
    x = np.array([2.6, -1.3, 0.4])
    whole, real = np.array([3, 1, 2]), np.array([3.0, 1.0, 2.0])
    np.testing.assert_allclose(derived(f, "x", like=(x, real))[0](x, real), [0, 2, 2])
    with warnings.catch_warnings(action="ignore"):
        function, told = derived(f, "x", like=(x, whole))
    np.testing.assert_allclose(function(x, whole), [0, 0, 0])
    assert "its derivative is zero" in told[0]


CONVERTED = [
    "x.astype(n.dtype)",
    "x.astype(n.dtype.type)",
    "np.array(x * 2, n.dtype)",
    "np.asarray(x * 2, dtype=n.dtype)",
    "np.array([x[0], 1, 2], dtype=n.dtype)",
    "np.full(3, x[0], n.dtype)",
    "np.full_like(n, x[0])",
    "np.full_like(n * 2, x[0])",
    "np.full_like([1, 2, 3], x[0])",
    "np.insert(n, 0, x[0])[:3]",
    "np.linspace(0, x[0], 3, dtype=n.dtype)",
    "np.concatenate([n, x]).astype(n.dtype)[3:]",
]


@pytest.mark.parametrize("made", CONVERTED)
@pytest.mark.parametrize("form", ["gradient", "tangent"])
def test_what_is_converted_to_integers_is_cut_off(made: str, form: str) -> None:
    """Where it isn't known whether an array of integers is made, that is refused; examples say it."""
    text = f"""
        def f(x: np.ndarray, n: np.ndarray):
            return {made} * 1.0
        """
    f = case_of(f"converted by {made}", text, ()).function
    with pytest.raises(TransformError, match="whether this makes an array of integers"):
        derived(f, "x", form=form)
    if made != CONVERTED[1]:
        x, whole = np.array([2.6, -1.3, 0.4]), np.array([3, 1, 2])
        with warnings.catch_warnings(action="ignore"):
            function, told = derived(f, "x", like=(x, whole))
        np.testing.assert_array_equal(function(x, whole), [0, 0, 0])
        assert "its derivative is zero" in told[0]


WHOLE = [
    "x.astype('int')",
    "x.astype('i4')",
    "np.array(x * 2, 'int64')",
    "np.asarray(x * 2, dtype='int')",
    "np.full(3, x[0], 'int')",
    "np.full_like(x, x[0], dtype='int')",
]


@pytest.mark.parametrize("made", WHOLE)
def test_a_dtype_may_be_a_text(made: str) -> None:
    text = f"""
        def f(x: np.ndarray, n: np.ndarray):
            a = np.zeros(3, dtype='int64')
            a[1:] = x[1:] * 2
            return ({made} + a) * x
        """
    f = case_of(f"with a text, {made}", text, ()).function
    x = np.array([2.6, -1.3, 0.4])
    np.testing.assert_allclose(derived(f, "x")[0](x, np.array([3, 1, 2])), f(x, x) / x)


REAL = [
    "x.astype(x.dtype)",
    "(x * n).astype(x.dtype)",
    "x.astype('float64')",
    "x.astype(np.float64)",
    "np.asarray(x, dtype='d')",
    "np.array(x, None)",
    "np.full_like(x, x[0])",
    "np.full_like(n, x[0], dtype=float)",
    "np.full(3, x[0], dtype=np.result_type(x, 1.0))",
    "np.insert(x * 2, 0, x[0])",
]


@pytest.mark.parametrize("made", REAL)
def test_what_is_converted_to_real_numbers_is_not_cut_off(made: str) -> None:
    text = f"""
        def f(x: np.ndarray, n: np.ndarray):
            return {made} * 1.0
        """
    f = case_of(f"real by {made}", text, ()).function
    x, n = np.array([2.6, -1.3, 0.4]), np.array([3, 1, 2])
    one = derived(f, "x")[0](x, n, d_out=np.ones_like(f(x, n)))
    np.testing.assert_allclose(one @ x, f(x, n).sum())


NO_INTEGERS = [
    "np.zeros_like(x)",
    "n * x",
    "n * 0.5",
    "np.zeros(3)",
    "np.zeros(3, x.dtype)",
    "np.zeros(m)",
    "np.zeros(m + 1)[1:].copy()",
    "np.full(m, 0.5)",
    "np.full_like(x, m)",
    "np.linspace(0, 1, m)",
    "np.repeat(0.5, m)",
    "np.array([0.5, m, n[0]])",
    "np.eye(m)[0].copy()",
    "np.ones((m, m))[0].copy()",
    "np.arange(m) / 2",
]


@pytest.mark.parametrize("made", NO_INTEGERS)
def test_what_is_made_of_real_numbers_holds_such(made: str) -> None:
    text = f"""
        def f(x: np.ndarray, n: np.ndarray, m):
            a = {made}
            a[0:] = x * 2
            return a
        """
    f = case_of(f"made as {made}", text, ()).function
    x = np.array([2.6, -1.3, 0.4])
    np.testing.assert_allclose(derived(f, "x")[0](x, np.array([3, 1, 2]), 3), [2, 2, 2])


SECOND = {
    "det": lambda A: np.linalg.det(A) ** 2,
    "eigvalsh": lambda A: np.sum(np.linalg.eigvalsh(A @ A.T) ** 3),
    "eigh": lambda A: np.linalg.eigh(A @ A.T)[0][0] ** 2,
    "cholesky": lambda A: np.sum(np.linalg.cholesky(A @ A.T) ** 2),
    "pinv": lambda A: np.sum(np.linalg.pinv(A[:, :2]) ** 2),
    "norm": lambda A: np.linalg.norm(A[0], 3),
    "nansum": lambda A: np.nansum(A**3),
    "item": lambda A: A.item(2) ** 3,
}


@pytest.mark.parametrize("name", SECOND)
def test_second_derivatives_of_new_rules(name: str) -> None:
    A = np.array([[2.0, 0.5, -0.3], [0.1, 1.5, 0.7], [0.4, -0.2, 1.1]])
    s2sgrad.check_grads(SECOND[name], (A,), order=2)


class Kept:
    """Something that keeps what it is given."""

    def __init__(self) -> None:
        self.value = 0.0

    def push(self, x: float) -> None:
        self.value += x


KEPT, KEPT_LIST, KEPT_DICT = Kept(), [0.0], {"y": 0.0}


def kept_in_a_dict(x: float) -> None:
    KEPT_DICT["y"] = x


def kept_in_a_list(x: float) -> None:
    KEPT_LIST.append(x)


def through_a_method(x: float):
    KEPT.push(x)
    return KEPT.value + x


def through_a_dict(x: float):
    kept_in_a_dict(x)
    return KEPT_DICT["y"] + x


def through_a_list(x: float):
    kept_in_a_list(x)
    return KEPT_LIST[-1] + x


def through_another_name(x: float):
    other = KEPT
    other.value = x
    return KEPT.value + x


def through_setattr(x: float):
    setattr(KEPT, "value", x)  # noqa: B010
    return KEPT.value + x


def read_of_the_dict():
    return KEPT_DICT["y"]


def read_by_a_helper(x: float):
    KEPT_DICT["y"] = x
    return read_of_the_dict() + x


def value_of_the_object():
    return KEPT.value


def read_of_an_object_by_a_helper(x: float):
    KEPT.value = x
    return value_of_the_object() + x


KEPT_TOO = KEPT


def read_by_another_global_name(x: float):
    KEPT.value = x
    return KEPT_TOO.value + x


def through_an_object_of_its_own(x: np.ndarray):
    kept = Kept()
    for v in x:
        kept.push(v)
    return kept.value


@pytest.mark.parametrize("form", ["gradient", "tangent"])
@pytest.mark.parametrize(
    "function",
    [
        through_a_method,
        through_a_dict,
        through_a_list,
        through_another_name,
        through_setattr,
        read_by_a_helper,
        read_of_an_object_by_a_helper,
        read_by_another_global_name,
    ],
)
def test_what_is_kept_outside_and_read_again_is_right_or_refused(
    function: object, form: str
) -> None:
    try:
        found, _ = derived(function, "x", form=form)  # type: ignore[arg-type]
    except TransformError:
        return
    KEPT.value = 0.0
    assert found(1.5) == 2.0 if form == "gradient" else found(1.5, d_x=1.0) == (3.0, 2.0)


def test_an_object_that_keeps_what_it_is_given_is_right_or_refused() -> None:
    x = np.array([1.0, 2.0])
    try:
        function = s2sgrad.transform(through_an_object_of_its_own)
    except TransformError:
        return
    np.testing.assert_array_equal(function(x), np.ones(2))


def test_what_a_helper_writes_outside_is_written() -> None:
    def f(x: float):
        kept_in_a_list(2.0)
        return x * x

    count = len(KEPT_LIST)
    assert s2sgrad.transform(f)(3.0) == 6.0
    assert KEPT_LIST[count:] == [2.0]
    del KEPT_LIST[count:]


def test_what_is_zipped_with_an_iterator_is_counted() -> None:
    def f(x: np.ndarray, n: int):
        total = 0.0
        for (i, j), v in zip(itertools.product(range(n), repeat=2), x):
            total += v * (i + 2 * j)
        for k, i in enumerate(itertools.chain(range(n), range(1))):
            total += x[i] * k
        return total

    expected = [0.0 + 0 + 2, 2.0 + 1, 1.0, 3.0]
    np.testing.assert_array_equal(s2sgrad.transform(f, "x")(np.ones(4), 2), expected)


class Scaled:
    """An object whose methods and operators depend on what they are given."""

    def __init__(self, factor: float) -> None:
        self.factor = factor

    def method(self, x: float) -> float:
        return self.factor * x

    def __matmul__(self, x: float) -> float:
        return self.factor * x

    def __getitem__(self, x: float) -> float:
        return self.factor * x

    def called(self, x: float):
        return self.method(x) + x


def of_a_method(scaled, x):
    return scaled.method(x) + x


def of_an_operator(scaled, x):
    return (scaled @ x) + x


def of_an_item(scaled, x):
    return scaled[x] + x


SCALED = Scaled(3.0)


def of_an_operator_of_a_global(x):
    return (SCALED @ x) + x


@pytest.mark.parametrize(
    ("function", "args"),
    [
        (of_a_method, (SCALED, 2.0)),
        (of_an_operator, (SCALED, 2.0)),
        (of_an_item, (SCALED, 2.0)),
        (SCALED.called, (2.0,)),
        (of_an_operator_of_a_global, (2.0,)),
    ],
)
def test_objects_do_with_a_derivative_what_nobody_knows(function: object, args: object) -> None:
    """With examples their derivatives were zero; they are right or refused."""
    try:
        found = s2sgrad.grad(function, "x")(*args)  # type: ignore[arg-type, misc]
    except TransformError:
        return
    assert found == 4.0


# ---- what a review of objects, containers, match, try, map and filter found ----------------------------------


class Number:
    """An object with a class attribute, operators that may decline, and a property that is stored into."""

    factor = 2.0

    def __init__(self, value: float) -> None:
        self.value = value

    def __add__(self, other: Number) -> Number:
        return Number(self.value + other.value)

    def __mul__(self, other: Number) -> Number:
        if not isinstance(other, Number):
            return NotImplemented
        return Number(self.value * other.value)

    def scaled(self, x: float) -> float:
        self.value = self.value * 3
        return self.value * x

    @property
    def root(self) -> float:
        return self.value * 2

    @root.setter
    def root(self, root: float) -> None:
        self.value = root * root


class Derived(Number):
    """One whose operator is asked first, as it is derived from that of the left operand."""

    def __radd__(self, other: Number) -> Number:
        return Number(self.value * other.value)


class Stranger:
    """One that a Number can't be multiplied by."""

    def __init__(self, value: float) -> None:
        self.value = value

    def __rmul__(self, other: Number) -> Number:
        return Number(self.value * other.value * 3)


@dataclass
class Doubled:
    """An object that computes one of its fields."""

    first: float
    second: float = 0.0

    def __post_init__(self) -> None:
        self.second = self.first * 2


OUTSIDE = Number(2.0)


def reflected(x: float):
    return (Number(x) + Derived(x * x)).value


def declined(x: float):
    return (Number(x) * Stranger(x * x)).value


def stored_by_a_property(x: float):
    n = Number(x)
    n.root = n.root * x
    n.root += 1.0
    return n.value


def has_a_method(x: float):
    n = Number(x)
    return n.value * x if hasattr(n, "scaled") else x


def replaced_after_init(x: float):
    p = Doubled(x)
    q = dataclasses.replace(p, first=x * x)
    return q.second * p.second


def keys_that_look_alike(x: float):
    d = {1: x, "1": x * x}
    d[1] = d["1"] * 3
    return d[1] * d["1"]


def read_before_it_is_written(x: float):
    OUTSIDE.value = x
    return OUTSIDE.value + OUTSIDE.scaled(x) * OUTSIDE.value


def class_attribute_is_written(x: float):
    n = Number(x)
    Number.factor = x
    return n.factor * x


def in_the_dict_of_an_object(x: float):
    OUTSIDE.__dict__["value"] = x
    return OUTSIDE.value * x


def captured_though_the_guard_is_false(x: float):
    v = 2.0
    match x * 3:
        case v if v > 1000:
            pass
        case _:
            v = v * x
    return v * x


def the_second_handler(x: float, k: object):
    try:
        z = x * math.sqrt(k)  # type: ignore[arg-type]
    except ValueError:
        z = x
    except TypeError:
        z = x * x
    return z


def raised_by_the_target(x: float):
    y = np.zeros(2)
    try:
        y[4] = x
    except IndexError:
        y[0] = x * x
    return y.sum()


def bound_again_in_finally(x: float):
    y = x
    try:
        return y
    finally:
        y = y * 100


def star_that_is_read(x: float):
    a, *_, b = [x, 2.0, x * x]
    return a * b * len(_)


def mapped_later(x: float):
    k = 2.0
    found = map(lambda v: v * k, [x, x * x])  # noqa: C417
    k = 3.0
    return sum(found)


def mapped_twice(x: float):
    found = map(math.sin, [x, x * x])
    return sum(found) + sum(found)


def filtered_later(x: float):
    least = 10.0
    found = filter(lambda v: v > least, [x, x * x])
    least = 0.0
    return sum(found)


def mapped_in_a_loop_that_writes(x: float):
    k = 2.0
    total = 0.0
    for v in map(lambda t: t * k, [x, x * x]):  # noqa: C417
        k = k * 3
        total += v
    for v in filter(lambda t: t > 1.5, [x, x * x]):
        if v > 5:
            continue
        total += v
    return total


def counter_behind_an_empty_loop(x: float):
    for i in range(3):  # noqa: B007
        pass
    return x * i


def functions_that_capture_a_counter(x: float):
    fs = []
    for i in range(3):
        fs.append(lambda t: t * i)  # noqa: B023, PERF401
    return fs[0](x) + fs[1](x)


@pytest.mark.parametrize("form", ["value_and_gradient", "tangent"])
@pytest.mark.parametrize("simplified", [False, True])
@pytest.mark.parametrize(
    "function",
    [
        reflected,
        declined,
        stored_by_a_property,
        has_a_method,
        replaced_after_init,
        keys_that_look_alike,
        read_before_it_is_written,
        class_attribute_is_written,
        in_the_dict_of_an_object,
        captured_though_the_guard_is_false,
        the_second_handler,
        raised_by_the_target,
        bound_again_in_finally,
        star_that_is_read,
        mapped_later,
        mapped_twice,
        filtered_later,
        mapped_in_a_loop_that_writes,
        counter_behind_an_empty_loop,
        functions_that_capture_a_counter,
    ],
)
def test_what_a_review_found_is_right_or_refused(
    function: Callable[..., float], form: str, simplified: bool
) -> None:
    others = ("a",) if function is the_second_handler else ()
    x, step = 1.3, 1e-6
    OUTSIDE.value, Number.factor = 2.0, 2.0
    expected = (function(x + step, *others) - function(x - step, *others)) / (2 * step)
    value = function(x, *others)
    OUTSIDE.value, Number.factor = 2.0, 2.0
    try:
        found, _ = derived(function, "x", form=form, simplified=simplified)
    except TransformError:
        assert function not in DIFFERENTIATED
        return
    given = {"d_x": 1.0} if form == "tangent" else {}
    np.testing.assert_allclose(found(x, *others, **given), (value, expected), rtol=1e-6)
    OUTSIDE.value, Number.factor = 2.0, 2.0


DIFFERENTIATED = (
    reflected,
    declined,
    stored_by_a_property,
    has_a_method,
    replaced_after_init,
    keys_that_look_alike,
    read_before_it_is_written,
    the_second_handler,
    bound_again_in_finally,
    star_that_is_read,
    mapped_in_a_loop_that_writes,
    counter_behind_an_empty_loop,
    functions_that_capture_a_counter,
)


def scaled_number(n: Line, x: float):
    return n.at(x)


@dataclass
class Line:
    """A line, whose derived class means something else."""

    slope: float

    def at(self, x: float) -> float:
        return self.slope * x


class Steep(Line):
    """A parabola."""

    def at(self, x: float) -> float:
        return self.slope * x * x


def test_an_object_of_a_derived_class_is_not_taken_for_one_of_the_class() -> None:
    function = s2sgrad.transform(scaled_number, "x")
    assert function(Line(2.0), 3.0) == 2.0
    with pytest.raises(AssertionError):
        function(Steep(2.0), 3.0)
    assert s2sgrad.transform(scaled_number, "x", like=(Steep(2.0), 3.0))(Steep(2.0), 3.0) == 12.0


def test_a_number_of_a_class_is_read_when_the_text_runs() -> None:
    def f(x: float):
        return Number(x).factor * x

    function = s2sgrad.transform(f)
    Number.factor = 5.0
    assert function(1.0) == 5.0
    Number.factor = 2.0


def test_nothing_stands_behind_a_raise() -> None:
    def f(x: float, k: int):
        if k == 0:
            y = x * x
        else:
            raise ValueError(k)
        return y

    for form in ("gradient", "tangent"):
        lines = s2sgrad.transform(f, "x", form=form).source.splitlines()
        behind = lines[next(k for k, line in enumerate(lines) if "raise" in line) + 1]
        assert behind.startswith("    return")
        assert "None" not in "".join(lines)


def answered_by_a_dict(d: dict, x: float):
    return d.get("missing", x) * 2


def put_into_a_dict(d: dict, x: float):
    d.update(k=x)
    return d["k"] * 2


def kept_if_missing(d: dict, x: float):
    return d.setdefault("missing", x) * 2


@pytest.mark.parametrize("function", [answered_by_a_dict, put_into_a_dict, kept_if_missing])
def test_what_a_dict_keeps_is_no_constant(function: Callable[..., float]) -> None:
    with pytest.raises(TransformError):
        s2sgrad.transform(function, "x")


def in_the_order_of_keys(d: dict, x: float):
    total = 0.0
    for v in d.values():
        total = total * 0.5 + v * x
    return total


def by_key(d: dict, x: float):
    return d["a"] * x + d["b"]


def test_the_order_of_keys_is_asserted_where_it_matters() -> None:
    there, otherwise = {"a": 1.0, "b": 2.0}, {"b": 2.0, "a": 1.0}
    function = s2sgrad.transform(in_the_order_of_keys, "x", like=(there, 1.0))
    assert function(there, 1.0) == 2.5
    with pytest.raises(AssertionError):
        function(otherwise, 1.0)
    function = s2sgrad.transform(by_key, "x", like=(there, 1.0))
    assert function(otherwise, 3.0) == 1.0


def filtered_by_a_function(x: float):
    return sum(v * x for v in filter(is_odd, range(4))) + sum(map(math.sin, filter(None, [x])))


def is_odd(n: int):
    return n % 2 == 1


def mapped_by_a_part(x: float):
    return sum(map(functools.partial(math.pow, x), [2.0, 3.0]))


def test_map_and_filter_where_they_are_used_up() -> None:
    assert s2sgrad.transform(filtered_by_a_function)(0.0) == 4.0
    np.testing.assert_allclose(s2sgrad.transform(mapped_by_a_part)(2.0), 4.0 + 12.0)


class Holder:
    """An object that holds an array, a list and a dict, and writes into them."""

    def __init__(self) -> None:
        self.array = np.zeros(2)
        self.items = [1.0]
        self.table = {"a": 1.0}

    def constant_in_an_array(self, x: np.ndarray):
        self.array[0] = 5.0
        return (self.array * x).sum()

    def in_an_array(self, x: np.ndarray):
        self.array[0] = x[0]
        return self.array[0] * 2 + x[1]

    def in_a_list(self, x: np.ndarray):
        self.items.append(x.sum())
        return self.items[-1] * 2

    def in_a_dict(self, x: np.ndarray):
        self.table["a"] = 5.0
        return self.table["a"] * x.sum()

    def under_another_name(self, x: np.ndarray):
        array = self.array
        self.array = self.array + x
        array[1] = x[0]
        return (self.array * x).sum() + array.sum()

    def logged(self, x: np.ndarray):
        for _ in range(2):
            x = x * x
            self.items.append(float(x[0]))
        return x.sum()


@pytest.mark.parametrize(
    "name",
    [
        "constant_in_an_array",
        "in_an_array",
        "in_a_list",
        "in_a_dict",
        "under_another_name",
        "logged",
    ],
)
def test_what_an_object_holds_and_writes_is_right_or_refused(name: str) -> None:
    x = np.array([0.5, 0.7])

    def value(y: np.ndarray) -> float:
        return getattr(Holder(), name)(y)  # type: ignore[no-any-return]

    try:
        found = s2sgrad.grad(getattr(Holder(), name))(x)
    except TransformError:
        assert name != "logged"
        return
    np.testing.assert_allclose(found, s2sgrad.central_difference(value, x), rtol=1e-6)


def appends_and_counts(items, value):
    items.append(value)
    return len(items)


def asserted_append(x: np.ndarray):
    seen = [x[0]]
    assert seen.append(x[1]) is None, "appended"
    return seen[0] * seen[1]


def asserted_fill(x: np.ndarray):
    y = x * 1
    assert y.fill(2.0) is None
    return y[0] * x[1]


def asserted_call(x: np.ndarray):
    seen = [x[0]]
    assert appends_and_counts(seen, x[1]) == 2
    return seen[0] * seen[1]


def popped_in_text(x: np.ndarray):
    seen = [x[0], x[1]]
    text = f"{len(seen)} {seen.pop():.3} {len(seen)}"
    seen.append(x[0])
    return seen[0] * seen[1] if text[0] == "2" and text[-1] == "1" else x[0]


@pytest.mark.parametrize(
    "function", [asserted_append, asserted_fill, asserted_call, popped_in_text]
)
def test_what_asserts_and_texts_write_is_differentiated_or_refused(
    function: Callable[[np.ndarray], float],
) -> None:
    x = np.array([0.5, 2.0])
    try:
        s2sgrad.transform(function, like=(x,))
    except TransformError:
        assert function is asserted_call
        return
    s2sgrad.check_grads(function, (x,))
    assert function(x) == s2sgrad.value_and_grad(function)(x)[0]


def method_in_try(x: np.ndarray):
    try:
        total = x.sum() / x[0]
    except ZeroDivisionError:
        total = x[1]
    return total * x[1]


def parts_in_try(x: np.ndarray):
    d = {"a": x, "b": x[0]}
    try:
        total = d["a"].copy().max() / d["b"]
    except (ZeroDivisionError, ValueError):
        total = x[1]
    else:
        total *= 2.0
    return total * x[1]


def raising_in_try(x: np.ndarray):
    total = x[0]
    for k in range(3):
        try:
            total += float(x.sum()) / (2 - k)
        except (ZeroDivisionError, ValueError):
            total *= x[1]
        total *= float(x.mean()) / 2
    return total


@pytest.mark.parametrize("function", [method_in_try, parts_in_try, raising_in_try])
def test_methods_of_arrays_in_try(function: Callable[[np.ndarray], float]) -> None:
    x = np.array([0.5, 2.0])
    try:
        s2sgrad.transform(function, like=(x,))
    except TransformError:
        assert function is raising_in_try
        return
    s2sgrad.check_grads(function, (x,))
    assert function(x) == s2sgrad.value_and_grad(function)(x)[0]


class Gauge:
    """An object whose methods can't all be written out."""

    def __init__(self, levels: np.ndarray, gain: float) -> None:
        self.levels = levels
        self.gain = gain

    def moved(self, step: float) -> float:
        self.levels[:1] += step
        return self.gain

    def amplified(self, step: float) -> float:
        return 2.0 * len([level for level in self.levels if level > step])


def reads_what_it_moves(x: np.ndarray, gauge: Gauge):
    return x * gauge.moved(0.5)


def moves_by_another_name(x: np.ndarray, gauge: Gauge):
    other = gauge
    scale = other.moved(other.gain) * other.gain
    return x * scale


def asks_only(x: np.ndarray, gauge: Gauge):
    return x * gauge.amplified(0.5)


@pytest.mark.parametrize("function", [reads_what_it_moves, moves_by_another_name, asks_only])
@pytest.mark.parametrize("told", [True, False])
def test_what_methods_of_given_objects_write_is_refused_or_undone(
    function: Callable[..., Any], told: bool
) -> None:
    x, gauge = np.array([0.5, 0.7]), Gauge(np.ones(2), 3.0)
    like = (x, Gauge(np.ones(2), 3.0)) if told else None
    try:
        derivative = s2sgrad.transform(function, "x", like=like)
    except TransformError:
        assert function is not asks_only
        return
    expected = function(np.ones(2), copy.deepcopy(gauge))
    for _ in range(2):
        np.testing.assert_allclose(derivative(x, gauge, np.ones(2)), expected)
        np.testing.assert_array_equal(gauge.levels, 1.0)
