"""Loops over things are printed as the user wrote them: `for w in weights`, not by counting.

Receives a finished block. A loop that counts and still has the user's header gets it back where its body begins
with exactly what the header binds, and nothing else reads the count; elsewhere the header goes. A loop that counts down
through a literal tuple runs over that backwards, and one that only gives its count another name has that name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import gast

from s2sgrad.flow import Live, bound, live_before, read
from s2sgrad.program import Assign, Block, For, Header, If, Jump, Statement, While, walk
from s2sgrad.rewrite import with_blocks
from s2sgrad.simplify.equality import key
from s2sgrad.simplify.expressions import number_of, tuple_of
from s2sgrad.trees import loaded

__all__ = ["with_headers"]


def with_headers(block: Block, *, live: frozenset[str] = frozenset()) -> Block:
    """The block with headers that say what their loops do, and no others; live: names read after the block."""
    return _block(block, live.union(_loose(block, frozenset())), lambda: live)


def _loose(block: Block, targets: frozenset[str]) -> Iterator[str]:
    """The names that are read outside the loops that count in them; targets: of the loops around."""
    for statement in block:
        yield from (name for name in read(statement) if name not in targets)
        match statement:
            case For(target=target, body=body):
                yield from _loose(body, targets | {target})
            case While(head=head, body=body):
                yield from _loose((*head, *body), targets)
            case If(body=body, orelse=orelse):
                yield from _loose((*body, *orelse), targets)


def _block(block: Block, loose: frozenset[str], after: Callable[[], Live]) -> Block:
    """The same for a block; loose: names that are read outside the loops that count in them; after: live after it."""

    def changed(statement: Statement, below: Block) -> Statement:
        def then() -> Live:
            return after() | live_before(below, after())

        def again() -> Live:
            return then() | live_before((statement,), then())

        inside = again if isinstance(statement, For | While) else then
        new = with_blocks(statement, lambda inner: _block(inner, loose, inside))
        if not isinstance(new, For):
            return new
        used = sum(read(s).count(new.target) for s in walk(new.body)) + (new.target in loose)
        if new.header is None:
            return _named(_downwards(new, then)) if used == 1 else new
        return replace(new, header=_header(new, used))

    return tuple(changed(statement, block[k + 1 :]) for k, statement in enumerate(block))


def _named(loop: For) -> For:
    """A loop whose count is nothing but another name for something, under that name."""
    for position, statement in enumerate(loop.body):
        match statement:
            case Assign(targets=(target,), value=gast.Name(id=count)) if count == loop.target:
                above = loop.body[:position]
                if any(isinstance(s, Jump) or target in (*read(s), *bound(s)) for s in walk(above)):
                    break
                return replace(loop, target=target, body=(*above, *loop.body[position + 1 :]))
    return loop


def _downwards(loop: For, after: Callable[[], Live]) -> For:
    """A loop that counts down through a literal tuple, where nothing else reads the count: that is turned around."""
    match loop.iterable:
        case gast.Call(args=[start, stop, step]) if number_of(stop) == number_of(step) == -1:
            found = _taken(loop.body, loop.target, start)
        case _:
            return loop
    if found is None or any(isinstance(inner, Jump) for inner in walk(loop.body)):
        return loop
    item, items, left = found
    target = item.targets[0]
    times = sum(bound(inner).count(target) for inner in walk(loop.body))
    if times > 1 or target in live_before(loop.body, frozenset()) or target in after():
        return loop
    header = Header(_name(target), tuple_of(list(reversed(items))), 1)
    return replace(loop, body=(item, *left), header=header)


def _taken(
    block: Block, count: str, start: gast.AST
) -> tuple[Assign, list[gast.AST], Block] | None:
    """The assignment of the item of a literal tuple that has a number, its items, and the block without it."""
    for position, statement in enumerate(block):
        above, below = block[:position], block[position + 1 :]
        match statement:
            case Assign(
                targets=[_],
                value=gast.Subscript(value=gast.Tuple(elts=items), slice=gast.Name(id=index)),
            ) if index == count and _is_last(start, items):
                return statement, items, (*above, *below)
            case For(body=body) if (found := _taken(body, count, start)) is not None:
                return *found[:2], (*above, replace(statement, body=found[2]), *below)
    return None


def _is_last(start: gast.AST, items: list[gast.AST]) -> bool:
    """Whether a count begins at the last of some items."""
    match start:
        case gast.BinOp(left=length, op=gast.Sub(), right=one) if number_of(one) == 1:
            return _counted(length, [tuple_of(items)])
    return number_of(start) == len(items) - 1


def _header(loop: For, used: int) -> Header | None:
    """The header of a loop that counts, None where the loop doesn't begin as one says; used: reads of the count."""
    assert loop.header is not None  # noqa: S101
    target, iterable = loop.header.target, loop.header.iterable
    match loop.iterable:
        case gast.Call(func=gast.Name(id="range" | "$range"), args=[stop]):
            pass
        case _:
            return None
    numbered = (
        _called(iterable, "enumerate") and isinstance(target, gast.Tuple) and len(target.elts) == 2
    )
    if _called(iterable, "enumerate"):
        if not numbered or len(iterable.args) != 1 or not isinstance(target.elts[0], gast.Name):
            return None
        if target.elts[0].id != loop.target:
            return None
        target, iterable = target.elts[1], iterable.args[0]
    zipped = _called(iterable, "zip")
    if zipped and not (isinstance(target, gast.Tuple) and len(target.elts) == len(iterable.args)):
        return None
    targets = list(target.elts) if zipped else [target]
    bases: list[gast.AST] = []
    for position, part in enumerate(targets):
        if position >= len(loop.body):
            return None
        base = _bound(loop.body[position], part, loop.target)
        if base is None:
            return None
        bases.append(base)
    if not numbered and used != len(targets):
        return None
    if not _counted(stop, bases) or any(loop.target in loaded(base) for base in bases):
        return None
    written: gast.AST = bases[0]
    if zipped:
        written = gast.Call(func=_name("zip"), args=bases, keywords=[])
    if numbered:
        written = gast.Call(func=_name("enumerate"), args=[written], keywords=[])
    return Header(loop.header.target, written, len(targets))


