"""Refused syntax: the whole text of each refusal, kept in refusals/syntax.txt below its program.

`python -m tests.test_check` writes the texts again.
"""

from __future__ import annotations

import ast
from pathlib import Path

import gast
import numpy as np
import pytest

from s2sgrad.check import DECISIONS, check_syntax
from s2sgrad.errors import TransformError
from s2sgrad.parse import parse
from s2sgrad.source import Source
from tests.zoo import ALL

GOLDEN = Path(__file__).parent / "refusals" / "syntax.txt"
_TITLE, _ARROW = "##### ", "-----\n"


def golden() -> dict[str, tuple[str, str]]:
    """Title → program and what is said of it."""
    found = {}
    for part in GOLDEN.read_text(encoding="utf-8").split(_TITLE)[1:]:
        title, _, text = part.partition("\n")
        program, _, refusal = text.partition(_ARROW)
        found[title] = program, refusal
    return found


def refusal(program: str) -> str:
    """What is said of the last function of a program."""
    functions = gast.FunctionDef | gast.AsyncFunctionDef
    tree = [node for node in gast.parse(program).body if isinstance(node, functions)][-1]
    source = Source(tree.name, tree, "model.py", tuple(program.splitlines()), {"np": np})
    found = check_syntax(source)
    return f"{TransformError(found)}\n\n" if found else "\n"


@pytest.mark.parametrize("title", golden())
def test_refusal(title: str) -> None:
    program, expected = golden()[title]
    ast.parse(program)
    assert refusal(program) == expected


def test_the_zoo_is_accepted() -> None:
    assert not [case.name for case in ALL if check_syntax(parse(case.function))]


def test_every_class_of_the_grammar_is_decided() -> None:
    leaves = {
        name
        for module in (ast, gast)
        for name, value in vars(module).items()
        if isinstance(value, type)
        and issubclass(value, ast.AST)
        and value._fields is not None
        and not name.islower()
        and not name.startswith("_")
        and name != "AST"
    }
    leaves |= {"alias", "arg", "arguments", "comprehension", "keyword", "match_case", "withitem"}
    assert not sorted(leaves - DECISIONS.keys())


if __name__ == "__main__":
    GOLDEN.write_text(
        "".join(f"{_TITLE}{t}\n{p}{_ARROW}{refusal(p)}" for t, (p, _) in golden().items()),
        encoding="utf-8",
    )
