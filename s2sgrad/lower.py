"""The last statements that aren't Python's become such: updates in place, names that may be unbound.

Receives a finished block. `$operator.iadd(x, v)` becomes `x += v` where it writes into the memory of x, `x + v`
elsewhere. A name that is recorded, or asked whether it is None, where it may not be bound yet is bound to None first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import gast

from s2sgrad.flow import bound, read
from s2sgrad.program import (
    Assign,
    Block,
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
    walk,
)
from s2sgrad.rewrite import rewritten, with_blocks
from s2sgrad.shadows import OPERATORS
from s2sgrad.trees import loaded, name
from s2sgrad.zeros import ZEROS

__all__ = ["all_bound", "guarded", "lowered", "unfused"]


def lowered(block: Block, in_place: Callable[[Statement], bool]) -> Block:
    """The block without calls of `$operator.i...`; in_place: whether one writes into its first argument."""
    out: list[Statement] = []
    for statement in block:
        match statement:
            case Assign(
                targets=(target,), value=gast.Call(func=gast.Name(id=function), args=[old, operand])
            ) if function in OPERATORS:
                op = OPERATORS[function]()
                if not in_place(statement) or not isinstance(old, gast.Name):
                    out.append(replace(statement, value=gast.BinOp(left=old, op=op, right=operand)))
                    continue
                out.append(Update(old.id, op, operand, origin=statement.origin))
                if target != old.id:
                    out.append(Assign((target,), old, origin=statement.origin))
            case _:
                out.append(with_blocks(statement, lambda inner: lowered(inner, in_place)))
    return tuple(out)


def unfused(block: Block) -> Block:
    """The block with `x[i] += v` as a store of `old + v` where the old or the new value is read elsewhere, too.

    It would be written as `new = old; new += v; x[i] = new` otherwise, which may change old: it may be a copy.
    """
    uses = Counter(n for statement in walk(block) for n in read(statement))
    made: dict[str, gast.AST] = {}
    for statement in walk(block):
        if isinstance(statement, Assign) and len(statement.targets) == 1:
            made[statement.targets[0]] = statement.value

    def one(statement: Statement) -> Statement:
        if not isinstance(statement, Store) or not isinstance(statement.value, gast.Name):
            return statement
        new = made.get(statement.value.id)
        old = (
            new.left.id if isinstance(new, gast.BinOp) and isinstance(new.left, gast.Name) else None
        )
        private = uses[statement.value.id] == 1 and (old is None or uses[old] == 1)
        return statement if private else replace(statement, operator=None)

    return rewritten(block, one)


def all_bound(block: Block, parameters: frozenset[str]) -> Block:
    """The block with `x = None` in front for each local name that is recorded where it may be unbound.

    A list of records is empty there: who reads it takes nothing from it.
    """
    unbound = _Unbound(parameters)
    unbound.block(block, set(parameters))
    missing = sorted(unbound.missing & unbound.assigned)
    records = {statement.stack for statement in walk(block) if isinstance(statement, Save)}

    def nothing(target: str) -> gast.AST:
        empty = target in records
        return (
            gast.List(elts=[], ctx=gast.Load()) if empty else gast.Constant(value=None, kind=None)
        )

    head = 0
    while head < len(block) and _is_assert(block[head]):
        head += 1
    return (
        *block[:head],
        *(Assign((target,), nothing(target)) for target in missing),
        *block[head:],
    )


def _is_assert(statement: Statement) -> bool:
    return isinstance(statement, Effect) and isinstance(statement.node, gast.Assert)


def without_results(block: Block) -> Block:
    """`_1 = values.append(x)` as `values.append(x)`, and `_, saved = f(x)`, where nothing reads the name."""
    reads = {name for statement in walk(block) for name in read(statement)}

    def one(statement: Statement) -> Statement:
        match statement:
            case Assign(targets=(target,), value=gast.Call() as value) if target not in reads:
                return Effect(gast.Expr(value=value), origin=statement.origin)
            case Assign(targets=(_, _, *_) as targets) if "_" not in reads:
                new = tuple(target if target in reads else "_" for target in targets)
                return statement if new == targets else replace(statement, targets=new)
        return statement

    return rewritten(block, one)


def guarded(block: Block, parameters: frozenset[str]) -> Block:
    """The block with `zeros_like(x) if x is not None else 0.0` where x may be unbound.

    On such a path the zeros go where nothing is computed from them, but something has to stand there. A name that the
    block never binds is one of the module.
    """
    walk = _Unbound(parameters, values=True)
    walk.block(block, set(parameters))
    unsure = {s: like for s, like in walk.unsure.items() if like in walk.assigned}
    if not unsure:
        return block

    def one(statement: Statement) -> Statement:
        if statement not in unsure:
            return statement
        assert isinstance(statement, Assign)  # noqa: S101
        return replace(statement, value=if_bound(statement.value, unsure[statement], 0.0))

    return rewritten(block, one)


def may_be_unbound(block: Block, parameters: frozenset[str]) -> frozenset[str]:
    """The names that a block binds on some paths through it only."""
    walk = _Unbound(parameters, values=True)
    known = walk.block(block, set(parameters))
    return frozenset(walk.assigned - (known or set()))


def if_bound(value: gast.AST, like: str, otherwise: object) -> gast.IfExp:
    """A value where a name isn't None, and a constant where it is."""
    none = gast.Constant(value=None, kind=None)
    test = gast.Compare(left=name(like), ops=[gast.IsNot()], comparators=[none])
    return gast.IfExp(test=test, body=value, orelse=gast.Constant(value=otherwise, kind=None))


