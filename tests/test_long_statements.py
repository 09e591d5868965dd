"""Statements that are too long for a line are broken as ruff breaks them, whatever kind they are of."""

from __future__ import annotations

import ast
import subprocess
import sys

import gast
import pytest

from s2sgrad.emit import emit

FIRST, SECOND, THIRD = "first_" * 6 + "a", "second_" * 5 + "b", "third_" * 6 + "c"


def printed(text: str) -> str:
    return emit(gast.ast_to_gast(ast.parse(text)))


def formatted(text: str) -> str:
    """What `ruff format` makes of a text, in its default settings."""
    run = subprocess.run(
        [sys.executable, "-m", "ruff", "format", "--isolated", "-"],
        input=text,
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    return run.stdout


STATEMENTS = {
    "sum": f"{FIRST} + {SECOND} + {THIRD}",
    "call": f"{FIRST}({SECOND}, {THIRD})",
    "assigned_lambda": f"{FIRST} = lambda {SECOND}: {SECOND}({THIRD}, 1)",
    "annotated_and_assigned": f"{FIRST}: int = {SECOND} + {THIRD}",
    "annotated_with_brackets": f"{FIRST}: list[int] = {SECOND}({THIRD})",
    "annotated_with_many": f"{FIRST}: dict[{SECOND}, {THIRD}] = x",
    "annotated_only": f"{FIRST}: {SECOND}.{THIRD}.parts",
    "annotated_in_parentheses": f"(x): {SECOND} = {THIRD}(1, 2) + {FIRST}",
    "annotated_attribute": f"x.{FIRST}: {SECOND} = {THIRD}(1, 2)",
    "raised": f"raise ValueError({FIRST}, {SECOND}, {THIRD})",
    "raised_from": f"raise {FIRST}({SECOND}) from {THIRD}({SECOND})",
    "deleted": f"del {FIRST}[{SECOND}, {THIRD}]",
    "deleted_together": f"del {FIRST}, {SECOND}, {THIRD}",
    "not_of_bits": f"x = ~{FIRST}[0] & ~{SECOND}[1] | ~{THIRD}(2)",
    "not_of_one": f"x = ~{FIRST}({SECOND}, {THIRD})",
    "starred": f"x = [*{FIRST}({SECOND}), *{THIRD}[0], *({FIRST} or {SECOND})]",
    "starred_last": f"x = {FIRST}, *{SECOND}[0, 1, 2], *{THIRD}(1, 2)",
    "keyword_only": f"x = {FIRST}(lambda *, a, b={SECOND}: a + {THIRD}(b))",
    "sum_with_a_lambda": f"x = {FIRST}[0] + (lambda *, a, b={SECOND}: a)({THIRD})",
    "condition": f"x = {FIRST}(1) if {SECOND} else lambda *, a, b={THIRD}[0]: a + b",
    "condition_named": f"x = {FIRST}(1) if (n := {SECOND}) else {THIRD}(n)",
}
INSIDE = {
    "yielded": f"{FIRST} = yield {SECOND}({THIRD})",
    "yielded_alone": f"{FIRST}[{SECOND}, {THIRD}, 0] = yield",
    "yielded_sum": f"yield {FIRST} + {SECOND} + {THIRD}",
    "yielded_from": f"x = yield from {FIRST}({SECOND}, {THIRD})",
    "returned_lambda": f"return lambda {FIRST}: {SECOND}({THIRD}, {FIRST})",
    "tested": f"assert {FIRST}({SECOND}), {THIRD}({SECOND})",
}
AWAITED = {
    "awaited": f"x = await {FIRST}({SECOND}, {THIRD})",
    "awaited_sum": f"x = await {FIRST}({SECOND}) + await {THIRD}(1)",
    "awaited_chosen": f"return await {FIRST}(1) if {SECOND} else await {THIRD}(2)",
    "with": f"async with {FIRST}({SECOND}) as x, {THIRD}(1) as y:\n        pass",
    "for": f"async for x in {FIRST}({SECOND}, {THIRD}):\n        pass",
}
HEADS = {
    "returns": f"def f({FIRST}, {SECOND}) -> {THIRD}:\n    pass",
    "returns_brackets": f"def f({FIRST}, {SECOND}) -> tuple[{THIRD}, int]:\n    pass",
    "returns_without_parameters": f"def {FIRST}() -> tuple[{SECOND}, {THIRD}]:\n    pass",
    "no_parameters": f"def {FIRST}{SECOND}{THIRD}():\n    pass",
    "named": f"if {FIRST} := {SECOND}({THIRD}, 1):\n    pass",
    "named_in_a_loop": f"while {FIRST} := {SECOND}[0] + {THIRD}(1, 2):\n    pass",
    "handler": f"try:\n    pass\nexcept ({FIRST}, {SECOND}, {THIRD}) as error:\n    pass",
    "handler_of_one": f"try:\n    pass\nexcept {FIRST}.{SECOND}.{THIRD} as error:\n    pass",
}


def all_statements() -> dict[str, str]:
    def inside(head: str, statements: dict[str, str]) -> dict[str, str]:
        return {name: f"{head}\n    {text}" for name, text in statements.items()}

    return {
        **STATEMENTS,
        **inside("def f():", INSIDE),
        **inside("async def f():", AWAITED),
        **HEADS,
    }


@pytest.mark.parametrize("text", all_statements().values(), ids=all_statements())
def test_a_long_statement_is_broken_as_ruff_breaks_it(text: str) -> None:
    assert printed(text) == formatted(text)


@pytest.mark.parametrize(
    ("head", "text"),
    [("", "return"), ("", "raise"), ("try:\n    pass\n", "except:\n    pass")],
    ids=["return", "raise", "except"],
)
def test_what_has_nowhere_to_be_broken_stays_a_line(head: str, text: str) -> None:
    lines = [*head.splitlines(), *text.splitlines()]
    depth = 25
    nested = [f"{'    ' * (k + 1)}if x:" for k in range(depth)]
    inside = [f"{'    ' * (depth + 1)}{line}" for line in lines]
    text = "\n".join(["def f(x):", *nested, *inside]) + "\n"
    assert printed(text) == text
