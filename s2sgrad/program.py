"""The statement language that every pass reads and writes: the user's program and its derivative alike.

A statement is a frozen dataclass *with identity*: two equal-looking statements are two keys in a table.
Nothing is ever hung on a statement; an analysis returns a table keyed by statement, a transformation
returns new statements. Expressions are gast expressions and are never mutated either: passes share them.

Normal form (what `normalize` gives and every analysis may rely on)::

    atom      := name | constant | -constant | static        static: dotted name of a global, `np.pi`, `SIZE`
    primitive := atom
               | atom op atom | op atom | atom compare atom   (one comparison, `not` included)
               | callee(atom, ..., key=atom, ...)             callee: static | name | name.method
               | atom[index] | atom.attribute                 index: atom, slices of atoms, a tuple of these
               | (atom, ...) | [atom, ...] | {atom: atom, ...}
               | constant if atom else constant               numbers or texts
               | lambda (untouched) | f-string (untouched)
               | test and test, test or test, a < b < c       of numbers: see `joined_tests`
    simple    := Assign | Store | Effect
    block     := statements; a Jump is the last statement of a branch of an If that definitely jumps

A function's body ends in its only Return.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field

import gast

from s2sgrad.frozen import dataclass
from s2sgrad.remembered import remembered

__all__ = [
    "COMPOUND",
    "WHOLE",
    "Accumulate",
    "Assign",
    "Block",
    "Clear",
    "Comment",
    "Effect",
    "For",
    "Function",
    "Header",
    "If",
    "Jump",
    "Origin",
    "Parameter",
    "Restore",
    "Return",
    "Save",
    "Statement",
    "Store",
    "Update",
    "While",
    "trees_of",
    "walk",
]


@dataclass(frozen=True)
class Origin:
    """Where in the user's file a statement comes from: lines from 1, columns in characters from 0."""

    line: int
    column: int = 0
    end_line: int = 0
    end_column: int = 0


@dataclass(frozen=True, eq=False)
class Statement:
    """What all statements share: the user's statement they belong to (None: written by a pass)."""

    origin: Origin | None = field(default=None, kw_only=True)


Block = tuple[Statement, ...]


@dataclass(frozen=True, eq=False)
class Assign(Statement):
    """`y = primitive`; with several targets `q, r = g(x)`, or a parallel copy `a, b = (b, t)`.

    A parallel copy is an Assign of several targets whose value is a Tuple of as many atoms.
    """

    targets: tuple[str, ...]
    value: gast.AST


@dataclass(frozen=True, eq=False)
class Store(Statement):
    """`base[index] = value`, or `base.name = value` where index is a str.

    operator is set where the user wrote an augmented store: `base[index] += v` is normalised to
    `old = base[index]; new = old + v; base[index] = new`, the Store keeping Add for printing and for
    what Python does differently there (no change of dtype).
    """

    base: gast.AST
    index: gast.AST | str
    value: gast.AST
    operator: gast.AST | None = None


@dataclass(frozen=True, eq=False)
class Update(Statement):
    """`target op= value` on a name: mutates an array or a list, rebinds a scalar; infer decides."""

    target: str
    operator: gast.AST
    value: gast.AST


@dataclass(frozen=True, eq=False)
class Effect(Statement):
    """A statement kept as the user wrote it, from which no derivative flows: assert, raise, del, print."""

    node: gast.AST


@dataclass(frozen=True, eq=False)
class If(Statement):
    """`if test: body else: orelse`; test is an atom or `not atom`."""

    test: gast.AST
    body: Block
    orelse: Block = ()


@dataclass(frozen=True, eq=False)
class Header:
    """How the user wrote a loop over things: `for target in iterable`; covers the body's first statements.

    growing: whether the loop changes the length of what it runs over, if that is a list.
    """

    target: gast.AST
    iterable: gast.AST
    bindings: int
    growing: bool = False


