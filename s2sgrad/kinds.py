"""What a name may hold, as far as it is known before the program runs.

A kind is a promise that holds at run time; where nothing is known the kind says so.
"""

from __future__ import annotations

import numbers
from dataclasses import field, replace
from types import SimpleNamespace
from typing import Any

from s2sgrad.extents import Extent, Shape, Symbol, has_axes
from s2sgrad.frozen import dataclass
from s2sgrad.overloading import overloads

__all__ = [
    "BOOL",
    "BOTTOM",
    "FLOAT",
    "INT",
    "NONE",
    "OTHER",
    "UNKNOWN",
    "VARYING",
    "Kind",
    "Known",
    "Number",
    "Other",
    "Recursion",
    "Sequence",
    "Unknown",
    "carries",
    "foreign_object",
    "has_own_operators",
    "is_foreign",
    "is_number",
    "join",
    "may_overload",
    "of_numbers",
    "opened",
]


@dataclass(frozen=True)
class Kind:
    """The base of all kinds."""


@dataclass(frozen=True)
class Unknown(Kind):
    """Nothing is known.

    It is treated as a number of unknown shape, or as a thing that carries no derivative. mixed: it is a list or a tuple
    on some paths, and something else on others. acting: it may be an iterator that does more than compute when an item
    is taken, as a generator that prints; methods: those that give such iterators, of an object. overloads: it may be an
    object whose class overloads operators, or hold one.
    """

    mixed: bool = False
    acting: bool = False
    methods: frozenset[str] = frozenset()
    overloads: bool = False


@dataclass(frozen=True)
class Other(Kind):
    """Something that carries no derivative: a string, None, a dtype, a file.

    name says what, for messages. foreign: an object of a class of which it isn't known what its methods and
    operators do with a derivative. of: that class, where it is known and the user's own. overloading: its attributes
    that may be objects whose classes overload operators, and those of what it holds.
    """

    name: str = "object"
    foreign: bool = False
    of: type | None = None
    overloading: frozenset[str] = frozenset()


@dataclass(frozen=True, eq=False)
class Known(Kind):
    """A Python object known before the program runs: a function, a module, a constant."""

    value: object

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Known) and (
            self.value is other.value
            or (
                type(self.value) is type(other.value)
                and _simple(self.value)
                and self.value == other.value
            )
        )

    def __hash__(self) -> int:
        return hash(self.value) if _simple(self.value) else id(self.value)


def _simple(value: object) -> bool:
    return isinstance(value, bool | int | float | str | bytes | complex | type(None))


@dataclass(frozen=True)
class Number(Kind):
    """A number or an array of numbers.

    - dtype: 'bool', 'int', 'float' (of unknown width), 'float64', 'float32', 'complex', or None
      (unknown).
    - shape: extents (() for a scalar), or a Shape of which only equality is known.
    - array: True for an ndarray (where its axes aren't known also for the NumPy scalar that NumPy
      makes of an array without axes), False for a Python number or NumPy scalar, None where it may
      be either.
    - value: of an integer scalar, the number that it is, where that is known symbolically.
    """

    dtype: str | None
    shape: tuple[Extent, ...] | Shape
    array: bool | None = None
    value: Extent | None = None

    @property
    def ndim(self) -> int | None:
        """The number of axes, None where it is not known."""
        return len(self.shape) if isinstance(self.shape, tuple) else None

    @property
    def scalar(self) -> bool:
        """Whether this certainly has no axes."""
        return self.shape == ()

    @property
    def real(self) -> bool:
        """Whether this may carry a derivative."""
        return self.dtype not in {"bool", "int"}


@dataclass(frozen=True)
class Sequence(Kind):
    """A list or a tuple: items where each is known, and item, the join of all that it may hold."""

    type: str
    items: tuple[Kind, ...] | None
    item: Kind


@dataclass(frozen=True, eq=False)
class Recursion(Kind):
    """Something that is inside of another of its kind, and so on without end; held: the kind that it is, once known."""

    held: list[Kind] = field(default_factory=list)

    @property
    def meaning(self) -> Kind:
        """The kind that it is, in which it may be itself."""
        return self.held[-1] if self.held else BOTTOM

    def set(self, meaning: Kind) -> None:
        """Say what it is."""
        self.held[:] = [meaning]

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)


def opened(kind: Kind) -> Kind:
    """A kind as what is known of it: what is inside of itself as the outer one."""
    return kind.meaning if isinstance(kind, Recursion) else kind


def carries(kind: Kind) -> bool:
    """Whether a thing of this kind may carry a derivative."""
    if isinstance(kind, Number):
        return kind.real
    if isinstance(kind, Sequence):
        items = kind.items or (kind.item,)
        return any(carries(item) for item in items)
    return not isinstance(kind, Other | Known)


def of_numbers(kind: Kind) -> bool:
    """Whether something is a list or a tuple of which all items are numbers, and no arrays."""
    item = kind.item if isinstance(kind, Sequence) else None
    return isinstance(item, Number) and item.scalar and item.array is False


VARYING = "varying"
"""The key of what differs from one read to the next: no two of these are equal."""


