"""Calls that write into arrays as the stores that they stand for.

`np.multiply(a, b, out=c)` stands for `c[...] = np.multiply(a, b)`, whose value is c. NumPy computes
as if an operand that overlaps `out` were copied first, and casts to the dtype of `out`, as a store
does. What depends on shapes (`where=`, `np.put`) is a store only where enough is known of them;
`standing` says so where it isn't.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any

import gast
import numpy as np

from s2sgrad import registry
from s2sgrad.emit import expression
from s2sgrad.extents import Extent
from s2sgrad.infer.composed import FORMULAS, compressed
from s2sgrad.infer.other_names import NAMES, as_type, in_one_row, item_of, of_ufunc, reshaped
from s2sgrad.infer.resolution import Resolution, Stands, Unresolved
from s2sgrad.infer.wording import (
    Keywords,
    KindOf,
    array_of,
    at_most_a_row,
    axes,
    call,
    not_one,
    numpys,
    of_integers,
    part,
    unknown_shapes,
)
from s2sgrad.kinds import Kind, Number, Other, Sequence, Unknown
from s2sgrad.out_place import out_place
from s2sgrad.trees import loaded, name

__all__ = ["method_standing", "standing"]

_ALL = gast.Constant(value=Ellipsis, kind=None)
_NONE = gast.Constant(value=None, kind=None)


def standing(
    function: Any, callee: gast.AST, args: list[gast.AST], keywords: Keywords, kind_of: KindOf
) -> Resolution | None:
    """What a call of one of NumPy's functions stands for; None where it stands for itself."""
    owner = getattr(function, "__self__", None)
    if isinstance(owner, np.ufunc):
        return of_ufunc(owner, function.__name__, args, keywords, kind_of)
    spellings = (*_FUNCTIONS, *NAMES, *FORMULAS)
    spell = next((spell for other, spell in spellings if other is function), None)
    if spell is not None and (found := _spelled(spell, kind_of, args, keywords)) is not None:
        return found
    position = _out_position(function)
    if position is None:
        return None
    operands = None
    if isinstance(function, np.ufunc) and function.signature is None:
        operands = function.nin
    return _with_out(callee, position, operands, args, keywords, kind_of)


def method_standing(
    func: gast.Attribute, args: list[gast.AST], keywords: Keywords, kind_of: KindOf
) -> Resolution | None:
    """The same for a method of what is, or may be, an array."""
    spell = _METHODS.get(func.attr)
    if spell is not None:
        return _spelled(spell, kind_of, [func.value, *args], keywords)
    position = _out_position(registry.method(np.ndarray, func.attr))
    if position is None:
        return None
    return _with_out(func, position - 1, None, args, keywords, kind_of)


def _spelled(
    spell: Callable[..., Resolution | None],
    kind_of: KindOf,
    args: list[gast.AST],
    keywords: Keywords,
) -> Resolution | None:
    try:
        bound = inspect.signature(spell).bind(kind_of, *args, **keywords)
    except TypeError:
        return None
    return spell(*bound.args, **bound.kwargs)


# ---- out= -----------------------------------------------------------------------------------------

_IN_PARTS: tuple[object, ...] = (np.concatenate, np.stack, np.hstack, np.vstack)
"""Functions that write `out` part by part, so that it matters where it overlaps an operand."""


def _out_position(function: Any) -> int | None:
    """Where `out` stands among the arguments of a function of NumPy's that has a rule."""
    if isinstance(function, np.ufunc):
        return function.nin if function.nout == 1 else None
    owner = getattr(function, "__objclass__", None)
    module = getattr(owner if function is not None and owner else function, "__module__", None)
    numpys = isinstance(module, str) and module.split(".")[0] == "numpy"
    if not numpys or function in _IN_PARTS or not registry.lookup(function):
        return None
    return out_place(function)


