"""A function of a file that is never imported or run.

Receives a path and the name of a function, perhaps `Class.method`. Gives its `Source`: what the
names of the file mean is told from its text (`static_names`), and from those of the files beside it
that it imports. Refuses functions that a decorator may replace, and functions inside functions.
"""

from __future__ import annotations

import ast
import inspect
import tokenize
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import gast
import numpy as np
from numpy.typing import NDArray

from s2sgrad.errors import Finding, TransformError
from s2sgrad.names import importable
from s2sgrad.parse import refuse_special
from s2sgrad.source import FileModule, Source, Unknown, printed_path, resolve
from s2sgrad.source_tree import FunctionNode, to_function_def
from s2sgrad.static_names import StaticNamespace, stored
from s2sgrad.static_values import value_of

__all__ = ["StaticFile", "Unknown", "path_of", "read"]

_HARMLESS = {
    "staticmethod",
    "classmethod",
    "cache",
    "functools.cache",
    "functools.lru_cache",
    "lru_cache",
    "no_type_check",
    "typing.no_type_check",
    "numba.jit",
    "numba.njit",
    "jit",
    "njit",
}


def read(path: str | Path, name: str) -> Source:
    """The function `name` of a file; TransformError where there is none that can be read."""
    return StaticFile(path).function(name)


