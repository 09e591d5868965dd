"""Spellings of copies, of constant arrays, and of derivatives in the items of lists."""

from __future__ import annotations

from collections.abc import Callable

import gast

from s2sgrad.extents import has_axes
from s2sgrad.kinds import Kind, Number
from s2sgrad.kinds import Sequence as SequenceKind
from s2sgrad.simplify.equality import key
from s2sgrad.simplify.expressions import (
    NONE,
    add,
    call,
    generated,
    index_with,
    method,
    number,
    number_of,
    real_dtype,
    repeated,
    subscript,
    tuple_of,
)
from s2sgrad.simplify.shapes import Shapes
from s2sgrad.simplify.sizes import length_of, shape_of

__all__ = ["PARTS", "part"]


def copy(node: gast.AST, shapes: Shapes) -> gast.AST | None:
    """The method of an array; a number needs no copy, nor does what an operator makes of vectors.

    What it makes of matrices may be laid out otherwise than a copy.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> shapes = given(v="n", s="", x="?", A="n n")
    >>> for example in ("(v)", "(v[0])", "(s)", "(x)", "(v, 'F')", "(v * s)", "(A * s)"):
    ...     print(text(copy(expression("$np.copy" + example), shapes) or expression("unchanged")))
    v.copy()
    v[0]
    s
    unchanged
    unchanged
    v * s
    (A * s).copy()
    """
    if len(node.args) != 1 or node.keywords:
        return None
    (x,) = node.args
    if shapes.plain(x) or _is_made_vector(x, shapes):
        return x
    return method(x, "copy") if shapes.array(x) else None


def _is_made_vector(x: gast.AST, shapes: Shapes) -> bool:
    """Whether something is what an operator makes of vectors."""
    axes = shapes.axes(x) if isinstance(x, gast.BinOp | gast.UnaryOp) else None
    return axes is not None and len(axes) == 1 and shapes.array(x)


def array(node: gast.AST, shapes: Shapes) -> gast.AST | None:
    """A copy of an array; see `copy`.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> for example in ("v", "2 * v"):
    ...     print(text(array(expression(f"$np.array({example})"), given(v="n"))))
    v.copy()
    2 * v
    """
    if len(node.args) != 1 or node.keywords or not shapes.array(node.args[0]):
        return None
    (x,) = node.args
    return x if _is_made_vector(x, shapes) else method(x, "copy")


def asarray(node: gast.AST, shapes: Shapes) -> gast.AST | None:
    """An array itself, where it has the dtype.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> shapes = given(v="n", w="n", f="float32 n")
    >>> for example in ("(v)", "(v, w.dtype)", "(v, f.dtype)"):
    ...     found = asarray(expression("$np.asarray" + example), shapes)
    ...     print(text(found or expression("unchanged")))
    v
    v
    unchanged
    """
    if not 1 <= len(node.args) <= 2 or node.keywords or not shapes.array(node.args[0]):
        return None
    x = node.args[0]
    if len(node.args) == 1:
        return x if has_axes(shapes.number(x).shape) else None
    match node.args[1]:
        case gast.Attribute(value=like, attr="dtype"):
            own, wanted = shapes.number(x).dtype, shapes.number(like).dtype
            return x if own == wanted and own in {"float64", "float32"} else None
    return None


def ones_like(node: gast.AST, shapes: Shapes) -> gast.AST | None:
    """Ones: a float, or an array by its shape.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> shapes = given(v="n", s="", A="n m")
    >>> for example in ("(s)", "(v)", "(A)", "(A, dtype=$int)"):
    ...     print(text(ones_like(expression("$np.ones_like" + example), shapes) or NONE))
    1.0
    $np.ones($len(v))
    $np.ones(A.shape)
    None
    """
    if len(node.args) != 1 or node.keywords:
        return None
    (x,) = node.args
    if shapes.plain(x) and shapes.real(x):
        return number(1.0)
    if not shapes.array(x) or shapes.number(x).dtype != "float64":
        return None
    shape = shape_of(x, shapes, bare=True)
    return None if shape is None else call("$np.ones", shape)


def full_like(node: gast.AST, shapes: Shapes) -> gast.AST | None:
    """A number in the shape of something: the number itself where that is one.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> shapes = given(v="n", s="", A="n m", k="int n")
    >>> for example in ("(s, s)", "(A, s)", "(A, s, $np.result_type(A, 1.0))"):
    ...     print(text(full_like(expression("$np.full_like" + example), shapes)))
    s
    $np.full(A.shape, s)
    $np.full(A.shape, s)

    Others may be of another dtype.

    >>> for example in ("(A, s, k.dtype)", "(A, s, dtype=$int)", "(k, s)"):
    ...     print(full_like(expression("$np.full_like" + example), shapes))
    None
    None
    None
    """
    if not 2 <= len(node.args) <= 3 or node.keywords:
        return None
    like, value, *dtype = node.args
    if any(key(wanted) != key(real_dtype(like, None)) for wanted in dtype):
        return None
    if not shapes.plain(value) or shapes.number(value).dtype != "float64":
        return None
    if shapes.number(like).dtype != "float64":
        return None
    if shapes.plain(like):
        return value
    shape = shape_of(like, shapes, bare=True) if shapes.array(like) else None
    return None if shape is None else call("$np.full", shape, value)


