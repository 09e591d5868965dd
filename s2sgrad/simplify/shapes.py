"""What nested expressions hold: kinds of names, through arithmetic, calls and indexing.

Receives a way to ask for the kind of a name, and one for the object that a callee of the user's
means. Promises kinds that hold at run time, as `infer` does for statements, and says so where
nothing is known: such an expression has a shape that only an equal expression shares. So a name has
to hold the same value in all expressions that are compared. Answers are kept, by node.
"""

from __future__ import annotations

import builtins
import math
import operator
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Any, ClassVar

import gast
import numpy as np

from s2sgrad.extents import Extent, Shape
from s2sgrad.infer.results import constant_kind, elementwise_kind
from s2sgrad.infer.trips import unsettled
from s2sgrad.kinds import BOOL, INT, Kind, Known, Number, Unknown, join, of_numbers
from s2sgrad.kinds import Sequence as SequenceKind
from s2sgrad.simplify.call_kinds import FLOATING, call_kind, known_result, run_kind
from s2sgrad.simplify.equality import key
from s2sgrad.simplify.expressions import CLOSED, generated, number_of
from s2sgrad.simplify.extents import Axes, met, parts, same_extent, same_shape, sliced
from s2sgrad.trees import children

__all__ = ["Axes", "Shapes", "met", "same_extent", "same_shape"]

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
_UNTOLD = ("shape", "expression")
"""The key of the shape that `elementwise_kind` gives where it can't tell one."""


