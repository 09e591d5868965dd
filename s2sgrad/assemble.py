"""Generated functions → one module: what their names mean, the imports, the helpers that they call.

Receives functions of the statement language in which names of s2sgrad's own start with `$`. Gives the gast module,
in two versions that differ in imports only: as it is loaded in memory, where it sees the user's names themselves,
and as it is written to a file, where it imports what it needs of the user's module.
"""

from __future__ import annotations

import builtins
import inspect
import math
import operator
import sys
import types
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

import gast
import numpy as np

from s2sgrad.f_strings import with_literals
from s2sgrad.foreign import Foreign, foreign
from s2sgrad.names import free_name
from s2sgrad.remembered import remembered
from s2sgrad.rule_loader import helpers
from s2sgrad.source import MISSING, FileModule, Source, Unknown
from s2sgrad.trees import children, fields_changed, nodes, renamed, with_fields
from s2sgrad.trees import name as read

__all__ = ["Assembler", "Global"]

_MODULES = {"$np": np, "$math": math, "$operator": operator}
_USUAL = {"$np": "np", "$math": "math", "$operator": "operator"}


@dataclass(frozen=True)
class Global:
    """A name of the text that is defined outside of it; statement: the import that gives it, if there is one.

    own: whether the import is of the user's module.
    """

    name: str
    value: object
    statement: gast.AST | None = None
    own: bool = False


@dataclass(eq=False)
class Assembler:
    """Collects the names of one text.

    taken: every name that occurs in the user's or the generated functions; bound: those that one of them binds;
    functions: the names of the generated ones.
    """

    namespace: Mapping[str, object]
    module: str | None
    taken: set[str]
    bound: set[str]
    functions: frozenset[str] = frozenset()
    globals: dict[str, Global] = field(default_factory=dict)
    own: dict[str, str] = field(default_factory=dict)
    helpers: dict[str, gast.FunctionDef] = field(default_factory=dict)

    # ---- names of s2sgrad's own -------------------------------------------------------------------

    def resolved(self, function: gast.FunctionDef, source: Source) -> gast.FunctionDef:
        """The function with every `$` name as a name of the text; its global names are noted."""
        function = _as_written(function)
        local = _locals(function)
        new: dict[str, gast.AST] = {}
        for identifier in _read(function):
            if identifier.startswith("$"):
                new[identifier] = read(self.name_of(identifier, source))
            elif identifier not in local and identifier not in self.functions:
                written = self.user_name(identifier, source)
                if written != identifier:
                    new[identifier] = read(written)
        return _with_names(function, new)

    def name_of(self, identifier: str, source: Source) -> str:
        """The name for something of s2sgrad's own: a module, a builtin, a helper."""
        if identifier in self.own:
            return self.own[identifier]
        if identifier in _MODULES:
            name = self.module_name(identifier, source)
        elif (meant := foreign(identifier)) is not None:
            name = self.foreign_name(meant)
        elif identifier[1:] in helper_sources():
            name = free_name(identifier[1:], self.taken)
        else:
            name = self.builtin(identifier[1:])
        self.own[identifier] = name
        self.taken.add(name)
        if identifier[1:] in helper_sources() and identifier not in _MODULES:
            self.copy_helper(identifier[1:], name)
        return name

    def module_name(self, identifier: str, source: Source) -> str:
        """The user's own name of a module, the usual one, or a new one."""
        module = _MODULES[identifier]
        for known in self.globals.values():
            if known.value is module:
                return known.name
        for name in sorted(set(_read(source.tree)) - _locals(source.tree)):
            if source.namespace.get(name) is module and self.namespace.get(name) is module:
                self.note(name, module)
                return name
        usual = _USUAL[identifier]
        if usual in self.bound or self.namespace.get(usual, module) is not module:
            usual = free_name(module.__name__, self.taken)
        self.note(usual, module)
        return usual

    def foreign_name(self, meant: Foreign) -> str:
        """The name for something of a rule's module: the user's own one where there is one."""
        if self.namespace.get(meant.name, MISSING) is meant.value and meant.name not in self.bound:
            self.note(meant.name, meant.value)
            return meant.name
        new = free_name(meant.name, self.taken)
        self.note(new, meant.value, meant.name, meant.module)
        return new

    def builtin(self, name: str) -> str:
        """A builtin; one whose name means something else is reached through its module."""
        value = getattr(builtins, name)
        if name in self.bound or self.namespace.get(name, value) is not value:
            new = free_name(f"{name}_builtin", self.taken)
            alias = gast.alias(name=name, asname=new)
            self.globals[new] = Global(
                new, value, gast.ImportFrom(module="builtins", names=[alias], level=0)
            )
            return new
        return name

    def copy_helper(self, helper: str, name: str) -> None:
        """Add a helper, and those that it calls, to the text."""
        tree = helper_sources()[helper]
        self.helpers[name] = tree  # a place in the order; what it calls comes after it
        new: dict[str, gast.AST] = {}
        local = _locals(tree)
        for identifier in _read(tree):
            if identifier in local:
                continue
            own = f"${identifier}"
            if own in _MODULES or identifier in helper_sources():
                new[identifier] = read(self.name_of(own, _NOWHERE))
            elif hasattr(builtins, identifier):
                new[identifier] = read(self.builtin(identifier))
        changed = _with_names(tree, new)
        changed.name = name
        self.helpers[name] = changed

    # ---- names of the user's ----------------------------------------------------------------------

    def user_name(self, identifier: str, source: Source) -> str:
        """The name for a global name of one of the user's functions, which may live in another module."""
        value = source.namespace.get(identifier, MISSING)
        mine = self.namespace.get(identifier, MISSING)
        same = value is mine or value is MISSING
        if identifier in self.globals and (self.globals[identifier].value is value or same):
            return identifier
        if same and identifier not in self.globals:
            if value is not MISSING and not _is_builtin(identifier, value):
                self.note(identifier, value)
            return identifier
        free = mine is MISSING and identifier not in self.globals and identifier not in self.bound
        new = identifier if free else free_name(identifier, self.taken)
        self.taken.add(new)
        self.note(new, value, identifier, source.module)
        return new

    def note(
        self, name: str, value: object, original: str | None = None, module: str | None = None
    ) -> None:
        """Remember a global name, and how a module gets it."""
        statement = _import_of(name, value)
        own = statement is None
        module = module or self.module
        if own and module is not None:
            original = original or name
            alias = gast.alias(name=original, asname=None if original == name else name)
            statement = gast.ImportFrom(module=module, names=[alias], level=0)
        self.globals[name] = Global(name, value, statement, own)

    # ---- the module -------------------------------------------------------------------------------

    def imports(self, *, own: bool, needed: Iterable[str]) -> list[gast.AST]:
        """The imports of the text in the usual order; own: those of the user's module too."""
        wanted = set(needed)
        found = [
            g.statement
            for g in self.globals.values()
            if g.statement is not None and g.name in wanted and (own or not g.own)
        ]
        plain = sorted(
            (s for s in found if isinstance(s, gast.Import)), key=lambda s: s.names[0].name
        )
        froms: dict[str, list[gast.AST]] = {}
        for statement in found:
            if isinstance(statement, gast.ImportFrom):
                froms.setdefault(statement.module, []).extend(statement.names)
        gathered = [
            gast.ImportFrom(module=m, names=sorted(names, key=lambda a: a.name), level=0)
            for m, names in sorted(froms.items())
        ]
        out: list[gast.AST] = []
        for group in (0, 1, 2):
            out += [s for s in (*plain, *gathered) if _group(s, self.module) == group]
        return out


