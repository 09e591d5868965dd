"""From a text to the function that it defines.

The text's functions are compiled as if they stood inside another function, whose variables are the
text's own names (its imports, its helpers) and the closure variables of the user's function. So

- the globals of the result *are* the user's globals: a constant that is rebound later is seen, at
  the speed of any function (CPython never specialises look-ups in a dictionary that falls back on
  another one, which makes small functions several times slower);
- nothing is ever written into the user's globals;
- closure cells are the user's own, shared.

An exception that leaves a generated function gets a note with the user's line. The text shows
nothing of it: the handler is put around the body after parsing, and costs nothing until something
is raised (Python has exception tables since 3.11).

A plain function can't tell `pickle` how it is to be made again. What this returns pickles as functions do: by the
name that it has in the user's module (`f_grad = transform(f)` at its top level), or by value (cloudpickle, joblib);
objects that carry a recipe wrap it.
"""

from __future__ import annotations

import ast
import builtins
import hashlib
import linecache
import sys
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from s2sgrad.parse import LiveNamespace

__all__ = ["STILL", "filename_of", "load"]

STILL = "<still>"
"""The variable that holds what is asked at each call."""
_NOTE = "<note>"
_DEFAULT = "<default {}>"
_FIRST: Any = {"lineno": 1, "col_offset": 0, "end_lineno": 1, "end_col_offset": 0}
"""The place of what stands around a text."""


def load(
    text: str,
    name: str,
    namespace: Mapping[str, object] | None = None,
    *,
    free: Mapping[str, types.CellType] | None = None,
    bound: Mapping[str, object] | None = None,
    defaults: Mapping[str, object] | None = None,
    notes: Mapping[int, str] | None = None,
    annotations: Mapping[str, object] | None = None,
    tree: ast.Module | None = None,
    still: Callable[[], None] | None = None,
) -> Any:
    """The function (or class) `name` that a text defines, with the text as its `source`.

    namespace: what the text's other names mean: the `namespace` of a live function's Source, a
    dictionary used as globals as it is, or another mapping, of which the values are taken once.
    free: closure cells by name; those of the live function where it isn't given. bound: objects
    that names of the text mean, whatever the globals say. defaults: values of parameters of `name`,
    used instead of what the text says. notes: where each line of the text comes from (`model.py:14:
    y = x * x`), told with exceptions. annotations: of parameters, which the text doesn't show. tree: what the text
    parses to, where that is at hand; it is changed. still: called first whenever `name` is called, which the text
    doesn't show either.
    """
    filename = filename_of(text, name)
    linecache.cache[filename] = (len(text), None, text.splitlines(keepends=True), filename)
    tree = ast.parse(text, filename) if tree is None else tree
    cells = dict(
        namespace.cells if free is None and isinstance(namespace, LiveNamespace) else free or {}
    )
    cells |= {key: types.CellType(value) for key, value in (bound or {}).items()}
    for function in _functions(tree.body):
        if function.name == name and defaults:
            cells |= _bind_defaults(function, defaults)
        if notes:
            _add_handler(function)
        if function.name == name and still is not None:
            _add_call(function, STILL)
    if still is not None:
        cells[STILL] = types.CellType(still)
    if notes:
        cells[_NOTE] = types.CellType(_noting(dict(notes)))
    code = _compiled(tree, name, tuple(cells), filename)
    closure = tuple(cells[key] for key in code.co_freevars)
    made = types.FunctionType(code, _globals(namespace, code), name, None, closure)()
    made.__qualname__ = name
    if annotations:
        made.__annotations__ = {**made.__annotations__, **annotations}
    made.source = text
    return made


def filename_of(text: str, name: str) -> str:
    """The name under which linecache holds a text."""
    return f"<s2sgrad {name} {hashlib.sha256(text.encode()).hexdigest()[:12]}>"


def _functions(body: Sequence[ast.stmt]) -> Iterator[ast.FunctionDef]:
    """The functions of a module and the methods of its classes."""
    for statement in body:
        if isinstance(statement, ast.FunctionDef):
            yield statement
        elif isinstance(statement, ast.ClassDef):
            yield from _functions(statement.body)


