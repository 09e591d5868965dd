"""The operands of a primitive as it is written: the same primitive, made on other operands.

Receives the expression of a primitive and the arguments that a rule's signature gives its operands. However
the user has written it (`a @ b`, `np.sum(a)`, `a.sum()`, `a[i]`, `a.T`), it comes back in that form; only what
is a method of something that may be no array is written as a function.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

import gast

from s2sgrad.infer.resolution import Primitive
from s2sgrad.kinds import Kind, Number
from s2sgrad.registry import Rule
from s2sgrad.simplify.expressions import call
from s2sgrad.trees import name

__all__ = ["Argument", "literal", "made_on", "named", "packed"]

Argument: TypeAlias = "gast.AST | tuple[gast.AST, ...]"


def packed(value: Argument) -> gast.AST:
    """An argument as an expression: a tuple for a variadic parameter."""
    return gast.Tuple(elts=list(value), ctx=gast.Load()) if isinstance(value, tuple) else value


def literal(value: object) -> gast.AST:
    """The default of a parameter of a rule as an expression."""
    if isinstance(value, tuple):
        return gast.Tuple(elts=[literal(item) for item in value], ctx=gast.Load())
    if isinstance(value, int | float) and not isinstance(value, bool) and value < 0:
        return gast.UnaryOp(op=gast.USub(), operand=gast.Constant(value=-value, kind=None))
    return gast.Constant(value=value, kind=None)


def made_on(
    value: gast.AST,
    resolution: Primitive,
    arguments: Mapping[str, Argument],
    kind: Callable[[gast.AST], Kind],
) -> gast.AST:
    """The primitive with other arguments: parameter → an atom, or a tuple of them for a variadic one.

    kind: what an operand of the primitive is. Only where it certainly is an array with axes, what is put in its
    place has methods: a number of NumPy's has them, its derivative may be a number of Python's.
    """
    rule = resolution.rule
    match value:
        case gast.BinOp(left=left, op=op, right=right):
            left, right = _replaced([left, right], {}, rule, arguments)[0]
            return gast.BinOp(left=left, op=op, right=right)
        case gast.UnaryOp(op=op, operand=operand):
            ((operand,), _) = _replaced([operand], {}, rule, arguments)
            return gast.UnaryOp(op=op, operand=operand)
        case gast.Subscript(value=base, slice=index):
            of = kind(base)
            base, index = _replaced([base, index], {}, rule, arguments)[0]
            if isinstance(of, Number) and of.scalar:
                base = call("$np.asarray", base)
            return gast.Subscript(value=base, slice=index, ctx=gast.Load())
        case gast.Attribute(value=base, attr=attribute):
            ((new,), _) = _replaced([base], {}, rule, arguments)
            function = None if _has_axes(kind(base)) else named(rule)
            if function is not None:
                return gast.Call(func=function, args=[new], keywords=[])
            return gast.Attribute(
                value=_with_methods(new, kind(base)), attr=attribute, ctx=gast.Load()
            )
        case gast.Call():
            return _called(value, resolution, arguments, kind)
    raise TypeError(value)


def named(rule: Rule) -> gast.AST | None:
    """The function of a rule as generated text calls it, None where it is a method only."""
    module, *path = rule.name.split(".")
    if module not in {"np", "math"} or not path or path[0] == "ndarray":
        return None
    function: gast.AST = name(f"${module}")
    for attribute in path:
        function = gast.Attribute(value=function, attr=attribute, ctx=gast.Load())
    return function


def _called(
    call: gast.Call,
    resolution: Primitive,
    arguments: Mapping[str, Argument],
    kind: Callable[[gast.AST], Kind],
) -> gast.AST:
    rule, function = resolution.rule, call.func
    keywords = {keyword.arg: keyword.value for keyword in call.keywords}
    if len(call.args) + len(keywords) == _count(resolution):
        args, named_args = _replaced(call.args, keywords, rule, arguments)
        return _call(function, args, named_args)
    receiver = function.value
    (new, *args), named_args = _replaced([receiver, *call.args], keywords, rule, arguments)
    plain = None if _has_axes(kind(receiver)) else named(rule)
    if plain is not None:
        return _call(plain, [new, *args], named_args)
    new = _with_methods(new, kind(receiver))
    method = gast.Attribute(value=new, attr=function.attr, ctx=gast.Load())
    return _call(method, args, named_args)


def _has_axes(kind: Kind) -> bool:
    return isinstance(kind, Number) and kind.array is True and not kind.scalar


def _with_methods(value: gast.AST, kind: Kind) -> gast.AST:
    """A value as something with the methods of arrays, where it may be a number of Python's."""
    return call("$np.asarray", value) if isinstance(kind, Number) and kind.scalar else value


def _count(resolution: Primitive) -> int:
    """How many operands the arguments of a primitive are."""
    return sum(
        len(value) if isinstance(value, tuple) else 1 for value in resolution.arguments.values()
    )


def _call(function: gast.AST, args: list[gast.AST], keywords: Mapping[str, gast.AST]) -> gast.Call:
    written = [gast.keyword(arg=key, value=value) for key, value in keywords.items()]
    return gast.Call(func=function, args=args, keywords=written)


def _replaced(
    args: list[gast.AST],
    keywords: Mapping[str, gast.AST],
    rule: Rule,
    arguments: Mapping[str, Argument],
) -> tuple[list[gast.AST], dict[str, gast.AST]]:
    """The operands, with those of the parameters in arguments replaced."""
    new, new_keywords = list(args), dict(keywords)
    bound = rule.signature.bind(*range(len(args)), **{key: key for key in keywords}).arguments
    for parameter, places in bound.items():
        if parameter not in arguments:
            continue
        values = arguments[parameter]
        several = places if isinstance(places, tuple) else (places,)
        for place, value in zip(
            several, values if isinstance(values, tuple) else (values,), strict=True
        ):
            if isinstance(place, int):
                new[place] = value
            else:
                new_keywords[place] = value
    return new, new_keywords
