"""From a live Python function to its tree.

Receives any callable. Gives a `Source`: the function's own tree as it stands in its file, and the
live objects that its names mean. Refuses, naming the reason, what has no Python source, what has
another source by now than the one that runs, and what isn't a plain function (classes, generators,
coroutines). Runs none of the user's code, but for annotations that are strings.
"""

from __future__ import annotations

import ast
import importlib.machinery
import inspect
import linecache
import sys
import types
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from s2sgrad.alone import alone
from s2sgrad.errors import Finding, TransformError
from s2sgrad.names import importable
from s2sgrad.settled import settled
from s2sgrad.source import MISSING, Source, Unknown, printed_path, resolve
from s2sgrad.source_tree import (
    FunctionNode,
    functions_in,
    lambda_of,
    own_generator,
    same_code,
    subset_of_code,
    to_function_def,
)

__all__ = ["MISSING", "Source", "Unknown", "parse", "resolve"]


@alone
def parse(function: object, *, special: bool = False) -> Source:
    """The source of a function, a bound method, a lambda, or an object with a Python `__call__`.

    special: generators and the like aren't refused.
    """
    plain, receiver = _plain(function)
    code = plain.__code__
    filename = code.co_filename
    linecache.checkcache(filename)
    lines = linecache.getlines(filename, plain.__globals__)
    text = "".join(lines)
    shown = printed_path(filename)
    functions = _functions(text)
    node = _node(plain, text, functions) if lines else None
    if node is None and (not lines or _of_many_texts(code)):
        raise _refused(
            plain,
            f"the source of {_named(plain)} can't be found (it says that it is in {filename})",
            "Write the function in a file or a notebook, or register its text in linecache.",
        )
    if node is None:
        raise _changed(plain, shown)
    try:
        tree = to_function_def(node, functions[node])
    except RecursionError:
        message = f"an expression of {_named(plain)} is nested too deeply to be read"
        raise _refused(plain, message, "Split it into several statements.") from None
    namespace, defaults = LiveNamespace(plain), _defaults(plain)
    source = Source(
        name=tree.name,
        tree=settled(tree, defaults, namespace),
        filename=shown,
        lines=tuple(text.split("\n")),
        namespace=namespace,
        free=_free(code, text),
        defaults=defaults,
        annotations=_annotations(plain),
        module=_module(plain),
        receiver=receiver,
        owner=_owner(plain, namespace),
    )
    if not special:
        refuse_special(source, code.co_flags)
    return source


def _owner(function: types.FunctionType, namespace: Mapping[str, object]) -> object:
    """The class that a function was written in, found by its qualified name."""
    path, _, attr = function.__qualname__.rpartition(".")
    found = namespace.get(path)
    return found if isinstance(found, type) and vars(found).get(attr) is function else None


class LiveNamespace(Mapping[str, object]):
    """What names mean to a function at the moment of asking: closure cells, globals, builtins.

    cells and globals are the function's own: what is read through them is live. code: what the function did when it
    was read.
    """

    def __init__(self, function: types.FunctionType) -> None:
        self.function, self.code = function, function.__code__
        self.cells = dict(
            zip(function.__code__.co_freevars, function.__closure__ or (), strict=True)
        )
        self.globals = function.__globals__
        builtins = self.globals.get("__builtins__", {})
        self._builtins: Mapping[str, object] = (
            vars(builtins) if isinstance(builtins, types.ModuleType) else builtins
        )

    def __getitem__(self, name: str) -> object:
        if name in self.cells:
            try:
                return self.cells[name].cell_contents
            except ValueError:  # not yet assigned
                raise KeyError(name) from None
        if name in self.globals:
            return self.globals[name]
        return self._builtins[name]

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys((*self.cells, *self.globals, *self._builtins)))

    def __len__(self) -> int:
        return sum(1 for _ in self)


# ---- which function is meant -------------------------------------------------------------------


