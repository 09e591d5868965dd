"""Lists of the keys that a loop reads by their numbers, made once before it.

Receives a function with its headers. `$key_at(d, k)` is printed as `list(d)[k]`; in a loop that no header says, which
doesn't bind d, `keys = list(d)` stands before it, and `keys[k]` is read.
"""

from __future__ import annotations

from collections.abc import Iterator

import gast

from s2sgrad.flow import bound
from s2sgrad.names import claimed
from s2sgrad.program import COMPOUND, Assign, Block, For, Function, Statement, walk
from s2sgrad.rewrite import altered, as_block, with_blocks
from s2sgrad.simplify.equality import same
from s2sgrad.simplify.expressions import call, subscript
from s2sgrad.trees import calls_inside, fields_changed, identifiers, loaded, name, with_fields

__all__ = ["with_key_lists"]


def with_key_lists(function: Function, taken: frozenset[str]) -> Block:
    """The body of a function with the lists; taken: names that none of them gets, beside those of the function."""
    if not any(True for statement in walk(function.body) for _ in _reads(statement)):
        return function.body
    return _block(function.body, {*taken, *identifiers(function)})


def _block(block: Block, taken: set[str]) -> Block:
    out: list[Statement] = []
    for statement in block:
        new = with_blocks(statement, lambda inner: _block(inner, taken))
        while isinstance(new, For) and new.header is None and (keyed := _keyed(new)) is not None:
            keys = claimed("keys", taken)
            out.append(Assign((keys,), call("$list", keyed), origin=new.origin))
            new = altered(new, body=tuple(_reading(s, keyed, keys) for s in new.body))
        out.append(new)
    return as_block(out, block)


def _keyed(loop: For) -> gast.AST | None:
    """A dict or a set of which keys are read in a loop itself, and which that doesn't bind."""
    own = {loop.target, *(n for statement in walk(loop.body) for n in bound(statement))}
    found = (read.args[0] for statement in loop.body for read in _reads(statement))
    return next((base for base in found if own.isdisjoint(loaded(base))), None)


def _reads(statement: Statement) -> Iterator[gast.AST]:
    """The places in a simple statement where a key is read by its number."""
    trees = () if statement.__class__ in COMPOUND else vars(statement).values()
    for tree in trees:
        if isinstance(tree, gast.AST):
            yield from filter(_is_read, calls_inside(tree))


def _is_read(tree: gast.AST) -> bool:
    match tree:
        case gast.Call(func=gast.Name(id="$key_at"), args=[_, _]):
            return True
    return False


def _reading(statement: Statement, keyed: gast.AST, keys: str) -> Statement:
    """The statement with items of a list for the keys of something."""

    def changed(tree: gast.AST) -> gast.AST:
        parts = fields_changed(tree, changed)
        tree = with_fields(tree, parts) if parts else tree
        if _is_read(tree) and same(tree.args[0], keyed):
            return subscript(name(keys), tree.args[1])
        return tree

    if statement.__class__ in COMPOUND:
        return statement
    fields = {f: v for f, v in vars(statement).items() if isinstance(v, gast.AST)}
    return altered(statement, **{f: changed(v) for f, v in fields.items()})