class _Unbound:
    """Which names are certainly bound, statement by statement; missing: those recorded where they may not be.

    unsure: statements that make zeros like a name that may not be bound. values: a name that is bound to what
    another one holds, or to what was recorded, is bound only where these are: elsewhere it is None.
    """

    def __init__(self, parameters: frozenset[str], *, values: bool = False) -> None:
        self.values = values
        self.stacks = set[str]()
        self.lost = set[str]()
        self.assigned = set[str](parameters)
        self.missing = set[str]()
        self.unsure: dict[Statement, str] = {}
        self.exits: list[list[set[str]]] = []

    def block(self, block: Block, known: set[str] | None) -> set[str] | None:
        """What is known after a block; the set of what is known before it becomes it."""
        for statement in block:
            if known is None:
                return None
            known = self.statement(statement, known)
        return known

    def statement(self, statement: Statement, known: set[str]) -> set[str] | None:
        match statement:
            case Assign(value=value):
                self.assign(statement, value, known)
            case If(body=body, orelse=orelse):
                return _both(self.block(body, set(known)), self.block(orelse, set(known)))
            case For(body=body):
                self.assigned.add(statement.target)
                return self.again(known, lambda start: self.each(body, start, statement.target))
            case While():
                return self.again(known, lambda start: self.repeated(statement, start))
            case Jump(kind=kind):
                if kind == "break" and self.exits:
                    self.exits[-1].append(known)
                return None
            case Effect(node=gast.Raise()):
                return None
            case Save() | Return():
                if isinstance(statement, Save) and not known.issuperset(read(statement)):
                    self.stacks.add(statement.stack)
                self.missing.update(n for n in read(statement) if n not in known)
        names = bound(statement)
        self.assigned.update(names)
        without = self.without_values(statement, known) if self.values else None
        known.update(names)
        if without:
            self.lost |= without
            known -= without
        return known

    def assign(self, statement: Assign, value: gast.AST, known: set[str]) -> None:
        """Note what an assignment needs."""
        match value:
            case gast.Name() | gast.Tuple():
                self.missing.update(n for n in loaded(value) if n not in known)
            case gast.IfExp(test=gast.Compare(left=gast.Name(id=asked), ops=[gast.IsNot()])):
                self.missing.update({asked} - known)
            case gast.Call(func=gast.Name(id=helper), args=[gast.Name(id=like)]) if (
                helper in ZEROS and like not in known
            ):
                self.unsure[statement] = like

    def each(self, body: Block, known: set[str], target: str) -> set[str]:
        self.exits.append([])
        self.block(body, known | {target})
        self.exits.pop()
        return known

    def repeated(self, loop: While, known: set[str]) -> set[str] | None:
        self.exits.append([])
        after = self.block(loop.head, set(known))
        self.block(loop.body, None if after is None else set(after))
        for left in self.exits.pop():
            after = left if _always(loop.test) and after is None else _both(after, left)
        return after

    def again(
        self, known: set[str], walk: Callable[[set[str]], set[str] | None]
    ) -> set[str] | None:
        """What is known after a loop, in which names may lose their values."""
        while True:
            before, self.lost = self.lost, set()
            after = walk(set(known))
            lost, self.lost = self.lost, self.lost | before
            if known.isdisjoint(lost):
                return None if after is None else after - lost
            known = known - lost

    def without_values(self, statement: Statement, known: set[str]) -> set[str]:
        """The names that a statement may bind to None, because what it copies wasn't bound."""
        match statement:
            case Assign(targets=(target,), value=gast.Name(id=source)):
                return {target} if source not in known else set()
            case Restore(stack=stack, targets=targets):
                return (
                    {t.id for t in targets if isinstance(t, gast.Name)}
                    if stack in self.stacks
                    else set()
                )
        return set()


def _always(test: gast.AST) -> bool:
    return isinstance(test, gast.Constant) and bool(test.value)


def _both(first: set[str] | None, second: set[str] | None) -> set[str] | None:
    if first is None or second is None:
        return second if first is None else first
    return first & second
