"""What nested expressions hold: the kinds of their names carried through arithmetic, calls and indexing.

Receives a way to ask for the kind of a name, and one for the object that a callee of the user's means.
Promises kinds that hold at run time, as `infer` does for statements, and says so where nothing is known:
such an expression has a shape that only an equal expression shares. Answers are kept, by node.
"""

from __future__ import annotations

import builtins
import math
import operator
from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import gast
import numpy as np

from s2sgrad.infer.results import constant_kind, elementwise_kind, represented
from s2sgrad.kinds import (
    BOOL,
    FLOAT,
    INT,
    Extent,
    Kind,
    Known,
    Number,
    Shape,
    Symbol,
    Unknown,
    broadcast,
    join,
)
from s2sgrad.kinds import Sequence as SequenceKind
from s2sgrad.simplify.expressions import generated, key, number_of

__all__ = ["Axes", "Shapes", "given", "met", "same_extent", "same_shape"]

Axes = tuple[Extent, ...]

_OPERATORS: dict[type[gast.AST], Callable[..., Any]] = {
    gast.Add: np.add,
    gast.Sub: np.subtract,
    gast.Mult: np.multiply,
    gast.Div: np.true_divide,
    gast.FloorDiv: np.floor_divide,
    gast.Mod: np.remainder,
    gast.Pow: np.power,
    gast.BitAnd: np.bitwise_and,
    gast.BitOr: np.bitwise_or,
    gast.BitXor: np.bitwise_xor,
}
_ARITHMETIC = frozenset(
    {np.add, np.subtract, np.multiply, np.true_divide, np.power, np.negative, np.absolute}
)
_LIKE = {
    "$zeros_like": 0,
    "$unbroadcast": 1,
    "$unreduce": 1,
    "$matmul_left": 1,
    "$dot_left": 1,
    "$matmul_right": 2,
    "$dot_right": 2,
}
_REDUCTIONS = frozenset({"sum", "prod", "mean", "max", "min", "std", "var", "any", "all"})
_METHODS = _REDUCTIONS | {
    "dot",
    "copy",
    "transpose",
    "swapaxes",
    "reshape",
    "ravel",
    "cumsum",
    "astype",
    "clip",
    "argmax",
    "argmin",
}
_SCALARS = {float: FLOAT, int: INT, bool: BOOL}
_WITHOUT_REPRESENTATIVE = frozenset({np.broadcast_to, np.zeros, np.ones, np.empty, np.full})


