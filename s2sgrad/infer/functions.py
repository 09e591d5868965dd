"""Facts about Python functions: builtins, sources, signatures."""

from __future__ import annotations

import builtins
import inspect
import logging
import math
import operator
from collections.abc import Mapping
from dataclasses import replace
from types import CodeType, FunctionType
from typing import Any
from weakref import WeakKeyDictionary

import gast

from s2sgrad.errors import TransformError
from s2sgrad.extents import Extent
from s2sgrad.kinds import (
    BOOL,
    BOTTOM,
    INT,
    UNKNOWN,
    Kind,
    Number,
    Other,
    Sequence,
    Unknown,
    carries,
)
from s2sgrad.parse import parse
from s2sgrad.rule_loader import helpers
from s2sgrad.source import Source
from s2sgrad.source import Unknown as Unseen
from s2sgrad.trees import children, loaded

__all__ = [
    "IN_PLACE",
    "MATH",
    "lift",
    "signature",
    "source_of",
    "special",
    "unknown",
]

MATH = frozenset(value for value in vars(math).values() if callable(value))

IN_PLACE: Mapping[Any, str] = {
    operator.iadd: "Add",
    operator.isub: "Sub",
    operator.imul: "Mult",
    operator.itruediv: "Div",
    operator.ipow: "Pow",
    operator.imatmul: "MatMult",
    operator.ifloordiv: "FloorDiv",
    operator.imod: "Mod",
    operator.ilshift: "LShift",
    operator.irshift: "RShift",
    operator.iand: "BitAnd",
    operator.ior: "BitOr",
    operator.ixor: "BitXor",
}


def special(function: Any, kinds: list[Kind]) -> tuple[str | None, Kind] | None:
    """What a builtin does with containers: the operation and the result.

    The operation is None where nothing is differentiated.
    """
    if function is len and len(kinds) == 1:
        return None, replace(INT, value=_length(kinds[0]))
    if function in (builtins.list, builtins.tuple) and len(kinds) <= 1:
        if not kinds:
            return "display", Sequence(function.__name__, () if function is tuple else None, BOTTOM)
        if isinstance(kinds[0], Sequence):
            return "convert", Sequence(
                function.__name__, kinds[0].items if function is tuple else None, kinds[0].item
            )
    if function is helpers()["sorting_order"]:
        return None, Sequence("list", None, INT)
    if function is dict and not kinds:
        return None, DICT
    if any(function is known for known in _TRUTHS):
        return None, BOOL
    if function is id:
        return None, INT
    if function in (zip, enumerate) and any(isinstance(k, Unknown) and k.acting for k in kinds):
        return None, Unknown(acting=True)
    if function in (zip, enumerate) and any(map(carries, kinds)):
        return None  # an iterator over what carries derivatives
    if function is logging.getLogger:
        return None, Other("Logger", of=logging.Logger)
    if any(function is known for known in _INERT):
        text = any(function is writes for writes in _WRITING)
        return None, Other("str" if text else function.__name__)
    return None


_TRUTHS = (callable, hasattr, isinstance, issubclass)
_WRITING = (format, repr, str)
_INERT = (*_WRITING, enumerate, range, type, zip)
DICT = Sequence("dict", None, UNKNOWN)
"""The kind of a dict: nothing is known of what it holds."""


def _length(kind: Kind) -> Extent | None:
    if isinstance(kind, Number) and isinstance(kind.shape, tuple) and kind.shape:
        extent = kind.shape[0]
        return Extent(extent.symbol, extent.offset) if extent.offset >= 0 else None
    if isinstance(kind, Sequence) and kind.items is not None:
        return Extent(None, len(kind.items))
    return None


_SOURCES: WeakKeyDictionary[FunctionType, tuple[CodeType, Source | tuple[str, str]]] = (
    WeakKeyDictionary()
)