def _plain(function: object) -> tuple[types.FunctionType, object]:
    """The Python function behind a callable, and the object it is bound to."""
    if isinstance(function, types.FunctionType):
        return function, MISSING
    if isinstance(function, types.MethodType):
        plain, inner = _plain(function.__func__)
        return plain, function.__self__ if inner is MISSING else inner
    if isinstance(function, staticmethod | classmethod):
        return _plain(function.__func__)
    if isinstance(function, type):
        raise _refused(
            function,
            f"{_named(function)} is a class, not a function",
            "Write a function that makes the object and computes the number from it.",
        )
    wrapped = getattr(function, "__wrapped__", None)
    if isinstance(wrapped, types.FunctionType) and not wrapped.__module__.startswith(
        ("numpy", "scipy")
    ):
        raise _refused(
            function,
            f"{_named(function)} is no Python function but a {type(function).__name__} around one",
            f"Give the function inside it: {wrapped.__name__}.__wrapped__.",
        )
    call = inspect.getattr_static(type(function), "__call__", None)
    if isinstance(call, types.FunctionType):
        return call, function
    if not callable(function):
        raise _refused(function, f"{function!r} can't be called", "Give a function.")
    raise _refused(
        function,
        f"{_named(function)} is not written in Python, so there is no source to differentiate",
        "Write a Python function that calls it.",
    )


def _named(function: object) -> str:
    name = getattr(function, "__qualname__", None) or getattr(function, "__name__", None)
    module = getattr(function, "__module__", None)
    if name is None:
        return f"an object of type {type(function).__qualname__}"
    return name if module in {None, "__main__", "builtins"} else f"{module}.{name}"


def _refused(function: object, message: str, remedy: str) -> TransformError:
    name = getattr(function, "__name__", None) or type(function).__name__
    return TransformError([Finding(str(name), 0, 0, 0, 0, message, remedy)])


def _changed(function: types.FunctionType, filename: str) -> TransformError:
    message = (
        f"{filename} has changed since {_named(function)} was imported: its text is not what runs"
    )
    return _refused(
        function, message, "Import the module again (importlib.reload), or start Python again."
    )


def refuse_special(source: Source, flags: int) -> None:
    """Refuse generators and coroutines: they return no value that could be differentiated."""
    if flags & (inspect.CO_COROUTINE | inspect.CO_ASYNC_GENERATOR):
        message, remedy = (
            "an async function can't be differentiated",
            "Write a plain function (def).",
        )
    elif flags & inspect.CO_GENERATOR:
        message = "a generator can't be differentiated"
        remedy = "Return the values, for example in a list, instead of yielding them."
    else:
        return
    found = own_generator(source.tree) if flags & inspect.CO_GENERATOR else None
    raise TransformError([source.finding(found or source.tree, message, remedy)])


# ---- its node in the text ----------------------------------------------------------------------


@lru_cache(maxsize=64)
def _functions(text: str) -> dict[FunctionNode, str | None]:
    """The functions of a text, which nobody changes, and the classes that they are in."""
    try:
        return dict(functions_in(ast.parse(text)))
    except (SyntaxError, ValueError):
        return {}


@lru_cache(maxsize=64)
def _codes(text: str) -> tuple[types.CodeType, ...]:
    """The code objects of all functions of a text."""
    try:
        pending = [compile(text, "<text>", "exec", dont_inherit=True)]
    except (SyntaxError, ValueError):
        return ()
    found = []
    while pending:
        code = pending.pop()
        found.append(code)
        pending += [constant for constant in code.co_consts if isinstance(constant, types.CodeType)]
    return tuple(found)


