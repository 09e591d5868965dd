"""What has no literal is refused, f-strings keep their quotes, and a text that means something else isn't emitted."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

import gast
import numpy as np
import pytest

from s2sgrad.emit import CommentStatement, EmitError, emit, expression
from s2sgrad.emit.verify import verify
from s2sgrad.transform import derived


def parsed(text: str) -> gast.Module:
    return gast.ast_to_gast(ast.parse(text))


def constant(value: Any) -> gast.Constant:
    return gast.Constant(value=value, kind=None)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (np.float64(0.5), "a constant can't be a float64"),
        (np.arange(2), "a constant can't be a ndarray"),
        (frozenset({1}), "a constant can't be a frozenset"),
        (1 + 2j, "a complex number with a real part has no literal"),
        (complex(-0.0, 1.0), "a complex number with a real part has no literal"),
        (complex(0.0, float("nan")), "nan has no literal"),
    ],
)
def test_what_has_no_literal_is_refused(value: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        expression(constant(value))


@pytest.mark.parametrize("digits", [0, 1, 4000, 5000])
def test_an_integer_of_any_length_has_a_literal(digits: int) -> None:
    value = 10**digits + 1
    assert ast.parse(expression(constant(value)), mode="eval").body.value == value


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("""f'{d["a"]}'""", """f"{d['a']}\""""),
        ("""f'"{d["a"]}"'""", """f'"{d["a"]}"'"""),
        ('''f"""{x:'>10} ""\\""""''', """f"{x:'>10} \\"\\"\\"\""""),
        ("""f'{x!r:">10}'""", None),
        ('''f"""{d["it's"]}"""''', None),
        ('''f"""{d["it's"]} "and" 'more'"""''', None),
        ("""f'{x:{d["a"]}>{n}}'""", None),
        ("""f"{ {1: x}[1] }, { {x} }\"""", None),
    ],
)
def test_an_f_string_means_what_it_meant(text: str, wanted: str | None) -> None:
    printed = expression(gast.parse(text, mode="eval").body)
    assert wanted is None or printed == wanted
    names = {"d": {"a": "*", "it's": 2}, "x": (1, 2), "n": 12}
    for x in ("abc", 2):
        assert eval(printed, {**names, "x": x}) == eval(text, {**names, "x": x})


class Line:
    """A number, and what stands beside it where it is shown."""

    def __init__(self, x, mark):
        self.x = x
        self.mark = mark

    def text(self):
        return f"{self.x:.2f}{self.mark}"


def shown_in_lines(x):
    square = Line(x * x, "\n")
    print(square.text())  # noqa: T201
    return square.x * x


def shown_with_marks(x):
    first, second, third = Line(x * x, "#"), Line(3 * x, "'\""), Line(x, "\t")
    print(first.text(), second.text(), third.text())  # noqa: T201
    return first.x * second.x * third.x


@pytest.mark.parametrize("simplified", [False, True], ids=["plain", "simplified"])
@pytest.mark.parametrize(
    ("function", "shown", "wanted"),
    [
        (shown_in_lines, "0.25\n\n", 0.75),
        (shown_with_marks, "0.25# 1.50'\" 0.50\t\n", 1.5),
    ],
)
def test_strings_of_objects_stand_in_f_strings(
    function: Callable[[float], float],
    shown: str,
    wanted: float,
    simplified: bool,
    capsys: pytest.CaptureFixture[str],
) -> None:
    gradient, _ = derived(function, simplified=simplified)
    assert gradient(0.5) == pytest.approx(wanted)
    assert capsys.readouterr().out == shown
    tangent, _ = derived(function, form="tangent", simplified=simplified)
    assert tangent(0.5, 1.0)[1] == pytest.approx(wanted)
    assert capsys.readouterr().out == shown


@pytest.mark.parametrize(
    ("wanted", "text", "message"),
    [
        ("x = 1", "x = 2", "wanted 1, found 2"),
        ("x = 1", "x = 1.0", "wanted 1, found 1.0"),
        ("x = 0.0", "x = -0.0", "wanted Constant.*, found UnaryOp"),
        ("x = 1", "y = 1", "wanted Name.*id='x'.*, found Name.*id='y'"),
        ("x.a", "x.b", "wanted 'a', found 'b'"),
        ("x = 1", "x = 1\ny = 2", r"wanted \[Assign.*\], found \[Assign.*, Assign.*\]"),
        ("if x:\n    y", "if x:\n    z", "wanted Name.*'y'.*, found Name.*'z'"),
        ("f(x)", "f(x, y)", r"wanted \[Name.*\], found \[Name.*, Name.*\]"),
        ("f(x)", "f(*x)", "wanted Name.*, found Starred"),
        ("lambda x: 1", "lambda y: 1", "wanted Name.*'x'.*, found arg.*'y'"),
        ("lambda x: 1", "lambda x, y: 1", r"wanted \[Name.*\], found \[arg.*, arg.*\]"),
        ("x + y", "x - y", "wanted Add.*, found Sub"),
        ("x + y", "x + z", "wanted Name.*'y'.*, found Name.*'z'"),
        ("def f():\n    'One.'", "def f():\n    'Two.'", "wanted Expr.*, found Expr"),
        ("def f(x: int):\n    y", "def f(x: float):\n    y", "wanted Name.*, found Name"),
        ("del x, y", "del x, z", "wanted Name.*'y'.*, found Name.*'z'"),
        (
            "try:\n    x\nexcept E as a:\n    y",
            "try:\n    x\nexcept E as b:\n    y",
            "wanted 'a', found 'b'",
        ),
    ],
)
def test_a_text_that_means_something_else_is_told(wanted: str, text: str, message: str) -> None:
    assert verify(parsed(wanted), wanted)
    with pytest.raises(EmitError, match="parses to another tree: " + message):
        verify(parsed(wanted), text)


def test_del_of_a_tuple_is_del_of_its_items() -> None:
    assert verify(parsed("del x, y"), "del (x, y)")


def test_a_constant_that_reads_as_another_tree_is_an_internal_error() -> None:
    module = gast.Module(body=[gast.Expr(value=constant(complex(0.0, -1.0)))], type_ignores=[])
    with pytest.raises(EmitError, match=r"wanted Constant.*, found UnaryOp"):
        emit(module)


def test_a_number_below_zero_is_read_with_a_sign() -> None:
    for value in (-1, -0.5, -0.0):
        module = gast.Module(body=[gast.Expr(value=constant(value))], type_ignores=[])
        assert emit(module) == f"{value}\n"


def test_comments_are_no_statements() -> None:
    module = parsed("x = 1")
    module.body.insert(0, CommentStatement("x"))
    assert verify(module, "# y\nx = 1\n")
