"""Parameters that a function only writes texts to: a list of messages, a file."""

from __future__ import annotations

import gast

from s2sgrad.normalize.nodes import own_scope
from s2sgrad.trees import nodes, of_kind

__all__ = ["is_logged", "logs_of"]

_WRITING = frozenset({"append", "write"})


def logs_of(tree: gast.FunctionDef) -> frozenset[str]:
    """The parameters of a function that it reads for nothing else."""
    if not of_kind(tree, gast.Expr):
        return frozenset()
    parameters = {n.id for n in nodes(tree.args) if isinstance(n, gast.Name) and _is_given(n)}
    logged = [node for node in own_scope(tree.body) if is_logged(node, parameters)]
    used = [n.id for s in tree.body for n in nodes(s) if isinstance(n, gast.Name)]
    times = [node.value.func.value.id for node in logged]
    asked = [node.left.id for node in own_scope(tree.body) if _asks_for_none(node)]
    return frozenset(p for p in {*times} if used.count(p) == [*times, *asked].count(p))


def is_logged(node: gast.AST, logs: frozenset[str] | set[str]) -> bool:
    """Whether a statement writes a text to one of some logs: `log.append(f"t={t}")`."""
    match node:
        case gast.Expr(
            value=gast.Call(
                func=gast.Attribute(value=gast.Name(id=log), attr=attr), args=[text], keywords=[]
            )
        ):
            return log in logs and attr in _WRITING and _is_text(text)
    return False


def _asks_for_none(node: gast.AST) -> bool:
    """Whether an expression only asks whether a name is None."""
    match node:
        case gast.Compare(
            left=gast.Name(),
            ops=[gast.Is() | gast.IsNot()],
            comparators=[gast.Constant(value=None)],
        ):
            return True
    return False


def _is_text(node: gast.AST) -> bool:
    """Whether an expression is a text, and calls nothing to become one."""
    whole = isinstance(node, gast.JoinedStr) or (
        isinstance(node, gast.Constant) and isinstance(node.value, str)
    )
    return whole and not any(isinstance(n, gast.Call | gast.NamedExpr) for n in nodes(node))


def _is_given(node: gast.Name) -> bool:
    return isinstance(node.ctx, gast.Param)
