"""A small language for text that may be broken over lines, and how it is laid out in a width.

A document is a string, a list of documents, or one of the classes below. A group is printed on one
line where that fits up to the next line break after it; else its own lines are broken and its inner
groups are tried. The semantics are those of ruff's formatter (Prettier's with Black's needs added),
so that what is laid out here is left alone by it.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final

__all__ = [
    "HARD",
    "SOFT",
    "SPACE",
    "BestFitParentheses",
    "BestFitting",
    "Doc",
    "FitsExpanded",
    "Group",
    "IfBroken",
    "IfFlat",
    "Indent",
    "block",
    "rendered",
    "width_of",
]


class _Line:
    """A possible line break."""

    __slots__ = ("flat",)

    def __init__(self, flat: str | None) -> None:
        self.flat = flat


SOFT: Final = _Line("")
"""A line break, or nothing where the group is on one line."""
SPACE: Final = _Line(" ")
"""A line break, or a space where the group is on one line."""
HARD: Final = _Line(None)
"""Always a line break."""


@dataclass(frozen=True, eq=False, slots=True)
class Group:
    """On one line if that fits. only_if: a group only where that other group is broken."""

    content: Doc
    id: int | None = None
    expand: bool = False
    only_if: int | None = None


@dataclass(frozen=True, eq=False, slots=True)
class Indent:
    """One level further in; only_if: only where that group is broken."""

    content: Doc
    only_if: int | None = None


@dataclass(frozen=True, eq=False, slots=True)
class IfBroken:
    """Printed where a group is broken: the enclosing one, or the one named."""

    content: Doc
    group: int | None = None


@dataclass(frozen=True, eq=False, slots=True)
class IfFlat:
    """Printed where a group is on one line."""

    content: Doc
    group: int


@dataclass(frozen=True, eq=False, slots=True)
class FitsExpanded:
    """Fits where its broken lines do; if_flat: only while that group is on one line."""

    content: Doc
    if_flat: int | None


@dataclass(frozen=True, eq=False, slots=True)
class BestFitParentheses:
    """Put in parentheses on lines of its own where it fits there and doesn't fit without."""

    content: Doc
    id: int


@dataclass(frozen=True, eq=False, slots=True)
class BestFitting:
    """The first variant of which the first line fits; the last one, broken, where none does."""

    variants: tuple[Doc, ...]


@dataclass(frozen=True, eq=False, slots=True)
class _End:
    """Where a BestFitParentheses ends."""


_END: Final = _End()

Doc = (
    str
    | _Line
    | Group
    | Indent
    | IfBroken
    | IfFlat
    | FitsExpanded
    | BestFitParentheses
    | BestFitting
    | _End
    | list["Doc"]
    | tuple["Doc", ...]
)

_FIRST_LINE, _ALL_LINES, _OVERFLOWING = range(3)
"""Measured to the first line break, over all lines, or so that only the first must fit."""

_Item = tuple[Doc, int, bool, int]
"""A document, its indentation, whether it is on one line, how it is measured."""


def block(content: Doc) -> Doc:
    """Content on lines of its own, one level further in, where the enclosing group is broken."""
    return [Indent([SOFT, content]), SOFT]


def width_of(text: str) -> int:
    """How many columns a text takes."""
    if text.isascii():
        return len(text)
    return sum(
        2
        if unicodedata.east_asian_width(c) in "WF"
        else int(unicodedata.category(c) not in {"Mn", "Me", "Cf"})
        for c in text
    )


def rendered(doc: Doc, indent: int, width: int, step: int = 4) -> str:
    """The text of a document whose first line is already indented that far."""
    return _Layout(width, step).run(doc, indent)


