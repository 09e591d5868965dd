"""Calls that write into arrays as the stores that they stand for; and other spellings of one thing.

`np.multiply(a, b, out=c)` stands for `c[...] = np.multiply(a, b)`, whose value is c. NumPy computes
as if an operand that overlaps `out` were copied first, and casts to the dtype of `out`, as a store
does. What depends on shapes (`where=`, `np.put`) is a store only where enough is known of them;
`standing` says so where it isn't.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import gast
import numpy as np

from s2sgrad import registry
from s2sgrad.emit import expression
from s2sgrad.infer.resolution import Resolution, Stands, Unresolved
from s2sgrad.kinds import Extent, Kind, Number, Other, Sequence, Unknown
from s2sgrad.trees import name

__all__ = ["method_standing", "part", "standing"]

KindOf = Callable[[gast.AST], Kind]
Keywords = Mapping[str, gast.AST]
_ALL = gast.Constant(value=Ellipsis, kind=None)
_NONE = gast.Constant(value=None, kind=None)


def part(number: int) -> gast.Name:
    """What reads the value with this number of a `Stands`."""
    return name(f"?{number}")


def standing(
    function: Any, callee: gast.AST, args: list[gast.AST], keywords: Keywords, kind_of: KindOf
) -> Resolution | None:
    """What a call of one of NumPy's functions stands for; None where it stands for itself."""
    owner = getattr(function, "__self__", None)
    if isinstance(owner, np.ufunc):
        return _of_ufunc(owner, function.__name__, args, keywords, kind_of)
    spell = next((spell for other, spell in _FUNCTIONS if other is function), None)
    if spell is not None:
        if function is np.linalg.norm and len(args) == 1 and "ord" not in keywords:
            return None
        return _spelled(spell, kind_of, args, keywords)
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
    module = getattr(function, "__module__", None) or getattr(
        getattr(function, "__objclass__", None), "__module__", ""
    )
    if function in _IN_PARTS or not module.startswith("numpy") or not registry.lookup(function):
        return None
    return _parameter_out(function)


@lru_cache(maxsize=256)
def _parameter_out(function: Any) -> int | None:
    try:
        parameters = inspect.signature(function).parameters
    except (TypeError, ValueError):  # some functions of NumPy's only say it in their documentation
        return None
    names = [n for n, p in parameters.items() if p.kind is not p.VAR_POSITIONAL]
    return names.index("out") if "out" in names else None


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
        return Stands((_call(callee, args, others),)) if kind.name == "NoneType" else None
    if isinstance(kind, Sequence):
        return Unresolved(
            f"{expression(callee)} is given a {kind.type} as out", "Pass the array: out=result."
        )
    where = others.get("where")
    if where is None or operands is None:
        return Stands((_call(callee, args, others),), (out, _ALL, part(0)), out)
    del others["where"]
    if isinstance(where, gast.Constant) and where.value is True:
        return Stands((_call(callee, args, others),), (out, _ALL, part(0)), out)
    masked = _masked(kind_of, where, out, args[:operands])
    if masked is None:
        text = expression(callee)
        return Unresolved(
            f"{text} with where= is differentiated only where its operands, out and where are "
            "known to be arrays of one shape, or numbers",
            f"Write `out[mask] = {text}(x[mask])`, or give like=.",
        )
    values, atoms = masked
    call = _call(callee, [*atoms, *args[operands:]], others)
    return Stands((*values, call), (out, where, part(len(values))), out)


def _masked(
    kind_of: KindOf, mask: gast.AST, written: gast.AST, atoms: list[gast.AST]
) -> tuple[tuple[gast.AST, ...], list[gast.AST]] | None:
    """What operands are where a mask of their shape is true; None if the shapes aren't known."""
    kind = kind_of(mask)
    if not (isinstance(kind, Number) and kind.dtype == "bool" and kind.array is True):
        return None
    values: list[gast.AST] = []
    chosen: list[gast.AST] = []
    for atom in (written, *atoms):
        own = kind_of(atom)
        if not isinstance(own, Number):
            return None
        if own.array is True and _same_shape(own, kind):
            if atom is not written:
                values.append(gast.Subscript(value=atom, slice=mask, ctx=gast.Load()))
                chosen.append(part(len(values) - 1))
        elif atom is not written and own.scalar and own.array is False:
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
        m == n or (_not_one(m) and _not_one(n)) for m, n in pairs
    )


def _not_one(extent: Extent) -> bool:
    return extent.solid or (extent.symbol is None and extent.offset != 1)


# ---- functions and methods that write --------------------------------------------------------------


def _fill(_: KindOf, a: gast.AST, value: gast.AST) -> Resolution:
    return Stands((), (a, _ALL, value), _NONE)


