"""Lists and tuples that are known as such: by annotations of files, as `*xs`, on one of two paths."""

from __future__ import annotations

import itertools
import operator
from collections.abc import Sequence
from functools import reduce
from pathlib import Path
from typing import Any, NewType, Optional, TypeVar

import numpy as np
import pytest

import s2sgrad
from s2sgrad.errors import TransformError
from s2sgrad.static import read
from s2sgrad.transform import derived, transform_source

TEXT = """
from collections.abc import Mapping
from typing import List
import typing
import numpy as np
import numpy.typing as npt
from numpy.typing import NDArray
from other import Vector

def joined(xs: {0}, ys: {0}):
    zs = xs + ys
    return zs[0] * zs[-1]

def repeated(xs: {0}):
    zs = xs * 2
    return zs[0] * zs[-1]
"""
SPELLED = (
    "list[float]", "List[float]", "typing.List[float]", '"list[float]"', 'list["float"]', "list", "tuple[float, ...]",
    "tuple[float]",
)  # fmt: skip


def text_of_a_file(folder: Path, annotation: str, name: str) -> Any:
    path = folder / "lists.py"
    path.write_text(TEXT.replace("{0}", annotation))
    return transform_source(read(str(path), name))


def of_a_file(folder: Path, annotation: str, name: str) -> Any:
    made = text_of_a_file(folder, annotation, name)
    names: dict[str, Any] = {}
    exec(made.text, names)
    return names[made.name]


@pytest.mark.parametrize("spelled", SPELLED)
def test_annotations_of_a_file(tmp_path: Path, spelled: str) -> None:
    kind = tuple if "tuple" in spelled else list
    d_xs, d_ys = of_a_file(tmp_path, spelled, "joined")(kind([2.0]), kind([3.0]))
    assert (list(d_xs), list(d_ys)) == ([3.0], [2.0])
    made = of_a_file(tmp_path, spelled, "repeated")
    if spelled != "tuple[float]":
        assert list(made(kind([2.0, 3.0]))) == [3.0, 2.0]


@pytest.mark.parametrize(
    "spelled", ["NDArray[np.float64]", "npt.NDArray[np.float64]", "np.ndarray"]
)
def test_arrays_of_a_file(tmp_path: Path, spelled: str) -> None:
    np.testing.assert_allclose(
        of_a_file(tmp_path, spelled, "repeated")(np.array([2.0, 3.0])), [12.0, 8.0]
    )


@pytest.mark.parametrize(
    "spelled", ["Vector", "list[Vector]", "Vector | None", "1 + 1", "list[", "{}"]
)
def test_annotations_that_say_nothing_are_left_alone(tmp_path: Path, spelled: str) -> None:
    quoted = spelled if spelled != "list[" else '"list["'
    assert "def repeated_grad(" in text_of_a_file(tmp_path, quoted, "repeated").text


def in_a_circle(*xs):
    total = 0.0
    for a, b in zip(xs, xs[1:] + xs[:1]):
        total += a * b * b
    return total


def twice_over(*xs: float):
    ys = xs * 2
    return ys[0] * ys[-1]


def scaled(x, *rest):
    return x * rest[0] * rest[-1]


def test_what_a_star_gathers_is_a_tuple() -> None:
    for simplified in (True, False):
        made, _ = derived(in_a_circle, simplified=simplified)
        assert list(made(2.0, 3.0)) == [21.0, 16.0]
        assert list(made(2.0)) == [12.0]
        made, _ = derived(twice_over, simplified=simplified)
        assert list(made(2.0, 3.0)) == [3.0, 2.0]
        made, _ = derived(scaled, simplified=simplified)
        d_x, d_rest = made(2.0, 3.0, 5.0)
        assert (d_x, *d_rest) == (15.0, 10.0, 6.0)


def test_the_example_of_what_a_star_gathers() -> None:
    with pytest.raises(ValueError, match=r"the example of \*rest is a tuple"):
        s2sgrad.transform(scaled, like=(2.0, 3.0))
    assert s2sgrad.transform(scaled, like=(2.0, (3.0,)))(2.0, 3.0) == (9.0, (12.0,))


def repeated_or_scaled(x: np.ndarray, s: float, n: int):
    ys = [s, s * 2] if n > 1 else x
    zs = ys * 2
    return zs[0] * zs[-1]


def joined_or_added(x: np.ndarray, s: float, n: int):
    ys = [s, s * 2] if n > 1 else x
    zs = ys + ys
    return zs[0] * zs[-1]


def counted(x: np.ndarray, s: float, n: int):
    ys = [s, s * 2] if n > 1 else x
    zs = n * ys
    return zs[0] * zs[-1]


@pytest.mark.parametrize(
    ("function", "form"),
    [*itertools.product((repeated_or_scaled, joined_or_added, counted), ("gradient", "tangent"))],
)
def test_operators_of_what_may_be_a_list(function: Any, form: str) -> None:
    with pytest.raises(TransformError, match=r"\+ or \* of what may be a list"):
        s2sgrad.transform(function, ("x", "s"), form=form)


