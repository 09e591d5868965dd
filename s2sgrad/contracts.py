"""What a text that was made for example arguments relies on, and NumPy wouldn't enforce: asserted at its head.

The examples say how many axes an argument has and which of them aren't 1. Where the program combines two axes that
aren't 1 element by element, they are taken to be equal: otherwise NumPy would raise, unless one were 1 after all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import gast

from s2sgrad.extents import Extent, Symbol
from s2sgrad.kinds import Kind, Number
from s2sgrad.simplify.expressions import attribute, call, number, subscript
from s2sgrad.trees import name

__all__ = ["assertions", "equal"]

Contract = tuple[Extent, Extent]
Place = tuple[str, int, int]
"""A parameter, an axis, and what is added to its length."""


def assertions(
    kinds: Mapping[str, Kind], examples: Iterable[str], contracts: Iterable[Contract]
) -> list[gast.AST]:
    """The conditions, one a parameter that was given by example; kinds: before any contract was applied."""
    agreed = _Agreed()
    for left, right in contracts:
        agreed.add(left, right)
    given = {key: kinds[key] for key in examples if key in kinds}
    ndims = {key: kind.ndim for key, kind in given.items() if isinstance(kind, Number)}
    first: dict[Symbol, Place] = {}
    out: list[gast.AST] = []
    for parameter, kind in given.items():
        if not isinstance(kind, Number) or not isinstance(kind.shape, tuple):
            continue
        places: list[Place | None] = []
        for axis, extent in enumerate(kind.shape):
            places.append(agreed.place(extent, first))
            if extent.symbol is not None:
                root, more = agreed.root(extent.symbol)
                first.setdefault(root, (parameter, axis, -more))
        out.extend(_conditions(parameter, kind, kind.shape, places, agreed.apart, ndims))
    return out


def _conditions(
    parameter: str,
    kind: Number,
    shape: tuple[Extent, ...],
    places: list[Place | None],
    apart: set[Symbol],
    ndims: Mapping[str, int | None],
) -> list[gast.AST]:
    value = name(parameter)
    if kind.array is not True:
        return (
            []
            if shape
            else [equal(call("$np.ndim", value), number(0))]
            if kind.dtype != "int"
            else []
        )
    ones = [e.symbol is None for e in shape]
    if (
        shape
        and all(place is not None or one for place, one in zip(places, ones, strict=True))
        and not all(ones)
    ):
        return [equal(attribute(value, "shape"), _shape(shape, places, ndims))]
    out = [equal(attribute(value, "ndim"), number(len(shape)))]
    for axis, (extent, place) in enumerate(zip(shape, places, strict=True)):
        if extent.symbol is None:
            out.append(equal(_length(parameter, axis), number(extent.offset)))
        elif place is not None:
            out.append(equal(_length(parameter, axis), _length(*place)))
        elif extent.symbol in apart:
            out.append(_compared(_length(parameter, axis), gast.NotEq(), number(1)))
    return out


def _shape(
    shape: tuple[Extent, ...], places: list[Place | None], ndims: Mapping[str, int | None]
) -> gast.AST:
    """The shape in terms of earlier parameters: `W.shape[1:]`, `(len(X), *b.shape)`."""
    known = [place for place in places if place is not None]
    if len(known) == len(places) and not any(more for _, _, more in known):
        parameters = {parameter for parameter, _, _ in known}
        axes = [axis for _, axis, _ in known]
        if len(parameters) == 1 and axes == list(range(axes[0], axes[0] + len(axes))):
            whole = attribute(name(known[0][0]), "shape")
            stop = None if axes[-1] + 1 == ndims[known[0][0]] else number(axes[-1] + 1)
            if stop is None and axes[0] == 0:
                return whole
            part = gast.Slice(lower=number(axes[0]) if axes[0] else None, upper=stop, step=None)
            return subscript(whole, part)
    items = [
        number(extent.offset) if place is None else _length(*place)
        for extent, place in zip(shape, places, strict=True)
    ]
    return gast.Tuple(elts=items, ctx=gast.Load())


def _length(parameter: str, axis: int, more: int = 0) -> gast.AST:
    length = (
        call("$len", name(parameter))
        if axis == 0
        else subscript(attribute(name(parameter), "shape"), number(axis))
    )
    if not more:
        return length
    op = gast.Add() if more > 0 else gast.Sub()
    return gast.BinOp(left=length, op=op, right=number(abs(more)))


def equal(left: gast.AST, right: gast.AST) -> gast.AST:
    """The condition `left == right`."""
    return _compared(left, gast.Eq(), right)


def _compared(left: gast.AST, op: gast.AST, right: gast.AST) -> gast.AST:
    return gast.Compare(left=left, ops=[op], comparators=[right])


@dataclass(eq=False)
class _Agreed:
    """Which lengths are equal by contract; apart: those that the text relies on not to be 1.

    parent: a length → another one, and by how much it is more than that.
    """

    parent: dict[Symbol, tuple[Symbol, int]] = field(default_factory=dict)
    apart: set[Symbol] = field(default_factory=set)

    def root(self, symbol: Symbol) -> tuple[Symbol, int]:
        """The length from which a length is known, and by how much it is more."""
        more = 0
        while symbol in self.parent:
            symbol, step = self.parent[symbol]
            more += step
        return symbol, more

    def place(self, extent: Extent, first: Mapping[Symbol, Place]) -> Place | None:
        """The length of an earlier parameter that gives an extent."""
        if extent.symbol is None:
            return None
        root, more = self.root(extent.symbol)
        if root not in first:
            return None
        parameter, axis, less = first[root]
        return parameter, axis, more + less

    def add(self, left: Extent, right: Extent) -> None:
        if left == right or left.symbol is None or right.symbol is None:
            self.apart |= {e.symbol for e in (left, right) if e.symbol is not None}
        if left.symbol is None or right.symbol is None:
            return
        (a, left_more), (b, right_more) = self.root(left.symbol), self.root(right.symbol)
        if a != b:
            self.parent[b] = a, left_more + left.offset - right_more - right.offset