def _sort(kind_of: KindOf, a: gast.AST, axis: gast.AST | None = None) -> Resolution:
    if isinstance(kind_of(a), Unknown):
        text = expression(a)
        return Unresolved(
            f"it isn't known whether {text} is a list or an array",
            f"Write `{text} = np.sort({text})`, or give like=.",
            changes=_names(a),
        )
    values = _call(_numpy("sort"), [a], {} if axis is None else {"axis": axis})
    return Stands((values,), (a, _ALL, part(0)), _NONE)


def _copyto(
    kind_of: KindOf, dst: gast.AST, src: gast.AST, *, where: gast.AST | None = None
) -> Resolution:
    first = () if not isinstance(kind_of(src), Sequence) else (_array(src),)
    source = part(0) if first else src
    if where is None:
        return Stands(first, (dst, _ALL, source), _NONE)
    masked = None if first else _masked(kind_of, where, dst, [src])
    if masked is None:
        chosen = _call(_numpy("where"), [where, source, dst], {})
        return Stands((*first, chosen), (dst, _ALL, part(len(first))), _NONE)
    values, (value,) = masked
    return Stands(values, (dst, where, value), _NONE)


def _putmask(kind_of: KindOf, a: gast.AST, mask: gast.AST, values: gast.AST) -> Resolution:
    masked = _masked(kind_of, mask, a, [values])
    if masked is None:
        return _unknown_shapes("np.putmask", "a[mask] = values[mask]", a)
    found, (value,) = masked
    return Stands(found, (a, mask, value), _NONE)


def _place(kind_of: KindOf, arr: gast.AST, mask: gast.AST, vals: gast.AST) -> Resolution:
    masked = _masked(kind_of, mask, arr, [vals])
    if masked is None or masked[0]:
        return _unknown_shapes("np.place", "a[mask] = values", arr)
    return Stands((), (arr, mask, vals), _NONE)


def _put(kind_of: KindOf, a: gast.AST, ind: gast.AST, v: gast.AST) -> Resolution:
    place, value = kind_of(ind), kind_of(v)
    one_axis = _axes(kind_of(a)) == 1 and kind_of(a).array is True  # type: ignore[attr-defined]
    if not one_axis or not _at_most_a_row(place) or not _at_most_a_row(value):
        return _unknown_shapes("np.put", "a[index] = values", a)
    values = (_array(v),) if isinstance(value, Sequence) else ()
    return Stands(values, (a, ind, part(0) if values else v), _NONE)


def _fill_diagonal(kind_of: KindOf, a: gast.AST, val: gast.AST) -> Resolution:
    if _axes(kind_of(a)) != 2 or not _at_most_a_row(kind_of(val)):
        return _unknown_shapes("np.fill_diagonal", "a[k, k] = value", a)
    values = [_array(val)] if isinstance(kind_of(val), Sequence) else []
    value = part(0) if values else val
    rows, columns = kind_of(a).shape  # type: ignore[attr-defined]
    if rows == columns:
        values.append(_call(name("$len"), [a], {}))
    else:
        values.append(_call(_numpy("shape"), [a], {}))
        values.append(_call(name("$min"), [part(len(values) - 1)], {}))
    values.append(_call(_numpy("arange"), [part(len(values) - 1)], {}))
    place = part(len(values) - 1)
    index = gast.Tuple(elts=[place, place], ctx=gast.Load())
    return Stands(tuple(values), (a, index, value), _NONE)


def _unknown_shapes(function: str, written: str, changed: gast.AST) -> Unresolved:
    return Unresolved(
        f"{function} is differentiated only where the shapes of its arguments are known to fit",
        f"Write `{written}`, or give like=.",
        changes=_names(changed),
    )


# ---- other names of things with rules --------------------------------------------------------------


def _array_of(
    kind_of: KindOf,
    object: gast.AST,  # noqa: A002  (as NumPy calls it)
    dtype: gast.AST | None = None,
    *,
    copy: gast.AST | None = None,
) -> Resolution | None:
    """`np.array(x, copy=...)`: a copy, or x itself where it is an array of this dtype."""
    if copy is None:
        return None
    return _copied("np.array", copy, [object] if dtype is None else [object, dtype], kind_of)


def _asarray(
    kind_of: KindOf,
    a: gast.AST,
    dtype: gast.AST | None = None,
    *,
    copy: gast.AST | None = None,
) -> Resolution | None:
    if copy is None:
        return None
    return _copied("np.asarray", copy, [a] if dtype is None else [a, dtype], kind_of)


def _astype(
    kind_of: KindOf, a: gast.AST, dtype: gast.AST, *, copy: gast.AST | None = None
) -> Resolution | None:
    return None if copy is None else _copied("astype", copy, [a, dtype], kind_of)


def _copied(function: str, copy: gast.AST, args: list[gast.AST], _: KindOf) -> Resolution:
    if not isinstance(copy, gast.Constant):
        return Unresolved(
            f"it isn't known whether {function} copies", "Write copy=True, or copy=False."
        )
    made = _numpy("array" if copy.value else "asarray")
    return Stands((_call(made, args, {}),))


