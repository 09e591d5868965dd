"""Items, attributes and stores, and what is done with lists, tuples and dicts."""

from __future__ import annotations

import operator
from dataclasses import replace
from inspect import getattr_static
from typing import TYPE_CHECKING

import gast
import numpy as np

from s2sgrad import registry
from s2sgrad.emit import expression
from s2sgrad.extents import Extent, Shape, Symbol
from s2sgrad.infer import indices
from s2sgrad.infer.index_tricks import joined_by_index
from s2sgrad.infer.meanings import Meanings
from s2sgrad.infer.representatives import represented
from s2sgrad.infer.resolution import (
    IN_A_DICT,
    Container,
    Inert,
    Primitive,
    Resolution,
    Stands,
    Unresolved,
)
from s2sgrad.infer.results import constant_kind, joined
from s2sgrad.kinds import (
    OTHER,
    UNKNOWN,
    Kind,
    Known,
    Number,
    Other,
    Sequence,
    Unknown,
    carries,
    has_own_operators,
    is_foreign,
)
from s2sgrad.normalize.nodes import integer, subscript
from s2sgrad.source import MISSING
from s2sgrad.source import Unknown as Unread
from s2sgrad.trees import loaded, name, whole_index

if TYPE_CHECKING:
    from s2sgrad.program import Store

__all__ = ["Items"]


_LOOKED_UP = Unresolved(
    "what an object gives for an index isn't differentiated",
    "Write it with a function that has a derivative rule, np.arange or np.linspace times a step for "
    "np.mgrid and np.ogrid.",
)

_SLICE_OF_MIXED = Unresolved(
    "a slice of what is a list on some paths, and something else on others, isn't differentiated",
    "Keep lists apart from arrays and numbers.",
)

OPERATOR_OF_MIXED = Unresolved(
    "+ or * of what may be a list, and may be something else, isn't differentiated",
    "Keep lists apart from arrays and numbers. Or let it be known what it is: annotate it, or give like=.",
)

METHOD_OF_MIXED = Unresolved(
    "a method of what may be a list, and may be something else, isn't differentiated",
    "Keep lists apart from arrays and numbers. Or let it be known what it is: annotate it, or give like=.",
)

SUM_OF_LISTS = Unresolved(
    "sum of lists isn't differentiated",
    "Write it as [value for values in rows for value in values], or with extend.",
)

_KEEPING = {"dict", "OrderedDict", "defaultdict", "deque", "set"}


