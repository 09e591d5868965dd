"""Which names a statement reads and binds, which are live, and what nobody reads.

Works on every statement of the language, the program's and the derivative's, with jumps in place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import gast

from s2sgrad.program import (
    COMPOUND,
    Accumulate,
    Assign,
    Block,
    Clear,
    Comment,
    Effect,
    For,
    If,
    Jump,
    Restore,
    Return,
    Save,
    Statement,
    Store,
    Update,
    While,
)
from s2sgrad.remembered import remembered
from s2sgrad.shape_reads import copied_name, names_read
from s2sgrad.trees import loaded, names_bound_in

__all__ = ["Live", "bound", "live_before", "read", "without_dead"]

Live = frozenset[str]
_WITH_FLOW = frozenset({*COMPOUND, Jump, Comment})


@remembered
def read(statement: Statement) -> tuple[str, ...]:
    """The names that a simple statement reads, and of a compound one its test or iterable."""
    match statement:
        case Assign(value=value):
            return loaded(value)
        case Update(target=target, value=value):
            return (target, *loaded(value))
        case Store(base=base, index=index, value=value):
            return (*loaded(base), *_index(index), *loaded(value))
        case Effect(node=node):
            return loaded(node)
        case If(test=test) | While(test=test):
            return loaded(test)
        case For(iterable=iterable, header=header):
            return (*loaded(iterable), *(loaded(header.iterable) if header is not None else ()))
        case Return(value=gast.AST() as value):
            return loaded(value)
        case Accumulate(target=target, value=value, index=index):
            return (target, *loaded(value), *_index(index))
        case Clear(target=target, index=gast.AST() as index):
            return (target, *loaded(index))
        case Save(stack=stack, values=values):
            return (stack, *(name for value in values for name in loaded(value)))
        case Restore(stack=stack, targets=targets):
            return (
                stack,
                *(
                    name
                    for target in targets
                    if not isinstance(target, gast.Name)
                    for name in loaded(target)
                ),
            )
    return ()


@remembered
def bound(statement: Statement) -> tuple[str, ...]:
    """The names that a simple statement gives a new value, and a For its target."""
    match statement:
        case Assign(targets=targets):
            return targets
        case Update(target=target) | For(target=target):
            return (target,)
        case Clear(target=target, index=None):
            return (target,)
        case Restore(targets=targets):
            return tuple(target.id for target in targets if isinstance(target, gast.Name))
        case Effect(node=node):
            return names_bound_in(node)
    return ()


def _index(index: gast.AST | str | None) -> tuple[str, ...]:
    return loaded(index) if isinstance(index, gast.AST) else ()


@dataclass
class _Exits:
    """What is live where a loop is left and where it goes on."""

    after: set[str]
    again: set[str]


class _Walk:
    """One backward walk: liveness, and (where keep is given) the block without what is dead."""

    def __init__(
        self,
        pure: Callable[[Statement], bool] | None,
        aliases: Callable[[str], Iterable[str]],
        writes: Callable[[Statement], Iterable[str]] = lambda _: (),
        fixed: Callable[[str], bool] | None = None,
        slots: Callable[[str], Iterable[str]] | None = None,
    ) -> None:
        self.pure = pure
        self.slots = slots or aliases
        self.aliases = aliases
        self.writes = writes
        self.fixed = fixed
        self.exits: list[_Exits] = []

    def block(self, block: Block, live: set[str]) -> tuple[Block, set[str]]:
        out: list[Statement] = []
        for statement in reversed(block):
            if isinstance(statement, Effect) and isinstance(statement.node, gast.Raise):
                out, live = [], set()  # nothing behind it runs
            new, live = self.statement(statement, live)
            if new is not None:
                out.append(new)
        return tuple(reversed(out)), live

    def statement(self, statement: Statement, live: set[str]) -> tuple[Statement | None, set[str]]:
        if statement.__class__ in _WITH_FLOW:
            return self.around(statement, live)
        if self.pure is not None and self.dead(statement, live):
            return None, live
        live.difference_update(_given(statement))
        live.update(self.read(statement))
        return statement, live

    def around(self, statement: Statement, live: set[str]) -> tuple[Statement | None, set[str]]:
        """The same for a statement that has others inside it or leads elsewhere, and for comments."""
        match statement:
            case If(body=body, orelse=orelse):
                new_body, live_body = self.block(body, set(live))
                new_orelse, live_orelse = self.block(orelse, live)
                if self.pure is not None and not new_body and not new_orelse:
                    return None, live_body | live_orelse
                live = live_body | live_orelse
                live.update(read(statement))
                return self.same(statement, body=new_body, orelse=new_orelse), live
            case For() | While():
                return self.loop(statement, live)
            case Jump(kind=kind):
                exits = self.exits[-1]
                return statement, set(exits.after if kind == "break" else exits.again)
        return statement, live

    def read(self, statement: Statement) -> Iterable[str]:
        """The names that a statement reads; of those of which it reads the shape only, what stands for that."""
        if self.fixed is None:
            return read(statement)
        match statement:
            case Assign(value=value):
                return self.asked(value)
            case For(iterable=value, header=None):
                return self.asked(value)
            case Accumulate(target=target, value=value, index=index):
                return (target, *self.asked(value), *_index(index))
            case Return(value=gast.AST() as value):
                return self.asked(value)
        return read(statement)

    def asked(self, value: gast.AST) -> Iterable[str]:
        """The names that an expression reads, and what stands for the shapes that it reads."""
        assert self.fixed is not None  # noqa: S101
        whole, shape = names_read(value, self.fixed)
        return (*whole, *map(_shape_of, shape)) if shape else whole

    def dead(self, statement: Statement, live: set[str]) -> bool:
        assert self.pure is not None  # noqa: S101
        match statement:
            case Assign(targets=(target,), value=gast.Name(id=source)) if target == source:
                return True
            case Assign(targets=targets, value=value):
                if not live.isdisjoint(targets):
                    return False
                if not live.isdisjoint(map(_shape_of, targets)) and targets != (
                    copied_name(value),
                ):
                    return False
                written = (alias for name in self.writes(statement) for alias in self.slots(name))
                return self.pure(statement) and live.isdisjoint(written)
            case Save(stack=stack):
                return stack not in live
            case Accumulate(target=target) | Clear(target=target):
                return target not in live and live.isdisjoint(self.aliases(target))
            case Restore(targets=targets):
                stored = [
                    loaded(target)[0] for target in targets if not isinstance(target, gast.Name)
                ]
                return (
                    live.isdisjoint(_given(statement))
                    and all(live.isdisjoint(self.slots(name)) for name in stored)
                    and self.pure(statement)
                )
            case Store(base=gast.Name(id=name)):
                return self.pure(statement) and live.isdisjoint(self.slots(name))
            case Update(target=target):
                return self.pure(statement) and live.isdisjoint(self.aliases(target))
        return False

    def loop(self, loop: For | While, after: set[str]) -> tuple[Statement | None, set[str]]:
        head_live = set(after)
        if isinstance(loop, For) and isinstance(loop.iterable, gast.Name):
            head_live.add(loop.iterable.id)  # each trip takes what is in it by then
        while True:
            exits = _Exits(set(after), set(head_live))
            self.exits.append(exits)
            new_body, live = self.block(loop.body, set(head_live))
            self.exits.pop()
            new_head: Block = ()
            if isinstance(loop, While):
                live |= after
                live.update(loaded(loop.test))
                new_head, live = self.block(loop.head, live)
            else:
                live.difference_update(_given(loop))
                live |= after
            live |= head_live
            if live == head_live:
                break
            head_live = live
        counted = isinstance(loop, For) and not after.isdisjoint(bound(loop))
        if self.pure is not None and not counted and not _does_something(new_body):
            kept = self.block(loop.head, set(after))[0] if isinstance(loop, While) else ()
            if not kept:
                return None, after
        live = set(head_live)
        if isinstance(loop, While):
            return self.same(loop, head=new_head, body=new_body), live
        live.update(self.read(loop))
        new = self.same(loop, body=new_body)
        if loop.header is not None and new is not loop:
            bindings = sum(s in new_body for s in loop.body[: loop.header.bindings])
            header = replace(loop.header, bindings=bindings)
            new = replace(loop, body=new_body, header=header)
        return new, live

    @staticmethod
    def same(statement: Statement, **blocks: Block) -> Statement:
        """The statement with these blocks: itself where they are what it has."""
        if all(block == getattr(statement, name) for name, block in blocks.items()):
            return statement
        return replace(statement, **blocks)  # type: ignore[arg-type]


@remembered
def _given(statement: Statement) -> tuple[str, ...]:
    """The names that a statement gives a new value, and what stands for their shapes."""
    names = bound(statement)
    return (*names, *map(_shape_of, names))


def _shape_of(name: str) -> str:
    """What stands for the shape of a name among what is live: stores leave it as it is."""
    return f"{name}.shape"


def _does_something(block: Block) -> bool:
    for statement in block:
        match statement:
            case Jump() | Comment():
                continue
            case If(body=body, orelse=orelse):
                if _does_something(body) or _does_something(orelse):
                    return True
            case _:
                return True
    return False


def live_before(block: Block, live_after: Live) -> Live:
    """The names that are live before a block, given those that are live after it, and where jumps lead out of it."""
    walk = _Walk(None, lambda name: (name,))
    walk.exits.append(_Exits(set(live_after), set(live_after)))
    return frozenset(walk.block(block, set(live_after))[1])


def without_dead(
    block: Block,
    live_after: Live,
    pure: Callable[[Statement], bool],
    aliases: Callable[[str], Iterable[str]] = lambda name: (name,),
    writes: Callable[[Statement], Iterable[str]] = lambda _: (),
    fixed: Callable[[str], bool] | None = None,
    slots: Callable[[str], Iterable[str]] | None = None,
) -> Block:
    """The block without statements whose results nobody reads; `pure` says which may go.

    aliases: all names through which the memory of a name may be read; writes: the names whose
    memory an Assign writes beside what it assigns; fixed: whether a name certainly holds an array. slots: the names
    through which a store is seen, of a list not those of its items; all aliases if nothing is said.

    >>> from s2sgrad.program import Assign
    >>> from s2sgrad.trees import name
    >>> block = (Assign(("a",), name("x")), Assign(("b",), name("x")))
    >>> [s.targets for s in without_dead(block, frozenset({"a"}), lambda s: True)]
    [('a',)]
    """
    return _Walk(pure, aliases, writes, fixed, slots).block(block, set(live_after))[0]
