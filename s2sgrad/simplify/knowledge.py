"""What the passes over statements know of the names of one generated function."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import count

import gast

from s2sgrad.extents import Shape, has_axes
from s2sgrad.infer.resolution import Closure
from s2sgrad.infer.trips import unsettled, varies
from s2sgrad.kinds import UNKNOWN, VARYING, Kind, Known, Number, Recursion, Sequence, opened
from s2sgrad.program import Block, Statement
from s2sgrad.simplify.order import Order, order
from s2sgrad.simplify.shapes import Shapes
from s2sgrad.trees import children

__all__ = ["Knowledge"]


@dataclass(eq=False)
class Knowledge:
    """kinds: of names; primal: derivative → the name that it belongs to; home: name → the user's name for it.

    temporaries: names that the user didn't write; named: those of them that get a name all the same. pure:
    whether a statement only computes what it assigns. aliases: the names through which the memory of a name may
    be read. writes: the names whose memory an Assign writes. function_of: the object that the user's reference
    means. parameters: those of the generated function. incoming: names that come in as derivatives. fresh: gives
    a new name, a prefix and what a name stands for. roots: derivatives that were made as memory of their own.
    shared: derivatives in whose memory a write is seen through another name. given: the parameters of the user's
    function. kept: the names of what is kept outside of it. one: name → others that it stands for, too (`note_one`).
    narrow: the dtypes (None: an unknown one) that don't make a number of Python's as precise as a statement has to be.
    """

    kinds: dict[str, Kind]
    primal: Mapping[str, str]
    home: dict[str, str]
    temporaries: frozenset[str]
    named: frozenset[str]
    pure: Callable[[Statement], bool]
    aliases: Callable[[str], Iterable[str]]
    writes: Callable[[Statement], Iterable[str]]
    function_of: Callable[[gast.AST], object | None]
    parameters: tuple[str, ...]
    incoming: frozenset[str]
    fresh: Callable[[str, str], str]
    roots: frozenset[str] = frozenset()
    shared: frozenset[str] = frozenset()
    given: frozenset[str] = frozenset()
    narrow: Callable[[Statement], AbstractSet[str | None]] = lambda _: frozenset()
    kept: frozenset[str] = frozenset()
    users: dict[int, gast.AST] = field(default_factory=dict)
    arranged: dict[int, gast.AST] = field(default_factory=dict)
    one: dict[str, list[str]] = field(default_factory=dict)
    _places: count[int] = field(default_factory=count)
    _ordered: tuple[Block, Order] | None = None

    def __post_init__(self) -> None:
        self._active = frozenset(self.primal.values())

    def derivative(self, name: str) -> bool:
        """Whether a name holds a derivative."""
        if name in self.primal or name in self.incoming:
            return True
        return name.startswith("d_") and name not in self.home

    def temporary(self, name: str) -> bool:
        """Whether a name stands for nothing that the user named."""
        of = self.primal.get(name)
        if of is not None:
            return self.temporary(of)
        if name in self.named:
            return False
        home = self.home.get(name)
        return home is None or home in self.temporaries

    def kind(self, name: str) -> Kind:
        """The kind of a name; unknown where nothing is known."""
        of = self.primal.get(name)
        if of is not None:
            kind = self.kinds.get(of, UNKNOWN)
            return _real(kind)
        return self.kinds.get(name, UNKNOWN)

    def shapes(self, statement: Statement | None = None) -> Shapes:
        """Kinds of expressions that are evaluated at one place, which is none of those that infer knows.

        statement: what they are part of, where it counts how precise they are.
        """
        place = next(self._places)

        def kind_of(name: str) -> Kind:
            kind = opened(self.kind(name))
            return _at(kind, ("written", name, place)) if varies(kind) else kind

        return Shapes(
            kind_of,
            self.function_of,
            real=lambda name: self.derivative(name) or name in self._active,
            parameters=self.parameters,
            narrow=frozenset() if statement is None else self.narrow(statement),
        )

    # ---- the user's own text ------------------------------------------------------------------------

    def adopt(self, expr: gast.AST) -> None:
        """Take an expression, and all that is in it, for the user's."""
        stack = [expr]
        while stack:
            node = stack.pop()
            if id(node) not in self.users:
                self.users[id(node)] = node
                stack.extend(children(node))

    def written_by_user(self, expr: gast.AST) -> bool:
        """Whether an expression stands as the user wrote it."""
        return id(expr) in self.users

    def note_one(self, name: str, other: str) -> None:
        """Note that a name stands for another one, too, which goes."""
        kept, gone = (self.primal.get(n, n) for n in (name, other))
        self.one.setdefault(kept, []).append(gone)

    # ---- memory -------------------------------------------------------------------------------------

    def alone(
        self, name: str, names: AbstractSet[str], copied: AbstractSet[str] = frozenset()
    ) -> bool:
        """Whether a name of the user's certainly holds an array that has no other of these names, and nobody outside.

        copied: the parameters that are copied before anything else is done.
        """
        kind = self.kind(name)
        return (
            name in self.home
            and name not in self.kept
            and (name not in self.given or name in copied)
            and isinstance(kind, Number)
            and kind.array is True
            and kind.shape != ()
            and names.isdisjoint({*self.aliases(name)} - {name})
        )

    def order(self, block: Block) -> Order:
        """The order of a block; that of the last one is kept, as most passes leave a block as it is."""
        if self._ordered is None or self._ordered[0] != block:
            self._ordered = block, order(block, self.writes, self.aliases)
        return self._ordered[1]

    def still(self, names: Iterable[str], order: Order, start: int, end: int) -> bool:
        """Whether names hold the same, and arrays among them the same numbers, after start and before end."""
        return not any(
            order.bound_between(name, start, end)
            or (not self.scalar(name) and order.touched_between(name, start, end))
            for name in names
        )

    def scalar(self, name: str) -> bool:
        """Whether a name certainly holds a number, so that nobody can write into it."""
        kind = self.kind(name)
        if isinstance(kind, Known):  # a function that captured something gives another number then
            return not isinstance(kind.value, Closure)
        return isinstance(kind, Number) and kind.scalar and kind.array is False

    def scalar_index(self, part: gast.AST) -> bool:
        """Whether a part of an index is certainly an integer, None or `...`."""
        if isinstance(part, gast.Name):
            kind = self.kind(part.id)
            return isinstance(kind, Number) and kind.scalar and kind.dtype == "int"
        if isinstance(part, gast.Constant):
            return part.value is None or part.value is Ellipsis or type(part.value) is int
        if isinstance(part, gast.UnaryOp | gast.BinOp):
            return all(
                self.scalar_index(inner)
                for inner in children(part)
                if not isinstance(inner, gast.operator | gast.unaryop)
            )
        return False


def _real(kind: Kind) -> Kind:
    """The kind of the derivative of something."""
    if isinstance(kind, Number):
        real = kind.dtype in {"float64", "float32", "float"}
        if real and kind.value is None:
            return kind
        return Number(kind.dtype if real else "float", kind.shape, kind.array)
    if isinstance(kind, Sequence):
        items = None if kind.items is None else tuple(map(_real, kind.items))
        return Sequence("list", items, _real(kind.item))
    return UNKNOWN if isinstance(kind, Known | Recursion) else kind


def _at(kind: Kind, key: object) -> Kind:
    """The kind at one place: a shape that varies from trip to trip is equal to itself there.

    The items of a list differ there, too: what an expression reads of it is equal to what the same expression reads.
    """
    if isinstance(kind, Sequence):
        return kind
    if isinstance(kind, Number) and isinstance(kind.shape, Shape) and kind.shape.key == VARYING:
        return Number(kind.dtype, Shape(key, has_axes(kind.shape)), kind.array)
    return unsettled(kind, key)
