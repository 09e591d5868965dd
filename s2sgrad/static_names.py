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
from functools import cached_property
from typing import Any

from s2sgrad.source import MISSING, FileModule, Source, Unknown
from s2sgrad.source_tree import FunctionNode
from s2sgrad.static_memory import as_made
from s2sgrad.static_objects import class_overloads, may_overload, overloading_attributes
from s2sgrad.static_values import has_functions, may_be_changed, value_of

__all__ = ["StaticNamespace", "stored"]

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


_SURE = frozenset({"surely", "checking"})


@dataclass(frozen=True)
class _Binding:
    """One place that gives a name its meaning.

    run: 'surely' at the top level, 'else' where something before it raises, 'checking' where only a type checker
    reads it, 'perhaps' otherwise.
    """

    node: ast.stmt | ast.expr
    run: str
    alias: ast.alias | None = None


@dataclass(frozen=True)
class _Star:
    """`from path import *`, and whether it is run."""

    path: str
    node: ast.stmt
    run: str


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
        self._stars: list[_Star] = []
        self._known: dict[str, object] = {}
        self._block(tree.body, "surely")
        self._rebound = {
            name for node in ast.walk(tree) if isinstance(node, ast.Global) for name in node.names
        }
        self.changed = may_be_changed(tree)
        self._tree = tree

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
                        self._stars.append(_Star(_path(node), node, run))
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
            case ast.If():
                self._if(node, run)
            case _:
                for name in sorted(stored(node)):
                    self._bind(name, node, run)

    def _if(self, node: ast.If, run: str) -> None:
        for name in sorted(stored(node.test)):
            self._bind(name, node.test, run)
        match node.test:
            case ast.Name(id="TYPE_CHECKING") | ast.Attribute(attr="TYPE_CHECKING"):
                runs = ("checking", run)
            case ast.UnaryOp(
                op=ast.Not(),
                operand=ast.Name(id="TYPE_CHECKING") | ast.Attribute(attr="TYPE_CHECKING"),
            ):
                runs = (run, "checking")
            case _:
                runs = ("perhaps", "perhaps")
        self._block(node.body, runs[0])
        self._block(node.orelse, runs[1])

    def _bind(
        self, name: str, node: ast.stmt | ast.expr, run: str, alias: ast.alias | None = None
    ) -> None:
        self._bindings.setdefault(name, []).append(_Binding(node, run, alias))

    # ---- finding -------------------------------------------------------------------------------

    def _find(self, name: str) -> object:
        bindings = self._bindings.get(name, [])
        if name in self._rebound and bindings:
            return Unknown(name, "a function of the file assigns it (global)")
        run = [binding for binding in bindings if binding.run != "checking"] or bindings
        starred = self._starred(name, run[-1].node if run else None)
        if starred is not MISSING:
            return starred
        if not bindings:
            return self._undefined(name)
        last = max(
            (i for i, binding in enumerate(run) if binding.run in _SURE),
            default=None,
        )
        if last is None or any(binding.run == "perhaps" for binding in run[last:]):
            return Unknown(
                name, "it is only known when the file runs which of its definitions counts"
            )
        found = self._first_that_succeeds(name, run[last:])
        if not isinstance(found, Unknown):
            return found
        if len(bindings) == 1:
            imported = bindings[0].alias is not None
            return replace(found, home=_home(*bindings), new=found.new and not imported)
        return replace(found, new=False, floats=False, a_dict=False)

    def _first_that_succeeds(self, name: str, bindings: list[_Binding]) -> object:
        """As in try: ... except ImportError: ...; what isn't an import and isn't known may succeed, too."""
        for binding in bindings:
            found = self._meaning(name, binding)
            if not isinstance(found, Unknown) or binding.alias is None:
                break
        return found

    def _starred(self, name: str, after: ast.AST | None) -> object:
        """What `import *` further down than a node gives a name, MISSING where none is known to."""
        for star in reversed(self._stars):
            if after is not None and _position(star.node) < _position(after):
                break
            if name in (self._exported(star) or ()):
                if star.run == "surely":
                    return _member(self._imported(star.path), name)
                return Unknown(name, f"only when the file runs it's known if {star.path} gives it")
        return MISSING

    def _exported(self, star: _Star) -> Collection[str] | None:
        return _exported(self._imported(star.path))

    def _undefined(self, name: str) -> object:
        """A name that only a module which isn't read may give, or a builtin."""
        if name in vars(builtins):
            return vars(builtins)[name]
        unread = [star.path for star in self._stars if self._exported(star) is None]
        return (
            Unknown(name, f"it may come from {unread[0]}, which isn't read") if unread else MISSING
        )

    def before(self, node: ast.AST) -> Mapping[str, object]:
        """What names mean to an expression that is evaluated where it stands."""
        return _Before(self, _position(node))

    def later(self, name: str, place: tuple[int, int]) -> bool:
        """Whether a name gets a meaning further down than a place."""
        nodes = [b.node for b in self._bindings.get(name, []) if b.run != "checking"]
        nodes += [star.node for star in self._stars if name in (self._exported(star) or ())]
        return any(_position(node) > place for node in nodes)

    def own(self, name: str) -> bool:
        """Whether the file certainly gives a name its meaning itself, by no import."""
        sure = [b for b in self._bindings.get(name, []) if b.run == "surely"]
        return bool(sure) and sure[-1].alias is None

    def place(self, name: str) -> ast.stmt | ast.expr | None:
        """The last statement at the top level that may give a name its meaning."""
        bindings = self._bindings.get(name, [])
        return bindings[-1].node if bindings else None

    @cached_property
    def overloading(self) -> frozenset[str]:
        """The attributes of the file's objects that may be objects whose classes overload operators."""
        return overloading_attributes(self._tree, self)

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
            case ast.ClassDef() as node:
                generators, overloads = self._generators(node), class_overloads(node, self)
                reason = "it is a class of the file"
                return Unknown(name, reason, generators=generators, overloads=overloads)
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

    def _generators(self, node: ast.ClassDef) -> dict[str, Source]:
        """The methods of a class that are generators and can be read."""
        found = {}
        for method in node.body:
            if isinstance(method, ast.FunctionDef) and any(
                isinstance(part, ast.Yield | ast.YieldFrom) for part in ast.walk(method)
            ):
                made = self._function(method, f"{node.name}.{method.name}")
                if isinstance(made, Unknown) and made.generator is not None:
                    found[method.name] = made.generator
        return found

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
        path = _path(node)
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
        names = self.before(value)
        if isinstance(value, ast.Name) and value.id in names:
            found = names[value.id]
            return replace(found, parts=(found,)) if isinstance(found, Unknown) else found
        found = value_of(value, names, name)
        if name in self.changed and has_functions(found):
            return Unknown(name, "the file may change what is in it")
        if not isinstance(found, Unknown):
            return found
        return replace(as_made(found, value, names), overloads=may_overload(value, names))


class _Before(Mapping[str, object]):
    """The names of a file, as an expression at a place reads them."""

    def __init__(self, namespace: StaticNamespace, place: tuple[int, int]) -> None:
        self._namespace = namespace
        self._place = place

    def __getitem__(self, name: str) -> object:
        found = self._namespace[name]
        if self._namespace.later(name, self._place):
            return Unknown(name, "it gets another meaning further down")
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._namespace)

    def __len__(self) -> int:
        return len(self._namespace)


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


def _path(node: ast.ImportFrom) -> str:
    return "." * node.level + (node.module or "")


def _position(node: Any) -> tuple[int, int]:
    return node.lineno, node.col_offset


def _is_name(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def stored(node: ast.AST) -> set[str]:
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
        elif isinstance(part, ast.MatchAs | ast.MatchStar) and part.name is not None:
            found.add(part.name)
        elif isinstance(part, ast.MatchMapping) and part.rest is not None:
            found.add(part.rest)
        elif isinstance(part, ast.Lambda):
            continue
        pending += ast.iter_child_nodes(part)
    return found
