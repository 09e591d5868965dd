"""What a backward half puts back into arrays, where that is less than it might be.

- What is put back, and put back or overwritten again before anyone reads it, isn't put back the first time.
- An array that has one name is put back as a whole by giving the name to the copy that was recorded.
- A result into which nothing is put back is given out as it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import islice

import gast

from s2sgrad.flow import bound, read
from s2sgrad.program import (
    Assign,
    Block,
    Effect,
    Jump,
    Restore,
    Return,
    Save,
    Statement,
    Store,
    walk,
)
from s2sgrad.rewrite import rewritten, with_blocks
from s2sgrad.shape_reads import copied_name
from s2sgrad.simplify.equality import key
from s2sgrad.simplify.expressions import tuple_of
from s2sgrad.simplify.knowledge import Knowledge
from s2sgrad.simplify.order import memory_written
from s2sgrad.simplify.taken import whole
from s2sgrad.trees import loaded, made, name

__all__ = ["copied_arguments", "given_out", "handed_out", "put_back_once", "rebound"]


@dataclass(frozen=True)
class _Write:
    """A write of a part of an array; values: the names that it reads to do that."""

    base: str
    index: gast.AST
    values: tuple[str, ...]


def _write(statement: Statement) -> _Write | None:
    """What a statement writes into an array, if it does nothing else."""
    match statement:
        case Restore(targets=(gast.Subscript(value=gast.Name(id=base), slice=index),)):
            return _Write(base, index, loaded(index))
        case Store(base=gast.Name(id=base), index=gast.AST() as index, value=value, operator=None):
            return _Write(base, index, (*loaded(index), *loaded(value)))
    return None


def put_back_once(block: Block, known: Knowledge) -> Block:
    """The block without what is put back and written again before it is read.

    `y[...] = saved_1.pop(); d_c = d_y.sum(); y[...] = saved.pop()` becomes `d_c = d_y.sum(); y[...] = saved.pop()`.
    """

    def one(inner: Block) -> Block:
        out: list[Statement] = []
        same: dict[str, str] = {}
        for place, statement in enumerate(inner, 1):
            if not _needless(statement, inner, place, same, known):
                out.append(with_blocks(statement, one))
            _note(statement, same)
        new = tuple(out)
        return inner if new == inner else new

    return one(block)


def _note(statement: Statement, same: dict[str, str]) -> None:
    """Keep up, behind a statement, which names hold what another one holds."""
    for target in {n for inner in walk((statement,)) for n in bound(inner)} if same else ():
        for copy in [n for n, of in same.items() if target in {n, of}]:
            del same[copy]
    match statement:
        case Assign(targets=(target,), value=gast.Name(id=source)) if target != source:
            same[target] = same.get(source, source)


def _needless(
    statement: Statement, block: Block, place: int, same: Mapping[str, str], known: Knowledge
) -> bool:
    """Whether what a statement puts back is written again before it is read.

    place: that of the statement behind it in its block; same: see `_note`.
    """
    mine = _write(statement) if statement.origin is None else None
    if mine is None or not known.shapes().array(name(mine.base)):
        return False
    if isinstance(statement, Store) and whole(mine.index):
        value = statement.value
        source = value.id if isinstance(value, gast.Name) else copied_name(value)
        if source == mine.base:
            return True  # what it holds
    same = dict(same)
    base = same.get(mine.base, mine.base)
    aliases = frozenset(known.aliases(mine.base))
    fixed = {base, *loaded(mine.index)}
    for other in islice(block, place, None):
        write = _write(other)
        if write is not None and same.get(write.base, write.base) == base:
            if not aliases.isdisjoint(write.values):
                return False
            if _covers(write.index, mine.index, known):
                return True
            continue
        copy = isinstance(other, Assign) and isinstance(other.value, gast.Name)
        for inner in walk((other,)):
            if isinstance(inner, Jump) or not (copy or aliases.isdisjoint(read(inner))):
                return False
            if not fixed.isdisjoint(bound(inner)):
                return False
        _note(other, same)
    return False


def _covers(index: gast.AST, part: gast.AST, known: Knowledge) -> bool:
    """Whether an index certainly leads to all that another one leads to."""
    if whole(index):
        return True
    return key(index) == key(part) and all(map(known.scalar, loaded(part)))


def rebound(block: Block, known: Knowledge) -> Block:
    """The block with `y = saved.pop()` for `y[...] = saved.pop()` where y is the only name of its array."""
    copied = _copied(block)
    own = copied_arguments(block)
    names: set[str] = set()

    def one(statement: Statement) -> Statement:
        write = _write(statement) if statement.origin is None else None
        if write is None or not whole(write.index) or not known.alone(write.base, names, own):
            return statement
        match statement:
            case Restore(stack=stack) if copied.get(stack) == write.base:
                return replace(statement, targets=(name(write.base),))
            case Store(value=gast.Name(id=old) as value) if copied.get(old) == write.base:
                return Assign((write.base,), value)
        return statement

    out: list[Statement] = []
    for statement in reversed(block):
        names.update(n for inner in walk((statement,)) for n in read(inner))
        out += rewritten((statement,), one)
    return tuple(reversed(out))


def copied_arguments(block: Block) -> set[str]:
    """The names that a block gives copies of what they held: `x = x.copy()`."""
    return {
        target
        for statement in block
        if isinstance(statement, Assign)
        for target in statement.targets
        if statement.targets == (copied_name(statement.value),)
    }


def given_out(block: Block, known: Knowledge) -> Block:
    """The block of a function of value and derivatives without copies of results that stay as they are.

    `return (A.copy(), (d_A, d_B))` becomes `return (A, (d_A, d_B))`.
    """
    out: list[Statement] = []
    written: set[str] = set()
    for statement in reversed(block):
        new = statement
        match statement:
            case Return(value=gast.Tuple(elts=[value, *derivatives])):
                values = tuple_of([_plain(value, known), *derivatives])
                new = replace(statement, value=values)
            case Assign(targets=(target,), value=value, origin=None) if (
                target not in known.home and not known.derivative(target)
            ):
                if written.isdisjoint(known.aliases(copied_name(value) or target)):
                    new = replace(statement, value=_plain(value, known))
        written |= _written_under_any_name(statement, known)
        out.append(new)
    return tuple(reversed(out))


def handed_out(block: Block, known: Knowledge) -> Block:
    """The block without copies of what is kept outside and stays as it is: `o.last = h` for `o.last = h.copy()`."""
    out: list[Statement] = []
    written: set[str] = set()
    for statement in reversed(block):
        new = statement
        match statement:
            case Effect(node=gast.Assign(targets=targets, value=value)):
                if written.isdisjoint(known.aliases(copied_name(value) or "")):
                    assigned = made(gast.Assign, targets=targets, value=_plain(value, known))
                    new = replace(statement, node=assigned)
            case Store(value=value) if written.isdisjoint(known.aliases(copied_name(value) or "")):
                new = replace(statement, value=_plain(value, known))
        written |= _written_under_any_name(statement, known)
        out.append(new)
    return tuple(reversed(out))


def _written_under_any_name(statement: Statement, known: Knowledge) -> set[str]:
    """All names of the memory that a statement writes."""
    return {
        alias
        for inner in walk((statement,))
        for n in memory_written(inner, known.writes)
        for alias in (n, *known.aliases(n))
    }


def _plain(value: gast.AST, known: Knowledge) -> gast.AST:
    """A name of the user's, or several, for copies of them."""
    if isinstance(value, gast.Tuple):
        return tuple_of([_plain(item, known) for item in value.elts])
    of = copied_name(value)
    if of is None or of not in known.home or known.written_by_user(value):
        return value
    return name(of)


def _copied(block: Block) -> dict[str, str | None]:
    """The lists of copies of whole arrays, and the copies that are read once, with what they are copies of."""
    found: dict[str, str | None] = {}
    reads: Counter[str] = Counter()
    for statement in walk(block):
        reads.update(read(statement))
        match statement:
            case Save(stack=stack, values=(value,)):
                of = copied_name(value)
                found[stack] = of if found.get(stack, of) == of else None
            case Assign(targets=(target,), value=value) if copied_name(value) is not None:
                of = copied_name(value)
                found[target] = None if target in found or reads[target] else of
    lists = {statement.stack for statement in walk(block) if isinstance(statement, Save)}
    return {made: of for made, of in found.items() if made in lists or reads[made] == 1}