def _with_out(
    callee: gast.AST,
    position: int,
    operands: int | None,
    args: list[gast.AST],
    keywords: Keywords,
    kind_of: KindOf,
) -> Resolution | None:
    """A call with `out=` as a store; operands: how many operands an elementwise function has."""
    others = {key: value for key, value in keywords.items() if key != "out"}
    out = keywords.get("out")
    if out is None and len(args) > position:
        out, args = args[position], [*args[:position], *args[position + 1 :]]
    if out is None:
        return None
    kind = kind_of(out)
    if isinstance(kind, Other):
        return Stands((call(callee, args, others),)) if kind.name == "NoneType" else None
    if isinstance(kind, Sequence):
        return Unresolved(
            f"{expression(callee)} is given a {kind.type} as out", "Pass the array: out=result."
        )
    where = others.get("where")
    if where is None or operands is None:
        return Stands((call(callee, args, others),), (out, _ALL, part(0)), out)
    del others["where"]
    if isinstance(where, gast.Constant) and where.value is True:
        return Stands((call(callee, args, others),), (out, _ALL, part(0)), out)
    masked = _masked(kind_of, where, out, args[:operands])
    if masked is None:
        text = expression(callee)
        return Unresolved(
            f"{text} with where= is differentiated only where its operands, out and where are "
            "known to be arrays of one shape, or numbers",
            f"Write `out[mask] = {text}(x[mask])`, or give like=.",
        )
    values, atoms = masked
    made = call(callee, [*atoms, *args[operands:]], others)
    return Stands((*values, made), (out, where, part(len(values))), out)


def _masked(
    kind_of: KindOf, mask: gast.AST, written: gast.AST, atoms: list[gast.AST]
) -> tuple[tuple[gast.AST, ...], list[gast.AST]] | None:
    """What operands are where a mask of their shape is true; None if the shapes aren't known."""
    kind = kind_of(mask)
    if not (isinstance(kind, Number) and kind.dtype == "bool" and kind.array is True):
        return None
    values: list[gast.AST] = []
    chosen: list[gast.AST] = []
    for position, atom in enumerate((written, *atoms)):
        own, operand = kind_of(atom), position > 0
        if not isinstance(own, Number):
            return None
        if own.array is True and _same_shape(own, kind):
            if operand:
                values.append(gast.Subscript(value=atom, slice=mask, ctx=gast.Load()))
                chosen.append(part(len(values) - 1))
        elif operand and own.scalar and own.array is False:
            chosen.append(atom)
        else:
            return None
    return tuple(values), chosen


def _same_shape(one: Number, other: Number) -> bool:
    """Whether two arrays that NumPy combines have one shape: axes that aren't 1 are equal then."""
    if one.shape == other.shape:
        return True
    if not isinstance(one.shape, tuple) or not isinstance(other.shape, tuple):
        return False
    pairs = zip(one.shape, other.shape, strict=False)
    return len(one.shape) == len(other.shape) and all(
        m == n or (not_one(m) and not_one(n)) for m, n in pairs
    )


# ---- functions and methods that write --------------------------------------------------------------


def _fill(_: KindOf, a: gast.AST, value: gast.AST) -> Resolution:
    return Stands((), (a, _ALL, value), _NONE)


def _sort(kind_of: KindOf, a: gast.AST, axis: gast.AST | None = None) -> Resolution:
    if isinstance(kind_of(a), Unknown):
        text = expression(a)
        return Unresolved(
            f"it isn't known whether {text} is a list or an array",
            f"Write `{text} = np.sort({text})`, or give like=.",
            changes=loaded(a),
        )
    values = call(numpys("sort"), [a], {} if axis is None else {"axis": axis})
    return Stands((values,), (a, _ALL, part(0)), _NONE)


def _copyto(
    kind_of: KindOf, dst: gast.AST, src: gast.AST, *, where: gast.AST | None = None
) -> Resolution:
    first = () if not isinstance(kind_of(src), Sequence) else (array_of(src),)
    source = part(0) if first else src
    if where is None:
        return Stands(first, (dst, _ALL, source), _NONE)
    masked = None if first else _masked(kind_of, where, dst, [src])
    if masked is None:
        chosen = call(numpys("where"), [where, source, dst], {})
        return Stands((*first, chosen), (dst, _ALL, part(len(first))), _NONE)
    values, (value,) = masked
    return Stands(values, (dst, where, value), _NONE)


def _putmask(kind_of: KindOf, a: gast.AST, mask: gast.AST, values: gast.AST) -> Resolution:
    masked = _masked(kind_of, mask, a, [values])
    if masked is None:
        return unknown_shapes("np.putmask", "a[mask] = values[mask]", a)
    found, (value,) = masked
    return Stands(found, (a, mask, value), _NONE)


