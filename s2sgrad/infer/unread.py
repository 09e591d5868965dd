"""What calls may change that can't be differentiated: of functions without a rule, and of methods of what isn't known.

A call that isn't known to be harmless may write into all that it is given and into what it is called on, and so may
one of a method that was taken before: `add = values.append`.
"""

from __future__ import annotations

import builtins
import functools
import inspect
import operator
import sysconfig
from collections import deque
from collections.abc import Callable, Iterable
from pathlib import Path
from types import (
    BuiltinFunctionType,
    FunctionType,
    MethodDescriptorType,
    MethodType,
    MethodWrapperType,
    ModuleType,
    WrapperDescriptorType,
)

import gast
import numpy as np

from s2sgrad.kinds import Kind, Number, Unknown
from s2sgrad.normalize.calm import computes
from s2sgrad.source import MISSING, Source
from s2sgrad.source import Unknown as Unseen
from s2sgrad.trees import loaded

__all__ = [
    "changed_by",
    "is_harmless",
    "is_of_a_library",
    "is_own",
    "makes_acting",
    "may_change",
]

_LIBRARIES = tuple(sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib"))
_CHANGING = frozenset(
    {
        *("byteswap", "fill", "itemset", "partition", "put", "resize", "setfield", "setflags"),
        *("add", "append", "appendleft", "clear", "discard", "extend", "extendleft", "insert"),
        *("pop", "popitem", "popleft", "remove", "reverse", "rotate", "setdefault", "sort"),
        *("subtract", "update", "move_to_end"),
        *("difference_update", "intersection_update", "symmetric_difference_update"),
        *("__setitem__", "__delitem__", "__setattr__", "__delattr__", "__setstate__", "__init__"),
        *(name for name in dir(operator) if name.startswith("__i") and name != "__invert__"),
    }
    - {"__index__", "__init_subclass__"}
)
"""The methods of arrays and containers that write into what they are called on."""

_READING = (
    frozenset(
        name
        for kind in (np.ndarray, np.dtype, list, dict, set, deque, str, bytes)
        for name in dir(kind)
    )
    - _CHANGING
)
_CHANGE_FIRST = (np.copyto, np.fill_diagonal, np.place, np.put, np.put_along_axis, np.putmask)
_CALLING = (map, filter, functools.reduce)
_HARMLESS = frozenset(
    {
        *("builtins", "cmath", "copy", "gc", "io", "_io", "json", "_json", "math", "nt", "numpy"),
        *("operator", "_operator", "os", "pickle", "_pickle", "posix", "re", "sys", "time"),
        *("_functools", "functools", "_warnings", "zlib"),
    }
)
"""Modules whose functions, those that aren't Python's own text, write into nothing that they are given."""

_WRITING = frozenset(
    {"setattr", "delattr", "exec", "eval", "setitem", "delitem", "readinto", "shuffle"}
    | {name for name in dir(operator) if name.startswith("i") and f"__{name}__" in dir(operator)}
    - {"index", "inv", "invert", "is_", "is_not", "itemgetter"}
)


def may_change(function: object, given: Iterable[gast.AST]) -> tuple[str, ...]:
    """The names among what a function is given whose contents it may change.

    Functions of libraries are taken to draw, write down and the like: they change what they are known to change only.
    """
    if not isinstance(function, FunctionType | Source):
        return ()
    file = (
        function.__code__.co_filename if isinstance(function, FunctionType) else function.filename
    )
    if is_of_a_library(file) or computes(function):
        return ()
    return _names(given)


def changed_by(
    call: gast.Call, function: object, kind_of: Callable[[gast.AST], Kind]
) -> tuple[str, ...]:
    """The names whose contents a call that has no rule may change; function: what is called, if that is known."""
    args = list(call.args)
    given = [*args, *(keyword.value for keyword in call.keywords)]
    kinds = [(atom, kind_of(atom)) for atom in given]
    changeable = [a for a, kind in kinds if not (isinstance(kind, Number) and _is_number(kind))]
    if isinstance(function, FunctionType | Source) and not _is_shuffle(function):
        return may_change(function, changeable)
    changed = [keyword.value for keyword in call.keywords if keyword.arg == "out"]
    if isinstance(function, np.ufunc):
        return _names([*changed, *args[function.nin :]])
    if function is MISSING and isinstance(call.func, gast.Attribute):
        kind = kind_of(call.func.value)
        number = isinstance(kind, Number) and _is_number(kind)
        changed += changeable if number else _by_method(call.func, args, changeable)
        return _names(changed)
    if function is MISSING:
        return _names([call.func, *changeable])
    owner = getattr(function, "__self__", None)
    if isinstance(function, MethodDescriptorType | WrapperDescriptorType):
        writes = function.__name__ in _CHANGING
        return _names([*changed, *(args[:1] if writes else ())])
    if any(function is known for known in _CHANGE_FIRST) or (
        isinstance(owner, np.ufunc) and getattr(function, "__name__", "") == "at"
    ):
        return _names([*changed, *args[:1]])
    if isinstance(owner, np.ufunc):  # reduce and its like, whose fourth argument may be out
        return _names([*changed, *args[3:]])
    if any(function is known for known in _CALLING) or _of_iterators(function):
        return _names([*changed, *(a for a, kind in kinds if isinstance(kind, Unknown))])
    if is_harmless(function):
        return _names(changed)
    return _names([call.func, *changeable])


def _by_method(
    func: gast.Attribute, args: list[gast.AST], changeable: list[gast.AST]
) -> list[gast.AST]:
    """What a method changes of what it is called on and given."""
    method = func.attr
    if method == "shuffle":
        return args[:1]
    if method in _CHANGING:
        return [func.value]
    if method in _READING:
        return []
    return [func.value, *changeable]


def is_harmless(function: object) -> bool:
    """Whether a function that isn't the user's own text writes into nothing that it is given."""
    if isinstance(function, functools.partial):
        held = (*function.args, *function.keywords.values())
        return is_harmless(function.func) and not any(
            isinstance(h, list | dict | np.ndarray) for h in held
        )
    if isinstance(function, MethodType):
        return is_harmless(function.__func__)
    if isinstance(function, FunctionType):
        known = is_of_a_library(function.__code__.co_filename) and not _is_shuffle(function)
        return known or computes(function)
    if isinstance(function, type):
        return True
    name, owner = getattr(function, "__name__", ""), getattr(function, "__self__", None)
    if isinstance(function, BuiltinFunctionType | MethodWrapperType):
        if owner is None or isinstance(owner, ModuleType):
            module = (getattr(function, "__module__", None) or "").partition(".")[0]
            return module in _HARMLESS and name not in _WRITING
        return name in _READING
    module = type(function).__module__.partition(".")[0]
    if module == "numpy":
        return True
    called = type(function).__call__ if callable(function) else None
    return isinstance(called, FunctionType) and is_harmless(called)


def makes_acting(function: object) -> bool:
    """Whether a call makes a generator that does more than compute when an item is taken."""
    read = function.generator if isinstance(function, Unseen) else None
    if isinstance(function, FunctionType) and inspect.isgeneratorfunction(function):
        return _acts(function)
    return read is not None and _acts(read)


def made_by(function: object) -> Unknown:
    """The kind of what a call gives of which nothing else is known: such a generator, an object that makes them."""
    if isinstance(function, type):
        own = [(n, m) for base in function.__mro__ for n, m in vars(base).items()]
        methods = [n for n, m in own if makes_acting(getattr(m, "__func__", m))]
    else:
        read = function.generators if isinstance(function, Unseen) else {}
        methods = [n for n, source in read.items() if _acts(source)]
    return Unknown(acting=makes_acting(function), methods=frozenset(methods))


def _acts(generator: FunctionType | Source) -> bool:
    return not computes(generator, 1, repeatable=True)


def is_own(cls: type) -> bool:
    """Whether a class is the user's own, so that its methods can be read."""
    methods = [m for m in vars(cls).values() if isinstance(m, FunctionType)]
    return any(not is_of_a_library(m.__code__.co_filename) for m in methods)


def _of_iterators(function: object) -> bool:
    """Whether a call goes on with iterators that it is given, so that functions in them are called."""
    if getattr(function, "__module__", None) == "itertools":
        return True
    builtin = getattr(builtins, getattr(function, "__name__", ""), None) is function
    return (builtin and function in _USING) or function is deque


_USING = (list, tuple, set, frozenset, dict, any, all, sum, sorted, min, max)


def _is_shuffle(function: object) -> bool:
    return getattr(function, "__name__", None) == "shuffle" and isinstance(function, FunctionType)


def _is_number(kind: Number) -> bool:
    return kind.scalar and kind.array is False


def _names(atoms: Iterable[gast.AST]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for atom in atoms for name in loaded(atom)))


@functools.lru_cache(maxsize=1 << 12)
def is_of_a_library(file: str) -> bool:
    """Whether a file is one of Python's own or of an installed package."""
    return str(Path(file).absolute()).startswith(_LIBRARIES)