def source_of(function: Any) -> Source | tuple[str, str] | None:
    """The source of a function of the user's.

    Why it can't be had and what to do, where it can't; None where it isn't Python.
    """
    if isinstance(function, Source):
        return function
    if isinstance(function, Unseen):
        return (
            f"it isn't known what {function.name} is: {function.reason}",
            "Define it in the same file.",
        )
    if not isinstance(function, FunctionType):
        return None
    known = _SOURCES.get(function)
    if known is None or known[0] is not function.__code__:  # which a notebook may have replaced
        source: Source | tuple[str, str]
        try:
            source = parse(function)
        except TransformError as error:
            found = error.findings[0]
            source = found.message, found.remedy
        known = _SOURCES[function] = function.__code__, source
    return known[1]


def signature(source: Source) -> inspect.Signature:
    """How a user function is called; a default stands as the expression that the user wrote."""
    args = source.tree.args
    empty = inspect.Parameter.empty
    parameters = []
    plain = [*getattr(args, "posonlyargs", []), *args.args]
    defaults = [empty] * (len(plain) - len(args.defaults)) + list(args.defaults)
    for index, (arg, default) in enumerate(zip(plain, defaults, strict=True)):
        kind = (
            inspect.Parameter.POSITIONAL_ONLY
            if index < len(getattr(args, "posonlyargs", []))
            else inspect.Parameter.POSITIONAL_OR_KEYWORD
        )
        parameters.append(inspect.Parameter(arg.id, kind, default=default))
    if args.vararg is not None:
        parameters.append(inspect.Parameter(args.vararg.id, inspect.Parameter.VAR_POSITIONAL))
    for arg, default in zip(args.kwonlyargs, args.kw_defaults, strict=True):
        value = empty if default is None else default
        parameters.append(inspect.Parameter(arg.id, inspect.Parameter.KEYWORD_ONLY, default=value))
    if args.kwarg is not None:
        parameters.append(inspect.Parameter(args.kwarg.id, inspect.Parameter.VAR_KEYWORD))
    return inspect.Signature(parameters)


def lift(
    node: gast.AST, outer: Source, local_names: frozenset[str]
) -> tuple[Source, tuple[str, ...]]:
    """A lambda or a nested function as a function of its own.

    What it captures are its last parameters.
    """
    args = node.args
    own = {  # which a default may be named like
        part.id
        for part in children(args)
        if isinstance(part, gast.Name) and isinstance(part.ctx, gast.Param)
    }
    captured = tuple(sorted(n for n in loaded(node) if n in local_names and n not in own))
    extra = [
        gast.Name(id=new, ctx=gast.Param(), annotation=None, type_comment=None) for new in captured
    ]
    fields = {field: getattr(args, field) for field in args._fields}
    if args.defaults or args.vararg or args.kwarg or args.kwonlyargs:
        fields["kwonlyargs"] = [*args.kwonlyargs, *extra]
        fields["kw_defaults"] = [*args.kw_defaults, *(None for _ in extra)]
    else:
        fields["args"] = [*args.args, *extra]
    if isinstance(node, gast.Lambda):
        body: list[gast.AST] = [gast.copy_location(gast.Return(value=node.body), node.body)]
        own_name = "lambda_"
    else:
        body, own_name = node.body, node.name
    tree = gast.FunctionDef(
        name=own_name,
        args=gast.arguments(**fields),
        body=body,
        decorator_list=[],
        returns=None,
        type_comment=None,
        type_params=[],
    )
    gast.copy_location(tree, node)
    return replace(outer, name=own_name, tree=tree, defaults={}, annotations={}, free=()), captured


def unknown(function: str) -> tuple[str, str]:
    """Why a function that a name stands for isn't known, and what to do; a number after `_` is nobody's name."""
    what = "this calls" if function.lstrip("_").isdigit() else f"{function} is"
    return (
        f"it isn't known which function {what}",
        (
            "Call functions by their names, or choose one by `if`, or by its key in a dict of functions. "
            "One that is made in a loop is called in the same trip."
        ),
    )
