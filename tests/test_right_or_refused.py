"""Programs of one construct each, module by module: right in every way, or refused."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest

from tests import (
    active_programs,
    chosen_programs,
    displayed_programs,
    in_place_programs,
    inner_function_programs,
    lasting_change_programs,
    list_change_programs,
    looked_at_later_programs,
    looked_at_programs,
    named_method_programs,
    nested_container_programs,
    numpy_programs,
    perhaps_none_programs,
    queue_programs,
    raising_programs,
    range_programs,
    recomputed_programs,
    set_programs,
    several_names_programs,
    several_results_programs,
    shared_items_programs,
    taken_whole_programs,
    unlike_items_programs,
    unlike_results_programs,
    unpacked_programs,
    written_around_programs,
)
from tests.right_or_refused import check_refused, check_right, name_of

MODULES = (
    active_programs,
    chosen_programs,
    displayed_programs,
    in_place_programs,
    inner_function_programs,
    lasting_change_programs,
    list_change_programs,
    looked_at_later_programs,
    looked_at_programs,
    named_method_programs,
    nested_container_programs,
    numpy_programs,
    perhaps_none_programs,
    queue_programs,
    raising_programs,
    range_programs,
    recomputed_programs,
    set_programs,
    several_names_programs,
    several_results_programs,
    shared_items_programs,
    taken_whole_programs,
    unlike_items_programs,
    unlike_results_programs,
    unpacked_programs,
    written_around_programs,
)


def of(table: str) -> list[Any]:
    """The programs of a table of each module."""
    return [
        pytest.param(case, id=f"{_topic(module)}-{name_of(case)}")
        for module in MODULES
        for case in getattr(module, table)
    ]


def _topic(module: ModuleType) -> str:
    return module.__name__.rpartition(".")[2].removesuffix("_programs")


@pytest.mark.parametrize("case", of("RIGHT"))
def test_agrees_with_differences(case: tuple[Any, ...]) -> None:
    check_right(case)


@pytest.mark.parametrize("case", of("REFUSED"))
@pytest.mark.parametrize("form", ["gradient", "tangent"])
def test_what_is_not_known_is_refused(case: tuple[Any, ...], form: str) -> None:
    check_refused(case, form)
