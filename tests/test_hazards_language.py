"""The derivatives of all hazards of the language, held against what is stated beside them.

What is stated is held against differences itself, where these say anything. The messages of refusals are in
refusals/hazards_language.txt; `python -m tests.test_hazards_language` writes that file.
"""

from __future__ import annotations

import pytest

from tests.corpus import FORMS
from tests.hazards_language import ALL
from tests.stated import StatedCase, StatedCorpus, check_statement

HAZARDS = StatedCorpus(ALL, "hazards_language")

NEGATIVE_BASE = (
    "a negative number to a broken power is complex in Python, which only a run can tell"
)
BETTER = (
    "nan is stated, from when zero times infinity was nan there; it is 0 now, see test_where.py"
)
DEFECTS = {
    **{f"python_power_becomes_complex: {form}": NEGATIVE_BASE for form in FORMS},
    "root_selected: gradient": BETTER,
}


@pytest.mark.parametrize(
    "case", [c for c in ALL if c.smooth], ids=[c.name for c in ALL if c.smooth]
)
def test_what_is_stated(case: StatedCase) -> None:
    for args in case.inputs:
        check_statement(case, args)


@pytest.mark.parametrize(("case", "form", "simplified"), HAZARDS.runs(DEFECTS))
def test_derivatives(case: StatedCase, form: str, simplified: bool) -> None:
    HAZARDS.check(case, form, simplified=simplified)


def test_refusals_are_of_hazards_that_exist() -> None:
    HAZARDS.check_titles()


def test_names_are_unique() -> None:
    assert len({case.name for case in ALL}) == len(ALL)


if __name__ == "__main__":
    HAZARDS.write()
