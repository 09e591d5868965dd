"""Texts that are known stand in the literal of an f-string, also those that can't stand in its braces."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from s2sgrad.transform import derived


class Labels:
    def __init__(self):
        self.sep = "\\"
        self.end = "\0"


def of_a_dict(x):
    d = {"sep": "\\", "x": x}
    print(f"{d['x']}{d['sep']}")  # noqa: T201
    return d["x"] * x


def of_an_object(x):
    labels = Labels()
    print(f"{x}{labels.sep}{labels.end!r}|{labels.sep:>3}|")  # noqa: T201
    return x * x


def of_braces_and_quotes(x):
    d = {"line": "\n", "one": "'", "two": '"', "open": "{", "e": "é", "hash": "#"}
    print(f"{x:.2f}{d['line']}{d['one']}{d['two']}{d['open']}{{}}{d['e']!a}{d['hash']}")  # noqa: T201
    return x * x


def of_formats(x):
    d = {"width": 8, "format": ".3f", "fill": "\\>8"}
    print(f"{x:{d['width']}{d['format']}}", f"{x:{d['fill']}}")  # noqa: T201
    return x * x


def of_expressions(x):
    d = {"sep": "\\", "line": "\n", "hash": "#"}
    print(f"{d['sep'] + str(x)}{d['line'].join(['a', 'b'])}{d['hash'] + 'c'}")  # noqa: T201
    print(f"{'a' + d['sep']!r:>{len(d['sep']) + 9}}{{{x}}}")  # noqa: T201
    return x * x


def of_an_error(x):
    d = {"sep": "\\"}
    if x < 0:
        raise ValueError(f"a{d['sep']}b{d['sep'] + 'c'}")
    return x * x


def of_a_format_that_is_none(x):
    d = {"text": "a", "format": "d"}
    if x < 0:
        print(f"{d['text']:{d['format']}}")  # noqa: T201
    return x * x


def of_a_text_alone(x):
    d = {"sep": "\\"}
    print(f"{d['sep']}{d['sep']:>4}")  # noqa: T201
    return x * x


FUNCTIONS = [
    of_a_dict,
    of_an_object,
    of_braces_and_quotes,
    of_formats,
    of_expressions,
    of_an_error,
    of_a_format_that_is_none,
    of_a_text_alone,
]


@pytest.mark.parametrize("simplified", [False, True], ids=["plain", "simplified"])
@pytest.mark.parametrize("function", FUNCTIONS)
def test_the_same_is_printed(
    function: Callable[..., Any], simplified: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted = function(1.5)
    said = capsys.readouterr().out
    gradient = derived(function, simplified=simplified)[0]
    assert gradient(1.5) == (3.0,)
    assert capsys.readouterr().out == said
    value, change = derived(function, form="tangent", simplified=simplified)[0](1.5, 2.0)
    assert (value, change) == (wanted, 6.0)
    assert capsys.readouterr().out == said
    assert derived(gradient, ("x",), simplified=simplified)[0](1.5) == (2.0,)
    assert capsys.readouterr().out == said


def test_the_same_is_raised() -> None:
    for function in (of_an_error, of_a_format_that_is_none):
        with pytest.raises(ValueError) as wanted:  # noqa: PT011
            function(-1.0)
        with pytest.raises(ValueError) as found:  # noqa: PT011
            derived(function)[0](-1.0)
        assert str(found.value) == str(wanted.value)


@pytest.mark.parametrize(
    ("function", "text"),
    [
        (of_a_dict, r'print(f"{x}\\")'),
        (of_an_object, r"""print(f"{x}\\'\\x00'|  \\|")"""),
        (of_braces_and_quotes, r"""print(f"{x:.2f}\n'\"{{{{}}'\\xe9'#")"""),
        (of_formats, r"""print(f"{x:{d_width}.3f}", "{:\\>8}".format(x))"""),
        (of_an_error, r'raise ValueError("a\\b{}".format("\\" + "c"))'),
        (of_a_text_alone, r'print("\\   \\")'),
    ],
)
def test_the_text(function: Callable[..., Any], text: str) -> None:
    assert text in derived(function)[0].source
