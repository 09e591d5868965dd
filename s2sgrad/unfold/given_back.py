"""Which functions are written in the place of their calls, for what they do with other functions.

Those that give back functions, and those that call a parameter if it isn't None: at the call it is seen whether it is.
"""

from __future__ import annotations

import functools
from types import BuiltinFunctionType, FunctionType

import gast
import numpy as np

from s2sgrad.normalize.nodes import own_scope
from s2sgrad.source import Source, resolve
from s2sgrad.trees import names_bound_in, nodes

__all__ = ["calls_if_given", "gives_functions"]


def calls_if_given(source: Source) -> bool:
    """Whether a function calls a parameter and asks whether it is one: `z if act is None else act(z)`, `if act:`."""
    own = {n.id for n in nodes(source.tree.args) if isinstance(n, gast.Name)}
    called, asked = set(), set()
    for node in nodes(source.tree):
        match node:
            case gast.Call(func=gast.Name(id=name)):
                called.add(name)
            case gast.Compare(
                left=gast.Name(id=name),
                ops=[gast.Is() | gast.IsNot()],
                comparators=[gast.Constant(value=None)],
            ):
                asked.add(name)
            case (
                gast.If(test=test)
                | gast.IfExp(test=test)
                | gast.UnaryOp(op=gast.Not(), operand=test)
            ):
                asked |= {test.id} if isinstance(test, gast.Name) else set()
            case gast.BoolOp(values=values):
                asked |= {value.id for value in values if isinstance(value, gast.Name)}
    return not own.isdisjoint(called & asked)


def gives_functions(source: Source) -> bool:
    """Whether a function returns one, alone or in a tuple, a list or a dict: one that it makes, or that has a name."""
    made = {node.name for node in own_scope(source.tree.body) if isinstance(node, gast.FunctionDef)}
    for node in own_scope(source.tree.body):
        match node:
            case gast.Assign(targets=[gast.Name(id=name)], value=value) if _is_made(value, source):
                made.add(name)
    bound = {n for s in source.tree.body for n in names_bound_in(s)}
    bound |= {n.id for n in nodes(source.tree.args) if isinstance(n, gast.Name)}
    returned = [n.value for n in own_scope(source.tree.body) if isinstance(n, gast.Return)]
    return any(_is_function(value, source, made, bound) for value in returned if value is not None)


def _is_made(value: gast.AST, source: Source) -> bool:
    """Whether an expression makes a function."""
    if isinstance(value, gast.Lambda):
        return True
    called = resolve(value.func, source.namespace) if isinstance(value, gast.Call) else None
    return called is functools.partial


def _is_function(value: gast.AST, source: Source, made: set[str], bound: set[str]) -> bool:
    match value:
        case gast.IfExp(body=body, orelse=orelse):
            parts = [body, orelse]
        case gast.Tuple(elts=parts) | gast.List(elts=parts) | gast.Dict(values=parts):
            pass
        case gast.Name(id=name) if name in made:
            return True
        case gast.Name() | gast.Attribute():
            root = value
            while isinstance(root, gast.Attribute):
                root = root.value
            if not isinstance(root, gast.Name) or root.id in bound:
                return False
            known = resolve(value, source.namespace)
            return isinstance(known, FunctionType | BuiltinFunctionType | np.ufunc)
        case _:
            return _is_made(value, source)
    return any(_is_function(part, source, made, bound) for part in parts)
