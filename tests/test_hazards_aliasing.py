"""The derivatives of all hazards of aliasing, held against differences; what is refused, and in which words.

Only results can be asked for so far. Of a function that gives a result and writes into its
arguments besides, only the result is compared; one that gives none has to be refused. The messages
of refusals are in refusals/hazards.txt; `python -m tests.test_hazards_aliasing` writes that file.
"""

from __future__ import annotations

import pytest

from tests.corpus import Corpus
from tests.hazards import ALL
from tests.memory_case import MemoryCase

HAZARDS = Corpus([case.of_result() for case in ALL], "hazards")
SECOND_NAME = "what an augmented assignment adds through a second name is lost"
HELPER = "what a helper changes by an augmented assignment to its parameter is lost"
NO_AXES = "the shadow of an array without axes becomes a number, into which nothing can be stored"
DEFECTS = {
    "augmented_through_second_name: gradient": SECOND_NAME,
    "power_in_place_with_array: gradient": SECOND_NAME,
    "helper_scales_a_view: gradient": HELPER,
    "helper_scales_a_view: tangent": HELPER,
    "helper_scales_a_transpose: gradient": HELPER,
    "helper_scales_a_transpose: tangent": HELPER,
    "helper_in_a_loop: gradient": HELPER,
    "helper_in_a_loop: tangent": HELPER,
    "scalar_array_filled: gradient, plain": NO_AXES,
}


@pytest.mark.parametrize(("case", "form", "simplified"), HAZARDS.runs(DEFECTS))
def test_derivatives(case: MemoryCase, form: str, simplified: bool) -> None:
    HAZARDS.check(case, form, simplified=simplified)


def test_refusals_are_of_hazards_that_exist() -> None:
    HAZARDS.check_titles()


if __name__ == "__main__":
    HAZARDS.write()
