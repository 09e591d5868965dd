"""The small changes that are made to a module: each the kind of slip that a person makes.

A mutant is a module's text with one node of its tree changed. Changes that can't change what runs (of
docstrings, annotations, messages) aren't made.
"""

from __future__ import annotations

import ast
import copy
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

__all__ = ["ANALYSES", "Change", "Mutant", "all_changes", "mutant", "sampled"]

ANALYSES = (
    "s2sgrad/activity.py",
    "s2sgrad/aliasing/analysis.py",
    "s2sgrad/aliasing/found.py",
    "s2sgrad/aliasing/glances.py",
    "s2sgrad/aliasing/held.py",
    "s2sgrad/aliasing/joint.py",
    "s2sgrad/aliasing/kept.py",
    "s2sgrad/aliasing/listed.py",
    "s2sgrad/aliasing/live_after.py",
    "s2sgrad/aliasing/relation.py",
    "s2sgrad/aliasing/seen.py",
    "s2sgrad/aliasing/sharing.py",
    "s2sgrad/aliasing/through_functions.py",
    "s2sgrad/aliasing/unlike.py",
    "s2sgrad/aliasing/written.py",
    "s2sgrad/reverse/first_writes.py",
    "s2sgrad/reverse/list_undoing.py",
    "s2sgrad/reverse/needless.py",
    "s2sgrad/reverse/undoing.py",
    "s2sgrad/saving.py",
)
"""The modules that say what carries a derivative, what shares memory, and what has to be saved."""


@dataclass(frozen=True)
class Mutant:
    """A change of one module: which of all, where, what, and the changed text."""

    module: str
    number: int
    line: int
    change: str
    text: str

    def __str__(self) -> str:
        return f"{self.module}:{self.line}: {self.change}"


Change = Callable[[ast.AST], ast.AST | None]
"""What a node becomes; None where it goes."""

_OPPOSITE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
}
_OTHER_SETS: dict[type[ast.operator], type[ast.operator]] = {
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
}


def _flipped(node: ast.AST) -> ast.AST:
    assert isinstance(node, ast.Compare)
    return ast.Compare(node.left, [_OPPOSITE[type(node.ops[0])]()], node.comparators)


def _first(node: ast.AST) -> ast.AST:
    assert isinstance(node, ast.BoolOp)
    return ast.BoolOp(node.op, node.values[:-1]) if len(node.values) > 2 else node.values[0]


def _rest(node: ast.AST) -> ast.AST:
    assert isinstance(node, ast.BoolOp)
    return ast.BoolOp(node.op, node.values[1:]) if len(node.values) > 2 else node.values[1]


def _other_operator(node: ast.AST) -> ast.AST:
    assert isinstance(node, ast.BinOp)
    return ast.BinOp(node.left, _OTHER_SETS[type(node.op)](), node.right)


def _unconditional(node: ast.AST) -> ast.AST:
    changed = copy.copy(node)
    assert isinstance(changed, ast.comprehension)
    changed.ifs = []
    return changed


def _unguarded(node: ast.AST) -> ast.AST:
    changed = copy.copy(node)
    assert isinstance(changed, ast.match_case)
    changed.guard = None
    return changed


def _changes(node: ast.AST) -> Iterator[tuple[str, Change]]:
    """What may be done to one node."""
    match node:
        case ast.Compare(ops=[operator]) if type(operator) in _OPPOSITE:
            yield "the comparison the other way round", _flipped
        case ast.BoolOp():
            yield "without the last operand", _first
            yield "without the first operand", _rest
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield "without `not`", lambda _: operand
        case ast.BinOp(op=operator) if type(operator) in _OTHER_SETS:
            yield "another operator", _other_operator
            yield "only the left operand", lambda _: node.left
            yield "only the right operand", lambda _: node.right
        case ast.Constant(value=bool() as value):
            yield f"{not value} for {value}", lambda _: ast.Constant(value=not value)
        case ast.Constant(value=int() as value):
            yield f"{value + 1} for {value}", lambda _: ast.Constant(value=value + 1)
        case ast.IfExp():
            yield "always the first", lambda _: node.body
            yield "always the second", lambda _: node.orelse
        case ast.comprehension(ifs=[_, *_]):
            yield "without its condition", _unconditional
        case ast.match_case(guard=ast.expr()):
            yield "without its guard", _unguarded
        case ast.If():
            yield "always", lambda _: _tested(node, value=True)
            yield "never", lambda _: _tested(node, value=False)
        case ast.Expr(value=ast.Call()) | ast.AugAssign() | ast.Raise():
            yield "left out", lambda _: None
        case ast.Break() | ast.Continue():
            yield "left out", lambda _: ast.Pass()


def _tested(node: ast.If, *, value: bool) -> ast.If:
    return ast.If(ast.Constant(value=value), node.body, node.orelse)


def _places(tree: ast.AST) -> Iterator[ast.AST]:
    """The nodes that say what runs, in the order of the text."""
    for name, value in ast.iter_fields(tree):
        if name in {"annotation", "returns", "decorator_list", "bases", "type_params"}:
            continue
        for child in value if isinstance(value, list) else [value]:
            raised = isinstance(tree, ast.Raise | ast.Assert)
            if isinstance(child, ast.AST) and not raised:
                yield child
                yield from _places(child)


class _Changed(ast.NodeTransformer):
    """A tree in which one node is changed."""

    def __init__(self, place: ast.AST, change: Change) -> None:
        self.place, self.change = place, change

    def visit(self, node: ast.AST) -> ast.AST | None:
        """The node itself, or what it becomes."""
        if node is self.place:
            return self.change(node)
        return super().visit(node)


def mutant(module: str, text: str, number: int) -> Mutant:
    """The mutant of a module with this number."""
    tree = ast.parse(text)
    place, told, change = all_changes(tree)[number]
    before = ast.unparse(place).strip().partition("\n")[0]
    line = _line(place)
    changed = _Changed(place, change).visit(tree)
    for inner in ast.walk(changed):
        if getattr(inner, "body", None) == []:
            inner.body = [ast.Pass()]
    text = ast.unparse(ast.fix_missing_locations(changed))
    return Mutant(module, number, line, f"`{before}`: {told}", text)


def _line(node: ast.AST) -> int:
    return min(inner.lineno for inner in ast.walk(node) if hasattr(inner, "lineno"))


def all_changes(tree: ast.AST) -> list[tuple[ast.AST, str, Change]]:
    """Each change of a module: its place, what is told of it, and what is done."""
    return [(place, *change) for place in _places(tree) for change in _changes(place)]


def sampled(root: Path, places: Sequence[str], count: int, seed: int) -> list[Mutant]:
    """So many mutants of some modules, each at most once, in a random order that seed determines.

    places: modules, or lines of them as `MODULE:LINE`.
    """
    every = []
    for place in places:
        module, _, line = place.partition(":")
        text = (root / module).read_text(encoding="utf-8")
        for number, (node, _, _) in enumerate(all_changes(ast.parse(text))):
            if not line or _line(node) == int(line):
                every.append((module, text, number))
    return [mutant(*each) for each in random.Random(seed).sample(every, min(count, len(every)))]
