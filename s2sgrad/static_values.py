"""The value of an expression of a file that isn't run: numbers, text, and arithmetic on these.

Nothing of the user's is called; `math` functions and NumPy's elementwise functions are, on numbers.
"""

from __future__ import annotations

import ast
import math
import operator
import warnings
from collections.abc import Callable, Mapping
from typing import Any, Final

import gast
import numpy as np

from s2sgrad.source import MISSING, Source, Unknown, resolve

__all__ = ["has_functions", "may_be_changed", "value_of"]

_LIMIT: Final = 1000
"""The longest sequence, and the most bits of an integer, that is computed."""

_BINARY: Final[dict[str, Callable[[Any, Any], Any]]] = {
    "Add": operator.add,
    "Sub": operator.sub,
    "Mult": operator.mul,
    "Div": operator.truediv,
    "FloorDiv": operator.floordiv,
    "Mod": operator.mod,
    "Pow": operator.pow,
}
_UNARY: Final[dict[str, Callable[[Any], Any]]] = {
    "USub": operator.neg,
    "UAdd": operator.pos,
    "Not": operator.not_,
}
_CALLED: Final = frozenset(
    {float, int, bool, abs, round, min, max, np.float64, np.float32, np.array}
)


_READING: Final = frozenset(
    {"all", "any", "enumerate", "filter", "len", "list", "map", "range", "reversed", "sorted"}
) | {"sum", "tuple", "zip", "items", "keys", "values", "get", "copy", "index", "count"}


def has_functions(value: object) -> bool:
    """Whether a value is a list or a dict with functions of a file."""
    if isinstance(value, dict):
        return any(map(_is_or_has_functions, value.values()))
    return isinstance(value, list) and any(map(_is_or_has_functions, value))


def _is_or_has_functions(value: object) -> bool:
    if isinstance(value, tuple):
        return any(map(_is_or_has_functions, value))
    return isinstance(value, Source) or callable(value) or has_functions(value)


def may_be_changed(tree: ast.AST) -> set[str]:
    """The names of a file of which something is done that may change what is in a list or a dict."""
    named = [n for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)]
    only_read = {id(read) for node in ast.walk(tree) for read in _only_read(node)}
    return {node.id for node in named if id(node) not in only_read}


def _only_read(node: ast.AST) -> list[ast.expr]:
    """The parts of a node that it only looks into."""
    match node:
        case ast.For(iter=whole) | ast.comprehension(iter=whole):
            return [whole]
        case ast.Subscript(value=whole, ctx=ast.Load()):
            return [whole]
        case ast.Compare(comparators=wholes):
            return wholes
        case ast.Call(func=ast.Name(id=name), args=args) if name in _READING:
            return args
        case ast.Call(func=ast.Attribute(value=whole, attr=name)) if name in _READING:
            return [whole]
    return []


class _UntoldError(Exception):
    """The text doesn't tell the value."""


def value_of(node: ast.AST, namespace: Mapping[str, object], name: str = "") -> object:
    """The object that an expression gives, or Unknown."""
    try:
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _value(node, namespace)
    except (_UntoldError, ArithmeticError, ValueError, TypeError, RecursionError):
        return Unknown(name or "a default", "its value is only known when the file runs")


def _value(node: Any, namespace: Mapping[str, object]) -> Any:
    """Works on nodes of ast and of gast alike, by the names of their classes."""
    match type(node).__name__:
        case "Constant":
            return node.value
        case "Name" | "Attribute":
            return _named(node, namespace)
        case "UnaryOp" if type(node.op).__name__ in _UNARY:
            return _UNARY[type(node.op).__name__](_number(_value(node.operand, namespace)))
        case "BinOp" if type(node.op).__name__ in _BINARY:
            return _binary(
                type(node.op).__name__, _value(node.left, namespace), _value(node.right, namespace)
            )
        case "Tuple":
            return tuple(_items(node, namespace))
        case "List":
            return _items(node, namespace)
        case "Dict" if None not in node.keys and len(node.keys) <= _LIMIT:
            values = [_value(value, namespace) for value in node.values]
            return dict(zip([_value(key, namespace) for key in node.keys], values, strict=True))
        case "Call" if not node.keywords:
            return _called(node, namespace)
    raise _UntoldError


def _items(node: Any, namespace: Mapping[str, object]) -> list[Any]:
    if len(node.elts) > _LIMIT:
        raise _UntoldError
    return [_value(item, namespace) for item in node.elts]


def _named(node: Any, namespace: Mapping[str, object]) -> Any:
    found = resolve(
        node if isinstance(node, gast.Name | gast.Attribute) else gast.ast_to_gast(node), namespace
    )
    if found is MISSING or isinstance(found, Unknown | list | dict | np.ndarray):
        raise _UntoldError  # what can be changed may have been
    return found


def _number(value: Any) -> Any:
    if not isinstance(value, int | float | complex):
        raise _UntoldError
    return value


def _binary(kind: str, left: Any, right: Any) -> Any:
    left, right = _number(left), _number(right)
    if (
        kind == "Pow"
        and isinstance(left, int)
        and isinstance(right, int)
        and left.bit_length() * abs(right) > _LIMIT
    ):
        raise _UntoldError
    return _BINARY[kind](left, right)


def _called(node: Any, namespace: Mapping[str, object]) -> Any:
    function = _named(node.func, namespace)
    arguments = [_value(argument, namespace) for argument in node.args]
    if function is np.array:
        return function(*arguments)
    arguments = [_number(argument) for argument in arguments]
    known = getattr(function, "__module__", None) == "math" and function not in {
        math.factorial,
        math.comb,
        math.perm,
    }
    if (
        isinstance(function, np.ufunc)
        or known
        or (isinstance(function, type | _BUILTIN) and function in _CALLED)
    ):
        return function(*arguments)
    raise _UntoldError


_BUILTIN: Final = type(abs)
