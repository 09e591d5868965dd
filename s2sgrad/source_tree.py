"""Finding a function's node in the tree of its file, and making a gast function of it."""

from __future__ import annotations

import ast
import types
from collections.abc import Iterator, Sequence

import gast

from s2sgrad.trees import children

__all__ = [
    "FunctionNode",
    "functions_in",
    "lambda_of",
    "own_generator",
    "same_code",
    "subset_of_code",
    "to_function_def",
]

_LEAVES = frozenset({ast.Name, ast.Constant, ast.Load, ast.Store})
FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


def functions_in(tree: ast.AST) -> Iterator[tuple[FunctionNode, str | None]]:
    """All functions and lambdas of a tree, each with the innermost class around it.

    Python mangles `__names` with the name of that class.
    """
    pending: list[tuple[ast.AST, str | None]] = [(tree, None)]
    while pending:
        node, owner = pending.pop()
        if isinstance(node, FunctionNode):
            yield node, owner
        inner = node.name if isinstance(node, ast.ClassDef) else owner
        for field in node._fields:
            value = getattr(node, field, None)
            parts = value if isinstance(value, list) else (value,)
            pending += [
                (p, inner) for p in parts if isinstance(p, ast.AST) and p.__class__ not in _LEAVES
            ]


def lambda_of(nodes: Sequence[FunctionNode], code: types.CodeType) -> FunctionNode | None:
    """Which of several lambdas on a line a code object is of, by its instructions' columns."""
    spans = {
        ((line, column), (end_line, end_column))
        for line, end_line, column, end_column in code.co_positions()
        if line is not None
        and end_line is not None
        and column is not None
        and end_column
        and end_column > column
    }
    fitting = [
        node
        for node in nodes
        if isinstance(node, ast.Lambda)
        and spans
        and all(_within(start, end, node.body) for start, end in spans)
    ]
    if fitting:
        return max(fitting, key=lambda node: (node.body.lineno, node.body.col_offset))
    dumps = {ast.dump(node) for node in nodes}  # Python was told to keep no columns
    return nodes[0] if len(dumps) == 1 else None


def _within(start: tuple[int, int], end: tuple[int, int], node: ast.expr) -> bool:
    first = (node.lineno, node.col_offset)
    last = (node.end_lineno or node.lineno, node.end_col_offset or node.col_offset)
    return first <= start and end <= last


def same_code(a: types.CodeType, b: types.CodeType) -> bool:
    """Whether two code objects do the same, wherever they stand in their files."""
    if (a.co_code, a.co_names, a.co_varnames, a.co_freevars) != (
        b.co_code,
        b.co_names,
        b.co_varnames,
        b.co_freevars,
    ):
        return False
    if len(a.co_consts) != len(b.co_consts):
        return False
    return all(
        same_code(m, n)
        if isinstance(m, types.CodeType) and isinstance(n, types.CodeType)
        else _constant_key(m) == _constant_key(n)
        for m, n in zip(a.co_consts, b.co_consts, strict=True)
    )


def _constant_key(value: object) -> object:
    """What tells constants apart: 1 from 1.0 and True, 0.0 from -0.0."""
    if isinstance(value, tuple):
        return tuple(map(_constant_key, value))
    if isinstance(value, frozenset):
        return frozenset(map(_constant_key, value))
    return type(value), repr(value)


def subset_of_code(written: types.CodeType, rewritten: types.CodeType) -> bool:
    """Whether a code object may be another's, rewritten with additions (pytest's asserts)."""
    wanted, found = _things(written), _things(rewritten)
    return wanted <= found


def _things(code: types.CodeType) -> set[str]:
    things = {*code.co_names, *code.co_varnames, *code.co_freevars}
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            things |= _things(constant)
        elif isinstance(constant, int | float | complex) and not isinstance(constant, bool):
            things.add(repr(constant))
    return things


def own_generator(tree: gast.AST) -> gast.AST | None:
    """The first yield that belongs to a function itself."""
    pending = list(reversed(getattr(tree, "body", [])))
    while pending:
        node = pending.pop()
        if isinstance(node, gast.Yield | gast.YieldFrom):
            return node
        if not isinstance(
            node, gast.FunctionDef | gast.AsyncFunctionDef | gast.Lambda | gast.ClassDef
        ):
            pending += reversed(children(node))
    return None


def to_function_def(
    node: FunctionNode, owner: str | None = None, name: str | None = None
) -> gast.FunctionDef:
    """A function or a lambda as a gast function without decorators, its positions kept.

    owner: the class around it, whose name is put before private names (`self.__x`) as Python does.
    """
    tree = gast.ast_to_gast(node)
    if isinstance(node, ast.Lambda):
        fields = {
            "name": name or "lambda_",
            "args": tree.args,
            "body": [gast.copy_location(gast.Return(value=tree.body), tree.body)],
            "returns": None,
        }
    else:
        fields = {
            "name": name or tree.name,
            "args": tree.args,
            "body": tree.body,
            "returns": tree.returns,
        }
    out = gast.FunctionDef(
        **fields,
        decorator_list=[],
        type_comment=None,
        type_params=list(getattr(tree, "type_params", None) or []),
    )
    gast.copy_location(out, tree)
    if owner is not None and owner.strip("_"):
        _mangle(out, f"_{owner.lstrip('_')}")
    return out


def _mangle(tree: gast.AST, prefix: str) -> None:
    """Write private names as they are at run time; classes inside have their own prefix."""
    pending = [*children(tree)]
    while pending:
        node = pending.pop()
        for attribute in ("id", "attr", "arg", "name"):
            text = getattr(node, attribute, None)
            if (
                isinstance(text, str)
                and text.startswith("__")
                and not text.endswith("__")
                and "." not in text
            ):
                setattr(node, attribute, prefix + text)
        if isinstance(node, gast.Global | gast.Nonlocal):
            node.names = [
                prefix + n if n.startswith("__") and not n.endswith("__") else n for n in node.names
            ]
        if not isinstance(node, gast.ClassDef):
            pending += children(node)
