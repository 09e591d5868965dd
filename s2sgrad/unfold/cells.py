"""What a function reads from the function around it, where that has returned: numbers that nobody binds anew."""

from __future__ import annotations

import ast

import gast

from s2sgrad.settled import as_literal
from s2sgrad.source import Source

__all__ = ["settled"]


def settled(name: str, value: object, source: Source) -> gast.AST | None:
    """The literal of what a function reads from the one around it; None where that may change, or is no number."""
    if type(value) not in {bool, int, float, str} or not _only_given(name, source):
        return None
    return as_literal(value)


def _only_given(name: str, source: Source) -> bool:
    """Whether a name is a parameter of the function around a function, and nothing binds it but a call of that."""
    try:
        whole = ast.parse("\n".join(source.lines))
    except SyntaxError:
        return False
    line = source.tree.lineno
    around = [
        node
        for node in ast.walk(whole)
        if isinstance(node, ast.FunctionDef) and node.lineno < line <= (node.end_lineno or 0)
    ]
    for function in sorted(around, key=lambda f: f.lineno, reverse=True):
        inside = list(ast.walk(function))
        if any(isinstance(n, ast.Nonlocal) and name in n.names for n in inside):
            return False
        names = [n for n in inside if isinstance(n, ast.Name)]
        if any(n.id == name and not isinstance(n.ctx, ast.Load) for n in names):
            return False
        own = function.args
        if name in {a.arg for a in (*own.posonlyargs, *own.args, *own.kwonlyargs)}:
            return True
    return False
