"""A given dict whose whole number counts the trips over its rows, and what is stored into it: right, or refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from s2sgrad.errors import TransformError
from s2sgrad.transform import derived
from tests.in_every_way import check_in_every_way


def given() -> dict[str, Any]:
    rows = [{"w": 0.4}, {"w": 0.8}]
    return {"n": 2, "rows": rows, "m": 2, "inner": {"a": 0.5, "n": 2}}


def rows_are_read(net, x: float):
    total = x
    for k in range(net["n"]):
        total = total * net["rows"][k]["w"] + x
    return total * x ** net["m"]


def rows_are_scaled(net, x: float):
    total = x
    for k in range(net["n"]):
        net["rows"][k]["w"] *= x
        total = total * net["rows"][k]["w"] + x
    return total


def test_rows_are_read() -> None:
    check_in_every_way(rows_are_read, (given(), 0.3), (given(), -0.7), wrt=("x",))


def test_rows_are_scaled() -> None:
    """Only an example says that the rows aren't one and the same."""
    check_in_every_way(
        rows_are_scaled, (given(), 0.3), (given(), -0.7), wrt=("x",), by_example=True
    )


def another_number_is_stored(net, x: float):
    total = x
    for k in range(net["n"]):
        total = total * net["rows"][k]["w"] + x
    net["m"] = 3
    return total * x ** net["m"]


def a_number_is_raised(net, x: float):
    total = x
    for k in range(net["n"]):
        total = total * net["rows"][k]["w"] + x
    net["m"] += 1
    return total * x ** net["m"]


def a_dict_inside_is_replaced(net, x: float):
    total = x
    for k in range(net["n"]):
        total = total * net["rows"][k]["w"] + x
    if x > 0.5:
        net["inner"] = {"a": x, "n": 2}
    return total * net["inner"]["a"] * x ** net["inner"]["n"]


REFUSED = (another_number_is_stored, a_number_is_raised, a_dict_inside_is_replaced)


@pytest.mark.parametrize("function", REFUSED, ids=lambda f: f.__name__)
@pytest.mark.parametrize("form", ["gradient", "tangent"])
def test_numbers_that_are_counted_by_stay_what_they_are(
    function: Callable[..., Any], form: str
) -> None:
    """Where whole numbers are taken for what they are, none of them is stored anew."""
    with pytest.raises(TransformError, match="only its parts are known"):
        derived(function, ("x",), like=(given(), 0.3), form=form)
    with pytest.raises(TransformError, match="this writes into the argument net"):
        derived(function, ("x",), form=form)
