"""The derivatives of functions as people write them, held against differences; what is refused, and in which words.

The corpus itself is looked at first: every function runs, does the same twice, and is smooth at its inputs. The
messages of refusals are in refusals/people.txt; `python -m tests.test_people` writes that file.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.differentiating import generator
from tests.people import ALL, PeopleCase
from tests.people_corpus import PeopleCorpus, difference, directions
from tests.structures import moved, numbers, random_like, same

PEOPLE = PeopleCorpus(ALL, "people")


@pytest.fixture(params=ALL, ids=[case.name for case in ALL])
def case(request: pytest.FixtureRequest) -> PeopleCase:
    """Every case, one after the other."""
    found: PeopleCase = request.param
    return found


def test_size_and_names() -> None:
    assert len(ALL) >= 160
    assert len({case.name for case in ALL}) == len(ALL)


def test_same_outcome_twice(case: PeopleCase) -> None:
    for args in case.inputs:
        given = case.given(args)
        first, second = case.run(given), case.run(given)
        assert same(first.result, second.result)
        assert same(first.around, second.around)
        assert first.printed == second.printed


def test_results_are_finite(case: PeopleCase) -> None:
    assert case.variables
    assert len(case.inputs) >= 2
    for args in case.inputs:
        found = numbers(case.call(args))
        assert found
        assert all(np.all(np.isfinite(leaf)) for leaf in found)


def test_smooth_around_the_inputs(case: PeopleCase) -> None:
    """Differences along a direction and along a part of it agree."""
    for args in case.inputs:
        given = case.given(args)
        seed = random_like(case.call(args), generator(case, 1))
        for salt in range(2):
            moves = directions(case, given, salt)
            whole = difference(case, given, moves, seed)
            part = difference(case, given, _scaled(moves), seed) / 0.25
            assert part == pytest.approx(whole, rel=1e-8, abs=1e-8)


def _scaled(moves: Any) -> Any:
    """A quarter of directions of any structure."""
    return {path: moved(move, move, -0.75) for path, move in moves.items()}


@pytest.mark.parametrize(("case", "form", "simplified"), PEOPLE.runs({}))
def test_derivatives(case: PeopleCase, form: str, simplified: bool) -> None:
    PEOPLE.check(case, form, simplified=simplified)


def test_refusals_are_of_cases_that_exist() -> None:
    PEOPLE.check_titles()


if __name__ == "__main__":
    PEOPLE.write()
