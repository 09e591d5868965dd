"""The last check of every emitted text: it parses to the tree that was printed, and compiles."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Sequence
from functools import cache
from typing import Any

import gast

from s2sgrad.emit.literals import is_negative
from s2sgrad.emit.printer import CommentStatement, docstring_lines, is_docstring

__all__ = ["EmitError", "verify"]

_IGNORED = frozenset({"ctx", "type_comment", "type_ignores", "kind"})
_DEFINITIONS = frozenset({"FunctionDef", "AsyncFunctionDef", "ClassDef"})


class EmitError(AssertionError):
    """A text doesn't mean what it was printed from: a fault of s2sgrad, never of the user's."""


def verify(module: gast.Module, text: str) -> ast.Module:
    """What text parses to; checked to be module, but for comments and docstrings' layout, and to compile."""
    try:
        with (
            warnings.catch_warnings()
        ):  # of the user's own code (`x is 1`): told when it was first compiled
            warnings.simplefilter("ignore", SyntaxWarning)
            parsed = ast.parse(text)
            compile(parsed, "<emitted>", "exec", dont_inherit=True)
    except (SyntaxError, ValueError) as error:
        message = f"the emitted text is not Python ({error}):\n{text}"
        raise EmitError(message) from error
    difference = _blocks(module.body, parsed.body, docstring=True)
    if difference is not None:
        message = f"the emitted text parses to another tree: {difference}\n--- emitted:\n{text}"
        raise EmitError(message)
    return parsed


def _blocks(
    wanted: Sequence[gast.AST], found: Sequence[ast.stmt], *, docstring: bool = False
) -> str | None:
    """The first difference between two blocks, None where there is none."""
    wanted = [statement for statement in wanted if not isinstance(statement, CommentStatement)]
    if not wanted and len(found) == 1 and isinstance(found[0], ast.Pass):
        return None
    if len(wanted) != len(found):
        return _told(wanted, found)
    if docstring and wanted and is_docstring(wanted[0]) and is_docstring(found[0]):
        first: Any = found[0]
        if docstring_lines(wanted[0].value.value) != docstring_lines(first.value.value):
            return _told(wanted[0], first)
        wanted, found = wanted[1:], found[1:]
    for a, b in zip(wanted, found, strict=True):
        difference = _difference(a, b)
        if difference is not None:
            return difference
    return None


def _difference(wanted: object, found: object) -> str | None:
    """The first difference between two nodes, lists or values."""
    if found.__class__ is str and wanted.__class__ is str:
        return None if wanted == found else _told(wanted, found)
    if isinstance(found, ast.AST):
        return _nodes(wanted, found)
    if isinstance(found, list):
        wanted = wanted or []
        if not isinstance(wanted, list | tuple) or len(wanted) != len(found):
            return _told(wanted, found)
        for a, b in zip(wanted, found, strict=True):
            if a is not b and (difference := _difference(a, b)) is not None:
                return difference
        return None
    same = wanted == found and type(wanted) is type(found) and repr(wanted) == repr(found)
    return None if same else _told(wanted, found)


def _as_parsed(wanted: object) -> object:
    """A number below 0 as Python parses it: with a sign in front of it."""
    if not isinstance(wanted, gast.Constant):
        return wanted
    value: Any = wanted.value
    if not is_negative(value):
        return wanted
    return gast.UnaryOp(op=gast.USub(), operand=gast.Constant(value=-value, kind=None))


@cache
def _compared(kind: type[ast.AST]) -> tuple[str, ...]:
    """The fields of a class of nodes that have to be the same."""
    return tuple(field for field in kind._fields if field not in _IGNORED)


def _nodes(wanted: Any, found: Any) -> str | None:
    if found.__class__ is ast.Name and wanted.__class__ is gast.Name:
        return None if wanted.id == found.id else _told(wanted, found)
    name = found.__class__.__name__
    if name == "UnaryOp":
        wanted = _as_parsed(wanted)
    if wanted.__class__.__name__ != name:
        if name == "arg" and isinstance(wanted, gast.Name):
            if wanted.id != found.arg:
                return _told(wanted, found)
            return _difference(getattr(wanted, "annotation", None), found.annotation)
        return _told(wanted, found)
    for field in _compared(found.__class__):
        a, b = getattr(wanted, field, None), getattr(found, field)
        if a is b or (a.__class__ is str and a == b):
            continue
        if isinstance(b, ast.expr):
            difference = _nodes(a, b)
            if difference is not None:
                return difference
            continue
        if name == "Delete":  # `del (a, b)`, which a long line is broken as, means `del a, b`
            a, b = _deleted(a or []), _deleted(b)
        if field in {"body", "orelse", "finalbody"} and isinstance(b, list):
            difference = _blocks(a or [], b, docstring=name in _DEFINITIONS)
        elif name == "ExceptHandler" and field == "name" and isinstance(a, gast.Name):
            difference = _difference(a.id, b)
        else:
            difference = _difference(a, b)
        if difference is not None:
            return difference
    return None


def _deleted(targets: Sequence[Any]) -> list[Any]:
    lone = len(targets) == 1 and type(targets[0]).__name__ == "Tuple"
    return list(targets[0].elts if lone else targets)


def _told(wanted: object, found: object) -> str:
    return f"wanted {_dump(wanted)}, found {_dump(found)}"


def _dump(value: object) -> str:
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_dump, value))}]"
    return ast.dump(value) if isinstance(value, ast.AST) else repr(value)
