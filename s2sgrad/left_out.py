"""Which parameters of a function may be left out, and what they are then."""

from __future__ import annotations

from collections.abc import Iterator

import gast

__all__ = ["defaults_of", "with_defaults", "without_defaults"]


def without_defaults(arguments: gast.AST) -> list[str]:
    """The parameters that have to be given, and may be given by their position."""
    plain = [p.id for p in arguments.args]
    return plain[: len(plain) - len(arguments.defaults)]


def with_defaults(arguments: gast.AST) -> list[str]:
    """The parameters that have defaults, and may be given by their position."""
    if arguments.posonlyargs:
        return []
    return [p.id for p in arguments.args[len(without_defaults(arguments)) :]]


def defaults_of(arguments: gast.AST) -> Iterator[tuple[str, gast.AST]]:
    """The parameters with defaults that may be given by their position, and these."""
    plain = [*arguments.posonlyargs, *arguments.args]
    for parameter, default in zip(reversed(plain), reversed(arguments.defaults), strict=False):
        yield parameter.id, default