class _Layout:
    """One document being laid out."""

    def __init__(self, width: int, step: int) -> None:
        self.width = width
        self.step = step
        self.out: list[str] = []
        self.column = 0
        self.broken: dict[int, bool] = {}
        self.measured = False

    def run(self, doc: Doc, indent: int) -> str:
        self.column = indent
        stack: list[_Item] = [(doc, indent, False, _FIRST_LINE)]
        while stack:
            self._print(stack.pop(), stack)
        return "".join(self.out)

    def _newline(self, indent: int) -> None:
        self.out.append("\n" + " " * indent)
        self.column = indent
        self.measured = False

    def _print(self, item: _Item, stack: list[_Item]) -> None:
        doc, indent, flat, every = item
        if isinstance(doc, str):
            self.out.append(doc)
            self.column += width_of(doc)
        elif isinstance(doc, list | tuple):
            stack.extend([(part, indent, flat, every) for part in reversed(doc)])
        elif isinstance(doc, _Line):
            if flat and doc.flat is not None:
                self.out.append(doc.flat)
                self.column += len(doc.flat)
            else:
                self._newline(indent)
        elif isinstance(doc, Group):
            if doc.only_if is None or self.broken[doc.only_if]:
                flat = not doc.expand and self._flat(doc.content, doc.id, item, stack)
                if doc.id is not None:
                    self.broken[doc.id] = not flat
            stack.append((doc.content, indent, flat, every))
        elif isinstance(doc, Indent):
            deeper = doc.only_if is None or self.broken[doc.only_if]
            stack.append((doc.content, indent + self.step if deeper else indent, flat, every))
        elif isinstance(doc, IfBroken):
            if self._is_broken(doc.group, flat=flat):
                stack.append((doc.content, indent, flat, every))
        elif isinstance(doc, IfFlat):
            if not self.broken[doc.group]:
                stack.append((doc.content, indent, flat, every))
        elif isinstance(doc, FitsExpanded):
            if doc.if_flat is None or not self.broken[doc.if_flat]:
                self.measured = False  # what is inside was measured broken
            stack.append((doc.content, indent, flat, every))
        elif isinstance(doc, BestFitting):
            self._print_best(doc, item, stack)
        elif isinstance(doc, BestFitParentheses):
            self._print_parentheses(doc, item, stack)

    def _is_broken(self, group: int | None, *, flat: bool) -> bool:
        return not flat if group is None else self.broken[group]

    def _flat(self, content: Doc, group: int | None, item: _Item, stack: list[_Item]) -> bool:
        """Whether a group goes on one line."""
        _, indent, flat, every = item
        if flat and self.measured:
            return True
        self.measured = True
        if group is not None:
            self.broken[group] = False
        return self._fits([(content, indent, True, every)], stack)

    def _print_best(self, doc: BestFitting, item: _Item, stack: list[_Item]) -> None:
        _, indent, flat, every = item
        if flat and self.measured:
            stack.append((doc.variants[0], indent, flat, every))
            return
        self.measured = True
        for variant in doc.variants[:-1]:
            entry: _Item = (variant, indent, True, _FIRST_LINE)
            if self._fits([entry], stack):
                stack.append(entry)
                return
        stack.append((doc.variants[-1], indent, False, every))

    def _print_parentheses(self, doc: BestFitParentheses, item: _Item, stack: list[_Item]) -> None:
        _, indent, _, every = item
        flat = self._flat(doc.content, doc.id, item, stack)
        if not flat:
            self.broken[doc.id] = True
            content: list[_Item] = [
                (_END, indent, False, _ALL_LINES),
                (doc.content, indent + self.step, False, _ALL_LINES),
                (HARD, indent + self.step, False, _ALL_LINES),
                ("(", indent, False, _ALL_LINES),
            ]
            if self._fits(content, stack):
                self.broken[doc.id] = True
                stack.extend(
                    [
                        (")", indent, False, every),
                        (HARD, indent, False, every),
                        (doc.content, indent + self.step, False, every),
                        (HARD, indent + self.step, False, every),
                        ("(", indent, False, every),
                    ]
                )
                return
        self.broken[doc.id] = False
        stack.append((doc.content, indent, True, every))

    # ---- measuring -----------------------------------------------------------------------------

    def _fits(self, items: list[_Item], rest: list[_Item]) -> bool:
        """Whether items (in reverse), and what follows them up to a line break, fit."""
        column = self.column
        below = False
        pending = items
        following = len(rest)
        while True:
            if not pending:
                if not following:
                    return True
                following -= 1
                pending.append(rest[following])
            doc, indent, flat, every = item = pending.pop()
            if isinstance(doc, str):
                column += width_of(doc)
                if column > self.width and not (below and every == _OVERFLOWING):
                    return False
            elif isinstance(doc, list | tuple):
                pending.extend([(part, indent, flat, every) for part in reversed(doc)])
            elif isinstance(doc, _Line):
                if flat and doc.flat is not None:
                    column += len(doc.flat)
                elif flat or not every:
                    return True
                else:
                    column = indent
                    below = True
            elif isinstance(doc, _End):
                column = indent + 1
            else:
                self._expand(doc, item, pending)

    def _expand(self, doc: Doc, item: _Item, pending: list[_Item]) -> None:
        """What is inside a document, as it is measured."""
        _, indent, flat, every = item
        if isinstance(doc, Group):
            if doc.only_if is None or self.broken[doc.only_if]:
                flat = flat and not doc.expand
                if doc.id is not None:
                    self.broken[doc.id] = not flat
            pending.append((doc.content, indent, flat, every))
        elif isinstance(doc, Indent):
            deeper = doc.only_if is None or self.broken[doc.only_if]
            pending.append((doc.content, indent + self.step if deeper else indent, flat, every))
        elif isinstance(doc, IfBroken):
            if self._is_broken(doc.group, flat=flat):
                pending.append((doc.content, indent, flat, every))
        elif isinstance(doc, IfFlat):
            if not self.broken[doc.group]:
                pending.append((doc.content, indent, flat, every))
        elif isinstance(doc, FitsExpanded):
            met = doc.if_flat is None or not self.broken[doc.if_flat]
            if flat and met:
                pending.append((doc.content, indent, False, _OVERFLOWING))
            else:
                pending.append((doc.content, indent, flat, every))
        elif isinstance(doc, BestFitting):
            pending.append((doc.variants[0 if flat else -1], indent, flat, _FIRST_LINE))
        elif isinstance(doc, BestFitParentheses):
            self.broken[doc.id] = not flat
            pending.append((doc.content, indent, flat, every))
