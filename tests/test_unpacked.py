"""What is unpacked into calls whose names only the caller knows."""

from __future__ import annotations

import pytest

import s2sgrad
from s2sgrad.errors import TransformError
from s2sgrad.numeric import richardson_directional
from tests.unpacked_programs import product, with_default


def in_branches(x: float, yes: bool, **rest):
    y = with_default(x, c=x, **rest) if yes else x
    return y * with_default(x * y, c=2.0, **rest)


def some_may_be_left_out(x: float, **rest):
    return with_default(x, **rest)


@pytest.mark.parametrize("form", ["gradient", "tangent"])
@pytest.mark.parametrize("yes", [False, True])
def test_what_is_given_by_other_names_is_what_a_function_wants(form: str, yes: bool) -> None:
    def moved(t: float) -> float:
        return float(in_branches(t, yes, b=0.7))

    expected = richardson_directional(moved, (0.3,), (1.0,))[0]
    for like in (None, (0.3, yes)):
        made = s2sgrad.transform(in_branches, "x", like=like, form=form)
        if form == "gradient":
            assert made(0.3, yes, b=0.7) == pytest.approx(expected)
        else:
            assert made(0.3, yes, 1.0, b=0.7)[1] == pytest.approx(expected)
        with pytest.raises((AssertionError, TypeError)):
            made(0.3, yes, **({} if form == "gradient" else {"d_x": 1.0}), k=0.7)
    with pytest.raises(TransformError):
        s2sgrad.transform(some_may_be_left_out, "x", form=form)


def test_which_names_are_given_is_asserted_once() -> None:
    source = s2sgrad.transform(twice_named, "x", like=(0.3,)).source
    assert source.count("assert") == 1
    assert s2sgrad.transform(twice_named, "x")(0.3, b=0.5, c=0.7) == pytest.approx(0.25 * 0.343 * 3)


def twice_named(x: float, **rest):
    return product(x, **rest) + product(2 * x, **rest)
