"""Calls whose function is written in their place, where it has to be seen what its memory is there.

A derivative of a function on its own has shadows of its own for its arguments. Where arguments share memory that is
written, or where what is returned is a part of an argument that is written later, these would have to be the same
memory for one call and others for the next. Written out at the call, the names of the function are names for memory
like all others.

Receives functions in normal form, and gives one in normal form.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace

import gast

from s2sgrad.flow import bound, read
from s2sgrad.infer.functions import signature
from s2sgrad.names import claimed
from s2sgrad.normalize import Normalized
from s2sgrad.program import Assign, Block, For, Return, Statement, While, walk
from s2sgrad.renaming import renamed_block
from s2sgrad.rewrite import rewritten, with_blocks
from s2sgrad.simplify.equality import key
from s2sgrad.source import MISSING, Source
from s2sgrad.trees import identifiers, name, renamed

__all__ = ["joined_contexts", "written_out"]


def written_out(
    source: Source,
    normalized: Normalized,
    calls: Iterable[tuple[Statement, Source]],
    home: Mapping[str, str],
    prepare: Callable[[Source], Normalized],
) -> Normalized:
    """The function with calls written out, itself where none can be.

    calls: statements with names that have been split since, and the functions that they call; home: what the names
    were. Where a line calls a function several times, all these calls are written out.
    """
    callees: dict[Hashable, Source] = {}
    for statement, callee in calls:
        place = _place(statement, home)
        if place is not None:
            callees[place] = callee
    if not callees:
        return normalized
    work = _WrittenOut(source, normalized, callees, home, prepare)
    body = work.block(normalized.function.body)
    if not work.changed:
        return normalized
    return replace(
        normalized,
        function=replace(normalized.function, body=body),
        temporaries=normalized.temporaries | work.temporaries,
        flags=normalized.flags | work.flags,
        unused=normalized.unused | work.unused,
        captured=normalized.captured | work.shared,
        contexts=work.contexts,
    )


@dataclass(eq=False)
class _WrittenOut:
    source: Source
    normalized: Normalized
    callees: Mapping[Hashable, Source]
    home: Mapping[str, str]
    prepare: Callable[[Source], Normalized]
    temporaries: frozenset[str] = frozenset()
    flags: frozenset[str] = frozenset()
    unused: frozenset[str] = frozenset()
    shared: frozenset[str] = frozenset()
    taken: set[str] = field(default_factory=set)
    changed: bool = False
    contexts: tuple[gast.AST, ...] = ()

    def __post_init__(self) -> None:
        self.contexts = self.normalized.contexts
        self.taken |= identifiers(self.normalized.function)
        self.local = {n for s in walk(self.normalized.function.body) for n in bound(s)}
        self.local.update(p.name for p in self.normalized.function.parameters)

    def block(self, block: Block) -> Block:
        out: list[Statement] = []
        for statement in block:
            match statement:
                case While():  # its head stays: a test is an expression
                    out.append(replace(statement, body=self.block(statement.body)))
                case For(header=header, body=body) if header is not None:
                    bindings = body[: header.bindings]
                    out.append(
                        replace(statement, body=(*bindings, *self.block(body[header.bindings :])))
                    )
                case Assign(targets=targets, value=gast.Call() as call) if (
                    place := _place(statement, {})
                ) in self.callees:
                    inside = self.body(statement, targets, call, self.callees[place])
                    out += (statement,) if inside is None else inside
                case _:
                    out.append(with_blocks(statement, self.block))
        return tuple(out)

    def body(
        self, statement: Assign, targets: tuple[str, ...], call: gast.Call, callee: Source
    ) -> Block | None:
        """What a called function does with these arguments; None where its text means something else here."""
        normal = self.prepare(callee)
        given = _arguments(callee, call)
        if given is None or not self.fits(normal, given, callee):
            return None
        self.taken |= identifiers(normal.function)  # functions inside it have names of their own
        *inside, end = normal.function.body
        assert isinstance(end, Return)  # noqa: S101
        rebound = {n for s in walk(tuple(inside)) for n in bound(s)}
        constants = {
            p: a for p, a in given.items() if p not in rebound and isinstance(a, gast.Constant)
        }
        unread = self.normalized.unused.issuperset(targets)
        names = {
            n: t
            for n, t in ({} if unread else _named(targets, end.value)).items()
            if n in rebound
            and n not in given
            and n not in normal.captured
            and not self.captured(normal, given)
        }
        own = (rebound | given.keys()) - constants.keys() - names.keys()
        names |= {n: self.fresh(n) for n in sorted(own)}
        names |= self.captured(normal, given)
        self.note(normal, names)
        values = {**{old: name(new) for old, new in names.items()}, **constants}
        result = gast.Constant(value=None, kind=None) if end.value is None else end.value
        last = Assign(targets, renamed(result, values), origin=end.origin)
        block = (*renamed_block(tuple(inside), names, constants), *(() if unread else (last,)))
        if (callee.filename, callee.lines) != (self.source.filename, self.source.lines):
            block = rewritten(block, lambda s: replace(s, origin=statement.origin))
        passed = (
            Assign((names[p],), atom, origin=statement.origin)
            for p, atom in given.items()
            if p not in constants
        )
        return (*passed, *block)

    def captured(self, normal: Normalized, given: Mapping[str, gast.AST]) -> dict[str, str]:
        """What a nested function reads from this one: it has it as parameters that nothing is passed for."""
        names = {p.name for p in normal.function.parameters} - given.keys()
        return {name: self.home.get(name, name) for name in names}

    def fits(self, normal: Normalized, given: Mapping[str, gast.AST], callee: Source) -> bool:
        """Whether the text of a function means here what it means there."""
        body = normal.function.body
        if normal.imports or not isinstance(body[-1], Return):
            return False
        rebound = {n for s in walk(body) for n in bound(s)}
        captured = self.captured(normal, given)
        others = {n for s in walk(body) for n in read(s)} - rebound - given.keys() - captured.keys()
        return (
            self.local.issuperset(captured.values())
            and rebound.isdisjoint(captured)
            and self.local.isdisjoint(others)
            and all(self.means_the_same(n, callee) for n in others)
        )

    def note(self, normal: Normalized, names: Mapping[str, str]) -> None:
        """Remember what the names are that come from another function."""
        self.changed = True
        self.local |= {*names.values()}
        self.taken |= {n for s in walk(normal.function.body) for n in read(s)}
        self.temporaries |= {names[n] for n in normal.temporaries if n in names}
        self.flags |= {names[n] for n in normal.flags if n in names}
        self.unused |= {names[n] for n in normal.unused if n in names}
        self.contexts = joined_contexts(self.contexts, normal.contexts)
        self.shared |= {names[n] for n in normal.captured if n in names}

    def means_the_same(self, root: str, callee: Source) -> bool:
        """Whether a name that isn't local is the same object here and there."""
        here = self.source.namespace.get(root, MISSING)
        there = callee.namespace.get(root, MISSING)
        return root.startswith("$") or (here is there and here is not MISSING)

    def fresh(self, wanted: str) -> str:
        return claimed(wanted, self.taken)


