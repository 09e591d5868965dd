"""Memory that several names see: its derivative is memory as well, which the same names see.

Receives a function after infer, aliasing and activity. For the names of `memory` each statement that makes a pointer
is followed by the same on the derivatives, their shadows: `c = a` by `d_c = d_a`, `v = a[1:]` by `d_v = d_a[1:]`,
swaps by swaps; what makes an array is followed by zeros of its layout. A shadow is an ordinary name without a
derivative of its own: what the backward half reads of it is kept, made again or recorded as for any other.

Promises that at each statement the shadow of a name is the memory of the derivative of what that name is there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace

import gast
import numpy as np

from s2sgrad.flow import bound, read
from s2sgrad.infer.facts import Facts
from s2sgrad.infer.resolution import (
    RESIZING,
    Container,
    Copy,
    Inert,
    Primitive,
    Resolution,
    UserCall,
)
from s2sgrad.kinds import Number, Sequence, is_number
from s2sgrad.program import Assign, Block, For, Statement, Store, walk
from s2sgrad.rewrite import with_blocks
from s2sgrad.shadows import mirrored as repeated
from s2sgrad.simplify.expressions import call, mapped, one_or_all
from s2sgrad.trees import children, name

__all__ = [
    "GETITEM",
    "Mirrored",
    "is_pointer",
    "makes_new",
    "may_copy",
    "mirrored",
    "sunk",
    "viewed",
]


@dataclass(frozen=True, eq=False)
class Mirrored:
    """The function with its shadows.

    memory: the names whose derivative is memory; shadows: the statements that were added, pointers and zeros;
    roots: the derivatives for which memory was made.
    """

    body: Block
    facts: Facts
    variables: frozenset[str]
    memory: frozenset[str]
    shadows: frozenset[Statement]
    roots: frozenset[str]


def mirrored(
    body: Block,
    facts: Facts,
    variables: frozenset[str],
    memory: frozenset[str],
    derivative: Callable[[str], str],
    same: Callable[[UserCall, tuple[str, ...]], tuple[str | None, ...]],
    zeros: Callable[[str], gast.AST],
    begun: Mapping[str, gast.AST | None],
    first: Block = (),
    *,
    full: bool = False,
) -> Mirrored:
    """A function with the shadows of memory.

    same: the parameters that a called function returns as they are; zeros: those for what a name holds; begun: the
    parameters to whose shadow a value is given at the start, or zeros where that is None; first: statements without
    a derivative that come before all; full: whether shadows that come in may hold something already.
    """
    work = _Mirror(facts, memory, derivative, same, zeros, full)
    entry = tuple(work.made(parameter, value) for parameter, value in begun.items())
    work.calls.update({statement: Inert() for statement in first})
    whole = (*first, *entry, *work.block(body))
    kinds = {**facts.kinds, **{derivative(n): facts.kinds[n] for n in memory if n in facts.kinds}}
    return Mirrored(
        whole,
        replace(facts, kinds=kinds, calls={**facts.calls, **work.calls}),
        variables | {derivative(n) for n in memory & variables},
        memory,
        frozenset(work.calls),
        frozenset(work.roots) - {derivative(n) for n in memory & variables},
    )


def sunk(
    forward: Block, shadows: frozenset[Statement], variables: frozenset[str], facts: Facts
) -> tuple[Block, Block]:
    """The forward half without the shadows that nothing in it reads, and these, for the head of the backward half.

    They read only what is the same there: a variable isn't, nor is a list whose items change.
    """
    changing = any(isinstance(s, Store) or _resizes(facts.calls.get(s)) for s in shadows)
    wanted = {n for statement in walk(forward) if statement not in shadows for n in read(statement)}
    inner = {s for top in forward if top not in shadows for s in walk((top,)) if s in shadows}
    wanted.update(n for statement in inner for n in read(statement))
    stays: list[Statement] = []
    sinks: list[Statement] = []
    for statement in reversed(forward):
        names = {*bound(statement), *read(statement)}
        if (
            isinstance(statement, Assign)
            and statement in shadows
            and wanted.isdisjoint(bound(statement))
            and variables.isdisjoint(names)
            and not (changing and isinstance(facts.calls.get(statement), Container))
        ):
            sinks.append(statement)
            continue
        if statement in shadows:
            wanted.update(read(statement))
        stays.append(statement)
    return tuple(reversed(stays)), tuple(reversed(sinks))


def _resizes(resolution: Resolution | None) -> bool:
    """Whether a statement changes a list by more than a store."""
    return isinstance(resolution, Container) and resolution.operation in RESIZING


def is_pointer(resolution: Resolution | None, facts: Facts) -> bool:
    """Whether what a primitive gives is a view of its first argument: `x[[0, 1]]` and `x[mask]` are copies."""
    if not isinstance(resolution, Primitive) or resolution.rule.kind != "view":
        return False
    if makes_new(resolution, facts):
        return False
    index = resolution.arguments.get("i")
    return (
        not isinstance(index, gast.AST)
        or resolution.rule.name != GETITEM
        or facts.plain_index(index)
    )


def viewed(resolution: Primitive) -> object:
    """What a primitive may give a view of."""
    if resolution.rule.function is np.einsum:
        return resolution.arguments["a"]
    return next(iter(resolution.arguments.values()))


def makes_new(resolution: Primitive, facts: Facts) -> bool:
    """Whether what can give a view gives an array of its own: `np.diag` of a vector, `np.einsum` where it sums.

    So does `list` of a vector, or `sorted` of numbers, and whatever NumPy makes of a list (`np.asarray([x, y])`) or of
    a number (`np.atleast_1d(s)`).
    """
    base = viewed(resolution)
    kind = facts.atom(base) if isinstance(base, gast.AST) else None
    if isinstance(kind, Sequence) and _is_numpys(resolution.rule.function):
        return True
    if kind is not None and is_number(kind):
        return True
    if resolution.rule.function in _OF_VECTORS:
        if isinstance(kind, Sequence):
            kind = kind.item
            return isinstance(kind, Number) and kind.scalar and kind.array is False
        return isinstance(kind, Number) and kind.ndim == 1
    match resolution.arguments.get("subscripts"):
        case gast.Constant(value=str(subscripts)) if resolution.rule.function is np.einsum:
            given, arrow, kept = subscripts.replace(" ", "").partition("->")
            once = {letter for letter in given if given.count(letter) == 1}
            return bool(set(given) - set(kept) if arrow else set(given) - once)
    return False


def _is_numpys(function: object) -> bool:
    return (getattr(function, "__module__", None) or "").partition(".")[0] == "numpy"


def may_copy(resolution: Resolution | None, contiguous: Collection[str] = ()) -> bool:
    """Whether a view is one only where the layout of the array allows it; contiguous: names for which it does."""
    if not isinstance(resolution, Primitive):
        return False
    base = next(iter(resolution.arguments.values()), None)
    order = resolution.arguments.get("order")
    in_order = order is None or (isinstance(order, gast.Constant) and order.value == "C")
    if isinstance(base, gast.Name) and base.id in contiguous and in_order:
        return resolution.rule.function in _CONVERTING and len(resolution.arguments) > 1
    return resolution.rule.function in _MAY_COPY or (
        resolution.rule.function in _CONVERTING and len(resolution.arguments) > 1
    )


_MAY_COPY: tuple[object, ...] = (
    np.reshape,
    np.ndarray.reshape,
    np.ravel,
    np.ascontiguousarray,
    np.asfortranarray,
)
_OF_VECTORS: tuple[object, ...] = (np.diag, list, tuple, sorted)
_FOR_READING: tuple[object, ...] = (np.diag, np.diagonal)
_CONVERTING: tuple[object, ...] = (np.asarray, np.asanyarray)
GETITEM = "operator.getitem"


@dataclass(eq=False)
class _Mirror:
    facts: Facts
    memory: frozenset[str]
    derivative: Callable[[str], str]
    called: Callable[[UserCall, tuple[str, ...]], tuple[str | None, ...]]
    zeros: Callable[[str], gast.AST]
    full: bool
    calls: dict[Statement, Resolution] = field(default_factory=dict)
    roots: set[str] = field(default_factory=set)

    def block(self, block: Block) -> Block:
        return tuple(new for statement in block for new in self.statement(statement))

    def statement(self, statement: Statement) -> tuple[Statement, ...]:
        match statement:
            case Assign() | Store():
                return (statement, *self.shadows(statement))
            case For(header=header, body=body) if header is not None:
                bindings = body[: header.bindings]
                made = tuple(new for binding in bindings for new in self.shadows(binding))
                rest = self.block(body[header.bindings :])
                return (replace(statement, body=(*bindings, *made, *rest)),)
        return (with_blocks(statement, self.block),)

    def shadows(self, statement: Statement) -> tuple[Statement, ...]:
        """What a statement does with pointers, done with their shadows."""
        resolution = self.facts.calls.get(statement)
        if isinstance(resolution, Container):
            return self.in_lists(statement, resolution)
        if not isinstance(statement, Assign) or self.memory.isdisjoint(statement.targets):
            return ()
        match resolution:
            case Copy(atoms=atoms):
                pairs = [
                    (target, atom)
                    for target, atom in zip(statement.targets, atoms, strict=True)
                    if target in self.memory
                ]
                return (self.pointers(pairs),)
            case Primitive(in_place=True):
                first = next(iter(resolution.arguments.values()))
                return (self.pointers([(statement.targets[0], first)]),)
            case UserCall(arguments=arguments):
                return self.returned(
                    statement, arguments, self.called(resolution, statement.targets)
                )
            case Primitive() if is_pointer(resolution, self.facts):
                base = next(iter(resolution.arguments.values()))
                if self.is_pointer(base):
                    return (self.same(statement, resolution, base),)
        return tuple(self.made(target) for target in statement.targets if target in self.memory)

    def returned(
        self, statement: Assign, arguments: Mapping[str, gast.AST], same: tuple[str | None, ...]
    ) -> tuple[Statement, ...]:
        """The shadows of what a call returns: those of arguments that are returned as they are, or new ones."""
        pairs = [
            (target, arguments[parameter])
            for target, parameter in zip(statement.targets, same, strict=True)
            if target in self.memory and parameter is not None
        ]
        new = (t for t, p in zip(statement.targets, same, strict=True) if p is None)
        made = tuple(self.made(target) for target in new if target in self.memory)
        return (self.pointers(pairs), *made) if pairs else made

    def in_lists(self, statement: Statement, resolution: Container) -> tuple[Statement, ...]:
        """What is done with a list or a tuple of arrays, done with that of their shadows."""
        base = resolution.atoms[0] if resolution.atoms else None
        changed = isinstance(base, gast.Name) and base.id in self.memory
        if isinstance(statement, Store):
            if not changed:
                return ()
            value, index = self.shadow(statement.value), statement.index
            new: Statement = Store(self.shadow(base), index, value)
            self.calls[new] = Container("store", (self.shadow(base), index, value))
            return (new,)
        assert isinstance(statement, Assign)  # noqa: S101
        pointed = not self.memory.isdisjoint(statement.targets)
        if not pointed and not (changed and _resizes(resolution)):
            return ()
        value = repeated(statement.value, resolution, self.shadow, self.is_pointer)
        targets = tuple(map(self.derivative, statement.targets)) if pointed else (self.unread,)
        new = Assign(targets, value)
        self.calls[new] = replace(resolution, atoms=tuple(map(self.shadow, resolution.atoms)))
        return (new,)

    @property
    def unread(self) -> str:
        """A name for what nobody reads: `_`, if it isn't the user's."""
        new = "_"
        while new in self.facts.kinds:
            new += "_"
        return new

    def is_pointer(self, atom: object) -> bool:
        """Whether an atom has a shadow."""
        return isinstance(atom, gast.Name) and atom.id in self.memory

    def shadow(self, atom: object) -> gast.AST:
        """The shadow of an atom, zeros for an array or a list without; itself where it is an index, or a number."""
        assert isinstance(atom, gast.AST)  # noqa: S101
        if self.is_pointer(atom):
            return self.of(atom)
        kind = self.facts.atom(atom)
        held = isinstance(kind, Sequence) or (isinstance(kind, Number) and kind.array is True)
        return self.zeros(atom.id) if isinstance(atom, gast.Name) and held else atom

    def pointers(self, pairs: list[tuple[str, gast.AST]]) -> Statement:
        """`d_c = d_a` for `c = a`; parallel ones stay parallel."""
        atoms = tuple(self.shadow(atom) for _, atom in pairs)
        value = one_or_all(list(atoms))
        new = Assign(tuple(self.derivative(target) for target, _ in pairs), value)
        self.calls[new] = Copy(atoms)
        return new

    def same(self, statement: Assign, resolution: Primitive, base: object) -> Statement:
        """`d_v = d_a[1:]` for `v = a[1:]`."""
        assert isinstance(base, gast.Name)  # noqa: S101
        shadow = self.of(base)
        value = _with(statement.value, base, shadow)
        if resolution.rule.function in _FOR_READING:
            value = call("$writable", value)
        if self.full and may_copy(resolution):
            value = _or_zeros(value, shadow)
        new = Assign(tuple(map(self.derivative, statement.targets)), value)
        key = next(iter(resolution.arguments))
        self.calls[new] = replace(resolution, arguments={**resolution.arguments, key: shadow})
        return new

    def made(self, value: str, given: gast.AST | None = None) -> Statement:
        """Memory of its own for the derivative of an array: zeros, or what is given."""
        new = Assign((self.derivative(value),), self.zeros(value) if given is None else given)
        self.calls[new] = Inert()
        self.roots.update(new.targets)
        return new

    def of(self, atom: object) -> gast.AST:
        assert isinstance(atom, gast.Name)  # noqa: S101
        return name(self.derivative(atom.id))


def _or_zeros(view: gast.AST, base: gast.AST) -> gast.AST:
    """A view of something, zeros if it were a copy."""
    test = call("$np.may_share_memory", view, base)
    return gast.IfExp(test=test, body=view, orelse=call("$np.zeros_like", view))


def _with(tree: gast.AST, old: gast.AST, new: gast.AST) -> gast.AST:
    """A tree with one node of it replaced: the first operand, whose name may occur elsewhere in it, too."""
    if tree is old:
        return new
    return mapped(tree, {id(child): _with(child, old, new) for child in children(tree)})
