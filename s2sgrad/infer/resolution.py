"""What a primitive of the program turns out to be: the entries of the table that infer gives."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

import gast

from s2sgrad.flow import read
from s2sgrad.frozen import dataclass
from s2sgrad.kinds import UNKNOWN, Kind
from s2sgrad.program import Statement
from s2sgrad.trees import loaded

if TYPE_CHECKING:
    from s2sgrad.parse import Source
    from s2sgrad.registry import Rule

__all__ = [
    "IN_A_DICT",
    "LARGEST_SEQUENCE",
    "READ_FROM_TEXT",
    "RESIZING",
    "Closure",
    "Container",
    "Copy",
    "Inert",
    "Primitive",
    "Refused",
    "Repeated",
    "Resolution",
    "Stands",
    "Unresolved",
    "UserCall",
    "reads",
]


@dataclass(frozen=True, eq=False)
class Resolution:
    """The base of what an Assign's value, or a Store, may be."""


@dataclass(frozen=True, eq=False)
class Copy(Resolution):
    """A plain copy, or a parallel one: the atoms of the value, one a target."""

    atoms: tuple[gast.AST, ...]


@dataclass(frozen=True, eq=False)
class Primitive(Resolution):
    """A call of something with a rule.

    arguments: parameter of the rule → an atom, or a tuple of them.

    in_place: the first argument's memory receives the result (`x += v` on an array).
    """

    rule: Rule
    arguments: Mapping[str, gast.AST | tuple[gast.AST, ...]]
    in_place: bool = False


@dataclass(frozen=True, eq=False)
class UserCall(Resolution):
    """A call of a function with source; arguments: parameter → atom; kinds: of every parameter."""

    source: Source
    arguments: Mapping[str, gast.AST]
    kinds: Mapping[str, Kind]

    def passed(self, parameters: Collection[str]) -> tuple[str, ...]:
        """The names that are passed for some of the parameters."""
        given = (value for key, value in self.arguments.items() if key in parameters)
        return tuple(name for value in given for name in loaded(value))

    def carrying(self, active: Collection[str]) -> frozenset[str]:
        """The parameters for which something is passed that carries a derivative."""
        arguments = self.arguments.items()
        return frozenset(p for p, a in arguments if any(name in active for name in loaded(a)))


def reads(statement: Statement, found: Resolution | None) -> frozenset[str]:
    """The names that a statement reads, and those that a function which it calls captured; found: what it means."""
    passed = found.passed(found.arguments) if isinstance(found, UserCall) else ()
    return frozenset((*read(statement), *passed))


RESIZING = frozenset({"append", "extend", "insert", "pop", "reverse"})
"""What changes a list by more than a store."""


@dataclass(frozen=True, eq=False)
class Container(Resolution):
    """Something done with a list or a tuple: operation is one of OPERATIONS.

    display (items), element (base, index), append (base, item), pop (base, perhaps an index), insert (base, index,
    item), extend (base, items), reverse (base), length, unpack (a list, a tuple or an array, into several targets).
    """

    operation: str
    atoms: tuple[gast.AST, ...]


@dataclass(frozen=True, eq=False)
class Inert(Resolution):
    """No derivative flows through it; effect: it has to run exactly once and in order."""

    effect: bool = False


@dataclass(frozen=True, eq=False)
class Closure(Resolution):
    """A lambda or a nested function, lifted: its captured names are further parameters.

    defaults: what its defaults read where it is made.
    """

    source: Source
    captured: tuple[str, ...]
    defaults: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Stands(Resolution):
    """What a call stands for, a store above all: `np.add(x, y, out=c)` for `c[...] = x + y`, and c.

    values: primitives that are computed one after the other; store: base, index and value of a
    store behind them; result: what the call gives, None for the last of the values. The k-th value
    is read as `part(k)`.
    """

    values: tuple[gast.AST, ...]
    store: tuple[gast.AST, gast.AST, gast.AST] | None = None
    result: gast.AST | None = None


@dataclass(frozen=True, eq=False)
class Repeated(Resolution):
    """`np.multiply.at(base, index, value)`: `base[index[k]] *= value[k]` for one k after the other.

    values: primitives that index and value are made by, as in `Stands`; each: whether value has
    items, and isn't the same number for all.
    """

    base: gast.AST
    index: gast.AST
    operator: gast.AST
    value: gast.AST
    each: bool
    values: tuple[gast.AST, ...] = ()


@dataclass(frozen=True, eq=False)
class Unresolved(Resolution):
    """Nobody knows what this does: refused where a derivative would have to pass through.

    now: the kind of what an attribute of something global is at present; changes: the names whose contents it is known
    to change.
    """

    message: str
    remedy: str
    now: Kind = UNKNOWN
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Refused(Unresolved):
    """What is refused whether or not a derivative would pass through it."""


LARGEST_SEQUENCE = Unresolved(
    "max and min of lists or tuples aren't differentiated",
    "Say what is compared: max(pairs, key=lambda pair: pair[0]).",
)
IN_A_DICT = Unresolved(
    "what is in a dict isn't differentiated yet", "Keep the values in variables, or in a list."
)

READ_FROM_TEXT = Unresolved(
    "a number that is read from text carries no derivative", "Compute with the number itself."
)
