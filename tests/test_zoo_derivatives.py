"""The derivatives of the whole zoo, held against differences; what is refused, and in which words.

Each case is differentiated forward and in reverse, without examples and with each kind of its
inputs as `like`, simplified and as the passes before that leave it. What was made without examples
has to be right at all inputs, what was made with some at those of the same kinds. The messages of
refusals are in refusals/zoo.txt; `python -m tests.test_zoo_derivatives` writes that file.
"""

from __future__ import annotations

import inspect
from typing import Any

import pytest

from s2sgrad.errors import TransformError
from s2sgrad.transform import derived
from tests.corpus import FORMS, WITHOUT, Corpus
from tests.differentiating import check_gradient
from tests.running import same
from tests.zoo import ALL, Case

ZOO = Corpus(ALL, "zoo")


@pytest.fixture(params=ALL, ids=[case.name for case in ALL])
def case(request: pytest.FixtureRequest) -> Case:
    """Every case of the zoo, one after the other."""
    found: Case = request.param
    return found


@pytest.mark.usefixtures("capsys")
@pytest.mark.parametrize("simplified", [False, True], ids=["plain", "simplified"])
def test_gradient(case: Case, simplified: bool) -> None:
    ZOO.check(case, "gradient", simplified=simplified)


@pytest.mark.usefixtures("capsys")
@pytest.mark.parametrize("simplified", [False, True], ids=["plain", "simplified"])
def test_tangent(case: Case, simplified: bool) -> None:
    ZOO.check(case, "tangent", simplified=simplified)


@pytest.mark.usefixtures("capsys")
def test_value_and_gradient(case: Case) -> None:
    """The value is the function's own in every bit, the gradient what differences say."""
    if ZOO.title(case, "gradient", WITHOUT) in ZOO.refusals:
        with pytest.raises(TransformError):
            derived(case.function, case.variables, form="value_and_gradient")
        return
    both, _ = derived(case.function, case.variables, form="value_and_gradient")

    def gradient(*args: Any, **kwargs: Any) -> Any:
        value, found = both(*args, **kwargs)
        assert same(value, case.call(args))
        return found

    gradient.__signature__ = inspect.signature(both)  # type: ignore[attr-defined]
    for args in case.inputs:
        check_gradient(case, args, gradient)


def test_refusals_are_of_cases_that_exist() -> None:
    ZOO.check_titles()


@pytest.mark.parametrize("form", FORMS)
def test_share_that_is_differentiated(form: str) -> None:
    """At least 95 % of the cases are differentiated whatever is told of their arguments."""
    assert ZOO.share(form) >= 0.95


if __name__ == "__main__":
    ZOO.write()
