"""Constants as text: numbers as Python's repr, strings in double quotes, f-strings."""

from __future__ import annotations

import ast
import cmath
import math
from collections.abc import Callable

import gast

__all__ = ["bytes_text", "constant", "f_string", "is_negative", "string_text"]


def constant(node: gast.Constant) -> str:
    """A constant on one line; a number that has no literal (nan) is refused."""
    value = node.value
    kind = type(value)
    if kind is int:
        return _integer(value)
    if kind is str:
        return string_text(value)
    if kind is float or kind is complex:
        return _number(value)
    if kind is bytes:
        return bytes_text(value)
    if value is Ellipsis:
        return "..."
    if value is None or kind is bool:
        return repr(value)
    message = f"a constant can't be a {kind.__name__}: {value!r}"
    raise ValueError(message)


def is_negative(value: object) -> bool:
    """Whether a number is printed with a sign in front of it."""
    real = isinstance(value, float) and math.copysign(1.0, value) < 0
    return real or (type(value) is int and value < 0)


def _integer(value: int) -> str:
    try:
        return repr(value)
    except ValueError:  # more digits than Python converts
        return hex(value)


def _number(value: complex) -> str:
    if isinstance(value, complex) and (value.real != 0 or math.copysign(1, value.real) != 1):
        message = f"a complex number with a real part has no literal: {value!r}"
        raise ValueError(message)
    if cmath.isnan(value):
        message = "nan has no literal"
        raise ValueError(message)
    return repr(value).replace("inf", "1e309").replace("e+", "e")


def string_text(value: str) -> str:
    """A string on one line, in double quotes unless single ones save escapes."""
    return _quoted(repr(value))


def bytes_text(value: bytes) -> str:
    """A bytes literal, quoted as strings are."""
    return "b" + _quoted(repr(value)[1:])


def _quoted(literal: str) -> str:
    """The literal that repr gives, in the quotes that need fewest escapes, best double ones."""
    if literal[0] == '"':  # repr's choice where only single quotes occur
        return literal
    inner = literal[1:-1]
    single = inner.count("\\'")
    double = inner.count('"')
    if double > single:
        return literal
    return '"' + inner.replace("\\'", "'").replace('"', '\\"') + '"'


def f_string(
    node: gast.JoinedStr,
    expression: Callable[[gast.AST], str],
    plain: Callable[[gast.AST], ast.AST],
) -> str:
    """An f-string: expression prints what stands in braces.

    plain gives ast's node for what needs unparse. Before Python 3.12 the braces can hold neither a
    backslash nor the surrounding quote.
    """
    literal = "".join([value.value for value in node.values if type(value).__name__ == "Constant"])
    quotes = "'\"" if literal.count('"') > literal.count("'") else '"'
    for quote in quotes:
        text = _fields(node.values, expression, quote)
        if text is not None:
            return f"f{quote}{text}{quote}"
    return ast.unparse(ast.fix_missing_locations(plain(node)))


def _fields(
    values: list[gast.AST], expression: Callable[[gast.AST], str], quote: str
) -> str | None:
    parts = []
    for value in values:
        if type(value).__name__ == "FormattedValue":
            part = _field(value, expression, quote)
            if part is None:
                return None
            parts.append(part)
            continue
        literal = repr(value.value)
        inner = literal[1:-1].replace("\\'", "'") if literal[0] == "'" else literal[1:-1]
        parts.append(inner.replace(quote, "\\" + quote).replace("{", "{{").replace("}", "}}"))
    return "".join(parts)


def _field(
    value: gast.FormattedValue, expression: Callable[[gast.AST], str], quote: str
) -> str | None:
    inner = _requoted(expression(value.value), quote)
    if inner is None:
        return None
    space = " " if inner[0] == "{" else ""
    out = "{" + space + inner
    if value.conversion != -1:
        space = ""
        out += "!" + chr(value.conversion)
    if value.format_spec is not None:
        spec = _fields(value.format_spec.values, expression, quote)
        if spec is None or "\\" in spec or quote in spec or "{{" in spec or "}}" in spec:
            return None
        out += ":" + spec
        space = ""
    return out + space + "}"


def _requoted(text: str, quote: str) -> str | None:
    """The text of an expression without the surrounding quote, or None where that can't be."""
    if "\\" in text or "#" in text:
        return None
    if quote not in text:
        return text
    return text.replace('"', "'") if quote == '"' and "'" not in text else None