class Shapes:
    """Kinds of expressions.

    kind_of: the kind of a name. function_of: the object that a reference of the user's means, or None.
    real: which names carry derivatives, and are real therefore, whatever their kind says. parameters: names
    that can be read everywhere, in which shapes are best written.
    """

    def __init__(
        self,
        kind_of: Callable[[str], Kind],
        function_of: Callable[[gast.AST], object | None] = lambda _: None,
        *,
        real: Callable[[str], bool] = lambda _: False,
        parameters: Sequence[str] = (),
    ) -> None:
        self.parameters = tuple(parameters)
        self._kind_of = kind_of
        self._function_of = function_of
        self._real = real
        self._kinds: dict[int, tuple[gast.AST, Kind]] = {}
        self._runs: dict[object, Kind] = {}

    # ---- questions --------------------------------------------------------------------------------

    def kind(self, expr: gast.AST) -> Kind:
        """What an expression holds.

        >>> from s2sgrad.simplify.expressions import expression
        >>> shapes = given(A="n m", v="m")
        >>> shapes.same(expression("(A * v + 1).sum(axis=0)"), expression("v"))
        True
        """
        spine: list[gast.AST] = []
        node = expr
        while id(node) not in self._kinds:
            if not isinstance(node, gast.BinOp):
                self._keep(node, self._inferred(node))
                break
            spine.append(node)
            node = node.left
        kind = self._kinds[id(node)][1]
        for outer in reversed(spine):
            kind = self._keep(outer, self._operation(outer, kind, self.kind(outer.right)))
        return kind

    def number(self, expr: gast.AST) -> Number:
        """The kind as that of a number; where nothing is known the shape is equal only to its own."""
        return self._as_number(expr, self.kind(expr))

    def scalar(self, expr: gast.AST) -> bool:
        """Whether an expression certainly has no axes."""
        return self.number(expr).scalar

    def real(self, expr: gast.AST) -> bool:
        """Whether an expression certainly is floating-point, and no integer or truth value."""
        return self.number(expr).dtype in {"float", "float32", "float64"}

    def array(self, expr: gast.AST) -> bool:
        """Whether an expression certainly is an ndarray, with its methods."""
        return self.number(expr).array is True

    def axes(self, expr: gast.AST) -> Axes | None:
        """The extents of an expression, None where not even their number is known."""
        shape = self.number(expr).shape
        return shape if isinstance(shape, tuple) else None

    def same(self, a: gast.AST, b: gast.AST) -> bool:
        """Whether two expressions provably have the same shape."""
        return same_shape(self.number(a).shape, self.number(b).shape)

    def fills(self, part: gast.AST, whole: Axes | Shape) -> bool:
        """Whether whole is provably the shape of part combined elementwise with something of shape whole.

        They broadcast, as they are combined: an axis of whole that isn't 1 then is the result's.
        """
        shape = self.number(part).shape
        if shape == () or same_shape(shape, whole):
            return True
        if not isinstance(shape, tuple) or not isinstance(whole, tuple) or len(shape) > len(whole):
            return False
        pairs = zip(reversed(shape), reversed(whole), strict=False)
        return all(
            same_extent(m, n) or m.number == 1 or n.solid or n.number not in {None, 1}
            for m, n in pairs
        )

    def called(self, expr: gast.AST) -> object | None:
        """The object that a callee means: a function of NumPy or math, a helper as its text, or None."""
        own = generated(expr)
        if own is None:
            found = self._function_of(expr)
            return found if isinstance(found, Hashable) else None
        root, *attributes = own.split(".")
        found = {"$np": np, "$math": math, "$operator": operator}.get(root)
        if found is None:
            return getattr(builtins, own[1:], own)
        for attr in attributes:
            found = getattr(found, attr, None)
        return found

    def shape_named(self, expr: gast.AST) -> Axes | Shape | None:
        """The shape that an expression such as `x.shape` or `(len(x), 3)` spells, None where that isn't known."""
        match expr:
            case gast.Attribute(value=value, attr="shape"):
                return self.number(value).shape
            case gast.Call(func=func, args=[value], keywords=[]) if self.called(func) is np.shape:
                return self.number(value).shape
            case gast.Tuple(elts=items):
                extents: list[Extent] = []
                for item in items:
                    if isinstance(item, gast.Starred):
                        part = self.shape_named(item.value)
                        if not isinstance(part, tuple):
                            return None
                        extents.extend(part)
                        continue
                    extent = self._length(item)
                    if extent is None:
                        return None
                    extents.append(extent)
                return tuple(extents)
        one = self._length(expr)
        return None if one is None else (one,)

    # ---- inference --------------------------------------------------------------------------------

    def _keep(self, node: gast.AST, kind: Kind) -> Kind:
        self._kinds[id(node)] = (node, kind)
        return kind

    def _as_number(self, expr: gast.AST, kind: Kind) -> Number:
        if isinstance(kind, Known):
            kind = constant_kind(kind.value)
        if not isinstance(kind, Number):
            kind = Number(None, Shape(("expression", key(expr))), None)
        if kind.dtype is None and isinstance(expr, gast.Name) and self._real(expr.id):
            kind = replace(kind, dtype="float")
        return kind

    def _inferred(self, node: gast.AST) -> Kind:
        match node:
            case gast.Name(id=id):
                return (
                    self._as_number(node, kind)
                    if isinstance(kind := self._name(node, id), Unknown | Number)
                    else kind
                )
            case gast.Constant(value=value):
                return Known(...) if value is Ellipsis else constant_kind(value)
            case gast.UnaryOp(op=gast.Not()):
                return BOOL
            case gast.UnaryOp(
                op=gast.USub(), operand=gast.Constant(value=int() | float() | complex() as value)
            ):
                return constant_kind(-value)
            case gast.UnaryOp(op=gast.USub() | gast.UAdd(), operand=operand):
                return self._elementwise(np.negative, [operand])
            case gast.Compare(left=left, ops=[op], comparators=[right]):
                if isinstance(op, gast.Is | gast.IsNot | gast.In | gast.NotIn):
                    return BOOL
                return self._elementwise(np.less, [left, right])
            case gast.IfExp(body=body, orelse=orelse):
                return join(self.kind(body), self.kind(orelse), ("expression", key(node)))
            case gast.Attribute():
                return self._attribute(node)
            case gast.Subscript(value=base, slice=index):
                return self._item(node, self.kind(base), index)
            case gast.Call(func=func, args=args, keywords=keywords):
                if any(isinstance(arg, gast.Starred) for arg in args) or any(
                    k.arg is None for k in keywords
                ):
                    return Unknown()
                return self._call(node, func, args, {k.arg: k.value for k in keywords})
        return Unknown()

    def _name(self, node: gast.AST, id: str) -> Kind:
        if id.startswith("$"):
            return Known(self.called(node))
        kind = self._kind_of(id)
        if isinstance(kind, Unknown):
            known = self._function_of(node)
            return kind if known is None else constant_kind(known, id)
        return kind

    def _operation(self, node: gast.AST, left: Kind, right: Kind) -> Kind:
        if isinstance(node.op, gast.MatMult):
            return self._run(
                np.matmul,
                node,
                [self._as_number(node.left, left), self._as_number(node.right, right)],
                {},
            )
        function = _OPERATORS.get(type(node.op))
        if function is None or isinstance(left, SequenceKind) or isinstance(right, SequenceKind):
            return Unknown()
        return self._combined(
            function, [self._as_number(node.left, left), self._as_number(node.right, right)]
        )

    def _elementwise(self, function: Callable[..., Any], args: Sequence[gast.AST]) -> Number:
        return self._combined(function, [self.number(arg) for arg in args])

    def _combined(self, function: Callable[..., Any], operands: list[Number]) -> Number:
        kind = elementwise_kind(function, operands, "expression")
        distinct = {part for operand in operands for part in _parts(operand.shape)}
        shape = broadcast(
            [operand.shape for operand in operands], ("broadcast", frozenset(distinct))
        )
        real = any(operand.dtype in {"float", "float32", "float64"} for operand in operands)
        if kind.dtype is None and (
            (real and function in _ARITHMETIC) or _result_on_ones(function, len(operands)) is float
        ):
            kind = replace(kind, dtype="float")
        array = (
            False
            if shape == () and kind.array is None and all(o.shape == () for o in operands)
            else kind.array
        )
        return replace(kind, shape=shape, array=array)

    def _attribute(self, node: gast.AST) -> Kind:
        base = self.kind(node.value)
        if isinstance(base, Known | Unknown) and (
            generated(node) or (known := self._function_of(node)) is not None
        ):
            found = self.called(node) if generated(node) else known
            return Unknown() if found is None else constant_kind(found)
        if isinstance(base, Number):
            if node.attr == "T":
                shape = (
                    base.shape[::-1]
                    if isinstance(base.shape, tuple)
                    else Shape(("expression", key(node)))
                )
                return replace(base, shape=shape, value=None)
            if node.attr in {"size", "ndim"}:
                return INT
        return Unknown()

    def _call(
        self, node: gast.AST, func: gast.AST, args: list[gast.AST], keywords: dict[str, gast.AST]
    ) -> Kind:
        function = len if self._is_len(func) else self.called(func)
        if isinstance(function, str):
            return self._helper(function, args)
        if function is None and isinstance(func, gast.Attribute) and func.attr in _METHODS:
            base = self.kind(func.value)
            if not isinstance(base, Number):
                return Unknown()
            function, args = getattr(np, func.attr, None), [func.value, *args]
            if func.attr == "copy":
                return replace(base, array=True) if base.shape != () else base
        return self._function(function, node, args, keywords)

    def _function(
        self, function: Any, node: gast.AST, args: list[gast.AST], keywords: dict[str, gast.AST]
    ) -> Kind:
        if isinstance(function, np.ufunc):
            plain = (
                not keywords
                and function.nout == 1
                and len(args) == function.nin
                and function.signature is None
            )
            return self._elementwise(function, args) if plain else Unknown()
        if getattr(function, "__module__", None) == "math":
            kind = _SCALARS.get(_result_on_ones(function, len(args)))
            return Unknown() if kind is None else kind
        if function in {np.where, np.clip} and not keywords and len(args) == 3:
            return self._elementwise(function, args)
        if (
            function in {np.zeros_like, np.ones_like, np.empty_like}
            and len(args) == 1
            and not keywords
        ):
            return replace(self.number(args[0]), value=None)
        if function in _WITHOUT_REPRESENTATIVE:
            return self._made(function, args, keywords)
        if function is len or function in {np.size, np.ndim}:
            return replace(INT, value=self._length(node))
        if function is float:
            return FLOAT
        if getattr(function, "__module__", None) != "numpy" and function not in {
            abs,
            max,
            min,
            sum,
            int,
            bool,
            round,
        }:
            return Unknown()
        kinds = [self._argument(arg) for arg in args]
        named = {name: self._argument(value) for name, value in keywords.items()}
        return self._run(function, node, kinds, named)

    def _argument(self, expr: gast.AST) -> Kind:
        value = number_of(expr)
        if value is not None:
            return constant_kind(value)
        if isinstance(expr, gast.Constant):
            return Known(expr.value)
        if isinstance(expr, gast.Tuple | gast.List) and all(
            number_of(item) is not None for item in expr.elts
        ):
            return Known(tuple(number_of(item) for item in expr.elts))
        return self.kind(expr)

    def _run(
        self, function: Any, node: gast.AST, kinds: list[Kind], named: dict[str, Kind]
    ) -> Kind:
        """The kind that runs on representatives show; nothing is known where an argument has no known shape."""
        everything = [*kinds, *named.values()]
        if any(
            isinstance(kind, Unknown) or (isinstance(kind, Number) and kind.ndim is None)
            for kind in everything
        ):
            real = function in {np.matmul, np.dot, np.sum} and any(
                isinstance(kind, Number) and kind.dtype in {"float", "float32", "float64"}
                for kind in kinds
            )
            axis = named.get("axis", Known(None))
            shape: Axes | Shape = Shape(("expression", key(node)))
            if (
                function in {np.sum, np.mean, np.prod, np.max, np.min}
                and len(kinds) == 1
                and not (set(named) - {"axis"})
            ):
                shape = () if axis == Known(None) else shape
            return Number("float" if real else None, shape, None)
        run = (function, tuple(kinds), tuple(sorted(named.items())))
        if run not in self._runs:
            self._runs[run] = _solid_again(
                represented(function, kinds, named, ("run", *run)), everything
            )
        return self._runs[run]

    def _helper(self, helper: str, args: list[gast.AST]) -> Kind:
        if helper == "$count":
            return INT
        at = _LIKE.get(helper)
        if at is None or at >= len(args):
            return Unknown()
        like, of = self.number(args[at]), self.number(args[0])
        return Number(
            of.dtype,
            like.shape,
            like.array if of.array is not False or like.array is False else None,
        )

    def _made(self, function: Any, args: list[gast.AST], keywords: dict[str, gast.AST]) -> Kind:
        """`np.zeros(shape, dtype)` and its like, and `np.broadcast_to(x, shape)`."""
        spread = function is np.broadcast_to
        at = 1 if spread else 0
        if len(args) <= at or set(keywords) - {"dtype"}:
            return Unknown()
        shape = self.shape_named(args[at])
        dtype: str | None = "float64"
        if spread or function is np.full:
            dtype = self.number(args[1 - at]).dtype if len(args) > 1 else None
        elif len(args) > 1 or keywords:
            written = args[1] if len(args) > 1 else keywords["dtype"]
            dtype = (
                self.number(written.value).dtype
                if isinstance(written, gast.Attribute) and written.attr == "dtype"
                else None
            )
        return Number(
            dtype, Shape(("expression", key(args[at]))) if shape is None else shape, array=True
        )

    def _item(self, node: gast.AST, base: Kind, index: gast.AST) -> Kind:
        if isinstance(base, SequenceKind):
            at = number_of(index)
            if (
                base.items is not None
                and isinstance(at, int)
                and -len(base.items) <= at < len(base.items)
            ):
                return base.items[at]
            return Unknown() if isinstance(index, gast.Slice) else base.item
        if isinstance(base, Number) and isinstance(base.shape, tuple):
            parts = list(index.elts) if isinstance(index, gast.Tuple) else [index]
            shape = self._indexed(base.shape, parts)
            if shape is not None:
                return Number(base.dtype, shape, array=base.array if shape else False)
        dtype = base.dtype if isinstance(base, Number) else None
        return Number(dtype, Shape(("expression", key(node))), None)

    def _indexed(self, shape: Axes, parts: list[gast.AST]) -> Axes | None:
        """The extents after indexing with numbers, slices, None and `...`; None where arrays index."""
        out: list[Extent] = []
        used = sum(
            not (isinstance(part, gast.Constant) and part.value in {None, ...}) for part in parts
        )
        rest = list(shape)
        for part in parts:
            if isinstance(part, gast.Constant) and part.value is None:
                out.append(Extent(None, 1))
            elif isinstance(part, gast.Constant) and part.value is Ellipsis:
                kept = len(shape) - used
                out.extend(rest[:kept])
                rest = rest[kept:]
            elif not rest:
                return None
            elif isinstance(part, gast.Slice):
                out.append(self._sliced(rest.pop(0), part))
            else:
                kind = self.number(part)
                if kind.dtype != "int" or kind.shape != () or kind.array is True:
                    return None
                rest.pop(0)
        return (*out, *rest)

    def _sliced(self, extent: Extent, part: gast.AST) -> Extent:
        lower, upper, step = (
            None
            if bound is None or (isinstance(bound, gast.Constant) and bound.value is None)
            else number_of(bound)
            if number_of(bound) is not None
            else bound
            for bound in (part.lower, part.upper, part.step)
        )
        bounds = [lower, upper, step]
        if all(bound is None or isinstance(bound, int) for bound in bounds):
            if extent.number is not None and step != 0:
                return Extent(None, len(range(*slice(*bounds).indices(extent.number))))
            if step in {None, 1} and (lower is None or lower >= 0) and (upper is None or upper < 0):
                cut = (lower or 0) - (upper or 0)
                return extent.shifted(-cut) if cut else extent
            if step == -1 and lower is None and upper is None:
                return extent
        unprintable = (
            "slice",
            extent,
            *(key(bound) if isinstance(bound, gast.AST) else bound for bound in bounds),
        )
        return Extent(Symbol("", None, unprintable))

    def _length(self, expr: gast.AST) -> Extent | None:
        """The number that an integer expression is, where that is the length of an axis or a literal."""
        value = number_of(expr)
        if isinstance(value, int):
            return Extent(None, value) if value >= 0 else None
        match expr:
            case gast.Call(func=func, args=[of], keywords=[]) if self._is_len(func):
                axes = self.axes(of)
                return axes[0] if axes else None
            case gast.Subscript(value=gast.Attribute(value=of, attr="shape"), slice=at):
                axes, position = self.axes(of), number_of(at)
                if (
                    axes is not None
                    and isinstance(position, int)
                    and -len(axes) <= position < len(axes)
                ):
                    return axes[position]
            case gast.Attribute(value=of, attr="size"):
                axes = self.axes(of)
                return axes[0] if axes is not None and len(axes) == 1 else None
            case gast.Name(id=id):
                kind = self._kind_of(id)
                return kind.value if isinstance(kind, Number) else None
        return None

    def _is_len(self, func: gast.AST) -> bool:
        """Whether a callee is the builtin; a name `len` that nothing says anything about is."""
        return self.called(func) is len or (
            isinstance(func, gast.Name)
            and func.id == "len"
            and isinstance(self._kind_of("len"), Unknown)
        )


