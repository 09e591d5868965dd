"""Rows of operators and operands: broken before the operators that bind least tightly."""

from __future__ import annotations

from typing import TYPE_CHECKING

import gast

from s2sgrad.emit.doc import Doc, IfBroken
from s2sgrad.emit.flat import hugs
from s2sgrad.emit.operators import OPERATORS, SYMBOLS
from s2sgrad.emit.places import ENCLOSED, OPEN, grouped, line, soft
from s2sgrad.emit.shape import RANKS, in_parentheses, operands

if TYPE_CHECKING:
    from s2sgrad.emit.wrap import Wrapper

__all__ = ["operation"]

_BOOLEAN, _COMPARATOR = 11, 10
_Part = tuple[gast.AST, int] | tuple[str, int, bool]


def operation(wrap: Wrapper, node: gast.AST, where: int) -> Doc:
    """A row of operands and operators."""
    parts: list[_Part] = []
    _flatten(node, parts)
    return grouped(_chain(wrap, parts, where), where)


def _flatten(node: gast.AST, parts: list[_Part]) -> None:
    """Operands and operators as they follow each other, those inside operands included."""
    kind = type(node).__name__
    if kind == "BinOp":
        symbol = OPERATORS[type(node.op).__name__][0]
        operators: list[tuple[str, int, bool]] = [
            (symbol, RANKS[symbol], symbol == "**" and hugs(node))
        ]
    elif kind == "BoolOp":
        operators = [(SYMBOLS[type(node.op).__name__], _BOOLEAN, False)] * (len(node.values) - 1)
    else:
        operators = [(SYMBOLS[type(op).__name__], _COMPARATOR, False) for op in node.ops]
    for position, (operand, level) in enumerate(operands(node)):
        if position:
            parts.append(operators[position - 1])
        if type(operand).__name__ in {"BinOp", "BoolOp", "Compare"} and not in_parentheses(
            operand, level
        ):
            _flatten(operand, parts)
        else:
            parts.append((operand, level))


def _chain(wrap: Wrapper, parts: list[_Part], where: int) -> Doc:
    """Broken before the operators that bind least tightly; what is between them is a group."""
    if len(parts) == 1:
        operand, level = parts[0][0], parts[0][1]
        return wrap.place(operand, level, where)
    lowest = max(part[1] for part in parts[1::2])
    out: list[Doc] = []
    start = 0
    for position in range(1, len(parts), 2):
        symbol, rank, hugging = parts[position]  # type: ignore[misc]
        if rank != lowest:
            continue
        out.append(_between(wrap, parts[start:position], where))
        if hugging:
            out += [soft(where), symbol, _broken_space(where)]
        else:
            out += [line(where), symbol, " "]
        start = position + 1
    out.append(_between(wrap, parts[start:], where))
    return out


def _broken_space(where: int) -> Doc:
    if where == OPEN:
        return ""
    return IfBroken(" ") if where == ENCLOSED else IfBroken(" ", where)


def _between(wrap: Wrapper, parts: list[_Part], where: int) -> Doc:
    inner = _chain(wrap, parts, where)
    return inner if len(parts) == 1 else grouped(inner, where)
