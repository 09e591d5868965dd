"""The derivatives of all hazards of aliasing, held against differences; what is refused, and in which words.

What counts as output is the case's own: its result, the final contents of its arguments, or both. The messages
of refusals are in refusals/hazards.txt; `python -m tests.test_hazards_aliasing` writes that file.
"""

from __future__ import annotations

import pytest

from tests.corpus import Corpus
from tests.hazards import ALL
from tests.memory_case import MemoryCase

HAZARDS = Corpus(ALL, "hazards")


@pytest.mark.parametrize(("case", "form", "simplified"), HAZARDS.runs({}))
def test_derivatives(case: MemoryCase, form: str, simplified: bool) -> None:
    HAZARDS.check(case, form, simplified=simplified)


def test_refusals_are_of_hazards_that_exist() -> None:
    HAZARDS.check_titles()


if __name__ == "__main__":
    HAZARDS.write()
