"""Which functions are generators."""

from __future__ import annotations

import inspect

import gast

from s2sgrad.normalize.nodes import own_scope
from s2sgrad.source import Source

__all__ = ["is_generator", "is_generator_function"]


def is_generator(tree: gast.AST) -> bool:
    """Whether a function is a generator."""
    return any(isinstance(n, gast.Yield | gast.YieldFrom) for n in own_scope(tree.body))


def is_generator_function(known: object) -> bool:
    """Whether an object is a generator function, or the source of one."""
    if isinstance(known, Source):
        return is_generator(known.tree)
    return inspect.isgeneratorfunction(known)
