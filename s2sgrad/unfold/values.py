"""What is known of a value before the program runs: which object it is, or what it is made of.

Only what has a structure is a `Value` of its own: objects, tuples and dicts whose parts are names of the function,
functions, and functions with some of their arguments. Everything else is `Plain`: an atom.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import gast

if TYPE_CHECKING:
    from s2sgrad.structure import Structure

__all__ = [
    "KEYS",
    "Bound",
    "Choice",
    "Columns",
    "Fixed",
    "Mapped",
    "Nested",
    "Pairs",
    "Partial",
    "Plain",
    "Record",
    "Same",
    "Shown",
    "Super",
    "Told",
    "Value",
    "View",
    "alike",
    "is_constant",
    "is_key",
    "is_said",
    "is_unnamed",
    "key_value",
    "literal_key",
    "unnamed",
]


KEYS: type = type({}.keys())
"""What the keys of a dict are: a row of constants, and a set."""


@dataclass(eq=False)
class Value:
    """The base of what a name may stand for."""


@dataclass(eq=False)
class Plain(Value):
    """An ordinary value: the atom that holds it."""

    atom: gast.AST


class Told(Plain):
    """A constant that an example tells; that it is read is noted, since then it is asserted."""

    def __init__(self, literal: gast.AST, key: object, read: set[object]) -> None:
        self._literal, self._key, self._read = literal, key, read

    @property
    def atom(self) -> gast.AST:
        """The constant."""
        self._read.add(self._key)
        return self._literal


@dataclass(eq=False)
class Same(Plain):
    """A number that all objects of a list share: the name that it has, and its literal."""

    literal: gast.AST


def unnamed() -> gast.AST:
    """Stands where a function or an object would be read that has no name; what is left of it is refused."""
    return gast.Constant(value=None, kind=_UNNAMED)


def is_unnamed(node: gast.AST) -> bool:
    """Whether something stands for a function or an object that has no name."""
    return isinstance(node, gast.Constant) and node.kind == _UNNAMED


_UNNAMED = "unnamed"


@dataclass(eq=False)
class Fixed(Value):
    """A function, a class or an object of the user's that exists before the program runs; node is how it is read."""

    object: object
    node: gast.AST


@dataclass(eq=False)
class Nested(Value):
    """A function that is made inside the program, and the name that it has there."""

    name: str


@dataclass(eq=False)
class Bound(Value):
    """A method with the object that it is called on; owner: the class that has it."""

    receiver: Value
    function: Fixed
    owner: type


@dataclass(eq=False)
class Super(Value):
    """`super()`: the object, and the class behind which methods are looked for."""

    receiver: Value
    owner: type


@dataclass(eq=False)
class Partial(Value):
    """`functools.partial(function, *args, **keywords)`."""

    function: Value
    args: tuple[Value, ...]
    keywords: dict[str, Value]


@dataclass(eq=False)
class Choice(Value):
    """One of several functions. subject: what says which; options: what it is then, and the function.

    missing: whether it may be none of them, which raises a KeyError. now, place: the one that was given last, and
    where, if that is known.
    """

    subject: gast.AST
    options: list[tuple[object, Value]]
    missing: bool = False
    now: Value | None = None
    place: tuple[int, ...] = ()


@dataclass(eq=False)
class Record(Value):
    """Something made of parts that are known: an object of a class, a tuple, a list or a dict.

    kind: the class, or tuple, list or dict. parts: attribute, position or key → what is there; a Plain part has a name
    of its own, which is assigned where the part is. root: the name that the whole was first given to; place: how deep
    in loops and branches it was made. given: the structure of what the caller gives; within: the list of objects that
    it was read from; uncertain: keys of a dict that it may not have yet → where it gets them.
    """

    kind: type
    parts: dict[object, Value] = field(default_factory=dict)
    root: str = ""
    place: tuple[int, ...] = ()
    given: Structure | None = None
    within: str = ""
    uncertain: dict[object, list[tuple[int, ...]]] = field(default_factory=dict)

    @property
    def items(self) -> list[Value]:
        """What iterating over it gives: keys of a dict, items of all else."""
        self.keys_in_order()
        if self.kind is dict:
            return [key_value(key) for key in self.parts]
        return list(self.parts.values())

    def keys_in_order(self) -> Record:
        """It, its keys being read in the order that they have."""
        if self.given is not None and self.kind in {dict, KEYS}:
            self.given.in_order.update(self.parts)
        return self

    @property
    def is_sequence(self) -> bool:
        """Whether it is a tuple or a list, a tuple with names, or the keys of a dict."""
        return issubclass(self.kind, tuple | list | KEYS)

    @property
    def known_by(self) -> tuple[str, int]:
        """A name in it that no other record has, and how deep it is in there; empty if there is none."""
        for part in self.parts.values():
            if isinstance(part, Plain) and isinstance(part.atom, gast.Name):
                return part.atom.id, 0
        inner = [part.known_by for part in self.parts.values() if isinstance(part, Record)]
        found = next((known for known in inner if known[0]), ("", 0))
        return found[0], found[1] + 1

    def walk(self) -> Iterator[Record]:
        """It, and the records in it."""
        yield self
        for part in self.parts.values():
            if isinstance(part, Record):
                yield from part.walk()


