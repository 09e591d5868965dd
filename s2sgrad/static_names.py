"""What the names of a file mean, told from its text: imports, functions, constants.

Modules that are known to do nothing but define things are really imported (NumPy, SciPy, and parts
of the standard library), those whose file is beside this one are read as well; for anything else of
which the text doesn't tell what it is, there is an `Unknown`.
"""

from __future__ import annotations

import ast
import builtins
import importlib
import types
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from s2sgrad.source import MISSING, FileModule, Unknown
from s2sgrad.source_tree import FunctionNode
from s2sgrad.static_values import value_of

__all__ = ["StaticNamespace"]

_SAFE_MODULES = frozenset(
    {
        "builtins",
        "cmath",
        "collections",
        "dataclasses",
        "enum",
        "functools",
        "itertools",
        "math",
        "numbers",
        "numpy",
        "operator",
        "random",
        "scipy",
        "typing",
    }
)


@dataclass(frozen=True)
class _Binding:
    """One place that gives a name its meaning.

    run: 'surely' at the top level, 'else' where something before it raises, 'perhaps' otherwise.
    """

    node: ast.stmt
    run: str
    alias: ast.alias | None = None


class StaticNamespace(Mapping[str, object]):
    """The globals of a file that isn't run, each found when it is asked for."""

    def __init__(
        self,
        tree: ast.Module,
        function: Callable[[FunctionNode, str], object],
        module: Callable[[str], FileModule | None],
    ) -> None:
        self._function = function
        self._module = module
        self._bindings: dict[str, list[_Binding]] = {}
        self._stars: list[str] = []
        self._known: dict[str, object] = {}
        self._block(tree.body, "surely")
        self._rebound = {
            name for node in ast.walk(tree) if isinstance(node, ast.Global) for name in node.names
        }

    def __getitem__(self, name: str) -> object:
        if name not in self._known:
            self._known[name] = Unknown(name, "it is defined by itself")  # while it is looked up
            self._known[name] = self._find(name)
        found = self._known[name]
        if found is MISSING:
            raise KeyError(name)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys((*self._bindings, *vars(builtins))))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    # ---- collecting ----------------------------------------------------------------------------

    def _block(self, statements: list[ast.stmt], run: str) -> None:
        for statement in statements:
            self._statement(statement, run)

    def _statement(self, node: ast.stmt, run: str) -> None:
        match node:
            case ast.Import(names=names):
                for alias in names:
                    self._bind(alias.asname or alias.name.partition(".")[0], node, run, alias)
            case ast.ImportFrom(names=names):
                for alias in names:
                    if alias.name == "*":
                        self._stars.append("." * node.level + (node.module or ""))
                    else:
                        self._bind(alias.asname or alias.name, node, run, alias)
            case (
                ast.FunctionDef(name=name)
                | ast.AsyncFunctionDef(name=name)
                | ast.ClassDef(name=name)
            ):
                self._bind(name, node, run)
            case ast.Try() | ast.TryStar():
                self._block(node.body, run)
                for handler in node.handlers:
                    self._block(handler.body, "else")
                self._block(node.orelse, run)
                self._block(node.finalbody, run)
            case ast.If(body=body, orelse=orelse):
                inner = run if "TYPE_CHECKING" in _names(node.test) else "perhaps"
                self._block(body, inner)
                self._block(orelse, inner)
            case _:
                for name in sorted(_stored(node)):
                    self._bind(name, node, run)

    def _bind(self, name: str, node: ast.stmt, run: str, alias: ast.alias | None = None) -> None:
        self._bindings.setdefault(name, []).append(_Binding(node, run, alias))

    # ---- finding -------------------------------------------------------------------------------

    def _find(self, name: str) -> object:
        bindings = self._bindings.get(name, [])
        if name in self._rebound and bindings:
            return Unknown(name, "a function of the file assigns it (global)")
        if not bindings:
            return self._undefined(name)
        last = max(
            (i for i, binding in enumerate(bindings) if binding.run == "surely"), default=None
        )
        if last is None or any(binding.run == "perhaps" for binding in bindings[last:]):
            return Unknown(
                name, "it is only known when the file runs which of its definitions counts"
            )
        for binding in bindings[
            last:
        ]:  # the first import that succeeds, as in try: ... except ImportError: ...
            found = self._meaning(name, binding)
            if not isinstance(found, Unknown):
                break
        if isinstance(found, Unknown) and len(bindings) == 1:
            return replace(found, home=_home(*bindings))
        return found

    def _undefined(self, name: str) -> object:
        unread = []
        for path in self._stars:
            module = self._imported(path)
            names = _exported(module)
            if names is None:
                unread.append(path)
            elif name in names:
                return _member(module, name)
        if name in vars(builtins):
            return vars(builtins)[name]
        if not unread:
            return MISSING
        return Unknown(name, f"it may come from {unread[0]}, which isn't read")

    def place(self, name: str) -> ast.stmt | None:
        """The last statement at the top level that may give a name its meaning."""
        bindings = self._bindings.get(name, [])
        return bindings[-1].node if bindings else None

    @property
    def exported(self) -> frozenset[str] | None:
        """The names that `import *` gives, None where the text doesn't tell."""
        if "__all__" in self._bindings or self._stars:
            return None
        return frozenset(name for name in self._bindings if not name.startswith("_"))

    @property
    def defined(self) -> frozenset[str]:
        """The names that the file defines itself."""
        return frozenset(self._bindings)

    def _meaning(self, name: str, binding: _Binding) -> object:
        match binding.node:
            case ast.Import() if binding.alias is not None:
                return self._import(name, binding.alias)
            case ast.ImportFrom() as node if binding.alias is not None:
                return self._import_from(name, node, binding.alias)
            case ast.FunctionDef() | ast.AsyncFunctionDef() as node:
                return self._function(node, name)
            case ast.ClassDef():
                return Unknown(name, "it is a class of the file")
            case ast.Assign(targets=[*targets], value=value) if any(
                _is_name(target, name) for target in targets
            ):
                return self._assigned(name, value)
            case ast.AnnAssign(target=ast.Name(), value=ast.expr() as value):
                return self._assigned(name, value)
            case ast.Assign(targets=[ast.Tuple(elts=targets)], value=ast.Tuple(elts=values)) if len(
                targets
            ) == len(values):
                found = [v for t, v in zip(targets, values, strict=True) if _is_name(t, name)]
                if len(found) == 1:
                    return self._assigned(name, found[0])
        return Unknown(name, "its value is only known when the file runs")

    def _import(self, name: str, alias: ast.alias) -> object:
        module = self._imported(alias.name)
        if isinstance(module, Unknown):
            return Unknown(name if alias.asname else module.name.partition(".")[0], module.reason)
        first = alias.name.partition(".")[0]
        if alias.asname or first == alias.name:
            return module
        if isinstance(module, FileModule):
            return Unknown(first, f"only `import {alias.name} as ...` of it is read")
        return self._imported(first)

    def _import_from(self, name: str, node: ast.ImportFrom, alias: ast.alias) -> object:
        path = "." * node.level + (node.module or "")
        module = self._imported(path)
        inner = path + "." * (not path.endswith(".")) + alias.name
        if isinstance(module, Unknown):
            beside = self._module(inner) if node.level else None
            return beside or Unknown(name, module.reason)
        if isinstance(module, FileModule):
            space = module.namespace
            if isinstance(space, StaticNamespace) and alias.name not in space.defined:
                absent = Unknown(name, f"{path} doesn't define {alias.name}")
                return self._module(inner) or absent
        found = _member(module, alias.name)
        return self._imported(inner) if found is MISSING else found

    def _imported(self, path: str) -> types.ModuleType | FileModule | Unknown:
        """A module that is known to be safe to import, or one that is read."""
        if path.partition(".")[0] not in _SAFE_MODULES and path != "collections.abc":
            return self._module(path) or Unknown(path, f"it comes from {path}, which isn't read")
        try:
            return importlib.import_module(path)
        except ImportError:
            return Unknown(path, f"{path} isn't installed")

    def _assigned(self, name: str, value: ast.expr) -> object:
        if isinstance(value, ast.Lambda):
            return self._function(value, name)
        if isinstance(value, ast.Name) and value.id in self:
            return self[value.id]
        return value_of(value, self, name)


