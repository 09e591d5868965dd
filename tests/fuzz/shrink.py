"""A failing program made small: parts of its text are taken out or replaced as long as it fails in the same way."""

from __future__ import annotations

import ast
import copy
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from tests.fuzz.program import Program

__all__ = ["shrunk"]

Fails = Callable[[Program], bool]


def shrunk(program: Program, fails: Fails, seconds: float = 120.0) -> Program:
    """The smallest program found that still fails; fails(program) has to be true."""
    deadline = time.monotonic() + seconds
    found = True
    while found and time.monotonic() < deadline:
        found = False
        for candidate in _candidates(program):
            if time.monotonic() > deadline:
                break
            if _is_python(candidate) and _size(candidate) < _size(program) and fails(candidate):
                program, found = candidate, True
                break
    return program


def _is_python(program: Program) -> bool:
    with warnings.catch_warnings(action="ignore"):
        try:
            compile(program.text, "<fuzz>", "exec")
        except SyntaxError:
            return False
    return True


def _size(program: Program) -> tuple[int, int, int]:
    """Fewer statements and inputs, then fewer nodes, then fewer characters."""
    tree = ast.parse(program.text)
    nodes = [n for n in ast.walk(tree) if not isinstance(n, ast.expr_context)]
    statements = sum(isinstance(n, ast.stmt) for n in nodes)
    asked = len(program.wrt) + len(program.of) + len(program.inputs)
    return statements + asked, len(nodes), len(str(program))


def _candidates(program: Program) -> Iterator[Program]:
    """Smaller programs, the largest steps first."""
    for which in range(len(program.inputs) if len(program.inputs) > 1 else 0):
        yield replace(program, inputs=program.inputs[:which] + program.inputs[which + 1 :])
    yield from _asked_less(program)
    tree = ast.parse(program.text)
    for changed in (*_without_statements(tree), *_unwrapped(tree)):
        yield replace(program, text=_text(changed))
    yield from _without_parameters(program)
    for changed in _smaller_expressions(tree):
        yield replace(program, text=_text(changed))
    yield from _plainer_arguments(program)


def _text(tree: ast.Module) -> str:
    return ast.unparse(ast.fix_missing_locations(tree)) + "\n"


def _asked_less(program: Program) -> Iterator[Program]:
    for name in program.wrt if len(program.wrt) > 1 else ():
        yield replace(program, wrt=tuple(n for n in program.wrt if n != name))
    for name in program.of if len(program.of) > 1 else ():
        yield replace(program, of=tuple(n for n in program.of if n != name))


def _without_parameters(program: Program) -> Iterator[Program]:
    """f without a parameter that isn't differentiated by."""
    for place, name in enumerate(program.parameters):
        if name in {*program.wrt, *program.of}:
            continue
        tree = ast.parse(program.text)
        arguments = _functions(tree)[-1].args.args
        del arguments[place]
        yield replace(
            program,
            text=_text(tree),
            parameters=program.parameters[:place] + program.parameters[place + 1 :],
            inputs=tuple(row[:place] + row[place + 1 :] for row in program.inputs),
        )


def _functions(tree: ast.Module) -> list[ast.FunctionDef]:
    return [n for n in tree.body if isinstance(n, ast.FunctionDef)]


def _blocks(tree: ast.AST) -> Iterator[tuple[list[ast.stmt], ast.AST]]:
    for node in ast.walk(tree):
        for field in ("body", "orelse"):
            block = getattr(node, field, None)
            if isinstance(block, list):
                yield block, node


def _changed(tree: ast.Module, number: int, change: Callable[[list[ast.stmt]], None]) -> ast.Module:
    """A copy of a tree in which one block, by its number, is changed."""
    made = copy.deepcopy(tree)
    block, _ = list(_blocks(made))[number]
    change(block)
    return made