class Items(Meanings):
    """Resolves what is done with containers and with parts of things."""

    def sequence_operation(
        self, name: str, atoms: list[gast.AST], kinds: list[Kind]
    ) -> tuple[Resolution, Kind]:
        sequences = [kind for kind in kinds if isinstance(kind, Sequence)]
        operation = {"Add": "concatenate", "Mult": "repeat"}.get(name)
        counts = [kind for kind in kinds if not isinstance(kind, Sequence)]
        if operation is None or (
            bool(counts) if operation == "concatenate" else not all(map(_may_count, counts))
        ):
            return Unresolved(
                "this operator on a list isn't differentiated", "Use NumPy arrays for arithmetic."
            ), UNKNOWN
        items = None
        if operation == "concatenate" and all(s.items is not None for s in sequences):
            items = tuple(item for s in sequences for item in s.items or ())
        return Container(operation, tuple(atoms)), Sequence(
            sequences[0].type, items, joined([s.item for s in sequences])
        )

    def sequence_method(
        self,
        kind: Sequence,
        receiver: gast.AST,
        attribute: str,
        args: list[gast.AST],
        keywords: dict[str, gast.AST],
    ) -> tuple[Resolution, Kind]:
        if kind.type == "list" and not keywords:
            found = self.list_method(kind, receiver, attribute, args)
            if found is not None:
                return found
            if (attribute, args) == ("copy", []):
                everything = gast.Slice(lower=None, upper=None, step=None)
                return Stands((subscript(receiver, everything),)), kind
        if attribute in {"index", "count"}:
            return Inert(), Number("int", (), array=False)
        return Unresolved(
            f"the {kind.type} method {attribute} isn't differentiated",
            "Use append, pop() and indexing.",
        ), UNKNOWN

    def list_method(
        self, kind: Sequence, receiver: gast.AST, attribute: str, args: list[gast.AST]
    ) -> tuple[Resolution, Kind] | None:
        """A method that changes a list in a way that can be undone; None for others."""
        match attribute, args:
            case "pop", [gast.Constant(value=-1) | gast.UnaryOp(op=gast.USub())] if (
                expression(args[0]) == "-1"
            ):
                return Container("pop", (receiver,)), kind.item
            case "pop", [] | [_]:
                return Container("pop", (receiver, *args)), kind.item
            case ("append", [_]) | ("reverse", []):
                return Container(attribute, (receiver, *args)), OTHER
            case "insert", [index, _] if integer(index) is not None:
                return Container(attribute, (receiver, *args)), OTHER
            case "extend", [items] if isinstance(self.kind_of(items), Sequence):
                return Container(attribute, (receiver, items)), OTHER
        return None

    def item(self, base: gast.AST, index: gast.AST, key: object) -> tuple[Resolution, Kind]:
        kind = self.kind_of(base)
        if self.in_a_dict(kind, index):
            return IN_A_DICT, UNKNOWN
        if isinstance(kind, Sequence):
            return self.sequence_item(kind, base, index)
        if has_own_operators(kind):
            return Unresolved(
                "an item of an object isn't differentiated", "Pass the value as an argument."
            ), UNKNOWN
        if isinstance(kind, Unknown) and kind.mixed and isinstance(index, gast.Slice):
            return _SLICE_OF_MIXED, UNKNOWN
        if isinstance(kind, Other | Known):
            carried = any(carries(self.kind_of(name(read))) for read in loaded(index))
            if not carried:
                return Inert(), UNKNOWN
            made = joined_by_index(self.object(base), index, self.kind_of, key)
            return made or (_LOOKED_UP, UNKNOWN)
        rule = registry.lookup(operator.getitem)
        assert rule is not None  # noqa: S101
        resolution = Primitive(
            rule, dict(zip(rule.signature.parameters, (base, index), strict=True))
        )
        number = self.number(base)
        position = self.index_kind(index)
        if number is not None and number.ndim is None and whole_index(index):
            array = number.array if isinstance(index, gast.Constant) else None
            return resolution, Number(number.dtype, number.shape, array)
        if number is None:
            return resolution, Number(None, Shape(key), None)
        if position is None or number.ndim is None:
            array = True if number.array and _keeps_axes(index) else None
            listed = isinstance(index, gast.Slice) and _is_listed(number)
            return resolution, Number(number.dtype, Shape(key, _has_axes(index), listed), array)
        if (masked := self.masked(number, index, key)) is not None:
            return resolution, masked
        found = represented(
            indices.getitem, [number, *position[1]], {"build": Known(position[0])}, key
        )
        if isinstance(found, Number) and found.ndim is None:
            array = True if number.array and _keeps_axes(index) else found.array
            shape = Shape(key, _has_axes(index))
            part = replace(found, dtype=number.dtype, shape=shape, array=array)
            found = _without_axes(number, position[1], index) or part
        return resolution, found if _literal_bounds(index) else self.slices.part(
            number, found, index, key
        )

    def masked(self, base: Number, index: gast.AST, key: object) -> Number | None:
        """What a mask selects, as many items as it has truths; None if it isn't known to be a mask."""
        mask = None if isinstance(index, gast.Slice | gast.Tuple) else self.kind_of(index)
        if not (isinstance(mask, Number) and mask.dtype == "bool" and mask.array is True):
            return None
        if not isinstance(base.shape, tuple) or not mask.ndim or mask.ndim > len(base.shape):
            return None
        chosen = Extent(Symbol("", key=(key, 0)))
        return Number(base.dtype, (chosen, *base.shape[mask.ndim :]), array=True)

    def in_a_dict(self, kind: Kind, index: gast.AST) -> bool:
        """Whether an index leads into a dict, or into something that is no array."""
        if isinstance(kind, Sequence | Other):
            return (kind.type if isinstance(kind, Sequence) else kind.name) == "dict"
        position = OTHER if isinstance(index, gast.Slice | gast.Tuple) else self.kind_of(index)
        if not isinstance(position, Other) or position == OTHER:
            return False
        return isinstance(kind, Unknown) or position.name in {"str", "bytes"}

    def dict_display(self, display: gast.Dict) -> Resolution:
        """`{...}`; with nothing that carries a derivative it is a constant."""
        parts = [*display.values, *(k for k in display.keys if k is not None)]
        kinds = [self.kind_of(part) for part in parts]
        plain = all(isinstance(k, Other) or (isinstance(k, Number) and not k.real) for k in kinds)
        return Inert() if plain else IN_A_DICT

    def of_other(self, kind: Other, func: gast.Attribute, args: list[gast.AST]) -> Resolution:
        """A method of a text, a dict and the like: a dict may keep what carries a derivative, or answer it."""
        if kind.name in _KEEPING and any(carries(self.kind_of(arg)) for arg in args):
            changes = () if func.attr == "get" else loaded(func.value)
            return replace(IN_A_DICT, changes=changes)
        if kind.name not in {"str", "bytes"} and any(carries(self.kind_of(arg)) for arg in args):
            return Unresolved(
                f"the method {expression(func)} has no derivative rule",
                f"Write {expression(func)} with functions that have one.",
            )
        return Inert(effect=True)

    def index_kind(self, index: gast.AST) -> tuple[indices.Index, list[Kind]] | None:
        return indices.index_template(index, self.kind_of)

    def sequence_item(
        self, kind: Sequence, base: gast.AST, index: gast.AST
    ) -> tuple[Resolution, Kind]:
        resolution = Container("element", (base, index))
        if isinstance(index, gast.Slice):
            return Container("slice", (base, index)), Sequence(kind.type, None, kind.item)
        if self.is_a_slice(index):
            return Unresolved(
                "a list that is cut by a slice with a name isn't differentiated",
                "Write the slice where it is used: values[1:3].",
            ), Sequence(kind.type, None, kind.item)
        position = self.kind_of(index)
        if kind.items is not None and isinstance(position, Number) and position.value is not None:
            number = position.value.number
            if number is not None and -len(kind.items) <= number < len(kind.items):
                return resolution, kind.items[number]
        return resolution, kind.item

    def is_a_slice(self, index: gast.AST) -> bool:
        """Whether an index of a list or a tuple, which is a slice or a whole number, is a slice, be it under a name."""
        if isinstance(index, gast.Slice):
            return True
        kind = self.kind_of(index)
        return isinstance(kind, Other | Known) and not is_foreign(kind)

    def attribute(
        self, value: gast.AST, base: gast.AST, attribute: str, key: object
    ) -> tuple[Resolution, Kind]:
        found = self.object(value)
        if found is not MISSING and not isinstance(found, Unread):
            return Inert(), constant_kind(found, expression(value))
        kind = self.kind_of(base)
        if isinstance(kind, Number | Unknown) and not has_own_operators(kind):
            function = registry.attribute(np.ndarray, attribute)
            rule = None if function is None else registry.lookup(function)
            if rule is not None:
                return self.primitive(rule, [base], {}, key)
        name = f"{expression(base)}.{attribute}"
        return Unresolved(
            f"the attribute {name} isn't differentiated",
            "Pass the value as an argument of its own.",
            now=self.at_present(base, attribute),
        ), UNKNOWN

    def at_present(self, base: gast.AST, attribute: str) -> Kind:
        """The kind of a number that an attribute of something global is before the program runs."""
        if not isinstance(base, gast.Name) or base.id in self.locals:
            return UNKNOWN
        owner = self.source.namespace.get(base.id, MISSING)
        value = getattr_static(owner, attribute, MISSING)
        return constant_kind(value) if isinstance(value, int | float) else UNKNOWN

    def store(self, statement: Store) -> Resolution:
        if isinstance(statement.index, str):
            return Unresolved(
                "assigning to an attribute isn't differentiated", "Keep the value in a variable."
            )
        kind = self.kind_of(statement.base)
        if self.in_a_dict(kind, statement.index):
            return IN_A_DICT
        if isinstance(kind, Sequence) and self.is_a_slice(statement.index):
            return Unresolved(
                "assigning to a slice of a list isn't differentiated", "Assign item by item."
            )
        if isinstance(kind, Sequence):
            return Container("store", (statement.base, statement.index, statement.value))
        if has_own_operators(kind):
            return Unresolved(
                "assigning to an item of an object isn't differentiated",
                "Keep the value in a variable.",
            )
        if isinstance(kind, Other):
            return Inert(effect=True)
        rule = registry.lookup(operator.setitem)
        assert rule is not None  # noqa: S101
        parts = (statement.base, statement.index, statement.value)
        return Primitive(
            rule, dict(zip(rule.signature.parameters, parts, strict=True)), in_place=True
        )

    def primitive(
        self,
        rule: registry.Rule,
        args: list[gast.AST],
        keywords: dict[str, gast.AST],
        key: object,
        *,
        in_place: bool = False,
    ) -> tuple[Resolution, Kind]:
        """A call of something with a rule."""
        raise NotImplementedError