def _compiled(
    tree: ast.Module, name: str, variables: tuple[str, ...], filename: str
) -> types.CodeType:
    """The code of a function that runs the text, with variables that it takes from around it."""
    future = [s for s in tree.body if isinstance(s, ast.ImportFrom) and s.module == "__future__"]
    body = [statement for statement in tree.body if statement not in future]
    returned = ast.Return(ast.Name(name, ast.Load(), **_FIRST), **_FIRST)
    inner = _function(name, [], [*body, returned])
    outer = _function("<closure>", list(variables), [inner])
    module = ast.Module([*future, outer], [])
    code = compile(module, filename, "exec", dont_inherit=True)
    for _ in range(2):
        code = next(constant for constant in code.co_consts if isinstance(constant, types.CodeType))
    return code


def _function(name: str, parameters: list[str], body: list[ast.stmt]) -> ast.FunctionDef:
    named = [ast.arg(p, **_FIRST) for p in parameters]
    arguments = ast.arguments([], named, None, [], [], None, [])
    function = ast.FunctionDef(name, arguments, body, [], **_FIRST)
    if sys.version_info >= (3, 12):
        function.type_params = []
    return function


def _globals(namespace: Mapping[str, object] | None, code: types.CodeType) -> dict[str, Any]:
    if isinstance(namespace, LiveNamespace):
        return namespace.globals
    if isinstance(namespace, dict):
        return namespace
    found: dict[str, Any] = {"__name__": "__main__", "__builtins__": builtins}
    if namespace is not None:
        found |= {name: namespace[name] for name in sorted(_names(code)) if name in namespace}
    return found


def _names(code: types.CodeType) -> set[str]:
    inner = (
        _names(constant) for constant in code.co_consts if isinstance(constant, types.CodeType)
    )
    return set(code.co_names).union(*inner)


def _bind_defaults(
    function: ast.FunctionDef, values: Mapping[str, object]
) -> dict[str, types.CellType]:
    """Make defaults the objects that are given; returns the cells that hold them."""
    arguments = function.args
    positional = [*arguments.posonlyargs, *arguments.args]
    start = len(positional) - len(arguments.defaults)
    cells = {}

    def default(parameter: ast.arg, written: ast.expr) -> ast.expr:
        if parameter.arg not in values:
            return written
        variable = _DEFAULT.format(parameter.arg)
        cells[variable] = types.CellType(values[parameter.arg])
        return ast.copy_location(ast.Name(variable, ast.Load()), written)

    arguments.defaults = [
        default(p, d) for p, d in zip(positional[start:], arguments.defaults, strict=True)
    ]
    arguments.kw_defaults = [
        d if d is None else default(p, d)
        for p, d in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    ]
    return cells


def _add_handler(function: ast.FunctionDef) -> None:
    """Put `try: ... except Exception: <note>(); raise` around a body, at the lines of the body."""
    head = _head(function)
    body = function.body[head:]
    if not body:
        return
    call = ast.Expr(ast.Call(ast.Name(_NOTE, ast.Load()), [], []))
    # Exception is found on the function, as a name of the text may hide the builtin
    handled = ast.Attribute(ast.Name(_NOTE, ast.Load()), "handled", ast.Load())
    handler = ast.ExceptHandler(handled, None, [call, ast.Raise()])
    around = ast.Try(body, [handler], [], [])
    for node in ast.walk(handler):
        if isinstance(node, ast.expr | ast.stmt | ast.excepthandler):
            node.lineno = node.end_lineno = function.lineno
            node.col_offset = node.end_col_offset = 0
    ast.copy_location(around, body[0])
    function.body = [*function.body[:head], around]


def _add_call(function: ast.FunctionDef, variable: str) -> None:
    """Let a function begin with a call of what a variable holds."""
    asked = ast.Expr(ast.Call(ast.Name(variable, ast.Load()), [], []))
    for node in ast.walk(asked):
        if isinstance(node, ast.expr | ast.stmt):
            node.lineno = node.end_lineno = function.lineno
            node.col_offset = node.end_col_offset = 0
    function.body.insert(_head(function), asked)


def _head(function: ast.FunctionDef) -> int:
    """How many statements a docstring takes."""
    return 1 if ast.get_docstring(function, clean=False) is not None else 0


def _noting(notes: dict[int, str]) -> Callable[[], None]:
    """What the handler calls: adds the user's line to the exception that is being handled."""

    def note() -> None:
        error = sys.exception()
        if error is None or error.__traceback__ is None:
            return
        place = notes.get(error.__traceback__.tb_lineno)
        if place is not None:
            text = f"in the derivative of {place}"
            if text not in getattr(error, "__notes__", ()):
                error.add_note(text)

    note.handled = Exception  # type: ignore[attr-defined]
    return note
