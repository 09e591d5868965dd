"""What a derivative takes from outside of its function, and whether it is still so.

A text is made for what names mean at that moment: the helpers that are called, `np` and other modules, constants that
are numbers or arrays. Constants are read when the text runs, and may be others of the same kind then. Who keeps what
was made asks before it is used again: modules are reloaded, names are bound again, and notebooks put new code into
functions that are there already.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import CellType, CodeType, FunctionType, ModuleType
from typing import Any

import gast
import numpy as np

from s2sgrad.parse import LiveNamespace
from s2sgrad.source import MISSING, Source
from s2sgrad.trees import nodes

__all__ = ["Followed", "followed"]

_CONSTANTS = (bool, int, float, complex)


@dataclass(frozen=True, eq=False)
class Followed:
    """codes: functions, and what they did; names: where a name is bound, the name, and what it meant."""

    codes: tuple[tuple[FunctionType, CodeType], ...] = ()
    names: tuple[tuple[Mapping[str, Any] | CellType, str, Any], ...] = ()

    def still(self) -> bool:
        """Whether all is as it was."""
        for function, code in self.codes:
            if function.__code__ is not code:
                return False
        for space, name, value in self.names:
            now = _contents(space) if type(space) is CellType else space.get(name, MISSING)
            if now is not value and not _alike(now, value):
                return False
        return True

    def __add__(self, other: Followed) -> Followed:
        """Both together."""
        return Followed(self.codes + other.codes, self.names + other.names)


def followed(sources: Iterable[Source]) -> Followed:
    """What live functions take from outside of them."""
    codes: dict[int, tuple[FunctionType, CodeType]] = {}
    names: dict[tuple[int, str], tuple[Mapping[str, Any] | CellType, str, Any]] = {}

    def note(space: Mapping[str, Any] | CellType, name: str, value: Any) -> None:
        names.setdefault((id(space), name), (space, name, value))

    for source in sources:
        space = source.namespace
        if not isinstance(space, LiveNamespace):
            continue
        codes[id(space.function)] = space.function, space.code
        for node in nodes(source.tree):
            match node:
                case gast.Name(id=name) if name in space.cells:
                    note(space.cells[name], name, space.get(name, MISSING))
                case gast.Name(id=name) if name in space.globals:
                    note(space.globals, name, space.globals[name])
                    for key, value in _functions(space.globals[name]):
                        note(space.globals[name], key, value)
                case gast.Attribute(attr=name):
                    module = _module(node.value, space)
                    if module is not None and isinstance(vars(module).get(name), FunctionType):
                        note(vars(module), name, vars(module)[name])
    return Followed(tuple(codes.values()), tuple(names.values()))


def _functions(value: object) -> list[tuple[str, object]]:
    """The functions in a dict of such, each with its key."""
    if type(value) is not dict:
        return []
    return [(k, v) for k, v in value.items() if isinstance(k, str) and callable(v)]


def _module(tree: gast.AST, space: LiveNamespace) -> ModuleType | None:
    """The module that an expression means, if it is one."""
    found: object = None
    match tree:
        case gast.Name(id=name):
            found = space.get(name)
        case gast.Attribute(value=inner, attr=name):
            outer = _module(inner, space)
            found = vars(outer).get(name) if outer is not None else None
    return found if isinstance(found, ModuleType) else None


def _contents(cell: CellType) -> Any:
    try:
        return cell.cell_contents
    except ValueError:
        return MISSING


def _alike(now: Any, value: Any) -> bool:
    """Whether a text does for one constant what it does for another."""
    if type(now) is not type(value):
        return False
    if isinstance(now, np.ndarray):
        ones = [[extent == 1 for extent in array.shape] for array in (now, value)]
        return bool(now.dtype == value.dtype and ones[0] == ones[1])
    return isinstance(now, _CONSTANTS)