def joins_or_repeats(name: str, atoms: list[gast.AST], kinds: list[Kind]) -> bool:
    """Whether an operator may be that of a list, of what may be one; a list has no square."""
    if name not in {"Add", "Mult"} or not any(map(is_mixed, kinds)):
        return False
    others = [kind for kind in kinds if not is_mixed(kind)]
    if name == "Add":
        return not any(isinstance(kind, Number) for kind in others)
    square = len({atom.id if isinstance(atom, gast.Name) else id(atom) for atom in atoms}) == 1
    return not square and all(map(_may_count, others))


def are_lists(kinds: list[Kind]) -> bool:
    """Whether what is added up, or what it is added to, may be lists: items of a list, or something at its side."""
    items = (kind.item for kind in kinds[:1] if isinstance(kind, Sequence))
    return any(isinstance(kind, Sequence) or is_mixed(kind) for kind in (*items, *kinds[1:]))


def is_mixed(kind: Kind) -> bool:
    """Whether something is a list on some paths, or may be one by what is said of it."""
    return _is_listed(kind) or (isinstance(kind, Unknown) and kind.mixed)


def _is_listed(kind: Kind) -> bool:
    if not isinstance(kind, Number) or not isinstance(kind.shape, Shape):
        return False
    return kind.array is None and kind.shape.listed


