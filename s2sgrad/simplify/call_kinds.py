"""What calls hold: of functions of NumPy, Python and `math`, and of the helpers of rules.

A function without a formula here is run on representatives of its arguments, as `infer` does it,
and once only for equal arguments.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

import gast
import numpy as np

from s2sgrad.extents import Shape
from s2sgrad.infer.representatives import represented
from s2sgrad.infer.results import constant_kind, elementwise_kind
from s2sgrad.kinds import BOOL, FLOAT, INT, Kind, Known, Number, Unknown
from s2sgrad.simplify.equality import key
from s2sgrad.simplify.expressions import generated, number_of
from s2sgrad.simplify.extents import Axes, with_solid
from s2sgrad.zeros import ZEROS

if TYPE_CHECKING:
    from s2sgrad.simplify.shapes import Shapes

__all__ = ["FLOATING", "call_kind", "known_result", "run_kind"]

Keywords = Mapping[str, gast.AST]

FLOATING = frozenset({"float", "float32", "float64"})
_RESULTS: dict[type, Kind] = {float: FLOAT, int: INT, bool: BOOL}
_METHODS = frozenset(
    [
        "sum",
        "prod",
        "mean",
        "max",
        "min",
        "std",
        "var",
        "any",
        "all",
        "dot",
        "copy",
        "transpose",
        "swapaxes",
        "reshape",
        "ravel",
        "cumsum",
        "cumprod",
        "clip",
        "argmax",
        "argmin",
        "squeeze",
        "trace",
        "round",
        "repeat",
        "astype",
    ]
)
_REDUCTIONS = (np.sum, np.mean, np.prod, np.max, np.min, np.std, np.var, np.any, np.all)
_LIKE_ARRAYS = (np.zeros_like, np.ones_like, np.empty_like)
_BUILTINS = (max, min, sum, int, bool, round)

# Which argument of a helper has the shape of its result.
_LIKE = {
    "$dot_left": 1,
    "$dot_right": 2,
    "$einsum_alone": 2,
    "$einsum_left": 2,
    "$einsum_right": 3,
    "$inner_left": 1,
    "$inner_right": 2,
    "$kron_left": 1,
    "$kron_right": 2,
    "$matmul_left": 1,
    "$matmul_right": 2,
    "$scatter": 1,
    "$share_ties": 2,
    "$solve_left": 1,
    "$solve_right": 0,
    "$tensordot_left": 1,
    "$tensordot_right": 2,
    "$unbroadcast": 1,
    "$undiag": 1,
    "$undiagonal": 1,
    "$undiff": 1,
    "$unpad": 1,
    "$unreduce": 1,
    "$unrepeat": 1,
    "$untake": 1,
    "$untake_along_axis": 1,
    "$untile": 1,
    "$writable": 0,
    "$written": 1,
}
# Helpers that do nothing but add up or move the elements of their first argument.
_SAME_DTYPE = frozenset({"$unbroadcast", "$unreduce", "$scatter", "$written", "$undiagonal"})


def call_kind(node: gast.AST, shapes: Shapes) -> Kind:
    """What a call holds.

    >>> from s2sgrad.simplify.expressions import expression
    >>> from s2sgrad.simplify.given import given
    >>> shapes = given(A="n m", v="m", x="?")
    >>> for example in (
    ...     "$np.where(v > 0, v, 0)", "$np.zeros(A.shape)", "$unbroadcast(A, v)", "A.sum()",
    ... ):
    ...     kind = call_kind(expression(example), shapes)
    ...     print(example, kind.dtype, kind.ndim, kind.array)
    $np.where(v > 0, v, 0) float64 1 True
    $np.zeros(A.shape) float64 2 True
    $unbroadcast(A, v) float64 1 True
    A.sum() float64 0 False
    """
    if any(isinstance(arg, gast.Starred) for arg in node.args):
        return Unknown()
    if any(keyword.arg is None for keyword in node.keywords):
        return Unknown()
    args = list(node.args)
    keywords = {keyword.arg: keyword.value for keyword in node.keywords}
    function = len if shapes.is_len(node.func) else shapes.called(node.func)
    if isinstance(function, str):
        return Unknown() if keywords and function in _LIKE else _helper_kind(function, args, shapes)
    if function is None and isinstance(node.func, gast.Attribute) and node.func.attr in _METHODS:
        return _method_kind(node, args, keywords, shapes)
    return _function_kind(function, node, args, keywords, shapes)


def _method_kind(node: gast.AST, args: list[gast.AST], keywords: Keywords, shapes: Shapes) -> Kind:
    """`x.sum()` and its like."""
    receiver, attr = node.func.value, node.func.attr
    base = shapes.kind(receiver)
    if not isinstance(base, Number):
        return Unknown()
    if attr == "copy":
        return replace(base, value=None)
    if attr in {"reshape", "transpose"} and len(args) > 1:
        args = [gast.Tuple(elts=args, ctx=gast.Load())]
    return _function_kind(getattr(np, attr, None), node, [receiver, *args], keywords, shapes)


def _function_kind(
    function: Any, node: gast.AST, args: list[gast.AST], keywords: Keywords, shapes: Shapes
) -> Kind:
    plain = not keywords
    if isinstance(function, np.ufunc):
        fits = function.nout == 1 and len(args) == function.nin and function.signature is None
        return shapes.elementwise(function, args) if plain and fits else Unknown()
    module = getattr(function, "__module__", None)
    if module == "math":
        result = known_result(function, len(args))
        return Unknown() if result is None else _RESULTS[result]
    if function is abs and len(args) == 1 and shapes.number(args[0]).dtype != "bool":
        return shapes.elementwise(np.absolute, args)
    if function is np.where and plain and len(args) == 3:
        return replace(shapes.elementwise(function, args), array=True)
    if function is np.clip and plain and len(args) == 3:
        return shapes.elementwise(function, args)
    if function in _LIKE_ARRAYS and len(args) == 1 and plain:
        return replace(shapes.number(args[0]), value=None, array=True)
    if function in {np.zeros, np.ones, np.empty, np.full, np.broadcast_to}:
        return _made(function, args, keywords, shapes)
    if function is len or function in {np.size, np.ndim}:
        return replace(INT, value=shapes.length(node))
    if function is float:
        return FLOAT
    if module not in {"numpy", "numpy.linalg"} and function not in _BUILTINS:
        return Unknown()
    kinds = [_argument(arg, shapes) for arg in args]
    named = {name: _argument(value, shapes) for name, value in keywords.items()}
    return run_kind(function, node, kinds, named)


def _argument(expr: gast.AST, shapes: Shapes) -> Kind:
    """The kind of an argument; where it is written as a literal, the literal."""
    value = number_of(expr)
    if value is not None:
        return constant_kind(value)
    if isinstance(expr, gast.Constant):
        return Known(expr.value)
    if isinstance(expr, gast.Tuple | gast.List):
        values = [number_of(item) for item in expr.elts]
        integers = tuple(value for value in values if isinstance(value, int))
        if len(integers) == len(values):
            return _known(integers)
    return shapes.kind(expr)


@lru_cache(maxsize=1000)
def _known(integers: tuple[int, ...]) -> Known:
    """Equal tuples as the same object, as kinds of known objects are compared by identity."""
    return Known(integers)


def run_kind(function: Any, node: gast.AST, kinds: list[Kind], named: dict[str, Kind]) -> Kind:
    """The kind that runs on representatives show; little where an argument has no known shape."""
    everything = [*kinds, *named.values()]
    if any(
        isinstance(kind, Unknown) or (isinstance(kind, Number) and kind.ndim is None)
        for kind in everything
    ):
        return _of_unknown(function, node, kinds, named)
    found = _represented(function, tuple(kinds), tuple(sorted(named.items())))
    return with_solid(found, everything)


@lru_cache(maxsize=10_000)
def _represented(
    function: Callable[..., Any], kinds: tuple[Kind, ...], named: tuple[tuple[str, Kind], ...]
) -> Kind:
    return represented(function, list(kinds), dict(named), ("run", function, kinds, named))


def _of_unknown(
    function: Any, node: gast.AST, kinds: list[Kind], named: Mapping[str, Kind]
) -> Kind:
    shape: Axes | Shape = Shape(("expression", key(node)))
    axis = named.get("axis", Known(None))
    if (
        function in _REDUCTIONS
        and len(kinds) == 1
        and set(named) <= {"axis"}
        and axis == Known(None)
    ):
        shape = ()
    real = function in {np.matmul, np.dot, np.sum} and any(
        isinstance(kind, Number) and kind.dtype in FLOATING for kind in kinds
    )
    return Number("float" if real else None, shape, None)


def _helper_kind(helper: str, args: list[gast.AST], shapes: Shapes) -> Kind:
    """The kind of what a helper gives: that of the argument which it belongs to."""
    if helper == "$count":
        return INT
    if helper in ZEROS and len(args) == 1:
        like = shapes.number(args[0])
        if like.array is False:
            return FLOAT if like.scalar else Unknown()
        return replace(like, value=None, dtype=like.dtype if like.array else None)
    if helper == "$split_like" and len(args) == 2 and isinstance(shapes.kind(args[1]), Number):
        like = shapes.number(args[1])
        return replace(like, value=None, dtype=like.dtype if like.array else None)
    at = _LIKE.get(helper)
    if at is None or at >= len(args):
        return Unknown()
    shape = shapes.number(args[at]).shape
    of = shapes.number(args[0]).dtype
    dtype = of if helper in _SAME_DTYPE or of is None else _product_dtype(helper, args, at, shapes)
    array = None if isinstance(shape, Shape) else True if shape else None
    if shape == () and helper in {"$unbroadcast", "$unreduce"}:
        array = False
    return Number(dtype, shape, array)


def _product_dtype(helper: str, args: list[gast.AST], at: int, shapes: Shapes) -> str | None:
    """The dtype of a derivative in a factor, which is that of the product with the other factor."""
    if helper in {"$matmul_left", "$matmul_right", "$dot_left", "$dot_right"} and len(args) == 3:
        operands = [shapes.number(args[0]), shapes.number(args[3 - at])]
        dtype = elementwise_kind(np.multiply, operands, "dtype").dtype
        if dtype is not None:
            return dtype
    return "float" if shapes.number(args[0]).dtype in FLOATING else None


def _made(function: Any, args: list[gast.AST], keywords: Keywords, shapes: Shapes) -> Kind:
    """`np.zeros(shape, dtype)` and its like, and `np.broadcast_to(x, shape)`."""
    spread = function is np.broadcast_to
    at = 1 if spread else 0
    if len(args) <= at or set(keywords) - {"dtype"}:
        return Unknown()
    shape = shapes.shape_named(args[at])
    if shape is None:
        shape = Shape(("made", key(args[at])))
    wanted = args[2] if len(args) > 2 else keywords.get("dtype")
    if function in {np.zeros, np.ones, np.empty}:
        wanted = args[1] if len(args) > 1 else keywords.get("dtype")
    dtype: str | None = "float64"
    if wanted is not None:
        dtype = _dtype_named(wanted, shapes)
    elif spread or function is np.full:
        dtype = shapes.number(args[1 - at]).dtype if len(args) > 1 else None
    return Number(dtype, shape, array=True)


def _dtype_named(written: gast.AST, shapes: Shapes) -> str | None:
    if (
        isinstance(written, gast.Attribute)
        and written.attr == "dtype"
        and generated(written) is None
    ):
        of = shapes.number(written.value)
        return of.dtype
    return None


@cache
def known_result(function: Callable[..., Any], count: int) -> type | None:
    """What a function of numbers gives for integers: float, int or bool.

    >>> known_result(np.cos, 1), known_result(np.add, 2)
    (<class 'float'>, <class 'int'>)
    """
    for value in (1, 0.5):
        try:
            result = function(*[value] * count)
        except Exception:  # noqa: BLE001, S112  (any failure only means: not known)
            continue
        return {"f": float, "i": int, "b": bool}.get(np.asarray(result).dtype.kind)
    return None
