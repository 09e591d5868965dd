"""How tightly expressions bind, and how operators are spelled."""

from __future__ import annotations

from typing import Final

import gast

from s2sgrad.emit.literals import is_negative

__all__ = [
    "AND",
    "ATOM",
    "AWAIT",
    "BIT_OR",
    "FACTOR",
    "NAMED",
    "NOT",
    "OPERATORS",
    "OR",
    "SYMBOLS",
    "TEST",
    "TUPLE",
    "precedence",
]

TUPLE: Final = -1
"""The level of a place where a tuple or a yield may stand without parentheses."""

(
    _YIELD,
    NAMED,
    TEST,
    _TERNARY,
    OR,
    AND,
    NOT,
    _COMPARE,
    BIT_OR,
    _BIT_XOR,
    _BIT_AND,
    _SHIFT,
    _SUM,
    _TERM,
    FACTOR,
) = range(15)
_POWER: Final = 15
AWAIT: Final = 16
ATOM: Final = 17

OPERATORS: Final = {
    "Add": ("+", _SUM),
    "Sub": ("-", _SUM),
    "Mult": ("*", _TERM),
    "MatMult": ("@", _TERM),
    "Div": ("/", _TERM),
    "FloorDiv": ("//", _TERM),
    "Mod": ("%", _TERM),
    "Pow": ("**", _POWER),
    "LShift": ("<<", _SHIFT),
    "RShift": (">>", _SHIFT),
    "BitOr": ("|", BIT_OR),
    "BitXor": ("^", _BIT_XOR),
    "BitAnd": ("&", _BIT_AND),
}

SYMBOLS: Final = {
    "And": "and",
    "Or": "or",
    "Not": "not ",
    "Invert": "~",
    "UAdd": "+",
    "USub": "-",
    "Eq": "==",
    "NotEq": "!=",
    "Lt": "<",
    "LtE": "<=",
    "Gt": ">",
    "GtE": ">=",
    "Is": "is",
    "IsNot": "is not",
    "In": "in",
    "NotIn": "not in",
}

_LEVELS: Final = {
    "Yield": _YIELD,
    "YieldFrom": _YIELD,
    "NamedExpr": NAMED,
    "Lambda": TEST,
    "IfExp": _TERNARY,
    "Compare": _COMPARE,
    "Await": AWAIT,
}


def precedence(node: gast.AST) -> int:
    """How tightly the outermost operation of an expression binds."""
    kind = type(node).__name__
    if kind == "BinOp":
        return OPERATORS[type(node.op).__name__][1]
    if kind == "UnaryOp":
        return NOT if type(node.op).__name__ == "Not" else FACTOR
    if kind == "BoolOp":
        return AND if type(node.op).__name__ == "And" else OR
    if kind == "Constant":
        return FACTOR if is_negative(node.value) else ATOM
    return _LEVELS.get(kind, ATOM)