_NOWHERE = Source("nowhere", gast.parse("def nowhere(): pass").body[0], "<nowhere>")


def _group(statement: gast.AST, module: str | None) -> int:
    name = statement.names[0].name if isinstance(statement, gast.Import) else statement.module
    if name == module:
        return 2
    return 0 if name.partition(".")[0] in sys.stdlib_module_names else 1


def _import_of(name: str, value: object) -> gast.AST | None:
    """The import that binds name to value, for what is found in a module of its own."""
    if isinstance(value, types.ModuleType | FileModule):
        module_name = value.__name__ if isinstance(value, types.ModuleType) else value.name
        if module_name.startswith("."):  # the user's module has it
            return None
        asname = None if module_name == name else name
        return gast.Import(names=[gast.alias(name=module_name, asname=asname)])
    if isinstance(value, Unknown):
        return _import_from(name, value)
    if isinstance(value, Source):
        return None
    found = _home_of(name, value)
    if found is None or found[0].partition(".")[0] not in _PUBLIC:
        return None
    home, own = found
    return gast.ImportFrom(
        module=home, names=[gast.alias(name=own, asname=None if own == name else name)], level=0
    )


def _home_of(name: str, value: object) -> tuple[str, str] | None:
    """The module from which a value is imported, and its name there; name: what it is called by the user."""
    home = getattr(value, "__module__", None)
    own = getattr(value, "__name__", None)
    if home is None and type(value).__module__ == "numpy" and isinstance(value, np.ufunc):
        home = "numpy"
    own_home = home if isinstance(home, str) else ""
    for module, there in ((_public(own_home), own), ("numpy.typing", name), (own_home, own)):
        held = sys.modules.get(module) if module not in _NAMELESS else None
        if isinstance(there, str) and getattr(held, there, MISSING) is value:
            return module, there
    return None


