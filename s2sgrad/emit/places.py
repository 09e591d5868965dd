"""Where an expression stands, and what may be broken there.

`OPEN`, where nothing encloses it, so that its operators can't be broken; `ENCLOSED`, inside brackets; or the number
of the group whose optional parentheses enclose it if they are printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from s2sgrad.emit.doc import SOFT, SPACE, Doc, Group, IfBroken, IfFlat

__all__ = ["ENCLOSED", "OPEN", "commas", "grouped", "line", "soft"]

OPEN: Final = 0
ENCLOSED: Final = -1


def commas(items: Sequence[Doc], trailing: int = 2) -> Doc:
    """Items, one a line if broken; a comma after the last where there are so many at least."""
    out: list[Doc] = []
    for position, item in enumerate(items):
        out += [",", SPACE, item] if position else [item]
    if len(items) >= trailing:
        out.append(IfBroken(","))
    return out


def line(where: int) -> Doc:
    """A line break or a space, if it can be broken there."""
    if where == OPEN:
        return " "
    return SPACE if where == ENCLOSED else [IfBroken(SPACE, where), IfFlat(" ", where)]


def soft(where: int) -> Doc:
    """A line break or nothing."""
    if where == OPEN:
        return ""
    return SOFT if where == ENCLOSED else IfBroken(SOFT, where)


def grouped(content: Doc, where: int) -> Doc:
    """What is broken only where it doesn't fit on one line."""
    if where == OPEN:
        return content
    return Group(content) if where == ENCLOSED else Group(content, only_if=where)
