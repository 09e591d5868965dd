"""The derivatives of the whole zoo, held against differences; what is refused, and in which words.

Each case is differentiated forward and in reverse, without examples and with each kind of its
inputs as `like`, simplified and as the passes before that leave it. What was made without examples
has to be right at all inputs, what was made with some at those of the same kinds. The messages of
refusals are in refusals/zoo.txt; `python -m tests.test_zoo_derivatives` writes that file.
"""

from __future__ import annotations

import inspect
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from s2sgrad.errors import TransformError
from s2sgrad.infer.parameters import example_kind
from s2sgrad.transform import derived
from tests.differentiating import check_gradient, check_tangent
from tests.golden_texts import FOLDER, read_sections, write_sections
from tests.running import same
from tests.zoo import ALL, Case

FILE = FOLDER / "refusals" / "zoo.txt"
REFUSALS = read_sections(FILE) if FILE.exists() else {}
ROOT = FOLDER.parent
FORMS = ("gradient", "tangent")
WITHOUT = "no examples"

Inputs = tuple[tuple[Any, ...], ...]


def kinds(case: Case, args: tuple[Any, ...]) -> tuple[Any, ...]:
    """What `like` tells of arguments: their kinds only."""
    names = inspect.signature(case.function).parameters
    return tuple(example_kind(v, n, real=n in case.variables) for n, v in zip(names, args))


def ways(case: Case) -> Iterator[tuple[str, tuple[Any, ...] | None, Inputs]]:
    """What is told of the arguments, in words and as `like`; the inputs for which it is true."""
    yield WITHOUT, None, case.inputs
    grouped: dict[tuple[Any, ...], list[tuple[Any, ...]]] = {}
    for args in case.inputs:
        grouped.setdefault(kinds(case, args), []).append(args)
    for number, inputs in enumerate(grouped.values()):
        yield f"like {number}", inputs[0], tuple(inputs)


def title(case: Case, form: str, way: str) -> str:
    return f"{case.name}: {form}, {way}"


def message(error: TransformError) -> str:
    """The text of a refusal, wherever the tests are run."""
    return str(error).replace(f"{ROOT}/", "")


def made(
    case: Case, form: str, way: str, like: Any, *, simplified: bool
) -> Callable[..., Any] | None:
    """The derivative of a case, None where it is refused in the words that are known."""

    def derivative() -> tuple[Callable[..., Any], tuple[str, ...]]:
        return derived(case.function, case.variables, like=like, form=form, simplified=simplified)

    known = REFUSALS.get(title(case, form, way))
    if known is None:
        function, told = derivative()
        assert told == ()
        return function
    with pytest.raises(TransformError) as caught:
        derivative()
    assert message(caught.value) == known
    return None


@pytest.fixture(params=ALL, ids=[case.name for case in ALL])
def case(request: pytest.FixtureRequest) -> Case:
    """Every case of the zoo, one after the other."""
    found: Case = request.param
    return found


@pytest.mark.usefixtures("capsys")
@pytest.mark.parametrize("simplified", [False, True], ids=["plain", "simplified"])
def test_gradient(case: Case, simplified: bool) -> None:
    for way, like, inputs in ways(case):
        gradient = made(case, "gradient", way, like, simplified=simplified)
        for args in inputs if gradient else ():
            check_gradient(case, args, gradient)


@pytest.mark.usefixtures("capsys")
@pytest.mark.parametrize("simplified", [False, True], ids=["plain", "simplified"])
def test_tangent(case: Case, simplified: bool) -> None:
    for way, like, inputs in ways(case):
        tangent = made(case, "tangent", way, like, simplified=simplified)
        for args in inputs if tangent else ():
            check_tangent(case, args, tangent)


@pytest.mark.usefixtures("capsys")
def test_value_and_gradient(case: Case) -> None:
    """The value is the function's own in every bit, the gradient what differences say."""
    if title(case, "gradient", WITHOUT) in REFUSALS:
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
    titles = {title(case, form, way) for case in ALL for form in FORMS for way, _, _ in ways(case)}
    assert set(REFUSALS) <= titles


@pytest.mark.parametrize("form", FORMS)
def test_share_that_is_differentiated(form: str) -> None:
    """At least 95 % of the cases are differentiated whatever is told of their arguments."""
    refused = {key.partition(":")[0] for key in REFUSALS if f": {form}, " in key}
    assert 1 - len(refused) / len(ALL) >= 0.95


def refusals() -> dict[str, str]:
    """Everything that is refused, in the order of the zoo."""
    found = {}
    for case in ALL:
        for form in FORMS:
            for way, like, _ in ways(case):
                try:
                    with warnings.catch_warnings(action="ignore"):
                        derived(case.function, case.variables, like=like, form=form)
                except TransformError as error:
                    found[title(case, form, way)] = message(error)
    return found


if __name__ == "__main__":
    assert Path.cwd() == ROOT
    write_sections(FILE, refusals())
