"""The examples in the docstrings of s2sgrad.simplify are what its functions do."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

from s2sgrad import simplify

MODULES = sorted(
    f"{simplify.__name__}.{module.name}" for module in pkgutil.iter_modules(simplify.__path__)
)


def examples() -> list[doctest.DocTest]:
    finder = doctest.DocTestFinder(exclude_empty=True)
    return [
        test
        for module in MODULES
        for test in finder.find(importlib.import_module(module), module)
        if test.examples
    ]


@pytest.mark.parametrize("test", examples(), ids=lambda test: test.name)
def test_example(test: doctest.DocTest) -> None:
    report: list[str] = []
    failed, _ = doctest.DocTestRunner().run(test, out=report.append)
    assert not failed, "".join(report)