@dataclass(eq=False)
class Columns(Value):
    """A list of objects of one class: item is what each is made of, a list having a name in the place of each part.

    What is the same constant in all of them has no list. root: the name that the list was first given to.
    """

    item: Record
    root: str

    def columns(self) -> Iterator[Plain]:
        """The names of the lists, and those of the numbers that all share."""
        for record in self.item.walk():
            for part in record.parts.values():
                if isinstance(part, Plain) and isinstance(part.atom, gast.Name):
                    yield part

    @property
    def first(self) -> gast.Name | None:
        """The first of the lists."""
        return next((c.atom for c in self.columns() if not isinstance(c, Same)), None)


@dataclass(eq=False)
class Mapped(Value):
    """A dict whose keys only a run knows: at is a dict from keys to positions in the list items.

    root: the name that it was first given to; default: what a missing key gets; of_lists: that is a new list.
    """

    at: str
    items: str
    root: str
    default: gast.AST | None = None
    of_lists: bool = False


@dataclass(eq=False)
class View(Value):
    """`d.items()`, `d.values()` or `d.keys()`: what is in a dict wherever it is looked at; wanted: which of these."""

    record: Record
    wanted: str

    def now(self) -> Shown:
        """What is seen now."""
        keys = [key_value(key) for key in self.record.parts]
        if self.wanted == "keys":
            return Shown(KEYS, dict(enumerate(keys)), given=self.record.given, view=self)
        parts = list(self.record.keys_in_order().parts.values())
        if self.wanted == "values":
            return Shown(tuple, dict(enumerate(parts)), view=self)
        pairs = [Record(tuple, {0: k, 1: part}) for k, part in zip(keys, parts, strict=True)]
        return Shown(tuple, dict(enumerate(pairs)), view=self)


@dataclass(eq=False)
class Shown(Record):
    """What a view of a dict shows at some place."""

    view: View | None = None


@dataclass(eq=False)
class Pairs(Value):
    """`mapped.items()`, or `mapped.values()` of a dict that loses keys."""

    mapped: Mapped
    keys: bool = True


def alike(first: Value, second: Value) -> bool:
    """Whether two values are of one structure, so that a name may stand for one after the other."""
    match first, second:
        case Plain(), Plain():
            return True
        case Fixed(object=a), Fixed(object=b):
            return a is b and gast.dump(first.node) == gast.dump(second.node)
        case Nested(name=a), Nested(name=b):
            return a == b
        case Columns(item=a), Columns(item=b):
            return alike(a, b) and _constants(a) == _constants(b)
        case Record(kind=a, parts=parts), Record(kind=b, parts=others):
            return (
                a is b
                and list(parts) == list(others)
                and all(map(alike, parts.values(), others.values()))
            )
    return False


def _constants(record: Record) -> list[str]:
    """Which parts of a record are names, and which are which constants."""
    return [
        str(gast.dump(part.literal))
        if isinstance(part, Same)
        else ""
        if isinstance(part.atom, gast.Name)
        else str(gast.dump(part.atom))
        for inner in record.walk()
        for part in inner.parts.values()
        if isinstance(part, Plain)
    ]


def is_constant(atom: gast.AST) -> bool:
    """Whether an atom is a constant: True, None, a text or a number, with its sign."""
    return isinstance(atom, gast.Constant) or (
        isinstance(atom, gast.UnaryOp) and isinstance(atom.operand, gast.Constant)
    )


def is_said(atom: gast.AST) -> bool:
    """Whether an atom is True, False, None or a text: what branches are chosen by."""
    return isinstance(atom, gast.Constant) and isinstance(atom.value, bool | str | None)


def is_key(key: object) -> bool:
    """Whether something is a key by which parts are known: a text, a whole number, or a tuple of such."""
    return isinstance(key, str | int) or (isinstance(key, tuple) and all(map(is_key, key)))


def key_value(key: object) -> Value:
    """A key of a dict as a value: a tuple has parts."""
    if isinstance(key, tuple):
        return Record(tuple, dict(enumerate(map(key_value, key))))
    return Plain(literal_key(key))


def literal_key(key: object) -> gast.AST:
    """A key of a dict, as an atom or as a tuple that is written there."""
    if isinstance(key, tuple):
        return gast.Tuple(elts=[literal_key(each) for each in key], ctx=gast.Load())
    if isinstance(key, int) and key < 0:
        return gast.UnaryOp(op=gast.USub(), operand=gast.Constant(value=-key, kind=None))
    return gast.Constant(value=key, kind=None)
