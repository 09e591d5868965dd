"""How expressions want to be broken over lines, decided as ruff and Black do."""

from __future__ import annotations

from collections.abc import Iterator

import gast

from s2sgrad.emit.flat import expression_width, prefix_operator
from s2sgrad.emit.operators import ATOM, AWAIT, BIT_OR, FACTOR, OPERATORS, OR, TEST, precedence

__all__ = [
    "RANKS",
    "fluent",
    "in_parentheses",
    "may_omit_parentheses",
    "needs",
    "operands",
    "own_brackets",
]

RANKS = {
    "**": 2,
    "~": 3,
    "*": 4,
    "@": 4,
    "/": 4,
    "//": 4,
    "%": 4,
    "+": 5,
    "-": 5,
    "<<": 6,
    ">>": 6,
    "&": 7,
    "^": 8,
    "|": 9,
}
"""Operators from those that are broken last to those that are broken first."""
_ATTRIBUTE, _COMPARATOR, _BOOLEAN, _CONDITIONAL = 1, 10, 11, 12

_LONGEST = 88 - 4


def operands(node: gast.AST) -> Iterator[tuple[gast.AST, int]]:
    """The expressions inside one that no brackets enclose, each with the level of its place."""
    match type(node).__name__:
        case "BinOp":
            symbol, level = OPERATORS[type(node.op).__name__]
            left, right = (AWAIT, FACTOR) if symbol == "**" else (level, level + 1)
            yield node.left, left
            yield node.right, right
        case "UnaryOp":
            yield node.operand, prefix_operator(node)[1]
        case "BoolOp":
            for value in node.values:
                yield value, precedence(node) + 1
        case "Compare":
            yield node.left, BIT_OR
            for value in node.comparators:
                yield value, BIT_OR
        case "IfExp":
            yield node.body, OR
            yield node.test, OR
            yield node.orelse, TEST
        case "NamedExpr":
            yield node.target, ATOM
            yield node.value, TEST
        case "Lambda":
            for default in (*node.args.defaults, *node.args.kw_defaults):
                if default is not None:
                    yield default, TEST
            yield node.body, TEST
        case "Starred":
            yield node.value, BIT_OR
        case "Await":
            yield node.value, ATOM
        case "Yield" | "YieldFrom" if node.value is not None:
            yield node.value, TEST


def in_parentheses(node: gast.AST, level: int) -> bool:
    """Whether an expression is printed in parentheses that it doesn't bring itself."""
    if precedence(node) < level:
        return True
    number = type(node).__name__ == "Constant" and type(node.value) in {int, float}
    return level == ATOM and number


def own_brackets(node: gast.AST) -> bool | None:
    """Whether the brackets that belong to an expression hold something; None where it has none."""
    match type(node).__name__:
        case "ListComp" | "SetComp" | "DictComp" | "Subscript" | "GeneratorExp":
            return True
        case "List" | "Set" | "Tuple":
            return bool(node.elts)
        case "Dict":
            return bool(node.values)
        case "Call":
            return bool(node.args or node.keywords)
    return None


def fluent(node: gast.AST) -> bool:
    """Whether a chain of calls is broken before its dots: it has two after calls or brackets."""
    dots = 0
    while True:
        kind = type(node).__name__
        if kind == "Attribute":
            if in_parentheses(node.value, ATOM):
                return dots + 1 >= 2
            dots += type(node.value).__name__ in {"Call", "Subscript"}
            node = node.value
        elif kind in {"Call", "Subscript"}:
            inner = node.func if kind == "Call" else node.value
            if in_parentheses(inner, ATOM):
                break
            node = inner
        else:
            break
    return dots >= 2


def needs(node: gast.AST) -> str:
    """When a statement puts it in parentheses: 'never', 'multiline' (if broken) or 'fit'."""
    kind = type(node).__name__
    match kind:
        case "Name":
            return _fit(node)
        case "JoinedStr":
            return "fit"
        case "Constant":
            return _fit(node) if type(node.value) in {int, float, complex} else "fit"
        case "Attribute" | "Call" | "Subscript":
            inner = node.func if kind == "Call" else node.value
            if fluent(node):
                return "multiline"
            if in_parentheses(inner, ATOM):
                return "never"
            return "fit" if type(inner).__name__ == "Name" else needs(inner)
        case "UnaryOp":
            level = prefix_operator(node)[1]
            return "never" if in_parentheses(node.operand, level) else needs(node.operand)
        case (
            "List" | "Tuple" | "Set" | "Dict" | "ListComp" | "SetComp" | "DictComp" | "GeneratorExp"
        ):
            return "never"
        case "Yield" if node.value is None:
            return "never"
    return "multiline"


def _fit(node: gast.AST) -> str:
    return "fit" if 5 < expression_width(node) <= _LONGEST else "never"


def may_omit_parentheses(node: gast.AST) -> bool:
    """Whether it reads well when broken without parentheses, at brackets of its own."""
    visit = _Visit()
    visit.inside(node)
    if not visit.brackets or visit.count > 1:
        return False
    if visit.highest in {0, _ATTRIBUTE}:
        return True
    return any(end is not None and _ends_in_brackets(*end) for end in (visit.last, visit.first))


def _ends_in_brackets(node: gast.AST, parenthesized: bool) -> bool:
    if type(node).__name__ == "Subscript":
        return False
    return bool(own_brackets(node)) or parenthesized


class _Visit:
    """Walks the operands of an expression that no brackets enclose."""

    def __init__(self) -> None:
        self.highest = 0
        self.count = 0
        self.brackets = False
        self.last: tuple[gast.AST, bool] | None = None
        self.first: tuple[gast.AST, bool] | None = None
        self.started = False

    def operator(self, rank: int, count: int = 1) -> None:
        if rank > self.highest:
            self.highest, self.count = rank, count
        elif rank == self.highest:
            self.count += count

    def node(self, node: gast.AST, level: int) -> None:
        parenthesized = in_parentheses(node, level)
        self.last = node, parenthesized
        if parenthesized:
            self.brackets = True
        else:
            self.inside(node)
        if not self.started:
            self.started = True
            self.first = node, parenthesized

    def inside(self, node: gast.AST) -> None:
        match type(node).__name__:
            case (
                "Dict"
                | "List"
                | "Set"
                | "ListComp"
                | "SetComp"
                | "DictComp"
                | "Tuple"
                | "GeneratorExp"
            ):
                self.brackets = True
                return
            case "Call" | "Subscript" as kind:
                self.brackets = True
                self.node(node.func if kind == "Call" else node.value, ATOM)
                self.last = node, False
                return
            case "Attribute":
                self.node(node.value, ATOM)
                if own_brackets(node.value) is not None or in_parentheses(node.value, ATOM):
                    self.operator(_ATTRIBUTE)
                self.last = node, False
                return
            case "BoolOp":
                self.operator(_BOOLEAN, len(node.values) - 1)
            case "BinOp":
                self.operator(RANKS[OPERATORS[type(node.op).__name__][0]])
            case "IfExp":
                self.operator(_CONDITIONAL, 2)
            case "Compare":
                self.operator(_COMPARATOR, len(node.ops))
            case "UnaryOp":
                if type(node.op).__name__ == "Invert":
                    self.operator(RANKS["~"])
                self.started = True
            case "Lambda" | "Await" | "Yield" | "YieldFrom" | "Starred":
                self.started = True
        for operand, level in operands(node):
            self.node(operand, level)