def is_number(kind: Kind | None) -> bool:
    """Whether something is certainly a number, and no array without axes."""
    return isinstance(kind, Number) and kind.scalar and kind.array is False


def is_foreign(kind: Kind) -> bool:
    """Whether a thing is an object whose methods and operators may do anything with a derivative."""
    if isinstance(kind, Other):
        return kind.foreign
    return isinstance(kind, Known) and foreign_object(kind.value)


def has_own_operators(kind: Kind) -> bool:
    """Whether operators may do anything with a thing: an object of some class, or what may be one."""
    return is_foreign(kind) or (isinstance(kind, Unknown) and kind.overloads)


def may_overload(kind: Kind) -> bool:
    """Whether a thing may be an object whose class overloads operators."""
    match kind:
        case Unknown(overloads=overloading):
            return overloading
        case Other(foreign=True, of=None):
            return True
        case Other(foreign=True, of=type() as cls):
            return overloads(cls)
        case Known():
            known: Any = type(kind.value)
            return overloads(known)
    return False


def foreign_object(value: object) -> bool:
    """Whether a value is an object of some class: no number, no text, no function, no module, and none of NumPy's."""
    if isinstance(value, SimpleNamespace):
        return True
    module = type(value).__module__.partition(".")[0]
    return module not in _OWN_MODULES and not isinstance(value, numbers.Number)


_OWN_MODULES = frozenset({"builtins", "numpy", "random", "types", "typing", "functools", "s2sgrad"})

BOTTOM = Kind()
"""The kind of what hasn't been reached yet: joined with any kind it gives that kind."""
UNKNOWN = Unknown()
OTHER = Other()
NONE = Other("NoneType")
FLOAT = Number("float64", (), array=False)
INT = Number("int", (), array=False)
BOOL = Number("bool", (), array=False)


def join(a: Kind, b: Kind, key: object) -> Kind:
    """The kind of a name that holds either; key identifies the place, for extents that differ."""
    if b in (a, BOTTOM):
        return a
    if a == BOTTOM:
        return b
    if isinstance(a, Recursion) or isinstance(b, Recursion):
        if isinstance(a, Recursion) and isinstance(b, Recursion):
            return UNKNOWN
        inner, outer = (a, b) if isinstance(a, Recursion) else (b, a)
        return inner if outer == opened(inner) else join(opened(inner), outer, key)
    overloading = may_overload(a) or may_overload(b)
    if isinstance(a, Known) or isinstance(b, Known):
        a, b = _generalised(a), _generalised(b)
        if a == b:
            return replace(a, overloads=overloading) if isinstance(a, Unknown) else a
    if (isinstance(a, Number) and b == NONE) or (isinstance(b, Number) and a == NONE):
        return Number(None, Shape(key), None)
    if isinstance(a, Number) and isinstance(b, Number):
        dtype = a.dtype if a.dtype == b.dtype else _joined_dtype(a.dtype, b.dtype)
        array = a.array if a.array is b.array else None
        if (
            isinstance(a.shape, tuple)
            and isinstance(b.shape, tuple)
            and len(a.shape) == len(b.shape)
        ):
            shape: tuple[Extent, ...] | Shape = tuple(
                m if m == n else Extent(Symbol("", axis, (key,)))
                for axis, (m, n) in enumerate(zip(a.shape, b.shape, strict=True))
            )
        else:
            axes = has_axes(a.shape) and has_axes(b.shape)
            shape = a.shape if a.shape == b.shape else Shape(key, axes)
        return Number(dtype, shape, array, a.value if a.value == b.value else None)
    if isinstance(a, Sequence) and isinstance(b, Sequence) and a.type == b.type:
        items = None
        if a.items is not None and b.items is not None and len(a.items) == len(b.items):
            items = tuple(
                join(m, n, _within(key, i))
                for i, (m, n) in enumerate(zip(a.items, b.items, strict=True))
            )
        return Sequence(a.type, items, join(a.item, b.item, _within(key, "item")))
    if isinstance(a, Other) and isinstance(b, Other):
        return OTHER
    unknown = [k for k in (a, b) if isinstance(k, Unknown)]
    mixed = any(isinstance(k, Sequence) for k in (a, b)) or any(k.mixed for k in unknown)
    methods = frozenset().union(*(k.methods for k in unknown))
    return Unknown(mixed, any(k.acting for k in unknown), methods, overloading)


def _within(key: object, part: object) -> object:
    return VARYING if key == VARYING else (key, part)


def _generalised(kind: Kind) -> Kind:
    """A known constant as the kind of thing that it is."""
    if not isinstance(kind, Known):
        return kind
    match kind.value:
        case bool():
            return BOOL
        case int():
            return replace(INT, value=Extent(None, kind.value))
        case float():
            return FLOAT
        case complex():
            return Number("complex", (), array=False)
        case str() | bytes() | None:
            return OTHER
    return UNKNOWN


_WIDTH = ("bool", "int", "float32", "float", "float64", "complex")


def _joined_dtype(a: str | None, b: str | None) -> str | None:
    if a is None or b is None:
        return None
    if {a, b} <= {"float", "float32", "float64"}:
        return "float"
    if {a, b} <= {"int", "bool"}:
        return "int"
    return "complex" if "complex" in {a, b} else None