def _home(binding: _Binding) -> tuple[str, str | None] | None:
    """Where an import takes a name from, None where a text can't do the same by itself."""
    match binding:
        case _Binding(ast.Import(), "surely", ast.alias(name=module, asname=new)):
            return (module, None) if new or "." not in module else None
        case _Binding(ast.ImportFrom(module=str(module), level=0), "surely", ast.alias(name=name)):
            return module, name
    return None


def _member(module: object, name: str) -> object:
    """What a module has under a name."""
    if isinstance(module, FileModule):
        return module.namespace.get(name, MISSING)
    return getattr(module, name, MISSING)


def _exported(module: object) -> Collection[str] | None:
    """The names that `import *` of a module gives, None where that isn't known."""
    if isinstance(module, types.ModuleType):
        public = [name for name in vars(module) if not name.startswith("_")]
        names: Collection[str] = getattr(module, "__all__", None) or public
        return names
    if isinstance(module, FileModule) and isinstance(module.namespace, StaticNamespace):
        return module.namespace.exported
    return None


def _is_name(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def _names(node: ast.AST) -> set[str]:
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name)} | {
        n.attr for n in ast.walk(node) if isinstance(n, ast.Attribute)
    }


def _stored(node: ast.AST) -> set[str]:
    """The names that a statement binds, not inside functions and classes."""
    found: set[str] = set()
    pending = [node]
    while pending:
        part = pending.pop()
        if isinstance(part, ast.Name) and not isinstance(part.ctx, ast.Load):
            found.add(part.id)
        elif isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(part.name)
            continue
        elif isinstance(part, ast.Import | ast.ImportFrom):
            found |= {alias.asname or alias.name.partition(".")[0] for alias in part.names}
        elif isinstance(part, ast.Lambda):
            continue
        pending += ast.iter_child_nodes(part)
    return found
