"""From a tree to source text that a person reads and a formatter leaves alone.

`emit` receives a gast module and gives its text; the tree is not changed. Statements are printed on
astor's generator (`printer`), expressions on one line where they fit (`flat`); every text is parsed
and compared with its tree before it is returned (`verify`).
"""

from __future__ import annotations

import ast
from dataclasses import dataclass

import gast

from s2sgrad.emit.flat import flat
from s2sgrad.emit.printer import CommentStatement, Printer
from s2sgrad.emit.verify import EmitError, verify

__all__ = ["CommentStatement", "EmitError", "Emitted", "emit", "emitted", "expression"]


def emit(module: gast.Module) -> str:
    """The source text of a module, formatted, ending in a newline, verified against the tree.

    Raises EmitError where the text would not mean the same: always a fault of s2sgrad.
    """
    return emitted(module).text


@dataclass(frozen=True, eq=False)
class Emitted:
    """A text, what it parses to, and for its lines the `lineno` of the statement printed there, if it has one."""

    text: str
    parsed: ast.Module
    origins: dict[int, int]


def emitted(module: gast.Module) -> Emitted:
    """The same, with what else is known of the text."""
    printer = Printer()
    printer.visit(module)
    text = printer.text
    return Emitted(text, verify(module, text), printer.origins)


def expression(expr: gast.AST) -> str:
    """An expression on one line, whatever its length."""
    return flat(expr)
