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
    "Bound",
    "Choice",
    "Fixed",
    "Nested",
    "Partial",
    "Plain",
    "Record",
    "Super",
    "Value",
    "alike",
]


@dataclass(eq=False)
class Value:
    """The base of what a name may stand for."""


@dataclass(eq=False)
class Plain(Value):
    """An ordinary value: the atom that holds it."""

    atom: gast.AST


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

    missing: whether it may be none of them, which raises a KeyError.
    """

    subject: gast.AST
    options: list[tuple[object, Value]]
    missing: bool = False


@dataclass(eq=False)
class Record(Value):
    """Something made of parts that are known: an object of a class, a tuple, a list or a dict.

    kind: the class, or tuple, list or dict. parts: attribute, position or key → what is there; a Plain part has a name
    of its own, which is assigned where the part is. root: the name that the whole was first given to; place: how deep
    in loops and branches it was made. given: the structure of what the caller gives.
    """

    kind: type
    parts: dict[object, Value] = field(default_factory=dict)
    root: str = ""
    place: tuple[int, ...] = ()
    given: Structure | None = None

    @property
    def items(self) -> list[Value]:
        """What iterating over it gives: keys of a dict, items of all else."""
        if self.kind is dict:
            self.keys_in_order()
            return [Plain(gast.Constant(value=key, kind=None)) for key in self.parts]
        return list(self.parts.values())

    def keys_in_order(self) -> Record:
        """It, its keys being read in the order that they have."""
        if self.given is not None and self.kind is dict:
            self.given.in_order.update(self.parts)
        return self

    @property
    def is_sequence(self) -> bool:
        """Whether it is a tuple or a list, or a tuple with names."""
        return issubclass(self.kind, tuple | list)

    def walk(self) -> Iterator[Record]:
        """It, and the records in it."""
        yield self
        for part in self.parts.values():
            if isinstance(part, Record):
                yield from part.walk()


def alike(first: Value, second: Value) -> bool:
    """Whether two values are of one structure, so that a name may stand for one after the other."""
    match first, second:
        case Plain(), Plain():
            return True
        case Fixed(object=a), Fixed(object=b):
            return a is b and gast.dump(first.node) == gast.dump(second.node)
        case Nested(name=a), Nested(name=b):
            return a == b
        case Record(kind=a, parts=parts), Record(kind=b, parts=others):
            return (
                a is b
                and list(parts) == list(others)
                and all(map(alike, parts.values(), others.values()))
            )
    return False
