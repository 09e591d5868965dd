"""Kinds in which unknown numbers have no names, only an order: what is found of them holds for others, too."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from s2sgrad.extents import Extent, Symbol
from s2sgrad.kinds import Kind, Number, Sequence

__all__ = ["Numbered"]


class Numbered:
    """Numbers the symbols of kinds in the order in which they come up, and gives them back.

    >>> n, m = Symbol("x", 0), Symbol("y", 0)
    >>> one, other = Numbered(), Numbered()
    >>> one.without_names(Number("int", (Extent(n),))) == other.without_names(Number("int", (Extent(m),)))
    True
    >>> one.with_names(other.without_names(Number("int", (Extent(m, 1),)))).shape[0] == Extent(n, 1)
    True
    """

    def __init__(self) -> None:
        self._numbers: dict[Symbol, Symbol] = {}
        self._names: dict[Symbol, Symbol] = {}

    def without_names(self, kind: Kind) -> Kind:
        """The kind with numbers for symbols."""
        return _with_symbols(kind, self._number)

    def with_names(self, kind: Kind) -> Kind:
        """The kind with symbols for their numbers."""
        return _with_symbols(kind, self._name) if self._names else kind

    def _number(self, symbol: Symbol) -> Symbol:
        number = self._numbers.get(symbol)
        if number is None:
            number = self._numbers[symbol] = _nameless(len(self._numbers))
            self._names[number] = symbol
        return number

    def _name(self, number: Symbol) -> Symbol:
        return self._names.get(number, number)


_NAMELESS = object()


@cache
def _nameless(number: int) -> Symbol:
    return Symbol("", key=(_NAMELESS, number))


def _with_symbols(kind: Kind, new: Callable[[Symbol], Symbol]) -> Kind:
    """The kind with other symbols."""

    def extent(old: Extent) -> Extent:
        return old if old.symbol is None else Extent(new(old.symbol), old.offset, old.solid)

    if isinstance(kind, Number):
        shape, value = kind.shape, kind.value
        if value is None and not (isinstance(shape, tuple) and shape):
            return kind
        return Number(
            kind.dtype,
            tuple(map(extent, shape)) if isinstance(shape, tuple) else shape,
            kind.array,
            None if value is None else extent(value),
        )
    if isinstance(kind, Sequence):
        items = None if kind.items is None else tuple(_with_symbols(i, new) for i in kind.items)
        return Sequence(kind.type, items, _with_symbols(kind.item, new))
    return kind
