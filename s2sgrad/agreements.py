"""Which lengths of arguments a program needs to be equal, and kinds in which these have one name.

- What differs from 1 and is combined element by element is equal, or NumPy raises (`Facts.contracts`). Where the
  examples have two lengths, what combines them doesn't run for them, and says only that neither is 1.
- What may be 1 in one run and not in another, as the lengths of `A[1:-1]` and `B[1:-1]`, is taken to be equal where
  it is in the examples, and isn't 1 there (`Facts.likely`).
- What a product of matrices sums over is equal, and so are the axes of an inverse, or NumPy raises.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

import gast
import numpy as np

from s2sgrad.extents import Extent, Symbol
from s2sgrad.infer.facts import Facts
from s2sgrad.infer.resolution import Primitive
from s2sgrad.infer.results import enforced_extents
from s2sgrad.infer.slices import sliced
from s2sgrad.kinds import Kind, Number
from s2sgrad.program import Function

__all__ = ["Pair", "contracted", "enforced", "exemplified", "lengths", "possible"]

Pair = tuple[Extent, Extent]


def lengths(like: Mapping[str, object]) -> dict[Symbol, int]:
    """The lengths of the arrays among the examples."""
    return {
        Symbol(name, axis): length
        for name, value in like.items()
        if type(value) is np.ndarray
        for axis, length in enumerate(value.shape)
    }


def exemplified(pairs: Iterable[Pair], known: Mapping[Symbol, int]) -> Iterator[Pair]:
    """Of pairs that are likely to be equal those that are in the examples, and aren't 1; the second is a length."""
    for pair in pairs:
        left, right = _whole(*pair)
        sizes = {_size(extent, known) for extent in (left, right)}
        if len(sizes) > 1 or not sizes.isdisjoint({None, 0, 1}):
            continue
        if right.symbol is not None and left.symbol != right.symbol:
            shifted = Extent(left.symbol, left.offset - right.offset, solid=True)
            yield shifted, Extent(right.symbol, solid=True)


def possible(pairs: Iterable[Pair], known: Mapping[Symbol, int]) -> Iterator[Pair]:
    """Pairs that are equal where they are combined, unless the examples say otherwise: then only that neither is 1.

    That is a pair of an extent with itself.
    """
    for pair in pairs:
        left, right = (_size(extent, known) for extent in pair)
        if left is None or right is None or left == right:
            yield pair
        else:
            yield from ((extent, extent) for extent in pair)


def _whole(left: Extent, right: Extent) -> Pair:
    """The axes of which two extents are slices by the same bounds, or the extents themselves."""
    a, b = sliced(left), sliced(right)
    return (a.extent, b.extent) if a and b and a.bounds == b.bounds else (left, right)


def _size(extent: Extent, known: Mapping[Symbol, int]) -> int | None:
    if extent.symbol is None:
        return extent.offset
    length = known.get(extent.symbol)
    return None if length is None else max(length + extent.offset, 0)


def enforced(function: Function, facts: Facts) -> Iterator[Pair]:
    """The extents that functions of matrices need to be equal, in statements that run on every path."""
    for statement in function.body:
        match facts.calls.get(statement):
            case Primitive(rule=rule, arguments=arguments):
                atoms = [a for a in arguments.values() if isinstance(a, gast.AST)]
                kinds = [facts.atom(a, statement) for a in atoms]
                yield from enforced_extents(rule.function, kinds)


def contracted(kinds: dict[str, Kind], pairs: Iterable[Pair]) -> dict[str, Kind]:
    """The kinds with one name for extents that are equal."""
    same: dict[Symbol, Extent] = {}
    for pair in pairs:
        left, right = (_renamed(extent, same) for extent in pair)
        for extent, other in ((right, left), (left, right)):
            if (
                extent.symbol is not None
                and not extent.symbol.key
                and extent.offset == 0
                and extent.symbol not in same
                and other.symbol != extent.symbol
                and (other.symbol is None or other.symbol not in same)
            ):
                same[extent.symbol] = other
                break
    if not same:
        return kinds
    return {name: _replaced(kind, same) for name, kind in kinds.items()}


def _replaced(kind: Kind, same: Mapping[Symbol, Extent]) -> Kind:
    if not isinstance(kind, Number) or not isinstance(kind.shape, tuple):
        return kind
    return replace(kind, shape=tuple(_renamed(extent, same) for extent in kind.shape))


def _renamed(extent: Extent, same: Mapping[Symbol, Extent]) -> Extent:
    """What an extent is the same as, at the end of what it leads to."""
    while extent.symbol is not None and extent.symbol in same and extent.offset == 0:
        extent = same[extent.symbol]
    return extent
