"""The derivatives of all kernels, held against differences to 1e-7; what is refused, and in which words.

What counts as output is the case's own: its result, the final contents of its arguments, or both. The messages
of refusals are in refusals/kernels.txt; `python -m tests.test_kernels` writes that file.
"""

from __future__ import annotations

import pytest

from tests.corpus import Corpus
from tests.kernels import ALL
from tests.memory_case import MemoryCase

KERNELS = Corpus(ALL, "kernels", tolerance=1e-7)


@pytest.mark.parametrize(("case", "form", "simplified"), KERNELS.runs({}))
def test_derivatives(case: MemoryCase, form: str, simplified: bool) -> None:
    KERNELS.check(case, form, simplified=simplified)


def test_refusals_are_of_kernels_that_exist() -> None:
    KERNELS.check_titles()


if __name__ == "__main__":
    KERNELS.write()
