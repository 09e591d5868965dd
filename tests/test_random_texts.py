"""The texts of the derivatives of some random programs, as the passes before simplify leave them, by digests.

With each goes a digest of what the analyses found on the way, where that isn't the text's.

Nobody has read them. That they are right is for campaigns to say (`tests.fuzz`); here a change of the analyses is
noticed that nobody meant to make: the first programs of a seed, and of those after them enough that each mutant of
`tests.mutation` that any of the first 3,000 reaches is reached by a dozen, if so many do. The file of the digests says
which. `python -m tests.test_random_texts` takes the texts for good.
"""

from __future__ import annotations

import warnings
from functools import partial

import pytest

from s2sgrad.transform import derived
from tests.analyses_watched import told
from tests.corpus import REFUSED, read_digests
from tests.fuzz.generate import generated
from tests.golden_texts import FOLDER

FILE = FOLDER / "digests" / "random.txt"
SEED, TOGETHER = 2, 12
DIGESTS = read_digests(FILE)
NUMBERS = [int(title) for title in DIGESTS]


def text_of(number: int) -> str:
    """The text of a program's gradient, with examples, or why it is refused."""
    with warnings.catch_warnings(action="ignore"):
        program = generated(SEED, number)
        try:
            function, _ = derived(
                program.function,
                program.wrt,
                of=program.of,
                like=program.arguments(0),
                simplified=False,
            )
        except REFUSED as error:
            return str(error)
    source: str = function.source  # type: ignore[attr-defined]
    return source


@pytest.mark.parametrize("first", range(0, len(NUMBERS), TOGETHER))
def test_texts(first: int) -> None:
    others = {}
    for number in NUMBERS[first : first + TOGETHER]:
        text, found = told(partial(text_of, number))
        if found != DIGESTS[str(number)]:
            others[number] = text
    assert not others, "\n\n".join(f"{number}:\n{text}" for number, text in others.items())


if __name__ == "__main__":
    FILE.write_text(
        "".join(f"{told(partial(text_of, number))[1]} {number}\n" for number in NUMBERS), "utf-8"
    )