def zeros_like(node: gast.AST, shapes: Shapes) -> gast.AST | None:
    """Zeros by the shape of an array.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> text(zeros_like(expression("$np.zeros_like(A)"), given(A="n m")))
    '$zeros_like(A)'
    """
    fits = len(node.args) == 1 and not node.keywords and shapes.array(node.args[0])
    known = fits and shapes.number(node.args[0]).dtype == "float64"
    return call("$zeros_like", node.args[0]) if known else None


def split_like(node: gast.AST, shapes: Shapes) -> gast.AST | None:
    """What belongs to a number or an array isn't split; an array for several numbers is split as it is.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> shapes = given(v="n", d="n", s="", f="float32 n")
    >>> for example in ("(d, v)", "(d, s)", "(d, f)", "(d, like=v)"):
    ...     print(text(split_like(expression("$split_like" + example), shapes) or NONE))
    $np.asarray(d, v.dtype)
    d
    $np.asarray(d, f.dtype)
    None
    """
    if len(node.args) != 2 or node.keywords:
        return None
    d, like = node.args
    kind = shapes.kind(like)
    if isinstance(kind, SequenceKind) and kind.items is not None and shapes.array(d):
        return d if all(_is_one(item) for item in kind.items) else None
    if not isinstance(kind, Number):
        return None
    if shapes.array(like):
        return call("$np.asarray", d, real_dtype(like, kind.dtype))
    return d if shapes.number(like).array is False else None


def _is_one(kind: Kind) -> bool:
    return isinstance(kind, Number) and kind.scalar and kind.array is False


def spread(node: gast.AST, shapes: Shapes) -> gast.AST | None:
    """The derivative of the sum of an array, which isn't a list, or of a list of numbers.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> for example in ("(d, v)", "(d, values=v)"):
    ...     print(text(spread(expression("$spread" + example), given(d="", v="n")) or NONE))
    $np.broadcast_to(d, v.shape)
    None
    """
    if len(node.args) != 2 or node.keywords:
        return None
    if shapes.numbers(node.args[1]) and shapes.plain(node.args[0]):
        return repeated(node.args[0], node.args[1])
    if not shapes.array(node.args[1]):
        return None
    shape = shape_of(node.args[1], shapes)
    return None if shape is None else call("$np.broadcast_to", node.args[0], shape)


def added(node: gast.AST, _: Shapes) -> gast.AST | None:
    """What is added to a list of zeros of its length is that.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> text(added(expression("$added([0.0] * $len(xs), [d] * $len(xs))"), given(d="", xs="?")))
    '[d] * $len(xs)'
    """
    match node.args:
        case [
            gast.BinOp(left=gast.List(elts=[zero]), op=gast.Mult(), right=count),
            gast.BinOp(left=gast.List(elts=[_]), op=gast.Mult(), right=again) as value,
        ] if number_of(zero) == 0 and key(count) == key(again):
            return value
    return None


def last_written(node: gast.AST, shapes: Shapes) -> gast.AST | None:
    """`d[i]` where i names no entry twice: numbers and slices.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> shapes = given(d="n m", i="int", k="int n")
    >>> for example in ("(d, i)", "(d, (0, i))", "(d, (None, ..., i))", "(d, k)", "(d, index=i)"):
    ...     found = last_written(expression("$last_written" + example), shapes)
    ...     print(text(found or expression("unchanged")))
    d[i]
    d[0, i]
    d[None, ..., i]
    unchanged
    unchanged
    >>> part_of_d = expression("d[1:, i]")
    >>> text(last_written(call("$last_written", part_of_d.value, part_of_d.slice), shapes))
    'd[1:, i]'
    """
    if len(node.args) != 2 or node.keywords:
        return None
    d, index = node.args
    items = index.elts if isinstance(index, gast.Tuple) else [index]
    return subscript(d, index) if all(_places_once(item, shapes) for item in items) else None


def _places_once(item: gast.AST, shapes: Shapes) -> bool:
    if isinstance(item, gast.Slice):
        return True
    if isinstance(item, gast.Constant) and item.value in {None, ...}:
        return True
    kind = shapes.number(item)
    return kind.dtype == "int" and kind.scalar and kind.array is False


# ---- one of several derivatives ----


