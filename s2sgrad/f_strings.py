r"""f-strings as one writes them: what is a text already is part of their text.

Passes put values in the place of names, also in the braces of an f-string, where not everything can be written before
Python 3.12. A text becomes part of the literal: `f"{x}/"` for `f"{x}{'/'}"`. Where a text inside a larger expression,
or a format, needs a backslash, or holds a `#`, all is given to `format`: `"{}{}".format(x, "\\".join(names))`. The same
is written in every version of Python.
"""

from __future__ import annotations

from collections.abc import Iterable
from operator import is_

import gast

from s2sgrad.trees import nodes, with_fields

__all__ = ["with_literals"]


def with_literals(text: gast.JoinedStr) -> gast.AST:
    """An f-string, a literal or a call of `format` that is the same text."""
    values = _joined(map(_literal, text.values))
    if not any(isinstance(value, gast.FormattedValue) for value in values):
        words = "".join(value.value for value in values)
        return gast.copy_location(gast.Constant(value=words, kind=None), text)
    given: list[gast.AST] = []
    template = _template(values, given) if any(map(_is_unwritable, _in_braces(values))) else None
    if template is None:
        same = _same(values, text.values)
        return text if same else gast.copy_location(gast.JoinedStr(values=values), text)
    method = gast.Attribute(gast.Constant(template, None), "format", gast.Load())
    return gast.copy_location(gast.Call(func=method, args=given, keywords=[]), text)


def _same(parts: list[gast.AST], others: list[gast.AST]) -> bool:
    return len(parts) == len(others) and all(map(is_, parts, others))


def _in_braces(values: Iterable[gast.AST]) -> list[gast.AST]:
    """What stands in the braces of an f-string: expressions, and formats that hold a backslash."""
    found: list[gast.AST] = []
    for value in values:
        if isinstance(value, gast.FormattedValue):
            found.append(value.value)
            if value.format_spec is not None:
                parts = value.format_spec.values
                found += [p for p in parts if isinstance(p, gast.Constant) and "\\" in p.value]
                found += _in_braces(parts)
    return found


def _literal(value: gast.AST) -> gast.AST:
    """The text that stands in braces, as a literal; what else stands there has its format written so."""
    if not isinstance(value, gast.FormattedValue):
        return value
    wanted = "" if value.format_spec is None else None
    if value.format_spec is not None:
        given = value.format_spec.values
        parts = _joined(map(_literal, given))
        if all(isinstance(part, gast.Constant) for part in parts):
            wanted = "".join(part.value for part in parts)
        if not _same(parts, given):
            value = with_fields(value, {"format_spec": gast.JoinedStr(values=parts)})
    words = value.value.value if isinstance(value.value, gast.Constant) else None
    if not isinstance(words, str) or wanted is None:
        return value
    try:
        text = format(_CONVERSIONS.get(value.conversion, str)(words), wanted)
    except ValueError:  # which the program raises, too
        return value
    return gast.Constant(value=text, kind=None)


_CONVERSIONS = {ord("r"): repr, ord("a"): ascii}


def _joined(values: Iterable[gast.AST]) -> list[gast.AST]:
    """The parts of an f-string, literals beside each other as one."""
    out: list[gast.AST] = []
    for value in values:
        if isinstance(value, gast.Constant) and out and isinstance(out[-1], gast.Constant):
            out[-1] = gast.Constant(value=out[-1].value + value.value, kind=None)
        else:
            out.append(value)
    return out


def _is_unwritable(value: gast.AST) -> bool:
    """Whether an expression has a text in it that can't stand in braces."""
    return any(
        isinstance(node, gast.Constant)
        and isinstance(node.value, str | bytes)
        and not {"\\", "#"}.isdisjoint(repr(node.value))
        for node in nodes(value)
    )


def _template(values: Iterable[gast.AST], given: list[gast.AST]) -> str | None:
    """What `format` fills with given, to which the expressions are added; None where it has no way to write it."""
    out = ""
    for value in values:
        if not isinstance(value, gast.FormattedValue):
            out += value.value.replace("{", "{{").replace("}", "}}")
            continue
        given.append(value.value)
        out += "{" + ("!" + chr(value.conversion) if value.conversion != -1 else "")
        if value.format_spec is not None:
            parts = value.format_spec.values
            braces = any(
                isinstance(part, gast.Constant) and not {"{", "}"}.isdisjoint(part.value)
                for part in parts
            )
            nested = any(getattr(part, "format_spec", None) is not None for part in parts)
            inner = None if braces or nested else _template(parts, given)
            if inner is None:
                return None
            out += ":" + inner
        out += "}"
    return out