def _may_count(kind: Kind) -> bool:
    return isinstance(kind, Unknown) or (
        isinstance(kind, Number) and kind.dtype in {None, "int", "bool"}
    )


def _parts(index: gast.AST) -> list[gast.AST]:
    return list(index.elts) if isinstance(index, gast.Tuple) else [index]


def _without_axes(number: Number, atoms: list[Kind], index: gast.AST) -> Number | None:
    """`A[i]` and `A[i, j]`: the array without its first axes, whichever the integers are."""
    parts = _parts(index)
    integers = not any(isinstance(part, gast.Slice) for part in parts) and all(
        isinstance(kind, Number) and kind.scalar and kind.dtype == "int" for kind in atoms
    )
    count = len(parts)
    if not integers or len(atoms) != count or not isinstance(number.shape, tuple):
        return None
    if count > len(number.shape):
        return None
    shape = number.shape[count:]
    return Number(number.dtype, shape, number.array if shape else False)


def _literal_bounds(index: gast.AST) -> bool:
    """Whether slices of an index have numbers for bounds: others end where the axis does."""
    parts = index.elts if isinstance(index, gast.Tuple) else [index]
    bounds = [b for p in parts if isinstance(p, gast.Slice) for b in (p.lower, p.upper, p.step)]
    return all(
        b is None
        or isinstance(b, gast.Constant)
        or (isinstance(b, gast.UnaryOp) and isinstance(b.operand, gast.Constant))
        for b in bounds
    )


def _has_axes(index: gast.AST) -> bool:
    """Whether what an index takes certainly has axes: of a slice, or of None."""
    return any(
        isinstance(part, gast.Slice) or (isinstance(part, gast.Constant) and part.value is None)
        for part in _parts(index)
    )


def _keeps_axes(index: gast.AST) -> bool:
    """Whether what an index takes from an array certainly is an array: a slice keeps its axis, None adds one."""
    return any(
        isinstance(part, gast.Slice)
        or (isinstance(part, gast.Constant) and part.value in {None, Ellipsis})
        for part in _parts(index)
    )
