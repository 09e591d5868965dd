"""The derivatives of all kernels, held against differences to 1e-7; what is refused, and in which words.

Only results can be asked for so far. Of a kernel that gives a result and writes into its arguments
besides, only the result is compared; one that gives none has to be refused. The messages of
refusals are in refusals/kernels.txt; `python -m tests.test_kernels` writes that file.
"""

from __future__ import annotations

import pytest

from tests.corpus import Corpus
from tests.kernels import ALL
from tests.memory_case import MemoryCase

KERNELS = Corpus([case.of_result() for case in ALL], "kernels", tolerance=1e-7)
GIVES_NOTHING = "a kernel that gives no result and updates its arguments isn't refused"
DEFECTS = {
    "sherman_morrison: gradient": GIVES_NOTHING,
    "sherman_morrison: tangent": GIVES_NOTHING,
    "symm: gradient": GIVES_NOTHING,
    "symm: tangent": GIVES_NOTHING,
    "gemver: gradient": GIVES_NOTHING,
    "gemver: tangent": GIVES_NOTHING,
    "mvt: gradient": GIVES_NOTHING,
    "mvt: tangent": GIVES_NOTHING,
    "kuramoto: gradient": GIVES_NOTHING,
    "kuramoto: tangent": GIVES_NOTHING,
    "adam: gradient": GIVES_NOTHING,
    "adam: tangent": GIVES_NOTHING,
}


@pytest.mark.parametrize(("case", "form", "simplified"), KERNELS.runs(DEFECTS))
def test_derivatives(case: MemoryCase, form: str, simplified: bool) -> None:
    KERNELS.check(case, form, simplified=simplified)


def test_refusals_are_of_kernels_that_exist() -> None:
    KERNELS.check_titles()


if __name__ == "__main__":
    KERNELS.write()