def same_extent(m: Extent, n: Extent) -> bool:
    """Whether two extents are provably equal."""
    return (m.symbol, m.offset) == (n.symbol, n.offset)


def met(m: Extent, n: Extent) -> bool:
    """Whether two extents are equal, given that arrays with these axes were combined into one of extent n.

    An extent that isn't 1 doesn't stretch; where n is 1 nothing was stretched.
    """
    return same_extent(m, n) or m.solid or m.number not in {None, 1} or n.number == 1


def same_shape(a: Axes | Shape, b: Axes | Shape) -> bool:
    """Whether two shapes are provably equal."""
    if isinstance(a, tuple) and isinstance(b, tuple):
        return len(a) == len(b) and all(same_extent(m, n) for m, n in zip(a, b, strict=True))
    return a == b


@cache
def _result_on_ones(function: Callable[..., Any], count: int) -> type | None:
    """What a function of numbers gives for integers: float, int or bool."""
    try:
        value = function(*[1] * count)
    except Exception:  # noqa: BLE001  (any failure only means: not known)
        return None
    return {"f": float, "i": int, "b": bool}.get(np.asarray(value).dtype.kind)


def _solid_again(kind: Kind, sources: Sequence[Kind]) -> Kind:
    """A kind with its extents as the sources have them, which know which of them aren't 1."""
    if not isinstance(kind, Number) or not isinstance(kind.shape, tuple):
        return kind
    shapes = [
        source.shape
        for source in sources
        if isinstance(source, Number) and isinstance(source.shape, tuple)
    ]
    solid = {(e.symbol, e.offset): e for shape in shapes for e in shape if e.solid}
    return replace(kind, shape=tuple(solid.get((e.symbol, e.offset), e) for e in kind.shape))


