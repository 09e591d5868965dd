"""The parameters of generated functions: those of the user's function, and the derivatives that come in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import gast

from s2sgrad.context import Analysis
from s2sgrad.kinds import Kind, Sequence
from s2sgrad.program import Parameter
from s2sgrad.source import Source
from s2sgrad.trees import name, nodes

__all__ = ["Incoming", "with_derivatives"]


@dataclass(frozen=True)
class Incoming:
    """A derivative that comes in: its name, its default, and the kind of what it belongs to."""

    name: str
    default: gast.AST | None = None
    kind: Kind | None = None


def with_derivatives(analysis: Analysis, incoming: Iterable[Incoming]) -> tuple[Parameter, ...]:
    """The parameters of a function, then derivatives that come in.

    They are ordinary trailing parameters; keyword-only where the function has `*args` or keyword-only parameters,
    or where one has no default and a parameter before it has one. A list or a tuple is annotated.
    """
    parameters = [_carried(p, analysis.source) for p in analysis.function.parameters]
    given = tuple(incoming)
    named = any(p.kind in {"variadic", "keyword"} for p in parameters)
    if any(each.default is None for each in given) and any(
        p.default is not None for p in parameters
    ):
        named = True
    kind = "keyword" if named else "positional"
    new = [Parameter(each.name, kind, each.default, _sequence(each.kind)) for each in given]
    at = next(
        (i for i, p in enumerate(parameters) if p.kind == "variadic_keyword"), len(parameters)
    )
    return (*parameters[:at], *new, *parameters[at:])


def _sequence(kind: Kind | None) -> gast.AST | None:
    """The annotation of the derivative of a list or a tuple."""
    return (
        name(kind.type) if isinstance(kind, Sequence) and kind.type in {"list", "tuple"} else None
    )


def _carried(parameter: Parameter, source: Source) -> Parameter:
    """A parameter with its annotation, if every name in that can be looked up."""
    annotation = parameter.annotation
    if annotation is not None and not _known(annotation, source):
        annotation = None
    return replace(parameter, annotation=annotation)


def _known(annotation: gast.AST, source: Source) -> bool:
    return not isinstance(annotation, gast.Constant) and all(
        node.id in source.namespace for node in nodes(annotation) if isinstance(node, gast.Name)
    )
