"""Lists and tuples that are known as such: by annotations of files, as `*xs`, on one of two paths."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

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
    with pytest.raises(TransformError, match=r"\+ or \* of what is a list on some paths"):
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
        assert "+ or * of what is a list" not in str(error)  # noqa: PT017  whatever else it is refused for
    else:
        assert made(np.ones(2), 0.5, 1) == pytest.approx(1.0)
