"""How a function is begun: its parameters in parts, and a context for it."""

from __future__ import annotations

from contextlib import suppress

from s2sgrad.context import Context, WholeNeededError
from s2sgrad.in_parts import Parts, in_parts
from s2sgrad.question import Examples, Wrt
from s2sgrad.source import Source

__all__ = ["begun"]


def begun(source: Source, wrt: Wrt, like: Examples, *, maps: bool) -> tuple[Context, Parts | None]:
    """A context for a function, and its parameters in parts, where it has any.

    Whole numbers and texts in examples are taken for what they are only if nothing can be done otherwise.
    """
    context = Context(maps=maps)
    parts = in_parts(source, wrt, like)
    context.outermost = source.tree if parts is None else parts.source.tree
    if parts is None or like is None:
        return context, parts
    try:
        context.prepare(parts.source)
    except WholeNeededError:
        settled = in_parts(source, wrt, like, settled=True)
        assert settled is not None  # noqa: S101
        other = Context(maps=maps)
        other.outermost = settled.source.tree
        with suppress(WholeNeededError):
            other.prepare(settled.source)
            return other, settled
    return context, parts
