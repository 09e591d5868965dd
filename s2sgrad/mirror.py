"""Memory that several names see: its derivative is memory as well, which the same names see.

Receives a function after infer, aliasing and activity. For the names of `memory` each statement that makes a pointer
is followed by the same on the derivatives, their shadows: `c = a` by `d_c = d_a`, `v = a[1:]` by `d_v = d_a[1:]`,
swaps by swaps; what makes an array is followed by zeros of its layout. A shadow is an ordinary name without a
derivative of its own: what the backward half reads of it is kept, made again or recorded as for any other.

Promises that at each statement the shadow of a name is the memory of the derivative of what that name is there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import gast
import numpy as np

from s2sgrad.flow import bound, read
from s2sgrad.infer.engine import Facts
from s2sgrad.infer.resolution import Container, Copy, Inert, Primitive, Resolution, UserCall
from s2sgrad.program import Assign, Block, For, Statement, walk
from s2sgrad.rewrite import with_blocks
from s2sgrad.simplify.expressions import call, mapped, tuple_of
from s2sgrad.trees import children, name

__all__ = ["GETITEM", "Mirrored", "is_pointer", "may_copy", "mirrored", "sunk"]


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
    same: Callable[[UserCall], str | None],
    begun: Mapping[str, gast.AST | None],
    first: Block = (),
) -> Mirrored:
    """A function with the shadows of memory.

    same: the parameter that a called function returns as it is; begun: the parameters to whose shadow a value is
    given at the start, or zeros where that is None; first: statements without a derivative that come before all.
    """
    work = _Mirror(facts, memory, derivative, same)
    entry = tuple(work.zeros(parameter, value) for parameter, value in begun.items())
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
    forward: Block, shadows: frozenset[Statement], variables: frozenset[str]
) -> tuple[Block, Block]:
    """The forward half without the shadows that nothing in it reads, and these, for the head of the backward half.

    They read only what is the same there: a variable isn't.
    """
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
        ):
            sinks.append(statement)
            continue
        if statement in shadows:
            wanted.update(read(statement))
        stays.append(statement)
    return tuple(reversed(stays)), tuple(reversed(sinks))


def is_pointer(resolution: Resolution | None, facts: Facts) -> bool:
    """Whether what a primitive gives is a view of its first argument: `x[[0, 1]]` and `x[mask]` are copies."""
    if not isinstance(resolution, Primitive) or resolution.rule.kind != "view":
        return False
    index = resolution.arguments.get("i")
    return (
        not isinstance(index, gast.AST)
        or resolution.rule.name != GETITEM
        or facts.plain_index(index)
    )


def may_copy(resolution: Resolution | None) -> bool:
    """Whether a view is one only where the layout of the array allows it."""
    if not isinstance(resolution, Primitive):
        return False
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
_CONVERTING: tuple[object, ...] = (np.asarray, np.asanyarray)
GETITEM = "operator.getitem"


@dataclass(eq=False)
class _Mirror:
    facts: Facts
    memory: frozenset[str]
    derivative: Callable[[str], str]
    called: Callable[[UserCall], str | None]
    calls: dict[Statement, Resolution] = field(default_factory=dict)
    roots: set[str] = field(default_factory=set)

    def block(self, block: Block) -> Block:
        return tuple(new for statement in block for new in self.statement(statement))

    def statement(self, statement: Statement) -> tuple[Statement, ...]:
        match statement:
            case Assign():
                return (statement, *self.shadows(statement))
            case For(header=header, body=body) if header is not None:
                bindings = body[: header.bindings]
                made = tuple(new for binding in bindings for new in self.shadows(binding))
                rest = self.block(body[header.bindings :])
                return (replace(statement, body=(*bindings, *made, *rest)),)
        return (with_blocks(statement, self.block),)

    def shadows(self, statement: Statement) -> tuple[Statement, ...]:
        """What a statement does with pointers, done with their shadows."""
        if not isinstance(statement, Assign) or self.memory.isdisjoint(statement.targets):
            return ()
        resolution = self.facts.calls.get(statement)
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
            case Container(operation="unpack", atoms=(base, *_)):
                return (self.same(statement, resolution, base),)
            case UserCall(arguments=arguments) if self.called(resolution) is not None:
                given = arguments[self.called(resolution) or ""]
                return (self.pointers([(statement.targets[0], given)]),)
            case Primitive() if is_pointer(resolution, self.facts):
                return (
                    self.same(statement, resolution, next(iter(resolution.arguments.values()))),
                )
        return tuple(self.zeros(target) for target in statement.targets if target in self.memory)

    def pointers(self, pairs: list[tuple[str, gast.AST]]) -> Statement:
        """`d_c = d_a` for `c = a`; parallel ones stay parallel."""
        atoms = tuple(self.of(atom) for _, atom in pairs)
        value = atoms[0] if len(atoms) == 1 else tuple_of(list(atoms))
        new = Assign(tuple(self.derivative(target) for target, _ in pairs), value)
        self.calls[new] = Copy(atoms)
        return new

    def same(self, statement: Assign, resolution: Resolution, base: object) -> Statement:
        """`d_v = d_a[1:]` for `v = a[1:]`."""
        assert isinstance(base, gast.Name)  # noqa: S101
        shadow = self.of(base)
        value = _with(statement.value, base, shadow)
        new = Assign(tuple(map(self.derivative, statement.targets)), value)
        if isinstance(resolution, Primitive):
            key = next(iter(resolution.arguments))
            arguments: Mapping[str, gast.AST | tuple[gast.AST, ...]] = {
                **resolution.arguments,
                key: shadow,
            }
            self.calls[new] = replace(resolution, arguments=arguments)
        else:
            assert isinstance(resolution, Container)  # noqa: S101
            self.calls[new] = replace(resolution, atoms=(shadow, *resolution.atoms[1:]))
        return new

    def zeros(self, value: str, given: gast.AST | None = None) -> Statement:
        """Zeros with the layout of an array: what is a view of one is a view of the other."""
        zeros = call("$zeros_like", name(value)) if given is None else given
        new = Assign((self.derivative(value),), zeros)
        self.calls[new] = Inert()
        self.roots.update(new.targets)
        return new

    def of(self, atom: object) -> gast.AST:
        assert isinstance(atom, gast.Name)  # noqa: S101
        return name(self.derivative(atom.id))


def _with(tree: gast.AST, old: gast.AST, new: gast.AST) -> gast.AST:
    """A tree with one node of it replaced: the first operand, whose name may occur elsewhere in it, too."""
    if tree is old:
        return new
    return mapped(tree, {id(child): _with(child, old, new) for child in children(tree)})
