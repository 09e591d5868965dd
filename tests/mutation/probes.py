"""Which mutants a test could notice at all: those whose changed expression had another value while it ran.

The text of a module is written anew so that, at each place that a mutant changes, both values are made and compared;
the program goes on with its own. A mutant that makes no difference where it stands can make none anywhere, so
only the tests that reach it in this sense need be run with it, and a mutant that no test reaches is known to survive.
What can't be tried beside the original (a walrus, a pattern, a statement left out) counts as reached where its
statement runs.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tests.mutation.mutants import Change, all_changes

__all__ = ["Probes", "probed"]

_NAMES = ("_mutants_differ", "_mutants_tested", "_mutants_ran")


@dataclass
class Probes:
    """What the probes of one module tell.

    reached: the numbers of the mutants that made a difference since it was emptied; trying: whether a mutant is tried.
    """

    reached: set[int] = field(default_factory=set)
    trying: bool = False

    def differ(
        self,
        numbers: Sequence[int],
        original: Callable[[], object],
        *changed: Callable[[], object],
    ) -> object:
        """The original's value; a mutant is reached where its own is another, or can't be made."""
        value = original()
        if self.trying:
            return value
        self.trying = True
        try:
            for number, change in zip(numbers, changed, strict=True):
                if number not in self.reached and _differs(value, change):
                    self.reached.add(number)
        finally:
            self.trying = False
        return value

    def tested(self, always: int, never: int, value: object) -> bool:
        """What a test says: it reaches the mutant that says the opposite."""
        true = bool(value)
        if not self.trying:
            self.reached.add(never if true else always)
        return true

    def ran(self, *numbers: int) -> None:
        """A statement runs."""
        if not self.trying:
            self.reached.update(numbers)

    def names(self) -> dict[str, object]:
        """What a module's probed text calls."""
        return dict(zip(_NAMES, (self.differ, self.tested, self.ran), strict=True))


def _differs(value: object, change: Callable[[], object]) -> bool:
    try:
        other = change()
        return other is not value and not (type(other) is type(value) and bool(other == value))
    except Exception:  # noqa: BLE001 - whatever goes wrong in a mutant is a difference
        return True


def probed(text: str) -> str:
    """A module's text with probes at the places of all its mutants."""
    tree = ast.parse(text)
    changes: dict[int, list[tuple[int, str, Change]]] = {}
    for number, (place, told, change) in enumerate(all_changes(tree)):
        changes.setdefault(id(place), []).append((number, told, change))
    probing = _Probing(changes)
    tree = probing.visit(tree)
    if probing.on_import:
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                node.body.insert(0, _ran(probing.on_import))
    return ast.unparse(ast.fix_missing_locations(tree))


class _Probing(ast.NodeTransformer):
    """Puts probes in. ran: the mutants that the statement that is visited reaches by running at all."""

    def __init__(self, changes: dict[int, list[tuple[int, str, Change]]]) -> None:
        self.changes = changes
        self.ran: list[list[int]] = [[]]
        self.inside = False
        self.on_import: list[int] = []

    def visit(self, node: ast.AST) -> ast.AST | list[ast.AST]:
        """A node with probes, and the probe of a statement before it."""
        if isinstance(node, ast.stmt):
            return self.statement(node)
        if isinstance(node, ast.pattern):
            return self.pattern(node)
        changes = self.changes.get(id(node), ())
        plain = isinstance(node, ast.expr | ast.comprehension | ast.match_case) and self.inside
        plain = plain and not any(_binds(inner) for inner in ast.walk(node) if inner is not node)
        self.generic_visit(node)
        if not changes:
            return node
        if not plain or (isinstance(node, ast.match_case) and node.guard is None):
            self.ran[-1] += [number for number, _, _ in changes]
            return node
        match node:
            case ast.comprehension(ifs=ifs):
                kept = ifs[0] if len(ifs) == 1 else ast.BoolOp(ast.And(), ifs)
                node.ifs = [_differ(changes, kept, [ast.Constant(value=True)])]
            case ast.match_case(guard=ast.expr() as guard):
                node.guard = _differ(changes, guard, [ast.Constant(value=True)])
            case ast.expr():
                return _differ(changes, node, [change(node) for _, _, change in changes])
        return node

    def pattern(self, node: ast.pattern) -> ast.AST:
        """A pattern stays: its constants are reached where the match runs."""
        for inner in ast.walk(node):
            self.ran[-1] += [number for number, _, _ in self.changes.get(id(inner), ())]
        return node

    def statement(self, node: ast.stmt) -> ast.AST | list[ast.AST]:
        """A statement, and what runs before it where something is reached by its running."""
        changes = self.changes.get(id(node), ())
        self.ran.append([])
        function = isinstance(node, ast.FunctionDef)
        for name, value in ast.iter_fields(node):
            inside, self.inside = self.inside, name == "body" if function else self.inside
            self.field(node, name, value)
            self.inside = inside
        ran = self.ran.pop()
        if isinstance(node, ast.If) and changes:
            (always, _, _), (never, _, _) = changes
            numbers = [ast.Constant(value=always), ast.Constant(value=never)]
            if self.inside:
                node.test = ast.Call(ast.Name(_NAMES[1], ast.Load()), [*numbers, node.test], [])
            else:
                ran += [always, never]
        else:
            ran += [number for number, _, _ in changes]
        if not ran:
            return node
        if isinstance(node, ast.FunctionDef):
            node.body.insert(0, _ran(ran))
        elif self.inside:
            return [_ran(ran), node]
        else:
            self.on_import += ran
        return node

    def field(self, node: ast.AST, name: str, value: object) -> None:
        """A part of a statement."""
        if isinstance(value, list):
            made: list[object] = []
            for child in value:
                new = self.visit(child) if isinstance(child, ast.AST) else child
                made += new if isinstance(new, list) else [new]
            value[:] = made
        elif isinstance(value, ast.AST):
            setattr(node, name, self.visit(value))


def _binds(node: ast.AST) -> bool:
    """Whether a node can't stand in a function of its own."""
    return isinstance(node, ast.NamedExpr | ast.Yield | ast.YieldFrom | ast.Await)


def _differ(
    changes: Sequence[tuple[int, str, Change]], node: ast.expr, changed: Sequence[ast.AST | None]
) -> ast.expr:
    numbers = ast.Tuple([ast.Constant(value=number) for number, _, _ in changes], ast.Load())
    return ast.Call(
        ast.Name(_NAMES[0], ast.Load()), [numbers, _thunk(node), *map(_thunk, changed)], []
    )


def _thunk(value: ast.AST | None) -> ast.Lambda:
    assert isinstance(value, ast.expr)
    nothing = ast.arguments([], [], None, [], [], None, [])
    return ast.Lambda(nothing, value)


def _ran(numbers: Sequence[int]) -> ast.stmt:
    told: list[ast.expr] = [ast.Constant(value=number) for number in numbers]
    return ast.Expr(ast.Call(ast.Name(_NAMES[2], ast.Load()), told, []))
