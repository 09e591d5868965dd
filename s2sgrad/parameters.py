"""The parameters of generated functions: those of the user's function, and the derivatives that come in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import gast

from s2sgrad.context import Analysis
from s2sgrad.program import Parameter
from s2sgrad.source import Source

__all__ = ["with_derivatives"]


def with_derivatives(
    analysis: Analysis, incoming: Iterable[str], default: gast.AST | None = None
) -> tuple[Parameter, ...]:
    """The parameters of a function, then derivatives that come in; default: of each of these.

    They are ordinary trailing parameters; keyword-only where the function has `*args` or keyword-only parameters,
    or where they have no default and a parameter before them has one.
    """
    parameters = [_carried(p, analysis.source) for p in analysis.function.parameters]
    named = any(p.kind in {"variadic", "keyword"} for p in parameters)
    if default is None and any(p.default is not None for p in parameters):
        named = True
    new = [Parameter(name, "keyword" if named else "positional", default) for name in incoming]
    at = next((i for i, p in enumerate(parameters) if p.kind == "variadic_keyword"), len(parameters))
    return (*parameters[:at], *new, *parameters[at:])


def _carried(parameter: Parameter, source: Source) -> Parameter:
    """A parameter with its annotation, if every name in that can be looked up."""
    annotation = parameter.annotation
    if annotation is not None and not _known(annotation, source):
        annotation = None
    return replace(parameter, annotation=annotation)


def _known(annotation: gast.AST, source: Source) -> bool:
    return not isinstance(annotation, gast.Constant) and all(
        node.id in source.namespace for node in gast.walk(annotation) if isinstance(node, gast.Name)
    )