def _place(kind_of: KindOf, arr: gast.AST, mask: gast.AST, vals: gast.AST) -> Resolution:
    masked = _masked(kind_of, mask, arr, [vals])
    if masked is None or masked[0]:
        return unknown_shapes("np.place", "a[mask] = values", arr)
    return Stands((), (arr, mask, vals), _NONE)


def _put(kind_of: KindOf, a: gast.AST, ind: gast.AST, v: gast.AST) -> Resolution:
    place, value = kind_of(ind), kind_of(v)
    one_axis = axes(kind_of(a)) == 1 and kind_of(a).array is True  # type: ignore[attr-defined]
    if (
        not one_axis
        or not of_integers(place)
        or not at_most_a_row(place)
        or not at_most_a_row(value)
    ):
        return unknown_shapes("np.put", "a[index] = values", a)
    values: list[gast.AST] = [array_of(v)] if isinstance(value, Sequence) else []
    taken = part(0) if values else v
    if axes(place) == 0 and axes(value) != 0:
        first = gast.Constant(value=0, kind=None)
        values.append(gast.Subscript(value=taken, slice=first, ctx=gast.Load()))
        taken = part(len(values) - 1)
    elif axes(value) != 0 and not _equal(_length(value), _length(place)):
        values.append(call(name("$len"), [ind], {}))
        values.append(call(numpys("arange"), [part(len(values) - 1)], {}))
        taken = _repeated(values, part(len(values) - 1), taken)
    return Stands(tuple(values), (a, ind, taken), _NONE)


def _length(row: Kind) -> Extent | None:
    """How long something with one axis is, where that is known."""
    if isinstance(row, Sequence):
        return None if row.items is None else Extent(None, len(row.items))
    return (
        row.shape[0]
        if isinstance(row, Number) and isinstance(row.shape, tuple) and row.shape
        else None
    )


def _fill_diagonal(kind_of: KindOf, a: gast.AST, val: gast.AST) -> Resolution:
    if axes(kind_of(a)) != 2 or not at_most_a_row(kind_of(val)):
        return unknown_shapes("np.fill_diagonal", "a[k, k] = value", a)
    values = [array_of(val)] if isinstance(kind_of(val), Sequence) else []
    value = part(0) if values else val
    rows, columns = kind_of(a).shape  # type: ignore[attr-defined]
    if rows == columns:
        values.append(call(name("$len"), [a], {}))
    else:
        values.append(call(numpys("shape"), [a], {}))
        values.append(call(name("$min"), [part(len(values) - 1)], {}))
    values.append(call(numpys("arange"), [part(len(values) - 1)], {}))
    place = part(len(values) - 1)
    index = gast.Tuple(elts=[place, place], ctx=gast.Load())
    count = rows if rows == columns else None
    if axes(kind_of(val)) != 0 and not _equal(_length(kind_of(val)), count):
        value = _repeated(values, place, value)
    return Stands(tuple(values), (a, index, value), _NONE)


def _equal(one: Extent | None, other: Extent | None) -> bool:
    return one is not None and other is not None and one.equals(other)


def _repeated(values: list[gast.AST], places: gast.AST, row: gast.AST) -> gast.AST:
    """As many items of a row as there are places, from its start again where it is too short, as NumPy takes them."""
    values.append(call(name("$len"), [row], {}))
    values.append(gast.BinOp(left=places, op=gast.Mod(), right=part(len(values) - 1)))
    values.append(gast.Subscript(value=row, slice=part(len(values) - 1), ctx=gast.Load()))
    return part(len(values) - 1)


_FUNCTIONS: tuple[tuple[object, Callable[..., Resolution | None]], ...] = (
    (np.copyto, _copyto),
    (np.putmask, _putmask),
    (np.place, _place),
    (np.put, _put),
    (np.fill_diagonal, _fill_diagonal),
)
_METHODS: Mapping[str, Callable[..., Resolution | None]] = {
    "compress": compressed,
    "fill": _fill,
    "sort": _sort,
    "put": _put,
    "astype": as_type,
    "flatten": in_one_row,
    "item": item_of,
    "ravel": in_one_row,
    "reshape": reshaped,
}
