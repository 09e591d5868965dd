"""`try` with one expression: it is asked beforehand whether the expression raises, and its handler runs if it does."""

from __future__ import annotations

from collections.abc import Callable

import gast

from s2sgrad.normalize.nodes import at, call, load, tuple_of
from s2sgrad.normalize.patterns import UnsupportedError
from s2sgrad.normalize.quiet import is_quiet
from s2sgrad.trees import nodes

__all__ = ["asked_beforehand"]


def asked_beforehand(
    node: gast.Try,
    body: list[gast.AST],
    resolved: Callable[[gast.AST], object],
    builtin: Callable[[str], str],
    block: Callable[[list[gast.AST]], list[gast.AST]],
) -> list[gast.AST]:
    """The block of a try with one expression, of which it is asked whether it raises.

    resolved: what a node names; builtin: how a builtin is called; block: statements in fewer constructs.
    """
    if len(body) != 1 or not isinstance(body[0], gast.Assign | gast.Return | gast.Expr):
        raise UnsupportedError
    value = body[0].value
    targets = getattr(body[0], "targets", [])
    quiet = value is not None and is_quiet(value, resolved, methods=True)
    if not quiet or not all(map(_is_name, targets)):
        raise UnsupportedError
    orelse = [*body, *block(node.orelse)]
    later: list[gast.AST] = []
    for handler in reversed(node.handlers):
        kind = handler.type
        classes = [] if kind is None else kind.elts if isinstance(kind, gast.Tuple) else [kind]
        known = [resolved(c) for c in classes]
        raises_again = any(
            isinstance(n, gast.Raise) and n.exc is None for s in handler.body for n in nodes(s)
        )
        if handler.name or raises_again or not all(_is_exception(k) for k in known):
            raise UnsupportedError
        if kind is None:
            classes = [load(builtin("Exception"))]
        nothing = gast.arguments(
            args=[],
            posonlyargs=[],
            vararg=None,
            kwonlyargs=[],
            kw_defaults=[],
            kwarg=None,
            defaults=[],
        )
        asked = at(call("$raised", at(gast.Lambda(args=nothing, body=value), node), *classes), node)
        if later:
            asked.keywords.append(gast.keyword(arg="others", value=tuple_of([*later])))
        later = [*classes, *later]
        orelse = [at(gast.If(test=asked, body=block(handler.body), orelse=orelse), handler)]
    return orelse


def _is_name(node: gast.AST) -> bool:
    return isinstance(node, gast.Name)


def _is_exception(value: object) -> bool:
    return isinstance(value, type) and issubclass(value, BaseException)