def _without_statements(tree: ast.Module) -> Iterator[ast.Module]:
    for number, (block, owner) in enumerate(_blocks(tree)):
        for length in sorted({len(block) // 2, 2, 1} - {0}, reverse=True):
            for start in range(0, len(block) - length + 1, length):
                if isinstance(owner, ast.Module) and start + length == len(block):
                    continue

                def dropped(
                    own: list[ast.stmt], at: int = start, count: int = length, of: ast.AST = owner
                ) -> None:
                    del own[at : at + count]
                    if not own and not hasattr(of, "orelse"):
                        own.append(ast.Pass())

                made = _changed(tree, number, dropped)
                if all(
                    block
                    or not isinstance(node, ast.stmt | ast.Module)
                    or block is getattr(node, "orelse", None)
                    for block, node in _blocks(made)
                ):
                    yield made


def _unwrapped(tree: ast.Module) -> Iterator[ast.Module]:
    """Loops and branches replaced by their blocks."""
    for number, (block, _) in enumerate(_blocks(tree)):
        for place, statement in enumerate(block):
            for field in ("body", "orelse"):
                if isinstance(statement, ast.If | ast.For | ast.While) and getattr(
                    statement, field
                ):

                    def opened(own: list[ast.stmt], at: int = place, which: str = field) -> None:
                        own[at : at + 1] = getattr(own[at], which)

                    yield _changed(tree, number, opened)


def _smaller_expressions(tree: ast.Module) -> Iterator[ast.Module]:
    """An expression replaced by a part of it, or by a number."""
    count = sum(isinstance(n, ast.expr) for n in ast.walk(tree))
    for number in range(count):
        parts = len(_parts(_expressions(tree)[number]))
        for part in range(parts):
            made = copy.deepcopy(tree)
            target = _expressions(made)[number]
            new = _parts(target)[part]
            if ast.dump(new) != ast.dump(target):
                yield _Replace(target, new).visit(made)


def _expressions(tree: ast.AST) -> list[ast.expr]:
    return [n for n in ast.walk(tree) if isinstance(n, ast.expr)]


def _parts(node: ast.expr) -> list[ast.expr]:
    """What an expression may be replaced by."""
    if isinstance(getattr(node, "ctx", None), ast.Store | ast.Del):
        return []
    inner = [n for n in ast.walk(node) if isinstance(n, ast.expr) and n is not node]
    inner = [n for n in inner if not isinstance(getattr(n, "ctx", None), ast.Store)]
    found = inner[:6]
    if isinstance(node, ast.Tuple | ast.List) and len(node.elts) > 1:
        found += [
            type(node)(elts=node.elts[:i] + node.elts[i + 1 :], ctx=node.ctx)
            for i in range(len(node.elts))
        ]
    if not isinstance(node, ast.Constant | ast.Name | ast.Slice):
        found.append(ast.Constant(value=2.0))
        found.append(ast.Name(id="x", ctx=ast.Load()))
    return found


class _Replace(ast.NodeTransformer):
    def __init__(self, old: ast.expr, new: ast.expr) -> None:
        self.old, self.new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        return self.new if node is self.old else self.generic_visit(node)


def _plainer_arguments(program: Program) -> Iterator[Program]:
    """Arguments with shorter texts: plain arrays of small numbers, arrays in C order."""
    for which, row in enumerate(program.inputs):
        args = program.arguments(which)
        for place, value in enumerate(args):
            for text in _plainer(value):
                changed = (*row[:place], text, *row[place + 1 :])
                inputs = (*program.inputs[:which], changed, *program.inputs[which + 1 :])
                yield replace(program, inputs=inputs)


def _plainer(value: object) -> list[str]:
    if isinstance(value, np.ndarray) and value.size:
        return [f"np.array({np.round(value, digits).tolist()})" for digits in (0, 1)]
    if isinstance(value, float):
        return [str(round(value)) + ".0", str(round(value, 1))]
    return ["1", "2"] if isinstance(value, int) else []
