"""A corpus of cases of which all derivatives are made, and what of it is refused, in which words.

Each case is differentiated forward and in reverse, without examples and with each kind of its
inputs as `like`. What was made without examples has to be right at all inputs, what was made with
some at those of the same kinds. The texts are held against those that were read last, by digests of
them: a change in one place of s2sgrad often changes texts where nobody looks.
"""

from __future__ import annotations

import hashlib
import inspect
import re
import sys
import sysconfig
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from s2sgrad.errors import TransformError
from s2sgrad.infer.parameters import example_kind
from s2sgrad.question import QuestionError
from s2sgrad.transform import derived
from tests.differentiating import TOLERANCE, check_gradient, check_tangent
from tests.golden_texts import FOLDER, read_sections, write_sections
from tests.zoo import Case

__all__ = [
    "FORMS",
    "REFUSED",
    "WITHOUT",
    "Corpus",
    "anywhere",
    "digest",
    "message_of",
    "read_digests",
]

ROOT = FOLDER.parent
FORMS = ("gradient", "tangent")
WITHOUT = "no examples"

Inputs = tuple[tuple[Any, ...], ...]


class Corpus:
    """Cases, the texts of their refusals in refusals/NAME.txt, and digests of their derivatives in digests/NAME.txt."""

    def __init__(self, cases: Sequence[Case], name: str, *, tolerance: float = TOLERANCE) -> None:
        self.cases = cases
        self.tolerance = tolerance
        self.file = FOLDER / "refusals" / f"{name}.txt"
        self.refusals = read_sections(self.file) if self.file.exists() else {}
        self.digests = read_digests(self.digest_file)

    @property
    def digest_file(self) -> Path:
        """Where the digests of the derivatives' texts are."""
        return FOLDER / "digests" / self.file.name

    def ways(self, case: Case) -> Iterator[tuple[str, tuple[Any, ...] | None, Inputs]]:
        """What is told of the arguments, in words and as `like`; the inputs for which it is true."""
        yield WITHOUT, None, case.inputs
        grouped: dict[tuple[Any, ...], list[tuple[Any, ...]]] = {}
        for args in case.inputs:
            grouped.setdefault(_kinds(case, args), []).append(args)
        for number, inputs in enumerate(grouped.values()):
            yield f"like {number}", inputs[0], tuple(inputs)

    def title(self, case: Case, form: str, way: str) -> str:
        """What a refusal is found by."""
        return f"{case.name}: {form}, {way}"

    def made(
        self, case: Case, form: str, way: str, like: Any, *, simplified: bool
    ) -> Callable[..., Any] | None:
        """The derivative of a case, None where it is refused in the words that are known."""

        def derivative() -> tuple[Callable[..., Any], tuple[str, ...]]:
            return derived(
                case.function,
                case.variables,
                of=getattr(case, "of", None),
                like=like,
                form=form,
                simplified=simplified,
            )

        known = self.refusals.get(self.title(case, form, way))
        if known is None:
            function, told = derivative()
            assert told == ()
            return function
        with pytest.raises(TransformError) as caught:
            derivative()
        assert message_of(caught.value) == known
        return None

    def runs(
        self, defects: Mapping[str, str], unsteady: Mapping[str, str] = MappingProxyType({})
    ) -> list[Any]:
        """Every case in both forms, plain and simplified, as parameters of a test.

        defects has the reasons of those that are expected to fail, as "NAME: FORM" or "NAME: FORM,
        plain"; unsteady those of cases, by name, that fail in some processes and not in others.
        """
        found = []
        for case in self.cases:
            for form in FORMS:
                for simplified in (False, True):
                    way = f"{case.name}: {form}, {'simplified' if simplified else 'plain'}"
                    reason = defects.get(way) or defects.get(f"{case.name}: {form}")
                    marks = [pytest.mark.xfail(reason=reason)] if reason else []
                    if case.name in unsteady:
                        reason = unsteady[case.name]
                        marks = [pytest.mark.xfail(reason=reason, strict=False)]
                    found.append(pytest.param(case, form, simplified, id=way, marks=marks))
        return found

    def check(self, case: Case, form: str, *, simplified: bool) -> None:
        """Compare the derivatives of a case that are made with differences."""
        check = {"gradient": check_gradient, "tangent": check_tangent}[form]
        for way, like, inputs in self.ways(case):
            function = self.made(case, form, way, like, simplified=simplified)
            for args in inputs if function else ():
                check(case, args, function, tolerance=self.tolerance)
            self.check_text(case, form, way, function, simplified=simplified)

    def check_text(
        self, case: Case, form: str, way: str, function: Any, *, simplified: bool
    ) -> None:
        """Fail where the text of a derivative isn't the one that was read last; function: None where it is refused."""
        if function is not None:
            title = _version(self.title(case, form, way), simplified=simplified)
            assert digest(function.source) == self.digests.get(title), (
                f"the derivative is right, and its text is another one: {title}\n{function.source}\n"
                "Read it; `python -m tests.test_...` of this corpus takes it for good."
            )

    def check_titles(self) -> None:
        """Fail where a refusal is of a case that there isn't."""
        titles = {
            self.title(case, form, way)
            for case in self.cases
            for form in FORMS
            for way, _, _ in self.ways(case)
        }
        assert set(self.refusals) <= titles

    def share(self, form: str) -> float:
        """The share of the cases that are differentiated whatever is told of their arguments."""
        refused = {key.partition(":")[0] for key in self.refusals if f": {form}, " in key}
        return 1 - len(refused) / len(self.cases)

    def derivative(self, case: Any, form: str, like: Any, *, simplified: bool) -> Any:
        """The derivative of a case, whatever is told with it."""
        with warnings.catch_warnings(action="ignore"):
            of = getattr(case, "of", None)
            return derived(
                case.function, case.variables, of=of, like=like, form=form, simplified=simplified
            )[0]

    def write(self) -> None:
        """Write down what is refused, and digests of all else, in the order of the cases; other failures are told."""
        assert Path.cwd() == ROOT
        refused, digests = {}, {}
        for case in self.cases:
            for form in FORMS:
                for way, like, _ in self.ways(case):
                    title = self.title(case, form, way)
                    try:
                        for simplified in (False, True):
                            text = self.derivative(case, form, like, simplified=simplified).source
                            digests[_version(title, simplified=simplified)] = digest(text)
                    except REFUSED as error:
                        refused[title] = message_of(error)
                    except Exception as error:  # noqa: BLE001
                        sys.stderr.write(f"{title}: {error!r}\n")
        write_sections(self.file, refused)
        lines = "".join(f"{found} {title}\n" for title, found in digests.items())
        self.digest_file.write_text(lines, encoding="utf-8")


REFUSED = (TransformError, QuestionError)


def digest(text: str) -> str:
    """What tells a text from others."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _version(title: str, *, simplified: bool) -> str:
    return title if simplified else f"{title}, plain"


def read_digests(file: Path) -> dict[str, str]:
    """The digests in a file by the titles of the texts."""
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    return {title: found for found, _, title in (line.partition(" ") for line in lines)}


def _kinds(case: Case, args: tuple[Any, ...]) -> tuple[Any, ...]:
    """What `like` tells of arguments: their kinds only."""
    names = inspect.signature(case.function).parameters
    return tuple(example_kind(v, n, real=n in case.variables) for n, v in zip(names, args))


def message_of(error: BaseException) -> str:
    """The text of a refusal, wherever the tests are run."""
    return anywhere(str(error))


def anywhere(text: str) -> str:
    """A message as it is wherever the tests are run, without what it says of the text of Python's own library."""
    library = re.escape(sysconfig.get_path("stdlib"))
    text = text.replace(f"{ROOT}/", "")
    return re.sub(rf"^( *){library}/.*\n(?:\1 .*\n?)*", "", text, flags=re.MULTILINE)