class StaticFile:
    """A file of Python text, its top-level functions and methods.

    others: the files that have been read together with this one, by their paths.
    """

    def __init__(self, path: str | Path, others: dict[Path, StaticFile] | None = None) -> None:
        self.path = Path(path)
        self.others = {} if others is None else others
        self.others[self.path.resolve()] = self
        self.filename = printed_path(str(path))
        try:
            with tokenize.open(self.path) as file:
                text = file.read()
        except (OSError, SyntaxError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise self._refused(f"can't be read: {reason}") from None
        self.lines = tuple(text.split("\n"))
        try:
            self.tree = ast.parse(text)
        except SyntaxError as error:
            raise TransformError([self._syntax(error)]) from None
        except ValueError as error:
            raise self._refused(f"is not Python: {error}") from None
        self.namespace = StaticNamespace(self.tree, self._meaning, self._module)
        self.module = _module_name(self.path)
        self._sources: dict[FunctionNode, Source] = {}
        self._refusals: dict[str, TransformError] = {}

    def function(self, name: str) -> Source:
        """The function of that name, refused where it can't be differentiated as it is written."""
        first, _, rest = name.partition(".")
        node = self._method(first, rest) if rest else self.namespace.get(first)
        if isinstance(node, Unknown):
            refusal = self._refusals.get(name)
            raise refusal or self._refused(
                f"it isn't known what {name} is: {node.reason}",
                self._functions(),
                self.namespace.place(first),
            )
        if isinstance(node, FunctionNode):
            source = self._source(node, rest)
            self._check(source, node)
            return source
        if isinstance(node, Source):
            return node
        if isinstance(node, ast.stmt):
            raise self._refused(
                f"{name} stands for something else than a function from here on",
                "Differentiate the function under a name of its own.",
                node,
            )
        if any(isinstance(n, ast.FunctionDef) and n.name == first for n in self.tree.body) and rest:
            raise self._refused(
                f"{name} is inside another function", f"Move {rest} to the top level of the file."
            )
        raise self._refused(f"there is no function {name}", self._functions())

    def _method(self, owner: str, name: str) -> ast.stmt | None:
        """The method `owner.name`, the last one where there are several, or the statement that gives the name later."""
        classes = [n for n in self.tree.body if isinstance(n, ast.ClassDef) and n.name == owner]
        found = None
        for inner in classes[-1].body if classes else []:
            if name in stored(inner):
                found = inner
        return found

    def _meaning(self, node: FunctionNode, name: str) -> Source | Unknown:
        """What a function's name means to the other functions of the file."""
        source = self._source(node, name)
        try:
            self._check(source, node)
        except TransformError as error:
            self._refusals[name] = error
            made = source if _flags(node) & inspect.CO_GENERATOR else None
            return Unknown(name, error.findings[0].message, generator=made)
        return source

    def _module(self, name: str) -> FileModule | None:
        """A module whose file is found from this one, `name` as it is written after `from`."""
        path = path_of(name, self.path)
        if path is None:
            return None
        if path.resolve() not in self.others:
            try:
                StaticFile(path, self.others)
            except TransformError:  # no Python that can be read
                return None
        return FileModule(name, self.others[path.resolve()].namespace)

    def _functions(self) -> str:
        names = []
        for node in self.tree.body:
            if isinstance(node, ast.FunctionDef):
                names.append(node.name)
            elif isinstance(node, ast.ClassDef):
                names += [
                    f"{node.name}.{inner.name}"
                    for inner in node.body
                    if isinstance(inner, ast.FunctionDef)
                ]
        return f"The file has: {', '.join(names)}." if names else "The file has no functions."

    def _source(self, node: FunctionNode, name: str) -> Source:
        """The source of a node of this file, made once."""
        if node not in self._sources:
            owner = next(
                (c.name for c in self.tree.body if isinstance(c, ast.ClassDef) and node in c.body),
                None,
            )
            try:
                tree = to_function_def(node, owner, name if isinstance(node, ast.Lambda) else None)
            except RecursionError:
                message = f"an expression of {name} is nested too deeply to be read"
                raise self._refused(message, "Split it into several statements.", node) from None
            names = self.namespace.before(node)
            self._sources[node] = Source(
                name=tree.name,
                tree=tree,
                filename=self.filename,
                lines=self.lines,
                namespace=self.namespace,
                defaults=_defaults(tree, names),
                annotations=_annotations(tree, names),
                module=self.module,
            )
        return self._sources[node]

    def _check(self, source: Source, node: FunctionNode) -> None:
        """Refuse what isn't the plain function that its text shows."""
        refuse_special(source, _flags(node))
        for decorator in [] if isinstance(node, ast.Lambda) else node.decorator_list:
            name = ast.unparse(decorator.func if isinstance(decorator, ast.Call) else decorator)
            if name not in _HARMLESS or self.namespace.own(name.partition(".")[0]):
                message = (
                    f"without running the file it isn't known what @{name} makes of {source.name}"
                )
                remedy = f"Leave it out, or transform {source.name} from Python: s2sgrad.transform."
                raise TransformError([source.finding(gast.ast_to_gast(decorator), message, remedy)])

    def _refused(
        self, message: str, remedy: str = "", node: ast.stmt | ast.expr | None = None
    ) -> TransformError:
        """What is refused of the file, or at the first line of a node of it."""
        if node is None:
            return TransformError([Finding(self.filename, 0, 0, 0, 0, message, remedy)])
        line, text = node.lineno, self.lines[node.lineno - 1]
        start = len(text) - len(text.lstrip())
        end = len(text.rstrip())
        return TransformError(
            [Finding(self.filename, line, start, line, end, message, remedy, text)]
        )

    def _syntax(self, error: SyntaxError) -> Finding:
        line, column = error.lineno or 1, max((error.offset or 1) - 1, 0)
        end_column = (
            max((error.end_offset or 0) - 1, column + 1) if error.end_lineno == line else column + 1
        )
        text = self.lines[line - 1] if line <= len(self.lines) else ""
        return Finding(
            self.filename,
            line,
            column,
            line,
            end_column,
            f"the file is not Python: {error.msg}",
            "",
            text,
        )


def path_of(name: str, importing: Path) -> Path | None:
    """The file of a module, by the name under which another file imports it."""
    absolute = name.lstrip(".")
    above = len(name) - len(absolute) - 1
    if above < 0:
        folder = _root(importing)
    else:
        folder = importing.resolve().parent
        for _ in range(above):
            folder = folder.parent
    place = folder.joinpath(*absolute.split("."))
    for path in (place / "__init__.py", place.with_name(f"{place.name}.py")):
        if path.is_file():
            return path
    return None


def _root(path: Path) -> Path:
    """The folder from which the packages are imported that a file is in."""
    folder = path.resolve().parent
    while (folder / "__init__.py").is_file():
        folder = folder.parent
    return folder


def _module_name(path: Path) -> str | None:
    """The name by which a file is imported: with the packages that it is in."""
    path = path.resolve()
    parts = list(path.relative_to(_root(path)).with_suffix("").parts)
    if parts[-1] == "__init__":
        parts.pop()
    name = ".".join(parts)
    return name if importable(name) else None


def _flags(node: ast.AST) -> int:
    """The flags that the code object of a function will have."""
    if isinstance(node, ast.AsyncFunctionDef):
        return inspect.CO_COROUTINE
    body = getattr(node, "body", [])
    pending: list[ast.AST] = list(body) if isinstance(body, list) else [body]
    while pending:
        part = pending.pop()
        if isinstance(part, ast.Yield | ast.YieldFrom):
            return inspect.CO_GENERATOR
        if not isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef):
            pending.extend(ast.iter_child_nodes(part))
    return 0


