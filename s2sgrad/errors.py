"""How s2sgrad refuses: located findings, raised together as one error.

A Finding says what can't be differentiated, where, and what to write instead. Its text is::

    model.py:14:9: np.sort(x, kind=...) has no derivative rule for the keyword 'kind'
            y = np.sort(x, kind="stable")
                ^^^^^^^^^^^^^^^^^^^^^^^^^
       np.sort is known with: a, axis. Leave the keyword out.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

__all__ = ["Finding", "QuestionError", "TransformError"]

_SOURCE_INDENT = " " * 8
_REMEDY_INDENT = " " * 3


@dataclass(frozen=True)
class Finding:
    """One thing that is refused.

    line and end_line count from 1, column and end_column are characters from 0 (printed from 1);
    end_column is the first character after the construct. Where line is 0 the finding has no place
    in a text, and filename says what it is about. source_line is the line's text as it is in the
    file.
    """

    filename: str
    line: int
    column: int
    end_line: int
    end_column: int
    message: str
    remedy: str = ""
    source_line: str = ""

    def __str__(self) -> str:
        place = f"{self.filename}:{self.line}:{self.column + 1}" if self.line else self.filename
        out = [f"{place}: {self.message}", *self._marked()]
        out += [_REMEDY_INDENT + line for line in self.remedy.splitlines()]
        return "\n".join(out)

    def _marked(self) -> list[str]:
        """The source line without its indentation, and carets below the construct."""
        line = self.source_line.rstrip()
        text = line.lstrip()
        if not self.line or not text:
            return []
        indent = len(line) - len(text)
        start = min(max(self.column - indent, 0), len(text))
        end = self.end_column - indent if self.end_line == self.line else len(text)
        end = min(max(end, start), len(text))
        carets = "^" * max(_width(text[start:end]), 1)
        return [
            _SOURCE_INDENT + "".join(_printable(character) for character in text),
            _SOURCE_INDENT + " " * _width(text[:start]) + carets,
        ]


def _printable(character: str) -> str:
    """A character as a message can show it: tabs and control characters become a space."""
    return " " if unicodedata.category(character) in {"Cc", "Cs"} else character


def _width(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(character: str) -> int:
    if unicodedata.east_asian_width(character) in {"W", "F"}:
        return 2
    return 0 if unicodedata.category(character) in {"Mn", "Me", "Cf"} else 1


class TransformError(Exception):
    """A function can't be differentiated as it is written; its text lists every finding by line."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        distinct = tuple(dict.fromkeys(findings))
        files = {
            filename: position
            for position, filename in enumerate(dict.fromkeys(f.filename for f in distinct))
        }
        self.findings = tuple(sorted(distinct, key=lambda f: (files[f.filename], f.line, f.column)))
        super().__init__("\n".join(map(str, self.findings)))

    def __reduce__(self) -> tuple[Callable[..., TransformError], tuple[tuple[Finding, ...]]]:
        return type(self), (self.findings,)


class QuestionError(ValueError):
    """What is to be differentiated by what names something that the function doesn't have."""
