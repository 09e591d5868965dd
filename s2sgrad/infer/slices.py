"""How long a part of an array is: slices with the same bounds of axes that are equally long are equally long."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

import gast

from s2sgrad.extents import Extent, Symbol
from s2sgrad.infer.indices import getitem, index_template
from s2sgrad.infer.representatives import represented
from s2sgrad.kinds import Kind, Known, Number
from s2sgrad.program import Assign, Statement

__all__ = ["Slices", "definitions", "sliced"]

_DEPTH = 8


@dataclass(frozen=True)
class Sliced:
    """What is known of a slice: the axis that it is taken of, and its bounds."""

    extent: Extent
    bounds: tuple[object, ...]


def sliced(extent: Extent) -> Sliced | None:
    """Of which axis an extent is a slice, and by which bounds."""
    key = None if extent.symbol is None else extent.symbol.key
    return key[0] if key and isinstance(key[0], Sliced) and not extent.offset else None


def definitions(statements: Iterable[Statement]) -> dict[str, gast.AST]:
    """How single names are computed."""
    return {
        s.targets[0]: s.value for s in statements if isinstance(s, Assign) and len(s.targets) == 1
    }


@dataclass(eq=False)
class Slices:
    """What the bounds of slices are computed from.

    definitions: a name → how it is computed; values: the names that are given one value in a trip; given: the
    parameters that keep theirs.
    """

    kind_of: Callable[[gast.AST], Kind]
    definitions: Mapping[str, gast.AST] = field(default_factory=dict)
    values: frozenset[str] = frozenset()
    given: frozenset[str] = frozenset()

    def part(self, base: Number, found: Kind, index: gast.AST, key: object) -> Kind:
        """The kind of a part whose slices have bounds that aren't all numbers."""
        if not isinstance(found, Number) or not isinstance(found.shape, tuple):
            return found
        extents = self.extents(base, index, key)
        if len(extents) != len(found.shape):
            extents = [Extent(Symbol("", key=(key, axis))) for axis in range(len(found.shape))]
        return replace(found, shape=tuple(extents))

    def extents(self, base: Number, index: gast.AST, key: object) -> list[Extent]:
        """The axes that a basic index leaves; something else, of another number, where it isn't basic."""
        parts = list(index.elts) if isinstance(index, gast.Tuple) else [index]
        shape = base.shape if isinstance(base.shape, tuple) else ()
        parts += [gast.Slice(lower=None, upper=None, step=None)] * (len(shape) - len(parts))
        out: list[Extent] = []
        for axis, (extent, part) in enumerate(zip(shape, parts, strict=False)):
            if isinstance(part, gast.Slice):
                out.append(self.extent(base, extent, part, (key, axis)))
                continue
            kind = self.kind_of(part)
            if not isinstance(kind, Number) or not kind.scalar or kind.dtype != "int":
                return []
        return out

    def extent(self, base: Number, extent: Extent, part: gast.Slice, key: object) -> Extent:
        bounds = [self.bound(bound) for bound in (part.lower, part.upper, part.step)]
        if all(bound in {None, (None,)} or isinstance(bound, int) for bound in bounds):
            template = index_template(part, self.kind_of)
            if template is not None:
                axis = Number(base.dtype, (extent,), array=True)
                named = {"build": Known(template[0])}
                found = represented(getitem, [axis, *template[1]], named, key)
                if isinstance(found, Number) and isinstance(found.shape, tuple):
                    return found.shape[0]
        if None in bounds:
            return Extent(Symbol("", key=(key,)))
        bare = Extent(extent.symbol, extent.offset)
        return Extent(Symbol("", key=(Sliced(bare, tuple(bounds)),)))

    def bound(self, atom: gast.AST | None, depth: int = 0) -> object:
        """What a bound is, the same wherever it is the same; None where that isn't known."""
        match atom:
            case None:
                return (None,)
            case gast.Constant(value=int() as value):
                return value
            case gast.UnaryOp(op=gast.USub(), operand=gast.Constant(value=int() as value)):
                return -value
            case gast.Name(id=name) if name in self.values:
                return self.value(name, atom, depth)
        return None

    def value(self, name: str, atom: gast.AST, depth: int) -> object:
        kind = self.kind_of(atom)
        known = kind.value if isinstance(kind, Number) else None
        if known is not None:
            return known.offset if known.symbol is None else (known.symbol, known.offset)
        match self.definitions.get(name):
            case gast.BinOp(left=left, op=op, right=right) if depth < _DEPTH:
                parts = self.bound(left, depth + 1), self.bound(right, depth + 1)
                if None not in parts:
                    return (type(op).__name__, *parts)
        return name