def squared(x: np.ndarray, s: float, n: int):
    total = 0.0
    for v in [x[0], [s]] if n > 1 else [s, s]:
        total = total + (v[0] if isinstance(v, list) else v * v * 0.5)
    return total


def test_no_list_has_a_square() -> None:
    try:
        made = s2sgrad.transform(squared, "s")
    except TransformError as error:
        assert "+ or * of what may be a list" not in str(error)  # noqa: PT017  whatever else it is refused for
    else:
        assert made(np.ones(2), 0.5, 1) == pytest.approx(1.0)


def with_a_sum(xs):
    flat = sum([[x] for x in xs], [])  # noqa: RUF017  as people write it
    return flat[0] * flat[1] ** 2


def with_a_sum_of_tuples(xs):
    flat = sum([(x,) for x in xs], start=())
    return flat[0] * flat[1] ** 2


def reduced(xs):
    flat = reduce(operator.add, [[x] for x in xs])
    return flat[0] * flat[1] ** 2


def accumulated(xs):
    total = 0.0
    for row in itertools.accumulate([[x] for x in xs], operator.add):
        total += row[-1] * row[0]
    return total


def added_by_a_function(xs):
    ys = operator.add(xs, xs)
    return ys[0] * ys[3] ** 2


def multiplied_by_a_function(xs):
    ys = operator.mul(xs, 2)
    return ys[0] * ys[3] ** 2


@pytest.mark.parametrize("form", ["gradient", "tangent"])
@pytest.mark.parametrize("function", [with_a_sum, with_a_sum_of_tuples])
def test_sums_of_lists(function: Any, form: str) -> None:
    with pytest.raises(TransformError, match="sum of lists isn't differentiated"):
        s2sgrad.transform(function, like=([2.0, 3.0],), form=form)


@pytest.mark.parametrize(
    "function", [reduced, accumulated, added_by_a_function, multiplied_by_a_function]
)
def test_functions_for_operators_of_lists(function: Any) -> None:
    xs = [2.0, 3.0]
    near = [
        s2sgrad.central_difference(lambda v, k=k: function([*xs[:k], v, *xs[k + 1 :]]), xs[k])
        for k in range(2)
    ]
    assert s2sgrad.grad(function)(xs) == pytest.approx(near)
    move = [0.3, -0.7]
    _, slope = s2sgrad.jvp(function, (xs,), (move,))
    assert slope == pytest.approx(np.dot(near, move))


def with_a_default(x, ks=(1.0, 2.0)):
    ls = ks + ks
    return x * ls[0] * ls[-1]


def with_a_list_by_default(x, ks=[1.0]):  # noqa: B006  as people write it
    ls = ks * 2
    return x * ls[0] * ls[-1]


def perhaps_none(xs: list[float] | None):
    ys = xs * 2
    return ys[0] * ys[-1]


def optional(xs: Optional[list[float]] = None):  # noqa: UP045
    ys = xs * 2
    return ys[0] * ys[-1]


def of_any_kind(xs: Sequence[float]):
    ys = xs[1:] + xs[:1]
    return ys[0] * ys[-1] ** 2


def doubled(ys):
    zs = ys * 2
    return zs[0] * zs[-1]


def of_any_kind_in_a_helper(xs: Sequence[float]):
    return doubled(xs)


Name = NewType("Name", list)
Bound = TypeVar("Bound", bound=Sequence)


def of_a_new_type(xs: Name):
    ys = xs * 2
    return ys[0] * ys[-1]


def of_a_variable(xs: Bound):
    ys = xs + xs
    return ys[0] * ys[-1]


PERHAPS = (
    with_a_default, with_a_list_by_default, perhaps_none, optional, of_any_kind, of_any_kind_in_a_helper, of_a_new_type,
    of_a_variable,
)  # fmt: skip


@pytest.mark.parametrize("function", PERHAPS)
@pytest.mark.parametrize("form", ["gradient", "tangent"])
def test_what_is_said_to_be_a_list_perhaps(function: Any, form: str) -> None:
    with pytest.raises(TransformError, match=r"\+ or \* of what may be a list"):
        s2sgrad.transform(function, form=form)


def only_read(xs: Sequence[float], s: float):
    total = 0.0
    for x in xs:
        total += x * s
    return total * xs[0] * sum(xs) * np.sum(np.sin(xs))


def test_what_is_only_read_may_be_a_list() -> None:
    for values in ([0.3, 0.8], np.array([0.3, 0.8])):
        d_xs, d_s = s2sgrad.transform(only_read)(values, 0.5)
        near = s2sgrad.central_difference(only_read, np.array(values), 0.5)
        np.testing.assert_allclose(d_xs, near, rtol=1e-6)
        assert d_s == pytest.approx(only_read(values, 1.0))


def copied(xs: Sequence[float]):
    ys = xs.copy()
    return ys[0] * ys[-1]


def test_a_method_of_what_may_be_a_list() -> None:
    with pytest.raises(TransformError, match="a method of what may be a list"):
        s2sgrad.transform(copied)
    assert list(s2sgrad.transform(copied, like=([2.0, 3.0],))([2.0, 3.0])) == [3.0, 2.0]
