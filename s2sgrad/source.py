"""What is known of a function before any pass: its tree, its text, what its names mean."""

from __future__ import annotations

import enum
import inspect
import types
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import gast
import numpy as np

from s2sgrad.errors import Finding
from s2sgrad.program import Origin

__all__ = [
    "MISSING",
    "FileModule",
    "Missing",
    "Source",
    "Unknown",
    "printed_path",
    "resolve",
    "resolve_outside",
]


class Missing(enum.Enum):
    """The type of MISSING."""

    MISSING = "missing"

    def __repr__(self) -> str:
        return "MISSING"


MISSING: Final = Missing.MISSING
"""What stands where there is no object."""


@dataclass(frozen=True)
class Unknown:
    """What a name of a file means that isn't run, where only the name is known.

    home: the module that it is imported from and what it is called there, None for the module itself. generator: the
    function, where it is one that can be read, and is a generator. generators: those among the methods of a class, by
    their names. parts: what it may share memory with, or hold. new: whether it certainly shares memory with nothing
    else; floats: whether it is certainly an array of floats; a_dict: whether it is certainly a dict. overloads: whether
    it may be a class that overloads operators, or an object of one, or hold one.
    """

    name: str
    reason: str
    home: tuple[str, str | None] | None = None
    generator: Source | None = None
    generators: Mapping[str, Source] = field(default_factory=dict, hash=False)
    parts: tuple[object, ...] = field(default=(), hash=False, compare=False, repr=False)
    new: bool = field(default=False, compare=False, repr=False)
    floats: bool = field(default=False, compare=False, repr=False)
    a_dict: bool = field(default=False, compare=False, repr=False)
    overloads: bool = field(default=False, compare=False, repr=False)


@dataclass(frozen=True, eq=False)
class FileModule:
    """A module of which the file is read and that isn't imported."""

    name: str
    namespace: Mapping[str, object]


@dataclass(frozen=True, eq=False)
class Source:
    """A function as it is written, and the objects that its names mean.

    tree: without decorators; a lambda is a function `lambda_` with one return. Lines are those of
    the file, columns those of Python's ast (bytes): messages are made with `finding`, which gives
    characters. filename: as it is printed in messages. lines: those of the whole file. namespace:
    what the names that are not local mean: closure cells, live globals, builtins. free: the names
    of closure variables. module: the name under which the file can be imported. annotations: those
    that can be resolved as objects, the others as text. receiver: the object that a bound method is
    bound to; owner: the class that a function was written in, if it is known. structures: parameters that are given in
    parts → the names of these (see `structure`). attributes: the id of an object and an attribute of it → the parameter
    that it is given as (see `attributes`); paths: how the user writes these; stays: the object is given and not that of
    a method, so that nothing may be written into it. nones: parameters that are None. logs: those that texts are
    written to, and nothing else is done with. around: what a function reads of the one that it is made in, and written
    out in, where that isn't given to it.
    """

    name: str
    tree: gast.FunctionDef
    filename: str
    lines: tuple[str, ...] = field(default=(), repr=False)
    namespace: Mapping[str, object] = field(default_factory=dict, repr=False)
    free: tuple[str, ...] = ()
    defaults: Mapping[str, object] = field(default_factory=dict)
    annotations: Mapping[str, object] = field(default_factory=dict)
    module: str | None = None
    receiver: object = MISSING
    owner: object = None
    structures: Mapping[str, object] = field(default_factory=dict)
    attributes: Mapping[tuple[int, str], str] = field(default_factory=dict)
    paths: tuple[str, ...] = ()
    stays: bool = False
    nones: frozenset[str] = frozenset()
    logs: frozenset[str] = frozenset()
    around: frozenset[str] = frozenset()

    def origin(self, node: gast.AST) -> Origin:
        """Where a node stands, in characters: where its first part does if it has no place."""
        placed = next((part for part in gast.walk(node) if hasattr(part, "lineno")), self.tree)
        line, column = placed.lineno, placed.col_offset
        end_line = getattr(placed, "end_lineno", None) or line
        end_column = getattr(placed, "end_col_offset", None)
        if end_column is None:
            end_column = column + 1
        return Origin(
            line, self._characters(line, column), end_line, self._characters(end_line, end_column)
        )

    def finding(self, node: gast.AST, message: str, remedy: str = "") -> Finding:
        """What is refused of this function, at a node of its tree."""
        place = self.origin(node)
        end_line, end_column = place.end_line, place.end_column
        if isinstance(node, gast.FunctionDef):  # the whole body is no help: point at the head
            end_line, end_column = place.line, len(self.line(place.line).rstrip())
        return Finding(
            self.filename,
            place.line,
            place.column,
            end_line,
            end_column,
            message,
            remedy,
            self.line(place.line),
        )

    def line(self, number: int) -> str:
        """A line of the file, counted from 1, without its end."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    def _characters(self, line: int, column: int) -> int:
        text = self.line(line)
        return column if text.isascii() else len(text.encode()[:column].decode(errors="ignore"))


def resolve_outside(expr: gast.AST, own: Container[str], namespace: Mapping[str, object]) -> object:
    """The object that a name or a dotted name means, MISSING also where it begins with a name of the function's own."""
    root = expr
    while isinstance(root, gast.Attribute):
        root = root.value
    local = isinstance(root, gast.Name) and root.id in own
    return MISSING if local else resolve(expr, namespace)


def resolve(expr: gast.AST, namespace: Mapping[str, object]) -> object:
    """The object that a name or a dotted name means, or MISSING.

    Nothing is run: MISSING is also what can't be told without running code.

    Attributes are read of modules, classes and ufuncs only, and none of the user's properties is
    run.
    """
    if isinstance(expr, gast.Name):
        return namespace.get(expr.id, MISSING)
    if not isinstance(expr, gast.Attribute):
        return MISSING
    base = resolve(expr.value, namespace)
    if isinstance(base, types.ModuleType | np.ufunc):
        try:
            return getattr(base, expr.attr, MISSING)
        except Exception:  # noqa: BLE001  a module's __getattr__ may raise anything
            return MISSING
    if isinstance(base, type):
        return _class_attribute(base, expr.attr)
    if isinstance(base, FileModule):
        return base.namespace.get(expr.attr, MISSING)
    if isinstance(base, Unknown):
        return Unknown(f"{base.name}.{expr.attr}", base.reason)
    return MISSING


def _class_attribute(owner: type, name: str) -> object:
    if isinstance(owner, enum.EnumMeta):
        return owner.__members__.get(name, MISSING)
    found = inspect.getattr_static(owner, name, MISSING)
    if isinstance(found, staticmethod):
        return found.__func__
    if isinstance(found, classmethod | types.ClassMethodDescriptorType | types.BuiltinMethodType):
        return getattr(owner, name)
    if isinstance(
        found, types.FunctionType | types.MethodDescriptorType | types.WrapperDescriptorType
    ):
        return found
    return MISSING if hasattr(type(found), "__get__") else found


def printed_path(filename: str) -> str:
    """A file's name as it is printed: relative where it is below the current directory."""
    if filename.startswith("<"):
        return filename
    try:
        return str(Path(filename).resolve().relative_to(Path.cwd().resolve()))
    except (ValueError, OSError):
        return filename
