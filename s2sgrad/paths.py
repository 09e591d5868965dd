"""What is differentiated by, where it may be a part: `params["w"]`, `line.offset`."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any

import gast

from s2sgrad.attributes import Attribute
from s2sgrad.numeric import has_reals, is_real
from s2sgrad.question import QuestionError, Wrt
from s2sgrad.source import Source
from s2sgrad.structure import Structure

__all__ = ["all_parameters", "root_of", "wanted_parts"]


def wanted_parts(
    source: Source,
    wrt: Wrt,
    structures: dict[str, Structure],
    examples: Mapping[str, Any],
    attributes: tuple[Attribute, ...],
) -> tuple[tuple[Structure | str, ...], bool]:
    """What is differentiated by: structures, and names of parameters."""
    parameters = [p.id for p in all_parameters(source.tree.args)]
    if wrt is None:
        found: list[Structure | str] = [
            structures.get(p, p)
            for p in parameters
            if (structures[p].real if p in structures else _is_possible(p, examples))
        ]
        return tuple(found), len(found) == 1
    out: list[Structure | str] = []
    for item in wrt if isinstance(wrt, tuple) else (wrt,):
        path = parameters[item] if isinstance(item, int) else item
        known = next((a.parameter for a in attributes if a.path == path), None)
        out.append(known or part_at(path, structures, parameters, source))
    return tuple(out), not isinstance(wrt, tuple)


def _is_possible(parameter: str, examples: Mapping[str, Any]) -> bool:
    """Whether a parameter may be differentiated by; one without an example may."""
    value = examples.get(parameter)
    listed = type(value) in {list, tuple} and has_reals(value)
    return parameter not in examples or is_real(value) or listed


def part_at(
    path: str, structures: dict[str, Structure], parameters: list[str], source: Source
) -> Structure | str:
    """The part of a parameter that a path leads to."""
    steps: list[object] = []
    try:
        node: ast.expr = ast.parse(path, mode="eval").body
    except SyntaxError:
        node = ast.Constant(None)
    while isinstance(node, ast.Attribute | ast.Subscript):
        if isinstance(node, ast.Attribute):
            steps.append(node.attr)
        else:
            steps.append(getattr(node.slice, "value", None))
        node = node.value
    root = node.id if isinstance(node, ast.Name) else ""
    found: object = structures.get(root, root if root in parameters else None)
    for step in reversed(steps):
        found = found.parts.get(step) if isinstance(found, Structure) else None
    if not isinstance(found, Structure | str):
        raise QuestionError(
            f"{source.name} has no parameter {path!r}; it has: {', '.join(parameters)}"
        )
    return found


def root_of(path: str) -> str:
    return path.partition(".")[0].partition("[")[0]


def all_parameters(arguments: gast.AST) -> list[gast.AST]:
    plain = [*getattr(arguments, "posonlyargs", []), *arguments.args]
    return [*plain, *arguments.kwonlyargs]