@dataclass(frozen=True, eq=False)
class For(Statement):
    """`for target in iterable: body`.

    iterable is `range(...)` of atoms (then the loop is counted; `$range(...)` where range is a name of the user's),
    or an atom that is iterated as it is.
    `for w in weights` is counted: target is a fresh index k, iterable `range(len(weights))`, the body begins
    with `w = weights[k]`, and header keeps the user's way of writing it, whose bindings are the first
    `header.bindings` statements of the body. A loop's else is lowered by normalize.
    """

    target: str
    iterable: gast.AST
    body: Block
    header: Header | None = None


@dataclass(frozen=True, eq=False)
class While(Statement):
    """`while test: body`, where head computes test before each trip (and once more at the end)."""

    head: Block
    test: gast.AST
    body: Block


COMPOUND = frozenset({If, For, While})
"""The classes of statements that have statements inside them."""


@dataclass(frozen=True, eq=False)
class Jump(Statement):
    """`break` or `continue`."""

    kind: str


@dataclass(frozen=True, eq=False)
class Return(Statement):
    """`return value`, the last statement of a function; value is an atom, a tuple of atoms, or None."""

    value: gast.AST | None


# ---- statements that only derivatives have ------------------------------------------------------


WHOLE = gast.Constant(value=Ellipsis, kind=None)
"""The index of a contribution to all of the memory of a derivative: it is added in place."""


@dataclass(frozen=True, eq=False)
class Accumulate(Statement):
    """Add value to the derivative `target`, or to its part `target[index]`.

    How it is printed (`=`, `+=`, rebinding, `np.add.at`) is chosen last. With repeated, an index array may
    hold an entry several times, and each occurrence counts.
    """

    target: str
    value: gast.AST
    index: gast.AST | None = None
    repeated: bool = False


@dataclass(frozen=True, eq=False)
class Clear(Statement):
    """Make the derivative `target`, or its part `target[index]`, zero; of_list: that is a number in a list."""

    target: str
    index: gast.AST | None = None
    of_list: bool = False


@dataclass(frozen=True, eq=False)
class Save(Statement):
    """Push the values of names on the list `stack`: one name as it is, several as a tuple.

    copied names are arrays (or views) whose contents are copied; expressions stand beside names for slices.
    """

    stack: str
    values: tuple[gast.AST, ...]


@dataclass(frozen=True, eq=False)
class Restore(Statement):
    """Pop the list `stack` into targets: names, or subscripts for slices that were overwritten."""

    stack: str
    targets: tuple[gast.AST, ...]


@dataclass(frozen=True, eq=False)
class Comment(Statement):
    """A comment on lines of its own; text may have several lines and is never code."""

    text: str


# ---- functions -----------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Parameter:
    """A parameter: kind is 'positional_only', 'positional', 'variadic', 'keyword' or 'variadic_keyword'."""

    name: str
    kind: str = "positional"
    default: gast.AST | None = None
    annotation: gast.AST | None = None


@dataclass(frozen=True, eq=False)
class Function:
    """One function: the user's after normalize, or a generated one before emit."""

    name: str
    parameters: tuple[Parameter, ...]
    body: Block
    docstring: str | None = None


def trees_of(statement: Statement) -> Iterator[gast.AST]:
    """The expressions of a statement, without those in its blocks."""
    for value in vars(statement).values():
        parts = value if isinstance(value, tuple) else (value,)
        yield from (part for part in parts if isinstance(part, gast.AST))


def walk(block: Block) -> Block:
    """Every statement of a block in the order of the text, those inside others included."""
    alone = len(block) == 1 and block[0].__class__ not in COMPOUND
    return block if alone else _walked(block)


@remembered
def _walked(block: Block) -> Block:
    if COMPOUND.isdisjoint([statement.__class__ for statement in block]):
        return block
    found: list[Statement] = []
    for statement in block:
        found.append(statement)
        match statement:
            case If(body=body, orelse=orelse):
                found += (*walk(body), *walk(orelse))
            case While(head=head, body=body):
                found += (*walk(head), *walk(body))
            case For(body=body):
                found += walk(body)
    return tuple(found)
