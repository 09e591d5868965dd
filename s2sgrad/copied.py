"""Helpers that a generated text carries along are known again when it is differentiated.

Receives a function whose namespace may hold copies of helpers, under whatever names they were given.
Gives the function with the names of copies written `$helper`, as generated code calls helpers before
it is printed: from there on they have their rules, and are copied into the new text. A copy is
known by its tree: it has to be that of the helper, and its names have to mean the same things.
"""

from __future__ import annotations

import builtins
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from types import FunctionType
from typing import Any

import gast

from s2sgrad.assemble import helper_sources
from s2sgrad.infer.functions import source_of
from s2sgrad.rule_loader import helpers
from s2sgrad.source import MISSING, Source
from s2sgrad.trees import name, names_bound_in, nodes, renamed

__all__ = ["helper_of", "with_helpers"]


def with_helpers(source: Source) -> Source:
    """The function with every name of a helper's copy as `$` and the name of the helper."""
    tree = source.tree
    local = {node.id for node in nodes(tree.args) if isinstance(node, gast.Name)}
    local.update(bound for statement in tree.body for bound in names_bound_in(statement))
    read = dict.fromkeys(n.id for part in tree.body for n in nodes(part) if _is_read(n))
    new = {
        identifier: name(f"${helper}")
        for identifier in read
        if identifier not in local
        and (helper := helper_of(source.namespace.get(identifier, MISSING))) is not None
    }
    if not new:
        return source
    fields = {field: getattr(tree, field, None) for field in tree._fields}
    fields["body"] = [renamed(statement, new) for statement in tree.body]
    return replace(source, tree=gast.copy_location(type(tree)(**fields), tree))


def helper_of(value: object) -> str | None:
    """The name of the helper that a function is, or is a copy of."""
    if not isinstance(value, FunctionType | Source):
        return None
    for helper in _alike().get(_parameters(value), ()):
        if helpers()[helper] is value or _Comparison().copy(value, helper):
            return helper
    return None


@cache
def _alike() -> Mapping[tuple[str, ...], list[str]]:
    """The helpers by the names of their parameters."""
    found: dict[tuple[str, ...], list[str]] = {}
    for helper, function in helpers().items():
        found.setdefault(_parameters(function), []).append(helper)
    return found


def _parameters(function: Any) -> tuple[str, ...]:
    if isinstance(function, Source):
        return tuple(node.id for node in function.tree.args.args)
    code = function.__code__
    return tuple(code.co_varnames[: code.co_argcount])


class _Comparison:
    """One comparison; pairs of functions that are being compared count as equal meanwhile."""

    def __init__(self) -> None:
        self.running: set[tuple[int, str]] = set()

    def copy(self, value: object, helper: str) -> bool:
        """Whether a function is a copy of a helper."""
        if (id(value), helper) in self.running:
            return True
        self.running.add((id(value), helper))
        source = source_of(value)
        if not isinstance(source, Source):
            return False
        own = helper_sources()[helper]
        meant = helpers()[helper].__globals__
        bound = {node.id for node in nodes(own) if _is_bound(node)}

        def same_name(copied: str, original: str) -> bool:
            if original in bound or copied in bound:
                return copied == original
            return self.same_object(source.namespace.get(copied, MISSING), meant, original)

        return _same(source.tree.args, own.args, same_name) and _same(
            source.tree.body, own.body, same_name
        )

    def same_object(self, value: object, meant: Mapping[str, object], original: str) -> bool:
        """Whether a name of a copy means what the name means in the helper."""
        expected = meant.get(original, getattr(builtins, original, MISSING))
        if value is expected:
            return value is not MISSING
        return original in helpers() and self.copy(value, original)


def _same(a: Any, b: Any, same_name: Callable[[str, str], bool]) -> bool:
    """Whether two trees are equal but for their global names and their places."""
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(_same(m, n, same_name) for m, n in zip(a, b, strict=True))
    if type(a) is not type(b):
        return False
    if not isinstance(a, gast.AST):
        return repr(a) == repr(b)
    if isinstance(a, gast.Name) and not same_name(a.id, b.id):
        return False
    return all(
        isinstance(a, gast.Name) or _same(getattr(a, f, None), getattr(b, f, None), same_name)
        for f in a._fields
    )


def _is_read(node: gast.AST) -> bool:
    return isinstance(node, gast.Name) and isinstance(node.ctx, gast.Load)


def _is_bound(node: gast.AST) -> bool:
    return isinstance(node, gast.Name) and not isinstance(node.ctx, gast.Load)
