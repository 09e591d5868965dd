"""What the names of the user's function mean to the lowering, and names that nobody uses yet."""

from __future__ import annotations

import builtins
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from types import ModuleType

import gast
import numpy as np

from s2sgrad.names import claimed
from s2sgrad.normalize.nodes import bound_names
from s2sgrad.source import Unknown, resolve
from s2sgrad.trees import loaded, nodes, of_kind

__all__ = ["Imported", "Scope"]

_OF_ARRAYS = frozenset({"T", "flat", "imag", "mT", "nbytes", "ndim", "real", "shape", "size"})


@dataclass(frozen=True)
class Imported:
    """What an import inside the function binds: a module, or an attribute of it.

    level: leading dots.
    """

    module: str
    attribute: str | None = None
    level: int = 0


class Scope:
    """The names of one function.

    captured: what functions inside it read from it; given: what its names are given by assignments of one value.

    variables are the names that the function binds (parameters included); imports the names that an
    import at the top level of its body binds, which are as fixed as global names. Every other name
    is global.
    """

    def __init__(self, tree: gast.FunctionDef, namespace: Mapping[str, object]) -> None:
        self.namespace = namespace
        self.imports = _imports(tree)
        self.parameters = {node.id for node in nodes(tree.args) if _is_parameter(node)}
        self.variables = (bound_names(tree.body) - self.imports.keys()) | self.parameters
        self.occurrences = Counter([node.id for node in of_kind(tree, gast.Name)])
        self.occurrences.update(
            node.name for node in of_kind(tree, gast.FunctionDef, gast.ClassDef)
        )
        self.taken = {*self.occurrences, *self.imports, *self.variables, *_nested_parameters(tree)}
        self.captured = {
            read
            for node in of_kind(tree, gast.Lambda, gast.FunctionDef)
            if node is not tree
            for read in loaded(node)
        }
        self.given = _given(tree)
        self.generated: set[str] = set()
        self._count = 0

    def temporary(self) -> str:
        """A new name for a value that the user didn't name."""
        while True:
            self._count += 1
            name = f"_{self._count}"
            if name not in self.taken:
                return self._use(name)

    def fresh(self, base: str) -> str:
        """A new readable name: base, or base_2, base_3, ... where that is taken."""
        return self._use(claimed(base, self.taken, 1))

    def _use(self, name: str) -> str:
        self.taken.add(name)
        self.variables.add(name)
        self.generated.add(name)
        return name

    def is_static(self, node: gast.AST) -> bool:
        """Whether node is a dotted name of something global; what is read of a global array is computed from it."""
        while isinstance(node, gast.Attribute):
            if self.is_array(node.value, node.attr):
                return False
            node = node.value
        return isinstance(node, gast.Name) and node.id not in self.variables

    def is_array(self, node: gast.AST, attribute: str) -> bool:
        """Whether a global that an attribute is read of is an array, or looks like one where only its text is read."""
        owner = resolve(node, self.namespace)
        module = isinstance(owner, Unknown) and owner.home is not None and owner.home[1] is None
        unread = isinstance(owner, Unknown) and not module and attribute in _OF_ARRAYS
        return unread or isinstance(owner, np.ndarray)

    def resolved(self, node: gast.AST) -> object:
        """The object that a static names, as far as modules lead to it, or None."""
        if isinstance(node, gast.Name):
            return None if node.id in self.imports else self.namespace.get(node.id)
        owner = self.resolved(node.value)
        return getattr(owner, node.attr, None) if isinstance(owner, ModuleType) else None

    def resolved_static(self, node: gast.AST) -> object:
        """The object that a node names if it is a static, or None."""
        return resolve(node, self.namespace) if self.is_static(node) else None

    def is_newaxis(self, atom: gast.AST) -> bool:
        """Whether an atom is `np.newaxis`, which is None."""
        match atom:
            case gast.Attribute(value=module, attr="newaxis"):
                return self.is_static(atom) and self.resolved(module) is np
            case gast.Name(id="newaxis"):
                return self.is_static(atom) and self.namespace.get("newaxis", np) is None
        return False

    def builtin(self, name: str) -> str:
        """What the builtin of that name is called in the normal form: `$len` where `len` means something else."""
        return name if self.means_builtin(name) else f"${name}"

    def means_builtin(self, name: str) -> bool:
        """Whether the name, written in the function, means the builtin of that name."""
        if name in self.variables or name in self.imports:
            return False
        builtin = getattr(builtins, name)
        return self.namespace.get(name, builtin) is builtin


def _given(tree: gast.FunctionDef) -> dict[str, list[gast.AST]]:
    found: dict[str, list[gast.AST]] = {}

    def give(target: gast.AST, value: gast.AST) -> None:
        if isinstance(target, gast.Name):
            found.setdefault(target.id, []).append(value)
        elif isinstance(target, gast.Tuple | gast.List) and isinstance(value, gast.Tuple):
            for inner, item in zip(target.elts, value.elts, strict=False):
                give(inner, item)

    for node in of_kind(tree, gast.Assign):
        for target in node.targets:
            give(target, node.value)
    for node in of_kind(tree, gast.NamedExpr, gast.AnnAssign):
        if node.value is not None:
            give(node.target, node.value)
    return found


def _is_parameter(node: gast.AST) -> bool:
    return isinstance(node, gast.Name) and isinstance(node.ctx, gast.Param)


def _nested_parameters(tree: gast.FunctionDef) -> set[str]:
    return {node.id for node in of_kind(tree, gast.Name) if _is_parameter(node)}


def _imports(tree: gast.FunctionDef) -> dict[str, Imported]:
    found: dict[str, list[Imported]] = {}
    others: list[gast.AST] = []
    for statement in tree.body:
        if isinstance(statement, gast.Import):
            for alias in statement.names:
                root = alias.name.partition(".")[0]
                imported = Imported(alias.name) if alias.asname else Imported(root)
                found.setdefault(alias.asname or root, []).append(imported)
        elif isinstance(statement, gast.ImportFrom):
            for alias in statement.names:
                imported = Imported(statement.module or "", alias.name, statement.level or 0)
                found.setdefault(alias.asname or alias.name, []).append(imported)
        else:
            others.append(statement)
    if not found:
        return {}
    rebound = bound_names(others)
    return {
        name: each[0] for name, each in found.items() if len(set(each)) == 1 and name not in rebound
    }
