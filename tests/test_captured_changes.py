"""What functions inside read may change before they are called, though it carries no derivative."""

from __future__ import annotations

import pytest

from tests.captured_programs import PROGRAMS
from tests.fuzz.verdicts import checked


@pytest.mark.parametrize("name", PROGRAMS)
def test_sees_what_is_there_when_it_is_called(name: str) -> None:
    """By what they don't read it is right; by what they read, and without examples, it may be refused."""
    for verdict in checked(PROGRAMS[name]):
        assert verdict.way is not None, verdict
        right = verdict.way.like and PROGRAMS[name].wrt == ("s",)
        assert verdict.kind in ({"right"} if right else {"right", "refused"}), verdict