def _norm(
    kind_of: KindOf,
    x: gast.AST,
    ord: gast.AST | None = None,  # noqa: A002  (as NumPy calls it)
    axis: gast.AST | None = None,
    keepdims: gast.AST | None = None,
) -> Resolution | None:
    """A norm with its order: the Euclidean one where it is that, a sum for 1."""
    order = ord.value if isinstance(ord, gast.Constant) else ord
    given = {"axis": axis, "keepdims": keepdims}
    others = {key: value for key, value in given.items() if value is not None}
    vectors = _axes(kind_of(x)) == 1 if axis is None else _is_number(kind_of(axis))
    if ord is None or order is None or order == "fro" or (order == 2 and vectors):
        return Stands((_call(_numpy("linalg", "norm"), [x], others),))
    if order == 1 and vectors:
        absolute = _call(_numpy("abs"), [x], {})
        return Stands((absolute, _call(_numpy("sum"), [part(0)], others)))
    return Unresolved(
        f"np.linalg.norm is differentiated for vectors and ord 1 or 2, and without ord, not for "
        f"ord {expression(ord)}" + ("" if vectors else " of what isn't known to be a vector"),
        "Write it with np.sum and np.max, leave ord out, or give like=.",
    )


def _is_number(kind: Kind) -> bool:
    return isinstance(kind, Number) and kind.scalar


def _of_ufunc(
    ufunc: np.ufunc, method: str, args: list[gast.AST], keywords: Keywords, kind_of: KindOf
) -> Resolution | None:
    """`np.add.reduce(a)`, `np.add.accumulate(a)` and `np.subtract.at(a, i, v)`."""
    if method == "at" and ufunc is np.subtract and len(args) == 3 and not keywords:
        array, index, value = args
        values = [_array(value)] if isinstance(kind_of(value), Sequence) else []
        value = part(0) if values else value
        values.append(_call(_numpy("negative"), [value], {}))
        add_at = gast.Attribute(value=_numpy("add"), attr="at", ctx=gast.Load())
        return Stands((*values, _call(add_at, [array, index, part(len(values) - 1)], {})))
    known = next((f for u, m, f in _OF_UFUNCS if u is ufunc and m == method), None)
    if known is None or not args or set(keywords) - {"axis", "out", "keepdims"}:
        return None
    given = dict(zip(("array", "axis"), args, strict=False)) | dict(keywords)
    if len(given) < len(args) + len(keywords) or len(args) > 2:
        return None
    axis = given.get("axis", gast.Constant(value=0, kind=None))
    others = {key: value for key, value in keywords.items() if key not in {"axis", "out"}}
    call = _call(_numpy(known), [given["array"]], {"axis": axis, **others})
    out = keywords.get("out")
    if out is None:
        return Stands((call,))
    return _with_out(call.func, 99, None, call.args, {"axis": axis, **others, "out": out}, kind_of)


_OF_UFUNCS = (
    (np.add, "reduce", "sum"),
    (np.multiply, "reduce", "prod"),
    (np.maximum, "reduce", "max"),
    (np.minimum, "reduce", "min"),
    (np.add, "accumulate", "cumsum"),
    (np.multiply, "accumulate", "cumprod"),
)
_FUNCTIONS: tuple[tuple[object, Callable[..., Resolution | None]], ...] = (
    (np.copyto, _copyto),
    (np.putmask, _putmask),
    (np.place, _place),
    (np.put, _put),
    (np.fill_diagonal, _fill_diagonal),
    (np.array, _array_of),
    (np.asarray, _asarray),
    (np.linalg.norm, _norm),
)
_METHODS: Mapping[str, Callable[..., Resolution | None]] = {
    "fill": _fill,
    "sort": _sort,
    "put": _put,
    "astype": _astype,
}


def _numpy(*path: str) -> gast.AST:
    tree: gast.AST = name("$np")
    for attribute in path:
        tree = gast.Attribute(value=tree, attr=attribute, ctx=gast.Load())
    return tree


def _array(atom: gast.AST) -> gast.AST:
    return _call(_numpy("array"), [atom], {})


def _call(function: gast.AST, args: list[gast.AST], keywords: Keywords) -> gast.Call:
    named = [gast.keyword(arg=key, value=value) for key, value in keywords.items()]
    return gast.Call(func=function, args=list(args), keywords=named)


def _names(atom: gast.AST) -> tuple[str, ...]:
    return (atom.id,) if isinstance(atom, gast.Name) else ()


def _axes(kind: Kind) -> int | None:
    return kind.ndim if isinstance(kind, Number) else None


def _at_most_a_row(kind: Kind) -> bool:
    """Whether something is a number, or has one axis."""
    if isinstance(kind, Sequence):
        return isinstance(kind.item, Number) and kind.item.scalar
    return isinstance(kind, Number) and kind.ndim in {0, 1}