class Shapes:
    """Kinds of expressions.

    kind_of: the kind of a name. function_of: the object that a reference of the user's means, or
    None. real: which names carry derivatives, and are real therefore, whatever their kind says.
    parameters: names that can be read everywhere, in which shapes are best written. narrow: the dtypes of arrays that
    take the precision of numbers of Python's, where that matters (see `widths`).
    """

    def __init__(
        self,
        kind_of: Callable[[str], Kind],
        function_of: Callable[[gast.AST], object | None] = lambda _: None,
        *,
        real: Callable[[str], bool] = lambda _: False,
        parameters: Sequence[str] = (),
        narrow: AbstractSet[str | None] = frozenset(),
    ) -> None:
        self.narrow = narrow
        self.parameters = tuple(parameters)
        self._kind_of = kind_of
        self._function_of = function_of
        self._real = real
        self._kinds: dict[int, tuple[gast.AST, Kind]] = {}
        self.spreads: dict[int, tuple[gast.AST, bool]] = {}
        self._numbers: dict[int, tuple[gast.AST, Number]] = {}

    # ---- questions ----

    def kind(self, expr: gast.AST) -> Kind:
        """What an expression holds.

        >>> from s2sgrad.simplify.expressions import expression
        >>> from s2sgrad.simplify.given import given
        >>> shapes = given(A="n m", v="m")
        >>> shapes.same(expression("(A * v + 1).sum(axis=0)"), expression("v"))
        True
        """
        kinds = self._kinds
        found = kinds.get(id(expr))
        if found is not None:
            return found[1]
        stack = [expr]
        while stack:
            node = stack.pop()
            if id(node) in kinds:
                continue
            if node.__class__ not in CLOSED:
                waiting = [child for child in children(node) if id(child) not in kinds]
                if waiting:
                    stack.append(node)
                    stack += waiting
                    continue
            kinds[id(node)] = (node, self._inferred(node))
        return kinds[id(expr)][1]

    def number(self, expr: gast.AST) -> Number:
        """The kind as that of a number; an unknown shape is equal only to its own."""
        found = self._numbers.get(id(expr))
        if found is None:
            found = self._numbers[id(expr)] = expr, self._as_number(expr, self.kind(expr))
        return found[1]

    def scalar(self, expr: gast.AST) -> bool:
        """Whether an expression certainly has no axes."""
        return self.number(expr).scalar

    def plain(self, expr: gast.AST) -> bool:
        """Whether an expression certainly is a number of Python's or NumPy's, and no array."""
        kind = self.number(expr)
        return kind.scalar and kind.array is False

    def numbers(self, expr: gast.AST) -> bool:
        """Whether an expression certainly is a list or a tuple of numbers, and of no arrays."""
        return of_numbers(self.kind(expr))

    def real(self, expr: gast.AST) -> bool:
        """Whether an expression certainly is floating-point, and no integer or truth value."""
        return self.number(expr).dtype in FLOATING

    def array(self, expr: gast.AST) -> bool:
        """Whether an expression certainly is an ndarray with axes: methods are its cheaper form.

        What has no axes may become a number of Python's in another spelling, without methods.
        """
        kind = self.number(expr)
        return kind.array is True and kind.shape != ()

    def axes(self, expr: gast.AST) -> Axes | None:
        """The extents of an expression, None where not even their number is known."""
        shape = self.number(expr).shape
        return shape if isinstance(shape, tuple) else None

    def same(self, a: gast.AST, b: gast.AST) -> bool:
        """Whether two expressions provably have the same shape."""
        return same_shape(self.number(a).shape, self.number(b).shape)

    def fills(self, part: gast.AST, whole: Axes | Shape) -> bool:
        """Whether part, combined elementwise with something of shape whole, provably gives whole.

        They broadcast, as they are combined: an axis of whole that isn't 1 then is the result's.
        """
        shape = self.number(part).shape
        if shape == () or same_shape(shape, whole):
            return True
        if not isinstance(shape, tuple) or not isinstance(whole, tuple) or len(shape) > len(whole):
            return False
        pairs = zip(reversed(shape), reversed(whole))
        return all(
            same_extent(m, n) or m.number == 1 or n.solid or n.number not in {None, 1}
            for m, n in pairs
        )

    def called(self, expr: gast.AST) -> object | None:
        """The object that a callee means: a function, a helper as its text, or None."""
        own = generated(expr)
        if own is None:
            found = self._function_of(expr)
            return None if type(found).__hash__ is None else found
        root, *attributes = own.split(".")
        found = {"$np": np, "$math": math, "$operator": operator}.get(root)
        if found is None:
            return getattr(builtins, own[1:], own)
        for attr in attributes:
            found = getattr(found, attr, None)
        return found

    def is_len(self, func: gast.AST) -> bool:
        """Whether a callee is the builtin; a name `len` that nothing says anything about is."""
        if self.called(func) is len:
            return True
        if not isinstance(func, gast.Name) or func.id != "len":
            return False
        return self._function_of(func) is None and isinstance(self._kind_of("len"), Unknown)

    def shape_named(self, expr: gast.AST) -> Axes | Shape | None:
        """The shape that `x.shape` or `(len(x), 3)` spells, None where that isn't known."""
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
                    else:
                        extent = self.length(item)
                        part = None if extent is None else (extent,)
                    if not isinstance(part, tuple):
                        return None
                    extents.extend(part)
                return tuple(extents)
        one = self.length(expr)
        return None if one is None else (one,)

    def length(self, expr: gast.AST) -> Extent | None:
        """The number that an expression is, where that is the length of an axis or a literal."""
        value = number_of(expr)
        if isinstance(value, int):
            return Extent(None, value) if value >= 0 else None
        match expr:
            case gast.Call(func=func, args=[of], keywords=[]) if self.is_len(func):
                axes = self.axes(of)
                return axes[0] if axes else None
            case gast.Subscript(value=gast.Attribute(value=of, attr="shape"), slice=at):
                axes, position = self.axes(of), number_of(at)
                if axes is None or not isinstance(position, int):
                    return None
                return axes[position] if -len(axes) <= position < len(axes) else None
            case gast.Attribute(value=of, attr="size"):
                axes = self.axes(of)
                return axes[0] if axes is not None and len(axes) == 1 else None
            case gast.Name(id=id):
                kind = self._kind_of(id)
                return kind.value if isinstance(kind, Number) else None
        return None

    # ---- inference ----

    def elementwise(self, function: Callable[..., Any], args: Sequence[gast.AST]) -> Number:
        """The kind of a function of each element of its arguments, which broadcast."""
        return self._combined(function, [self.number(arg) for arg in args])

    def _as_number(self, expr: gast.AST, kind: Kind) -> Number:
        if isinstance(kind, Known):
            kind = constant_kind(kind.value)
        if not isinstance(kind, Number):
            kind = Number(None, Shape(("expression", key(expr))), None)
        if kind.dtype is None and isinstance(expr, gast.Name) and self._real(expr.id):
            kind = Number("float", kind.shape, kind.array, kind.value)
        return kind

    def _inferred(self, node: gast.AST) -> Kind:
        """The kind of a node; what is inside it is known."""
        infer = self._INFER.get(node.__class__)
        if infer is not None:
            return infer(self, node)
        match node:
            case gast.Compare(left=left, ops=[op], comparators=[right]):
                if isinstance(op, gast.Is | gast.IsNot | gast.In | gast.NotIn):
                    return BOOL
                return self.elementwise(np.less, [left, right])
            case gast.IfExp(body=body, orelse=orelse):
                return join(self.kind(body), self.kind(orelse), ("expression", key(node)))
            case gast.Subscript(value=base, slice=index):
                return self._item(node, self.kind(base), index)
        return Unknown()

    def _constant(self, node: gast.AST) -> Kind:
        return Known(...) if node.value is Ellipsis else constant_kind(node.value)

    def _called(self, node: gast.AST) -> Kind:
        return call_kind(node, self)

    def _name(self, node: gast.AST) -> Kind:
        name: str = node.id
        if name.startswith("$"):
            return Known(self.called(node))
        kind = self._kind_of(name)
        if isinstance(kind, Unknown):
            known = self._function_of(node)
            if known is None:
                return self._as_number(node, kind)
            return constant_kind(known, name)
        return self._as_number(node, kind) if isinstance(kind, Number) else kind

    def _signed(self, node: gast.AST) -> Kind:
        match node:
            case gast.UnaryOp(op=gast.Not()):
                return BOOL
            case gast.UnaryOp(
                op=gast.USub(), operand=gast.Constant(value=int() | float() | complex() as value)
            ):
                return constant_kind(-value)
            case gast.UnaryOp(op=gast.Invert(), operand=operand):
                return self.elementwise(np.invert, [operand])
        return self.elementwise(np.negative, [node.operand])

    def _operation(self, node: gast.AST) -> Kind:
        left, right = self.number(node.left), self.number(node.right)
        if isinstance(node.op, gast.MatMult):
            return run_kind(np.matmul, node, [left, right], {})
        function = _OPERATORS.get(type(node.op))
        if function is None or any(
            isinstance(self.kind(side), SequenceKind) for side in (node.left, node.right)
        ):
            return Unknown()
        return self._combined(function, [left, right])

    def _combined(self, function: Callable[..., Any], operands: list[Number]) -> Number:
        kind = elementwise_kind(function, operands, "expression")
        shape = kind.shape
        if isinstance(shape, Shape) and shape.key == _UNTOLD:
            distinct = {part for operand in operands for part in parts(operand.shape)}
            shape = Shape(("broadcast", frozenset(distinct)), shape.axes)
        dtype = kind.dtype
        if dtype is None and (
            (function in _ARITHMETIC and any(operand.dtype in FLOATING for operand in operands))
            or known_result(function, len(operands)) is float
        ):
            dtype = "float"
        array = kind.array
        if (
            array is None
            and isinstance(function, np.ufunc)
            and all(o.shape == () for o in operands)
        ):
            array = False
        same = shape is kind.shape and dtype == kind.dtype and array is kind.array
        return kind if same else Number(dtype, shape, array)

    def _attribute(self, node: gast.AST) -> Kind:
        if generated(node):
            found = self.called(node)
            return Unknown() if found is None else constant_kind(found)
        base = self.kind(node.value)
        if isinstance(base, Known | Unknown):
            found = self._function_of(node)
            if found is not None:
                return constant_kind(found)
        if isinstance(base, Number):
            if node.attr == "T":
                reverse = base.shape[::-1] if isinstance(base.shape, tuple) else None
                shape = Shape(("expression", key(node))) if reverse is None else reverse
                return replace(base, shape=shape, value=None)
            if node.attr in {"size", "ndim"}:
                return INT
        return Unknown()

    def _item(self, node: gast.AST, base: Kind, index: gast.AST) -> Kind:
        if isinstance(base, SequenceKind):
            at = number_of(index)
            if isinstance(index, gast.Slice):
                return Unknown()
            found = base.item
            if base.items is not None and isinstance(at, int):
                if not -len(base.items) <= at < len(base.items):
                    return Unknown()
                found = base.items[at]
            return unsettled(found, ("expression", key(node)))
        items = list(index.elts) if isinstance(index, gast.Tuple) else [index]
        if isinstance(base, Number) and isinstance(base.shape, tuple):
            shape = self._indexed(base.shape, items)
            if shape is not None:
                dots = any(isinstance(i, gast.Constant) and i.value is Ellipsis for i in items)
                return Number(base.dtype, shape, array=bool(shape) or dots)
        dtype = base.dtype if isinstance(base, Number) else None
        return Number(dtype, Shape(("expression", key(node))), None)

    def _indexed(self, shape: Axes, items: list[gast.AST]) -> Axes | None:
        """The extents after indexing with numbers, slices, None, `...`; None for arrays."""
        out: list[Extent] = []
        used = sum(
            not (isinstance(item, gast.Constant) and item.value in {None, ...}) for item in items
        )
        rest = list(shape)
        for item in items:
            if isinstance(item, gast.Constant) and item.value is None:
                out.append(Extent(None, 1))
            elif isinstance(item, gast.Constant) and item.value is Ellipsis:
                kept = len(shape) - used
                out.extend(rest[:kept])
                rest = rest[kept:]
            elif not rest:
                return None
            elif isinstance(item, gast.Slice):
                out.append(sliced(rest.pop(0), item))
            else:
                kind = self.number(item)
                if kind.dtype != "int" or kind.shape != () or kind.array is True:
                    return None
                rest.pop(0)
        return (*out, *rest)

    _INFER: ClassVar[dict[type[gast.AST], Callable[[Shapes, gast.AST], Kind]]] = {
        gast.Name: _name,
        gast.Constant: _constant,
        gast.BinOp: _operation,
        gast.UnaryOp: _signed,
        gast.Attribute: _attribute,
        gast.Call: _called,
    }
    """How the kind of the commonest nodes is found, without trying one pattern after the other."""
