"""The methods that operators call, and which of them change an object."""

from __future__ import annotations

import gast

from s2sgrad.flow import bound
from s2sgrad.program import Block, Update, walk
from s2sgrad.unfold.classes import attribute_of, is_plain_class

__all__ = ["OPERATORS", "changed_only", "method_in_place"]

OPERATORS = {
    "Add": "add",
    "Sub": "sub",
    "Mult": "mul",
    "Div": "truediv",
    "MatMult": "matmul",
    "Pow": "pow",
    "FloorDiv": "floordiv",
    "Mod": "mod",
}
_CONTAINERS: dict[tuple[type, str], str] = {(list, "Add"): "extend", (dict, "BitOr"): "update"}


def method_in_place(kind: type, operator: gast.AST) -> str | None:
    """The method of a class by which `a op= b` changes a; None where it is `a = a op b`."""
    op = type(operator).__name__
    method = _CONTAINERS.get((kind, op), f"__i{OPERATORS.get(op)}__")
    if kind in {list, dict, set} or (is_plain_class(kind) and attribute_of(kind, method)):
        return method
    return None


def changed_only(parameter: str, kind: type, body: Block) -> bool:
    """Whether a function gives a parameter, an object of a class, no other value but changes it by operators."""
    binding = [s for s in walk(body) if parameter in bound(s)]
    return bool(binding) and all(
        isinstance(s, Update) and method_in_place(kind, s.operator) for s in binding
    )