def part(node: gast.AST, shapes: Shapes) -> gast.AST | None:
    """One item of the derivatives of a list; and `[()]`, which is for arrays without axes.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> from s2sgrad.simplify.given import given
    >>> shapes = given(d="n", a="k", b="m", s="", x="?")
    >>> for example in (
    ...     "$split_like(d, [s, s])[1]", "$spread(s, [s, x])[1]", "$unconcatenate(d, [a, b])[1]",
    ...     "d[()]", "$np.array(s)[()]", "x[()]",
    ... ):
    ...     print(text(part(expression(example), shapes) or expression("unchanged")))
    $split_like(d[1], s)
    $unbroadcast(s, x)
    d[$len(a):]
    d
    s
    unchanged
    >>> for example in (
    ...     "$unconcatenate(d, [a, b, a])[0]", "$unconcatenate(d, [a, b, a])[1]",
    ...     "$unconcatenate(d, [a, x])[1]", "$unconcatenate(d, [a, b])[2]",
    ...     "$unconcatenate(d, [a, b], 1)[0]", "$split_like(d, [*x, s])[1]", "$split_like(d, x)[1]",
    ... ):
    ...     print(text(part(expression(example), shapes) or expression("unchanged")))
    d[:$len(a)]
    d[$len(a):$len(a) + $len(b)]
    unchanged
    unchanged
    unchanged
    unchanged
    unchanged
    """
    base, index = node.value, node.slice
    if isinstance(index, gast.Tuple) and not index.elts:
        return _whole(base, shapes)
    position = number_of(index)
    if not isinstance(position, int) or not isinstance(base, gast.Call) or base.keywords:
        return None
    match generated(base.func), base.args:
        case "$split_like", [d, like]:
            item = _item(like, position, shapes)
            return None if item is None else call("$split_like", subscript(d, index), item)
        case "$spread", [d, values]:
            item = _item(values, position, shapes)
            return None if item is None else call("$unbroadcast", d, item)
        case "$unconcatenate", [d, gast.List() | gast.Tuple() as arrays, *axis]:
            at = number_of(axis[0]) if axis else 0
            return _cut(d, arrays.elts, at, position, shapes) if isinstance(at, int) else None
    return None


def _whole(base: gast.AST, shapes: Shapes) -> gast.AST | None:
    """What `base[()]` is.

    What a number gets of what may have no axes (`np.asarray(d)[()]`) stays a number: one may add to it in place.
    """
    match base:
        case gast.Call(func=func, args=[x], keywords=[]) if generated(func) == "$np.array":
            if shapes.plain(x):
                return x
    kind = shapes.number(base)
    converted = isinstance(base, gast.Call) and generated(base.func) in _OF_NUMBERS
    axes = has_axes(kind.shape) if converted else kind.shape != ()
    return base if kind.array is False or (kind.array and axes) else None


_OF_NUMBERS = ("$np.asarray", "$np.where")
"""What is written to make an array of what may be a number, from which `[()]` takes the number again."""


def _item(sequence: gast.AST, position: int, shapes: Shapes) -> gast.AST | None:
    """An item of a list, or of a name that holds one."""
    if isinstance(sequence, gast.List | gast.Tuple):
        if any(isinstance(item, gast.Starred) for item in sequence.elts):
            return None
        inside = -len(sequence.elts) <= position < len(sequence.elts)
        return sequence.elts[position] if inside else None
    if isinstance(shapes.kind(sequence), SequenceKind):
        return subscript(sequence, number(position))
    return None


def _cut(
    d: gast.AST, arrays: list[gast.AST], axis: int, position: int, shapes: Shapes
) -> gast.AST | None:
    """The part of d that belongs to one of the arrays which were joined along an axis."""
    axes = [shapes.axes(item) for item in arrays]
    ndim = len(axes[0] or ())
    if not all(part is not None and len(part) == ndim for part in axes) or not shapes.array(d):
        return None
    if not -ndim <= axis < ndim or not 0 <= position < len(arrays):
        return None
    start: gast.AST | None = None
    for item in arrays[:position]:
        length = length_of(item, axis, shapes)
        if length is None:
            return None
        start = length if start is None else add(start, length)
    stop: gast.AST | None = None
    if position < len(arrays) - 1:
        stop = length_of(arrays[position], axis, shapes)
        if stop is None:
            return None
        stop = stop if start is None else add(start, stop)
    cut = gast.Slice(lower=start, upper=stop, step=None)
    return index_with(d, [*[None] * (axis % ndim), cut])


def slices(index: gast.AST) -> gast.AST:
    """An index as an argument of a call: slices are written as calls.

    >>> from s2sgrad.simplify.expressions import expression, text
    >>> text(slices(expression("x[1:, 0]").slice))
    '($slice(1, None), 0)'
    """
    if isinstance(index, gast.Tuple):
        return tuple_of([slices(item) for item in index.elts])
    if not isinstance(index, gast.Slice):
        return index
    bounds = [NONE if bound is None else bound for bound in (index.lower, index.upper)]
    return call("$slice", *bounds, *([] if index.step is None else [index.step]))


PARTS: dict[str, Callable[[gast.AST, Shapes], gast.AST | None]] = {
    "$last_written": last_written,
    "$np.array": array,
    "$np.asarray": asarray,
    "$np.copy": copy,
    "$np.full_like": full_like,
    "$np.ones_like": ones_like,
    "$np.zeros_like": zeros_like,
    "$split_like": split_like,
    "$added": added,
    "$spread": spread,
}
