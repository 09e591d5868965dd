"""What the headers of loops stand for: `for w in weights` for a count and the first statements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

import gast

from s2sgrad.flow import bound, read
from s2sgrad.normalize.nodes import call, target_names
from s2sgrad.program import Assign, Block, For, Header, Statement, walk
from s2sgrad.simplify.equality import same
from s2sgrad.trees import loaded, nodes

__all__ = ["counting_only", "covered_by_headers", "iterated", "keys_read", "read_by_number"]

_NAMES = (gast.Name, gast.Tuple, gast.List, gast.expr_context)


def iterated(iterable: gast.AST) -> Iterator[gast.AST]:
    """The atoms of what a header runs over: those that `zip`, `enumerate`, `reversed` and `range` are given."""
    if isinstance(iterable, gast.Call):
        for part in (*iterable.args, *(keyword.value for keyword in iterable.keywords)):
            yield from iterated(part)
    else:
        yield iterable


def read_by_number(statement: Statement, bases: list[gast.AST]) -> Statement:
    """`key = d[k]` as `key = $key_at(d, k)` where d is one of the bases; anything else as it is.

    What that means is left to infer: `d[k]`, if d is no dict and no set.
    """
    match statement:
        case Assign(value=gast.Subscript(value=base, slice=gast.Name() as index)) if any(
            same(base, each) for each in bases
        ):
            return replace(statement, value=call("$key_at", base, index))
    return statement


def keys_read(statement: Statement) -> gast.AST | None:
    """The dict or the set of which a statement reads a key by its number."""
    match statement:
        case Assign(value=gast.Call(func=gast.Name(id="$key_at"), args=[keyed, _])):
            return keyed
    return None


def covered_by_headers(block: Block) -> dict[For, tuple[Statement, ...]]:
    """Loops with a header → the statements that it stands for.

    A pass may have put one of them into others: only what binds names of the header's target, or
    serves such statements alone, is taken for covered.
    """
    loops = [s for s in walk(block) if isinstance(s, For) and s.header is not None]
    if not loops:
        return {}
    uses = Counter(name for statement in walk(block) for name in read(statement))
    found: dict[For, tuple[Statement, ...]] = {}
    for loop in loops:
        assert loop.header is not None  # noqa: S101
        bindings = loop.body[: loop.header.bindings]
        names = target_names(loop.header.target)
        if any(not isinstance(part, _NAMES) for part in nodes(loop.header.target)):
            found[loop] = bindings
            continue
        covered = []
        for statement in reversed(bindings):
            bound_names = statement.targets if isinstance(statement, Assign) else ()
            serves = bound_names and all(uses[name] == 0 for name in bound_names)
            if serves or (bound_names and set(bound_names) <= set(names)):
                covered.append(statement)
                uses.subtract(read(statement))
        if _says_the_same(loop, loop.header, covered):
            found[loop] = tuple(reversed(covered))
    return found


def _counted(target: gast.AST, iterable: gast.AST) -> set[str]:
    """The names in a header's target that a loop over numbers binds itself."""
    match target, iterable:
        case (
            gast.Name(id=name),
            gast.Call(func=gast.Name(id="range"))
            | gast.Call(
                func=gast.Name(id="reversed"), args=[gast.Call(func=gast.Name(id="range"))]
            ),
        ):
            return {name}
        case gast.Tuple(elts=[gast.Name(id=name), other]), gast.Call(
            func=gast.Name(id="enumerate"), args=[inner], keywords=[]
        ):
            return {name} | _counted(other, inner)
        case gast.Tuple(elts=parts), gast.Call(func=gast.Name(id="zip"), args=args) if len(
            parts
        ) == len(args):
            return set().union(*map(_counted, parts, args))
    return set()


def _says_the_same(loop: For, header: Header, covered: list[Statement]) -> bool:
    """Whether a header binds what its loop and the statements that it covers bind."""
    names = target_names(header.target)
    made = {name for statement in covered for name in bound(statement)}
    if loop.target in names:
        own = header.iterable is loop.iterable or loop.target in _counted(
            header.target, header.iterable
        )
        return own and set(names) <= {*made, loop.target}
    inside = [statement for statement in walk(loop.body) if statement not in covered]
    return set(names) <= made and not any(loop.target in read(s) for s in inside)


def counting_only(
    block: Block, covered: Mapping[For, tuple[Statement, ...]]
) -> Iterator[Statement]:
    """What isn't printed: what headers stand for, and what only serves their counting."""
    if not covered:
        return
    counting = [statement for loop, inside in covered.items() for statement in (loop, *inside)]
    hidden = set(counting)
    yield from (statement for inside in covered.values() for statement in inside)
    candidates: dict[str, Statement] = {}
    for statement in walk(block):
        match statement:
            case Assign(targets=(target,), value=value) if statement not in hidden and _counts(
                value
            ):
                candidates[target] = statement
    wanted: set[str] = set()
    read_by_others: list[str] = []
    for statement in walk(block):
        match statement:
            case For(header=Header() as header):
                read_by_others.extend(loaded(header.iterable))
            case Assign(targets=(target,)) if candidates.get(target) is statement:
                continue
            case _ if statement not in hidden:
                read_by_others.extend(read(statement))
    while read_by_others:
        name = read_by_others.pop()
        if name in candidates and name not in wanted:
            wanted.add(name)
            read_by_others.extend(read(candidates[name]))
    serving = [name for statement in counting for name in _reads_for_counting(statement)]
    seen: set[str] = set()
    while serving:
        name = serving.pop()
        if name in candidates and name not in wanted and name not in seen:
            seen.add(name)
            yield candidates[name]
            serving.extend(read(candidates[name]))


def _reads_for_counting(statement: Statement) -> tuple[str, ...]:
    return loaded(statement.iterable) if isinstance(statement, For) else read(statement)


def _counts(value: gast.AST) -> bool:
    """Whether a primitive is one of those that are written for counting."""
    match value:
        case gast.BinOp():
            return True
        case gast.Call(func=gast.Name(id="len" | "range" | "min" | "$len" | "$range" | "$min")):
            return True
    return False