def _defaults(tree: gast.FunctionDef, namespace: Mapping[str, object]) -> dict[str, object]:
    """The values of defaults, `Unknown` where the text doesn't tell."""
    positional = [*tree.args.posonlyargs, *tree.args.args]
    start = len(positional) - len(tree.args.defaults)
    pairs = list(zip(positional[start:], tree.args.defaults, strict=True))
    pairs += [
        (n, v)
        for n, v in zip(tree.args.kwonlyargs, tree.args.kw_defaults, strict=True)
        if v is not None
    ]
    return {name.id: value_of(value, namespace) for name, value in pairs}


def _annotations(tree: gast.FunctionDef, namespace: Mapping[str, object]) -> dict[str, object]:
    """Annotations as objects where they are dotted names that can be resolved, else as text."""
    arguments = tree.args
    named = [
        *arguments.posonlyargs,
        *arguments.args,
        arguments.vararg,
        *arguments.kwonlyargs,
        arguments.kwarg,
    ]
    out = {}
    for argument in named:
        if argument is not None and argument.annotation is not None:
            out[argument.id] = _annotation(argument.annotation, namespace)
    if tree.returns is not None:
        out["return"] = _annotation(tree.returns, namespace)
    return out


def _annotation(node: gast.AST, namespace: Mapping[str, object]) -> object:
    if isinstance(node, gast.Constant):
        if not isinstance(node.value, str):
            return node.value
        try:
            node = gast.parse(node.value, mode="eval").body
        except SyntaxError:
            return node.value
    try:
        return _type_of(node, namespace)
    except (LookupError, TypeError):
        return ast.unparse(ast.fix_missing_locations(gast.gast_to_ast(node)))


def _type_of(node: gast.AST, namespace: Mapping[str, object]) -> Any:
    """What an annotation means, which only classes and Python's and NumPy's own generic types can; else LookupError."""
    match node:
        case gast.Constant(value=str(text)):
            return _annotation(gast.Constant(value=text, kind=None), namespace)
        case gast.Constant(value=value):
            return value
        case gast.Name() | gast.Attribute():
            found = resolve(node, namespace)
            if isinstance(found, type) or _is_generic(found):
                return found
        case gast.Tuple(elts=parts):
            return tuple(_type_of(part, namespace) for part in parts)
        case gast.BinOp(left=left, op=gast.BitOr(), right=right):
            return _type_of(left, namespace) | _type_of(right, namespace)
        case gast.Subscript(value=base, slice=inside):
            generic = _type_of(base, namespace)
            if _is_generic(generic):
                return generic[_type_of(inside, namespace)]
    raise LookupError(gast.dump(node))


def _is_generic(value: object) -> bool:
    """Whether something is made for annotations by Python or NumPy."""
    module = value.__module__ if isinstance(value, type) else type(value).__module__
    if value is NDArray or module in {"typing", "collections.abc"}:
        return True
    return isinstance(value, type) and value in _GENERIC


_GENERIC = frozenset({list, tuple, dict, set, frozenset, type, np.ndarray, np.dtype})