def _node(
    function: types.FunctionType, text: str, functions: Mapping[FunctionNode, str | None]
) -> FunctionNode | None:
    """The node that a function was compiled from; None where its file has changed."""
    code = function.__code__
    nodes = [node for node in functions if node_name(node) == code.co_name]
    line = code.co_firstlineno
    if _of_many_texts(code) and not any(same_code(other, code) for other in _codes(text)):
        return None
    if _may_change(function):
        fresh = [other for other in _codes(text) if other.co_qualname == code.co_qualname]
        equal = [other.co_firstlineno for other in fresh if same_code(other, code)]
        if not equal and _compiled_as_written(function):
            return None
        if not equal and not any(subset_of_code(other, code) for other in fresh):
            return None
        if equal and line not in equal:
            line = equal[0]
    here = [node for node in nodes if first_line(node) == line]
    if len(here) > 1:
        return lambda_of(here, code)
    return here[0] if here else None


def _of_many_texts(code: types.CodeType) -> bool:
    """Whether a file name is that of any text: from Python 3.13 on `python -c` registers its own under it."""
    return code.co_filename == "<string>"


def _may_change(function: types.FunctionType) -> bool:
    """Whether the text comes from a file on disk, which somebody may have edited since."""
    return (
        not function.__code__.co_filename.startswith("<")
        and Path(function.__code__.co_filename).is_file()
    )


def _compiled_as_written(function: types.FunctionType) -> bool:
    """Whether the module was compiled from its text: pytest and others rewrite what they load."""
    loader = function.__globals__.get("__loader__")
    return type(loader) is importlib.machinery.SourceFileLoader


def node_name(node: FunctionNode) -> str:
    """The name in the code object of a node."""
    return "<lambda>" if isinstance(node, ast.Lambda) else node.name


def first_line(node: FunctionNode) -> int:
    """The first line of a node as its code object counts: that of its first decorator."""
    decorators = [] if isinstance(node, ast.Lambda) else node.decorator_list
    return decorators[0].lineno if decorators else node.lineno


# ---- its objects -------------------------------------------------------------------------------


def _defaults(function: types.FunctionType) -> dict[str, object]:
    code = function.__code__
    values = function.__defaults__ or ()
    names = code.co_varnames[code.co_argcount - len(values) : code.co_argcount]
    return dict(zip(names, values, strict=True)) | dict(function.__kwdefaults__ or {})


def _annotations(function: types.FunctionType) -> dict[str, object]:
    """Annotations as objects; strings are evaluated one by one, as far as that succeeds."""
    out: dict[str, object] = {}
    closure = {}
    for name, cell in zip(function.__code__.co_freevars, function.__closure__ or (), strict=True):
        try:
            closure[name] = cell.cell_contents
        except ValueError:
            continue
    for name, value in inspect.get_annotations(function).items():
        for _ in range(2):  # a quoted annotation under `from __future__ import annotations`
            if isinstance(value, str):
                try:
                    value = eval(value, function.__globals__, closure)  # noqa: PLW2901, S307
                except Exception:  # noqa: BLE001  names for type checkers only
                    break
        out[name] = value
    return out


def _free(code: types.CodeType, text: str) -> tuple[str, ...]:
    """The user's closure variables: what `load` binds is another name of a generated text."""
    if not code.co_filename.startswith("<s2sgrad "):
        return code.co_freevars
    own = set()
    for statement in ast.parse(text).body:
        if isinstance(statement, ast.Import | ast.ImportFrom):
            own |= {alias.asname or alias.name.partition(".")[0] for alias in statement.names}
        elif isinstance(statement, ast.FunctionDef | ast.ClassDef):
            own.add(statement.name)
    return tuple(name for name in code.co_freevars if name not in own and name.isidentifier())


def _module(function: Callable[..., object]) -> str | None:
    """The name by which the module of a function can be imported."""
    name = getattr(function, "__module__", None)
    module = sys.modules.get(name or "")
    if name in {None, "__main__"} or module is None or getattr(module, "__spec__", None) is None:
        return None
    same = vars(module) is getattr(function, "__globals__", None)
    return name if same and isinstance(name, str) and importable(name) else None