def _bound(statement: Statement, target: gast.AST, index: str) -> gast.AST | None:
    """What is iterated, if a statement is `target = base[index]`, or reads the key that has this number."""
    match statement:
        case Assign(
            targets=targets,
            value=gast.Subscript(value=base, slice=gast.Name(id=at))
            | gast.Call(func=gast.Name(id="$key_at"), args=[base, gast.Name(id=at)]),
        ) if at == index:
            names = target.elts if isinstance(target, gast.Tuple | gast.List) else [target]
            fits = len(names) == len(targets) and all(
                isinstance(n, gast.Name) and n.id == t for n, t in zip(names, targets, strict=True)
            )
            tuple_of_one = isinstance(target, gast.Tuple) and len(target.elts) == 1
            return base if fits and not tuple_of_one else None
    return None


def _counted(stop: gast.AST, bases: list[gast.AST]) -> bool:
    """Whether a range ends where the shortest of the bases does."""
    items = [base.elts for base in bases if isinstance(base, gast.Tuple)]
    if len(items) == len(bases) and number_of(stop) == min(map(len, items)):
        return True
    lengths = stop.args if _called(stop, "min") or _called(stop, "$min") else [stop]
    found = []
    for length in lengths:
        if not (_called(length, "len") or _called(length, "$len")) or len(length.args) != 1:
            return False
        found.append(key(length.args[0]))
    return sorted(map(repr, found)) == sorted(map(repr, map(key, bases))) and all(
        not isinstance(base, gast.Call) for base in bases
    )


def _called(expr: gast.AST, function: str) -> bool:
    return (
        isinstance(expr, gast.Call)
        and isinstance(expr.func, gast.Name)
        and expr.func.id == function
    )


def _name(identifier: str) -> gast.Name:
    return gast.Name(id=identifier, ctx=gast.Load(), annotation=None, type_comment=None)