def _parts(shape: Axes | Shape) -> tuple[object, ...]:
    """What a broadcast shape was broadcast from."""
    if isinstance(shape, Shape) and isinstance(shape.key, tuple) and shape.key[0] == "broadcast":
        return tuple(shape.key[1])
    return (shape,) if shape != () else ()


def given(**kinds: str) -> Shapes:
    """Shapes of a few names for tests and examples: float64 arrays with extents, `?` for unknown, "" for a float.

    An extent is a number or a word (`n!`: known not to be 1); equal words are equal extents. `x="int"` and
    `x="bool"` are scalars, and `int n` is an array of these.

    >>> given(x="", A="n 1").number(gast.Name("A", gast.Load(), None, None)).ndim
    2
    """
    first: dict[str, Symbol] = {}
    table: dict[str, Kind] = {}
    for name, description in kinds.items():
        words = description.split()
        dtype = (
            words.pop(0)
            if words and words[0] in {"int", "bool", "float32", "float64"}
            else "float64"
        )
        extents = []
        for axis, word in enumerate(words):
            symbol = first.setdefault(word.rstrip("!"), Symbol(name, axis))
            extents.append(
                Extent(None, int(word))
                if word.isdigit()
                else Extent(symbol, solid=word.endswith("!"))
            )
        table[name] = (
            Unknown() if words == ["?"] else Number(dtype, tuple(extents), array=bool(extents))
        )
    return Shapes(lambda name: table.get(name, Unknown()), parameters=tuple(table))
