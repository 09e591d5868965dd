"""Puts another text of a module into the running process: its functions go on with the changed code."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator, Mapping
from types import CodeType, FunctionType, MappingProxyType

__all__ = ["put_in"]

_NOTHING: Mapping[str, object] = MappingProxyType({})


def put_in(path: str, text: str, more: Mapping[str, object] = _NOTHING) -> None:
    """Change a module to another text, wherever its functions are known by now.

    path: that of its file; more: what the text reads of names that the module hasn't.
    """
    name = path.removesuffix(".py").replace("/", ".").removesuffix(".__init__")
    module = sys.modules[name]
    changed = vars(module) | more
    code = compile(text, str(module.__file__), "exec")
    exec(code, changed)
    codes = {inner.co_qualname: inner for inner in _functions(code)}
    made = {f.__qualname__: f for f in _known_functions(changed)}
    for function in _known_functions(vars(module)):
        if function.__code__.co_qualname in codes:
            function.__code__ = codes[function.__code__.co_qualname]
        if function.__qualname__ in made:
            function.__defaults__ = made[function.__qualname__].__defaults__
            function.__kwdefaults__ = made[function.__qualname__].__kwdefaults__
    for key, value in changed.items():
        if (key in more or not callable(value)) and not key.startswith("__"):
            setattr(module, key, value)


def _functions(code: CodeType) -> Iterator[CodeType]:
    """The code of the functions of a module and of the methods of its classes; none that stand in functions."""
    for inner in code.co_consts:
        if isinstance(inner, CodeType) and "<locals>" not in inner.co_qualname:
            yield inner
            yield from _functions(inner)


def _known_functions(namespace: dict[str, object]) -> list[FunctionType]:
    """The functions that look their names up here, those behind decorators and in classes, too."""
    return [
        found
        for found in gc.get_objects()
        if isinstance(found, FunctionType) and found.__globals__ is namespace
    ]