def joined_contexts(
    first: tuple[gast.AST, ...], second: tuple[gast.AST, ...]
) -> tuple[gast.AST, ...]:
    """The contexts of a function and of one that is written out in it, each once."""
    known = {gast.dump(context) for context in first}
    return (*first, *(context for context in second if gast.dump(context) not in known))


def _place(statement: Statement, home: Mapping[str, str]) -> Hashable:
    """What a call is known by while its names change: its line, and what it calls."""
    match statement:
        case Assign(value=gast.Call(func=gast.Name(id=function))):
            return statement.origin, home.get(function, function)
        case Assign(value=gast.Call(func=function)):
            return statement.origin, key(function)
    return None


def _named(targets: tuple[str, ...], value: gast.AST | None) -> dict[str, str]:
    """The names that are returned, and those that they get: nothing where one would get two, or two one."""
    items = value.elts if isinstance(value, gast.Tuple) else [value]
    if len(items) != len(targets):
        return {}
    pairs = [(i.id, t) for i, t in zip(items, targets, strict=True) if isinstance(i, gast.Name)]
    names = dict(pairs)
    return names if len(names) == len(set(names.values())) == len(pairs) else {}


def _arguments(callee: Source, call: gast.Call) -> dict[str, gast.AST] | None:
    """Parameter → what is passed for it; those that a nested function captures aren't among them."""
    if any(isinstance(a, gast.Starred) for a in call.args) or any(
        k.arg is None for k in call.keywords
    ):
        return None
    kinds = {p.kind for p in signature(callee).parameters.values()}
    if not kinds.isdisjoint({inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD}):
        return None
    try:
        found = signature(callee).bind_partial(
            *call.args, **{keyword.arg: keyword.value for keyword in call.keywords}
        )
    except TypeError:
        return None
    found.apply_defaults()
    return {p: a for p, a in found.arguments.items() if isinstance(a, gast.AST)}