def _public(module: str) -> str:
    """The module that shows what a module has: the one around it where it is private, itself else."""
    parts = module.split(".")
    private = (k for k, part in enumerate(parts) if k and part.startswith("_"))
    return ".".join(parts[: next(private, len(parts))])


def _import_from(name: str, value: Unknown) -> gast.AST | None:
    """The import that binds name to what the user's file imports from a module that isn't read."""
    if value.home is None:
        return None
    module, original = value.home
    alias = gast.alias(
        name=original or module, asname=None if name == (original or module) else name
    )
    if original is None:
        return gast.Import(names=[alias])
    return gast.ImportFrom(module=module, names=[alias], level=0)


_NAMELESS = frozenset({"__main__", "builtins"})
_PUBLIC = frozenset({*sys.stdlib_module_names, "numpy", "scipy"})


def _is_builtin(identifier: str, value: object) -> bool:
    return getattr(builtins, identifier, MISSING) is value


@cache
def helper_sources() -> dict[str, gast.FunctionDef]:
    """The helpers by name, as trees."""
    return {
        name: gast.parse(inspect.getsource(function)).body[0]
        for name, function in helpers().items()
    }


def _read(function: gast.FunctionDef) -> list[str]:
    """The names that are read anywhere in a function, in the order of the text."""
    return list(dict.fromkeys(name for part in children(function) for name in _read_in(part)))


@remembered
def _read_in(tree: gast.AST) -> tuple[str, ...]:
    found: dict[str, None] = {}
    stack = [tree]
    while stack:
        node = stack.pop()
        if node.__class__ is not gast.Name:
            stack.extend(reversed(children(node)))
            continue
        if isinstance(node.ctx, gast.Load):
            found[node.id] = None
        if node.annotation is not None:
            stack.append(node.annotation)
    return tuple(found)


def _locals(tree: gast.AST) -> set[str]:
    """The names that a function binds, those of functions inside it too."""
    found = set()
    for node in nodes(tree):
        kind = node.__class__
        if kind is gast.Name:
            if not isinstance(node.ctx, gast.Load):
                found.add(node.id)
        elif kind is gast.FunctionDef and node is not tree:
            found.add(node.name)
    return found


def _with_names(function: gast.FunctionDef, new: Mapping[str, gast.AST]) -> gast.FunctionDef:
    """A copy of a function in which names that it reads are others."""
    arguments = function.args
    fields = {f: getattr(arguments, f) for f in arguments._fields}
    fields["defaults"] = [renamed(d, new) for d in arguments.defaults]
    fields["kw_defaults"] = [d if d is None else renamed(d, new) for d in arguments.kw_defaults]
    return gast.FunctionDef(
        name=function.name,
        args=type(arguments)(**fields),
        body=[_renamed_statement(statement, new) for statement in function.body],
        decorator_list=[],
        returns=None,
        type_comment=None,
        type_params=[],
    )


def _renamed_statement(tree: gast.AST, new: Mapping[str, gast.AST]) -> gast.AST:
    return tree if new.keys().isdisjoint(_read_in(tree)) else renamed(tree, new)


def _as_written(tree: gast.AST) -> gast.AST:
    """A tree with sets for `$set(a, b, c)`, `$list(d)[k]` for `$key_at(d, k)`, and f-strings as one writes them."""
    if isinstance(tree, gast.FormattedValue) and tree.format_spec is not None:  # no text by itself
        spec = tree.format_spec
        inside = fields_changed(spec, _as_written)
        changed = {"value": _as_written(tree.value), "format_spec": with_fields(spec, inside)}
    else:
        changed = fields_changed(tree, _as_written)
    tree = with_fields(tree, changed) if changed else tree
    match tree:
        case gast.Call(func=gast.Name(id="$set"), args=[_, _, _, *_] as items):
            return gast.copy_location(gast.Set(elts=items), tree)
        case gast.JoinedStr():
            return with_literals(tree)
        case gast.Call(func=gast.Name(id="$key_at"), args=[keyed, position]):
            listed = gast.Call(func=read("$list"), args=[keyed], keywords=[])
            return gast.Subscript(value=listed, slice=position, ctx=gast.Load())
    return tree
