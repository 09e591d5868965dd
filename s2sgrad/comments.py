"""Comments of the backward half: the user's line that a block of it belongs to.

Receives a finished block. A comment stands before the first derivative statement that comes from another statement
of the user's than the one before it. What is quoted is text of a comment, on lines of its own, and never code.
"""

from __future__ import annotations

import io
import tokenize
from collections.abc import Callable
from contextlib import suppress

import gast

from s2sgrad.program import (
    Accumulate,
    Assign,
    Block,
    Clear,
    Comment,
    Origin,
    Return,
    Statement,
    Store,
    Update,
    walk,
)
from s2sgrad.rewrite import with_blocks
from s2sgrad.source import Source
from s2sgrad.trees import loaded
from s2sgrad.zeros import ZEROS

__all__ = ["commented", "quoted"]

_COMPOUND = (
    "if ",
    "elif ",
    "else",
    "for ",
    "while ",
    "with ",
    "async ",
    "match ",
    "try",
    "def ",
    "class ",
)
_OPENING, _CLOSING = frozenset("([{"), frozenset(")]}")


def commented(block: Block, source: Source, derivative: Callable[[str], bool]) -> Block:
    """The block with comments; derivative: which names hold derivatives."""
    parts = [s for s in walk(block) if _is_backward(s, derivative)]
    if len(parts) < 2:
        return block
    return _commented(block, source, derivative)


def _commented(block: Block, source: Source, derivative: Callable[[str], bool]) -> Block:
    out: list[Statement] = []
    last: Origin | None = None
    for statement in block:
        new = with_blocks(statement, lambda inner: _commented(inner, source, derivative))
        if new is not statement:
            last = None
        elif (
            _is_backward(statement, derivative)
            and statement.origin is not None
            and statement.origin != last
        ):
            text = quoted(source, statement.origin)
            if text:
                out.append(Comment(text))
            last = statement.origin
        out.append(new)
    return tuple(out)


def _is_backward(statement: Statement, derivative: Callable[[str], bool]) -> bool:
    match statement:
        case Assign(targets=targets, value=value):
            return any(map(derivative, targets)) and not _is_begun(value)
        case Accumulate(target=target) | Clear(target=target) | Update(target=target):
            return derivative(target)
        case Store(base=gast.Name(id=base)):
            return derivative(base)
        case Return(value=gast.AST() as value):
            return not isinstance(value, gast.Name | gast.Tuple) and any(
                map(derivative, loaded(value))
            )
    return False


def _is_begun(value: gast.AST) -> bool:
    """Whether a derivative only begins: at zero."""
    match value:
        case gast.Constant():
            return True
        case gast.Call(func=gast.Name(id=helper)) if helper in ZEROS:
            return True
        case gast.Call(func=gast.Attribute(value=gast.Name(id="$np"), attr="zeros" | "zeros_like")):
            return True
    return False


def quoted(source: Source, origin: Origin) -> str:
    """The user's statement as it is written, a compound one by its first line."""
    lines = [
        source.line(number) for number in range(origin.line, max(origin.end_line, origin.line) + 1)
    ]
    if not lines:
        return ""
    if origin.end_column and len(lines) > 1:
        lines[-1] = lines[-1][: origin.end_column]
    elif origin.end_column:
        lines[0] = lines[0][: origin.end_column]
    first = lines[0][origin.column :].strip()
    if first.startswith(_COMPOUND) or not first:
        return _head(first)
    indent = origin.column
    rest = [
        line[indent:].rstrip() if not line[:indent].strip() else line.strip() for line in lines[1:]
    ]
    return "\n".join([first, *rest])


def _head(line: str) -> str:
    """The first line of a compound statement without what stands behind its colon."""
    depth = lambdas = 0
    with suppress(tokenize.TokenError):  # of what goes on in the next line
        for token in tokenize.generate_tokens(io.StringIO(line).readline):
            depth += (token.string in _OPENING) - (token.string in _CLOSING)
            lambdas += token.string == "lambda" and not depth
            if token.string == ":" and not depth:
                if not lambdas:
                    return line[: token.end[1]]
                lambdas -= 1
    return line
