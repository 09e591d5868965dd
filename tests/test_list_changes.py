"""Lists that are sorted, turned round, cleared and cut: right, or refused."""

from __future__ import annotations

from typing import Any

import pytest

from tests.list_change_programs import REFUSED, RIGHT
from tests.right_or_refused import check_refused, check_right, name_of


@pytest.mark.parametrize("case", RIGHT, ids=name_of)
def test_agrees_with_differences(case: tuple[Any, ...]) -> None:
    check_right(case)


@pytest.mark.parametrize("case", REFUSED, ids=name_of)
@pytest.mark.parametrize("form", ["gradient", "tangent"])
def test_what_is_not_known_is_refused(case: tuple[Any, ...], form: str) -> None:
    check_refused(case, form)
