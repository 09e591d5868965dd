"""Loops that were counted on trust, iterated as they are where their lists may grow, or where they run over no lists.

Receives a function after webs, and its facts. `for w in xs` with `xs += v` in its body makes as many trips as an
array has rows, but follows a list that becomes longer. What a call gives of which nothing is known may be an iterator.
Gives the function with the counting taken back where xs isn't known to be an array.
"""

from __future__ import annotations

from dataclasses import replace

import gast

from s2sgrad.headers import iterated
from s2sgrad.infer.facts import Facts
from s2sgrad.kinds import Kind, Number, Other, Sequence, Unknown, is_foreign
from s2sgrad.normalize import uncounted
from s2sgrad.program import Block, For, Statement, walk
from s2sgrad.rewrite import with_blocks
from s2sgrad.trees import identifiers
from s2sgrad.webs import Webs

__all__ = ["recounted"]


def recounted(split: Webs, facts: Facts) -> Webs:
    """The function without the counts of lists that may grow and of iterators; itself where there are none."""
    parameters = {parameter.name for parameter in split.function.parameters}
    doubtful = {
        statement
        for statement in walk(split.function.body)
        if isinstance(statement, For)
        and statement.header is not None
        and _is_counted(statement)
        and any(
            _may_grow(atom, facts)
            if statement.header.growing
            else isinstance(atom, gast.Name)
            and _may_be_an_iterator(
                facts.kinds.get(atom.id), given=split.home.get(atom.id, atom.id) in parameters
            )
            for atom in iterated(statement.header.iterable)
        )
    }
    if not doubtful:
        return split
    taken, made = {*identifiers(split.function), *split.home}, list[str]()

    def fresh(wanted: str) -> str:
        new, count = wanted, 1
        while new in taken:
            count += 1
            new = f"{wanted.rstrip('1')}{count}"
        taken.add(new)
        made.append(new)
        return new

    def block(inner: Block) -> Block:
        out: list[Statement] = []
        for statement in inner:
            whole = with_blocks(statement, block)
            if isinstance(whole, For) and statement in doubtful:
                out += uncounted(_named(whole), fresh)
            else:
                out.append(whole)
        return tuple(out)

    function = replace(split.function, body=block(split.function.body))
    home = {**split.home, **{new: new for new in made}}
    return replace(split, function=function, home=home, made=split.made | frozenset(made))


def _named(loop: For) -> For:
    """A loop whose target is what it binds by its header, where that is one name: a value, which nothing else binds."""
    target = None if loop.header is None else loop.header.target
    return replace(loop, target=target.id) if isinstance(target, gast.Name) else loop


def _is_counted(loop: For) -> bool:
    """Whether a loop runs over numbers, in the place of what its header says."""
    match loop.iterable:
        case gast.Call(func=gast.Name(id="range" | "$range")):
            return True
    return False


def _may_be_an_iterator(kind: Kind | None, *, given: bool) -> bool:
    """Whether nothing is known of something, or that it is an object of some class: it may have no length.

    given: it is a parameter, of which nothing is known if it is an array.
    """
    if isinstance(kind, Other) and kind.name in {"zip", "enumerate"}:
        return not given
    unknown = isinstance(kind, Unknown) and not given
    return unknown or (kind is not None and is_foreign(kind))


def _may_grow(atom: gast.AST, facts: Facts) -> bool:
    """Whether something may be a list."""
    kind = facts.atom(atom)
    if isinstance(kind, Number):
        return kind.array is None
    return not (isinstance(kind, Sequence) and kind.type == "tuple")
